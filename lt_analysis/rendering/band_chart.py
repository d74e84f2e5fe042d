"""The group's share of those appointed in each band, beside its share of applicants."""

from math import ceil, floor

from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.release.figures import PeopleTable, Release
from lt_analysis.rendering import html, people
from lt_analysis.rendering.charts import BESIDE_LOOK, GROUP_LOOK, Chart, mostly_shown, table_instead
from lt_analysis.rendering.forms import say
from lt_analysis.rendering.group_shares import GroupShare
from lt_analysis.rendering.html import Html, Table
from lt_analysis.rendering.lines import Line, Mark, Scale, drawings
from lt_analysis.rendering.measure_figures import band_shares
from lt_analysis.rendering.shown import Template

APPLIED, _, APPOINTED = RECRUITMENT.keys
STEP = 0.1  # of the scale of shares, which holds all that is drawn and begins and ends at a whole step
MOST_TICKS = 5
NO_CHART = "No chart by band: no year of the partnership can be shown yet."
NO_BAND = "No chart by band: in no band can the share of those appointed be shown."


FINDING = Template("bands", "{bme_people}: their share of those appointed beside their share of applicants.")
MEASURED = Template(
    "shares_by_band",
    "{bme_people} as a share of applicants, and of those appointed with its margin of error (95%), band by band, "
    "{span_in_words}",
)
SOURCE = Template("returns_added_up", "Returns of the organisations added up, {span}")
CAPTION = Template("bands_caption", "{bme_people} among applicants and those appointed, band by band, {span}")
HOW_TO_READ = (
    "A square is the share of applicants, a diamond that of those appointed, and its line the margin of error of that. "
    "A difference can come from which posts people applied to. A line without a mark is not shown, or has too few "
    "people for a share. The scale holds what is drawn, and need not begin at nought."
)


def band_chart(release: Release) -> Chart | Html:
    """Draw the partnership's latest year band by band; a band that is hidden has a word and no mark."""
    if not release.years:
        return html.note(NO_CHART)
    year = release.years[-1]
    pairs = band_shares(year)
    if not any(after.shown for _, after in pairs.values()):
        return html.note(NO_BAND)
    name = year.name
    if not mostly_shown(sum(share.shown for pair in pairs.values() for share in pair), 2 * len(pairs)):
        return table_instead(_table(year, pairs))
    return Chart(
        finding=say(FINDING, year, name).capitalised(),
        measure=say(MEASURED, year, name).capitalised(),
        reading=HOW_TO_READ,
        source=say(SOURCE, year, name),
        data=_table(year, pairs),
        seen="For each band a square and a diamond on a scale of shares.",
        **drawings([line for band, pair in pairs.items() for line in _lines(band, *pair)], _scale(pairs)),
    )


def _scale(pairs: dict[str, tuple[GroupShare, GroupShare]]) -> Scale:
    """Reach from the step below every share and range that is drawn to the one above: marks have the whole width."""
    squares = [before.share.share for before, _ in pairs.values() if before.shown]
    ends = [end for _, after in pairs.values() if after.shown for end in (*after.likely, after.share.share)]
    low, high = floor(min(squares + ends) / STEP), ceil(max(squares + ends) / STEP)
    interval = -(-(high - low) // MOST_TICKS)
    ticks = [step * STEP for step in range(low, high + 1, interval)]
    return Scale(limits=(low * STEP, high * STEP), ticks={tick: f"{tick:.0%}" for tick in ticks})


def _lines(band: str, before: GroupShare, after: GroupShare) -> tuple[Line, Line]:
    square = Mark(before.share.share, None, BESIDE_LOOK) if before.shown else None
    diamond = Mark(after.share.share, after.likely, GROUP_LOOK) if after.shown else None
    return (
        Line(f"{people.band_name(band)}: applicants", before.in_words, square),
        Line(f"{people.band_name(band)}: appointed", after.in_words, diamond, begins=False),
    )


def _table(year: PeopleTable, pairs: dict[str, tuple[GroupShare, GroupShare]]) -> Table:
    columns = [heading for stage in (APPLIED, APPOINTED) for heading in people.share_columns(stage)]
    rows = tuple(
        (people.band_name(band), (*people.share_cells(before, "bands"), *people.share_cells(after, "bands")))
        for band, (before, after) in pairs.items()
    )
    caption = say(CAPTION, year, year.name).capitalised()
    return Table(caption, ("Band", *columns), rows, members=year.members)
