from lt_analysis.collection.organisation import read_organisation
from tests import making


def test_a_good_organisation_is_read(project):
    folder = making.organisation(project, "ashbourne", name="Ashbourne Trust")
    assert read_organisation(folder).name == "Ashbourne Trust"
