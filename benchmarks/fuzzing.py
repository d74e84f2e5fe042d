"""Twenty thousand files that were good once, in every format: each must get a receipt, soon, that loses no row.

Text is taken in by turns as small files are and as large ones are, out of core. `make benchmark` runs it. Ends with
exit code 1 at the first file that gets a traceback, hangs, or loses a row, and says by which format and seed to make it
again.
"""

import signal
import sys
import tempfile
from pathlib import Path

import duckdb
from rich.console import Console
from rich.progress import track

from lt_analysis.codebook.folders import Folders
from lt_analysis.collection import large_files
from lt_analysis.collection.collect import check_return
from lt_analysis.collection.finding import find_returns
from lt_analysis.collection.organisation import Organisation, read_organisation
from lt_analysis.collection.receipts import open_audit
from tests import making
from tests.collection.mutation import mutated
from tests.collection.reading.test_received import GOOD_FILES

FILES = 20_000
LARGE = large_files.LARGE
MOST_SECONDS = 10


def try_file(connection: duckdb.DuckDBPyConnection, folders: Folders, organisation: Organisation, path: Path) -> bool:
    """Take a file in; return whether any of its rows was accepted."""
    ((found,), _) = find_returns(folders, path.parent.parent.name)
    signal.alarm(MOST_SECONDS)
    receipt = check_return(connection, folders, found, organisation)
    signal.alarm(0)
    if receipt.received != receipt.accepted + receipt.rejected + receipt.set_aside:
        raise AssertionError("a row is lost")
    return bool(receipt.accepted)


def main() -> int:
    """Try them all."""
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory() as root, open_audit(":memory:") as connection:
        folders = Folders(Path(root))
        folder = making.organisation(folders, "ashbourne")
        (folder / "2026-27-Q2").mkdir()
        organisation = read_organisation(folder)
        accepted = 0
        for number in track(range(FILES), description="Files", console=console):
            suffix = list(GOOD_FILES)[number % len(GOOD_FILES)]
            path = folder / "2026-27-Q2" / f"applications.{suffix}"
            path.write_bytes(mutated(GOOD_FILES[suffix], number))
            large_files.LARGE = 0 if number // len(GOOD_FILES) % 2 else LARGE
            try:
                accepted += try_file(connection, folders, organisation, path)
            except BaseException as error:
                print(f"{suffix}, seed {number}: {type(error).__name__}: {error}")
                return 1
            path.unlink()
    print(f"{FILES:,} files: {accepted:,} taken in, {FILES - accepted:,} refused; no row lost, no hang, no traceback.")
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    sys.exit(main())
