"""Staff of a day and what happened to them in the year after: who counts, once, and who stands apart."""

import duckdb
import pytest

from lt_analysis.codebook.measures import ACCOUNT, LEAVING
from lt_analysis.codebook.periods import FinancialYear, Quarter, StaffDay
from lt_analysis.counts.staff import count_staff
from lt_analysis.counts.windows import staff_year
from lt_analysis.evidence.relative_likelihood import Share
from lt_analysis.evidence.staff import Account, followed, seats_of, staff_of_bands

DAY = StaffDay(FinancialYear(2025))
QUARTERS = (DAY.before, *DAY.year.quarters)
# Three White people and four of other groups, one of them a doctor and one who left before the day; Z said nothing.
STAFF = [
    ("P1", "6", "clinical", "A", None),
    ("P2", "6", "clinical", "B", None),
    ("P3", "8a", "non-clinical", "C", None),
    ("P4", "6", "clinical", "N", None),
    ("P5", "below 8a", "non-clinical", "H", None),
    ("P6", "medical", "medical", "J", None),
    ("P7", "6", "clinical", "M", "2025-03-30"),
    ("P8", None, "clinical", "Z", None),
]


def _have_grounds(events) -> bool:
    return any(len(row) == 3 for rows in events.values() for row in rows)


HOMES = {"P1": "Lambeth", "P2": "LONDON BOROUGH OF SOUTHWARK", "P3": "Croydon", "P4": " bexley", "P5": "Lambeth"}


@pytest.fixture
def counted(tmp_path):
    """Count staff of the day, and events by quarter, of one organisation."""

    def count(
        events: dict[str, list[tuple[str, str]]],
        later=(),
        missing=(),
        kinds=(),
        gone=(),
        staff_of=QUARTERS,
        since=(),
        returns=(),
    ) -> duckdb.DuckDBPyConnection:
        """Those of `later` join, or stand otherwise at the end; of those who are `gone` a return may say how.

        `since` says when some joined; it is long ago for the others. `returns` are whole returns of staff by quarter.
        """
        connection = duckdb.connect()
        others = {one[0] for one in (*later, *gone)}
        last = [one for one in STAFF if one[4] is None and one[0] not in others] + list(later)
        staff = {str(DAY.before): STAFF, str(QUARTERS[-1]): last}
        staff |= {str(QUARTERS[2]): [one for one in gone if len(one) > 1]} if any(len(one) > 1 for one in gone) else {}
        staff |= dict(returns)
        staff = {
            quarter: [
                (*(*row, None, None)[:6], dict(since).get(row[0], "2020-01-06"), HOMES.get(row[0])) for row in rows
            ]
            for quarter, rows in staff.items()
        }
        files = {"staff": [], "events": []}
        for kind, by_quarter, columns in (
            (
                "staff",
                staff,
                "person, band, work, ethnicity, left_on::DATE AS left_on, leaving_reason, "
                "started_on::DATE AS started_on, home_borough",
            ),
            ("events", events, "person, event, ground" if _have_grounds(events) else "person, event"),
        ):
            for quarter, rows in by_quarter.items():
                path = tmp_path / f"{kind}-{quarter}.parquet"
                values = ", ".join(str(tuple(row)).replace("None", "NULL") for row in rows)
                heads = [column.partition("::")[0].strip() for column in columns.split(",")]
                connection.execute(
                    f"COPY (SELECT 'o' AS organisation, '{quarter}' AS period, {columns} FROM (VALUES {values}) "
                    f"AS t({', '.join(heads)})) TO '{path}' (FORMAT parquet)"
                )
                files[kind].append(path)
        sent = set(QUARTERS[1:]) - set(missing)
        count_staff(connection, [staff_year("o", staff_of, sent, DAY, kinds)], **files)
        return connection

    return count


PROCESS, COURSE = "formal disciplinary", "non-mandatory training"
EVENTS = {
    "2025-26-Q1": [("P1", PROCESS), ("P4", PROCESS), ("P4", COURSE)],
    "2025-26-Q3": [("P4", PROCESS), ("P6", PROCESS), ("P9", PROCESS), ("P0", PROCESS)],
}
JOINED = [("P9", "7", "clinical", "N", None)]


def test_people_are_counted_once_by_cut_and_group_however_often_it_happened(counted):
    rows = counted(EVENTS, JOINED).execute(
        "SELECT cut, group_name, people, reached, joined FROM staff_reached WHERE chain = 'discipline' ORDER BY ALL"
    )
    assert rows.fetchall() == [
        ("1-7", "Asian", 1, 0, 0),
        ("1-7", "Black", 1, 1, 1),  # P4, and P9 who joined later
        ("1-7", "White", 2, 1, 0),
        ("8+", "White", 1, 0, 0),
        ("medical", "Asian", 1, 1, 0),
        ("no-band", "Unknown", 1, 0, 1),  # P0 stands in no return
    ]


def test_of_capability_everybody_counts_once_by_ground_and_by_none_where_none_was_sent(counted):
    # P1 for ill health and then for performance, P4 for ill health twice; of P6, and of P0 in no return, not said.
    process, ill, performance = "formal capability", "ill health", "performance"
    events = {
        "2025-26-Q1": [
            *((one, process, ill) for one in ("P1", "P4")),
            ("P9", process, performance),
            ("P2", COURSE, None),
        ],
        "2025-26-Q2": [("P1", process, performance), ("P4", process, ill)],
        "2025-26-Q3": [("P6", process, None), ("P0", process, None)],
    }
    rows = counted(events, JOINED).execute(
        """SELECT group_name, reached + joined + unmatched, performance, ill_health FROM staff_sums
           WHERE stage = 'capability' ORDER BY ALL"""
    )
    assert rows.fetchall() == [("BME", 3, 1, 1), ("Unknown", 1, 0, 0), ("White", 1, 1, 0)]
    rows = counted(EVENTS, JOINED).execute("SELECT sum(performance + ill_health) FROM staff_sums")
    assert rows.fetchall() == [(0,)]


def test_a_draw_is_a_pay_band_and_kind_of_work(counted):
    rows = counted(EVENTS, JOINED).execute(
        """SELECT band, work, pool, pool_in_group, chosen, chosen_in_group FROM staff_draws
           WHERE stage = 'disciplined' AND group_name = 'BME' ORDER BY ALL"""
    )
    assert rows.fetchall() == [
        ("6", "clinical", 3, 1, 2, 1),
        ("8a", "non-clinical", 1, 0, 0, 0),
        ("below 8a", "non-clinical", 1, 1, 0, 0),
        ("medical", "medical", 1, 1, 1, 1),
    ]


def test_who_joined_later_and_whom_no_return_has_are_counted_apart(counted):
    rows = counted(EVENTS, JOINED).execute(
        """SELECT group_name, people, reached, joined, unmatched, at_the_end FROM staff_sums
           WHERE stage = 'disciplined' ORDER BY ALL"""
    )
    # P9 is Black and joined; P0 stands in no return. At the end P7 is gone and P9 has come.
    assert rows.fetchall() == [("BME", 3, 2, 1, 0, 4), ("Unknown", 1, 0, 0, 1, 1), ("White", 3, 1, 0, 0, 3)]


def test_who_is_in_post_is_the_staff_of_the_years_last_day_as_finely_as_bands_were_sent_and_by_kind_of_work(counted):
    connection = counted(EVENTS, later=JOINED)
    of_stock = "FROM staff_in_post WHERE chain = 'stock'"
    rows = connection.execute(f"SELECT day, cut, group_name, people {of_stock} ORDER BY ALL")
    # P7 had left; P9 has come to Band 7; P5 has no band below 8a; P6 is a doctor, and P8 has none and said nothing.
    assert rows.fetchall() == [
        ("2026-03-31", "6-7.clinical", "Black", 2),
        ("2026-03-31", "6-7.clinical", "White", 2),
        ("2026-03-31", "8a.non-clinical", "White", 1),
        ("2026-03-31", "below-8a.non-clinical", "Asian", 1),
        ("2026-03-31", "medical", "Asian", 1),
        ("2026-03-31", "no-band", "Unknown", 1),
    ]


def test_by_band_clinical_and_other_staff_stand_apart_and_doctors_by_themselves(counted):
    later = [*JOINED, ("P10", "VSM", "medical", "Z", None)]
    rows = counted(EVENTS, later=later).execute("SELECT band, work, group_name, people FROM staff_by_band ORDER BY ALL")
    assert rows.fetchall() == [
        ("6", "clinical", "BME", 1),
        ("6", "clinical", "White", 2),
        ("7", "clinical", "BME", 1),
        ("8a", "non-clinical", "White", 1),
        ("below 8a", "non-clinical", "BME", 1),
        ("no-band", "clinical", "Unknown", 1),
        ("not known", "medical", "BME", 1),  # the grade of neither doctor was sent
        ("not known", "medical", "Unknown", 1),  # a doctor, whatever the band
    ]


def _counted_at_the_end(tmp_path, staff, columns: str, *more: str) -> duckdb.DuckDBPyConnection:
    """Count staff of the year's last return alone."""
    connection, path = duckdb.connect(), tmp_path / "staff.parquet"
    values = ", ".join(str(row).replace("None", "NULL") for row in staff)
    more = ", ".join((*more, "'' AS home_borough", "DATE '2020-01-06' AS started_on", "'resigned' AS leaving_reason"))
    connection.execute(
        f"""COPY (SELECT 'o' AS organisation, '{QUARTERS[-1]}' AS period, * REPLACE (left_on::DATE AS left_on), {more}
            FROM (VALUES {values}) AS t({columns})) TO '{path}' (FORMAT parquet)"""
    )
    count_staff(connection, [staff_year("o", QUARTERS, (), DAY)], [path], [])
    return connection


def test_doctors_are_counted_by_grade_and_those_whose_grade_was_not_sent_by_themselves(tmp_path):
    staff = [
        *(("A", "medical", "medical", "consultant", None),) * 3,
        ("N", "medical", "medical", "consultant", None),
        ("N", "medical", "medical", "consultant", "2026-03-30"),  # who has left
        *((code, "medical", "medical", "trainee", None) for code in "AHJ"),
        ("Z", "medical", "medical", "non-consultant career grade", None),
        ("B", "8a", "medical", "other", None),  # a doctor by work
        ("M", "medical", "clinical", "not known", None),  # and one by grade
        *(("A", "6", "clinical", "not known", None),) * 2,
    ]
    rows = [(f"P{place}", *row) for place, row in enumerate(staff)]
    connection = _counted_at_the_end(tmp_path, rows, "person, ethnicity, band, work, medical_grade, left_on")
    bands = staff_of_bands(connection.execute("FROM staff_by_band").df().to_dict("records"))
    assert [(one.band, one.work, one.white, one.group, one.unknown) for one in bands] == [
        ("6", "clinical", 2, 0, 0),
        ("consultant", "medical", 3, 1, 0),
        ("non-consultant career grade", "medical", 0, 0, 1),
        ("trainee", "medical", 1, 2, 0),
        ("other", "medical", 1, 0, 0),
        ("not known", "medical", 0, 1, 0),
    ]
    # Of all staff 4 of 11 of known ethnicity are BME: 1 of 4 consultants is fewer than that, 2 of 3 trainees more.
    assert [round(one.at.gap, 3) for one in (bands[1], bands[3])] == [-0.114, 0.303]


def test_members_of_the_board_are_counted_by_vote_and_role_and_nobody_who_has_left(tmp_path):
    staff = [
        ("P1", "A", "voting", "executive", None),
        ("P2", "N", "voting", "executive", None),
        ("P3", "Z", "voting", "non-executive", None),
        ("P4", "H", "non-voting", "executive", None),
        ("P5", "B", "non-voting", "not known", None),
        ("P6", "N", "voting", "executive", "2026-03-30"),  # who has left
        ("P7", "N", "no", "not known", None),
    ]
    connection = _counted_at_the_end(
        tmp_path, staff, "person, ethnicity, board, board_role, left_on", "'VSM' AS band, 'non-clinical' AS work"
    )
    rows = connection.execute("SELECT board, board_role, group_name, people FROM staff_board ORDER BY ALL").fetchall()
    assert rows == [
        ("non-voting", "executive", "BME", 1),
        ("non-voting", "not known", "White", 1),
        ("voting", "executive", "BME", 1),
        ("voting", "executive", "White", 1),
        ("voting", "non-executive", "Unknown", 1),
    ]
    # All staff are six, of whom P2, P4 and P7 are BME.
    bands = connection.execute("FROM staff_by_band").df().to_dict("records")
    board = connection.execute("FROM staff_board").df().to_dict("records")
    seats = seats_of(board, staff_of_bands(bands))
    assert [(one.which, one.white, one.group, one.unknown) for one in seats] == [
        ("members", 2, 2, 1),
        ("voting", 1, 1, 1),
        ("executives", 1, 2, 0),
    ]
    assert {one.of_all for one in seats} == {Share(3, 6)}


def test_staff_are_counted_by_where_they_live_and_who_sent_no_borough_is_not_elsewhere(counted):
    connection = counted(EVENTS, later=JOINED)
    rows = connection.execute("SELECT cut, people FROM staff_in_post WHERE chain = 'home' ORDER BY ALL").fetchall()
    assert rows == [
        ("1-7.home-not-known", 1),  # P9
        ("1-7.lambeth", 1),
        ("1-7.lambeth", 1),
        ("1-7.near", 1),
        ("1-7.near", 1),
        ("8+.elsewhere", 1),
        ("medical.home-not-known", 1),
        ("no-band.home-not-known", 1),
    ]


def test_a_kind_of_event_that_is_named_nowhere_in_the_year_is_not_said_to_have_happened_to_nobody(counted):
    connection = counted({"2025-26-Q1": [("P1", PROCESS)]})
    chains = connection.execute("SELECT DISTINCT chain FROM staff_reached ORDER BY chain").fetchall()
    assert chains == [("discipline",), ("leaving",)]  # who left is said by the returns of staff


def test_where_every_event_of_a_kind_is_sent_a_year_that_names_none_had_none(counted):
    connection = counted({"2025-26-Q1": [("P1", PROCESS)]}, kinds=[COURSE])
    reached = connection.execute("SELECT sum(people), sum(reached) FROM staff_reached WHERE chain = 'training'")
    assert reached.fetchone() == (7, 0)


def test_a_year_that_lacks_a_return_of_events_has_sums_and_no_count_to_compare(counted):
    connection = counted(EVENTS, missing=[Quarter.parse("2025-26-Q2")])
    assert connection.execute("SELECT count(*) FROM staff_reached").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM staff_draws").fetchone() == (0,)
    assert connection.execute("SELECT bool_or(complete) FROM staff_sums").fetchone() == (False,)


def test_a_year_names_the_returns_that_it_lacks():
    found = staff_year("o", [QUARTERS[1]], QUARTERS[2:], DAY)
    assert found.missing == ("staff of 2024-25-Q4", "events of 2025-26-Q1")
    assert not found.complete and found.end is None


def test_the_account_of_staff_adds_up_and_says_how_each_group_came_and_went(counted):
    # P1 resigned, P3 (Band 8a) went by transfer, P5 is in no return; P2 is now in Band 8a, P8 says now that they are
    # White, and P9 (Black) has joined.
    gone = [
        ("P1", "6", "clinical", "A", "2025-08-01", "resigned"),
        ("P3", "8a", "non-clinical", "C", "2025-09-01", "transfer"),
        ("P5",),
    ]
    later = [("P2", "8a", "clinical", "B", None), ("P8", "6", "clinical", "A", None), *JOINED]
    connection = counted(EVENTS, later=later, gone=gone)
    parts = ", ".join(ACCOUNT.parts)
    rows = connection.execute(f"SELECT cut, group_name, {parts} FROM staff_account ORDER BY ALL").fetchall()
    accounts = [Account(group, cut, dict(zip(ACCOUNT.parts, some, strict=True))) for cut, group, *some in rows]
    assert all(account.balances for account in accounts)
    told = {
        (account.cut, account.group): {part: account.of(part) for part in ACCOUNT.parts if account.of(part)}
        for account in accounts
    }
    assert told == {
        ("all", "White"): {"at_the_start": 3, "stated_in": 1, "went": 1, "set_apart": 1, "at_the_end": 2},
        ("all", "BME"): {"at_the_start": 3, "joined": 1, "unaccounted": 1, "at_the_end": 3},
        ("all", "Unknown"): {"at_the_start": 1, "stated_out": 1},
        ("8+", "White"): {"at_the_start": 1, "moved_in": 1, "set_apart": 1, "at_the_end": 1},
        ("8+", "BME"): {},
        ("8+", "Unknown"): {},
    }


def test_who_resigned_or_retired_left_and_who_went_by_transfer_did_not(counted):
    gone = [
        ("P1", "6", "clinical", "A", "2025-08-01", "resigned"),
        ("P3", "8a", "non-clinical", "C", "2025-09-01", "transfer"),
        ("P4", "6", "clinical", "N", "2025-09-01", "not known"),
    ]
    connection = counted(EVENTS, gone=gone)
    rows = connection.execute(
        "SELECT group_name, people, reached, at_the_end FROM staff_sums WHERE stage = 'left' ORDER BY ALL"
    )
    assert rows.fetchall() == [("BME", 3, 1, 2), ("Unknown", 1, 0, 1), ("White", 3, 1, 1)]


def test_who_is_new_had_joined_within_twelve_months_and_who_of_them_left_is_counted_beside_all_who_left(counted):
    # Of P1 (White), P2 (White), P4 (Black) and P5 (Asian, no band) all but P2 are new, who joined one day too early; so
    # is P3 (White, Band 8a), who went by transfer. P1 and P5 resigned, and so did P2.
    since = {"P1": "2024-04-01", "P2": "2024-03-31", "P3": "2024-09-01", "P4": "2025-03-31", "P5": "2024-12-01"}
    gone = [
        ("P1", "6", "clinical", "A", "2025-08-01", "resigned"),
        ("P2", "6", "clinical", "B", "2025-08-01", "resigned"),
        ("P3", "8a", "non-clinical", "C", "2025-09-01", "transfer"),
        ("P5", "below 8a", "non-clinical", "H", "2025-09-01", "resigned"),
    ]
    connection = counted(EVENTS, gone=gone, since=since.items())
    sums = "SELECT group_name, people, reached, joined, unmatched FROM staff_sums WHERE stage = '{}' ORDER BY ALL"
    assert connection.execute(sums.format("left")).fetchall() == [
        ("BME", 3, 1, 0, 0),
        ("Unknown", 1, 0, 0, 0),
        ("White", 3, 2, 0, 0),
    ]
    assert connection.execute(sums.format("new-left")).fetchall() == [
        ("BME", 2, 1, 0, 0),
        ("Unknown", 0, 0, 0, 0),
        ("White", 2, 1, 0, 0),
    ]
    rows = connection.execute(
        """SELECT band, pool, pool_in_group, chosen, chosen_in_group FROM staff_draws
           WHERE stage = 'new-left' AND group_name = 'BME' ORDER BY ALL"""
    )
    assert rows.fetchall() == [("6", 2, 1, 1, 0), ("8a", 1, 0, 0, 0), ("below 8a", 1, 1, 1, 1)]
    rows = connection.execute(
        """SELECT cut, group_name, people, reached, new_people, new_reached FROM staff_reached
           WHERE chain = 'leaving' AND new_people > 0 ORDER BY ALL"""
    )
    assert rows.fetchall() == [
        ("1-7", "Asian", 1, 1, 1, 1),
        ("1-7", "Black", 1, 0, 1, 0),
        ("1-7", "White", 2, 2, 1, 1),
        ("8+", "White", 1, 0, 1, 0),
    ]


def test_of_leaving_a_draw_is_a_quarter_a_pay_band_and_kind_of_work_and_a_length_of_service(counted):
    # In Band 6 P1 (White) joined on 15 July 2024, P2 (White) on 1 May and P4 (Black) on 10 June. So in the first
    # quarter all three have been there for less than a year, in the second only P1, in the third nobody. P2 resigns in
    # the second, when P4 alone had been there for as long; P4 is transferred in the third and is in no draw of it. P1,
    # who has moved up by then, stays with the band of the first day. P3 (Band 8a) is in no return of the third quarter.
    band_6 = ("P1", "6", "clinical", "A"), ("P2", "6", "clinical", "B"), ("P4", "6", "clinical", "N")
    p1, p2, p4 = band_6
    moved_up, p3 = ("P1", "7", "clinical", "A"), ("P3", "8a", "non-clinical", "C")
    returns = {
        "2025-26-Q1": [*band_6, p3],
        "2025-26-Q2": [p1, (*p2, "2025-08-01", "resigned"), p4, p3],
        "2025-26-Q3": [moved_up, (*p4, "2025-11-01", "transfer")],
        "2025-26-Q4": [moved_up, ("P9", "6", "clinical", "N")],  # who joined later
    }
    since = {"P1": "2024-07-15", "P2": "2024-05-01", "P4": "2024-06-10"}
    connection = counted(EVENTS, since=since.items(), returns=returns)
    asked = "SELECT quarter, band, service, pool, pool_in_group, chosen, chosen_in_group FROM staff_quarters"
    rows = connection.execute(f"{asked} WHERE stage = 'left' AND group_name = 'BME' ORDER BY ALL").fetchall()
    assert rows == [
        ("2025-26-Q1", "6", "less than 1 year", 3, 1, 0, 0),
        ("2025-26-Q1", "8a", "5 years and more", 1, 0, 0, 0),
        ("2025-26-Q2", "6", "1 to 2 years", 2, 1, 1, 0),
        ("2025-26-Q2", "6", "less than 1 year", 1, 0, 0, 0),
        ("2025-26-Q2", "8a", "5 years and more", 1, 0, 0, 0),
        ("2025-26-Q3", "6", "1 to 2 years", 1, 0, 0, 0),
        ("2025-26-Q4", "6", "1 to 2 years", 1, 0, 0, 0),
    ]
    # Of the new ones alone it is the same without Band 8a; and the year has each of them once.
    new = connection.execute(f"{asked} WHERE stage = 'new-left' AND group_name = 'BME' ORDER BY ALL").fetchall()
    assert new == [row for row in rows if row[1] == "6"]
    year = "SELECT pool, pool_in_group, chosen FROM staff_draws WHERE stage = 'left' AND group_name = 'BME'"
    assert connection.execute(f"{year} AND band = '6'").fetchall() == [(3, 1, 1)]
    # So half of P2's leaving is expected of P4, where of the three of the first day it would be a third.
    sums = connection.execute("FROM staff_sums WHERE stage = 'left'").df().to_dict("records")
    draws, quarters = (
        connection.execute(f"FROM {table} WHERE stage = 'left'").df().to_dict("records")
        for table in ("staff_draws", "staff_quarters")
    )
    found = followed(LEAVING, DAY, sums, draws, quarters)
    assert (found.within.within.expected, found.within.within.observed) == (1 / 2, 0)
    assert [(one.band, one.expected) for one in found.bands if one.draw.chosen] == [("6", 1 / 2)]
    assert [(one.quarter[-2:], one.service, one.expected) for one in found.services if one.added_up.chosen] == [
        ("Q2", "1 to 2 years", 1 / 2)
    ]


@pytest.mark.parametrize(
    ("joined_on", "service"),
    [
        ("2024-04-01", "less than 1 year"),  # of 31 March 2025, as whoever is new on that day
        ("2024-03-31", "1 to 2 years"),
        ("2023-04-01", "1 to 2 years"),
        ("2023-03-31", "2 to 5 years"),
        ("2020-04-01", "2 to 5 years"),
        ("2020-03-31", "5 years and more"),
    ],
)
def test_length_of_service_is_that_of_the_day_before_the_quarter(counted, joined_on, service):
    returns = {str(quarter): [one for one in STAFF if one[0] == "P1"] for quarter in QUARTERS[1:]}
    rows = counted(EVENTS, since=[("P1", joined_on)], returns=returns.items()).execute(
        "SELECT DISTINCT service FROM staff_quarters WHERE quarter = '2025-26-Q1'"
    )
    assert rows.fetchall() == [(service,)]


def test_who_is_said_to_have_left_twice_left_once_and_is_in_no_later_quarter(counted):
    gone = {str(quarter): [("P1", "6", "clinical", "A", "2025-05-01", "resigned")] for quarter in QUARTERS[1:]}
    rows = counted(EVENTS, returns=gone.items()).execute(
        "SELECT quarter, pool, chosen FROM staff_quarters WHERE stage = 'left' AND group_name = 'BME'"
    )
    assert rows.fetchall() == [("2025-26-Q1", 1, 1)]


def test_whoever_changed_band_or_whose_band_has_another_name_later_is_compared_where_they_were_on_the_day(
    counted,
):
    # Bands 6 and 8a are called otherwise from the second quarter on, and P4 has moved up to what was Band 7.
    def later(person, band, *others):
        return (person, {"6": "below 8a", "8a": "8+"}.get("7" if person == "P4" else band, band), *others)

    as_ever = {str(quarter): [one for one in STAFF if one[4] is None] for quarter in QUARTERS[1:]}
    renamed = as_ever | {quarter: [later(*one) for one in rows] for quarter, rows in [*as_ever.items()][1:]}
    asked = [
        "SELECT stage, band, work, pool, pool_in_group, chosen, chosen_in_group FROM staff_draws ORDER BY ALL",
        "SELECT quarter, band, service, pool, pool_in_group, chosen FROM staff_quarters ORDER BY ALL",
        "SELECT chain, cut, group_name, people, reached FROM staff_reached ORDER BY ALL",
    ]
    told, again = (
        [counted(EVENTS, returns=returns.items()).execute(query).fetchall() for query in asked]
        for returns in (as_ever, renamed)
    )
    assert told == again and all(told)


def test_of_an_organisation_that_joined_half_way_nobody_is_compared_until_it_has_a_whole_year(counted):
    # Its first returns are of the third quarter: staff of the first day, and events of half a year, are not there.
    connection = counted(EVENTS, staff_of=QUARTERS[3:], missing=QUARTERS[1:3])
    for table in ("staff_draws", "staff_quarters", "staff_reached", "staff_account"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    missing = connection.execute("SELECT complete, missing FROM staff_years").fetchone()
    assert missing == (False, ["staff of 2024-25-Q4", "events of 2025-26-Q1", "events of 2025-26-Q2"])
    # Whom its last return has can be counted by band all the same.
    assert connection.execute("SELECT sum(people) FROM staff_in_post WHERE chain = 'stock'").fetchone() == (7,)


def test_where_nobody_was_new_nobody_of_them_left(counted):
    rows = counted(EVENTS).execute("SELECT sum(people), sum(reached) FROM staff_sums WHERE stage = 'new-left'")
    assert rows.fetchone() == (0, 0)


def test_where_the_staff_of_a_quarter_were_not_sent_nobody_is_said_to_have_stayed(counted):
    connection = counted(EVENTS, staff_of=(QUARTERS[0], QUARTERS[-1]))
    assert ("leaving",) not in connection.execute("SELECT DISTINCT chain FROM staff_reached").fetchall()
