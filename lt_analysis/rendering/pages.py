"""The parts of each page in the words that a notebook uses: one call, one shown answer."""

from html import escape

from lt_analysis.codebook.words import GLOSSARY
from lt_analysis.release.figures import ExactQuarter, OrganisationFigures, Release
from lt_analysis.rendering import html, sentences
from lt_analysis.rendering.html import Html


def organisation_heading(figures: OrganisationFigures) -> Html:
    """Head an organisation's page."""
    return html.heading(sentences.title(figures), html.marks(figures.state, figures.invented))


def main_points(figures: OrganisationFigures) -> Html:
    """Say the finding, with its counts and what cannot be told."""
    return html.paragraphs(sentences.main_points(figures), "summary")


def coverage(figures: OrganisationFigures) -> Html:
    """Say what the page covers, what is new and what is due."""
    return html.definitions(sentences.coverage(figures), "coverage")


def groups(figures: OrganisationFigures) -> Html:
    """Say how each group fared beside White people, where single groups are published."""
    said = sentences.group_sentences(figures)
    if not said:
        return html.paragraphs({"groups": "For one organisation, single groups hold too few people to be published."})
    return html.paragraphs(said)


def glossary() -> Html:
    """Explain the words of the page."""
    return html.definitions(GLOSSARY, "glossary")


def front_page_heading(release: Release) -> Html:
    """Head the front page."""
    marks = (html.PARTLY_INVENTED_MARK,) if any(one.invented for one in release.organisations) else ()
    return html.heading(sentences.front_page_title(release), marks)


def front_page_points(release: Release) -> Html:
    """Say how much of the partnership can be shown."""
    return html.paragraphs(sentences.front_page_points(release), "summary")


def front_page_coverage(release: Release) -> Html:
    """Say what the report covers, what is new, what is due and what is not yet audited."""
    return html.definitions(sentences.front_page_coverage(release), "coverage")


def organisations(release: Release, without_page: list[str]) -> Html:
    """List every organisation in alphabetical order with its sentence and a link to its page."""
    items = "".join(_organisation(one, one.slug in without_page) for one in release.organisations)
    return Html(f'<ul class="organisations">{items}</ul>')


def _organisation(one: OrganisationFigures, without_page: bool) -> str:
    said = escape(sentences.front_page_sentence(one))
    name = escape(one.name if not one.invented or "(invented)" in one.name else f"{one.name} (invented)")
    if without_page:
        return f"<li><strong>{name}</strong> <span>Its page could not be made this quarter.</span></li>"
    link = f'<a href="{escape(one.slug)}/recruitment.html">{name}</a>'
    return f'<li><strong>{link}</strong> <span data-cell="sentence.{escape(one.slug)}">{said}</span></li>'


def campaigns(exact: ExactQuarter) -> Html:
    """Say what international and bulk campaigns add beside single posts."""
    if not any(stage.likelihood.group_people + stage.likelihood.white_people for stage in exact.campaigns.stages):
        return html.paragraphs({"campaigns": "There was no international or bulk campaign this quarter."})
    return html.paragraphs(
        {f"campaigns.{stage.measure.key}": sentences.likelihood(stage) for stage in exact.campaigns.stages[:1]}
    )
