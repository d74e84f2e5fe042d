"""Whatever happens between reports, each number that was ever printed is one value, and nothing hidden comes out.

Histories are made at random: years that are complete late, organisations that join and leave, returns that are
corrected, quarters that are first run after later ones, a partnership that runs once a year, a stricter rule from some
day on, folders that are lost, and releases that are replaced. At the end the attacker, which shares no code with the
release, reads all that was ever printed.
"""

import itertools
import random
from collections import Counter

import pytest

from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter, parse_period
from lt_analysis.release import certificate, primary_suppression, protection
from lt_analysis.release.files import Edition, Ledger, Published
from lt_analysis.release.keys import Cell
from lt_analysis.release.people import FROM_APPLICATIONS, People, Reached, people_of
from lt_analysis.release.quarter import decide_tables
from lt_analysis.release.replacement import replacement
from lt_analysis.verification import Publication, attack, publication_of

YEARS = "2024-25", "2025-26"
QUARTERS = [quarter for year in YEARS for quarter in parse_period(year).quarters]
BANDS = "8a", "8b", "8c", "9"
GROUPS = "White", "Mixed", "Asian", "Black", "Other", "Unknown"
HISTORIES = 200  # in each of which something is hidden
NOBODY = People.nobody()


class History:
    """What organisations have sent, what was counted, and what was printed, up to a day."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.seen = Counter()
        self.sent: dict[tuple[str, str], list[Reached]] = {}
        self.late: dict[tuple[str, str], list[Reached]] = {}
        self.certificates: dict[Quarter, People] = {}
        self.editions: list[Edition] = []
        self.replaced: list[Edition] = []
        self.true: dict[str, int] = {}  # of each number, when it was published
        names = [f"organisation-{letter}" for letter in "abcdefg"[: self.random.randint(4, 7)]]
        self.joins = {name: self.random.choice((0, 0, 0, 2, 4)) for name in names}
        self.leaves = {name: self.random.choice((8, 8, 8, 8, 6)) for name in names}

    def once_in(self, times: int) -> bool:
        return self.random.randrange(times) == 0

    def rows(self, name: str, quarter: Quarter) -> list[Reached]:
        """Invent a return: few people in most of its bands, and now and then a band without a post."""
        here = [band for band in BANDS if not self.once_in(4)] or [BANDS[0]]
        return [self.row(name, str(quarter), band, group) for band in here for group in GROUPS]

    def row(self, name: str, period: str, band: str, group: str) -> Reached:
        most = 12 if group == "White" else 3
        appointed = self.random.randint(0, max(1, most // 6))
        shortlisted = appointed + self.random.randint(0, most // 2)
        numbers = shortlisted + self.random.randint(0, most), shortlisted, appointed
        return Reached(name, period, FROM_APPLICATIONS, band, group, (*numbers,))

    def send(self, place: int) -> None:
        """Take in what comes with a quarter: its own returns, those that were late, and corrections of others."""
        for name in self.joins:
            if self.joins[name] <= place < self.leaves[name]:
                waits = self.once_in(8)
                (self.late if waits else self.sent)[name, str(QUARTERS[place])] = self.rows(name, QUARTERS[place])
        for key in [key for key in self.late if self.once_in(3)]:
            self.sent[key] = self.late.pop(key)
            self.seen["came late"] += 1
        for key in [key for key in self.sent if self.once_in(9)]:
            wrong = self.random.randrange(len(self.sent[key]))
            row = self.sent[key][wrong]
            self.sent[key][wrong] = row._replace(reached=(row.reached[0] + 1, *row.reached[1:]))
            self.seen["corrected"] += 1

    @property
    def run(self) -> set[Quarter]:
        return {edition.period for edition in self.editions}

    def counted(self, editions: list[Edition]) -> People:
        """The people behind some releases, as they were counted first; of a certificate that was lost nobody."""
        people = NOBODY
        for edition in editions:
            people = self.certificates.get(edition.period, NOBODY).replaced_by(people)
        return people

    def decide(self, quarter: Quarter, before: list[Edition], replaced: list[Edition]):
        sent = people_of(
            (row for key, rows in self.sent.items() if key[1] <= str(quarter) for row in rows), RECRUITMENT
        )
        tables = decide_tables(quarter, self.complete(quarter), sent, self.counted(before), Ledger.of(before), replaced)
        values, no_posts = tables.decided[0].values, tables.decided[0].no_posts
        numbers = tuple(Published(cell, value, str(quarter), cell in no_posts) for cell, value in values.items())
        return tables, Edition(quarter, len(before) + 1, numbers, {}, (), ())

    def release(self, quarter: Quarter) -> None:
        """Run a quarter, as the commands do: one that was released says nothing anew."""
        self.seen["run again"] += quarter in self.run
        if quarter in self.run:
            return
        self.seen["run after later ones"] += any(one > quarter for one in self.run)
        try:
            tables, edition = self.decide(quarter, self.editions, self.replaced)
        except RawDataError as error:  # which names what is to be put back, and publishes nothing
            assert "no longer add up to what was published" in str(error)
            assert self.seen["lost"]
            self.seen["stopped"] += 1
            return
        self.publish(tables, edition)

    def publish(self, tables, edition: Edition) -> None:
        assert [fault for one in tables.decided for fault in one.faults()] == []
        self.certificates[edition.period] = tables.counted
        self.editions.append(edition)
        self.true |= {str(one.cell.key): true_of(tables.counted, one.cell) for one in edition.numbers}

    def replace_newest(self) -> None:
        """Release the newest quarter anew, where both editions together tell of no few people."""
        old = self.editions[-1]
        if old.period not in self.certificates:
            return
        forgotten = self.random.choice((1, 10, 10))
        for key in [key for key in self.sent if self.once_in(3)]:
            row = self.sent[key][0]
            self.sent[key][0] = row._replace(reached=(row.reached[0] + forgotten, *row.reached[1:]))
        try:
            tables, new = self.decide(old.period, self.editions[:-1], [*self.replaced, old])
        except RawDataError:
            return
        found = replacement(old, new, self.certificates[old.period], tables.counted)
        self.seen["not replaced"] += bool(found.reasons)
        if not found.reasons:
            self.seen["replaced"] += bool(found.moved)
            self.replaced.append(self.editions.pop())
            self.publish(tables, new)

    @property
    def published(self) -> Publication:
        """All that was printed, and stands."""
        published = Publication(())
        for edition in self.editions:
            values = {one.cell: one.value for one in edition.numbers}
            no_posts = frozenset(one.cell for one in edition.numbers if one.no_posts)
            published = published.then(said_in(values, no_posts, str(edition.period)))
        return published

    @property
    def seen_before(self) -> dict[str, int]:
        """What replaced editions showed of numbers that are hidden now, where they are as many as then."""
        now = {one.cell: one for edition in self.editions for one in edition.numbers if one.hidden}
        told = [one for edition in self.replaced for one in edition.numbers if one.cell in now and not one.hidden]
        return {str(one.cell.key): one.value for one in told if one.value == self.true[str(one.cell.key)]}

    def complete(self, quarter: Quarter) -> dict:
        year = quarter.latest_complete_year
        return {
            name: year
            for name in self.joins
            if all((name, str(part)) in self.sent for part in year.quarters) and year.quarters[-1] <= quarter
        }


def true_of(people: People, cell: Cell) -> int:
    words = tuple(map(set, cell.words))
    return sum(
        number
        for atom, number in people.counts.items()
        if all(part in some for part, some in zip(atom, words, strict=True))
    )


def said_in(values: dict[Cell, int | None], no_posts: frozenset[Cell], release: str) -> Publication:
    said = Publication(())
    for members in dict.fromkeys(cell.members for cell in values):
        shown = {str(cell.key): value for cell, value in values.items() if cell.members == members}
        said = said.then(
            publication_of(shown, members, release, [str(cell.key) for cell in no_posts if cell.members == members])
        )
    return said


def live(seed: int, monkeypatch) -> History:
    """Live through a history."""
    history = History(seed)
    once_a_year, stricter = history.once_in(4), history.random.choice((None, None, 3, 6))
    for place, quarter in enumerate(QUARTERS):
        history.send(place)
        if place == stricter:
            for module in (primary_suppression, protection, certificate):
                monkeypatch.setattr(module, "smallest_number", lambda: 7)
            history.seen["stricter"] += 1
        # One that is not run now is first run later, or never.
        if (not once_a_year or quarter.number == 4) and not history.once_in(4):
            history.release(quarter)
        if history.run and history.once_in(2):
            history.release(history.random.choice(QUARTERS[: place + 1]))
        if history.run and history.once_in(6):
            history.replace_newest()
        if history.run and history.once_in(10):
            history.certificates.clear()  # the folder of certificates is lost
            history.seen["lost"] += 1
    return history


@pytest.mark.parametrize("part", [*range(4), *(pytest.param(part, marks=pytest.mark.thorough) for part in range(4, 8))])
def test_over_any_history_every_number_is_one_value_and_nothing_hidden_comes_out(part, monkeypatch, thorough):
    seen, hid = Counter(), 0
    seeds = itertools.count(1000 * part)
    while hid < (HISTORIES // 8 if thorough else 1):
        seed = next(seeds)
        with monkeypatch.context() as patch:
            history = live(seed, patch)
        entries = [one for edition in history.editions for one in edition.numbers]
        keys = Counter(str(entry.cell.key) for entry in entries)
        assert [key for key, times in keys.items() if times > 1] == [], seed
        assert history.seen_before == {}, seed
        found = attack(history.published, truth=history.true)
        assert list(found.faults()) == [], seed
        seen += history.seen
        hid += any(entry.hidden for entry in entries)
    if thorough:
        assert {
            "came late",
            "corrected",
            "run again",
            "run after later ones",
            "lost",
            "replaced",
            "not replaced",
        } <= seen.keys()
