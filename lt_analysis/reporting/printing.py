"""A document printed as PDF by Chromium, which listens on nothing, loads nothing and leaves nothing behind."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from lt_analysis.codebook.mistakes import RawDataError

NAMES = ("chromium", "chromium-browser")
LONGEST_PRINT = 180.0  # seconds; a pack of fourteen pages takes about five
PRODUCER = "lt_analysis"
QUIET = (
    "--headless=new",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no name leads anywhere
    f"--user-agent={PRODUCER}",  # stands in the file as the program that made it, instead of the machine's system
    "--generate-pdf-document-outline",
    "--no-pdf-header-footer",
)
# Chromium takes them from the clock, whatever SOURCE_DATE_EPOCH says. Spaces keep every other byte at its place.
DATES = re.compile(rb"/(?:CreationDate|ModDate) \(D:[^)]*\)")
# Chromium's own numbers of the page's elements, by which headings of tables are found: others at each run.
NODES = re.compile(rb"\(node(\d{8})\)")
BEGINS = b"%PDF-"


def printed(html: str) -> bytes:
    """Print a document; the same document gives the same bytes wherever Chromium and the fonts are the same.

    Raises `RawDataError` where Chromium is not installed, fails, or does not come to an end.
    """
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if not chromium:
        raise RawDataError("Chromium, which prints the pack, is not installed", "Install it: make chromium")
    # The folder can be opened by its owner only. Its path is short, for the profile holds a socket.
    with tempfile.TemporaryDirectory(prefix="lt-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "pack.html").write_text(html, encoding="utf-8")
        _print(chromium, folder)
        pdf = folder / "pack.pdf"
        content = pdf.read_bytes() if pdf.is_file() else b""
    if not content.startswith(BEGINS):
        raise RawDataError("Chromium did not print the pack", "See whether `chromium --version` works on this machine")
    return _same_each_time(content)


def command(chromium: str, folder: Path) -> list[str]:
    """Write the command that prints `pack.html` of a folder beside it."""
    # The administrator's processes cannot have Chromium's sandbox; everybody else's do.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    files = [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={folder / 'pack.pdf'}"]
    return [chromium, *QUIET, *sandbox, *files, (folder / "pack.html").as_uri()]


def _print(chromium: str, folder: Path) -> None:
    """Run Chromium to its end, or end it, with all the processes that it started."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder)}
    silent = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    process = subprocess.Popen(command(chromium, folder), cwd=folder, env=environment, start_new_session=True, **silent)
    try:
        process.wait(LONGEST_PRINT)
    except subprocess.TimeoutExpired:
        reason = f"Chromium had not printed the pack after {LONGEST_PRINT:.0f} seconds, and was ended"
        raise RawDataError(reason, "Try again, or put fewer pages in: --organisation") from None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _same_each_time(pdf: bytes) -> bytes:
    """Take out when a file was made, and number its elements from 1 in the order that they have."""
    numbers = {number: place for place, number in enumerate(sorted(set(NODES.findall(pdf))), start=1)}
    pdf = NODES.sub(lambda node: b"(node%08d)" % numbers[node[1]], pdf)
    return DATES.sub(lambda date: b" " * len(date[0]), pdf)
