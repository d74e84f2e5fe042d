"""Cells typed by what their column holds, and what is wrong with a cell whatever return it stands in."""

from typing import NamedTuple

import duckdb

from lt_analysis.codebook.pay import BELOW_8A
from lt_analysis.codebook.returns import Column, Return
from lt_analysis.collection.organisation import Organisation
from lt_analysis.collection.personal import SHAPES
from lt_analysis.collection.recognising.values import recognise_values, recognised_columns

# Days come before months, as they are written in the United Kingdom; years have four figures.
DATE_FORMATS = (
    *("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y"),
    *("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S"),
)
OWN_WORDS = "or say what the word means under `values:` in organisation.yml"
PERSONAL = (
    "it has the shape of an e-mail address, a National Insurance number or an NHS number",
    "Send a reference that means nothing outside the organisation",
)
NOT_KNOWN = {"ethnicity": "99"}  # what an empty cell counts as; of other code lists, `not known`


class Check(NamedTuple):
    """A row for which `where` holds is rejected for `reason`, at `column`."""

    column: str
    where: str
    reason: str
    remedy: str


class Cells(NamedTuple):
    """A query of `received` (`sent_closed_on`) with every cell typed beside it (`closed_on`), and its parameters."""

    query: str
    parameters: dict[str, list[str]]


def typed_cells(connection: duckdb.DuckDBPyConnection, kind: Return, organisation: Organisation) -> Cells:
    """Return the cells of a return, typed by what their column holds."""
    recognised = [column.name for column in kind.columns if column.name in recognised_columns()]
    meanings = recognise_values(connection, recognised, organisation.values)
    typed = ", ".join(f"{_typed(column)} AS {column.name}" for column in kind.columns)
    parameters = {}
    for name, means in meanings.items():
        parameters |= {f"{name}_sent": list(means), f"{name}_means": list(means.values())}
    return Cells(f"SELECT received.*, {typed} FROM received", parameters)


def _typed(column: Column) -> str:
    name, sent = column.name, f"sent_{column.name}"
    match column.holds:
        case "date":
            formats = ", ".join(f"'{one}'" for one in DATE_FORMATS)
            has_year = rf"regexp_full_match({sent}, '.*\b20\d\d\b.*')"
            return f"CASE WHEN {has_year} THEN try_strptime({sent}, [{formats}])::DATE END"
        case "number":
            # At most nine digits, perhaps with a pound sign, commas, and a decimal part of noughts.
            written = rf"regexp_full_match({sent}, '£?(\d{{1,9}}|\d{{1,3}}(,\d{{3}}){{1,2}})(\.0+)?')"
            return f"CASE WHEN {written} THEN translate({sent}, '£,', '')::DOUBLE::BIGINT END"
        case "share":
            return rf"CASE WHEN regexp_full_match({sent}, '[01](\.\d+)?|\.\d+') THEN {sent}::DOUBLE END"
        case "code" | "ethnicity" | "grade":
            means = f"MAP(${name}_sent::VARCHAR[], ${name}_means::VARCHAR[])[{sent}]"
            if column.required or column.holds == "grade":
                return means
            return f"CASE WHEN {sent} IS NULL THEN '{NOT_KNOWN.get(name, 'not known')}' ELSE {means} END"
        case _:
            return f"lower({sent})" if name == "staff_group" else sent


def cell_checks(kind: Return) -> list[Check]:
    """Return what may be wrong with each cell by itself."""
    checks = []
    for column in kind.columns:
        name, sent = column.name, f"sent_{column.name}"
        if column.required:
            checks.append(Check(name, f"{sent} IS NULL", "the cell is empty", "Fill it in"))
        if column.holds != "text":
            checks.append(Check(name, f"{sent} IS NOT NULL AND {name} IS NULL", *_unread(column)))
        else:
            shaped = " OR ".join(f"regexp_full_match({sent}, '{shape}')" for shape in SHAPES)
            checks.append(Check(name, shaped, *PERSONAL))
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


def pay_year(day: str) -> str:
    """Return the pay year, as 2026-27, of a day given in SQL."""
    start = f"year({day} - INTERVAL 3 MONTHS)"
    return f"({start} || '-' || right(({start} + 1)::VARCHAR, 2))"


def band(organisation: Organisation, salary: str, day: str) -> str:
    """Return a row's band in SQL: its grade, or where its salary lies in the pay scales of a day's year."""
    if organisation.grades != "salary":
        return "grade"
    here = f"m.year = {pay_year(day)} AND m.zone = '{organisation.high_cost_area}'"
    return f"""(SELECT coalesce(arg_max(m.band, m.minimum), '{BELOW_8A}') FROM band_minimums m
                WHERE {here} AND m.minimum <= {salary})"""


def pay_check(organisation: Organisation, salary: str, day: str, grades: tuple[str, ...]) -> Check:
    """Refuse a row whose pay cannot be placed among the bands."""
    if organisation.grades == "salary":
        return Check(
            salary,
            f"""sent_{salary} IS NULL OR {day} IS NOT NULL AND ({pay_year(day)}, '{organisation.high_cost_area}')
                NOT IN (SELECT (year, zone) FROM band_minimums)""",
            "the post's pay cannot be placed",
            "Give the minimum of the full-time range, for a year of the codebook's pay scales",
        )
    return Check(
        "grade",
        f"sent_grade IS NULL OR band NOT IN ({quoted(grades)})",
        "the audit knows no such band",
        f"Use one of: {', '.join(grades)}; {OWN_WORDS}",
    )


def quoted(values: tuple[str, ...]) -> str:
    """Return texts as a list in SQL."""
    return ", ".join(f"'{value}'" for value in values)
