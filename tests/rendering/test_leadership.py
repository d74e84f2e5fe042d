"""Mentoring and traits on the page on delivery: true sentences of none, hidden and shown; every answer is drawn."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from lt_analysis.codebook.leadership import TRAITS
from lt_analysis.codebook.periods import Quarter
from lt_analysis.release.figures import Mentoring, Pledge, Ratings
from lt_analysis.rendering import delivery, leadership, sheets
from lt_analysis.rendering.delivery_figures import Delivered
from lt_analysis.rendering.html import joined
from lt_analysis.reporting.gate.drawn import drawn_faults
from lt_analysis.reporting.gate.page import texts_faults
from tests.rendering.test_actions import HOSTILE
from tests.rendering.test_delivery import SECOND, release, rows_of

PAIRS = Mentoring(6, 1, 5, 8, 15, 5, 2, date(2026, 9, 14), ("EX2", "PAN1"))
HIDDEN = Mentoring(None)
EARLIER = Quarter.parse("2025-26-Q4")


def rated(who, trait, kind, answers, quarter=SECOND):
    return Ratings(who, quarter, trait, kind, answers)


def page_of(one: Delivered) -> BeautifulSoup:
    return BeautifulSoup(joined(leadership.mentoring(one), leadership.traits(one)).html, "html.parser")


def faults_of(one: Delivered) -> list[str]:
    page = BeautifulSoup(f"<html><body>{page_of(one)}</body></html>", "html.parser")
    return [*texts_faults(str(page), one.release), *drawn_faults(page)]


def sent(mentoring=None, ratings=(), together=None, of_all=()):
    made = release(())
    first, second = made.organisations
    first = replace(first, mentoring=mentoring, ratings=tuple(ratings))
    made = replace(made, organisations=(first, second), mentoring=together, ratings=tuple(of_all))
    return Delivered(made), Delivered(made, "ashbourne"), Delivered(made, "beeches")


def test_where_nothing_was_sent_that_is_said_and_nothing_else():
    for one in sent():
        assert faults_of(one) == []
        text = page_of(one).get_text()
        assert "No return of mentoring was sent for this quarter." in text
        assert leadership.NOBODY_ASKED in text
        assert not page_of(one).find_all(["table", "img"])


def test_pairs_that_are_shown_are_told_by_reach_meetings_and_the_actions_that_they_led():
    together, own, other = sent(PAIRS, together=replace(PAIRS, executives=None, actions=()))
    assert faults_of(together) == faults_of(own) == faults_of(other) == []
    assert (
        "Pairs so far: 6; ended since: 1. Executives in a pair: 5 of 8. Meetings so far: 15. Pairs that met in this "
        "quarter: 5 of 6. Last meeting: 14 September 2026. Pairs that led a pledged action: 2 of 6."
    ) in page_of(own).get_text()
    assert "Actions that pairs led: EX2, PAN1" in page_of(own).get_text()
    assert "Executives in a pair: 5; how many there are was not sent." in page_of(together).get_text()
    assert "1 of 2 organisations sent a return of mentoring." in page_of(together).get_text()
    assert rows_of(page_of(together), leadership.EACH_PROGRAMME) == [
        ["Ashbourne (invented)", "6", "5 of 8", "15", "5", "2", "EX2, PAN1"]
    ]
    assert "No return of mentoring" in page_of(other).get_text()


def test_too_few_pairs_are_told_of_by_no_number():
    together, own, _ = sent(HIDDEN, together=HIDDEN)
    assert faults_of(together) == faults_of(own) == []
    assert rows_of(page_of(together), leadership.EACH_PROGRAMME)[0][1:] == ["too few pairs"] * 6
    assert not any(letter.isdigit() for letter in page_of(own).get_text())


@pytest.mark.parametrize("who", ["partnership", "ashbourne"])
def test_every_answer_is_drawn_with_its_word_and_its_number_and_hidden_ones_are_not(who):
    every = [
        rated(who, trait, kind, (1, 2, 3, 4 + place, 5))
        for place, trait in enumerate(TRAITS)
        for kind in ("self", "others")
    ]
    every[0] = replace(every[0], answers=None)
    every.insert(0, rated(who, "courage", "others", (2, 2, 2, 2, 2), EARLIER))
    together, own, _ = sent(ratings=every) if who == "ashbourne" else sent(of_all=every)
    one = own if who == "ashbourne" else together
    assert faults_of(one) == []
    page = page_of(one)
    shown = rows_of(page, "Answers about traits of leaders, asked in July to September 2026")
    assert [row[0] for row in shown[:2]] == ["Commitment, by themselves", "Commitment, by others"]
    assert [row[1:] for row in shown[:2]] == [["[c]"] * 6, ["15", "1", "2", "3", "4", "5"]]
    assert rows_of(page, "Answers about traits of leaders, asked in January to March 2026")[0][1:] == ["10", *"22222"]
    chart = leadership.traits(one).html
    # Of the five traits that are shown of both, 10 to 14 agree of 16 to 20.
    assert "Answers that agree: 60 of 90 of leaders themselves, 60 of 90 of others" in chart
    apart = [one for place, one in enumerate(every) if place > 2 and (one.rater_kind == "self") == (place < 5)]
    of_all, of_own, _ = sent(ratings=apart) if who == "ashbourne" else sent(of_all=apart)
    title = "Answers of leaders themselves and of others, about different traits"
    assert title in leadership.traits(of_own if who == "ashbourne" else of_all).html
    drawing = BeautifulSoup(leadership._draw([*one_round(one)], 7), "html.parser")
    texts = [text.get_text() for text in drawing.find_all("text")]
    assert "Commitment, by themselves" not in texts
    assert "Strongly disagree 1 · Disagree 2 · Neither 3 · Agree 4 · Strongly agree 5" in texts


def one_round(one: Delivered):
    asked = leadership.Asked(one.release, one.slug, SECOND)
    return (table for table in asked.tables if table.ratings.answers)


def test_answers_all_of_which_are_hidden_are_said_to_be_so_without_a_number():
    _, own, _ = sent(ratings=[rated("ashbourne", "courage", "self", None)])
    assert faults_of(own) == []
    assert "Answers of July to September 2026 were sent, and are not shown" in page_of(own).get_text()
    assert not page_of(own).find_all(["table", "img"])


def test_every_number_stands_in_the_spreadsheet_under_the_name_by_which_it_was_released():
    shown, hidden = (
        rated("ashbourne", "courage", "self", (1, 2, 3, 4, 5)),
        rated("ashbourne", "courage", "others", None),
    )
    together, _, _ = sent(
        replace(PAIRS, key="ashbourne/2026-27-Q2/mentoring"), [shown, hidden], replace(HIDDEN, key="k")
    )
    every = {
        sheet.name: sheet.rows for sheet in (sheets._mentoring(together.release), sheets._traits(together.release))
    }
    ((whose, _, figure, value, item, note), *own) = every["Mentoring"]
    assert (whose, figure, value, item) == ("All organisations together", "Pairs", "[c]", "k/pairs")
    assert note == sheets.note("hidden")
    assert {row[4].rpartition("/")[2]: row[3] for row in own} == {
        **{"pairs": 6, "ended": 1, "executives_paired": 5, "executives": 8, "meetings": 15, "met": 5, "led": 2},
    }
    traits = {row[-2]: row[-3] for row in every["Traits"]}
    assert traits["ashbourne/2026-27-Q2/traits/courage/self/4"] == 4
    assert traits["ashbourne/2026-27-Q2/traits/courage/others/4"] == "[c]"
    assert [row[4] for row in every["Traits"]][:2] == ["Strongly disagree", "Disagree"]


def test_a_number_that_is_changed_on_a_page_or_in_a_drawing_is_found():
    _, own, _ = sent(PAIRS, [rated("ashbourne", "courage", "self", (1, 2, 3, 4, 5))])
    page = f"<html><body>{page_of(own)}</body></html>"
    assert faults_of(own) == []
    for right, wrong in (("5 of 8", "6 of 8"), ("9 of 15", "8 of 15"), (">EX2, PAN1<", ">EX2<")):
        assert right in page or right.strip("><") in page
        assert texts_faults(page.replace(right.strip("><"), wrong.strip("><")), own.release) != []
    drawn = page.replace("Strongly%20agree%205", "Strongly%20agree%207")
    assert drawn != page and [*drawn_faults(BeautifulSoup(drawn, "html.parser"))] != []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_name_beside_pairs_and_signatures_and_hostile_words_of_a_pledge_stay_words(hostile):
    made = release(())
    first, second = (replace(one, name=hostile, mentoring=PAIRS) for one in made.organisations)
    pledge = Pledge(2, date(2026, 8, 1), (("ashbourne", date(2026, 8, 2)),), 1, (hostile,), (hostile,), (None,))
    made = replace(made, organisations=(first, second), pledge=pledge)
    for one in (Delivered(made), Delivered(made, "ashbourne")):
        shown = f"<html><body>{page_of(one)}{delivery.pledge(one).html}</body></html>"
        assert texts_faults(shown, made) == []
        page = BeautifulSoup(shown, "html.parser")
        assert not page.find_all(["script", "img", "svg"]) and not page.find_all(onerror=True)
        assert f"{hostile} (invented)" in [cell.get_text() for cell in page.find_all("th")]
        assert f"new commitments: \u201c{hostile.rstrip('.')}\u201d. Changed" in page.get_text()
        assert "Taken away: awaiting approval." in page.get_text()


def test_a_commitment_that_no_action_serves_leads_to_what_else_came_of_it_where_that_is_shown():
    pledge = Pledge(2, date(2026, 8, 1), (("ashbourne", date(2026, 8, 2)),))
    nothing = replace(release(()), mentoring=HIDDEN)
    some = replace(nothing, pledge=pledge, mentoring=PAIRS)
    said = {}
    for made in (nothing, some):
        page = BeautifulSoup(
            joined(delivery.main_points(Delivered(made)), delivery.not_taken_place(Delivered(made))).html, "html.parser"
        )
        assert texts_faults(f"<html><body>{page}</body></html>", made) == []
        said[bool(made.pledge)] = (
            page.get_text(),
            {row[0]: row[1:4] for row in rows_of(page, "Each commitment, and its actions")},
        )
    text, rows = said[False]
    assert "something else is told" not in text and "refreshed pledge, signature traits and reciprocal" in text
    assert {row[0] for row in rows.values()} == {"no action yet"}
    text, rows = said[True]
    assert "of which something else is told further down: refreshed pledge and reciprocal mentoring." in text
    # It was due in September 2021, and nobody has said that it was done.
    assert rows["A refreshed pledge, signed off in September."] == [
        *("no action yet; told below: the pledge", "21 July 2021", "30 September 2021, passed"),
    ]
    assert rows["A reciprocal mentoring programme."][0] == "no action yet; told below: mentoring"


def test_each_organisation_is_said_to_have_signed_or_not_and_without_a_pledge_nothing_is_claimed():
    together, own, other = sent()
    assert "It was not sent which version of the pledge stands" in str(delivery.pledge(together).html)
    signed = replace(together.release, pledge=Pledge(2, date(2026, 8, 1), (("ashbourne", date(2026, 8, 2)),)))
    page = BeautifulSoup(str(delivery.pledge(Delivered(signed)).html), "html.parser")
    assert "1 of 2 organisations have signed it." in page.get_text()
    assert rows_of(page, delivery.WHO_SIGNED) == [
        *(["Ashbourne (invented)", "2 August 2026"], ["Beeches (invented)", "Not signed."])
    ]
    for one in (own, other):
        assert (
            texts_faults(f"<html><body>{delivery.pledge(Delivered(signed, one.slug)).html}</body></html>", signed) == []
        )
