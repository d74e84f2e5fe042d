"""Texts that organisations wrote: they are published once a person has approved them, and not before.

A text that was not approved when its release was made is kept out of it, and waits in a file that its owner alone may
read. A release never changes, so what is approved later is said from the table `approvals`, by its address: the
release, whose it is, what it is, and its number. What an organisation has had approved once needs no
approval again; an invented one needs none. What has the shape of what reaches a person can never be approved.
"""

import csv
import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple, Self

import duckdb

from lt_analysis.codebook.bidirectional import isolated
from lt_analysis.codebook.commitments import COMMITMENTS
from lt_analysis.codebook.folders import Folders, owner_only, whole_or_not_at_all
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.codebook.standards import SEATS
from lt_analysis.collection.organisation import BoardPublished, IndicatorPublished
from lt_analysis.collection.personal import holds_a_personal_shape, marks_of
from lt_analysis.collection.recognising.plain import plain
from lt_analysis.release.appended import APPROVALS, Row, append, read_appended, read_rows
from lt_analysis.release.files import PledgedAction, rows_of

NAME, FIGURES, ACTION, OWNER_ROLE = "name", "already_published", "action", "owner_role"
BOARD, INDICATOR = "board_published", "indicators_published"
METRIC_VALUE, DOCUMENT = "metric_value", "anchor_document"
# Texts with numbers: a release that was made without them stays without them.
PRINTED_LATER = (FIGURES, BOARD, INDICATOR, METRIC_VALUE, DOCUMENT)
GOAL, KNOWN_BY = "goal", "known_by"  # of the partnership
OF_COMMITMENTS = ("commitment_text", "commitment_source", "commitment_test")
OF_A_METRIC = "metric_"
OF_METRICS = (
    "metric_question",
    "metric_definition",
    "metric_alliance",
    "metric_source",
    "metric_rebase",
    "metric_name",
)
OF_ACTIONS = (ACTION, OWNER_ROLE, "evidence", "measure", "target", "needs", "offers", "decided_by", "reply")
WITH_THE_PROJECT = "approvals.csv"  # in the codebook: of the one published example, approved by the project's authors
UNSEEN = ("Cc", "Cf", "Co", "Cs")  # categories of letters that are not seen, or turn the order of those that are
LONGEST = 500  # letters: a longer text is cut, so that no organisation can crowd out the others
JOINING = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"  # without which some scripts cannot be read
OF_FIGURES = "figures: compare them with their source, and see that nobody in them is counted here as well"
OF_VALUE = "values: compare them with their source"
OF_BOARD = "a board: compare it with its source, and see that it names nobody"
OF_INDICATOR = "an indicator: compare it with its source, and see that it names nobody"
MARKED = {FIGURES: OF_FIGURES, BOARD: OF_BOARD, INDICATOR: OF_INDICATOR, METRIC_VALUE: OF_VALUE, DOCUMENT: OF_VALUE}
LONGEST_ROLE = 100


class Text(NamedTuple):
    """A text of an organisation, and its address: where it stands in which release."""

    period: str
    organisation: str
    field: str
    number: int
    text: str

    @property
    def sha256(self) -> str:
        """The fingerprint of the text as this organisation's, in this field."""
        return hashlib.sha256(f"{self.organisation}/{self.field}\n{self.text}".encode()).hexdigest()

    @property
    def can_be_approved(self) -> bool:
        """Whether nothing in it has the shape of what reaches a person; else the organisation has to change it."""
        return not _reaches_a_person(self.text)

    @property
    def marks(self) -> tuple[str, ...]:
        """What a person should look at twice before it is published."""
        return (*([MARKED[self.field]] if self.field in MARKED else []), *marks_of(self.text))


class Approvals:
    """The texts that were approved: those of releases, and those that come with the project."""

    def __init__(self, texts: Iterable[Text] = ()) -> None:
        self.texts = tuple(texts)
        self.hashes = frozenset(one.sha256 for one in self.texts)
        self._by_address = {one[:4]: one.text for one in self.texts}

    @classmethod
    def read(cls, folders: Folders) -> Self:
        """Read what was approved; raises `RawDataError` where a text is not the one that was."""
        return cls((*_with_the_project(), *map(_text, read_appended(folders, APPROVALS))))

    def at(self, period: str, organisation: str, field: str, number: int) -> str | None:
        """Return the text that was approved for a place in a release after it was made; None where none was."""
        text = self._by_address.get((period, organisation, field, number))
        return None if text is None or _reaches_a_person(text) else text


def _reaches_a_person(text: str) -> bool:
    """Ask it of words, which are the first line: below them stand numbers of people, as figures have them."""
    return holds_a_personal_shape(text.partition("\n")[0])


@cache
def _with_the_project() -> tuple[Text, ...]:
    with as_file(files("lt_analysis.codebook") / WITH_THE_PROJECT) as path:
        return tuple(map(_text, read_rows(APPROVALS, path, f"lt_analysis/codebook/{WITH_THE_PROJECT}")))


def _text(row: Row) -> Text:
    if row["number"].isdecimal():
        one = Text(row["period"], row["organisation"], row["field"], int(row["number"]), row["text"])
        if one.sha256 == row["sha256"]:
            return one
    raise RawDataError(
        "a text is not the one that was approved: its fingerprint is another",
        "Put the table back as it was; every report has a copy in its folder data",
        file=f"data/processed/releases/{APPROVALS}.csv",
    )


class Texts:
    """The texts of a release in the making: those that may stand in it, and those that await approval.

    `label` names the edition: a text that was approved for one that was replaced is not said in its place.
    """

    def __init__(self, label: str, approvals: Approvals) -> None:
        self.label, self.approvals = label, approvals
        self.awaiting: list[Text] = []

    def approved(self, organisation: str, field: str, number: int, sent: str, invented: bool = False) -> str | None:
        """Return a text as everybody may read it; None where it says nothing, or awaits approval."""
        text = readable(sent)
        if not text:
            return None
        return text if self._may_stand(Text(self.label, organisation, field, number, text), invented) else None

    def name(self, organisation: str, sent: str, invented: bool) -> str | None:
        """Return an organisation's name, as above; the name of its folder needs no approval."""
        approved = self.approved(organisation, NAME, 0, sent, invented) if sent != organisation else sent
        return approved and (sent if invented else isolated(approved))

    def figures_are_approved(self, organisation: str, year: FinancialYear, written_out: str) -> bool:
        """Tell whether figures from elsewhere, with their posts and their source, may stand there; else they await."""
        return self._may_stand(Text(self.label, organisation, FIGURES, year.start, written_out))

    def may_be_printed(self, organisation: str, field: str, number: int, written_out: str, invented: bool) -> bool:
        """Tell whether numbers that were published elsewhere, with their source, may stand there; else they await."""
        return self._may_stand(Text(self.label, organisation, field, number, written_out), invented)

    def _may_stand(self, one: Text, invented: bool = False) -> bool:
        approved = one.can_be_approved and (invented or one.sha256 in self.approvals.hashes)
        if not approved:
            self.awaiting.append(one)
        return approved


def board_in_words(board: BoardPublished) -> str:
    """Write out what an organisation has published of its board, for a person to compare it with its source."""
    told = (
        f"{getattr(board, some)} of {getattr(board, every)} {every.replace('_', ' ')}"
        for every, some in SEATS.values()
        if getattr(board, every) is not None
    )
    return f"{board.as_of}: {', '.join(told)}. Source: {readable(board.source)}"


def indicator_in_words(one: IndicatorPublished) -> str:
    """Write out what an organisation has published of an indicator, for a person to compare it with its source."""
    whose = f", {one.group}" if one.group else ""
    return f"indicator {one.indicator}, {one.year}{whose}: {one.value}. Source: {readable(one.source)}, {one.as_of}"


def readable(sent: str) -> str:
    """Return what can be read of a text: without what nobody sees, in one line, and cut where it is very long."""
    seen = " ".join("".join(map(_seen, sent)).split())
    return seen if len(seen) <= LONGEST else f"{seen[: LONGEST - 1]}…"


def _seen(letter: str) -> str:
    if letter in JOINING or unicodedata.category(letter) not in UNSEEN:
        return letter
    return " " if letter.isspace() else ""


def awaits(folders: Folders, label: str) -> bool:
    """Tell whether it is known which texts of a release await approval, even none."""
    return (folders.awaiting / f"{label}.csv").is_file()


def write_awaiting(folders: Folders, label: str, texts: Iterable[Text]) -> None:
    """Write the texts of a release that await approval, even none, under a row of headings, for their owner alone."""
    with (
        whole_or_not_at_all(owner_only(folders.awaiting) / f"{label}.csv", mode=0o600) as unfinished,
        unfinished.open("w", encoding="utf-8", newline="") as file,
    ):
        csv.writer(file).writerows((Text._fields, *texts))


def awaiting(folders: Folders) -> list[list[Text]]:
    """List the texts that have ever awaited approval, each with all of its addresses; approved ones are among them.

    Raises `RawDataError` where a file of them cannot be read.
    """
    found: dict[str, list[Text]] = {}
    for path in sorted(folders.awaiting.glob("[0-9]*.csv")):
        try:
            with path.open(encoding="utf-8", newline="") as opened:
                rows = [row for row in csv.reader(opened) if row != [*Text._fields]]  # earlier ones had no headings
                texts = [Text(*place, int(number), text) for *place, number, text in rows]
        except (ValueError, TypeError, csv.Error):
            remedy = "Move it away, and run that quarter again: it lists what its report left out"
            raise RawDataError("it cannot be read", remedy, file=f"data/processed/awaiting/{path.name}") from None
        for one in texts:
            found.setdefault(one.sha256, []).append(one)
    return list(found.values())


def approve(folders: Folders, texts: Iterable[Text], role: str) -> int:
    """Add texts to those that were approved by a role; return how many addresses are new.

    Raises `RawDataError` where it is not said by which role, or a text can never be approved.
    """
    said, today = readable(role), date.today().isoformat()
    if not said or len(said) > LONGEST_ROLE or holds_a_personal_shape(said) or marks_of(said):
        raise RawDataError(
            "it has to be said by which role, without a name", 'Write --role "Chair of the Equalities Group"'
        )
    rows = []
    for one in texts:
        if not one.can_be_approved:
            raise RawDataError(
                "a text has the shape of what reaches a person, and can never be approved",
                "The organisation has to change it, and to send it again",
            )
        named = {name: str(value) for name, value in one._asdict().items()}
        rows.append(named | {"sha256": one.sha256, "role": said, "approved_on": today})
    return append(folders, APPROVALS, rows)


def pledged_actions(
    connection: duckdb.DuckDBPyConnection,
    invented: Mapping[str, bool],
    texts: Texts,
    commitments: Iterable[str] = COMMITMENTS,
) -> Iterator[PledgedAction]:
    """Yield the pledged actions that some organisations sent for the quarter; words that await approval are None.

    One that serves none of the `commitments`, by their keys, serves none that is known, and one that takes up what none
    of the organisations pledged takes up nothing. `invented` tells of each organisation of the release whether it is,
    for then nobody needs to approve its words.
    """
    numbers: Counter[str] = Counter()
    keys = {plain(key): key for key in commitments}
    for row in rows_of(connection.execute("FROM actions ORDER BY ALL")):
        slug = row["organisation"]
        if slug in invented:
            numbers[slug] += 1
            said = {
                name: texts.approved(slug, name, numbers[slug], row[name] or "", invented[slug]) for name in OF_ACTIONS
            }
            held_back = [name for name in OF_ACTIONS if said[name] is None and readable(row[name] or "")]
            said["commitment"] = keys.get(plain(row["commitment"] or ""))
            whose = (row["adopted_from"] or "").partition(" ")[0]
            said["adopted_from"] = row["adopted_from"] if whose in invented else None
            yield PledgedAction(**row | said, awaiting=" ".join(held_back) or None)
