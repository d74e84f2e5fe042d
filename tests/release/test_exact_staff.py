"""An organisation's own staff, through the real audit: sent, taken in, counted, written exactly, read back."""

import pytest

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import DISCIPLINARY, IN_POST, TRAINING
from lt_analysis.codebook.periods import FinancialYear, Quarter, StaffDay
from lt_analysis.codebook.publishing import fewest_organisations
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.evidence.relative_likelihood import Share
from lt_analysis.evidence.staff import StaffOfGroup
from lt_analysis.release import read_release
from lt_analysis.release.exact_staff import read_staff
from lt_analysis.release.keys import ALL_BANDS, CUTS
from tests import making

SECOND = Quarter.parse("2026-27-Q2")
DAY = StaffDay(FinancialYear(2025))
QUARTERS = (DAY.before, *DAY.year.quarters)
STAFF = [*((f"W{number}", "A", "6") for number in range(3)), ("B1", "N", "6"), ("B2", "H", "8a"), ("Z1", "Z", "6")]
PROCESS = "formal disciplinary"


def people(rows):
    columns = ("person", "grade", "work", "started_on", "left_on", "ethnicity")
    return [
        dict(zip(columns, (person, grade, "clinical", "2020-01-01", "", code), strict=True))
        for person, code, grade in rows
    ]


def year_of_staff(project, joined=(), events=((QUARTERS[1], "B1"), (QUARTERS[2], "B1"), (QUARTERS[2], "W0"))):
    """Five staff of known ethnicity, followed through a year in which B1 enters two processes, and W0 one."""
    folder = making.organisation(project, "ashbourne")
    making.organisation(project, "beeches")
    for quarter in QUARTERS:
        rows = people([*STAFF, *(joined if quarter != DAY.before else ())])
        making.write_rows(folder / str(quarter) / "staff.csv", rows, tuple(rows[0]))
        named = [
            {"person": person, "event": PROCESS, "happened_on": quarter.first_day}
            for period, person in events
            if period == quarter
        ]
        # Each return names the promotion of one person, who is promoted once.
        named.append({"person": "W1", "event": "promotion", "happened_on": quarter.first_day})
        making.write_rows(folder / str(quarter) / "events.csv", named, ("person", "event", "happened_on"))
    return folder


def staff(project, slug="ashbourne"):
    collect_to_release(project, SECOND)
    return read_staff(slug)


def test_a_year_is_read_back_as_it_was_counted(project):
    year_of_staff(project, joined=[("J1", "N", "7")], events=((QUARTERS[1], "B1"), (QUARTERS[3], "J1")))
    found = staff(project)
    assert (found.day, found.latest, found.missing, found.name) == (DAY, DAY, (), "Ashbourne")
    leaving, leaving_soon, promoted, process = found.followed
    assert leaving.white.reached == leaving.group.reached == 0
    assert [one.people for one in leaving_soon.everybody] == [0, 0, 0]  # all had been there for years
    assert all(account.balances for account in found.accounts)
    assert process.white == StaffOfGroup(3, 0, 0, 0, 3)
    assert process.group == StaffOfGroup(2, 1, 1, 0, 3)
    assert process.unknown == StaffOfGroup(1, 0, 0, 0, 1)
    # In Band 6 one of four people entered a process, and one of the four is BME.
    assert process.within.within.expected == pytest.approx(1 / 4)
    assert [(one.band, tuple(one.draw)) for one in process.bands] == [("6", (4, 1, 1, 1)), ("8a", (1, 1, 0, 0))]
    assert (promoted.white.reached, promoted.group.reached) == (1, 0)


def test_staff_are_counted_by_band_and_kind_of_work_on_the_years_last_day(project):
    year_of_staff(project, joined=[("J1", "N", "7")])
    found = staff(project)
    assert str(found.in_post_day) == "2026-03-31"
    told = [(one.band, one.work, one.white, one.group, one.unknown) for one in found.bands]
    assert told == [("6", "clinical", 3, 1, 1), ("7", "clinical", 0, 1, 0), ("8a", "clinical", 0, 1, 0)]
    assert {one.of_all for one in found.bands} == {Share(3, 6)}
    assert found.in_partnership == ()  # the partnership has released no figure of staff


def test_without_an_organisation_the_partnerships_figure_is_that_of_the_others(quarter, monkeypatch):
    """The others' own exact counts add up to it, and what is asked of each organisation is released minus its own."""
    monkeypatch.chdir(quarter.folders.root)
    release = read_release(str(SECOND))
    (table,) = release.in_post[-1:]
    every = {slug: read_staff(slug) for slug in table.members}
    assert len(every) >= fewest_organisations()
    for cut in table.bands:
        parts = {
            slug: next(one.parts for one in found.in_partnership if (one.measure, one.cut) == (None, cut))
            for slug, found in every.items()
        }
        assert {one.together for one in parts.values()} == {table.share(IN_POST.key, BME, cut)}
        for slug, one in parts.items():
            others = [other.own for name, other in parts.items() if name != slug]
            assert one.others == Share(sum(own.successful for own in others), sum(own.people for own in others))
    # The same people as the page's own bands, for nothing was corrected.
    for found in every.values():
        upper = next(one.parts for one in found.in_partnership if (one.measure, one.cut) == (None, ALL_BANDS))
        bands = [one for one in found.bands if one.band in CUTS[ALL_BANDS]]
        assert upper.own == Share(sum(one.group for one in bands), sum(one.white + one.group for one in bands))


def test_of_a_kind_of_event_that_no_return_names_nothing_is_known(project):
    year_of_staff(project)
    found = staff(project)
    assert found.of(DISCIPLINARY).group.reached == 1  # B1, who entered two
    assert found.of(TRAINING) is None


def test_a_year_that_lacks_returns_names_them_and_has_no_counts(project):
    folder = year_of_staff(project)
    (folder / "2024-25-Q4" / "staff.csv").unlink()
    (folder / "2025-26-Q3" / "events.csv").unlink()
    found = staff(project)
    assert (found.day, found.latest, found.followed) == (None, DAY, ())
    assert found.missing == ("staff of 2024-25-Q4", "events of 2025-26-Q3")


def test_an_earlier_year_stands_in_where_the_latest_lacks_a_return(project):
    folder = year_of_staff(project)
    for period in ("2026-27-Q1", "2026-27-Q2"):
        (folder / period).mkdir()
    collect_to_release(project, Quarter.parse("2026-27-Q4"))
    found = read_staff("ashbourne")
    assert (found.day, found.latest) == (DAY, StaffDay(FinancialYear(2026)))
    assert found.missing == tuple(f"events of 2026-27-Q{number}" for number in (1, 2, 3, 4))
    assert found.of(DISCIPLINARY) is not None


def test_an_organisation_that_sent_no_staff_is_told_which_did(project):
    year_of_staff(project)
    collect_to_release(project, SECOND)
    with pytest.raises(
        ValueError, match="'beeches' sent no staff and no events by the end of 2026-27-Q2. Choose one of: ashbourne"
    ):
        read_staff("beeches")


def test_a_quarter_that_was_run_before_says_what_to_do(project):
    year_of_staff(project)
    collect_to_release(project, SECOND)
    (project.exact / str(SECOND) / "staff_in_partnership.parquet").unlink()
    with pytest.raises(ValueError, match="Run it again: lt-analysis run --period 2026-27-Q2"):
        read_staff("ashbourne")


def test_no_exact_file_of_staff_holds_a_persons_reference(project):
    year_of_staff(project)
    collect_to_release(project, SECOND)
    files = list((project.exact / str(SECOND)).glob("staff_*.parquet"))
    assert len(files) == 10
    for path in files:
        assert not [person for person, _, _ in STAFF if person.encode() in path.read_bytes()], path.name
