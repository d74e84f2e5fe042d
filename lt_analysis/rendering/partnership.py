"""The partnership's own figures on the front page: its latest year and quarter, and whose numbers they add up."""

from collections.abc import Sequence
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
from lt_analysis.rendering.group_shares import GroupShare
from lt_analysis.rendering.html import Html, Table
from lt_analysis.rendering.names import name_of
from lt_analysis.rendering.numbers import whole
from lt_analysis.rendering.over_time import NO_BREAK

NO_YEAR_TOGETHER = "No year of the partnership can be shown yet: too few organisations sent every return of it."
NO_QUARTER = "No quarter of the partnership can be shown yet: too few organisations sent it."
MOST_QUARTERS_BEFORE = 4  # back to the same quarter of last year
NO_APPOINTMENTS = "How many appointments went to {people} is not shown, so that nobody can be identified."
MOST_LEFT_OUT = 3  # organisations that are named as those that a total leaves out, and not those that it adds up
LEFT_OUT_OF_YEAR = "What is left out sent only totals for the year, or not every return of it."
LEFT_OUT_OF_QUARTER = "What is left out sent no return of it, or had nobody in it."
BEYOND_CHANCE = "That is further apart than chance alone usually puts them. The counts do not show why."
NOT_ADJUSTED = "People apply for different posts, so a difference between these shares may be one between posts."


def headline(release: Release) -> dict[str, str]:
    """State the last stage of the latest year that is shown, in at most 15 words; empty where none is."""
    decision = _last_shown(release.years)
    if decision is None:
        return {}
    latest = release.years[-1]
    return {"headline": f"{_went(latest, decision)} in {latest.span}."}


def behind_headline(release: Release) -> dict[str, str]:
    """Say who could have come to that stage, whether their share differed from it, and what that cannot tell."""
    decision = _last_shown(release.years)
    if decision is None:
        return {}
    latest = release.years[-1]
    hidden = "" if decision == DECISIONS[-1] else NO_APPOINTMENTS.format(people=people_of(BME))
    of, members = f"They were {_of_people(latest, decision)}", _adds_up(latest, release)
    return {"headline.of": of, "headline.members": members, "headline.hidden": hidden, "headline.caution": NOT_ADJUSTED}


def of_quarter(release: Release) -> dict[str, str]:
    """State the last stage of the latest quarter that is shown, as the headline does the year's; empty of none."""
    decision = _last_shown(release.quarters)
    if decision is None:
        return {}
    latest = release.quarters[-1]
    said = f"{parse_period(latest.span).in_words}, the latest quarter: {counts(latest, decision)}"
    return {"quarter": said, "quarter.members": _adds_up(latest, release)}


def _last_shown(tables: Sequence[PeopleTable]) -> Measure | None:
    shown = [one for one in DECISIONS if tables and counts(tables[-1], one)]
    return shown[-1] if shown else None


def counts(table: PeopleTable, measure: Measure) -> str:
    """State how many went to the group, who could have come to it, and what the two shares tell; empty of a hidden."""
    numbers = [table.number(stage, group, ALL_BANDS) for stage in measure.counts for group in (BME, KNOWN)]
    if any(one.hidden for one in numbers):
        return ""
    return f"{_went(table, measure)}, who were {_of_people(table, measure)}"


def _went(table: PeopleTable, measure: Measure) -> str:
    return f"{_of_all(table, measure.counts[1])} {measure.event} went to {people_of(BME)}"


def _of_people(table: PeopleTable, measure: Measure) -> str:
    """Say of how many people they were, and how their share of the outcome compares: no share is given of a few."""
    before, after = (GroupShare.of(table, stage) for stage in measure.counts)
    of = f"{_of_all(table, measure.counts[0])} {measure.people}"
    if not (before.shown and after.shown):
        return f"{of}."
    return f"{of}, {before.in_short}. {_beside(before, after, measure)}"


def _beside(before: GroupShare, after: GroupShare, measure: Measure) -> str:
    """Say whether the later share was smaller or larger, and whether by more than chance alone usually makes."""
    share, of = f"Their share of {measure.event} was", before.share.share
    if after.in_short == before.in_short:
        return f"{share} the same: {after.with_range}."
    said = f"{share} {'smaller' if after.share.share < of else 'larger'}: {after.with_range}."
    low, high = after.likely
    if low <= of <= high:
        return f"{said} The range reaches their share of {measure.people}, so this may be chance."
    return f"{said} {BEYOND_CHANCE}"


def _of_all(table: PeopleTable, stage: str) -> str:
    some, everybody = (table.number(stage, group, ALL_BANDS).people for group in (BME, KNOWN))
    return f"{whole(some)} of {whole(everybody)}"


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
    """Show the latest quarter of all organisations together, what it tells, who they are, and the quarters before."""
    if not release.quarters:
        return html.paragraphs({"partnership.quarter": NO_QUARTER})
    *before, latest = release.quarters
    caption = f"Everybody of known ethnicity at each stage, {latest.span}"
    table = people.stages_table(latest, caption, people.known(latest), latest.span, shares=True)
    said = {f"quarter.{one.key}": counts(latest, one) for one in DECISIONS}
    others = [html.folded("Show the quarters before", *quarters_before(before))] if before else []
    return html.joined(table, html.paragraphs(said), _members(latest, release), *others)


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


def _adds_up(table: PeopleTable, release: Release) -> str:
    return f"This adds up {added_up(table, release)}."


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
