"""No word of a chart overlaps another, a mark or a line, or is cut off, whatever is drawn and however wide."""

from dataclasses import replace
from itertools import combinations

import pytest
from matplotlib.figure import Figure

from lt_analysis.codebook.commitments import ELEMENTS
from lt_analysis.codebook.leadership import RATERS, TRAITS
from lt_analysis.codebook.measures import APPOINTMENT, SHORTLISTING
from lt_analysis.codebook.naming import capitalised
from lt_analysis.release.delivery import Stands
from lt_analysis.release.figures import Expected, Ratings, Status
from lt_analysis.rendering.band_chart import band_chart
from lt_analysis.rendering.chances_chart import chances_chart
from lt_analysis.rendering.charts import NARROW, WIDE, Chart, stage_chart
from lt_analysis.rendering.cultural_web import Place, draw_web
from lt_analysis.rendering.delivery_figures import Delivered
from lt_analysis.rendering.forest import forest
from lt_analysis.rendering.html import Cell, Table
from lt_analysis.rendering.leadership import traits
from lt_analysis.rendering.lines import inches, lines_of
from lt_analysis.rendering.measure_figures import KnownShare
from lt_analysis.rendering.quality_charts import shares_chart
from lt_analysis.rendering.quarters_chart import quarters_chart
from lt_analysis.rendering.strip_chart import strip
from tests.rendering.charted import chance, crowded, organisation, quarters, release, table

LONG = "Ashbourne and District Integrated Community, Mental Health and Learning Services"
UNBROKEN = "Wimborneminster" * 5 + "Wwwww"
HIDDEN = (None, None, None)
MANY = 1_000_000
DATA = Table("Known ethnicity", ("Organisation", "Known"), (("Ashbourne", (Cell("known.ashbourne", "95"),)),))
BANDS = ("8a", "8b", "8c", "8d", "9", "VSM")

ORGANISATIONS = {
    "long names": [organisation(LONG), organisation(UNBROKEN)],
    "a ratio of 0.02": [organisation("Beeches", (1000, 10, 1), (1000, 500, 300))],
    "a ratio of 50": [organisation("Cedars", (1000, 500, 300), (1000, 10, 1))],
    "few and many": [organisation("Few", (5, 5, 1), (5, 1, 1)), organisation("Many", (MANY, 9, 2), (MANY, MANY, 5))],
    "hidden": [organisation(LONG, HIDDEN), organisation("Dunmow"), organisation("Elms", status=Status.INCOMPLETE)],
    "nobody": [organisation(LONG, (100, 0, 0), (100, 100, 50)), organisation("Dunmow")],
    "every kind": [organisation(f"{LONG} {n}", (900, 9 * n, n), (900, 400 - 30 * n, n)) for n in range(1, 13)],
}
SHARES = {
    "none and all": ((0, MANY), (MANY, MANY)),
    "hidden": ((None, None), (None, 50)),
    "half hidden": ((300, 700), (None, None)),
    "few": ((3, 5), (1, 5)),
    "small": ((1, MANY), (1, 40)),
}


@pytest.fixture
def drawn(monkeypatch) -> list[Figure]:
    """Every figure that is written, as it was when it was."""
    kept, write = [], Figure.savefig

    def keep(figure, *arguments, **settings):
        kept.append(figure)
        write(figure, *arguments, **settings)

    monkeypatch.setattr(Figure, "savefig", keep)
    return kept


def everything_has_room(chart, drawn):
    assert isinstance(chart, Chart)
    assert len(drawn) == 2
    assert [said for figure in drawn for said in crowded(figure)] == []


def test_names_of_the_longest_kind_are_eighty_letters():
    assert len(LONG) == len(UNBROKEN) == 80


@pytest.mark.parametrize("measure", [SHORTLISTING, APPOINTMENT])
@pytest.mark.parametrize("which", ORGANISATIONS)
def test_in_the_forest(which, measure, drawn):
    shown = [*ORGANISATIONS[which], organisation("Yarrow"), organisation("Zennor")]
    everything_has_room(forest(release(*shown), measure), drawn)


CHANCES = {
    "few and many": [(chance(1, 0, 3), 2), (chance(MANY - 5, MANY - 900, MANY), MANY)],
    "beyond the scale": [(chance(20, 1, 60), 1), (chance(20, 18, 22), 2000)],
    "nobody expected": [(chance(0, 0, 1), 3), (chance(0, 0, 0), 0)],
    "too few posts": [(Expected(could_tell=False), 9), (None, 9)],
}


@pytest.mark.parametrize("which", CHANCES)
def test_in_the_charts_beside_equal_chances(which, drawn):
    (first, shortlisted), (last, appointed) = CHANCES[which]
    odd = [
        organisation(name, group=(MANY, shortlisted, min(shortlisted, appointed)), expected=(first, last))
        for name in (LONG, UNBROKEN)
    ]
    told = (chance(50, 40, 60), chance(10, 5, 15))
    plain = [organisation(name, expected=told) for name in ("Whitby", "Xavier", "Yarrow", "Zennor")]
    shown = [*odd, organisation(LONG, HIDDEN), organisation("Elms", status=Status.INCOMPLETE), *plain]
    everything_has_room(strip(release(*shown)), drawn)
    drawn.clear()
    if which != "too few posts":  # of which no chart is made for one organisation
        everything_has_room(chances_chart(odd[0]), drawn)


@pytest.mark.parametrize("which", SHARES)
def test_in_the_chart_of_bands(which, drawn):
    applied, appointed = SHARES[which]
    plain = {"applied": (40, 100), "shortlisted": (20, 50), "appointed": (9, 20)}
    odd = plain | {"applied": applied, "appointed": appointed}
    year = table("2025-26", {band: odd if band in ("8a", "VSM") else plain for band in BANDS})
    everything_has_room(band_chart(release(partnership=(year,))), drawn)


@pytest.mark.parametrize("number", [2, 30])
@pytest.mark.parametrize("which", SHARES)
def test_in_the_chart_of_quarters(which, number, drawn):
    odd = SHARES[which]
    plain = ((200, 500), (30, 70))
    between = [odd if place % 3 == 1 else None if place % 7 == 6 else plain for place in range(number)]
    everything_has_room(quarters_chart(release(partnership=quarters(plain, *between, plain, odd))), drawn)


STAGES = {
    "a long name": organisation(LONG),
    "nobody and everybody": organisation("All", (MANY, MANY, 0), (40, 40, 40)),
    "0.02": organisation("Beeches", (MANY, 20, 20), (MANY, MANY, 1)),
    "50": organisation("Cedars", (MANY, MANY, 1), (MANY, 20, 20)),
    "half hidden": organisation("Half", (50, 40, None)),
}


@pytest.mark.parametrize("which", STAGES)
def test_in_the_chart_of_stages(which, drawn):
    everything_has_room(stage_chart(STAGES[which]), drawn)


def test_in_the_chart_of_known_ethnicity(drawn):
    shares = (KnownShare(LONG, MANY, MANY), KnownShare(LONG, 20, 0), KnownShare(LONG, instead="no complete year"))
    everything_has_room(shares_chart(shares, "Returns", DATA, "Ethnicity is known of most applicants."), drawn)


WEBS = {
    "no action": [],
    "a few": [("stories", "under way"), ("stories", "done"), ("control systems", "stopped")],
    "every state in a place": [("rituals and routines", state) for state in Stands],
}


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("which", WEBS)
def test_in_the_cultural_web(which, width, drawn):
    states = {element: [f"1,000 {state}" for one, state in WEBS[which] if one == element] for element in ELEMENTS}
    places = [Place(capitalised(one), some or ["no action yet"], bool(some)) for one, some in states.items()]
    draw_web(places, width)
    (figure,) = drawn
    assert crowded(figure) == []
    _, *boxes = [patch.get_window_extent() for patch in figure.axes[0].patches]
    outside = [
        text.get_text()
        for text in figure.texts
        if not any(box.contains(*corner) for box in boxes for corner in text.get_window_extent().corners()[:1])
    ]
    assert outside == ["Cultural Web"]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


ANSWERED = {"few": (1, 1, 1, 1, 1), "nobody": (0, 0, 3, 40, 0), "many": (MANY, 1, MANY, MANY, MANY)}


@pytest.mark.parametrize("which", ANSWERED)
def test_in_the_chart_of_traits(which, drawn):
    quarter = release().quarter
    every = tuple(Ratings("partnership", quarter, trait, kind, ANSWERED[which]) for trait in TRAITS for kind in RATERS)
    traits(Delivered(replace(release(), ratings=every)))
    assert len(drawn) == 2
    for figure in drawn:
        assert crowded(figure) == []
        bars = [patch.get_window_extent() for patch in figure.axes[0].patches]
        words = [text.get_window_extent() for text in figure.texts]
        assert not [one for one in words if any(bar.width and bar.overlaps(one) for bar in bars)]
        assert max(bar.x1 for bar in bars) < figure.bbox.x1


def test_text_that_lies_on_other_text_or_outside_is_found():
    figure = Figure(figsize=(2, 1))
    figure.text(0.1, 0.5, "one word")
    figure.text(0.2, 0.5, "another")
    figure.text(0.9, 0.1, "cut off")
    assert [said.split(":")[0] for said in crowded(figure)] == ["outside", "on one another"]


def test_a_text_is_broken_between_words_and_a_long_word_within():
    assert lines_of("Borough of Lilliput", 1.0, 10) == ["Borough of", "Lilliput"]
    broken = lines_of(UNBROKEN, 1.0, 10)
    assert "".join(broken) == UNBROKEN
    assert max(inches(line, 10) for line in broken) <= 1.0
