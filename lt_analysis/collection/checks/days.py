"""Cells of dates typed: what a mere cast reads at once, and the few others in lists, one statement for all columns.

A day that databases and spreadsheets write for none or never is told by its value, however it is written: such a cell
is empty.
"""

from lt_analysis.codebook.folders import in_sql
from lt_analysis.collection.recognising.nothing import NEVER_DAYS, NO_DAY

# Days come before months, as they are written in the United Kingdom; years have four figures, from 1950 on.
_DAYS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%B-%Y", "%d/%b/%Y")
_TIMES = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p")
DATE_FORMATS = (*("%Y-%m-%d", *_DAYS), *(f"{day} {time}" for day in _DAYS for time in _TIMES))
IN_WORDS = "regexp_matches({0}, '[A-Za-z]')"
HERE = "Europe/London"
DAY_ALONE = len("2026-07-31")
FIRST_DAY, LAST_DAY = "DATE '1950-01-01'", "DATE '2099-12-31'"  # staff may have joined long ago
# What lies before or beyond may be a day that stands for never, and is looked at slowly.
FIRST_USUAL, LAST_USUAL = "DATE '2000-01-02'", "DATE '2052-12-31'"
# What follows a time: a zone, half of a day, or something else.
AFTER_A_TIME = r"(?i)(:\d\d(?:[:.]\d+)*) ?([A-Z+\-\[(].*)$"
# Of which the offset is known, by what they are called. `IST`, `EST` and their like are of several countries.
OFFSETS = {"+00": "Z|UTC|GMT|WET", "+01": "BST|WEST|CET", "+02": "CEST|EET", "+03": "EEST"}
LOCAL = "([AP]M|EUROPE/LONDON)?"
# Of a text in small letters, a day without its time, its weekday and its dividers; with month or day first.
_TIME, _WEEKDAY = r"[t ]+\d\d?:\d\d.*$", r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\W+"
_NEVER_FORMATS = (
    *("%Y-%m-%d", "%d-%m-%Y", "%m-%d-%Y", "%d-%b-%Y", "%d-%B-%Y", "%b-%d-%Y", "%B-%d-%Y", "%Y-%b-%d"),
    *("%Y%m%d", "%d%m%Y"),
)


def can_be(day: str) -> str:
    """Return in SQL whether a day is one of the years of which dates are read."""
    return f"{day} BETWEEN {FIRST_DAY} AND {LAST_DAY}"


def is_usual(day: str) -> str:
    """Return in SQL whether a day is of those years of which none stands for never."""
    return f"{day} BETWEEN {FIRST_USUAL} AND {LAST_USUAL}"


def with_days(query: str, names: list[str]) -> str:
    """Return a query in which each of the dates `sent_closed_on` is read, as `quick_closed_on` or in the list `days`.

    `nevers` tells, of each in its place, whether it stands for no day; both lists are NULL where all are read at once.
    """
    sent = ", ".join(f"CASE WHEN quick_{name} IS NULL THEN sent_{name} END" for name in names)
    query = f"SELECT *, CASE WHEN {not_at_once(names)} THEN [{sent}] END AS slow FROM ({with_quick_days(query, names)})"
    for name, of_each in _LISTS.items():
        query = f"SELECT *, CASE WHEN slow IS NOT NULL THEN list_transform({of_each}) END AS {name} FROM ({query})"
    return query


def with_quick_days(query: str, names: list[str]) -> str:
    """Return a query in which each of the dates `sent_closed_on` that a cast reads is read, as `quick_closed_on`."""
    cast = "".join(f", try_cast(sent_{name} AS DATE) AS cast_{name}" for name in names)
    quick = ", ".join(
        f"CASE WHEN strlen(sent_{name}) <= {DAY_ALONE} AND {is_usual(f'cast_{name}')} "
        f"THEN cast_{name} END AS quick_{name}"
        for name in names
    )
    return f"SELECT *, {quick} FROM (SELECT *{cast} FROM ({query}))"


def not_at_once(names: list[str]) -> str:
    """Return in SQL whether a row has a date that is not read at once."""
    return " OR ".join(f"(sent_{name} IS NOT NULL AND quick_{name} IS NULL)" for name in names)


def _offset(zone: str) -> str:
    """Return in SQL the offset of a zone from Greenwich, as text; NULL of one that nobody can tell."""
    known = " ".join(
        f"WHEN regexp_full_match({zone}, {in_sql(names)}) THEN '{offset}'" for offset, names in OFFSETS.items()
    )
    return rf"CASE {known} WHEN regexp_full_match({zone}, '[+-]\d\d(:?\d\d)?') THEN {zone} END"


def _zone(text: str) -> str:
    """Return in SQL what stands after a time, without its remarks: `GMT+0100 (British Summer Time)` is `+0100`."""
    after = f"upper(regexp_extract({text}, {in_sql(AFTER_A_TIME)}, 2))"
    return rf"regexp_replace(regexp_replace({after}, ' ?[(\[].*$', ''), '^(UTC|GMT) ?([+-])', '\2')"


def _as_people_write(text: str) -> str:
    """Return a text as a time in SQL where it is written as people write it: `strptime` is slower than a cast."""
    formats = ", ".join(f"'{written}'" for written in DATE_FORMATS)
    sept = rf"regexp_replace(regexp_replace({text}, '(?i)\bsept\b\.?', 'Sep'), '^(\d+)(st|nd|rd|th)\b', '\1')"
    return f"""coalesce(try_strptime({text}, [{formats}]),
                        CASE WHEN {IN_WORDS.format(text)} THEN try_strptime({sept}, [{formats}]) END)"""


def _stands_for_never(text: str) -> str:
    formats = ", ".join(f"'{written}'" for written in _NEVER_FORMATS)
    day = f"strftime(try_strptime({text}, [{formats}]), '%Y-%m-%d')"
    none, never = in_sql(NO_DAY), in_sql(NEVER_DAYS)
    return f"regexp_full_match({text}, {none}) OR coalesce(regexp_full_match({day}, {never}), false)"


def _plainly(text: str) -> str:
    day = f"regexp_replace(regexp_replace(lower({text}), '{_TIME}', ''), '{_WEEKDAY}', '')"
    ordinal = rf"regexp_replace({day}, '\b(\d+)(st|nd|rd|th)\b', '\1')"
    return f"trim(regexp_replace({ordinal}, '[^a-z0-9]+', '-', 'g'), '-')"


# Lists made one after the other, each from those before; of years other than 1950 to 2099 no date is read.
_LISTS = {
    "zones": f"""slow, lambda text: CASE WHEN contains(text, ':') AND strlen(text) > {DAY_ALONE}
                 THEN {_zone("text")} ELSE '' END""",
    "bare": rf"""slow, lambda text, place: CASE WHEN zones[place] IN ('', 'AM', 'PM') THEN text
                 ELSE regexp_replace(text, {in_sql(AFTER_A_TIME)}, '\1') END""",
    "by_cast": "bare, lambda text: try_cast(text AS TIMESTAMP)",
    "as_written": f"""bare, lambda text, place: CASE WHEN text IS NOT NULL AND NOT
                      coalesce({can_be("by_cast[place]::DATE")}, false) THEN {_as_people_write("text")} END""",
    # A year of two figures can be told beside a month in words, and not in 01/02/03.
    "moments": f"""bare, lambda text, place: CASE WHEN {can_be("by_cast[place]::DATE")} THEN by_cast[place]
                   WHEN {can_be("as_written[place]::DATE")} THEN as_written[place]
                   WHEN year(as_written[place]) < 100 AND {IN_WORDS.format("text")}
                   THEN as_written[place] + INTERVAL 2000 YEARS END""",
    # A time of a zone is of the day that it is here.
    "read_days": f"""moments, lambda moment, place: CASE WHEN regexp_full_match(zones[place], '{LOCAL}')
                     THEN moment::DATE
                     ELSE timezone('{HERE}', try_cast(
                         strftime(moment, '%Y-%m-%d %H:%M:%S') || {_offset("zones[place]")} AS TIMESTAMPTZ))::DATE
                     END""",
    "plainly": f"""slow, lambda text, place: CASE WHEN text IS NOT NULL AND NOT
                   coalesce({is_usual("read_days[place]")}, false) THEN {_plainly("text")} END""",
    "nevers": f"plainly, lambda text: CASE WHEN text IS NOT NULL THEN {_stands_for_never('text')} ELSE false END",
    "days": "read_days, lambda day, place: CASE WHEN NOT nevers[place] THEN day END",
}
