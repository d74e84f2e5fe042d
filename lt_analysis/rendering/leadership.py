"""What leaders do and how they are rated: two sections of the page on delivery, on mentoring and on traits.

Whatever of either is hidden is hidden whole, so no number here can be taken from another. Answers are drawn as they
were given, each with its word and how many gave it: a mean would hide who disagrees.
"""

from collections.abc import Iterator, Sequence

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from lt_analysis.codebook.leadership import ANSWERS, ASKED, STATEMENTS
from lt_analysis.codebook.naming import capitalised
from lt_analysis.rendering import html
from lt_analysis.rendering.charts import NARROW, WIDE, Chart, as_text, house_style
from lt_analysis.rendering.delivery_figures import Asked, Delivered, Mentored, Rated, ratings
from lt_analysis.rendering.forms import form_of, say, say_form
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.lines import lines_of, put
from lt_analysis.rendering.shown import Choice, Template

PAIRED = Choice(
    "mentoring_in_short",
    by="mentoring_told",
    cases={
        "shown": (
            "Pairs so far: {pairs}; ended since: {pairs_ended}. Executives in a pair: {executives_reached}. Meetings "
            "so far: {pair_meetings}. Pairs that met in this quarter: {pairs_met} of {pairs}. Last meeting: "
            "{pairs_last_met}. Pairs that led a pledged action: {pairs_led} of {pairs}."
        ),
        "hidden": "A return of mentoring was sent, with too few pairs to be shown: nobody can be told by them.",
        "hidden together": (
            "All pairs together are not shown: less those that organisations show themselves, they would tell of few."
        ),
        "none": "No return of mentoring was sent for this quarter.",
    },
)
LED = Choice("mentoring_actions", by="mentoring_told", cases={"shown": "Actions that pairs led: {pairs_actions}"})
PAIRS_SENT = Template(
    "mentoring_sent_by", "{mentoring_sent} of {mentoring_partners} organisations sent a return of mentoring."
)
NO_CAUSE = "That a pair led an action says who took it up, and not that mentoring made it happen."
EACH_PROGRAMME = "Pairs of each organisation that sent a return of mentoring"
OF_PAIRS = (
    *(("Pairs", "pairs"), ("Executives in a pair", "executives_reached"), ("Meetings", "pair_meetings")),
    *(("Met this quarter", "pairs_met"), ("Led an action", "pairs_led"), ("Which", "pairs_actions")),
)

NOBODY_ASKED = "No answers about traits of leaders were sent, for this quarter or an earlier one."
ALL_HIDDEN = Choice(
    "traits_hidden",
    by="asked_told",
    cases={
        "hidden": (
            "Answers of {asked_in} were sent, and are not shown: too few answered, or too many alike, for nobody to be "
            "told by them."
        )
    },
)
AGREED = Choice(
    "traits_agreed",
    by="asked_told",
    cases={
        "both": "Answers that agree: {self_agreed} of leaders themselves, {others_agreed} of others",
        "apart": "Answers of leaders themselves and of others, about different traits",
        "self": "Answers that agree: {self_agreed} of leaders themselves",
        "others": "Answers that agree: {others_agreed} of others",
    },
)
ASKED_IN = Template("traits_asked_in", "How many gave each answer about six traits of leaders, asked in {asked_in}")
EARLIER_ROUND = Template("traits_earlier", "Answers about traits of leaders, asked in {asked_in}")
HOW_TO_READ = (
    "A title adds up the traits that are shown of both. A bar is all who answered, strongly disagree at the left and "
    "strongly agree at the right, in the order of the words above it. Leaders rated themselves, and others rated them: "
    "the two are never added up."
)
SEEN = "A bar for each trait and kind of rater, divided by answer, with the answers in words above it."
SOURCE = "returns of traits, of this quarter or an earlier one"
OWN_STATEMENTS = "The statements are this audit's own. Whoever was asked answered each once."
RATERS, ANSWER_HEADINGS = "Answered", tuple(map(capitalised, ANSWERS))
OF_ANSWERS = ((RATERS, "raters"), *((name, f"answered_{at}") for at, name in enumerate(ANSWER_HEADINGS, start=1)))
# From those who disagree to those who agree, each beside the next told apart without colours by its lightness.
SHADES = ("#801650", "#F46A25", "#BFBFBF", "#4A8FC2", "#12436D")
SIZE, LINE, BAR, GAP, EDGE = 9, 0.185, 0.2, 0.17, 0.06  # points of words, and inches


def mentoring(delivered: Delivered) -> Html:
    """Return how many pairs there are, how often they met and what they led; of all also by organisation."""
    mentored = Mentored(delivered.release, delivered.slug)
    said = {"mentoring.told": say(PAIRED, mentored, mentored.name)}
    if mentored.slug != "*":
        said["mentoring.led"] = say(LED, mentored, mentored.name)
    elif mentored.each:
        said["mentoring.sent"] = say(PAIRS_SENT, mentored, mentored.name)
    parts = [html.paragraphs({cell: text for cell, text in said.items() if text})]
    if mentored.slug == "*" and mentored.each:
        parts.append(_programmes(mentored.each))
    return html.joined(*parts, *([html.note(NO_CAUSE)] if mentored.table else []))


def _programmes(each: Sequence[Mentored]) -> Html:
    rows = tuple(
        (
            say_form("mentoring_name", one, one.name),
            tuple(Cell(f"mentoring.{form}.{one.slug}", say_form(form, one, one.name)) for _, form in OF_PAIRS),
        )
        for one in each
    )
    headings = tuple(heading for heading, _ in OF_PAIRS)
    return html.folded(EACH_PROGRAMME, Table(EACH_PROGRAMME, ("Organisation", *headings), rows))


def traits(delivered: Delivered) -> Html:
    """Return what was answered about six traits when it was last asked, what was asked, and earlier answers, folded."""
    every = ratings(delivered.release, delivered.slug)
    quarters = dict.fromkeys(one.quarter for one in every)
    asked = [Asked(delivered.release, delivered.slug, quarter) for quarter in quarters]
    if not asked:
        return html.note(NOBODY_ASKED)
    *earlier, last = asked
    statements = {capitalised(trait): statement for trait, statement in STATEMENTS.items()}
    return html.joined(
        _round(last),
        html.folded(ASKED, html.definitions(statements, "coverage"), html.note(OWN_STATEMENTS)),
        *(html.folded(say(EARLIER_ROUND, one, one.name), _table(one)) for one in reversed(earlier)),
    )


def _round(asked: Asked) -> Chart | Html:
    shown = [one for one in asked.tables if one.ratings.answers]
    if not shown:
        return html.paragraphs({"traits.hidden": say(ALL_HIDDEN, asked, asked.name)})
    return Chart(
        finding=say(AGREED, asked, asked.name),
        measure=say(ASKED_IN, asked, asked.name),
        reading=HOW_TO_READ,
        source=SOURCE,
        data=_table(asked),
        seen=SEEN,
        wide=_draw(shown, WIDE),
        narrow=_draw(shown, NARROW),
    )


def _table(asked: Asked) -> Table:
    rows = tuple((say_form("rated_name", one, one.name), tuple(_cells(one))) for one in asked.tables)
    headings = tuple(heading for heading, _ in OF_ANSWERS)
    return Table(say(EARLIER_ROUND, asked, asked.name), ("Trait, and who rated", *headings), rows)


def _cells(one: Rated) -> Iterator[Cell]:
    for _, form in OF_ANSWERS:
        yield Cell(f"traits.{one.name.replace('/', '.')}.{form}", **form_of(form, one, one.name))


def _draw(shown: Sequence[Rated], width: float) -> str:
    """Draw the bars, each under its trait and its answers in words."""
    across = width - 2 * EDGE
    words = [_words(one, across) for one in shown]
    height = sum(len(lines) * LINE + BAR + GAP for lines in words) + EDGE
    with house_style():
        figure = Figure(figsize=(width, height))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, width), ylim=(height, 0), xticks=[], yticks=[], xlabel="", ylabel="")
        axes.set_axis_off()
        top = EDGE
        for one, (name, *lines) in zip(shown, words, strict=True):
            put(figure, [name], EDGE, top, "left", SIZE, LINE, fontweight="bold")
            put(figure, lines, EDGE, top + LINE, "left", SIZE, LINE)
            top += (1 + len(lines)) * LINE
            left = EDGE
            for count, shade in zip(one.ratings.answers, SHADES, strict=True):
                part = across * count / one.ratings.raters
                axes.add_patch(Rectangle((left, top), part, BAR, facecolor=shade, edgecolor="white", linewidth=1))
                left += part
            top += BAR + GAP
        return as_text(figure)


def _words(one: Rated, across: float) -> list[str]:
    """Return the name of a trait and its raters, and below it the lines of its answers."""
    counts = [str(say_form(form, one, one.name)) for _, form in OF_ANSWERS[1:]]
    answers = " · ".join(f"{name} {count}" for name, count in zip(ANSWER_HEADINGS, counts, strict=True))
    return [str(say_form("rated_name", one, one.name)), *lines_of(answers, across, SIZE)]
