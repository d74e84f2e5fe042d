"""Nothing that an organisation wrote reaches a public file before a person has approved it."""

import re
import zipfile
from io import BytesIO

import duckdb

from lt_analysis.codebook.periods import Quarter
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.release import read_release
from lt_analysis.release.approvals import OF_ACTIONS, awaiting
from lt_analysis.release.files import copy_to_report, read_editions
from lt_analysis.rendering.workbook import workbook
from tests import making
from tests.collection.test_commitments import FIRST, promise
from tests.conftest import change_settings
from tests.release.test_actions import pledged, send
from tests.release.test_commitments import sign
from tests.release.test_leadership import pair
from tests.release.test_leadership import send as send_pairs

QUARTER = Quarter.parse("2026-27-Q2")
WRITTEN = (
    *("Dr Jane Invented leads the panels", "The only Black applicant for Band 9 was not appointed"),
    *("Ring 020.7946.0000 for it", "Write to sam (at) example (dot) org", "Plain words", "Mrs Invented, Head of HR"),
    *("Name of the Trust", "posts that Mr Invented counted", "A source that Prof. Invented keeps"),
)
OF_DELIVERY = dict(zip(OF_ACTIONS[2:], (f"Held back {number}" for number in range(len(OF_ACTIONS))), strict=False))
NEVER = "The only executive of her kind"  # the post of somebody in a pair, which no page ever says
PROMISED = {name: f"Promise held back, {name}" for name in ("text", "source", "test")}


def public_words(project) -> str:
    """All that readers can have: pages, the spreadsheet, the release, and its copies as data."""
    release = read_release()
    board = project.notebooks / "board"
    said = [making.page_of(board / "recruitment.ipynb", organisation=one.slug) for one in release.organisations]
    pledging = [one.slug for one in release.organisations if one.delivery]
    said += [making.page_of(board / "delivery.ipynb", organisation=slug) for slug in pledging]
    said.append(making.page_of(board / "delivery.ipynb"))
    said.append(making.page_of(board / "front-page.ipynb", without_page=[], spreadsheet_size=None))
    said.append(making.page_of(board / "data-quality.ipynb"))
    with zipfile.ZipFile(BytesIO(workbook(release))) as sheets:
        said += [sheets.read(name).decode() for name in sheets.namelist()]
    copy_to_report(project, release.quarter)
    for path in (*project.releases.rglob("*"), *project.reports.rglob("*")):
        if path.suffix == ".parquet":
            said += map(str, duckdb.sql(f"FROM '{path}'").fetchall())
        elif path.is_file():
            said.append(path.read_text(encoding="utf-8"))
    return "\n".join(said)


def declare(project, **published):
    """Send figures that others published, small numbers among them."""
    about = {"invented": False, "kind": "published figures", "grades": "totals only"}
    folder = making.organisation(project, "example", already_published={"year": "2020-21"} | published, **about)
    rows = [
        {"grade": "medical", "ethnicity": group, "applied": 4409, "shortlisted": 1307, "offered": number}
        for group, number in (("White", 12), ("Black", 4))
    ]
    making.write_rows(folder / "2020-21" / "stage-totals.csv", rows, tuple(rows[0]))


def test_nothing_that_an_organisation_wrote_is_public_before_it_is_approved(project):
    making.year_of_returns(project)
    change_settings(project, "ashbourne", invented=False, name=WRITTEN[6])
    send(project, "ashbourne", *(pledged(text, owner_role=WRITTEN[5], **OF_DELIVERY) for text in WRITTEN[:5]))
    rows = [pair(number, executive_role=f"{NEVER} {number}", actions_led="P1") for number in range(1, 7)]
    send_pairs(project, "ashbourne", *rows)
    promise(project, FIRST | PROMISED)
    sign(project, 1, ashbourne=QUARTER.last_day)
    declare(project, posts=WRITTEN[7], source=WRITTEN[8])
    collect_to_release(project, QUARTER)
    said = public_words(project)
    assert [text for text in (*WRITTEN, *OF_DELIVERY.values(), *PROMISED.values(), NEVER) if text in said] == []
    assert "Pairs so far: 6" in said and "Version 1 of the pledge stands" in said
    assert "Awaiting approval." in said
    assert "Recruitment to posts at Band 8 and above, April 2025 to March 2026: ashbourne" in said
    making.approve_all(project)
    after = public_words(project)
    assert [text for text in (OF_DELIVERY["reply"], *PROMISED.values()) if text not in after] == []
    assert NEVER not in after and NEVER not in repr(awaiting(project))


def test_figures_that_others_published_are_not_printed_before_somebody_has_approved_them(project):
    making.year_of_returns(project)
    declare(project, posts="medical posts", source="Annual report of the Trust")
    collect_to_release(project, QUARTER)
    numbers = [one for edition in read_editions(project) for one in edition.numbers]
    assert {one.cell.key.who for one in numbers} == {"ashbourne"}
    assert not {"4409", "4,409", "1307", "1,307"} & set(re.findall(r"[\d,]*\d", public_words(project)))
