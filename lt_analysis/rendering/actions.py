"""Pledged actions on a page: which are late, and how each of an organisation's own stands.

A status is a word beside a shape, so that it is told apart on paper and without colours.
"""

from lt_analysis.release.figures import OrganisationFigures, Release, State
from lt_analysis.rendering import html
from lt_analysis.rendering.delivery_figures import Pledged, pledged_by
from lt_analysis.rendering.figure import named, own
from lt_analysis.rendering.forms import named_in_full, say, say_form
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.markup import element
from lt_analysis.rendering.shown import Choice, Said, Template

WORDS = ("Action", "Owner's role")
COLUMNS = (*WORDS, "Due", "Status")
NONE_LATE = "No action that this report knows of is late."
NOT_SENT = "This organisation sent no return of actions that could be used for this quarter."

_LATE = "Promised and not done: {late_number} of {actions_number} pledged actions"
LATE = Choice(
    "late",
    by="late",
    cases={
        "unsent": "No organisation sent a return of actions for {span_in_words}.",
        "none": "None of {actions_number} pledged actions is late, as of {last_day}.",
        "one": f"{_LATE} is late, as of {{last_day}}.",
        "many": f"{_LATE} are late, as of {{last_day}}.",
    },
)
NOTHING_KNOWN = Template(
    "nothing_known",
    "{sent_no_actions} sent no return of actions that could be used.",
)
DUE_BEFORE = Template("due_before", "Due before {last_day}, and not done")
_WERE_LATE = "Promised and not done: {own_late_number} of {own_actions_number} pledged actions"
WERE_LATE = Choice(
    "were_late",
    by="actions",
    cases={
        "none": "None of its {own_actions_number} pledged actions was late on {own_last_day}.",
        "one": f"{_WERE_LATE} was late on {{own_last_day}}.",
        "many": f"{_WERE_LATE} were late on {{own_last_day}}.",
    },
)
AS_THEY_STOOD = Template("as_they_stood", "Pledged actions as they stood on {own_last_day}")
OWN_WORDS = "The words are the organisation's own."


def not_sent(release: Release) -> str:
    """Return of how many organisations nothing is known of actions; empty where no organisation sent any."""
    return say(NOTHING_KNOWN, release, "*") if any(organisation.actions for organisation in own(release)) else ""


def late_actions(release: Release) -> Html:
    """Return a table of the actions that are late, with whose they are; how many that is, the main points say."""
    rows = tuple(
        (named_in_full(organisation), _late(Pledged(action, organisation)))
        for organisation in release.organisations
        for action in organisation.late_actions
    )
    if not rows:
        return html.paragraphs({"actions.none": NONE_LATE})
    caption = say(DUE_BEFORE, release, "*")
    return _table(Table(caption, ("Organisation", *COLUMNS), rows, said=COLUMNS))


def late(figures: OrganisationFigures) -> dict[str, str]:
    """Return how many of an organisation's pledged actions were late; nothing of none, or of exact figures."""
    told = figures.actions and figures.state != State.RESTRICTED
    return {"late": say(WERE_LATE, figures, figures.slug)} if told else {}


def own_actions(figures: OrganisationFigures) -> Html:
    """Return a table of an organisation's pledged actions; how many were late, its main points say."""
    if figures.source:
        return html.paragraphs({"actions": "Published figures from elsewhere: nothing was pledged here."})
    if not figures.actions:
        return html.paragraphs({"actions": NOT_SENT})
    summary = html.paragraphs({"actions": OWN_WORDS})
    # A row is headed by its date: the words of an action stand in a cell of their own, which the gate knows by name.
    rows = tuple((_due(pledged), (*_words(pledged), _status(pledged))) for pledged in pledged_by(figures))
    columns = ("Due", *WORDS, "Status")
    caption = say(AS_THEY_STOOD, figures, named(figures))
    return html.joined(summary, _table(Table(caption, columns, rows, said=columns[1:])))


def _words(pledged: Pledged) -> tuple[Cell, Cell]:
    forms = {"action": "action_text", "owner": "owner_role"}
    key = pledged.action.key
    return tuple(Cell(f"{part}.{key}", say_form(form, pledged, pledged.name)) for part, form in forms.items())


def _due(pledged: Pledged) -> Said:
    return say_form("due_on", pledged, pledged.name)


def _status(pledged: Pledged) -> Cell:
    return Cell(f"status.{pledged.action.key}", say_form("status", pledged, pledged.name))


def _late(pledged: Pledged) -> tuple[Cell, ...]:
    return (*_words(pledged), Cell(f"due.{pledged.action.key}", _due(pledged)), _status(pledged))


def _table(table: Table) -> Html:
    return Html(element("div", table.html, class_="actions"))
