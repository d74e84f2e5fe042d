"""Returns made by hand for tests: rows that are right, to be made wrong one cell at a time."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import yaml
from bs4 import BeautifulSoup

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.periods import Quarter, parse_period
from lt_analysis.codebook.returns import APPLICATIONS
from lt_analysis.release.approvals import approve, awaiting
from lt_analysis.release.figures import Number, PeopleTable
from lt_analysis.release.keys import ALL_BANDS, Key

COLUMNS = tuple(name for name in APPLICATIONS.column_names if not name.startswith("salary_"))


def organisation(folders: Folders, slug: str, **settings) -> Path:
    """Write an `organisation.yml` and return the organisation's folder."""
    about = {"name": slug.title(), "kind": "acute trust", "invented": True, "grades": "agenda for change"}
    folder = folders.raw / slug
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "organisation.yml").write_text(yaml.safe_dump(about | settings), encoding="utf-8")
    return folder


def application(period: str = "2026-27-Q2", **changes) -> dict:
    """One application that got as far as interview, in a vacancy that closed in the quarter."""
    closed = parse_period(period).first_day + timedelta(days=20)
    row = {
        "vacancy": "V1",
        "advertised_on": closed - timedelta(days=14),
        "closed_on": closed,
        "grade": "8a",
        "salary_minimum": "",
        "staff_group": "nursing",
        "applicant": "A1",
        "source": "external",
        "campaign": "none",
        "ethnicity": "A",
        "sex": "female",
        "disability": "no",
        "age_band": "35-44",
        "sexual_orientation": "heterosexual",
        "religion": "none",
        "home_borough": "Lambeth",
        "applied_on": closed - timedelta(days=1),
    }
    return row | {name: "" for name in COLUMNS if name not in row} | changes


def reached(closed: date, *stages: str) -> dict:
    """The dates of stages, each a week after the one before."""
    return {stage: closed + timedelta(days=7 * place) for place, stage in enumerate(stages)}


def write_rows(path: Path, rows: list[dict], columns: tuple[str, ...] = COLUMNS) -> Path:
    """Write rows as CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


STAGES = ("eligible_on", "shortlisted_on", "interviewed_on", "offered_on")


def vacancy(period: Quarter, name: str, people: list[tuple[str, int]], **changes) -> list[dict]:
    """One vacancy's applications: for each person an ethnicity code and how many of the four stages they reached."""
    closed = period.first_day + timedelta(days=20)
    return [
        application(str(period), vacancy=name, applicant=f"{name}-{place}", ethnicity=code, **changes)
        | reached(closed, *STAGES[:stages])
        for place, (code, stages) in enumerate(people)
    ]


def year_of_returns(folders: Folders, slug: str = "ashbourne", year: str = "2025-26") -> Path:
    """A year that passes the rule: 24 vacancies of 6 White, 5 BME and an applicant of unknown ethnicity each.

    In each, 3 White and 2 BME people are shortlisted; in every second one a BME person is appointed, in the
    others a White one.
    """
    folder = organisation(folders, slug)
    for period in parse_period(year).quarters:
        rows = []
        for number in range(6):
            white = [("A", 4 if number % 2 else 3), ("B", 3), ("C", 3), ("A", 1), ("A", 1), ("A", 1)]
            bme = [("N", 3 if number % 2 else 4), ("H", 3), ("M", 1), ("M", 1), ("R", 1)]
            rows += vacancy(period, f"{period}-V{number}", [*white, *bme, ("Z", 1)])
        rows += vacancy(period, f"{period}-junior", [("A", 4), ("N", 3)], grade="7")
        rows += vacancy(period, f"{period}-bulk", [("A", 4), ("N", 4)], campaign="bulk")
        write_rows(folder / str(period) / "applications.csv", of_people_elsewhere(slug, rows))
    return folder


def of_people_elsewhere(slug: str, rows: list[dict]) -> list[dict]:
    """The rows with a staff group of each organisation: nobody's returns are the very same as another's."""
    return [row | {"staff_group": slug} for row in rows]


def two_bands(folders: Folders, slug: str, *quarters: str) -> Path:
    """Returns of which every number passes the rule, band by band, over a year or for five organisations together.

    In each quarter a vacancy at Band 8a and one at 8c have 12 White applicants (0 to 5 shortlisted, 0 to 2 appointed)
    and 10 BME ones: Black 12 to 17 (12 to 14 shortlisted, 12 appointed), Asian 18 to 21 (18 and 19 shortlisted, 18
    appointed). 22 and 23 are of unknown ethnicity.
    """
    folder = organisation(folders, slug)
    people = [("A", 4)] * 3 + [("A", 3)] * 3 + [("A", 1)] * 6
    people += [("N", 4), *[("N", 3)] * 2, *[("N", 1)] * 3, ("H", 4), ("H", 3), *[("H", 1)] * 2, *[("Z", 1)] * 2]
    for period in map(Quarter.parse, quarters):
        rows = [row for grade in ("8a", "8c") for row in vacancy(period, f"{period}-{grade}", people, grade=grade)]
        write_rows(folder / str(period) / "applications.csv", of_people_elsewhere(slug, rows))
    return folder


def approve_all(folders: Folders) -> None:
    """Approve every text that awaits it and can be approved."""
    texts = (one for places in awaiting(folders) for one in places if one.can_be_approved)
    approve(folders, texts, "Chair of the Equalities Group")


def people_table(
    numbers: dict[tuple[str, str], int | None],
    span: str = "2025-26",
    who: str = "ashbourne",
    members: tuple[str, ...] = ("ashbourne",),
    band: str = ALL_BANDS,
) -> PeopleTable:
    """A published table of one band: for each stage and group a number, None where it is hidden."""
    keyed = tuple(Number(Key(who, span, stage, group, band), people) for (stage, group), people in numbers.items())
    return PeopleTable(who, span, members, "2026-27-Q2", keyed)


def page_of(notebook: Path, **parameters) -> str:
    """Run a notebook's cells in this process, as papermill would, and return what they show."""
    shown = []
    injected = "\n".join(["# Parameters", *(f"{name} = {value!r}" for name, value in parameters.items())])
    names: dict = {"In": [injected]}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        *before, last = "".join(cell["source"]).strip().rsplit("\n", 1)
        exec("\n".join(before), names)
        if "parameters" in cell["metadata"].get("tags", []):
            exec(last, names)
            exec(injected, names)
        else:
            shown.append(eval(last, names)._repr_html_())
    return "\n".join(shown)


def cells_of(html: str) -> dict[str, str]:
    """Every figure on a page, by its key: cells of tables, sentences, and each chart with its words and its numbers."""
    page = BeautifulSoup(html, "html.parser")
    for appendix in page.select("section.appendix"):  # where the numbers of charts are, once the page is exported
        appendix.extract()
    charts = {f"chart.{number}": figure.extract() for number, figure in enumerate(page.find_all("figure"))}
    cells = {element["data-cell"]: element.get_text() for element in page.select("[data-cell]")}
    return cells | {name: str(figure) for name, figure in charts.items()}


A_METRIC = {
    "question": "Is blood pressure treated to target?",
    "definition": "People with raised blood pressure whose last reading was at the target",
    "alliance": "Neighbourhood and Wellbeing",
    "good": "up",
    "target": 0.8,
    "unit": "share",
    "axes": {"deprivation tenth": "all", "ethnicity": "all", "sex": ["female", "male"]},
    "source": "Records of general practice, last day of the quarter",
}
A_VALUE = A_METRIC | {"unit": "value", "target": 80, "axes": {"deprivation fifth": "all"}}
PRACTICES = {f"G8500{place}": f"network-{place // 4}" for place in range(8)}


def asked(folders: Folders, *rows: dict, **metrics: dict) -> None:
    """Write a partnership's list of metrics, and of the networks of its practices since 2025, or other rows."""
    listed = metrics or {"blood-pressure": A_METRIC, "life-expectancy": A_VALUE}
    path = folders.raw / "partnership" / "metrics.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump({"invented": True, "metrics": listed}), encoding="utf-8")
    since = {"registered": 9_000, "since": "2025-01-01"}
    members = rows or [{"practice": code, "network": network} | since for code, network in PRACTICES.items()]
    write_rows(path.with_name("networks.csv"), list(members), ("practice", "network", "registered", "since"))
