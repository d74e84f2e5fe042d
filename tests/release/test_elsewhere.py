"""Figures that others published: printed once they are approved, and of nobody that the audit ever counts itself."""

import re
import shutil

import pytest

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.periods import Quarter, parse_period
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.release import read_release
from lt_analysis.release.approvals import awaiting
from lt_analysis.release.files import copy_to_report, read_editions
from lt_analysis.verification import attack
from lt_analysis.verification.reading import public_elsewhere, published_files, read_publication
from tests import making
from tests.conftest import HERE

YEAR = "2025-26"
LAST, AFTER, LATER = (Quarter.parse(text) for text in ("2025-26-Q4", "2026-27-Q1", "2026-27-Q2"))
ABOUT = {"invented": False, "kind": "published figures", "grades": "totals only", "name": "example"}
PUBLISHED = {"year": YEAR, "posts": "posts at Band 8 and above, too", "source": "Annual report of the Trust, page 12"}
OTHERS = ("ashbourne", "beeches", "cedars", "dunwich")
COUNTS = {"White": (48, 24, 12), "Black": (12, 4, 2), "Asian": (8, 2, 1)}


def declare(project: Folders, **changes) -> None:
    """Send figures that others published, small numbers too, as the totals of a year."""
    folder = making.organisation(project, "example", **ABOUT, already_published=PUBLISHED | changes)
    columns = ("grade", "ethnicity", "applied", "shortlisted", "offered")
    rows = [dict(zip(columns, ("8+", group, *numbers), strict=True)) for group, numbers in COUNTS.items()]
    making.write_rows(folder / YEAR / "stage-totals.csv", rows, columns)


def send_own(project: Folders) -> None:
    """Take the declaration away, and send the same people as the organisation's own returns."""
    folder = making.organisation(project, "example", invented=False, name="example")
    shutil.rmtree(folder / YEAR, ignore_errors=True)
    white = [("A", 4)] * 3 + [("A", 3)] * 3 + [("A", 1)] * 6
    for place, period in enumerate(parse_period(YEAR).quarters):
        black = [("N", 4 if place < 2 else 3), ("N", 1), ("N", 1)]
        asian = [("H", 4 if not place else 3 if place == 1 else 1), ("H", 1)]
        rows = making.vacancy(period, f"{period}-V", [*white, *black, *asian])
        making.write_rows(folder / str(period) / "applications.csv", rows)


def others_send(project: Folders, *more: str) -> None:
    """Send a year of four other organisations, and of more."""
    for slug in (*OTHERS, *more):
        making.two_bands(project, slug, *map(str, parse_period(YEAR).quarters))


def said(project: Folders) -> dict[str, int | None]:
    """What all releases say of people, by key."""
    return {str(one.cell.key): one.value for edition in read_editions(project) for one in edition.numbers}


def attacked(project: Folders):
    """All that the attacker reads of every report's data, and what it finds out of it."""
    for edition in read_editions(project):
        copy_to_report(project, edition.period)
    publication = read_publication(published_files(project))
    return publication, attack(publication, known=public_elsewhere(project))


def printed(project: Folders) -> None:
    """Print the figures: declared, approved, and in the next report."""
    declare(project)
    collect_to_release(project, LAST)
    making.approve_all(project)
    collect_to_release(project, AFTER)


def test_a_year_that_others_published_is_printed_only_once_the_very_numbers_are_approved(project):
    declare(project)
    collect_to_release(project, LAST)
    assert said(project) == {}
    (one,) = read_release().organisations
    assert (one.status, one.hidden) == ("awaiting approval", True)
    assert (one.posts, one.source) == ("other posts", "awaiting approval")
    making.approve_all(project)
    collect_to_release(project, AFTER)
    (one,) = read_release().organisations
    assert (one.status, one.posts, one.source) == ("complete", PUBLISHED["posts"], PUBLISHED["source"])
    assert {key: value for key, value in said(project).items() if "/BME/" not in key} == {
        f"example/{YEAR}/{stage}/{group}/8+": number
        for group, numbers in COUNTS.items()
        for stage, number in zip(("applied", "shortlisted", "appointed"), numbers, strict=True)
    }


@pytest.mark.parametrize("other", ["a number", "the source", "the posts"])
def test_figures_are_approved_as_a_whole_and_anew_where_anything_of_them_is_changed(project, monkeypatch, other):
    declare(project)
    collect_to_release(project, LAST)
    making.approve_all(project)
    if other == "a number":
        monkeypatch.setitem(COUNTS, "Asian", (8, 3, 1))
    declare(project, **{"the source": {"source": "Another report"}, "the posts": {"posts": "ours"}}.get(other, {}))
    collect_to_release(project, AFTER)
    assert said(project) == {}


def test_nobody_of_a_year_that_others_published_is_counted_though_the_setting_is_taken_away(project):
    printed(project)
    before = said(project)
    send_own(project)
    others_send(project, "erewhon")
    for path in (project.raw / "erewhon").glob("*/applications.csv"):  # of whom few are left, so that some are hidden
        path.write_text("\n".join(row for row in path.read_text().splitlines() if ",H," not in row) + "\n")
    collect_to_release(project, LATER)
    members = {one.cell.members for edition in read_editions(project) for one in edition.numbers}
    assert OTHERS in {some[:4] for some in members}
    assert not [some for some in members if "example" in some and len(some) > 1]
    assert {key: value for key, value in said(project).items() if key in before} == before
    example = read_release().organisation("example")
    assert (example.posts, example.source) == (PUBLISHED["posts"], PUBLISHED["source"])
    publication, found = attacked(project)
    read = {one.key: one.value for one in publication.statements}
    assert {key: read[key] for key in before} == before
    assert min(before.values()) == 1
    assert found.hidden
    assert list(found.faults()) == []


def test_a_year_of_which_people_were_counted_is_not_printed_as_others_published_it(project, capsys):
    """Its small numbers could be told by what the partnership's table says of the others."""
    send_own(project)
    others_send(project)
    collect_to_release(project, LAST)
    before = said(project)
    assert any(key.startswith("partnership/") for key in before)
    for path in (project.raw / "example").glob("*-Q*"):
        shutil.rmtree(path)
    declare(project)
    collect_to_release(project, AFTER)
    assert "example: already_published is passed over" in capsys.readouterr().err
    assert [one for one in awaiting(project) if one[0].field == "already_published"] == []
    assert {key: value for key, value in said(project).items() if key in before} == before
    assert not any(value in (1, 2, 3, 4) for key, value in said(project).items() if key.startswith("example/"))
    assert list(attacked(project)[1].faults()) == []


def test_figures_that_waited_until_their_people_were_counted_can_never_be_approved(project, called):
    declare(project)
    collect_to_release(project, LAST)
    send_own(project)
    others_send(project)
    collect_to_release(project, LATER)
    assert any("example" in one.cell.members for edition in read_editions(project) for one in edition.numbers)
    (code,) = re.findall(r"^([0-9a-f]{8}) ", called(project, "approve").stdout, re.MULTILINE)
    refused = called(project, "approve", code, "--role", "Chair of the Equalities Group")
    assert refused.returncode == 1
    assert "people of that year were counted in what was published" in refused.stderr
    assert not (project.releases / "approvals.csv").exists()


def test_the_example_that_comes_with_the_project_is_approved_as_it_stands(project):
    shutil.copytree(HERE / "data" / "raw" / "london-acute-medical", project.raw / "london-acute-medical")
    collect_to_release(project, LATER)
    assert awaiting(project) == []
    (one,) = read_release().organisations
    assert (one.name, one.status) == ("London acute trusts (12 of 18)", "complete")
