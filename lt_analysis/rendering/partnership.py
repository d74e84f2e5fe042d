"""The partnership's own figures on the front page: its latest year and quarter, and whose numbers they add up."""

from itertools import groupby

from lt_analysis.codebook.ethnicity import BME, FIVE_GROUPS, REFERENCE
from lt_analysis.codebook.measures import STAGES as DECISIONS
from lt_analysis.codebook.measures import Measure
from lt_analysis.codebook.naming import capitalised, people_of
from lt_analysis.codebook.periods import parse_period
from lt_analysis.codebook.words import called
from lt_analysis.release.figures import PeopleTable, Release
from lt_analysis.release.keys import ALL_BANDS, KNOWN, STAGES
from lt_analysis.rendering import evidence_items, html, people
from lt_analysis.rendering.html import Html, Table
from lt_analysis.rendering.names import name_of
from lt_analysis.rendering.numbers import percentage, whole
from lt_analysis.rendering.over_time import NO_BREAK

NO_YEAR_TOGETHER = (
    "No year of the partnership can be shown yet. It takes three organisations that sent every return of it."
)
NO_QUARTER = "No quarter of the partnership can be shown yet. It takes three organisations that sent it."
MOST_QUARTERS_BEFORE = 8
NO_APPOINTMENTS = "How many appointments went to {people} is not shown, so that nobody can be identified."
MOST_LEFT_OUT = 3  # organisations that are named as those that a total leaves out, and not those that it adds up
LEFT_OUT_OF_YEAR = "What is left out sent only totals for the year, or not every return of it."
LEFT_OUT_OF_QUARTER = "What is left out sent no return of it, or had nobody in it."
NOT_ADJUSTED = "People apply for different posts, so a difference between these shares may be one between posts."


def headline(release: Release) -> dict[str, str]:
    """State the last stage of the latest year that is shown, in at most 15 words; empty where none is."""
    decision = _last_shown(release)
    if decision is None:
        return {}
    latest = release.years[-1]
    done = _of_all(latest, decision.counts[1])
    return {"headline": f"{done} {decision.event} went to {people_of(BME)} in {latest.span}."}


def behind_headline(release: Release) -> dict[str, str]:
    """Say who could have come to that stage, which share was larger, and what that cannot tell."""
    decision = _last_shown(release)
    if decision is None:
        return {}
    latest = release.years[-1]
    hidden = "" if decision == DECISIONS[-1] else NO_APPOINTMENTS.format(people=people_of(BME))
    of = f"They were {_of_all(latest, decision.counts[0])} {decision.people}{_beside(latest, decision)}."
    members = f"This adds up {added_up(latest, release)}."
    return {"headline.of": of, "headline.members": members, "headline.hidden": hidden, "headline.caution": NOT_ADJUSTED}


def _last_shown(release: Release) -> Measure | None:
    shown = [one for one in DECISIONS if release.years and counts(release.years[-1], one)]
    return shown[-1] if shown else None


def _of_all(latest: PeopleTable, stage: str) -> str:
    some, everybody = (latest.number(stage, group, ALL_BANDS).people for group in (BME, KNOWN))
    return f"{whole(some)} of {whole(everybody)}"


def _beside(latest: PeopleTable, decision: Measure) -> str:
    """Add which of the two shares was smaller, where neither is of a few people: counts come first."""
    pairs = [[latest.number(stage, group, ALL_BANDS).people for group in (BME, KNOWN)] for stage in decision.counts]
    if any(everybody < people.SMALLEST_BASE for _, everybody in pairs):
        return ""
    (some, everybody), (done, all_done) = pairs
    of, went = percentage(some / everybody), percentage(done / all_done)
    if of == went:
        return f", {of} of both"
    larger = done * everybody > some * all_done
    return f". Their share of {decision.event} was {'larger' if larger else 'smaller'}: {went}, beside {of}"


def strength(release: Release) -> dict[str, str]:
    """Say how strong the evidence of all organisations' shortlists is; empty where that is not released."""
    said = evidence_items.strength(release.evidence)
    return {"partnership.strength": said} if said else {}


def headline_table(release: Release) -> Html:
    """Set out the latest year in three rows; where there is none, say so."""
    if not release.years:
        return html.paragraphs({"partnership.none": NO_YEAR_TOGETHER})
    latest = release.years[-1]
    everybody = len(latest.members) == len(_everybody(latest, release))
    caption = f"{'All organisations together' if everybody else 'Organisations added up'}, {latest.span}"
    groups = [group for group in (REFERENCE, BME, KNOWN) if group in latest.groups]
    return html.joined(people.stages_table(latest, caption, groups, latest.span, shares=True))


def year(release: Release) -> Html:
    """Show the latest year's single groups, and whose numbers it adds up; the headline table has their sums."""
    if not release.years:
        return html.paragraphs({"partnership": NO_YEAR_TOGETHER})
    latest = release.years[-1]
    single = [year_table(latest)] if {*FIVE_GROUPS} & {*latest.groups} - {REFERENCE} else []
    return html.joined(*single, _members(latest, release))


def counts(latest: PeopleTable, measure: Measure) -> str:
    """State how many went to the group, and its share of those who could have had them; empty where it is hidden."""
    numbers = [latest.number(stage, group, ALL_BANDS) for stage in measure.counts for group in (BME, KNOWN)]
    if any(one.hidden for one in numbers):
        return ""
    of, everybody, done, all_done = (whole(one.people) for one in numbers)
    return (
        f"{done} of {all_done} {measure.event} went to {people_of(BME)}, who were {of} of {everybody} {measure.people}."
    )


def year_table(latest: PeopleTable) -> Table:
    """Set out the five groups at each stage, and the shares who went on; the headline table has their sums."""
    *first, last = (group for group in FIVE_GROUPS if group != REFERENCE)
    note = (
        f"{capitalised(called(BME))}: {', '.join(first)} and {last} people together. The shares are of applicants who "
        "were shortlisted, and of people on shortlists who were appointed; none is given of fewer than twenty people."
    )
    caption = f"Single ethnic groups at each stage, {latest.span}"
    groups = [group for group in people.known(latest) if group in FIVE_GROUPS]
    return people.stages_table(latest, caption, groups, latest.span, shares=True, note=note)


def bands(release: Release) -> Html:
    """Show the latest year of all organisations together, band by band: a table for each stage."""
    if not release.years:
        return html.paragraphs({"partnership.bands": NO_YEAR_TOGETHER})
    tables = (people.each_band_table(release.years[-1], stage) for stage in STAGES)
    return html.folded("Show every group at each stage, band by band", *tables)


def quarter(release: Release) -> Html:
    """Show the latest quarter of all organisations together, who they are, and the quarters before."""
    if not release.quarters:
        return html.paragraphs({"partnership.quarter": NO_QUARTER})
    *before, latest = release.quarters
    caption = f"Everybody of known ethnicity at each stage, {latest.span}"
    table = people.stages_table(latest, caption, people.known(latest), latest.span)
    others = [html.folded("Show the quarters before", *quarters_before(before))] if before else []
    return html.joined(table, _members(latest, release), *others)


def quarters_before(quarters: list[PeopleTable]) -> list[Table]:
    """Set out quarters, the latest first: a table for each stretch of the same organisations."""
    latest_first = quarters[::-1][:MOST_QUARTERS_BEFORE]
    return [_quarters(list(some)) for _, some in groupby(latest_first, key=lambda one: one.members)]


def _quarters(some: list[PeopleTable]) -> Table:
    rows = tuple(
        (f"{one.span.replace('-', NO_BREAK)}: {people.name_of(group)}", people.stage_cells(one, group, prefix=one.span))
        for one in some
        for group in people.known(one)
    )
    columns = ("Quarter and group", *people.STAGE_COLUMNS)
    spans = some[0].span if len(some) == 1 else f"{some[-1].span} to {some[0].span}"
    return Table(f"Quarters before, {spans}", columns, rows, members=some[0].members)


def added_up(table: PeopleTable, release: Release) -> str:
    """Say how many organisations a table adds up, of how many that there are or were."""
    number, everybody = len(table.members), len(_everybody(table, release))
    return f"all {number} organisations" if number == everybody else f"{number} of {everybody} organisations"


def _everybody(table: PeopleTable, release: Release) -> dict[str, str]:
    """Name the partnership's organisations by their folders, and those that a table adds up; one that has left goes by
    its folder.
    """
    now = {one.slug: name_of(one) for one in release.organisations if not one.source}
    return {slug: slug for slug in table.members} | now


def _members(table: PeopleTable, release: Release) -> Html:
    """Name the organisations that a table adds up, or the few that it leaves out, and why it does.

    Those of a quarter are not named again where they are those of the latest year.
    """
    if table not in release.years and release.years and table.members == release.years[-1].members:
        said = f"{parse_period(table.span).in_words}: the same {len(table.members)} organisations as in the year above."
        return html.paragraphs({f"members.{table.span}": said})
    names = _everybody(table, release)
    left_out = [slug for slug in names if slug not in table.members]
    few = 0 < len(left_out) <= MOST_LEFT_OUT
    listed = sorted((names[slug] for slug in (left_out if few else table.members)), key=str.casefold)
    said = f"{parse_period(table.span).in_words}, {added_up(table, release)}: {'all but ' if few else ''}"
    why = LEFT_OUT_OF_YEAR if table in release.years else LEFT_OUT_OF_QUARTER
    return html.paragraphs({f"members.{table.span}": f"{said}{', '.join(listed)}.{f' {why}' if left_out else ''}"})


def evidence(release: Release) -> Html:
    """Say what all organisations' shortlists since the declared start show; nothing where there is no item yet."""
    return evidence_items.section(release.evidence, "partnership.evidence", level=3)
