"""Whether faults in a return make findings: shortlists of equal chances, spoilt in the ways that go with a finding.

`python -m benchmarks.leaving_out` invents quarters in which chances are equal, spoils some of their rows, takes them in
as a run does, and counts how often a verdict (fewer or more than equal chances usually give) is given all the same.

Targets, stated before the result:
- Faults that go with the group, the outcome, both, or the length of the list, in 1%, 5% and 20% of rows: wrong verdicts
  at most as often as the test itself has them, 1 in 20 at each of two decisions, and two standard errors of the trials.
- Faults that go with nothing, in 2% of rows: at most 1 return in 100 is withheld.
"""

import argparse
import tempfile
from collections.abc import Callable
from datetime import date
from math import sqrt
from pathlib import Path

import duckdb
import numpy as np

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.periods import Quarter
from lt_analysis.collection.collect import aside_paths, collect_organisation, record_path
from lt_analysis.collection.receipts import open_audit
from lt_analysis.counts.draws import count, count_posts_aside
from lt_analysis.evidence.estimate import estimate
from lt_analysis.evidence.kept_and_aside import unlike_those_set_aside
from tests import making

QUARTER = Quarter.parse("2026-27-Q2")
POSTS = 60
SHARES = (0.01, 0.05, 0.2)
INNOCENT = 0.02
OFTEN = 0.05  # at most, that the test gives a verdict where chances are equal
MOST_WITHHELD = 0.01
WITHHELD = "withheld"

Row = dict[str, object]


def invented(chance: np.random.Generator) -> list[Row]:
    """Return applications to posts for which chances are equal; lists of 8 to 40 applicants, as many White as not."""
    rows = []
    for number in range(POSTS):
        size = int(chance.integers(8, 41))
        codes = chance.choice(["A", "C", "N", "H"], size)
        order = chance.permutation(size)  # the first is appointed, the first few are on the shortlist
        shortlist = max(2, size // 3)
        stages = [4 if place == 0 else 3 if place < shortlist else 1 for place in np.argsort(order)]
        rows += making.vacancy(QUARTER, f"V{number}", list(zip(codes, stages, strict=True)))
    return rows


def _is_white(row: Row) -> bool:
    return row["ethnicity"] in ("A", "C")


GOES_WITH: dict[str, Callable[[Row, int], bool]] = {
    "group": lambda row, size: _is_white(row),
    "other group": lambda row, size: not _is_white(row),
    "outcome": lambda row, size: bool(row["offered_on"]),
    "no success": lambda row, size: not row["shortlisted_on"],
    "group and outcome": lambda row, size: _is_white(row) and bool(row["offered_on"]),
    "group and no success": lambda row, size: not _is_white(row) and not row["shortlisted_on"],
    "length of the list": lambda row, size: size > 30,
    "nothing": lambda row, size: True,
}


def _furthest(row: Row) -> str:
    return next((stage for stage in reversed(making.STAGES) if row[stage]), "applied_on")


FAULTS: dict[str, Callable[[Row, np.random.Generator], Row]] = {
    "a stage in words": lambda row, chance: {_furthest(row): "to be confirmed"},
    "an error": lambda row, chance: {_furthest(row): "#N/A"},
    "a day that is none": lambda row, chance: {_furthest(row): "31/31/2026"},
    "a later stage in words": lambda row, chance: {"offered_on": row["offered_on"] or "?"},
    "no vacancy": lambda row, chance: {"vacancy": ""},
    "another word of ethnicity": lambda row, chance: {"ethnicity": f"Zog {chance.integers(9)}"},
    "no band": lambda row, chance: {"grade": "?"},
    "twice": lambda row, chance: {},
}
# What slips into any cell, whoever's row it is.
SLIPS = ("?", "", "n/a", "31/31/2026", "#N/A", "12", "x")


def spoilt(rows: list[Row], with_what: str, share: float, fault: str, chance: np.random.Generator) -> list[Row]:
    """Return the rows with a fault in so many of all, as far as there are such rows as it goes with."""
    sizes: dict[object, int] = {}
    for row in rows:
        sizes[row["vacancy"]] = sizes.get(row["vacancy"], 0) + 1
    places = [place for place, row in enumerate(rows) if GOES_WITH[with_what](row, sizes[row["vacancy"]])]
    chosen = {*chance.choice(places, min(len(places), round(share * len(rows))), replace=False)}
    found = []
    for place, row in enumerate(rows):
        changed = row | FAULTS[fault](row, chance) if place in chosen else row
        found += [changed, *([row] if fault == "twice" and place in chosen else [])]
    return found


def slipped(rows: list[Row], share: float, chance: np.random.Generator) -> list[Row]:
    """Return the rows with one cell of so many changed, any cell and any row."""
    found = [dict(row) for row in rows]
    for place in chance.choice(len(rows), round(share * len(rows)), replace=False):
        found[place][chance.choice(making.COLUMNS)] = chance.choice(SLIPS)
    return found


def verdicts(rows: list[Row]) -> dict[str, str]:
    """Take rows in as a run does; say at each decision whether a verdict is given, or that the return is withheld."""
    with tempfile.TemporaryDirectory() as root:
        folders = Folders(Path(root))
        making.write_rows(making.organisation(folders, "invented") / str(QUARTER) / "applications.csv", rows)
        with open_audit(":memory:") as connection:
            (receipt,) = collect_organisation(connection, folders, "invented", date.max).receipts
            if receipt.refusal:
                return dict.fromkeys((stage.key for stage in STAGES), WITHHELD)
            count(connection, [record_path(folders, receipt.found)], [], {})
            aside = aside_paths(folders, receipt.found) if receipt.posts_aside else ()
            count_posts_aside(connection, [*aside[:1]], [*aside[1:]])
            if unlike_those_set_aside(connection, QUARTER):
                return dict.fromkeys((stage.key for stage in STAGES), WITHHELD)
            lost = {("invented", str(QUARTER)): receipt.lost}
            estimate(connection, [("invented", str(QUARTER), str(QUARTER))], lost)
            return _told(connection)


def _told(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    rows = connection.execute(
        """SELECT stage, CASE WHEN NOT could_tell THEN 'too few' WHEN group_successful < low THEN 'fewer'
                              WHEN group_successful > high THEN 'more' ELSE 'fits' END
           FROM evidence WHERE group_name = 'BME' AND campaign = 'none'"""
    )
    return dict(rows.fetchall())


def wrong(with_what: str, share: float, trials: int, seed: int = 1) -> tuple[float, float]:
    """Return the share of decisions with a verdict, and of returns withheld, where chances are equal."""
    found = []
    for trial in range(trials):
        chance = np.random.default_rng([seed, trial])
        fault = [*FAULTS][trial % len(FAULTS)]
        found += [verdicts(spoilt(invented(chance), with_what, share, fault, chance)) for _ in range(1)]
    told = [place for one in found for place in one.values()]
    return sum(one in ("fewer", "more") for one in told) / len(told), told.count(WITHHELD) / len(told)


def withheld(trials: int, seed: int = 1) -> float:
    """Return the share of returns that are withheld for slips in 2% of rows."""
    chances = [np.random.default_rng([seed, trial]) for trial in range(trials)]
    return sum(WITHHELD in verdicts(slipped(invented(one), INNOCENT, one)).values() for one in chances) / trials


def allowed(trials: int) -> float:
    """Return how often a verdict may be given at two decisions of so many trials."""
    return OFTEN + 2 * sqrt(OFTEN * (1 - OFTEN) / (2 * trials))


def main() -> None:
    """Print how often a wrong verdict is given, and a return withheld, beside the targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=48)
    trials = parser.parse_args().trials
    print(f"{'faults go with':>22} {'rows':>5} {'wrong':>7} {'allowed':>8} {'withheld':>9}")
    for with_what in GOES_WITH:
        for share in SHARES:
            rate, kept_back = wrong(with_what, share, trials)
            print(f"{with_what:>22} {share:>5.0%} {rate:>7.1%} {allowed(trials):>8.1%} {kept_back:>9.1%}", flush=True)
    print(f"{'slips':>22} {INNOCENT:>5.0%} {'':>7} {MOST_WITHHELD:>8.1%} {withheld(4 * trials):>9.1%}")


if __name__ == "__main__":
    main()
