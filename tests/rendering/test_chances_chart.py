"""Counts beside equal chances: marks lie where the sentences say, and what is hidden is a word and no mark."""

import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from lt_analysis.codebook.measures import APPOINTMENT, SHORTLISTING, STAGES
from lt_analysis.release.figures import Expected, Status
from lt_analysis.rendering import chances_chart as module
from lt_analysis.rendering import charts, tables
from lt_analysis.rendering.chances_chart import chances_chart, organisations_chart
from lt_analysis.rendering.charts import Chart, words_in
from lt_analysis.rendering.named import place
from lt_analysis.reporting.gate.keyed import keyed_faults
from tests.making import cells_of
from tests.rendering.charted import chance, organisation, release
from tests.rendering.test_charts import SVG, texts

pytestmark = pytest.mark.usefixtures("every_chart_agrees_with_its_table")

NAMES = ("Ashbourne", "Beeches", "Cedars")
# Colours of the drawing: what lies within its range, what lies outside it, and the range.
WITHIN, OUTSIDE, BAR = "#3d3d3d", "#801650", "#7e92a2"
FITS = (chance(55, 45, 65), chance(11, 6, 16))
UNTOLD, HIDDEN = Expected(could_tell=False), Expected(could_tell=True)


def three(**changed):
    """Three organisations, of which some have other numbers."""
    return release(*(organisation(name, **{"expected": FITS} | changed.get(name.lower(), {})) for name in NAMES))


def marks(svg):
    """Each mark's height and place, and whether it lies within its range."""
    found = [one for one in ElementTree.fromstring(svg).iter(f"{SVG}use") if "fill" in (one.get("style") or "")]
    styles = [(one, one.get("style")) for one in found]
    assert all((WITHIN in style) != (OUTSIDE in style) for _, style in styles)
    return [(float(one.get("y")), float(one.get("x")), WITHIN in style) for one, style in styles]


def shapes(svg):
    """The outlines of marks of each colour: colour alone tells nothing to many readers."""
    root = ElementTree.fromstring(svg)
    outlines = {one.get("id"): one.get("d") for one in root.iter(f"{SVG}path") if one.get("id")}
    href = "{http://www.w3.org/1999/xlink}href"
    used = {(one.get("style"), one.get(href)) for one in root.iter(f"{SVG}use") if "fill" in (one.get("style") or "")}
    return {colour: {outlines[ref[1:]] for style, ref in used if colour in style} for colour in (WITHIN, OUTSIDE)}


def bars(svg):
    """Each bar's height, and where it begins and ends."""
    paths = [one.get("d") for one in ElementTree.fromstring(svg).iter(f"{SVG}path") if BAR in (one.get("style") or "")]
    points = [[tuple(map(float, point.split())) for point in path[1:].replace("L", "M").split("M")] for path in paths]
    ends = [point for path in points for point in path]
    return {low[1]: (low[0], high[0]) for low, high in zip(ends[::2], ends[1::2], strict=True)}


@pytest.mark.parametrize("within", [chance(55, 45, 65), chance(20, 20, 20), chance(30, 20, 40), chance(80, 79, 81)])
@pytest.mark.parametrize("beyond", [-100, -1, 0, 1])
@pytest.mark.parametrize("end", ["low", "high"])
def test_a_mark_lies_on_the_side_of_its_bar_that_the_headline_says(within, beyond, end):
    count = max(0, getattr(within, end) + beyond)
    one = organisation("Ashbourne", (200, 80, 16), (150, count, min(count, 9)), (within, UNTOLD))
    said = place(one.stage(SHORTLISTING))
    for drawing in (chances_chart(one).wide, chances_chart(one).narrow):
        ((_, at, inside),) = marks(drawing)
        ((low, high),) = bars(drawing).values()
        assert inside == (said == "fits")
        assert (at < low, at > high) == (said == "fewer", said == "more")


def test_marks_outside_a_range_have_another_shape():
    drawing = organisations_chart(three(beeches={"group": (150, 44, 10)}), SHORTLISTING).wide
    found = shapes(drawing)
    assert [inside for *_, inside in sorted(marks(drawing))] == [True, False, True]
    assert len(found[WITHIN]) == len(found[OUTSIDE]) == 1
    assert found[WITHIN].isdisjoint(found[OUTSIDE])


def test_organisations_of_every_size_stand_on_one_scale():
    small, large = chance(10, 8, 12), chance(1000, 750, 1250)  # with half a person at each end 7.5 to 12.5
    shown = release(
        organisation("Small", group=(150, 9, 1), expected=(small, UNTOLD)),
        organisation("Large", group=(9000, 900, 1), expected=(large, UNTOLD)),
    )
    drawing = organisations_chart(shown, SHORTLISTING).wide
    (_, first, _), (_, last, _) = marks(drawing)
    assert first == last
    (one, other) = bars(drawing).values()
    assert one == pytest.approx(other, abs=0.2)


@pytest.mark.parametrize(
    ("changed", "moved"),
    [
        ({"group": (150, 51, 10)}, {"number"}),
        ({"expected": (chance(56, 45, 65), FITS[1])}, {"expected"}),
        ({"expected": (chance(55, 44, 65), FITS[1])}, {"usual"}),
        ({"expected": (chance(55, 45, 66), FITS[1])}, {"usual"}),
        ({"group": (150, 44, 10)}, {"number", "beside"}),
        ({"white": (200, 81, 16)}, set()),  # its dependant is the expected number, which comes with the release
        ({"expected": (FITS[0], chance(12, 6, 16))}, set()),  # of the other stage
    ],
)
def test_one_number_moves_its_own_mark_words_and_cells_and_no_others(changed, moved):
    before, after = (organisations_chart(three(**one), SHORTLISTING) for one in ({}, {"beeches": changed}))
    cells = [cells_of(chart.data._repr_html_()) for chart in (before, after)]
    assert {key for key in cells[0] if cells[0][key] != cells[1][key]} == {
        f"{column}.shortlisting.beeches" for column in moved
    }
    for drawing in ("wide", "narrow"):
        first, last = getattr(before, drawing), getattr(after, drawing)
        assert (first != last) == bool(moved)
        others = {mark for mark in marks(first) if mark in marks(last)}
        assert len(others) >= len(NAMES) - 1


def test_the_number_stands_under_its_key_and_what_equal_chances_give_beside_it():
    page = BeautifulSoup(chances_chart(organisation("Ashbourne", expected=FITS)).data._repr_html_(), "html.parser")
    number = page.select_one('[data-cell="number.appointment.ashbourne"]')
    assert (number["data-key"], number.get_text()) == ("ashbourne/2025-26/appointed/BME/8+", "10")
    usual = page.select_one('[data-cell="usual.appointment.ashbourne"]')
    assert usual.get_text() == "6 to 16"
    assert usual["data-from"].split() == [f"ashbourne/2025-26/{stage}/BME/8+" for stage in ("shortlisted", "appointed")]


@pytest.mark.parametrize("truth", [(80, 16, 50, 10), (70, 9, 30, 3)])
def test_a_hidden_stage_is_a_gap_with_a_word_whatever_the_truth_is(truth):
    white, white_done, group, done = truth
    numbers = {"white": (200, white, white_done), "group": (150, group, done)}
    hidden = {"white": (200, white, None), "group": (150, group, None)}
    chart = organisations_chart(three(beeches=hidden | {"expected": FITS}), APPOINTMENT)
    assert chart == organisations_chart(three(beeches={"white": (200, 1, None), "group": (150, 1, None)}), APPOINTMENT)
    assert texts(chart.wide).count("not shown") == 1
    assert chart.rows()[2] == ["Beeches", "[c]", "[c]", "[c]", "[c]"]
    assert len(marks(chart.wide)) == len(bars(chart.wide)) == 2
    assert "[c]" in chart.data._repr_html_()
    assert chart != organisations_chart(three(beeches=numbers), APPOINTMENT)


def test_a_hidden_range_is_a_gap_with_a_word_and_its_number_stands_in_the_table():
    chart = organisations_chart(three(beeches={"expected": (HIDDEN, HIDDEN)}), APPOINTMENT)
    assert texts(chart.wide).count("not shown") == 1
    assert chart.rows()[2] == ["Beeches", "10", *("not shown",) * 3]
    assert len(marks(chart.wide)) == len(bars(chart.wide)) == 2


def test_what_has_no_number_beside_a_range_has_words_that_say_why():
    shown = release(
        organisation("Ashbourne", expected=FITS),
        organisation("Beeches"),
        organisation("Cedars", expected=(UNTOLD, UNTOLD)),
        replace(organisation("Dunmow", expected=FITS), status=Status.INCOMPLETE),
        organisation("Elms", source="BMJ 2021"),
    )
    chart = organisations_chart(shown, SHORTLISTING)
    assert {"only totals sent", "50: too few posts", "no complete year"} <= set(texts(chart.wide))
    assert "Elms" not in chart.wide + chart.alt + str(chart.rows())
    assert len(marks(chart.wide)) == 1


def test_where_nothing_can_be_drawn_a_sentence_says_why():
    assert "only totals were sent" in chances_chart(organisation("Ashbourne"))._repr_html_()
    assert "not shown" in chances_chart(organisation("Ashbourne", (None,) * 3, (None,) * 3))._repr_html_()
    assert not isinstance(organisations_chart(release(organisation("Ashbourne")), SHORTLISTING), Chart)
    few = organisation("Ashbourne", expected=(UNTOLD, UNTOLD))
    assert "too few posts could have gone either way" in chances_chart(few)._repr_html_()


@pytest.mark.parametrize("status", [Status.INCOMPLETE, Status.REFUSED])
def test_of_a_year_that_is_not_complete_nothing_is_said_to_be_withheld(status):
    one = organisation("Ashbourne", (None,) * 3, (None,) * 3, status=status)
    made = (chances_chart, charts.stage_chart, tables.counts_table, tables.bands_table, tables.likelihood_table)
    said = " ".join(make(one)._repr_html_() for make in made)
    assert said.count("there are no figures for the year") == 3
    assert "not shown" not in said
    assert "[c]" not in said


def test_where_hardly_anybody_is_expected_the_words_stand_without_a_mark():
    one = organisation("Ashbourne", group=(150, 3, 0), expected=(chance(0, 0, 2), chance(0, 0, 1)))
    chart = chances_chart(one)
    assert marks(chart.wide) == []
    assert "3 (0 to 2), above" in texts(chart.wide)


def test_a_number_beyond_the_scale_is_an_arrow_at_its_end():
    one = organisation("Ashbourne", group=(150, 5, 1), expected=(chance(40, 30, 50), UNTOLD))
    far = organisation("Ashbourne", group=(150, 3, 1), expected=(chance(40, 30, 50), UNTOLD))
    assert marks(chances_chart(one).wide) == marks(chances_chart(far).wide)


CHANCES = [None, UNTOLD, HIDDEN, chance(50, 45, 55), chance(40, 35, 45), chance(60, 55, 65)]


@pytest.mark.parametrize("first", CHANCES)
@pytest.mark.parametrize("last", CHANCES)
@pytest.mark.parametrize("group", [(150, 50, 50), (150, 50, None), (None, 50, 50)])
def test_titles_have_at_most_fifteen_words_and_say_what_the_rows_say(first, last, group):
    one = organisation("Ashbourne", (200, 80, 60), group, (first, last))
    own, *every = (chances_chart(one), *(organisations_chart(release(one), stage) for stage in STAGES))
    for chart in (own, *every):
        if isinstance(chart, Chart):
            assert words_in(chart.finding) <= 15
            page = BeautifulSoup(chart._repr_html_(), "html.parser")
            assert list(keyed_faults(page, release(one))) == []
            if chart is own:  # of one organisation; of several, each has a line of its own and the title none
                sides = {row[-1] for row in chart.rows()[1:]}
                assert {word for word in ("below", "above") if word in chart.finding} == sides & {"below", "above"}


def test_the_title_over_all_organisations_is_the_same_wherever_their_numbers_lie():
    found = {organisations_chart(three(beeches={"group": (150, count, 10)}), SHORTLISTING) for count in (44, 55, 66)}
    assert len(found) == 3
    assert {chart.finding for chart in found} == {
        "BME people shortlisted beside the range that equal chances usually give."
    }


def test_a_reader_is_told_what_dots_bars_diamonds_and_arrows_are():
    for word in ("bar", "round dot", "diamond", "arrow", "in brackets"):
        assert word in module.HOW_TO_READ
