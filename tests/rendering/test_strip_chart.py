"""A row for each organisation: marks lie where words say, what is hidden is a word, and the table leads to pages."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from lt_analysis.release.figures import Action, Status
from lt_analysis.rendering import front_page
from lt_analysis.rendering.chances_chart import mark_of
from lt_analysis.rendering.strip_chart import organisations_table, rows_of, strip
from lt_analysis.reporting.gate.keyed import keyed_faults
from tests.rendering.charted import organisation, release
from tests.rendering.test_chances_chart import FITS, HIDDEN, UNTOLD, marks, shapes, three
from tests.rendering.test_chances_chart import OUTSIDE as OUTSIDE_COLOUR
from tests.rendering.test_chances_chart import WITHIN as WITHIN_COLOUR
from tests.rendering.test_charts import texts

pytestmark = pytest.mark.usefixtures("every_chart_agrees_with_its_table")


def page_of(shown) -> BeautifulSoup:
    return BeautifulSoup(shown._repr_html_(), "html.parser")


def test_a_number_outside_its_range_has_another_shape_and_word_and_moves_no_other_row():
    before, after = (strip(three(beeches={"group": (150, count, 10)})) for count in (50, 44))
    for drawing in (before.wide, before.narrow):
        assert all(within for *_, within in marks(drawing)) and len(marks(drawing)) == 6
    for first, last in ((before.wide, after.wide), (before.narrow, after.narrow)):
        assert len({*marks(first)} & {*marks(last)}) == 5
        assert shapes(last)[WITHIN_COLOUR].isdisjoint(shapes(last)[OUTSIDE_COLOUR])
    assert [row[3] for row in after.rows()[1:]] == ["within", "below", "within"]
    assert texts(after.wide).count("44 (below)") == 1


@pytest.mark.parametrize("truth", [1, 9, 30])
def test_a_hidden_stage_is_a_gap_with_a_word_whatever_the_truth_is(truth):
    hidden = strip(three(beeches={"white": (200, truth, None), "group": (150, 50, None)}))
    assert hidden == strip(three(beeches={"white": (200, 80, None), "group": (150, 50, None)}))
    assert texts(hidden.wide).count("not shown") == 1
    assert hidden.rows()[2][4:7] == ["[c]", "[c]", "[c]"]
    assert len(marks(hidden.wide)) == 5


def test_what_has_no_number_beside_a_range_has_words_that_say_why_and_examples_from_elsewhere_have_no_row():
    chart = strip(
        release(
            organisation("Ashbourne", expected=FITS),
            organisation("Beeches", expected=(HIDDEN, UNTOLD)),
            organisation("Cedars"),
            replace(organisation("Dunmow", expected=FITS), status=Status.INCOMPLETE),
            organisation("Elms", source="BMJ 2021"),
            organisation("Fox", expected=FITS),
            organisation("Gorse", expected=FITS),
        )
    )
    words = {"50 (within)", "50 (no range)", "10 (no range)"}
    assert words <= {*texts(chart.narrow)} and words <= {*texts(chart.wide)}
    assert {"not shown", "too few posts", "only totals sent", "no complete year"} <= {
        cell for row in chart.rows() for cell in row
    }
    assert [row[0] for row in chart.rows()[1:]] == ["Ashbourne", "Beeches", "Cedars", "Dunmow", "Fox", "Gorse"]


def test_the_front_page_counts_as_many_beside_a_range_as_have_a_mark_and_the_others_with_a_number_apart():
    every = release(
        *(organisation(name, expected=FITS) for name in ("Ashbourne", "Beeches")),
        organisation("Cedars", expected=(UNTOLD, HIDDEN)),
        organisation("Dunmow", white=(20, None, None), group=(20, None, None)),
    )
    said = front_page.points(every)
    assert said["organisations"] == (
        "Of 4 organisations, 2 are set beside a range, at one stage or both, and 1 has counts alone."
    )
    assert said["few"] == "1 had too few people to show how many came through a stage."
    assert [any(map(mark_of, row.stages)) for row in rows_of(every)] == [True, True, False, False]
    assert [text for text in texts(strip(every).wide) if "50" in text] == [
        "50 (within)",
        "50 (within)",
        "50 (no range)",
    ]


def test_a_strip_most_of_whose_parts_are_not_shown_is_not_drawn_and_its_table_stands_all_the_same():
    few = release(organisation("Ashbourne", expected=FITS), *(organisation(name) for name in ("Beeches", "Cedars")))
    assert "No chart: most of its parts" in strip(few)._repr_html_()
    assert len(organisations_table(few).rows) == 3


def test_the_table_of_the_strip_says_all_of_its_figures_and_the_strip_leads_to_it():
    late = Action("ashbourne.1", "Panels", "Chair", None, date(2026, 5, 31), "under way", date(2026, 9, 30))
    every = three(ashbourne={"actions": (late, replace(late, status="done"))})
    page = page_of(organisations_table(every))
    assert list(keyed_faults(page, every)) == []
    assert [row.find_all("td")[-1].get_text() for row in page.select("tbody tr")] == ["1 of 2", "not sent", "not sent"]
    assert page.table["id"] and f"#{page.table['id']}" in strip(every)._repr_html_()
