"""What `new` lays out: a project of one's own, from what the wheel brought or from the project's own folder."""

import shutil
import sysconfig
from pathlib import Path

from lt_analysis.codebook.mistakes import RawDataError

FROM_THE_WHEEL = Path(sysconfig.get_path("data")) / "share" / "lt_analysis"
FROM_THE_PROJECT = Path(__file__).resolve().parents[2]
PARTS = ("notebooks/board", "notebooks/analyst", "data/raw/README.md", "data/raw/london-acute-medical")


def lay_out(folder: Path) -> None:
    """Copy notebooks and the published example into an empty folder.

    Raises `RawDataError` where something stands there, or where the notebooks were not installed.
    """
    if any(path.name[0] != "." for path in folder.iterdir()):
        raise RawDataError("something stands in this folder", "Make an empty one, and change to it")
    source = next((one for one in (FROM_THE_PROJECT, FROM_THE_WHEEL) if (one / PARTS[0]).is_dir()), None)
    if source is None:
        raise RawDataError("the notebooks were not installed", "Install the project from its wheel or its folder")
    for part in PARTS:
        copy = folder / part
        copy.parent.mkdir(parents=True, exist_ok=True)
        if (source / part).is_dir():
            shutil.copytree(source / part, copy, ignore=shutil.ignore_patterns(".*"))
        else:
            shutil.copy2(source / part, copy)
