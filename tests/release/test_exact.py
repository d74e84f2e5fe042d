"""What became of an organisation's returns, through the real audit: collected, written, read back."""

import duckdb
import pytest

from lt_analysis.codebook.measures import APPOINTMENT, SHORTLISTING
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.release.exact import read_data_quality, read_exact
from lt_analysis.release.figures import FileReceipt, Finding, KnownEthnicity, State, Status
from tests import making

SECOND = Quarter.parse("2026-27-Q2")
FILE = "ashbourne/2026-27-Q2/applications.csv"
MANY = [("A", 1)] * 14 + [("N", 1)] * 6


def sent(project, rows, columns=making.COLUMNS, period="2026-27-Q2", slug="ashbourne"):
    making.organisation(project, slug)
    return making.write_rows(project.raw / slug / period / "applications.csv", rows, columns)


def quality(project, slug="ashbourne"):
    collect_to_release(project, SECOND)
    return read_data_quality(slug)


def test_every_row_is_accounted_for_and_columns_left_out_are_named(project):
    rows = making.vacancy(SECOND, "V1", MANY, shift="nights")
    rows[3]["sex"] = "?"
    path = sent(project, rows, columns=(*making.COLUMNS, "shift"))
    path.write_text(path.read_text(encoding="utf-8") + "Prepared by the people team\n", encoding="utf-8")
    assert quality(project).receipts == (FileReceipt(FILE, 21, 20, 0, 1, left_out=("shift",), unread=1),)


def test_a_fault_is_told_once_with_the_number_of_its_rows_and_the_first_of_them(project):
    rows = making.vacancy(SECOND, "V1", MANY)
    for row in rows[:7]:
        row["sex"] = "Ms-Quoted-Never"
    rows[9]["religion"] = "?"
    sent(project, rows)
    most, least = quality(project).rejected
    assert (most.file, most.column, most.rows, most.first_rows) == (FILE, "sex", 7, (2, 3, 4, 5, 6))
    assert (least.column, least.rows, least.first_rows) == ("religion", 1, (11,))
    assert most.reason == "the audit has no such code"
    assert "Quoted" not in str(most) + str(least)


def test_no_exact_file_of_what_is_wrong_holds_a_cell(project):
    sent(project, making.vacancy(SECOND, "V1", MANY) + [making.application(sex="Ms-Quoted-Never")])
    quality(project)
    for path in (project.exact / str(SECOND)).glob("re*.parquet"):
        assert b"Quoted" not in path.read_bytes(), path.name


def test_a_refused_file_a_stray_one_and_what_looks_odd_are_told(project):
    people = [("A", 1)] * 14 + [("Z", 1)] * 6
    folder = sent(project, making.vacancy(SECOND, "V1", people)).parent.parent
    (folder / "2026-27-Q1").mkdir()
    (folder / "2026-27-Q1" / "applications.csv").write_text("")
    (folder / "old").mkdir()
    found = quality(project)
    assert [one.file for one in found.refused] == ["ashbourne/old", "ashbourne/2026-27-Q1/applications.csv"]
    assert found.refused[1] == Finding(
        "ashbourne/2026-27-Q1/applications.csv", None, "the file is empty", "Send it again with its header and rows"
    )
    assert [(one.file, one.column) for one in found.odd] == [(FILE, "ethnicity")]
    assert "not known of 6 of 20" in found.odd[0].reason


def test_an_organisation_whose_settings_cannot_be_read_is_told_why(project):
    sent(project, [making.application()])
    making.organisation(project, "ashbourne", colour="red")
    sent(project, [making.application()], slug="beeches")
    found = quality(project)
    assert (found.name, found.receipts) == ("ashbourne", ())
    assert [one.file for one in found.refused] == ["ashbourne/organisation.yml"]


def test_what_was_withdrawn_or_sent_again_is_told_no_more(project):
    rows = making.vacancy(SECOND, "V1", MANY)
    wrong = [dict(row, sex="?") if place < 3 else row for place, row in enumerate(rows)]
    before = [row | {"vacancy": "V0"} for row in making.vacancy(SECOND.previous, "V0", MANY)]
    old = sent(project, before, period="2026-27-Q1")
    sent(project, wrong)
    first = quality(project)
    assert (len(first.receipts), len(first.rejected)) == (2, 1)
    sent(project, rows)
    old.unlink()
    assert [(one.file, one.rejected) for one in quality(project).receipts] == [(FILE, 0)]
    assert quality(project).rejected == ()


def test_ethnicity_is_known_of_those_who_stated_it_return_by_return(project):
    sent(project, making.vacancy(SECOND.previous, "V0", [("A", 1), ("Z", 1), ("99", 1)]), period="2026-27-Q1")
    people = [*MANY, ("Z", 1), ("", 1), ("N", 0)]  # the last was not found eligible
    below = making.vacancy(SECOND, "V2", [("Z", 1)], grade="7")
    sent(project, making.vacancy(SECOND, "V1", people) + below)
    assert quality(project).ethnicity == (KnownEthnicity(SECOND.previous, 3, 1), KnownEthnicity(SECOND, 22, 20))


def test_returns_that_are_missing_are_named(project):
    folder = making.year_of_returns(project)
    (folder / "2025-26-Q3" / "applications.csv").unlink()
    assert quality(project).missing == ("2025-26-Q3", "2026-27-Q2")
    making.year_of_returns(project)
    assert quality(project).missing == ("2026-27-Q2",)


def test_a_quarter_that_was_run_before_says_what_to_do(project):
    sent(project, [making.application()])
    quality(project)
    (project.exact / str(SECOND) / "taken_in.parquet").unlink()
    with pytest.raises(ValueError, match="Run it again: lt-analysis run --period 2026-27-Q2"):
        read_data_quality("ashbourne")


def test_an_unknown_organisation_is_named_with_those_there_are(project):
    sent(project, [making.application()])
    quality(project)
    with pytest.raises(ValueError, match=r"'\.\./x' is not an organisation of 2026-27-Q2. Choose one of: ashbourne"):
        read_data_quality("../x")


def exact(project):
    """A year, and a quarter of one vacancy, read back exactly."""
    making.write_rows(project.raw / FILE, making.vacancy(SECOND, "V1", [("A", 4), ("B", 3), ("N", 3), ("H", 1)]))
    collect_to_release(project, SECOND)
    return read_exact("ashbourne")


def counts_of(figures, group="BME"):
    return [figures.stage(measure, group).likelihood for measure in (SHORTLISTING, APPOINTMENT)]


def test_the_exact_year_stands_beside_the_exact_quarter(project):
    making.year_of_returns(project)
    found = exact(project)
    assert (found.year.span, found.figures.span) == (FinancialYear(2025), SECOND)
    assert (found.year.status, found.year.state) == (Status.COMPLETE, State.RESTRICTED)
    # 24 vacancies of 6 White and 5 BME applicants, 3 and 2 shortlisted; in every second one a BME person is appointed.
    assert counts_of(found.year) == [RelativeLikelihood(72, 144, 48, 120), RelativeLikelihood(12, 72, 12, 48)]
    assert counts_of(found.figures) == [RelativeLikelihood(2, 2, 1, 2), RelativeLikelihood(1, 2, 0, 1)]
    # At each shortlist of 5 with 2 BME people one is appointed: 24 * 2/5.
    assert found.year.stage(APPOINTMENT).exactly.expected == pytest.approx(9.6)
    assert found.year.groups == found.figures.groups == ("BME", "Mixed", "Asian", "Black", "Other")


@pytest.mark.parametrize(
    ("contents", "status", "named"),
    [(None, Status.INCOMPLETE, {"missing": ("2025-26-Q3",)}), ("", Status.REFUSED, {"refused": ("2025-26-Q3",)})],
)
def test_of_an_exact_year_that_is_not_complete_nothing_is_counted_and_what_lacks_is_named(
    project, contents, status, named
):
    path = making.year_of_returns(project) / "2025-26-Q3" / "applications.csv"
    path.unlink() if contents is None else path.write_text(contents)
    year = exact(project).year
    assert year.status == status
    assert {"missing": year.missing, "refused": year.refused} == {"missing": (), "refused": ()} | named
    assert counts_of(year) == [None, None]
    assert all(stage.hidden and stage.expected is None and stage.exactly is None for stage in year.stages)


def test_an_organisation_that_sent_nothing_before_is_told_what_its_year_lacks(project):
    making.organisation(project, "ashbourne")
    year = exact(project).year
    assert (year.status, year.missing) == (Status.INCOMPLETE, tuple(f"2025-26-Q{number}" for number in (1, 2, 3, 4)))


def test_a_year_that_others_published_is_of_other_posts_and_no_exact_year(project):
    about = {"year": "2025-26", "posts": "medical posts", "source": "BMJ 2026, table 2"}
    folder = making.organisation(project, "ashbourne", invented=False, already_published=about)
    rows = [
        {"grade": "8+", "ethnicity": group, "applied": 900, "shortlisted": 300, "offered": 90}
        for group in ("White", "BME")
    ]
    making.write_rows(folder / "2025-26" / "stage-totals.csv", rows, tuple(rows[0]))
    found = exact(project)
    assert found.year is None
    assert found.figures.status == Status.COMPLETE


def test_an_exact_quarter_that_was_run_before_years_were_kept_says_what_to_do(project):
    making.organisation(project, "ashbourne")
    exact(project)
    path = project.exact / str(SECOND) / "organisations.parquet"
    names = "organisation, name, kind, invented, span, missing"
    before = duckdb.from_parquet(str(path)).project(names).fetchall()
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE before (organisation TEXT, name TEXT, kind TEXT, invented BOOL, span TEXT, missing TEXT[])"
        )
        connection.executemany(f"INSERT INTO before ({names}) VALUES (?, ?, ?, ?, ?, ?)", before)
        connection.execute(f"COPY before TO '{path}' (FORMAT parquet)")
    with pytest.raises(ValueError, match="Run it again: lt-analysis run --period 2026-27-Q2"):
        read_exact("ashbourne")
