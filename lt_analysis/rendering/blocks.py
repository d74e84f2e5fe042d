"""The blocks that every page is made of: figures in, something that shows itself out. A notebook is prose and these.

Each takes the figures of an organisation's page or a release, which is the partnership's, and says of either what its
name says. Words that only explain a block stand with it, on pages that have its numbers and on no others.
"""

from collections.abc import Sequence
from dataclasses import replace

from lt_analysis.codebook import words
from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.naming import capitalised
from lt_analysis.codebook.words import DATA_QUALITY
from lt_analysis.release.figures import OrganisationFigures, Release, Status
from lt_analysis.rendering import (
    actions,
    data_quality,
    evidence_items,
    front_page,
    html,
    partnership,
    retention,
    sentences,
    single_groups,
    tables,
    what_changed,
)
from lt_analysis.rendering.band_chart import band_chart
from lt_analysis.rendering.chances_chart import chances_chart, organisations_chart
from lt_analysis.rendering.charts import Chart, stage_chart
from lt_analysis.rendering.forest import forest
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.markup import element
from lt_analysis.rendering.named import EXACT_YEAR, cell_of, may_have_ratio
from lt_analysis.rendering.quarters_chart import quarters_chart

__all__ = [
    "beside_chance",
    "by_band",
    "changes",
    "completeness",
    "counts",
    "coverage",
    "downloads",
    "earlier_reports",
    "evidence",
    "exactly",
    "glossary",
    "happened",
    "heading",
    "headline",
    "leads_to_data_quality",
    "leads_to_retention",
    "made_from",
    "not_audited",
    "organisations",
    "over_time",
    "precision",
    "quarter",
    "ratios",
    "returns",
    "shares",
    "status",
    "to_send",
    "unknown_ethnicity",
    "year",
]

RECRUITMENT, RETENTION = "recruitment", "retention"
ABOUT_EQUAL_CHANCES = (
    "People apply. Some of them are shortlisted, and some of those are appointed. Where it is known who wanted which "
    "post, and numbers can be shown, each is set beside what there would be if all who wanted the same post had the "
    "same chance. The main points say the same in words."
)
ABOUT_POSTS_ADDED_UP = (
    "Indicator 2 of the NHS race equality standard (WRES) is worked out so. All posts are added up. The share of White "
    "people who succeeded is then divided by the share of the other group."
)
SAME_POST_COMES_FIRST = (
    "The comparison of people who wanted the same post comes first. The two may differ, for where one group goes for "
    "posts with more applicants, sums can show a gap that no single panel made."
)
NO_SAME_POST = (
    "Only totals are known here. To compare people who wanted the same post would come first, and might tell something "
    "else: where one group goes for posts with more applicants, sums can show a gap that no single panel made."
)
ABOUT_RATIOS = (
    "What stands here is not that indicator itself: it covers these posts only, and counts every offer, declined ones "
    "too."
)
YEAR_OF_OTHERS = "Others published the latest year, of other posts, so it is not compared here."
READ_THE_SAME = "It is read as the chart before it."
SINGLE_GROUPS_NOT_PUBLISHED = "Single ethnic groups are not published for one organisation."

Figures = OrganisationFigures | Release

changes = what_changed.section
quarter = partnership.quarter
year = partnership.year
over_time = quarters_chart
returns = data_quality.returns_table
to_send = data_quality.what_to_send
organisations = front_page.organisations
precision = front_page.how_precise
leads_to_data_quality = front_page.data_quality
earlier_reports = front_page.earlier_reports
downloads = front_page.downloads
made_from = front_page.made_from
leads_to_retention = front_page.retention
happened = retention.counts


def heading(figures: Figures, about: str = RECRUITMENT) -> Html:
    """Return the page's title under the marks that it must carry."""
    if about == RETENTION:
        return retention.heading(figures)
    if isinstance(figures, OrganisationFigures):
        return html.heading(sentences.title(figures), html.marks(figures.state, figures.invented))
    return data_quality.heading(figures) if about == DATA_QUALITY else front_page.heading(figures)


def headline(figures: Figures, about: str = RECRUITMENT) -> Html:
    """Return the finding, its counts and what cannot be told: the page's main points."""
    if about == RETENTION:
        return retention.main_points(figures)
    if isinstance(figures, OrganisationFigures):
        points = sentences.main_points(figures)
        return html.paragraphs({cell_of(figures, cell): point for cell, point in points.items()}, "summary")
    return data_quality.main_points(figures) if about == DATA_QUALITY else front_page.main_points(figures)


def coverage(figures: Figures, about: str = RECRUITMENT) -> Html:
    """Return what the page covers, what is new and what is due."""
    if about == RETENTION:
        return retention.coverage(figures)
    if isinstance(figures, Release):
        return front_page.coverage(figures)
    return html.definitions(sentences.coverage(figures), "coverage")


def beside_chance(figures: Figures) -> Html:
    """Return charts of numbers at each stage beside what equal chances usually give."""
    if isinstance(figures, Release):
        return html.joined(*_explained_once([organisations_chart(figures, stage) for stage in STAGES]))
    any_there = any(stage.expected for stage in figures.stages)
    return html.joined(_paragraph_if(any_there, ABOUT_EQUAL_CHANCES), chances_chart(figures))


def counts(figures: Figures) -> Html:
    """Return tables of how many people reached each stage: of an organisation by bands too, and of years added up.

    Of the partnership, they are of its latest year in three rows; `by_band` and `quarter` have the others.
    """
    if isinstance(figures, Release):
        return partnership.headline_table(figures)
    tables_of = tables.counts_table(figures), tables.bands_table(figures)
    return html.joined(unknown_ethnicity(figures), *tables_of, tables.several_years(figures))


def exactly(figures: OrganisationFigures | None) -> Html:
    """Return an exact year or quarter: its main points and counts, each group within vacancies, and who points where.

    Where there is no year of the audit's own, says why.
    """
    if figures is None:
        return html.paragraphs({f"{EXACT_YEAR}none": YEAR_OF_OTHERS})
    of_groups = html.paragraphs(single_groups.sentences(figures))
    return html.joined(headline(figures), tables.counts_table(figures), tables.exact_table(figures), of_groups)


def unknown_ethnicity(figures: OrganisationFigures) -> Html:
    """Return what leaving out people of unknown ethnicity may do; nothing where there are no figures."""
    sentence = sentences.unknown_note(figures) if figures.status == Status.COMPLETE else ""
    return html.paragraphs({"unknown": sentence})


def shares(figures: Figures) -> Html:
    """Return the shares who went on at each stage, all posts added up, and what is to be read before them.

    Of an organisation they are a chart; of the partnership, tables of its latest year and quarter.
    """
    if isinstance(figures, Release):
        return html.joined(_about_posts_added_up(any_compared=True), partnership.shares(figures))
    any_shown = not all(stage.hidden for stage in figures.stages)
    about = _about_posts_added_up(figures.adjusted_for_vacancies) if any_shown else html.NOTHING
    return html.joined(about, stage_chart(figures))


def ratios(figures: Figures) -> Html:
    """Return relative likelihoods of all posts added up: an organisation's table, the partnership's charts, folded."""
    if isinstance(figures, Release):
        charts = _explained_once([forest(figures, stage) for stage in STAGES])
        return html.folded("Show the charts of all posts added up", *charts)
    given = any(not stage.hidden and may_have_ratio(stage) for stage in figures.stages)
    groups = sentences.group_sentences(figures) or {"groups": SINGLE_GROUPS_NOT_PUBLISHED}
    return html.joined(_paragraph_if(given, ABOUT_RATIOS), tables.likelihood_table(figures), html.paragraphs(groups))


def evidence(figures: Figures) -> Html:
    """Return what all posts since the declared start show; nothing where that is not published, or is hidden.

    A hidden item says nothing, whatever the truth is, so an organisation's page has no section for it.
    """
    if isinstance(figures, Release):
        return evidence_items.section(figures.evidence, "partnership.evidence", level=3)
    only_totals = figures.status == Status.COMPLETE and not figures.adjusted_for_vacancies
    if all(item.hidden for item in figures.evidence) and not only_totals:
        return html.NOTHING
    return evidence_items.section(figures.evidence, "evidence", only_totals=only_totals)


def by_band(release: Release) -> Html:
    """Return the group's share of those appointed beside its share of applicants, band by band, and every count."""
    return html.joined(band_chart(release), partnership.bands(release))


def status(figures: Figures) -> Html:
    """Return pledged actions: how each of an organisation's stands, or which of the partnership's are late."""
    return actions.late_actions(figures) if isinstance(figures, Release) else actions.own_actions(figures)


def completeness(release: Release) -> Html:
    """Return of how many applicants ethnicity is known, drawn and set out."""
    return html.joined(data_quality.known_chart(release), data_quality.known_table(release))


def not_audited(about: str = RECRUITMENT) -> Html:
    """Return the list of what a page, or the audit, does not cover."""
    return data_quality.not_covered() if about == DATA_QUALITY else front_page.not_yet_audited()


def glossary(figures: Figures, about: str = RECRUITMENT) -> Html:
    """Return the words of a page and what each means; the long front page has them closed until somebody opens them."""
    if about in (DATA_QUALITY, RETENTION):
        return data_quality.glossary() if about == DATA_QUALITY else retention.glossary()
    terms = {capitalised(term): meaning for term, meaning in words.glossary().items()}
    listed = html.definitions(terms, "glossary")
    return html.folded("Show what the words mean", listed) if isinstance(figures, Release) else listed


def _about_posts_added_up(any_compared: bool) -> Html:
    """Return what the statutory measure is, and how it stands to the comparison of people who wanted the same post."""
    beside = SAME_POST_COMES_FIRST if any_compared else NO_SAME_POST
    return html.joined(*(Html(element("p", text)) for text in (ABOUT_POSTS_ADDED_UP, beside)))


def _paragraph_if(given: bool, text: str) -> Html:
    return Html(element("p", text)) if given else html.NOTHING


def _explained_once(charts: Sequence[Chart | Html]) -> list[Chart | Html]:
    """Return charts of which only the first says how they are read."""
    first, *others = [position for position, chart in enumerate(charts) if isinstance(chart, Chart)] or [None]
    return [
        replace(chart, reading=READ_THE_SAME) if position in others else chart for position, chart in enumerate(charts)
    ]
