"""Where each file of the audit lives, from the project's own folder."""

import filecmp
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from lt_analysis.codebook.mistakes import RawDataError

RELEASE_NAMES = "[0-9]*-Q[1-4]"  # of the folders of releases, and of reports


@dataclass(frozen=True)
class Folders:
    """The layout of the project whose top folder is `root`.

    >>> Folders(Path("audit")).releases.as_posix()
    'audit/data/processed/releases'
    """

    root: Path

    @classmethod
    def here(cls) -> Self:
        """Return the layout of the project that the current folder is in, found as git does.

        Raises `RawDataError` where the current folder is in none.

        >>> Folders.here().notebooks.name
        'notebooks'
        """
        start = Path.cwd()
        for folder in (start, *start.parents):
            if (folder / "notebooks" / "board").is_dir():
                return cls(folder)
        raise RawDataError(
            "this folder is not in the audit's project",
            "Change to the project's folder first, or lay one out here: lt-analysis new",
        )

    @property
    def notebooks(self) -> Path:
        """Notebooks, `board/` and `analyst/`."""
        return self.root / "notebooks"

    @property
    def raw(self) -> Path:
        """Returns as received, never edited: `<organisation>/<period>/<return>`."""
        return self.root / "data" / "raw"

    @property
    def processed(self) -> Path:
        """All that the audit makes and does not publish."""
        return self.root / "data" / "processed"

    @property
    def records(self) -> Path:
        """Person-level records, readable by their owner only."""
        return self.processed / "records"

    @property
    def set_aside(self) -> Path:
        """Records of posts that are set aside, beside which those that count are looked at; for their owner only."""
        return self.processed / "set-aside"

    @property
    def replaced(self) -> Path:
        """Records of returns that were sent again since, by return, organisation, period and fingerprint."""
        return self.processed / "replaced"

    @property
    def database(self) -> Path:
        """Receipts, rejected rows, draws, summaries and evidence; only a run opens it."""
        return self.processed / "audit.duckdb"

    @property
    def exact(self) -> Path:
        """Exact figures for analysts, by period."""
        return self.processed / "exact"

    @property
    def restricted(self) -> Path:
        """Each organisation's own exact pages, by period."""
        return self.processed / "restricted"

    @property
    def releases(self) -> Path:
        """What may be published: a folder a period, which never changes, and all that board pages read."""
        return self.processed / "releases"

    @property
    def certificates(self) -> Path:
        """The people behind each release, and the worlds that prove it safe; readable by their owner only."""
        return self.processed / "certificates"

    @property
    def awaiting(self) -> Path:
        """Texts of organisations that nobody has approved yet, by period; readable by their owner only."""
        return self.processed / "awaiting"

    @property
    def unfinished(self) -> Path:
        """Pages in the making; whatever a killed run left here, the next one removes."""
        return self.processed / "unfinished"

    @property
    def sifting(self) -> Path:
        """A large return in the making; whatever a killed run left here, the next one removes."""
        return self.processed / "sifting"

    @property
    def reports(self) -> Path:
        """Published pages, by period."""
        return self.root / "reports"


def owner_only(folder: Path) -> Path:
    """Return a folder that only its owner can open, which is made where it is not there.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     oct(owner_only(Path(folder, "records")).stat().st_mode & 0o777)
    '0o700'
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


@contextmanager
def whole_or_not_at_all(path: Path, mode: int) -> Iterator[Path]:
    """Yield a path to write to; it becomes `path` in one move when the block ends without an error.

    Its permissions are `mode`. What a killed run leaves under that path, the next one writes over. A file that would
    stay as it is is left alone, so that its time says when it last changed.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with whole_or_not_at_all(Path(folder, "page.html"), 0o644) as unfinished:
    ...         length = unfinished.write_text("<p>")
    ...     [file.name for file in Path(folder).iterdir()]
    ['page.html']
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=mode)
        yield unfinished
        unfinished.chmod(mode)
        if not (path.exists() and filecmp.cmp(path, unfinished, shallow=False)):
            unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def in_sql(text: Path | str) -> str:
    """Return a path, or any text, as a text in SQL.

    >>> print(in_sql("King's"))
    'King''s'
    """
    return "'" + str(text).replace("'", "''") + "'"
