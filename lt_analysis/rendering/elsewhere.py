"""What was published elsewhere of the audit's measures: for the place, London and England, and the years before.

Definitions differ, and that is said before any number. A value that nobody found in its source stays marked.
"""

from lt_analysis.release.figures import Release
from lt_analysis.rendering import html
from lt_analysis.rendering.forms import form_of, say
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.measure_figures import Compared, Happened
from lt_analysis.rendering.metric_figures import Elsewhere, all_elsewhere
from lt_analysis.rendering.shown import Said, Sentence, Template
from lt_analysis.rendering.staff_figures import InPost
from lt_analysis.rendering.standard_figures import Answered, Measured, Seats
from lt_analysis.rendering.standards import INSTEAD, keys_of

ABOUT = (
    "Nothing here is of the same people, posts or years as the audit's own figures, so no difference between them is "
    "worked out. Read how they differ first."
)
UNVERIFIED_HERE = "A value that is marked unverified is from memory. Nobody has found it in its source."
CALLED = Template("elsewhere_name", "{elsewhere_called}")
DIFFERS = Template("elsewhere_how", "{elsewhere_differs}.")
LATEST = Template("elsewhere_values", "{elsewhere_latest}.")
LACKING = Template("elsewhere_none", "Nothing was found for {elsewhere_lacking}.")
HERE: dict[type, Sentence] = {
    InPost: Template("here_in_post", "{bme_label} staff: {share_of_all} of all, {share_here} at {bands_in_words}"),
    Compared: Template("here_of_posts", "{as_standard}"),
    Happened: Template("here_of_staff", "{as_standard}"),
    Answered: Template("here_of_answers", "White people: {white_part}; {bme_people}: {group_part}"),
    Seats: Template("here_of_seats", "{group_part}"),
}
NOT_COUNTED = "not counted here"
TABLE = "Each measure here, and the latest values that were published elsewhere"
COLUMNS = ("Measure", "How they differ", "Here", "Elsewhere")
YEARS = "Every published value, the latest of each first"
OF_VALUES = {
    "published_differs": "How they differ",
    "published_values": "Year, and value",
    "published_source": "Source, and of when",
}
WHOSE = Template("published_name", "{published_whose}")


def beside_place(release: Release) -> Html:
    """Return each measure beside what was published elsewhere, how they differ first, and the years before, folded."""
    every = all_elsewhere()
    rows = tuple((say(CALLED, one, one.name), _cells(release, one)) for one in every)
    table = Table(TABLE, COLUMNS, rows, said=COLUMNS[1:])
    return html.joined(
        html.paragraphs({"elsewhere.about": ABOUT, "elsewhere.unverified": UNVERIFIED_HERE}),
        table,
        html.folded("Show every published value, with its source", _years(every)),
    )


def _cells(release: Release, one: Elsewhere) -> tuple[Cell, ...]:
    values = [say(sentence, one, one.name) for sentence in (LATEST, LACKING)]
    return (
        Cell(f"{one.name}.differs", say(DIFFERS, one, one.name)),
        _here(release, one),
        Cell(f"{one.name}.values", Said.join(" ", values)),
    )


def _here(release: Release, one: Elsewhere) -> Cell:
    key = f"{one.name}.here"
    if one.indicator is None:
        return Cell(key, NOT_COUNTED)
    row = Measured(release, one.indicator)
    behind = row.behind
    if behind is None:
        return Cell(key, say(INSTEAD, row, row.name))
    return Cell(key, say(HERE[type(behind)], behind, behind.name) or None, worked_out_from=keys_of(behind))


def _years(every: list[Elsewhere]) -> Table:
    rows = tuple(
        (
            say(WHOSE, some, some.name),
            tuple(Cell(f"{form}.{some.place}", **form_of(form, some, some.name)) for form in OF_VALUES),
        )
        for one in every
        for some in one.sources
    )
    return Table(YEARS, ("Of whom", *OF_VALUES.values()), rows, said=tuple(OF_VALUES.values()))
