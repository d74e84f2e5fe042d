"""The front page of a quarter: its sentences, the list of organisations, and what leads on from it."""

from urllib.parse import quote

from markupsafe import Markup

from lt_analysis.codebook.downloads import NO_PACK, SPREADSHEET, spreadsheet_name
from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.words import DATA_QUALITY, NOT_YET_AUDITED
from lt_analysis.release.figures import OrganisationFigures, Release
from lt_analysis.rendering import actions, html, partnership, sentences
from lt_analysis.rendering.forms import named_in_full, say, say_form
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.markup import element
from lt_analysis.rendering.named import shows_only_counts, shows_totals
from lt_analysis.rendering.numbers import HOW_PRECISE, kilobytes
from lt_analysis.rendering.shown import Choice, Said, Template

SAYS_OF_STAFF = "says to how many staff of each group which kinds of event happened."
OWN_STAFF = "Its staff"
RETENTION = "retention"  # what messages call that page
SAYS_OF_RETURNS = "says which returns were received, and of how many applicants ethnicity is known."
NOT_WAITED_FOR = "No quarter is waited for after a year's end."
NO_PAGE = "Its page could not be made this quarter."
SOME_COUNTS = "Some of its counts are shown on its page."
COULD_NOT = "The spreadsheet could not be made this quarter."
SPREADSHEET_HOLDS = "Counts, percentages, expected numbers, relative likelihoods, evidence and pledged actions"
SPREADSHEET_KIND = "Excel spreadsheet"
SPREADSHEET_HAS = "It has a cover, a list of contents, notes, and then one table a sheet."
CSV_BELOW_TABLES = "Below each table of numbers is a link to the same numbers as CSV."


TITLE = Template("report_title", "Recruitment to senior posts: report for {span_in_words}")
SHOWN = Choice(
    "organisations",
    by="some_counts",
    cases={
        "none": "Of {own_number} organisations, {shown_number} {shown_are} shown at one stage or more.",
        "some": (
            "Of {own_number} organisations, {shown_number} {shown_are} shown at one stage or more, and "
            "{some_counts_number} with some counts only."
        ),
    },
)
PART = Template("part", "Of the {shown_number}, {part_number} {part_are} shown at one stage only.")
TOTALS = Choice(
    "totals",
    by="sent_totals",
    cases={
        "few": "{totals_number} sent only totals, which are not compared post by post: {totals_names}.",
        "many": "{totals_number} sent only totals, which are not compared post by post.",
    },
)
OF_YEAR = Template("of_year", "Organisations' figures are for the year {year_in_words}.")
FEW = Template("few", "{few_number} had too few people to say without identifying someone.")
LACKING = {
    "missing": Template("missing", "{missing_number} did not send every return of the year."),
    "refused": Template("refused", "{refused_number} sent something for the year that could not be used."),
    "missing.quarter": Template("missing_quarter", "{missing_quarter_number} sent no return for {span_in_words}."),
    "refused.quarter": Template(
        "refused_quarter", "{refused_quarter_number} sent a return for {span_in_words} that could not be used."
    ),
}
EXAMPLES = Choice(
    "examples",
    by="examples",
    cases={
        "one": "{examples_number} published example from elsewhere is shown too.",
        "many": "{examples_number} published examples from elsewhere are shown too.",
    },
)
COVERS = Template(
    "report_covers",
    "The report for {span_in_words} ({quarter}). Organisations' figures are for whole financial years: now "
    "{year_in_words}.",
)
QUARTER_DUE = Template("quarter_due", "For {span_in_words}, in the report for {next_quarter_in_words}.")
YEAR_DUE = Template("year_due", "For {next_year_in_words}, in the report for {next_year_due}.")
EXAMPLE = Template("example", "A published example: {posts}, {span_in_words}.")
RELEASE = Template("release", "{quarter}, in the folder data beside this page")


def heading(release: Release) -> Html:
    """Return the front page's heading."""
    return html.heading(say(TITLE, release, "*"), marks(release))


def marks(release: Release) -> tuple[str, ...]:
    """Return the marks that whatever tells of several organisations must carry."""
    return (html.PARTLY_INVENTED_MARK,) if any(organisation.invented for organisation in release.organisations) else ()


def points(release: Release) -> dict[str, str]:
    """Return of how many of the partnership's organisations a stage is shown, and what stands in the way of others."""
    templates = {"organisations": SHOWN, "part": PART, "totals": TOTALS, "span": OF_YEAR, "few": FEW}
    templates |= LACKING | {"examples": EXAMPLES}
    return {cell: say(template, release, "*") for cell, template in templates.items()}


def main_points(release: Release) -> Html:
    """Return the partnership's numbers and evidence, how much can be shown, and which actions are late."""
    paragraphs = (
        partnership.headline(release),
        partnership.strength(release),
        partnership.compared(release),
        partnership.behind_headline(release),
        partnership.of_quarter(release),
        points(release),
        actions.late_points(release),
    )
    return html.grouped(paragraphs, "summary")


def coverage(release: Release) -> Html:
    """Return what the report covers, and when the next figures are due."""
    due = say(QUARTER_DUE, release, "*"), say(YEAR_DUE, release, "*")
    return html.definitions(
        {
            "Covers": say(COVERS, release, "*"),
            "Next figures for a quarter": Said.join(" ", (due[0], "They are of all organisations together.")),
            "Next figures for a year": Said.join(" ", (due[1], NOT_WAITED_FOR, sentences.UNDECIDED)),
        }
        | sentences.since_corrected(release),
        "coverage",
    )


def earlier_reports(release: Release) -> Html:
    """Return links to the reports before, as far as this one prints something of theirs again.

    The release says which these are. What lies in the folders of reports may be another thing on another machine, and
    the same release makes the same pages wherever that is done.
    """
    if not release.earlier:
        return html.paragraphs({"earlier": "This is the first report, or it shows no figure of an earlier one again."})
    links = (
        element("a", say_form("in_words", quarter, f"*/{quarter}"), href=f"../{quote(str(quarter))}/index.html")
        for quarter in release.earlier
    )
    return Html(element("ul", *(element("li", link) for link in links), class_="earlier"))


def made_from(release: Release) -> Html:
    """Return which release and which state of the code the report is made from, so that it can be made again."""
    origins = {
        "Release": say(RELEASE, release, "*"),
        "Its fingerprint (SHA-256)": say_form("fingerprint", release, "*"),
        "Code": say_form("code_version", release, "*"),
        "Fingerprint of the code (SHA-256)": say_form("code_fingerprint", release, "*"),
    }
    return html.definitions(origins, "made-from")


def how_precise() -> Html:
    """Return how finely numbers are written."""
    return html.paragraphs({"how-precise": HOW_PRECISE})


def not_yet_audited() -> Html:
    """Return a list of what the audit does not cover yet."""
    return html.bullets(NOT_YET_AUDITED)


def downloads(release: Release, without_page: list[str], size: int | None = None) -> Html:
    """Return a link to the spreadsheet, with its kind and its `size` in bytes where that is known; else why it is not.

    A page reads the release alone, so whoever made the spreadsheet says how large it is.
    """
    if SPREADSHEET in without_page:
        return html.joined(html.paragraphs({"downloads": COULD_NOT}), *_other_downloads())
    size_in_brackets = (", ", element("span", kilobytes(size), class_="size")) if size else ()
    words = (SPREADSHEET_HOLDS, " (", element("span", SPREADSHEET_KIND), *size_in_brackets, ")")
    link = element("a", *words, href=spreadsheet_name(str(release.quarter)))
    return html.joined(Html(element("p", link, ". ", element("span", SPREADSHEET_HAS))), *_other_downloads())


def _other_downloads() -> tuple[Html, Html]:
    """Return that there is no pack yet, and where each table's own file is; paper, which has none, leaves that out.

    `lt-analysis pack` puts a link in the place of the words on the pack, and whoever makes the page anew removes both.
    """
    return Html(element("p", NO_PACK, class_="pack")), html.paragraphs({"downloads.csv": CSV_BELOW_TABLES}, "download")


def data_quality(without_page: list[str]) -> Html:
    """Return a link to the page on what was sent; where that could not be made, say so."""
    if DATA_QUALITY in without_page:
        return html.paragraphs({"data-quality": "The page on data quality could not be made this quarter."})
    link = element("a", "Data quality", href="data-quality.html")
    return Html(element("p", link, " ", element("span", SAYS_OF_RETURNS)))


def retention(release: Release, without_page: list[str]) -> Html:
    """Return a link to the page on staff, where any are shown; where that could not be made, say so."""
    if not release.staff:
        return html.NOTHING
    if RETENTION in without_page:
        return html.paragraphs({"retention": "The page on staff could not be made this quarter."})
    link = element("a", "What happened to staff in a year", href="retention.html")
    return Html(element("p", link, " ", element("span", SAYS_OF_STAFF)))


def details(figures: OrganisationFigures) -> str:
    """Return what stands behind an organisation's finding: its counts, what was not received, and what is late."""
    example = say(EXAMPLE, figures, figures.slug) if figures.source else ""
    stages = [*(sentences.counts(figures, stage) for stage in STAGES), sentences.where_it_arises(figures)]
    some_counts = SOME_COUNTS if shows_only_counts(figures) else ""
    caution = sentences.caution(figures) if shows_totals(figures) else ""
    parts = (example, *stages, caution, some_counts, sentences.returns_note(figures), actions.late_of(figures))
    return Said.join(" ", parts)


def organisations(release: Release, without_page: list[str]) -> Html:
    """Return every organisation in alphabetical order, under its name, with its sentences and a link to its page."""
    items = (_organisation(organisation, without_page) for organisation in release.organisations)
    return Html(element("div", *items, class_="organisations"))


def _organisation(organisation: OrganisationFigures, without_page: list[str]) -> Markup:
    name = named_in_full(organisation)
    if organisation.slug in without_page:
        return element("section", element("h3", name), element("p", NO_PAGE))
    lead, rest_of_finding = element("p", sentences.headline(organisation), class_="finding"), details(organisation)
    parts = (lead, "\n", element("p", rest_of_finding)) if rest_of_finding else (lead,)
    link = element("a", name, href=f"{quote(organisation.slug)}/recruitment.html")
    has_staff = organisation.staff and f"{organisation.slug}/{RETENTION}" not in without_page
    staff = element("p", element("a", OWN_STAFF, href=f"{quote(organisation.slug)}/{RETENTION}.html"))
    said = element("div", *parts, data_cell=f"sentence.{organisation.slug}")
    return element("section", element("h3", link), said, *((staff,) if has_staff else ()))
