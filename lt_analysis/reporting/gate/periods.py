"""Which quarter a page's report is for, and which year its figures are of, wherever it says so."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup

from lt_analysis.codebook.periods import parse_period
from lt_analysis.reporting.gate.charted import report_quarter

CODE = re.compile(r"\((20\d\d-\d\d-Q[1-4])\)")
YEAR = re.compile(r"^(.*?) \(financial year (20\d\d-\d\d)\), in the report for (.*?)\.")
OF_STAGES = "#people-at-each-stage [data-key]"
SPAN = 1  # place in a key: who/span/stage/group/band


def periods(page: BeautifulSoup) -> Iterator[str]:
    """Say where a page's heading, what it says that it covers, and the keys of its numbers are of different periods."""
    covers, quarter = page.select_one(".coverage dd"), report_quarter(page)
    if covers is None:
        return
    text = " ".join(covers.get_text(" ").split())
    if quarter is None or f"report for {quarter.in_words}" not in text:
        yield "the page does not say rightly for which quarter its report is"
        return
    if (code := CODE.search(text)) and code[1] != str(quarter):
        yield "the page does not say rightly for which quarter its report is"
    if of := YEAR.match(text):
        spans = {cell["data-key"].split("/")[SPAN] for cell in page.select(OF_STAGES)}
        if of[1] != parse_period(of[2]).in_words or not spans <= {of[2]}:
            yield "the page does not say rightly which year its figures are of"
