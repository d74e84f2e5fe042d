"""A release may be replaced only where both editions together tell of no few people."""

import shutil

import pytest

from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.release import read_release
from lt_analysis.release.files import Edition, Ledger, Published, read_editions, replaced_editions, settle_replaced
from lt_analysis.release.keys import ALL_BANDS, KNOWN, table
from lt_analysis.release.people import FROM_APPLICATIONS, Reached, people_of
from lt_analysis.release.publishing import decide
from lt_analysis.release.replacement import replacement, with_replaced
from tests import making

QUARTER, BEFORE, YEAR = Quarter.parse("2026-27-Q2"), Quarter.parse("2025-26-Q4"), "2025-26"
GROUPS = ("White", "BME", KNOWN)


def people(white=(90, 40, 12), bme=(60, 28, 10)):
    rows = (("White", white), ("BME", bme))
    return people_of(
        (Reached("ashbourne", YEAR, FROM_APPLICATIONS, "8a", group, (*numbers,)) for group, numbers in rows),
        RECRUITMENT,
    )


def edition(people_, groups=GROUPS):
    cells = table("ashbourne", ("ashbourne",), YEAR, groups, (ALL_BANDS,), RECRUITMENT.keys)
    decided = decide(people_, cells, (), Ledger())
    numbers = tuple(Published(cell, value, str(QUARTER)) for cell, value in decided.values.items())
    return Edition(QUARTER, 1, numbers, {}, (), ())


def found(before, after):
    return replacement(edition(before), edition(after), before, after)


def test_numbers_that_stay_or_move_by_many_may_be_replaced_and_are_counted():
    assert found(people(), people()) == (type(found(people(), people())))(0, ())
    many = found(people(), people(white=(100, 45, 17)))
    assert (many.moved, many.reasons) == (6, ())  # three of White people, and the three of all


@pytest.mark.parametrize("few", [1, 4, -1, -4])
def test_a_number_that_moves_by_a_few_people_keeps_a_release_from_being_replaced(few):
    reasons = found(people(), people(white=(90 + few, 40, 12))).reasons
    assert "ashbourne/2025-26/applied/White/8+ would differ by a few people" in reasons
    assert "ashbourne/2025-26/applied/known/8+ would differ by a few people" in reasons


def test_a_few_people_who_follow_from_numbers_that_each_move_by_many_keep_it_from_being_replaced():
    # 10 more White people were appointed, and 9 fewer BME: of all, one more.
    before, after = people(bme=(60, 28, 20)), people(white=(90, 40, 22), bme=(60, 28, 11))
    told, said = (edition(one, ("White", "BME")) for one in (before, after))
    assert replacement(told, said, before, after).reasons == ()  # no table has all people, and nobody asks of them
    assert any("appointed/known" in reason for reason in found(before, after).reasons)
    # 5 more were shortlisted and 9 more appointed: of those who were shortlisted, 4 more were not appointed.
    rest = found(people(), people(white=(90, 45, 21))).reasons
    assert "ashbourne/2025-26/appointed/White/8+ would differ by a few people" in rest


def test_a_number_that_would_be_published_no_more_is_named():
    both = replacement(edition(people()), edition(people(), ("White",)), people(), people())
    assert "ashbourne/2025-26/applied/BME/8+ would be published no more" in both.reasons


def test_what_was_replaced_is_on_the_ledger_where_people_are_as_many_and_hides_what_it_would_tell():
    wider = table("ashbourne", ("ashbourne",), YEAR, GROUPS, (ALL_BANDS,), RECRUITMENT.keys)
    few = people(bme=(60, 28, 3))
    told = tuple(
        Published(cell, None if cell.key.group != KNOWN else 15, str(QUARTER))
        for cell in wider
        if cell.key.stage == "appointed"
    )
    ledger = with_replaced(Ledger(), [Edition(QUARTER, 1, told, {}, (), ())], few)
    assert {entry.cell.key.who for entry in ledger.entries} == {"ashbourne.r1"}
    assert with_replaced(Ledger(), [Edition(QUARTER, 1, told[2:], {}, (), ())], people()).entries == ()
    # All 15 were shown, so that White people cannot be shown now; nor could they be without it.
    cells = list(table("ashbourne", ("ashbourne",), YEAR, ("White", "BME"), (ALL_BANDS,), RECRUITMENT.keys))
    alone, beside = decide(few, cells, (), Ledger()), decide(few, cells, (), ledger)
    (white,) = [cell for cell in cells if cell.key[2:4] == ("appointed", "White")]
    assert (alone.values[white], beside.values[white]) == (12, None)
    assert list(beside.faults()) == []


def without(folder, quarter, vacancies):
    """Take vacancies out of a return: each has 6 White and 5 BME applicants; one of either is appointed in turn."""
    path = folder / quarter / "applications.csv"
    rows = path.read_text().splitlines()
    path.write_text("\n".join(row for row in rows if not any(f"-V{one}-" in row for one in vacancies)) + "\n")


@pytest.fixture
def asked():
    """What is asked before anything is written, with the answer yes."""
    moved = []
    return moved, lambda number: moved.append(number) or True


def test_the_newest_release_is_replaced_and_what_it_was_is_kept_and_known(project, asked):
    folder = making.year_of_returns(project)
    collect_to_release(project, QUARTER)
    (old,) = read_editions(project)
    moved, yes = asked
    for quarter, vacancies in (("2025-26-Q1", range(4)), ("2025-26-Q2", range(4)), ("2025-26-Q3", range(2))):
        without(folder, quarter, vacancies)
    collect_to_release(project, QUARTER, lambda number: moved.append(number))
    assert read_editions(project) == (old,)  # not wanted, nothing is written
    collect_to_release(project, QUARTER, yes)
    (new,) = read_editions(project)
    assert moved[0] == moved[1] > 0
    assert new != old
    assert replaced_editions(project) == (old,)
    assert not read_release(str(QUARTER)).organisation("ashbourne").hidden
    collect_to_release(project, QUARTER, yes)
    # What would say the same again is left as it is, and nobody is asked.
    assert (read_editions(project), len(moved), len(replaced_editions(project))) == ((new,), 2, 1)


def test_one_person_less_keeps_the_release_as_it_is_and_says_why(project, asked):
    folder = making.year_of_returns(project)
    collect_to_release(project, QUARTER)
    (old,) = read_editions(project)
    path = folder / "2025-26-Q1" / "applications.csv"
    rows = path.read_text().splitlines()
    path.write_text("\n".join(rows[:1] + rows[2:]) + "\n")
    with pytest.raises(RawDataError, match="would differ by a few people") as told:
        collect_to_release(project, QUARTER, asked[1])
    assert "something has since been corrected" in told.value.remedy
    assert (read_editions(project), replaced_editions(project), asked[0]) == ((old,), (), [])


@pytest.mark.thorough
def test_only_the_newest_release_can_be_replaced(project, asked):
    making.year_of_returns(project)
    collect_to_release(project, BEFORE)
    collect_to_release(project, QUARTER)
    with pytest.raises(RawDataError, match="only the newest release can be replaced, which is of 2026-27-Q2"):
        collect_to_release(project, BEFORE, asked[1])


def test_a_release_that_a_killed_run_was_about_to_replace_is_put_back(project):
    making.year_of_returns(project)
    collect_to_release(project, QUARTER)
    folder = project.releases / str(QUARTER)
    folder.replace(folder.with_name(f".{QUARTER}.before"))
    settle_replaced(project)
    assert len(read_editions(project)) == 1
    shutil.copytree(folder, folder.with_name(f".{QUARTER}.before"))
    settle_replaced(project)
    assert [one.name for one in project.releases.iterdir()] == [str(QUARTER)]


def more_vacancies(folder, quarter, times):
    """Write a return with each of its vacancies several times, under names of their own; return what it was."""
    path = folder / quarter / "applications.csv"
    heading, *rows = path.read_text().splitlines()
    copies = [row.replace("-V", f"-V{time}x") for time in range(times) for row in rows if "-V" in row]
    path.write_text("\n".join([heading, *rows, *copies]) + "\n")
    return path, [heading, *rows]


def test_no_two_editions_differ_by_a_person_however_many_stood_between(project):
    folder = making.year_of_returns(project)
    collect_to_release(project, QUARTER)
    path, rows = more_vacancies(folder, "2025-26-Q1", 6)
    collect_to_release(project, QUARTER, lambda moved: True)
    (second,) = read_editions(project)
    path.write_text("\n".join(row for row in rows if "Q1-V0-5" not in row) + "\n")
    with pytest.raises(RawDataError, match="applied/White/8a-8b would differ by a few people"):
        collect_to_release(project, QUARTER, lambda moved: True)
    assert read_editions(project) == (second,)


@pytest.mark.thorough
def test_where_what_was_replaced_is_lost_nothing_more_is_replaced_and_a_run_says_so(project, capsys):
    folder = making.year_of_returns(project)
    collect_to_release(project, QUARTER)
    more_vacancies(folder, "2025-26-Q1", 6)
    collect_to_release(project, QUARTER, lambda moved: True)
    shutil.rmtree(project.releases / "replaced")
    capsys.readouterr()
    collect_to_release(project, QUARTER)
    assert "Editions that were replaced are gone" in capsys.readouterr().err
    with pytest.raises(RawDataError, match="editions that were replaced are gone: 2026-27-Q2.r1"):
        collect_to_release(project, QUARTER, lambda moved: True)


def test_without_a_release_there_is_nothing_to_replace(project, asked):
    making.year_of_returns(project)
    with pytest.raises(RawDataError, match="nothing was released yet"):
        collect_to_release(project, QUARTER, asked[1])
