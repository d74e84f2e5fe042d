"""The sheets of a quarter's spreadsheet: all that its release holds, one table a sheet and one number a row.

A number of people stands in the column `value` beside its `key`, a ratio or a percentage beside the keys that it is
worked out `from`, and a figure of evidence or of equal chances beside the name of its `item`: by these the gate and the
attacker hold it to the release.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lt_analysis.codebook import words
from lt_analysis.codebook.downloads import FROM, HIGH, ITEM, KEY, LOW, NOT_GIVEN, VALUE
from lt_analysis.codebook.ethnicity import REFERENCE, UNKNOWN
from lt_analysis.codebook.leadership import ANSWERS
from lt_analysis.codebook.measures import BY_HOME, OF_RECRUITMENT, WHOLE, Chain, Measure
from lt_analysis.codebook.naming import capitalised, white_over
from lt_analysis.codebook.words import HIDDEN_SYMBOL, RANGE_IF_EQUAL
from lt_analysis.release.figures import Action, Number, OrganisationFigures, PeopleTable, Release, question_of
from lt_analysis.release.items import BANDS_OF_MISSED, LARGE_GAP, MOST_QUARTERS, SOME_GAP, EvidenceItem
from lt_analysis.release.keys import ALL_BANDS
from lt_analysis.rendering import actions, people, sentences
from lt_analysis.rendering.figure import name_of
from lt_analysis.rendering.forms.delivery import WITHHELD
from lt_analysis.rendering.forms.leadership import BY_RATER
from lt_analysis.rendering.forms.measures import went_on
from lt_analysis.rendering.forms.phrases import day
from lt_analysis.rendering.measure_figures import FEWEST_FOR_A_RATIO, may_have_ratio
from lt_analysis.rendering.named import spans_in_words
from lt_analysis.rendering.numbers import SMALLEST_BASE, about, limit, ratio

Row = tuple[str | int | float, ...]

NO_NOTE = "none"
NOTES = {
    "hidden": f"{HIDDEN_SYMBOL}: {words.HIDDEN_MEANING}. The symbol does not say why, and it is not nought.",
    "no posts": f"{words.NO_POSTS}: {words.GLOSSARY[words.NO_POSTS]}",
    "unknown": "People whose ethnic group is not known are counted as applicants only.",
    "elsewhere": "Published elsewhere by others, and not from a return of the partnership.",
    "several": "Several years added up, because single years hide too much.",
    "no ratio": "No ratio is given where nobody of a group succeeded, or a group has fewer than "
    f"{FEWEST_FOR_A_RATIO} people.",
    "no share": f"No percentage is given of fewer than {SMALLEST_BASE} people.",
    "few posts": "Too few posts could have gone either way for a number to be given.",
    "withheld": WITHHELD,
    "corrected": sentences.CORRECTED.replace("a period shown here", "this period"),
    "no range": "There is too little to give a range, or no single ratio fits all the years.",
    "beyond": f"Not given where it is more than is said: a ratio above {BANDS_OF_MISSED[-1]:g}, or more than "
    f"{MOST_QUARTERS} quarters.",
}
COLUMNS = {
    VALUE: "The number: of people, or what the row says. On the sheet of relative likelihoods it is the share of White "
    "people who succeeded, divided by the share of the other group.",
    f"{LOW} and {HIGH}": "The limits of the margin of error, to two figures. A limit above 10 or below 0.02 is in "
    "words.",
    KEY: "The name under which the number was released: organisation or partnership, period, stage, group, posts. The "
    "same number has the same key on the pages, so one can be found from the other.",
    FROM: "The keys of the numbers that a ratio or a percentage is worked out from.",
    "By the rules": "How an action stands by the audit's rules, whatever its status is: docs/publishing.md says them.",
    ITEM: "The name under which a figure of the evidence, of what equal chances usually give, or of leaders, was "
    "released.",
}
PERIOD, GROUP, STAGE, POSTS, ORGANISATION, NOTE = "Period", "Group", "Stage", "Posts", "Organisation", "Notes"
OF_PEOPLE = (PERIOD, STAGE, GROUP, POSTS, VALUE, KEY, NOTE)
FIGURES_OF_ITEMS = {
    "words": "Strength of the evidence",
    "low": "Margin of error of the ratio: from",
    "high": "Margin of error of the ratio: to",
    "informative": "Posts that could have gone either way",
    "missed": "Ratios below this would often not be strong evidence",
    "until_some": f"More quarters until a ratio of {SOME_GAP:g} mostly would be",
    "until_large": f"More quarters until a ratio of {LARGE_GAP:g} mostly would be",
    "unknown_holds": "Share of those of unknown ethnicity on whom the words do not hang",
}
PARTS_OF_MENTORING = {
    **{"pairs": "Pairs", "ended": "Pairs that ended", "executives_paired": "Executives in a pair"},
    **{"executives": "Executives", "meetings": "Meetings", "met": "Pairs that met in the quarter"},
    "led": "Pairs that led a pledged action",
}
LIMITS = ("low", "high")
PARTS_OF_CHANCES = {
    **{"people": "Expected number", "low": f"{RANGE_IF_EQUAL}: from", "high": f"{RANGE_IF_EQUAL}: to"},
    "informative": "Posts that could have gone either way",
}
MEMBERS, WHOSE, ALL_TOGETHER = "Who is added up", "Whose", "All organisations together"
EXPECTED_NUMBERS = "Numbers expected at equal chances, and their ranges if chances were equal"
PERCENTAGE = "Percentage"  # the heading of what a percentage is of
WITHHELD = "withheld"
BY_THE_RULES, FIRST_DUE = "By the rules", "First due"
ONE_TABLE = "This sheet holds one table. Notes are on the sheet Notes."


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its one table with a title, and what is said above the table."""

    name: str
    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def sheets(release: Release) -> tuple[Sheet, ...]:
    """Return the sheets of a release that have rows, in order; explanations come before figures."""
    made = (
        _notes(),
        _of_partnership("Partnership years", "All organisations together, by financial year", release.years),
        _of_partnership("Partnership quarters", "All organisations together, by quarter", release.quarters),
        _members(release),
        _organisations(release),
        _staff(release),
        _in_post(release),
        _divided(release, "Homes", "Staff of a day, by where they live", BY_HOME),
        _survey(release),
        _several_years(release),
        _shares(release),
        _chances(release),
        _likelihoods(release),
        _evidence(release),
        _actions(release),
        _mentoring(release),
        _traits(release),
    )
    return tuple(sheet for sheet in made if sheet.rows)


def note(name: str) -> str:
    """Return how a cell refers to a note: `[note 1]`."""
    return f"[note {list(NOTES).index(name) + 1}]"


def as_text(text: str, instead: str = "") -> str:
    """Return free text as a cell can show it: nothing in it is taken for a link, and it holds a letter or a digit."""
    plain = text.replace("](", "] (")
    return plain if re.search("[A-Za-z0-9]", plain) or not instead else f"{plain} ({instead})"


def _notes() -> Sheet:
    rows = [(note(name), text) for name, text in NOTES.items()]
    rows += [(f"Column {name}", text) for name, text in COLUMNS.items()]
    rows += [(capitalised(term), capitalised(text)) for term, text in words.glossary().items()]
    about = "What notes, columns and words mean. This sheet holds one table."
    return Sheet("Notes", "Notes, columns and words", about, ("Note, column or word", "What it means"), tuple(rows))


def _of_partnership(name: str, title: str, tables: Iterable[PeopleTable]) -> Sheet:
    rows = tuple(row for table in tables for row in _numbers(table, words.BAND_8_POSTS))
    about = f"Numbers of people. Whose they are is on the sheet {MEMBERS}. {ONE_TABLE}"
    return Sheet(name, f"{title}: people at each stage", about, OF_PEOPLE, rows)


def _members(release: Release) -> Sheet:
    known = {organisation.slug: _name(organisation) for organisation in release.organisations}
    tables = release.tables
    names = {
        (_period(table), table.members): sorted((known.get(slug, slug) for slug in table.members), key=str.casefold)
        for table in tables
    }
    rows = tuple((span, name) for (span, _), members in names.items() for name in members)
    title = "Organisations that the partnership's numbers add up"
    about = "Who is counted in each period. This sheet holds one table."
    return Sheet(MEMBERS, title, about, (PERIOD, ORGANISATION), rows)


def _period(table: PeopleTable) -> str:
    """Return of when a table is; of a survey, of which question besides, for not all of them add up the same."""
    question = question_of(table.numbers[0].key)
    return f"{table.span}: {question.title}" if question else table.span


def _organisations(release: Release) -> Sheet:
    rows = tuple(
        (_name(organisation), *row)
        for organisation in release.organisations
        for row in _numbers(organisation.people, organisation.posts, ["elsewhere"] if organisation.source else [])
    )
    title = "Each organisation's year: people at each stage"
    return Sheet("Organisations", title, f"Numbers of people. {ONE_TABLE}", (ORGANISATION, *OF_PEOPLE), rows)


def _staff(release: Release) -> Sheet:
    title = "Staff of a day, and what happened to them in the year after"
    about = f"Numbers of people. The period is the day whose staff they are. {ONE_TABLE}"
    return _of_everybody(release, "Staff", title, about, lambda figures: figures.staff, people.ALL_STAFF)


def _in_post(release: Release) -> Sheet:
    title = "Staff of a day, and at which bands they work"
    about = f"Numbers of people. The period is the day whose staff they are. {ONE_TABLE}"
    return _of_everybody(release, "Bands", title, about, lambda figures: figures.in_post, people.ALL_STAFF)


def _divided(release: Release, name: str, title: str, chain: Chain) -> Sheet:
    about = f"Numbers of people. The period is the day whose staff they are. {ONE_TABLE}"
    rows = tuple(row for table in release.divided_by(chain) for row in _numbers(table, people.ALL_STAFF))
    return Sheet(name, title, about, OF_PEOPLE, rows)


def _survey(release: Release) -> Sheet:
    title = "Answers to the staff survey"
    about = f"Numbers of people who answered, and who said yes. {ONE_TABLE}"
    return _of_everybody(release, "Survey", title, about, lambda figures: figures.survey, people.ANSWERED)


def _of_everybody(
    release: Release,
    name: str,
    title: str,
    about: str,
    tables_of: Callable[[Release | OrganisationFigures], Iterable[PeopleTable]],
    posts: str,
) -> Sheet:
    """Return the sheet of tables that all together have, and each organisation."""
    rows = tuple(
        (whose, *row)
        for whose, figures in _everybody(release)
        for table in tables_of(figures)
        for row in _numbers(table, posts)
    )
    return Sheet(name, title, about, (WHOSE, *OF_PEOPLE), rows)


def _everybody(release: Release) -> list[tuple[str, Release | OrganisationFigures]]:
    """Return all organisations together, and each, with what a sheet calls it."""
    return [(ALL_TOGETHER, release), *((_name(organisation), organisation) for organisation in release.organisations)]


def _several_years(release: Release) -> Sheet:
    rows = tuple(
        (_name(organisation), *row)
        for organisation in release.organisations
        for table in organisation.together
        for row in _numbers(table, organisation.posts, ["several"])
    )
    title = "Organisations' years added up: people at each stage"
    return Sheet("Several years", title, f"Numbers of people. {ONE_TABLE}", (ORGANISATION, *OF_PEOPLE), rows)


def _numbers(table: PeopleTable, posts: str, notes: Iterable[str] = ()) -> Iterator[Row]:
    for number in table.numbers:
        band = number.key.cut
        in_words = people.IN_POST | people.CUTS_OF_STAFF | people.BANDS_IN_WORDS
        named = as_text(posts) if band == WHOLE[number.key.stage] else in_words.get(band) or _band_name(band)
        stage, group = people.COLUMN[number.key.stage], people.name_of(number.key.group)
        names = [*notes, *(["corrected"] if table.corrected else [])]
        yield spans_in_words(table.span), stage, group, named, _value(number), str(number.key), _notes_of(number, names)


def _band_name(band: str) -> str:
    return band if band.isalpha() else f"Band {band}"


def _value(number: Number) -> str | int:
    if number.hidden:
        return HIDDEN_SYMBOL
    return words.NO_POSTS if number.no_posts else number.people


def _notes_of(number: Number, more: Iterable[str]) -> str:
    applies_to = {"hidden": number.hidden, "no posts": number.no_posts, "unknown": number.key.group == UNKNOWN}
    return _referred([*(name for name, applies in applies_to.items() if applies), *more])


def _referred(names: Iterable[str]) -> str:
    return " ".join(map(note, names)) or NO_NOTE


def _name(organisation: OrganisationFigures) -> str:
    return as_text(name_of(organisation), organisation.slug)


def _shares(release: Release) -> Sheet:
    tables = [(ALL_TOGETHER, table, []) for table in release.partnership]
    tables += [
        (_name(organisation), organisation.people, ["elsewhere"] if organisation.source else [])
        for organisation in release.organisations
    ]
    rows = tuple(_share(*table, group, step) for table in tables for group, step in _steps(table[1]))
    columns = (WHOSE, PERIOD, GROUP, PERCENTAGE, VALUE, FROM, NOTE)
    about = f"How many in a hundred went on to the next stage, at Band 8 and above. {ONE_TABLE}"
    return Sheet("Percentages", "Percentages of each group who went on", about, columns, rows)


def _steps(table: PeopleTable | None) -> Iterator[tuple[str, str]]:
    """Yield the groups and the steps of which a table has both numbers at Band 8 and above."""
    keys = {number.key[2:] for number in table.numbers} if table else set()
    for group in people.known(table) if table else ():
        for step, stages in people.SHARE_COLUMNS.items():
            if all((stage, group, ALL_BANDS) in keys for stage in stages):
                yield group, step


def _share(whose: str, table: PeopleTable, notes: list[str], group: str, step: str) -> Row:
    base, done = (table.number(stage, group, ALL_BANDS) for stage in people.SHARE_COLUMNS[step])
    value: str | float = went_on(base, done) or HIDDEN_SYMBOL
    if value == HIDDEN_SYMBOL:
        notes = ["hidden", *notes]
    elif value == NOT_GIVEN:
        notes = ["no share", *notes]
    else:
        value = round(done.people / base.people, 4)
    keys = f"{base.key} {done.key}"
    about = (whose, spans_in_words(table.span), people.name_of(group), step)
    return *about, value, keys, _referred(notes)


def _chances(release: Release) -> Sheet:
    named = {organisation.slug: _name(organisation) for organisation in release.organisations}
    rows = tuple(_chance(name, value, named) for name, value in release.chances_published.items())
    columns = (ORGANISATION, PERIOD, STAGE, GROUP, "Figure", VALUE, ITEM, NOTE)
    about = f"What would be usual if all who wanted the same post had the same chance. {ONE_TABLE}"
    return Sheet("Equal chances", EXPECTED_NUMBERS, about, columns, rows)


def _chance(name: str, value: int | str | None, named: dict[str, str]) -> Row:
    who, span, stage, group, part = name.split("/")
    notes = ["hidden"] if value is None else ["few posts"] if value == NOT_GIVEN else []
    shown = HIDDEN_SYMBOL if value is None else value
    about = (named.get(who, ALL_TOGETHER), span, people.COLUMN[stage], people.name_of(group), PARTS_OF_CHANCES[part])
    return *about, shown, name, _referred(notes)


def _actions(release: Release) -> Sheet:
    rows = tuple(
        (_name(organisation), *_action(action, action.is_late(release.quarter), _followed(organisation, action)))
        for organisation in release.organisations
        for action in organisation.actions
    )
    columns = (ORGANISATION, *actions.WORDS, "Due", "Status", "Late", BY_THE_RULES, FIRST_DUE, NOTE)
    about = f"As they stood on {day(release.quarter.last_day)}, in the organisation's own words. {ONE_TABLE}"
    return Sheet("Pledged actions", "Pledged actions, and how they stand", about, columns, rows)


def _followed(organisation: OrganisationFigures, action: Action) -> tuple[str, str]:
    """Return how an action stands by the rules, and the first date by which it was to be done."""
    number = int(action.key.rpartition(".")[2])
    found = next((one for one in organisation.delivery if one.number == number), None)
    return (" and ".join(found.states), day(found.dates[0])) if found else (NOT_GIVEN, NOT_GIVEN)


def _action(action: Action, late: bool, followed: tuple[str, str]) -> Row:
    texts = [WITHHELD if text is None else as_text(text, WITHHELD) for text in (action.text, action.owner_role)]
    notes = ["withheld"] if WITHHELD in texts else []
    return *texts, day(action.due_on), action.status, "late" if late else "not late", *followed, _referred(notes)


def _mentoring(release: Release) -> Sheet:
    rows = tuple(
        (whose, str(release.quarter), PARTS_OF_MENTORING[name], *_item_of_leaders(number, f"{table.key}/{name}"))
        for whose, figures in _everybody(release)
        if (table := figures.mentoring)
        for name, number in table.numbers.items()
    )
    columns = (WHOSE, PERIOD, "Figure", VALUE, ITEM, NOTE)
    return Sheet("Mentoring", "Pairs of reciprocal mentoring", f"Numbers of pairs. {ONE_TABLE}", columns, rows)


def _traits(release: Release) -> Sheet:
    rows = tuple(
        (
            *(whose, str(one.quarter), capitalised(one.trait), BY_RATER[one.rater_kind], capitalised(answer)),
            *_item_of_leaders(number, f"{one.key}/{place}"),
        )
        for whose, figures in _everybody(release)
        for one in figures.ratings
        for place, (answer, number) in enumerate(zip(ANSWERS, one.answers or (None,) * 5, strict=True), start=1)
    )
    columns = (WHOSE, PERIOD, "Trait", "Rated", "Answer", VALUE, ITEM, NOTE)
    about = f"How many gave each answer. What is hidden is hidden as a whole table. {ONE_TABLE}"
    return Sheet("Traits", "Answers about traits of leaders", about, columns, rows)


def _item_of_leaders(number: int | None, item: str) -> Row:
    """Return the value of a number, the name under which it was released, and its note."""
    hidden = number is None
    return HIDDEN_SYMBOL if hidden else number, item, _referred(["hidden"] if hidden else [])


def _likelihoods(release: Release) -> Sheet:
    rows = tuple(
        _likelihood(organisation, measure, group)
        for organisation in release.organisations
        for group in organisation.groups
        for measure in OF_RECRUITMENT
    )
    columns = (ORGANISATION, PERIOD, "Step", "Groups compared", VALUE, LOW, HIGH, FROM, NOTE)
    about = f"Above 1: the share of White people who succeeded was larger. Below 1: it was smaller. {ONE_TABLE}"
    return Sheet("Relative likelihoods", "Relative likelihoods, with their margins of error", about, columns, rows)


def _likelihood(organisation: OrganisationFigures, measure: Measure, group: str) -> Row:
    figure, number = organisation.stage(measure, group), organisation.people.number
    keys = " ".join(
        str(number(stage, compared, ALL_BANDS).key) for stage in measure.counts for compared in (REFERENCE, group)
    )
    notes = ["elsewhere"] if organisation.source else []
    if figure.hidden:
        values, notes = (HIDDEN_SYMBOL,) * 3, ["hidden", *notes]
    elif not may_have_ratio(figure):
        values, notes = (NOT_GIVEN,) * 3, ["no ratio", *notes]
    else:
        limits = figure.likelihood.confidence_interval()
        values = (_as_number(ratio(figure.likelihood.ratio)), *(_as_number(about(limit)) for limit in limits))
    return (
        _name(organisation),
        str(organisation.span),
        measure.title,
        white_over(group),
        *values,
        keys,
        _referred(notes),
    )


def _as_number(written: str) -> str | float:
    """Return what is written as a number where it is one, and as words where it is not: `more than 10`."""
    try:
        return float(written)
    except ValueError:
        return written


def _evidence(release: Release) -> Sheet:
    named = {organisation.slug: _name(organisation) for organisation in release.organisations}
    items = [*release.evidence, *(item for organisation in release.organisations for item in organisation.evidence)]
    rows = tuple(row for item in items for row in _item(item, named.get(item.scope, ALL_TOGETHER)))
    columns = (WHOSE, STAGE, "Posts from", "Posts to", "Figure", VALUE, ITEM, NOTE)
    about = f"What all posts since the declared start show together, White ÷ the other group. {ONE_TABLE}"
    return Sheet("Evidence", "Evidence since the declared start", about, columns, rows)


def _item(item: EvidenceItem, whose: str) -> Iterator[Row]:
    since, until = f"April {item.start.start}", f"{item.counted.last_day:%B %Y}"
    for name, heading in FIGURES_OF_ITEMS.items():
        value = HIDDEN_SYMBOL if item.hidden else _figure(name, getattr(item.said, name))
        why = "no range" if name in LIMITS else "beyond"
        notes = ["hidden"] if item.hidden else [why] if value == NOT_GIVEN else []
        yield whose, item.measure.title, since, until, heading, value, f"{item.key}/{name}", _referred(notes)


def _figure(name: str, figure: str | float | None) -> str | float:
    """Return a figure of an item as its sentence says it; a limit beyond what pages print is in words."""
    if figure is None:
        return NOT_GIVEN
    return _as_number(limit(figure)) if name in LIMITS else figure
