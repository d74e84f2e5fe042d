"""Charts of counts beside what equal chances give: the figures of the sentences, drawn.

One organisation's two stages, or one stage of every organisation in alphabetical order. Organisations of very
different size stand on one scale because each count and each range is divided by its own expected number; the words
beside a mark are whole people.
"""

from typing import NamedTuple

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.words import NO_YEAR, RANGE_IF_EQUAL
from lt_analysis.release.figures import OrganisationFigures
from lt_analysis.release.keys import ALL_BANDS, Key
from lt_analysis.rendering import html
from lt_analysis.rendering.charts import NONE_OF_YEAR, NONE_SHOWN, Chart, Look
from lt_analysis.rendering.figure import named
from lt_analysis.rendering.forms import form_of, say, say_form
from lt_analysis.rendering.forms.measures import PLACES
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.lines import Line, Mark, Scale, drawings
from lt_analysis.rendering.measure_figures import ONLY_TOTALS, TOO_FEW_POSTS, Decision, place
from lt_analysis.rendering.numbers import whole
from lt_analysis.rendering.people import text
from lt_analysis.rendering.sentences import key_of
from lt_analysis.rendering.shown import Choice, Said, Template

COLUMNS = ("Number", "Expected", RANGE_IF_EQUAL, "Beside that range")
# Of the Government Analysis Function palette; neither colour nor shape is that of White or of a group's people.
WITHIN_LOOK = Look("#3D3D3D", "o", "#3D3D3D")
OUTSIDE_LOOK = Look("#801650", "D", "#801650")
CHANCES = Scale(
    limits=(0.6, 1.4),
    ticks={0.75: "¾×", 1: "expected", 1.25: "1¼×"},
    ends=(("Fewer than", "expected"), ("More than", "expected")),
    line=1,
)
HOW_TO_READ = (
    "Beside each mark stand the number of people and, in brackets, the range if chances were equal, which the bar "
    "shows. A round dot is a number within it, a diamond one outside. The scale is in multiples of the number "
    "expected; a bar that meets its edge, or an arrow, goes on beyond it."
)
NONE_OF_FEW = "No chart: too few posts could have gone either way."
NONE_OF_TOTALS = "No chart: only totals were sent, so people cannot be compared with those who wanted the same post."


class Beside(NamedTuple):
    """One line of such a chart: its name, its decision of an organisation's year, and the names of its cells."""

    name: str
    of: Decision
    cell: str

    @property
    def instead(self) -> str:
        """Why there is no number beside a range, in words; empty where there is one."""
        return self.of.instead

    @property
    def count(self) -> int:
        """The group's people who succeeded."""
        return self.of.likelihood.group_successful

    @property
    def place(self) -> str:
        """Where the number lies: below, within or above the range."""
        return PLACES[place(self.of)]


PEOPLE_DONE = Template("people_done", "{group_people} {done}")
FIRST_IN_SHORT = Choice(
    "first_in_short",
    by="beside_range",
    cases={
        "none": "{done}: {instead}.",
        "few": "{done}: {successful} {group_people}, {instead}.",
        "told": "{done}: {successful} {group_people}, {place_or_why} {low} to {high}.",
    },
)
IN_SHORT = Choice(
    "in_short",
    by="beside_range",
    cases={
        "none": "{done}: {instead}.",
        "few": "{done}: {successful}, {instead}.",
        "told": "{done}: {successful}, {place_or_why} {low} to {high}.",
    },
)
BOTH_STAGES = Template(
    "both_stages",
    "{bme_people} shortlisted and appointed, beside what equal chances for the same post give, {span}",
)
CAPTION = Template("beside_chances", "Numbers beside equal chances, {span}")
OF_EACH_RETURN = Template("of_each_return", "Returns of each organisation, {span_in_words}")
OF_APPLICATIONS = Template("of_applications", "{own_name}, return of applications")


def chances_chart(figures: OrganisationFigures) -> Chart | Html:
    """Draw the numbers shortlisted and appointed of an organisation beside what equal chances give."""
    lines = [_own_line(Decision(figures, stage)) for stage in STAGES]
    if not any(_is_drawn(line) for line in lines):
        return _why_no_chart(lines)
    findings = (say(FIRST_IN_SHORT if line == lines[0] else IN_SHORT, line.of, line.of.name) for line in lines)
    return Chart(
        finding=Said.join(" ", (sentence.capitalised() for sentence in findings)),
        measure=say(BOTH_STAGES, figures, named(figures)).capitalised(),
        reading=HOW_TO_READ,
        source=say_form("source", figures, named(figures))
        if figures.source
        else say(OF_APPLICATIONS, figures, named(figures)),
        data=_table(lines, "Stage", say(CAPTION, figures, named(figures))),
        seen="For each stage a bar for the range and a mark for the number.",
        **drawings([_line(line) for line in lines], CHANCES),
    )


def _own_line(decision: Decision) -> Beside:
    cell = f"{decision.measure.key}.{decision.figures.slug}"
    return Beside(say(PEOPLE_DONE, decision, decision.name).capitalised(), decision, cell)


def _is_drawn(line: Beside) -> bool:
    """Return whether a line has a mark; words alone would stand beside an empty scale."""
    return not line.instead


def _why_no_chart(lines: list[Beside]) -> Html:
    reason_of = {NO_YEAR: NONE_OF_YEAR, ONLY_TOTALS: NONE_OF_TOTALS, TOO_FEW_POSTS: NONE_OF_FEW}
    reasons = {reason_of[line.instead] for line in lines if line.instead in reason_of}
    reason = reasons.pop() if len(reasons) == 1 else NONE_SHOWN
    return html.note(reason)


def _line(line: Beside) -> Line:
    if line.instead:
        number = f"{whole(line.count)}: " if line.instead == TOO_FEW_POSTS else ""
        return Line(line.name, f"{number}{line.instead}")
    words = f"{_beside_range(line)}{'' if line.place == 'within' else f', {line.place}'}"
    return Line(line.name, words, mark_of(line))


def _beside_range(line: Beside) -> str:
    chance = line.of.expected
    return f"{whole(line.count)} ({whole(chance.low)} to {whole(chance.high)})"


def mark_of(line: Beside) -> Mark | None:
    """Return where a line's number lies beside its range, in multiples of the expected number; None of no range."""
    chance = line.of.expected
    if line.instead or not chance.people:
        return None  # nothing is a multiple of nobody
    # A range of whole people reaches half a person further, so that a number at its end is seen to lie within.
    low, at, high = (number / chance.people for number in (chance.low - 0.5, line.count, chance.high + 0.5))
    return Mark(at, None, WITHIN_LOOK if line.place == "within" else OUTSIDE_LOOK, usual=(low, high))


def _table(lines: list[Beside], heading: str, caption: str) -> Table:
    return Table(caption, (heading, *COLUMNS), tuple((line.name, cells_beside(line)) for line in lines))


def cells_beside(line: Beside) -> tuple[Cell, ...]:
    """Return the cells of a line: its number, the expected one, the range, and where the number lies."""
    names = [f"{column}.{line.cell}" for column in ("number", "expected", "usual", "beside")]
    if line.instead == NO_YEAR:
        return tuple(Cell(name, NO_YEAR) for name in names)
    forms = ("expected_or_why", "usual_range_or_why", "place_or_why")
    contents = [form_of(form, line.of, line.of.name) for form in forms]
    worked_out = zip(names[1:], contents, strict=True)
    keys = _keys(line)
    return _number(line, names[0]), *(Cell(name, worked_out_from=keys, **content) for name, content in worked_out)


def _number(line: Beside, name: str) -> Cell:
    key = key_of(line.of.figures, line.of.measure)
    if key is None:
        return Cell(name, None if line.of.hidden else whole(line.count))
    return Cell(name, text(line.of.figures.people.number(key.stage, key.group, key.cut)), key)


def _keys(line: Beside) -> tuple[Key, ...]:
    """Return the keys of the group's own two numbers: what equal chances give is released only beside them."""
    if line.of.figures.people is None:
        return ()
    return tuple(line.of.figures.people.number(stage, BME, ALL_BANDS).key for stage in line.of.measure.counts)
