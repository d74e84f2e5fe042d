"""The parts of an organisation's page in the words that a notebook uses: one call, one shown answer."""

from lt_analysis.codebook import words
from lt_analysis.codebook.naming import capitalised
from lt_analysis.release.figures import OrganisationFigures, Status
from lt_analysis.rendering import actions as pledged
from lt_analysis.rendering import evidence_items, html, people, sentences
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.markup import element
from lt_analysis.rendering.named import may_have_ratio

# Said on pages that have such numbers, and on no others.
ABOUT_EQUAL_CHANCES = (
    "People apply. Some of them are shortlisted, and some of those are appointed. Where it is known who wanted which "
    "post, and numbers can be shown, each is set beside what there would be if all who wanted the same post had the "
    "same chance. The main points say the same in words."
)
ABOUT_POSTS_ADDED_UP = (
    "Shares and ratios of all posts added up are not adjusted for which posts people applied to, so they can show a "
    "gap that no single panel made. Where the main points give an expected number, read that first."
)
ABOUT_RATIOS = (
    "The relative likelihood divides the share of White people who succeeded by the share of the other group. It is "
    "worked out as in indicator 2 of the NHS race equality standard, but it is not that indicator: it covers these "
    "posts only, and counts every offer, declined ones too."
)


def heading(figures: OrganisationFigures) -> Html:
    """Head the page, under its marks."""
    return html.heading(sentences.title(figures), html.marks(figures.state, figures.invented))


def main_points(figures: OrganisationFigures) -> Html:
    """Say the finding, with its counts and what cannot be told."""
    return html.paragraphs(sentences.main_points(figures), "summary")


def coverage(figures: OrganisationFigures) -> Html:
    """Say what the page covers, what is new and what is due."""
    return html.definitions(sentences.coverage(figures), "coverage")


def about_equal_chances(figures: OrganisationFigures) -> Html:
    """Say what is set beside equal chances; nothing where no number is."""
    return _where(any(stage.expected for stage in figures.stages), ABOUT_EQUAL_CHANCES)


def about_posts_added_up(figures: OrganisationFigures) -> Html:
    """Say what shares of all posts added up are not adjusted for; nothing where no stage is shown."""
    return _where(not all(stage.hidden for stage in figures.stages), ABOUT_POSTS_ADDED_UP)


def about_ratios(figures: OrganisationFigures) -> Html:
    """Say what a relative likelihood is, and is not; nothing where none is given."""
    given = any(not stage.hidden and may_have_ratio(stage) for stage in figures.stages)
    return _where(given, ABOUT_RATIOS)


def _where(there: bool, said: str) -> Html:
    return Html(element("p", said)) if there else html.NOTHING


def unknown_ethnicity(figures: OrganisationFigures) -> Html:
    """Say what leaving out people of unknown ethnicity may do; nothing where there are no figures."""
    said = sentences.unknown_note(figures) if figures.status == Status.COMPLETE else ""
    return html.paragraphs({"unknown": said})


def several_years(figures: OrganisationFigures) -> Html:
    """Show years added up where each of them hides too much; nothing where there are none."""
    if not figures.together:
        return html.NOTHING
    tables = map(people.several_years_table, figures.together)
    why = html.paragraphs({"together": sentences.why_together(figures)})
    return html.section("Several years added up", why, *tables, level=3)


def evidence(figures: OrganisationFigures) -> Html:
    """Say what all shortlists since the declared start show; nothing where that is not published, or is hidden.

    A hidden item says nothing, whatever the truth is, so a page has no section for it.
    """
    only_totals = figures.status == Status.COMPLETE and not figures.adjusted_for_vacancies
    if figures.evidence and figures.evidence.hidden and not only_totals:
        return html.NOTHING
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
