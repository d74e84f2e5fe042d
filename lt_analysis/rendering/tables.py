"""The tables of a page, computed from its figures."""

from lt_analysis.codebook.measures import APPOINTMENT, MEASURES, SHORTLISTING
from lt_analysis.release.figures import ExactQuarter, OrganisationFigures, StageFigure
from lt_analysis.rendering.html import Cell, Table
from lt_analysis.rendering.numbers import interval, ratio, whole

STAGE_COLUMNS = ("Applicants", "Shortlisted", "Appointed")
ROLL_UPS = {
    "wres": "White, BME and unknown",
    "five": "Five groups of the census",
    "nineteen": "Nineteen groups of the census",
}


def counts_table(figures: OrganisationFigures) -> Table:
    """How many people of each group applied, were shortlisted and were appointed."""
    rows = [("White", _counts(figures, figures.groups[0], white=True))]
    rows += [(group, _counts(figures, group, white=False)) for group in figures.groups]
    return Table(f"People of known ethnicity at each stage, {figures.span}", ("Group", *STAGE_COLUMNS), tuple(rows))


def _counts(figures: OrganisationFigures, group: str, white: bool) -> tuple[Cell, ...]:
    first, last = figures.stage(SHORTLISTING, group), figures.stage(APPOINTMENT, group)
    name = "White" if white else group
    if first.hidden:
        return tuple(Cell(f"{column.lower()}.{name}", None) for column in STAGE_COLUMNS)
    side = "white" if white else "group"
    numbers = (
        getattr(first.likelihood, f"{side}_people"),
        getattr(first.likelihood, f"{side}_successful"),
        getattr(last.likelihood, f"{side}_successful"),
    )
    return tuple(
        Cell(f"{column.lower()}.{name}", whole(number)) for column, number in zip(STAGE_COLUMNS, numbers, strict=True)
    )


def likelihood_table(figures: OrganisationFigures) -> Table:
    """How many times as likely White people were as each group to succeed, at each stage and over both."""
    rows = tuple(
        (
            f"White beside {group}",
            tuple(
                Cell(f"likelihood.{measure.key}.{group}", _likelihood(figures.stage(measure, group)))
                for measure in MEASURES.values()
            ),
        )
        for group in figures.groups
    )
    return Table(
        f"Relative likelihood of White people beside each group, with its likely range, {figures.span}",
        ("Groups compared", *(measure.title for measure in MEASURES.values())),
        rows,
        note="Above 1: White people were more likely to succeed. Below 1: they were less likely.",
    )


def _likelihood(figure: StageFigure) -> str | None:
    if figure.hidden:
        return None
    if figure.likelihood.ratio is None:
        return ratio(None)
    return f"{ratio(figure.likelihood.ratio)} ({interval(*figure.likelihood.confidence_interval())})"


def exact_table(figures: OrganisationFigures) -> Table:
    """Each group at each stage against equal chances within each vacancy, exactly."""
    rows = tuple(
        (f"{figure.group}: {figure.measure.done} of {figure.measure.people}", _exact(figure))
        for figure in figures.stages
    )
    return Table(
        f"Each group beside White people, within vacancies, {figures.span}",
        ("Group and stage", "Observed", "Expected", "95% chance range", "Mid-p", "Vacancies", "Informative"),
        rows,
        note="Informative vacancies are those that could have gone either way: both groups there, and neither "
        "nobody nor everybody successful.",
    )


def _exact(figure: StageFigure) -> tuple[Cell, ...]:
    key = f"{figure.measure.key}.{figure.group}"
    observed = Cell(f"observed.{key}", whole(figure.likelihood.group_successful))
    if not figure.exactly:
        absent = ("expected", "range", "mid-p", "vacancies", "informative")
        return (observed, *(Cell(f"{name}.{key}", "not known: totals only") for name in absent))
    exactly, chance = figure.exactly, figure.expected
    return (
        observed,
        Cell(f"expected.{key}", f"{exactly.expected:.2f} (sd {exactly.standard_deviation:.2f})"),
        Cell(f"range.{key}", f"{chance.low} to {chance.high}"),
        Cell(f"mid-p.{key}", f"{exactly.mid_p:.3f}"),
        Cell(f"vacancies.{key}", whole(exactly.vacancies)),
        Cell(f"informative.{key}", whole(exactly.informative)),
    )


def groups_table(exact: ExactQuarter, roll_up: str) -> Table:
    """How many people of every group reached each stage, at one level of detail."""
    rows = tuple(
        (
            one.group,
            (
                Cell(f"{roll_up}.applicants.{one.group}", whole(one.applicants)),
                Cell(f"{roll_up}.shortlisted.{one.group}", whole(one.shortlisted)),
                Cell(f"{roll_up}.appointed.{one.group}", whole(one.appointed)),
            ),
        )
        for one in exact.groups
        if one.roll_up == roll_up
    )
    return Table(f"{ROLL_UPS[roll_up]}, {exact.figures.span}", ("Group", *STAGE_COLUMNS), rows)


def receipts_table(exact: ExactQuarter) -> Table:
    """What became of every row received."""
    rows = tuple(
        (
            one.file,
            (
                Cell(f"received.{one.file}", whole(one.received)),
                Cell(f"accepted.{one.file}", whole(one.accepted)),
                Cell(f"rejected.{one.file}", whole(one.rejected)),
            ),
        )
        for one in exact.receipts
    )
    return Table(f"Rows received, {exact.figures.span}", ("File", "Received", "Accepted", "Rejected"), rows)
