"""A chart of a page, its title, and the lines of numbers that it draws, wherever the page has put them."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.codebook.words import NO_POSTS

BESIDE = "Beside that range"  # the column that a chart of numbers beside equal chances has, and no other
BELOW, WITHIN, ABOVE = "below", "within", "above"
ORGANISATION = "Organisation"
EXAMPLE = "A published example: "  # begins what the front page says of an organisation from elsewhere
FIRST_MONTHS = ("April", "July", "October", "January")  # of the quarters of a financial year
REPORT = re.compile(rf"report for ({'|'.join(FIRST_MONTHS)}) to \w+ (20\d\d)")
NUMBER = r"(\d{1,3}(?:,\d{3})*)"
SHARE = r"([\d.]+%|under 0\.1%)"
LIMIT = r"(?:(?:more|less) than )?[\d.]*\d"  # of a likely range, as pages write it
SMALLEST_BASE = 20  # people; of fewer no share is given, and nothing is drawn


class Line(NamedTuple):
    """A row of a table: its heading, and its cells by their columns."""

    name: str
    cells: Mapping[str, Tag]

    def text(self, column: str) -> str:
        """Return what the cell of a column says; empty where there is none."""
        return self.cells[column].get_text() if column in self.cells else ""

    def whole(self, column: str) -> int | None:
        """Return the whole number of a column; None where it says anything else."""
        digits = self.text(column).replace(",", "")
        return int(digits) if digits.isdecimal() else None


def data_of(figure: Tag, page: BeautifulSoup) -> Tag:
    """Return what holds a chart's numbers: what it leads to, or itself before it has been given a number."""
    link = figure.select_one('.note a[href^="#"]')
    return (page.find(id=link["href"][1:]) if link else None) or figure


def title_of(figure: Tag) -> str:
    """Return a chart's title."""
    return figure.strong.get_text() if figure.strong else ""


def lines_of(data: Tag) -> list[Line]:
    """List the rows of a table, or of the one that an element holds."""
    rows = [row for row in data.select("tbody tr") if row.th]
    return [Line(row.th.get_text(), {cell.get("data-column"): cell for cell in row.find_all("td")}) for row in rows]


def heading_of(data: Tag) -> str:
    """Return the heading of a table's first column."""
    return data.select_one("thead th").get_text() if data.select_one("thead th") else ""


def beside_chances(page: BeautifulSoup) -> Iterator[tuple[str, list[Line], Tag]]:
    """Yield the key of the decision, the lines and the figure of each chart of organisations beside equal chances."""
    for figure in page.find_all("figure"):
        data = data_of(figure, page)
        lines = [line for line in lines_of(data) if BESIDE in line.cells]
        if lines and heading_of(data) == ORGANISATION:
            yield lines[0].cells[BESIDE].get("data-cell", "..").split(".")[1], lines, figure


def placed(lines: list[Line]) -> list[tuple[str, str]]:
    """List those lines that are set beside equal chances: the name of each, and its place beside the usual range."""
    return [(line.name, line.text(BESIDE)) for line in lines if line.text(BESIDE) in (BELOW, WITHIN, ABOVE)]


def partnership_numbers(page: BeautifulSoup) -> Iterator[tuple[str, str, str, int | None]]:
    """Yield span, stage, group and people of each number of all organisations at Band 8 and above; None is hidden."""
    for cell in page.select('td[data-key^="partnership/"]'):
        _, span, stage, group, band = cell["data-key"].split("/")
        digits = cell.get_text().replace(",", "").replace(NO_POSTS, "0")
        if band == "8+":
            yield span, stage, group, int(digits) if digits.isdecimal() else None


def report_quarter(page: BeautifulSoup) -> Quarter | None:
    """Read from the page's heading, or from what it says that it covers, for which quarter its report is."""
    heading, covers = page.h1, page.select_one(".coverage")
    found = REPORT.search(" ".join(part.get_text(" ") for part in (heading, covers) if part))
    if not found:
        return None
    first, year = found.groups()
    number = FIRST_MONTHS.index(first) + 1
    return Quarter(FinancialYear(int(year) - (number == len(FIRST_MONTHS))), number)


def own_sections(page: BeautifulSoup) -> list[Tag]:
    """Return the sections of a list of organisations that are the partnership's own, and no published example."""
    return [one for one in page.select(".organisations > section") if EXAMPLE not in one.get_text()]


def names_in_list(page: BeautifulSoup) -> dict[str, str]:
    """Return a list's names of organisations by their folders, without those whose pages could not be made."""
    said = (one.select_one('[data-cell^="sentence."]') for one in own_sections(page))
    return {one["data-cell"].removeprefix("sentence."): one.find_previous("h3").get_text() for one in said if one}


def joined(names: list[str]) -> str:
    """Join names as a sentence does."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def said_in(page: BeautifulSoup, cell: str) -> str:
    """Return what the sentence of a figure says, by the name of its cell; empty where there is none."""
    found = page.select_one(f'span[data-cell="{cell}"]')
    return found.get_text() if found else ""
