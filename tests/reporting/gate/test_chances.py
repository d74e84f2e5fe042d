"""Numbers beside equal chances: each way in which chart and sentence can differ is seen, and a sound page passes."""

import re
from functools import cache
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup

from lt_analysis.codebook.measures import APPOINTMENT, SHORTLISTING
from lt_analysis.release.figures import Expected
from lt_analysis.rendering import front_page, html, pages
from lt_analysis.rendering.chances_chart import chances_chart, organisations_chart
from lt_analysis.reporting.gate.chances import chances
from lt_analysis.reporting.gate.page import markup_faults
from lt_analysis.reporting.numbering import number_figures
from tests.rendering.charted import chance, organisation, release

SIDE = "a number lies on another side of its usual range than its row says"
TWO = "two charts set one number beside different ranges"
DRAWN = "the words of a chart are not its numbers beside equal chances"
ALTERNATIVE = "the alternative text of a chart is not its numbers beside equal chances"
TITLE = "the title of a chart is not what its numbers beside equal chances tell"
NO_CHART = "a sentence is about a number that no chart sets beside equal chances"
SENTENCE = "a sentence and a chart set one number beside different ranges"
HEADLINE = "a headline is not what the charts tell of the same numbers"
WHICH = "a sentence sets a number beside equal chances, and does not say which"

UNTOLD = Expected(could_tell=False)
FEWER = organisation("Ashbourne", group=(150, 44, 10), expected=(chance(55, 45, 65), chance(11, 6, 16)))
KINDS = {
    "fewer, and fits": FEWER,
    "more at both": organisation("Beeches", group=(150, 70, 20), expected=(chance(55, 45, 65), chance(11, 6, 16))),
    "one of each": organisation("Cedars", group=(150, 44, 20), expected=(chance(55, 45, 65), chance(11, 6, 16))),
    "both fit": organisation("Dunmow", group=(150, 55, 10), expected=(chance(55, 45, 65), chance(11, 6, 16))),
    "too few posts at one": organisation("Elms", group=(150, 44, 2), expected=(chance(55, 45, 65), UNTOLD)),
    "too few posts at both": organisation("Fen", expected=(UNTOLD, UNTOLD)),
    "one hidden": organisation("Garth", group=(150, 44, None), expected=(chance(55, 45, 65), None)),
    "the other hidden": organisation("Hythe", (None, 80, 16), (None, 50, 10), (None, chance(11, 6, 16))),
    "thousands": organisation("Ings", (9000, 3000, 90), (9000, 1500, 20), (chance(2250, 1990, 2510), chance(9, 4, 14))),
    "only totals": organisation("Jarrow"),
    "none": organisation("Kew", (None,) * 3, (None,) * 3),
}


def own_page(one) -> str:
    """The main points and the chart of an organisation."""
    return html.joined(pages.main_points(one), chances_chart(one)).html


@cache
def sound_front() -> str:
    """The organisations' charts and sentences of a front page."""
    shown = release(*KINDS.values())
    charts = (organisations_chart(shown, SHORTLISTING), organisations_chart(shown, APPOINTMENT))
    return html.joined(*charts, front_page.organisations(shown, [])).html


def said_of(markup: str) -> list[str]:
    """What the gate says of a page's content, once its figures have numbers and their data are in the appendix."""
    page = number_figures(f"<main>{markup}</main>")
    assert page.count('id="data-for-figure-') == markup.count("<details>")
    return list(chances(BeautifulSoup(page, "html.parser")))


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_every_kind_of_organisation_agrees_with_itself(kind):
    assert said_of(own_page(KINDS[kind])) == []


def test_a_front_page_of_all_kinds_agrees_with_itself_and_with_the_pages_of_its_organisations():
    assert said_of(sound_front() + "".join(map(own_page, KINDS.values()))) == []


def put(old: str, new: str):
    def mutate(markup: str) -> str:
        assert old in markup
        return markup.replace(old, new, 1)

    return mutate


def in_picture(old: str, new: str):
    """Change words that are drawn, in the first picture that has them."""
    return put(quote(old, safe="/:=;()!*'$@[]{}?+"), quote(new, safe="/:=;()!*'$@[]{}?+"))


def in_row(cell: str, text: str):
    """Change what a cell of a chart's numbers says."""

    def mutate(markup: str) -> str:
        changed = re.sub(rf'(data-cell="{re.escape(cell)}"[^>]*>)[^<]*', rf"\g<1>{text}", markup, count=1)
        assert changed != markup
        return changed

    return mutate


SAID = "about 55 expected if chances were equal for each post; 45 to 65 is the usual range"
# Each with all that it sets at odds: a row that is changed is at odds with all that is said of it.
MUTATIONS = {
    "the word of a row": (
        in_row("beside.shortlisting.ashbourne", "within"),
        [SIDE, DRAWN, ALTERNATIVE, TITLE, HEADLINE, SENTENCE],
    ),
    "the range of a row": (in_row("usual.shortlisting.ashbourne", "45 to 66"), [DRAWN, ALTERNATIVE, TITLE, SENTENCE]),
    "the expected number of a row": (in_row("expected.shortlisting.ashbourne", "56"), [SENTENCE]),
    "the number of a row": (in_row("number.shortlisting.ashbourne", "43"), [DRAWN, ALTERNATIVE, TITLE, SENTENCE]),
    "a number drawn": (in_picture("44 (45 to 65)", "43 (45 to 65)"), [DRAWN]),
    "a range drawn": (in_picture("10 (6 to 16)", "10 (6 to 17)"), [DRAWN]),
    "a word drawn": (in_picture("44 (45 to 65), below", "44 (45 to 65)"), [DRAWN]),
    "an alternative text": (
        put("shortlisted: 44, below 45 to 65.", "shortlisted: 44, within 45 to 65."),
        [ALTERNATIVE],
    ),
    "a title": (put("44 BME people, below 45 to 65", "44 BME people, below 46 to 65"), [TITLE]),
    "a title of nothing": (put("<strong>Shortlisted: 44 BME people", "<strong>In all: nothing to report"), [TITLE]),
    "the expected number of a sentence": (put(SAID, SAID.replace("55", "54")), [SENTENCE]),
    "the range of a sentence": (put(SAID, SAID.replace("45", "44")), [SENTENCE]),
    "a sentence of too few posts": (put(SAID, "too few posts to say more"), [SENTENCE]),
    "the direction of a headline": (put("Fewer BME people shortlisted", "More BME people shortlisted"), [HEADLINE]),
    "the other stage of a headline": (
        put("numbers appointed fit equal chances", "too few posts to judge appointment"),
        [HEADLINE],
    ),
    "a headline that leaves a stage out": (put("; numbers appointed fit equal chances", ""), [HEADLINE]),
    "a sentence of nothing": (
        put(' data-about="ashbourne/2025-26/shortlisted/BME/8+"', ""),
        [WHICH],
    ),
    "a sentence of another stage": (
        put(' data-about="ashbourne/2025-26/shortlisted/BME/8+"', ' data-about="ashbourne/2025-26/appointed/BME/8+"'),
        [SENTENCE],
    ),
    "a sentence of what no chart draws": (
        put(
            ' data-about="ashbourne/2025-26/shortlisted/BME/8+"', ' data-about="ashbourne/2025-26/shortlisted/BME/8c+"'
        ),
        [NO_CHART],
    ),
}
IN_FRONT = {
    "how many are counted below": (
        put("5 of 7 organisations shortlisted", "4 of 7 organisations shortlisted"),
        [TITLE],
    ),
    "of how many": (put("5 of 7 organisations shortlisted", "5 of 8 organisations shortlisted"), [TITLE]),
    "the direction of a title": (put("shortlisted fewer BME", "shortlisted more BME"), [TITLE]),
    "an organisation's headline": (put(">Fewer BME people shortlisted", ">More BME people shortlisted"), [HEADLINE]),
    "another organisation's sentence": (
        put('data-about="ashbourne/2025-26/shortlisted/BME/8+', 'data-about="beeches/2025-26/shortlisted/BME/8+'),
        [SENTENCE, HEADLINE],
    ),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_an_organisations_page_that_contradicts_itself_is_seen(mutation):
    mutate, said = MUTATIONS[mutation]
    assert said_of(mutate(own_page(FEWER))) == said


@pytest.mark.parametrize("mutation", IN_FRONT)
def test_a_front_page_that_contradicts_itself_is_seen(mutation):
    mutate, said = IN_FRONT[mutation]
    assert said_of(mutate(sound_front())) == said


def test_where_no_chart_is_drawn_for_too_few_posts_a_sentence_may_say_nothing_else():
    page = own_page(KINDS["too few posts at both"])
    said = "too few posts to say more"
    assert page.count(said) == 2
    claimed = page.replace(said, "about 9 expected if chances were equal for each post; 4 to 14 is the usual range", 1)
    assert said_of(claimed) == [SENTENCE]
    assert {*said_of(put("No chart: too few posts", "No chart: few posts")(page))} == {NO_CHART}


def test_two_pages_of_a_pack_that_contradict_one_another_are_seen():
    other = own_page(FEWER).replace("45 to 65", "45 to 64").replace(quote("45 to 65"), quote("45 to 64"))
    assert TWO in said_of(own_page(FEWER) + other)


def test_a_page_for_the_board_is_held_to_the_rule_and_exact_figures_have_no_keys_to_be_held_by():
    spoilt = put("Fewer BME people shortlisted", "More BME people shortlisted")(own_page(FEWER))
    assert HEADLINE in markup_faults(spoilt, restricted=False)
    assert HEADLINE not in markup_faults(spoilt, restricted=True)
