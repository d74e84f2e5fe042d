"""An organisation's own page on its staff: what it says of counts that are known, and of what was not sent."""

from dataclasses import replace

import pytest

from lt_analysis.codebook.measures import ACTING_UP, CAPABILITY, DISCIPLINARY, LEAVING_SOON, PROMOTION, TRAINING
from lt_analysis.codebook.periods import FinancialYear, Quarter, StaffDay
from lt_analysis.evidence.relative_likelihood import Share
from lt_analysis.evidence.representation import Homes, SeatsHeld, StaffOfBand, WithoutOne
from lt_analysis.evidence.staff import ExactStaff, InPartnership, followed
from lt_analysis.rendering import staff
from tests.evidence.test_staff import draw, sums
from tests.making import cells_of

SECOND = Quarter.parse("2026-27-Q2")
DAY = StaffDay(FinancialYear(2025))
WHITE, BME, UNKNOWN = (162, 3, 0, 0, 170), (250, 9, 2, 0, 240), (18, 1, 0, 1, 20)
# In Band 5 7 of 9 entered a process who are BME of 10 in 14, 6.43 expected; in Band 8a 2 of 3, of 240 in 398: 1.81.
DRAWS = [
    draw("5", "non-clinical", 14, 10, 9, 7),
    draw("8a", "clinical", 398, 240, 3, 2),
    draw("5", "non-clinical", 14, 10, 9, 7, group="Black"),
]


def of(measure, white=WHITE, bme=BME, draws=DRAWS):
    return followed(measure, DAY, sums(white, bme, UNKNOWN), draws)


def exact(*kinds, **changes):
    about = {"slug": "ashbourne", "name": "Ashbourne", "invented": True, "quarter": SECOND}
    return ExactStaff(**about | {"day": DAY, "latest": DAY, "missing": (), "followed": kinds} | changes)


def entered(white, bme):
    """20 White and 20 BME staff of one band, of whom 10 in all entered a process: 5 are expected, and 2 to 8 usual."""
    rows = [draw("5", "clinical", 40, 20, white + bme, bme)]
    return exact(of(DISCIPLINARY, (20, white, 0, 0, 20), (20, bme, 0, 0, 20), rows))


def points_of(found: ExactStaff) -> dict[str, str]:
    """The sentences of the main points, by the names of their cells."""
    return cells_of(staff.main_points(found)._repr_html_())


def test_the_answer_comes_first_with_its_counts_and_whose_they_are():
    said = points_of(exact(of(DISCIPLINARY)))
    assert said["answer.disciplinary"] == (
        "Of 412 staff on 31 March 2025 whose ethnicity is known, 12 entered a formal disciplinary process by 31 March "
        "2026: 9 of 250 BME staff (3.6%) and 3 of 162 White staff (1.9%)."
    )
    assert said["beside.disciplinary"] == (
        "Had chances been equal within each pay band and kind of work, about 8 of these 12 would have been BME staff. "
        "Their count, 9, lies within the range if chances were equal, 6 to 10."
    )


@pytest.mark.parametrize(
    ("white", "bme", "where"), [(9, 1, "below"), (8, 2, "within"), (2, 8, "within"), (1, 9, "above")]
)
def test_a_count_lies_on_its_own_side_of_its_range(white, bme, where):
    said = points_of(entered(white, bme))
    assert said["beside.disciplinary"].endswith(
        f"Their count, {bme}, lies {where} the range if chances were equal, 2 to 8."
    )
    shown = cells_of(staff.each(entered(white, bme))._repr_html_())
    assert shown["good.disciplinary"].startswith("It is not good to be among those")
    assert "one outside it does not show why" in said["caution"]


def test_too_few_are_set_beside_no_range_and_none_are_said_to_be_none():
    assert points_of(entered(0, 1))["beside.disciplinary"].endswith("to set their count beside a range.")
    nobody = points_of(entered(0, 0))
    assert nobody["answer.disciplinary"] == (
        "None of 40 staff on 31 March 2025 whose ethnicity is known entered a formal disciplinary process by 31 March "
        "2026."
    )
    assert nobody.get("beside.disciplinary", "") == ""
    assert "caution" not in nobody


@pytest.mark.parametrize(("took_part", "said"), [(3, "3, which is 2 fewer."), (7, "7, which is 2 more.")])
def test_of_training_the_gap_is_said_and_no_range(took_part, said):
    rows = [draw("5", "clinical", 40, 20, 10, took_part)]
    found = exact(of(TRAINING, (20, 10 - took_part, 0, 0, 20), (20, took_part, 0, 0, 20), rows))
    beside = points_of(found)["beside.training"]
    assert f"about 5 of these 10 would have been BME staff. There were {said}" in beside
    assert beside.endswith("so no range is given.")
    cells = cells_of(staff.beside_chance(found, "training")._repr_html_())
    assert (cells["observed.training.BME"], cells["expected.training.BME"]) == (str(took_part), "5.00")
    assert not [name for name in cells if name.startswith("range")]


def test_counts_are_those_of_each_group_and_of_nobody_else():
    cells = cells_of(staff.counts(exact(of(DISCIPLINARY)), "disciplinary")._repr_html_())
    assert [cells[f"{name}.disciplinary.BME"] for name in ("staff", "reached", "share")] == ["250", "9", "3.6%"]
    assert [cells[f"{name}.disciplinary.Unknown"] for name in ("staff", "reached", "share")] == ["18", "1", "not given"]
    assert cells["unknown.disciplinary"] == (
        "Ethnicity is not known of 18 of all 430 staff, and 1 of these entered a formal disciplinary process. They are "
        "in no comparison."
    )


def test_each_band_and_kind_of_work_has_its_own_expected_number():
    html = staff.by_band(exact(of(DISCIPLINARY)), "disciplinary")._repr_html_()
    assert html.index("Band 5, non‑clinical") < html.index("Band 8a, clinical")
    cells = cells_of(html)
    names = ("white", "group", "white-reached", "group-reached", "group-expected")
    assert [cells[f"{name}.disciplinary.5.non-clinical"] for name in names] == ["4", "10", "2", "7", "6.43"]
    compared = cells_of(staff.beside_chance(exact(of(DISCIPLINARY)), "disciplinary")._repr_html_())
    assert compared["expected.disciplinary.BME"] == "8.24"
    assert compared["telling.disciplinary"].startswith(
        "Divided by pay band and kind of work, staff make 2 groups. 2 of these could have told"
    )


def test_the_statutory_ratio_says_what_it_divides_and_whose_share_is_larger():
    # 11 of 240 BME staff, 4.6%, and 3 of 170 White staff, 1.8%: 2.60 one way round, and 0.39 the other.
    said = {}
    for measure in (DISCIPLINARY, TRAINING):
        shown = cells_of(staff.statutory(exact(of(measure)), measure.key)._repr_html_())
        said[measure] = shown[f"statutory.{measure.key}"]
    assert said[DISCIPLINARY].startswith(
        "Indicator 3 of the Workforce Race Equality Standard divides the share of BME staff by that of White staff. It "
        "is 2.60: the share of BME staff was the larger. Its margin of error is "
    )
    assert said[TRAINING] == (
        "Indicator 4 of the Workforce Race Equality Standard divides the share of White staff by that of BME staff. It "
        "is 0.39: the share of BME staff was the larger. Several people may be taken at a time, on one course say, so "
        "no range is given."
    )


def test_capability_is_told_in_its_own_words_and_its_share_of_bme_staff_divided_by_that_of_white():
    found = exact(of(CAPABILITY))
    assert points_of(found)["answer.capability"] == (
        "Of 412 staff on 31 March 2025 whose ethnicity is known, 12 entered a formal capability process by 31 March "
        "2026: 9 of 250 BME staff (3.6%) and 3 of 162 White staff (1.9%)."
    )
    # 11 of 240 BME staff, 4.6%, and 3 of 170 White staff, 1.8%: 2.60.
    said = cells_of(staff.statutory(found, "capability")._repr_html_())["statutory.capability"]
    assert "divides the share of BME staff by that of White staff. It is 2.60: the share of BME staff was the" in said


NONE_HERE = (0, 0, 0, 0, 0)
FIRST = "staff on 31 March 2025 whose ethnicity is known, 3 entered a formal disciplinary process by 31 March 2026"
COULD_NOT = (
    "None could have told anything: nowhere were both White staff and BME staff there while it happened to some people "
    "and not to all."
)
EDGES = {
    "nobody is BME": (
        ((20, 3, 0, 0, 20), NONE_HERE, NONE_HERE, [draw("5", "clinical", 20, 0, 3, 0)]),
        f"Of 20 {FIRST}. All of the 20 are White staff: there are no BME staff to compare with them.",
        "",
        "make 1 group.",
    ),
    "nobody is White": (
        (NONE_HERE, (20, 3, 0, 0, 20), NONE_HERE, [draw("5", "clinical", 20, 20, 3, 3)]),
        f"Of 20 {FIRST}. All of the 20 are BME staff: there are no White staff to compare with them.",
        "",
        "make 1 group.",
    ),
    "of nobody ethnicity is known": (
        (NONE_HERE, NONE_HERE, (20, 3, 0, 0, 20), []),
        "The ethnicity of nobody among staff on 31 March 2025 is known, so none are compared.",
        "",
        "make 0 groups.",
    ),
    "bands of one": (
        (
            (1, 1, 0, 0, 1),
            (30, 2, 0, 0, 30),
            NONE_HERE,
            [draw("5", "clinical", 30, 30, 2, 2), draw("9", "", 1, 0, 1, 0)],
        ),
        f"Of 31 {FIRST}: 2 of 30 BME staff (7%) and 1 of 1 White staff.",
        "Had chances been equal within each pay band and kind of work, about 2 of these 3 would have been BME staff. "
        "Too few could have gone either way to set their count beside a range.",
        "make 2 groups.",
    ),
}


@pytest.mark.parametrize(("counts", "answer", "beside", "groups"), EDGES.values(), ids=EDGES)
def test_where_there_is_nobody_to_compare_with_the_page_says_so_and_compares_nobody(counts, answer, beside, groups):
    white, bme, unknown, rows = counts
    found = exact(followed(DISCIPLINARY, DAY, sums(white, bme, unknown), rows))
    said = points_of(found)
    assert (said["answer.disciplinary"], said.get("beside.disciplinary", "")) == (answer, beside)
    assert "caution" not in said
    shown = cells_of(staff.beside_chance(found, "disciplinary")._repr_html_())
    assert shown["telling.disciplinary"].endswith(f"staff {groups} {COULD_NOT}")
    assert shown["range.disciplinary.BME"] == "too few to tell"
    assert cells_of(staff.statutory(found, "disciplinary")._repr_html_())["statutory.disciplinary"].startswith("No")


def test_where_of_nobody_in_post_ethnicity_is_known_no_share_is_said():
    row = StaffOfBand("6", "clinical", 0, 0, 50, Share(0, 0))
    cells = cells_of(staff.who_works(exact(in_post_day=DAY, bands=(row,)))._repr_html_())
    assert cells["in-post"] == "The ethnicity of none of all 50 staff is known, so nothing can be said of any band."
    assert {cells[f"{form}.clinical.6"] for form in ("share_here", "own_gap", "own_short")} == {"not given"}


def test_promotion_is_compared_within_bands_and_has_no_statutory_ratio():
    # Of Band 6 a quarter of the staff are BME, so 2 of 8 promotions would be theirs. Nobody is promoted from VSM: its
    # staff are in no comparison, though two thirds of them are BME.
    rows = [draw("6", "clinical", 40, 10, 8, 1), draw("VSM", "non-clinical", 30, 20, 0, 0)]
    found = exact(of(PROMOTION, (40, 7, 1, 0, 42), (30, 1, 0, 0, 31), rows))
    said = points_of(found)
    assert said["answer.promotion"] == (
        "Of 70 staff on 31 March 2025 whose ethnicity is known, 8 gained a promotion by 31 March 2026: 1 of 30 BME "
        "staff (3.3%) and 7 of 40 White staff (18%)."
    )
    assert "about 2 of these 8 would have been BME staff. Their count, 1, lies within" in said["beside.promotion"]
    assert cells_of(staff.each(found)._repr_html_())["good.promotion"].startswith("It is good to be among those who")
    shown = cells_of(staff.beside_chance(found, "promotion")._repr_html_())
    assert "2 groups. 1 of these could have told" in shown["telling.promotion"]
    shown = cells_of(staff.statutory(found, "promotion")._repr_html_())
    assert shown["statutory.promotion"] == "This follows no indicator of a standard, so there is no statutory ratio."
    assert shown["joined.promotion"].endswith("they are in no comparison above, and are counted here.")


PLACES_OF_QUARTERS = ("2025-26-Q1.less than 1 year", "2025-26-Q2.1 to 2 years")


def test_of_new_staff_it_is_said_that_they_had_joined_in_the_year_before_and_nobody_is_counted_besides():
    # Of 15 White and 25 BME staff who were new, 3 and 9 left: of 40 in Band 6, 8 in the first quarter, and of 32 who
    # stayed 4 in the second. Of these 8 × 25/40 and 4 × 19/32 would be BME, 7.375. By the two hypergeometric
    # distributions (SciPy's), convolved, 3 or fewer have probability 0.006, 4 or fewer 0.032, 11 or more 0.017.
    rows = [draw("6", "clinical", 40, 25, 12, 9)]
    quarters = [
        {"quarter": quarter, "service": service} | draw("6", "clinical", *numbers)
        for quarter, service, numbers in (
            ("2025-26-Q2", "1 to 2 years", (32, 19, 4, 3)),
            ("2025-26-Q1", "less than 1 year", (40, 25, 8, 6)),
        )
    ]
    people = sums((15, 3, 0, 0, 170), (25, 9, 0, 0, 240), (3, 1, 0, 0, 20))
    found = exact(followed(LEAVING_SOON, DAY, people, rows, quarters))
    said = points_of(found)
    assert said["answer.leaving-soon"] == (
        "Of 40 staff on 31 March 2025 whose ethnicity is known and who had joined in the year before, 12 left soon "
        "after joining by 31 March 2026: 9 of 25 BME staff (36%) and 3 of 15 White staff."
    )
    assert said["beside.leaving-soon"] == (
        "Had chances been equal within each quarter, pay band, kind of work and length of service, about 7 of these 12 "
        "would have been BME staff. Their count, 9, lies within the range if chances were equal, 4 to 10."
    )
    compared = staff.beside_chance(found, "leaving-soon")._repr_html_()
    cells = cells_of(compared)
    assert cells["quarters.leaving-soon"].startswith("Who left in a quarter is compared with those who could have left")
    assert compared.index("April to June 2025, less than 1 year") < compared.index("July to September 2025, 1 to 2")
    names = ("white", "group", "white-reached", "group-reached", "group-expected")
    told = [[cells[f"{name}.leaving-soon.{place}"] for name in names] for place in PLACES_OF_QUARTERS]
    assert told == [["15", "25", "2", "6", "5.00"], ["13", "19", "1", "3", "2.38"]]
    by_band = cells_of(staff.by_band(found, "leaving-soon")._repr_html_())
    assert [by_band[f"{name}.leaving-soon.6.clinical"] for name in names] == ["15", "25", "3", "9", "7.38"]
    html = staff.counts(found, "leaving-soon")._repr_html_()
    assert "Joined in the year before" in html and "Left soon after joining" in html
    assert cells_of(html)["unknown.leaving-soon"] == (
        "Ethnicity is not known of 3 of all 43 staff who had joined in the year before, and 1 of these left soon after "
        "joining. They are in no comparison."
    )
    shown = cells_of(staff.statutory(found, "leaving-soon")._repr_html_())
    assert shown == {
        "statutory.leaving-soon": "This follows no indicator of a standard, so there is no statutory ratio."
    }


def test_who_acted_up_is_compared_within_bands_and_follows_no_indicator():
    # Of Band 7 half of the staff are BME, so 5 of 10 who acted up would be; of 20 White and 20 BME staff 8 and 2 did.
    rows = [draw("7", "clinical", 40, 20, 10, 2), draw("VSM", "non-clinical", 9, 3, 0, 0)]
    found = exact(of(ACTING_UP, (26, 8, 0, 0, 26), (23, 2, 1, 0, 24), rows))
    said = points_of(found)
    assert said["answer.acting-up"] == (
        "Of 49 staff on 31 March 2025 whose ethnicity is known, 10 acted up in a higher-banded post by 31 March 2026: "
        "2 of 23 BME staff (9%) and 8 of 26 White staff (31%)."
    )
    assert "about 5 of these 10 would have been BME staff. Their count, 2, lies within" in said["beside.acting-up"]
    assert cells_of(staff.each(found)._repr_html_())["good.acting-up"].startswith("It is good to be among those who")
    shown = cells_of(staff.statutory(found, "acting-up")._repr_html_())
    assert shown["statutory.acting-up"] == "This follows no indicator of a standard, so there is no statutory ratio."


def test_who_joined_later_and_whom_no_return_has_stand_apart():
    cells = cells_of(staff.statutory(exact(of(DISCIPLINARY)), "disciplinary")._repr_html_())
    names = ("of-the-day", "joined", "unmatched", "everybody", "at-the-end", "share-of-end")
    assert [cells[f"{name}.disciplinary.BME"] for name in names] == ["9", "2", "0", "11", "240", "4.6%"]
    assert [cells[f"{name}.disciplinary.Unknown"] for name in names] == ["1", "0", "1", "2", "20", "10%"]
    assert cells["joined.disciplinary"].startswith(
        "2 people who entered a formal disciplinary process by 31 March 2026"
    )
    assert cells["unmatched.disciplinary"].startswith("1 person who entered a formal disciplinary process")


@pytest.mark.parametrize(
    ("white", "bme", "said"),
    [
        ((9, 1, 0, 0, None), (9, 1, 0, 0, None), "it divides by the staff of 31 March 2026, whose return was not"),
        ((9, 0, 0, 0, 9), (9, 1, 0, 0, 9), "of one of the two groups nobody entered a formal disciplinary process"),
        ((9, 1, 0, 0, 4), (9, 1, 0, 0, 9), "there were fewer than 5 staff at the end"),
        ((9, 7, 0, 0, 6), (9, 1, 0, 0, 9), "in one group it happened to more people in the year than are staff at"),
    ],
)
def test_where_a_ratio_or_its_range_cannot_be_given_it_is_said_why(white, bme, said):
    cells = cells_of(staff.statutory(exact(of(DISCIPLINARY, white, bme)), "disciplinary")._repr_html_())
    assert said in cells["statutory.disciplinary"]
    assert "Its margin of error" not in cells["statutory.disciplinary"]


def test_a_year_that_lacks_returns_names_them_and_gives_no_number():
    lacking = exact(day=None, missing=("staff of 2024-25-Q4", "events of 2025-26-Q1"))
    assert points_of(lacking) == {
        "lacking": "Nothing can be told yet of the staff of 31 March 2025. These returns were not received, or could "
        "not be used: staff of 2024‑25‑Q4 and events of 2025‑26‑Q1."
    }
    for block in (staff.counts, staff.beside_chance, staff.by_band, staff.statutory):
        for measure in ("disciplinary", "training"):
            (text,) = cells_of(block(lacking, measure)._repr_html_()).values()
            assert text and not any(letter.isdigit() for letter in text)


def test_where_an_earlier_year_stands_in_it_is_said_of_when_it_is():
    later = StaffDay(FinancialYear(2026))
    said = points_of(exact(of(DISCIPLINARY), latest=later, missing=("events of 2026-27-Q4",)))
    assert said["lacking"].startswith("This page is about the staff of 31 March 2025, and not yet of 31 March 2026.")
    assert said["answer.disciplinary"].startswith("Of 412 staff on 31 March 2025")


def test_a_kind_of_event_that_was_never_named_is_not_said_to_have_happened_to_nobody():
    said = points_of(exact(of(TRAINING)))
    assert said["answer.disciplinary"].startswith(
        "No return of the year names a single event of the kind “formal disciplinary”. If there was none, say so"
    )
    assert said.get("beside.disciplinary", "") == ""
    assert said["answer.training"].startswith("Of 412 staff")


def bands(*rows):
    """Staff of bands, of which 6 of every 10 whose ethnicity is known are BME."""
    return tuple(StaffOfBand(*row, of_all=Share(240, 400)) for row in rows)


OWN = bands(
    ("5", "clinical", 70, 180, 4),
    ("8a", "clinical", 46, 24, 1),
    ("VSM", "clinical", 6, 3, 0),
    ("consultant", "medical", 27, 9, 1),
    ("trainee", "medical", 9, 23, 1),
    ("not known", "medical", 2, 1, 0),
)


def test_each_band_stands_beside_all_staff_in_points_and_in_people_with_its_margin():
    page = staff.who_works(exact(in_post_day=DAY, bands=OWN))._repr_html_()
    cells = cells_of(page)
    assert cells["in-post"] == (
        "Of 400 staff whose ethnicity is known, 240 were BME (60%). It is not known of 7 of all 407 staff (1.7%)."
    )
    names = ("white", "group", "unknown", "share_here", "share_of_everybody")
    assert [cells[f"{name}.clinical.8a"] for name in names] == ["46", "24", "1", "34%", "34%"]
    # 24 of 70 beside 216 of the other 330: statsmodels 0.15's confint_proportions_2indep(24, 70, 216, 330,
    # method="newcomb") gives -0.4235 to -0.1835 about -0.3117. Times 330/400, the size of the rest, that is -0.2571
    # (-0.3494 to -0.1514); of 70 people it is 18 too few, 10.6 to 24.5.
    assert cells["own_gap.clinical.8a"] == "26 points lower"
    assert cells["own_short.clinical.8a"] == "18 fewer (24 to 11 fewer)"
    assert cells["own_gap.clinical.VSM"] == cells["own_short.clinical.VSM"] == "not given"  # nine people
    assert [cells[f"{name}.clinical.8+"] for name in names[:3]] == ["52", "27", "1"]
    assert [cells[f"{name}.clinical.all"] for name in names[:3]] == ["122", "207", "5"]
    assert page.index("Clinical staff by band, 31 March 2025") < page.index("Doctors and dentists, 31 March 2025")


def test_doctors_stand_by_grade_beside_all_staff_those_whose_grade_was_not_sent_and_all_of_them():
    page = staff.who_works(exact(in_post_day=DAY, bands=OWN))._repr_html_()
    doctors = page[page.index("Doctors and dentists, 31 March 2025") :]
    rows = ("Grade", "Consultants", "Trainee grades", "Grade not sent", "All doctors and dentists")
    assert [doctors.index(f">{row}<") for row in rows] == sorted(doctors.index(f">{row}<") for row in rows)
    cells = cells_of(page)
    names = ("white", "group", "unknown", "share_here", "own_gap", "own_short")
    told = {
        band: [cells[f"{name}.medical.{band}"] for name in names] for band in ("consultant", "trainee", "not known")
    }
    # Beside 240 of all 400, worked out as in the test above: 9 of 36 are 12.6 people too few (7.1 to 16.6), and 23 of
    # 32 are 3.8 more (1.5 fewer to 7.8 more).
    assert told == {
        "consultant": ["27", "9", "1", "25%", "35 points lower", "13 fewer (17 to 7 fewer)"],
        "trainee": ["9", "23", "1", "72%", "12 points higher", "4 more (1 fewer to 8 more)"],
        "not known": ["2", "1", "0", "not given", "not given", "not given"],
    }
    assert [cells[f"{name}.medical.all"] for name in names[:3]] == ["38", "33", "2"]


def test_where_no_staff_of_a_31_march_were_sent_nobody_is_counted_by_band():
    assert "nobody can be counted by band" in staff.who_works(exact())._repr_html_()


def test_of_the_board_all_voting_and_executive_members_stand_beside_all_staff_with_what_one_seat_is():
    # 2 of 9 are 22%, 2 of 8 25%, 0 of 4 none; of all staff 120 of 400 are 30%.
    numbers = {"members": (6, 2, 1), "voting": (5, 2, 1), "executives": (4, 0, 0)}
    seats = tuple(SeatsHeld(which, *some, Share(120, 400)) for which, some in numbers.items())
    cells = cells_of(staff.board(exact(in_post_day=DAY, seats=seats))._repr_html_())
    assert cells["seats"] == (
        "Members of the board in the return of staff: 9, of whom BME: 2 (22%). Of all staff the share was 30%. One "
        "seat is 11% of the board: no trend can be read off it."
    )
    parts = ("white", "group", "unknown", "share_of_seats", "share_of_all_staff", "seats_gap")
    told = [[cells[f"seats.{which}.{part}"] for part in parts] for which in numbers]
    assert told == [
        ["6", "2", "1", "22%", "30%", "8 points lower"],
        ["5", "2", "1", "25%", "30%", "5 points lower"],
        ["4", "0", "0", "0%", "30%", "30 points lower"],
    ]


def test_where_nobody_is_said_to_be_on_the_board_or_which_are_executives_the_page_says_so():
    assert "No return of the staff of a 31 March says who sits on the board" in staff.board(exact())._repr_html_()
    some = exact(in_post_day=DAY, seats=(SeatsHeld("members", 6, 2, 1, Share(120, 400)),))
    cells = cells_of(staff.board(some)._repr_html_())
    assert cells["seats.voting"] == "Of no member does the return say that they vote (board)."
    assert cells["seats.executives"] == "Of no member does the return say that they are an executive (board_role)."


def test_where_staff_live_is_of_those_whose_borough_is_known_and_of_few_has_no_share():
    found = exact(in_post_day=DAY, homes=(Homes("all", 30, 30, 40, 7), Homes("8+", 3, 2, 4, 0)))
    cells = cells_of(staff.where_they_live(found)._repr_html_())
    forms = ("in_lambeth", "in_the_boroughs", "home_unknown")
    assert [cells[f"{form}.all"] for form in forms] == ["30 of 100 (30%)", "60 of 100 (60%)", "7"]
    assert [cells[f"{form}.8+"] for form in forms] == ["3 of 9", "5 of 9", "0"]
    none = staff.where_they_live(exact(in_post_day=DAY, homes=(Homes("all", 0, 0, 0, 9),)))._repr_html_()
    assert "No borough was sent" in none


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (Share(10, 100), "they would be 110 of 300 (37%): 7 points higher."),
        (Share(50, 100), "they would be 70 of 300 (23%): 7 points lower."),
        (Share(30, 100), "Without your organisation the share would be the same."),
    ],
)
def test_what_the_partnership_would_be_without_an_organisation_is_said_with_its_direction(own, said):
    one = InPartnership(DAY, "8+", "BME", WithoutOne(Share(120, 400), own))
    cells = cells_of(staff.without(exact(in_partnership=(one,)))._repr_html_())
    assert cells["without"].startswith(
        "At Band 8 and above, 120 of 400 (30%) of the partnership's staff of known ethnicity are BME staff."
    )
    assert cells["without"].endswith(said)
    assert cells["of_own.in-post.8+.BME"] == f"{own.successful} of {own.people} ({own.share:.0%})"


def test_of_a_hidden_figure_of_the_partnership_nothing_is_worked_out():
    cells = cells_of(staff.without(exact(in_partnership=(InPartnership(DAY, "8+", "BME", None),)))._repr_html_())
    assert cells["without"] == "The partnership's figure for BME staff at Band 8 and above is not shown."
    assert not [text for text in cells.values() if any(letter.isdigit() for letter in text.replace("Band 8", ""))]


def test_another_label_takes_the_place_of_the_code_everywhere(words_file):
    words_file.write_text("label_of_bme: people of the global majority\n", encoding="utf-8")
    found = exact(of(DISCIPLINARY), of(TRAINING))
    blocks = (staff.counts, staff.beside_chance, staff.by_band, staff.statutory)
    parts = [staff.main_points(found), *(block(found, one) for block in blocks for one in ("disciplinary", "training"))]
    texts = "".join(part._repr_html_() for part in parts)
    assert "9 of 250 staff of the global majority (3.6%)" in texts
    assert "Staff of the global majority who entered a disciplinary process" in texts
    assert "BME" not in "".join(piece.partition(">")[2] for piece in texts.split("<"))


def test_the_page_is_marked_as_restricted():
    html = staff.heading(replace(exact(), invented=False))._repr_html_()
    assert "Not for publication" in html
    assert "<h1>Staff: Ashbourne</h1>" in html


WENT = "Of 15 people who entered a formal capability process in the year, whenever they joined, "
OF_WDES = " The Workforce Disability Equality Standard is understood to count only those for performance (unverified)."
NOT_SENT = "Whether these processes were for performance or for ill health was not sent, so they are counted together."


def split_as(number, bme, white, unknown):
    return f"{number} did so for performance (BME staff {bme}, White staff {white}, ethnicity not known {unknown}) and "


@pytest.mark.parametrize(
    ("white", "bme", "unknown", "words"),
    [
        ((2, 1), (6, 5), (1, 0), f"{WENT}{split_as(9, 6, 2, 1)}6 for ill health alone."),
        ((2, 1), (6, 3), (0, 0), f"{WENT}{split_as(8, 6, 2, 0)}4 for ill health alone; of 3 it was not sent."),
        ((0, 3), (0, 11), (0, 0), f"{WENT}{split_as('none', 0, 0, 0)}14 for ill health alone; of 1 it was not sent."),
        ((0, 0), (0, 0), (0, 0), NOT_SENT),
    ],
)
def test_of_capability_the_page_says_how_many_were_for_performance_and_where_that_was_not_sent(
    white, bme, unknown, words
):
    rows = sums((*WHITE, *white), (*BME, *bme), (18, 1, 0, 0, 20, *unknown))
    found = exact(followed(CAPABILITY, DAY, rows, DRAWS))
    assert cells_of(staff.statutory(found, "capability")._repr_html_())["grounds.capability"] == words + OF_WDES


def test_of_nobody_and_of_other_processes_no_ground_is_said():
    nobody = followed(CAPABILITY, DAY, sums((9, 0, 0, 0, 9), (9, 0, 0, 0, 9)), [])
    assert "grounds.capability" not in cells_of(staff.statutory(exact(nobody), "capability")._repr_html_())
    disciplined = cells_of(staff.statutory(exact(of(DISCIPLINARY)), "disciplinary")._repr_html_())
    assert "grounds.disciplinary" not in disciplined
