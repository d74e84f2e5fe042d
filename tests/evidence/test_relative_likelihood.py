import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats.contingency import relative_risk

from lt_analysis.evidence.relative_likelihood import RelativeLikelihood, Share


def counts(most=60):
    arm = st.integers(0, most).flatmap(lambda people: st.tuples(st.integers(0, people), st.just(people)))
    return st.builds(lambda white, group: RelativeLikelihood(*white, *group), arm, arm)


def test_berkeley_admissions_pooled():
    # R: UCBAdmissions summed over departments: (1198/2691) / (557/1835) = 1.46664
    assert RelativeLikelihood(1198, 2691, 557, 1835).ratio == pytest.approx(1.46664, abs=5e-6)


# Indicator 2 divides White people's share by the others': of each source White successes and people, then the others',
# and the ratio as printed.
PRINTED = {
    "Scientist Training Programme, 2019, to accepted offer, White and Black (FOI, NSHCS)": (338, 5253, 4, 640, "10"),
    "The Christie, 2022 (thechristie.cld.bz): 46.99% and 14.65%, as parts of 10,000": (
        4699,
        10_000,
        1465,
        10_000,
        "3.2",
    ),
}


@pytest.mark.parametrize("source", PRINTED)
def test_ratios_that_others_printed_come_out_to_their_decimals_and_above_1_where_white_people_succeed_more(source):
    *counts, printed = PRINTED[source]
    found = RelativeLikelihood(*counts)
    assert f"{found.ratio:.{len(printed.partition('.')[2])}f}" == printed
    assert found.white_share.share > found.group_share.share and found.ratio > 1 > found.ratio_of_group


# Parts of those who entered a process or were in a range, as printed in whole or to a decimal: 65 of 108 midwives of
# London who were disciplined were Black, and 10 of these dismissed (RCM, year to June 2011: hsj.co.uk 5051716); of
# 231 trusts in 2018 135 lay above and 41 below the range in which indicator 3 is not adverse (hsj.co.uk 7025477).
@pytest.mark.parametrize(
    ("some", "people", "printed"), [(65, 108, "60"), (10, 65, "15"), (231 - 135 - 41, 231, "23.8")]
)
def test_parts_that_others_printed_come_out_to_their_decimals(some, people, printed):
    assert f"{100 * Share(some, people).share:.{len(printed.partition('.')[2])}f}" == printed


@pytest.mark.parametrize(
    ("group", "applied", "offered", "published"),
    [("Black", 15515, 188, 5.98), ("Asian", 59211, 1050, 4.08), ("Mixed", 10860, 188, 4.18)],
)
def test_london_acute_trusts_reproduce_what_was_published(group, applied, offered, published):
    # BMJ 2021;375:n2460: medical posts, 12 London acute trusts, 2020-21; White 1,148 of 15,853.
    assert round(RelativeLikelihood(1148, 15853, offered, applied).ratio, 2) == published


@pytest.mark.parametrize(
    ("table", "low", "high"),
    [
        # R PropCIs::riskscoreci and contingencytables, Miettinen-Nurminen
        ((7, 34, 1, 34), 1.20857, 43.0330),
        # London acute trusts, White and Black, application to offer (published as 5.13 to 6.96)
        ((1148, 15853, 188, 15515), 5.13, 6.96),
        # London, shortlist to offer, White and the three groups together: 2.08 (1.94 to 2.23)
        ((1148, 4675, 1426, 12067), 1.94, 2.23),
    ],
)
def test_score_interval_has_the_values_of_other_programs(table, low, high):
    found = RelativeLikelihood(*table).confidence_interval()
    digits = 5e-5 if low == 1.20857 else 5e-3 / low
    assert found == pytest.approx((low, high), rel=digits)


def test_score_interval_is_right_where_a_whole_group_succeeds():
    # 20 of 20 against 15 of 20. R's Koopman interval is 1.08924-1.88218; statsmodels gives 1.1429 for its lower
    # limit. Miettinen and Nurminen's variance is larger by 40/39, so the interval is slightly wider on both sides.
    low, high = RelativeLikelihood(20, 20, 15, 20).confidence_interval()
    assert (low, high) == pytest.approx((1.0841599, 1.8923732), rel=1e-6)
    assert low < 1.08924 < 1.88218 < high


def test_a_group_with_nobody_successful_has_no_ratio_but_has_a_lower_limit():
    none = RelativeLikelihood(5, 20, 0, 20)
    assert none.ratio is None
    low, high = none.confidence_interval()
    assert 0 < low < math.inf
    assert high == math.inf


def test_nobody_at_all_leaves_everything_open():
    assert RelativeLikelihood(0, 0, 0, 0).confidence_interval() == (0, math.inf)
    assert RelativeLikelihood(0, 20, 0, 20).confidence_interval() == (0, math.inf)


@pytest.mark.parametrize("table", [(5, 4, 1, 2), (-1, 4, 1, 2), (1, 4, 3, 2)])
def test_impossible_counts_are_refused(table):
    with pytest.raises(ValueError, match="between nobody and everybody"):
        RelativeLikelihood(*table)


@given(counts())
def test_the_interval_holds_the_ratio(table):
    low, high = table.confidence_interval()
    assert low <= high
    if table.ratio is not None:
        assert low <= table.ratio * (1 + 1e-9)
        assert table.ratio <= high * (1 + 1e-9)


@given(counts())
def test_swapping_the_groups_inverts_the_interval(table):
    swapped = RelativeLikelihood(
        table.group_successful, table.group_people, table.white_successful, table.white_people
    ).confidence_interval()
    low, high = table.confidence_interval()
    assert swapped.low == pytest.approx(1 / high if high else math.inf, rel=1e-6, abs=1e-20)
    assert swapped.high == pytest.approx(1 / low if low else math.inf, rel=1e-6)


@given(counts())
def test_the_ratio_is_scipys(table):
    if table.ratio is not None:
        other = relative_risk(
            table.white_successful, table.white_people, table.group_successful, table.group_people
        ).relative_risk
        assert table.ratio == pytest.approx(other)


def test_wilson_interval_of_three_in_twenty():
    # R: prop.test(3, 20, correct = FALSE): .052369-.360419
    assert Share(3, 20).confidence_interval() == pytest.approx((0.052369, 0.360419), abs=5e-7)
