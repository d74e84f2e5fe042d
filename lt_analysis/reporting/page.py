"""What a page is: what it is made from, what it is held to, what it may cost, and what became of making it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lt_analysis.release.figures import Release

FORKED, ORDINARY = "forked", "ordinary"  # how a kernel started
FULL_DISK = "the disk is full where it was to be made; make room there, then run it again"


@dataclass(frozen=True)
class Page:
    """What to run and where its page goes. `about` names the organisation; empty for the front page.

    `notebook` is its path among the notebooks, `reads` the files and folders that it reads, and nothing else. `links`
    lead to the pages beside it: what each is called, and its address.
    """

    about: str
    notebook: str
    parameters: dict[str, object]
    destination: Path
    reads: tuple[Path, ...]
    restricted: bool = False
    links: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None


@dataclass(frozen=True)
class Ledger:
    """What pages for the board are held to: the release of which they speak. `named` are names that may hold digits."""

    release: "Release"
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Made:
    """A page that was tried: what it says, what is wrong with it, how its kernel started, and how long it took.

    `trace` is what stopped the notebook, in Python's own words, which may quote a cell. `versions` are those of
    wherever it was made. `why_ordinary` is why its kernel was not forked, where it was to be.
    """

    html: str
    faults: tuple[str, ...]
    kernel: str
    seconds: float
    trace: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    why_ordinary: str = ""


@dataclass(frozen=True)
class Limits:
    """What one page may cost: seconds from the start of its kernel, and gigabytes of memory of each process."""

    seconds: float = 600
    gigabytes: float = 4
