"""Where pages are made: in processes of this machine, or by workers of a dask cluster."""

import asyncio
import ctypes
import logging
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.reporting.cleanup import end_what_was_left
from lt_analysis.reporting.startup import start_quickly

if TYPE_CHECKING:
    from distributed import Client

PR_SET_PDEATHSIG = 1  # of linux/prctl.h
ANSWER_SECONDS = 10  # that a dask scheduler may take to answer
WORKER_SECONDS = 60  # that it may be without a worker
LOST = (OSError, RuntimeError)  # what dask makes of a scheduler that is lost, or does not answer in time
DASKS_LOGS = ("distributed", "distributed.client")
SECONDS_TO_END = 1  # that a process may take which has been killed


def processors() -> int:
    """Return how many processors this process may use, which may be fewer than the machine has."""
    if hasattr(os, "process_cpu_count"):  # Python 3.13
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def at_once(executor: Executor) -> int:
    """Return how many pages an executor makes at a time, as far as it says; more are not sent to it."""
    return max(1, getattr(executor, "at_once", None) or processors())


def ensure_there(executor: Executor) -> None:
    """Raise `RawDataError` where nobody is there any more to make pages, as far as the executor can tell."""
    getattr(executor, "ensure_there", lambda: None)()


class ProcessExecutor(Executor):
    """Processes of this machine. One that is killed spoils the work of the others, which may be given again."""

    def __init__(self, jobs: int):
        self.at_once = jobs
        self.pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        # Started afresh, not forked: a fork of a process with DuckDB's threads can hang.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.at_once, context, initializer=_become_worker, initargs=(os.getpid(),))

    def submit(self, fn: Callable, /, *args: object, **kwargs: object) -> Future:
        """Give work to a process, a new one where the others were lost."""
        try:
            return self.pool.submit(fn, *args, **kwargs)
        except BrokenExecutor:
            self.pool.shutdown(wait=False)
            self.pool = self._new_pool()
            return self.pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes; those at work at once where `wait` is false."""
        at_work = multiprocessing.active_children()
        self.pool.shutdown(wait=wait, cancel_futures=cancel_futures)
        for process in () if wait else at_work:
            process.kill()
        for process in () if wait else at_work:
            process.join(SECONDS_TO_END)


@contextmanager
def processes(jobs: int) -> Iterator[Executor]:
    """Yield processes of this machine. Where the block ends by an error or by Ctrl-C, they end at once.

    What the notebooks of those that were killed had started ends too.
    """
    executor = ProcessExecutor(jobs)
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    else:
        executor.shutdown()
    finally:
        end_what_was_left()


class ClusterExecutor(Executor):
    """The workers of a dask cluster, which may come and go."""

    def __init__(self, client: "Client", address: str):
        self.client, self.address = client, address
        self.last_seen = time.monotonic()  # a worker
        # A page is no pure function to dask: what it remembers of one batch must not be taken for another's.
        self.given = client.get_executor(pure=False)

    @property
    def at_once(self) -> int:
        """One page a worker."""
        return self._workers()

    def ensure_there(self) -> None:
        """Raise `RawDataError` where the scheduler is lost, or there has been no worker for some time."""
        if self._workers():
            self.last_seen = time.monotonic()
        elif time.monotonic() - self.last_seen > WORKER_SECONDS:
            remedy = f"Start one, then run it again: dask worker {self.address} --nthreads 1 (docs/batch.md)"
            raise RawDataError(f"the dask scheduler at {self.address} has no worker", remedy)

    def _workers(self) -> int:
        try:
            return len(self.client.sync(self.client.scheduler.ncores, callback_timeout=ANSWER_SECONDS))
        except LOST as error:
            remedy = "Start it and its workers again, then run this again: what is done is kept"
            said = f"the dask scheduler at {self.address} does not answer any more ({type(error).__name__})"
            raise RawDataError(said, remedy) from None

    def submit(self, fn: Callable, /, *args: object, **kwargs: object) -> Future:
        """Give work to whichever worker is free."""
        return self.given.submit(fn, *args, **kwargs)


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """Yield the workers of the dask cluster at an address, such as `tcp://127.0.0.1:8786`."""
    ensure_scheduler(address)
    from distributed import Client

    try:
        client = Client(address, timeout=ANSWER_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise _no_scheduler(address, type(error).__name__) from None
    try:
        yield ClusterExecutor(client, address)
    finally:
        with suppress(*LOST):
            client.close()


def ensure_scheduler(address: str) -> None:
    """Raise `RawDataError` where no dask scheduler answers; a client would wait for anything else that listens."""
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise RawDataError(
            "--cluster needs dask.distributed", "Install it: pip install 'lt_analysis[cluster]'"
        ) from None
    for name in DASKS_LOGS:  # what a person is to know of a scheduler is said in a sentence, not by its tracebacks
        logging.getLogger(name).setLevel(logging.CRITICAL)

    try:
        with ThreadPoolExecutor(1) as aside:  # in Jupyter, this thread has a loop of its own that runs already
            answered = aside.submit(lambda: asyncio.run(asyncio.wait_for(_kind(address), ANSWER_SECONDS))).result()
    except (OSError, ValueError, TypeError) as error:
        answered = type(error).__name__
    if answered != "Scheduler":
        raise _no_scheduler(address, answered)


async def _kind(address: str) -> str:
    """Ask what listens at an address which of dask's parts it is."""
    from distributed import Security
    from distributed.core import rpc

    async with rpc(address, connection_args=Security().get_connection_args("client")) as asked:
        return (await asked.identity())["type"]


def _no_scheduler(address: str, instead: str) -> RawDataError:
    remedy = "Start it, or check its address (docs/batch.md)"
    return RawDataError(f"no dask scheduler answers at {address!r} ({instead})", remedy)


def end_with(parent: int) -> None:
    """Let this process be ended when its parent ends, however that ends; on Linux only."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _become_worker(parent: int) -> None:
    """Leave Ctrl-C to the process that gave the work, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)
    start_quickly()
