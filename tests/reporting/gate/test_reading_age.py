"""Reading age: of texts whose grade was worked out by hand, and of everything that pages say to the board."""

import json
from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from lt_analysis.codebook.measures import APPOINTMENT, SHORTLISTING
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.release.figures import Action, Release, StageFigure, State, Status
from lt_analysis.release.items import Said
from lt_analysis.rendering import blocks, data_quality
from lt_analysis.rendering.figure import name_of
from lt_analysis.reporting.gate import reading_age as reading
from lt_analysis.reporting.gate.reading_age import OLDEST, reading_age, syllables
from tests.conftest import HERE
from tests.rendering.releases import items
from tests.rendering.test_data_quality import named, withheld
from tests.rendering.test_partnership import COUNTED, EXPECTED, YEAR, of_partnership
from tests.rendering.test_sentences import SHORTLISTED, beside, figures, half, hidden
from tests.reporting.gate.sound import sound_page

BOARD = sorted((HERE / "notebooks" / "board").glob("*.ipynb"))
STRONG = Said("strong evidence", 1.1, 2.0, 900, 1.25, 0, 0, 0.25)
ACTION = Action("ashbourne.1", "Panels are trained", "Chair", None, date(2026, 5, 31), "under way", date(2026, 9, 30))
NOBODY = RelativeLikelihood(0, 0, 0, 0)
EXTREMES = {
    "fits": beside(55, 10),
    "fewer, then more": beside(49, 15),
    "too few posts": beside(55, 5, (False, False)),
    "half": half(),
    "other half": half(first_hidden=True),
    "hidden": hidden(),
    "missing": hidden(status=Status.INCOMPLETE, missing=("2025-26-Q1", "2025-26-Q2", "2026-27-Q2")),
    "refused": hidden(status=Status.REFUSED, refused=("2025-26-Q1", "its folder")),
    "totals": figures(),
    "a large gap": figures(RelativeLikelihood(9_000, 10_000, 10, 10_000), RelativeLikelihood(8_000, 9_000, 0, 10)),
    "nobody": figures(NOBODY, NOBODY),
    "long ago": figures(first_published="2024-25-Q4"),
    "late": replace(figures(), actions=(ACTION, replace(ACTION, key="ashbourne.2", text=None))),
    "evidence": replace(beside(55, 10), evidence=items("ashbourne", "2025-26-Q4", "2025-26-Q2", STRONG)),
    "published elsewhere": figures(
        stages=tuple(
            StageFigure(measure, group, State.RELEASED, SHORTLISTED)
            for measure in (SHORTLISTING, APPOINTMENT)
            for group in ("BME", "Asian", "Black")
        ),
        **{"source": "BMJ 2021", "posts": "medical posts"},
    ),
}
OF_QUARTER = {key: 20 if number is None else number for key, number in COUNTED.items()}
NEXT, BEFORE = (of_partnership(span, numbers=OF_QUARTER) for span in ("2026-27-Q1", "2025-26-Q4"))
TOLD = replace(of_partnership("2025-26", numbers=OF_QUARTER), expected=(("shortlisting", EXPECTED),))
EVIDENCE = items("partnership", "2026-27-Q2", "2025-26-Q4", STRONG)
RELEASES = {
    "first": Release(hidden().quarter, tuple(replace(one, slug=name) for name, one in EXTREMES.items())),
    "nobody": Release(hidden().quarter, ()),
    "all hidden": Release(hidden().quarter, (hidden(),), (YEAR,)),
    "compared": Release(
        hidden().quarter, (EXTREMES["late"],), (TOLD, BEFORE, NEXT), EVIDENCE, (hidden().quarter.previous,)
    ),
}


def said_in(shown: list[str]) -> str:
    return reading.said_in(BeautifulSoup("".join(shown), "html.parser"))


def test_syllables_are_counted_roughly():
    counted = {"late": 1, "rules": 1, "trained": 1, "shortlisted": 3, "table": 2, "places": 2, "organisation": 5}
    counted |= {"BME": 3, "2,516": 1, "people": 2, "appointed": 3, "whole": 1}
    assert {word: syllables(word) for word in counted} == counted


@pytest.mark.parametrize(
    ("text", "age"),
    [
        # Six words of a syllable each: 0.39 * 6 + 11.8 - 15.59 = -1.45.
        ("The cat sat on the mat.", 3.55),
        # Two sentences of 2 words each, of 5 + 3 + 5 + 1 syllables: 0.39 * 2 + 11.8 * 14 / 4 - 15.59 = 26.49.
        ("Organisation appointed. Organisation, late", 31.49),
        # Two lines of 3 words of a syllable each: 0.39 * 3 + 11.8 - 15.59 = -2.62.
        ("One two three\nfour five six", 2.38),
    ],
)
def test_the_age_is_flesch_and_kincaids(text, age):
    assert reading_age(text) == pytest.approx(age, abs=0.005)


def test_a_longer_sentence_of_longer_words_is_for_older_readers():
    assert (
        reading_age("We count. We tell.") < reading_age("We count and we tell.") < reading_age("Organisations count.")
    )


@pytest.mark.parametrize("path", BOARD, ids=lambda path: path.stem)
def test_the_prose_of_every_notebook_is_read_with_ease(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    for text in (text for text in prose if "\n\n" in text):
        assert reading_age(text.partition("\n\n")[2]) < OLDEST, text
    assert reading_age("\n".join(prose)) < OLDEST


@pytest.mark.parametrize("name", EXTREMES)
def test_an_organisations_page_is_read_with_ease(name):
    one = EXTREMES[name]
    main = said_in([blocks.headline(one)._repr_html_()])
    parts = (blocks.coverage, blocks.ratios, blocks.evidence, blocks.unknown_ethnicity, blocks.status)
    rest = said_in([*(part(one)._repr_html_() for part in parts), blocks.glossary(one)._repr_html_()])
    assert reading_age(main) < OLDEST, main
    assert reading_age(f"{main}\n{rest}") < OLDEST, rest


@pytest.mark.parametrize("name", RELEASES)
def test_the_partnerships_pages_are_read_with_ease(name):
    release = RELEASES[name]
    main = said_in([blocks.headline(release)._repr_html_()])
    parts = (blocks.changes, blocks.evidence, blocks.status, blocks.coverage)
    rest = said_in([*(part(release)._repr_html_() for part in parts), blocks.glossary(release)._repr_html_()])
    assert reading_age(main) < OLDEST, main
    assert reading_age(f"{main}\n{rest}") < OLDEST, rest
    listed = f"<main>{blocks.organisations(release, [])._repr_html_()}</main>"
    assert list(reading.hard_to_read(listed, {name_of(one) for one in release.organisations})) == []


@pytest.mark.parametrize("unknown", [None, 0, 10, 900])
def test_the_page_on_returns_is_read_with_ease(unknown):
    lacking = withheld("Beeches", status=Status.INCOMPLETE, missing=("2025-26-Q3",))
    refused = withheld("Cedars", status=Status.REFUSED, refused=("2025-26-Q1",))
    release = Release(hidden().quarter, (named("Ashbourne", unknown), lacking, refused))
    returns = said_in([data_quality.main_points(release)._repr_html_()])
    assert reading_age(returns) < OLDEST, returns


LONG = "Notwithstanding organisational considerations, representational disproportionalities necessitate investigation."


@pytest.mark.parametrize("number", [1, 20])
def test_a_page_of_long_words_is_not_put_before_the_board_and_a_name_of_them_may_be(number):
    page = sound_page().replace("</main>", f"<p>{LONG}</p>" * number + "</main>")
    said = [f"the page is for readers of {OLDEST} and over"]
    assert list(reading.hard_to_read(page)) == (said if number > 1 else [])
    assert list(reading.hard_to_read(page, [LONG])) == []


def test_main_points_of_long_words_are_not_put_before_the_board():
    page = sound_page().replace('<div class="summary">', f'<div class="summary">{f"<p>{LONG}</p>" * 3}')
    assert list(reading.hard_to_read(page)) == [f"the main points are for readers of {OLDEST} and over"]
