"""The charts by band and by quarter: one number moves only what hangs on it, and what is hidden is a word."""

import xml.etree.ElementTree as ElementTree
from itertools import product

import pytest
from bs4 import BeautifulSoup

from lt_analysis.rendering import quarters_chart as quarters_module
from lt_analysis.rendering.band_chart import band_chart
from lt_analysis.rendering.charts import GROUP_LOOK, Chart, words_in
from lt_analysis.rendering.quarters_chart import quarters_chart, rule_note
from tests.making import cells_of
from tests.rendering.charted import MEMBERS, quarters, release, table
from tests.rendering.test_charts import SVG, texts

pytestmark = pytest.mark.usefixtures("every_chart_agrees_with_its_table")

PLAIN = {"applied": (40, 100), "shortlisted": (20, 50), "appointed": (9, 20)}
QUARTER = ((200, 500), (30, 70))


def by_band(**changed):
    """A chart of bands 8a and VSM, of which some have other numbers."""
    year = table("2025-26", {band: PLAIN | changed.get(f"of_{band}", {}) for band in ("8a", "VSM")})
    return band_chart(release(partnership=(year,)))


def over_time(*counts, **about):
    return quarters_chart(release(partnership=quarters(*counts, **about)))


def cells(chart):
    return cells_of(chart.data._repr_html_())


def moved(before, after):
    return {key for key in before if before[key] != after[key]}


def diamonds(svg):
    """How many marks of the group there are."""
    colour = f"fill:{GROUP_LOOK.mark.lower()}"
    return sum(colour in (mark.get("style") or "") for mark in ElementTree.fromstring(svg).iter(f"{SVG}use"))


def test_each_band_has_its_share_of_applicants_and_of_those_appointed():
    chart = by_band()
    assert [one for one in texts(chart.wide) if " of " in one] == ["40% (40 of 100)", "45% (9 of 20)"] * 2
    assert chart.rows()[1][:4] == ["Band 8a", "40", "100", "40% (margin of error 31% to 50%)"]
    page = BeautifulSoup(chart.data._repr_html_(), "html.parser")
    assert page.table["data-members"] == " ".join(MEMBERS)
    assert page.select_one("[data-from]")["data-from"].split() == [
        f"partnership/2025-26/applied/{group}/8a" for group in ("BME", "known")
    ]


@pytest.mark.parametrize(("stage", "numbers"), [("applied", (41, 100)), ("appointed", (9, 21)), ("appointed", (8, 20))])
def test_one_number_moves_its_own_band_and_stage(stage, numbers):
    before, after = by_band(), by_band(of_8a={stage: numbers})
    group = "BME" if numbers[0] != PLAIN[stage][0] else "known"
    column = {"applied": "applicants", "appointed": "appointed"}[stage]
    assert moved(cells(before), cells(after)) == {
        f"bands.2025-26.{column}.{group}.8a",
        f"bands.2025-26.{stage}.BME.8a.share",
    }
    for drawing in ("wide", "narrow"):
        pairs = zip(texts(getattr(before, drawing)), texts(getattr(after, drawing)), strict=True)
        assert len([pair for pair in pairs if pair[0] != pair[1]]) == 1
    of_8a, of_vsm = zip(before.rows()[1:], after.rows()[1:], strict=True)
    assert of_8a[0] != of_8a[1]
    assert of_vsm[0] == of_vsm[1]
    assert before.finding == after.finding


def test_a_number_of_a_stage_that_is_not_drawn_moves_nothing():
    assert by_band() == by_band(of_8a={"shortlisted": (21, 50)})


@pytest.mark.parametrize("numbers", [(None, 20), (9, None), (None, None)])
def test_a_hidden_band_is_a_word_and_has_no_mark_and_moves_no_title(numbers):
    chart = by_band(of_8a={"appointed": numbers})
    assert diamonds(by_band().wide) == 2
    assert diamonds(chart.wide) == diamonds(chart.narrow) == 1
    assert texts(chart.wide).count("not shown") == texts(chart.narrow).count("not shown") == 1
    assert chart.rows()[1][0] == "Band 8a"
    assert (chart.rows()[1][3], chart.rows()[1][-1]) == ("40% (margin of error 31% to 50%)", "[c]")
    assert chart.finding == by_band().finding
    assert cells(chart)["bands.2025-26.appointed.BME.8a.share"] == "[c]"


def test_no_share_of_fewer_than_twenty_is_drawn():
    chart = by_band(of_8a={"appointed": (9, 19)})
    assert diamonds(chart.wide) == 1
    assert "too few people" in texts(chart.wide)
    assert cells(chart)["bands.2025-26.appointed.BME.8a.share"] == "not given"


@pytest.mark.parametrize(
    ("appointed", "said"),
    [
        # Newcombe's range of the difference from the rest of 100 applicants, as statsmodels has it, times their part.
        ((2, 40), "5% (margin of error 0% to 15%)"),  # from -2%, of which there is none
        ((16, 40), "40% (margin of error 29% to 52%)"),
        ((36, 40), "90% (margin of error 80% to 94%)"),
    ],
)
def test_the_range_of_those_appointed_is_that_beside_all_applicants_and_the_title_says_nothing_of_it(appointed, said):
    chart = by_band(of_8a={"appointed": appointed})
    assert cells(chart)["bands.2025-26.appointed.BME.8a.share"] == said
    assert chart.finding == by_band().finding
    assert words_in(chart.finding) <= 15


def test_without_a_year_or_a_band_that_can_be_shown_a_sentence_stands_instead():
    hidden = {"appointed": (None, None)}
    for chart in (band_chart(release()), by_band(of_8a=hidden, of_VSM=hidden)):
        assert not isinstance(chart, Chart)
        assert "No chart by band" in chart._repr_html_()


def test_quarters_say_the_latest_shares_and_that_no_rule_of_change_is_applied():
    chart = over_time(QUARTER, ((210, 500), (28, 70)))
    assert chart.finding == "2024-25-Q2, BME people: 42% of those shortlisted, 40% of those appointed."
    assert "fewer than 12 points, so no rule of change is applied" in chart.reading
    assert rule_note(12).startswith("No rule of change is applied")
    shares = {name: text.split()[0] for name, text in cells(chart).items() if name.endswith("shortlisted.BME.8+.share")}
    assert shares == {
        f"quarters.2024-25-{q}.shortlisted.BME.8+.share": said for q, said in (("Q1", "40%"), ("Q2", "42%"))
    }


@pytest.mark.parametrize(
    ("counts", "column", "share"),
    [
        (((201, 500), (30, 70)), "shortlisted.BME", "shortlisted"),
        (((200, 500), (30, 71)), "appointed.known", "appointed"),
    ],
)
def test_one_number_moves_its_own_quarter_and_stage(counts, column, share):
    before, after = over_time(QUARTER, QUARTER, QUARTER), over_time(QUARTER, counts, QUARTER)
    span = "quarters.2024-25-Q2"
    assert moved(cells(before), cells(after)) == {f"{span}.{column}", f"{span}.{share}.BME.8+.share"}
    assert (before.finding, texts(before.wide)) == (after.finding, texts(after.wide))
    assert before.wide != after.wide


def test_a_hidden_quarter_is_a_word_without_a_mark_and_breaks_the_line():
    chart = over_time(QUARTER, ((None, 500), (30, 70)), QUARTER)
    whole = over_time(QUARTER, QUARTER, QUARTER)
    assert (diamonds(whole.wide), diamonds(chart.wide), diamonds(chart.narrow)) == (6, 5, 5)
    assert texts(chart.wide).count("not shown") == 1
    assert [row[3] == "[c]" for row in chart.rows()[1:]] == [False, True, False]
    assert cells(chart)["quarters.2024-25-Q2.shortlisted.BME.8+.share"] == "[c]"
    latest = over_time(QUARTER, QUARTER, ((None, 500), (30, 70)))
    assert latest.finding == "2024-25-Q3, BME people: shortlisted not shown, 43% of those appointed."


def test_a_quarter_that_was_not_published_is_a_gap_with_words():
    chart = over_time(QUARTER, None, QUARTER)
    assert texts(chart.wide).count("no figures") == 2
    assert diamonds(chart.wide) == 4


def test_only_the_latest_twelve_quarters_are_drawn():
    chart = over_time(*[QUARTER] * 15)
    assert diamonds(chart.wide) == 24
    assert [row[0].replace("\u2011", "-") for row in chart.rows()[1:3]] == ["2024-25-Q4", "2025-26-Q1"]


@pytest.mark.parametrize("counts", [(), (QUARTER,), (QUARTER, ((None, None), (None, None)))])
def test_fewer_than_two_quarters_make_no_chart_and_a_sentence_says_so(counts):
    chart = over_time(*counts)
    assert not isinstance(chart, Chart)
    assert "it takes two published quarters" in chart._repr_html_()


def test_the_titles_of_quarters_have_at_most_fifteen_words(monkeypatch):
    drawing = over_time(QUARTER, QUARTER).wide
    monkeypatch.setattr(quarters_module, "_draw", lambda points, width: drawing)
    for shortlisted, appointed in product([(1, 1_000_000), (0, 20), (None, 20), (5, 5)], repeat=2):
        assert words_in(over_time(QUARTER, QUARTER, (shortlisted, appointed)).finding) <= 15
