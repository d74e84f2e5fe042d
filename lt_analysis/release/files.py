"""The releases on disk: each a folder of tidy tables that never changes, and holds only what it was the first to say.

`releases/<period>/` has a table a file: `release` (which it is), `numbers` of people, `items` (what equal chances would
give, evidence since the declared start), `organisations`, `actions` and `anchors` as they stood, `metrics`, and their
list, `metric_definitions`. All that was ever published, the ledger, is the union of all releases, and nothing else. All
of it is public: each is copied to `reports/<period>/data/`, so that what was said can be had back from what was
published.
"""

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import duckdb

from lt_analysis.codebook.folders import RELEASE_NAMES, Folders, in_sql, whole_or_not_at_all
from lt_analysis.codebook.measures import Chain
from lt_analysis.codebook.mistakes import AskedError, RawDataError
from lt_analysis.codebook.parameters import one_asked
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.returns import OF_DELIVERY
from lt_analysis.release.in_memory import in_memory
from lt_analysis.release.keys import Cell, Key
from lt_analysis.release.metric_tables import Anchor, MetricDefinition, MetricTable, TableState

FORMAT_VERSION = 3
LATEST = "latest"
REPLACED = "replaced"  # the folder of editions that were replaced before anybody outside had seen them
DATA = "data"  # the folder of a report that holds its release
SHOWN, HIDDEN, NO_POSTS = "shown", "hidden", "no posts"


class Column(NamedTuple):
    """A column of a release's tables, and what it says to whoever reads it without the audit."""

    name: str
    type: str
    meaning: str


WHO = Column("organisation", "VARCHAR", "The organisation, by the name of its folder.")
TABLES: Mapping[str, tuple[Column, ...]] = {
    "release": (
        Column("format_version", "BIGINT", "The version of this layout. Code that knows another refuses the files."),
        Column("period", "VARCHAR", "The quarter of the report that the release is of."),
        Column("edition", "BIGINT", "Which edition of that release it is, from 1: others before it were replaced."),
        Column("place", "BIGINT", "Which release it was in the order in which releases were made, from 1."),
    ),
    "numbers": (
        Column("key", "VARCHAR", "Who, span, stage, group and band of the people counted, divided by /."),
        Column("value", "BIGINT", "How many people. Empty where the number is hidden."),
        Column("state", "VARCHAR", "shown, hidden, or no posts: nobody, because there was no such post."),
        Column("members", "VARCHAR", "The organisations that the number adds up, divided by spaces."),
    ),
    "items": (
        Column("key", "VARCHAR", "What is said: of whom, of when, and the name of the figure, divided by /."),
        Column("number", "DOUBLE", "The figure, where it is a number. Empty where it is hidden or not given."),
        Column("words", "VARCHAR", "The figure, where it is words. Empty where it is hidden or not given."),
    ),
    "organisations": (
        WHO,
        Column("name", "VARCHAR", "The organisation's name. Empty where it awaited approval."),
        Column("kind", "VARCHAR", "Its kind; unknown where its settings could not be read."),
        Column("invented", "BOOLEAN", "Whether it is invented: no real organisation, and no real person."),
        Column("posts", "VARCHAR", "The posts that its numbers are about. Empty where that awaits approval."),
        Column("span", "VARCHAR", "The financial year that the report shows of it."),
        Column(
            "status",
            "VARCHAR",
            "What became of that year's returns: complete, incomplete or refused; or its "
            "figures from elsewhere await approval.",
        ),
        Column("missing", "VARCHAR", "Returns of that year or of the quarter that were not received."),
        Column("refused", "VARCHAR", "Returns that were received and could not be used."),
        Column(
            "posts_set_aside",
            "VARCHAR",
            "How many posts of that year count in no number, for it could not be read who reached which stage: none, "
            "under 5 (or under the smallest number that is published), or how many.",
        ),
        Column("source", "VARCHAR", "Where its numbers were published before, if they are not the audit's own."),
        Column("basis", "VARCHAR", "vacancy where applications are known, totals where only totals were sent."),
    ),
    "actions": (
        WHO,
        Column("action", "VARCHAR", "A pledged action in the organisation's words. Empty where they awaited approval."),
        Column("owner_role", "VARCHAR", "Whose action it is. Empty where the words awaited approval."),
        Column("started_on", "DATE", "When it was begun."),
        Column("due_on", "DATE", "When it is due."),
        Column("status", "VARCHAR", "How it stood."),
        Column("status_on", "DATE", "When it stood so."),
        Column("reference", "VARCHAR", "What the organisation calls it in every return."),
        Column("commitment", "VARCHAR", "Which commitment of the partnership it serves."),
        Column("element", "VARCHAR", "Which element of the Cultural Web it is to change."),
        Column("high_impact_action", "VARCHAR", "Which high impact action of the NHS plan it is part of."),
        Column("milestones_done", "BIGINT", "How many of its milestones are met."),
        Column("milestones_all", "BIGINT", "How many milestones it has."),
        Column("evidence", "VARCHAR", "What shows that it was done. Empty where it awaited approval."),
        Column("measure", "VARCHAR", "The number that is to move. Empty where it awaited approval."),
        Column("direction", "VARCHAR", "Which way it is to move."),
        Column("target", "VARCHAR", "How far it is to move. Empty where it awaited approval."),
        Column("blocker", "VARCHAR", "What stands in its way."),
        Column("needs", "VARCHAR", "What would start it. Empty where it awaited approval."),
        Column("offers", "VARCHAR", "What the organisation can share. Empty where it awaited approval."),
        Column("adopted_from", "VARCHAR", "Whose action it takes up: a folder and a reference."),
        Column("decided_by", "VARCHAR", "Who decided to stop it, and when. Empty where it awaited approval."),
        Column("reply", "VARCHAR", "What the organisation replies to how it stands. Empty where it awaited approval."),
        Column("awaiting", "VARCHAR", "Which of these texts were sent and awaited approval, divided by spaces."),
    ),
    "metrics": (
        Column("metric", "VARCHAR", "The metric of inequality, by its key in the partnership's list."),
        Column("whose", "VARCHAR", "partnership, network (of general practices) or organisation."),
        Column("who", "VARCHAR", "The network, or the organisation by the name of its folder; or partnership."),
        Column("span", "VARCHAR", "The quarter; with .r2 and so on, a correction of what was published of it."),
        Column("axis", "VARCHAR", "By what people are divided into groups. Empty of everybody."),
        Column("group", "VARCHAR", "The group of that axis. Empty of everybody, and where nothing is shown."),
        Column("numerator", "BIGINT", "People of whom it is so. Empty where nothing is shown, and of a value."),
        Column("denominator", "BIGINT", "People of whom it could be so. Empty where the numerator is."),
        Column("value", "DOUBLE", "A value that cannot be counted, as it was published elsewhere."),
        Column("lower", "DOUBLE", "The lower end of its 95% interval."),
        Column("upper", "DOUBLE", "The upper end of its 95% interval."),
        Column(
            "state",
            "VARCHAR",
            "shown; hidden; not sent; too few practices or organisations to add up; or awaiting approval.",
        ),
        Column("members", "VARCHAR", "The practices and organisations that it adds up, divided by spaces."),
        Column("covered", "DOUBLE", "The part of all people registered with practices who are with these."),
        Column("source", "VARCHAR", "Of a value: where it was published before."),
    ),
    "metric_definitions": (
        Column("metric", "VARCHAR", "The metric's key, as it stood in the partnership's list."),
        Column("number", "BIGINT", "Its place in the list, from 1."),
        Column("question", "VARCHAR", "What it asks. Empty where it awaited approval."),
        Column("definition", "VARCHAR", "What is counted of whom. Empty where it awaited approval."),
        Column("alliance", "VARCHAR", "The delivery alliance that answers for it. Empty where it awaited approval."),
        Column("source", "VARCHAR", "Where its numbers are from. Empty where it awaited approval."),
        Column("good", "VARCHAR", "The direction that is better: up or down."),
        Column("unit", "VARCHAR", "share, rate or value."),
        Column("per", "BIGINT", "Of a rate: per how many people it is."),
        Column("target", "DOUBLE", "What is to be reached, in its own unit. Empty where there is none."),
        Column("axes", "VARCHAR", "The axes by which it is asked, divided by commas."),
        Column("seasonal", "BOOLEAN", "Whether it goes up and down with the seasons."),
        Column("invented", "BOOLEAN", "Whether the list is invented: no real partnership's."),
        Column("anew", "VARCHAR", "The quarters from which its limits are calculated anew, divided by commas."),
        Column("rebase", "VARCHAR", "Why, of each, divided by upright strokes. Empty where that awaited approval."),
        Column("name", "VARCHAR", "What sentences call it, instead of its key. Empty where that awaited approval."),
    ),
    "anchors": (
        WHO,
        Column("kind", "VARCHAR", "What the organisation promised as an anchor of its place."),
        Column("unit", "VARCHAR", "What the promise is a number of."),
        Column("due_on", "DATE", "By when."),
        Column("promised", "BIGINT", "How much. Empty where the document awaited approval."),
        Column("reached", "BIGINT", "How much was reached. Empty where it is hidden or was not sent."),
        Column("as_of", "DATE", "The day on which that was so."),
        Column("document", "VARCHAR", "The public document in which both stand. Empty where it awaited approval."),
        Column("state", "VARCHAR", "shown, hidden, not sent or awaiting approval: what is reached."),
    ),
}
# Columns that earlier releases lack, which are read all the same: what they would hold is empty.
ADDED = {"actions": (*OF_DELIVERY, "awaiting"), "metric_definitions": ("anew", "rebase", "name")}
# What comes later about releases, in tables beside them that only ever grow (`release/appended.py`).
APPENDED: Mapping[str, tuple[Column, ...]] = {
    "corrections": (
        WHO,
        Column("period", "VARCHAR", "The period of a return that was counted, and was corrected or withdrawn later."),
        Column("edition", "VARCHAR", "The report that counted it first, and which edition, from the second."),
        Column("noticed_on", "DATE", "The day on which that was noticed. What was published of it stands."),
    ),
    "approvals": (
        Column(
            "period",
            "VARCHAR",
            "The quarter of the report in which the text stands, and which edition, from the second on.",
        ),
        WHO,
        Column(
            "field",
            "VARCHAR",
            "What the text is: name, already_published, board_published, indicators_published, goal, known_by, its "
            "part of a commitment (commitment_text, commitment_source, commitment_test), of a metric (metric_question "
            "and so on), a value of a metric, the document of an anchor's promise, or its column of actions.",
        ),
        Column(
            "number",
            "BIGINT",
            "Which action of the organisation, commitment, published indicator, metric, value or promise, in that "
            "report; of figures, the year they begin.",
        ),
        Column("text", "VARCHAR", "The text, as it was approved."),
        Column("sha256", "VARCHAR", "The SHA-256 of organisation/field, a line end, and the text, in UTF-8."),
        Column("role", "VARCHAR", "The role of whoever approved it."),
        Column("approved_on", "DATE", "The day on which it was approved."),
    ),
}


class Published(NamedTuple):
    """One number as it was published: None where it is hidden. `no_posts`: nobody, for there was no such post."""

    cell: Cell
    value: int | None
    release: str
    no_posts: bool = False

    @property
    def hidden(self) -> bool:
        """Whether it was published that it is hidden."""
        return self.value is None


@dataclass(frozen=True)
class Standing:
    """An organisation as a release shows it: who it is, and what became of the returns of its year.

    Its name, and the posts and the source of figures from elsewhere, are None where they awaited approval.
    """

    organisation: str
    name: str | None
    kind: str
    invented: bool
    posts: str | None
    span: str
    status: str
    missing: str
    refused: str
    posts_set_aside: str
    source: str | None
    basis: str


@dataclass(frozen=True)
class PledgedAction:
    """A pledged action as it stood at the end of a release's quarter; texts that awaited approval are None."""

    organisation: str
    action: str | None
    owner_role: str | None
    started_on: date | None
    due_on: date
    status: str
    status_on: date
    reference: str | None = None
    commitment: str | None = None
    element: str | None = None
    high_impact_action: str | None = None
    milestones_done: int | None = None
    milestones_all: int | None = None
    evidence: str | None = None
    measure: str | None = None
    direction: str | None = None
    target: str | None = None
    blocker: str | None = None
    needs: str | None = None
    offers: str | None = None
    adopted_from: str | None = None
    decided_by: str | None = None
    reply: str | None = None
    awaiting: str | None = None


@dataclass(frozen=True)
class Edition:
    """One release: what it was the first to say. `place` is where it stands in the order in which they were made."""

    period: Quarter
    place: int
    numbers: tuple[Published, ...]
    items: Mapping[str, float | str | None]
    organisations: tuple[Standing, ...]
    actions: tuple[PledgedAction, ...]
    metrics: tuple[MetricTable, ...] = ()
    definitions: tuple[MetricDefinition, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    number: int = field(default=1, compare=False)  # which edition of its quarter's release it is

    @property
    def label(self) -> str:
        """What names it among all editions of all releases."""
        return label_of(self.period, self.number)

    @property
    def own_numbers(self) -> tuple[Published, ...]:
        """Its numbers of the audit's posts; those that were published elsewhere are about others."""
        elsewhere = {(one.organisation, one.span) for one in self.organisations if one.source}
        return tuple(one for one in self.numbers if one.cell.key[:2] not in elsewhere)


def label_of(quarter: Quarter, number: int) -> str:
    """Name an edition of a quarter's release, `2026-27-Q2`; those that replaced another say which they are."""
    return str(quarter) if number == 1 else f"{quarter}.{number}"


class Ledger:
    """What releases published: each number of the audit's posts, or that it is hidden, and who said so first.

    `said` are all tables that were published, of whom and of when, those of other posts too.
    """

    def __init__(self, entries: Iterable[Published] = (), elsewhere: Iterable[Published] = ()) -> None:
        self.entries = tuple(entries)
        self.said = {(one.cell.key.who, one.cell.key.span) for one in (*self.entries, *elsewhere)}

    @classmethod
    def of(cls, editions: Sequence[Edition]) -> "Ledger":
        """Return the union of some releases."""
        own = (entry for edition in editions for entry in edition.own_numbers)
        return cls(own, (entry for edition in editions for entry in edition.numbers))

    def with_entries(self, more: Iterable[Published]) -> "Ledger":
        """Return this with more that is known."""
        made = Ledger((*self.entries, *more))
        made.said |= self.said
        return made

    def linked(self, cells: Iterable[Cell]) -> tuple[Published, ...]:
        """Return the entries that count people of the same returns as some numbers, or are linked to them by others."""
        returns = {one for cell in cells for one in cell.returns}
        found: dict[Published, None] = {}
        while True:
            more = [entry for entry in self.entries if entry not in found and returns & entry.cell.returns]
            if not more:
                return tuple(found)
            found |= dict.fromkeys(more)
            returns |= {one for entry in more for one in entry.cell.returns}

    def of_chain(self, chain: Chain) -> "Ledger":
        """Return what was published of the stages of a chain; of all chains it says which tables there are."""
        made = Ledger(one for one in self.entries if one.cell.key.stage in chain)
        made.said = self.said
        return made

    def holds(self, who: str, span: str) -> bool:
        """Tell whether a table was published."""
        return (who, span) in self.said

    def holds_of(self, who: str, span: str, chain: Chain) -> bool:
        """Tell whether a table of a chain's numbers was published: of the staff of a day there may be two."""
        return (who, span, chain.keys[0]) in self._first_stages

    @cached_property
    def _first_stages(self) -> frozenset[tuple[str, str, str]]:
        return frozenset(one.cell.key[:3] for one in self.entries)


def release_folder(folders: Folders, period: Quarter | str) -> Path:
    """Return where the release of a quarter lies."""
    return folders.releases / str(period)


def is_released(folders: Folders, period: Quarter | str) -> bool:
    """Tell whether a quarter was released, so that what it says stands."""
    return release_folder(folders, period).is_dir()


def find_period(folder: Path, period: str) -> tuple[Quarter, Path]:
    """Return the quarter asked for and its folder; raises `ValueError` naming those there are."""
    made = {path.name: path for path in sorted(folder.glob(RELEASE_NAMES))}
    if not made:
        raise AskedError("Nothing has been run yet. Run `make quarter`, or `lt-analysis run`, first")
    wanted = one_asked(list(made)[-1] if period == LATEST else period, made, "has not been run")
    return Quarter.parse(wanted), made[wanted]


def releases_until(folders: Folders, period: str) -> tuple[Path, ...]:
    """Return the folders of a quarter's release, and of those that were made before it: all that its report may say.

    With them come the tables of what came later about releases. No folder where the quarter has no release.
    """
    found = {}
    with in_memory() as connection:
        for folder in sorted(folders.releases.glob(RELEASE_NAMES)):
            ((found[folder],),) = connection.sql(f"SELECT place FROM {in_sql(folder / 'release.parquet')}").fetchall()
    own = found.get(release_folder(folders, period), 0)
    later = [path for name in APPENDED if (path := folders.releases / f"{name}.csv").is_file()]
    return (*(folder for folder, place in found.items() if place <= own), *later)


def read_editions(folders: Folders) -> tuple[Edition, ...]:
    """Read every release, in the order in which they were made.

    Raises `RawDataError` where one cannot be read, or one that was made before others is not there.
    """
    with in_memory() as connection:
        found = [_read(connection, path, path.name) for path in sorted(folders.releases.glob(RELEASE_NAMES))]
    found.sort(key=lambda one: one.place)
    for place, one in enumerate(found, start=1):
        if one.place != place:
            raise RawDataError(
                f"{one.period} was release number {one.place}, and of those before it only {place - 1} are there",
                "Put back all that was published; nothing else can say what readers know",
                file="data/processed/releases",
            )
    return tuple(found)


def _read(connection: duckdb.DuckDBPyConnection, folder: Path, period: str) -> Edition:
    """Read the release of a period from a folder."""
    file, remedy = (
        f"data/processed/releases/{period}",
        f"Put back what was published: reports/{period}/{DATA} has it too",
    )
    about = next(iter(_rows_in(connection, folder, "release", file, remedy)), {})
    if about.get("format_version") != FORMAT_VERSION:
        raise RawDataError(
            f"it is laid out as version {about.get('format_version')}, and this code reads version {FORMAT_VERSION}",
            "Use the code that made it",
            file=file,
        )
    if about["period"] != period:
        raise RawDataError(f"it says that it is the release of {about['period']}", remedy, file=file)
    tables = {name: _rows_in(connection, folder, name, file, remedy) for name in TABLES}
    return Edition(
        period=Quarter.parse(period),
        place=about["place"],
        number=about["edition"],
        numbers=tuple(
            Published(
                Cell(Key.parse(row["key"]), tuple(row["members"].split())),
                row["value"],
                period,
                row["state"] == NO_POSTS,
            )
            for row in tables["numbers"]
        ),
        items={row["key"]: row["number"] if row["words"] is None else row["words"] for row in tables["items"]},
        organisations=tuple(Standing(**row) for row in tables["organisations"]),
        actions=tuple(PledgedAction(**row) for row in tables["actions"]),
        metrics=MetricTable.of_rows(tables["metrics"], period),
        definitions=tuple(MetricDefinition(**row) for row in tables["metric_definitions"]),
        anchors=tuple(Anchor(**row | {"state": TableState(row["state"])}) for row in tables["anchors"]),
    )


def _rows_in(connection: duckdb.DuckDBPyConnection, folder: Path, table: str, file: str, remedy: str) -> list[dict]:
    path = folder / f"{table}.parquet"
    if not path.is_file():
        raise RawDataError(f"it lacks the table {table}", remedy, file=file)
    try:
        # What a later version adds stands beside the columns that are known here, and breaks nothing.
        known = ", ".join(f'"{column.name}"' for column in _columns_of(connection, table, path))
        return rows_of(connection.sql(f"SELECT {known} FROM {in_sql(path)}"))
    except duckdb.Error:
        raise RawDataError(f"its table {table} cannot be read", remedy, file=file) from None


def _columns_of(connection: duckdb.DuckDBPyConnection, table: str, path: Path) -> list[Column]:
    """Return the columns of a release's table: those that were added later are not in all of them."""
    if table not in ADDED:
        return list(TABLES[table])
    there = {row[0] for row in connection.execute(f"DESCRIBE FROM {in_sql(path)}").fetchall()}
    return [column for column in TABLES[table] if column.name in there or column.name not in ADDED[table]]


def rows_of(found: duckdb.DuckDBPyConnection) -> list[dict]:
    """Return a query's rows as dictionaries, empty values None."""
    names = [column[0] for column in found.description]
    return [dict(zip(names, values, strict=True)) for values in found.fetchall()]


def _state(one: Published) -> str:
    return HIDDEN if one.hidden else NO_POSTS if one.no_posts else SHOWN


def _rows(edition: Edition) -> dict[str, list[tuple]]:
    """Return the rows of each table of a release."""
    return {
        "release": [(FORMAT_VERSION, str(edition.period), edition.number, edition.place)],
        "numbers": [(str(one.cell.key), one.value, _state(one), " ".join(one.cell.members)) for one in edition.numbers],
        "items": [
            (key, None, said) if isinstance(said, str) else (key, said, None) for key, said in edition.items.items()
        ],
        "organisations": [_values(one) for one in edition.organisations],
        "actions": [_values(one) for one in edition.actions],
        "metrics": [row for one in edition.metrics for row in one.rows()],
        "metric_definitions": [_values(one) for one in edition.definitions],
        "anchors": [_values(one) for one in edition.anchors],
    }


def _values(one: Standing | PledgedAction | MetricDefinition | Anchor) -> tuple:
    return tuple(getattr(one, field.name) for field in fields(one))


@contextmanager
def written_release(folders: Folders, edition: Edition, instead: bool = False) -> Iterator[str]:
    """Write the folder of a release, which is there once the block has ended without an error: whole, or not at all.

    Yields its fingerprint. Raises `FileExistsError` where there is one already, unless it is to stand `instead` of it:
    then the one before is kept among those that were replaced, and its copy in the report goes.
    """
    folder = release_folder(folders, edition.period)
    if folder.exists() and not instead:
        raise FileExistsError(f"{edition.period} was released, and a release never changes")
    unfinished = _unfinished(folder)
    with in_memory() as connection:
        for name, rows in _rows(edition).items():
            fill(connection, name, TABLES[name], rows)
            copy_table(connection, name, unfinished / f"{name}.parquet")
    yield fingerprint_of(unfinished)
    if folder.exists():
        _keep_replaced(folders, folder)
        shutil.rmtree(folders.reports / folder.name / DATA, ignore_errors=True)
        folder.replace(_before(folder))
    unfinished.replace(folder)
    settle_replaced(folders)


def _keep_replaced(folders: Folders, folder: Path) -> None:
    with in_memory() as connection:
        number = _read(connection, folder, folder.name).number
    copy = replaced_folder(folders, folder.name, number)
    shutil.rmtree(unfinished := copy.with_name(f".{copy.name}.unfinished"), ignore_errors=True)
    shutil.rmtree(copy, ignore_errors=True)  # of a run that was killed before it replaced anything
    shutil.copytree(folder, unfinished)
    unfinished.replace(copy)


def replaced_folder(folders: Folders, period: Quarter | str, number: int) -> Path:
    """Return where an edition of a quarter's release is kept once another stands in its place."""
    return folders.releases / REPLACED / f"{period}.r{number}"


def lost_replaced(folders: Folders) -> list[str]:
    """List the editions that releases replaced, and that are kept no more: nobody knows what they said."""
    replaced = [(one.period, number) for one in read_editions(folders) for number in range(1, one.number)]
    return [
        f"{period}.r{number}" for period, number in replaced if not replaced_folder(folders, period, number).is_dir()
    ]


def release_folders(folders: Folders) -> list[Path]:
    """Return the folder of every release, and then of every edition that was replaced."""
    return [*sorted(folders.releases.glob(RELEASE_NAMES)), *_replaced_folders(folders)]


def _replaced_folders(folders: Folders) -> list[Path]:
    return sorted((folders.releases / REPLACED).glob(f"{RELEASE_NAMES}.r*"))


def _before(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.before")


def settle_replaced(folders: Folders) -> None:
    """Put back the release that a killed run was about to replace, or remove what was replaced."""
    for before in folders.releases.glob(".*.before"):
        folder = before.with_name(before.name[1:].removesuffix(".before"))
        if folder.exists():
            shutil.rmtree(before)
        else:
            before.replace(folder)


def replaced_editions(folders: Folders) -> tuple[Edition, ...]:
    """Read the editions that were replaced, which somebody may have seen all the same."""
    with in_memory() as connection:
        return tuple(_read(connection, path, path.name.partition(".")[0]) for path in _replaced_folders(folders))


def _unfinished(folder: Path) -> Path:
    """Make an empty folder for what becomes a release, in place of what a killed run left."""
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    return unfinished


def copy_to_report(folders: Folders, period: Quarter) -> None:
    """Copy a release to its report, as Parquet and as CSV, with a table that describes every column."""
    data = folders.reports / str(period) / DATA
    data.mkdir(parents=True, exist_ok=True)
    with in_memory() as connection:
        every = {**TABLES, **APPENDED}
        described = [(table, *column) for table, columns in every.items() for column in columns]
        names = ("table", "column", "type", "meaning")
        fill(connection, "columns", tuple(Column(name, "VARCHAR", "") for name in names), described)
        copy_table(connection, "columns", data / "columns.csv")
        for name in TABLES:
            source = release_folder(folders, period) / f"{name}.parquet"
            copy, content = data / source.name, source.read_bytes()
            if copy.exists() and copy.read_bytes() != content:
                raise RawDataError(
                    "it is not what data/processed/releases has, and a release never changes",
                    f"Find out which of the two was published, and put it in data/processed/releases/{period}",
                    file=f"reports/{period}/{DATA}/{copy.name}",
                )
            with whole_or_not_at_all(copy, mode=0o644) as unfinished:
                unfinished.write_bytes(content)
            columns = ", ".join(map(_for_a_spreadsheet, _columns_of(connection, name, source)))
            connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT {columns} FROM {in_sql(source)}')
            copy_table(connection, name, data / f"{name}.csv")
    for name in APPENDED:
        source = folders.releases / f"{name}.csv"
        if source.is_file():
            with whole_or_not_at_all(data / source.name, mode=0o644) as unfinished:
                unfinished.write_bytes(source.read_bytes())


def _for_a_spreadsheet(column: Column) -> str:
    """Return in SQL a column in which no text is taken for a formula; the Parquet has it as it is."""
    name = f'"{column.name}"'
    if column.type != "VARCHAR":
        return name
    begins = f"left({name}, 1) IN ('=', '+', '-', '@', chr(9), chr(13))"
    return f"CASE WHEN {begins} THEN chr(39) || {name} ELSE {name} END AS {name}"


def files_of_report(folders: Folders, period: Quarter | str) -> list[Path]:
    """List the files that a report's copy of its release has, and of what came later about releases."""
    data = folders.reports / str(period) / DATA
    later = (data / f"{name}.csv" for name in APPENDED if (folders.releases / f"{name}.csv").is_file())
    tables = (data / f"{name}.{kind}" for name in TABLES for kind in ("parquet", "csv"))
    return [data / "columns.csv", *tables, *later]


def put_back(folders: Folders) -> list[str]:
    """Copy back the releases that reports have and `data/processed` lacks; return their quarters.

    Raises `RawDataError` where a report has files, and its release can be had from nowhere.
    """
    found = []
    for report in sorted(folders.reports.glob(RELEASE_NAMES)):
        folder = release_folder(folders, report.name)
        if folder.exists() or not any(path.is_file() for path in report.rglob("*")):
            continue
        unfinished = _unfinished(folder)
        for path in (report / DATA).glob("*.parquet"):
            shutil.copyfile(path, unfinished / path.name)
        try:
            with in_memory() as connection:
                _read(connection, unfinished, report.name)
        except RawDataError as error:
            shutil.rmtree(unfinished)
            raise RawDataError(
                f"it holds a report, and its release can be had from nowhere: {error.reason}",
                f"Put back data/processed/releases/{report.name}. If this was never published, move it away",
                file=f"reports/{report.name}",
            ) from None
        unfinished.replace(folder)
        found.append(folder.name)
    return found


def fingerprint_of(folder: Path) -> str:
    """Return the SHA-256 of a release: of its tables' bytes, one after another in the order of `TABLES`."""
    whole = hashlib.sha256()
    for name in TABLES:
        whole.update((folder / f"{name}.parquet").read_bytes())
    return whole.hexdigest()


def fill(connection: duckdb.DuckDBPyConnection, table: str, columns: tuple[Column, ...], rows: list[tuple]) -> None:
    """Make a temporary table of rows."""
    declared = ", ".join(f'"{column.name}" {column.type}' for column in columns)
    connection.execute(f'CREATE OR REPLACE TEMP TABLE "{table}" ({declared})')
    if rows:
        each = ", ".join(f"unnest(?::{column.type}[])" for column in columns)
        connection.execute(f'INSERT INTO temp."{table}" SELECT {each}', [*map(list, zip(*rows, strict=True))])


def copy_table(connection: duckdb.DuckDBPyConnection, table: str, path: Path, mode: int = 0o644) -> None:
    """Write a temporary table to a file, Parquet or CSV by its name, whole or not at all."""
    how = "FORMAT csv, HEADER" if path.suffix == ".csv" else "FORMAT parquet"
    with whole_or_not_at_all(path, mode=mode) as unfinished:
        connection.execute(f'COPY temp."{table}" TO {in_sql(unfinished)} ({how})')
