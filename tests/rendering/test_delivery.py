"""The page on delivery: true sentences of no action, of a few and of a thousand; hostile words stay words."""

from dataclasses import replace
from datetime import date
from itertools import cycle, product

import pytest
from bs4 import BeautifulSoup

from lt_analysis.codebook.commitments import COMMITMENTS, ELEMENTS
from lt_analysis.codebook.measures import SHORTLISTING
from lt_analysis.codebook.naming import capitalised
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.release.approvals import OF_ACTIONS
from lt_analysis.release.delivery import Stands, tracked
from lt_analysis.release.evaluation import Evaluation, Plan, Told
from lt_analysis.release.figures import Release
from lt_analysis.release.files import Edition, PledgedAction
from lt_analysis.rendering import delivery, leadership
from lt_analysis.rendering.delivery_figures import Delivered
from lt_analysis.rendering.forms.delivery import STATE_SHAPES
from lt_analysis.rendering.html import LARGEST_PAGE, SHAPE, joined
from lt_analysis.reporting.gate.page import texts_faults
from tests.rendering.releases import people
from tests.rendering.test_actions import HOSTILE
from tests.rendering.test_sentences import figures

SECOND = Quarter.parse("2026-27-Q2")
BEFORE = (SECOND.previous.previous, SECOND.previous)
BEGUN, DUE = date(2025, 4, 1), date(2026, 8, 31)
PARTS = (
    *(delivery.main_points, delivery.by_element, delivery.taken_place, delivery.not_taken_place, delivery.stalled),
    *(delivery.worked, delivery.dates_chart, delivery.flow, delivery.pledge, leadership.mentoring, leadership.traits),
    *(delivery.register, delivery.coverage, lambda _: delivery.glossary()),
)


def pledged(slug="ashbourne", words="Panels are trained", **about):
    usual = {"owner_role": "Chair", "started_on": BEGUN, "due_on": DUE, "status": "under way", "status_on": BEGUN}
    return PledgedAction(**{"organisation": slug, "action": words} | usual | about)


def editions(*actions_of_each):
    quarters = (*BEFORE, SECOND)[-len(actions_of_each) :]
    return [
        Edition(quarter, place, (), {}, (), tuple(actions))
        for place, (quarter, actions) in enumerate(zip(quarters, actions_of_each, strict=True), start=1)
    ]


def release(*actions_of_each, slugs=("ashbourne", "beeches")) -> Release:
    """A release of some organisations, whose actions stood so in each of the latest reports."""
    made = editions(*actions_of_each)
    return Release(
        SECOND,
        tuple(
            figures(
                slug=slug,
                name=slug.title(),
                people=people(slug, {}),
                actions=tuple(one for one in made[-1].actions if one.organisation == slug),
                delivery=tracked(made, slug, lambda *place: None),
            )
            for slug in slugs
        ),
    )


def page_of(one: Delivered) -> BeautifulSoup:
    return BeautifulSoup(joined(*(part(one) for part in PARTS)).html, "html.parser")


def faults_of(one: Delivered) -> list[str]:
    return texts_faults(f"<html><body>{joined(*(part(one) for part in PARTS)).html}</body></html>", one.release)


def rows_of(page, caption):
    table = next(table for table in page.find_all("table") if table.caption.get_text() == caption)
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")]


def both(made):
    return [Delivered(made), Delivered(made, "ashbourne")]


def test_every_state_has_a_shape_of_its_own_and_its_meaning_on_the_page():
    assert [capitalised(state) for state in Stands] == sorted(
        delivery.STATES, key=[capitalised(state) for state in Stands].index
    )
    assert set(STATE_SHAPES) == set(Stands) - {Stands.OVERDUE}
    assert len(set(STATE_SHAPES.values())) == len(STATE_SHAPES)
    assert all(SHAPE.match(f"{shape} x") for shape in STATE_SHAPES.values())


@pytest.mark.parametrize("slugs", [("ashbourne",), ("ashbourne", "beeches")])
def test_without_an_action_every_commitment_and_element_still_stands_there(slugs):
    made = release((), slugs=slugs)
    for one in both(made):
        assert faults_of(one) == []
        page = page_of(one)
        assert "No pledged action is known." in page.get_text()
        unserved = "no action yet" if one.slug == "*" else "nothing sent"
        assert [row[1] for row in rows_of(page, "Each commitment, and its actions")] == [unserved] * len(COMMITMENTS)
        assert f"Elements without any action: {', '.join(ELEMENTS[:-1])} and {ELEMENTS[-1]}." in page.get_text()


def test_what_stalled_stands_with_its_role_its_need_and_who_shares_something_of_the_kind():
    stuck = {"reference": "A1", "element": "symbols", "needs": "A trainer"}
    shared = {"element": "symbols", "offers": "The slides", "evidence": "Board paper", "measure": "m", "status": "done"}
    still = [pledged(**stuck, due_on=due) for due in (DUE, DUE, date(2027, 3, 31))]
    made = release(*([one, pledged("beeches", "Done here", **shared)] for one in still))
    together, own = both(made)
    assert faults_of(together) == faults_of(own) == []
    page = page_of(together)
    which = "Ashbourne (invented), A1", "Panels are trained"
    assert rows_of(page, "Stalled longest, of 1 that are stalled") == [
        [*which, "Chair", BEFORE[0].in_words, "A trainer", "Beeches (invented)"]
    ]
    assert rows_of(page, "Stalled, or without movement since the last report") == [
        [*which, "Chair", "‖ Stalled, and overdue", BEFORE[0].in_words, "Not said.", "A trainer", "Beeches (invented)"]
    ]
    grid = rows_of(page, "How actions stand, by element and organisation")
    assert [row[1 + ELEMENTS.index("symbols")] for row in grid] == ["1 stalled", "1 done"]
    assert dict(rows_of(page, "Each element, and its actions"))["Symbols"] == "1 stalled; 1 done"
    assert rows_of(page, "First dates and dates now, by 30 September 2026")[0][1:4] == [
        *("31 August 2026", "31 March 2027", "once"),
    ]
    points = page.find(class_="summary").get_text()
    assert (
        "Of 2 pledged actions on 30 September 2026: done, with proof, 1; not moving 1. Across all 2, past their date "
        "and not done: 1."
    ) in points
    assert "No movement for two quarters or more: 1." in points
    would_move = "What would move these, in the organisations' words: “A trainer” "
    assert would_move + "(needed by 1 action)." in points
    served = release([pledged(commitment="cultural web")])
    unserved = ", ".join(key for key in COMMITMENTS if key not in ("cultural web", "reciprocal mentoring"))
    said = f"Commitments without any action: {unserved} and reciprocal mentoring."
    assert said in page_of(Delivered(served)).find(class_="summary").get_text()


def test_the_front_page_has_how_many_stalled_are_done_and_are_shown_to_work_and_a_line_of_each_that_stalled_longest():
    proved = {"status": "done", "evidence": "Board paper", "measure": "shortlisting", "direction": "down"}
    still = [pledged(words=f"Still {place}", reference=f"A{place}") for place in range(1, 7)]
    first = [*still, pledged(words="Done", **proved)]
    made = release(first, first, first)
    assert delivery.on_front_page(made) == "Stalled: 6; done with proof: 1; shown to work: 0."
    assert delivery.on_front_page(release(())) == ""
    shown = delivery.stalled_longest(made).html
    assert texts_faults(f"<html><body>{shown}</body></html>", made) == []
    said = [one.get_text() for one in BeautifulSoup(shown, "html.parser").find_all("p")]
    assert said[0] == "Five of 6 that are stalled: none has been so for a longer time"
    assert said[1] == f"Ashbourne (invented), A1: no movement since {BEFORE[0].in_words}. Chair answers."
    assert len(said) == 6
    assert str(delivery.stalled_longest(release(first)).html) == ""


def test_the_register_names_who_took_an_action_up_since_and_nobody_who_names_no_reference():
    first = pledged(reference="A1", offers="The form")
    unnamed = pledged(words="Without a reference", offers="A list")
    some = [first, unnamed, pledged("beeches", "Taken up", reference="B1", adopted_from="ashbourne A1")]
    some.append(pledged("beeches", "Another", reference="B2", adopted_from="ashbourne None"))
    some.append(pledged(words="Its own", reference="A2", adopted_from="ashbourne A1"))
    for one in both(release(some)):
        assert faults_of(one) == []
        rows = rows_of(page_of(one), "What can be looked at, or shared")
        assert [(row[1], row[5]) for row in rows] == [
            *(("Panels are trained", "Beeches (invented)"), ("Without a reference", "Nobody yet.")),
        ]


def test_the_main_points_and_one_table_answer_the_three_questions_element_by_element():
    waits = {"status": "not started", "started_on": None, "needs": "Somebody with authority"}
    every = [
        pledged("ashbourne", "Done", status="done", element="stories", evidence="Board paper", measure="m"),
        pledged("ashbourne", "Waits", **waits, element="stories", due_on=date(2027, 3, 31)),
        pledged("beeches", "Waits too", **waits, element="symbols"),
        pledged("beeches", "Stands still", element="symbols", needs="w" * 141),
        pledged("beeches", "Of no element"),
    ]
    for one in both(release(every, every, every)):
        assert faults_of(one) == []
    page = page_of(Delivered(release(every, every, every)))
    rows = {row[0]: row[1:] for row in rows_of(page, "The three questions, of each element")}
    assert rows["Stories"] == ["1 done", "1 not due", "none"]
    assert rows["Symbols"] == ["none", "1 late to start", "1 stalled"]
    assert rows["Control systems"] == ["no action yet"] * 3
    assert "Actions that name no element: 1." in page.get_text()
    points = page.find(class_="summary").get_text()
    assert (
        "What would start them, in the organisations' words: “Somebody with authority” (needed by 2 actions)." in points
    )
    assert "What would move these" not in points and "w" * 141 not in points  # words so long stand in the tables alone


def test_the_web_is_drawn_as_its_table_and_control_systems_and_power_structures_are_untouched_until_they_have_actions():
    powers = pledged(element="power structures", words="Reasons are written down")
    for actions, untouched in (
        ([pledged(element="stories")], "Untouched: control systems and power structures."),
        ([powers], "Untouched: control systems."),
        ([powers, pledged(element="control systems")], None),
    ):
        for one in both(release(actions)):
            assert faults_of(one) == []
            page = page_of(one)
            assert (untouched or "Untouched:") in page.get_text() if untouched else "Untouched:" not in page.get_text()
            assert [row[0] for row in rows_of(page, "Each element, and its actions")][:2] == [
                *("Control systems", "Power structures"),
            ]
            assert page.find(id=delivery.ELEMENTS_TABLE) and page.find("a", href=f"#{delivery.ELEMENTS_TABLE}")
            drawings = [delivery.web_chart(one).wide, delivery.web_chart(one).narrow]
            drawn = [text.get_text() for text in BeautifulSoup(drawings[0], "html.parser").find_all("text")]
            assert drawn[0] == "Cultural Web" and "1 first report" in drawn


def test_each_quarter_says_how_many_of_how_many_became_stalled_were_restarted_and_were_done():
    beeches = [pledged("beeches", status=status) for status in ("under way", "done", "done")]
    made = release(*([pledged(reference="A1"), one] for one in beeches))
    together, own = both(made)
    assert faults_of(together) == faults_of(own) == []
    first, last = SECOND.previous.in_words, SECOND.in_words
    assert rows_of(page_of(together), delivery.QUARTERS) == [
        [first, "0 of 2", "0 of 2", "1 of 2"],
        [last, "1 of 2", "0 of 2", "0 of 2"],
    ]
    assert rows_of(page_of(own), delivery.QUARTERS)[1] == [last, "1 of 1", "0 of 1", "0 of 1"]
    assert delivery.NO_QUARTERS in page_of(Delivered(release([pledged()]))).get_text()


PLAN = Plan(SHORTLISTING, "down", 0.05, FinancialYear(2022), FinancialYear(2025))
YEARS = RelativeLikelihood(80, 200, 40, 200), RelativeLikelihood(80, 200, 70, 200)
SAID_OF_NUMBERS = {
    "it shows": (Evaluation(PLAN, Told.SHOWS, *YEARS, (YEARS[0], YEARS[0])), "▲ Done, and it shows"),
    "no change": (Evaluation(PLAN, Told.NO_CHANGE, *YEARS[:1] * 2), "● Done, no change seen"),
    "hidden": (Evaluation(PLAN, Told.TOO_FEW), "✓ Done"),
    "too early": (Evaluation(replace(PLAN, target=None), Told.TOO_EARLY), "✓ Done"),
}


@pytest.mark.parametrize(("evaluation", "state"), SAID_OF_NUMBERS.values(), ids=SAID_OF_NUMBERS)
def test_a_done_action_stands_beside_its_numbers_and_nothing_says_why_they_moved(evaluation, state):
    proved = {"status": "done", "evidence": "Board paper", "measure": "shortlisting", "direction": "down"}
    made = release([pledged(reference="A1", **proved), pledged(words="Not asked")])
    (ashbourne, other) = made.organisations
    first, second = ashbourne.delivery
    made = replace(
        made, organisations=(replace(ashbourne, delivery=(replace(first, evaluation=evaluation), second)), other)
    )
    for one in both(made):
        assert faults_of(one) == []
        page = page_of(one)
        ((_, _, measure, way, before, after, others, said),) = rows_of(page, "Done, beside the numbers they named")
        assert said == f"{capitalised(evaluation.told)}."
        assert state in {row[3] for row in rows_of(page, "Done, moving, or under way in a first report")}
        assert "because" not in page.get_text()
    if evaluation.told == Told.SHOWS:
        assert (measure, way) == ("From application to shortlist", "Smaller, by 5.0 points")
        assert before == "April 2022 to March 2023: White 80 of 200, BME 40 of 200; gap 20.0 points"
        assert after == "April 2025 to March 2026: White 80 of 200, BME 70 of 200; gap 5.0 points"
        assert others == "; then ".join(["White 80 of 200, BME 40 of 200; gap 20.0 points"] * 2)
        assert (
            "1 of these can be judged: it moved as was hoped, 1; the other way, 0; no change seen, 0."
            in page.get_text()
        )
    if evaluation.told == Told.TOO_EARLY:
        assert (way, after) == ("Smaller; how far is not said", "April 2025 to March 2026: not over yet")
        assert (others, "none of these can be judged." in page.get_text()) == ("not over yet", True)


def test_a_thousand_actions_make_a_page_that_stands():
    kinds = list(product(ELEMENTS, ("under way", "done", "stopped", "not started")))
    every = [
        pledged(words=f"Pledge number {number} {'w' * 200}", element=element, status=status)
        for number, (element, status) in zip(range(1000), cycle(kinds), strict=False)
    ]
    moved = [pledged(words=one.action, due_on=date(2027, 3, 31)) for one in every]
    for one in both(release(every, moved)):
        assert faults_of(one) == []
        shown = str(page_of(one))
        assert "Of 1,000 pledged actions" in shown and delivery.FIRST_OF_MANY in shown
        assert len(shown) < LARGEST_PAGE


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_in_every_column_stay_words(hostile):
    texts = dict.fromkeys(OF_ACTIONS[2:], hostile)
    waits = pledged(words="Waits", **texts | {"status": "not started", "started_on": None})
    every = [pledged(words=hostile, **texts), waits, pledged(words="Stopped", **texts | {"status": "stopped"})]
    every.append(pledged(words="Done", **texts | {"status": "done"}))
    for one in both(release(every, every, every)):
        page = page_of(one)
        assert faults_of(one) == []
        assert not page.find_all(["script", "svg"]) and not page.find_all(onerror=True)
        assert all(image["src"].startswith("data:image/svg+xml,") for image in page.find_all("img"))
        assert hostile in [cell.get_text() for cell in page.find_all("td")]


def test_words_that_await_approval_are_not_there_and_count_as_given():
    held_back = pledged(status="stopped", awaiting="action decided_by")
    one = Delivered(release([PledgedAction(**vars(held_back) | {"action": None})]), "ashbourne")
    assert faults_of(one) == []
    ((_, words, _, state, decided),) = rows_of(page_of(one), "Stopped")
    assert (words, state, decided) == ("Awaiting approval.", "■ Stopped, reason given", "Awaiting approval.")
