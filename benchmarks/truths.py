"""Whether comparisons of staff find the truth that was invented, and cry no wolf where there is none.

`python -m benchmarks.truths` invents workforces, counts what happened to them in a whole financial year as a run does,
and compares BME with White people within pay band and kind of work. Of each measure of staff it prints how often the
exact 95% interval holds the odds ratio of `truth.csv`, and, of workforces with all odds ratios 1, how often the range
if chances were equal is left on each side.

Targets, stated before the result: intervals hold the truth in 92% to 98% of workforces; ranges are left on each side
in at most 2.5%. Both are asked of one run in which nothing is tuned, and have an error of chance, which is printed.

An exact interval holds the truth more often than it must where few are counted, as of formal capability: `--posts 1200`
asks of workforces as large as the largest trusts.

Leaving is decided quarter by quarter, and compared so. New staff have an odds ratio of their own; that of all staff
lies between the two, and further columns print how often the interval holds it.
"""

import argparse
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import exp, log, sqrt
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from rich.console import Console
from rich.progress import track
from rich.table import Table

from lt_analysis.codebook.measures import LEFT, NEW_LEFT, OF_STAFF, Measure
from lt_analysis.codebook.periods import FinancialYear, StaffDay
from lt_analysis.codebook.returns import EVENTS, STAFF
from lt_analysis.counts.staff import count_staff
from lt_analysis.counts.windows import staff_year
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.within_vacancy import WithinVacancies
from lt_analysis.synthetic.workforce import (
    EVENTS_A_YEAR,
    LEAVING,
    NEW_LEAVING,
    SENIOR,
    Size,
    odds_ratios,
    workforce,
)

DAY = StaffDay(FinancialYear(2025))
QUARTERS = (DAY.before, *DAY.year.quarters)
PERIODS = [QUARTERS[0].previous, *QUARTERS]
POSTS, WORKFORCES = 150, 8  # of each seed
STAFF_A_POST = 12  # members of staff to a post
AT_BAND_8, JOIN = 0.11, 0.05  # the share of staff at Band 8 and above, and how many of these are appointed in a quarter
LEAST, MOST, OFTEN = 0.92, 0.98, 0.025
TRUTH_OF = {LEFT.key: LEAVING, NEW_LEFT.key: NEW_LEAVING}
RECORDS = {
    STAFF: ("person", "band", "work", "ethnicity", "left_on", "leaving_reason", "started_on", "home_borough"),
    EVENTS: ("person", "event"),
}


@dataclass(frozen=True)
class Trial:
    """One workforce and measure: the truth, that of new and other staff together, and what was found."""

    truth: float
    together: float
    found: WithinVacancies

    def holds(self, odds_ratio: float, mid_p: bool) -> bool:
        """Tell whether the exact interval holds an odds ratio of BME people beside White people."""
        low, high = self.found.confidence_interval(mid_p=mid_p)
        return low <= 1 / odds_ratio <= high

    @property
    def side(self) -> int:
        """Return on which side the range if chances were equal was left: -1, 1, or 0 for neither."""
        low, high = self.found.chance_range()
        return (self.found.observed > high) - (self.found.observed < low)


def joiners(random: np.random.Generator, number: int) -> list[dict]:
    """Return so many people who start at Band 8 and above in each quarter, as the applications would have them."""
    return [
        {
            "started_on": quarter.first_day + timedelta(days=int(random.integers(90))),
            "source": "external",
            "grade": str(random.choice(list(SENIOR), p=list(SENIOR.values()))),
            "ethnicity": str(random.choice(list("ABCNMHJPLGRZ"))),
            "salary_minimum": 50_000,
        }
        for quarter in PERIODS
        for _ in range(number)
    ]


def counted(
    posts: int, truths: Mapping[str, float], random: np.random.Generator, folder: Path
) -> dict[str, list[Draw]]:
    """Invent a workforce and count its year: of each measure its draws. Records are read from files, as ever."""
    senior = round(posts * STAFF_A_POST * AT_BAND_8)
    size = Size(posts, posts * STAFF_A_POST - senior, senior)
    returns = workforce("o", size, joiners(random, round(senior * JOIN)), PERIODS, truths, random)
    paths: dict[str, list[Path]] = {STAFF.name: [], EVENTS.name: []}
    for period in QUARTERS:
        for kind, columns in RECORDS.items():
            rows = pd.DataFrame(returns[period][kind]).rename(columns={"grade": "band"}).reindex(columns=[*columns])
            rows = rows.assign(organisation="o", period=str(period))
            paths[kind.name].append(folder / f"{kind.name}-{period}.parquet")
            rows.to_parquet(paths[kind.name][-1])
    with duckdb.connect() as connection:
        year = staff_year("o", QUARTERS, QUARTERS, DAY, tuple(EVENTS_A_YEAR))
        count_staff(connection, [year], paths[STAFF.name], paths[EVENTS.name])
        return {measure.key: _draws(connection, measure) for measure in OF_STAFF}


def _draws(connection: duckdb.DuckDBPyConnection, measure: Measure) -> list[Draw]:
    columns = ", ".join(Draw._fields)
    table = "staff_quarters" if measure.by_quarter else "staff_draws"
    asked = f"SELECT {columns} FROM {table} WHERE stage = '{measure.after.key}' AND group_name = 'BME'"
    return [Draw(*row) for row in connection.execute(asked).fetchall()]


def of_all_together(measure: Measure, truths: Mapping[str, float], draws: Mapping[str, list[Draw]]) -> float:
    """Return the odds ratio of the people compared: of leaving, those of new staff and of others by how many went."""
    if measure.after != LEFT:
        return truths.get(TRUTH_OF.get(measure.after.key, measure.after.sent_as), 1.0)
    everybody, new = (sum(one.chosen for one in draws[key]) for key in ("leaving", "leaving-soon"))
    gone = {LEAVING: everybody - new, NEW_LEAVING: new}
    return exp(sum(number * log(truths.get(name, 1.0)) for name, number in gone.items()) / sum(gone.values()))


def trials(seed: int, equal: bool, size: argparse.Namespace, folder: Path) -> Iterator[tuple[Measure, Trial]]:
    """Yield what was found of each measure in the workforces of a seed."""
    for number in range(size.workforces):
        random = np.random.default_rng([seed, number, equal])
        truths = {} if equal else odds_ratios(random)
        draws = counted(size.posts, truths, random, folder)
        for measure in OF_STAFF:
            truth = truths.get(TRUTH_OF.get(measure.after.key, measure.after.sent_as), 1.0)
            together = of_all_together(measure, truths, draws)
            yield measure, Trial(truth, together, WithinVacancies.from_draws(draws[measure.key]))


def share(some: list[bool]) -> str:
    """Write a share with the standard error of its trials."""
    part = sum(some) / len(some)
    return f"{part:.1%} ± {sqrt(part * (1 - part) / len(some)):.1%}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument(
        "--posts", type=int, default=POSTS, help="vacancies a quarter; a workforce has 12 times as many"
    )
    parser.add_argument("--workforces", type=int, default=WORKFORCES, help="of each seed")
    asked = parser.parse_args()
    seeds = range(asked.seeds)
    with tempfile.TemporaryDirectory() as folder:
        found = {
            equal: [
                one
                for seed in track(seeds, f"equal: {equal}", transient=True)
                for one in trials(seed, equal, asked, Path(folder))
            ]
            for equal in (False, True)
        }
    table = Table(
        "measure", "BME people, mean", "holds the truth", "within", "mid-p", "holds that of all together", "mid-p"
    )
    for heading in ("range left below", "above", "at most"):
        table.add_column(heading)
    for measure in OF_STAFF:
        unequal, equal = ([one for other, one in found[which] if other == measure] for which in (False, True))
        held = [[one.holds(one.truth, mid_p) for one in unequal] for mid_p in (False, True)]
        together = [[one.holds(one.together, mid_p) for one in unequal] for mid_p in (False, True)]
        left = [[one.side == side for one in equal] for side in (-1, 1)]
        table.add_row(
            *(measure.title, f"{np.mean([one.found.observed for one in unequal]):.0f}"),
            *(share(held[0]), _met(LEAST <= np.mean(held[0]) <= MOST), share(held[1]), *map(share, together)),
            *(*map(share, left), _met(max(map(np.mean, left)) <= OFTEN)),
        )
    Console(width=190).print(
        table, f"{len(seeds) * asked.workforces} workforces of about {STAFF_A_POST * asked.posts:,} people, twice."
    )


def _met(target: bool) -> str:
    return "yes" if target else "NO"


if __name__ == "__main__":
    main()
