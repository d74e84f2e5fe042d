"""What stands apart from the draws."""

from lt_analysis.codebook.periods import Quarter
from tests import making
from tests.making import vacancy

SECOND = Quarter.parse("2026-27-Q2")


def test_every_accepted_application_is_in_one_place_of_the_account(counted):
    rows = vacancy(SECOND, "V1", [("A", 4), ("N", 1), ("N", 0), ("Z", 2)])
    rows += vacancy(SECOND, "low", [("A", 4), ("Z", 0)], grade="7")
    rows += vacancy(SECOND, "bulk", [("A", 4), ("N", 0), ("Z", 1)], campaign="bulk")
    rows += vacancy(SECOND, "doctors", [("A", 4), ("N", 4)], grade="Consultant")
    found = counted(rows).execute("SELECT * EXCLUDE (organisation, period) FROM accounts").fetchall()
    # accepted, for doctors' posts, below Band 8, in campaigns, not eligible, of unknown ethnicity, compared
    assert found == [(11, 2, 2, 3, 1, 1, 2)]


def test_posts_whose_pay_reaches_band_8a_from_below_are_counted_apart_and_stand_in_no_draw(counted):
    pay = {"salary_minimum": "60000", "salary_maximum": "66274"}
    rows = vacancy(SECOND, "V1", [("A", 4), ("N", 2), ("N", 0), ("Z", 1)], **pay)
    rows += vacancy(SECOND, "V2", [("A", 2), ("N", 1)], campaign="bulk", **pay)
    # What its own grade is equal to is known, so its pay says nothing.
    for grade in ("G7", "Registrar"):
        rows += vacancy(SECOND, grade, [("A", 4), ("N", 3)], grade=grade, **pay)
    rows = [row | ({"grade": ""} if row["grade"] == "8a" else {}) for row in rows]
    own = {"2026-27": {"G7": "7", "Registrar": "medical"}}
    columns = (*making.COLUMNS, *pay)
    about = {"grades": "salary", "high_cost_area": "inner", "equivalent_grades": own}
    audit = counted(rows, "applications", columns, **about)
    assert audit.execute("SELECT count(*) FROM draws").fetchone() == (0,)
    assert audit.execute("SELECT * EXCLUDE (organisation, period) FROM straddling").fetchall() == [
        # applicants, shortlisted, appointed
        ("BME", 1, 1, 0),
        ("Unknown", 1, 0, 0),
        ("White", 1, 1, 1),
    ]


def test_declined_offers_are_counted_at_single_posts_of_band_8_and_above(counted):
    rows = vacancy(SECOND, "V1", [("A", 4), ("N", 4), ("N", 3)])
    rows += vacancy(SECOND, "low", [("A", 4)], grade="7") + vacancy(SECOND, "bulk", [("A", 4)], campaign="bulk")
    for place in (1, 3, 4):
        rows[place]["declined_on"] = "2026-08-30"
    assert counted(rows).execute("SELECT wres_group, people FROM declined").fetchall() == [("BME", 1)]
