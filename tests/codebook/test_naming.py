"""Sentences that read well whatever a partnership calls the group: before a noun, or as a phrase about people."""

import pytest

from lt_analysis.codebook.naming import a_person_of, capitalised, people_of, white_and, white_over
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.rendering.evidence_items import item_sentence
from lt_analysis.rendering.sentences import coverage, headline, main_points
from tests.rendering.test_evidence_items import item
from tests.rendering.test_sentences import beside, figures

SHORTLISTS = "people on shortlists"
PHRASE = "people of the global majority"
COMMAS = "Black, Asian and minority ethnic"


@pytest.fixture
def label(words_file, request) -> str:
    """The label that a test is given, set."""
    words_file.write_text(f"label_of_bme: {request.param}\n", encoding="utf-8")
    return request.param


NAMED = [
    ("BME", "BME people on shortlists", "a BME person", "White and BME people"),
    ("Global Majority", "Global Majority people on shortlists", "a Global Majority person", None),
    (COMMAS, f"{COMMAS} people on shortlists", f"a {COMMAS} person", f"White people and {COMMAS} people"),
    (PHRASE, f"{PHRASE} on shortlists", "a person of the global majority", f"White people and {PHRASE}"),
    ("ethnic minority", "ethnic minority people on shortlists", "an ethnic minority person", None),
    ("Under-represented", "Under-represented people on shortlists", "an Under-represented person", None),
    ("UK minority", "UK minority people on shortlists", "a UK minority person", None),
]


@pytest.mark.parametrize(("label", "people", "person", "both"), NAMED, indirect=["label"])
def test_people_of_the_group_are_named_as_its_label_asks(label, people, person, both):
    assert people_of("BME", SHORTLISTS) == people
    assert a_person_of("BME") == person
    assert white_and("BME") == (both or f"White and {label} people")
    assert white_over("BME") == f"White ÷ {label}"


@pytest.mark.parametrize("label", ["Global Majority", PHRASE], indirect=True)
def test_other_groups_keep_their_own_names(label):
    assert people_of("Black", SHORTLISTS) == "Black people on shortlists"
    assert a_person_of("Asian") == "an Asian person"
    assert white_and("Mixed", "or") == "White or Mixed people"


def test_a_line_begins_with_a_capital_and_loses_none():
    assert capitalised("minority ethnic BME") == "Minority ethnic BME"


EVERY_KIND = [
    *(beside(first, last) for first in (49, 55, 61) for last in (5, 10, 15)),
    beside(49, 5, (False, True)),
    beside(49, 5, (True, False)),
    beside(49, 5, (False, False)),
    figures(),
    figures(appointed=RelativeLikelihood(36, 72, 5, 48)),
    figures(RelativeLikelihood(10, 144, 48, 120), RelativeLikelihood(5, 10, 40, 48)),
]


@pytest.mark.parametrize("label", ["Global Majority", COMMAS, PHRASE], indirect=True)
@pytest.mark.parametrize("one", EVERY_KIND)
def test_no_sentence_of_a_page_says_the_code(one, label):
    assert "BME" not in " ".join((*main_points(one).values(), *coverage(one), *coverage(one).values()))
    assert label.removeprefix("people ") in main_points(one)["shortlisting.counts"]


SAID = [
    (
        beside(49, 15),
        f"{capitalised(PHRASE)} shortlisted: below the range if chances were equal; appointed: above it.",
    ),
    (
        beside(61, 15),
        f"{capitalised(PHRASE)} shortlisted and appointed: both above the range if chances were equal.",
    ),
]


@pytest.mark.parametrize(("one", "said"), SAID)
@pytest.mark.parametrize("label", [PHRASE], indirect=True)
def test_a_phrase_about_people_stands_in_the_nouns_place(label, one, said):
    assert headline(one) == said


@pytest.mark.parametrize("label", [PHRASE], indirect=True)
def test_evidence_of_a_phrase_compares_a_person_with_a_person(label):
    said = item_sentence(item("strong evidence", 1.3, 2.4))
    assert "White people were more likely to be appointed than people of the global majority on the same" in said
    assert "times as likely to be appointed as a person of the global majority." in said
    assert "differ between White people and people of the global majority." in item_sentence(item())
