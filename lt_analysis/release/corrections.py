"""Returns that were corrected, or withdrawn, after people of them had been counted in something published.

What was published stands, so pages say no more than that: the bare fact, once, in words that are always the same. A
correction that was noticed stays noted, also where the return is sent as it was before.
"""

from collections.abc import Collection, Iterable
from datetime import date

import duckdb

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.measures import CHAINS
from lt_analysis.codebook.periods import Quarter, StaffDay, SurveyYear, parse_span
from lt_analysis.collection.collect import Collected
from lt_analysis.release.appended import CORRECTIONS, Return, append
from lt_analysis.release.certificate import people_counted
from lt_analysis.release.files import Edition, read_editions
from lt_analysis.release.keys import Atom
from lt_analysis.release.people import People, people_of
from lt_analysis.release.quarter import rows_reached


def notice_corrections(
    connection: duckdb.DuckDBPyConnection, folders: Folders, quarter: Quarter, collected: Iterable[Collected]
) -> int:
    """Note which returns are not any more what was counted of them; return how many of these are new.

    Only returns that a run of this quarter takes in are looked at.
    """
    editions = [one for one in read_editions(folders) if _is_certified(folders, one)]
    counted_in: dict[Return, str] = {}  # of each return, the edition that counted it first
    for edition in editions:
        for returns in (number.cell.returns for number in edition.own_numbers):
            counted_in = dict.fromkeys((Return(*one) for one in returns), edition.label) | counted_in
    over = {one for one in counted_in if parse_span(one.period).last_day <= quarter.last_day}
    sent = People.nobody()
    for chain in CHAINS:
        sent = sent.with_more(people_of(rows_reached(connection, chain), chain))
    found = corrected(over, people_counted(folders, editions), sent, collected)
    today = date.today().isoformat()
    return append(
        folders,
        CORRECTIONS,
        ({**one._asdict(), "edition": counted_in[one], "noticed_on": today} for one in sorted(found)),
    )


def _is_certified(folders: Folders, edition: Edition) -> bool:
    """Tell whether it is known whom a release counted: without its certificate nothing can be compared."""
    return (folders.certificates / f"{edition.period}.parquet").is_file()


def corrected(
    published: Collection[Return], counted: People, sent: People, collected: Iterable[Collected]
) -> set[Return]:
    """Return those published returns of which other people would be counted now, and those that were withdrawn.

    A return that is there and cannot be used says nothing yet, nor does an organisation that has left, or whose
    settings cannot be read. One that was left out because the same people had been counted in another form is none.
    """
    readable = [one for one in collected if one.organisation is not None]
    received = {Return(one.slug, str(receipt.found.period)) for one in readable for receipt in one.recruitment.receipts}
    accepted = {Return(one.slug, str(receipt.found.period)) for one in readable for receipt in one.recruitment.accepted}
    here = {one.slug for one in readable}
    # The staff of a day stand in several returns: where one of these is missing now, nothing is said of the day yet. So
    # it is of a survey, of which any return of its year may hold the answers.
    accepted |= {Return(*atom[:2]) for atom in sent.counts if _is_of_several(atom.period)}
    received |= {one for one in published if _is_of_several(one.period)}
    otherwise = sent.counted_otherwise(counted)
    before, now = _people_by_return(counted), _people_by_return(sent.counted_in(counted))
    changed = {one for one in accepted & set(published) if before.get(one, {}) != now.get(one, {})}
    withdrawn = {one for one in set(published) - received if one.organisation in here and before.get(one)}
    return (changed | withdrawn) - otherwise


def _is_of_several(period: str) -> bool:
    return isinstance(parse_span(period), StaffDay | SurveyYear)


def _people_by_return(people: People) -> dict[Return, dict[Atom, int]]:
    found: dict[Return, dict[Atom, int]] = {}
    for atom, number in people.counts.items():
        if number:
            found.setdefault(Return(*atom[:2]), {})[atom] = number
    return found
