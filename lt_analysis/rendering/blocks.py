"""The blocks that every page is made of: figures in, something that shows itself out. A notebook is prose and these.

Each takes the figures of an organisation's page or a release, which is the partnership's, and says of either what its
name says. Words that only explain a block stand with it, on pages that have its numbers and on no others.
"""

from collections.abc import Sequence
from dataclasses import replace

from lt_analysis.codebook import subjects, words
from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.naming import capitalised
from lt_analysis.release.figures import OrganisationFigures, Release, Status
from lt_analysis.rendering import (
    actions,
    answers,
    data_quality,
    delivery,
    elsewhere,
    evidence_items,
    front_page,
    html,
    leadership,
    partnership,
    representation,
    retention,
    sentences,
    single_groups,
    standards,
    strip_chart,
    tables,
    two_years,
    what_changed,
)
from lt_analysis.rendering import goal as declared
from lt_analysis.rendering import metrics as inequality
from lt_analysis.rendering import questions as asked
from lt_analysis.rendering.band_chart import band_chart
from lt_analysis.rendering.chances_chart import chances_chart
from lt_analysis.rendering.charts import Chart, stage_chart
from lt_analysis.rendering.delivery_figures import Delivered
from lt_analysis.rendering.forest import forest
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.markup import element
from lt_analysis.rendering.measure_figures import EXACT_YEAR, cell_of, may_have_ratio
from lt_analysis.rendering.quarters_chart import quarters_chart

__all__ = [
    "anchors",
    "as_published",
    "beside_place",
    "board",
    "beside_chance",
    "by_band",
    "by_element",
    "by_work",
    "changes",
    "completeness",
    "counts",
    "coverage",
    "dates_chart",
    "delivered",
    "differences",
    "disparity",
    "downloads",
    "evidence",
    "exactly",
    "flow",
    "glossary",
    "happened",
    "heading",
    "headline",
    "in_post",
    "indicator_by_band",
    "indicators",
    "leads_to",
    "mentoring",
    "methods",
    "metrics",
    "not_audited",
    "not_taken_place",
    "organisations",
    "pledge",
    "primary_care",
    "quarter",
    "ratios",
    "register",
    "returns",
    "shares",
    "social_care",
    "stalled",
    "status",
    "statutory",
    "survey_answers",
    "taken_place",
    "to_ask",
    "to_send",
    "traits",
    "unknown_ethnicity",
    "worked",
    "working_matter",
    "year",
    "years",
    "where_staff_live",
]

# What a page is about, where its figures do not say it: the keys of subjects.
RECRUITMENT, RETENTION, REPRESENTATION, DELIVERY, STANDARDS, ASSURANCE, DATA_QUALITY = (
    subject.key
    for subject in (
        *(subjects.RECRUITMENT, subjects.RETENTION, subjects.REPRESENTATION),
        *(subjects.DELIVERY, subjects.STANDARDS, subjects.ASSURANCE, subjects.RETURNS),
    )
)
WITH_COVERAGE = {
    RETENTION: retention,
    REPRESENTATION: representation,
    STANDARDS: standards,
    ASSURANCE: inequality,
}
OWN_PARTS = {**WITH_COVERAGE, DATA_QUALITY: data_quality}
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
ABOUT_ACTIONS = (
    "An action is late where it was due before the last day of the quarter and is not done. The words are the "
    "organisation's own."
)
ABOUT_QUARTER = "It is the one before this report's: late decisions are in it by then, and what is published stands."
READ_THE_SAME = "It is read as the chart before it."
SINGLE_GROUPS_NOT_PUBLISHED = "Single ethnic groups are not published for one organisation."

Figures = OrganisationFigures | Release

changes = what_changed.section
returns = data_quality.returns_table
to_send = data_quality.what_to_send
organisations = front_page.organisations
leads_to = front_page.leads_to
downloads = front_page.downloads
happened = retention.counts
delivered = delivery.of
by_element = delivery.by_element
taken_place = delivery.taken_place
not_taken_place = delivery.not_taken_place
stalled = delivery.stalled
dates_chart = delivery.dates_chart
flow = delivery.flow
register = delivery.register
worked = delivery.worked
mentoring = leadership.mentoring
pledge = delivery.pledge
traits = leadership.traits
in_post = representation.by_band
metrics = inequality.metrics
primary_care = inequality.primary_care
anchors = inequality.anchors
beside_place = elsewhere.beside_place
by_work = representation.by_work
where_staff_live = representation.where_staff_live
indicators = standards.table
survey_answers = standards.answers
as_published = standards.printed
board = standards.board
indicator_by_band = standards.bands
differences = standards.differences
social_care = standards.social_care
disparity = representation.ratios


def year(release: Release) -> Html:
    """Return the counts of all organisations' latest year, what its sums tell, and whose it is, folded."""
    parts = partnership.headline_table(release), front_page.sums(release), partnership.year(release)
    return html.folded("Show the counts of the year", *parts)


def quarter(release: Release) -> Html:
    """Return the latest quarter of all organisations and those before, drawn and counted, folded."""
    about = html.paragraphs({"quarter.about": ABOUT_QUARTER})
    parts = quarters_chart(release), partnership.quarter(release)
    return html.folded("Show the quarters", about, *parts)


def to_ask(release: Release) -> Html:
    """Return what belongs to the answers: questions, the declared goal, and what the report covers."""
    asks = html.section("Questions to ask", asked.questions(release))
    goal = html.section("The declared goal", declared.declared(release))
    covers = html.section("What this covers", front_page.coverage(release))
    return Html(
        element("div", *(element("div", part.html) for part in (html.joined(asks, goal), covers)), class_="pair")
    )


def working_matter(release: Release, without_page: list[str]) -> Html:
    """Return how the report was made and what it was made of, folded."""
    made = html.paragraphs({"made": "Reports before this one:"}), front_page.earlier_reports(release, without_page)
    parts = *made, front_page.how_precise(), front_page.made_from(release)
    return html.folded("Show how this report was made", *parts)


def methods() -> Html:
    """Return how the report is read, and how its numbers come about and are protected, each folded."""
    texts = {"Show how to read it": front_page.TO_READ, "Show the methods": front_page.METHODS}
    return html.joined(
        *(html.folded(shown, *(Html(element("p", text)) for text in some)) for shown, some in texts.items())
    )


def heading(figures: Figures | Delivered, about: str = RECRUITMENT) -> Html:
    """Return the page's title under the marks that it must carry."""
    if isinstance(figures, Delivered):
        return delivery.heading(figures)
    if about in OWN_PARTS:
        return OWN_PARTS[about].heading(figures)
    if isinstance(figures, OrganisationFigures):
        return html.heading(sentences.title(figures), html.marks(figures.state, figures.invented))
    return front_page.heading(figures)


def headline(figures: Figures | Delivered, about: str = RECRUITMENT) -> Html:
    """Return the finding, its counts and what cannot be told: the page's main points."""
    if isinstance(figures, Delivered):
        return delivery.main_points(figures)
    if about in OWN_PARTS:
        return OWN_PARTS[about].main_points(figures)
    if isinstance(figures, OrganisationFigures):
        points = sentences.main_points(figures) | ({} if too_few(figures) else two_years.changes(figures))
        points |= actions.late(figures)
        return html.paragraphs({cell_of(figures, cell): point for cell, point in points.items()}, "summary")
    return answers.answers(figures)


def coverage(figures: Figures | Delivered, about: str = RECRUITMENT) -> Html:
    """Return what the page covers, what is new and what is due."""
    if isinstance(figures, Delivered):
        return delivery.coverage(figures)
    if about in WITH_COVERAGE:
        return WITH_COVERAGE[about].coverage(figures)
    if isinstance(figures, Release):
        return front_page.coverage(figures)
    return html.definitions(sentences.coverage(figures), "coverage")


def beside_chance(figures: Figures) -> Html:
    """Return charts of numbers at each stage beside what equal chances usually give: of all, a row an organisation."""
    if isinstance(figures, Release):
        return html.joined(strip_chart.strip(figures))
    if too_few(figures):
        return html.NOTHING
    return html.section("Numbers beside equal chances", chances_chart(figures))


def years(figures: OrganisationFigures) -> Html:
    """Return an organisation's year beside the year before, where both are published and something of them is shown."""
    return html.NOTHING if too_few(figures) else two_years.two_years(figures)


def statutory(figures: OrganisationFigures) -> Html:
    """Return the shares and the relative likelihoods of an organisation; nothing where too few people are shown."""
    if too_few(figures):
        return html.NOTHING
    return html.section(
        "The statutory measure: relative likelihood, all posts added up", shares(figures), ratios(figures)
    )


def too_few(figures: OrganisationFigures) -> bool:
    """Return whether nothing of an organisation's year may be compared, so that its page is short."""
    return figures.status != Status.COMPLETE or figures.hidden


def counts(figures: Figures) -> Html:
    """Return tables of how many people reached each stage: of an organisation by bands too, and of years added up.

    Of the partnership, they are of its latest year beside the year before; `year`, `by_band` and `quarter` have others.
    """
    if isinstance(figures, Release):
        return two_years.two_years(figures)
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

    Of an organisation they are a chart; of the partnership, folded, tables and each organisation's relative likelihood.
    """
    if isinstance(figures, Release):
        charts = _explained_once([forest(figures, stage) for stage in STAGES])
        about = _about_posts_added_up(any_compared=True)
        return html.folded(
            "Show the statutory measure: all posts added up", about, partnership.shares(figures), *charts
        )
    any_shown = not all(stage.hidden for stage in figures.stages)
    about = _about_posts_added_up(figures.adjusted_for_vacancies) if any_shown else html.NOTHING
    return html.joined(about, stage_chart(figures))


def ratios(figures: OrganisationFigures) -> Html:
    """Return an organisation's relative likelihoods of all posts added up."""
    given = any(not stage.hidden and may_have_ratio(stage) for stage in figures.stages)
    groups = sentences.group_sentences(figures) or {"groups": SINGLE_GROUPS_NOT_PUBLISHED}
    return html.joined(_paragraph_if(given, ABOUT_RATIOS), tables.likelihood_table(figures), html.paragraphs(groups))


def evidence(figures: Figures) -> Html:
    """Return what all posts since the declared start show; nothing where that is not published, or is hidden.

    A hidden item says nothing, whatever the truth is, so an organisation's page has no section for it.
    """
    if isinstance(figures, Release):
        told = evidence_items.section(figures.evidence, "partnership.evidence", level=3)
        return (
            html.folded("Show what all posts since the declared start tell", told) if figures.evidence else html.NOTHING
        )
    only_totals = figures.status == Status.COMPLETE and not figures.adjusted_for_vacancies
    if all(item.hidden for item in figures.evidence) and not only_totals:
        return html.NOTHING
    return evidence_items.section(figures.evidence, "evidence", only_totals=only_totals)


def by_band(release: Release) -> Html:
    """Return the group's share of those appointed beside its share of applicants, band by band, and every count."""
    return html.folded("Show the year band by band", band_chart(release), partnership.bands(release))


def status(figures: Figures) -> Html:
    """Return pledged actions: how each of an organisation's stands, or which of the partnership's are late."""
    if isinstance(figures, OrganisationFigures):
        return actions.own_actions(figures)
    about = html.paragraphs({"actions": ABOUT_ACTIONS})
    late = html.folded("Show the late actions", about, actions.late_actions(figures))
    return html.joined(delivery.stalled_longest(figures), late)


def completeness(release: Release) -> Html:
    """Return of how many applicants ethnicity is known, drawn and set out."""
    return html.joined(data_quality.known_chart(release), data_quality.known_table(release))


def not_audited(about: str = RECRUITMENT) -> Html:
    """Return the list of what a page, or the audit, does not cover."""
    if about == DATA_QUALITY:
        return data_quality.not_covered()
    return html.folded("Show what is not audited yet", front_page.not_yet_audited())


def glossary(figures: Figures | Delivered, about: str = RECRUITMENT) -> Html:
    """Return the words of a page and what each means; the long front page has them closed until somebody opens them."""
    if isinstance(figures, Delivered):
        return delivery.glossary()
    if about in OWN_PARTS:
        return OWN_PARTS[about].glossary()
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
