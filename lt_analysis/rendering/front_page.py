"""The front page of a quarter: its sentences, the list of organisations, and what leads on from it."""

from collections.abc import Sequence
from urllib.parse import quote

from markupsafe import Markup

from lt_analysis.codebook.downloads import NO_PACK, SPREADSHEET, spreadsheet_name
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.subjects import RETURNS, WITH_PAGES
from lt_analysis.codebook.words import NOT_YET_AUDITED
from lt_analysis.release.figures import OrganisationFigures, Release
from lt_analysis.rendering import actions, html, partnership, sentences
from lt_analysis.rendering.figure import own
from lt_analysis.rendering.forms import named_in_full, say, say_form
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.markup import element
from lt_analysis.rendering.numbers import HOW_PRECISE, kilobytes
from lt_analysis.rendering.shown import Choice, Said, Template
from lt_analysis.rendering.strip_chart import organisations_table

NO_PAGE = "Its page could not be made this quarter."
WITHOUT_PAGES = "(without pages; its numbers are in the folder data of that report)"
IN_NUMBERS = "Show each organisation in numbers"
NO_ORGANISATION = "None of the partners sent anything."
PUBLISHED_ELSEWHERE = "Show figures published elsewhere"
COULD_NOT = "The spreadsheet could not be made this quarter."
SPREADSHEET_HOLDS = "Counts, ratios, evidence and actions"
SPREADSHEET_KIND = "Excel spreadsheet"

TO_READ = (
    "Start with the words for evidence. They are about all posts since the declared start, and about nothing "
    "else. They may be looked at every quarter: equal chances make them call a difference strong, at one stage or "
    "the other, at most 1 time in 20. That holds for all organisations together, and for each alone; among many, "
    "some may mislead.",
    "Then look at a year's counts. Where one lies beside its range describes that year, and is no verdict: where "
    "chances are equal, about 1 such count in 25 lies outside, and one outside does not show why. So those of "
    "many organisations are not added up.",
    "The sign [c] stands for a number that is not shown, because people of a group are few. It never says whether "
    "the news is good or bad.",
)
METHODS = (
    "Organisations send a return each quarter. A row with a fault counts with what can be read of it. A post of "
    "which too little can be read is left out whole. Each organisation is told why. What is counted is posts at "
    "Band 8 and above, or with equal pay.",
    "People are compared with those who wanted the same post. For each post, the audit works out how many of a "
    "group would succeed if all had the same chance. The expected number adds these up. For all organisations "
    "together it is worked out from all their posts at once.",
    "Shares and ratios add up all posts. The margin of a change between two quarters treats the people of the two "
    "quarters as different people. Those who were shortlisted are a part of those who applied, and the margin of "
    "their share allows for that.",
    "Evidence counts a post in the second quarter after the one in which it closed, whatever came of it by then. It "
    "is worked out twice, of everybody and of people who come before an organisation for the first time, and the "
    "weaker one is given. People who apply to several organisations cannot be linked. Where seven applicants in ten "
    "had applied before, everywhere, strong words misled in about 7 of 100 invented histories.",
    "What may not be settled after looking was declared before. Small numbers are hidden, and so is what they could "
    "be worked out from. A proof of that is kept with each release.",
)

LEADS_TO = {**WITH_PAGES, RETURNS.key: RETURNS}
TITLE = Template("report_title", "Race equality at work: figures for {year_in_words}")
RANGED = Choice(
    "organisations",
    by="counts_alone",
    cases={
        "none": "Of {own_number} organisations, {ranged_number} {ranged_are} set beside a range, at one stage or both.",
        "some": (
            "Of {own_number} organisations, {ranged_number} {ranged_are} set beside a range, at one stage or both, and "
            "{counts_alone_number} {counts_alone_have} counts alone."
        ),
    },
)
TOTALS = Template("totals", "{totals_number} sent only totals, which are not compared post by post.")
FEW = Template("few", "{few_number} had too few people to show how many came through a stage.")
LACKING = {
    "missing": Template("missing", "{missing_number} did not send every return of the year."),
    "refused": Template("refused", "{refused_number} sent something for the year that could not be used."),
    "missing.quarter": Template("missing_quarter", "{missing_quarter_number} sent no return for {span_in_words}."),
    "refused.quarter": Template(
        "refused_quarter", "{refused_quarter_number} sent a return for {span_in_words} that could not be used."
    ),
}
COVERS = Template(
    "report_covers",
    "{year_in_words}, in the report for {span_in_words}.",
)
NEXT_DUE = Template(
    "next_due",
    "A further quarter in the report for {next_quarter_in_words}, a further year in that for {next_year_due}.",
)
EXAMPLE = Template("example", "A published example: {posts}, {span_in_words}.")
RELEASE = Template("release", "{quarter}, in the folder data beside this page")


def heading(release: Release) -> Html:
    """Return the front page's heading."""
    return html.heading(say(TITLE, release, "*"), marks(release))


def marks(release: Release) -> tuple[str, ...]:
    """Return the marks that whatever tells of several organisations must carry."""
    return (html.PARTLY_INVENTED_MARK,) if any(organisation.invented for organisation in release.organisations) else ()


def points(release: Release) -> dict[str, str]:
    """Return how many of the partnership's organisations are set beside a range, as the strip of them draws it.

    Then what stands in the way of others.
    """
    templates = {"organisations": RANGED, "totals": TOTALS, "few": FEW} | LACKING
    return {cell: say(template, release, "*") for cell, template in templates.items()}


def sums(release: Release) -> Html:
    """Return what the sums of the latest year and quarter tell, and of whom."""
    paragraphs = (
        partnership.headline(release),
        partnership.behind_headline(release),
        partnership.of_quarter(release),
    )
    return html.grouped(paragraphs, "sums")


def coverage(release: Release) -> Html:
    """Return what the report covers, whose figures it adds up, what is not known, and when the next figures are due."""
    terms = {"Which period": say(COVERS, release, "*")}
    terms |= {"Who is in it": partnership.whose(release)} if release.years else {}
    terms |= {
        "What is not known": Said.join(" ", (*points(release).values(), actions.not_sent(release))),
        "Next figures": say(NEXT_DUE, release, "*"),
    }
    return html.definitions(terms | sentences.since_corrected(release), "coverage")


def earlier_reports(release: Release, without_page: Sequence[str] = ()) -> Html:
    """Return the reports before, as far as this one prints something of theirs again, and links to their pages.

    The release says which these are. Of those that were made without pages, or lie elsewhere, only their name is said.
    """
    if not release.earlier:
        return html.paragraphs({"earlier": "This is the first report, or it shows no figure of an earlier one again."})
    return Html(element("ul", *(_earlier(one, without_page) for one in release.earlier), class_="earlier"))


def _earlier(quarter: Quarter, without_page: Sequence[str]) -> Markup:
    name = say_form("in_words", quarter, f"*/{quarter}")
    if str(quarter) in without_page:
        return element("li", name, " ", element("span", WITHOUT_PAGES))
    return element("li", element("a", name, href=f"../{quote(str(quarter))}/index.html"))


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
        return html.joined(html.paragraphs({"downloads": COULD_NOT}), _pack())
    size_in_brackets = (", ", element("span", kilobytes(size), class_="size")) if size else ()
    words = (SPREADSHEET_HOLDS, " (", element("span", SPREADSHEET_KIND), *size_in_brackets, ")")
    link = element("a", *words, href=spreadsheet_name(str(release.quarter)))
    return html.joined(Html(element("p", link, ".")), _pack())


def _pack() -> Html:
    """Return that there is no pack yet: `lt-analysis pack` puts a link in the place of these words."""
    return Html(element("p", NO_PACK, class_="pack"))


def leads_to(release: Release, about: str, without_page: list[str]) -> Html:
    """Return a link to a subject's page, where there is anything to say on it; where it could not be made, say so."""
    subject = LEADS_TO[about]
    if subject.figures and not getattr(release, subject.figures):
        return html.NOTHING
    if subject.key in without_page:
        return html.paragraphs({subject.key.replace(" ", "-"): subject.cannot})
    link = element("a", subject.leads_to, href=subject.file)
    return Html(element("p", link, " ", element("span", subject.says)))


def organisations(release: Release, without_page: list[str]) -> Html:
    """Return what leads to each organisation's pages, the table of their numbers, and examples from elsewhere."""
    examples = [one for one in release.organisations if one.source]
    apart = [html.folded(PUBLISHED_ELSEWHERE, *(_example(one, without_page) for one in examples))]
    return html.joined(
        Html(element("ul", *(_pages_of(one, without_page) for one in own(release)), class_="organisations"))
        if own(release)
        else html.note(NO_ORGANISATION),
        *([html.folded(IN_NUMBERS, organisations_table(release))] if own(release) else []),
        *(apart if examples else []),
    )


def _pages_of(organisation: OrganisationFigures, without_page: Sequence[str]) -> Markup:
    """Return an entry that leads to each of an organisation's pages."""
    slug = organisation.slug
    if slug in without_page:
        return element("li", _no_page(organisation), data_cell=f"no-page.{slug}")
    parts = [element("a", named_in_full(organisation), href=f"{quote(slug)}/recruitment.html")]
    for subject in WITH_PAGES.values():
        if subject.own and getattr(organisation, subject.figures) and f"{slug}/{subject.key}" not in without_page:
            parts += [", ", element("a", subject.own, href=f"{quote(slug)}/{subject.file}")]
    return element("li", *parts)


def _no_page(organisation: OrganisationFigures) -> Said:
    return Said.join(": ", (named_in_full(organisation), NO_PAGE))


def _example(organisation: OrganisationFigures, without_page: list[str]) -> Html:
    """Return an example under its name, with its finding; nothing of it is set beside the partnership's."""
    name, slug = named_in_full(organisation), organisation.slug
    if slug in without_page:
        return html.paragraphs({f"no-page.{slug}": _no_page(organisation)})
    link = element("a", name, href=f"{quote(slug)}/recruitment.html")
    of_which = say(EXAMPLE, organisation, slug)
    said = element("span", Said.join(" ", (of_which, sentences.headline(organisation))), data_cell=f"sentence.{slug}")
    return Html(element("p", link, ". ", said))
