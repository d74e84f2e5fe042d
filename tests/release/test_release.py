"""What passes the weir, through the real audit: collected, counted, estimated, released, read back."""

import csv
import shutil
from dataclasses import replace

import pytest

from lt_analysis.codebook.measures import APPOINTMENT, OVERALL, SHORTLISTING
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter, parse_period
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.release import read_release
from lt_analysis.release.exact import read_exact
from lt_analysis.release.figures import Expected, State, Status, UnknownApplicants
from lt_analysis.release.files import read_editions
from lt_analysis.rendering.tables import campaigns_table
from tests import making
from tests.conftest import HERE, project_at

SECOND = Quarter.parse("2026-27-Q2")


def released(project, slug="ashbourne", quarter=SECOND):
    collect_to_release(project, quarter)
    return read_release(str(quarter)).organisation(slug)


def released_afresh(project, slug="ashbourne"):
    """Release as if nothing had been published before."""
    shutil.rmtree(project.processed)
    return released(project, slug)


def bytes_of(project):
    return [path.read_bytes() for path in sorted((project.releases / str(SECOND)).iterdir())]


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """A project with a year of returns, of which a report was made. Only to be read."""
    project = project_at(tmp_path_factory.mktemp("report") / "project")
    making.year_of_returns(project)
    collect_to_release(project, SECOND)
    return project


@pytest.fixture
def figures(report, monkeypatch):
    """What that report says of its one organisation; a test that has it is in its project."""
    monkeypatch.chdir(report.root)
    return read_release(str(SECOND)).organisation("ashbourne")


def correct(folder):
    """Take the row of one White applicant out of a return."""
    path = folder / "2025-26-Q1" / "applications.csv"
    path.write_text("\n".join(row for row in path.read_text().splitlines() if "Q1-V0-5" not in row) + "\n")


def test_a_complete_year_with_enough_people_is_released(figures):
    assert (figures.status, figures.state, str(figures.span)) == (Status.COMPLETE, State.RELEASED, "2025-26")
    # 24 vacancies of 6 White and 5 BME people; 3 and 2 shortlisted; 12 of each appointed. By hand.
    counts = figures.stage(SHORTLISTING).likelihood
    assert (counts.white_people, counts.white_successful, counts.group_people, counts.group_successful) == (
        144,
        72,
        120,
        48,
    )
    counts = figures.stage(APPOINTMENT).likelihood
    assert (counts.white_people, counts.white_successful, counts.group_people, counts.group_successful) == (
        72,
        12,
        48,
        12,
    )
    assert figures.stage(OVERALL).likelihood.ratio == pytest.approx((12 / 144) / (12 / 120))
    # Expected: 24 shortlists of five with two BME people and one post, 24 * 2/5 = 9.6.
    assert figures.stage(APPOINTMENT).expected.people == 10
    assert figures.stage(SHORTLISTING).expected.people == round(24 * 5 * 5 / 11)


def test_a_year_that_lacks_a_quarter_is_not_released_and_says_which(project):
    folder = making.year_of_returns(project)
    (folder / "2025-26-Q3" / "applications.csv").unlink()
    figures = released(project, quarter=Quarter.parse("2025-26-Q4"))
    assert (figures.status, figures.hidden, figures.missing) == (Status.INCOMPLETE, True, ("2025-26-Q3",))


def test_a_year_with_a_return_that_cannot_be_used_is_not_released_and_says_which(project):
    folder = making.year_of_returns(project)
    (folder / "2025-26-Q3" / "applications.csv").write_text("")
    figures = released(project)
    assert (figures.status, figures.hidden, figures.refused) == (Status.REFUSED, True, ("2025-26-Q3",))


def test_a_quarter_that_failed_leaves_the_year_before_it_as_it_is_and_is_named(project):
    folder = making.year_of_returns(project)
    making.write_rows(folder / "2026-27-Q2" / "applications.csv", [])
    figures = released(project)
    assert (figures.status, figures.hidden, figures.refused) == (Status.COMPLETE, False, ("2026-27-Q2",))


def test_an_organisation_whose_settings_are_wrong_is_named_and_stops_nobody(project):
    making.year_of_returns(project)
    making.organisation(project, "broken", colour="red")
    broken = released(project, "broken")
    assert (broken.status, broken.hidden) == (Status.REFUSED, True)
    assert not read_release(str(SECOND)).organisation("ashbourne").hidden


def keep_first(folder, kept="-V1"):
    """Leave one vacancy of each quarter: 12 of 24 White people and 8 of 20 BME shortlisted; 4 and 0 appointed."""
    for path in folder.glob("*/applications.csv"):
        rows = path.read_text().splitlines()
        path.write_text("\n".join(row for row in rows if "-V" not in row or kept in row) + "\n")


def keys_of(project):
    """The keys of the one release that there is, and whom each number adds up, without what it says."""
    (edition,) = read_editions(project)
    return [one.cell for one in edition.numbers]


def test_a_small_number_hides_itself_and_its_stage_and_leaves_the_rows_as_many_and_the_year_as_it_is(
    report, figures, project
):
    keep_first(making.year_of_returns(project))
    some = released(project)
    assert keys_of(project) == keys_of(report)
    assert (some.hidden, len(some.stages)) == (False, len(figures.stages))
    counts = some.stage(SHORTLISTING).likelihood
    assert (counts.white_people, counts.white_successful, counts.group_people, counts.group_successful) == (
        24,
        12,
        20,
        8,
    )
    appointment = some.stage(APPOINTMENT)
    assert (appointment.hidden, appointment.likelihood, appointment.expected) == (True, None, None)
    assert some.stage(OVERALL).hidden


def test_only_white_and_bme_are_released_for_an_organisation(figures):
    assert figures.groups == ("BME",)


def test_what_was_printed_stands_as_printed_when_a_return_is_corrected(project):
    folder = making.year_of_returns(project)
    first = released(project, quarter=Quarter.parse("2025-26-Q4"))
    correct(folder)
    making.write_rows(folder / "2026-27-Q2" / "applications.csv", [making.application()])
    later = released(project)
    assert later.stages == first.stages
    assert (first.first_published, later.first_published) == ("2025-26-Q4", "2025-26-Q4")
    # Were what was printed forgotten, the correction would show.
    shutil.rmtree(project.releases / str(SECOND))
    shutil.rmtree(project.releases / "2025-26-Q4")
    with pytest.raises(RawDataError, match="data/processed/releases/2025-26-Q4 is gone. Put back what was published"):
        released(project)


def test_a_quarter_that_was_released_decides_nothing_when_it_is_run_again(project, capsys):
    folder = making.year_of_returns(project)
    first = released(project)
    before = bytes_of(project)
    correct(folder)
    assert released(project) == replace(first, people=replace(first.people, corrected=True))
    assert bytes_of(project) == before
    assert "2026-27-Q2 was released before, and what it says stands" in capsys.readouterr().err


@pytest.mark.thorough
def test_an_older_quarter_that_is_run_again_after_a_later_one_says_what_it_said(project):
    making.year_of_returns(project)
    making.year_of_returns(project, year="2026-27")
    first = read_once(project, "2025-26-Q4")
    released(project, quarter=Quarter.parse("2026-27-Q4"))
    assert read_once(project, "2025-26-Q4") == first


@pytest.mark.thorough
def test_a_year_in_which_an_organisation_had_no_senior_post_stops_no_later_quarter(project):
    folder = making.organisation(project, "ashbourne")
    for year, grade in (("2025-26", "7"), ("2026-27", "8a")):
        for period in parse_period(year).quarters:
            rows = making.vacancy(period, f"{period}-V", [("A", 4), ("A", 3), ("N", 3), ("N", 1)], grade=grade)
            making.write_rows(folder / str(period) / "applications.csv", rows)
    for quarter in ("2025-26-Q4", "2026-27-Q4"):
        released(project, quarter=Quarter.parse(quarter))
    assert released(project, quarter=Quarter.parse("2027-28-Q1")).status == Status.COMPLETE


@pytest.mark.thorough
def test_a_quarter_that_is_first_run_after_a_later_one_shows_no_evidence_of_that_one(project):
    making.year_of_returns(project)
    making.year_of_returns(project, year="2026-27")
    released(project, quarter=Quarter.parse("2026-27-Q4"))
    released(project, quarter=Quarter.parse("2025-26-Q4"))
    earlier = read_release("2025-26-Q4")
    items = [*earlier.evidence, *(item for one in earlier.organisations for item in one.evidence)]
    assert all(item.look <= earlier.quarter for item in items)


def read_once(project, quarter):
    collect_to_release(project, Quarter.parse(quarter))
    return read_release(quarter)


def test_a_return_of_the_whole_year_is_not_added_to_its_quarters(project):
    folder = making.year_of_returns(project)
    totals = ("grade", "ethnicity", "applied", "shortlisted", "offered")
    rows = [dict(zip(totals, ("8+", group, 200, 80, 20), strict=True)) for group in ("White", "BME")]
    making.write_rows(folder / "2025-26" / "stage-totals.csv", rows, totals)
    counts = released(project).stage(SHORTLISTING).likelihood
    assert (counts.white_people, counts.white_successful, counts.group_people) == (200, 80, 200)


def test_a_return_of_a_year_of_which_quarters_were_published_is_left_out_and_named(project, capsys):
    for slug in ("ashbourne", "beeches", "dunwich", "erewhon", "camelot"):
        folder = making.year_of_returns(project, slug=slug)
    for quarter in ("2025-26-Q2", "2025-26-Q3"):
        released(project, quarter=Quarter.parse(quarter))
    totals = ("grade", "ethnicity", "applied", "shortlisted", "offered")
    rows = [dict(zip(totals, ("8+", group, 200, 80, 20), strict=True)) for group in ("White", "BME")]
    making.write_rows(folder / "2025-26" / "stage-totals.csv", rows, totals)
    assert released(project, slug="camelot").hidden
    assert "! camelot/2025-26 was left out: earlier reports count the same people" in capsys.readouterr().err
    assert not released(project, slug="beeches").hidden


@pytest.mark.thorough
def test_what_a_later_quarter_printed_stands_when_an_earlier_one_is_first_run_after_it(project):
    folder = making.year_of_returns(project)
    first = released(project)
    correct(folder)
    earlier = released(project, quarter=Quarter.parse("2025-26-Q4"))
    assert earlier.stages == first.stages


def test_a_folder_that_was_renamed_publishes_nobody_under_a_second_name(project):
    folder = making.year_of_returns(project)
    collect_to_release(project, Quarter.parse("2025-26-Q4"))
    folder.rename(folder.with_name("ashbourne-trust"))
    with pytest.raises(RawDataError, match="data/raw/ashbourne: it and data/raw/ashbourne-trust hold the same"):
        collect_to_release(project, SECOND)
    assert [one.name for one in project.releases.iterdir()] == ["2025-26-Q4"]


@pytest.mark.thorough
def test_an_older_quarter_first_run_without_certificates_says_which_to_run_before_it(project):
    making.year_of_returns(project)
    collect_to_release(project, SECOND)
    shutil.rmtree(project.certificates)
    with pytest.raises(RawDataError, match="no longer add up") as found:
        collect_to_release(project, Quarter.parse("2025-26-Q2"))
    assert "run the latest quarter first" in found.value.remedy
    collect_to_release(project, SECOND)
    collect_to_release(project, Quarter.parse("2025-26-Q2"))
    assert len(list(project.certificates.iterdir())) == len(read_editions(project)) == 2


def test_figures_that_were_printed_keep_their_name_and_mark_when_the_settings_break(project):
    making.year_of_returns(project)
    first = released(project, quarter=Quarter.parse("2025-26-Q4"))
    making.organisation(project, "ashbourne", colour="red")
    making.year_of_returns(project, slug="beeches", year="2026-27")
    later = released(project, quarter=Quarter.parse("2026-27-Q1"))
    assert (later.name, later.invented, later.refused) == (first.name, True, ("its folder",))
    assert later.stages == first.stages


def test_applications_and_totals_are_never_added_up_to_a_year(project):
    folder = making.year_of_returns(project)
    (folder / "2025-26-Q4" / "applications.csv").unlink()
    totals = ("grade", "ethnicity", "applied", "shortlisted", "offered")
    rows = [dict(zip(totals, ("8+", group, 500, 100, 50), strict=True)) for group in ("White", "BME")]
    making.write_rows(folder / "2025-26-Q4" / "stage-totals.csv", rows, totals)
    assert released(project).hidden


def test_what_equal_chances_would_give_is_hidden_where_few_vacancies_could_tell(project):
    folder = making.organisation(project, "ashbourne")
    for period in Quarter.parse("2025-26-Q1").year.quarters:
        rows = making.vacancy(period, f"{period}-W", [("A", 4)] * 3 + [("A", 3)] * 3 + [("A", 1)] * 3)
        rows += making.vacancy(period, f"{period}-B", [("N", 4)] * 3 + [("N", 3)] * 3 + [("N", 1)] * 3)
        making.write_rows(folder / str(period) / "applications.csv", rows)
    figures = released(project)
    assert not figures.hidden
    assert figures.stage(APPOINTMENT).expected == Expected(could_tell=False)


def test_when_no_return_can_be_used_the_release_says_so_of_everybody(project):
    folder = making.organisation(project, "ashbourne")
    (folder / "2026-27-Q2").mkdir()
    (folder / "2026-27-Q2" / "applications.csv").write_text("")
    figures = released(project)
    assert (figures.status, figures.hidden, figures.refused) == (Status.INCOMPLETE, True, ("2026-27-Q2",))


def test_hidden_numbers_are_the_same_in_every_byte_whatever_they_are(project):
    """Of 4 people appointed all are White, or 3, or 2: the same is hidden, so that nothing may differ."""
    folder = making.year_of_returns(project)
    keep_first(folder)
    releases = []
    for swapped in (slice(0), slice(1), slice(1, 2)):
        for path in sorted(folder.glob("2025-26-*/applications.csv"))[swapped]:
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            white, other = (next(row for row in rows if row["applicant"].endswith(f"V1-{of}")) for of in (0, 6))
            white["offered_on"], other["offered_on"] = other["offered_on"], white["offered_on"]
            making.write_rows(path, rows)
        shutil.rmtree(project.processed, ignore_errors=True)
        assert released(project).stage(APPOINTMENT).hidden
        releases.append(tuple(bytes_of(project)))
    assert len(set(releases)) == 1


def keep_unknown(folder, number):
    """Leave so many applicants of unknown ethnicity in a year of returns, and everybody else."""
    for path in sorted(folder.glob("*/applications.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        kept = []
        for row in rows:
            number -= row["ethnicity"] == "Z"
            kept += [row] if row["ethnicity"] != "Z" or number >= 0 else []
        making.write_rows(path, kept)


def test_how_many_applicants_are_of_unknown_ethnicity_is_released_beside_the_year(figures):
    assert figures.unknown == UnknownApplicants(State.RELEASED, 24)  # one in each of 24 vacancies


@pytest.mark.parametrize(("number", "people"), [(0, None), (1, None), (4, None), (5, 5)])
@pytest.mark.one_in(2)
def test_few_applicants_of_unknown_ethnicity_are_hidden_and_the_year_is_not(project, number, people):
    keep_unknown(making.year_of_returns(project), number)
    figures = released(project)
    assert not figures.hidden
    assert figures.unknown == UnknownApplicants(State.RELEASED if people else State.HIDDEN, people)


def test_a_hidden_number_of_unknown_is_the_same_in_every_byte_whatever_it_is(project):
    releases = []
    for number in (0, 1, 4):
        keep_unknown(making.year_of_returns(project), number)
        shutil.rmtree(project.processed, ignore_errors=True)
        assert released(project).unknown.hidden
        releases.append(tuple(bytes_of(project)))
    assert len(set(releases)) == 1


@pytest.mark.thorough
def test_many_of_unknown_ethnicity_are_released_beside_a_stage_that_is_hidden(project):
    folder = making.year_of_returns(project)
    keep_first(folder)
    figures = released(project)
    assert (figures.stage(APPOINTMENT).hidden, figures.unknown.hidden) == (True, True)  # 4 are left of 24
    for path in making.year_of_returns(project).glob("*/applications.csv"):
        rows = path.read_text().splitlines()
        path.write_text("\n".join(row for row in rows if "-V" not in row or "-V1" in row or ",Z," in row) + "\n")
    figures = released_afresh(project)
    assert (figures.stage(APPOINTMENT).hidden, figures.unknown) == (True, UnknownApplicants(State.RELEASED, 24))


def test_the_unknown_are_counted_where_nobody_else_applied_and_not_below_band_8_or_in_campaigns(project):
    folder = making.year_of_returns(project)
    path = folder / "2025-26-Q1" / "applications.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    first = Quarter.parse("2025-26-Q1")
    alone = making.vacancy(first, "alone", [("Z", 3), ("99", 1), ("Z", 0)])  # the last was not found eligible
    apart = making.vacancy(first, "below", [("Z", 3)], grade="7") + making.vacancy(
        first, "apart", [("Z", 3)], campaign="bulk"
    )
    making.write_rows(path, [*rows, *alone, *apart])
    assert released(project).unknown.people == 24 + 2


def test_totals_without_a_line_for_the_unknown_are_not_said_to_know_everybody(project):
    shutil.copytree(HERE / "data/raw/london-acute-medical", project.raw / "london-acute-medical")
    making.year_of_returns(project)
    figures = released(project, "london-acute-medical")
    assert (figures.hidden, figures.unknown.hidden) == (False, True)


def test_the_same_returns_give_the_same_bytes(report, project):
    making.year_of_returns(project)
    released(project)
    assert bytes_of(project) == bytes_of(report)


@pytest.mark.usefixtures("figures")
def test_an_unknown_organisation_or_quarter_is_named_with_those_there_are():
    with pytest.raises(ValueError, match="'../x' is not an organisation of 2026-27-Q2. Choose one of: ashbourne"):
        read_release("2026-27-Q2").organisation("../x")
    with pytest.raises(ValueError, match="'2031-32-Q1' has not been run. Choose one of: 2026-27-Q2"):
        read_release("2031-32-Q1")
    with pytest.raises(ValueError, match="'ashbourne' sent nothing for 2026-27-Q2"):
        read_exact("ashbourne")


def test_before_anything_has_been_run_the_reader_says_what_to_do(project):
    with pytest.raises(ValueError, match="Run `make quarter`"):
        read_release()


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """A project of which the last quarter of a year was counted. Only to be read."""
    project = project_at(tmp_path_factory.mktemp("counted") / "project")
    making.year_of_returns(project)
    collect_to_release(project, Quarter.parse("2025-26-Q4"))
    return project


@pytest.fixture
def exact(counted, monkeypatch):
    """Its exact figures."""
    monkeypatch.chdir(counted.root)
    return read_exact("ashbourne")


def test_exact_figures_are_marked_restricted_and_their_owners_alone_can_open_them(counted, exact):
    assert {stage.state for stage in exact.figures.stages} == {State.RESTRICTED}
    assert exact.figures.stage(APPOINTMENT).likelihood.group_people == 12
    for path in [counted.exact, *counted.exact.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0


def test_campaigns_stand_apart(exact):
    assert exact.campaigns.stage(APPOINTMENT).likelihood.group_people == 1
    assert exact.campaigns.stage(APPOINTMENT).likelihood.group_successful == 1


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ({}, "There was no international or bulk campaign this quarter."),
        ({"campaigns": "none"}, "The organisation declares that it runs no international or bulk campaigns"),
    ],
)
def test_a_quarter_without_campaigns_says_so_and_what_was_declared(project, declared, said):
    folder = making.organisation(project, "ashbourne", **declared)
    columns = tuple(name for name in making.COLUMNS if name != "campaign" or not declared)
    making.write_rows(folder / "2026-27-Q2" / "applications.csv", [making.application()], columns)
    collect_to_release(project, Quarter.parse("2026-27-Q2"))
    assert said in campaigns_table(read_exact("ashbourne"))._repr_html_()


def test_the_name_of_a_file_that_is_no_return_is_not_repeated_to_the_board(project):
    folder = making.year_of_returns(project)
    (folder / "2025-26-Q2" / "applications.csv").rename(folder / "2025-26-Q2" / "Jane Jones.csv")
    (folder / "Jane Jones").mkdir()
    figures = released(project)
    assert (figures.status, figures.refused, figures.missing) == (
        Status.REFUSED,
        ("2025-26-Q2", "its folder"),
        ("2026-27-Q2",),
    )


def test_a_stray_file_beside_a_return_leaves_the_year_as_it_is(project):
    folder = making.year_of_returns(project)
    (folder / "2025-26-Q2" / "Jane Jones.csv").write_text("x")
    figures = released(project)
    assert (figures.status, figures.hidden, figures.refused) == (Status.COMPLETE, False, ())


def test_a_stray_folder_is_named_and_leaves_the_year_as_it_is(project):
    folder = making.year_of_returns(project)
    (folder / "old").mkdir()
    figures = released(project)
    assert (figures.status, figures.hidden, figures.refused) == (Status.COMPLETE, False, ("its folder",))


def test_what_equal_chances_would_give_is_about_the_same_people_as_the_counts_beside_it(project):
    for slug in ("ashbourne", "beeches", "dunwich", "erewhon", "camelot"):
        making.year_of_returns(project, slug=slug)
    collect_to_release(project, Quarter.parse("2025-26-Q2"))  # the partnership's first quarter is published
    path = project.raw / "ashbourne" / "2025-26-Q1" / "applications.csv"
    path.write_text("\n".join(row for row in path.read_text().splitlines() if "Q1-V0-" not in row) + "\n")
    collect_to_release(project, Quarter.parse("2025-26-Q4"))
    for slug, known in (("ashbourne", False), ("beeches", True)):
        figures = read_release("2025-26-Q4").organisation(slug)
        assert figures.stage(SHORTLISTING).likelihood.white_people == 144  # as it was when it was published
        assert (figures.stage(SHORTLISTING).expected is not None) == known
