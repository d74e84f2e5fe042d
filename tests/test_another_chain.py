"""A chain whose names mean nothing goes from returns to a released number, is attacked, and shows on a page."""

import csv
import json
import subprocess
import sys

from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.codebook.returns import EVENTS, STAFF
from tests import another_chain, making

SLUGS = ("ashbourne", "beeches", "camelot", "dunwich", "erewhon")
YEAR = FinancialYear(2025)
KINDS = {
    "promotion": 3,
    "formal disciplinary": 5,
    "non-mandatory training": 2,
    "formal capability": 4,
}  # it happens to every third, and so on


def returns(folders, slug: str, shift: int) -> None:
    """Write an organisation's staff of 31 March 2025, 30 White and 30 Black, and what happened to them in the year."""
    folder = making.organisation(folders, slug)
    people = [
        {"person": f"{slug}{number}", "grade": "6", "work": "clinical", "started_on": "2020-01-06", "ethnicity": code}
        for number, code in enumerate("AN" * 30)
    ]
    write(folder / "2024-25-Q4" / "staff.csv", STAFF.column_names, people)
    for place, quarter in enumerate(YEAR.quarters):
        events = [
            {"person": person["person"], "event": kind, "happened_on": f"{quarter.first_day}"}
            for kind, every in KINDS.items()
            for number, person in enumerate(people)
            if (number + shift) % every == 0 and number % 4 == place
        ]
        write(folder / str(quarter) / "events.csv", EVENTS.column_names, events)


def write(path, columns, rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def test_a_chain_of_names_that_mean_nothing_is_released_attacked_and_shown(project):
    for shift, slug in enumerate(SLUGS):
        returns(project, slug, shift)
    command = [sys.executable, another_chain.__file__, str(project.root)]
    done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    # Of 60 people each third is 20, whatever the shift: 10 White and 10 Black in every one of five organisations.
    key = "partnership/2025-03-31/blorped"
    assert found["numbers"][f"{key}/known/all"] == 100
    assert found["numbers"][f"{key}/BME/all"] == found["numbers"][f"{key}/White/all"] == 50
    assert found["numbers"]["ashbourne/2025-03-31/blorped/White/all"] == 10
    assert (found["found"], found["faults"]) == ([], [])
    assert "50 of 150 BME staff (33%) and 50 of 150 White staff (33%)" in found["said"]
    assert "It is good to be among those who went blorping." in found["said"]
    assert "It divides the same way round as metric 9 of the Snark Standard, but is not that indicator" in found["said"]
