"""What forked kernels stand up to: papermill's own notebooks, 600 starts, and 500 pages of one worker.

`python -m benchmarks.batch_trials` does all three; `--only notebooks`, `--only starts` or `--only memory` does one.
Exits 1 where a verdict differs, a start fails, or memory grows. papermill's notebooks come out of its source archive,
which pip fetches into a folder of its own. The 500 are all pages of `--project FOLDER`, one that has been run
(without it, one is invented and run first).
"""

import argparse
import asyncio
import multiprocessing
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.batch import ledger_of_period, pages_of, project_of
from lt_analysis.codebook.folders import Folders
from lt_analysis.reporting.batch import Batch
from lt_analysis.reporting.kernel import FORKED, Limits, one_kernel
from lt_analysis.reporting.startup import BY_ITSELF, PROVISIONER, WARM, start_quickly
from lt_analysis.reporting.workers import processes

HERE = Path(__file__).resolve().parent.parent
STARTS, AT_ONCE = 600, 12
PAGES = 500
SETTLED = 2  # quarters that are made before memory is looked at
MOST_GROWTH = 1.05  # from then to the last


def notebooks_agree(_: Path | None) -> bool:
    """Run each of papermill's test notebooks both ways, and print how each ended."""
    with tempfile.TemporaryDirectory() as temporary:
        folder, wanted = Path(temporary), f"papermill=={version('papermill')}"
        # Beside the audit's own notebooks, so that what those import is there before each kernel is forked.
        shutil.copytree(HERE / "notebooks", folder / "notebooks")
        fetch = ["download", "-q", "--no-deps", "--no-binary", ":all:", "--no-build-isolation", "-d", str(folder)]
        subprocess.run([sys.executable, "-m", "pip", *fetch, wanted], check=True)
        with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
            archive.extractall(folder, filter="data")
        table, agreed = Table("notebook", "ordinary kernel", "forked kernel"), True
        for notebook in sorted(next(folder.glob("papermill*/papermill/tests/notebooks")).glob("*.ipynb")):
            ended = [verdict(notebook, provisioner, folder) for provisioner in (BY_ITSELF, WARM)]
            agreed &= len(set(ended)) == 1
            table.add_row(notebook.name, *ended)
    Console(width=120).print(table)
    return agreed


def verdict(notebook: Path, provisioner: str, folder: Path) -> str:
    """Say how a notebook ended: well, or by which error."""
    command = [sys.executable, "-m", "papermill", str(notebook), str(folder / "out.ipynb"), "--no-progress-bar"]
    environment = {**os.environ, PROVISIONER: provisioner}
    said = subprocess.run(
        command, cwd=notebook.parent, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    if "Each kernel starts by itself" in said.stderr:
        raise RuntimeError("no kernel was forked, so there is nothing to compare")
    if said.returncode == 0:
        return "ran"
    errors = [line.split(":")[0] for line in said.stderr.splitlines() if line[:1].isalpha() and "Error" in line]
    return errors[-1] if errors else f"code {said.returncode}"


def starts_succeed(_: Path | None) -> bool:
    """Start kernels, some at once, ask each for a sum, and count those that do not answer."""

    async def asked(kernel) -> None:
        manager = kernel.kernel_manager_class(kernel_name="python3")
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=60)
        reply = await client.execute("40 + 2", reply=True, timeout=60)
        client.stop_channels()
        await manager.shutdown_kernel(now=True)
        if reply["content"]["status"] != "ok" or kernel.kind != FORKED:
            raise RuntimeError(kernel.kind)

    def start(_: int) -> str:
        try:
            with one_kernel(Limits()) as kernel:
                asyncio.run(asked(kernel))
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        return ""

    with ThreadPoolExecutor(AT_ONCE) as executor:
        failures = [why for why in executor.map(start, range(STARTS)) if why]
    print(f"{STARTS} kernels, {AT_ONCE} at once: {len(failures)} failed", *sorted(set(failures)))
    return not failures


def memory_is_flat(project: Path | None) -> bool:
    """Make a project's quarter in one worker, over and over, and print how much memory each process holds."""
    with project_of(project) as root, processes(1) as executor:
        os.chdir(root)
        folders, held, made = Folders.here(), [], 0
        *pages, front = pages_of(folders, whole=True)
        ledger = ledger_of_period()
        batch = Batch(folders, executor)
        while made < PAGES or len(held) <= 2 * SETTLED:
            told = list(batch.make(pages, ledger, anew=[*pages, front], last=front))
            if faults := [one.faults for one in told if one.faults]:
                raise RuntimeError(f"pages were not made: {faults}")
            made += len(told)
            (worker,) = multiprocessing.active_children()
            held.append([megabytes(process) for process in (worker.pid, os.getpid(), fork_server())])
            files = len(list(Path(f"/proc/{worker.pid}/fd").iterdir()))
            said = "after {} pages: worker {:.1f}, batch {:.1f}, fork server {:.1f} megabytes, {} open files"
            print(said.format(made, *held[-1], files))
    return all(last <= MOST_GROWTH * settled for last, settled in zip(held[-1], held[SETTLED], strict=True))


def fork_server() -> int:
    """Return the process that kernels are forked from; it listens in the folder of these trials."""
    commands = {int(one.parent.name): one.read_bytes() for one in Path("/proc").glob("[0-9]*/cmdline")}
    (server,) = [pid for pid, command in commands.items() if os.environ["XDG_RUNTIME_DIR"].encode() in command]
    return server


def megabytes(process: int) -> float:
    """Return how much memory a process holds."""
    status = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in status if line.startswith("VmRSS")).split()[1]) / 1024


TRIALS = {"notebooks": notebooks_agree, "starts": starts_succeed, "memory": memory_is_flat}


def in_a_folder_of_its_own(trial: Callable[[Path | None], bool], project: Path | None) -> bool:
    """Do a trial whose fork servers are no other's."""
    with tempfile.TemporaryDirectory(prefix="lt-", ignore_cleanup_errors=True) as runtime:
        os.environ["XDG_RUNTIME_DIR"] = runtime
        return trial(project)


def main() -> None:
    """Do the trials, and say by the exit code whether all went well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path)
    parser.add_argument("--only", nargs="*", choices=TRIALS, default=list(TRIALS))
    asked = parser.parse_args()
    start_quickly()
    os.environ[PROVISIONER] = WARM
    sound = [in_a_folder_of_its_own(TRIALS[name], asked.project) for name in asked.only]
    if not all(sound):
        sys.exit(1)


if __name__ == "__main__":
    main()
