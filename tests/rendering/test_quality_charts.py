"""Charts of known ethnicity: what they say, where they are silent, and that lines break where quarters lack."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.release.figures import KnownEthnicity
from lt_analysis.rendering.charts import WHITE_LOOK, Chart
from lt_analysis.rendering.html import Cell, Table
from lt_analysis.rendering.measure_figures import KnownShare
from lt_analysis.rendering.quality_charts import over_time_chart, shares_chart
from tests.rendering.test_charts import SVG, texts

FIRST = Quarter.parse("2025-26-Q4")
DATA = Table("Known ethnicity", ("Organisation", "Known"), (("Ashbourne", (Cell("known.ashbourne", "95"),)),))
FINDING = "Ethnicity is known of most applicants."
LONG = "The Royal Foundation for the Health of Everybody on Both Banks of the River (invented)"


def dots(svg):
    """How many marks of organisations there are: whatever is filled in their colour."""
    marks = ElementTree.fromstring(svg).iter(f"{SVG}use")
    return sum(f"fill:{WHITE_LOOK.mark.lower()}" in mark.get("style") for mark in marks)


def test_every_organisation_is_in_words_and_only_shares_have_dots():
    shares = (KnownShare("Ashbourne", 100, 95), KnownShare("Beeches", instead="not shown"))
    chart = shares_chart(shares, "Returns", DATA, FINDING)
    assert "Ashbourne: 95% (95 of 100)" in texts(chart.wide)
    assert "Beeches: not shown" in texts(chart.wide)
    assert "9 in 10 known" in texts(chart.wide)
    assert [dots(chart.wide), dots(chart.narrow)] == [1, 1]
    assert chart == shares_chart(shares, "Returns", DATA, FINDING)


def test_a_long_name_takes_several_lines_on_a_phone_and_loses_no_word():
    chart = shares_chart((KnownShare(LONG, 100, 95),), "Returns", DATA, FINDING)
    assert f"{LONG}: 95% (95 of 100)" in " ".join(texts(chart.narrow))
    assert max(map(len, texts(chart.narrow))) <= 34


@pytest.mark.parametrize(("known", "first"), [(95, "80%"), (90, "80%"), (62, "50%"), (60, "50%"), (3, "0%")])
def test_the_scale_begins_below_every_share_and_has_whole_percentages(known, first):
    found = texts(shares_chart((KnownShare("Ashbourne", 100, known),), "Returns", DATA, FINDING).wide)
    assert next(text for text in found if text.endswith("%")) == first


def test_nothing_is_drawn_where_nothing_is_shown():
    assert not isinstance(shares_chart((KnownShare("Beeches", instead="not shown"),), "Returns", DATA, FINDING), Chart)
    assert not isinstance(shares_chart((), "Returns", DATA, FINDING), Chart)


def over(*counts, first=FIRST):
    """A quarter for each pair of applicants and known; None is a quarter that is not there."""
    known, period = [], first
    for count in counts:
        known += [KnownEthnicity(period, *count)] if count else []
        period = period.next
    return tuple(known)


NUMBERS = Table("Known", ("Quarter", "Known"), (("2026-27-Q1", (Cell("known", "1"),)),), name="known")


def stretches(svg):
    """How many points each stretch of the series joins: the only lines of two points or more in the marks' colour."""
    return [
        len(re.findall("[ML]", path.get("d")))
        for path in ElementTree.fromstring(svg).iter(f"{SVG}path")
        if "fill:none" in (path.get("style") or "") and WHITE_LOOK.mark.lower() in path.get("style")
    ]


def test_the_line_runs_through_quarters_that_follow_on_and_breaks_at_one_that_lacks():
    whole = over_time_chart(over((100, 95), (100, 85), (100, 95), (100, 96)), "Ashbourne", NUMBERS)
    broken = over_time_chart(over((100, 95), (100, 85), None, (100, 95), (100, 96)), "Ashbourne", NUMBERS)
    assert whole.finding == "Ethnicity known: 96% of applicants in 2026-27-Q3; below 90% in 1 of 4 quarters drawn."
    assert [stretches(whole.wide), stretches(whole.narrow)] == [[4], [4]]
    assert [stretches(broken.wide), stretches(broken.narrow)] == [[2, 2], [2, 2]]
    assert broken.finding == "Ethnicity known: 96% of applicants in 2026-27-Q4; below 90% in 1 of 4 quarters drawn."
    assert [dots(whole.wide), dots(broken.wide), dots(broken.narrow)] == [4, 4, 4]


def test_a_quarter_of_few_applicants_and_a_year_of_totals_are_not_drawn():
    few = over((100, 95), (19, 19), (20, 20))
    year = KnownEthnicity(FinancialYear(2024), 500, 400)
    chart = over_time_chart((year, *few), "Ashbourne", NUMBERS)
    assert chart.finding == "Ethnicity known: 100% of applicants in 2026-27-Q2; below 90% in 0 of 2 quarters drawn."
    assert [dots(chart.wide), dots(chart.narrow)] == [2, 2]
    assert not isinstance(over_time_chart((year, *over((19, 19))), "Ashbourne", NUMBERS), Chart)
