"""Which organisations and returns there are in `data/raw`. A folder *is* an organisation."""

import hashlib
import re
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.metrics import Asked
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import FinancialYear, Quarter, parse_period
from lt_analysis.codebook.returns import RECRUITMENT, RETURNS, SUFFIXES, Return
from lt_analysis.collection.organisation import FILE_NAME

# A return that is sent again may stand beside the one before, as `applications-2.csv`: the highest number counts.
SENT_AGAIN = re.compile(r"(.+)-([2-9]|[1-9]\d)")
ORGANISATION_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
OF_ALL = "partnership"  # in place of an organisation, where published numbers add up several
RESERVED = (OF_ALL, "data")  # the second is the folder of a report that has its release
# What the partnership itself sends, in its own folder.
GOAL_FILE, COMMITMENTS_FILE, PLEDGE_FILE = "goal.yml", "commitments.csv", "pledge.yml"
METRICS_FILE, NETWORKS_FILE = "metrics.yml", "networks.csv"
FILES_OF_ALL = {GOAL_FILE, COMMITMENTS_FILE, PLEDGE_FILE, METRICS_FILE, NETWORKS_FILE}
MISNAMED = "its name is not that of a return, so it is not read"
LEFT_BY_SYSTEMS = ("desktop.ini", "thumbs.db")


@dataclass(frozen=True)
class FoundReturn:
    """One file as received. `file` is how messages name it: `<organisation>/<period>/<file>`.

    `time_sent` is 1 for the first file of a return, and 2 or more for one that was sent again and stands beside it;
    `before` are the files that it takes the place of. `asked` is what the partnership asks, where it is of metrics.
    """

    organisation: str
    period: FinancialYear | Quarter
    kind: Return
    path: Path
    time_sent: int = 1
    before: tuple["FoundReturn", ...] = ()
    asked: Asked | None = None

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
    """List every organisation, in alphabetical order: each folder whose name can be used."""
    return [folder.name for folder in _folders(folders) if _why_not(folder) is None]


def misnamed_folders(folders: Folders) -> list[RawDataError]:
    """Say which folders are taken for no organisation, and why; for whoever runs the audit, and never in public."""
    return [error for error in map(_why_not, _folders(folders)) if error]


def _folders(folders: Folders) -> list[Path]:
    if not folders.raw.is_dir():
        return []
    found = sorted(folder for folder in folders.raw.iterdir() if folder.is_dir() and folder.name[0] != ".")
    return [folder for folder in found if not _is_the_partnerships_own(folder)]


def _is_the_partnerships_own(folder: Path) -> bool:
    """Tell whether a folder holds what the partnership itself sends, and nothing as an organisation would."""
    if folder.name != OF_ALL or folder.is_symlink():
        return False
    names = {one.name for one in _visible(folder)}
    return bool(names) and names <= FILES_OF_ALL


def _why_not(folder: Path) -> RawDataError | None:
    """Return why a folder of `data/raw` is no organisation's; None where it is one's."""
    if not ORGANISATION_NAME.fullmatch(folder.name) or folder.name in RESERVED:
        remedy = f"Name it in small letters, digits and hyphens, and neither {' nor '.join(RESERVED)}"
        return RawDataError("the folder's name cannot be used", remedy, file=folder.name)
    return _as_a_link(folder, folder.name)


def _as_a_link(path: Path, file: str) -> RawDataError | None:
    """Return what is said of a link, which could lead to another organisation's returns; None where it is none."""
    if not path.is_symlink():
        return None
    return RawDataError("it is a link, and links are not followed", "Put what it leads to there itself", file=file)


def find_returns(folders: Folders, organisation: str) -> tuple[list[FoundReturn], list[RawDataError]]:
    """List an organisation's returns, oldest first, and whatever in its folder is not one."""
    found, misplaced = [], []
    for folder in _visible(folders.raw / organisation):
        if folder.name == FILE_NAME:
            continue
        try:
            period = _period_of(organisation, folder)
        except RawDataError as error:
            misplaced.append(error)
            continue
        sent, strange = _files_of(organisation, period, folder)
        of_period, several = _one_of_each(organisation, period, sent)
        found += of_period
        misplaced += [*strange, *several]
    return found, misplaced


def _period_of(organisation: str, folder: Path) -> FinancialYear | Quarter:
    if error := _as_a_link(folder, f"{organisation}/{folder.name}"):
        raise error
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
    return period


def _files_of(
    organisation: str, period: FinancialYear | Quarter, folder: Path
) -> tuple[list[FoundReturn], list[RawDataError]]:
    """List the returns in a period's folder, and whatever in it is none."""
    found, strange = [], []
    for path in _visible(folder):
        try:
            found.append(_found(organisation, period, path))
        except RawDataError as error:
            strange.append(error)
    return found, strange


def _one_of_each(
    organisation: str, period: FinancialYear | Quarter, sent: list[FoundReturn]
) -> tuple[list[FoundReturn], list[RawDataError]]:
    """Take the latest of each return; of those between which nothing decides, none."""
    latest, several = [], []
    for kinds in (RECRUITMENT, *((kind,) for kind in RETURNS if kind not in RECRUITMENT)):
        *before, last = sorted((one for one in sent if one.kind in kinds), key=lambda one: one.time_sent) or [None]
        if any(one.kind != last.kind or one.time_sent == last.time_sent for one in before):
            reason = f"there are {len(before) + 1} returns of {' or '.join(kind.name for kind in kinds)} for one period"
            remedy = "Keep the one that counts, or number them in the order in which they were sent: applications-2.csv"
            several.append(RawDataError(reason, remedy, file=f"{organisation}/{period}"))
        elif last:
            latest.append(replace(last, before=tuple(before)))
    return latest, several


def _found(organisation: str, period: FinancialYear | Quarter, path: Path) -> FoundReturn:
    again = SENT_AGAIN.fullmatch(path.stem)
    name, time_sent = (again[1], int(again[2])) if again else (path.stem, 1)
    kind = _kind_of(path, name, f"{organisation}/{period}/{path.name}")
    return FoundReturn(organisation, period, kind, path, time_sent)


def _kind_of(path: Path, name: str, file: str) -> Return:
    if error := _as_a_link(path, file):
        raise error
    if not path.is_file():
        reason = "it is a folder, or no ordinary file, where a return should be"
        raise RawDataError(reason, "Put the file itself there", file=file)
    known = {kind.name: kind for kind in RETURNS}
    if path.suffix.lower() not in SUFFIXES:
        remedy = f"The audit reads {', '.join(known)}, each as {', '.join(SUFFIXES)}"
        raise RawDataError("it is not a return that the audit knows", remedy, file=file)
    if name not in known:
        first, *others = (f"{kind}{path.suffix.lower()}" for kind in known)
        remedy = f"Call it {first} if a row is an application, or by what else it holds: {', '.join(others)}"
        raise RawDataError(MISNAMED, remedy, file=file)
    return known[name]


def _visible(folder: Path) -> list[Path]:
    seen = (path for path in folder.iterdir() if path.name.lower() not in LEFT_BY_SYSTEMS)
    return sorted(path for path in seen if not path.name.startswith((".", "~$")))
