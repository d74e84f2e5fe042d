"""The gate's rules on pieces of pages that few quarters have: each is sound as it is made, and refused once spoilt."""

import math
from dataclasses import replace
from datetime import date

import pytest

from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.measures import SHORTLISTING
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.strength import TOO_FEW_POSTS
from lt_analysis.release.figures import Action, Expected, PeopleTable, Status
from lt_analysis.release.items import Said
from lt_analysis.rendering import (
    actions,
    data_quality,
    evidence_items,
    front_page,
    html,
    pages,
    partnership,
    what_changed,
)
from lt_analysis.rendering.band_chart import band_chart
from lt_analysis.rendering.chances_chart import chances_chart, organisations_chart
from lt_analysis.rendering.charts import stage_chart
from lt_analysis.rendering.forest import forest
from lt_analysis.rendering.pages import main_points
from lt_analysis.rendering.quarters_chart import quarters_chart
from lt_analysis.rendering.tables import counts_table, likelihood_table
from lt_analysis.reporting.gate.chances import chances
from lt_analysis.reporting.gate.changed import changed
from lt_analysis.reporting.gate.late import late
from lt_analysis.reporting.gate.likely import likely
from lt_analysis.reporting.gate.listed import listed
from lt_analysis.reporting.gate.markup import parsed
from lt_analysis.reporting.gate.outside import outside
from lt_analysis.reporting.gate.partnership import partnership as of_partnership
from lt_analysis.reporting.gate.periods import periods
from lt_analysis.reporting.gate.returns import returns
from lt_analysis.reporting.gate.strength import evidence_faults, strength
from lt_analysis.reporting.gate.titles import titles
from lt_analysis.reporting.numbering import number_figures
from tests.making import people_table
from tests.rendering.charted import chance, organisation, quarters, release, table
from tests.rendering.releases import ITEM

COMPARED = "how two quarters compare is not what their tables tell"
NOT_SHOWN = "two quarters are compared of which a number is not shown"
EVIDENCE = "the words of the evidence, its range and its direction do not say the same"
TITLE = "a chart's title is not what its numbers tell"
HEADLINE = "the headline of all organisations together is not what the table below it tells"
QUARTER = "what is said of the latest quarter of all organisations is not what its table tells"
STAND_OUT = "it is not said rightly who stands out among ratios, and who beside equal chances"
YEAR = "the main points do not say of which year organisations' figures are"
NAMED = "the main points name others than the list does as those who sent only totals"
RATIO = "a ratio of totals is not that of the counts beside it"
WHOSE = "it is not said rightly whose numbers all organisations together are"
NEWLY = "it is not said how many late actions are newly late, as their dates tell"
TOTALS = "a headline of totals is not what the likely ranges below it tell"
RANGE = "the words of totals are not what the likely range beside them tells"


def refused(rule, markup: str, old: str, new: str) -> set[str]:
    """What a rule says of a piece once its first `old` words are others; it says nothing of the piece as it is."""
    assert list(rule(parsed(markup))) == []
    assert markup.count(old), f"{old!r} is not in {markup}"
    return {*rule(parsed(markup.replace(old, new, 1)))}


def two_quarters(before: tuple, later: tuple) -> str:
    """What changed from one quarter to the next, at the stage of appointment, beside both quarters' tables."""
    shown = release(partnership=_quarters(before, later))
    return html.joined(what_changed.section(shown), partnership.quarter(shown)).html


def _quarters(before: tuple, later: tuple) -> tuple[PeopleTable, ...]:
    stages = [{"applied": (60, 200), "shortlisted": (30, 100), "appointed": one} for one in (before, later)]
    return tuple(table(span, {"8+": one}) for span, one in zip(("2025-26-Q4", "2026-27-Q1"), stages, strict=True))


# How many of how many appointments went to the group in the quarter before, and in the later one.
ROSE, FELL, EITHER = ((3, 40), (30, 50)), ((30, 50), (3, 40)), ((9, 30), (11, 30))
FEW, HIDDEN = ((5, 30), (3, 8)), ((5, 30), (None, 8))


@pytest.mark.parametrize(
    ("counts", "old", "new"),
    [
        (ROSE, "higher than the 8%", "lower than the 8%"),
        (ROSE, "so it rose", "so it fell"),
        (ROSE, "so it rose, though they do not show why", "so they do not show whether it rose or fell"),
        (ROSE, "30 of 50 appointments", "31 of 50 appointments"),
        (ROSE, "it was 3 of 40", "it was 3 of 41"),
        (ROSE, "was 60%,", "was 61%,"),
        (ROSE, "than the 8% before", "than the 9% before"),
        (FELL, "lower than the 60%", "higher than the 60%"),
        (FELL, "so it fell", "so it rose"),
        (EITHER, "so they do not show whether it rose or fell", "so it rose, though they do not show why"),
        (EITHER, "17 points lower", "17 points higher"),
        (EITHER, "The share was 37%, higher than the 30% before.", "The share was 37% both times."),
        (FEW, "These are too few to compare.", "The share was 38%, higher than the 17% before."),
    ],
)
def test_two_quarters_are_compared_as_their_tables_tell(counts, old, new):
    assert refused(changed, two_quarters(*counts), old, new) == {COMPARED}


def test_nothing_is_compared_of_which_a_number_is_hidden():
    said = "Appointments: not compared, because a number is not shown."
    assert refused(changed, two_quarters(*HIDDEN), said, "2 of 8 appointments went to BME people; it was 5 of 30.") == {
        NOT_SHOWN
    }
    assert refused(changed, two_quarters(*EITHER), "9 of 30.", "9 of 30. No.") == {COMPARED}


def evidence(words: str, low: float | None = 0.8, high: float | None = 1.3, detectable: float | None = 1.3) -> Said:
    return Said(words, low, high, 1052, detectable)


def section(said: Said) -> str:
    """The section of evidence, and what the main points say of it."""
    item = replace(ITEM, said=said)
    points = html.grouped([{"partnership.strength": evidence_items.strength(item)}], "summary")
    return html.joined(points, evidence_items.section(item, "partnership.evidence")).html


MORE, LESS = evidence("strong evidence", 1.1, 1.6), evidence("strong evidence", 0.3, 0.9)
BEYOND, CHANGING = evidence("very strong evidence", 1.2, math.inf), evidence("very strong evidence", None, None)
EQUAL = evidence("little or no evidence of a difference", 0.98, 1.02)
MODERATE, TOO_FEW = evidence("moderate evidence"), evidence(TOO_FEW_POSTS.words, None, None, None)


@pytest.mark.parametrize(
    ("said", "old", "new"),
    [
        (MORE, "were more likely to be appointed than BME people beside them. On", "were less likely to be. On"),
        (MORE, "about 1.1 to 1.6 times", "about 0.50 to 0.90 times"),
        (LESS, "were less likely to be appointed than BME people beside them. On", "were more likely to be. On"),
        (BEYOND, "about 1.2 to more than 10 times", "about 0.20 to 0.90 times"),
        (CHANGING, "No single ratio fits all the years: what happened has changed.", "White people were more likely."),
        (EQUAL, "which was declared to count as about equal", "as it should be"),
        (MODERATE, ", so either may have been more likely", ""),
        (MODERATE, "which way is not said before the evidence is strong. On", "White people were more likely. On"),
        (MODERATE, "about 0.80 to 1.3 times", "about 1.2 to 1.3 times"),
        (TOO_FEW, " From so few", " White people were more likely. From so few"),
    ],
)
def test_the_words_of_evidence_its_range_and_its_direction_say_the_same(said, old, new):
    piece = section(said)
    body = piece[piece.index("</div>") :]  # the main points say it in the same words, and are held by another test
    assert EVIDENCE in refused(strength, piece, body[body.index(old) :], body[body.index(old) :].replace(old, new, 1))


RELEASED = {"words": "strong evidence", "low": 1.1, "high": 1.6, "informative": 1052, "detectable": 1.3}


@pytest.mark.parametrize(
    ("released", "said"),
    [
        (RELEASED, {"low": 1.2}),
        (RELEASED, {"high": 1.9}),
        (RELEASED, {"high": math.inf}),
        (RELEASED, {"detectable": 1.5}),
        (RELEASED, {"detectable": None}),
        (RELEASED, {"low": None, "high": None}),
        (RELEASED | {"low": NOT_GIVEN, "high": NOT_GIVEN}, {"low": 1.1, "high": 1.6}),
        (RELEASED | {"detectable": NOT_GIVEN, "low": 0.001, "high": 12.0}, {"low": 0.03}),
        (RELEASED | {"detectable": NOT_GIVEN, "low": 0.001, "high": 12.0}, {"high": 9.0}),
        (
            RELEASED | {"words": None, "low": None, "high": None, "informative": None, "detectable": None},
            {"low": 1.1, "high": 2.0},
        ),
    ],
)
def test_evidence_is_said_as_it_was_released(released, said):
    items = {f"partnership/evidence/{name}": figure for name, figure in released.items()}
    honest = {name: None if figure == NOT_GIVEN else figure for name, figure in released.items()}
    whole = evidence(honest["words"] or "strong evidence", honest["low"], honest["high"], honest["detectable"])
    if released["words"]:
        assert evidence_faults(section(whole), items, "") == []
    assert evidence_faults(section(replace(whole, **said)), items, "") != []


def test_that_evidence_is_hidden_or_of_totals_may_be_said_only_where_none_is_released():
    hidden = evidence_items.section(replace(ITEM, said=None), "evidence").html
    totals = evidence_items.section(replace(ITEM, said=None), "evidence", only_totals=True).html
    for items, found in ((RELEASED, 1), (dict.fromkeys(RELEASED), 0)):
        named = {f"ashbourne/evidence/{name}": figure for name, figure in items.items()}
        assert [len(evidence_faults(one, named, "ashbourne")) for one in (hidden, totals)] == [found, found]


def of_bands(applied=(500, 1000), **shares: tuple[int | None, int | None]) -> str:
    """The chart of bands of a year in which half of the applicants in each band are of the group."""
    stages = {name: {"applied": applied, "shortlisted": (None, None), "appointed": one} for name, one in shares.items()}
    shown = band_chart(release(partnership=(table("2025-26", stages),)))
    return shown._repr_html_()


def of_quarters(*counts) -> str:
    """The chart of quarters, each by how many were shortlisted and appointed, of the group and of all."""
    return quarters_chart(release(partnership=quarters(*counts)))._repr_html_()


def of_stages(one) -> str:
    """An organisation's counts, and the chart that draws them."""
    return number_figures(f"<main>{html.joined(counts_table(one), stage_chart(one)).html}</main>")


CHARTS = {
    "bands either way": lambda: of_bands(**{"8a": (5, 50), "8b": (45, 50)}),
    "a lower band": lambda: of_bands(**{"8a": (5, 50), "8b": (25, 50)}),
    "a higher band": lambda: of_bands(**{"8a": (45, 50), "8b": (25, 50)}),
    "bands alike": lambda: of_bands(**{"8a": (25, 50), "8b": (25, 50)}),
    "bands of hidden applicants": lambda: of_bands((None, None), **{"8a": (5, 50), "8b": (9, 50)}),
    "quarters": lambda: of_quarters(((40, 90), (8, 30)), ((50, 90), (9, 30))),
    "quarters, the last one hidden": lambda: of_quarters(((40, 90), (8, 30)), ((50, 90), (None, None))),
    "quarters, the last one small": lambda: of_quarters(((40, 90), (8, 30)), ((50, 90), (3, 9))),
    "a hidden stage": lambda: of_stages(organisation("Ashbourne", (200, 80, None), (150, 50, None))),
}


@pytest.mark.parametrize(
    ("chart", "old", "new"),
    [
        ("bands either way", "lower in 1, higher in 1, of 2", "lower in 2, higher in 1, of 2"),
        ("a lower band", "lower share of app", "higher share of app"),
        ("a higher band", "higher share of app", "lower share of app"),
        ("bands alike", "appointments fits", "appointments exceeds"),
        ("bands alike", "in both bands", "in all 3 bands"),
        ("bands of hidden applicants", "is not shown in any band", "is shown in no band"),
        ("quarters", "56%", "57%"),
        ("quarters, the last one hidden", "appointed not shown", "appointed 30%"),
        ("quarters, the last one small", "appointed under 20 people", "appointed 33%"),
        ("a hidden stage", "not shown", "White 20%"),
    ],
)
def test_a_charts_title_is_what_its_numbers_tell(chart, old, new):
    piece = CHARTS[chart]()
    title = piece[piece.index("<strong>") : piece.index("</strong>")]
    assert refused(titles, piece, title, title.replace(old, new, 1)) == {TITLE}


def ratios(*organisations) -> str:
    return forest(release(*organisations), SHORTLISTING)._repr_html_()


MANY, FEWER, ALIKE = (
    organisation("Ashbourne", (400, 200, 16), (400, 100, 10)),
    organisation("Beeches", (400, 100, 16), (400, 200, 10)),
    organisation("Cedars", (400, 100, 16), (400, 100, 10)),
)


@pytest.mark.parametrize(
    ("shown", "old", "new"),
    [
        ((MANY, FEWER, ALIKE), "clearly larger in 1, smaller in 1, of 3", "larger in 2, smaller in 1, of 3"),
        ((FEWER, ALIKE), "smaller in 1 of 2", "larger in 1 of 2"),
        ((MANY, ALIKE), "larger in 1 of 2", "smaller in 1 of 2"),
        ((ALIKE,), "share shortlisted was clearly larger for either", "share shortlisted was larger for one"),
    ],
)
def test_the_title_of_ratios_is_what_they_tell(shown, old, new):
    title = (piece := ratios(*shown))[piece.index("<strong>") : piece.index("</strong>")]
    assert TITLE in refused(titles, piece, title, title.replace(old, new, 1))


def test_who_stands_out_among_ratios_alone_is_named_as_the_ratios_have_it():
    piece = ratios(MANY, ALIKE)
    assert STAND_OUT in refused(titles, piece, "in that chart: Ashbourne", "in that chart: Cedars")
    assert STAND_OUT in refused(titles, piece, " Stands out here and has no mark in that chart: Ashbourne.", "")


def in_front(span: str, **numbers: tuple[int | None, int | None]) -> str:
    """The main points and the table of a year or a quarter of all organisations together, beside a list of them."""
    shown = release(*(organisation(name) for name in ("Ashbourne", "Beeches", "Cedars")))
    shown = replace(shown, partnership=(table(span, {"8+": numbers}),))
    tables = partnership.headline_table(shown), partnership.quarter(shown)
    parts = (front_page.main_points(shown), *tables, front_page.organisations(shown, []))
    return html.joined(*parts).html


# How many of all at each stage were of the group.
LARGER = {"applied": (50, 200), "shortlisted": (40, 100), "appointed": (20, 40)}
SAME, MUCH_LARGER, MUCH_SMALLER, HIDDEN_LAST, FEW_LAST = (
    LARGER | {"appointed": last} for last in ((16, 40), (30, 40), (5, 40), (None, None), (4, 9))
)
NOTHING = dict.fromkeys(LARGER, (None, None))
HEADLINE_OF_NOTHING = '<p><span data-cell="headline">4 of 9 appointments went to BME people in 2025-26.</span></p><p>'


@pytest.mark.parametrize(
    ("numbers", "old", "new"),
    [
        (LARGER, "shortlists, so this may be chance.", "shortlists, so this is chance."),
        (LARGER, "was larger:", "was smaller:"),
        (SAME, "was the same:", "was larger:"),
        (LARGER, "people on shortlists, 40%.", "people on shortlists, 41%."),
        (LARGER, "appointments was larger: 50% (", "appointments was larger: 51% ("),
        (LARGER, "range 35% to", "range 45% to"),
        (LARGER, "to 65%)", "to 75%)"),
        (MUCH_LARGER, "That is further apart than", "That is no further apart than"),
        (MUCH_SMALLER, "was smaller:", "was larger:"),
        (HIDDEN_LAST, "40 of 100 places on shortlists", "20 of 40 appointments"),
        (HIDDEN_LAST, "How many appointments went to BME people is not shown, so that nobody can be identified.", ""),
        (HIDDEN_LAST, "is not shown, so that nobody can be identified.", "is not shown, for all was well."),
        (LARGER, "so a difference between these shares may be one between posts.", "so nothing can be told."),
        (FEW_LAST, "40 of 100 people on shortlists.", "40 of 100 people on shortlists, 40%."),
        (NOTHING, "<p>", HEADLINE_OF_NOTHING),
    ],
)
def test_the_headline_of_all_organisations_is_that_of_their_table(numbers, old, new):
    assert HEADLINE in refused(of_partnership, in_front("2025-26", **numbers), old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (": Ashbourne, Beeches, Cedars.", ": Ashbourne, Beeches."),
        (": Ashbourne, Beeches, Cedars.", ": all but Cedars. What is left out sent no return of it."),
        ("the same 3 organisations", "the same 2 organisations"),
    ],
)
def test_whose_numbers_are_added_up_is_said_as_the_table_has_it(old, new):
    assert WHOSE in refused(of_partnership, of_both_spans(), old, new)


def of_both_spans() -> str:
    """A year and a quarter of the same organisations, with all that is said of them."""
    shown = release(*(organisation(name) for name in ("Ashbourne", "Beeches", "Cedars")))
    shown = replace(shown, partnership=tuple(table(span, {"8+": LARGER}) for span in ("2025-26", "2026-27-Q1")))
    parts = (front_page.main_points(shown), partnership.headline_table(shown), partnership.year(shown))
    return html.joined(*parts, partnership.quarter(shown), front_page.organisations(shown, [])).html


POINT_OF_NOTHING = '<p><span data-cell="quarter">4 of 9 appointments went to BME people.</span></p><p>'


@pytest.mark.parametrize(
    ("numbers", "old", "new"),
    [
        (LARGER, "April to June 2026, the latest quarter: 20", "July to September 2026, the latest quarter: 20"),
        (LARGER, "20 of 40 appointments", "21 of 40 appointments"),
        (LARGER, "This adds up all 3", "This adds up all 4"),
        (MUCH_SMALLER, "was smaller:", "was larger:"),
        (HIDDEN_LAST, "went to BME people, who were 50", "went to BME people, who were 40"),
        (NOTHING, "<p>", POINT_OF_NOTHING),
        # the sentences beside the table
        (LARGER, '<p data-cell="quarter.appointment">20', '<p data-cell="quarter.appointment">21'),
        (LARGER, '<p data-cell="quarter.shortlisting">', '<p data-cell="quarter.neither">'),
        (HIDDEN_LAST, '<p data-cell="quarter.shortlisting">', '<p data-cell="quarter.appointment">'),
    ],
)
def test_what_is_said_of_the_latest_quarter_is_what_its_table_tells(numbers, old, new):
    assert QUARTER in refused(of_partnership, in_front("2026-27-Q1", **numbers), old, new)


COUNTED = "the main points do not count the organisations as the list of them does"
LACKING = (
    organisation("Ashbourne", status=Status.INCOMPLETE, missing=("2025-26-Q3", "2026-27-Q2")),
    organisation("Beeches", status=Status.REFUSED, refused=("2025-26-Q1",)),
    organisation("Cedars", missing=("2026-27-Q2",)),
    organisation("Dene", refused=("2026-27-Q2",)),
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1 did not send every return of the year", "2 did not send every return of the year"),
        ("1 sent something for the year that", "2 sent something for the year that"),
        ("2 sent no return for July", "1 sent no return for July"),
        ("1 sent a return for July", "2 sent a return for July"),
        ("Nothing has been received for 2026-27-Q2.", ""),
        ("What was sent for 2026-27-Q2 could", "What was sent for 2025-26-Q2 could"),
    ],
)
def test_who_lacks_returns_of_the_year_or_of_the_quarter_is_counted_as_the_list_tells(old, new):
    shown = release(*LACKING)
    parts = (front_page.main_points, lambda one: front_page.organisations(one, []), front_page.coverage)
    assert refused(listed, html.joined(*(part(shown) for part in parts)).html, old, new) == {COUNTED}


def test_whose_totals_they_are_and_of_which_year_is_said_as_the_list_and_the_page_have_it():
    shown = release(organisation("Ashbourne"), organisation("Beeches", status=Status.INCOMPLETE))
    parts = (front_page.main_points(shown), front_page.organisations(shown, []), front_page.coverage(shown))
    piece = html.joined(*parts).html
    assert refused(listed, piece, "post by post: Ashbourne and Beeches.", "post by post: Ashbourne.") == {NAMED}
    assert refused(listed, piece, "figures are for the year April 2025", "figures are for the year April 2019") == {
        YEAR
    }


def test_how_many_late_actions_are_newly_late_is_what_their_dates_tell():
    then = Action("a.1", "Panels", "Chair", None, date(2026, 6, 30), "under way", date(2026, 9, 30))
    one = organisation("Ashbourne", actions=(then, replace(then, due_on=date(2026, 5, 31))))
    shown = replace(release(one), earlier=(Quarter.parse("2026-27-Q1"),))
    parts = (front_page.heading(shown), front_page.main_points(shown), what_changed.section(shown))
    parts += (actions.late_actions(shown),)
    piece = html.joined(*parts, front_page.organisations(shown, [])).html
    for old, new in (("1 of the 2 late", "2 of the 2 late"), ("after 30 June", "after 30 May"), ("newly late", "late")):
        assert NEWLY in refused(late, piece, old, new)


RETURNS = "the main points on returns are not what the tables below them tell"
ASKED = "those who have something to send are not those of the table"


def known(name, applicants=(90, 10), **about):
    """An organisation with so many applicants of known and of unknown ethnicity."""
    numbers = dict(zip((("applied", "known"), ("applied", "Unknown")), applicants, strict=True))
    return organisation(name, **about | {"people": people_table(numbers, who=name.lower())})


ON_RETURNS = (
    known("Ashbourne", status=Status.INCOMPLETE, missing=("2025-26-Q3", "2026-27-Q2")),
    known("Beeches", status=Status.REFUSED, refused=("2025-26-Q1",)),
    known("Cedars", missing=("2026-27-Q2",)),
    known("Dene", (80, 20), refused=("2026-27-Q2",)),
)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("2 of 4 organisations sent all", "3 of 4 organisations sent all", RETURNS),
        (
            "the year, something has not been received from Ashbourne",
            "the year, nothing has been received from",
            RETURNS,
        ),
        ("what was sent by Beeches", "what was sent by Cedars", RETURNS),
        ("nothing has been received from Ashbourne, Cedars", "nothing has been received from Cedars", RETURNS),
        ("nothing could be used of what was sent by Dene", "nothing could be used of what was sent by Ash", RETURNS),
        ("1 of the 2 organisations that can", "2 of the 2 organisations that can", RETURNS),
        ("Below 90%: Dene (80%).", "Below 90%: Cedars (80%).", RETURNS),
        ("Dene: What was sent for", "Cedars: What was sent for", ASKED),
    ],
)
def test_the_main_points_on_returns_are_what_the_tables_tell(old, new, why):
    shown = release(*ON_RETURNS)
    parts = (data_quality.heading, data_quality.main_points, data_quality.returns_table, data_quality.what_to_send)
    tables = html.joined(*(part(shown) for part in parts), data_quality.known_table(shown), front_page.coverage(shown))
    assert refused(returns, f"<main>{tables.html}</main>", old, new) == {why}


def test_of_organisations_that_cannot_be_shown_it_is_not_said_how_completely_ethnicity_is_known():
    shown = release(known("Ashbourne", (None, None)))
    tables = (data_quality.returns_table(shown), data_quality.known_table(shown), front_page.coverage(shown))
    piece = html.joined(data_quality.heading(shown), data_quality.main_points(shown), *tables).html
    assert refused(returns, f"<main>{piece}</main>", "Of no organisation can", "Of one organisation can") == {RETURNS}


def own(one) -> str:
    return html.joined(main_points(one), likelihood_table(one)).html


TELLS = organisation("Ashbourne", (400, 200, 60), (400, 100, 30))
FEW_LATER = organisation("Beeches", (400, 200, 6), (400, 100, 0))
NONE_TOLD = organisation("Dene", (4, 2, 1), (40, 2, 0))
NOT_LATER = organisation("Cedars", (400, 200, None), (400, 100, None))


AS_DUE = "an action is called late, or is not, against the day on which it was due"
NO_TABLE = "something is said of actions, and there is no table of them"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("31 May 2026", "31 May 2027"),
        ("31 May 2026", "31 June 2026"),
        ("▲ Late: ", "▲ "),
        ("31 December 2026", "1 May 2026"),
    ],
)
def test_an_action_is_late_where_its_day_says_so(old, new):
    may = Action("a.1", "Panels", "Chair", None, date(2026, 5, 31), "under way", date(2026, 9, 30))
    one = organisation("Ashbourne", actions=(may, replace(may, due_on=date(2026, 12, 31)), replace(may, status="done")))
    piece = html.joined(pages.coverage(one), pages.actions(one)).html
    assert AS_DUE in refused(late, piece, old, new)


def test_of_one_that_sent_no_actions_nothing_else_is_said():
    one = organisation("Ashbourne")
    piece = html.joined(pages.coverage(one), pages.actions(one)).html
    assert refused(late, piece, "This organisation sent no return of actions", "All actions are done") == {NO_TABLE}


def test_the_day_on_which_actions_are_late_is_the_last_of_the_quarter():
    may = Action("a.1", "Panels", "Chair", None, date(2026, 5, 31), "under way", date(2026, 9, 30))
    one = organisation("Ashbourne", actions=(may,))
    piece = html.joined(pages.coverage(one), pages.actions(one)).html
    assert refused(late, piece, "late on 30 September 2026", "late on 30 June 2026")
    parts = (front_page.heading, front_page.main_points, actions.late_actions)
    piece = html.joined(*(part(release(one)) for part in parts), front_page.organisations(release(one), [])).html
    assert refused(late, piece, "as of 30 September 2026", "as of 30 September 2027")


QUARTER_OF_REPORT = "the page does not say rightly for which quarter its report is"
YEAR_OF_FIGURES = "the page does not say rightly which year its figures are of"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("April 2025 to March 2026", "April 2024 to March 2025", YEAR_OF_FIGURES),
        ("(financial year 2025-26)", "(financial year 2024-25)", YEAR_OF_FIGURES),
        ("/2025-26/applied", "/2024-25/applied", YEAR_OF_FIGURES),
        ("report for July to September 2026", "report for July to August 2026", QUARTER_OF_REPORT),
    ],
)
def test_an_organisations_page_says_of_which_year_its_figures_are(old, new, why):
    one = organisation("Ashbourne")
    assert refused(periods, html.joined(pages.coverage(one), counts_table(one)).html, old, new) == {why}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h1>Recruitment to senior posts: report for July", "<h1>Recruitment to senior posts: report for April"),
        ("September 2026</h1>", "September 2025</h1>"),
        ("(2026-27-Q2)", "(2025-26-Q2)"),
    ],
)
def test_the_front_page_says_for_which_quarter_it_is(old, new):
    piece = html.joined(front_page.heading(release()), front_page.coverage(release())).html
    assert refused(periods, piece, old, new) == {QUARTER_OF_REPORT}


DIFFERENT = (("2025-26-Q4", "dene"), ("2026-27-Q1", "cedars"))
LEAD = "it is not said which two quarters are compared, or why they are not"
BEFORE, LATER = ("2025-26-Q4", "2026-27-Q1")


def led(*tables) -> str:
    """What changed between the quarters of some tables, beside those tables and a list of organisations."""
    named = (organisation(name) for name in ("Ashbourne", "Beeches", "Cedars", "Dene"))
    shown = replace(release(*named), partnership=tables)
    parts = (what_changed.section(shown), partnership.quarter(shown), front_page.organisations(shown, []))
    return html.joined(*parts).html


@pytest.mark.parametrize(
    ("spans", "members", "old", "new"),
    [
        ((BEFORE, LATER), ("cedars", "cedars"), "beside January to March 2026", "beside October to December 2025"),
        ((BEFORE, LATER), ("dene", "cedars"), "only April to June 2026 has Cedars", "only April to June 2026 has Dene"),
        ((BEFORE, LATER), ("dene", "cedars"), " So they are not compared.", " They were compared."),
        (("2025-26-Q2", LATER), ("cedars", "cedars"), "before April to June", "before July to September"),
        ((LATER,), ("cedars",), "There are not yet two quarters", "There were never two quarters"),
    ],
)
def test_it_is_said_which_quarters_are_compared_and_why_others_are_not(spans, members, old, new):
    tables = [table(span, {"8+": LARGER}) for span in spans]
    named = [("ashbourne", "beeches", last) for last in members]
    tables = [replace(one, members=some) for one, some in zip(tables, named, strict=True)]
    assert LEAD in refused(changed, led(*tables), old, new)


def test_quarters_of_different_organisations_are_no_fault_where_one_of_them_has_no_page():
    tables = [replace(table(span, {"8+": LARGER}), members=("ashbourne", last)) for span, last in DIFFERENT]
    shown = replace(release(*(organisation(name) for name in ("Ashbourne", "Cedars", "Dene"))), partnership=(*tables,))
    parts = (what_changed.section(shown), partnership.quarter(shown), front_page.organisations(shown, ["dene"]))
    assert list(changed(parsed(html.joined(*parts).html))) == []


OTHERS = "a sentence says of others than the compared group how many succeeded"
VERDICT = "a headline is not what the charts tell of the same numbers"
CHART = "the title of a chart is not what its numbers beside equal chances tell"
TELLS_LITTLE = (chance(50, 40, 60), chance(10, 5, 15))
DIFFERS = (chance(70, 60, 80), chance(10, 5, 15))


@pytest.mark.parametrize(
    ("expected", "old", "new", "why"),
    [
        (TELLS_LITTLE, "both fit equal chances", "neither fit equal chances", VERDICT),
        (TELLS_LITTLE, "both fit equal chances", "both do not fit equal chances", VERDICT),
        (TELLS_LITTLE, "The numbers of BME people", "The numbers of White people", VERDICT),
        (TELLS_LITTLE, "shortlists went to BME people", "shortlists went to White people", OTHERS),
        (DIFFERS, "Fewer BME people shortlisted", "Fewer White people shortlisted", VERDICT),
        (TELLS_LITTLE, "Shortlisted: 50 BME people", "Shortlisted: 50 White people", CHART),
    ],
)
def test_no_other_word_of_a_headline_passes(expected, old, new, why):
    one = organisation("Ashbourne", expected=expected)
    piece = f"<main>{html.joined(main_points(one), chances_chart(one)).html}</main>"
    assert why in refused(chances, piece, old, new)


@pytest.mark.parametrize(
    ("low", "high", "hidden"),
    [(40, 60, None), (60, 80, None), (20, 40, None), (40, 60, "last"), (60, 80, "first"), (60, 80, "both few")],
)
def test_every_kind_of_headline_passes_as_it_is_made(low, high, hidden):
    few = Expected(could_tell=False)
    for other in (chance(10, 5, 15), chance(15, 12, 18), chance(5, 2, 8), few):
        expected = (few, few) if hidden == "both few" else (chance(50, low, high), other)
        white, group = (200, 80, 16), (150, 50, 10)
        if hidden == "last":
            white, group = (200, 80, None), (150, 50, None)
        if hidden == "first":
            white, group = (None, 80, 16), (None, 50, 10)
        one = organisation("Ashbourne", white, group, expected)
        assert VERDICT not in {*chances(parsed(html.joined(main_points(one), chances_chart(one)).html))}


BOTH_STAGES = "a ratio of both stages is not that of the table of ratios, or is said to tell what it does not"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("was 2.00 times the share", "was 2.10 times the share"),
        ("from about 1.3 to", "from about 1.1 to"),
        ("the counts: White people were more", "the counts: White people were less"),
        ("share of BME applicants. Any", "share of White applicants. Any"),
    ],
)
def test_the_ratio_of_both_stages_is_that_of_the_table(old, new):
    assert BOTH_STAGES in refused(likely, own(TELLS), old, new)


def test_the_ratios_in_the_list_are_those_of_the_chart_of_all_organisations():
    shown = release(TELLS)
    piece = html.joined(front_page.organisations(shown, []), forest(shown, SHORTLISTING)).html
    assert refused(likely, piece, "likely range 1.6 to 2.4", "likely range 1.5 to 2.4") == {
        "a likely range of totals is not that of the table of ratios"
    }


def test_no_front_page_is_refused_for_a_page_that_could_not_be_made():
    shown = release(*(organisation(name) for name in ("Ashbourne", "Beeches", "Cedars", "Dene")))
    shown = replace(shown, partnership=(table("2025-26", {"8+": LARGER}),))
    for unmade in ("ashbourne", "dene"):
        listed_without = front_page.organisations(shown, [unmade])
        parts = (front_page.main_points(shown), partnership.headline_table(shown), partnership.year(shown))
        assert list(of_partnership(parsed(html.joined(*parts, listed_without).html))) == []


TABLES = "the two tables of returns do not name the same organisations, or not the quarter of the report"


def test_the_names_in_the_tables_of_returns_are_not_swapped():
    shown = release(*ON_RETURNS)
    parts = (data_quality.heading, data_quality.main_points, data_quality.returns_table, data_quality.known_table)
    piece = f"<main>{html.joined(*(part(shown) for part in parts), data_quality.what_to_send(shown)).html}</main>"
    assert refused(returns, piece, ">Ashbourne</th>", ">Beeches</th>") == {TABLES}


@pytest.mark.parametrize(
    ("one", "old", "new", "why"),
    [
        (TELLS, "people more likely to be shortlisted", "people less likely to be shortlisted", TOTALS),
        (TELLS, "White people were more likely to succeed (", "White people were less likely to succeed (", RANGE),
        (TELLS, "White people were more likely to succeed (", "the counts do not show who was more likely (", RANGE),
        (TELLS, "White people were more likely to succeed (", "there were too few people to say (", RANGE),
        (TELLS, "share 2.00 times", "share 2.01 times", RATIO),
        (NONE_TOLD, "too few people shortlisted and", "people shortlisted and", TOTALS),
        (FEW_LATER, "there were too few people to say.", "White people were more likely to succeed.", RANGE),
        (NOT_LATER, "people more likely to be shortlisted", "people less likely to be shortlisted", TOTALS),
    ],
)
def test_what_totals_tell_is_what_their_ranges_do(one, old, new, why):
    assert why in refused(likely, own(one), old, new)


def test_of_one_organisation_beside_equal_chances_it_is_said_how_often_one_lies_outside():
    shown = release(organisation("Ashbourne", expected=(chance(60, 55, 70), None)), organisation("Beeches"))
    piece = html.joined(front_page.main_points(shown), organisations_chart(shown, SHORTLISTING)).html
    assert piece.count("about 1 count in 20 lies outside") == 2
    points, chart = refused(outside, piece, "about 1 count in 20", "about 2 counts in 20"), piece.rpartition("about 1")
    assert points == {"the main points do not say which organisations a chart sets outside the usual range"}
    assert {*outside(parsed(f"{chart[0]}about 9{chart[2]}"))} == {
        "it is not said below a chart how many organisations chance alone puts outside the usual range"
    }


# What is refused here alone, of all that the gate can say.
PLANTED = (
    *(RETURNS, ASKED, YEAR, NAMED, RATIO, WHOSE, NEWLY, AS_DUE, NO_TABLE, QUARTER_OF_REPORT, YEAR_OF_FIGURES),
    *(LEAD, OTHERS, BOTH_STAGES, TABLES),
)
