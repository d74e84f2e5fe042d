"""How pages are given to workers: a few at a time, and anew where a worker is lost. No kernel runs here."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from lt_analysis.codebook.folders import Folders
from lt_analysis.reporting import retries
from lt_analysis.reporting.batch import Batch, Verdict
from lt_analysis.reporting.workers import processes
from tests.reporting.as_named import make
from tests.reporting.test_faults import page_of, project_of

SOUND = [f"sound-{number:02}" for number in range(8)]


@pytest.fixture
def folders(tmp_path, monkeypatch) -> Folders:
    """A project whose workers do what `make` does."""
    monkeypatch.setattr(retries, "make", make)
    return project_of(tmp_path, **dict.fromkeys(["kills", "raises", "fills", "slow", "last", *SOUND], "1"))


def test_a_page_that_kills_its_worker_each_time_spoils_no_other(folders):
    pages = [page_of(folders, name) for name in ("slow", "kills", *SOUND)]
    with processes(2) as executor:
        told = {one.page.about: one for one in Batch(folders, executor).make(pages)}
    assert told.pop("kills").faults == ("whatever made it was ended from outside",)
    assert {one.verdict for one in told.values()} == {Verdict.MADE}
    assert len(told) == len(pages) - 1


def test_a_workers_own_error_is_one_pages_fault_and_no_others(folders):
    pages = [page_of(folders, name) for name in ("raises", "fills", *SOUND)]
    with ThreadPoolExecutor(2) as executor:
        told = {one.page.about: one for one in Batch(folders, executor).make(pages)}
    assert told.pop("raises").faults == ("its worker could not make it: OSError",)
    full = "the disk is full where it was to be made; make room there, then run it again"
    assert told.pop("fills").faults == (full,)
    assert {one.verdict for one in told.values()} == {Verdict.MADE}
    trace = folders.processed / "failed/data/processed/restricted/raises/recruitment.txt"
    assert "No answer for Ms Jones" in trace.read_text()
    assert "Jones" not in (folders.processed / "pages.jsonl").read_text()


class Counted(ThreadPoolExecutor):
    """Two workers, and the most pages that they had been given at any time."""

    at_once = 2
    given: set[Future]
    most = 0

    def submit(self, *args, **kwargs) -> Future:
        future = super().submit(*args, **kwargs)
        self.given = {one for one in (*getattr(self, "given", ()), future) if not one.done()}
        self.most = max(self.most, len(self.given))
        return future


def test_no_more_pages_are_sent_than_are_made_at_a_time(folders):
    pages = [page_of(folders, name) for name in ("slow", *SOUND)]
    with Counted(2) as executor:
        told = list(Batch(folders, executor).make(pages))
    assert {one.verdict for one in told} == {Verdict.MADE}
    assert executor.most == 2


def test_the_last_page_is_put_in_place_after_all_others(folders):
    pages, last = [page_of(folders, name) for name in ("slow", *SOUND)], page_of(folders, "last")
    with ThreadPoolExecutor(2) as executor:
        batch = Batch(folders, executor)
        told = [one.page.about for one in batch.make(pages, last=last)]
        assert told[-1] == "last"
        assert sorted(told[:-1]) == sorted(one.about for one in pages)
        again = list(batch.make(pages, last=last))
    assert [one.verdict for one in again] == [Verdict.UNCHANGED] * len(told)
    assert again[-1].page is last


def test_the_last_page_is_not_put_in_place_where_another_failed(folders):
    pages, last = [page_of(folders, name) for name in ("raises", *SOUND)], page_of(folders, "last")
    with ThreadPoolExecutor(2) as executor:
        told = [one.page.about for one in Batch(folders, executor).make(pages, last=last)]
    assert sorted(told) == sorted(one.about for one in pages)
    assert not last.destination.exists()


def test_the_last_page_never_stands_beside_others_that_are_still_to_be_made(folders):
    pages, last = [page_of(folders, name) for name in SOUND], page_of(folders, "last")
    with ThreadPoolExecutor(2) as executor:
        batch = Batch(folders, executor)
        list(batch.make(pages, last=last))
        pages[3].destination.unlink()
        told = {one.page.about: (one.verdict, last.destination.exists()) for one in batch.make(pages, last=last)}
    assert told.pop("last") == (Verdict.MADE, True)
    assert told.pop(pages[3].about) == (Verdict.MADE, False)
    assert {*told.values()} == {(Verdict.UNCHANGED, False)}
