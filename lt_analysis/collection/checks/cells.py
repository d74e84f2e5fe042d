"""Cells typed by what their column holds, and what is wrong with a cell whatever return it stands in."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from lt_analysis.codebook.folders import in_sql
from lt_analysis.codebook.pay import BAND_8_AND_ABOVE, BELOW_8A, band_minimums
from lt_analysis.codebook.returns import Column, Return
from lt_analysis.collection.checks.days import not_at_once, with_days, with_quick_days
from lt_analysis.collection.organisation import Organisation
from lt_analysis.collection.personal import PERSONAL_SHAPE
from lt_analysis.collection.recognising.nothing import EMPTY, NO_CELL, NOBODY, SHORTENED
from lt_analysis.collection.recognising.plain import plain
from lt_analysis.collection.recognising.values import Meanings

NO_DATE = "it is not a date"
OWN_WORDS = "or say what the word means under `values:` in organisation.yml"
REFERENCES = ("vacancy", "applicant", "person", "repost_of")
# Pounds a year. The national living wage of a full-time year was 17,000 in 2020; monthly pay of Band 9 is about 10,000.
LEAST_SALARY, MOST_SALARY = 15_000, 500_000


class Effect(StrEnum):
    """What follows where something is wrong with a row. As little of it is lost as can be."""

    SAID = "said"  # the row counts as it stands
    UNREAD = "unread"  # the cell is not known; the row counts
    OF_POST = "of the post"  # the post's other rows say it; where none does, the post is set aside
    UNPLACED = "unplaced"  # it cannot be told how far the application came: its post is set aside
    UNLIKE = "unlike"  # the row counts; many that share a reference and are not one application refuse the return
    REPEATED = "repeated"  # another row counts for this one too
    REJECTED = "rejected"  # the row does not count
    REFUSED = "refused"  # nothing of the return counts


class Check(NamedTuple):
    """Of a row for which `where` holds, `reason` is said at `column`, and what follows is its `effect`."""

    column: str
    where: str
    reason: str
    remedy: str
    effect: Effect = Effect.REJECTED


class Fault(NamedTuple):
    """What is wrong with a text that matches a pattern, all of it, and what is said then."""

    pattern: str
    reason: str
    remedy: str


FAULTS = {
    "personal": Fault(
        PERSONAL_SHAPE,
        "it has the shape of an e-mail address, a National Insurance number or an NHS number",
        "Send a reference that means nothing outside the organisation",
    ),
    "an error": Fault(NO_CELL, "it is a spreadsheet's error, and no value", "Send the value that should stand there"),
    "shortened": Fault(
        SHORTENED,
        "a spreadsheet has shortened the reference, so that several are alike",
        "Format the column as text before the numbers are put in, and send it again",
    ),
    "nobody's": Fault(
        NOBODY,
        "it stands for a reference that is not given, and tells none from another",
        "Give each a reference of its own, or leave the cell empty",
    ),
}
ONLY_OF_REFERENCES = ("shortened", "nobody's")


class Beside(NamedTuple):
    """Of the rows that a query finds beside the return's other rows, the same is said as by a `Check`.

    It may ask `checked`, and of a return with posts also `usual`, what most of a post's rows say of it.
    """

    column: str
    rows: str
    reason: str
    remedy: str
    effect: Effect = Effect.REJECTED


def typed_cells(kind: Return, source: str, meanings: Meanings, at_once: bool = False) -> str:
    """Return a query of a table of sent cells (`sent_closed_on`) with each typed beside it (`closed_on`).

    `meanings` says what spellings mean, for each column of words. It looks at one row at a time, and keeps their order.
    What a quick look cannot read is put in a list, of the few rows that hold such a thing, and written down once for
    all columns: a long statement costs more than a small file. Of a table of which `at_once` is known, from
    `not_read_at_once`, that there is no such row, that is left out. `faults` say what is wrong with texts. A date that
    stands for never is empty.
    """
    dates, texts = columns_that_hold(kind, "date"), columns_that_hold(kind, "text")
    if at_once:
        query = f"SELECT *, NULL::VARCHAR[] AS faults FROM {source}"
        query = with_quick_days(query, dates) if dates else query
        read, dates = {name: f"quick_{name}" for name in dates}, []
    else:
        query = f"SELECT *{_faults(texts)} FROM {source}"
        query = with_days(query, dates) if dates else query
        read = {name: f"coalesce(quick_{name}, days[{place}])" for place, name in enumerate(dates, start=1)}
    read |= {one.name: _typed(one, meanings.get(one.name, {})) for one in kind.columns if one.holds != "date"}
    sent = [
        f"CASE WHEN nevers[{place}] THEN NULL ELSE sent_{name} END AS sent_{name}"
        for place, name in enumerate(dates, start=1)
    ]
    without = f" REPLACE ({', '.join(sent)})" if dates else ""
    return f"SELECT *{without}, {', '.join(f'{read[name]} AS {name}' for name in kind.column_names)} FROM ({query})"


def not_read_at_once(kind: Return, source: str) -> str:
    """Return a query of one of the rows of a table of sent cells that a quick look cannot read, or that is suspicious.

    It finds none in most returns, of which `typed_cells` then needs no more than the quick look.
    """
    dates, texts = columns_that_hold(kind, "date"), columns_that_hold(kind, "text")
    query = with_quick_days(f"FROM {source}", dates) if dates else f"FROM {source}"
    slow = [*([not_at_once(dates)] if dates else []), *([_is_suspicious(texts)] if texts else [])]
    return f"SELECT true FROM ({query}) WHERE {' OR '.join(slow) or 'false'} LIMIT 1"


def columns_that_hold(kind: Return, what: str) -> list[str]:
    """Name the columns of a return that hold dates, texts and the like, in their order."""
    return [column.name for column in kind.columns if column.holds == what]


def _faults(texts: list[str]) -> str:
    """Return in SQL the list `faults`: of each text what is wrong with it; of a row with nothing wrong, no list."""
    if not texts:
        return ""
    sent = ", ".join(f"sent_{name}" for name in texts)
    wrong = " ".join(
        f"WHEN regexp_full_match(text, {in_sql(fault.pattern)}) THEN {in_sql(name)}" for name, fault in FAULTS.items()
    )
    return f""", CASE WHEN {_is_suspicious(texts)}
                      THEN list_transform([{sent}], lambda text: CASE {wrong} END) END AS faults"""


def _is_suspicious(texts: list[str]) -> str:
    suspicious = in_sql("|".join(rf"(?:^|\x1f)(?:{fault.pattern})(?:\x1f|$)" for fault in FAULTS.values()))
    return f"regexp_matches(concat_ws(chr(31), {', '.join(f'sent_{name}' for name in texts)}), {suspicious})"


def _typed(column: Column, means: Mapping[str, str]) -> str:
    name, sent = column.name, f"sent_{column.name}"
    match column.holds:
        case "number":
            # At most nine digits, perhaps with a pound sign, commas, and a decimal part of noughts.
            written = rf"regexp_full_match({sent}, '£?(\d{{1,9}}|\d{{1,3}}(,\d{{3}}){{1,2}})(\.0+)?')"
            return f"CASE WHEN {written} THEN translate({sent}, '£,', '')::DOUBLE::BIGINT END"
        case "decimal":
            return rf"CASE WHEN regexp_full_match({sent}, '-?\d{{1,9}}(\.\d{{1,9}})?') THEN {sent}::DOUBLE END"
        case "share":
            return rf"CASE WHEN regexp_full_match({sent}, '1(\.0+)?|0?\.\d+|0') THEN {sent}::DOUBLE END"
        case "code" | "ethnicity" | "grade":
            return _word(sent, means, empty=column.when_empty)
        case _:
            return f"lower({sent})" if name == "staff_group" else sent


def codes_of(column: Column) -> set[str]:
    """Return the codes that a column of a code list may hold once it is typed."""
    empty = column.when_empty
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


def cell_checks(kind: Return, organisation: Organisation, effect_of: Callable[[Column], Effect | None]) -> list[Check]:
    """Return what may be wrong with each cell by itself. Grades of one's own need not be known to the audit.

    `effect_of` says what follows; where it is None for a column, its cells are checked with others of their row.
    """
    checks = []
    own = columns_that_hold(kind, "grade") if organisation.grades == "salary" else []
    texts = columns_that_hold(kind, "text")
    for column in (column for column in kind.columns if column.name not in own):
        name, sent, effect = column.name, f"sent_{column.name}", effect_of(column)
        if effect is None:
            continue
        if column.required:
            checks.append(Check(name, f"{sent} IS NULL", "the cell is empty", "Fill it in", effect))
        if column.holds != "text":
            checks.append(Check(name, is_unread(name), *unread(column), effect))
            continue
        for called, fault in FAULTS.items():
            if name in REFERENCES or called not in ONLY_OF_REFERENCES:
                where = f"faults[{texts.index(name) + 1}] = {in_sql(called)}"
                checks.append(Check(name, where, fault.reason, fault.remedy, effect))
    return checks


def is_unread(name: str) -> str:
    """Return in SQL whether a cell holds something that cannot be read."""
    return f"sent_{name} IS NOT NULL AND {name} IS NULL"


def is_no_cell(sent: str) -> str:
    """Return in SQL whether a text is a spreadsheet's error, and no value."""
    # A CASE leaves the pattern out where the quick look fails.
    quick = " OR ".join(f"starts_with({sent}, '{sign}')" for sign in ("#", "Err:"))
    return f"CASE WHEN {quick} THEN regexp_full_match({sent}, {in_sql(NO_CELL)}) ELSE false END"


def without_empty_words(column: Column, text: str) -> str:
    """Return in SQL a sent cell, and nothing where it is one of the ways in which nothing is written.

    Words of a code list, of grade and of ethnicity are told by `recognising`, where an organisation may say otherwise.
    """
    if column.holds in ("code", "grade", "ethnicity"):
        return f"nullif({text}, '')"
    words = "|".join(map(re.escape, EMPTY))
    first = f"WHEN {text} = '' THEN NULL"
    if column.holds == "date":  # nearly all begin with their century
        usual = f"WHEN {text} >= '0' AND {text} < ':' THEN {text}"
        nothing = f"regexp_full_match(lower({text}), {in_sql(words)})"
        return f"CASE {usual} {first} WHEN {nothing} THEN NULL ELSE {text} END"
    # Most texts are longer than any such word, and no part of one.
    likely = f"strlen({text}) <= {max(map(len, EMPTY))} AND contains({in_sql(' '.join(EMPTY))}, lower({text}))"
    nothing = f"regexp_full_match(lower({text}), {in_sql(words)})"
    return f"CASE {first} WHEN CASE WHEN {likely} THEN {nothing} ELSE false END THEN NULL ELSE {text} END"


def unread(column: Column) -> tuple[str, str]:
    """Return what is said of a cell that cannot be read, and how to mend it."""
    match column.holds:
        case "date":
            return NO_DATE, "Write dates as 2026-07-31"
        case "number":
            return "it is not a whole number", "Write digits only, as 57528"
        case "decimal":
            return "it is not a number", "Write digits, and a point where there are decimals, as 81.4"
        case "share":
            return "it is not a share of full time", "Write it as 1 or 0.6"
        case "ethnicity":
            codes = "Use the national code, A to S, Z for not stated or 99 for not known, or a group's name"
            return "it is not an ethnic category that the audit knows", f"{codes}; {OWN_WORDS}"
        case "grade":
            return "the audit knows no such band", f"Use a band, as 8a, VSM, or medical for doctors; {OWN_WORDS}"
        case _:
            return "the audit has no such code", f"Use one of: {', '.join(column.allowed)}; {OWN_WORDS}"


def repeated(columns: tuple[str, ...]) -> str:
    """Return a query of the rows that have the same cells in some columns as an earlier row."""
    names = ", ".join(columns)
    filled = " AND ".join(f"{name} IS NOT NULL" for name in columns)
    # The fingerprint narrows ten million rows to the few that may be alike; the cells themselves decide.
    return f"""
        SELECT row FROM (
            SELECT row, row_number() OVER (PARTITION BY {names} ORDER BY row) AS time_sent
            FROM checked
            WHERE {filled} AND hash({names}) IN (
                SELECT hash({names}) FROM checked WHERE {filled} GROUP BY 1 HAVING count(*) > 1))
        WHERE time_sent > 1"""


def pay_year(day: str) -> str:
    """Return the pay year, as 2026-27, of a day given in SQL."""
    start = f"year({day} - INTERVAL 3 MONTHS)"
    return f"({start} || '-' || right(({start} + 1)::VARCHAR, 2))"


def band(organisation: Organisation, lowest: str, highest: str | None, day: str) -> str:
    """Return a row's band in SQL: its grade, or what its own grade is equal to, or where its salary lies.

    Both are as they stood in the pay year of a day. A salary that cannot be one says nothing.
    """
    if organisation.grades != "salary":
        return "grade"
    by_salary = _in_pay_year(organisation, day, lambda minimums: _highest_first(minimums, lowest))
    plausible = f"{lowest} IS NOT NULL AND NOT ({_impossible(lowest, highest)})"
    return f"coalesce({_by_own_grade(organisation, day)}, CASE WHEN {plausible} THEN {by_salary} END)"


def _impossible(lowest: str, highest: str | None) -> str:
    """Return in SQL whether pay cannot be that of a full-time year: nothing, an hour's, a week's, a month's, a slip."""
    either = f" OR {_turned_round(lowest, highest)}" if highest else ""
    return f"{_no_salary(lowest)}{either}"


def _no_salary(salary: str) -> str:
    return f"coalesce({salary} NOT BETWEEN {LEAST_SALARY} AND {MOST_SALARY}, false)"


def _turned_round(lowest: str, highest: str) -> str:
    return f"coalesce({highest} < {lowest} OR {highest} > {MOST_SALARY}, false)"


def implausible_pay(
    organisation: Organisation, lowest: str, highest: str | None, day: str, effect: Effect = Effect.OF_POST
) -> list[Check]:
    """Return what may be wrong with pay that can be read, where an own grade does not say which band it is."""
    if organisation.grades != "salary":
        return []
    by_salary = f"{_by_own_grade(organisation, day)} IS NULL"
    remedy = "Give the full-time salary of a year in pounds, as 57528"
    checks = [Check(lowest, f"{_no_salary(lowest)} AND {by_salary}", "it cannot be the pay of a year", remedy, effect)]
    if highest:
        turned = f"{_turned_round(lowest, highest)} AND NOT {_no_salary(lowest)} AND {by_salary}"
        reason = "the range of pay ends below its minimum, or beyond any salary"
        checks.append(Check(highest, turned, reason, "Correct one of the two numbers", effect))
    return checks


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


def pay_checks(
    organisation: Organisation, salary: str, day: str, grades: tuple[str, ...], effect: Effect
) -> list[Check]:
    """Return what is said of a row whose pay cannot be placed among the bands."""
    if organisation.grades == "salary":
        year = _in_pay_year(organisation, day, lambda minimums: "true")
        no_scales = f"{salary} IS NOT NULL AND {day} IS NOT NULL AND {year} IS NULL"
        return [
            Check(
                salary,
                f"band IS NULL AND (sent_{salary} IS NULL OR ({no_scales}))",
                "the post's pay cannot be placed",
                "Give the minimum of the full-time range, for a year of the codebook's pay scales, or put the grade "
                "among equivalent_grades in organisation.yml",
                effect,
            )
        ]
    one_of = f"Use one of: {', '.join(grades)}"
    return [
        Check("grade", "sent_grade IS NULL", "the cell is empty", one_of, effect),
        no_such_band("grade", grades, effect),
    ]


def no_such_band(column: str, grades: tuple[str, ...], effect: Effect) -> Check:
    """Return what is said of a grade that can be read and is none of some."""
    remedy = f"Use one of: {', '.join(grades)}; {OWN_WORDS}"
    where = f"{column} IS NOT NULL AND NOT {among(grades, column)}"
    return Check(column, where, "the audit knows no such band", remedy, effect)


def place_among(values: tuple[str, ...], text: str) -> str:
    """Return in SQL the place of a text among some values, in their order; NULL where it is none of them."""
    return f"CASE {text} {' '.join(f'WHEN {in_sql(value)} THEN {place}' for place, value in enumerate(values))} END"


def among(values: tuple[str, ...] | list[str], text: str) -> str:
    """Return in SQL whether a text is one of some values; not, where there is none.

    DuckDB makes a join of a long `IN`, and of `list_contains`, and a join loses the order of rows.
    """
    return f"CASE {text} {' '.join(f'WHEN {in_sql(value)} THEN true' for value in values)} ELSE false END"


def quoted(values: Iterable[str]) -> str:
    """Return texts as a list in SQL."""
    return ", ".join(in_sql(value) for value in values)
