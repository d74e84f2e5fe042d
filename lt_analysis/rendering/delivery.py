"""The page on delivery: what became of pledged actions, of the partnership or of one organisation, by the rules.

It is headed by the questions that the partnership's workshops asked: where have actions taken place; where not, and
what would start them; where have they stalled, and must change? Each commitment and each element of the Cultural Web
stands there too where nothing serves it, for an empty row is a finding. What an organisation says of its action, and
how it stands by the rules (`release/delivery.py`), stand beside each other.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from lt_analysis.codebook.commitments import COMMITMENTS, ELEMENTS, NAME_OF_WEB
from lt_analysis.codebook.naming import capitalised
from lt_analysis.release.delivery import WITH_PROOF, Stands
from lt_analysis.release.figures import Release
from lt_analysis.rendering import html
from lt_analysis.rendering.charts import (
    CLEAR_OF_THE_GRID,
    GROUP_LOOK,
    NARROW,
    WHITE_LOOK,
    WIDE,
    Chart,
    as_text,
    draw_marks,
    house_style,
    in_lines,
    letters_across,
)
from lt_analysis.rendering.cultural_web import Place, draw_web
from lt_analysis.rendering.delivery_figures import Delivered, Flow, Pursued, Signed, Towards
from lt_analysis.rendering.forms import forms_of, named_in_full, say, say_form
from lt_analysis.rendering.forms.delivery import LISTED
from lt_analysis.rendering.front_page import marks
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.markup import element
from lt_analysis.rendering.shown import Choice, Said, Template

MOST_ROWS = 40  # of a table of actions: a page of a thousand could be read by nobody
MOST_UNFOLDED = 6  # rows of a table of actions; a longer one is closed until its reader opens it
MOST_DRAWN = 20
LINE_OF_TEXT, AT_THE_SIDE = 0.23, 0.3  # inches; a part of a drawing's width

TITLE = Template("delivery_title", "What became of pledged actions: {delivery_name}")
TITLE_OF_ALL = "What became of pledged actions: all organisations together"
NOTHING_PLEDGED = "No pledged action is known."
IN_SHORT = Choice(
    "delivery_in_short",
    by="delivery_any",
    cases={
        "some": (
            "Of {pledged_number} pledged actions on {last_day}: done, with proof, {proved_done}; not moving "
            "{still_number}. Across all {pledged_number}, past their date and not done: {overdue_number}."
        ),
        "none": NOTHING_PLEDGED,
    },
)
WHETHER_IT_SHOWS = Choice(
    "delivery_whether_it_shows",
    by="delivery_told",
    cases={
        "some": (
            "By the number that they named, {told_number} of these can be judged: it moved as was hoped, "
            "{shown_to_work}; the other way, {other_way_number}; no change seen, {no_change_number}."
        ),
        "none": "By the number that they named, none of these can be judged.",
    },
)
TAKEN = Choice(
    "delivery_taken",
    by="delivery_any",
    cases={
        "some": "Where have actions taken place? Done, with proof of it: {proved_done}.",
    },
)
UNDER_WAY = Choice(
    "delivery_under_way",
    by="delivery_any",
    cases={
        "some": (
            "Said to be done, without proof or without a number that is to move: {unproved_done}. Moved since the "
            "report before: {moving_number}. Under way, and in no report before: {new_number}."
        ),
    },
)
NOT_YET = Choice(
    "delivery_not_yet",
    by="delivery_any",
    cases={
        "some": (
            "Where not, and what would start them? Late to start: {late_start_number}. Not due yet: {not_due_number}. "
            "Stopped, with a reason: {stopped_number}, and without: {stopped_silently_number}."
        )
    },
)
REACHED = Choice(
    "delivery_reached",
    by="delivery_any",
    cases={
        "some": (
            "An action serves {elements_reached} of {elements_number} elements of the Cultural Web, and "
            "{commitments_reached} of {commitments_number} commitments of the partnership."
        )
    },
)
UNSERVED = Template("delivery_unserved", "Commitments without any action: {commitments_left}.")
BESIDES = Template(
    "delivery_besides",
    "Commitments without an action, of which something else is told further down: {commitments_besides}.",
)
UNTOUCHED = Template("delivery_untouched", "Elements without any action: {elements_left}.")
NOT_DISCUSSED = Template(
    "delivery_not_discussed",
    "Untouched: {elements_not_discussed}. The first workshops had not come to control systems and power structures.",
)
WEB = Template("delivery_web", "Of {elements_number} elements of the Cultural Web, {elements_reached} have an action.")
WEB_OF = Template("delivery_web_of", "How the actions of each element stand by the rules on {last_day}")
WOULD_START = Template("delivery_would_start", "What would start them, in the organisations' words: {needs_to_start}.")
MUST_CHANGE = Template(
    "delivery_must_change",
    "What would move these, in the organisations' words: {needs_to_move}.",
)
STALLED = Choice(
    "delivery_stalled",
    by="delivery_any",
    cases={
        "some": (
            "Where have they stalled, and must change? No movement for two quarters or more: {stalled_number}. No "
            "movement since the last report: {quiet_number}. Across all {pledged_number}, given another date than "
            "the first: {moved_number}."
        )
    },
)
# The lines of the front page: how many, and of those that stalled longest who answers.
OF_ALL_REPORTS = Choice(
    "delivery_on_front_page",
    by="delivery_any",
    cases={"some": "Stalled: {stalled_number}; done with proof: {proved_done}; shown to work: {shown_to_work}."},
)
STALLED_SINCE = Template(
    "stalled_since", "{short_name_in_full}: no movement since {still_since}. {pursued_role} answers."
)
MAIN_POINTS = (
    {"short": IN_SHORT},
    {"taken": TAKEN, "shows": WHETHER_IT_SHOWS, "under-way": UNDER_WAY},
    {
        "not-yet": NOT_YET,
        "would-start": WOULD_START,
        "reached": REACHED,
        "unserved": UNSERVED,
        "besides": BESIDES,
        "untouched": UNTOUCHED,
    },
    {"stalled": STALLED, "must-change": MUST_CHANGE},
)
SENT = Template(
    "delivery_sent", "{partners_sent} of {partners_number} organisations sent a return of actions for this quarter."
)
SILENT = Template(
    "delivery_silent",
    "No return of actions came from: {silent_names}. An action of theirs that an earlier report had is still "
    "counted, without movement.",
)
OWN_SILENT = "No return of actions was sent for this quarter, so what was said before stands here."
WHO_SENT = {"sent": SENT, "silent": SILENT}
AS_OF = Template("delivery_as_of", "Actions as they stood on {last_day}, in the organisations' own words.")
DRAWN = Template("delivery_drawn", "Other dates than the first: {moved_number} of {pledged_number} actions")
DRAWN_OF = Template("delivery_drawn_of", "The first date of each action, and the date it has now, by {last_day}")
DATES = Template("delivery_dates", "First dates and dates now, by {last_day}")

BY_THE_RULES = (
    "States are set by rules, beside what organisations say. A new date, other words or another role are no movement. "
    "A milestone that was met is one, and so is proof where there was none, or a status that went forward."
)
WHETHER_IT_WORKED = (
    "An action that is done, with something to show for it, is set beside the number that its first report named, once "
    "a whole financial year has begun and ended since. The gap is the share of White people less that of the other "
    "group. A gap may close everywhere, so its change is set beside that of all other organisations together. It is "
    "said whether it moved, and never why: much else happens in those years. Too few to tell means that the numbers "
    "are not all shown, or that a change as large as was hoped could not have been told from chance."
)
NONE_NAMED = (
    "No action that is done named a number of this audit from its first report on, and which way its gap is to move."
)
EMPTY_ROWS = "A row without an action is a finding: nobody has said what is to be done there."
OWN_TEST = "Nothing was written down of how anybody would know. The test is this audit's proposal."
INVENTED_COMMITMENTS = "Invented: no partnership has promised these."
FIRST_OF_MANY = "There are many. Only the first of them stand here; the spreadsheet has those of this quarter."
MANY_DRAWN = "The largest delays are drawn."
NONE_HERE = "no action."
HOW_TO_READ = (
    "The hollow ring is the first date, and the square the date now; a line between them is the delay. The upright "
    "line is the last day of the quarter."
)
SOURCE = "returns of actions, as every report remembers them"
QUARTERS = "How many became stalled, were restarted, and were done"
OF_FOLLOWED = (
    "Of the actions that an earlier report had too: what was done when it was first heard of counts in no quarter. "
    "Restarted means that it was stalled or stopped, and moved."
)
NO_QUARTERS = "Nothing to compare: it takes two reports that have an action."
ELEMENTS_TABLE = "elements-table"  # the name of the table that the Cultural Web draws
HOW_TO_READ_WEB = "A place with a dashed edge is an element without any action."
SEEN_OF_WEB = "Six places round a middle, each with the name of an element and how its actions stand."
NONE_DRAWN, NONE_MOVED = "No chart: no action is known.", "No chart: no first date was changed."
LONGEST = Choice(
    "delivery_longest",
    by="stalled_many",
    cases={
        "some": "Stalled longest, of {stalled_number} that are stalled",
        "many": "Five of {stalled_number} that are stalled: none has been so for a longer time",
    },
)
NO_LONGEST = "Stalled longest"
HOW_THEY_STAND = (
    "First report: nothing to compare with yet. Done: with proof, and nothing told of its number yet. Quiet: no "
    "movement since the last report. Stalled: none for two quarters or more, or its date moved twice in between. "
    "Unproven: done, they say, without proof or without a number that is to move. It shows: that number moved as was "
    "named, further than that of all others, by more than chance alone would often move it. No change seen: it did "
    "not, though a change as large as hoped would have been told from chance. Who answers for each is in the tables "
    "that follow."
)
STATES = {
    "Not due": "not started, and its time is to come.",
    "Late to start": "not started, with fewer than 90 days left, or the day of its start passed.",
    "First report": "under way, and nothing to compare it with yet.",
    "Moving": "under way, and it moved since the report before.",
    "Quiet": "under way, and nothing moved since the report before.",
    "Stalled": "under way, and nothing moved for two quarters or more; or its date moved twice in between. That "
    "no report came counts as no movement.",
    "Done": "done, with proof that can be looked at, and the number named that is to move.",
    "Done, and it shows": "done, with proof, and the gap of its number moved the way that was named, beside that of "
    "all other organisations, and by more than chance alone would often move it.",
    "Done, no change seen": "done, with proof, and no change of its number is told from chance, though one as large as "
    "was hoped would have been.",
    "Done, unproven": "said to be done, without proof, or without a number that is to move.",
    "Stopped, reason given": "stopped, and it is said who decided so.",
    "Stopped, no reason given": "stopped, and nobody has said who decided so.",
    "Overdue": "its first date, or one that came sooner, has passed, and it is not done. It stands beside a state.",
}
WORDS = STATES | {
    NAME_OF_WEB: "six elements by which an organisation's culture can be told, after Johnson and Scholes.",
}
WHOSE = "Whose, and its reference"
# The columns of tables: of each its heading, and the form that says its cells.
ACTION, ROLE = ("Action", "pursued_action"), ("Owner's role", "pursued_role")
STANDS, SAID_SO, WHEN = ("By the rules", "stands"), ("As stated", "stated"), ("Date", "pursued_dates")
PROOF, NEEDS, BLOCKER = (
    ("To show for it", "pursued_proof"),
    ("What it needs", "pursued_needs"),
    (
        "In its way",
        "pursued_blocker",
    ),
)
OFFERS, OFFERED = ("What it can share", "pursued_offers"), ("Who shares something of the kind", "offered_by")
OFFERED_IN_SHORT = ("Who could help", "offered_in_short")
ADOPTED = ("Who took it up since", "adopted_by")
SINCE, MILESTONES = ("No movement since", "still_since"), ("Milestones", "milestones")
ASKED_OF_ELEMENTS = (
    *(("Taken place, or under way", "taken_here"), ("Not, or stopped", "not_here")),
    ("Stalled, or not moving", "stalled_here"),
)
WITHOUT_ELEMENT = Template("delivery_without_element", "Actions that name no element: {without_element}.")
OF_COMMITMENT = (
    *(("Its actions", "its_actions"), ("Made", "commitment_made"), ("Due", "commitment_due")),
    *(("Kept, if", "commitment_test"), ("Source", "commitment_source")),
)
FLOWED = (("Became stalled", "became_stalled"), ("Restarted", "became_restarted"), ("Done", "became_done"))
EVALUATED = (
    *(("Its number", "evaluated_measure"), ("The gap was to become", "evaluated_way")),
    *(("Before", "evaluated_before"), ("After", "evaluated_after")),
    *(("All others meanwhile", "evaluated_others"), ("What they say", "evaluated_told")),
)
_VERSION = (
    "Version {pledge_version} of the pledge stands since {pledge_since}. {pledge_signed} of {pledge_partners} "
    "organisations have signed it."
)
OF_PLEDGE = {
    "version": Choice(
        "pledge_version_told",
        by="pledge_told",
        cases={
            "none": "It was not sent which version of the pledge stands, nor who signed it.",
            **dict.fromkeys(("first", "another"), _VERSION),
        },
    ),
    "changed": Choice(
        "pledge_changed",
        by="pledge_told",
        cases={
            "first": "No report before this one had another version.",
            "another": (
                "Against version {pledge_before}, new commitments: {pledge_added}. Changed: {pledge_altered}. Taken "
                "away: {pledge_gone}."
            ),
        },
    ),
}
WHO_SIGNED = "Who signed the version that stands"
REPLIES, REPLY = "What their organisations reply", ("Reply", "pursued_reply")
TO_REPLY = {
    "which": "short_name",
    "action": "pursued_action",
    "by_the_rules": "stands_in_words",
    "as_stated": "stated",
    "no_movement_since": "still_since",
    "dates": "pursued_dates",
    "needs": "pursued_needs",
}
DECIDED = ("Who decided", "pursued_decided_by")


def heading(delivered: Delivered) -> Html:
    """Return the page's heading, under its marks; and what the group's label means, where a number is told by group."""
    by_group = any(one.action.evaluation for one in delivered.actions)
    if delivered.slug == "*":
        return html.heading(TITLE_OF_ALL, marks(delivered.release), in_full=by_group)
    (figures,) = delivered.organisations
    title = say(TITLE, delivered, delivered.name)
    return html.heading(title, html.marks(figures.state, figures.invented), in_full=by_group)


def main_points(delivered: Delivered) -> Html:
    """Return the three questions, each with its numbers and what organisations say is needed."""
    groups = [{cell: say(one, delivered, delivered.name) for cell, one in some.items()} for some in MAIN_POINTS]
    if delivered.slug == "*":
        groups.insert(1, {cell: say(one, delivered, delivered.name) for cell, one in WHO_SENT.items()})
    elif not delivered.organisations[0].actions:
        groups.append({"own-silent": OWN_SILENT})
    named = ({f"delivery.{cell}": text for cell, text in some.items() if text} for some in groups)
    return html.grouped(filter(None, named), "summary")


def by_element(delivered: Delivered) -> Html:
    """Return the three questions, of each element of the Cultural Web, and the actions that stalled longest ago."""
    rows = tuple((capitalised(one.key), tuple(_asked_of(one))) for one in _towards(delivered))
    headings = tuple(heading for heading, _ in ASKED_OF_ELEMENTS)
    without = say(WITHOUT_ELEMENT, delivered, delivered.name)
    note = Said.join(" ", (without, HOW_THEY_STAND)) if without else HOW_THEY_STAND
    table = Table("The three questions, of each element", ("Element", *headings), rows, said=headings, note=note)
    found = delivered.standing(Stands.STALLED)
    columns = (ACTION, ROLE, SINCE, NEEDS, OFFERED_IN_SHORT)
    return html.joined(
        Html(element("div", table.html, class_="delivery by-element")),
        _actions("five", _longest(delivered) if found else NO_LONGEST, found[:LISTED], columns, delivered),
    )


def _longest(delivered: Delivered) -> Said:
    return say(LONGEST, delivered, delivered.name)


def _asked_of(one: Towards) -> Iterator[Cell]:
    for _, form in ASKED_OF_ELEMENTS:
        yield Cell(f"asked.{form}.{_key(one)}", say_form(form, one, one.name))


def on_front_page(release: Release) -> Said | str:
    """Return how many actions stalled, are done and are shown to work; empty where there is none."""
    every = Delivered(release)
    return say(OF_ALL_REPORTS, every, every.name)


def stalled_longest(release: Release) -> Html:
    """Return a line of each of the actions that stalled longest, and who answers; nothing where none did."""
    every = Delivered(release)
    found = every.standing(Stands.STALLED)[:LISTED]
    lines = {f"stalled.{one.action.key}": say(STALLED_SINCE, one, one.name) for one in found}
    return html.paragraphs({"stalled": _longest(every)} | lines) if lines else html.NOTHING


def coverage(delivered: Delivered) -> Html:
    """Return what the page covers, and by what an action's state is set."""
    terms = {"Covers": say(AS_OF, delivered, delivered.name), "States": BY_THE_RULES, "Did it work?": WHETHER_IT_WORKED}
    return html.definitions(terms, "coverage")


def taken_place(delivered: Delivered) -> Html:
    """Return the actions that are done, or move."""
    found = delivered.standing(*WITH_PROOF, Stands.UNPROVEN, Stands.MOVING, Stands.FIRST_REPORT)
    columns = (ACTION, ROLE, STANDS, SAID_SO, MILESTONES, WHEN, PROOF)
    return _actions("taken", "Done, moving, or under way in a first report", found, columns, delivered)


def worked(delivered: Delivered) -> Html:
    """Return what the numbers say of actions that are done and named one of this audit, from their first report on."""
    found = [one for one in delivered.standing(*WITH_PROOF) if one.action.evaluation]
    if not found:
        return html.note(NONE_NAMED)
    columns = (ACTION, *EVALUATED)
    return _actions("worked", "Done, beside the numbers they named", found, columns, delivered, replies=False)


def not_taken_place(delivered: Delivered) -> Html:
    """Return every commitment and element, with or without actions, and the actions that were not started."""
    waiting = delivered.standing(Stands.LATE_TO_START, Stands.NOT_DUE)
    stopped = delivered.standing(Stands.STOPPED_SILENTLY, Stands.STOPPED)
    return html.joined(
        html.section("Commitments of the partnership", _commitments(delivered), level=3),
        html.section("Elements of the Cultural Web", _elements(delivered), level=3),
        html.section(
            "Not started, and what would start it",
            _actions("waiting", "Not started", waiting, (ACTION, ROLE, STANDS, WHEN, BLOCKER, NEEDS), delivered),
            level=3,
        ),
        html.section(
            "Stopped",
            _actions("stopped", "Stopped", stopped, (ACTION, ROLE, STANDS, DECIDED), delivered),
            level=3,
        ),
    )


def stalled(delivered: Delivered) -> Html:
    """Return all that do not move: how each stands, since when, what it needs, and who shares something of the kind."""
    found = delivered.standing(Stands.STALLED, Stands.QUIET)
    columns = (ACTION, ROLE, STANDS, SINCE, BLOCKER, NEEDS, OFFERED)
    return _actions("still", "Stalled, or without movement since the last report", found, columns, delivered)


def pledge(delivered: Delivered) -> Html:
    """Return which version of the pledge stands, who signed it, and what changed since the version before."""
    signed = Signed(delivered.release, delivered.slug)
    said = {f"pledge.{cell}": say(sentence, signed, signed.name) for cell, sentence in OF_PLEDGE.items()}
    parts = [html.paragraphs({cell: text for cell, text in said.items() if text})]
    if signed.release.pledge:
        whose = signed.each if signed.slug == "*" else [signed]
        rows = tuple((say_form("signed_by", one, one.name), (_signed_on(one),)) for one in whose)
        table = Table(WHO_SIGNED, ("Organisation", "Signed"), rows, said=("Signed",))
        parts.append(html.folded(WHO_SIGNED, table) if len(rows) > MOST_UNFOLDED else Html(table.html))
    return html.joined(*parts)


def _signed_on(one: Signed) -> Cell:
    return Cell(f"pledge.signed.{one.slug}", say_form("signed_on", one, one.name))


def flow(delivered: Delivered) -> Html:
    """Return how many actions became stalled, were restarted and were done in each quarter, the latest last."""
    quarters = delivered.flow
    if not quarters:
        return html.note(NO_QUARTERS)
    rows = tuple((say_form("flow_quarter", one, one.name), _flowed(one)) for one in quarters)
    headings = tuple(heading for heading, _ in FLOWED)
    return _as_words(Table(QUARTERS, ("Quarter", *headings), rows, said=headings, note=OF_FOLLOWED))


def _flowed(one: Flow) -> tuple[Cell, ...]:
    return tuple(Cell(f"flow.{form}.{one.quarter}", say_form(form, one, one.name)) for _, form in FLOWED)


def to_reply(delivered: Delivered) -> list[list[str]]:
    """Return what the page says of each action, the headings first, with an empty column for a reply.

    No row, not even headings, where there is no action.
    """
    rows = [[str(say_form(form, one, one.name)) for form in TO_REPLY.values()] for one in delivered.actions]
    return [[*TO_REPLY, "reply"], *([*row, ""] for row in rows)] if rows else []


def register(delivered: Delivered) -> Html:
    """Return good local action: what can be looked at, or shared, and where."""
    every = delivered.standing(*Stands)
    found = [one for one in every if one.action.given & {"evidence", "offers"}]
    columns = (ACTION, STANDS, PROOF, OFFERS, ADOPTED)
    return _actions("register", "What can be looked at, or shared", found, columns, delivered, replies=False)


def _actions(
    cell: str,
    caption: Said | str,
    found: Sequence[Pursued],
    columns: Iterable[tuple[str, str]],
    delivered: Delivered,
    replies: bool = True,
) -> Html:
    """Return a table of actions, each row under the short name of its action, or that there is none.

    What organisations reply stands below it, under the same short names.
    """
    if not found:
        return html.note(Said.join(": ", (caption, NONE_HERE)))
    shown = found[:MOST_ROWS]
    note = FIRST_OF_MANY if len(found) > MOST_ROWS else ""
    parts = [_table(cell, caption, shown, columns, delivered, note)]
    replied = [one for one in shown if replies and "reply" in one.action.given]
    if replied:
        parts.append(_table(cell, REPLIES, replied, (REPLY,), delivered))
    return html.folded(caption, *parts) if len(shown) > MOST_UNFOLDED else html.joined(*parts)


def _table(
    cell: str,
    caption: Said | str,
    shown: Sequence[Pursued],
    columns: Iterable[tuple[str, str]],
    delivered: Delivered,
    note: str = "",
) -> Html:
    columns = tuple(columns)
    rows = tuple((_short(one, delivered), _cells(cell, one, columns)) for one in shown)
    headings = tuple(heading for heading, _ in columns)
    return _as_words(Table(caption, (WHOSE, *headings), rows, said=headings, note=note))


def _cells(cell: str, pursued: Pursued, columns: Iterable[tuple[str, str]]) -> tuple[Cell, ...]:
    return tuple(
        Cell(f"{cell}.{form}.{pursued.action.key}", say_form(form, pursued, pursued.name)) for _, form in columns
    )


def _short(pursued: Pursued, delivered: Delivered) -> Said:
    form = "short_name_in_full" if delivered.slug == "*" else "short_name"
    return say_form(form, pursued, pursued.name)


def _as_words(table: Table) -> Html:
    return Html(element("div", table.html, class_="delivery"))


def _commitments(delivered: Delivered) -> Html:
    """Return every commitment, those that nothing serves first."""
    own = delivered.release.commitments
    every = [Towards(delivered, "commitment", one.key) for one in own]
    rows = tuple(
        (say_form("commitment_text", one, one.name), _commitment(one))
        for one in sorted(every, key=lambda one: bool(one.actions))
    )
    columns = ("Commitment", *(heading for heading, _ in OF_COMMITMENT))
    note = OWN_TEST if own == tuple(COMMITMENTS.values()) else INVENTED_COMMITMENTS if own[0].invented else ""
    return _as_words(Table("Each commitment, and its actions", columns, rows, said=columns[1:], note=note))


def _commitment(one: Towards) -> tuple[Cell, ...]:
    return tuple(Cell(f"commitment.{form}.{_key(one)}", say_form(form, one, one.name)) for _, form in OF_COMMITMENT)


def _key(one: Towards) -> str:
    return one.key.replace(" ", "-")


def _elements(delivered: Delivered) -> Html:
    """Return the six elements, drawn and as a table: of the partnership also by organisation."""
    untouched = say(NOT_DISCUSSED, delivered, delivered.name)
    notes = [html.note(one) for one in (EMPTY_ROWS, untouched) if one]
    first = html.joined(*notes, web_chart(delivered), _as_words(_elements_table(delivered)))
    if delivered.slug != "*":
        return first
    columns = tuple(map(capitalised, ELEMENTS))
    each = tuple(
        (
            named_in_full(figures),
            tuple(_in_states(one, figures.slug) for one in _towards(Delivered(delivered.release, figures.slug))),
        )
        for figures in delivered.organisations
    )
    table = Table("How actions stand, by element and organisation", ("Organisation", *columns), each, said=columns)
    return html.joined(first, html.folded("How actions stand, by element and organisation", _as_words(table)))


def _elements_table(delivered: Delivered) -> Table:
    whose = "all" if delivered.slug == "*" else delivered.slug
    rows = tuple((capitalised(one.key), (_in_states(one, whose),)) for one in _towards(delivered))
    columns = ("Element", "Its actions")
    return Table("Each element, and its actions", columns, rows, said=columns[1:], name=ELEMENTS_TABLE)


def web_chart(delivered: Delivered) -> Chart:
    """Draw the six elements of the Cultural Web round their middle, each with how its actions stand."""
    places = [
        Place(capitalised(one.key), say_form("in_states", one, one.name).split("; "), bool(one.actions))
        for one in _towards(delivered)
    ]
    return Chart(
        finding=say(WEB, delivered, delivered.name),
        measure=say(WEB_OF, delivered, delivered.name),
        reading=HOW_TO_READ_WEB,
        source=SOURCE,
        data=_elements_table(delivered),
        seen=SEEN_OF_WEB,
        wide=draw_web(places, WIDE),
        narrow=draw_web(places, NARROW),
    )


def _towards(delivered: Delivered) -> list[Towards]:
    return [Towards(delivered, "element", key) for key in ELEMENTS]


def _in_states(one: Towards, whose: str) -> Cell:
    return Cell(f"element.{whose}.{_key(one)}", say_form("in_states", one, one.name))


def dates_chart(delivered: Delivered) -> Chart | Html:
    """Draw each action's first date, and the date that it has now; of the partnership those of moved dates alone."""
    found = delivered.actions
    if delivered.slug == "*":
        found = [one for one in found if len(one.action.dates) > 1]
    if not found:
        return html.note(NONE_MOVED if delivered.actions else NONE_DRAWN)
    found = sorted(found, key=_largest_delay if delivered.slug == "*" else _first_date)
    drawn = found[:MOST_DRAWN]
    return Chart(
        finding=say(DRAWN, delivered, delivered.name),
        measure=say(DRAWN_OF, delivered, delivered.name),
        reading=HOW_TO_READ,
        telling=MANY_DRAWN if len(found) > MOST_DRAWN else "",
        source=SOURCE,
        data=_dates_table(drawn, delivered),
        seen="A line for each action, with marks for its first date and for later ones.",
        wide=_draw_dates(drawn, delivered, WIDE),
        narrow=_draw_dates(drawn, delivered, NARROW),
    )


def _largest_delay(pursued: Pursued) -> tuple[int, str]:
    dates = pursued.action.dates
    return (dates[0] - dates[-1]).days, pursued.name


def _first_date(pursued: Pursued) -> tuple[date, str]:
    return pursued.action.dates[0], pursued.name


def _dates_table(drawn: Sequence[Pursued], delivered: Delivered) -> Table:
    columns = (("First date", "first_date"), ("Date now", "date_now"), ("Moved", "times_moved"), STANDS)
    rows = tuple((_short(one, delivered), _cells("dates", one, columns)) for one in drawn)
    headings = tuple(heading for heading, _ in columns)
    return Table(say(DATES, delivered, delivered.name), (WHOSE, *headings), rows, said=headings)


def _draw_dates(drawn: Sequence[Pursued], delivered: Delivered, width: float) -> str:
    """Draw the dates, each action's name and dates above its marks."""
    last_day = date2num(delivered.release.quarter.last_day)
    every = [date2num(when) for one in drawn for when in (one.action.dates[0], one.action.dates[-1])]
    first, last = min(*every, last_day), max(*every, last_day)
    room = max(last - first, 1) * 0.04
    top = 1.0
    with house_style():
        figure = Figure(layout="constrained")
        axes = figure.subplots()
        axes.set(xlim=(first - room, last + room), xlabel="", ylabel="")
        _write_last_day(axes, delivered, (last_day - first) / max(last - first, 1))
        for one in drawn:
            lines = _name_and_dates(one, delivered, letters_across(width))
            middle = top + (len(lines) - 1) / 2
            axes.text(0, middle, "\n".join(lines), **_beside(axes), bbox=CLEAR_OF_THE_GRID, zorder=4)
            top += len(lines) - 0.1
            start, end = (date2num(one.action.dates[place]) for place in (0, -1))
            axes.hlines(top, min(start, end), max(start, end), color=GROUP_LOOK.mark, linewidth=3)
            axes.scatter([start], [top], s=70, facecolor="white", edgecolor=WHITE_LOOK.mark, linewidths=2, zorder=3)
            if start != end:
                draw_marks(axes, [end], [top], color=GROUP_LOOK.mark, marker="s", s=70, zorder=3)
            top += 1.3
        axes.axvline(last_day, color=WHITE_LOOK.mark, linewidth=1, zorder=0)
        axes.set_ylim(top - 0.4, -0.6)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines["bottom"].set_visible(False)
        figure.set_size_inches(width, LINE_OF_TEXT * (top + 1))
        return as_text(figure)


def _write_last_day(axes: Axes, delivered: Delivered, place: float) -> None:
    """Write the quarter's last day above its line, which stands at a part of the width."""
    side = "left" if place < AT_THE_SIDE else "right" if place > 1 - AT_THE_SIDE else "center"
    said = str(forms_of(delivered)["last_day"](delivered))
    axes.text(date2num(delivered.release.quarter.last_day), 0, said, ha=side, va="center", bbox=CLEAR_OF_THE_GRID)


def _beside(axes: Axes) -> dict[str, object]:
    """Return how words stand at the left of a drawing, whatever its dates are."""
    return {"transform": axes.get_yaxis_transform(), "va": "center"}


def _name_and_dates(one: Pursued, delivered: Delivered, letters: int) -> list[str]:
    dates = str(forms_of(one)["pursued_dates"](one))
    name, *others = in_lines(f"{_short(one, delivered)}:", dates, letters)
    return [name, *(line for other in others for line in wrap(other, letters))]


def glossary() -> Html:
    """Return the words of this page and what each means."""
    return html.definitions(WORDS, "glossary")


def of(release: Release, organisation: str) -> Delivered:
    """Return the pledged actions of an organisation, or of the partnership, as the releases remember them."""
    figures = release.of(organisation)
    return Delivered(release) if isinstance(figures, Release) else Delivered(release, figures.slug)
