"""The page on staff: what it says of released numbers, and of those that are hidden; which way round a ratio goes."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from lt_analysis.codebook.measures import ACTING_UP, DISCIPLINARY, LEAVING_SOON, PROMOTION, TRAINING
from lt_analysis.rendering import blocks, retention
from lt_analysis.rendering.forms import say
from lt_analysis.rendering.measure_figures import Happened
from lt_analysis.rendering.named import figure_of
from lt_analysis.reporting.gate.keyed import keyed_faults
from tests.making import cells_of, people_table
from tests.rendering.releases import release

DAY = "2025-03-31"
STAFF = {("staff", "White"): 40, ("staff", "BME"): 60, ("staff", "known"): 100}
# Where 20 of 100 entered, 12 are expected to be BME, and by the hypergeometric distribution (SciPy's) 8 or fewer with
# probability 0.038, 7 or fewer with 0.011, 16 or more with 0.034, 17 or more with 0.009: so 8 to 16 is the range.
TRAINED = {("trained", "White"): 20, ("trained", "BME"): 20, ("trained", "known"): 40}


def happened(white, bme, known=None, measure=DISCIPLINARY):
    known = white + bme if known is None and None not in (white, bme) else known
    done = measure.after.key
    counts = STAFF | {(done, "White"): white, (done, "BME"): bme, (done, "known"): known}
    return Happened(people_table(counts, DAY, band="all"), measure)


def test_the_answer_has_both_groups_counts_and_shares_and_a_place_beside_the_range():
    said = say(retention.ANSWER, happened(8, 12), "")
    assert said == (
        "Of 100 staff on 31 March 2025 whose ethnicity is known, 20 entered a formal disciplinary process by 31 March "
        "2026: 12 of 60 BME staff (20%) and 8 of 40 White staff (20%)."
    )


@pytest.mark.parametrize(("bme", "place"), [(7, "below"), (8, "within"), (16, "within"), (17, "above")])
def test_a_count_lies_below_within_or_above_the_range_of_the_same_chance_for_all(bme, place):
    said = say(retention.BESIDE, happened(20 - bme, bme), "")
    assert said == (
        f"Had all had the same chance, about 12 of these 20 would have been BME staff. Their count, {bme}, lies "
        f"{place} the range if chances were equal, 8 to 16."
    )


@pytest.mark.parametrize(
    ("white", "bme", "said"),
    [(16, 24, "as many as there were."), (20, 20, "which is 4 fewer."), (10, 30, "which is 6 more.")],
)
def test_people_who_are_sent_together_have_no_range(white, bme, said):
    words = say(retention.BESIDE, happened(white, bme, measure=TRAINING), "")
    assert said in words and "no range is given" in words and "lies" not in words


def test_of_new_staff_who_left_it_is_said_whose_and_which_way_the_ratio_goes():
    # Of 20 White and 30 BME staff who were new, 4 and 12 left: a fifth, and two fifths. 16 of 50: 9.6 would be BME.
    counts = {("new", "White"): 20, ("new", "BME"): 30, ("new", "known"): 50}
    left = {("new-left", "White"): 4, ("new-left", "BME"): 12, ("new-left", "known"): 16}
    one = Happened(people_table(counts | left, DAY, band="all"), LEAVING_SOON)
    assert say(retention.ANSWER, one, "") == (
        "Of 50 staff on 31 March 2025 whose ethnicity is known and who had joined in the year before, 16 left soon "
        "after joining by 31 March 2026: 12 of 30 BME staff (40%) and 4 of 20 White staff (20%)."
    )
    assert say(retention.RATIO, one, "") == (
        "The share of BME staff divided by that of White staff is 2.00: the share of BME staff was the larger."
    )
    assert say(retention.DRAWN, one, "") == (
        "Share of White staff and of BME staff who left soon after joining by 31 March 2026, of those who had joined "
        "in the year before"
    )
    unshown = dict.fromkeys((*counts, *left))
    hidden = Happened(people_table(unshown, DAY, band="all"), LEAVING_SOON)
    assert say(retention.ANSWER, hidden, "") == (
        "How many staff left soon after joining is not shown, so that nobody can be identified."
    )


def test_of_hidden_numbers_only_the_sum_is_said_where_it_is_shown():
    assert "How many of these were White staff, and how many BME staff, is not shown" in say(
        retention.ANSWER, happened(None, None, 7), ""
    )
    assert say(retention.ANSWER, happened(None, None, None), "") == (
        "How many staff entered a formal disciplinary process is not shown, so that nobody can be identified."
    )
    assert say(retention.BESIDE, happened(None, None, 7), "") == ""


@pytest.mark.parametrize(
    ("measure", "white", "bme", "said"),
    [
        # 12 of 60 is a fifth and 4 of 40 a tenth: indicator 3 divides BME by White.
        (DISCIPLINARY, 4, 12, "The share of BME staff divided by that of White staff is 2.00: the share of BME"),
        (
            DISCIPLINARY,
            8,
            6,
            "The share of BME staff divided by that of White staff is 0.50: the share of White",
        ),
        # 20 of 40 is a half and 20 of 60 a third: indicator 4 divides White by BME.
        (TRAINING, 20, 20, "The share of White staff divided by that of BME staff is 1.50: the share of White staff"),
        (TRAINING, 8, 12, "is 1.00: the two shares were about the same"),
        # 12 of 40 is three in ten and 9 of 60 three in twenty: White staff gained twice as many for their number.
        (PROMOTION, 12, 9, "The share of White staff divided by that of BME staff is 2.00: the share of White staff"),
        # 6 of 40 and 18 of 60: BME staff acted up twice as often for their number.
        (ACTING_UP, 6, 18, "The share of White staff divided by that of BME staff is 0.50: the share of BME staff"),
    ],
)
def test_a_ratio_says_which_way_round_it_divides_and_whose_share_was_larger(measure, white, bme, said):
    assert said in say(retention.RATIO, happened(white, bme, measure=measure), "")


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        (TRAINING, "It divides the same way round as indicator 4 of the Workforce Race Equality Standard, but is"),
        (PROMOTION, "This ratio follows no indicator of a standard."),
    ],
)
def test_an_indicator_is_named_only_where_there_is_one(measure, said):
    words = say(retention.FOLLOWS, happened(8, 12, measure=measure), "")
    assert words.startswith(said)
    assert bool(measure.indicator) == ("Standard" in words)


def test_the_range_of_a_ratio_that_divides_by_white_is_that_of_the_other_turned_round():
    low, high = happened(4, 12).likelihood.confidence_interval()
    assert say(retention.RANGE, happened(4, 12), "") == f"Its margin of error is {1 / high:.2f} to {1 / low:.1f}."


@pytest.mark.parametrize(("white", "bme"), [(0, 12), (4, 0)])
def test_no_ratio_is_given_where_nobody_of_a_group_entered(white, bme):
    assert say(retention.RATIO, happened(white, bme), "").startswith("No ratio is given")


def with_staff(**more):
    done = {("disciplined", "White"): 8, ("disciplined", "BME"): 12, ("disciplined", "known"): 20}
    whole = people_table(STAFF | done | TRAINED, DAY, "partnership", ("ashbourne", "beeches"), band="all")
    own = people_table(STAFF | TRAINED | {("disciplined", "known"): 20}, DAY, "ashbourne", band="all")
    made = release()
    first, *others = made.organisations
    return replace(made, staff=(whole,), organisations=(replace(first, staff=(own,)), *others), **more)


@pytest.mark.parametrize("whose", ["partnership", "ashbourne"])
def test_every_text_of_the_page_is_said_again_from_the_release(whose):
    made = with_staff()
    figures = made.of(whose)
    parts = (blocks.heading, blocks.headline, blocks.coverage)
    shown = "".join(part(figures, blocks.RETENTION)._repr_html_() for part in parts)
    shown += blocks.happened(figures)._repr_html_()
    page = BeautifulSoup(shown, "html.parser")
    assert len(page.find_all(attrs={"data-key": True})) >= 6
    assert list(keyed_faults(page, made)) == []
    other = replace(made, staff=(replace(made.staff[0], numbers=made.staff[0].numbers[:-1]),), organisations=())
    assert list(keyed_faults(page, other))


def test_a_table_that_was_published_without_a_number_has_no_row_for_it():
    cells = cells_of(blocks.happened(with_staff().of("ashbourne"))._repr_html_())
    assert cells[f"{DAY}.disciplinary.entered a disciplinary process.known"] == "20"
    assert f"{DAY}.disciplinary.staff.White" not in cells
    assert cells[f"{DAY}.training.took part.White"] == "20"


def test_of_new_staff_single_groups_and_kinds_of_band_are_not_published_and_organisations_are():
    finer = {("staff", "Black"): 30, ("disciplined", "Black"): 6}
    counts = STAFF | {("disciplined", "White"): 8, ("disciplined", "BME"): 12, ("disciplined", "known"): 20} | finer
    new = {(stage, group): some for stage, some in (("new", 30), ("new-left", 9)) for group in ("White", "BME")}
    counts |= new | {("new", "known"): 60, ("new-left", "known"): 18}
    made = with_staff()
    first, *others = made.organisations
    own = people_table(counts, DAY, "ashbourne", band="all")
    whole = people_table(counts, DAY, "partnership", ("ashbourne", "beeches"), band="all")
    made = replace(made, staff=(whole,), organisations=(replace(first, staff=(own,)), *others))
    page = BeautifulSoup(blocks.happened(made)._repr_html_(), "html.parser")
    assert list(keyed_faults(page, made)) == []
    shown = [one.get_text() for one in page.find_all("summary")]
    assert retention.SHOW_FINER in shown and retention.SHOW_ORGANISATIONS in shown
    assert all(table.select("tbody tr") for table in page.find_all("table"))


def test_where_no_staff_are_published_the_page_says_so_and_nothing_else():
    assert retention.NOTHING_YET in blocks.headline(release(), blocks.RETENTION)._repr_html_()
    assert not str(blocks.happened(release()).html)


def test_a_figure_is_found_by_its_name():
    found = figure_of(with_staff(), f"partnership/{DAY}/disciplinary/happened")
    assert (found.measure, found.likelihood.group_successful) == (DISCIPLINARY, 12)
