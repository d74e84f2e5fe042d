"""What a batch survives: notebooks that hang, crash, eat memory, say too much or leave something running."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from lt_analysis.codebook.folders import Folders
from lt_analysis.reporting.batch import Batch, Outcome, Verdict
from lt_analysis.reporting.kernel import FORKED, ORDINARY, Limits
from lt_analysis.reporting.material import Material
from lt_analysis.reporting.page import Page
from lt_analysis.reporting.startup import PROVISIONER, WARM
from lt_analysis.reporting.workers import processes
from tests.conftest import HERE
from tests.processes import all_running, children, needs_forks, read, runs, wait_until

SOUND = """from lt_analysis.rendering.html import Html
Html('<h1>Recruitment: Ashbourne</h1><p class="mark restricted">Restricted</p><p>Too few people to say.</p>')"""
# A process that is told by its arguments, so that a test can look for it.
CHILD = (
    "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)', {name!r}]{how})"
)


KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
PARAMETERS = new_code_cell("period: str = 'latest'", metadata={"tags": ["parameters"]})


LIMITS = Limits()
# Files that an editor, a merge or a chance may leave under a notebook's name.
NO_NOTEBOOKS = (
    *("<<<<<<< HEAD", "", "[]", '{"cells": null}', '{"cells": ["x"]}', '{"cells": [], "metadata": null}'),
    *('{"cells": [{"cell_type": "code", "source": "\\ud800"}], "metadata": {}}', '{"cells": ' + "[" * 100_000),
)


def project_of(root: Path, **cells: str) -> Folders:
    """Lay out a project whose notebooks do something, then show a sound page."""
    folders = Folders(root)
    for name, source in cells.items():
        path = folders.notebooks / "board" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(new_notebook(cells=[PARAMETERS, new_code_cell(f"{source}\n{SOUND}")], metadata=KERNEL), path)
    folders.unfinished.mkdir(parents=True, exist_ok=True)
    return folders


def page_of(folders: Folders, name: str) -> Page:
    """Describe the page of a notebook."""
    destination = folders.restricted / name / "recruitment.html"
    return Page(name, f"board/{name}.ipynb", {"period": "2026-27-Q2"}, destination, (folders.exact,), restricted=True)


def made(folders: Folders, names: Iterable[str], executor: Executor, limits: Limits = LIMITS) -> dict[str, Outcome]:
    """Make the pages of notebooks."""
    batch = Batch(folders, executor, limits)
    return {one.page.about: one for one in batch.make([page_of(folders, name) for name in names])}


@pytest.fixture(scope="module")
def pools(thorough) -> Iterator[dict[str, Executor]]:
    """Workers for each way of starting kernels, which they take from the environment of whoever first asks.

    Two of each; but in `make test` one kernel alone is asked of the ordinary way.
    """
    with processes(2) as forking, processes(2 if thorough else 1) as ordinary:
        yield {WARM: forking, "local-provisioner": ordinary}


def written(folders: Folders) -> list[dict]:
    """Return the lines of the journal."""
    return [json.loads(line) for line in (folders.processed / "pages.jsonl").read_text().splitlines()]


def running(words: str) -> list[int]:
    """Return the processes that have the words among their arguments."""
    return [pid for pid in all_running() if words in read(Path(f"/proc/{pid}/cmdline"))]


@pytest.mark.parametrize(
    ("provisioner", "kind"),
    [
        pytest.param(WARM, FORKED, marks=needs_forks),
        pytest.param("local-provisioner", ORDINARY, marks=pytest.mark.thorough),
    ],
)
def test_notebooks_that_misbehave_harm_no_other_and_leave_nothing(tmp_path, monkeypatch, pools, provisioner, kind):
    monkeypatch.setenv(PROVISIONER, provisioner)
    pool = pools[provisioner]
    child = f"left-by-{tmp_path.name}-{kind}"
    wrong = {
        "hangs": "import time; time.sleep(600)",
        "floods": "from IPython.display import JSON, display\nwhile True: display(JSON({'much': ['x' * 1_000_000]}))",
        "hungry": "much = bytearray(3 << 30)",
        "crashes": "import ctypes; ctypes.string_at(0)",
        "talks": "for _ in range(100): print('x' * 1_000_000)",
        "fails": "float('Ms Jones')",
        "exits": "import os; os._exit(3)",
    }
    sound = {
        "sound": "1",
        "leaves": CHILD.format(name=child, how=""),
        "leaves-apart": CHILD.format(name=child, how=", start_new_session=True"),
    }
    folders = project_of(tmp_path, **wrong, **sound)
    told = made(folders, ["hangs"], pool, Limits(seconds=3))
    told |= made(folders, ["floods"], pool)
    told |= made(folders, [*list(wrong)[2:], *sound], pool, Limits(gigabytes=1.5))

    assert {name for name, one in told.items() if one.verdict == Verdict.FAILED} == set(wrong)
    (hangs, floods, hungry, crashes, talks, fails, exits) = (told[name].faults[0] for name in wrong)
    assert hangs == "it took longer than 3 seconds and was ended; --page-seconds allows it more"
    more = "it may use 1.5 gigabytes of memory, and --page-gigabytes allows it more"
    assert hungry == f"cell 2 stopped: MemoryError; {more}"
    assert crashes == f"its kernel crashed (Segmentation fault); {more}"
    assert exits == "its kernel ended by itself, with exit code 3; have no cell end it"
    assert "printed text or a warning" in talks
    assert floods == "it printed more than 200 megabytes and was ended; have it print less"
    assert fails == "cell 2 stopped: ValueError"
    # Where to look is told by the journal; what Python said is kept for those who may read exact figures.
    assert "Ms Jones" not in folders.processed.joinpath("pages.jsonl").read_text()
    trace = folders.processed / "failed/data/processed/restricted/fails/recruitment.txt"
    assert "could not convert string to float: 'Ms Jones'" in trace.read_text()
    assert trace.stat().st_mode & 0o777 == 0o600

    assert running(child) == []
    assert {line["kernel"] for line in written(folders)} == {kind}
    assert not list(folders.root.rglob("*.unfinished"))

    again = made(project_of(tmp_path, **dict.fromkeys(wrong, "2")), [*wrong, *sound], pool)
    assert {name for name, one in again.items() if one.verdict == Verdict.MADE} == set(wrong)
    assert {name for name, one in again.items() if one.verdict == Verdict.UNCHANGED} == set(sound)
    assert not trace.exists()


# A page that tells, when it is first made, its kernel, that one's parent, and what it has started; then it hangs.
SLOW = """from pathlib import Path
import os, subprocess, time
seen = Path({seen!r})
if not seen.exists():
    left = subprocess.Popen(["sleep", "600"], start_new_session=True).pid
    seen.with_suffix(".unfinished").write_text(f"{{os.getpid()}} {{os.getppid()}} {{left}}")
    seen.with_suffix(".unfinished").rename(seen)
    time.sleep(600)"""
IN_A_PROCESS = """import sys
from pathlib import Path
from lt_analysis.codebook.folders import Folders
from lt_analysis.reporting.workers import processes
from tests.reporting.test_faults import NAMES, made
if __name__ == "__main__":
    with processes(2) as executor:
        made(Folders(Path(sys.argv[1])), NAMES, executor)
"""
KILLED = "its kernel was killed, "
# The pages of one batch, in order; all but the first wait for what is killed while they do.
NAMES = ("sound", "kernel", "parent", "parent-too", "workers", "workers-too", "batch")


@contextmanager
def ended(process: subprocess.Popen) -> Iterator[None]:
    """End a process with the block, so that a test that fails in it does not wait for its end."""
    try:
        yield
    finally:
        process.kill()


@pytest.mark.parametrize(
    # An ordinary kernel's parent is its worker, whose page is made by another; a fork server's pages fail.
    ("provisioner", "fail_with_their_parent"),
    [
        pytest.param(WARM, True, marks=needs_forks),
        pytest.param("local-provisioner", False, marks=pytest.mark.thorough),
    ],
)
def test_whatever_is_killed_mid_page_nothing_is_left_and_one_rerun_completes(
    tmp_path, monkeypatch, pools, provisioner, fail_with_their_parent
):
    monkeypatch.setenv(PROVISIONER, provisioner)
    slow = {name: SLOW.format(seen=str(tmp_path / name)) for name in NAMES[1:]}
    folders, script = project_of(tmp_path / "project", sound="1", **slow), tmp_path / "in_a_process.py"
    script.write_text(IN_A_PROCESS)
    command = [sys.executable, str(script), str(folders.root)]
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    sockets = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()  # whose path must be short
    environment = {**os.environ, "PYTHONPATH": str(HERE), "TMPDIR": str(temporary), "XDG_RUNTIME_DIR": sockets}
    kernels, left = [], []

    def processes_of(*names: str) -> list[tuple[int, int]]:
        """Return the kernels of pages, and the processes that they come from, once they are at work."""
        wait_until(lambda: all((tmp_path / name).exists() for name in names), 60)
        found = [tuple(map(int, (tmp_path / name).read_text().split())) for name in names]
        kernels.extend(kernel for kernel, _, _ in found)
        left.extend(child for _, _, child in found)
        return [(kernel, parent) for kernel, parent, _ in found]

    def kill(*pids: int) -> None:
        for pid in pids:
            os.kill(pid, signal.SIGKILL)

    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as batch, ended(batch):
        (kernel, _), _ = processes_of("kernel", "parent")
        kill(kernel)
        (_, parent), _ = processes_of("parent", "parent-too")
        kill(parent)
        processes_of("workers", "workers-too")
        of_a_pool = "multiprocessing.spawn"
        workers = [pid for pid in children(batch.pid) if of_a_pool in read(Path(f"/proc/{pid}/cmdline"))]
        assert len(workers) == 2
        kill(*workers)
        processes_of("batch")
        wait_until(lambda: len(written(folders)) == len(NAMES) - 1)
        assert [child for child in left if runs(child)] == left[-1:]  # of the page that is still at work
        workers += children(batch.pid)
        kill(batch.pid)
    wait_until(lambda: not any(runs(pid) for pid in (*kernels, *workers)))
    assert list(temporary.rglob("*.json")) == []  # nor a kernel's key
    with processes(1):
        pass  # a run of which nothing is to be made
    assert not any(runs(child) for child in left)
    assert not list(folders.root.rglob("*.html.unfinished"))
    # What was wrong with each page; those whose workers were lost were made by others.
    said = {Path(line["notebook"]).stem: line["faults"] for line in written(folders)}
    sound = {"sound", "workers", "workers-too"} | (set() if fail_with_their_parent else {"parent", "parent-too"})
    assert {name for name, faults in said.items() if not faults} == sound, said
    assert all(faults[0].startswith(KILLED) for faults in said.values() if faults)

    again = made(folders, NAMES, pools[provisioner])
    assert {name for name, one in again.items() if one.verdict == Verdict.MADE} == set(NAMES) - sound
    assert {name for name, one in again.items() if one.verdict == Verdict.UNCHANGED} == sound
    assert len(list(folders.restricted.rglob("*.html"))) == len(NAMES)


@pytest.mark.parametrize("provisioner", [pytest.param(WARM, marks=needs_forks), "local-provisioner"])
def test_a_kernel_that_has_not_started_when_its_time_is_gone_never_runs(tmp_path, monkeypatch, pools, provisioner):
    monkeypatch.setenv(PROVISIONER, provisioner)
    folders = project_of(tmp_path, late=f"from pathlib import Path; Path({str(tmp_path / 'ran')!r}).touch()")
    told = made(folders, ["late"], pools[provisioner], Limits(seconds=0.001))["late"]
    assert told.faults == ("it took longer than 0.001 seconds and was ended; --page-seconds allows it more",)
    assert not (tmp_path / "ran").exists()


def test_what_an_analyst_saved_in_a_notebook_is_no_part_of_what_is_sent_to_a_worker(tmp_path):
    folders = project_of(tmp_path, sound="1")
    path = folders.notebooks / "board" / "sound.ipynb"
    before = Material.gather(folders, [])
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].outputs = [new_output("stream", name="stdout", text="EXACT 3 of 7")]
    notebook.cells[0]["attachments"] = {"seen.txt": {"text/plain": "EXACT 3 of 7"}}
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {"value": "EXACT 3 of 7"}}}
    nbformat.write(notebook, path)
    for place, content in enumerate(NO_NOTEBOOKS):
        (folders.notebooks / "board" / f"draft-{place}.ipynb").write_text(content)
    assert Material.gather(folders, []) == before
    assert b"EXACT" not in b"".join(content for _, content in before.files)


@pytest.mark.thorough
def test_a_page_whose_place_is_taken_fails_alone(tmp_path, monkeypatch, pools):
    monkeypatch.setenv(PROVISIONER, "local-provisioner")
    folders = project_of(tmp_path, taken="1", sound="1")
    (page_of(folders, "taken").destination / "something").mkdir(parents=True)
    told = made(folders, ("taken", "sound"), pools["local-provisioner"])
    said = "it could not be put in place: IsADirectoryError; see to its folder, where an older page may stand"
    assert told["taken"].faults == (said,)
    assert told["sound"].verdict == Verdict.MADE


def test_what_stands_where_a_page_failed_is_named_and_no_trouble_with_its_trace_stops_others(
    tmp_path, monkeypatch, pools
):
    monkeypatch.setenv(PROVISIONER, WARM)
    folders = project_of(tmp_path, taken="1 / 0", sound="1")
    (page_of(folders, "taken").destination / "something").mkdir(parents=True)
    (folders.processed / "failed").write_text("a file where the folder of traces would be")
    told = made(folders, ("taken", "sound"), pools[WARM])
    stands = "an older page stands in its place, and could not be removed; see to its folder"
    assert told["taken"].faults == ("cell 2 stopped: ZeroDivisionError", stands)
    assert told["sound"].verdict == Verdict.MADE


def test_a_page_whose_notebook_is_none_or_takes_no_such_parameter_is_named_with_the_reason(
    tmp_path, monkeypatch, pools
):
    monkeypatch.setenv(PROVISIONER, WARM)
    folders = project_of(tmp_path, merged="1", other="1")
    (folders.notebooks / "board" / "merged.ipynb").write_text("<<<<<<< HEAD")
    pages = page_of(folders, "merged"), replace(page_of(folders, "other"), parameters={"quarter": "2026-27-Q2"})
    told = Batch(folders, pools[WARM]).make(list(pages))
    assert {one.page.about: one.faults for one in told} == {
        "merged": ("its notebook is not there, or cannot be read as one; put it back",),
        "other": ("'quarter' is not a parameter of this notebook. It takes: period",),
    }


class _Counted(Executor):
    """Workers that count what they are given."""

    at_once = 2

    def __init__(self, others: Executor):
        self.others, self.given = others, 0

    def submit(self, fn, /, *args, **kwargs):
        self.given += 1
        return self.others.submit(fn, *args, **kwargs)


@needs_forks
@pytest.mark.thorough
def test_where_every_page_fails_none_is_tried_more_than_once(tmp_path, monkeypatch, pools):
    monkeypatch.setenv(PROVISIONER, WARM)
    names = [f"page{number}" for number in range(5)]
    folders, workers = project_of(tmp_path, **dict.fromkeys(names, "1 / 0")), _Counted(pools[WARM])
    told = [one.verdict for one in Batch(folders, workers).make([page_of(folders, name) for name in names])]
    assert (told, workers.given) == ([Verdict.FAILED] * 5, 5)


def test_exact_figures_are_not_sent_to_another_machine(tmp_path):
    folders = project_of(tmp_path, sound="1")
    with ThreadPoolExecutor(1) as executor, pytest.raises(ValueError, match="do not leave this machine"):
        list(Batch(folders, executor, elsewhere=True).make([page_of(folders, "sound")]))


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("OPENBLAS_NUM_THREADS", "2", "OPENBLAS_NUM_THREADS asks for threads; unset it"),
        pytest.param(PROVISIONER, "local-provisioner", "", marks=pytest.mark.thorough),
    ],
)
@needs_forks
@pytest.mark.thorough
def test_a_batch_says_why_its_kernels_were_not_forked_unless_somebody_chose_so(tmp_path, monkeypatch, name, value, why):
    monkeypatch.setenv(PROVISIONER, WARM)
    monkeypatch.setenv(name, value)
    folders = project_of(tmp_path, sound="1")
    with processes(1) as executor:
        batch = Batch(folders, executor)
        told = list(batch.make([page_of(folders, "sound")]))
        assert [one.faults for one in told] == [()]
    assert [line["kernel"] for line in written(folders)] == [ORDINARY]
    assert batch.why_ordinary == why
