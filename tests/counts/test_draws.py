"""Records to draws: what is counted, by whom, and what stands outside."""

from datetime import date, timedelta

import duckdb
import pytest

from lt_analysis.codebook.periods import Quarter
from lt_analysis.counts.draws import count
from tests import making
from tests.making import vacancy

SECOND = Quarter.parse("2026-27-Q2")
TOTALS = ("grade", "ethnicity", "applied", "shortlisted", "offered")


def draws_of(connection: duckdb.DuckDBPyConnection, stage: str, group: str) -> list[tuple]:
    return connection.execute(
        """SELECT vacancy, pool, pool_in_group, chosen, chosen_in_group FROM draws
           WHERE stage = ? AND group_name = ? ORDER BY vacancy""",
        [stage, group],
    ).fetchall()


def test_each_vacancy_is_a_draw_of_white_people_and_one_other_group(counted):
    rows = vacancy(SECOND, "V1", [("A", 4), ("B", 3), ("N", 3), ("H", 1), ("R", 2), ("Z", 4)])
    rows += vacancy(SECOND, "V2", [("C", 2), ("M", 4)])
    audit = counted(rows)
    # V1: eligible are 2 White and 3 BME (Black, Asian and Chinese); shortlisted 2 and 2; appointed one White.
    assert draws_of(audit, "shortlisting", "BME") == [("V1", 5, 3, 4, 2), ("V2", 2, 1, 2, 1)]
    assert draws_of(audit, "appointment", "BME") == [("V1", 4, 2, 1, 0), ("V2", 2, 1, 1, 1)]
    assert draws_of(audit, "shortlisting", "Black") == [("V1", 3, 1, 3, 1), ("V2", 2, 1, 2, 1)]
    assert draws_of(audit, "shortlisting", "Asian") == [("V1", 4, 2, 3, 1), ("V2", 1, 0, 1, 0)]


def test_local_codes_roll_up_by_their_first_character(counted):
    audit = counted(vacancy(SECOND, "V1", [("CP", 2), ("PC", 2), ("GA", 1), ("99", 2)]))
    assert draws_of(audit, "shortlisting", "BME") == [("V1", 3, 2, 2, 1)]
    assert draws_of(audit, "shortlisting", "Mixed") == [("V1", 2, 1, 1, 0)]


def test_posts_below_band_8_are_not_counted(counted):
    audit = counted(
        vacancy(SECOND, "V1", [("A", 4), ("N", 3)], grade="7") + vacancy(SECOND, "V2", [("A", 4), ("N", 3)])
    )
    assert [row[0] for row in draws_of(audit, "appointment", "BME")] == ["V2"]


def test_an_applicant_who_was_not_eligible_was_not_in_the_running(counted):
    audit = counted(vacancy(SECOND, "V1", [("A", 2), ("N", 2), ("N", 0)]))
    assert draws_of(audit, "shortlisting", "BME") == [("V1", 2, 1, 2, 1)]


def test_an_offer_that_was_declined_still_counts_as_appointed(counted):
    rows = vacancy(SECOND, "V1", [("A", 3), ("N", 4)])
    rows[1]["declined_on"] = date(2026, 9, 29)
    assert draws_of(counted(rows), "appointment", "BME") == [("V1", 2, 1, 1, 1)]


def test_every_person_of_a_group_is_in_the_summaries_at_three_levels(counted):
    audit = counted(vacancy(SECOND, "V1", [("A", 4), ("R", 3), ("R", 1), ("Z", 2)]))
    found = audit.execute("SELECT roll_up, group_name, applied, shortlisted, appointed FROM summaries").fetchall()
    assert ("nineteen", "Chinese", 2, 1, 0) in found
    assert ("five", "Asian", 2, 1, 0) in found
    assert ("wres", "BME", 2, 1, 0) in found
    assert ("wres", "Unknown", 1, 1, 0) in found
    for level in ("wres", "five", "nineteen"):
        assert sum(row[2] for row in found if row[0] == level) == 4


def test_totals_are_one_draw_without_a_vacancy(counted):
    rows = [
        dict(zip(TOTALS, values, strict=True))
        for values in (
            ("8a", "White", 40, 10, 4),
            ("8b", "White", 10, 5, 1),
            ("8a", "BME", 30, 6, 2),
            ("8b", "BME", 0, 0, 0),
            ("7", "White", 8, 8, 8),
            ("7", "BME", 9, 9, 9),
        )
    ]
    audit = counted(rows, "stage-totals", TOTALS, grades="totals only")
    assert draws_of(audit, "shortlisting", "BME") == [(None, 80, 30, 21, 6)]
    assert draws_of(audit, "appointment", "BME") == [(None, 21, 6, 7, 2)]
    assert draws_of(audit, "appointment", "Asian") == []


def test_published_totals_are_counted_at_the_posts_that_they_are_about(counted):
    rows = [dict(zip(TOTALS, ("medical", group, 40, 10, 4), strict=True)) for group in ("White", "Black")]
    audit = counted(rows, "stage-totals", TOTALS, posts="medical posts", grades="totals only")
    assert audit.execute("SELECT DISTINCT posts FROM draws").fetchall() == [("medical posts",)]
    assert draws_of(audit, "shortlisting", "Black") == [(None, 80, 40, 20, 10)]


def test_a_draw_counts_the_people_of_unknown_ethnicity_beside_its_own(counted):
    audit = counted(vacancy(SECOND, "V1", [("A", 4), ("N", 3), ("Z", 4), ("99", 1)]))
    found = audit.execute("SELECT stage, pool, unknown_pool, unknown_chosen FROM draws WHERE group_name = 'BME'")
    assert sorted(found.fetchall()) == [("appointment", 2, 1, 1), ("shortlisting", 2, 2, 1)]


def test_nobody_of_unknown_ethnicity_is_lost_where_only_they_were_there(counted):
    rows = vacancy(SECOND, "V1", [("A", 3), ("N", 4)]) + vacancy(SECOND, "V2", [("Z", 4), ("99", 3)])
    audit = counted(rows)
    in_draws = audit.execute(
        "SELECT sum(unknown_pool), sum(unknown_chosen) FROM draws WHERE stage = 'appointment' AND group_name = 'BME'"
    )
    summed = "SELECT shortlisted, appointed FROM summaries WHERE roll_up = 'wres' AND group_name = 'Unknown'"
    assert in_draws.fetchone() == audit.execute(summed).fetchone() == (2, 1)
    assert ("V2", 0, 0, 0, 0) in draws_of(audit, "appointment", "BME")


def test_somebody_on_several_shortlists_is_new_on_the_first_only(counted):
    first = vacancy(SECOND, "V1", [("A", 3), ("N", 3)])
    again = vacancy(SECOND, "V2", [("A", 3), ("N", 4)])
    for row in again:
        row["shortlisted_on"] = row["shortlisted_on"].replace(day=30)
        row["interviewed_on"] = row["offered_on"] = row["shortlisted_on"].replace(month=8)
    again[1]["applicant"] = first[1]["applicant"]  # the Black person
    again[0]["offered_on"] = ""
    audit = counted([*first, *again])
    found = audit.execute(
        """SELECT vacancy, pool, pool_in_group, chosen_in_group, first_pool, first_pool_in_group, first_chosen_in_group
           FROM draws WHERE stage = 'appointment' AND group_name = 'BME' ORDER BY vacancy"""
    )
    assert found.fetchall() == [("V1", 2, 1, 0, 2, 1, 0), ("V2", 2, 1, 1, 1, 0, 0)]


@pytest.mark.parametrize("closed", ["later", "on the same day"])
def test_of_posts_that_somebody_wants_the_first_to_close_is_the_first_and_of_one_day_that_of_the_lower_number(
    counted, closed
):
    first, again = (vacancy(SECOND, name, [("A", 3), ("N", 4), ("Z", 3)]) for name in ("V9", "V10"))
    for one, other in zip(first[1:], again[1:], strict=True):
        other["applicant"] = one["applicant"]
    if closed == "later":
        first, again = again, first  # it is the day that counts, and then the number
        for row in again:
            row |= {day: row[day] + timedelta(days=1) for day in ("closed_on", "shortlisted_on") if row[day]}
    found = counted([*again, *first]).execute(
        """SELECT stage, vacancy, first_pool, first_pool_in_group, first_unknown_pool, first_unknown_chosen
           FROM draws WHERE group_name = 'BME'"""
    )
    then, later = (rows[0]["vacancy"] for rows in (first, again))
    numbers = {("shortlisting", then): (2, 1, 1, 1), ("appointment", then): (2, 1, 1, 0)}
    numbers |= {(stage, later): (1, 0, 0, 0) for stage in ("shortlisting", "appointment")}
    assert {row[:2]: row[2:] for row in found.fetchall()} == numbers


def test_a_post_is_dated_by_the_day_on_which_it_closed_whatever_came_of_it_and_of_its_reference_later(counted, project):
    first = SECOND.previous
    folder = making.organisation(project, "ashbourne")
    making.write_rows(folder / str(first) / "applications.csv", vacancy(first, "V1", [("A", 4), ("N", 2)]))
    audit = counted(vacancy(SECOND, "V1", [("A", 4), ("N", 2)]))
    # 20 days into the quarter; the shortlist is a week later.
    closed = [(str(first), date(2026, 4, 21)), (str(SECOND), date(2026, 7, 21))]
    assert audit.execute("SELECT DISTINCT period, closed_on FROM draws ORDER BY period").fetchall() == closed


COUNTED = ("draws", "summaries", "stages", "accounts", "straddling", "declined")


def test_what_is_counted_does_not_depend_on_the_order_of_records(counted, tmp_path):
    rows = vacancy(SECOND, "V1", [("A", 4), ("B", 3), ("N", 3), ("H", 1), ("Z", 4)])
    rows += vacancy(SECOND, "V2", [("C", 2), ("M", 4), ("A", 4), ("99", 3)])
    # The same people come before a second panel, on the same day: which time was their first is asked of them.
    rows += [row | {"vacancy": "V3"} for row in rows if row["vacancy"] == "V1"]
    counted(rows)
    (records,) = tmp_path.rglob("records/**/*.parquet")
    found = []
    for number, order in enumerate(("vacancy, applicant", "applicant DESC, vacancy", "hash(applicant, vacancy)")):
        path = tmp_path / f"{number}.parquet"
        with duckdb.connect() as connection:
            connection.execute(f"COPY (FROM '{records}' ORDER BY {order}) TO '{path}'")
            count(connection, [path], [], {})
            found.append({name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in COUNTED})
    assert found[0]["draws"]
    assert found[1:] == [found[0], found[0]]


def test_people_whose_ethnicity_was_sent_and_could_not_be_read_are_counted_beside_the_draw(counted):
    rows = vacancy(SECOND, "V1", [("A", 4), ("N", 3), ("Zog", 3), ("#N/A", 1), ("Z", 3), ("", 1)])
    columns = "stage, pool, unknown_pool, unread_pool, unread_chosen"
    found = counted(rows).execute(f"SELECT {columns} FROM draws WHERE group_name = 'BME' ORDER BY stage")
    assert found.fetchall() == [("appointment", 2, 2, 1, 0), ("shortlisting", 2, 4, 2, 1)]
