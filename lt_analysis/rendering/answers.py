"""What the front page answers first: a line a subject, and the lines of one that is not audited yet."""

from lt_analysis.codebook.measures import STAFF, STAGES
from lt_analysis.codebook.subjects import (
    ASSURANCE,
    DELIVERY,
    RECRUITMENT,
    REPRESENTATION,
    RETENTION,
    STANDARDS,
    SUBJECTS,
)
from lt_analysis.codebook.words import THE_RANGE
from lt_analysis.release.figures import Release
from lt_analysis.release.keys import ALL_BANDS
from lt_analysis.rendering import (
    actions,
    delivery,
    evidence_items,
    html,
    metrics,
    partnership,
    representation,
    standards,
    two_years,
    what_changed,
)
from lt_analysis.rendering.dots_chart import dots_chart
from lt_analysis.rendering.forms import say
from lt_analysis.rendering.forms.measures import PLACES
from lt_analysis.rendering.forms.staff import is_in_short, told_in_short
from lt_analysis.rendering.html import Html, html_of
from lt_analysis.rendering.markup import element
from lt_analysis.rendering.measure_figures import Compared, Happened
from lt_analysis.rendering.metric_figures import AllMetrics
from lt_analysis.rendering.partnership import NO_YEAR_TOGETHER
from lt_analysis.rendering.sentences import BY_CHANCE
from lt_analysis.rendering.shown import Choice, Said, Template
from lt_analysis.rendering.staff_figures import InPost
from lt_analysis.rendering.standard_figures import Standards

NOT_AUDITED = "Not yet audited."
CHANGED = "What changed"
NO_STAFF = "No year of staff can be shown yet."
HIDDEN_STAGE = "Not shown, so that nobody can be identified."
_BESIDE = "by {last_day}, beside the same chance for all staff at once, whatever their band or work:"
OF_STAFF_OF = Template("of_staff", f"Of {{bme_number}} {{bme_staff}} on {{span_in_words}}, {_BESIDE}")
OF_STAFF_BY = Template("of_staff_by", f"Of {{bme_staff}} on {{span_in_words}}, {_BESIDE}")


def _outside(reached: str) -> dict[str, str]:
    """Return what is said of a count outside its range; what a range is stands where the first one does."""
    return {
        place: f"{reached} {{did}}, about {{staff_gap}} {place}, {PLACES[place]} {THE_RANGE}: {{staff_low}} to "
        "{staff_high}."
        for place in ("fewer", "more")
    }


IN_SHORT = Choice(
    "happened_in_short",
    by="happened",
    cases={
        **_outside("{bme_number_reached}"),
        "untold": "{bme_number_reached} {did}; too few could have gone either way to say more.",
        "nobody": "{bme_number_reached} {did}, as none of the others did.",
        "without a range, as many": "{bme_number_reached} {did}, as many as that gives.",
        **{
            f"without a range, {word}": f"{{bme_number_reached}} {{did}}, about {{staff_gap}} {word}."
            for word in ("fewer", "more")
        },
    },
)
OF_SOME_IN_SHORT = Choice(
    "happened_of_some_in_short", by="happened", cases=_outside("{bme_number_reached} of {bme_number} who {had}")
)
# What lies within its range, or is not told, is named together: a first page has room for what does not.
OTHERS = {
    "within": Choice("staff_within", by="staff_within_any", cases={"some": f"Within {THE_RANGE}: {{staff_within}}."}),
    "unshown": Choice(
        "staff_unshown",
        by="staff_unshown_any",
        cases={"some": "Not shown, so that nobody can be identified: {staff_unshown}."},
    ),
}


def answers(release: Release) -> Html:
    """Return a line a subject, in the order of the codebook, beside two arrays of dots for the first that is shown."""
    pairs = _explained([*((subject.title, _lines(release, subject.key)) for subject in SUBJECTS), _changed(release)])
    return Html(element("div", html.points(pairs).html, html_of(dots_chart(release)), class_="answers"))


def _explained(pairs: list[tuple[str, dict[str, str]]]) -> list[tuple[str, dict[str, str]]]:
    """Return the lines of each subject, with what a range is where the first one stands."""
    ranged = [title for title, lines in pairs if any(THE_RANGE in text for text in lines.values())]
    return [(title, lines | ({"range": BY_CHANCE} if title in ranged[:1] else {})) for title, lines in pairs]


def _lines(release: Release, subject: str) -> dict[str, str]:
    said = OF_SUBJECTS[subject](release) if subject in OF_SUBJECTS else {}
    return {cell: text for cell, text in said.items() if text} or {subject: NOT_AUDITED}


def _recruitment(release: Release) -> dict[str, str]:
    """Return of each stage what all posts since the start show, then its year beside equal chances."""
    if not release.years and not release.evidence:
        return {"recruitment": NO_YEAR_TOGETHER}
    said = {}
    for measure in STAGES:
        items = [item for item in release.evidence if item.stage == measure.key and item.said]
        since = [say(evidence_items.IN_SHORT, item, evidence_items.name_of_item(item)) for item in items]
        compared = [Compared(year, measure) for year in release.years[-1:]]
        of_year = [say(partnership.COMPARED, one, one.name) for one in compared]
        parts = [text for text in (*since, *of_year) if text]
        said[f"recruitment.{measure.key}"] = Said.join(" ", parts) if parts else HIDDEN_STAGE
    return said


def _retention(release: Release) -> dict[str, str]:
    if not release.staff:
        return {"retention": NO_STAFF}
    latest = release.staff[-1]
    told = told_in_short(latest)
    shown = [one for one in told if not one.hidden]
    lead = [say(OF_STAFF_OF, one, one.name) for one in shown if one.measure.before == STAFF]
    lead += [say(OF_STAFF_BY, one, one.name) for one in shown]
    lines = {f"retention.{one.measure.key}": _in_short(one) for one in told if not is_in_short(one)}
    others = {f"retention.{cell}": say(words, latest, latest.name) for cell, words in OTHERS.items()}
    return {"retention.of": lead[0] if lead else ""} | lines | others


def _in_short(one: Happened) -> str:
    """Return the line of what happened; of those who had joined lately alone, of how many."""
    return say(OF_SOME_IN_SHORT if one.measure.before.did else IN_SHORT, one, one.name)


def _representation(release: Release) -> dict[str, str]:
    if not release.in_post:
        return {"representation": representation.NOTHING_YET}
    senior = InPost(release.in_post[-1], ALL_BANDS)
    return {"representation.senior": say(representation.ANSWER, senior, senior.name)}


def _delivery(release: Release) -> dict[str, str]:
    """Return how many pledged actions are late, stalled and shown to work."""
    return {"late": Said.join(" ", (say(actions.LATE, release, "*"), delivery.on_front_page(release)))}


def _standards(release: Release) -> dict[str, str]:
    every = Standards(release)
    return {"standards": say(standards.IN_SHORT, every, every.name)}


def _assurance(release: Release) -> dict[str, str]:
    every = AllMetrics(release)
    said = (say(words, every, every.name) for words in (metrics.IN_SHORT, metrics.MET_IN_SHORT))
    return {"assurance": Said.join(" ", (one for one in said if one))}


def _changed(release: Release) -> tuple[str, dict[str, str]]:
    """Return how far the year and the year before lie from equal chances, and how many actions are newly late."""
    lines = two_years.changes(release) or {"changed.none": two_years.why_no_changes(release)}
    return CHANGED, lines | what_changed.newly_late(release)


OF_SUBJECTS = {
    RECRUITMENT.key: _recruitment,
    RETENTION.key: _retention,
    REPRESENTATION.key: _representation,
    DELIVERY.key: _delivery,
    STANDARDS.key: _standards,
    ASSURANCE.key: _assurance,
}
