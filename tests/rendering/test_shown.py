"""What pages say, as values: no template says a number or a direction by itself, and what is said keeps its parts."""

import ast
import re
from collections import Counter
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis import rendering
from lt_analysis.rendering import evidence_items, forms
from lt_analysis.rendering.delivery_figures import Pledged
from lt_analysis.rendering.forms import FORMS, OF_ANY, forms_of, say
from lt_analysis.rendering.markup import element, inside
from lt_analysis.rendering.measure_figures import Counted
from lt_analysis.rendering.sentences import BY_CHANCE
from lt_analysis.rendering.shown import SLOT, Choice, Part, Said, Template, parts_of
from lt_analysis.reporting.gate.keyed import said_by_name

# What stands in a template with slots and holds a digit: the same on every page, whatever the figure is.
CONSTANTS = {
    "margin of error (95%)": "the level of every range",
    "Band 8 and above": "the name of the posts that the audit is of",
}
DIRECTION = re.compile(
    r"\b(fewer|more|less|least|most|higher|lower|larger|smaller|greater|rose|fell|late|below|above|within|outside|"
    r"beyond|inside|up to)\b",
    re.IGNORECASE,
)
# A margin of error, and a relative likelihood, describe counts; whatever is likely or not is a claim.
EVIDENCE = re.compile(
    r"\bstrong|\bmoderate|\bindication|\bevidence\b|\b(un)?likely\b(?! range)|\bfits? equal chances|\bclearly\b",
    re.IGNORECASE,
)
# Templates that say a direction outside a choice. The first is said only where its figure has names of that
# direction: without any, the clause hides as a whole.
SAY_A_DIRECTION = {
    "below": "a list of those that know the ethnicity of fewer",
    "known_chart": "'at least' is of a line that is the same for all",
    "the_same": "'above' is a place on the page",
    "strip_measured": "'late' is of a column that each organisation has",
}


def sentences() -> list[Template | Choice]:
    """Every template and choice of the modules that make pages, each once wherever it is imported."""
    rooms = [import_module(f"{rendering.__name__}.{name}") for _, name, _ in iter_modules(rendering.__path__)]
    found = {id(one): one for room in rooms for value in vars(room).values() for one in within(value)}
    return list(found.values())


def within(value: object):
    """Every template and choice in a value of a module."""
    if isinstance(value, Template | Choice):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from within(one)


SENTENCES = sentences()
ALONE = [one for one in SENTENCES if isinstance(one, Template)]
CHOICES = [one for one in SENTENCES if isinstance(one, Choice)]
TEMPLATES = [template for one in SENTENCES for template in one.templates]


def without_slots(template: Template) -> str:
    return SLOT.sub("", template.words)


def test_no_two_sentences_have_one_name_and_the_gate_knows_each():
    assert [name for name, number in Counter(one.name for one in SENTENCES).items() if number > 1] == []
    assert {one.name for one in SENTENCES} == set(said_by_name())
    assert len(ALONE) > 40
    assert len(CHOICES) > 30


def test_every_sentence_has_all_its_forms_of_one_kind_of_figure():
    kinds = [set(some) for some in (*FORMS.values(), OF_ANY)]
    assert len(kinds) > 10
    for one in SENTENCES:
        chosen_by = {one.by} if isinstance(one, Choice) else set()
        for template in one.templates:
            needed = chosen_by | set(SLOT.findall(template.words))
            assert any(needed <= kind for kind in kinds), template.name
    assert [one.name for one in TEMPLATES if re.search("[{}]", without_slots(one))] == []


def test_no_form_of_a_kind_hides_one_of_any_and_every_kind_is_of_one_subject():
    own = [(kind, some) for subject in forms.SUBJECTS for kind, some in subject.FORMS.items()]
    assert len(own) == len(FORMS) > 50
    assert [kind.__name__ for kind, some in own if set(some) & set(OF_ANY)] == []


def test_every_form_is_said_by_a_sentence_or_named_by_a_module():
    said = {form for one in TEMPLATES for form in SLOT.findall(one.words)} | {one.by for one in CHOICES}
    rooms = (*Path(rendering.__path__[0]).glob("*.py"), Path(forms.__file__))
    nodes = [node for room in rooms for node in ast.walk(ast.parse(room.read_text(encoding="utf-8")))]
    named = {node.value for node in nodes if isinstance(node, ast.Constant)}
    begun = tuple(node.values[0].value for node in nodes if isinstance(node, ast.JoinedStr) and starts_with_words(node))
    unsaid = {form for some in (*FORMS.values(), OF_ANY) for form in some} - said - named
    assert sorted(form for form in unsaid if not form.startswith(begun)) == []


def starts_with_words(text: ast.JoinedStr) -> bool:
    return isinstance(text.values[0], ast.Constant) and text.values[0].value.endswith("_")


def test_a_form_of_another_kind_of_figure_is_none_of_its_own():
    assert "count" in FORMS[Counted]
    assert "count" not in FORMS[Pledged]
    assert forms_of("a figure of no kind") == OF_ANY


def test_no_template_with_slots_holds_a_number():
    with_slots = {one.name: without_slots(one) for one in TEMPLATES if SLOT.search(one.words)}
    assert all(any(constant in words for words in with_slots.values()) for constant in CONSTANTS)
    own = {name: re.sub("|".join(map(re.escape, CONSTANTS)), "", words) for name, words in with_slots.items()}
    assert [name for name, words in own.items() if re.search(r"\d", words)] == []


def test_words_for_evidence_are_those_of_the_evidence_alone():
    of_evidence = {id(one) for one in within(vars(evidence_items))}
    others = [template for one in SENTENCES if id(one) not in of_evidence for template in one.templates]
    assert 0 < len(TEMPLATES) - len(others) < 40
    assert [one.name for one in others if EVIDENCE.search(without_slots(one))] == []
    assert EVIDENCE.search(BY_CHANCE) is None


def test_no_template_says_a_direction_but_in_a_choice_that_its_figure_makes():
    found = {one.name for one in ALONE if DIRECTION.search(without_slots(one))}
    assert found == set(SAY_A_DIRECTION)


@pytest.mark.parametrize("name", list(SAY_A_DIRECTION)[:1])
def test_a_list_of_those_that_lie_one_way_hides_with_its_direction_where_there_are_none(name):
    slots = SLOT.findall(said_by_name()[name].words)
    some = {slot: lambda _: "Ashbourne" for slot in slots}
    assert said_by_name()[name].of(None, some)
    names = next(slot for slot in slots if slot.endswith("_names"))
    assert said_by_name()[name].of(None, some | {names: lambda _: ""}) == ""


OF_NUMBERS = {"number": lambda of: of["number"], "way": lambda of: of["way"], "label": lambda of: of["label"]}
COUNTED = Template("counted", "{number} of {label}")
COMPARED = Choice("compared", by="way", cases={"up": "more, {number}", "down": "fewer"})


def test_a_template_says_its_forms_of_the_figure_and_hides_where_one_has_nothing_to_say():
    assert COUNTED.of({"number": 7, "label": "BME people"}, OF_NUMBERS) == "7 of BME people"
    assert COUNTED.of({"number": 7, "label": ""}, OF_NUMBERS) == ""
    assert COUNTED.of({"number": 0, "label": "{number} $x$"}, OF_NUMBERS) == "0 of {number} $x$"


def test_a_choice_says_the_words_of_the_figures_own_case_and_of_another_case_nothing():
    said = {way: COMPARED.of({"way": way, "number": 3}, OF_NUMBERS) for way in ("up", "down", "same")}
    assert said == {"up": "more, 3", "down": "fewer", "same": ""}
    assert [one.name for one in COMPARED.templates] == ["compared.up", "compared.down"]
    assert COUNTED.templates == (COUNTED,)


TEXT = st.text(max_size=8)
SAID = st.builds(Part, TEXT, st.just("counted"), st.sampled_from(("", "ashbourne", "*"))).map(lambda part: Said(part))


@given(st.text(max_size=3), st.lists(SAID | TEXT, max_size=5))
def test_what_is_joined_reads_as_its_texts_do_and_keeps_all_of_their_parts(between, some):
    joined = Said.join(between, some)
    assert joined == between.join(filter(None, some))
    assert "".join(part.text for part in joined.parts) == joined
    assert [part for part in joined.parts if part.by] == [
        part for one in some for part in parts_of(one) if part.by and part.text
    ]


@given(st.lists(SAID, max_size=3))
def test_a_capital_at_the_beginning_changes_nothing_else(some):
    said = Said.join(" ", some)
    capital = said.capitalised()
    assert capital == said[:1].upper() + said[1:]
    assert [(part.by, part.figure) for part in capital.parts] == [(part.by, part.figure) for part in said.parts]


def test_a_label_in_capitals_keeps_them_at_the_beginning():
    assert Said(Part("BME people", "counted", "*")).capitalised() == "BME people"
    assert Said(Part("people of the UK", "counted", "*")).capitalised() == "People of the UK"
    assert Said().capitalised() == ""


def test_what_is_said_equals_its_text_and_is_only_text_once_it_is_changed():
    said = Said(Part("7 of 9", "counted", "ashbourne"))
    assert said == "7 of 9"
    assert {said: 1}["7 of 9"] == 1
    assert parts_of(said) == (Part("7 of 9", "counted", "ashbourne"),)
    for changed in (f"{said}", said + "", said.replace("7", "8"), said.upper(), f"{said} {said}"):
        assert all(not part.by for part in parts_of(changed))


def test_nothing_said_has_no_parts_and_leaves_no_words_between():
    assert Said(Part("", "counted", "ashbourne")).parts == ()
    assert Said.join(" ", ("", Said(), "a", "")).parts == (Part("a"),)
    assert not Said.join(", ", ("", Said()))


def test_a_page_names_what_said_each_part_and_of_which_figure():
    first, last = Part("7 < 9", "counted", "ashbourne"), Part("8 & 9", "compared", "beeches/2025-26")
    page = BeautifulSoup(element("p", Said.join("; ", (Said(first), Said(last)))), "html.parser")
    assert page.p.get_text() == "7 < 9; 8 & 9"
    assert [(one["data-said"], one.get_text()) for one in page.find_all("span")] == [
        ("counted ashbourne", "7 < 9"),
        ("compared beeches/2025-26", "8 & 9"),
    ]
    alone = BeautifulSoup(element("th", Said(first), scope="row"), "html.parser")
    assert (alone.th["data-said"], alone.th["scope"], alone.th.get_text()) == ("counted ashbourne", "row", "7 < 9")
    assert alone.span is None


@pytest.mark.parametrize("figure", ['"><script>x</script>', "a' onclick=x", "&quot;"])
def test_a_hostile_name_of_a_figure_stays_in_its_attribute(figure):
    page = BeautifulSoup(inside(Said(Part("7", "counted", figure))), "html.parser")
    assert page.script is None
    assert [one.attrs for one in page.find_all(True)] == [{"data-said": f"counted {figure}"}]


def test_what_is_said_of_an_exact_figure_names_none():
    said = say(Template("plain", "Words."), None, "")
    assert inside(said) == "Words."
    assert "data-said" not in element("p", said)
