"""Ten million applications taken in, beside a mere copy of the file by DuckDB and the same checks in plain pandas.

`python -m benchmarks.collection` invents a file of each size (one row in 500 is wrong: a word that means nothing, a
stage out of order, a row sent twice), and runs each contender in a process of its own, in turn, so that peak memory
is its own. The copy is the yardstick: the same file to Parquet with typed columns, by DuckDB's defaults. Prints a
table; `--rows` chooses other sizes, `--pandas-rows` the largest that pandas is given. `--shape` writes the same rows as
other systems do (with quotation marks around every cell, or around one that holds a comma; in Windows-1252; in UTF-16);
that file is taken in beside a copy of the plain one, and pandas is left out.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.pay import ALL_BANDS
from lt_analysis.codebook.returns import APPLICATIONS, STAGE_NEEDS, VACANCY_COLUMNS
from lt_analysis.collection.collect import collect_organisation, record_path
from lt_analysis.collection.receipts import open_audit
from lt_analysis.counts.draws import count
from tests import making

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
PLAIN = "plain"
SHAPES = (PLAIN, "quoted", "partly-quoted", "cp1252", "utf-16")
DATES = [column.name for column in APPLICATIONS.columns if column.holds == "date"]
CODES = {column.name: set(column.allowed) for column in APPLICATIONS.columns if column.allowed}
ETHNICITIES = set("ABCDEFGHJKLMNPRSZ") | {"99"}
FIRST_DAY, LAST_DAY = date(2026, 7, 1), date(2026, 9, 30)


def invent(path: Path, rows: int) -> None:
    """Write a file of applications, 25 to a vacancy; one vacancy in four is at Band 8 or above."""
    with duckdb.connect() as connection:
        connection.execute(
            f"""COPY (
                SELECT 'INVENTED-V' || vacancy AS vacancy, closed - 21 AS advertised_on, closed AS closed_on,
                       ['5', '6', '6', '7', '7', '7', '8a', '8b'][1 + (hash(vacancy) % 8)::INT] AS grade,
                       ['administrative', 'nursing', 'estates'][1 + (hash(-vacancy) % 3)::INT] AS staff_group,
                       'INVENTED-A' || CASE wrong WHEN 3 THEN number - 1 ELSE number END AS applicant,
                       ['internal', 'external'][1 + (luck % 2)::INT] AS source, 'none' AS campaign,
                       ['A', 'A', 'A', 'B', 'C', 'M', 'N', 'N', 'H', 'J', 'G', 'Z', '99'][1 + (luck % 13)::INT]
                           AS ethnicity,
                       CASE wrong WHEN 1 THEN 'no such word' ELSE ['female', 'male'][1 + (luck % 2)::INT] END AS sex,
                       ['yes', 'no', 'not known'][1 + (luck % 3)::INT] AS disability,
                       ['25-34', '35-44', '45-54'][1 + (luck % 3)::INT] AS age_band,
                       ['heterosexual', 'bisexual'][1 + (luck % 2)::INT] AS sexual_orientation,
                       ['none', 'christian', 'muslim'][1 + (luck % 3)::INT] AS religion,
                       ['Lambeth', 'Southwark', 'Lewisham'][1 + (luck % 3)::INT] AS home_borough,
                       closed - (luck % 15)::INT AS applied_on,
                       CASE WHEN share < 80 AND wrong <> 2 THEN closed + 3 END AS eligible_on,
                       CASE WHEN share < 25 OR wrong = 2 THEN closed + 10 END AS shortlisted_on,
                       CASE WHEN share < 25 THEN closed + 24 END AS interviewed_on,
                       CASE WHEN share < 4 AND wrong <> 2 THEN closed + 27 END AS offered_on,
                       NULL AS declined_on, NULL AS started_on
                FROM (SELECT *, DATE '2026-07-01' + (hash(vacancy + 7) % 92)::INT AS closed,
                             CASE WHEN number % 500 = 9 THEN 1 + (luck % 3)::INT ELSE 0 END AS wrong
                      FROM (SELECT number, number // 25 AS vacancy, hash(number) AS luck,
                                   hash(number * 7) % 100 AS share FROM range({rows}) numbers(number)))
                ) TO '{path}' (HEADER)"""
        )


def copied(path: Path) -> int:
    """Copy the file to Parquet with typed columns, and nothing else."""
    header = path.open().readline().strip().split(",")
    types = {name: "DATE" if name in DATES else "VARCHAR" for name in header}
    with duckdb.connect() as connection:
        (rows,) = connection.execute(
            f"COPY (FROM read_csv('{path}', header = true, columns = {types})) TO '{path.parent}/copy.parquet'"
        ).fetchone()
    return rows


def audit(path: Path) -> int:
    """Take the file in as the audit does: checked, kept, receipted, and counted into draws."""
    folders = Folders(path.parent / "project")
    folder = making.organisation(folders, "ashbourne") / "2026-27-Q2"
    folder.mkdir()
    (folder / "applications.csv").hardlink_to(path)
    folders.processed.mkdir(parents=True)
    with open_audit(str(folders.database)) as connection:
        (receipt,) = collect_organisation(connection, folders, "ashbourne", date.max).receipts
        count(connection, [record_path(folders, receipt.found)], [], {})
    return receipt.accepted


def in_pandas(path: Path) -> int:
    """Do the same checks in pandas, as an analyst would write them, keep the records, and count draws."""
    sent = pd.read_csv(path, dtype="str")
    dated = sent.assign(**{name: pd.to_datetime(sent[name], format="%Y-%m-%d", errors="coerce") for name in DATES})
    wrong = dated[DATES].isna() & sent[DATES].notna()
    bad = wrong.any(axis=1)
    for name, allowed in CODES.items():
        bad |= sent[name].notna() & ~sent[name].isin(allowed)
    bad |= ~sent["grade"].isin(ALL_BANDS) | (sent["ethnicity"].notna() & ~sent["ethnicity"].isin(ETHNICITIES))
    for column in APPLICATIONS.columns:
        if column.name not in sent:
            continue
        if column.required:
            bad |= sent[column.name].isna()
        if column.holds == "text":
            bad |= sent[column.name].str.fullmatch(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}", na=False)
            bad |= sent[column.name].str.fullmatch(r"(?i)[a-z]{2} ?\d\d ?\d\d ?\d\d ?[a-d]", na=False)
    bad |= ~dated["closed_on"].between(pd.Timestamp(FIRST_DAY), pd.Timestamp(LAST_DAY))
    bad |= dated["advertised_on"] > dated["closed_on"]
    for stage, before in STAGE_NEEDS.items():
        bad |= (sent[stage].notna() & sent[before].isna()) | (dated[stage] < dated[before])
    bad |= dated["declined_on"].notna() & dated["started_on"].notna()
    bad |= sent.duplicated(["vacancy", "applicant"])
    particulars = [name for name in ("grade", *VACANCY_COLUMNS) if name in sent]
    bad |= (sent.groupby("vacancy")[particulars].transform("first") != sent[particulars]).any(axis=1)
    kept = dated[~bad]
    kept.to_pickle(path.parent / "pandas.pkl")
    senior = kept[kept["grade"].isin(("8a", "8b", "8c", "8d", "9", "VSM"))]
    white, known = senior["ethnicity"].isin(list("ABC")), ~senior["ethnicity"].isin(["Z", "99"])
    reached = {stage: senior[stage].notna() & known for stage in ("eligible_on", "shortlisted_on", "offered_on")}
    columns = {
        f"{stage}_{who}": on & one for stage, on in reached.items() for who, one in (("a", ~white), ("n", known))
    }
    pd.DataFrame(columns).groupby(senior["vacancy"]).sum()
    return len(kept)


def in_shape(path: Path, shape: str) -> Path:
    """Write a plain file's rows in another shape; one town in three is spelt with a letter that is not ASCII."""
    shaped = path.with_name(f"{shape}.csv")
    encoding = shape if shape in ("cp1252", "utf-16") else "utf-8"
    with path.open() as lines, shaped.open("w", encoding=encoding, newline="\n") as out:
        for line in lines:
            line = line.replace("Lewisham", "Lewishám")
            if shape == "quoted":
                line = '"' + line.rstrip("\n").replace(",", '","') + '"\n'
            if shape == "partly-quoted":
                line = line.replace("Southwark", '"Southwark, London"')
            out.write(line)
    return shaped


CONTENDERS = {"copy": copied, "ours": audit, "pandas": in_pandas}


def measure(contender: str, path: Path) -> dict:
    """Run one contender in a process of its own: seconds, peak memory in megabytes, rows kept.

    One that the machine ends, as for want of memory, has failed; one that fails by itself is a fault of this file.
    """
    command = [sys.executable, "-m", "benchmarks.collection", "--contender", contender, "--file", str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    if said.returncode > 0:
        raise RuntimeError(f"{contender}: {said.stderr}")
    return json.loads(said.stdout) if said.returncode == 0 else {"failed": f"signal {-said.returncode}"}


def one(contender: str, path: Path) -> None:
    """Be that process."""
    started = time.perf_counter()
    rows = CONTENDERS[contender](path)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak, "rows": rows}))


def compare(rows: int, with_pandas: bool, shape: str) -> None:
    """Print a line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "applications.csv"
        invent(path, rows)
        before, mine = measure("copy", path), measure("ours", path if shape == PLAIN else in_shape(path, shape))
        rival = measure("pandas", path) if with_pandas else {}
        again = measure("copy", path)
    yardstick = (before["seconds"] + again["seconds"]) / 2
    print(
        f"{rows:>12,} {yardstick:>8.2f} {mine['seconds']:>8.2f} {mine['seconds'] / yardstick:>6.2f} "
        f"{mine['seconds'] / rows * 1e6:>9.2f} {mine['megabytes']:>8,.0f} "
        + (
            f"{rival['seconds']:>8.2f} {rival['megabytes']:>8,.0f}"
            if "seconds" in rival
            else f"{rival.get('failed', ''):>17}"
        )
        + f" {rows - mine['rows']:>8,}"
        + (f" {rows - rival['rows']:>8,}" if "rows" in rival else ""),
        flush=True,
    )


def main() -> None:
    """Compare them at each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=SIZES)
    parser.add_argument("--pandas-rows", type=int, default=10_000_000)
    parser.add_argument("--shape", choices=SHAPES, default=PLAIN)
    parser.add_argument("--contender", choices=CONTENDERS)
    parser.add_argument("--file", type=Path)
    asked = parser.parse_args()
    if asked.contender:
        one(asked.contender, asked.file)
        return
    print(
        f"{'rows':>12} {'copy s':>8} {'ours s':>8} {'ratio':>6} {'s per 1M':>9} {'ours MB':>8} {'pandas s':>8} "
        f"{'MB':>8} {'rejected':>8} {'pandas':>8}"
    )
    for rows in asked.rows:
        compare(rows, rows <= asked.pandas_rows and asked.shape == PLAIN, asked.shape)


if __name__ == "__main__":
    main()
