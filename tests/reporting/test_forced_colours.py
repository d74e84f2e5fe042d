"""A page where its reader's machine chooses the colours: what colour alone would tell apart has a line around it."""

import pytest

from tests.reporting.gate.sound import HEADING, sound_page

MARKED = f'<p class="mark restricted">Restricted</p>{HEADING}<div class="summary"><p>Main points.</p></div>'
WHITE = "rgb(255, 255, 255)"


@pytest.fixture
def tab(browser, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(sound_page().replace(HEADING, MARKED), encoding="utf-8")
    with browser.new_context(forced_colors="active", color_scheme="dark") as context:
        tab = context.new_page()
        tab.goto(path.as_uri())
        yield tab


def styled(tab, chosen, name):
    return tab.eval_on_selector(chosen, f"one => getComputedStyle(one)['{name}']")


def test_a_chart_keeps_its_own_colours_on_white_and_words_take_the_readers(tab):
    assert styled(tab, "img", "backgroundColor") == WHITE
    assert styled(tab, "img", "forcedColorAdjust") == "none"
    assert styled(tab, "h1", "color") == WHITE
    assert styled(tab, "body", "backgroundColor") != WHITE


@pytest.mark.parametrize("chosen", [".mark", ".summary", "header"])
def test_what_stands_out_by_its_ground_has_a_line(tab, chosen):
    assert styled(tab, chosen, "borderBottomStyle") == "solid"
    assert styled(tab, chosen, "borderBottomWidth") == "2px"


def test_whatever_has_the_focus_is_seen_to_have_it(tab):
    for _ in range(3):
        tab.keyboard.press("Tab")
        assert styled(tab, ":focus", "outlineStyle") == "solid"
        assert styled(tab, ":focus", "outlineWidth") == "3px"


def test_data_that_a_link_led_to_are_seen_to_be_meant(tab):
    tab.click("figure .note a")
    assert styled(tab, "#data-for-figure-1", "outlineStyle") == "solid"
