"""What has been published elsewhere of the same measures: for Lambeth, South East London, London and England.

Each value has its source, when that is dated, and whether it was found there or is from memory, and unverified. Where
the definitions differ, and they always do, it says how.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

AREAS = ("Lambeth", "South East London", "London", "England")
FOUND, UNVERIFIED = "found", "unverified"
PERCENT, RATIO = "%", "ratio"
OF_RESIDENTS = "BME of residents"
ALL_AGES = "Residents of all ages, and no applicants or staff"


@dataclass(frozen=True)
class Benchmark:
    """A published value: of which indicator of the race equality standard (None of residents), of whom, where and when.

    `value` is a percentage or a ratio, as `unit` says. `dated` is when its source is of, as far as that is known.
    """

    indicator: int | None
    group: str
    area: str
    year: str
    value: float
    unit: str
    source: str
    dated: str
    status: str
    differs: str

    @property
    def verified(self) -> bool:
        """Whether somebody found it in its source.

        >>> all(one.source == "from memory" for one in benchmarks() if not one.verified)
        True
        """
        return self.status == FOUND


@cache
def benchmarks() -> tuple[Benchmark, ...]:
    """Return every published value, those of residents too.

    >>> len(benchmarks()) > 50, {one.area for one in benchmarks()} == set(AREAS)
    (True, True)
    """
    rows = [
        Benchmark(
            **row | {"indicator": int(row["indicator"]) if row["indicator"] else None, "value": float(row["value"])}
        )
        for row in _rows("benchmarks.csv")
    ]
    return (*rows, *_residents())


def _residents() -> Iterator[Benchmark]:
    for row in _rows("residents.csv"):
        everybody = int(row["residents"])
        share = round(100 * (everybody - int(row["white"])) / everybody, 2)
        about = (row["source"], "2021", FOUND, ALL_AGES)
        yield Benchmark(None, OF_RESIDENTS, row["area"], "2021", share, PERCENT, *about)


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("lt_analysis.codebook") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def benchmarks_of(indicator: int | None, area: str = "England", group: str | None = None) -> tuple[Benchmark, ...]:
    """Return the values of an indicator in an area, of one group or of each, the earliest year first.

    >>> [(one.year, one.value) for one in benchmarks_of(2, "London")]
    [('2022', 1.43), ('2023', 1.47), ('2024', 1.16)]
    """
    own = (one for one in benchmarks() if (one.indicator, one.area) == (indicator, area) and group in (None, one.group))
    return tuple(sorted(own, key=lambda one: (one.year, one.group)))
