"""The validation study, with few runs: every target is met, and what is there for comparison is what it was."""

from dataclasses import replace

import numpy as np
import pytest

from lt_analysis import validation
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.sequential import DatedDraw, e_processes
from lt_analysis.rendering.studies import studies_table
from lt_analysis.validation import POSTS_A_QUARTER, Study, e_path, shortlists

STUDIES = (
    validation.false_alarms_of_one_test,
    validation.false_alarms_where_groups_apply_for_different_posts,
    validation.false_alarms_of_four_fifths,
    validation.false_alarms_over_years,
    validation.evidence_against_a_halving,
    validation.coverage_of_intervals,
    validation.partnership_beside_equal_chances,
    validation.false_words_of_both_stages,
    validation.false_words_where_people_apply_to_several,
    validation.false_signs_of_charts,
)


@pytest.fixture(scope="module")
def found():
    """Every study's figures, by its question and where it was asked."""
    return {(make.__name__, study.question): study for make in STUDIES for study in make("quick")}


def test_every_target_is_met(found):
    assert [key for key, study in found.items() if study.met is False] == []
    assert sum(study.met is True for study in found.values()) >= 20


def test_adding_up_all_posts_raises_false_alarms_where_groups_apply_for_different_posts(found):
    # Longer shortlists for one group: pooled tests were measured at 7, 28 and 92% for 20, 80 and 400 posts.
    asked = "false_alarms_where_groups_apply_for_different_posts"
    shares = [found[asked, f"Fisher's test of all posts added up, {posts} posts"].found for posts in (20, 80, 400)]
    assert shares[0] < shares[1] < shares[2]
    assert shares[2] > 0.5


@pytest.mark.parametrize(("posts", "share"), [(20, 0.60), (80, 0.27), (400, 0.013)])
def test_four_fifths_speaks_though_all_is_fair(found, posts, share):
    # Measured with 20,000 runs: 60, 27 and 1.3%.
    study = found["false_alarms_of_four_fifths", f"Four-fifths comparison, {posts} appointments"]
    assert study.found == pytest.approx(share, abs=3 * study.standard_error + 0.005)


def test_a_new_test_every_quarter_misleads_more_often_than_not(found):
    # 60% of 20 quarters, and 24% where all so far is tested again, with many runs.
    fresh = found["false_alarms_over_years", "A new test at 0.05 every quarter"]
    assert fresh.found == pytest.approx(0.60, abs=3 * fresh.standard_error)


def test_shares_that_vary_more_than_their_people_explain_need_wider_limits(found):
    # Of 2,000 charts of 20 points: 54% had a mark where limits were not widened, 12% where they were.
    narrow = found["false_signs_of_charts", "p chart, never widened, of such shares, 20 points"]
    assert narrow.found == pytest.approx(0.54, abs=3 * narrow.standard_error)
    assert found["false_signs_of_charts", "XmR chart with limits of 8 points, which is never drawn"].found > 0


def test_a_target_that_is_missed_is_seen():
    assert Study("one", 0.08, 0.005, at_most=0.05).met is False
    assert Study("one", 0.06, 0.005, at_most=0.05).met is True  # within three standard errors
    assert Study("one", 0.90, 0.0, at_least=0.95).met is False
    assert Study("one", 0.90, 0.0).met is None
    assert "NO" in studies_table("x", [Study("one", 0.08, 0.005, at_most=0.05)])._repr_html_()


def test_invented_shortlists_have_the_odds_that_they_are_given():
    random = np.random.default_rng(1)
    draws = shortlists(random, 20_000, odds=0.5)
    alike = (draws.pool == 3) & (draws.pool_in_group == 1) & (draws.chosen == 1)
    # One of three, with half of the odds: 0.5 / (0.5 + 1 + 1).
    assert draws.chosen_in_group[alike].mean() == pytest.approx(0.2, abs=0.02)


def test_after_every_post_it_is_the_engine_at_the_end_of_every_quarter():
    protocol = replace(declared_protocol(), lag_in_quarters=0)
    draws = shortlists(np.random.default_rng(2), 7 * POSTS_A_QUARTER, odds=0.6)
    quarters = [protocol.start.quarters[0]]
    while len(quarters) < 7:
        quarters.append(quarters[-1].next)
    columns = (draws.pool, draws.pool_in_group, draws.chosen, draws.chosen_in_group)
    dated = [
        DatedDraw(quarters[place // POSTS_A_QUARTER], Draw(*map(int, draw)))
        for place, draw in enumerate(zip(*columns, strict=True))
    ]
    path = e_path(draws, 0.0, protocol, 4 * POSTS_A_QUARTER)[POSTS_A_QUARTER - 1 :: POSTS_A_QUARTER]
    engine = [one.log_e_value() for one in e_processes(dated, quarters, protocol)]
    assert path == pytest.approx(engine)
    assert isinstance(quarters[0], Quarter)


def test_an_unknown_size_is_refused():
    with pytest.raises(ValueError, match="'huge' is not a size. Choose one of: quick, full"):
        list(validation.false_alarms_of_one_test("huge"))
