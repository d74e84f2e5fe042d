"""What is new in a report, and how the partnership's newest quarter compares with the one before.

Counts come first, then the direction, then the margin of error: they describe a change, and are no verdict. Of fewer
than twenty people nothing is said but the counts.
"""

from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.codebook.periods import Quarter
from lt_analysis.release.figures import Release, changes
from lt_analysis.rendering import html
from lt_analysis.rendering.forms import say
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.measure_figures import Beside, Change
from lt_analysis.rendering.shown import Choice, Said, Template

NO_QUARTER_BEFORE = "There are not yet two quarters of all organisations together that could be compared."
FIRST_REPORT = "This is the first report, so every figure in it is new."
REPORT_BEFORE = Template("report_before", "The report before was for {earlier_in_words}.")
NEW_YEAR = Choice(
    "new_year",
    by="new_years",
    cases={
        "few": "New: the year {year}, for {new_year_names}.",
        "many": "New: the year {year}, for {new_year_number} of {own_number} organisations.",
    },
)
NEW_TOGETHER = Choice(
    "new_together",
    by="new_several",
    cases={
        "few": "New: several years added up, for {new_several_names}.",
        "many": "New: several years added up, for {new_several_number} of {own_number} organisations.",
    },
)
NOBODY_NEW = "No single organisation has new figures. Theirs are for whole years."
NEW_PARTNERSHIP = Template("new_partnership", "New: all organisations together, {new_spans}.")
NOTHING_NEW = "No figures of all organisations together are new."
NOT_SHOWN_BEFORE = Template(
    "not_shown_before", "The quarter before {span_in_words} cannot be shown, so nothing is compared."
)
BESIDE = Template("quarter_beside", "All organisations together, {span_in_words} beside {span_before_in_words}:")
OTHER_MEMBERS = "The latest two quarters of all organisations together add up different organisations: "
ONLY = Template("only_of_quarter", "only {span_in_words} has {members_alone}")
_DIRECTION = {
    "same": "The share was {share_later} both times.",
    "higher": "The share was {share_later}, higher than the {share_earlier} before.",
    "lower": "The share was {share_later}, lower than the {share_earlier} before.",
}
CHANGES = {
    stage.key: Choice(
        f"change_of_{stage.key}",
        by="change",
        cases={
            "hidden": f"{stage.event.capitalize()}: not compared, because a number is not shown.",
            "few": f"{both_counts} These are too few to compare.",
        }
        | {
            direction: f"{both_counts} {share} Anything from {{change_low}} to {{change_high}} fits the counts."
            for direction, share in _DIRECTION.items()
        },
    )
    for stage in RECRUITMENT.stages
    for both_counts in (
        f"{{some_later}} of {{all_later}} {stage.event} {stage.verb} {{bme_people}}; the quarter before, it was "
        f"{{some_earlier}} of "
        "{all_earlier}.",
    )
}
NEWLY_LATE = Choice(
    "newly_late",
    by="newly_late",
    cases={
        "none": "None of the {all_late_number} late actions became late since {last_day_before}.",
        "all": "All {all_late_number} late actions became late since {last_day_before}.",
        **dict.fromkeys(
            ("one", "many"),
            "{newly_late_number} of the {all_late_number} late actions became late since {last_day_before}.",
        ),
    },
)


def section(release: Release) -> Html:
    """Return what is new, and how the newest quarter compares with the one before."""
    return html.joined(html.paragraphs(new(release)), html.paragraphs(compared(release)))


def new(release: Release) -> dict[str, str]:
    """Return which figures are published here for the first time."""
    first = say(REPORT_BEFORE, release, "*") if release.earlier else FIRST_REPORT
    of_organisations = Said.join(" ", (say(sentence, release, "*") for sentence in (NEW_YEAR, NEW_TOGETHER)))
    together = say(NEW_PARTNERSHIP, release, "*")
    return {
        "new.report": first,
        "new.organisations": of_organisations or NOBODY_NEW,
        "new.partnership": together or NOTHING_NEW,
    }


def compared(release: Release) -> dict[str, str]:
    """Return how the partnership's newest quarter compares with the one before, stage by stage, or why it does not."""
    match release.quarters:
        case (*_, before, later) if Quarter.parse(later.span).previous != Quarter.parse(before.span):
            return {"change": say(NOT_SHOWN_BEFORE, later, later.name)}
        case (*_, before, later) if before.members == later.members:
            lead = say(BESIDE, later, later.name)
            stages = [Change(later, change) for change in changes(before, later)]
            return {"change": lead} | {f"change.{change.of.stage}": sentence(change) for change in stages}
        case (*_, before, later):
            alone = (Beside(before, later, release), Beside(later, before, release))
            only = Said.join("; ", (say(ONLY, quarter, quarter.name) for quarter in alone))
            return {"change": Said.join("", (OTHER_MEMBERS, only, ". ", "So they are not compared."))}
        case _:
            return {"change": NO_QUARTER_BEFORE}


def sentence(change: Change) -> str:
    """Return how the group's share of a stage compares: counts, direction, margin of error."""
    return say(CHANGES[change.of.stage], change, change.name)


def newly_late(release: Release) -> dict[str, str]:
    """Return how many late actions were not yet due at the end of the last report's quarter; empty of the first."""
    late = any(organisation.late_actions for organisation in release.organisations)
    return {"late.new": say(NEWLY_LATE, release, "*")} if late and release.earlier else {}
