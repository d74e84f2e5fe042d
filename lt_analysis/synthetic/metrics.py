"""Invented metrics of inequality, of three delivery alliances, and promises of anchor organisations.

The odds of whoever lives in the most deprived tenth, divided by those in the least deprived, are in `truth.csv`; from
tenth to tenth they change by the same factor. No other group differs: whatever else shows is chance. Forty practices
are in nine networks, which three federations send; one practice prints its own numbers, one moves to another network
within the last year, and one is silent in a quarter. Every draw is from streams of their own, so that all other
invented returns are the same with and without these.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from lt_analysis.codebook.folders import Folders, whole_or_not_at_all
from lt_analysis.codebook.metrics import AXES, NOT_STATED, TENTHS
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.returns import ANCHORS, METRICS
from lt_analysis.collection.finding import METRICS_FILE, NETWORKS_FILE, OF_ALL

STREAM = 20_260_930  # tells these draws from all others of a seed
QUARTERS_OF_METRICS, QUARTERS_OF_ANCHORS = 12, 4  # the latest
# How many practices each network has, and which federation sends them. One of them is a practice by itself.
NETWORKS = {
    "avalon-gp-federation": {
        "emerald-city": 6,
        "looking-glass": 5,
        "treasure-island": 5,
        "sleepy-hollow": 5,
        "green-knowe": 4,
        "islandia": 1,
    },
    "brigadoon-gp-federation": {"wonderland": 5, "phantastes": 4},
    "shangri-la-gp-federation": {"far-away": 5},
}
MOVES, INTO = "Z99006", "looking-glass"  # on 1 August of the last year
PRINTS_ITS_OWN, SILENT = "Z99003", "Z99014"
LARGEST = "Z99022"  # as large as the rest of its network together, and more
DEPRIVATION, ETHNICITY, SEX = "deprivation", "ethnicity", "sex"
LIVES_IN = (0.13, 0.16, 0.16, 0.14, 0.12, 0.1, 0.08, 0.06, 0.04, 0.01)  # of people, by tenth
UNSTATED = 0.03
SHARES = {
    ETHNICITY: dict(zip(AXES["ethnicity"].groups, (0.54, 0.08, 0.07, 0.21, 0.05, 0.05), strict=True)),
    SEX: {"female": 0.51, "male": 0.48, NOT_STATED: 0.01},
}
NEIGHBOURHOOD, MINDS, CHILDREN = (
    "Neighbourhood and Wellbeing Alliance",
    "Living Well Network Alliance",
    "Children and Young People Alliance",
)


@dataclass(frozen=True)
class Model:
    """An invented metric: of how many of a thousand people it could be so, of which part it is, and its truth.

    `odds_ratio` is that of the most deprived tenth over the least. It is sent by practices, or by some organisations
    of so many thousand people. `later` is added in the last four quarters, and `winter` in each third.
    """

    settings: Mapping[str, object]
    per_thousand: float
    part: float
    odds_ratio: float
    people: Mapping[str, float]
    later: float = 0.0
    winter: float = 0.0


def _asked(question: str, definition: str, alliance: str, good: str, target: float, *axes: str, **more: object) -> dict:
    words = {"question": question, "definition": definition, "alliance": alliance, "good": good, "unit": "share"}
    source = "Invented records, last day of the quarter"
    return words | {"target": target, "axes": dict.fromkeys(axes, "all"), "source": source} | more


BY_FIFTH = ("deprivation fifth", "ethnicity")
OF_PRACTICES: Mapping[str, float] = {}
MODELS: Mapping[str, Model] = {
    "blood-pressure": Model(
        _asked(
            "Is raised blood pressure treated to target?",
            "People with raised blood pressure whose last reading of the year was at the target",
            *(NEIGHBOURHOOD, "up", 0.8, "deprivation tenth", "ethnicity", "sex"),
        ),
        130,
        0.7,
        0.55,
        OF_PRACTICES,
        later=0.04,
    ),
    "yearly-health-check": Model(
        _asked(
            "Do people with severe mental illness have their yearly health check?",
            "People with severe mental illness who had all six checks within a year",
            *(MINDS, "up", 0.75, *BY_FIFTH),
        ),
        12,
        0.6,
        0.8,
        OF_PRACTICES,
    ),
    "vaccines-by-five": Model(
        _asked(
            "Have children had both doses of MMR by their fifth birthday?",
            "Children whose fifth birthday was within the quarter, who had both doses by then",
            *(CHILDREN, "up", 0.95, *BY_FIFTH),
        ),
        14,
        0.8,
        0.6,
        OF_PRACTICES,
    ),
    "asthma-admissions": Model(
        _asked(
            "How often are children admitted as an emergency with asthma?",
            "Children admitted as an emergency with asthma within the quarter, of those whom each organisation serves",
            *(CHILDREN, "down", 2.0, *BY_FIFTH),
            **{"unit": "rate", "per": 1000, "seasonal": True},
        ),
        1000,
        0.005,
        1.8,
        {"nonesuch-hospitals": 48, "neverland-hospitals": 34, "erewhon-care-board": 26},  # and those admitted elsewhere
        winter=0.002,
    ),
    "talking-therapies": Model(
        _asked(
            "Do people recover who finish a course of talking therapy?",
            "People who finished a course within the quarter and had recovered by its end",
            *(MINDS, "up", 0.5, *BY_FIFTH),
        ),
        1000,
        0.48,
        0.5,
        {"cloudcuckoo-mental-health": 1.4},
    ),
}
LIFE_EXPECTANCY = _asked(
    "How long do people live?",
    "Life expectancy at birth in years, men and women together, over three years",
    *(NEIGHBOURHOOD, "up", 82.0, "deprivation fifth"),
    **{"unit": "value", "source": "Invented public health profile"},
)
YEARS_LIVED = {"": 80.6, "1": 77.2, "2": 78.9, "3": 80.4, "4": 82.3, "5": 84.0}  # and 0.1 more each year
ANCHORS_OF = {
    "nonesuch-hospitals": (("apprenticeships", 60, "people", 14), ("home-borough employment", 40, "% of staff", 2)),
    "cloudcuckoo-mental-health": (("placements", 24, "people", 1), ("living wage", 100, "% of staff", 4)),
    "lilliput-council": (("local spend", 45, "% of spending", 3), ("apprenticeships", 30, "people", 8)),
    "laputa-university": (("placements", 120, "people", 25),),
}


@dataclass(frozen=True)
class Practice:
    """An invented practice: its network, who sends its numbers, and how many people are registered with it."""

    code: str
    network: str
    federation: str
    registered: int


def practices(seed: int) -> list[Practice]:
    """Return the forty practices, in the order of their codes."""
    random = np.random.default_rng([seed, STREAM])
    places = [(network, who) for who, some in NETWORKS.items() for network, many in some.items() for _ in range(many)]
    sizes = random.integers(4_000, 13_000, size=len(places)).tolist()
    codes = [f"Z99{number:03d}" for number in range(1, len(places) + 1)]
    return [
        Practice(code, network, who, 31_000 if code == LARGEST else size)
        for code, (network, who), size in zip(codes, places, sizes, strict=True)
    ]


def write_what_is_asked(folders: Folders, periods: list[Quarter], seed: int) -> None:
    """Write the invented partnership's list of metrics, and the networks of its practices."""
    metrics = {key: dict(model.settings) for key, model in MODELS.items()} | {"life-expectancy": LIFE_EXPECTANCY}
    with whole_or_not_at_all(folders.raw / OF_ALL / METRICS_FILE, mode=0o644) as path:
        path.write_text(yaml.safe_dump({"invented": True, "metrics": metrics}, sort_keys=False), encoding="utf-8")
    since, moved = periods[0].year.first_day.replace(year=2020), periods[-1].year.first_day.replace(month=8)
    rows = [f"{one.code},{one.network},{one.registered},{since}" for one in practices(seed)]
    rows += [f"{one.code},{INTO},{one.registered},{moved}" for one in practices(seed) if one.code == MOVES]
    with whole_or_not_at_all(folders.raw / OF_ALL / NETWORKS_FILE, mode=0o644) as path:
        path.write_text("\n".join(("practice,network,registered,since", *rows)) + "\n", encoding="utf-8")


def truths() -> Iterator[str]:
    """Yield the lines of truth.csv: of each metric the odds of the most deprived tenth over those of the least."""
    for key, model in MODELS.items():
        yield f"{OF_ALL},{key} by deprivation,{model.odds_ratio}"


def write_metrics(slug: str, folder: Path, periods: list[Quarter], seed: int) -> None:
    """Write an organisation's returns of metrics and of anchors, where it sends any."""
    periods = periods[-QUARTERS_OF_METRICS:]
    random = np.random.default_rng([seed, STREAM, sum(slug.encode())])
    senders = [(one.code, one.registered / 1_000) for one in practices(seed) if one.federation == slug]
    sent: dict[Quarter, list[tuple]] = {period: [] for period in periods}
    for key, model in MODELS.items():
        own = senders if model.people is OF_PRACTICES else [("", model.people[slug])] if slug in model.people else []
        for practice, thousands in own:
            for period, rows in zip(periods, _series(key, model, practice, thousands, periods, random), strict=True):
                if (practice, period) != (SILENT, periods[-2:][0]):
                    sent[period] += rows
    for period in periods:
        if slug == "lilliput-council" and period.number == 4:  # noqa: PLR2004 - the last quarter of a year
            sent[period] += _life_expectancy(period)
        if sent[period]:
            (folder / str(period) / f"{METRICS.name}.csv").write_text(_as_csv(sent[period]), encoding="utf-8")
    for number, period in enumerate(periods[-QUARTERS_OF_ANCHORS:], start=1):
        if slug in ANCHORS_OF:
            text = _as_csv(_anchors(slug, period, number), ANCHORS.column_names)
            (folder / str(period) / f"{ANCHORS.name}.csv").write_text(text, encoding="utf-8")


def _series(
    key: str, model: Model, practice: str, thousands: float, periods: list[Quarter], random: np.random.Generator
) -> Iterator[list[tuple]]:
    """Yield the rows of a metric of somebody, quarter by quarter."""
    where = random.dirichlet(np.array(LIVES_IN) * 120) * (1 - UNSTATED)
    base = np.append(where, UNSTATED) * thousands * model.per_thousand
    steps = np.append(np.linspace(1, 0, len(TENTHS)), 0.5)
    axes = [*model.settings["axes"]]
    public = "yes" if practice == PRINTS_ITS_OWN else "no"
    for number, period in enumerate(periods):
        part = model.part + model.later * (len(periods) - number <= 4) + model.winter * (period.number == 3)  # noqa: PLR2004
        odds = part / (1 - part) * model.odds_ratio ** (steps - steps.mean())
        every = random.poisson(base * (1 + 0.003 * number))
        some = random.binomial(every, odds / (1 + odds))
        rows = [(key, practice, "", "", int(some.sum()), int(every.sum()), "", "", "", "Invented records", public)]
        for axis in axes if every.sum() else ():
            if axis.startswith(DEPRIVATION):
                groups = _by_deprivation(axis, some, every)
            else:
                shares = SHARES[axis]
                parts = random.multinomial(every.sum(), [*shares.values()])
                of_those = random.multivariate_hypergeometric(parts, some.sum())
                groups = dict(zip(shares, zip(of_those.tolist(), parts.tolist(), strict=True), strict=True))
            rows += [
                (key, practice, axis, group, *counts, "", "", "", "Invented records", public)
                for group, counts in groups.items()
                if counts[1]
            ]
        yield rows if every.sum() else []


def _by_deprivation(axis: str, some: np.ndarray, every: np.ndarray) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    tenths = AXES["deprivation tenth"]
    for tenth, counts in zip(tenths.groups, zip(some.tolist(), every.tolist(), strict=True), strict=True):
        group = tenth if axis == tenths.key else tenths.becomes[tenth]
        before = found.get(group, (0, 0))
        found[group] = (before[0] + counts[0], before[1] + counts[1])
    return found


def _life_expectancy(period: Quarter) -> Iterator[tuple]:
    for group, years in YEARS_LIVED.items():
        value, half = years + (period.year.start - 2020) / 10, 0.2 if not group else 0.5
        about = ("life-expectancy", "", "deprivation fifth" if group else "", group, "", "")
        yield (
            *about,
            *(f"{one:.1f}" for one in (value, value - half, value + half)),
            "Invented profile, table 3",
            "yes",
        )


def _anchors(slug: str, period: Quarter, number: int) -> Iterator[tuple]:
    due = period.year.last_day
    for kind, promised, unit, each in ANCHORS_OF[slug]:
        yield (kind, promised, unit, due, min(promised, each * number), period.last_day, "Invented anchor plan, page 4")


def _as_csv(rows: list[tuple] | Iterator[tuple], columns: tuple[str, ...] = METRICS.column_names) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
