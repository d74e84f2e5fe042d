"""What organisations come to together: the range of their sum, from their own ranges, beside the exact one."""

import numpy as np
import pytest
from scipy.stats import hypergeom

from lt_analysis.codebook.measures import SHORTLISTING
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.within_vacancy import WithinVacancies
from lt_analysis.release.figures import Expected
from lt_analysis.rendering.forms import say
from lt_analysis.rendering.front_page import TOGETHER
from lt_analysis.rendering.named import Across
from lt_analysis.rendering.together import Together
from tests.rendering.charted import organisation as named
from tests.rendering.charted import release


def chance(people, low, high):
    return Expected(could_tell=True, people=people, low=low, high=high, informative=20)


NINE = [(18, chance(20, 16, 24))] * 9


def said_of(counts):
    """What is said of organisations of which so many were shortlisted, beside what equal chances give."""
    own = (
        named(f"Trust{number}", group=(150, people, 9), expected=(one, None))
        for number, (people, one) in enumerate(counts)
    )
    across = Across(release(*own), SHORTLISTING)
    return say(TOGETHER, across, across.name)


def test_many_that_lie_a_little_low_come_to_less_than_chance_gives():
    assert all(one.low <= people <= one.high for people, one in NINE)
    of = Together.of(NINE)
    # 9 x 20, and 1.96 x sqrt(9 x ((24 - 16 + 1) / 3.92)^2 + 9 / 12) = 13.6.
    assert (of.people, of.expected, of.low, of.high, of.place) == (162, 180, 166, 194, "fewer")
    assert said_of(NINE) == (
        "In 2025-26, 162 of those shortlisted in 9 organisations together were BME people. Equal chances for each post "
        "would give about 180, usually about 166 to 194. So fewer were shortlisted than equal chances usually give; "
        "the counts do not show why."
    )


@pytest.mark.parametrize(("people", "place"), [(18, "fewer"), (20, "fits"), (22, "more")])
def test_one_count_moves_the_sum_and_its_place(people, place):
    counts = [(people, one) for _, one in NINE]
    assert Together.of(counts).place == place
    said = {
        "fewer": "So fewer were shortlisted than",
        "fits": "So the number fits",
        "more": "So more were shortlisted than",
    }
    assert {way for way, words in said.items() if words in said_of(counts)} == {place}


def test_of_one_organisation_nothing_is_added_up():
    assert said_of(NINE[:1]) == ""


def organisation(random: np.random.Generator) -> tuple[np.ndarray, WithinVacancies]:
    """An organisation of short shortlists or long ones: the exact distribution of its count, and its range."""
    posts = []
    for _ in range(random.choice([5, 20, 60])):
        people = int(random.integers(3, 20))
        group, appointed = int(random.binomial(people, 0.4)), int(random.integers(1, 3))
        posts.append(Draw(people, group, appointed, max(0, appointed - (people - group))))
    exact = np.ones(1)
    for one in posts:
        pmf = hypergeom(one.pool, one.pool_in_group, one.chosen).pmf(np.arange(one.chosen + 1))
        exact = np.convolve(exact, pmf)
    return exact, WithinVacancies.from_draws(posts)


def test_equal_chances_put_no_more_than_one_sum_in_20_outside():
    random = np.random.default_rng(20)
    for number in (2, 3, 5, 8, 12) * 4:
        own = [organisation(random) for _ in range(number)]
        counts = [(0, chance(round(one.expected), *one.chance_range())) for _, one in own]
        of, exact = Together.of(counts), np.ones(1)
        for pmf, _ in own:
            exact = np.convolve(exact, pmf)
        within = exact[of.low : of.high + 1].sum()
        assert 0.95 <= within < 0.99
