"""The front page of a quarter: its sentences, and the list of organisations."""

from html import escape
from urllib.parse import quote

from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.codebook.words import BAND_8_POSTS, DATA_QUALITY, NOT_YET_AUDITED
from lt_analysis.release.figures import OrganisationFigures, Release, Status
from lt_analysis.rendering import html, sentences
from lt_analysis.rendering.html import Html


def heading(release: Release) -> Html:
    """Head the front page."""
    return html.heading(f"Recruitment to senior posts: report for {release.quarter.in_words}", marks(release))


def marks(release: Release) -> tuple[str, ...]:
    """Say which marks whatever tells of several organisations must carry."""
    return (html.PARTLY_INVENTED_MARK,) if any(one.invented for one in release.organisations) else ()


def points(release: Release) -> dict[str, str]:
    """Say how many of the partnership's organisations can be shown, and why the others cannot."""
    own = [one for one in release.organisations if not one.source]
    shown = sum(not one.hidden for one in own)
    part = sum(not one.hidden and any(stage.hidden for stage in one.stages) for one in own)
    few = sum(one.hidden and one.status == Status.COMPLETE for one in own)
    missing = sum(bool(one.missing) for one in own)
    refused = sum(bool(one.refused) for one in own)
    examples = len(release.organisations) - len(own)
    return {
        "organisations": f"{shown} of {len(own)} organisations have figures that can be published.",
        "part": f"For {part} of these, only one stage can be shown." if part else "",
        "span": f"Organisations' figures are for the year {release.quarter.latest_complete_year.in_words}.",
        "few": f"{few} had too few people to say without identifying someone." if few else "",
        "missing": f"{missing} did not send every return." if missing else "",
        "refused": f"{refused} sent something that could not be used." if refused else "",
        "examples": f"{examples} published example from elsewhere is shown too." if examples else "",
    }


def main_points(release: Release) -> Html:
    """Show how much of the partnership can be shown."""
    return html.paragraphs(points(release), "summary")


def coverage(release: Release) -> Html:
    """Say what the report covers, what is new, and what is due."""
    quarter = release.quarter
    new = [one.name for one in release.organisations if one.first_published == str(quarter) and not one.source]
    return html.definitions(
        {
            "Covers": f"The report for {quarter.in_words} ({quarter}). Organisations' figures are for whole financial "
            f"years: now {quarter.latest_complete_year.in_words}.",
            "What is new": f"Figures for {', '.join(new)}." if new else "No organisation has new figures this quarter.",
            "Next figures": sentences.year_due(FinancialYear(quarter.latest_complete_year.start + 1)),
        },
        "coverage",
    )


def not_yet_audited() -> Html:
    """List what the audit does not cover yet."""
    return html.bullets(NOT_YET_AUDITED)


def data_quality(without_page: list[str]) -> Html:
    """Lead to the page on what was sent, where it could be made."""
    if DATA_QUALITY in without_page:
        return html.paragraphs({"data-quality": "The page on data quality could not be made this quarter."})
    link = '<a href="data-quality.html">Data quality</a>'
    return Html(f"<p>{link} says which returns were received, and of how many applicants ethnicity is known.</p>")


def sentence(figures: OrganisationFigures) -> str:
    """Say an organisation's finding, with its counts, in the list of organisations."""
    own = "" if figures.posts == BAND_8_POSTS else f"Not this audit's posts: {figures.posts}, {figures.span.in_words}."
    stages = [sentences.counts(figures, stage) for stage in STAGES]
    said = (own, sentences.headline(figures), *stages, sentences.returns_note(figures))
    return " ".join(part for part in said if part)


def organisations(release: Release, without_page: list[str]) -> Html:
    """List every organisation in alphabetical order with its sentence and a link to its page."""
    items = "".join(_organisation(one, one.slug in without_page) for one in release.organisations)
    return Html(f'<ul class="organisations">{items}</ul>')


def name_of(one: OrganisationFigures) -> str:
    """Name an organisation on a page of several, an invented one so that nobody takes it for real."""
    return one.name if not one.invented or "(invented)" in one.name else f"{one.name} (invented)"


def _organisation(one: OrganisationFigures, without_page: bool) -> str:
    name = escape(name_of(one))
    if without_page:
        return f"<li><strong>{name}</strong> <span>Its page could not be made this quarter.</span></li>"
    link = f'<a href="{quote(one.slug)}/recruitment.html">{name}</a>'
    return (
        f'<li><strong>{link}</strong> <span data-cell="sentence.{escape(one.slug)}">{escape(sentence(one))}</span></li>'
    )
