"""What an invented organisation has itself published: its board, and indicators 3 to 5 of the race equality standard.

All of it is worked out from the returns that the organisation sends: the board from the staff of the last day of a
financial year, the ratios of indicators 3 and 4 from everybody to whom it happened in the year, whenever they joined,
and from the staff at its end, and the shares of indicator 5 from the answers to its survey. So an own page prints the
same numbers.

Two numbers are wrong on purpose, as such reports are at times. `COUNTED_ONE_WHO_HAD_LEFT` names whose board has one
member too many, who had left. `TURNED_ROUND` names whose ratio of indicator 4 is upside down: its own standard's metric
divides the other group's share by White people's.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from functools import cache

from lt_analysis.codebook.ethnicity import BME, REFERENCE, WRES_GROUP_OF_TOTALS, five_group
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.codebook.returns import EVENTS, STAFF, SURVEY, Return
from lt_analysis.codebook.standards import INDICATORS, SEATS, Indicator

COUNTED_ONE_WHO_HAD_LEFT, TURNED_ROUND = "nonesuch-hospitals", "lilliput-council"
BOARD_PRINTED_IN = "Invented annual report, page 12"
PRINTED_IN, PRINTED_AFTER = "Invented report on the race equality standard, page 4", timedelta(days=92)
RATIOS, OF_SURVEY = INDICATORS[2:4], INDICATORS[4]
IS_SEAT = {
    "members": lambda row: row["board"] != "no",
    "voting": lambda row: row["board"] == "voting",
    "executives": lambda row: row.get("board_role") == "executive",
}
LEFT_BEFORE = {"board": "voting", "board_role": "non-executive", "ethnicity": "A"}  # the first return
Returns = Mapping[Quarter, Mapping[Return, list[dict]]]


def printed_by(slug: str, returns: Returns, year: FinancialYear) -> dict:
    """Return the settings that say what an organisation has published of a year; none where it lacks a return of it."""
    if any(STAFF not in returns.get(quarter, {}) for quarter in year.quarters):
        return {}
    ratios = ((one, _ratio(one, returns, year, slug == TURNED_ROUND)) for one in RATIOS)
    printed = [{"indicator": one.number, "value": f"{value:.2f}"} for one, value in ratios if value]
    return {
        "board_published": _board(returns, year, slug == COUNTED_ONE_WHO_HAD_LEFT),
        "indicators_published": [
            one | {"year": str(year), "source": PRINTED_IN, "as_of": year.last_day + PRINTED_AFTER}
            for one in printed + _shares(returns, year)
        ],
    }


def _group(row: dict) -> str:
    return _group_of(row["ethnicity"])


@cache
def _group_of(code: str) -> str:
    return WRES_GROUP_OF_TOTALS[five_group(code)]


def _board(returns: Returns, year: FinancialYear, counts_one_who_left: bool) -> dict:
    """Return who sits on a board on the last day of a year; and, where that is asked, the last who has left it."""
    board = [row for row in returns[year.quarters[-1]][STAFF] if row["board"] != "no" and "left_on" not in row]
    if counts_one_who_left:
        until = [rows[STAFF] for quarter, rows in returns.items() if quarter <= year.quarters[-1] and STAFF in rows]
        gone = [row for rows in until for row in rows if row["board"] != "no" and "left_on" in row]
        board += gone[-1:] or [LEFT_BEFORE]
    seats = {}
    for kind, (every, of_group) in SEATS.items():
        groups = [_group(row) for row in board if IS_SEAT[kind](row)]
        seats |= {every: len(groups), of_group: groups.count(BME)}
    return seats | {"source": BOARD_PRINTED_IN, "as_of": year.last_day}


def _ratio(indicator: Indicator, returns: Returns, year: FinancialYear, turned_round: bool) -> float | None:
    """Return an indicator's ratio, as it divides or as another standard does; None where nobody is below the line."""
    measure, happened = indicator.measure, indicator.measure.after.sent_as
    groups = {row["person"]: _group(row) for quarter in year.quarters for row in returns[quarter][STAFF]}
    rows = (row for quarter in year.quarters for row in returns[quarter][EVENTS])
    reached = Counter(groups[one] for one in {row["person"] for row in rows if row["event"] == happened})
    at_the_end = Counter(_group(row) for row in returns[year.quarters[-1]][STAFF] if "left_on" not in row)
    first, last = (REFERENCE, BME) if measure.white_first else (BME, REFERENCE)
    if turned_round and measure.also and measure.also[0].white_first != measure.white_first:
        first, last = last, first
    if not reached[last] or not at_the_end[first]:
        return None
    return reached[first] * at_the_end[last] / (at_the_end[first] * reached[last])


def _shares(returns: Returns, year: FinancialYear) -> list[dict]:
    rows = {
        row["ethnicity"]: row
        for row in returns[year.quarters[-1]][SURVEY]
        if row["question"] == OF_SURVEY.measure.after.sent_as
    }
    return [
        {
            "indicator": OF_SURVEY.number,
            "group": group,
            "value": f"{100 * rows[group]['yes'] / rows[group]['respondents']:.1f}%",
        }
        for group in (REFERENCE, BME)
        if rows[group]["respondents"]
    ]
