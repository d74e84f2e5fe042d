"""Pledged actions on a page: which are late, in words and shapes, and hostile words that arrive as words."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from lt_analysis.release.figures import Action, Release
from lt_analysis.rendering import actions
from lt_analysis.rendering.forms import say
from lt_analysis.rendering.forms.delivery import WITHHELD, status
from tests.making import cells_of
from tests.rendering.test_front_page import SECOND
from tests.rendering.test_sentences import figures

LAST = date(2026, 9, 30)
LATE = Action("ashbourne.1", "Panels are trained", "Chair", date(2026, 4, 1), date(2026, 5, 31), "under way", LAST)
DONE = replace(LATE, key="ashbourne.2", text="Exit interviews", status="done")
STARTS = replace(LATE, key="ashbourne.3", due_on=date(2027, 3, 31), status="not started", started_on=None)
STOPPED = replace(STARTS, key="ashbourne.4", status="stopped")
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</td></table><script>x</script>",
    "{{ 7 * 7 }} {% raw %}",
    "$$x^2$$ $1$ `x`",
    "## A heading\n- a point",
    "פאנלים of 12",
    "n" * 300,
    "[c]",
    '" data-key="x',
)


def pledging(*some, slug="ashbourne", **about):
    return figures(slug=slug, name=slug.title(), actions=some, **about)


def page_of(shown) -> BeautifulSoup:
    return BeautifulSoup(shown._repr_html_(), "html.parser")


def test_late_actions_stand_with_whose_they_are_and_others_do_not():
    release = Release(SECOND, (pledging(LATE, DONE, STARTS), pledging(slug="beeches")))
    shown = actions.late_actions(release)
    page = page_of(shown)
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in page.select("tbody tr")]
    assert rows == [
        ["Ashbourne (invented)", "Panels are trained", "Chair", "31 May 2026", "▲ Late: under way"],
    ]
    assert say(actions.LATE, release, "*") == (
        "Promised and not done: 1 of 3 pledged actions is late, as of 30 September 2026."
    )
    assert actions.not_sent(release) == "1 sent no return of actions that could be used."


def test_without_a_late_action_there_is_no_table_and_it_is_said():
    none_late, nothing_sent = (Release(SECOND, (pledging(*some),)) for some in ((DONE, STARTS), ()))
    for release in (none_late, nothing_sent):
        shown = actions.late_actions(release)
        assert page_of(shown).table is None
        assert cells_of(shown._repr_html_()) == {"actions.none": "No action that this report knows of is late."}
    assert say(actions.LATE, none_late, "*") == "None of 2 pledged actions is late, as of 30 September 2026."
    said = "No organisation sent a return of actions for July to September 2026."
    assert say(actions.LATE, nothing_sent, "*") == said


def test_published_figures_from_elsewhere_pledged_nothing_and_are_not_asked_for_it():
    release = Release(SECOND, (pledging(LATE), pledging(slug="example", source="BMJ 2021")))
    assert actions.not_sent(release) == ""


def test_every_status_has_a_word_and_a_shape_of_its_own():
    shown = {status(one, one.is_late(SECOND)) for one in (LATE, DONE, STARTS, STOPPED)}
    shown.add(status(replace(STARTS, status="under way"), False))
    assert shown == {"▲ Late: under way", "● Done", "○ Not started", "■ Stopped", "► Under way"}
    assert len({one[0] for one in shown}) == len(shown)


def test_an_organisations_page_lists_all_of_its_own():
    cells = cells_of(actions.own_actions(pledging(LATE, DONE, STARTS))._repr_html_())
    late = "Promised and not done: 1 of 3 pledged actions was late on 30 September 2026."
    assert actions.late(pledging(LATE, DONE, STARTS)) == {"late": late}
    assert actions.late(pledging(DONE)) == {"late": "None of its 1 pledged actions was late on 30 September 2026."}
    assert actions.late(pledging()) == {}
    assert [cells[f"status.ashbourne.{number}"] for number in (1, 2, 3)] == [
        *("▲ Late: under way", "● Done", "○ Not started"),
    ]
    assert "sent no return of actions" in cells_of(actions.own_actions(pledging())._repr_html_())["actions"]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_arrive_as_words(words):
    one = replace(LATE, text=words, owner_role=words)
    for shown in (actions.own_actions(pledging(one)), actions.late_actions(Release(SECOND, (pledging(one),)))):
        page = page_of(shown)
        assert page.find(["img", "script"]) is None
        assert len(page.find_all("table")) == 1
        assert {cell.get_text() for cell in page.select('[data-cell^="action."], [data-cell^="owner."]')} == {words}
        assert page.select("[data-key]") == []


def test_words_that_may_reach_a_person_are_said_to_be_left_out():
    cells = cells_of(actions.own_actions(pledging(replace(LATE, text=None, owner_role=None)))._repr_html_())
    assert cells["action.ashbourne.1"] == cells["owner.ashbourne.1"] == WITHHELD
    assert cells["status.ashbourne.1"] == "▲ Late: under way"
