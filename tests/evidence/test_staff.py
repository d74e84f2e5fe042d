"""What happened to staff in a year: like compared with like, the statutory ratio beside it, and which way each goes."""

import pytest

from lt_analysis.codebook.measures import CAPABILITY, DISCIPLINARY, TRAINING
from lt_analysis.codebook.periods import StaffDay
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.evidence.staff import StaffOfGroup, StatutoryRatio, followed

DAY = StaffDay.parse("2025-03-31")
NOBODY = StaffOfGroup(0, 0, 0, 0, 0)


def sums(white, bme, unknown=(0, 0, 0, 0, 0)):
    names = ("people", "reached", "joined", "unmatched", "at_the_end", "performance", "ill_health")
    groups = {"White": white, "BME": bme, "Unknown": unknown}
    return [{"group_name": name} | dict(zip(names, (*numbers, 0, 0), strict=False)) for name, numbers in groups.items()]


def draw(band, work, pool, in_group, chosen, chosen_in_group, group="BME"):
    numbers = {"pool": pool, "pool_in_group": in_group, "chosen": chosen, "chosen_in_group": chosen_in_group}
    return {"band": band, "work": work, "group_name": group} | numbers


# In Band 5, 3 of 4 staff are BME, and in Band 8a 1 of 6. Within bands to enter a process is as common in both groups;
# but Band 5 is where processes are entered, so by the sums BME people are 2 of 4 and White people 1 of 6.
DRAWS = [
    draw("8a", "clinical", 6, 1, 0, 0),
    draw("5", "non-clinical", 4, 3, 3, 2),
    draw("VSM", "non-clinical", 2, 0, 0, 0),
    draw("5", "non-clinical", 4, 3, 3, 2, group="Black"),
    draw("8a", "clinical", 5, 0, 0, 0, group="Black"),
]


def of(measure, white=(8, 1, 0, 0, 8), bme=(4, 2, 0, 0, 4)):
    return followed(measure, DAY, sums(white, bme), DRAWS)


def test_what_is_expected_is_worked_out_within_pay_band_and_kind_of_work():
    found = of(DISCIPLINARY)
    assert found.within.within.expected == pytest.approx(3 * 3 / 4)
    assert found.within.within.expected < 3 * 4 / 12 * 3  # of all staff added up, a third would be BME: 1 of 3
    assert (found.within.within.vacancies, found.within.within.informative) == (3, 1)
    assert [(one.band, one.expected) for one in found.bands] == [("5", 2.25), ("8a", 0), ("VSM", 0)]


def test_single_groups_are_those_that_have_staff():
    assert [(one.group, one.people) for one in of(DISCIPLINARY).groups] == [("BME", 4), ("Black", 3)]


def test_a_count_outside_its_range_lies_on_its_own_side_of_it():
    # Of 20 White and 20 BME staff 10 entered a process: 5 are expected, and the range is 2 to 8 (scipy.stats.hypergeom:
    # P(1 or fewer) = 0.0040, P(2 or fewer) = 0.0324).
    places = {}
    for entered in (1, 2, 8, 9):
        rows = [draw("5", "clinical", 40, 20, 10, entered)]
        found = followed(DISCIPLINARY, DAY, sums((20, 10 - entered, 0, 0, 20), (20, entered, 0, 0, 20)), rows)
        assert found.within.chance_range == (2, 8)
        places[entered] = found.within.place
    assert places == {1: "fewer", 2: "fits", 8: "fits", 9: "more"}


def test_where_people_are_taken_several_at_a_time_there_is_no_range():
    rows = [draw("5", "clinical", 40, 20, 10, 0)]
    found = followed(TRAINING, DAY, sums((20, 10, 0, 0, 20), (20, 0, 0, 0, 20)), rows)
    assert (found.within.within.observed, found.within.within.expected) == (0, pytest.approx(5))
    assert (found.within.chance_range, found.within.place, found.statutory.interval) == (None, "untold", None)


def test_the_statutory_ratio_counts_whoever_joined_later_and_divides_by_the_staff_at_the_end():
    white, bme = StaffOfGroup(200, 3, 2, 0, 250), StaffOfGroup(100, 4, 1, 1, 120)
    # Entered: 5 of 250 White staff, 2%, and 6 of 120 BME staff, 5%.
    disciplinary, training = (StatutoryRatio(measure, white, bme) for measure in (DISCIPLINARY, TRAINING))
    assert disciplinary.ratio == pytest.approx(2.5)
    assert training.ratio == pytest.approx(0.4)
    assert disciplinary.likelihood == RelativeLikelihood(5, 250, 6, 120)
    assert disciplinary.likelihood.ratio_of_group == pytest.approx(disciplinary.ratio)
    low, high = RelativeLikelihood(6, 120, 5, 250).confidence_interval()
    assert disciplinary.interval == pytest.approx((low, high))
    assert disciplinary.interval.low < 2.5 < disciplinary.interval.high


def test_the_ratio_of_capability_divides_the_share_of_bme_staff_and_has_a_range():
    # Entered: 4 of 200 White staff, 2%, and 6 of 120 BME staff, 5%.
    found = StatutoryRatio(CAPABILITY, StaffOfGroup(190, 3, 1, 0, 200), StaffOfGroup(110, 4, 1, 1, 120))
    assert found.ratio == pytest.approx(2.5)
    assert found.interval.low < 2.5 < found.interval.high
    # Of 20 White and 20 BME staff 10 entered: 2 to 8 are usual (see above), so 9 are more and 1 is fewer.
    for entered, place in ((9, "more"), (1, "fewer")):
        rows = [draw("5", "clinical", 40, 20, 10, entered)]
        of_both = sums((20, 10 - entered, 0, 0, 20), (20, entered, 0, 0, 20))
        assert followed(CAPABILITY, DAY, of_both, rows).within.place == place


def test_more_people_than_are_left_at_the_end_have_a_ratio_and_no_interval():
    found = StatutoryRatio(DISCIPLINARY, StaffOfGroup(10, 2, 0, 0, 10), StaffOfGroup(6, 6, 0, 0, 5))
    assert found.ratio == pytest.approx(6)  # 6/5 ÷ 2/10
    assert (found.likelihood, found.interval) == (None, None)


def test_no_ratio_divides_by_nobody_or_by_staff_who_are_not_known():
    some, not_known = StaffOfGroup(10, 2, 0, 0, 10), StaffOfGroup(10, 2, 0, 0, None)
    for white, group in ((NOBODY, some), (some, NOBODY), (not_known, some), (some, not_known)):
        assert StatutoryRatio(DISCIPLINARY, white, group).ratio is None
    nobody_entered = StaffOfGroup(10, 0, 0, 0, 10)
    assert StatutoryRatio(DISCIPLINARY, nobody_entered, some).ratio is None
    assert StatutoryRatio(TRAINING, nobody_entered, some).ratio == 0


# Kent and Medway NHS and Social Care Partnership Trust (kmpt.nhs.uk, WRES 2020): 76% White and 22% BME of 3,296 staff,
# 17 and 9 of whom entered a formal process; it divides BME people's share by White people's: 1.8. Its page on
# the indicator prints 1.7, which is 1.2 / 0.7: the same ratio, of shares that were rounded first.
KENT = (17, 2505, 9, 725)


def printed_ratio(measure, white_reached, white, reached, group):
    return StatutoryRatio(
        measure,
        StaffOfGroup(white, white_reached, 0, 0, white),
        StaffOfGroup(group, reached, 0, 0, group),
    ).ratio


def test_a_printed_indicator_3_comes_out_from_its_counts_and_the_other_that_was_printed_from_rounded_shares():
    assert [f"{100 * some / people:.1f}" for some, people in (KENT[:2], KENT[2:])] == ["0.7", "1.2"]
    assert f"{printed_ratio(DISCIPLINARY, *KENT):.1f}" == "1.8"
    assert f"{1.2 / 0.7:.1f}" == "1.7"
    # The source's percentages are rounded: whatever was rounded to 76% and 22%, it is 1.8 or 1.9, and never 1.7.
    rounded = [printed_ratio(DISCIPLINARY, 17, white, 9, group) for white in (2489, 2521) for group in (709, 741)]
    assert (min(rounded), max(rounded)) == pytest.approx((1.78, 1.88), abs=0.01)
    assert f"{printed_ratio(TRAINING, *KENT):.2f}" == "0.55"  # indicator 4 divides White people's share
