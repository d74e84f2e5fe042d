"""Charts of counts beside what equal chances usually give: the figures of the sentences, drawn.

One organisation's two stages, or one stage of every organisation in alphabetical order. Organisations of very
different size stand on one scale because each count and each range is divided by its own expected number; the words
beside a mark are whole people.
"""

from dataclasses import dataclass

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import STAGES, Measure
from lt_analysis.codebook.naming import capitalised, people_of
from lt_analysis.codebook.words import NO_YEAR
from lt_analysis.release.figures import OrganisationFigures, Release, StageFigure, Status
from lt_analysis.release.keys import ALL_BANDS, Key
from lt_analysis.rendering import by_chance
from lt_analysis.rendering.charts import NONE_OF_YEAR, NONE_SHOWN, NOT_SHOWN, Chart, Look
from lt_analysis.rendering.forms import place
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.lines import Line, Mark, Scale, drawings
from lt_analysis.rendering.names import name_of
from lt_analysis.rendering.numbers import whole
from lt_analysis.rendering.people import text
from lt_analysis.rendering.sentences import key_of

ONLY_TOTALS = "only totals sent"
TOO_FEW_POSTS = "too few posts"
PLACES = {"fewer": "below", "fits": "within", "more": "above"}
COLUMNS = ("Number", "Expected", "Usual range", "Beside that range")
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
    "Beside each mark stand the number of people and, in brackets, the range that equal chances usually give. The bar "
    "is that range. A round dot is a number within it, a diamond one outside it. The scale is in multiples of the "
    "expected number. A bar that meets its edge goes on beyond it, and an arrow is a number beyond it."
)
ONE_IN_TWENTY = "About 1 number in 20 lies outside by chance alone."
NONE_OF_FEW = "No chart: too few posts could have gone either way."
NONE_BESIDE = "No chart: no organisation has a number that can be set beside equal chances."
NONE_OF_TOTALS = "No chart: only totals were sent, so people cannot be compared with those who wanted the same post."


@dataclass(frozen=True)
class Beside:
    """One line of such a chart: its name, its stage of an organisation's year, and the names of its cells."""

    name: str
    figures: OrganisationFigures
    measure: Measure
    cell: str

    @property
    def stage(self) -> StageFigure:
        """Its stage."""
        return self.figures.stage(self.measure)

    @property
    def instead(self) -> str:
        """Say in words why there is no number beside a range; empty where there is one."""
        if self.figures.status != Status.COMPLETE:
            return NO_YEAR
        if self.stage.hidden:
            return NOT_SHOWN
        if not self.stage.expected:
            return ONLY_TOTALS
        return "" if self.stage.expected.could_tell else TOO_FEW_POSTS

    @property
    def count(self) -> int:
        """The group's people who succeeded."""
        return self.stage.likelihood.group_successful

    @property
    def place(self) -> str:
        """Say where the number lies: below, within or above the range."""
        return PLACES[place(self.stage)]


def chances_chart(figures: OrganisationFigures) -> Chart | Html:
    """Draw the numbers shortlisted and appointed of an organisation beside what equal chances usually give."""
    lines = [
        Beside(capitalised(f"{people_of(BME)} {stage.done}"), figures, stage, f"{stage.key}.{figures.slug}")
        for stage in STAGES
    ]
    if not any(_is_drawn(line) for line in lines):
        return _none(lines)
    return Chart(
        finding=" ".join(_in_short(line, first=line == lines[0]) for line in lines),
        measure=f"{capitalised(people_of(BME))} shortlisted and appointed, beside what equal chances for the same post "
        f"usually give, {figures.span}",
        alt=_alternative(lines),
        reading=f"{HOW_TO_READ} {ONE_IN_TWENTY}",
        source=figures.source or f"{figures.name}, return of applications",
        data=_table(lines, "Stage", f"Numbers beside equal chances, {figures.span}"),
        **drawings([_line(line) for line in lines], CHANCES),
    )


def organisations_chart(release: Release, measure: Measure) -> Chart | Html:
    """Draw the partnership's organisations at one stage; one that cannot be drawn has a word and no mark.

    The order is that of names and the scale always the same, so neither says anything of what is hidden.
    """
    own = [one for one in release.organisations if not one.source]
    lines = [Beside(name_of(one), one, measure, f"{measure.key}.{one.slug}") for one in own]
    if not any(map(_is_drawn, lines)):
        few = any(line.instead == TOO_FEW_POSTS for line in lines)
        why = f"{NONE_OF_FEW[:-1]} to judge numbers {measure.done} in any organisation." if few else NONE_BESIDE
        return Html(f'<p class="note">{why}</p>')
    year = release.quarter.latest_complete_year
    numbers, told = capitalised(f"{people_of(BME)} {measure.done}"), [line for line in lines if not line.instead]
    return Chart(
        finding=_finding(told, measure),
        measure=f"{numbers} in each organisation, beside what equal chances for the "
        f"same post usually give, {year.in_words}",
        alt=_alternative(lines),
        reading=f"In alphabetical order, not ranked. {HOW_TO_READ}",
        telling=by_chance.in_words(len(told)) if told else "",
        source=f"Returns of each organisation, {year.in_words}",
        data=_table(
            lines, "Organisation", f"{capitalised(people_of(BME))} {measure.done} beside equal chances, {year}"
        ),
        **drawings([_line(line) for line in lines], CHANCES),
    )


def _is_drawn(line: Beside) -> bool:
    """Tell whether a line has a mark; words alone would stand beside an empty scale."""
    return not line.instead


def _none(lines: list[Beside]) -> Html:
    whys = {NO_YEAR: NONE_OF_YEAR, ONLY_TOTALS: NONE_OF_TOTALS, TOO_FEW_POSTS: NONE_OF_FEW}
    found = {whys[line.instead] for line in lines if line.instead in whys}
    why = found.pop() if len(found) == 1 else NONE_SHOWN
    return Html(f'<p class="note">{why}</p>')


def _line(line: Beside) -> Line:
    if line.instead:
        number = f"{whole(line.count)}: " if line.instead == TOO_FEW_POSTS else ""
        return Line(line.name, f"{number}{line.instead}")
    chance, look = line.stage.expected, WITHIN_LOOK if line.place == "within" else OUTSIDE_LOOK
    said = f"{_beside_range(line)}{'' if line.place == 'within' else f', {line.place}'}"
    if not chance.people:
        return Line(line.name, said)  # nothing is a multiple of nobody
    # A range of whole people reaches half a person further, so that a number at its end is seen to lie within.
    low, at, high = (number / chance.people for number in (chance.low - 0.5, line.count, chance.high + 0.5))
    return Line(line.name, said, Mark(at, None, look, usual=(low, high)))


def _beside_range(line: Beside) -> str:
    chance = line.stage.expected
    return f"{whole(line.count)} ({whole(chance.low)} to {whole(chance.high)})"


def _in_short(line: Beside, first: bool) -> str:
    """Say a stage's number and range, or why there is none: two of them have at most 15 words."""
    done = line.measure.done.capitalize()
    if line.instead and line.instead != TOO_FEW_POSTS:
        return f"{done}: {line.instead}."
    people = f" {people_of(BME)}" if first else ""
    return f"{done}: {whole(line.count)}{people}, {line.instead or _place_and_range(line)}."


def _place_and_range(line: Beside) -> str:
    chance = line.stage.expected
    return f"{line.place} {whole(chance.low)} to {whole(chance.high)}"


def _finding(told: list[Beside], measure: Measure) -> str:
    of, done = len(told), measure.done
    below, above = (sum(line.place == place for line in told) for place in ("below", "above"))
    if not told:
        return f"In no organisation are there enough posts to judge numbers {done}."
    if not below and not above:
        some = f"all {of} organisations" if of > 1 else "the one organisation"
        return f"Numbers {done} fit equal chances in {some} set beside them."
    some, side = (below, "fewer") if below else (above, "more")
    others = f"; {above} more" if below and above else ""
    return f"{some} of {of} organisations {done} {side} {people_of(BME)} than equal chances usually give{others}."


def stand_out(release: Release, measure: Measure) -> dict[str, bool]:
    """Name the organisations set beside equal chances at a stage, with whether they lie outside the usual range."""
    own = [Beside(name_of(one), one, measure, "") for one in release.organisations if not one.source]
    return {line.name: line.place != "within" for line in own if not line.instead}


def _alternative(lines: list[Beside]) -> str:
    return "Dots beside bars of what equal chances usually give, one a line. " + " ".join(map(_in_words, lines))


def _in_words(line: Beside) -> str:
    if line.instead:
        number = f"{whole(line.count)}, " if line.instead == TOO_FEW_POSTS else ""
        return f"{line.name}: {number}{line.instead}."
    return f"{line.name}: {whole(line.count)}, {_place_and_range(line)}."


def _table(lines: list[Beside], first: str, caption: str) -> Table:
    return Table(caption, (first, *COLUMNS), tuple((line.name, _cells(line)) for line in lines))


def _cells(line: Beside) -> tuple[Cell, ...]:
    names = [f"{column}.{line.cell}" for column in ("number", "expected", "usual", "beside")]
    if line.instead == NO_YEAR:
        return tuple(Cell(name, NO_YEAR) for name in names)
    texts, keys = _chance_in_words(line), _keys(line)
    worked_out = zip(names[1:], texts, strict=True)
    return _number(line, names[0]), *(Cell(name, said, worked_out_from=keys) for name, said in worked_out)


def _number(line: Beside, name: str) -> Cell:
    key = key_of(line.figures, line.measure)
    if key is None:
        return Cell(name, None if line.stage.hidden else whole(line.count))
    return Cell(name, text(line.figures.people.number(key.stage, key.group, key.cut)), key)


def _chance_in_words(line: Beside) -> tuple[str | None, ...]:
    if line.stage.hidden:
        return (None, None, None)
    if line.instead:
        return (line.instead,) * 3
    chance = line.stage.expected
    return whole(chance.people), f"{whole(chance.low)} to {whole(chance.high)}", line.place


def _keys(line: Beside) -> tuple[Key, ...]:
    """Return the keys of the group's own two numbers: what equal chances give is released only beside them."""
    if line.figures.people is None:
        return ()
    return tuple(line.figures.people.number(stage, BME, ALL_BANDS).key for stage in line.measure.counts)
