"""How far each quarter has come: received, run, released, with pages; and what is late or waits for a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lt_analysis.codebook.folders import RELEASE_NAMES, Folders
from lt_analysis.codebook.periods import FinancialYear, Quarter, parse_period
from lt_analysis.collection.finding import find_returns, organisation_names
from lt_analysis.release.approvals import Approvals, awaiting
from lt_analysis.release.files import is_released
from lt_analysis.release.in_memory import in_memory


@dataclass(frozen=True)
class QuarterSoFar:
    """A quarter: whose returns of it came and whose did not, and what was made of them.

    `pages` counts the files of its report that a browser opens, and `texts_awaiting` the texts of its report that
    nobody has approved. A run takes in every quarter before it too: of one that was not run itself, `taken_in_with` is
    the first that took its returns in, if any did.
    """

    quarter: Quarter
    received: tuple[str, ...]
    lacking: tuple[str, ...]
    run: bool
    released: bool
    pages: int
    texts_awaiting: int
    taken_in_with: str | None = None

    @property
    def is_over(self) -> bool:
        """Whether it had ended by today, so that a return of it which lacks is late."""
        return self.quarter.last_day < date.today()


def quarters_so_far(folders: Folders) -> tuple[QuarterSoFar, ...]:
    """Return every quarter of which anything was received or made, the earliest first.

    A return of a whole financial year counts for the last of its quarters.
    """
    sent: dict[Quarter, set[str]] = {}
    names = organisation_names(folders)
    for slug in names:
        for found in find_returns(folders, slug)[0]:
            sent.setdefault(_quarter(found.period), set()).add(slug)
    made = {path.name for place in (folders.exact, folders.releases) for path in place.glob(RELEASE_NAMES)}
    waiting = _awaiting(folders)
    with_later = _taken_in_with(folders)
    every = sorted({*sent, *map(Quarter.parse, made)})
    return tuple(
        QuarterSoFar(
            quarter,
            received=tuple(sorted(sent.get(quarter, ()))),
            lacking=tuple(sorted(_expected(sent, quarter) - sent.get(quarter, set()))),
            run=(folders.exact / str(quarter)).is_dir(),
            released=is_released(folders, quarter),
            pages=sum(1 for _ in (folders.reports / str(quarter)).rglob("*.html")),
            texts_awaiting=waiting.count(str(quarter)),
            taken_in_with=with_later.get(quarter),
        )
        for quarter in every
    )


def _taken_in_with(folders: Folders) -> dict[Quarter, str]:
    """Return, of each quarter of which returns were taken in, the earliest quarter whose run did so."""
    found: dict[Quarter, str] = {}
    for path in sorted(folders.exact.glob(f"{RELEASE_NAMES}/taken_in.parquet"), reverse=True):
        with in_memory() as connection:
            periods = connection.execute("SELECT DISTINCT period FROM read_parquet(?)", [str(path)]).fetchall()
        found |= {_quarter(parse_period(period)): path.parent.name for (period,) in periods}
    return found


def _quarter(period: FinancialYear | Quarter) -> Quarter:
    return period if isinstance(period, Quarter) else period.quarters[-1]


def _expected(sent: dict[Quarter, set[str]], quarter: Quarter) -> set[str]:
    """Return who may be expected to send a quarter: whoever sent the one before it."""
    return sent.get(quarter.previous, set())


def _awaiting(folders: Folders) -> list[str]:
    """List the quarter of the report of each text that nobody has approved."""
    approved = Approvals.read(folders).hashes
    return [_first(places) for places in awaiting(folders) if places[0].sha256 not in approved]


def _first(places: Iterable) -> str:
    return next(iter(places)).period.partition(".")[0]
