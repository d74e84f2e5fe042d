"""Contrast beside worked examples, and which values of a style sheet name a colour."""

import pytest
from bs4 import BeautifulSoup

from lt_analysis.reporting.gate.style import contrast, rules_of, style

HARD_TO_READ = "a colour of the style sheet's text is hard to read on its ground"
UNREADABLE = "there is a colour that the gate cannot read"


def found(sheet: str) -> list[str]:
    return list(style(BeautifulSoup(f"<head><style>{sheet}</style></head>", "html.parser")))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),  # the definition's own two ends
        ("#ffffff", "#ffffff", 1),
        # WebAIM's contrast checker, https://webaim.org/resources/contrastchecker/: the palest greys that pass.
        ("#767676", "#ffffff", 4.54),
        ("#949494", "#ffffff", 3.03),
    ],
)
def test_contrast_is_that_of_the_guidelines(one, other, ratio):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("said", ["inherit", "#333 !important", "CanvasText", "black", "var(--dark)", "none"])
def test_a_colour_that_can_be_read_or_is_the_readers_own_is_no_fault(said):
    assert found(f":root {{ --dark: #12436d; }} p {{ color: {said}; outline: 3px solid; }}") == []


@pytest.mark.parametrize("said", ["rgb(0 0 0)", "hsl(0, 0%, 0%)", "tomato", "#12345678", "var(--unknown)"])
def test_any_other_is(said):
    assert found(f"p {{ color: {said}; }}") == [UNREADABLE]


def test_a_text_is_held_against_every_ground_that_may_be_behind_it():
    assert found("p { color: #767676; }") == []
    assert found("p { color: #767676; } .mark { background: #f6eaf1; }") == [HARD_TO_READ]
    assert found(".mark { background: #12436d; color: #fff; }") == []


def test_rules_within_rules_for_some_screens_are_read_too():
    assert found("@media (max-width: 40rem) { h1 { font-size: 1rem; } p { color: #aaa; } }") == [HARD_TO_READ]
    (rule,) = rules_of("/* p { color: #aaa } */ a, nav  a { min-height: 24px }")
    assert (rule.selectors, rule.said["min-height"]) == (("a", "nav a"), "24px")
