"""What a folder lacks, read off the files in it: its `organisation.yml`, and the name of a file that has another.

Nothing is quoted that might be a person's: of headings, all; of cells, only those of columns that hold codes,
and only where many rows hold them.
"""

from collections import Counter
from dataclasses import dataclass, field

import yaml

from lt_analysis.codebook.ethnicity import WRES_GROUP_OF_TOTALS
from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.pay import ALL_BANDS, MEDICAL
from lt_analysis.codebook.returns import (
    APPLICATIONS,
    APPLICATIONS_BY_STATUS,
    COLUMNS,
    RETURNS,
    STAFF,
    STAGE_NEEDS,
    STAGE_TOTALS,
    STATUS,
    Return,
)
from lt_analysis.collection.checking import needed_columns
from lt_analysis.collection.finding import MISNAMED, FoundReturn, find_returns
from lt_analysis.collection.guessing import ENOUGH, guessed_columns
from lt_analysis.collection.organisation import KINDS
from lt_analysis.collection.reading.layout import Table
from lt_analysis.collection.reading.lines import first_lines
from lt_analysis.collection.reading.received import GRADE_OF_TOTALS, NO_CAMPAIGNS, READERS, as_sent, table_in
from lt_analysis.collection.recognising.headings import column_called, may_stand_for, recognise_heading
from lt_analysis.collection.recognising.nothing import is_empty
from lt_analysis.collection.recognising.values import recognised_columns

ROWS_THAT_SHOW_A_WORD = 5  # a word of fewer rows might be one person's
MOST_WORDS = 40  # a column of more is none of codes
TO_FILL_IN = "TO FILL IN"


@dataclass
class Guess:
    """What the files of an organisation say of it."""

    headings: dict[str, str] = field(default_factory=dict)
    also: dict[str, str] = field(default_factory=dict)
    guessed: dict[str, str] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)
    unplaced: dict[str, None] = field(default_factory=dict)
    words: dict[str, dict[str, None]] = field(default_factory=dict)
    counted: list[str] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    unread: list[RawDataError] = field(default_factory=list)


def propose(folders: Folders, slug: str) -> str:
    """Return a proposed `organisation.yml`, with what could not be placed in comments."""
    found, misplaced = find_returns(folders, slug)
    guess = Guess(unread=[with_likely_name(folders, error) for error in misplaced])
    for one in found:
        try:
            _learn(guess, one, table_in(one, lambda headings, kind=one.kind: _placed(headings, kind)))
        except RawDataError as error:
            guess.unread.append(error)
    return _as_yaml(slug, guess)


def with_likely_name(folders: Folders, error: RawDataError) -> RawDataError:
    """Return what is said of a file; of one that is called as no return is, with its name by its headings if it can."""
    path = folders.raw / (error.file or "")
    if error.reason != MISNAMED or path.suffix.lower() not in READERS:
        return error
    try:
        lines, _ = READERS[path.suffix.lower()](path, error.file, _most_named)
        named = _named(max((line.cells for line in first_lines(lines)), key=_most_named, default=[]))
    except RawDataError:
        return error
    likely = [kind for kind in named if named[kind] == max(named.values())]
    if len(likely) != 1:
        return error
    remedy = f"Call it {likely[0]}{path.suffix.lower()}: its headings are most like those of {likely[0]}"
    return RawDataError(MISNAMED, remedy, file=error.file)


def _most_named(headings: list[str]) -> int:
    return max(_named(headings).values(), default=0)


def _named(headings: list[str]) -> dict[str, int]:
    """Count the columns that headings may stand for, of each return of which these are half of what it must have."""
    counted = {}
    for kind in RETURNS:
        likely = ([recognise_heading(kind, heading), *may_stand_for(heading)] for heading in headings)
        columns = {next((one for one in some if one in kind.column_names), None) for some in likely} - {None}
        must = {column.name for column in kind.columns if column.required}
        if len(must & columns) >= ENOUGH * len(must):
            counted[kind.name] = len(columns)
    return counted


def _placed(headings: list[str], kind: Return) -> int:
    return len({recognise_heading(kind, heading) for heading in headings} - {None})


def _learn(guess: Guess, found: FoundReturn, table: Table) -> None:
    guess.kinds.add(found.kind.name)
    columns = {
        recognise_heading(kind, heading) for kind in (found.kind, APPLICATIONS_BY_STATUS) for heading in table.headings
    }
    kind = as_sent(found, columns).kind
    placed = _one_heading_each(guess, kind, table.headings)
    kind, guessed = _guessed(kind, table, placed)
    for place, column in guessed.items():
        placed[place] = guess.guessed[table.headings[place]] = column
        guess.unplaced.pop(table.headings[place], None)
    for place, column in placed.items():
        heading = table.headings[place]
        guess.columns.add(column)
        if column_called(heading) != column:
            guess.headings[heading] = column
        if column in recognised_columns():
            _learn_words(guess, column, [line.cells[place] for line in table.rows])
    guess.missing |= dict.fromkeys(f"{name} of {kind.name}" for name in _missing(kind, placed))


def _guessed(kind: Return, table: Table, placed: dict[int, str]) -> tuple[Return, dict[int, str]]:
    """Return what other headings may stand for, and the kind of return: without any stage's date, that by status."""
    guessed = guessed_columns(kind, table, _missing(kind, placed), placed)
    if kind == APPLICATIONS and not {*STAGE_NEEDS} & {*placed.values(), *guessed.values()}:
        missing = _missing(APPLICATIONS_BY_STATUS, placed)
        by_status = guessed_columns(APPLICATIONS_BY_STATUS, table, missing, placed)
        if STATUS in by_status.values():
            return APPLICATIONS_BY_STATUS, by_status
    return kind, guessed


def _missing(kind: Return, placed: dict[int, str]) -> list[str]:
    """Return the needed columns for which no heading was found."""
    grades = _grades(set(placed.values()), {kind.name})
    return [name for name in needed_columns(kind, grades) if name not in placed.values()]


def _learn_words(guess: Guess, column: str, cells: list[str]) -> None:
    """Note the words of a column that the audit does not know, with how many rows hold each that many hold."""
    counted = Counter(cell for cell in cells if cell and not is_empty(cell))
    strange = {text: rows for text, rows in counted.items() if recognised_columns()[column](text) is None}
    many = {text: rows for text, rows in strange.items() if rows >= ROWS_THAT_SHOW_A_WORD}
    shown = many if len(counted) <= MOST_WORDS else {}
    guess.words.setdefault(column, {}).update(dict.fromkeys(sorted(shown)))
    guess.counted += [f"{rows:,} rows hold {text!r} in {column}" for text, rows in sorted(shown.items())]
    others = sum(strange.values()) - sum(shown.values())
    if others:
        guess.counted.append(f"{others:,} rows hold other words in {column}, each in few of them")


def _one_heading_each(guess: Guess, kind: Return, headings: list[str]) -> dict[int, str]:
    """Place each column's heading: its own name before any other, then the first; note those that are left."""
    placed: dict[int, str] = {}
    order = sorted(range(len(headings)), key=lambda place: (column_called(headings[place]) is None, place))
    for place in order:
        heading, column = headings[place], recognise_heading(kind, headings[place])
        if column is None:
            guess.unplaced[heading] = None
        elif column in placed.values():
            guess.also[heading] = column
        else:
            placed[place] = column
    return dict(sorted(placed.items()))


def _grades(columns: set[str], kinds: set[str]) -> str:
    """Return how the posts are graded, told by the columns that there are."""
    if {"salary", "salary_minimum"} & columns and "grade" not in columns:
        return "salary"
    of_posts = {APPLICATIONS.name, STAFF.name} & kinds
    return "agenda for change" if of_posts else "totals only"


def _as_yaml(slug: str, guess: Guess) -> str:
    settings = {
        "name": TO_FILL_IN,
        "kind": TO_FILL_IN,
        "invented": False,
        "grades": _grades(guess.columns, guess.kinds) if guess.kinds else TO_FILL_IN,
    }
    if settings["grades"] == "salary":
        settings["high_cost_area"] = TO_FILL_IN
    if guess.headings:
        settings["headings"] = guess.headings
    words = {column: dict.fromkeys(texts, TO_FILL_IN) for column, texts in guess.words.items() if texts}
    if words:
        settings["values"] = words
    lines = [f"# Proposed for data/raw/{slug}/organisation.yml. Check every line; docs/returns.md says what each is."]
    lines.append(f"# The kind is one of: {', '.join(KINDS)}")
    if not guess.kinds:
        lines.append("# There is no return in the folder yet. grades is one of: agenda for change, salary, totals only")
    if settings["grades"] == "salary":
        lines.append("# high_cost_area is one of: inner, outer, fringe, none")
    lines += [
        f"# Also for {column}, of which one heading is enough: {heading!r}" for heading, column in guess.also.items()
    ]
    lines += [
        f"# Guessed, and to be checked before any other: {heading!r} for {column}"
        for heading, column in guess.guessed.items()
    ]
    lines += [f"# No heading was found for {column}, which is needed" for column in guess.missing]
    if f"grade of {STAGE_TOTALS.name}" in guess.missing:
        lines.append(f"# {GRADE_OF_TOTALS}")
    if f"campaign of {APPLICATIONS.name}" in guess.missing:
        lines.append(f"# {NO_CAMPAIGNS}")
    lines += [
        f"# Words of {column}: {', '.join(_may_mean(column))}" for column in words if column in recognised_columns()
    ]
    lines += [f"# Not known: {said}" for said in guess.counted]
    lines += [f"# Could not be placed: {heading!r}" for heading in guess.unplaced if heading]
    lines += [f"# Could not be read: {error}" for error in guess.unread]
    return "\n".join(lines) + "\n" + yaml.safe_dump(settings, sort_keys=False, allow_unicode=True, width=1_000)


def _may_mean(column: str) -> tuple[str, ...]:
    """Return what the words of a column may be said to mean."""
    (found, *_) = (one for one in COLUMNS if one.name == column)
    if found.allowed:
        return found.allowed
    return (*ALL_BANDS, MEDICAL) if found.holds == "grade" else ("a national code", *WRES_GROUP_OF_TOTALS)
