"""An organisation's own exact figures, for its own eyes: the same figures, marked restricted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path

import duckdb

from lt_analysis.codebook.ethnicity import BME, COMPARED_WITH_WHITE, UNKNOWN
from lt_analysis.codebook.folders import Folders, in_sql
from lt_analysis.codebook.measures import MEASURES, RECRUITMENT, STAGES, Measure
from lt_analysis.codebook.mistakes import AskedError
from lt_analysis.codebook.parameters import one_asked
from lt_analysis.codebook.periods import Quarter, parse_period
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.codebook.words import BAND_8_POSTS
from lt_analysis.evidence.appendix import Appendix, RowAccount, growing, pooled_stages, with_straddling, within_stages
from lt_analysis.evidence.decomposition import decompose
from lt_analysis.evidence.estimate import EVIDENCE_COLUMNS
from lt_analysis.release.figures import (
    DataQuality,
    Exactly,
    ExactQuarter,
    FileReceipt,
    Finding,
    GroupCount,
    KnownEthnicity,
    OrganisationFigures,
    StageFigure,
    State,
    Status,
)
from lt_analysis.release.files import LATEST, find_period, rows_of
from lt_analysis.release.in_memory import in_memory
from lt_analysis.release.items import EvidenceItem, Exact, whole_item
from lt_analysis.release.reading import expected_of, likelihood_of

# A stage that nobody of either group came to.
NOBODY = dict.fromkeys(EVIDENCE_COLUMNS, 0) | {"p": 1.0}
LATEST_OF_EACH_KIND = "QUALIFY row_number() OVER (PARTITION BY organisation, kind ORDER BY last_received DESC) = 1"


def read_exact(organisation: str, period: str = LATEST) -> ExactQuarter:
    """Read an organisation's exact quarter. Raises `ValueError` where there is none, naming those there are."""
    quarter, folder = find_period(Folders.here().exact, period)
    with in_memory() as connection:
        return _read(ExactTables(connection, folder, quarter), organisation)


@dataclass(frozen=True)
class ExactTables:
    """The exact files of a quarter, read by one connection: to open another takes longer than to read a file."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    quarter: Quarter

    def rows(self, table: str, where: str) -> list[dict]:
        """Return the rows of a table for which something holds, of the `$quarter` where it is named."""
        named = {"path": str(self.folder / f"{table}.parquet")}
        if "$quarter" in where:
            named["quarter"] = str(self.quarter)
        return rows_of(self.connection.execute(f"FROM read_parquet($path) WHERE {where} ORDER BY ALL", named))


def _read(tables: ExactTables, organisation: str) -> ExactQuarter:
    known = {row["organisation"]: row for row in tables.rows("organisations", "span = $quarter")}
    organisation = one_asked(organisation, known, f"sent nothing for {tables.quarter}")
    about = known[organisation]
    if "no_campaigns" not in about:
        raise AskedError(f"{tables.quarter} was run before this was kept. Run it again: {run_again(tables.quarter)}")
    own = f"organisation = '{organisation}'"
    evidence = tables.rows("evidence", f"{own} AND span = $quarter")
    appendix = _appendix(tables, organisation)
    items = tuple(_items(organisation, appendix))
    year = _year(tables, own)
    figures = _figures(about, tables.quarter, [row for row in evidence if row["campaign"] == "none"])
    return ExactQuarter(
        figures=replace(figures, evidence=items),
        year=year and replace(year, evidence=items),
        campaigns=_figures(about, tables.quarter, [row for row in evidence if row["campaign"] != "none"]),
        groups=tuple(
            GroupCount(row["roll_up"], row["group_name"], tuple(row[stage] for stage in RECRUITMENT.keys))
            for row in tables.rows("summaries", f"{own} AND period = $quarter AND campaign = 'none'")
        ),
        receipts=tuple(
            FileReceipt(row["file"], row["received"], row["accepted"], row["rejected"], row["set_aside"])
            for row in tables.rows("receipts", f"{own} AND period = $quarter AND refused IS NULL {LATEST_OF_EACH_KIND}")
        ),
        appendix=appendix,
        no_campaigns=about["no_campaigns"],
    )


def _items(organisation: str, appendix: Appendix) -> Iterator[EvidenceItem]:
    """Yield the evidence of each stage since the declared start, at its last look, for its owner's eyes."""
    for one in appendix.growing:
        if one.looks:
            exact = Exact(organisation, one.measure.key, one.looks[-1], {organisation: one.sent})
            yield whole_item(exact, declared_protocol())


def _year(tables: ExactTables, own: str) -> OrganisationFigures | None:
    """Return the latest year that had ended, without counts where it is not complete; None where others published it.

    What was received of a year that is not complete is evidence too, and is not shown: a part of a year is none.
    """
    years = tables.rows("organisations", f"{own} AND span <> $quarter")
    evidence = tables.rows("evidence", f"{own} AND span <> $quarter AND campaign = 'none'")
    if not years or any(row["posts"] != BAND_8_POSTS for row in evidence):
        return None
    return _figures(years[-1], tables.quarter, [row for row in evidence if row["span"] == years[-1]["span"]])


def _appendix(tables: ExactTables, organisation: str) -> Appendix:
    own = f"organisation = '{organisation}'"
    draws = tables.rows("draws", f"{own} AND campaign = 'none' AND period <= $quarter")
    now = [row for row in draws if row["period"] == str(tables.quarter)]
    accounts = tables.rows("accounts", f"{own} AND period = $quarter")
    declined = tables.rows("declined", f"{own} AND period = $quarter") if accounts else None
    pooled = pooled_stages(now, declined)
    found = Appendix(pooled, decompose(tuple(stage.likelihood for stage in pooled)))
    if not accounts or any(row["basis"] != "vacancy" for row in now):
        return found
    said_of = f"scope = '{organisation}' AND look <= $quarter"
    looks, ledger = (tables.rows(table, said_of) for table in ("since_start", "evidence_ledger"))
    return replace(
        found,
        stages=within_stages(now),
        growing=tuple(
            growing(
                stage,
                [row for row in draws if row["basis"] == "vacancy"],
                sorted(looks, key=lambda row: row["look"]),
                sorted(ledger, key=lambda row: (row["look"], row["number"])),
                tables.quarter,
                declared_protocol(),
            )
            for stage in STAGES
        ),
        account=RowAccount(*(accounts[0][place.name] for place in fields(RowAccount))),
        straddling=with_straddling(pooled, tables.rows("straddling", f"{own} AND period = $quarter")),
    )


def _figures(about: dict, quarter: Quarter, evidence: list[dict]) -> OrganisationFigures:
    """Return figures of the year or the quarter that `about` is of; of one that is not complete, no counts."""
    status = Status(about["status"])
    rows = {(row["stage"], row["group_name"]): row for row in evidence}
    by_vacancy = all(row["basis"] == "vacancy" for row in evidence)
    sent = {group for _, group in rows} | {BME}
    groups = [group for group in COMPARED_WITH_WHITE if by_vacancy or group in sent]
    nobody = NOBODY if by_vacancy else NOBODY | dict.fromkeys(("expected", "could_tell"))
    return OrganisationFigures(
        slug=about["organisation"],
        name=about["name"],
        kind=about["kind"],
        invented=about["invented"],
        posts=BAND_8_POSTS,
        span=parse_period(about["span"]),
        quarter=quarter,
        status=status,
        missing=tuple(about["missing"]),
        refused=tuple(about["refused"]),
        source=None,
        first_published=None,
        adjusted_for_vacancies=by_vacancy,
        state=State.RESTRICTED,
        stages=tuple(
            _stage(stage, group, rows.get((stage.key, group), nobody))
            if status == Status.COMPLETE
            else StageFigure(stage, group, State.HIDDEN)
            for stage in STAGES
            for group in groups
        ),
    )


def _stage(measure: Measure, group: str, row: dict) -> StageFigure:
    exactly = None
    if row["expected"] is not None:
        exactly = Exactly(row["expected"], row["standard_deviation"], row["p"], row["vacancies"])
    return StageFigure(measure, group, State.RESTRICTED, likelihood_of(row), expected_of(row), exactly)


def run_again(quarter: Quarter) -> str:
    """Return the command that makes a quarter's exact files anew."""
    return f"lt-analysis run --period {quarter}"


FIRST_ROWS = 5  # of a finding, that are named
EVERYBODY = "FROM organisations ORDER BY organisation, span"
REMARKS = "FROM remarks WHERE organisation = $organisation ORDER BY file DESC, row, column_name, reason"
# What is in the organisation's folder now is told, and nothing of files that were withdrawn or sent again.
RECEIPTS = """
    SELECT receipts.* FROM receipts SEMI JOIN taken_in USING (file, sha256)
    WHERE organisation = $organisation AND refused IS NULL ORDER BY period DESC, kind"""
REJECTED = f"""
    SELECT file, column_name, rejected_rows.reason || coalesce(': "' || word || '"', '') AS reason, remedy,
           count(DISTINCT "row") AS number,
           list_sort(list(DISTINCT "row"))[:{FIRST_ROWS}] AS first_rows, counts
    FROM rejected_rows JOIN taken_in USING (file, sha256)
    WHERE organisation = $organisation
    GROUP BY period, kind, file, column_name, word, rejected_rows.reason, remedy, counts
    ORDER BY period DESC, kind, counts, number DESC, column_name, reason"""
WEAKENED = """
    SELECT DISTINCT span, stage FROM evidence
    WHERE organisation = $organisation AND weakened AND group_name = 'BME' AND campaign = 'none' ORDER BY ALL"""
KNOWN = f"""
    SELECT period, sum({RECRUITMENT.keys[0]})::BIGINT AS people,
           coalesce(sum({RECRUITMENT.keys[0]}) FILTER (group_name <> '{UNKNOWN}'), 0)::BIGINT AS known
    FROM summaries
    WHERE organisation = $organisation AND roll_up = 'wres' AND campaign = 'none'
    GROUP BY period ORDER BY period"""


def read_data_quality(organisation: str, period: str = LATEST) -> DataQuality:
    """Read what an organisation sent by the end of a quarter, and what became of it.

    Raises `ValueError` where the quarter or the organisation is not there, naming those that are.
    """
    quarter, folder = find_period(Folders.here().exact, period)
    if not (folder / "taken_in.parquet").exists():
        raise AskedError(f"{quarter} was run before this was kept. Run it again: {run_again(quarter)}")
    with _tables(folder) as tables:
        everybody = _ask(tables, EVERYBODY)
        known = dict.fromkeys(row["organisation"] for row in everybody)
        organisation = one_asked(organisation, known, f"is not an organisation of {quarter}")
        return _quality(tables, quarter, [row for row in everybody if row["organisation"] == organisation])


@contextmanager
def _tables(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the exact files of a quarter, each by the name of its table."""
    with in_memory() as tables:
        for path in sorted(folder.glob("*.parquet")):
            tables.execute(f"CREATE VIEW {path.stem} AS FROM read_parquet({in_sql(path)})")
        yield tables


def _quality(tables: duckdb.DuckDBPyConnection, quarter: Quarter, about: list[dict]) -> DataQuality:
    own = {"organisation": about[0]["organisation"]}
    remarks = _ask(tables, REMARKS, **own)
    return DataQuality(
        slug=own["organisation"],
        name=about[0]["name"],
        invented=about[0]["invented"],
        quarter=quarter,
        missing=tuple(dict.fromkeys(period for row in about for period in row["missing"])),
        receipts=tuple(map(_receipt, _ask(tables, RECEIPTS, **own))),
        refused=tuple(_remark(row) for row in remarks if row["refused"]),
        rejected=tuple(map(_rejected, _ask(tables, REJECTED, **own))),
        odd=(
            *(_weakened(row) for row in _ask(tables, WEAKENED, **own)),
            *(_remark(row) for row in remarks if not row["refused"]),
        ),
        ethnicity=tuple(
            KnownEthnicity(parse_period(row["period"]), row["people"], row["known"])
            for row in _ask(tables, KNOWN, **own)
        ),
    )


def _ask(tables: duckdb.DuckDBPyConnection, query: str, **named: str) -> list[dict]:
    return rows_of(tables.execute(query, named))


def _receipt(row: dict) -> FileReceipt:
    numbers = (row[name] for name in ("received", "accepted", "rejected", "set_aside"))
    aside = {name: row[name] or 0 for name in ("unread", "posts_aside")}
    return FileReceipt(row["file"], *numbers, left_out=tuple(row["left_out"] or ()), **aside)


def _weakened(row: dict) -> Finding:
    reason = (
        f"how many were {MEASURES[row['stage']].done} in {parse_period(row['span']).in_words} lies outside the range "
        "if chances were equal by what could be read, and may lie within it by what could not: pages give a range that "
        "is wide enough for both"
    )
    remedy = "Mend the cells that could not be read, or say under `values:` in organisation.yml what their words mean"
    return Finding("", "ethnicity", reason, remedy)


def _rejected(row: dict) -> Finding:
    about = (row[name] for name in ("file", "column_name", "reason", "remedy", "number"))
    return Finding(*about, first_rows=tuple(row["first_rows"]), counts=row["counts"])


def _remark(row: dict) -> Finding:
    rows = () if row["row"] is None else (row["row"],)
    return Finding(row["file"] or "", row["column_name"], row["reason"], row["remedy"], len(rows), rows)
