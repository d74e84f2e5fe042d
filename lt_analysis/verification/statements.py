"""What is published, as a stranger finds it: each statement is one cell of a page or spreadsheet, kept as it stands."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from lt_analysis.verification.meaning import PARTNERSHIP

SPREADSHEETS = (".xlsx", ".ods", ".csv")


@dataclass(frozen=True)
class Statement:
    """One number of people in one place; `value` is None where it is hidden, and 0 where there were no posts.

    `members` are the organisations whose people a number of the partnership adds up.
    """

    release: str
    file: str
    key: str
    value: int | None
    members: frozenset[str] = frozenset()
    no_posts: bool = False

    @property
    def of_partnership(self) -> bool:
        """Whether the people of several organisations are added up."""
        return self.key.startswith(f"{PARTNERSHIP}/")

    @property
    def span(self) -> str:
        """The time that it is about, as its key writes it."""
        return "".join(self.key.split("/")[1:2])

    @property
    def in_spreadsheet(self) -> bool:
        """Whether it stands in a spreadsheet and not on a page."""
        return PurePath(self.file).suffix in SPREADSHEETS


@dataclass(frozen=True)
class Derived:
    """A figure that is worked out from the numbers under `keys`: a ratio, a share, a range."""

    release: str
    file: str
    keys: tuple[str, ...]
    shown: bool


@dataclass(frozen=True)
class Publication:
    """All that is published, earliest release first."""

    statements: tuple[Statement, ...]
    derived: tuple[Derived, ...] = ()

    def then(self, later: "Publication") -> "Publication":
        """Return this and what was published after it."""
        return Publication(self.statements + later.statements, self.derived + later.derived)

    @property
    def releases(self) -> tuple[str, ...]:
        """The releases, earliest first."""
        return tuple(dict.fromkeys(one.release for one in (*self.statements, *self.derived)))

    @property
    def organisations(self) -> frozenset[str]:
        """The organisations that have numbers, of their own or added up in the partnership's."""
        own = {one.key.split("/")[0] for one in self.statements if not one.of_partnership}
        return frozenset(own).union(*(one.members for one in self.statements))


def publication_of(
    cells: Mapping[str, int | None],
    members: Collection[str] = (),
    release: str = "",
    no_posts: Iterable[str] = (),
) -> Publication:
    """Take one release's cells as they are, without pages: None is hidden.

    `members` are the organisations that the partnership's cells add up; `no_posts` are the keys where it is said that
    there was no vacancy.
    """
    whose = {True: frozenset(members), False: frozenset()}
    shown = [Statement(release, "", key, value) for key, value in cells.items()]
    none = [Statement(release, "", key, 0, no_posts=True) for key in no_posts]
    return Publication(
        tuple(
            Statement(one.release, one.file, one.key, one.value, whose[one.of_partnership], one.no_posts)
            for one in (*shown, *none)
        )
    )
