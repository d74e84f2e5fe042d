"""Pages by the dozen: those that have changed are made by any executor, and put in place one by one.

One that fails stops no other. Kernels are forked where that can be done; that a page is the same from an ordinary one
is held by the tests, of every notebook.
"""

import hashlib
import os
from collections.abc import Collection, Iterator
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from lt_analysis.codebook.folders import Folders, owner_only, whole_or_not_at_all
from lt_analysis.codebook.mistakes import of_a_full_disk
from lt_analysis.reporting.job import Job
from lt_analysis.reporting.journal import Journal
from lt_analysis.reporting.material import Material, digest, versions
from lt_analysis.reporting.page import Ledger, Limits, Made, Page
from lt_analysis.reporting.retries import tried
from lt_analysis.reporting.startup import BY_ITSELF, PROVISIONER, WARM

NOT_PUT = "it could not be put in place: {error}; see to its folder, where an older page may stand"
STANDS_YET = "an older page stands in its place, and could not be removed; see to its folder"


class Verdict(StrEnum):
    """What became of a page."""

    MADE = "made"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """A page of a batch and what became of it."""

    page: Page
    verdict: Verdict
    faults: tuple[str, ...] = ()
    seconds: float = 0

    @property
    def in_place(self) -> bool:
        """Whether the page is there, as it should be."""
        return self.verdict != Verdict.FAILED


@dataclass
class Batch:
    """How pages are made: by what workers, within what limits, and whether those are on other machines.

    `why_ordinary` is why kernels were not forked, where they were to be, and what to do about it.
    """

    folders: Folders
    executor: Executor
    limits: Limits = Limits()
    elsewhere: bool = False
    why_ordinary: str = ""

    @property
    def found(self) -> dict[str, str]:
        """What is known against forking kernels on this machine, as settings of a process that is not to try again."""
        return {PROVISIONER: BY_ITSELF} if self.why_ordinary else {}

    def make(
        self,
        pages: list[Page],
        ledger: Ledger | None = None,
        anew: Collection[Page] = (),
        last: Page | None = None,
    ) -> Iterator[Outcome]:
        """Make pages, yielding each as it is done. Until then what is out of date is not in place at all.

        A page that would be the same is left as it is, unless it is to be made `anew`. `last` is a page on all the
        others: it is made beside them, and put in place and yielded after them, but not where one of them failed.
        Raises `ValueError` where exact figures would leave this machine.
        """
        every = [*pages[:1], *([last] if last else []), *pages[1:]]  # the last is long, and so begun early
        if self.elsewhere and any(one.is_relative_to(self.folders.exact) for page in every for one in page.reads):
            raise ValueError("exact figures do not leave this machine")
        material, origin_of = _origins(self.folders, every)
        journal = Journal(self.folders)
        standing = _standing(every, origin_of, journal, anew, last)
        due = [page for page in every if page not in standing]
        for page in due:
            with suppress(OSError):  # which will be said when it is to be put in place
                page.destination.unlink(missing_ok=True)
        for page in standing:
            if page is not last:
                yield _left_as_it_is(page, journal)
        within = None if self.elsewhere else owner_only(self.folders.unfinished)
        jobs = [Job(page, material, ledger, self.limits, within) for page in due]
        whole, held = True, None
        for page, made in self._made(jobs):
            if page is last:
                held = made
                continue
            outcome = self._put(page, made, origin_of[page.destination], journal)
            whole = whole and outcome.in_place
            yield outcome
        if whole and held:
            yield self._put(last, held, origin_of[last.destination], journal)
        elif whole and last in standing:
            yield _left_as_it_is(last, journal)

    def _made(self, jobs: list[Job]) -> Iterator[tuple[Page, Made]]:
        if self.elsewhere and os.environ.get(PROVISIONER) not in (None, WARM):  # other machines do not hear of it
            jobs = [replace(job, ordinary=True) for job in jobs]
        yield from ((job.page, made) for job, made in tried(self.executor, jobs))

    def _put(self, page: Page, made: Made, made_from: str, journal: Journal) -> Outcome:
        """Put a page in place in one move, if nothing is wrong with it, and write down what became of it."""
        faults = made.faults
        self.why_ordinary = self.why_ordinary or made.why_ordinary
        if made.versions != versions():
            faults = ("it was made with other code or packages than are installed here; make them the same", *faults)
        content = made.html.encode()
        if not faults:
            try:
                _write(page, content)
            except OSError as error:
                if of_a_full_disk(error):  # no other page could be put in place either
                    raise
                faults = (NOT_PUT.format(error=type(error).__name__),)
        elif page.destination.exists():
            faults = (*faults, STANDS_YET)
        _keep_trace(self.folders, page, made.trace)
        journal.write(
            page=str(page.destination.relative_to(self.folders.root)),
            verdict=Verdict.FAILED if faults else Verdict.MADE,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            notebook=page.notebook,
            parameters=page.parameters,
            kernel=made.kernel,
            seconds=round(made.seconds, 2),
            made_from=made_from,
            sha256=None if faults else hashlib.sha256(content).hexdigest(),
            faults=faults,
            **versions(),
        )
        return Outcome(page, Verdict.FAILED if faults else Verdict.MADE, faults, made.seconds)


def _left_as_it_is(page: Page, journal: Journal) -> Outcome:
    journal.repeat(page.destination, Verdict.UNCHANGED)
    return Outcome(page, Verdict.UNCHANGED)


def _write(page: Page, content: bytes) -> None:
    if page.restricted:
        owner_only(page.destination.parent)
    with whole_or_not_at_all(page.destination, mode=0o600 if page.restricted else 0o644) as unfinished:
        unfinished.write_bytes(content)


def unchanged(folders: Folders, pages: list[Page]) -> list[Page]:
    """Return those pages that are in place, and would be the same if they were made again."""
    journal = Journal(folders)
    _, origin_of = _origins(folders, pages)
    return [page for page in pages if journal.stands(page.destination, origin_of[page.destination])]


def _standing(
    every: list[Page], origin_of: dict[Path, str], journal: Journal, anew: Collection[Page], last: Page | None
) -> list[Page]:
    """Return those pages that are to be left as they are; the last one is only where all the others are too."""
    standing = [one for one in every if one not in anew and journal.stands(one.destination, origin_of[one.destination])]
    if last in standing and len(standing) < len(every):
        standing.remove(last)  # it would stand beside pages that are newer, or lead to some that are not there
    return standing


def _origins(folders: Folders, pages: list[Page]) -> tuple[Material, dict[Path, str]]:
    """Return what pages are made from, and for each place the fingerprint of all that decides what its page says."""
    material = Material.gather(folders, {one for page in pages for one in page.reads})
    origin_of = {}
    for page in pages:
        reads = (folders.notebooks / page.notebook, *page.reads)
        read = [material.fingerprint(one.relative_to(folders.root).as_posix()) for one in reads]
        decided = [read, page.parameters, page.links, page.title, page.restricted, versions()]
        origin_of[page.destination] = digest(decided)
    return material, origin_of


def _keep_trace(folders: Folders, page: Page, words: str) -> None:
    """Keep Python's own words on a page that failed, for those who may read exact figures; no page depends on them."""
    trace = folders.processed / "failed" / page.destination.relative_to(folders.root).with_suffix(".txt")
    try:
        trace.unlink(missing_ok=True)
        if words:
            owner_only(trace.parent)
            with whole_or_not_at_all(trace, mode=0o600) as unfinished:
                unfinished.write_text(words, encoding="utf-8", errors="replace")
    except OSError as error:
        if of_a_full_disk(error):  # no page could be put in place either
            raise
