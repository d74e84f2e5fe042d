"""Tables of people: how many of each group reached each stage, each number under the key that it was released by."""

from collections.abc import Iterable

from lt_analysis.codebook.ethnicity import BME, UNKNOWN
from lt_analysis.codebook.measures import BANDED, OF_STOCK, RECRUITMENT, STAGES_OF_CHAINS, WHOLE, Measure
from lt_analysis.codebook.measures import STAGES as DECISIONS
from lt_analysis.codebook.naming import capitalised
from lt_analysis.codebook.pay import DIVIDED_AT, LOWER_BANDS, UPPER_BANDS
from lt_analysis.codebook.words import BAND_8_POSTS, called
from lt_analysis.release.figures import Number, PeopleTable
from lt_analysis.release.keys import ALL_BANDS, KNOWN, PARTNERSHIP
from lt_analysis.rendering.forms import form_of, say, say_form
from lt_analysis.rendering.forms.phrases import count
from lt_analysis.rendering.group_shares import GroupShare
from lt_analysis.rendering.html import Cell, Table
from lt_analysis.rendering.measure_figures import Counted
from lt_analysis.rendering.shown import Said, Template

COLUMN = {key: capitalised(stage.column) for key, stage in STAGES_OF_CHAINS.items()}
STAGE_COLUMNS = tuple(COLUMN[key] for key in RECRUITMENT.keys)
SHARE_COLUMNS = {measure.share: measure.counts for measure in DECISIONS}
IN_WORDS = {KNOWN: "All of known ethnicity", UNKNOWN: "Ethnicity not known"}
BANDS_IN_WORDS = {LOWER_BANDS: "Bands 8a and 8b", UPPER_BANDS: "Band 8c and above", ALL_BANDS: BAND_8_POSTS}
SEVERAL_YEARS = Template("several_years", "People at each stage, {span} added up")
ALL_STAFF, ANSWERED = "All staff", "Staff who answered"
CUTS_OF_STAFF = {
    **{"1-7": "Bands 1 to 7, and equal pay", ALL_BANDS: BAND_8_POSTS, "medical": "Doctors and dentists"},
    "no-band": "No band",
}
SINGLE_BANDS = {
    **{"8a": "Band 8a", "8b": "Band 8b", "8c": "Band 8c", "8d": "Band 8d", "9": "Band 9"},
    "VSM": "VSM",
}
IN_POST = {
    **{"1-5": "Bands 1 to 5", "6-7": "Bands 6 and 7"},
    **(SINGLE_BANDS | BANDS_IN_WORDS | CUTS_OF_STAFF | {"all": ALL_STAFF}),
}
_OF_WORK = IN_POST | {"all": "all bands", BANDED: "all but those without a band below 8a"}
IN_POST |= {
    f"{cut}{DIVIDED_AT}{work}": Said.join(": ", (capitalised(work), _OF_WORK[cut]))
    for cut, _, work in (cut.partition(DIVIDED_AT) for cut in OF_STOCK.sums)
}
IN_POST |= {
    "8+.in-the-boroughs": "Band 8 and above: in the six boroughs",
    "8+.elsewhere": "Band 8 and above: elsewhere",
    "all.in-the-boroughs": "All staff: in the six boroughs",
    "all.elsewhere": "All staff: elsewhere",
}
ALL_KNOWN = "all of known ethnicity"
NOT_COUNTED = "not counted"
NOT_PUBLISHED = "not published"


def name_of(group: str) -> str:
    """Return the name of a group's row."""
    return IN_WORDS.get(group) or capitalised(called(group))


def known(people: PeopleTable) -> tuple[str, ...]:
    """Return a table's groups of known ethnicity, in order."""
    return tuple(group for group in people.groups if group != UNKNOWN)


def cell(number: Number, prefix: str = "") -> Cell:
    """Return the cell of a number under its key; the same symbol whatever it is hidden for."""
    band = "" if number.key.cut == WHOLE[number.key.stage] else number.key.cut
    name = ".".join(part for part in (prefix, COLUMN[number.key.stage].lower(), number.key.group, band) if part)
    return Cell(name, text(number), published=number.key)


def cell_or_none(people: PeopleTable, stage: str, group: str, cut: str, prefix: str) -> Cell:
    """Return the cell of a number, or words in its place where the table was published without it."""
    if people.has(stage, group, cut):
        return cell(people.number(stage, group, cut), prefix)
    return Cell(f"{prefix}.{stage}.{group}", NOT_PUBLISHED)


def text(number: Number) -> str | None:
    """Write a number of people; None where it is hidden."""
    return count(number) or None


def stage_cells(people: PeopleTable, group: str, band: str = ALL_BANDS, prefix: str = "") -> tuple[Cell, ...]:
    """Return the cells of how many of a group reached each stage."""
    return tuple(cell(people.number(stage, group, band), prefix) for stage in RECRUITMENT.keys)


def stages_table(
    people: PeopleTable,
    caption: str,
    groups: Iterable[str],
    prefix: str = "",
    shares: bool = False,
    note: str = "",
) -> Table:
    """Return a table of each group's people at each stage at Band 8 and above, with the shares who went on if asked."""
    rows = [(name_of(group), stage_cells(people, group, prefix=prefix)) for group in groups]
    columns = ("Group", *STAGE_COLUMNS)
    if shares:
        rows = [
            (heading, (*cells, *_shares(people, group))) for group, (heading, cells) in zip(groups, rows, strict=True)
        ]
        columns += tuple(SHARE_COLUMNS)
    return Table(caption, columns, tuple(rows), note=note, members=members_of(people))


def shares_table(people: PeopleTable, caption: str, groups: Iterable[str], note: str = "") -> Table:
    """Return a table of the shares of each group who went on at each stage, all posts at Band 8 and above added up."""
    rows = tuple((name_of(group), tuple(_shares(people, group))) for group in groups)
    return Table(caption, ("Group", *SHARE_COLUMNS), rows, note=note, members=members_of(people))


def happened_table(people: PeopleTable, measure: Measure, caption: str, rows: Iterable[tuple[str, str]]) -> Table:
    """Return a table of staff, to how many of them it happened, and which share that is: a row a group and a cut.

    A row of which the table was published without a number is left out.
    """
    stages = measure.counts
    found = []
    for group, cut in rows:
        if not all(people.has(stage, group, cut) for stage in stages):
            continue
        base, done = (people.number(stage, group, cut) for stage in stages)
        share = form_of("went_on", Counted(people, done.key), str(done.key))
        cells = [cell(number, f"{people.span}.{measure.key}") for number in (base, done)]
        key = f"{people.span}.{measure.key}.share.{group}.{cut}"
        cells.append(Cell(key, worked_out_from=(base.key, done.key), **share))
        of_cut = "" if cut == WHOLE[base.key.stage] else CUTS_OF_STAFF[cut]
        found.append((Said.join(": ", (of_cut, name_of(group))), tuple(cells)))
    columns = ("Group", *(COLUMN[stage] for stage in stages), measure.share)
    return Table(caption, columns, tuple(found), members=members_of(people))


def share_columns(stage: str) -> tuple[str, ...]:
    """Return the headings of the cells of a share: the group, everybody, and the share itself."""
    names = (called(BME), ALL_KNOWN, Said.join(" ", (called(BME), "share")))
    return tuple(Said.join(": ", (COLUMN[stage], name)) for name in names)


def band_name(band: str) -> str:
    """Return a single band's name: `Band 8a`, or `VSM` for very senior managers."""
    return SINGLE_BANDS[band]


def share_cells(share: GroupShare, prefix: str) -> tuple[Cell, ...]:
    """Return the cells of how many of the group and of everybody reached a stage, and of the share that they make."""
    keys = share.some.key, share.everybody.key
    name = ".".join((prefix, keys[0].span, keys[0].stage, keys[0].group, keys[0].cut, "share"))
    spans = f"{prefix}.{keys[0].span}"
    form = "share_in_a_cell" if share.whole is None else "share_of_part_in_a_cell"
    share_cell = Cell(name, share.in_a_cell or None, worked_out_from=keys, said_by=f"{form} {share.name}")
    return (cell(share.some, spans), cell(share.everybody, spans), share_cell)


def members_of(people: PeopleTable) -> tuple[str, ...]:
    """Return whose numbers a table of the partnership adds up; an organisation's own adds up nobody else's."""
    return people.members if people.who == PARTNERSHIP else ()


def _shares(people: PeopleTable, group: str) -> Iterable[Cell]:
    for stages in SHARE_COLUMNS.values():
        base, done = (people.number(stage, group, ALL_BANDS).key for stage in stages)
        content = form_of("went_on", Counted(people, done), str(done))
        yield Cell(f"{people.span}.share-{stages[-1]}.{group}", worked_out_from=(base, done), **content)


def bands_table(people: PeopleTable, caption: str, bands: Iterable[str], prefix: str = "") -> Table:
    """Return a table of each group's people at each stage, one group of bands after the other."""
    rows = [
        (Said.join(": ", (BANDS_IN_WORDS[band], name_of(group))), stage_cells(people, group, band, prefix))
        for band in bands
        for group in known(people)
    ]
    return Table(caption, ("Bands and group", *STAGE_COLUMNS), tuple(rows), members=members_of(people))


def each_band_table(people: PeopleTable, stage: str) -> Table:
    """Return a table of how many of each group reached one stage, band by band."""
    bands = [band for band in people.bands if band in SINGLE_BANDS]
    rows = tuple(
        (name_of(group), tuple(cell(people.number(stage, group, band), people.span) for band in bands))
        for group in known(people)
    )
    columns = ("Group", *map(band_name, bands))
    caption = Said.join("", (COLUMN[stage], ", band by band, ", say_form("span", people, people.name)))
    return Table(caption, columns, rows, members=members_of(people))


def several_years_table(people: PeopleTable) -> Table:
    """Return a table of an organisation's years added up: its bands, and how many applicants' ethnicity is unknown."""
    caption = say(SEVERAL_YEARS, people, people.name)
    bands = (ALL_BANDS, *(band for band in people.bands if band != ALL_BANDS))
    table = bands_table(people, caption, bands, people.span)
    unknown = tuple(
        cell(number, people.span)
        for number in people.numbers
        if number.key.group == UNKNOWN and number.key.stage == RECRUITMENT.stages[0].key
    )
    rest = tuple(
        Cell(f"{people.span}.{column.lower()}.{UNKNOWN}", NOT_COUNTED) for column in STAGE_COLUMNS[len(unknown) :]
    )
    rows = table.rows + (((IN_WORDS[UNKNOWN], (*unknown, *rest)),) if unknown else ())
    return Table(table.caption, table.columns, rows)
