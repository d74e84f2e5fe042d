"""A quarter's pages by this project's batch, beside the other ways in which people run notebooks over parameters.

`python -m benchmarks.batch --project FOLDER` makes the pages of a project that has been run (without it, one is
invented and run first, which takes some minutes), in interleaved rounds, each way in a process of its own. Prints
medians, and medians of each round's ratio to papermill's command line. `--only ours-2` chooses ways. The slow ways are
given two pages of each kind, the quick ones a whole quarter of them: its start is part of what a batch costs.

Seconds are from the start of the way's own process to its end: imports, workers and the fork server are
in them. CPU is of all that ran: what a way leaves behind is adopted, ended and counted, so forked kernels are too.
Ours exports and checks its pages, in new processes. So do the two ways named for that; the others run cells only, and
one notebook after another in the same process, so what one has imported and worked out the next one finds.
"""

import argparse
import ast
import ctypes
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.thread import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import TYPE_CHECKING
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.periods import Quarter
from lt_analysis.reporting.startup import BY_ITSELF, PROVISIONER, WARM

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from lt_analysis.reporting.page import Ledger

PERIOD = "2026-27-Q2"
PR_SET_CHILD_SUBREAPER = 36  # of linux/prctl.h
SOME = 2  # pages of a kind, for the slow ways
ROUNDS = 3


def pages_of(folders: Folders, whole: bool) -> list:
    """Describe a quarter's pages; the slow ways get some of each kind of which there are many."""
    from lt_analysis.codebook.subjects import RECRUITMENT, RETURNS
    from lt_analysis.release import read_release
    from lt_analysis.reporting.period import OWN_PAGES, board_page, front_page, own_page

    names = {one.slug: one.name for one in read_release(PERIOD).organisations}
    reads, number = (folders.releases,), None if whole else SOME
    pages = [board_page(folders, PERIOD, RECRUITMENT, reads, slug, names[slug]) for slug in [*names][:number]]
    for kind in OWN_PAGES:
        there = [slug for slug in names if (folders.restricted / PERIOD / slug / f"{kind}.html").exists()]
        pages += [own_page(folders, PERIOD, kind, slug, names[slug]) for slug in there[:number]]
    whole_too = [board_page(folders, PERIOD, RETURNS, reads), front_page(folders, PERIOD, reads, [])]
    return pages + (whole_too if whole else [])


def described(folders: Folders, whole: bool) -> Path:
    """Where pages are described for the ways: to find them out is no part of any way's work."""
    return folders.root / ("all-pages.json" if whole else "some-pages.json")


def by_command_lines(folders: Folders, pages: list) -> None:
    """Run papermill, then nbconvert, for each page, as a shell script would."""
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages):
            out, binaries = f"{folder}/{number}.ipynb", Path(sys.executable).parent
            parameters = ["-y", json.dumps(page.parameters)]
            notebook = str(folders.notebooks / page.notebook)
            quiet = ["--no-progress-bar", "--log-level", "ERROR"]
            subprocess.run([binaries / "papermill", notebook, out, "-k", "python3", *parameters, *quiet], check=True)
            convert = ["nbconvert", "--to", "lt-analysis-board", "--log-level", "ERROR", out]
            subprocess.run([binaries / "jupyter", *convert], check=True)


def run_one(notebook: str, parameters: dict) -> None:
    """Run one notebook by papermill's function."""
    import papermill

    with tempfile.TemporaryDirectory() as folder:
        papermill.execute_notebook(
            notebook, f"{folder}/out.ipynb", parameters, kernel_name="python3", progress_bar=False
        )


def by_function(folders: Folders, pages: list) -> None:
    """Call papermill's function for each page."""
    for page in pages:
        run_one(str(folders.notebooks / page.notebook), page.parameters)


def by_pool(folders: Folders, pages: list) -> None:
    """Call papermill's function in two processes."""
    notebooks = [str(folders.notebooks / page.notebook) for page in pages]
    with ProcessPoolExecutor(2) as executor:
        list(executor.map(run_one, notebooks, [page.parameters for page in pages]))


def by_ploomber(folders: Folders, pages: list) -> None:
    """Run each notebook by ploomber-engine, in this very process."""
    from ploomber_engine import execute_notebook

    with tempfile.TemporaryDirectory() as folder:
        for page in pages:
            execute_notebook(
                str(folders.notebooks / page.notebook),
                f"{folder}/out.ipynb",
                parameters=page.parameters,
                progress_bar=False,
                verbose=False,
            )


def by_ploomber_to_pages(folders: Folders, pages: list) -> None:
    """Run each notebook by ploomber-engine, then export and check it as ours does."""
    from lt_analysis.reporting.startup import start_quickly

    start_quickly()
    from ploomber_engine import execute_notebook

    ledger = ledger_of_period()
    for page in pages:
        notebook = str(folders.notebooks / page.notebook)
        done = execute_notebook(notebook, None, parameters=page.parameters, progress_bar=False, verbose=False)
        export_and_check(done, page, ledger, folders)


def export_and_check(executed: "NotebookNode", page: SimpleNamespace, ledger: "Ledger", folders: Folders) -> None:
    """Do to a notebook that any way has run what ours does to its own; raise where its page is not fit."""
    from lt_analysis.reporting import making

    html = making.to_html(executed, page.links)
    faults = making._faults(executed, html, page, None if page.restricted else ledger, folders)
    if faults:
        raise RuntimeError(f"{page.destination}: {faults}")


def ledger_of_period() -> "Ledger":
    """Return what pages for the board are held to."""
    from lt_analysis.commands.pages import ledger_of
    from lt_analysis.release import read_release

    return ledger_of(read_release(PERIOD))


def by_ours(folders: Folders, pages: list, executor: Executor, cluster: Executor | None = None) -> None:
    """Make pages as the batch does, export and gate included; the board's on a cluster, if there is one."""
    from lt_analysis.reporting.batch import Batch
    from lt_analysis.reporting.page import Page
    from lt_analysis.reporting.period import clear_unfinished

    ledger = ledger_of_period()
    clear_unfinished(folders)
    here = Batch(folders, executor)
    batch = Batch(folders, cluster, elsewhere=True) if cluster else here
    pages = [
        Page(**{**vars(one), "destination": Path(one.destination), "reads": tuple(map(Path, one.reads))})
        for one in pages
    ]
    board, own = ([page for page in pages if page.restricted == restricted] for restricted in (False, True))
    *others, front = board
    told = [*batch.make(others, ledger, anew=board, last=front), *here.make(own, anew=own)]
    faults = [fault for one in told for fault in one.faults]
    if faults:
        raise RuntimeError(f"pages said {faults}")


def by_processes(folders: Folders, pages: list, jobs: int) -> None:
    """Make pages in processes of this machine."""
    from lt_analysis.reporting.workers import processes

    with processes(jobs) as executor:
        by_ours(folders, pages, executor)


def by_dask(folders: Folders, pages: list) -> None:
    """Make the board's pages on a dask cluster of two workers, which is started and stopped too, and others here.

    Organisations' own pages have exact figures, which do not leave a machine.
    """
    from distributed import LocalCluster

    from lt_analysis.reporting.workers import cluster, processes

    two = {"host": "127.0.0.1", "n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(**two) as local, cluster(local.scheduler_address) as far, processes(2) as executor:
        by_ours(folders, pages, executor, far)


def by_plain_python(folders: Folders, pages: list) -> None:
    """Run the same cells in two forked processes, one page after another, without Jupyter: the floor."""

    def run(half: list) -> None:
        for page in half:
            run_cells(folders.notebooks / page.notebook, page.parameters)

    in_two_processes(run, pages)


def by_forks(folders: Folders, pages: list) -> None:
    """Run each page's cells in a script of its own, forked from a process that has imported the notebooks' packages."""

    def run(half: list) -> None:
        import_packages(folders)
        for page in half:
            in_a_fork(run_cells, folders.notebooks / page.notebook, page.parameters)

    in_two_processes(run, pages)


def by_forks_to_pages(folders: Folders, pages: list) -> None:
    """Do so, export and check: the floor of what ours does."""
    from lt_analysis.reporting.startup import start_quickly

    start_quickly()
    import nbformat

    def run(half: list) -> None:
        import_packages(folders)
        ledger = ledger_of_period()
        for page in half:
            notebook = folders.notebooks / page.notebook
            shown = iter(in_a_fork(run_cells, notebook, page.parameters))
            executed = nbformat.read(notebook, as_version=4)
            for cell in executed.cells:
                if cell.cell_type == "code" and (html := next(shown)) is not None:
                    cell.outputs = [nbformat.v4.new_output("execute_result", {"text/html": html})]
            export_and_check(executed, page, ledger, folders)

    in_two_processes(run, pages)


def import_packages(folders: Folders) -> None:
    """Import what the notebooks import, as the process does from which our kernels are forked."""
    from lt_analysis.reporting.warm.imports import third_party_imports

    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the fork server has it
    for statement in third_party_imports(folders.notebooks):
        exec(statement, {})


def in_two_processes(run: Callable[[list], None], pages: list) -> None:
    """Fork two processes, and have each run half of the pages."""
    children = []
    for half in (pages[::2], pages[1::2]):
        child = os.fork()
        if not child:
            run(half)
            os._exit(0)
        children.append(child)
    if any(os.waitpid(child, 0)[1] for child in children):
        raise RuntimeError("a page could not be made")


def in_a_fork(work: Callable[..., list], *given: object) -> list:
    """Return what some work gives in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with os.fdopen(writing, "w", encoding="utf-8") as out:
            json.dump(work(*given), out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as said:
        found = json.load(said)
    os.waitpid(child, 0)
    return found


def run_cells(notebook: Path, parameters: dict) -> list[str | None]:
    """Run a notebook's cells; return the HTML of what each of its own ends with, None where that has none."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    injected = "".join(f"{name} = {value!r}\n" for name, value in parameters.items())
    known: dict = {"In": [""]}
    found = []
    for source in (sources[0], injected, *sources[1:]):
        known["In"].append(source)
        *first, last = ast.parse(source).body
        shown = isinstance(last, ast.Expr)
        exec(compile(ast.Module(first if shown else [*first, last], []), "cell", "exec"), known)
        answer = eval(compile(ast.Expression(last.value), "cell", "eval"), known) if shown else None
        found.append(answer._repr_html_() if hasattr(answer, "_repr_html_") else None)
    return [found[0], *found[2:]]


WAYS: dict[str, tuple[str, Callable, bool, str]] = {  # the name; what it does; whether a whole quarter; its provisioner
    "command-line": ("papermill and nbconvert, command lines", by_command_lines, False, BY_ITSELF),
    "function": ("papermill.execute_notebook, no HTML", by_function, False, BY_ITSELF),
    "pool": ("the same in 2 processes, no HTML", by_pool, False, BY_ITSELF),
    "ploomber": ("ploomber-engine, 1 process, no HTML", by_ploomber, True, BY_ITSELF),
    "ploomber-pages": ("ploomber-engine, exported and checked", by_ploomber_to_pages, True, BY_ITSELF),
    "ours-1": ("ours, 1 job", lambda folders, pages: by_processes(folders, pages, 1), True, WARM),
    "ours-2": ("ours, 2 jobs", lambda folders, pages: by_processes(folders, pages, 2), True, WARM),
    "ours-dask": ("ours, dask, 2 workers", by_dask, True, WARM),
    "floor": ("plain exec in 2 processes, no HTML", by_plain_python, True, BY_ITSELF),
    "floor-forks": ("plain exec, a fork a page, no HTML", by_forks, True, BY_ITSELF),
    "floor-pages": ("plain exec, a fork a page, exported and checked", by_forks_to_pages, True, BY_ITSELF),
}


def measured(way: str, project: Path, python: Path) -> dict:
    """Make pages one way: how many, seconds and CPU seconds of all that ran, whoever's child it was."""
    with tempfile.TemporaryDirectory(prefix="lt-") as runtime:  # so that no fork server of before is found
        environment = {**os.environ, PROVISIONER: WAYS[way][3], "XDG_RUNTIME_DIR": runtime, "PYTHONPATH": own_path()}
        environment["JUPYTER_PATH"] = f"{sys.prefix}/share/jupyter"  # nbconvert's templates, for ploomber's Python too
        before, started = cpu_of_children(), time.perf_counter()
        command = [str(python), "-m", "benchmarks.batch", "--way", way]
        said = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - started
        end_what_was_left()
    if said.returncode:
        raise RuntimeError(f"{way}: {said.stderr[-2000:]}")
    return {
        "pages": int(said.stdout.split()[-1]),
        "seconds": seconds,
        "cpu": cpu_of_children() - before,
    }


def own_path() -> str:
    """Return where this benchmark and the project are imported from."""
    return str(Path(__file__).resolve().parents[1])


def cpu_of_children() -> float:
    """Return the CPU seconds of children that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def end_what_was_left() -> None:
    """End what this process has adopted, such as a fork server, and wait for it: only then is its CPU counted."""
    mine = Path(f"/proc/self/task/{os.getpid()}/children")
    while left := [int(child) for child in mine.read_text().split()]:
        for child in left:
            os.kill(child, signal.SIGTERM)
            os.waitpid(child, 0)


@contextmanager
def ploombers_python():
    """Yield a Python that has ploomber-engine beside the project's packages; None where it cannot be installed.

    Never the project's own environment: its entry point slows every import of papermill.
    """
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        where = "import sysconfig; print(sysconfig.get_path('purelib'))"
        own = subprocess.run([python, "-c", where], capture_output=True, text=True, check=True).stdout.strip()
        packages = subprocess.run([sys.executable, "-c", where], capture_output=True, text=True, check=True).stdout
        (Path(own) / "beside.pth").write_text(packages)
        install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "ploomber-engine"]
        yield python if subprocess.run(install, check=False).returncode == 0 else None


@contextmanager
def project_of(folder: Path | None):
    """Yield a copy of a project that has been run, or of one that is invented and run for this."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary) / "project"
        if folder:
            shutil.copytree(folder, root)
        else:
            from lt_analysis.synthetic import invent

            shutil.copytree(Path(own_path()) / "notebooks", root / "notebooks")
            list(invent(Folders(root), 12, 20, Quarter.parse(PERIOD), seed=1))
            command = [sys.executable, "-m", "lt_analysis", "run", "--period", PERIOD]
            subprocess.run(command, cwd=root, env={**os.environ, "PYTHONPATH": own_path()}, check=True)
        yield root


def parts(project: Path) -> None:
    """Print what the export and the gate cost a page; run in the project's folder, one page after another."""
    from lt_analysis.reporting import making
    from lt_analysis.reporting.startup import start_quickly

    start_quickly()
    folders, spent = Folders(project), {"export": 0.0, "gate": 0.0}

    def timed(name: str, work: Callable) -> Callable:
        def worked(*given):
            started = time.perf_counter()
            try:
                return work(*given)
            finally:
                spent[name] += time.perf_counter() - started

        return worked

    os.chdir(project)
    pages = pages_of(folders, whole=True)
    with (
        patch.object(making, "to_html", timed("export", making.to_html)),
        patch.object(making, "_faults", timed("gate", making._faults)),
        ThreadPoolExecutor(1) as executor,
    ):
        by_ours(folders, [SimpleNamespace(**asdict(page)) for page in pages], executor)
    print(", ".join(f"{name} {seconds / (len(pages) + 1):.3f} s a page" for name, seconds in spent.items()))


def compare(project: Path, ways: list[str], rounds: int) -> None:
    """Print the table."""
    os.chdir(project)
    for whole in (True, False):
        pages = [asdict(page) for page in pages_of(Folders(project), whole)]
        described(Folders(project), whole).write_text(json.dumps(pages, default=str))
    found: dict[str, list[dict]] = {way: [] for way in ways}
    with ploombers_python() as with_ploomber:
        if with_ploomber is None:
            print("ploomber-engine could not be installed from pip's index, so its rows are left out.")
            found = {way: told for way, told in found.items() if not way.startswith("ploomber")}
        for number in range(rounds):
            for way in found:
                python = with_ploomber if way.startswith("ploomber") else Path(sys.executable)
                found[way].append(measured(way, project, python))
                one = found[way][-1]
                load = os.getloadavg()[0]
                print(f"round {number + 1}, {way}: {one['seconds'] / one['pages']:.2f} s a page, load {load:.1f}")
    table = Table("", "pages", "s a page", "a minute", "times faster", "CPU s a page", "times less CPU")
    first = next(iter(found))
    for way, own in found.items():
        wall, cpu = ([one[what] / one["pages"] for one in own] for what in ("seconds", "cpu"))
        of_first = [[one[what] / one["pages"] for one in found[first]] for what in ("seconds", "cpu")]
        faster, less = (
            median(theirs / mine for theirs, mine in zip(others, ours, strict=True))
            for others, ours in zip(of_first, (wall, cpu), strict=True)
        )
        numbers = (median(wall), 60 / median(wall), faster, median(cpu), less)
        table.add_row(WAYS[way][0], str(own[0]["pages"]), *(f"{one:.2f}" for one in numbers))
    Console(width=120).print(table)


def main() -> None:
    """Compare the ways; or be one of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", nargs="*", choices=[*WAYS, "parts"], default=[*WAYS, "parts"])
    parser.add_argument("--way", choices=WAYS)
    asked = parser.parse_args()
    if asked.way:
        folders = Folders.here()
        pages = [SimpleNamespace(**one) for one in json.loads(described(folders, WAYS[asked.way][2]).read_text())]
        WAYS[asked.way][1](folders, pages)
        print(len(pages))
        return
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with project_of(asked.project) as project:
        ways = [way for way in WAYS if way in asked.only]
        if ways:
            compare(project, ways, asked.rounds)
        if "parts" in asked.only:
            parts(project)


if __name__ == "__main__":
    main()
