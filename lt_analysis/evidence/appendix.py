"""What analysts see beyond a page's figures: frozen results, worked out from the draws of an organisation's quarter."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lt_analysis.codebook.ethnicity import BME, COMPARED_WITH_WHITE, REFERENCE
from lt_analysis.codebook.measures import STAGES, Measure
from lt_analysis.codebook.pay import BAND_8_AND_ABOVE
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.protocol import Protocol
from lt_analysis.evidence.decomposition import Decomposition
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.families import adjusted_p_values
from lt_analysis.evidence.four_fifths import ImpactRatio, impact_ratios
from lt_analysis.evidence.funnel import funnel_limits
from lt_analysis.evidence.interval import ConfidenceInterval
from lt_analysis.evidence.mantel_haenszel import (
    Heterogeneity,
    OddsRatio,
    RiskRatio,
    heterogeneity,
    odds_ratio,
    risk_ratio,
)
from lt_analysis.evidence.over_time import SentShortlist, look_of, sent_shortlist
from lt_analysis.evidence.power import minimum_detectable_ratio, power
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.evidence.sequential import DatedDraw, e_processes
from lt_analysis.evidence.several_groups import GroupedDraw, SeveralGroups, any_difference
from lt_analysis.evidence.since_start import Shortlist, SinceStart
from lt_analysis.evidence.trend import trend_within
from lt_analysis.evidence.two_by_two import exact_tests, koopman
from lt_analysis.evidence.unknown_ethnicity import DrawWithUnknown, UnknownBounds, unknown_bounds, within_vacancy_bounds
from lt_analysis.evidence.within_vacancy import WithinVacancies

FEWEST_POSTS_IN_A_BAND = 10  # that tell: below it a band's sums and limits mislead


@dataclass(frozen=True)
class Pooled:
    """One stage with all vacancies added up, which is not adjusted for which posts people applied to.

    `fisher` and `mid_p` are two-sided p values; `four_fifths` the lower group's, None where nobody succeeded.
    `without_declined` leaves out those who declined an offer; None where nobody can, or where it is not known.
    """

    measure: Measure
    likelihood: RelativeLikelihood
    koopman: ConfidenceInterval
    fisher: float
    mid_p: float
    four_fifths: ImpactRatio | None
    unknown: UnknownBounds
    without_declined: RelativeLikelihood | None = None


@dataclass(frozen=True, eq=False)
class Band:
    """One band: the group's successes beside the exact funnel limits, 99.8% and 95%, of equal chances."""

    name: str
    within: WithinVacancies
    limits: tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class StageAppendix:
    """One stage of the quarter, White and BME people compared within vacancies.

    `detectable` is the smallest odds ratio, White ÷ BME, that its one-time test finds 8 times in 10; `halving` how
    often it finds chances half as good. `trend_p` is of a change of the odds ratio along the bands. `worst` and
    `best` count the people of unknown ethnicity so that BME people do worst and best. `adjusted` holds each single
    group's p value, adjusted for the family.
    """

    measure: Measure
    likelihood: RelativeLikelihood
    within: WithinVacancies
    detectable: float | None
    halving: float
    risk_ratio: RiskRatio
    bands: tuple[Band, ...]
    odds_ratio: OddsRatio | None
    between_bands: Heterogeneity
    trend_p: float | None
    worst: WithinVacancies
    best: WithinVacancies
    several: SeveralGroups
    adjusted: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Said:
    """What was said at a look, at the time."""

    look: Quarter
    e_value: float
    strength: str


@dataclass(frozen=True, eq=False)
class Growing:
    """The evidence of a stage since the declared start: the comparison counted so far, every look, and what was said.

    `stands` is whether its e-value at the last look stands among those of all organisations, under e-BH.
    `variants` hold e-values under other choices than the protocol's, by name; `protocols` the fingerprints of
    the protocols under which something was said, in order.
    """

    measure: Measure
    likelihood: RelativeLikelihood
    within: WithinVacancies
    sent: tuple[SentShortlist, ...]
    looks: tuple[SinceStart, ...]
    stands: bool
    said: tuple[Said, ...]
    variants: tuple[tuple[str, float], ...]
    protocols: tuple[str, ...]


@dataclass(frozen=True)
class RowAccount:
    """Where the accepted applications of a quarter went; each is in one place, in this order."""

    accepted: int
    doctors: int
    below_band_8: int
    campaigns: int
    not_eligible: int
    unknown: int
    compared: int


@dataclass(frozen=True)
class WithStraddling:
    """A stage's pooled counts, and the same if posts whose pay begins below Band 8a and reaches it were counted too."""

    measure: Measure
    counted: RelativeLikelihood
    with_them: RelativeLikelihood


@dataclass(frozen=True, eq=False)
class Appendix:
    """Everything of one organisation's quarter. Where only totals were sent, only `pooled` and its decomposition.

    `straddling` is empty where no post's pay begins below Band 8a and reaches it.
    """

    pooled: tuple[Pooled, ...]
    decomposition: Decomposition
    stages: tuple[StageAppendix, ...] = ()
    growing: tuple[Growing, ...] = ()
    account: RowAccount | None = None
    straddling: tuple[WithStraddling, ...] = ()


OTHER_PRIORS = (0.35, 0.5, 1.0)
SINGLE_GROUPS = tuple(group for group in COMPARED_WITH_WHITE if group != BME)
HALF_AS_LIKELY = 2.0  # White ÷ BME


def pooled_stages(draws: list[dict], declined: list[dict] | None) -> tuple[Pooled, ...]:
    """Return each stage with all of the quarter's rows of `draws` for single posts added up.

    `declined` are its rows of that table; None where only totals were sent, which do not tell who declined.

    >>> row = dict(pool=4526, pool_in_group=1835, chosen=1755, chosen_in_group=557, unknown_pool=0, unknown_chosen=0)
    >>> _, appointment = pooled_stages([row | {"stage": "appointment", "group_name": "BME"}], None)
    >>> round(appointment.likelihood.ratio, 5)  # as of admissions to Berkeley in 1973, men ÷ women
    1.46664
    """
    pooled = tuple(_pooled(stage, [row for row in draws if _is_of(row, stage, BME)]) for stage in STAGES)
    if declined is None:
        return pooled
    *earlier, appointment = pooled
    people = {row["wres_group"]: row["people"] for row in declined}
    return (*earlier, replace(appointment, without_declined=_without(people, appointment.likelihood)))


def _without(declined: dict[str, int], counts: RelativeLikelihood) -> RelativeLikelihood:
    white, group = declined.get(REFERENCE, 0), declined.get(BME, 0)
    return RelativeLikelihood(
        white_successful=counts.white_successful - white,
        white_people=counts.white_people - white,
        group_successful=counts.group_successful - group,
        group_people=counts.group_people - group,
    )


def with_straddling(pooled: tuple[Pooled, ...], straddling: list[dict]) -> tuple[WithStraddling, ...]:
    """Return each stage's counts beside the same with the quarter's rows of `straddling`; nothing where there are none.

    >>> rows = [{"wres_group": "White", "applied": 9, "shortlisted": 3, "appointed": 1}]
    >>> _, appointment = with_straddling(pooled_stages([], None), rows)
    >>> appointment.with_them
    RelativeLikelihood(white_successful=1, white_people=3, group_successful=0, group_people=0)
    """
    people = {row["wres_group"]: row for row in straddling}
    if not people:
        return ()
    return tuple(_with(people, stage) for stage in pooled)


def _with(people: dict[str, dict], stage: Pooled) -> WithStraddling:
    pool, successful = stage.measure.counts
    more = {group: people.get(group) or dict.fromkeys((pool, successful), 0) for group in (REFERENCE, BME)}
    known = stage.likelihood
    with_them = RelativeLikelihood(
        white_successful=known.white_successful + more[REFERENCE][successful],
        white_people=known.white_people + more[REFERENCE][pool],
        group_successful=known.group_successful + more[BME][successful],
        group_people=known.group_people + more[BME][pool],
    )
    return WithStraddling(stage.measure, known, with_them)


def within_stages(draws: list[dict]) -> tuple[StageAppendix, ...]:
    """Return each stage within the vacancies of the quarter's rows of `draws` for single posts.

    >>> row = dict(pool=4, pool_in_group=1, chosen=1, chosen_in_group=0, unknown_pool=0, unknown_chosen=0)
    >>> row |= {"stage": "appointment", "group_name": "BME", "vacancy": "V1", "band": "8a"}
    >>> _, appointment = within_stages([row])
    >>> appointment.within.expected, [band.name for band in appointment.bands]
    (0.25, ['8a'])
    """
    return tuple(_within(stage, [row for row in draws if row["stage"] == stage.key]) for stage in STAGES)


def _is_of(row: dict, measure: Measure, group: str) -> bool:
    return (row["stage"], row["group_name"]) == (measure.key, group)


def _pooled(measure: Measure, rows: list[dict]) -> Pooled:
    known = _likelihood([_draw(row) for row in rows])
    counts = (known.white_successful, known.white_people, known.group_successful, known.group_people)
    tests = exact_tests(*counts)
    shares = impact_ratios({REFERENCE: counts[:2], BME: counts[2:]})
    return Pooled(
        measure=measure,
        likelihood=known,
        koopman=ConfidenceInterval(*map(float, koopman(*counts))),
        fisher=float(tests.fisher),
        mid_p=float(tests.mid_p),
        four_fifths=min(shares, key=lambda impact: impact.ratio) if len(shares) > 1 else None,
        unknown=unknown_bounds(
            known, sum(row["unknown_chosen"] for row in rows), sum(row["unknown_pool"] for row in rows)
        ),
    )


def _within(measure: Measure, rows: list[dict]) -> StageAppendix:
    with_unknown = [row for row in rows if row["group_name"] == BME]
    bme = [row for row in with_unknown if row["pool"]]
    draws = [_draw(row) for row in bme]
    within = WithinVacancies.from_draws(draws)
    worst, best = within_vacancy_bounds(
        DrawWithUnknown(_draw(row), row["unknown_pool"], row["unknown_chosen"]) for row in with_unknown
    )
    by_band = {band: [_draw(row) for row in bme if row["band"] == band] for band in BAND_8_AND_ABOVE}
    bands = tuple(_band(band, some) for band, some in by_band.items())
    large = [
        some
        for band, some in zip(bands, by_band.values(), strict=True)
        if band.within.informative >= FEWEST_POSTS_IN_A_BAND
    ]
    return StageAppendix(
        measure=measure,
        likelihood=_likelihood(draws),
        within=within,
        detectable=minimum_detectable_ratio(within.null),
        halving=power(within.null, HALF_AS_LIKELY),
        risk_ratio=risk_ratio(draws),
        odds_ratio=odds_ratio(draws),
        bands=tuple(band for band in bands if band.within.vacancies),
        between_bands=heterogeneity(Draw(*map(sum, zip(*some, strict=True))) for some in large),
        trend_p=trend_within([band.within.null for band in bands], [band.within.observed for band in bands]),
        worst=worst,
        best=best,
        several=any_difference(_grouped(rows)),
        adjusted=_adjusted(rows),
    )


def _draw(row: dict, prefix: str = "") -> Draw:
    return Draw(*(row[prefix + name] for name in ("pool", "pool_in_group", "chosen", "chosen_in_group")))


def _likelihood(draws: list[Draw]) -> RelativeLikelihood:
    pool, in_group, chosen, group_chosen = (sum(draw[column] for draw in draws) for column in range(4))
    return RelativeLikelihood(chosen - group_chosen, pool - in_group, group_chosen, in_group)


def _band(name: str, draws: list[Draw]) -> Band:
    within = WithinVacancies.from_draws(draws)
    return Band(name, within, funnel_limits(within.null))


def _grouped(rows: list[dict]) -> list[GroupedDraw]:
    """Return each vacancy's groups side by side: White people, and each single group."""
    vacancies: dict[str, dict[str, Draw]] = defaultdict(dict)
    for row in rows:
        vacancies[row["vacancy"]][row["group_name"]] = _draw(row)
    nobody = Draw(0, 0, 0, 0)
    grouped = []
    for groups in vacancies.values():
        white = groups[BME]
        single = [groups.get(group, nobody) for group in SINGLE_GROUPS]
        pool = (white.pool - white.pool_in_group, *(draw.pool_in_group for draw in single))
        chosen = (white.chosen - white.chosen_in_group, *(draw.chosen_in_group for draw in single))
        grouped.append(GroupedDraw(pool, chosen))
    return grouped


def _adjusted(rows: list[dict]) -> tuple[tuple[str, float], ...]:
    """Return single groups' p values adjusted together, without groups of which nothing could have been found."""
    p_values = {}
    for group in SINGLE_GROUPS:
        within = WithinVacancies.from_draws(_draw(row) for row in rows if row["group_name"] == group)
        if within.null.unlikely().any():
            p_values[group] = within.mid_p
    return tuple(zip(p_values, adjusted_p_values(list(p_values.values())), strict=True))


def growing(
    stage: Measure, draws: list[dict], looks: list[dict], ledger: list[dict], quarter: Quarter, protocol: Protocol
) -> Growing:
    """Return the evidence of a stage since the start from an organisation's rows of the tables.

    `draws` are of single posts; `looks` the rows of `since_start`, and `ledger` what was said at each.

    >>> from lt_analysis.codebook.protocol import declared_protocol
    >>> nothing_yet = growing(STAGES[-1], [], [], [], Quarter.parse("2026-27-Q2"), declared_protocol())
    >>> nothing_yet.likelihood.ratio, {round(e_value, 6) for _, e_value in nothing_yet.variants}
    (None, {1.0})
    """
    looks, ledger = ([row for row in rows if row["stage"] == stage.key] for rows in (looks, ledger))
    sent = [
        sent_shortlist(row["closed_on"], row)
        for row in draws
        if (row["stage"], row["group_name"]) == (stage.key, protocol.primary_group)
        and row["pool"] + row["unknown_pool"]
    ]
    shortlists = [shortlist.known for shortlist in sent]
    counted = [shortlist.everybody for shortlist in shortlists if protocol.counts(shortlist.quarter, quarter)]
    return Growing(
        measure=stage,
        likelihood=_likelihood(counted),
        within=WithinVacancies.from_draws(counted),
        sent=tuple(sent),
        looks=tuple(look_of(row) for row in looks),
        stands=bool(looks) and bool(looks[-1]["stands"]),
        said=tuple(Said(Quarter.parse(row["look"]), row["e_value"], row["strength"]) for row in ledger),
        variants=tuple(_variants(shortlists, quarter, protocol)),
        protocols=tuple(dict.fromkeys(row["protocol"] for row in ledger)),
    )


def _variants(shortlists: list[Shortlist], quarter: Quarter, protocol: Protocol) -> Iterator[tuple[str, float]]:
    everybody = [DatedDraw(shortlist.quarter, shortlist.everybody) for shortlist in shortlists]
    first_time = [DatedDraw(shortlist.quarter, shortlist.first_time) for shortlist in shortlists]
    one_start = replace(protocol, later_starts=0)
    for spread in OTHER_PRIORS:
        for one_sided in (False, True):
            name = f"spread {spread}, {'White people more likely only' if one_sided else 'either direction'}"
            yield name, e_processes(everybody, [quarter], replace(protocol, prior_sd=spread), one_sided)[0].e_value
    yield "people who come for the first time only", e_processes(first_time, [quarter], protocol)[0].e_value
    yield "evidence since the first start only", e_processes(everybody, [quarter], one_start)[0].e_value
