"""What may stand in the folder of a period's report: the files that were meant for it, and nothing else."""

from collections.abc import Iterable
from pathlib import Path


def unintended(folder: Path, intended: Iterable[Path]) -> list[str]:
    """Return what stands in a folder and was not meant to, whether it is seen in a listing or not.

    A link counts as such, for what it leads to is not in the folder; so does an empty folder of something else.
    """
    files = set(intended)
    folders = {parent for file in files for parent in file.parents}
    unexpected = []
    for path in sorted(folder.rglob("*")):
        expected = path in files and path.is_file() or path in folders and path.is_dir()
        if path.is_symlink() or not expected:
            unexpected.append(str(path.relative_to(folder)))
    return unexpected
