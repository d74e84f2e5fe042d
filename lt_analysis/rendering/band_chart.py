"""The group's share of those appointed in each band, beside its share of applicants."""

from math import ceil, floor

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.naming import capitalised, people_of
from lt_analysis.codebook.periods import parse_period
from lt_analysis.codebook.words import called
from lt_analysis.release.figures import PeopleTable, Release
from lt_analysis.release.keys import CUTS, KNOWN, STAGES
from lt_analysis.rendering.charts import BESIDE_LOOK, GROUP_LOOK, Chart
from lt_analysis.rendering.group_shares import GroupShare
from lt_analysis.rendering.html import Html, Table
from lt_analysis.rendering.lines import Line, Mark, Scale, drawings
from lt_analysis.rendering.people import STAGE_COLUMNS, name_of

APPLIED, _, APPOINTED = STAGES
STEP = 0.1  # of the scale of shares, which holds all that is drawn and begins and ends at a whole step
MOST_TICKS = 5
NO_CHART = "No chart by band: no year of the partnership can be shown yet."
NO_BAND = "No chart by band: in no band can the share of those appointed be shown."


def band_chart(release: Release) -> Chart | Html:
    """Draw the partnership's latest year band by band; a band that is hidden has a word and no mark."""
    if not release.years:
        return Html(f'<p class="note">{NO_CHART}</p>')
    year = release.years[-1]
    bands = [band for band in year.bands if len(CUTS[band]) == 1]
    pairs = {band: (GroupShare.of(year, APPLIED, band), GroupShare.of(year, APPOINTED, band)) for band in bands}
    if not any(after.shown for _, after in pairs.values()):
        return Html(f'<p class="note">{NO_BAND}</p>')
    return Chart(
        finding=_finding(pairs),
        measure=f"{capitalised(people_of(BME))} as a share of applicants, and of those appointed with its likely range "
        f"(95%), band by band, {parse_period(year.span).in_words}",
        alt="Two marks for each band: a square for the share of applicants, a diamond with a range for the share of "
        "those appointed. " + " ".join(_in_words(band, *pair) for band, pair in pairs.items()),
        reading="Where a diamond's line does not reach the square, the difference is larger than chance alone usually "
        "makes. It can still come from which posts people applied to. A line without a mark is not shown, or has too "
        "few people for a share; only bands with both marks are compared. The scale holds what is drawn, and need not "
        "begin at nought.",
        source=f"Returns of the organisations added up, {parse_period(year.span).in_words}",
        data=_table(year, pairs),
        **drawings([line for band, pair in pairs.items() for line in _lines(band, *pair)], _scale(pairs)),
    )


def _scale(pairs: dict[str, tuple[GroupShare, GroupShare]]) -> Scale:
    """Reach from the step below every share and range that is drawn to the one above: marks have the whole width."""
    squares = [before.share.share for before, _ in pairs.values() if before.shown]
    ends = [end for _, after in pairs.values() if after.shown for end in (*after.likely, after.share.share)]
    low, high = floor(min(squares + ends) / STEP), ceil(max(squares + ends) / STEP)
    every = -(-(high - low) // MOST_TICKS)
    ticks = [step * STEP for step in range(low, high + 1, every)]
    return Scale(limits=(low * STEP, high * STEP), ticks={tick: f"{tick:.0%}" for tick in ticks})


def _named(band: str) -> str:
    return band if band.isalpha() else f"Band {band}"


def _lines(band: str, before: GroupShare, after: GroupShare) -> tuple[Line, Line]:
    square = Mark(before.share.share, None, BESIDE_LOOK) if before.shown else None
    diamond = Mark(after.share.share, after.likely, GROUP_LOOK) if after.shown else None
    return (
        Line(f"{_named(band)}: applicants", before.in_words, square),
        Line(f"{_named(band)}: appointed", after.in_words, diamond, begins=False),
    )


def _in_words(band: str, before: GroupShare, after: GroupShare) -> str:
    return f"{_named(band)}: applicants {before.in_short}, appointed {after.with_range}."


def _finding(pairs: dict[str, tuple[GroupShare, GroupShare]]) -> str:
    """Say in how many bands the share of those appointed lies beyond its likely range of that of applicants."""
    both = [(before.share.share, after.likely) for before, after in pairs.values() if before.shown and after.shown]
    people, of = capitalised(people_of(BME)), len(both)
    lower, higher = sum(high < share for share, (_, high) in both), sum(low > share for share, (low, _) in both)
    if not both:
        return f"{people}: the share of applicants is not shown in any band."
    if lower and higher:
        return f"{people}: share of appointments lower in {lower}, higher in {higher}, of {of} bands compared."
    if lower or higher:
        which = "lower" if lower else "higher"
        return (
            f"{people}: {which} share of appointments than of applicants in {lower or higher} of {of} bands compared."
        )
    where = {1: "the one band", 2: "both bands"}.get(of, f"all {of} bands")
    return f"{people}: share of appointments fits that of applicants in {where} compared."


def _table(year: PeopleTable, pairs: dict[str, tuple[GroupShare, GroupShare]]) -> Table:
    columns = [
        heading
        for stage in (STAGE_COLUMNS[0], STAGE_COLUMNS[-1])
        for heading in (
            f"{stage}: {called(BME)}",
            f"{stage}: {name_of(KNOWN).lower()}",
            f"{stage}: {called(BME)} share",
        )
    ]
    rows = tuple(
        (_named(band), (*before.cells("bands"), *after.cells("bands"))) for band, (before, after) in pairs.items()
    )
    caption = f"{capitalised(people_of(BME))} among applicants and those appointed, band by band, {year.span}"
    return Table(caption, ("Band", *columns), rows, members=year.members)
