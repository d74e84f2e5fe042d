"""The tables of a page, computed from its figures."""

from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.measures import APPOINTMENT, OF_RECRUITMENT, SHORTLISTING, STAGES, Measure
from lt_analysis.codebook.naming import capitalised, people_of
from lt_analysis.codebook.words import RANGE_IF_EQUAL, called
from lt_analysis.release.figures import ExactQuarter, GroupCount, OrganisationFigures, Share, StageFigure, Status
from lt_analysis.release.keys import ALL_BANDS, KNOWN, Key
from lt_analysis.rendering import html, people, sentences
from lt_analysis.rendering.figure import named
from lt_analysis.rendering.forms import form_of, say
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.measure_figures import EXACT_YEAR, Decision, cell_of
from lt_analysis.rendering.numbers import SMALLEST_BASE, percentage, probability, whole
from lt_analysis.rendering.people import STAGE_COLUMNS
from lt_analysis.rendering.shown import Said, Template

PEOPLE_AT_EACH_STAGE = Template("people_at_each_stage", "People of known ethnicity at each stage, {span}")
TWO_GROUPS_OF_BANDS = Template("two_groups_of_bands", "The same people in two groups of bands, {span}")
SHARES_WHO_WENT_ON = Template("shares_who_went_on", "Shares who went on at each stage, all posts added up, {span}")
RATIOS = Template(
    "ratios", "Relative likelihood, all posts added up, White ÷ each group, with its margin of error, {span}"
)
NO_COUNTS = "There are no figures for the year, because a return is missing or could not be used."
NO_COMPARISON = "So nobody can be compared within vacancies."
ONLY_TOTALS = "Only totals were sent, so people cannot be compared within vacancies."
NO_CAMPAIGN = "There was no international or bulk campaign this quarter."
DECLARED = "The organisation declares that it runs no international or bulk campaigns, and none was sent this quarter."
NO_BANDS = "So there are none by band."
NO_RATIO = "No ratio is given, because there are no figures for the year."
ROLL_UPS = {
    "wres": "White people, {people}, and people of unknown ethnicity",
    "five": "Five groups of the census",
    "nineteen": "Nineteen groups of the census",
}


def counts_table(figures: OrganisationFigures) -> Html | Table:
    """How many people of each group reached each stage.

    Where the year is not complete nothing is withheld, so no table says that it is.
    """
    if figures.status != Status.COMPLETE:
        return html.paragraphs({cell_of(figures, "counts.none"): NO_COUNTS})
    caption = say(PEOPLE_AT_EACH_STAGE, figures, named(figures))
    if figures.people is not None:
        return people.stages_table(figures.people, caption, _groups_of(figures))
    return _counts_table(figures, caption, cell_of(figures, ""))


def _groups_of(figures: OrganisationFigures) -> list[str]:
    return [group for group in (REFERENCE, *figures.groups, KNOWN) if group in figures.people.groups]


def shares_table(figures: OrganisationFigures) -> Table:
    """Return what the chart of shares draws: how many people of each group reached each stage, and which share."""
    caption = say(SHARES_WHO_WENT_ON, figures, named(figures))
    if figures.people is not None:
        return people.stages_table(figures.people, caption, _groups_of(figures), "shares", shares=True)
    table = _counts_table(figures, caption, cell_of(figures, "shares."))
    rows = tuple(
        (name, (*cells, *_exact_shares(figures, group)))
        for (name, cells), group in zip(table.rows, (REFERENCE, *figures.groups), strict=True)
    )
    return Table(caption, (*table.columns, *people.SHARE_COLUMNS), rows)


def _exact_shares(figures: OrganisationFigures, group: str) -> tuple[Cell, ...]:
    side, compared = ("white", figures.groups[0]) if group == REFERENCE else ("group", group)
    shares = [getattr(figures.stage(measure, compared).likelihood, f"{side}_share", None) for measure in STAGES]
    names = [f"share-{done}" for _, done in people.SHARE_COLUMNS.values()]
    return tuple(
        Cell(cell_of(figures, f"{name}.{group}"), _share(share)) for name, share in zip(names, shares, strict=True)
    )


def _share(share: Share | None) -> str | None:
    if share is None:
        return None
    return NOT_GIVEN if share.people < SMALLEST_BASE else percentage(share.share)


def bands_table(figures: OrganisationFigures) -> Html | Table:
    """How many people of each group reached each stage, in two groups of bands."""
    if figures.status != Status.COMPLETE:
        return html.paragraphs({"bands": NO_BANDS})
    bands = [band for band in figures.people.bands if band != ALL_BANDS]
    if not bands:
        return html.paragraphs({"bands": "What was sent does not tell single bands apart."})
    return people.bands_table(figures.people, say(TWO_GROUPS_OF_BANDS, figures, named(figures)), bands)


def several_years(figures: OrganisationFigures) -> Html:
    """Return years added up where each of them hides too much; nothing where there are none."""
    if not figures.together:
        return html.NOTHING
    paragraph = html.paragraphs({"together": sentences.why_together(figures)})
    return html.section(
        "Several years added up", paragraph, *map(people.several_years_table, figures.together), level=3
    )


def campaigns_table(exact: ExactQuarter) -> Html | Table:
    """How many people of each group stood in international and bulk campaigns; no ratio is given for a quarter."""
    figures = exact.campaigns
    if not any(stage.likelihood.white_people + stage.likelihood.group_people for stage in figures.stages):
        return html.paragraphs({"campaigns": DECLARED if exact.no_campaigns else NO_CAMPAIGN})
    caption = f"People of known ethnicity in campaigns, {figures.span}"
    return _counts_table(figures, caption, prefix="campaigns.")


def _counts_table(figures: OrganisationFigures, caption: str, prefix: str) -> Table:
    rows = [("White", _counts(figures, figures.groups[0], "White", prefix))]
    rows += [(capitalised(called(group)), _counts(figures, group, group, prefix)) for group in figures.groups]
    return Table(caption, ("Group", *STAGE_COLUMNS), tuple(rows))


def _counts(figures: OrganisationFigures, group: str, shown: str, prefix: str) -> tuple[Cell, ...]:
    keys = [f"{prefix}{column.lower()}.{shown}" for column in STAGE_COLUMNS]
    first, last = figures.stage(SHORTLISTING, group).likelihood, figures.stage(APPOINTMENT, group).likelihood
    if first is None or last is None:
        return tuple(Cell(key, None) for key in keys)
    side = "white" if shown == "White" else "group"
    numbers = (
        getattr(first, f"{side}_people"),
        getattr(first, f"{side}_successful"),
        getattr(last, f"{side}_successful"),
    )
    return tuple(Cell(key, whole(number)) for key, number in zip(keys, numbers, strict=True))


def likelihood_table(figures: OrganisationFigures | None) -> Html | Table:
    """The share of White people who succeeded as a multiple of each group's, at each stage and over both.

    Where an exact page has no year of the audit's own, there is none.
    """
    if figures is None:
        return html.paragraphs({f"{EXACT_YEAR}likelihood.none": NO_RATIO})
    if figures.status != Status.COMPLETE:
        return html.paragraphs({cell_of(figures, "likelihood.none"): NO_RATIO})
    rows = tuple(
        (
            Said.join("", ("White compared with ", called(group))),
            tuple(
                Cell(
                    cell_of(figures, f"likelihood.{measure.key}.{group}"),
                    worked_out_from=_keys(figures, measure, group),
                    **form_of("ratio_and_range", decision := Decision(figures, measure, group), decision.name),
                )
                for measure in OF_RECRUITMENT
            ),
        )
        for group in figures.groups
    )
    return Table(
        say(RATIOS, figures, named(figures)),
        ("Groups", *(measure.title for measure in OF_RECRUITMENT)),
        rows,
        note="Above 1: the share of White people who succeeded was larger. Below 1: it was smaller. "
        "Where the range holds 1, the counts do not show which.",
    )


def _keys(figures: OrganisationFigures, measure: Measure, group: str) -> tuple[Key, ...]:
    """Return the keys of the four counts of a comparison; an exact page has none."""
    if figures.people is None:
        return ()
    number = figures.people.number
    return tuple(number(stage, compared, ALL_BANDS).key for stage in measure.counts for compared in (REFERENCE, group))


def exact_table(figures: OrganisationFigures) -> Html | Table:
    """Each group at each stage against equal chances within each vacancy, exactly."""
    if figures.status != Status.COMPLETE:
        return html.paragraphs({cell_of(figures, "exact.none"): NO_COMPARISON})
    if not figures.adjusted_for_vacancies:
        return html.paragraphs({cell_of(figures, "exact"): ONLY_TOTALS})
    rows = tuple(
        (
            capitalised(f"{called(figure.group)} {figure.measure.done}"),
            _exact(figures, figure),
        )
        for figure in figures.stages
    )
    return Table(
        f"Each group compared with White people within vacancies, {figures.span}",
        ("Group and stage", "Observed", "Expected", "Standard deviation", RANGE_IF_EQUAL, "Exact p", "Posts")
        + ("Could have gone either way",),
        rows,
        note="A post could have gone either way where both groups were there, and neither nobody nor everybody was "
        "successful.",
    )


def _exact(figures: OrganisationFigures, figure: StageFigure) -> tuple[Cell, ...]:
    exactly, chance = figure.exactly, figure.expected
    texts = {
        "observed": whole(figure.likelihood.group_successful),
        "expected": f"{exactly.expected:.2f}",
        "deviation": f"{exactly.standard_deviation:.2f}",
        "range": f"{chance.low} to {chance.high}",
        "p": probability(exactly.p),
        "vacancies": whole(exactly.vacancies),
        "informative": whole(chance.informative),
    }
    names = {name: cell_of(figures, f"{name}.{figure.measure.key}.{figure.group}") for name in texts}
    return tuple(Cell(names[name], text) for name, text in texts.items())


def groups_table(exact: ExactQuarter, roll_up: str) -> Html | Table:
    """How many people of every group reached each stage, at one level of detail."""
    counted = [count for count in exact.groups if count.roll_up == roll_up]
    everybody = sum(count.reached[0] for count in exact.groups if count.roll_up == "wres")
    named = ROLL_UPS[roll_up].format(people=people_of(BME))
    if sum(count.reached[0] for count in counted) < everybody or not counted:
        sentence = f"{named}: what was sent does not tell single groups apart."
        return html.paragraphs({f"{roll_up}.none": sentence})
    rows = tuple((capitalised(called(count.group)), _group_cells(count)) for count in counted)
    return Table(f"{named}, {exact.figures.span}", ("Group", *STAGE_COLUMNS), rows)


def _group_cells(count: GroupCount) -> tuple[Cell, ...]:
    return tuple(
        Cell(f"{count.roll_up}.{column.lower()}.{count.group}", whole(number))
        for column, number in zip(STAGE_COLUMNS, count.reached, strict=True)
    )


def receipts_table(exact: ExactQuarter) -> Table:
    """What became of every row received."""
    rows = tuple(
        (
            receipt.file,
            (
                Cell(f"received.{receipt.file}", whole(receipt.received)),
                Cell(f"accepted.{receipt.file}", whole(receipt.accepted)),
                Cell(f"rejected.{receipt.file}", whole(receipt.rejected)),
                Cell(f"set-aside.{receipt.file}", whole(receipt.set_aside)),
            ),
        )
        for receipt in exact.receipts
    )
    headings = ("File", "Received", "Accepted", "Rejected", "Set aside")
    return Table(f"Rows received, {exact.figures.span}", headings, rows)
