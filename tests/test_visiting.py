"""The measures of a page in a browser find what they look for: each fault is planted, and seen."""

from functools import partial
from urllib.parse import quote

import pytest

from lt_analysis.reporting.styling import page_style, policy
from tests.reporting.gate.sound import sound_page
from tests.visiting import PAPER, WIDEST, visit

LOREM = "Ten of the twelve organisations sent every return. " * 4


def written(folder, body, style="", old="<main", new="<main", rules=None):
    """The sound page with something put into its main part, and into its style sheet."""
    sheet = page_style(restricted=False)
    html = sound_page().replace(policy(sheet), rules or policy(sheet + style)).replace(sheet, sheet + style)
    path = folder / "page.html"
    path.write_text(html.replace(old, new).replace("</main>", f"{body}</main>"), encoding="utf-8")
    return path


seen_once = partial(visit, widths=(WIDEST,), axe_at=())  # what one look at it shows


def test_a_sound_page_has_none_of_them(browser, tmp_path):
    body = f'<details><summary>How this was counted</summary><p>{LOREM}</p></details><p><a href="#main">Up</a></p>'
    seen = visit(browser, written(tmp_path, body))
    assert {place: found for place, found in (seen.measured | seen.axe).items() if found} == {}
    assert (seen.said, seen.asked, seen.broken_images, seen.small_targets) == ((), (seen.url,), 0, [])
    assert seen.walked[: len(seen.stops)] == seen.stops
    assert "Ten of the twelve" in " ".join(seen.sheets)


@pytest.mark.parametrize(
    ("body", "style", "measure"),
    [
        ('<p class="x">One line of words.</p><p>Another line.</p>', ".x{margin-bottom:-2.4rem}", "overlaps"),
        ('<p class="x">Words.</p>', ".x{position:relative;left:-20rem}", "outside"),
        ('<p class="x">Words.</p>', ".x{width:110%;max-width:none}", "wider than the column"),
        ('<p class="x">Words that do not stop where the page does.</p>', ".x{margin-left:99%;width:1px}", "cut"),
        (f'<p class="x">{LOREM}</p>', ".x{height:1.6em;overflow:hidden}", "cut"),
    ],
)
def test_text_that_is_covered_cut_off_or_outside_is_seen_on_screens_and_on_paper(
    browser, tmp_path, body, style, measure
):
    measured = seen_once(browser, written(tmp_path, body, style)).measured
    assert measured[WIDEST, measure]
    assert measured[PAPER, measure]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ('<text x="9" y="30">Ten</text><text x="60" y="30">Of twelve</text>', []),
        ('<text x="9" y="30">Ten</text><text x="20" y="30">Of twelve</text>', [["overlaps", "Ten", "Of twelve"]]),
        ('<text x="180" y="30">Of twelve</text>', [["outside", "Of twelve"]]),
    ],
)
def test_words_of_a_drawing_that_overlap_or_lie_outside_it_are_seen(browser, tmp_path, words, found):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60">{words}</svg>'
    seen = seen_once(browser, written(tmp_path, f'<img alt="Ten" src="data:image/svg+xml,{quote(svg)}">'))
    assert (seen.drawings, seen.words_of_drawings) == (3, found)  # two are the sound page's


def test_details_that_stay_closed_on_paper_are_seen(browser, tmp_path):
    body = f"<details><summary>How this was counted</summary><p>{LOREM}</p></details>"
    closed = "@media print{details::details-content{display:none !important}}"
    assert seen_once(browser, written(tmp_path, body, closed)).measured[PAPER, "closed"]


def test_small_targets_side_by_side_are_seen(browser, tmp_path):
    body = '<p><a href="#main">a</a> <a href="#main">b</a></p>'
    assert seen_once(browser, written(tmp_path, body)).small_targets


def test_a_place_that_the_tab_key_leaves_out_or_comes_to_too_early_is_seen(browser, tmp_path):
    for tabindex in ("-1", "5"):
        seen = seen_once(browser, written(tmp_path, f'<p><a tabindex="{tabindex}" href="#main">Up</a></p>'))
        assert seen.walked[: len(seen.stops)] != seen.stops


def test_a_request_a_script_and_a_broken_picture_are_seen(browser, tmp_path):
    body = '<img src="missing.png" alt="Nothing"><script>console.log("it ran")</script>'
    seen = seen_once(browser, written(tmp_path, body))
    assert len(seen.said) == 2
    assert all("Content Security Policy" in said for said in seen.said)
    assert seen.broken_images == 1
    free = seen_once(browser, written(tmp_path, body, rules="default-src * 'unsafe-inline'"))
    assert "it ran" in free.said
    assert len(free.asked) == 2


def test_what_axe_is_asked_for_holds_the_size_of_targets(browser, tmp_path):
    body = '<p class="x"><a href="#main">a</a><a href="#main">b</a></p>'
    seen = visit(
        browser, written(tmp_path, body, ".x a{display:inline-block;width:9px;height:9px;overflow:hidden}"), (WIDEST,)
    )
    assert "target-size" in [rule for rule, _ in seen.axe[WIDEST, "violations"]]
