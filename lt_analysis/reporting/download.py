"""The quarter's spreadsheet, put in place among the pages where the gate finds nothing wrong with it."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from lt_analysis.codebook.downloads import spreadsheet_name
from lt_analysis.codebook.folders import Folders, whole_or_not_at_all
from lt_analysis.release.figures import Release
from lt_analysis.reporting.gate.spreadsheet import spreadsheet_faults
from lt_analysis.reporting.gate.traces import Machine


def spreadsheet_of(folders: Folders, period: str) -> Path:
    """Return where the spreadsheet of a period stands."""
    return folders.reports / period / spreadsheet_name(period)


def put_spreadsheet(root: Path, write: Callable[[], bytes], destination: Path, release: Release) -> list[str]:
    """Write a spreadsheet and put it in place; where it is unfit say why, and leave neither it nor an older one."""
    destination.unlink(missing_ok=True)
    try:
        content = write()
    except Exception as error:  # what a library says might quote a cell
        return [f"it could not be written: {type(error).__name__}"]
    found = spreadsheet_faults(BytesIO(content), Machine.here(root), release)
    if not found:
        with whole_or_not_at_all(destination, mode=0o644) as unfinished:
            unfinished.write_bytes(content)
    return found
