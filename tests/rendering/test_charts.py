"""Charts: what they say, that their text is text, and that nothing is drawn of what is hidden."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from urllib.parse import unquote

import pytest
import seaborn as sns
from bs4 import BeautifulSoup
from matplotlib.figure import Figure

from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.rendering import charts
from lt_analysis.rendering.charts import Chart, as_text, draw_marks, house_style, stage_chart, words_in
from lt_analysis.rendering.html import Table
from tests.making import cells_of
from tests.rendering.charted import organisation
from tests.rendering.test_sentences import figures, half, hidden

SVG = "{http://www.w3.org/2000/svg}"
CIRCLE = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>'


@pytest.fixture
def undrawn(monkeypatch):
    """Charts of which only words are looked at: to draw them is what takes time."""
    monkeypatch.setattr(charts, "_draw", lambda stages, width: CIRCLE)


def texts(svg):
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_a_chart_says_its_finding_its_counts_and_its_source():
    chart = stage_chart(figures())
    assert chart.finding == "Shortlisted: White 50%, BME 40%. Appointed: White 17%, BME 25%."
    assert chart.source.endswith("return of stage totals")
    assert "White: 50% (72 of 144)" in texts(chart.wide)
    assert texts(chart.wide) == texts(chart.narrow)


def lines_beside_marks(svg):
    """Where the line of each mark begins and ends on the scale in whole per cent, from the top."""
    root = ElementTree.fromstring(svg)
    zero, one = (float(text.get("x")) for text in root.iter(f"{SVG}text") if "".join(text.itertext()) in ("0%", "100%"))
    paths = [path.get("d") for path in root.iter(f"{SVG}path") if "stroke-width:3" in (path.get("style") or "")]
    ends = [[float(point.split()[0]) for point in path[1:].split("L")] for path in paths]
    return [tuple(f"{(at - zero) / (one - zero):.0%}" for at in line) for line in ends]


def test_the_line_beside_each_mark_is_the_likely_range_of_its_share():
    chart = stage_chart(figures())
    assert lines_beside_marks(chart.wide)[0] == ("42%", "58%")  # of 72 of 144
    for drawing in (chart.wide, chart.narrow):
        assert lines_beside_marks(drawing) == [
            tuple(f"{limit:.0%}" for limit in share.confidence_interval())
            for stage in figures().stages
            for share in (stage.likelihood.white_share, stage.likelihood.group_share)
        ]


def test_the_alternative_text_is_that_of_the_caption_with_what_is_seen_and_where_the_numbers_are(undrawn):
    page = BeautifulSoup(stage_chart(figures())._repr_html_(), "html.parser")
    page.figcaption.br.replace_with(" ")
    assert page.img["alt"].startswith(f"{page.figcaption.get_text()}. ")
    assert page.img["alt"] == (
        "Shortlisted: White 50%, BME 40%. Appointed: White 17%, BME 25%. "
        "Share successful at each stage, all posts added up, with its margin of error (95%), 2025-26. "
        "For each stage a mark for White people and one for the others, on a scale of shares, each with its range. The "
        "link below it leads to the table of its numbers."
    )


def test_the_same_figures_give_the_same_bytes():
    assert stage_chart(figures()) == stage_chart(figures())


def test_nothing_is_drawn_of_hidden_figures():
    assert not isinstance(stage_chart(hidden()), Chart)
    assert "not shown" in stage_chart(hidden())._repr_html_()


@pytest.mark.parametrize(("first_hidden", "word"), [(True, "Shortlisted"), (False, "Appointed")])
def test_a_hidden_stage_is_a_word_in_the_chart_and_in_all_that_is_said_of_it(first_hidden, word):
    chart = stage_chart(half(first_hidden))
    assert f"{word}: not shown." in chart.finding
    assert f"{word}: not shown." in chart.alt
    assert texts(chart.wide).count("Not shown") == texts(chart.narrow).count("Not shown") == 1
    assert len([text for text in texts(chart.wide) if text.startswith(("White:", "BME:"))]) == 2


def test_no_share_of_fewer_than_twenty_people_is_drawn():
    small = figures(RelativeLikelihood(10, 40, 10, 40), RelativeLikelihood(5, 19, 5, 40))
    assert not isinstance(stage_chart(small), Chart)


@pytest.mark.parametrize("successful", [0, 40])
def test_nobody_and_everybody_can_be_drawn(successful):
    everybody = RelativeLikelihood(successful, 40, 40 - successful, 40)
    assert isinstance(stage_chart(figures(everybody, everybody)), Chart)


def test_a_chart_carries_no_metadata_and_no_font_that_the_page_does_not_ask_for():
    chart = stage_chart(figures())
    assert "metadata" not in chart.wide
    assert "DejaVu" not in chart.wide


def test_a_page_leaves_each_drawing_the_room_that_it_takes(undrawn):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="{}pt" height="120pt"/>'
    chart = replace(stage_chart(figures()), wide=drawing.format(450), narrow=drawing.format(225))
    wide, narrow = (BeautifulSoup(chart._repr_html_(), "html.parser").find(name) for name in ("img", "source"))
    assert [(one["width"], one["height"]) for one in (wide, narrow)] == [("600", "160"), ("300", "160")]


def test_a_source_with_markup_in_its_name_arrives_as_text():
    chart = stage_chart(figures(name="<img src=x onerror=alert(1)> & $x$ {{ y }}"))
    page = BeautifulSoup(chart._repr_html_(), "html.parser")
    assert len(page.find_all("img")) == 1
    assert "<img src=x onerror=alert(1)> & $x$ {{ y }}" in page.get_text()
    assert unquote(page.img["src"]).endswith("</svg>")


UNFIT = {
    "must say its finding": {"finding": " "},
    "must say its measure": {"measure": ""},
    "must say its source": {"source": ""},
    "at most 15 words": {"finding": "word " * 16},
    "must hold the numbers": {"data": Table("Shares", ("Group",), ())},
    "cannot be read": {"wide": "<svg><g></svg>"},
    "is no SVG": {"narrow": "<html/>"},
}


@pytest.mark.parametrize("message", UNFIT)
def test_a_chart_that_lacks_something_is_refused(undrawn, message):
    sound = replace(stage_chart(figures()), finding="word " * 15)
    with pytest.raises(ValueError, match=message):
        replace(sound, **UNFIT[message])


def test_a_groups_label_is_one_word_of_a_title(undrawn, words_file):
    words_file.write_text("label_of_bme: Black, Asian and minority ethnic\n")
    assert words_in("Black, Asian and minority ethnic people: 30%.") == 3
    assert "Black, Asian and minority ethnic 40%" in stage_chart(figures()).finding


@pytest.mark.parametrize("people", [20, 1_000_000])
@pytest.mark.parametrize("successful", [0, 1, 19, 20])
def test_the_title_of_stages_fits_whatever_the_numbers_are(undrawn, people, successful):
    shown = RelativeLikelihood(successful, people, 20 - successful, people)
    for one in (figures(shown, shown), half(), half(first_hidden=True)):
        assert words_in(stage_chart(one).finding) <= 15


WHITE, GROUP = (200, 80, 16), (150, 50, 10)
STAGES_OF_A_NUMBER = [("shortlisted",), ("shortlisted", "appointed"), ("appointed",)]


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("side", ["white", "group"])
def test_one_number_moves_its_own_stages_side_of_the_chart_and_nothing_else(side, place):
    plain = {"white": WHITE, "group": GROUP}[side]
    other = tuple(number - 10 * (at == place) for at, number in enumerate(plain))
    before, after = stage_chart(organisation("Ashbourne")), stage_chart(organisation("Ashbourne", **{side: other}))
    name, stages = {"white": "White", "group": "BME"}[side], STAGES_OF_A_NUMBER[place]
    cells = [cells_of(one.data._repr_html_()) for one in (before, after)]
    column = ("applicants", "shortlisted", "appointed")[place]
    assert {key for key in cells[0] if cells[0][key] != cells[1][key]} == {
        f"shares.{column}.{name}",
        *(f"2025-26.share-{stage}.{name}" for stage in stages),
    }
    moved = [pair for pair in zip(texts(before.wide), texts(after.wide), strict=True) if pair[0] != pair[1]]
    assert len(moved) == len(stages)
    assert all(was.startswith(name) and is_now.startswith(name) for was, is_now in moved)
    for stage, said in (("shortlisted", 0), ("appointed", 1)):
        titles = [re.findall(r"[A-Z][a-z]+: White [^A-Z]+, BME [^.]+", one.finding)[said] for one in (before, after)]
        assert (titles[0] != titles[1]) == (stage in stages)


def test_a_chart_offers_its_numbers_as_rows_of_text():
    one = organisation("Ashbourne", group=(150, 50, None))
    chart = stage_chart(one)
    assert chart.rows() == [
        [
            "Group",
            "Applicants",
            "Shortlisted",
            "Appointed",
            "% of applicants shortlisted",
            "% of shortlisted appointed",
        ],
        ["White", "200", "80", "16", "40%", "20%"],
        ["BME", "150", "50", "[c]", "33%", "[c]"],
    ]


def test_the_numbers_of_a_chart_stand_below_it_closed_unless_its_page_has_a_table_of_them():
    chart = stage_chart(organisation("Ashbourne"))
    of_the_page = replace(chart, data=replace(chart.data, name="who-went-on"))
    page = BeautifulSoup(of_the_page._repr_html_(), "html.parser")
    assert page.figure.find(["details", "table"]) is None
    assert page.figure.a.get_text() == chart.data.caption
    assert f'id="{page.figure.a["href"][1:]}"' in of_the_page.data._repr_html_()
    details = BeautifulSoup(chart._repr_html_(), "html.parser").details
    assert details.summary.get_text() == "The numbers in this chart"
    assert not details.has_attr("open")
    assert {cell.get_text() for cell in details.select("td[data-key]")} == {"200", "80", "16", "150", "50", "10"}


def test_every_name_in_a_drawing_is_there_once_and_something_leads_to_it():
    drawing = stage_chart(figures()).wide
    names = re.findall(r'\bid="([^"]+)"', drawing)
    led_to = re.findall(r'(?:url\(#|href="#)([\w-]+)', drawing)
    assert sorted(names) == sorted(set(led_to))


def test_marks_are_drawn_as_seaborn_draws_them():
    look = {"color": "#12436D", "marker": "D", "s": 60, "clip_on": False, "zorder": 3}

    def drawn(marks, **more):
        with house_style():
            figure = Figure()
            axes = figure.subplots()
            marks(ax=axes, x=[0.2, 0.4], y=[1.0, 2.5], **more, **look)
            return as_text(figure)

    own = drawn(lambda ax, x, y, **more: draw_marks(ax, x, y, **more))
    assert own == drawn(sns.scatterplot, legend=False)
    assert own != drawn(lambda ax, x, y, **more: draw_marks(ax, y, x, **more))
