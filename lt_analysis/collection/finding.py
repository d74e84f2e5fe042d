"""Which organisations and returns there are in `data/raw`. A folder *is* an organisation."""

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import FinancialYear, Quarter, parse_period
from lt_analysis.codebook.returns import RECRUITMENT, RETURNS, SUFFIXES, Return
from lt_analysis.collection.organisation import FILE_NAME

ORGANISATION_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
UNTIL_THEN = "Until then nothing of its period is read"


@dataclass(frozen=True)
class FoundReturn:
    """One file as received. `file` is how messages name it: `<organisation>/<period>/<file>`."""

    organisation: str
    period: FinancialYear | Quarter
    kind: Return
    path: Path

    @property
    def file(self) -> str:
        """The file's name for a message."""
        return f"{self.organisation}/{self.period}/{self.path.name}"

    @cached_property
    def sha256(self) -> str:
        """The fingerprint of what is in the file."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def organisation_names(folders: Folders) -> list[str]:
    """List every organisation, in alphabetical order."""
    if not folders.raw.is_dir():
        return []
    return sorted(folder.name for folder in folders.raw.iterdir() if folder.is_dir() and folder.name[0] != ".")


def find_returns(folders: Folders, organisation: str) -> tuple[list[FoundReturn], list[RawDataError]]:
    """List an organisation's returns, oldest first, and whatever in its folder is not one."""
    found, misplaced = [], []
    if not ORGANISATION_NAME.fullmatch(organisation):
        remedy = "Name the folder in small letters, digits and hyphens"
        return [], [RawDataError("the folder's name cannot be used", remedy, file=organisation)]
    for folder in _visible(folders.raw / organisation):
        if folder.name == FILE_NAME:
            continue
        try:
            found += _returns_of_a_period(organisation, folder)
        except RawDataError as error:
            misplaced.append(error)
    return found, misplaced


def _returns_of_a_period(organisation: str, folder: Path) -> list[FoundReturn]:
    try:
        period = parse_period(folder.name)
    except RawDataError as error:
        raise RawDataError(error.reason, error.remedy, file=f"{organisation}/{folder.name}") from None
    if not folder.is_dir():
        raise RawDataError(
            "it is a file where a period's folder should be",
            "Put returns in a folder named after their quarter",
            file=f"{organisation}/{folder.name}",
        )
    found = [
        FoundReturn(organisation, period, _kind_of(path, f"{organisation}/{folder.name}/{path.name}"), path)
        for path in _visible(folder)
    ]
    for kinds in (RECRUITMENT, *((kind,) for kind in RETURNS)):
        same = [one for one in found if one.kind in kinds]
        if len(same) > 1:
            raise RawDataError(
                f"there are {len(same)} returns of {' or '.join(kind.name for kind in kinds)} for one period",
                f"Keep the one that counts. {UNTIL_THEN}",
                file=f"{organisation}/{period}",
            )
    return found


def _kind_of(path: Path, file: str) -> Return:
    if not path.is_file():
        reason = "it is a folder, or a link that leads to no file, where a return should be"
        raise RawDataError(reason, f"Put the file itself there. {UNTIL_THEN}", file=file)
    for kind in RETURNS:
        if path.stem == kind.name and path.suffix.lower() in SUFFIXES:
            return kind
    known = ", ".join(kind.name for kind in RETURNS)
    remedy = f"The audit reads {known}, each as {', '.join(SUFFIXES)}. {UNTIL_THEN}"
    raise RawDataError("it is not a return that the audit knows", remedy, file=file)


def _visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$")))
