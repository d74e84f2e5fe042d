"""The main points of the page on returns, counted again in its two tables: what was received, and who is known."""

from collections.abc import Iterator

from bs4 import BeautifulSoup

from lt_analysis.codebook.ethnicity import LEAST_KNOWN
from lt_analysis.codebook.periods import QUARTERS_IN_A_YEAR, Quarter
from lt_analysis.reporting.gate.charted import Line, lines_of, report_quarter

RECEIVED, MISSING, REFUSED = "Received", "Not received", "Could not be used"
SHARE, KNOWN, APPLICANTS = "Share known", "Ethnicity known", "Applicants"
UNBROKEN_HYPHEN = "\N{NON-BREAKING HYPHEN}"
NONE, WHOLE_YEAR = "none", "the whole year"
WRONG = "the main points on returns are not what the tables below them tell"


def returns(page: BeautifulSoup) -> Iterator[str]:
    """Say where a main point counts or names others than the tables; a page without these tables takes no part."""
    received, known = (_table(page, column) for column in (MISSING, SHARE))
    if not received or not known:
        return
    quarter = report_quarter(page)
    named = [{_slug(line): line.name for line in lines} for lines in (received, known)]
    if quarter is None or named[0] != named[1]:
        yield "the two tables of returns do not name the same organisations, or not the quarter of the report"
        return
    said = {one["data-cell"]: one.get_text() for one in page.select(".summary p[data-cell]")}
    told = _of_returns(received, quarter) | _of_known(known)
    for name, words in told.items():
        if said.get(name, "") not in words:
            yield WRONG
    if not _are_asked(received, page):
        yield "those who have something to send are not those of the table"


def _table(page: BeautifulSoup, column: str) -> list[Line]:
    tables = map(lines_of, page.select("main table"))
    return next((lines for lines in tables if lines and column in lines[0].cells), [])


def _slug(line: Line) -> str:
    return next(iter(line.cells.values()))["data-cell"].partition(".")[2]


def _of_returns(lines: list[Line], quarter: Quarter) -> dict[str, set[str]]:
    """Work out what each main point on returns may say: one text, or nothing."""
    words = quarter.in_words
    missing, refused = ({line.name: _periods(line, column) for line in lines} for column in (MISSING, REFUSED))
    alone = "" if quarter.number == QUARTERS_IN_A_YEAR else str(quarter)  # the last one is a part of its year
    sent = sum(line.text(RECEIVED) == WHOLE_YEAR and not refused[line.name] - {alone} for line in lines)
    named = {
        "missing": ("For the year, something has not been received from", _names(missing, lambda some: some - {alone})),
        "refused": (
            "For the year, something could not be used of what was sent by",
            _names(refused, lambda some: some - {alone}),
        ),
        "missing.quarter": (
            f"For {words}, nothing has been received from",
            _names(missing, lambda some: alone in some),
        ),
        "refused.quarter": (
            f"For {words}, nothing could be used of what was sent by",
            _names(refused, lambda some: alone in some),
        ),
    }
    first = f"{sent} of {len(lines)} organisations sent all that the figures for the year need."
    return {"sent": {first}} | {
        name: {f"{opening} {', '.join(who)}." if who else ""} for name, (opening, who) in named.items()
    }


def _names(periods: dict[str, set[str]], chosen) -> list[str]:
    return [name for name, some in periods.items() if chosen(some)]


def _periods(line: Line, column: str) -> set[str]:
    said = line.text(column).replace(UNBROKEN_HYPHEN, "-")
    return set() if said == NONE else {*said.split(", ")}


def _of_known(lines: list[Line]) -> dict[str, set[str]]:
    shown = [(line, line.whole(KNOWN), line.whole(APPLICANTS)) for line in lines if line.text(SHARE).endswith("%")]
    if not shown:
        return {"known": {"Of no organisation can it be shown how completely ethnicity is known."}}
    below = [line for line, known, of in shown if known < LEAST_KNOWN * of]
    enough = (
        f"{len(shown) - len(below)} of the {len(shown)} organisations that can be shown know the ethnicity of at least "
        f"{LEAST_KNOWN:.0%} of those who applied."
    )
    names = ", ".join(f"{line.name} ({line.text(SHARE)})" for line in below)
    return {"known": {enough}, "below": {f"Below {LEAST_KNOWN:.0%}: {names}." if below else ""}}


def _are_asked(lines: list[Line], page: BeautifulSoup) -> bool:
    """Say whether the list of what is to be sent names exactly those of whom something was not received or used."""
    asked = [one.get_text() for one in page.select('p[data-cell^="returns."]')]
    lacking = [line.name for line in lines if _periods(line, MISSING) or _periods(line, REFUSED)]
    return len(asked) == len(lacking) and all(map(str.startswith, asked, (f"{name}: " for name in lacking)))
