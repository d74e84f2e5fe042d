"""Cells typed by what their column holds, and what is wrong with a cell whatever return it stands in."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from lt_analysis.codebook.folders import in_sql
from lt_analysis.codebook.pay import BAND_8_AND_ABOVE, BELOW_8A, band_minimums
from lt_analysis.codebook.returns import Column, Return
from lt_analysis.collection.organisation import Organisation
from lt_analysis.collection.personal import has_a_personal_shape
from lt_analysis.collection.recognising.plain import plain
from lt_analysis.collection.recognising.values import Meanings

# Days come before months, as they are written in the United Kingdom; years have four figures, from 2000 on.
DATE_FORMATS = (
    *("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y"),
    *("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S"),
)
OWN_WORDS = "or say what the word means under `values:` in organisation.yml"
PERSONAL = (
    "it has the shape of an e-mail address, a National Insurance number or an NHS number",
    "Send a reference that means nothing outside the organisation",
)
FIRST_DAY, LAST_DAY = "DATE '2000-01-01'", "DATE '2099-12-31'"


class Check(NamedTuple):
    """A row for which `where` holds is rejected for `reason`, at `column`."""

    column: str
    where: str
    reason: str
    remedy: str


class Beside(NamedTuple):
    """The rows that a query of `checked` finds, beside the return's other rows, are rejected as by a `Check`."""

    column: str
    rows: str
    reason: str
    remedy: str


def typed_cells(kind: Return, source: str, meanings: Meanings) -> str:
    """Return a query of a table of sent cells (`sent_closed_on`) with each typed beside it (`closed_on`).

    `meanings` says what spellings mean, for each column of words. It looks at one row at a time, and keeps their order.
    """
    dates = "".join(
        f", try_cast(sent_{column.name} AS DATE) AS plain_{column.name}"
        for column in kind.columns
        if column.holds == "date"
    )
    typed = ", ".join(f"{_typed(column, meanings.get(column.name, {}))} AS {column.name}" for column in kind.columns)
    return f"SELECT *, {typed} FROM (SELECT *{dates} FROM {source})"


def _date(name: str) -> str:
    """Return a sent cell as a date in SQL; NULL where it is none, or of no year from 2000 to 2099.

    A cast has read a year, a month and a day; `strptime`, which is slower, is asked only where that failed.
    """
    formats = ", ".join(f"'{one}'" for one in DATE_FORMATS)
    otherwise = f"try_strptime(sent_{name}, [{formats}])::DATE"
    return f"""CASE WHEN plain_{name} BETWEEN {FIRST_DAY} AND {LAST_DAY} THEN plain_{name}
                    WHEN sent_{name} IS NULL THEN NULL
                    WHEN {otherwise} BETWEEN {FIRST_DAY} AND {LAST_DAY} THEN {otherwise} END"""


def _typed(column: Column, means: Mapping[str, str]) -> str:
    name, sent = column.name, f"sent_{column.name}"
    match column.holds:
        case "date":
            return _date(name)
        case "number":
            # At most nine digits, perhaps with a pound sign, commas, and a decimal part of noughts.
            written = rf"regexp_full_match({sent}, '£?(\d{{1,9}}|\d{{1,3}}(,\d{{3}}){{1,2}})(\.0+)?')"
            return f"CASE WHEN {written} THEN translate({sent}, '£,', '')::DOUBLE::BIGINT END"
        case "share":
            return rf"CASE WHEN regexp_full_match({sent}, '[01](\.\d+)?|\.\d+') THEN {sent}::DOUBLE END"
        case "code" | "ethnicity" | "grade":
            return _word(sent, means, empty=when_empty(column))
        case _:
            return f"lower({sent})" if name == "staff_group" else sent


def when_empty(column: Column) -> str | None:
    """Return what an empty cell of words counts as; None where it counts as nothing."""
    if column.required or column.holds == "grade":
        return None
    return "99" if column.holds == "ethnicity" else "not known"


def codes_of(column: Column) -> set[str]:
    """Return the codes that a column of a code list may hold once it is typed."""
    empty = when_empty(column)
    return {*column.allowed, *([empty] if empty else [])}


def _word(sent: str, means: Mapping[str, str], empty: str | None) -> str:
    """Return in SQL what a spelling means. It is looked up, and kept, as a number of a list: both are quick."""
    known = {*means.values(), *([empty] if empty else [])}
    if not known:
        return "NULL::VARCHAR"
    words, found = in_order(known), "NULL"
    if means:
        spelled, meant = f"try_cast({sent} AS {in_order(means)})", quoted(means[one] for one in sorted(means))
        found = f"CAST([{meant}] AS {words}[])[enum_code({spelled}) + 1]"
        if all(spelling == word for spelling, word in means.items()) and means.keys() == known:
            found = spelled
    return f"CASE WHEN {sent} IS NULL THEN '{empty}'::{words} ELSE {found} END" if empty else found


def in_order(words: Iterable[str]) -> str:
    """Return the type in SQL of some words, in alphabetical order."""
    return f"ENUM({quoted(sorted(words))})"


def cell_checks(kind: Return, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with each cell by itself. Grades of one's own need not be known to the audit."""
    checks = []
    own = ("grade",) if organisation.grades == "salary" else ()
    for column in (column for column in kind.columns if column.name not in own):
        name, sent = column.name, f"sent_{column.name}"
        if column.required:
            checks.append(Check(name, f"{sent} IS NULL", "the cell is empty", "Fill it in"))
        if column.holds != "text":
            checks.append(Check(name, f"{sent} IS NOT NULL AND {name} IS NULL", *_unread(column)))
        else:
            checks.append(Check(name, has_a_personal_shape(sent), *PERSONAL))
    return checks


def _unread(column: Column) -> tuple[str, str]:
    match column.holds:
        case "date":
            return "it is not a date", "Write dates as 2026-07-31"
        case "number":
            return "it is not a whole number", "Write digits only, as 57528"
        case "share":
            return "it is not a share of full time", "Write it as 1 or 0.6"
        case "ethnicity":
            codes = "Use the national code, A to S, Z for not stated or 99 for not known, or a group's name"
            return "it is not an ethnic category that the audit knows", f"{codes}; {OWN_WORDS}"
        case "grade":
            return "the audit knows no such band", f"Use a band, as 8a, VSM, or medical for doctors; {OWN_WORDS}"
        case _:
            return "the audit has no such code", f"Use one of: {', '.join(column.allowed)}; {OWN_WORDS}"


def repeated(column: str, columns: tuple[str, ...], reason: str, remedy: str) -> Beside:
    """Refuse at `column` the rows that have the same cells in some columns as an earlier row."""
    names = ", ".join(columns)
    filled = " AND ".join(f"{name} IS NOT NULL" for name in columns)
    # The fingerprint narrows ten million rows to the few that may be alike; the cells themselves decide.
    rows = f"""
        SELECT row FROM (
            SELECT row, row_number() OVER (PARTITION BY {names} ORDER BY row) AS time_sent
            FROM checked
            WHERE {filled} AND hash({names}) IN (
                SELECT hash({names}) FROM checked WHERE {filled} GROUP BY 1 HAVING count(*) > 1))
        WHERE time_sent > 1"""
    return Beside(column, rows, reason, remedy)


def pay_year(day: str) -> str:
    """Return the pay year, as 2026-27, of a day given in SQL."""
    start = f"year({day} - INTERVAL 3 MONTHS)"
    return f"({start} || '-' || right(({start} + 1)::VARCHAR, 2))"


def band(organisation: Organisation, salary: str, day: str) -> str:
    """Return a row's band in SQL: its grade, or what its own grade is equal to, or where its salary lies.

    Both are as they stood in the pay year of a day.
    """
    if organisation.grades != "salary":
        return "grade"
    by_salary = _in_pay_year(organisation, day, lambda minimums: _highest_first(minimums, salary))
    return f"coalesce({_by_own_grade(organisation, day)}, CASE WHEN {salary} IS NOT NULL THEN {by_salary} END)"


def _by_own_grade(organisation: Organisation, day: str) -> str:
    own = "".join(f" WHEN '{year}' THEN {_equal_to(grades)}" for year, grades in organisation.equivalent_grades.items())
    return f"CASE {pay_year(day)}{own} END" if own else "NULL"


def _equal_to(grades: Mapping[str, str]) -> str:
    names = ", ".join(in_sql(plain(name)) for name in grades)
    return f"MAP([{names}], [{quoted(grades.values())}])[grade]"


def straddles(organisation: Organisation, lowest: str, highest: str, day: str) -> str:
    """Return in SQL whether a range of pay begins below Band 8a and reaches it, where its own grade says nothing."""
    if organisation.grades != "salary":
        return "false"
    first = BAND_8_AND_ABOVE[0]
    reaches = _in_pay_year(
        organisation, day, lambda least: f"{lowest} < {least[first]} AND {highest} >= {least[first]}"
    )
    return f"coalesce({reaches} AND {_by_own_grade(organisation, day)} IS NULL, false)"


def _in_pay_year(organisation: Organisation, day: str, told: Callable[[Mapping[str, Decimal]], str]) -> str:
    """Return in SQL what is told of the bands' minimums in the pay year of a day; NULL in a year that has none."""
    years = "".join(
        f" WHEN '{year}' THEN {told(minimums)}"
        for (year, zone), minimums in band_minimums().items()
        if zone == organisation.high_cost_area
    )
    return f"CASE {pay_year(day)}{years} END"


def _highest_first(minimums: Mapping[str, Decimal], salary: str) -> str:
    bands = "".join(
        f" WHEN {salary} >= {minimum} THEN '{band}'"
        for band, minimum in sorted(minimums.items(), key=lambda one: one[1], reverse=True)
    )
    return f"CASE{bands} ELSE '{BELOW_8A}' END"


def pay_check(organisation: Organisation, salary: str, day: str, grades: tuple[str, ...]) -> Check:
    """Refuse a row whose pay cannot be placed among the bands."""
    if organisation.grades == "salary":
        return Check(
            salary,
            f"band IS NULL AND (sent_{salary} IS NULL OR ({salary} IS NOT NULL AND {day} IS NOT NULL))",
            "the post's pay cannot be placed",
            "Give the minimum of the full-time range, for a year of the codebook's pay scales, or put the grade among "
            "equivalent_grades in organisation.yml",
        )
    return Check(
        "grade",
        f"sent_grade IS NULL OR (band IS NOT NULL AND NOT {among(grades, 'band')})",
        "the audit knows no such band",
        f"Use one of: {', '.join(grades)}; {OWN_WORDS}",
    )


def among(values: tuple[str, ...] | list[str], text: str) -> str:
    """Return in SQL whether a text is one of some values; not, where there is none.

    DuckDB makes a join of a long `IN`, and of `list_contains`, and a join loses the order of rows.
    """
    return f"CASE {text} {' '.join(f'WHEN {in_sql(value)} THEN true' for value in values)} ELSE false END"


def quoted(values: Iterable[str]) -> str:
    """Return texts as a list in SQL."""
    return ", ".join(in_sql(value) for value in values)
