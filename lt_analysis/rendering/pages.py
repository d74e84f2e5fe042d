"""The parts of an organisation's page in the words that a notebook uses: one call, one shown answer."""

from lt_analysis.codebook import words
from lt_analysis.release.figures import OrganisationFigures
from lt_analysis.rendering import html, sentences
from lt_analysis.rendering.groups import capitalised
from lt_analysis.rendering.html import Html


def heading(figures: OrganisationFigures) -> Html:
    """Head the page, under its marks."""
    return html.heading(sentences.title(figures), html.marks(figures.state, figures.invented))


def main_points(figures: OrganisationFigures) -> Html:
    """Say the finding, with its counts and what cannot be told."""
    return html.paragraphs(sentences.main_points(figures), "summary")


def coverage(figures: OrganisationFigures) -> Html:
    """Say what the page covers, what is new and what is due."""
    return html.definitions(sentences.coverage(figures), "coverage")


def unknown_ethnicity(figures: OrganisationFigures) -> Html:
    """Say what leaving out people of unknown ethnicity may do."""
    return html.paragraphs({"unknown": sentences.unknown_note(figures)})


def groups(figures: OrganisationFigures) -> Html:
    """Say how each group fared beside White people, where single groups are published."""
    said = sentences.group_sentences(figures)
    return html.paragraphs(said or {"groups": "Single ethnic groups are not published for one organisation."})


def glossary() -> Html:
    """Explain the words of the pages."""
    terms = {capitalised(term): meaning for term, meaning in words.glossary().items()}
    return html.definitions(terms, "glossary")
