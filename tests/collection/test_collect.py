"""Returns taken in: every row accounted for, kept as it should be, and nothing of a person told."""

from datetime import date

import duckdb
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lt_analysis.collection.collect import check_return, collect_organisation, record_path
from lt_analysis.collection.finding import find_returns
from lt_analysis.collection.organisation import read_organisation
from lt_analysis.collection.receipts import open_audit
from tests import making
from tests.making import application, write_rows

PERSONAL = "Ms-Quoted-Never"
HEADER = ",".join(making.COLUMNS)


def collected(project, slug="ashbourne"):
    with open_audit(":memory:") as connection:
        return collect_organisation(connection, project, slug, date.max)


def only_receipt(project):
    (receipt,) = collected(project).receipts
    return receipt


def send(project, rows, name="applications.csv", period="2026-27-Q2", columns=making.COLUMNS, **organisation):
    folder = making.organisation(project, "ashbourne", **organisation)
    return write_rows(folder / period / name, rows, columns)


def test_dates_of_any_type_in_parquet_are_dates(project):
    path = send(project, [application()])
    duckdb.sql(
        f"""COPY (SELECT * REPLACE (closed_on::TIMESTAMP AS closed_on, applied_on::DATE AS applied_on)
            FROM read_csv('{path}', all_varchar = true)) TO '{path.with_suffix(".parquet")}' (FORMAT parquet)"""
    )
    path.unlink()
    assert only_receipt(project).accepted == 1


def test_a_row_with_two_problems_counts_with_what_can_be_read_of_it(project):
    send(project, [application(), application(applicant="A2", sex="?", religion="?")])
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.rejected, receipt.unread) == (2, 0, 1)
    assert {problem.column for problem in receipt.problems} == {"sex", "religion"}


def test_an_empty_characteristic_is_not_known_and_no_error(project):
    send(project, [application(ethnicity="", sex="", disability="")])
    assert only_receipt(project).accepted == 1
    (path,) = project.records.rglob("*.parquet")
    assert duckdb.sql(f"SELECT ethnicity, sex, disability FROM '{path}'").fetchall() == [
        ("99", "not known", "not known")
    ]


def kept(project):
    """The kept records of the only return, as columns."""
    (path,) = project.records.rglob("*.parquet")
    return duckdb.sql(f"FROM '{path}'").df().to_dict("list")


def test_words_for_codes_and_dates_as_people_write_them_are_the_same_records(project):
    plain = [application(applicant="A1"), application(applicant="A2", ethnicity="CP", disability="prefer not to say")]
    send(project, plain)
    assert only_receipt(project).accepted == 2
    expected = kept(project)
    worded = [
        application(applicant="A1", ethnicity="White - British", grade="NHS|XR08|Review Body Band 8 - Range A"),
        application(applicant="A2", ethnicity="CP - White Polish", grade="Band 8a", disability="Not Declared"),
    ]
    for row, closed in zip(worded, ("21/07/2026", "21 July 2026"), strict=True):
        row |= {
            "sex": "F",
            "sexual_orientation": "Heterosexual or Straight",
            "closed_on": closed,
            "religion": "Atheism",
        }
        row |= {"advertised_on": "2026-07-07 00:00:00", "grade": "Band 8a", "campaign": "None", "age_band": "35 to 44"}
    send(project, worded)
    assert only_receipt(project).accepted == 2
    assert kept(project) == expected


def test_an_organisation_says_what_its_own_words_mean(project):
    row = application(ethnicity="Bangla", grade="Spine 9", campaign="Overseas drive")
    send(project, [row])
    assert {problem.column for problem in only_receipt(project).problems} == {"ethnicity", "grade"}
    assert "1 of 1 rows do not count" in str(only_receipt(project).refusal)
    own = {"ethnicity": {"bangla": "K"}, "grade": {"SPINE 9": "8b"}, "campaign": {"Overseas  drive": "international"}}
    send(project, [row], values=own)
    assert only_receipt(project).accepted == 1
    found = kept(project)
    assert (found["ethnicity"], found["band"], found["campaign"]) == (["K"], ["8b"], ["international"])


def test_doctors_are_accepted_and_named_and_a_band_that_is_not_told_is_not_guessed(project):
    send(project, [application(grade="Consultant"), application(applicant="A2", vacancy="V2", grade="Band 8")])
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.rejected) == (1, 1)
    assert kept(project)["band"] == ["medical"]
    assert [problem.column for problem in receipt.problems] == ["grade"]


def test_the_same_rows_are_the_same_records_whatever_the_format(project):
    rows = [application(applicant=f"A{place}", ethnicity=code) for place, code in enumerate(("A", "N", ""))]
    csv_path = send(project, rows)
    records = []
    for suffix in ("csv", "parquet", "xlsx"):
        path = csv_path.with_suffix(f".{suffix}")
        if suffix == "parquet":
            duckdb.sql(f"COPY (FROM read_csv('{csv_path}', all_varchar = true)) TO '{path}' (FORMAT parquet)")
        if suffix == "xlsx":
            _write_xlsx(path, rows)
        for other in path.parent.iterdir():
            if other not in (path, csv_path):
                other.unlink()
        if suffix != "csv":
            csv_path.rename(csv_path.with_name(".kept"))
        receipt = only_receipt(project)
        assert (receipt.received, receipt.accepted) == (3, 3)
        records.append(duckdb.sql(f"FROM '{record_path(project, receipt.found)}'").fetchall())
        if suffix != "csv":
            csv_path.with_name(".kept").rename(csv_path)
    assert records[0] == records[1] == records[2]


def _write_xlsx(path, rows):
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, making.COLUMNS)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, [row[name] for name in making.COLUMNS])


def test_columns_that_the_audit_does_not_use_are_left_out_and_named(project):
    send(project, [application() | {"E-mail": PERSONAL}], columns=(*making.COLUMNS, "E-mail"))
    receipt = only_receipt(project)
    assert receipt.left_out == ("E-mail",)
    assert PERSONAL.encode() not in record_path(project, receipt.found).read_bytes()


def test_records_can_be_opened_by_their_owner_only(project):
    send(project, [application()])
    path = record_path(project, only_receipt(project).found)
    assert path.stat().st_mode & 0o077 == 0
    for folder in (project.processed, project.records, path.parent):
        assert folder.stat().st_mode & 0o077 == 0


def test_a_salary_is_placed_by_the_pay_of_its_own_year_and_area(project):
    # 2026-27, inner London adds 8,746: band 7 starts at 49,387 + 8,746 = 58,133, 8a at 66,274, 8b at 75,328.
    salaries = {"58132": "below 8a", "58133": "7", "66273": "7", "66274": "8a", "75328": "8b", "30000": "below 8a"}
    rows = [application(vacancy=f"V{pay}", applicant=pay, salary_minimum=pay) for pay in salaries]
    send(project, rows, columns=SALARIED, grades="salary", high_cost_area="inner")
    found = duckdb.sql(f"SELECT applicant, band FROM '{record_path(project, only_receipt(project).found)}'").fetchall()
    assert dict(found) == salaries


SALARIED = tuple("salary_minimum" if name == "grade" else name for name in making.COLUMNS)


def test_an_inner_london_band_7_salary_is_not_taken_for_band_8_though_it_is_above_the_national_minimum(project):
    # The trap, 2025-26: the top of Band 7 with inner London's supplement, 54,710 + 8,466 = 63,176, is above the
    # national minimum of 8a, 55,690, and below inner London's, 64,156.
    row = application(salary_minimum="63176", advertised_on="2026-03-20")
    send(project, [row], columns=SALARIED, grades="salary", high_cost_area="inner")
    assert only_receipt(project).accepted == 1
    assert kept(project)["band"] == ["7"]


def test_an_organisations_own_grades_come_before_salaries_and_hold_for_their_own_year(project):
    graded = [*SALARIED, "grade"]
    grades = {"2026-27": {"PO 8": "8a", "Grade 'X'": "below 8a"}, "2025-26": {"PO 8": "7"}}
    rows = [
        application(vacancy="V1", applicant="own", grade="po-8", salary_minimum=""),
        application(vacancy="V2", applicant="last year's", grade="PO 8", salary_minimum="", advertised_on="2026-03-20"),
        application(vacancy="V3", applicant="high salary", grade="Grade 'X'", salary_minimum="99999"),
        application(vacancy="V4", applicant="not listed", grade="PO 9", salary_minimum="66274"),
        application(vacancy="V5", applicant="nothing", grade="PO 9", salary_minimum=""),
    ]
    about = {"grades": "salary", "high_cost_area": "inner", "equivalent_grades": grades}
    send(project, rows, columns=graded, **about)
    receipt = only_receipt(project)
    assert [(problem.row, problem.reason) for problem in receipt.problems] == [(6, "the post's pay cannot be placed")]
    found = kept(project)
    assert dict(zip(found["applicant"], found["band"], strict=True)) == {
        "own": "8a",
        "last year's": "7",
        "high salary": "below 8a",
        "not listed": "8a",
    }


def test_a_range_of_pay_that_reaches_8a_from_below_is_told_and_counts_below(project):
    # 8a starts at 66,274 in inner London in 2026-27.
    ranges = {"reaches": ("60000", "66274"), "below": ("60000", "66273"), "above": ("66274", "70000")}
    rows = [
        application(vacancy=name, applicant=name, salary_minimum=low, salary_maximum=high)
        for name, (low, high) in ranges.items()
    ]
    columns = (*SALARIED, "salary_maximum")
    send(project, rows, columns=columns, grades="salary", high_cost_area="inner")
    told = "pay that begins below Band 8a and reaches it, counted below: 1 of the vacancies"
    assert told in only_receipt(project).read.remarks
    found = kept(project)
    assert dict(zip(found["applicant"], found["straddles"], strict=True)) == {
        "reaches": True,
        "below": False,
        "above": False,
    }
    assert found["band"] == ["7", "7", "8a"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300), headed=st.booleans())
def test_no_file_whatever_gives_anything_but_a_receipt(project, content, headed):
    path = send(project, [])
    path.write_bytes((HEADER.encode() + b"\n" if headed else b"") + content)
    organisation = read_organisation(project.raw / "ashbourne")
    ((found,), _) = find_returns(project, "ashbourne")
    with open_audit(":memory:") as connection:
        receipt = check_return(connection, project, found, organisation)
    assert receipt.received == receipt.accepted + receipt.rejected + receipt.set_aside
    assert receipt.refusal or receipt.accepted


def test_the_records_of_a_return_that_was_withdrawn_or_replaced_do_not_stay(project):
    path = send(project, [application(), application(applicant="A2")])
    kept = path.read_bytes()
    with open_audit(str(project.root / "audit.duckdb")) as connection:
        accepted = []
        for content, name in ((kept, "applications.csv"), (b"", ""), (kept, "applications.csv")):
            path.unlink(missing_ok=True)
            if name:
                path.with_name(name).write_bytes(content)
            receipts = collect_organisation(connection, project, "ashbourne", date.max).accepted
            accepted.append([receipt.accepted for receipt in receipts])
            assert len(list(project.records.rglob("*.parquet"))) == len(receipts)
    assert accepted == [[2], [], [2]]


def test_a_strange_file_keeps_none_of_its_period_from_being_read(project):
    path = send(project, [application()])
    for name in ("notes.docx", "desktop.ini", "stafff.csv", "Thumbs.db"):
        path.with_name(name).write_bytes(b"")
    found = collected(project)
    assert [receipt.accepted for receipt in found.receipts] == [1]
    assert [fault.file.split("/")[-1] for fault in found.faults] == ["notes.docx", "stafff.csv"]


def test_records_of_which_a_later_file_is_refused_do_not_count_and_are_kept(project):
    path = send(project, [application()])
    with open_audit(str(project.root / "audit.duckdb")) as connection:
        (first,) = collect_organisation(connection, project, "ashbourne", date.max).receipts
        path.write_text("nothing of a return", encoding="utf-8")
        (second,) = collect_organisation(connection, project, "ashbourne", date.max).receipts
    assert second.refusal
    assert not record_path(project, first.found).exists()
    assert [kept.stem[:16] for kept in project.replaced.rglob("*.parquet")] == [first.found.sha256[:16]]
