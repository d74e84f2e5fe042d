"""The parts of an organisation's page in the words that a notebook uses: one call, one shown answer."""

from lt_analysis.codebook import words
from lt_analysis.codebook.naming import capitalised
from lt_analysis.release.figures import OrganisationFigures, Status
from lt_analysis.rendering import actions as pledged
from lt_analysis.rendering import evidence_items, html, people, sentences
from lt_analysis.rendering.html import Html


def heading(figures: OrganisationFigures) -> Html:
    """Head the page, under its marks."""
    return html.heading(sentences.title(figures), html.marks(figures.state, figures.invented))


def main_points(figures: OrganisationFigures) -> Html:
    """Say the finding, with its counts and what cannot be told."""
    return html.paragraphs(sentences.main_points(figures), "summary", sentences.about(figures))


def coverage(figures: OrganisationFigures) -> Html:
    """Say what the page covers, what is new and what is due."""
    return html.definitions(sentences.coverage(figures), "coverage")


def unknown_ethnicity(figures: OrganisationFigures) -> Html:
    """Say what leaving out people of unknown ethnicity may do."""
    return html.paragraphs({"unknown": sentences.unknown_note(figures)})


def several_years(figures: OrganisationFigures) -> Html:
    """Show years added up where each of them hides too much; nothing where there are none."""
    if not figures.together:
        return Html("")
    tables = map(people.several_years_table, figures.together)
    why = html.paragraphs({"together": sentences.why_together(figures)})
    return html.section("Several years added up", why, *tables, level=3)


def evidence(figures: OrganisationFigures) -> Html:
    """Say what all shortlists since the declared start show; nothing where that is not published, or is hidden.

    A hidden item says nothing, whatever the truth is, so a page has no section for it.
    """
    only_totals = figures.status == Status.COMPLETE and not figures.adjusted_for_vacancies
    if figures.evidence and figures.evidence.hidden and not only_totals:
        return Html("")
    return evidence_items.section(figures.evidence, "evidence", only_totals=only_totals)


def groups(figures: OrganisationFigures) -> Html:
    """Say how each group fared beside White people, where single groups are published."""
    said = sentences.group_sentences(figures)
    return html.paragraphs(said or {"groups": "Single ethnic groups are not published for one organisation."})


def actions(figures: OrganisationFigures) -> Html:
    """Show how each of the organisation's pledged actions stands."""
    return pledged.own_actions(figures)


def glossary() -> Html:
    """Explain the words of the pages."""
    terms = {capitalised(term): meaning for term, meaning in words.glossary().items()}
    return html.definitions(terms, "glossary")
