"""What the front page offers to download: the quarter's spreadsheet, and where each table's own file is."""

from lt_analysis.codebook.downloads import SPREADSHEET, spreadsheet_name
from lt_analysis.release.figures import Release
from lt_analysis.rendering import html
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.numbers import kilobytes
from lt_analysis.rendering.workbook import workbook

COULD_NOT = "The spreadsheet of all numbers could not be made this quarter."
WHAT = "It has a cover, a list of contents, notes, and then one table a sheet."
CSV = "Below each table of numbers is a link to the same numbers as CSV."


def downloads(release: Release, without_page: list[str]) -> Html:
    """Lead to the spreadsheet, with its kind and size; say so where it could not be made.

    The same release gives the same bytes, so its size is known from the release alone.
    """
    if SPREADSHEET in without_page:
        return html.joined(html.paragraphs({"downloads": COULD_NOT}), _of_tables())
    size = kilobytes(len(workbook(release)))
    said = f"All numbers of this report (Excel spreadsheet, {size})"
    link = f'<a href="{spreadsheet_name(str(release.quarter))}">{said}</a>'
    return html.joined(Html(f"<p>{link}. {WHAT}</p>"), _of_tables())


def _of_tables() -> Html:
    """Say where each table's own file is; paper, which has none, leaves it out."""
    return html.paragraphs({"downloads.csv": CSV}, "download")
