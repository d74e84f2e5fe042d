"""Receipts: what became of each file, kept in the audit's database with its rejected rows.

A receipt is known by its file and what was in it, so that one that is sent again has a receipt of its own, and
nothing received is forgotten. A file that another takes the place of has a receipt that says so (`superseded_by`):
of one that was never taken in, no row was read.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import duckdb

from lt_analysis.codebook import words
from lt_analysis.codebook.metrics import Asked
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.collection.changing import Changed
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation
from lt_analysis.collection.reading.received import Received

# What a receipt says anew where the same file is read again; when it was first received stays.
TAKEN_ANEW = (
    *("read_as", "last_received", "received", "accepted", "rejected", "left_out", "refused", "set_aside", "kind"),
    *("people", "joined", "changed", "remarks", "superseded_by", "unread", "repeated", "posts_aside"),
    *("lost_applicants", "lost_shortlisted"),
)
# In SQL, what is wrong with rows: each once, and a word of no meaning once, with the first of the rows that hold it.
SAID = """reason || CASE WHEN holders > 1 THEN ': ' || holders || ' rows hold ' || coalesce('"' || word || '"',
                                                                                        'one such word') ELSE '' END"""
ONCE = f"any_value({SAID}), any_value(remedy), min(row) AS first, column_name"
TOGETHER = "GROUP BY column_name, reason, remedy, coalesce(first_holder, row) ORDER BY first, column_name, 1"


@dataclass(frozen=True)
class Receipt:
    """What became of one file. Rows received = accepted + rejected + set aside, or the whole file was refused.

    `unread` of those accepted hold something that could not be read, and count with what could; `repeated` of those
    rejected say again what another row says. `lost` are the applicants, and the people on shortlists, of rows that can
    be given to no post, and may be of Band 8 and above. `posts_aside` are
    posts at Band 8 and above, or of no known band, of which no row counts. `problems` says what was wrong with each
    row; a row may have several. `read` says how the file was
    read; of a file that has not changed since, and is not read again, it is empty. `groups` counts its people by
    ethnic group, `joined` those who joined the organisation, by quarter. `changed` says how its records differ from
    those of the same return taken in before.
    """

    found: FoundReturn
    received: int = 0
    accepted: int = 0
    rejected: int = 0
    set_aside: int = 0
    unread: int = 0
    repeated: int = 0
    posts_aside: int = 0
    lost: tuple[int, int] = (0, 0)
    left_out: tuple[str, ...] = ()
    read: Received = Received()
    refusal: RawDataError | None = None
    problems: tuple[RawDataError, ...] = ()
    groups: Mapping[str, int] = field(default_factory=dict)
    joined: Mapping[str, int] = field(default_factory=dict)
    changed: Changed | None = None

    @property
    def not_whole(self) -> int:
        """How many rows do not count, or count with something that could not be read; rows said again are whole."""
        return self.rejected - self.repeated + self.unread

    def __post_init__(self):
        if self.received != self.accepted + self.rejected + self.set_aside:
            raise AssertionError(f"{self.found.file}: rows received are not all accounted for")


def open_audit(path: str) -> duckdb.DuckDBPyConnection:
    """Open the audit's database (`:memory:` for a check that writes nothing), with its tables in place."""
    connection = duckdb.connect(path)
    connection.execute(
        """CREATE TABLE IF NOT EXISTS receipts (
               organisation VARCHAR, period VARCHAR, file VARCHAR, sha256 VARCHAR, read_as VARCHAR,
               first_received TIMESTAMP, last_received TIMESTAMP,
               received BIGINT, accepted BIGINT, rejected BIGINT, left_out VARCHAR[], refused VARCHAR,
               PRIMARY KEY (file, sha256));
           ALTER TABLE receipts ADD COLUMN IF NOT EXISTS set_aside BIGINT DEFAULT 0;
           ALTER TABLE receipts ADD COLUMN IF NOT EXISTS kind VARCHAR;
           ALTER TABLE receipts ADD COLUMN IF NOT EXISTS people MAP(VARCHAR, BIGINT);
           ALTER TABLE receipts ADD COLUMN IF NOT EXISTS joined MAP(VARCHAR, BIGINT);
           ALTER TABLE receipts ADD COLUMN IF NOT EXISTS changed VARCHAR;
           ALTER TABLE receipts ADD COLUMN IF NOT EXISTS remarks VARCHAR[];
           ALTER TABLE receipts ADD COLUMN IF NOT EXISTS superseded_by VARCHAR;
           ALTER TABLE receipts ADD COLUMN IF NOT EXISTS unread BIGINT DEFAULT 0;
           ALTER TABLE receipts ADD COLUMN IF NOT EXISTS repeated BIGINT DEFAULT 0;
           ALTER TABLE receipts ADD COLUMN IF NOT EXISTS posts_aside BIGINT DEFAULT 0;
           ALTER TABLE receipts ADD COLUMN IF NOT EXISTS lost_applicants BIGINT DEFAULT 0;
           ALTER TABLE receipts ADD COLUMN IF NOT EXISTS lost_shortlisted BIGINT DEFAULT 0;
           CREATE TABLE IF NOT EXISTS rejected_rows (
               file VARCHAR, sha256 VARCHAR, row BIGINT, column_name VARCHAR, reason VARCHAR, remedy VARCHAR);
           ALTER TABLE rejected_rows ADD COLUMN IF NOT EXISTS counts BOOLEAN DEFAULT false;
           ALTER TABLE rejected_rows ADD COLUMN IF NOT EXISTS holders BIGINT;
           ALTER TABLE rejected_rows ADD COLUMN IF NOT EXISTS first_holder BIGINT;
           ALTER TABLE rejected_rows ADD COLUMN IF NOT EXISTS word VARCHAR"""
    )
    return connection


def read_as(organisation: Organisation, asked: Asked | None = None) -> str:
    """Fingerprint all that decides how a file is read, but for the file: settings, codebook and collection.

    Of metrics, so does what the partnership has `asked`. The words that it has chosen for its pages decide nothing.
    """
    of_metrics = repr(asked) if asked else ""
    return hashlib.sha256(_code() + organisation.model_dump_json().encode() + of_metrics.encode()).hexdigest()


@cache
def _code() -> bytes:
    code = hashlib.sha256()
    for room in ("lt_analysis.codebook", "lt_analysis.collection"):
        for path in sorted(Path(str(files(room))).rglob("*.*")):
            if path.suffix in (".py", ".csv", ".yml") and path.name != words.FILE_NAME:
                code.update(path.read_bytes())
    return code.digest()


def known_receipt(connection: duckdb.DuckDBPyConnection, found: FoundReturn, how: str) -> Receipt | None:
    """Return the receipt of a file that counts as it stands and would be read as it was; None of any other."""
    kept = connection.execute(
        """SELECT sha256, received, accepted, rejected, set_aside, unread, repeated, posts_aside,
                  (lost_applicants, lost_shortlisted),
                  left_out, people, joined, remarks
           FROM receipts
           WHERE file = ? AND read_as = ? AND refused IS NULL AND superseded_by IS NULL
           AND (organisation, period, kind, last_received) IN (
               SELECT organisation, period, kind, max(last_received) FROM receipts
               WHERE superseded_by IS NULL GROUP BY ALL)""",
        [found.file, how],
    ).fetchone()
    # The fingerprint is taken last: it costs a reading of the whole file.
    if not kept or kept[0] != found.sha256:
        return None
    _, *rows, left_out, groups, joined, remarks = kept
    problems = connection.execute(
        f"SELECT {ONCE} FROM rejected_rows WHERE file = ? AND sha256 = ? {TOGETHER}",
        [found.file, found.sha256],
    )
    return Receipt(
        found,
        *rows,
        tuple(left_out),
        Received(remarks=tuple(remarks or ())),
        problems=as_errors(problems, found),
        groups=groups or {},
        joined=joined or {},
    )


def as_errors(rows: duckdb.DuckDBPyConnection, found: FoundReturn) -> tuple[RawDataError, ...]:
    """Return what was asked of rejected rows (reason, remedy, row, column) as errors of a file."""
    return tuple(
        RawDataError(reason, remedy, found.file, row, column) for reason, remedy, row, column in rows.fetchall()
    )


def fingerprints_of_records(
    connection: duckdb.DuckDBPyConnection, kind: str, organisation: str, period: str
) -> tuple[str, str] | None:
    """Return the fingerprints of the file that a return's records are of and of how it was read; None if not known."""
    return connection.execute(
        """SELECT sha256, read_as FROM receipts
           WHERE organisation = ? AND period = ? AND kind = ? AND refused IS NULL AND read_as IS NOT NULL
           ORDER BY last_received DESC LIMIT 1""",
        [organisation, period, kind],
    ).fetchone()


def forget_how_it_was_read(connection: duckdb.DuckDBPyConnection, found: FoundReturn) -> None:
    """Know no file of a return until its next receipt, so that a run killed before that is made good by the next."""
    connection.execute(
        "UPDATE receipts SET read_as = NULL WHERE organisation = ? AND period = ? AND kind = ?",
        [found.organisation, str(found.period), found.kind.name],
    )


def keep_receipt(connection: duckdb.DuckDBPyConnection, receipt: Receipt, how: str) -> None:
    """Keep a receipt, with what `problems` says of its rejected rows."""
    found = receipt.found
    key = [found.file, found.sha256]
    connection.begin()
    taken_anew = ", ".join(f"{name} = excluded.{name}" for name in TAKEN_ANEW)
    connection.execute(
        f"""INSERT INTO receipts VALUES ($organisation, $period, $file, $sha256, $read_as, $now, $now, $received,
                                         $accepted, $rejected, $left_out, $refused, $set_aside, $kind,
                                         MAP($groups::VARCHAR[], $people::BIGINT[]),
                                         MAP($quarters::VARCHAR[], $joined::BIGINT[]), $changed, $remarks, NULL,
                                         $unread, $repeated, $posts_aside, $lost_applicants, $lost_shortlisted)
            ON CONFLICT DO UPDATE SET {taken_anew}""",
        {
            "organisation": found.organisation,
            "period": str(found.period),
            "file": found.file,
            "sha256": found.sha256,
            "read_as": how,
            "now": datetime.now(UTC).replace(tzinfo=None),
            "received": receipt.received,
            "accepted": receipt.accepted,
            "rejected": receipt.rejected,
            "set_aside": receipt.set_aside,
            "unread": receipt.unread,
            "repeated": receipt.repeated,
            "posts_aside": receipt.posts_aside,
            "lost_applicants": receipt.lost[0],
            "lost_shortlisted": receipt.lost[1],
            "kind": found.kind.name,
            "groups": list(receipt.groups),
            "people": list(receipt.groups.values()),
            "changed": receipt.changed and str(receipt.changed),
            "remarks": list(receipt.read.remarks),
            "quarters": list(receipt.joined),
            "joined": list(receipt.joined.values()),
            "left_out": list(receipt.left_out),
            "refused": receipt.refusal and str(receipt.refusal),
        },
    )
    connection.execute("DELETE FROM rejected_rows WHERE file = ? AND sha256 = ?", key)
    connection.execute(
        """INSERT INTO rejected_rows
           SELECT ?, ?, row, column_name, reason, remedy, counts, holders, first_holder, word FROM problems WHERE ?""",
        [*key, bool(receipt.problems)],
    )
    connection.commit()


def keep_superseded(connection: duckdb.DuckDBPyConnection, before: FoundReturn, by: FoundReturn) -> None:
    """Keep a receipt of a file that another takes the place of; what it said while it counted stays."""
    connection.execute(
        """INSERT INTO receipts BY NAME
           SELECT $organisation AS organisation, $period AS period, $kind AS kind, $file AS file, $sha256 AS sha256,
                  $now AS first_received, $now AS last_received, 0 AS received, 0 AS accepted, 0 AS rejected,
                  0 AS set_aside, []::VARCHAR[] AS left_out, $by AS superseded_by
           ON CONFLICT DO UPDATE SET superseded_by = excluded.superseded_by""",
        {
            "organisation": before.organisation,
            "period": str(before.period),
            "kind": before.kind.name,
            "file": before.file,
            "sha256": before.sha256,
            "now": datetime.now(UTC).replace(tzinfo=None),
            "by": by.path.name,
        },
    )
