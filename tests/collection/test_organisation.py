import pytest

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.collection.organisation import read_organisation
from tests import making

PUBLISHED = {"posts": "medical posts", "year": "2020-21", "source": "BMJ 2021;375:n2460"}


def test_a_good_organisation_is_read(project):
    folder = making.organisation(project, "ashbourne", name="Ashbourne Trust")
    assert read_organisation(folder).name == "Ashbourne Trust"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"colour": "red"}, "ashbourne/organisation.yml: setting colour: the audit has no such setting"),
        ({"kind": "shop"}, "setting kind: input should be 'acute trust'"),
        ({"invented": True, "already_published": PUBLISHED}, "invented data cannot be declared as already published"),
        (
            {"values": {"vacancy": {"x": "y"}}},
            "setting values: no column vacancy has words to recognise; these have: grade",
        ),
        (
            {"values": {"grade": {"PO8": "8e"}}},
            "setting values: the meaning of grade's spelling 1 is no word of the audit",
        ),
        ({"values": {"grade": {"PO8": 8}}}, "setting values.grade.PO8: it is not text; put quotation marks around it"),
        ({"equivalent_grades": {"2026-27": {"PO8": "8a"}}}, "equivalent_grades are for an organisation of which"),
        (
            {"grades": "salary", "equivalent_grades": {"2026-27": {"PO8": "8e"}}},
            "setting equivalent_grades: grade 1 of 2026-27 is equal to no band; the bands are: 1, 2",
        ),
        (
            {"grades": "salary", "equivalent_grades": {"2026": {"PO8": "8a"}}},
            "setting equivalent_grades: they are given by pay year, as 2026-27",
        ),
        ({"invented": False, "already_published": {"posts": "medical posts"}}, "setting already_published.year"),
    ],
)
def test_a_wrong_setting_is_named_with_the_settings_there_are(project, settings, message):
    folder = making.organisation(project, "ashbourne", **settings)
    with pytest.raises(RawDataError) as error:
        read_organisation(folder)
    assert message in str(error.value)
    assert "The settings are: name, kind" in str(error.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: [", "it cannot be read as YAML"),
        ("", "it holds no settings"),
        ("- name: x", "it holds no settings"),
        ("name: 2026-02-30", "it cannot be read as YAML"),
        ("!!python/object/apply:os.system ['true']", "it holds a tag, an anchor or an alias"),
        (None, "there is no such file"),
    ],
)
def test_a_file_that_is_not_settings_is_refused(project, text, message):
    folder = making.organisation(project, "ashbourne")
    if text is None:
        (folder / "organisation.yml").unlink()
    else:
        (folder / "organisation.yml").write_text(text)
    with pytest.raises(RawDataError, match=message):
        read_organisation(folder)
