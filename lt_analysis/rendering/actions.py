"""Pledged actions on a page: which are late, and how each of an organisation's own stands.

A status is a word beside a shape, so that it is told apart on paper and without colours.
"""

from datetime import date

from lt_analysis.codebook.naming import capitalised
from lt_analysis.codebook.words import AWAITING
from lt_analysis.release.figures import Action, OrganisationFigures, Release
from lt_analysis.rendering import html
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.names import name_of

SHAPES = {"done": "●", "under way": "►", "not started": "○", "stopped": "■"}
LATE_SHAPE = "▲"
WITHHELD = capitalised(f"{AWAITING}.")
WORDS = ("Action", "Owner's role")
COLUMNS = (*WORDS, "Due", "Status")
NONE_LATE = "No action that this report knows of is late."
NONE_SENT = "Sent no return of actions that could be used."
NOT_SENT = "This organisation sent no return of actions that could be used for this quarter."


def status(action: Action, late: bool) -> str:
    """Say how an action stands: a shape and a word, and first that it is late where it is."""
    if late:
        return f"{LATE_SHAPE} Late: {action.status}"
    return f"{SHAPES[action.status]} {capitalised(action.status)}"


def day(when: date) -> str:
    """Write a date as `30 June 2026`."""
    return f"{when.day} {when:%B %Y}"


def late_of(figures: OrganisationFigures) -> str:
    """Say how many of an organisation's pledged actions are late, or that none are known; empty of an example."""
    number, late = len(figures.actions), len(figures.late_actions)
    if not number:
        return "" if figures.source else NONE_SENT
    return f"{late or 'None'} of its {number} pledged actions {'is' if late <= 1 else 'are'} late."


def late_points(release: Release) -> dict[str, str]:
    """Say how many actions are late, and of how many organisations that is known."""
    own = [one for one in release.organisations if not one.source]
    sent = [one for one in own if one.actions]
    late = [one for one in sent if one.late_actions]
    number = sum(len(one.late_actions) for one in late)
    actions = sum(len(one.actions) for one in sent)
    last = day(release.quarter.last_day)
    if not sent:
        return {"late": f"No organisation sent a return of actions for {release.quarter.in_words}."}
    if number:
        said = f"{number} of {actions} pledged actions {'is' if number == 1 else 'are'} late, as of {last}."
    else:
        said = f"None of {actions} pledged actions is late, as of {last}."
    where = f"Late at: {', '.join(map(name_of, late))}." if late else ""
    return {"late": said, "late.where": where, "late.not-sent": _not_sent(len(own) - len(sent), len(own))}


def _not_sent(without: int, everybody: int) -> str:
    if not without:
        return ""
    who = f"{without} of {everybody} organisations"
    return f"{who} sent no return of actions that could be used, so nothing is known of theirs."


def late_actions(release: Release) -> Html:
    """Set out the actions that are late, with whose they are; how many that is, the main points say."""
    rows = tuple((name_of(one), _late(action, one)) for one in release.organisations for action in one.late_actions)
    if not rows:
        return html.paragraphs({"actions.none": NONE_LATE})
    caption = f"Due before {day(release.quarter.last_day)}, and not done"
    return _table(Table(caption, ("Organisation", *COLUMNS), rows, said=COLUMNS))


def own_actions(figures: OrganisationFigures) -> Html:
    """Set out all of an organisation's pledged actions, those that are due first first."""
    if figures.source:
        return html.paragraphs({"actions": "Published figures from elsewhere: nothing was pledged here."})
    if not figures.actions:
        return html.paragraphs({"actions": NOT_SENT})
    number, late = len(figures.actions), len(figures.late_actions)
    last = day(figures.quarter.last_day)
    lead = f"{late} of {number} pledged actions {'was' if late == 1 else 'were'} late on {last}."
    said = html.paragraphs({"actions": f"{lead} The words are the organisation's own."})
    # A row is headed by its date: the words of an action stand in a cell of their own, which the gate knows by name.
    rows = tuple((day(one.due_on), (*_words(one), _status(one, figures))) for one in figures.actions)
    columns = ("Due", *WORDS, "Status")
    return html.joined(said, _table(Table(f"Pledged actions as they stood on {last}", columns, rows, said=columns[1:])))


def _words(action: Action) -> tuple[Cell, Cell]:
    texts = {"action": action.text, "owner": action.owner_role}
    return tuple(Cell(f"{part}.{action.key}", text or WITHHELD) for part, text in texts.items())


def _status(action: Action, figures: OrganisationFigures) -> Cell:
    return Cell(f"status.{action.key}", status(action, action.is_late(figures.quarter)))


def _late(action: Action, figures: OrganisationFigures) -> tuple[Cell, ...]:
    due = Cell(f"due.{action.key}", day(action.due_on))
    return (*_words(action), due, _status(action, figures))


def _table(table: Table) -> Html:
    return Html(f'<div class="actions">{table._repr_html_()}</div>')
