"""What the front page answers first: a line a subject, and the lines of one that is not audited yet."""

from markupsafe import Markup

from lt_analysis.codebook.measures import OF_STAFF, STAGES
from lt_analysis.codebook.subjects import DELIVERY, RECRUITMENT, REPRESENTATION, RETENTION, STANDARDS, SUBJECTS
from lt_analysis.release.figures import Release
from lt_analysis.release.keys import ALL_BANDS
from lt_analysis.rendering import actions, evidence_items, partnership, representation, standards
from lt_analysis.rendering.dots_chart import dots_chart
from lt_analysis.rendering.forms import PLACES, say
from lt_analysis.rendering.html import Html, html_of
from lt_analysis.rendering.markup import element
from lt_analysis.rendering.named import Compared, Happened, InPost, Standards, measures_of
from lt_analysis.rendering.partnership import NO_YEAR_TOGETHER
from lt_analysis.rendering.shown import Choice, Said

NOT_AUDITED = "Not yet audited."
NO_STAFF = "No year of staff can be shown yet."
HIDDEN_STAGE = "Not shown, so that nobody can be identified."
_OF = "Of {bme_number} {bme_staff} on {staff_day}, {bme_number_reached} {did} by {staff_end}"
IN_SHORT = Choice(
    "happened_in_short",
    by="happened",
    cases={
        **{
            place: f"{_OF}; the same chance for all staff usually gives {{staff_low}} to {{staff_high}}. The number "
            f"lies {word} this range."
            for place, word in PLACES.items()
        },
        "untold": f"{_OF}; too few could have gone either way to say more.",
        "nobody": f"{_OF}, as none of the others did.",
        "unshown": "How many staff {did} is not shown, so that nobody can be identified.",
        "together": (
            "Of {known_staff} staff on {staff_day}, {known_reached} {did} by {staff_end}. How many were {bme_staff} is "
            "not shown, so that nobody can be identified."
        ),
        "without a range, as many": f"{_OF}; the same chance for all staff gives as many.",
        **{
            f"without a range, {word}": (
                f"{_OF}; the same chance for all staff gives {{about_expected}}. That is {{staff_gap}} {word}."
            )
            for word in ("fewer", "more")
        },
    },
)


def answers(release: Release) -> Html:
    """Return a line a subject, in the order of the codebook, beside two arrays of dots for the first that is shown."""
    pairs = [(subject.title, _lines(release, subject.key)) for subject in SUBJECTS]
    terms = [
        part for title, lines in pairs for part in (element("dt", title), element("dd", *map(_line, lines.items())))
    ]
    subjects = element("div", element("dl", *terms, class_="subjects"), class_="summary")
    return Html(element("div", subjects, html_of(dots_chart(release)), class_="answers"))


def _line(cell_and_text: tuple[str, str]) -> Markup:
    cell, text = cell_and_text
    return element("p", text, data_cell=cell)


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
    shown = [Happened(latest, measure) for measure in OF_STAFF if measure in measures_of(latest)]
    return {f"retention.{one.measure.key}": say(IN_SHORT, one, one.name) for one in shown}


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


OF_SUBJECTS = {
    RECRUITMENT.key: _recruitment,
    RETENTION.key: _retention,
    REPRESENTATION.key: _representation,
    DELIVERY.key: _delivery,
    STANDARDS.key: _standards,
}
