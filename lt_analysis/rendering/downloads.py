"""What the front page offers to download: the quarter's spreadsheet, and where each table's own file is."""

from lt_analysis.codebook.downloads import NO_PACK, SPREADSHEET, spreadsheet_name
from lt_analysis.release.figures import Release
from lt_analysis.rendering import html
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.markup import element
from lt_analysis.rendering.numbers import kilobytes

COULD_NOT = "The spreadsheet could not be made this quarter."
HOLDS, KIND = (
    "Counts, percentages, expected numbers, relative likelihoods, evidence and pledged actions",
    "Excel spreadsheet",
)
WHAT = "It has a cover, a list of contents, notes, and then one table a sheet."
CSV = "Below each table of numbers is a link to the same numbers as CSV."


def downloads(release: Release, without_page: list[str], size: int | None = None) -> Html:
    """Return a link to the spreadsheet, with its kind and its `size` in bytes where that is known; else why it is not.

    A page reads the release alone, so whoever made the spreadsheet says how large it is.
    """
    if SPREADSHEET in without_page:
        return html.joined(html.paragraphs({"downloads": COULD_NOT}), *_of_pages())
    size_in_brackets = (", ", element("span", kilobytes(size), class_="size")) if size else ()
    words = (HOLDS, " (", element("span", KIND), *size_in_brackets, ")")
    link = element("a", *words, href=spreadsheet_name(str(release.quarter)))
    return html.joined(Html(element("p", link, ". ", element("span", WHAT))), *_of_pages())


def _of_pages() -> tuple[Html, Html]:
    """Return that there is no pack yet, and where each table's own file is; paper, which has none, leaves that out.

    `lt-analysis pack` puts a link in the place of the words on the pack, and whoever makes the page anew removes both.
    """
    return Html(element("p", NO_PACK, class_="pack")), html.paragraphs({"downloads.csv": CSV}, "download")
