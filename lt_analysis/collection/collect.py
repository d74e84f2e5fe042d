"""A return taken in: read, checked, kept as records, and receipted, so that every row is accounted for."""

import shutil
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Self

import duckdb

from lt_analysis.codebook.folders import Folders, in_sql, owner_only, whole_or_not_at_all
from lt_analysis.codebook.metrics import Asked
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter, parse_period
from lt_analysis.codebook.returns import METRICS, RECRUITMENT, STAGE_TOTALS, STAGES_REACHED
from lt_analysis.collection.asked import read_asked
from lt_analysis.collection.changing import what_changed
from lt_analysis.collection.checking import WITH_POSTS, check_received, columns_needed
from lt_analysis.collection.checks.cells import Effect, codes_of, in_order, quoted
from lt_analysis.collection.checks.stage_totals import groups_unnamed
from lt_analysis.collection.comparing import odd, of_vacancies, people_by_group, people_who_joined
from lt_analysis.collection.finding import FoundReturn, find_returns
from lt_analysis.collection.large_files import is_large, sift
from lt_analysis.collection.organisation import Organisation, read_organisation
from lt_analysis.collection.plausible import hardly_likely, months_first, tell_months_first
from lt_analysis.collection.posts import count_posts, count_without_post, rows_set_aside
from lt_analysis.collection.reading.received import Received, read_received
from lt_analysis.collection.receipts import (
    ONCE,
    TOGETHER,
    Receipt,
    as_errors,
    fingerprints_of_records,
    forget_how_it_was_read,
    keep_receipt,
    keep_superseded,
    known_receipt,
    read_as,
)
from lt_analysis.collection.tilting import count_words, mark_rows_that_count, why_it_waits, why_refused

# Above this share of rejected rows something is wrong with the whole file, and its other rows would mislead.
MOST_REJECTED = 0.5
NOT_KNOWN = (Effect.UNREAD.value, Effect.OF_POST.value)
NOTHING_REJECTED = "Nothing was rejected for it"


@dataclass(frozen=True)
class Collected:
    """What one organisation sent: who it is, a receipt for each return, and what could not be used at all.

    `organisation` is None where its `organisation.yml` cannot be used; then no return has been read.
    """

    slug: str
    organisation: Organisation | None
    receipts: tuple[Receipt, ...]
    faults: tuple[RawDataError, ...]

    @property
    def accepted(self) -> tuple[Receipt, ...]:
        """The receipts of returns whose rows count."""
        return tuple(receipt for receipt in self.receipts if not receipt.refusal)

    @property
    def warnings(self) -> tuple[RawDataError, ...]:
        """What looks odd, though nothing was rejected for it."""
        return tuple(odd(self.accepted))

    @property
    def remarks(self) -> tuple[RawDataError, ...]:
        """How files were read that were not read as they stood, and what is worth knowing of them."""
        return tuple(
            RawDataError(remark, NOTHING_REJECTED, file=receipt.found.file)
            for receipt in self.accepted
            for remark in receipt.read.remarks
        )

    @property
    def recruitment(self) -> Self:
        """The same with returns of recruitment only."""
        return replace(self, receipts=tuple(one for one in self.receipts if one.found.kind in RECRUITMENT))

    @property
    def refusals(self) -> tuple[RawDataError, ...]:
        """Everything that could not be used: settings, files in the wrong place, and whole returns."""
        return self.faults + tuple(receipt.refusal for receipt in self.receipts if receipt.refusal)


def collect_organisation(
    connection: duckdb.DuckDBPyConnection, folders: Folders, slug: str, until: date, keep: bool = True
) -> Collected:
    """Take in an organisation's returns for periods ended by a day; with `keep` False, only say what would be."""
    found, faults = find_returns(folders, slug)
    try:
        organisation = read_organisation(folders.raw / slug)
    except RawDataError as error:
        return Collected(slug, None, (), (error, *faults))
    asked = asked_of(folders) if any(one.kind == METRICS for one in found) else None
    found = [replace(one, asked=asked) if one.kind == METRICS else one for one in found]
    receipts = tuple(
        collect_return(connection, folders, one, organisation)
        if keep
        else check_return(connection, folders, one, organisation)
        for one in found
        if one.period.last_day <= until
    )
    shutil.rmtree(folders.sifting, ignore_errors=True)
    collected = Collected(slug, organisation, receipts, tuple(faults))
    if keep:
        _remove_records_that_do_not_count(connection, folders, collected, until)
    return collected


def asked_of(folders: Folders) -> Asked:
    """Return what the partnership asks of metrics; nothing where that cannot be read, which is said elsewhere."""
    try:
        return read_asked(folders)
    except RawDataError:
        return Asked()


def _remove_records_that_do_not_count(
    connection: duckdb.DuckDBPyConnection, folders: Folders, collected: Collected, until: date
) -> None:
    """Remove the records of returns that were withdrawn, and set aside those of which a later file cannot be used."""
    current = {record_path(folders, receipt.found) for receipt in collected.accepted}
    aside = {path for one in collected.accepted if one.posts_aside for path in aside_paths(folders, one.found)}
    for path in folders.set_aside.glob(f"*/{collected.slug}/*.parquet"):
        if path not in aside and parse_period(path.stem).last_day <= until:
            path.unlink()
    for path in folders.records.glob(f"*/{collected.slug}/*.parquet"):
        if path not in current and parse_period(path.stem).last_day <= until:
            if any((folders.raw / collected.slug / path.stem).glob(f"{path.parts[-3]}*")):
                _keep_what_is_replaced(connection, folders, path)
            path.unlink()


def record_path(folders: Folders, found: FoundReturn) -> Path:
    """Return where the records of a return are kept."""
    return folders.records / found.kind.name / found.organisation / f"{found.period}.parquet"


def aside_paths(folders: Folders, found: FoundReturn) -> tuple[Path, Path]:
    """Return where the applications to posts set aside are kept: each at the least stage, and at the furthest."""
    least, most = (
        folders.set_aside / end / found.organisation / f"{found.period}.parquet" for end in ("least", "most")
    )
    return least, most


def check_return(
    connection: duckdb.DuckDBPyConnection, folders: Folders, found: FoundReturn, organisation: Organisation
) -> Receipt:
    """Read and check one return; its rows are left in `accepted` and `problems`.

    Nothing is written, but for what a large file needs on its way.
    """
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE problems (row BIGINT, column_name VARCHAR, reason VARCHAR, remedy VARCHAR,
               effect VARCHAR, counts BOOLEAN DEFAULT true, holders BIGINT, first_holder BIGINT, word VARCHAR)"""
    )
    try:
        read = _read_and_checked(connection, folders, found, organisation)
        sent = replace(found, kind=read.kind)
        has_posts = sent.kind in WITH_POSTS
        if has_posts:
            tell_months_first(connection, sent)
        count_words(connection, sent)
        mark_rows_that_count(connection, sent)
        rows, accepted, repeated, unread = connection.execute(
            f"""SELECT (SELECT count(*) FROM checked), (SELECT count(*) FROM accepted),
                       (SELECT count(DISTINCT row) FROM problems WHERE effect = '{Effect.REPEATED}'),
                       (SELECT count(DISTINCT row) FROM problems WHERE counts AND effect IN ({quoted(NOT_KNOWN)}))"""
        ).fetchone()
        rows += len(read.ragged)
        problems = _problems(connection, found)
        posts, posts_aside = count_posts(connection) if has_posts else (0, 0)
        refusal = why_refused(connection, sent, rows, problems)
        if refusal:
            raise refusal
        if not accepted or rows - accepted - repeated > rows * MOST_REJECTED:
            first = problems[0]
            reason = f"{rows - accepted:,} of {rows:,} rows do not count; the first because {first.reason}"
            refusal = RawDataError(reason, first.remedy, file=found.file, row=first.row, column=first.column)
            return Receipt(found, refusal=_with_hint(connection, sent, refusal), problems=problems[1:])
        waits = why_it_waits(connection, sent, posts, posts_aside, problems)
        if waits:
            return Receipt(found, refusal=_with_hint(connection, sent, waits), problems=problems)
        set_aside = len(read.set_aside)
        before = [f"{one.path.name} was sent before; it is kept, and does not count" for one in found.before]
        odd = _odd(connection, folders, found, sent, organisation)
        return Receipt(
            found,
            received=rows + set_aside,
            accepted=accepted,
            rejected=rows - accepted,
            set_aside=set_aside,
            unread=unread,
            repeated=repeated,
            posts_aside=posts_aside,
            lost=count_without_post(connection) if has_posts else (0, 0),
            left_out=read.left_out,
            read=replace(read, remarks=(*before, *read.remarks, *odd)),
            problems=problems,
            groups=people_by_group(connection, found.kind.name),
            joined=people_who_joined(connection, found.kind.name),
        )
    except RawDataError as refusal:
        return Receipt(found, refusal=refusal)


def _read_and_checked(
    connection: duckdb.DuckDBPyConnection, folders: Folders, found: FoundReturn, organisation: Organisation
) -> Received:
    """Read a return, a large one in parts, and leave its checked rows and their problems in tables."""
    large = is_large(found)
    if large:
        read = sift(connection, found, organisation, _emptied(folders.sifting))
    else:
        needed = partial(columns_needed, organisation=organisation)
        read = read_received(connection, found, needed, organisation.headings)
    sent = replace(found, kind=read.kind)
    check_received(connection, sent, organisation, clean="clean" if large else None)
    _add_ragged(connection, read)
    return read


def _odd(
    connection: duckdb.DuckDBPyConnection,
    folders: Folders,
    found: FoundReturn,
    sent: FoundReturn,
    organisation: Organisation,
) -> list[str]:
    """Return what is odd about a return that counts: hardly likely, or unlike that of the quarter before."""
    odd = hardly_likely(connection, sent) if sent.kind in WITH_POSTS else []
    of_totals = sent.kind == STAGE_TOTALS and not organisation.already_published  # which stand as they were printed
    if of_totals and (unnamed := groups_unnamed(connection)):
        odd.append(f"no row is about {' and '.join(unnamed)} people: the others alone stand for all BME people")
    if organisation.campaigns and sent.kind in WITH_POSTS:
        odd.append(_of_campaigns(connection))
    return [*odd, *of_vacancies(connection, found.kind.name, _records_of_the_quarter_before(folders, found))]


def _of_campaigns(connection: duckdb.DuckDBPyConnection) -> str:
    """Return what is said where an organisation declares that it runs no campaigns, also where rows say otherwise."""
    (rows,) = connection.execute("SELECT count(*) FROM accepted WHERE campaign <> 'none'").fetchone()
    otherwise = f", and {rows:,} rows are of one: they stand apart" if rows else ""
    return f"the organisation declares that it runs no international or bulk campaigns{otherwise}"


def _with_hint(connection: duckdb.DuckDBPyConnection, sent: FoundReturn, refusal: RawDataError) -> RawDataError:
    """Return a refusal that also says where the dates of its return seem to have their months first."""
    hint = months_first(connection, sent) if sent.kind in WITH_POSTS else None
    if not hint or hint in refusal.remedy:
        return refusal
    return RawDataError(refusal.reason, f"{hint}. {refusal.remedy}", refusal.file, refusal.row, refusal.column)


def _records_of_the_quarter_before(folders: Folders, found: FoundReturn) -> Path | None:
    if not isinstance(found.period, Quarter):
        return None
    path = record_path(folders, replace(found, period=found.period.previous))
    return path if path.exists() else None


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return owner_only(folder)


def _add_ragged(connection: duckdb.DuckDBPyConnection, read: Received) -> None:
    connection.execute(
        "INSERT INTO problems BY NAME SELECT unnest($rows::BIGINT[]) AS row, $reason AS reason, $remedy AS remedy, "
        "$effect AS effect",
        {
            "rows": list(read.ragged),
            "reason": "the row has more or fewer cells than the header",
            "remedy": "Divide it as the header is, with quotation marks around cells that hold what divides them",
            "effect": (Effect.REFUSED if read.kind == STAGE_TOTALS else Effect.REJECTED).value,
        },
    )


def _problems(connection: duckdb.DuckDBPyConnection, found: FoundReturn) -> tuple[RawDataError, ...]:
    return as_errors(connection.execute(f"SELECT {ONCE} FROM problems {TOGETHER}"), found)


def collect_return(
    connection: duckdb.DuckDBPyConnection, folders: Folders, found: FoundReturn, organisation: Organisation
) -> Receipt:
    """Take one return in: its accepted rows become records, its rejected rows and receipt are kept.

    A return that is as it was, for an organisation and a collection that are as they were, is not read again. The
    files that it takes the place of have receipts that say so.
    """
    for before in found.before:
        keep_superseded(connection, before, by=found)
    how = read_as(organisation, found.asked)
    known = known_receipt(connection, found, how) if record_path(folders, found).exists() else None
    if known and (not known.posts_aside or all(path.exists() for path in aside_paths(folders, found))):
        return known
    receipt = check_return(connection, folders, found, organisation)
    if not receipt.refusal:
        receipt = replace(receipt, changed=what_changed(connection, found.kind, record_path(folders, found)))
        if receipt.changed:
            _keep_what_is_replaced(connection, folders, record_path(folders, found))
        forget_how_it_was_read(connection, found)
        _keep_records(connection, folders, found)
        if receipt.posts_aside:
            _keep_posts_aside(connection, folders, found)
    keep_receipt(connection, receipt, how)
    return receipt


def _keep_what_is_replaced(connection: duckdb.DuckDBPyConnection, folders: Folders, records: Path) -> None:
    """Keep the records that are about to be replaced, under the fingerprints of their file and of how it was read."""
    kind, organisation, period = records.parts[-3], records.parts[-2], records.stem
    of_it = fingerprints_of_records(connection, kind, organisation, period)
    if not of_it:
        return
    folder = folders.replaced / kind / organisation / period
    for each in (folders.replaced, *folder.parents[1::-1], folder):
        owner_only(each)
    kept = folder / f"{'-'.join(fingerprint[:16] for fingerprint in of_it)}.parquet"
    if not kept.exists():
        kept.hardlink_to(records)


def _keep_records(connection: duckdb.DuckDBPyConnection, folders: Folders, found: FoundReturn) -> None:
    path = record_path(folders, found)
    for folder in (folders.processed, folders.records, path.parent.parent, path.parent):
        owner_only(folder)
    # Words that the database knows by number are written in half the time.
    whose = {"organisation": found.organisation, "period": str(found.period)}
    first = [f"{in_sql(word)}::{in_order([word])} AS {name}" for name, word in whose.items()]
    codes = [f"{one.name}::{in_order(codes_of(one))} AS {one.name}" for one in found.kind.columns if one.allowed]
    with whole_or_not_at_all(path, mode=0o600) as unfinished:
        connection.execute(
            f"""COPY (SELECT {", ".join(first)}, * EXCLUDE (row) {f"REPLACE ({', '.join(codes)})" if codes else ""}
                      FROM accepted) TO {in_sql(unfinished)} (FORMAT parquet, PARQUET_VERSION v2)"""
        )


def _keep_posts_aside(connection: duckdb.DuckDBPyConnection, folders: Folders, found: FoundReturn) -> None:
    """Keep the applications to posts that are set aside, beside which those that count are looked at."""
    least_known = f"coalesce(stage::VARCHAR, '{STAGES_REACHED[0]}')"
    stages = (least_known, f"coalesce(furthest, {least_known})")
    for path, stage in zip(aside_paths(folders, found), stages, strict=True):
        for folder in (folders.set_aside, path.parent.parent, path.parent):
            owner_only(folder)
        with whole_or_not_at_all(path, mode=0o600) as unfinished:
            connection.execute(
                f"""COPY (SELECT {in_sql(found.organisation)} AS organisation, {in_sql(str(found.period))} AS period, *
                          FROM ({rows_set_aside(connection, stage)})) TO {in_sql(unfinished)} (FORMAT parquet)"""
            )
