"""Whatever stands in a cell is text, and stays text; what could run is not opened."""

import pickle

import pytest

from tests.collection.test_collect import collected, kept, only_receipt, send
from tests.making import application

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "<img src=x onerror=alert(1)>",
    "</td></table>",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "$$x^2$$",
    "'; DROP TABLE receipts; --",
    "nursing\u202egnisrun",
    "a\u0000b\u0007c",
    "n" * 3_000,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_is_carried_as_text(project, text):
    send(project, [application(staff_group=text, vacancy=text)])
    assert only_receipt(project).accepted == 1
    records = kept(project)
    assert (records["staff_group"], records["vacancy"]) == ([text.lower()], [text])


class Runs:
    """A pickle that writes a file when it is opened."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (open, (str(self.path), "w"))


@pytest.mark.parametrize("suffix", ["csv", "tsv", "txt", "xlsx", "ods", "parquet", "pkl", "pickle"])
def test_a_pickle_is_refused_under_any_name_and_does_not_run(project, tmp_path, suffix):
    proof = tmp_path / "it ran"
    path = send(project, [])
    path.unlink()
    path.with_suffix(f".{suffix}").write_bytes(pickle.dumps(Runs(proof)))
    assert collected(project).refusals
    assert not proof.exists()
