"""Whatever becomes of a file, it gets a receipt with every row accounted for, and never a traceback.

`make benchmark` tries 20,000 files; here are a few hundred.
"""

import pytest

from lt_analysis.collection.collect import check_return
from lt_analysis.collection.finding import find_returns
from lt_analysis.collection.organisation import read_organisation
from lt_analysis.collection.receipts import open_audit
from tests import making
from tests.collection.mutation import mutated
from tests.collection.reading.test_received import GOOD_FILES


@pytest.mark.parametrize("suffix", GOOD_FILES)
def test_any_file_gets_a_receipt(project, suffix):
    folder = making.organisation(project, "ashbourne")
    path = folder / "2026-27-Q2" / f"applications.{suffix}"
    path.parent.mkdir()
    organisation = read_organisation(folder)
    accepted = 0
    with open_audit(":memory:") as connection:
        for seed in range(60):
            path.write_bytes(mutated(GOOD_FILES[suffix], seed))
            ((found,), _) = find_returns(project, "ashbourne")
            receipt = check_return(connection, project, found, organisation)
            assert receipt.received == receipt.accepted + receipt.rejected + receipt.set_aside
            assert bool(receipt.refusal) == (not receipt.accepted)
            accepted += bool(receipt.accepted)
    assert accepted < 60
