"""An organisation's own exact figures, for its own eyes: the same figures, marked restricted."""

from dataclasses import dataclass, fields, replace
from pathlib import Path

import duckdb

from lt_analysis.codebook.ethnicity import BME, COMPARED_WITH_WHITE
from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.measures import STAGES, Measure
from lt_analysis.codebook.mistakes import AskedError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.codebook.words import BAND_8_POSTS
from lt_analysis.evidence.decomposition import decompose
from lt_analysis.evidence.estimate import EVIDENCE_COLUMNS
from lt_analysis.release.appendix import Appendix, RowAccount
from lt_analysis.release.exact_evidence import growing, pooled_stages, with_straddling, within_stages
from lt_analysis.release.figures import (
    Exactly,
    ExactQuarter,
    FileReceipt,
    GroupCount,
    OrganisationFigures,
    StageFigure,
    State,
    Status,
)
from lt_analysis.release.files import LATEST, find_period, rows_of
from lt_analysis.release.reading import expected_of, likelihood_of

# A stage that nobody of either group came to.
NOBODY = dict.fromkeys(EVIDENCE_COLUMNS, 0) | {"mid_p": 1.0}
LATEST_OF_EACH_KIND = "QUALIFY row_number() OVER (PARTITION BY organisation, kind ORDER BY last_received DESC) = 1"


def read_exact(organisation: str, period: str = LATEST) -> ExactQuarter:
    """Read an organisation's exact quarter. Raises `ValueError` where there is none, naming those there are."""
    quarter, folder = find_period(Folders.here().exact, period)
    with duckdb.connect() as connection:
        # papermill makes a number of a name that looks like one
        return _read(_Tables(connection, folder, quarter), str(organisation))


@dataclass(frozen=True)
class _Tables:
    """The exact files of a quarter, read by one connection: to open another takes longer than to read a file."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    quarter: Quarter

    def rows(self, table: str, where: str) -> list[dict]:
        """Return the rows of a table for which something holds of the `$quarter`."""
        named = {"path": str(self.folder / f"{table}.parquet"), "quarter": str(self.quarter)}
        return rows_of(self.connection.execute(f"FROM read_parquet($path) WHERE {where} ORDER BY ALL", named))


def _read(tables: _Tables, organisation: str) -> ExactQuarter:
    known = {row["organisation"]: row for row in tables.rows("organisations", "span = $quarter")}
    if organisation not in known:
        raise AskedError(f"{organisation!r} sent nothing for {tables.quarter}. Choose one of: {', '.join(known)}")
    own = f"organisation = '{organisation}'"
    evidence = tables.rows("evidence", f"{own} AND span = $quarter")
    return ExactQuarter(
        figures=_figures(known[organisation], tables.quarter, [row for row in evidence if row["campaign"] == "none"]),
        campaigns=_figures(known[organisation], tables.quarter, [row for row in evidence if row["campaign"] != "none"]),
        groups=tuple(
            GroupCount(row["roll_up"], row["group_name"], row["applicants"], row["shortlisted"], row["appointed"])
            for row in tables.rows("summaries", f"{own} AND period = $quarter AND campaign = 'none'")
        ),
        receipts=tuple(
            FileReceipt(row["file"], row["received"], row["accepted"], row["rejected"], row["set_aside"])
            for row in tables.rows("receipts", f"{own} AND period = $quarter AND refused IS NULL {LATEST_OF_EACH_KIND}")
        ),
        appendix=_appendix(tables, organisation),
    )


def _appendix(tables: _Tables, organisation: str) -> Appendix:
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
        growing=growing(
            [row for row in draws if row["basis"] == "vacancy"],
            sorted(looks, key=lambda row: row["look"]),
            sorted(ledger, key=lambda row: (row["look"], row["number"])),
            tables.quarter,
            declared_protocol(),
        ),
        account=RowAccount(*(accounts[0][place.name] for place in fields(RowAccount))),
        straddling=with_straddling(pooled, tables.rows("straddling", f"{own} AND period = $quarter")),
    )


def _figures(about: dict, quarter: Quarter, evidence: list[dict]) -> OrganisationFigures:
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
        span=quarter,
        quarter=quarter,
        status=Status.COMPLETE,
        missing=(),
        refused=(),
        source=None,
        first_published=None,
        adjusted_for_vacancies=by_vacancy,
        state=State.RESTRICTED,
        stages=tuple(
            _stage(stage, group, rows.get((stage.key, group), nobody)) for stage in STAGES for group in groups
        ),
    )


def _stage(measure: Measure, group: str, row: dict) -> StageFigure:
    exactly = None
    if row["expected"] is not None:
        exactly = Exactly(row["expected"], row["standard_deviation"], row["mid_p"], row["vacancies"])
    return StageFigure(measure, group, State.RESTRICTED, likelihood_of(row), expected_of(row), exactly)
