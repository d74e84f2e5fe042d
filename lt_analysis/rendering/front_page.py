"""The front page of a quarter: its sentences, the list of organisations, and what leads on from it."""

from html import escape
from urllib.parse import quote

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.made_by import code_fingerprint, code_version
from lt_analysis.codebook.measures import STAGES, Measure
from lt_analysis.codebook.naming import people_of
from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.codebook.words import DATA_QUALITY, NOT_YET_AUDITED
from lt_analysis.release.figures import OrganisationFigures, Release, StageFigure, Status
from lt_analysis.rendering import actions, by_chance, html, pages, partnership, sentences, together
from lt_analysis.rendering.forms import place
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.names import name_of
from lt_analysis.rendering.numbers import HOW_PRECISE, whole
from lt_analysis.rendering.shown import Said, element

MOST_NAMED = 3  # of those who sent only totals; more are counted
SOME_COUNTS = "Some of its counts are shown on its page."


def heading(release: Release) -> Html:
    """Head the front page."""
    return html.heading(f"Recruitment to senior posts: report for {release.quarter.in_words}", marks(release))


def marks(release: Release) -> tuple[str, ...]:
    """Say which marks whatever tells of several organisations must carry."""
    return (html.PARTLY_INVENTED_MARK,) if any(one.invented for one in release.organisations) else ()


def points(release: Release) -> dict[str, str]:
    """Say of how many of the partnership's organisations a stage is shown, and what stands in the way of the others."""
    own = [one for one in release.organisations if not one.source]
    shown = sum(not one.hidden for one in own)
    part = sum(not one.hidden and any(stage.hidden for stage in one.stages) for one in own)
    some = sum(map(_shows_only_counts, own))
    totals = [name_of(one) for one in own if _shows_totals(one)]
    few = sum(one.hidden and one.status == Status.COMPLETE for one in own) - some
    examples = len(release.organisations) - len(own)
    return {
        "organisations": f"Of {len(own)} organisations, {shown} {_is(shown)} shown at one stage or more"
        + (f", and {some} with some counts only." if some else "."),
        "part": f"Of the {shown}, {part} {_is(part)} shown at one stage only." if part else "",
        "totals": _totals(totals),
        "span": f"Organisations' figures are for the year {release.quarter.latest_complete_year.in_words}.",
        "few": f"{few} had too few people to say without identifying someone." if few else "",
        **_lacking(release),
        "examples": _examples(examples),
    }


def _lacking(release: Release) -> dict[str, str]:
    quarter = release.quarter.in_words
    said = {
        "missing": "did not send every return of the year",
        "refused": "sent something for the year that could not be used",
        "missing.quarter": f"sent no return for {quarter}",
        "refused.quarter": f"sent a return for {quarter} that could not be used",
    }
    return {what: f"{len(some)} {said[what]}." if some else "" for what, some in release.lacking.items()}


def _totals(names: list[str]) -> str:
    """Say who sent only totals, for what their pages tell is in no main point; where they are many, how many."""
    if not names:
        return ""
    who = f": {_listed(names)}" if len(names) <= MOST_NAMED else ""
    return f"{len(names)} sent only totals, which are not compared post by post{who}."


def _examples(number: int) -> str:
    if not number:
        return ""
    return f"{number} published example{'' if number == 1 else 's'} from elsewhere {_is(number)} shown too."


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _shows_totals(one: OrganisationFigures) -> bool:
    """Tell whether what is shown of an organisation's year are totals, which do not tell one post from another."""
    return not (one.hidden or one.adjusted_for_vacancies)


def _has_a_count(one: OrganisationFigures) -> bool:
    """Tell whether any number of an organisation's people is shown; that there was no such post is none."""
    tables = [table for table in (one.people, *one.together) if table]
    return any(not (number.hidden or number.no_posts) for table in tables for number in table.numbers)


def main_points(release: Release) -> Html:
    """Say the partnership's finding, what lies outside chance, how much can be shown, and which actions are late."""
    first, rest = partnership.headline(release), partnership.behind_headline(release)
    both, since_start, quarter = outside(release), partnership.strength(release), partnership.of_quarter(release)
    said = (first, rest, both, since_start, quarter, points(release), actions.late_points(release))
    return html.grouped(said, "summary")


def outside(release: Release) -> dict[str, str]:
    """Say at each stage what organisations come to together beside equal chances, and whose counts lie outside."""
    own = [one for one in release.organisations if not one.source]
    said: dict[str, str] = {}
    for stage in STAGES:
        told = [(name_of(one), one.stage(stage)) for one in own if _can_be_told(one, stage)]
        counts = [(figure.likelihood.group_successful, figure.expected) for _, figure in told]
        sums = together.in_words(stage, counts, str(release.quarter.latest_complete_year))
        said |= {f"together.{stage.key}": sums, f"outside.{stage.key}": _outside(told)}
    return said if any(said.values()) else {}


def _can_be_told(one: OrganisationFigures, measure: Measure) -> bool:
    """Tell whether an organisation's count is shown and could lie outside what equal chances usually give."""
    stage = one.stage(measure)
    shown = one.status == Status.COMPLETE and not stage.hidden and stage.expected
    return bool(shown and stage.expected.could_tell)


def _outside(told: list[tuple[str, StageFigure]]) -> str:
    """Say at one stage which organisations' counts lie outside, and which way; empty where there is none to be told."""
    if not told:
        return ""
    places = [(name, place(figure)) for name, figure in told]
    ways = {way: [name for name, place in places if place == way] for way in ("fewer", "more")}
    number = sum(map(len, ways.values()))
    said = (
        f"One by one, {whole(number) if number else 'none'} of {len(told)} numbers {told[0][1].measure.done} "
        f"{'lies outside its' if number <= 1 else 'lie outside their'} own usual range"
    )
    which = "; ".join(f"{way} {people_of(BME)} at {_listed(names)}" for way, names in ways.items() if names)
    # Below each chart it is said of all; here only where there is something to set beside it.
    return f"{said}: {which}. {by_chance.in_words(len(told))}" if which else f"{said}."


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def coverage(release: Release) -> Html:
    """Say what the report covers, and when the next figures are due."""
    quarter = release.quarter
    return html.definitions(
        {
            "Covers": f"The report for {quarter.in_words} ({quarter}). Organisations' figures are for whole financial "
            f"years: now {quarter.latest_complete_year.in_words}.",
            "Next figures for a quarter": f"{sentences.quarter_due(quarter)} They are of all organisations together.",
            "Next figures for a year": f"{sentences.year_due(FinancialYear(quarter.latest_complete_year.start + 1))} "
            f"No quarter is waited for after a year's end. {sentences.UNDECIDED}",
        }
        | sentences.since_corrected(release),
        "coverage",
    )


def earlier_reports(release: Release) -> Html:
    """Lead to the reports before, as far as this one prints something of theirs again.

    The release says which these are. What lies in the folders of reports may be another thing on another machine, and
    the same release makes the same pages wherever that is done.
    """
    if not release.earlier:
        return html.paragraphs({"earlier": "This is the first report, or it shows no figure of an earlier one again."})
    links = (f'<a href="../{quote(str(one))}/index.html">{escape(one.in_words)}</a>' for one in release.earlier)
    return Html('<ul class="earlier">' + "".join(f"<li>{link}</li>" for link in links) + "</ul>")


def made_from(release: Release) -> Html:
    """Say which release and which state of the code the report is made from, so that it can be made again."""
    said = {
        "Release": f"{release.quarter}, in the folder data beside this page",
        "Its fingerprint (SHA-256)": release.sha256,
        "Code": code_version(),
        "Fingerprint of the code (SHA-256)": code_fingerprint(),
    }
    return html.definitions(said, "made-from")


def how_precise() -> Html:
    """Say how finely numbers are written."""
    return html.paragraphs({"how-precise": HOW_PRECISE})


def not_yet_audited() -> Html:
    """List what the audit does not cover yet."""
    return html.bullets(NOT_YET_AUDITED)


def glossary() -> Html:
    """Explain the words of the report, for whoever opens their list."""
    return html.folded("Show what the words mean", pages.glossary())


def data_quality(without_page: list[str]) -> Html:
    """Lead to the page on what was sent, where it could be made."""
    if DATA_QUALITY in without_page:
        return html.paragraphs({"data-quality": "The page on data quality could not be made this quarter."})
    link = '<a href="data-quality.html">Data quality</a>'
    return Html(f"<p>{link} says which returns were received, and of how many applicants ethnicity is known.</p>")


def details(figures: OrganisationFigures) -> str:
    """Say what stands behind an organisation's finding: its counts, and what was not received."""
    own = f"A published example: {figures.posts}, {figures.span.in_words}." if figures.source else ""
    stages = [*(sentences.counts(figures, stage) for stage in STAGES), sentences.where_it_arises(figures)]
    some = SOME_COUNTS if _shows_only_counts(figures) else ""
    caution = sentences.caution(figures) if _shows_totals(figures) else ""
    said = (own, *stages, caution, some, sentences.returns_note(figures), actions.late_of(figures))
    return Said.join(" ", said)


def _shows_only_counts(one: OrganisationFigures) -> bool:
    """Tell whether no stage of an organisation's year is shown, but some number of its people is."""
    return one.hidden and one.status == Status.COMPLETE and _has_a_count(one)


def organisations(release: Release, without_page: list[str]) -> Html:
    """List every organisation in alphabetical order, each under its name, with its sentence and a link to its page."""
    items = "".join(_organisation(one, one.slug in without_page) for one in release.organisations)
    return Html(f'<div class="organisations">{items}</div>')


def _organisation(one: OrganisationFigures, without_page: bool) -> str:
    name = escape(name_of(one))
    if without_page:
        return f"<section><h3>{name}</h3><p>Its page could not be made this quarter.</p></section>"
    rest = details(one)
    more = f"\n{element('p', rest)}" if rest else ""
    about = html.says_about(sentences.about(one)["headline"])
    lead = element("p", sentences.headline(one), ' class="finding"')
    return (
        f'<section><h3><a href="{quote(one.slug)}/recruitment.html">{name}</a></h3>'
        f'<div data-cell="sentence.{escape(one.slug)}"{about}>{lead}{more}</div></section>'
    )
