"""Jobs given to an executor: no more at a time than it has workers, and anew where a worker is lost."""

import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait

from lt_analysis.codebook.mistakes import RawDataError, of_a_full_disk
from lt_analysis.reporting.job import Job, make
from lt_analysis.reporting.material import versions
from lt_analysis.reporting.page import FULL_DISK, Made
from lt_analysis.reporting.workers import at_once, ensure_there

TRIES = 3  # of a page whose worker is lost, for it may be another page that loses it
LOOK_SECONDS = 1.0  # after which somebody looks whether there is still a worker


def tried(executor: Executor, jobs: Iterable[Job]) -> Iterator[tuple[Job, Made]]:
    """Yield each job as it is done, giving workers no more at a time than they make.

    One whose worker is lost is given to another, beside others again; then alone, for until that worker is lost
    too it may have been another page that lost them. Raises `RawDataError` where there is no worker any more.
    """
    waiting, alone = deque((job, 1) for job in jobs), deque()
    at_work: dict[Future, tuple[Job, int]] = {}
    done: list[tuple[Job, Made]] = []
    while waiting or alone or at_work:
        try:
            while waiting and len(at_work) < at_once(executor):
                _give(executor, at_work, *waiting.popleft())
            if not at_work:
                _give(executor, at_work, *alone.popleft())
        except RawDataError:  # nobody is there any more to make pages; those that are made are kept
            yield from done
            raise
        yield from done  # now that no worker waits until these are put in place
        done = []
        for future in _ended(executor, at_work):
            job, times = at_work.pop(future)
            made = _result(future)
            if made is None and times < TRIES:
                (waiting if times < TRIES - 1 else alone).append((job, times + 1))
            else:
                done.append((job, made or _lost()))
    yield from done


def _give(executor: Executor, at_work: dict[Future, tuple[Job, int]], job: Job, times: int) -> None:
    at_work[executor.submit(make, job)] = job, times


def _ended(executor: Executor, at_work: Iterable[Future]) -> Iterable[Future]:
    """Wait for some of what is at work to end, for as long as there is somebody to do it."""
    while not (done := wait(at_work, LOOK_SECONDS, FIRST_COMPLETED).done):
        ensure_there(executor)
    return done


def _result(future: Future) -> Made | None:
    """Return what a worker made, or why it could not make anything; nothing where the worker was lost."""
    try:
        return future.result()
    except (BrokenExecutor, CancelledError):  # by dask, where its scheduler is lost
        return None
    except Exception as error:  # a worker that lacks the package, or its disk room: this page's fault, and no other's
        if type(error).__name__ == "KilledWorker":  # dask's word for it, whose package may not be installed
            return _lost()  # dask has given it to other workers, and lost those too
        trace = "".join(traceback.format_exception(error))
        fault = FULL_DISK if of_a_full_disk(error) else f"its worker could not make it: {type(error).__name__}"
        return Made("", (fault,), "", 0, trace, versions())


def _lost() -> Made:
    return Made("", ("whatever made it was ended from outside",), "", 0, versions=versions())
