import numpy as np
import pytest
from scipy.stats import binom

from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.funnel import (
    DEVIATIONS,
    LEVELS,
    Funnel,
    FunnelPlace,
    funnel_limits,
    interpolated_quantiles,
    rate_limits,
    share_limits,
)
from lt_analysis.evidence.inequality import Quantity
from lt_analysis.evidence.null_distribution import NullDistribution
from lt_analysis.evidence.relative_likelihood import Share


def test_binomial_limits_are_spiegelhalters():
    # Spiegelhalter (2005), A.1, with a share of .3 and 20 people; computed in R.
    found = np.array(interpolated_quantiles(0, binom.pmf(np.arange(21), 20, 0.3), LEVELS)) / 20
    assert found == pytest.approx([0.001477, 0.081177, 0.487255, 0.613700], abs=5e-7)


def test_limits_of_draws_lie_around_the_expected_number():
    null = NullDistribution.of([Draw(5, 2, 1, 0)] * 30)
    lowest, low, high, highest = funnel_limits(null)
    assert lowest < low < null.mean() < high < highest


def test_a_set_that_could_go_one_way_only_has_one_limit():
    assert funnel_limits(NullDistribution.of([Draw(5, 5, 2, 2)])) == (2, 2, 2, 2)


# UK Health Security Agency's PHEindicatormethods 2.1.0, tests/testthat: the limits of a funnel of proportions for some
# numbers of people about 80.642448%, as printed, and where it puts some primary care trusts.
BASELINE = 0.806424478571495  # of the 303 trusts' 12,804,440 people, as printed 80.642448
PRINTED = """people low high lowest highest
1 3.204264 100 0 100
2 25.885383 100 0 100
3 35.933491 100 10.150815 100
10 56.154344 100 42.03259 100
58842 80.323212 80.961684 80.139116 81.14578
99108 80.396467 80.888428 80.254616 81.03028
110000 80.408963 80.875933 80.274317 81.010578"""
TRUSTS = {
    (35078.488, 41980): FunnelPlace.ABOVE_OUTER,
    (24803.6256, 31824): FunnelPlace.BELOW_OUTER,
    (26789.238, 33012): FunnelPlace.ABOVE_INNER,
    (36850.0492, 45449): FunnelPlace.ABOVE_INNER,
    (30277.5312, 37828): FunnelPlace.BELOW_INNER,
    (50050.7443, 61921): FunnelPlace.WITHIN,
    (24648.7596, 30521): FunnelPlace.WITHIN,
}


def test_limits_of_shares_are_the_printed_ones():
    for people, *printed in (map(float, row.split()) for row in PRINTED.splitlines()[1:]):
        inner, outer = (share_limits(BASELINE, people, one) for one in DEVIATIONS)
        assert [round(100 * limit, 6) for limit in (*inner, *outer)] == printed


def test_a_share_lies_where_the_printed_label_says():
    for (some, people), place in TRUSTS.items():
        rest = Share(BASELINE * 12_804_440 - some, 12_804_440 - people)
        assert Funnel({"own": Share(some, people), "rest": rest}).place("own") == place


# The same package's funnel of ratios: for some numbers of events, the expected number of which they are the lower or
# upper limit and the observed number divided by it, in per cent; inner limits, then outer ones.
PRINTED_OF_RATES = """events low ratio high ratio lowest ratio highest ratio
1 5.571644585 17.94802207 0.025317898 3949.774946 9.233410143 10.83023482 0.001000547 99945.32721
2 7.224687515 27.6828582 0.242209467 825.7315569 11.22886836 17.81123382 0.04540199 4405.093268
3 8.767273828 34.21816244 0.618671905 484.9096876 13.06224507 22.96695541 0.190533306 1574.52787
10 18.39035799 54.3763205 4.795387629 208.5337156 24.13397235 41.43536693 2.960519925 337.778507
30 42.82687112 70.04947878 20.24087434 148.2149412 51.08312418 58.72780979 15.86916711 189.0458383
100 121.6268111 82.21871402 81.36400699 122.9044681 134.9243187 74.11562345 71.92139974 139.0406755
716 770.4222128 92.93605352 664.5083011 107.7488421 802.60414 89.20960712 636.1521174 112.5516964"""
# Its 300 published rows are labelled as here; these lie nearest to a limit, and one has no event.
EVENTS = {
    (0, 240.6273499): FunnelPlace.BELOW_OUTER,
    (66, 95.61060409): FunnelPlace.BELOW_OUTER,
    (46, 71.75167681): FunnelPlace.BELOW_OUTER,
    (83, 103.0799801): FunnelPlace.BELOW_INNER,
    (77, 107.8582435): FunnelPlace.BELOW_INNER,
    (72, 90.53187476): FunnelPlace.WITHIN,
    (85, 67.9184978): FunnelPlace.WITHIN,
    (6, 4.293052052): FunnelPlace.WITHIN,
    (355, 318.5570711): FunnelPlace.ABOVE_INNER,
    (182, 143.6804295): FunnelPlace.ABOVE_INNER,
    (275, 226.4679239): FunnelPlace.ABOVE_OUTER,
    (141, 106.7211626): FunnelPlace.ABOVE_OUTER,
}


def test_limits_of_rates_are_the_printed_ones():
    # As far as its search goes: it ends at steps of 0.0000001, so the last digits of the smallest numbers are its own.
    for row in PRINTED_OF_RATES.splitlines()[1:]:
        _, *printed = map(float, row.split())
        for deviations, (low, low_ratio, high, high_ratio) in zip(DEVIATIONS, (printed[:4], printed[4:]), strict=True):
            assert 100 * rate_limits(1, low, deviations).low == pytest.approx(low_ratio, rel=7e-6)
            assert 100 * rate_limits(1, high, deviations).high == pytest.approx(high_ratio, rel=7e-6)
            assert rate_limits(0.002, low / 0.002, deviations).low * 500 == pytest.approx(low_ratio / 100, rel=7e-6)


def test_a_rate_lies_where_the_printed_label_says():
    for (some, expected), place in EVENTS.items():
        # Of a rate of 1 in 1,000, so that the people are 1,000 times those expected.
        funnel = Funnel({"own": Share(some, 1000 * expected)}, Share(1, 1000), measured=Quantity.RATE, per=1000)
        assert (funnel.place("own"), funnel.expected("own")) == (place, pytest.approx(expected))


# R: qicharts2 (anhoej/qicharts2), its data hospital_infections: infections of each kind in six hospitals, July to
# December 2016, and days at risk; and the line per 10,000 days of its u chart over hospitals.
HOSPITALS = [
    (7.78636501711823, "0 0 0 0 -2 0", [74, 51, 10, 112, 50, 141],
     [96289.75, 68673.3333, 13406.5417, 123572.6667, 103736.0, 156843.5]),
    (5.74507194418499, "0 2 0 0 0 0", [56, 66, 6, 58, 44, 72],
     [84649.8333, 67191.0, 12861.3333, 117294.6667, 97105.25, 146565.8333]),
    (42.7738356725229, "1 0 0 0 -2 0", [380, 302, 45, 507, 327, 582],
     [79453.0833, 65451.4583, 12327.1667, 112694.0833, 93547.1667, 137534.25]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "places", "events", "days"), HOSPITALS)
def test_hospitals_rates_of_infection_have_one_line_and_the_one_beyond_it_of_a_u_chart(line, places, events, days):
    # Its limits are normal ones at 3 deviations, of which one hospital of each kind is beyond; these are exact ones.
    counts = {str(place): Share(*one) for place, one in enumerate(zip(events, days, strict=True))}
    funnel = Funnel(counts, measured=Quantity.RATE, per=10_000)
    assert 10_000 * funnel.overall.share == pytest.approx(line, abs=1e-7)
    assert [int(one) for one in places.split()] == [int(funnel.place(one)) for one in counts]
    assert sum(abs(funnel.place(one)) == FunnelPlace.ABOVE_OUTER for one in counts) == 1


def test_where_fewer_than_four_events_are_expected_none_at_all_is_within_the_limits():
    # The upper end of the exact interval of no event is 3.689 (R: poisson.test(0)), and the limit is cut at 0.
    assert rate_limits(1, 3.688, DEVIATIONS[0]).low == 0 < rate_limits(1, 3.69, DEVIATIONS[0]).low
    assert rate_limits(0, 500, DEVIATIONS[0]) == (0, 0)


def test_a_share_on_a_limit_is_within_it_and_the_order_given_is_kept():
    funnel = Funnel({"Cedars": Share(20, 40), "Ashbourne": Share(10, 20), "Beeches": Share(0, 1)})
    assert list(funnel.counts) == ["Cedars", "Ashbourne", "Beeches"]
    assert funnel.place("Beeches") == FunnelPlace.WITHIN  # of one person any share is
    with pytest.raises(ValueError, match="somebody"):
        Funnel({"Ashbourne": Share(0, 0)})
