"""The page on who works at each band: staff of a day, band by band, beside all the staff of whom they are a part.

It is made of released numbers alone. Nobody decided who is at which band on a day: shares are described, and nothing
here says why they are as they are.
"""

from collections.abc import Iterator
from math import ceil, floor

from lt_analysis.codebook.ethnicity import BME, FIVE_GROUPS, REFERENCE
from lt_analysis.codebook.measures import BANDED, BY_HOME, IN_POST, OF_STOCK
from lt_analysis.codebook.naming import capitalised
from lt_analysis.codebook.pay import (
    BANDS_6_AND_7,
    BELOW_BAND_8_TOTAL,
    DIVIDED_AT,
    ELSEWHERE,
    EVERYBODY,
    KINDS_OF_WORK,
    LOWER_BANDS,
    MEDICAL,
    UP_TO_BAND_5,
    UPPER_BANDS,
)
from lt_analysis.codebook.words import GLOSSARY, HIDDEN_SYMBOL, called
from lt_analysis.release.figures import OrganisationFigures, PeopleTable, Release
from lt_analysis.release.keys import ALL_BANDS, KNOWN
from lt_analysis.rendering import html, people
from lt_analysis.rendering.charts import GROUP_LOOK, Chart
from lt_analysis.rendering.figure import named, own
from lt_analysis.rendering.forms import form_of, named_in_full, say
from lt_analysis.rendering.front_page import marks
from lt_analysis.rendering.group_shares import GroupShare
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.lines import Line, Mark, Scale, drawings
from lt_analysis.rendering.measure_figures import Among
from lt_analysis.rendering.metric_figures import Elsewhere
from lt_analysis.rendering.sentences import CORRECTED
from lt_analysis.rendering.shown import Choice, Said, Template
from lt_analysis.rendering.staff_figures import DISPARITIES, Disparity, InPost, LivesNear, coming, not_stated

Figures = OrganisationFigures | Release

TITLE = Template("in_post_title", "Who works at each band: {own_name}")
TITLE_OF_ALL = "Who works at each band: all organisations together"
NOTHING_YET = "No staff can be shown by band yet."
_HERE = (
    "On {span_in_words}, {bme_here} of {known_here} staff at {bands_in_words} whose ethnicity is known were {bme_label}"
)
ANSWER = Choice(
    "in_post",
    by="parity",
    cases={
        "hidden": "How many of the staff at {bands_in_words} are {bme_label} is not shown, so that nobody can be "
        "identified.",
        "few": f"{_HERE}.",
        "as many": (
            f"{_HERE} ({{share_here}}), compared with {{share_of_all}} of all staff: as many as that share gives."
        ),
        **{
            word: (
                f"{_HERE} ({{share_here}}), compared with {{share_of_all}} of all staff: {{parity_gap}} {word} "
                "than that share gives."
            )
            for word in ("fewer", "more")
        },
    },
)
_AS_MANY = "as many people are appointed at {bands_in_words} as in {span}, and as many leave as are appointed. "
_UNTIL = {
    "next year": f"Say that in the next year {_AS_MANY}",
    "by the goal": (f"Say that in each year until the end of {{coming_by}}, which a goal was declared for, {_AS_MANY}"),
}
_NOT_WORKED_OUT = "How many of the next appointments would bring as large a share as of all staff is not worked out"
NEXT_APPOINTED = Choice(
    "in_post_coming",
    by="coming",
    cases={
        **{
            f"some, {until}": (
                f"{say_that}For as large a share as of all staff, {{coming_needed}} of {{coming_number}} appointed "
                "would have to be {bme_label}. In {span}, {coming_some} of {coming_all} were. With the same chances, "
                "so many or more would be appointed {coming_chance}."
            )
            for until, say_that in _UNTIL.items()
        },
        **{
            f"not all, {until}": (
                f"{say_that}For as large a share as of all staff, it would not be enough even if all {{coming_number}} "
                "appointed were {bme_label}. In {span}, {coming_some} of {coming_all} were."
            )
            for until, say_that in _UNTIL.items()
        },
        **{
            f"any, {until}": (
                f"{say_that}Then the share stays at least as large as of all staff, whoever is appointed. In {{span}}, "
                "{coming_some} of {coming_all} appointed were {bme_label}."
            )
            for until, say_that in _UNTIL.items()
        },
        "none": f"{_NOT_WORKED_OUT}: no appointments of {{span}} are published.",
        "others": (
            f"{_NOT_WORKED_OUT}: the appointments of {{span}} and these staff are not those of the same organisations."
        ),
        "hidden": f"{_NOT_WORKED_OUT}: some of the numbers are not shown, so that nobody can be identified.",
        "few": f"{_NOT_WORKED_OUT}: there are too few people for a share.",
    },
)
FINDING = Template("in_post_finding", "{bme_staff} at each band, beside their share of all staff")
DRAWN = Template("in_post_drawn", "{bme_staff} as a share of those whose ethnicity is known, {span_in_words}")
TABLE = Template("in_post_table", "Staff at each band on {span_in_words}")
TABLE_OF_WORK = Template("in_post_by_work", "Staff by kind of work on {span_in_words}")
ALL_OF_WORK = Template(
    "in_post_of_work",
    "Of {whole_in_words} on {span_in_words} whose ethnicity is known, {bme_here} of {known_here} were {bme_label} "
    "({share_here}).",
)
_AT_BANDS = "At {bands_in_words}, {bme_here} of {known_here} were {bme_label}"
AT_BANDS = Choice(
    "in_post_at_bands",
    by="parity",
    cases={
        "hidden": "At {bands_in_words} it is not shown how many were {bme_label}, so that nobody can be identified.",
        "few": f"{_AT_BANDS}.",
        "as many": f"{_AT_BANDS} ({{share_here}}): as many as that share gives.",
        **{
            word: f"{_AT_BANDS} ({{share_here}}): {{parity_gap}} {word} than that share gives."
            for word in ("fewer", "more")
        },
    },
)
NOT_STATED = Choice(
    "in_post_unknown",
    by="unknown_any",
    cases={
        "none": "The ethnicity of all {all_staff} staff is known.",
        "some": "Ethnicity is not known of {unknown_staff} of all {all_staff} staff ({unknown_share}). They are in no "
        "share on this page.",
    },
)
TABLE_OF_UNKNOWN = Template("in_post_not_stated", "Staff whose ethnicity is not known, {span_in_words}")
TABLE_OF_HOMES = Template("in_post_by_home", "Where staff live on {span_in_words}")
_LIVE = "{lives_here} of {lives_known} live in the six boroughs of South East London ({lives_share})."
LIVES = {
    EVERYBODY: Template("lives_all", f"Of all staff on {{span_in_words}}, {_LIVE}"),
    ALL_BANDS: Template("lives_senior", f"At {{bands_in_words}}, {_LIVE}"),
}
OF_GROUPS = Template("in_post_groups", "Single ethnic groups on {span_in_words}")
OF_ORGANISATIONS = Template("in_post_organisations", "Staff of each organisation on {span_in_words}")
DAYS = "Staff of each day"
DAY = Template("in_post_day", "{span_in_words}")
RATIOS = Template("in_post_ratios", "Race disparity ratios on {span_in_words}")
COVERS = Template("in_post_covers", "The staff of {span_in_words}, each with their main post.")
NEXT = Template("in_post_next", "For the staff of {last_day}, in the report for {next_in_post_report}.")
WHOSE = Choice(
    "in_post_whose",
    by="everybody",
    cases={
        "all": "{added_up}: {members}.",
        "some": (
            "{added_up}: {members}. Left out are those that did not send their staff of that day, or have very few "
            "White staff at Band 8 and above, or very few of other groups."
        ),
    },
)
_RATIO = {
    "lower-middle": ("Lower to middle bands", "the lower bands", "the middle bands"),
    "middle-upper": ("Middle to upper bands", "the middle bands", "the upper bands"),
    "lower-upper": ("Lower to upper bands", "the lower bands", "the upper bands"),
}
DISPARITY = {
    which: Choice(
        f"disparity_{which}",
        by="disparity",
        cases={
            "White larger": (
                f"{title}: {{disparity_ratio}}. For each of their own in {below}, White staff have more people in "
                f"{above} than {{bme_staff}} have."
            ),
            "other larger": (
                f"{title}: {{disparity_ratio}}. For each of their own in {below}, White staff have fewer people in "
                f"{above} than {{bme_staff}} have."
            ),
            "level": (
                f"{title}: {{disparity_ratio}}. For each of their own in {below}, both have about as many people in "
                f"{above}."
            ),
        },
    )
    for which, (title, below, above) in _RATIO.items()
}

NOT_WHY = (
    "These are counts of one day. They do not say why. Who applied, who was promoted and who left would have to be "
    "told apart: the pages on recruitment and on what happened to staff have each."
)
INDICATOR = (
    "Indicator 1 of the Workforce Race Equality Standard (WRES) asks who works at each band. That sets clinical and "
    "other staff apart, and counts very senior managers alone and doctors by grade. Here clinical and other staff are "
    "apart for all organisations together, in kinds of band. Very senior managers are among Band 8c and above, and "
    "doctors of all grades are together. So nobody can be identified."
)
ABOUT_WORK = (
    "The same staff by kind of work, which the standard sets apart. Each kind of band is set beside all staff in the "
    "same kind of work. Doctors and dentists are in neither, nor is anybody whose band and pay are not known. A kind "
    "of band stands here only where enough staff of enough organisations are in each kind of work. Single bands are "
    "not told apart, and no single organisation."
)
# Who is in no band of a table, by whether doctors and dentists have a row in it.
IN_NO_BAND = {
    True: "Staff whose band is not known are counted only in the row for all staff.",
    False: "Doctors and dentists, and staff whose band is not known, are counted only in the row for all staff.",
}
ABOUT_HOMES = (
    "Counted are staff whose borough and ethnicity are known. The six boroughs are Bexley, Bromley, Greenwich, "
    "Lambeth, Lewisham and Southwark. What homes cost there has a part in who can live there."
)
BOARDS = (
    "Of boards, which indicator 9 is about, nothing is published here. The page on the race equality standard has what "
    "organisations have said of their own."
)
RESIDENTS = Template(
    "in_post_residents",
    "In the Census of {residents_year}, {residents_shares} were of Black, Asian, Mixed or other minority ethnic "
    "groups. These are residents of all ages. They are not the people who apply, nor those who could.",
)
SOURCE_OF_RESIDENTS = "Office for National Statistics, Census 2021, ethnic group"
WHO_COUNTS = (
    "Staff in post at the end of the day, as the organisation's own return has them. Who had left by then is not "
    "counted, nor is anybody whose ethnicity is not known."
)
NO_BANDS = (
    "Where posts have no NHS band, staff are placed by their pay, and those below Band 8a are counted together. "
    "They are in neither Bands 1 to 5 nor Bands 6 and 7."
)
ABOUT_RATIOS = (
    "NHS England sets three levels beside one another. Lower bands are 1 to 5, middle bands are 6 and 7, upper bands "
    "are 8a and above. Each ratio takes how many White people there are at the higher level for each White person at "
    "the lower one, and divides that by the same number of the other group. At 1 the two are alike. The third ratio "
    "is the first times the second. NHS England leaves very senior managers out. Here they are in the upper bands, for "
    "no number of them alone is published. Doctors and dentists are in none."
)
NO_RATIOS = (
    "No ratio is given: for some staff only the pay is known, and no band below Band 8a. To count them at one level "
    "and not at another would mislead."
)
NO_RATIOS_OF = Choice(
    "disparity_of_members",
    by="by_pay",
    cases={
        "some": (
            "No ratio is given: for some staff of {by_pay_names} only the pay is known, and not whether their band is "
            "a lower or a middle one. To count them at one level and not at another would mislead."
        )
    },
)
HIDDEN_RATIOS = "No ratio is given: some counts are not shown, so that nobody can be identified."
HOW_TO_READ = (
    "A diamond is the share at these bands, and the line through it its margin of error. The upright line is the share "
    "of all staff. A band without a mark is not shown, or has too few people for a share. The scale holds what is "
    "drawn, and need not begin at nought."
)
NONE_DRAWN = "No chart: of no band can a share be shown."
BESIDE_ALL, BESIDE_WORK = "Beside the share of all staff", "Beside the same kind of work"
WORDS = {
    "Staff": "people in post on the day, each with their main post, as the organisation's return of staff has them.",
    BESIDE_ALL: "how many fewer or more people of the group there are at these bands than there would be if their "
    "share were that of all staff. No share is a target here.",
    BESIDE_WORK: "the same, were their share that of all staff in the same kind of work.",
    "Race disparity ratio": "how much more often White staff are at a higher level, for each of their own at a lower "
    "one, than the other group. Above 1, White staff are further up.",
    "Band 8 and above": "NHS bands 8a to 9 and very senior managers, or a post elsewhere at that pay.",
    "Margin of error": "values that fit the counts. About 1 such range in 20 misses the true value.",
    HIDDEN_SYMBOL: GLOSSARY[HIDDEN_SYMBOL],
}
STAGE = IN_POST.key
# Kinds of band, each with the parts that are told in its place where all of them are.
IN_PARTS = {BELOW_BAND_8_TOTAL: (UP_TO_BAND_5, BANDS_6_AND_7), ALL_BANDS: (LOWER_BANDS, UPPER_BANDS)}
STEP = 0.1  # of the scale of shares
MOST_TICKS = 5
# From the top: each rung, and the bands that are drawn in its place where all of these are told.
RUNGS = (
    (ALL_BANDS, ((UPPER_BANDS, "8b", "8a"), (UPPER_BANDS, "8a-8b"))),
    ("1-7", (("6-7", "1-5"),)),
    (MEDICAL, ()),
)


def heading(figures: Figures) -> Html:
    """Return the page's heading, under its marks."""
    if isinstance(figures, Release):
        return html.heading(TITLE_OF_ALL, marks(figures))
    return html.heading(say(TITLE, figures, named(figures)), html.marks(figures.state, figures.invented))


def main_points(figures: Figures) -> Html:
    """Return who works at Band 8 and above, and higher up, beside all staff; then what that does not say."""
    if not figures.in_post:
        return html.paragraphs({"in-post.none": NOTHING_YET}, "summary")
    table, said = figures.in_post[-1], {}
    for cut in (ALL_BANDS, UPPER_BANDS):
        if table.has(STAGE, BME, cut):
            at = InPost(table, cut)
            said[f"in-post.{cut}"] = say(ANSWER, at, at.name)
            if cut == ALL_BANDS:
                after = coming(figures, at)
                said["in-post.next"] = say(NEXT_APPOINTED, after, after.name)
    residents = Elsewhere(None)
    said |= {"in-post.why": NOT_WHY, "in-post.residents": say(RESIDENTS, residents, residents.name)}
    return html.paragraphs(said | ({"corrected": CORRECTED} if table.corrected else {}), "summary")


def coverage(figures: Figures) -> Html:
    """Return what the page covers, whose staff it adds up, who counts, and when the next figures are due."""
    if not figures.in_post:
        return html.NOTHING
    table = figures.in_post[-1]
    name = table.name
    terms = {"Covers": say(COVERS, table, name)}
    if isinstance(figures, Release):
        among = Among(table, figures)
        terms |= {"Adds up": say(WHOSE, among, among.name).capitalised()}
    if unknown := not_stated(table):
        terms |= {"Not known": say(NOT_STATED, unknown, unknown.name)}
    terms |= {"Who counts": WHO_COUNTS, "The standard": INDICATOR, "Boards": BOARDS}
    terms |= {"Residents": Said.join("", (SOURCE_OF_RESIDENTS, ".")), "Next figures": say(NEXT, table, name)}
    return html.definitions(terms, "coverage")


def by_band(figures: Figures) -> Html:
    """Return the ladder of bands, drawn, and every count that is published of it."""
    if not figures.in_post:
        return html.NOTHING
    table = figures.in_post[-1]
    every = counts(table)
    parts = [_ladder(table, every), every]
    parts += [html.note(NO_BANDS)] if isinstance(figures, Release) or not table.has(STAGE, BME, "1-5") else []
    if isinstance(figures, Release):
        parts += [html.folded("Show single groups, and organisations", *_finer(table, figures))]
    if len(figures.in_post) > 1:
        parts += [_days(figures)]
    return html.joined(*parts)


def ratios(figures: Figures) -> Html:
    """Return the three race disparity ratios, or why there are none: of the partnership, for whose staff."""
    if not figures.in_post:
        return html.NOTHING
    table = figures.in_post[-1]
    found = {which: Disparity(table, which) for which in DISPARITIES}
    reasons = {one.instead for one in found.values()}
    if reasons & {"no bands", "hidden"}:
        said = NO_RATIOS if "no bands" in reasons else HIDDEN_RATIOS
        if isinstance(figures, Release):
            among = Among(table, figures)
            said = say(NO_RATIOS_OF, among, among.name) or said
        return html.paragraphs({"disparity.none": said})
    said = {f"disparity.{which}": say(DISPARITY[which], one, one.name) for which, one in found.items()}
    rows = tuple((_RATIO[which][0], (_ratio(one),)) for which, one in found.items())
    columns = ("From and to", "Ratio and margin of error")
    whose = people.members_of(table)
    caption = say(RATIOS, table, table.name)
    return html.joined(
        html.paragraphs({"disparity.about": ABOUT_RATIOS} | said), Table(caption, columns, rows, members=whose)
    )


def _ratio(one: Disparity) -> Cell:
    keys = tuple(number.key for number in one.numbers)
    return Cell(f"{one.table.span}.{one.which}", worked_out_from=keys, **form_of("disparity_in_a_cell", one, one.name))


def rungs(table: PeopleTable) -> list[str]:
    """Return the bands that are drawn, from the top: the finest that together are each kind of band."""
    found: list[str] = []
    for kind, ways in RUNGS:
        there = [way for way in ways if all(table.has(STAGE, BME, cut) for cut in way)]
        found += there[0] if there else [kind] if table.has(STAGE, BME, kind) else []
    return found


def _ladder(table: PeopleTable, counts: Table) -> Chart | Html:
    shares = {cut: GroupShare.of(table, STAGE, cut) for cut in rungs(table)}
    of_all = GroupShare.of(table, STAGE, EVERYBODY)
    if not (of_all.shown and any(share.shown for share in shares.values())):
        return html.note(NONE_DRAWN)
    name = table.name
    lines = [
        Line(
            people.IN_POST[cut],
            share.in_words,
            Mark(share.share.share, share.likely, GROUP_LOOK) if share.shown else None,
        )
        for cut, share in shares.items()
    ]
    return Chart(
        finding=say(FINDING, table, name).capitalised(),
        measure=say(DRAWN, table, name).capitalised(),
        reading=HOW_TO_READ,
        source=OF_STOCK.source,
        data=counts,
        seen="For each band a diamond on a scale of shares, and an upright line at the share of all staff.",
        **drawings(lines, _scale([share for share in shares.values() if share.shown], of_all)),
    )


def _scale(shares: list[GroupShare], of_all: GroupShare) -> Scale:
    ends = [end for share in shares for end in (*share.likely, share.share.share)] + [of_all.share.share]
    low, high = floor(min(ends) / STEP), ceil(max(ends) / STEP)
    ticks = [step * STEP for step in range(low, high + 1, -(-(high - low) // MOST_TICKS) or 1)]
    limits = (low * STEP, max(high, low + 1) * STEP)
    return Scale(limits=limits, ticks={tick: f"{tick:.0%}" for tick in ticks}, line=of_all.share.share)


def counts(table: PeopleTable) -> Table:
    """Return the staff of each band: White, the group and all; its share, and how far that is from parity."""
    cuts = [cut for cut in table.bands if DIVIDED_AT not in cut]
    note = IN_NO_BAND[MEDICAL in table.bands]
    return _counts(table, cuts, say(TABLE, table, table.name), BESIDE_ALL, "bands", "staff-by-band", note)


def _counts(
    table: PeopleTable, cuts: list[str], caption: str, beside: str, prefix: str, name: str, note: str = ""
) -> Table:
    rows = tuple((people.IN_POST[cut], _cells(InPost(table, cut), prefix)) for cut in cuts)
    label = capitalised(called(BME))
    columns = ("Bands", REFERENCE, label, "All known", Said.join(" ", (label, "share")), beside)
    return Table(caption, columns, rows, note=note, members=people.members_of(table), name=name)


def by_work(figures: Figures) -> Html:
    """Return clinical and other staff apart, of all organisations together, where that is published; else nothing."""
    table = figures.in_post[-1] if isinstance(figures, Release) and figures.in_post else None
    cuts = [cut for cut in table.bands if DIVIDED_AT in cut] if table else []
    if not cuts:
        return html.NOTHING
    said = html.grouped([{"work.about": ABOUT_WORK}, *(_of_work(table, work) for work in KINDS_OF_WORK)], "work")
    caption = say(TABLE_OF_WORK, table, table.name)
    counted = _counts(table, cuts, caption, BESIDE_WORK, "work", "staff-by-work")
    return html.section("Clinical and other staff", said, counted)


def _of_work(table: PeopleTable, work: str) -> dict[str, str]:
    """Return what is said of one kind of work: all of it, then each kind of band; with Bands 1 to 7 if not in parts."""
    told = [cut.partition(DIVIDED_AT)[0] for cut in table.bands if cut.endswith(f"{DIVIDED_AT}{work}")]
    in_parts = [kind for kind, parts in IN_PARTS.items() if set(parts) <= set(told)]
    every = [InPost(table, f"{cut}{DIVIDED_AT}{work}") for cut in told if cut not in (*in_parts, EVERYBODY, BANDED)]
    wholes = [InPost(table, at.whole) for at in every[:1] if at.whole]
    said = {f"work.{at.cut}": say(ALL_OF_WORK, at, at.name) for at in wholes}
    return said and said | {f"work.{at.cut}": say(AT_BANDS, at, at.name) for at in every}


def where_staff_live(figures: Figures) -> Html:
    """Return how many staff live in the six boroughs, of all organisations together, where it is published."""
    tables = figures.divided_by(BY_HOME) if isinstance(figures, Release) else ()
    kinds = [kind for kind in (EVERYBODY, ALL_BANDS) if tables and f"{kind}.{ELSEWHERE}" in tables[-1].bands]
    if not kinds:
        return html.NOTHING
    table, label = tables[-1], capitalised(called(BME))
    every = [LivesNear(table, kind, group) for kind in kinds for group in (REFERENCE, BME, KNOWN)]
    said = {"homes.about": ABOUT_HOMES} | {
        f"homes.{one.kind}": say(LIVES[one.kind], one, one.name) for one in every if one.group == KNOWN
    }
    rows = tuple(
        (
            Said.join(": ", (people.IN_POST[one.kind], label if one.group == BME else people.name_of(one.group))),
            _lives(one),
        )
        for one in every
    )
    columns = ("Staff", "In the six boroughs", "Elsewhere", "Share in the six boroughs")
    caption = say(TABLE_OF_HOMES, table, table.name)
    counted = Table(caption, columns, rows, members=people.members_of(table), name="staff-by-home")
    return html.section("Where staff live", html.paragraphs(said), counted)


def _lives(one: LivesNear) -> tuple[Cell, ...]:
    key = f"homes.{one.table.span}.{one.kind}.{one.group}.share"
    keys = tuple(number.key for number in one.numbers)
    share = Cell(key, worked_out_from=keys, **form_of("lives_share", one, one.name))
    return *(people.cell(number, f"homes.{one.table.span}") for number in one.numbers), share


def _cells(at: InPost, prefix: str) -> tuple[Cell, ...]:
    share, of_all = at.shares
    keys = tuple(dict.fromkeys(number.key for one in (share, of_all) for number in (one.some, one.everybody)))
    white = people.cell(at.table.number(keys[0].stage, REFERENCE, at.cut), f"{prefix}.{at.table.span}")
    beside = Cell(
        f"{prefix}.{at.table.span}.beside.{at.cut}",
        worked_out_from=keys,
        **form_of("parity_in_a_cell", at, at.name),
    )
    return white, *people.share_cells(share, prefix), beside


def _finer(table: PeopleTable, release: Release) -> Iterator[Table]:
    single = [group for group in table.groups if group in FIVE_GROUPS]
    cuts = [cut for cut in table.bands if all(table.has(STAGE, group, cut) for group in (*single, KNOWN))]
    if len(single) > 1 and cuts:
        rows = tuple(
            (people.name_of(group), tuple(people.cell(table.number(STAGE, group, cut), table.span) for cut in cuts))
            for group in (*single, KNOWN)
        )
        columns = ("Group", *(people.IN_POST[cut] for cut in cuts))
        caption = say(OF_GROUPS, table, table.name)
        yield Table(caption, columns, rows, members=people.members_of(table))
    rows = []
    for organisation in own(release):
        for one in (one for one in organisation.in_post if one.span == table.span):
            cells = [cell for cut in (ALL_BANDS, EVERYBODY) for cell in _share_or_none(one, cut, organisation.slug)]
            rows.append((named_in_full(organisation), tuple(cells)))
    yield _not_stated(table, release)
    yield Table(say(OF_ORGANISATIONS, table, table.name), ("Organisation", *_columns()), tuple(rows))


def _not_stated(together: PeopleTable, release: Release) -> Table:
    """Return of how many of each organisation's staff ethnicity is not known; of few it is not published."""
    tables = [(one, table) for one in own(release) for table in one.in_post if table.span == together.span]
    rows = tuple((named_in_full(one), _unknown_cells(table, f"unknown.{one.slug}")) for one, table in tables)
    caption = say(TABLE_OF_UNKNOWN, together, together.name)
    return Table(caption, ("Organisation", "Ethnicity not known", "All staff", "Share not known"), rows)


def _unknown_cells(table: PeopleTable, prefix: str) -> tuple[Cell, ...]:
    found, forms = not_stated(table), {"all": "all_staff", "share": "unknown_share"}
    if found is None:
        return tuple(Cell(f"{prefix}.{part}", people.NOT_PUBLISHED) for part in ("unknown", *forms))
    keys = tuple(number.key for number in found.numbers)
    return people.cell(found.numbers[0], prefix), *(
        Cell(f"{prefix}.{part}", worked_out_from=keys, **form_of(form, found, found.name))
        for part, form in forms.items()
    )


def _columns() -> list[str]:
    """Return the headings of the group, all known and the share: at Band 8 and above, and of all staff."""
    label = capitalised(called(BME))
    return [
        Said.join(": ", (people.IN_POST[cut], what))
        for cut in (ALL_BANDS, EVERYBODY)
        for what in (label, "All known", Said.join(" ", (label, "share")))
    ]


def _share_or_none(table: PeopleTable, cut: str, prefix: str) -> tuple[Cell, ...]:
    if table.has(STAGE, BME, cut):
        return people.share_cells(GroupShare.of(table, STAGE, cut), prefix)
    return tuple(Cell(f"{prefix}.{cut}.{what}", people.NOT_PUBLISHED) for what in ("some", "everybody", "share"))


def _days(figures: Figures) -> Table:
    """Return a table of every day that is published."""
    rows = tuple(
        (
            say(DAY, table, table.name),
            tuple(cell for cut in (ALL_BANDS, EVERYBODY) for cell in _share_or_none(table, cut, f"days.{table.span}")),
        )
        for table in figures.in_post
    )
    latest = figures.in_post[-1]
    return Table(DAYS, ("Staff of", *_columns()), rows, members=people.members_of(latest))


def glossary() -> Html:
    """Return the words of this page and what each means."""
    label = called(BME)
    return html.definitions({capitalised(label): GLOSSARY[BME]} | WORDS, "glossary")
