"""The same bytes wherever pages are made: from forked kernels or not, by processes of this machine or by dask."""

import json
import logging
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.subjects import RECRUITMENT, RETURNS, WITH_PAGES
from lt_analysis.reporting import workers
from lt_analysis.reporting.batch import Batch, Verdict
from lt_analysis.reporting.download import spreadsheet_of
from lt_analysis.reporting.job import Job, make
from lt_analysis.reporting.journal import Journal
from lt_analysis.reporting.kernel import FORKED, Limits
from lt_analysis.reporting.material import Material
from lt_analysis.reporting.period import OWN_PAGES, board_page, clear_unfinished, front_page, own_page
from lt_analysis.reporting.startup import PROVISIONER
from lt_analysis.reporting.workers import cluster, processes
from tests.conftest import PERIOD, project_at, run_command
from tests.processes import runs, wait_until
from tests.reporting.test_faults import SLOW, page_of, project_of

ONE = {"host": "127.0.0.1", "n_workers": 1, "threads_per_worker": 1, "dashboard_address": None}


@pytest.fixture(scope="module")
def project(quarter, tmp_path_factory) -> Folders:
    """A project with a quarter's release and exact files, and no pages."""
    folders = project_at(tmp_path_factory.mktemp("workers") / "project")
    for made in (quarter.folders.releases, quarter.folders.exact):
        shutil.copytree(made, folders.processed / made.name)
    clear_unfinished(folders)
    return folders


@contextmanager
def scheduler() -> Iterator[tuple[str, Callable[[], subprocess.Popen], subprocess.Popen]]:
    """Start a dask scheduler on the loopback, as docs/batch.md says; yield its address, what starts workers, and it."""
    started = []

    def start(kind: str, *options: str) -> subprocess.Popen:
        command = [
            sys.executable,
            "-m",
            f"distributed.cli.dask_{kind}",
            *options,
            "--host",
            "127.0.0.1",
            "--no-dashboard",
        ]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
        return started[-1]

    def start_worker() -> subprocess.Popen:
        worker = start("worker", address, "--nthreads", "1", "--no-nanny")
        assert any("Registered to" in line for line in worker.stdout)
        return worker

    try:
        its_process = start("scheduler", "--port", "0")
        address = next(line.split()[-1] for line in its_process.stdout if "Scheduler at" in line)
        yield address, start_worker, its_process
    finally:
        for one in reversed(started):
            one.terminate() if its_process.poll() is None else one.kill()  # a worker waits for a scheduler it has lost
            one.wait(timeout=20)
            one.stdout.close()  # which what an ordinary kernel has left may still have open


@pytest.mark.thorough
def test_every_notebook_gives_the_same_bytes_from_an_ordinary_kernel_as_in_the_quarters_own_run(
    project, quarter, monkeypatch
):
    slug, reads = "nonesuch-hospitals", (project.releases,)
    of_all = (RETURNS, *WITH_PAGES.values())
    of_each = (RECRUITMENT, *(subject for subject in of_all[1:] if subject.own))
    pages = [board_page(project, PERIOD, subject, reads, slug, "") for subject in of_each]
    pages += [board_page(project, PERIOD, subject, reads) for subject in of_all]
    pages += [own_page(project, PERIOD, kind, slug, "") for kind in OWN_PAGES]
    pages.append(front_page(project, PERIOD, reads, [], spreadsheet_of(quarter.folders, PERIOD).stat().st_size))
    assert {page.notebook for page in pages} == {
        str(path.relative_to(project.notebooks)) for path in project.notebooks.rglob("*.ipynb")
    } - {f"analyst/{asked}.ipynb" for asked in ("validation", "start", "compare", "metric")}  # which nobody's run makes
    monkeypatch.setenv(PROVISIONER, "local-provisioner")
    with processes(1) as executor:
        told = list(Batch(project, executor).make(pages, anew=pages))
    assert [one.faults for one in told] == [()] * len(pages)
    lines = [json.loads(line) for line in Journal(quarter.folders).file.read_text().splitlines()]
    if find_spec("lt_analysis.reporting.warm"):
        assert {line["kernel"] for line in lines} == {FORKED}
    for page in pages:
        there = quarter.folders.root / page.destination.relative_to(project.root)
        assert page.destination.read_bytes() == there.read_bytes(), page.notebook


@pytest.mark.thorough
def test_the_boards_pages_are_made_on_a_cluster_that_was_started_by_hand(project, quarter):
    with scheduler() as (address, start_worker, _):
        start_worker(), start_worker()
        said = run_command(project, "report", "--period", PERIOD, "--cluster", address)
    assert said.returncode == 0, said.stderr
    assert len(list(project.reports.rglob("*.html"))) == len(list(quarter.folders.reports.rglob("*.html")))
    reports = quarter.folders.reports
    for page in reports.rglob("*.html"):
        assert (project.reports / page.relative_to(reports)).read_bytes() == page.read_bytes()


@pytest.mark.thorough
def test_a_page_whose_dask_worker_is_killed_is_made_by_another_and_where_nobody_is_left_that_is_said(
    tmp_path, monkeypatch, caplog
):
    monkeypatch.setattr(logging.getLogger("distributed"), "handlers", [caplog.handler])
    slow = {name: SLOW.format(seen=str(tmp_path / name)) for name in ("slow", "slower")}
    folders = project_of(tmp_path / "project", sound="1", **slow)
    monkeypatch.setattr(workers, "ANSWER_SECONDS", 5)
    with scheduler() as (address, start_worker, its_process), cluster(address) as executor:
        batch = Batch(folders, executor, elsewhere=True)

        def make(name: str) -> list[Verdict]:
            page = replace(page_of(folders, name), reads=(folders.releases,))
            return [one.verdict for one in batch.make([page])]

        with monkeypatch.context() as patch, pytest.raises(RawDataError, match="has no worker. Start one"):
            patch.setattr(workers, "WORKER_SECONDS", 0.5)
            make("sound")
        with ThreadPoolExecutor(1) as aside:
            worker = start_worker()
            making = aside.submit(make, "slow")
            wait_until((tmp_path / "slow").exists)
            worker.kill()
            start_worker()
            kernel, _, left = map(int, (tmp_path / "slow").read_text().split())
            wait_until(lambda: not runs(kernel) and not runs(left))
            assert making.result(60) == [Verdict.MADE]

            making = aside.submit(make, "slower")
            wait_until((tmp_path / "slower").exists)
            its_process.kill()
            with pytest.raises(RawDataError, match="does not answer any more .* Start it and its workers again"):
                making.result(60)
    assert not page_of(folders, "slower").destination.exists()
    assert not caplog.records


@pytest.mark.thorough
def test_a_dask_worker_with_several_threads_makes_the_same_pages_of_several_batches_at_once(
    tmp_path, monkeypatch, project, quarter
):
    temporary = tempfile.mkdtemp(prefix="t-")  # of its own, and short: a kernel's address has 107 characters
    monkeypatch.setenv("TMPDIR", temporary)
    jobs, page = [], board_page(project, PERIOD, RECRUITMENT, (project.releases,), "nonesuch-hospitals", "")
    for name in ("one", "other"):
        folders = project_of(tmp_path / name, sound=f"'{name}'")
        jobs.append(Job(page_of(folders, "sound"), Material.gather(folders, []), None, Limits(), within=None))
    with LocalCluster(**ONE | {"threads_per_worker": 2}) as local, Client(local.scheduler_address) as client:
        sent = [client.submit(make, job, pure=False) for job in jobs * 2]
        assert [(made.faults, made.trace) for made in client.gather(sent)] == [((), "")] * len(sent)
        with cluster(local.scheduler_address) as executor:
            batch = Batch(project, executor, elsewhere=True)
            assert [one.verdict for one in batch.make([page], anew=[page])] == [Verdict.MADE]
        left = client.run(lambda: len(list(Path(tempfile.gettempdir()).glob("lt-*-*-*"))))
    assert set(left.values()) == {1}  # what the next page may be made of
    there = quarter.folders.root / page.destination.relative_to(project.root)
    assert page.destination.read_bytes() == there.read_bytes()
    shutil.rmtree(temporary)


def test_a_process_may_use_fewer_processors_than_the_machine_has():
    script = (
        "import os; os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])\n"
        "from lt_analysis.reporting.workers import processors; print(processors())"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout == "1\n"


def test_where_no_dask_scheduler_answers_that_is_said_in_a_sentence_whatever_does(monkeypatch):
    monkeypatch.setattr(workers, "ANSWER_SECONDS", 1)
    said = "no dask scheduler answers at .* Start it, or check its address"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        for address in (f"tcp://127.0.0.1:{port}", "tcp://127.0.0.1:9", "tcp://127.0.0.1", "bad://x", "nonsense", ""):
            with pytest.raises(RawDataError, match=said), cluster(address):
                pass
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RawDataError, match="needs dask.distributed"), cluster("tcp://127.0.0.1:9"):
        pass
