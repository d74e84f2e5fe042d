"""The analyst's appendix as tables: one row a question, one column a stage."""

from collections.abc import Callable

from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.measures import MEASURES, OF_RECRUITMENT
from lt_analysis.codebook.naming import capitalised, people_of, white_and, white_over
from lt_analysis.codebook.words import MARGIN_OF_ERROR, called
from lt_analysis.evidence.appendix import (
    FEWEST_POSTS_IN_A_BAND,
    Band,
    Pooled,
    RelativeLikelihood,
    StageAppendix,
    WithStraddling,
)
from lt_analysis.release.figures import ExactQuarter
from lt_analysis.rendering import html
from lt_analysis.rendering.charts import Chart
from lt_analysis.rendering.evidence_charts import null_chart
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.measure_figures import has_ratio
from lt_analysis.rendering.numbers import about, interval, odds, percentage, probability, ratio, whole

ONLY_TOTALS = "Only totals were sent, so people cannot be compared within vacancies."
NO_RATIO = "not given"
NOT_ASKED = "not known at this stage"
ONE_IN_TWENTY = 0.05
LEFT_OUT = {
    "doctors": "For doctors' posts",
    "below_band_8": "Below Band 8",
    "campaigns": "In international or bulk campaigns",
    "not_eligible": "Not found eligible",
    "unknown": "Of unknown ethnicity",
}


def row_account(exact: ExactQuarter) -> Html | Table:
    """Return a table of where every accepted application went, one exclusion after another."""
    account = exact.appendix.account
    if account is None:
        return html.paragraphs({"account": "Only totals were sent, so single applications cannot be followed."})
    left = account.accepted
    rows = [_accounted("Accepted", "accepted", account.accepted, left)]
    for key, name in LEFT_OUT.items():
        left -= getattr(account, key)
        rows.append(_accounted(name, key, getattr(account, key), left))
    return Table(
        f"Where the accepted applications went, {exact.figures.span}",
        ("Applications", "Number", "Left"),
        tuple(rows),
        note=f"What is left is compared: eligible {white_and(BME, people='applicants')} for single posts at Band 8 and "
        "above.",
    )


def _accounted(name: str, key: str, number: int, left: int) -> tuple[str, tuple[Cell, Cell]]:
    return name, (Cell(f"account.{key}", whole(number)), Cell(f"left.{key}", whole(left)))


def equal_chances_chart(exact: ExactQuarter, stage: str) -> Chart | Html:
    """Draw what equal chances would give at a stage, and what happened."""
    appendix_of_stage = next((appendix for appendix in exact.appendix.stages if appendix.measure.key == stage), None)
    return null_chart(appendix_of_stage, f"{exact.figures.name}, return of applications, {exact.figures.span}")


def tests_table(exact: ExactQuarter) -> Html | Table:
    """The one-time tests of the quarter, within vacancies, and what they could have found."""
    return _by_stage(exact, f"One-time tests within vacancies, {white_over(BME)}", TESTS, exact.appendix.stages)


TESTS: dict[str, tuple[str, Callable[[StageAppendix], str]]] = {
    "p-likelihood": ("Exact p, all totals no likelier", lambda stage: probability(stage.within.p_likelihood)),
    "p-central": ("Exact p, twice the smaller tail", lambda stage: probability(stage.within.p_central)),
    "p-fewer": ("Exact p, as few {people} or fewer", lambda stage: probability(stage.within.p_fewer)),
    "p-more": ("Exact p, as many {people} or more", lambda stage: probability(stage.within.p_more)),
    "mid-p-value": ("Mid-p, two-sided", lambda stage: probability(stage.within.mid_p)),
    "odds-ratio": ("Odds ratio, likeliest", lambda stage: _number(stage, stage.within.odds_ratio)),
    "median-unbiased": (
        "Odds ratio, median-unbiased",
        lambda stage: _number(stage, stage.within.median_unbiased_odds_ratio),
    ),
    "mid-p-interval": (
        "95% interval, mid-p",
        lambda stage: interval(*stage.within.confidence_interval(), stage.within.median_unbiased_odds_ratio),
    ),
    "exact-interval": (
        "95% interval, exact",
        lambda stage: interval(*stage.within.confidence_interval(mid_p=False), stage.within.odds_ratio),
    ),
    "detectable": ("Smallest odds ratio found 8 times in 10", lambda stage: _detectable(stage.detectable)),
    "halving": ("How often an odds ratio of 2 would be found", lambda stage: percentage(stage.halving)),
    "nobody": ("Posts with nobody of either group successful", lambda stage: whole(stage.within.nobody_chosen)),
}


def pooled_table(exact: ExactQuarter) -> Html | Table:
    """Pooled figures, which are not adjusted for which posts people applied to."""
    caption = f"All posts added up, {white_over(BME)}, not adjusted for which posts people applied to"
    return _by_stage(exact, caption, POOLED, exact.appendix.pooled)


POOLED: dict[str, tuple[str, Callable[[Pooled], str]]] = {
    "pooled-ratio": ("Relative likelihood", lambda pooled: _ratio(pooled.likelihood)),
    "pooled-interval": (
        "95% interval (Miettinen and Nurminen)",
        lambda pooled: interval(*pooled.likelihood.confidence_interval(), pooled.likelihood.ratio),
    ),
    "without-declined": ("Relative likelihood without declined offers", lambda pooled: _without_declined(pooled)),
    "koopman": ("95% interval (Koopman)", lambda pooled: interval(*pooled.koopman, pooled.likelihood.ratio)),
    "fisher": ("Fisher's exact p", lambda pooled: probability(pooled.fisher)),
    "pooled-mid-p": ("Mid-p", lambda pooled: probability(pooled.mid_p)),
    "four-fifths": ("Lower group's share ÷ higher group's", lambda pooled: _four_fifths(pooled)),
}


def _without_declined(stage: Pooled) -> str:
    return _ratio(stage.without_declined) if stage.without_declined else NOT_ASKED


def straddling_table(exact: ExactQuarter) -> Html | Table:
    """Return what the pooled figures would be if posts were counted whose pay begins below Band 8a and reaches it."""
    if not exact.appendix.straddling:
        return html.paragraphs({"straddling": "No post is known whose pay begins below Band 8a and reaches it."})
    caption = f"If posts counted below Band 8 whose pay reaches Band 8a were counted too, {white_over(BME)}"
    return _by_stage(exact, caption, STRADDLING, exact.appendix.straddling)


STRADDLING: dict[str, tuple[str, Callable[[WithStraddling], str]]] = {
    "straddling-counted": ("People as counted", lambda stage: _people(stage.counted)),
    "straddling-ratio": ("Relative likelihood as counted", lambda stage: _ratio(stage.counted)),
    "straddling-more": ("People with those posts", lambda stage: _people(stage.with_them)),
    "straddling-more-ratio": ("Relative likelihood with those posts", lambda stage: _ratio(stage.with_them)),
}


def _people(counts: RelativeLikelihood) -> str:
    return f"{whole(counts.white_people)} {REFERENCE}, {whole(counts.group_people)} {called(BME)}"


def stratified_table(exact: ExactQuarter) -> Html | Table:
    """The same question within vacancies, approximately: to be set beside the pooled figures."""
    caption = f"Approximate ratios within vacancies, {white_over(BME)}"
    return _by_stage(exact, caption, STRATIFIED, exact.appendix.stages)


STRATIFIED: dict[str, tuple[str, Callable[[StageAppendix], str]]] = {
    "pooled-odds-ratio": (
        "Odds ratio (Mantel-Haenszel)",
        lambda stage: _number(stage, stage.odds_ratio and stage.odds_ratio.ratio),
    ),
    "pooled-odds-interval": (
        "Its 95% interval",
        lambda stage: interval(*stage.odds_ratio.interval, stage.odds_ratio.ratio) if stage.odds_ratio else NO_RATIO,
    ),
    "risk-ratio": ("Ratio of shares (Mantel-Haenszel)", lambda stage: _number(stage, stage.risk_ratio.ratio)),
    "risk-ratio-interval": (
        "Its 95% interval",
        lambda stage: (
            NO_RATIO if stage.risk_ratio.ratio is None else interval(*stage.risk_ratio.interval, stage.risk_ratio.ratio)
        ),
    ),
}


def _by_stage(exact: ExactQuarter, caption: str, questions: dict, stages: tuple) -> Html | Table:
    if not stages:
        return html.paragraphs({next(iter(questions)): ONLY_TOTALS})
    people = people_of(BME)
    rows = tuple(
        (question.format(people=people), tuple(Cell(f"{key}.{stage.measure.key}", answer(stage)) for stage in stages))
        for key, (question, answer) in questions.items()
    )
    columns = ("Question", *(stage.measure.title for stage in stages))
    return Table(f"{caption}, {exact.figures.span}", columns, rows)


def _number(stage: StageAppendix, number: float | None) -> str:
    return NO_RATIO if number is None or not has_ratio(stage.likelihood) else odds(number)


def _ratio(likelihood: RelativeLikelihood) -> str:
    return ratio(likelihood.ratio if has_ratio(likelihood) else None)


def _detectable(number: float | None) -> str:
    return "none would be" if number is None else about(number)


def _four_fifths(pooled: Pooled) -> str:
    four_fifths = pooled.four_fifths
    if four_fifths is None or not four_fifths.ratio:
        return NO_RATIO
    written = f"{float(four_fifths.ratio):.2f} ({called(four_fifths.group)})"
    return f"{written}; one person would carry it across 0.8" if four_fifths.one_person else written


def several_groups_table(exact: ExactQuarter) -> Html | Table:
    """Whether any group's count differs, in one test, and single groups' p values adjusted for one another."""
    if not exact.appendix.stages:
        return html.paragraphs({"several": ONLY_TOTALS})
    rows = []
    for stage in exact.appendix.stages:
        test, done = stage.several, stage.measure.done
        method = "exact" if test.exact else f"chi-squared, {test.degrees} degrees of freedom"
        rows.append((f"All groups, {done} ({method})", (Cell(f"several.{stage.measure.key}", probability(test.p)),)))
        for group, p in stage.adjusted if test.p <= ONE_IN_TWENTY else ():
            rows.append(
                (f"{group}, {done}, adjusted", (Cell(f"adjusted.{stage.measure.key}.{group}", probability(p)),))
            )
    return Table(
        f"Every group within vacancies, {exact.figures.span}",
        ("Question", "p"),
        tuple(rows),
        note="Single groups are looked at only where the test of all groups has a p value of 0.05 or less.",
    )


def bands_table(exact: ExactQuarter) -> Html | Table:
    """Each band's appointments beside the exact limits of a funnel."""
    stage = exact.appendix.stages[-1] if exact.appendix.stages else None
    if stage is None or not stage.bands:
        return html.paragraphs({"bands": ONLY_TOTALS if stage is None else "There were no shortlists."})
    rows = tuple(
        (
            f"Band {band.name}" if band.name != "VSM" else "VSM",
            (
                Cell(f"band-observed.{band.name}", whole(band.within.observed)),
                Cell(f"band-expected.{band.name}", f"{band.within.expected:.2f}"),
                Cell(f"band-95.{band.name}", _limits(band, 1, 2)),
                Cell(f"band-998.{band.name}", _limits(band, 0, 3)),
                Cell(f"band-posts.{band.name}", whole(band.within.informative)),
            ),
        )
        for band in stage.bands
    )
    return Table(
        f"{capitalised(people_of(BME))} appointed, by band, {exact.figures.span}",
        ("Band", "Observed", "Expected", "95% limits", "99.8% limits", "Informative"),
        rows,
        note=_between_bands(stage),
    )


def _limits(band: Band, low: int, high: int) -> str:
    """Limits between whole numbers would leave out counts that are likely, where there are few posts."""
    if band.within.informative < FEWEST_POSTS_IN_A_BAND:
        return f"fewer than {FEWEST_POSTS_IN_A_BAND} posts"
    return f"{max(0.0, band.limits[low]):.1f} to {band.limits[high]:.1f}"


def _between_bands(stage: StageAppendix) -> str:
    test = stage.between_bands
    differ = (
        f"Do odds ratios differ between the {test.strata} bands with enough posts? Tarone's p {probability(test.p)}."
        if test.p is not None
        else f"Fewer than two bands had {FEWEST_POSTS_IN_A_BAND} posts that tell, so odds ratios cannot be set beside "
        "each other."
    )
    if stage.trend_p is None:
        return differ
    return f"{differ} Does the odds ratio change along the bands? Exact p {probability(stage.trend_p)}."


def decomposition_table(exact: ExactQuarter) -> Table:
    """The gap from application to appointment, by stage: the stages' ratios multiply to the whole."""
    decomposition = exact.appendix.decomposition
    named = (*zip(OF_RECRUITMENT, decomposition.stages, strict=False), (MEASURES["overall"], decomposition.whole))
    rows = tuple(
        (
            measure.title,
            (
                Cell(f"stage-ratio.{measure.key}", _ratio(likelihood)),
                Cell(f"stage-range.{measure.key}", interval(*likelihood.confidence_interval(), likelihood.ratio)),
            ),
        )
        for measure, likelihood in named
    )
    return Table(
        f"The gap by stage, {white_over(BME)}, all posts added up, {exact.figures.span}",
        ("Stage", "Relative likelihood", MARGIN_OF_ERROR),
        rows,
        note="The two stages multiply to the whole. Each stage is about those whom the one before it left.",
    )


def unknown_table(exact: ExactQuarter) -> Table:
    """How far people of unknown ethnicity could move each stage's ratio, whoever they are."""
    within = {stage.measure: stage for stage in exact.appendix.stages}
    rows = tuple(
        (pooled.measure.title, _unknown_cells(pooled, within.get(pooled.measure))) for pooled in exact.appendix.pooled
    )
    return Table(
        f"People of unknown ethnicity, {exact.figures.span}",
        ("Stage", "Successful of unknown", "Ratio without them", "Ratio with them, at the ends", "Fewest to reach 1")
        + (f"Within vacancies: {called(BME)} less expected",),
        rows,
        note="The ends count every unknown person so that the ratio is lowest and highest. Fewest to reach 1: how "
        "many of them it would take for the gap to close, were they of the ethnicity that closes it most and the "
        "others left out.",
    )


def _unknown_cells(pooled: Pooled, stage: StageAppendix | None) -> tuple[Cell, ...]:
    key, unknown = pooled.measure.key, pooled.unknown
    return (
        Cell(f"unknown.{key}", f"{whole(unknown.unknown_successful)} of {whole(unknown.unknown_people)}"),
        Cell(f"unknown-ratio.{key}", _ratio(pooled.likelihood)),
        Cell(f"unknown-bounds.{key}", _bounds(pooled)),
        Cell(f"tipping.{key}", _tipping(pooled)),
        Cell(f"unknown-within.{key}", _within_bounds(stage)),
    )


def _bounds(pooled: Pooled) -> str:
    low, high = pooled.unknown.low, pooled.unknown.high
    return NO_RATIO if low is None else interval(low, high)


def _tipping(pooled: Pooled) -> str:
    tipping = pooled.unknown.tipping
    if not pooled.unknown.unknown_people:
        return "nobody unknown"
    if not min(pooled.likelihood.white_people, pooled.likelihood.group_people):
        return NO_RATIO
    return "not even all" if tipping is None else "at 1 already" if not tipping else whole(tipping)


def _within_bounds(stage: StageAppendix | None) -> str:
    if stage is None:
        return "vacancies not known"
    ends = (bound.observed - bound.expected for bound in (stage.worst, stage.best))
    return " to ".join(f"{end:+.1f}".replace("-", "−") for end in ends)
