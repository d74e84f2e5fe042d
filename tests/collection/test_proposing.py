"""What is proposed for a folder without settings can be used once it is filled in, and names nobody."""

import pandas as pd
import pytest
import yaml

from lt_analysis.codebook.returns import RETURNS, STAGE_NEEDS
from lt_analysis.collection.finding import find_returns
from lt_analysis.collection.proposing import TO_FILL_IN, propose, with_likely_name
from tests import making
from tests.collection.reading.test_received import as_xlsx
from tests.collection.test_collect import PERSONAL, only_receipt
from tests.making import application

THEIRS = {
    "vacancy": "Vacancy Ref.",
    "advertised_on": "Date Advertised",
    "closed_on": "Closing Date",
    "grade": "Pay Band",
    "applicant": "Candidate ID",
    "ethnicity": "Ethnic Origin",
    "sex": "Gender",
    "applied_on": "Application Date",
    "shortlisted_on": "Date Shortlisted",
    "interviewed_on": "Interview Date",
    "offered_on": "Offer Date",
    "religion": "Religion or Belief",
}


@pytest.fixture
def first_return(project):
    """A first return with headings and words of its own, titles above it, and a column of names."""
    rows = [application(applicant=f"A{place}", grade="Spine 9", sex="Woman") for place in range(6)]
    rows[0] |= {"sex": PERSONAL}
    header = [THEIRS.get(name, name) for name in making.COLUMNS]
    lines = [",".join(header), *(",".join(str(row[name]) for name in making.COLUMNS) for row in rows)]
    text = "Applications, quarter 2\n\n" + "\n".join(f"{line},{PERSONAL}" for line in lines).replace(
        PERSONAL, "Surname", 1
    )
    path = project.raw / "ashbourne" / "2026-27-Q2" / "applications.csv"
    path.parent.mkdir(parents=True)
    path.write_text(text + "\n", encoding="utf-8")
    return project


def test_own_headings_and_words_are_proposed_and_nobody_is_quoted(first_return):
    proposed = propose(first_return, "ashbourne")
    settings = yaml.safe_load(proposed)
    assert settings["headings"] == {heading: column for column, heading in THEIRS.items()}
    assert settings["values"] == {"grade": {"Spine 9": TO_FILL_IN}}
    assert settings["grades"] == "agenda for change"
    assert "# Could not be placed: 'Surname'" in proposed
    assert PERSONAL not in proposed


def test_once_filled_in_the_proposal_takes_the_return_in(first_return):
    settings = yaml.safe_load(propose(first_return, "ashbourne"))
    settings |= {"name": "Ashbourne", "kind": "acute trust", "values": {"grade": {"Spine 9": "8b"}}}
    (first_return.raw / "ashbourne" / "organisation.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    receipt = only_receipt(first_return)
    assert (receipt.accepted, receipt.unread, receipt.set_aside) == (6, 1, 1)
    assert [(problem.row, problem.column) for problem in receipt.problems] == [(4, "sex")]


def test_check_proposes_settings_where_there_are_none_and_writes_nothing(first_return, called):
    said = called(first_return, "check", "ashbourne")
    assert said.returncode == 1
    assert "ashbourne/organisation.yml: there is no such file. Put there what follows" in said.stdout
    assert "Run `lt-analysis check" not in said.stdout
    assert yaml.safe_load(said.stdout.split("# Proposed", 1)[1].split("\n", 1)[1])["invented"] is False
    assert not (first_return.raw / "ashbourne" / "organisation.yml").exists()
    assert PERSONAL not in said.stdout


def test_a_header_that_lacks_a_column_is_answered_with_the_heading_that_may_stand_for_it(first_return):
    settings = {"name": "Ashbourne", "kind": "acute trust", "invented": True, "grades": "agenda for change"}
    (first_return.raw / "ashbourne" / "organisation.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    message = str(only_receipt(first_return).refusal)
    assert "row 3, column vacancy: the header has no vacancy, advertised_on" in message
    assert "Perhaps vacancy ref. for vacancy, date advertised for advertised_on" in message
    assert "date shortlisted for shortlisted_on" in message


def test_files_that_cannot_be_read_are_named(project):
    path = project.raw / "ashbourne" / "2026-27-Q2" / "applications.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")
    assert "# Could not be read: ashbourne/2026-27-Q2/applications.csv: the file is empty" in propose(
        project, "ashbourne"
    )


# Headings of the NHS Business Services Authority's extract of NHS Jobs (foi-03121), and of the Electronic Staff Record.
TWO_HEADINGS = {
    ("Vacancy ID", "Vacancy Ref Number"): "vacancy",
    ("Pay Grade", "Pay Scale Description"): "grade",
    ("Applicant ID", "Applicant Reference"): "applicant",
    ("Ethnic Origin", "ethnicity"): "ethnicity",
}


@pytest.mark.parametrize("headings", TWO_HEADINGS, ids=lambda some: some[0])
def test_no_two_headings_are_proposed_for_one_column(project, headings):
    column = TWO_HEADINGS[headings]
    rows = [application(applicant=f"A{place}") | dict.fromkeys(headings, "8a") for place in range(6)]
    names = [name for name in making.COLUMNS if name != column]
    path = project.raw / "ashbourne" / "2026-27-Q2" / "applications.csv"
    making.write_rows(path, rows, (*headings, *names))
    proposed = propose(project, "ashbourne")
    settings = yaml.safe_load(proposed)
    placed = [*settings.get("headings", {}).values(), *({column} & set(headings))]
    assert placed.count(column) == 1
    assert f"# Also for {column}, of which one heading is enough: " in proposed
    settings |= {"name": "Ashbourne", "kind": "community trust", "values": {}}
    (project.raw / "ashbourne" / "organisation.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    assert "both stand for it" not in str(only_receipt(project).refusal)


def test_the_kinds_of_organisation_and_the_columns_that_are_missing_are_named_at_once(project):
    path = project.raw / "ashbourne" / "2026-27-Q2" / "stage-totals.csv"
    making.write_rows(path, [{"Ethnic Group": "White", "Applied": 9}], ("Ethnic Group", "Applied", "Shortlisted"))
    proposed = propose(project, "ashbourne")
    assert "ambulance trust" in proposed and "community trust" in proposed and "other\n" in proposed
    assert "# No heading was found for grade of stage-totals, which is needed" in proposed
    assert "# No heading was found for offered of stage-totals, which is needed" in proposed


def test_totals_without_grades_are_told_how_to_say_of_which_posts_they_are(project):
    making.organisation(project, "ashbourne", grades="totals only")
    path = project.raw / "ashbourne" / "2026-27-Q2" / "stage-totals.csv"
    making.write_rows(path, [], ("ethnicity", "applied", "shortlisted", "offered"))
    assert "Add a column grade, with 8+ in rows about Band 8 and above together" in str(only_receipt(project).refusal)


def test_who_runs_no_campaigns_declares_it_once_and_needs_no_column(project):
    """Without the column, with empty cells, and with a campaign after all, which stands apart and is said."""
    path = project.raw / "ashbourne" / "2026-27-Q2" / "applications.csv"
    columns = tuple(name for name in making.COLUMNS if name != "campaign")
    rows = [application(applicant="A1", campaign=""), application(applicant="A2", vacancy="V2", campaign="Bulk")]
    making.write_rows(path, rows, columns)
    assert "`campaigns: none` in organisation.yml says so" in propose(project, "ashbourne")
    making.organisation(project, "ashbourne")
    assert "`campaigns: none` in organisation.yml says so. Say which" in str(only_receipt(project).refusal)
    making.organisation(project, "ashbourne", campaigns="none")
    declared = "the organisation declares that it runs no international or bulk campaigns"
    assert only_receipt(project).accepted == 2
    assert declared in only_receipt(project).read.remarks
    making.write_rows(path, rows)
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.problems) == (2, ())
    assert f"{declared}, and 1 rows are of one: they stand apart" in receipt.read.remarks
    kept = pd.read_parquet(project.records / "applications" / "ashbourne" / "2026-27-Q2.parquet")
    assert dict(zip(kept["vacancy"], kept["campaign"], strict=True)) == {"V1": "none", "V2": "bulk"}


def test_two_headings_that_clash_are_both_named(project):
    making.organisation(project, "ashbourne", headings={"Vacancy ID": "vacancy"})
    path = project.raw / "ashbourne" / "2026-27-Q2" / "applications.csv"
    making.write_rows(path, [application()], ("Vacancy ID", *making.COLUMNS))
    assert "the headings 'Vacancy ID' and 'vacancy' both stand for it" in str(only_receipt(project).refusal)


def test_columns_that_decide_no_figure_may_be_left_out(project):
    left_out = ("interviewed_on", "declined_on", "started_on", "repost_of", "sex", "home_borough", "staff_group")
    making.organisation(project, "ashbourne")
    path = project.raw / "ashbourne" / "2026-27-Q2" / "applications.csv"
    making.write_rows(path, [application()], tuple(name for name in making.COLUMNS if name not in left_out))
    assert only_receipt(project).accepted == 1


INVENTED = {
    "vacancy": "Post no",
    "advertised_on": "Went live",
    "closed_on": "Shut",
    "grade": "Grading",
    "applicant": "Person no",
    "campaign": "Drive",
    "ethnicity": "Heritage",
    "applied_on": "Sent in",
    "eligible_on": "Through sift",
    "shortlisted_on": "On short list",
    "interviewed_on": "Met panel",
    "offered_on": "Chosen",
}


@pytest.fixture
def invented(project):
    """A first return of which every heading is of the sender's own invention, and some words too."""
    people = [("C", 4), *[("Bangla", 3)] * 3, *[("Zog", 1)] * 2]
    rows = [row for name in range(4) for row in making.vacancy(making.parse_period("2026-27-Q2"), f"V{name}", people)]
    rows[4]["ethnicity"] = PERSONAL
    path = project.raw / "ashbourne" / "2026-27-Q2" / "applications.csv"
    named = [{heading: row[column] for column, heading in INVENTED.items()} | {"Surname": PERSONAL} for row in rows]
    making.write_rows(path, named, (*INVENTED.values(), "Surname"))
    return project


def test_headings_of_somebodys_own_invention_are_guessed_and_their_words_counted_at_once(invented, called):
    said = called(invented, "check", "ashbourne").stdout
    settings = yaml.safe_load(said.split("# Proposed", 1)[1].split("\n", 1)[1])
    assert settings["headings"] == {heading: column for column, heading in INVENTED.items()}
    assert settings["values"] == {"ethnicity": {"Bangla": TO_FILL_IN, "Zog": TO_FILL_IN}}
    assert "# Guessed, and to be checked before any other: 'Chosen' for offered_on" in said
    assert "# Not known: 12 rows hold 'Bangla' in ethnicity" in said
    assert "# Not known: 1 rows hold other words in ethnicity, each in few of them" in said
    assert PERSONAL not in said and "'Surname'" in said


def test_a_newcomer_comes_to_records_with_one_failed_check(invented):
    settings = yaml.safe_load(propose(invented, "ashbourne"))
    settings |= {"name": "Ashbourne", "kind": "acute trust", "values": {"ethnicity": {"Bangla": "K", "Zog": "S"}}}
    (invented.raw / "ashbourne" / "organisation.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    receipt = only_receipt(invented)
    assert (receipt.accepted, receipt.refusal) == (24, None)


@pytest.fixture(params=["Status", "Outcome", "Where it ended"])
def only_a_status(project, request):
    """A first return that has one column of statuses, under a heading of its own, and no date of a stage."""
    stages = ("Shortlisted", "Applied", "Offered")
    rows = [application(applicant=f"A{place}") | {request.param: stages[place % 3]} for place in range(6)]
    columns = tuple(name for name in making.COLUMNS if name not in STAGE_NEEDS)
    making.write_rows(project.raw / "ashbourne" / "2026-27-Q2" / "applications.csv", rows, (*columns, request.param))
    return project, request.param


def test_a_column_that_says_how_far_each_came_is_proposed_where_no_stage_has_a_date(only_a_status):
    project, heading = only_a_status
    proposed = propose(project, "ashbourne")
    settings = yaml.safe_load(proposed)
    assert settings["headings"] == {heading: "application_status"}
    assert "which is needed" not in proposed
    making.organisation(project, "ashbourne")
    perhaps = f"Perhaps {heading.lower()} for application_status? " in str(only_receipt(project).refusal)
    assert perhaps == (heading == "Status")  # the one of them that systems write
    making.organisation(project, "ashbourne", headings=settings["headings"])
    assert (only_receipt(project).accepted, only_receipt(project).refusal) == (6, None)


@pytest.mark.parametrize("heading", ["Surname", "Candidate name", "Applicant e-mail", "Post code", "Offer notes"])
def test_a_column_that_names_people_is_guessed_to_be_nothing(project, heading):
    rows = [application(applicant=f"A{place}") | {heading: f"{PERSONAL} {place}"} for place in range(6)]
    path = project.raw / "ashbourne" / "2026-27-Q2" / "applications.csv"
    columns = tuple(name for name in making.COLUMNS if name not in ("applicant", "vacancy", "offered_on"))
    making.write_rows(path, rows, (*columns, heading))
    proposed = propose(project, "ashbourne")
    assert heading not in yaml.safe_load(proposed).get("headings", {})
    assert f"# Could not be placed: '{heading}'" in proposed


def test_totals_are_placed_and_without_grades_are_told_what_to_add(project):
    path = project.raw / "ashbourne" / "2026-27-Q2" / "stage-totals.csv"
    columns = ("Ethnic Group", "Applicants", "Shortlisted", "Appointed")
    making.write_rows(path, [dict(zip(columns, ("White", 9, 5, 1), strict=True))], columns)
    proposed = propose(project, "ashbourne")
    placed = {"Ethnic Group": "ethnicity", "Applicants": "applied", "Appointed": "offered"}
    assert yaml.safe_load(proposed)["headings"] == placed
    assert "# Add a column grade, with 8+ in rows about Band 8 and above together" in proposed


def test_of_a_folder_without_returns_nothing_is_proposed(project):
    (project.raw / "ashbourne").mkdir(parents=True)
    proposed = propose(project, "ashbourne")
    assert yaml.safe_load(proposed)["grades"] == TO_FILL_IN
    assert "# There is no return in the folder yet" in proposed


def test_a_file_of_another_name_is_told_the_name_that_its_headings_tell(project, called):
    """Headings that systems write and headings of somebody's own, a workbook and text; of one nothing can be told."""
    folder = making.organisation(project, "ashbourne") / "2026-27-Q2"
    folder.mkdir()
    row = [PERSONAL] * len(INVENTED)
    (folder / "recruitment log.xlsx").write_bytes(as_xlsx([[["A title"], [*INVENTED.values()], row]]))
    making.write_rows(folder / "log.tsv", [dict.fromkeys(THEIRS.values(), PERSONAL)], (*THEIRS.values(),))
    staff = ("Employee Number", "Pay Band", "Clinical / Non Clinical", "Start Date", "Ethnic Origin", "Surname")
    making.write_rows(folder / "Staff 2026.CSV", [dict.fromkeys(staff, PERSONAL)], staff)
    making.write_rows(folder / "Rota.csv", [{"Week": PERSONAL, "Ward": 2}], ("Week", "Ward"))
    said = called(project, "check", "ashbourne").stdout
    told = {line.split("/")[2].split(":")[0]: line.split("Call it ")[1] for line in said.splitlines() if "Call" in line}
    assert told.pop("Rota.csv").startswith("applications.csv if a row is an application, or by what else it holds: ")
    assert told == {
        "recruitment log.xlsx": "applications.xlsx: its headings are most like those of applications",
        "log.tsv": "applications.tsv: its headings are most like those of applications",
        "Staff 2026.CSV": "staff.csv: its headings are most like those of staff",
    }
    assert PERSONAL not in said


@pytest.mark.parametrize("kind", RETURNS, ids=lambda kind: kind.name)
def test_a_file_with_the_columns_of_a_return_is_told_to_be_called_as_that(project, kind):
    path = project.raw / "ashbourne" / "2026-27-Q2" / "extract.csv"
    for columns in (kind.column_names, [column.name for column in kind.columns if column.required]):
        making.write_rows(path, [], (*columns,))
        told = with_likely_name(project, find_returns(project, "ashbourne")[1][0])
        assert told.remedy == f"Call it {kind.name}.csv: its headings are most like those of {kind.name}"
