"""What the front page answers first: a line a subject, and the lines of one that is not audited yet."""

from lt_analysis.codebook.measures import STAGES
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
from lt_analysis.rendering.forms.staff import is_in_short
from lt_analysis.rendering.html import Html, html_of
from lt_analysis.rendering.markup import element
from lt_analysis.rendering.measure_figures import Compared, leading
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
OF_STAFF_OF = Template("of_staff", "Of {bme_number} {bme_staff} on {span_in_words}, by {last_day}:")
_THE_SAME = "{bme_number_reached} {did}, {gap} the same chance for all gives"
IN_SHORT = Choice(
    "happened_in_short",
    by="happened",
    cases={
        **{
            place: f"{_THE_SAME}, {PLACES[place]} {THE_RANGE}: {{staff_low}} to {{staff_high}}."
            for place in ("fewer", "more")
        },
        "untold": "{bme_number_reached} {did}; too few could have gone either way to say more.",
        "nobody": "{bme_number_reached} {did}, as none of the others did.",
        **dict.fromkeys((f"without a range, {word}" for word in ("as many", "fewer", "more")), f"{_THE_SAME}."),
    },
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
    told = leading(latest)
    lead = [say(OF_STAFF_OF, one, one.name) for one in told if not one.hidden]
    lines = {f"retention.{one.measure.key}": say(IN_SHORT, one, one.name) for one in told if not is_in_short(one)}
    others = {f"retention.{cell}": say(words, latest, latest.name) for cell, words in OTHERS.items()}
    return {"retention.of": lead[0] if lead else ""} | lines | others


def _representation(release: Release) -> dict[str, str]:
    if not release.in_post:
        return {"representation": representation.NOTHING_YET}
    senior = InPost(release.in_post[-1], ALL_BANDS)
    return {"representation.senior": say(representation.ANSWER, senior, senior.name)}


def _delivery(release: Release) -> dict[str, str]:
    """Return how many pledged actions are late; the page on delivery says what became of each."""
    return {"late": say(actions.LATE, release, "*")}


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
