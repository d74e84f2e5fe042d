"""The words of real pages against their tables: one word or number is spoilt, and the page is refused for it."""

import re
from collections.abc import Callable
from functools import cache

import pytest
from bs4 import BeautifulSoup

from lt_analysis.release import read_release
from lt_analysis.reporting.gate.chances import chances_faults
from lt_analysis.reporting.gate.page import OF_WORDS, markup_faults
from lt_analysis.reporting.gate.strength import evidence_faults
from tests.conftest import PERIOD

OUTSIDE = "the main points do not say which organisations a chart sets outside the usual range"
CHANCE = "it is not said below a chart how many organisations chance alone puts outside the usual range"
NO_LIST = "there is a list of organisations without main points that count them, or these without a list"
COUNTED = "the main points do not count the organisations as the list of them does"
LATE = "the main points do not say how many actions are late, or where, as the table and the list do"
LATE_OF_ONE = "it is not said of an organisation how many of its actions the table shows to be late"
NOT_LATE = "the table of late actions holds one that is not"
OWN_LATE = "it is not said of an organisation's actions how many its table shows to be late"
HEADLINE = "the headline of all organisations together is not what the table below it tells"
MEMBERS = "the main points do not say of how many organisations the headline is, as its table does"
TOGETHER = "the main points do not say what a chart's organisations come to beside equal chances"
QUARTER = "what is said of the latest quarter of all organisations is not what its table tells"
PASSED_OVER = "an organisation is passed over that sent no return of actions"
EVIDENCE = "the words of the evidence, its range and its direction do not say the same"
STRENGTH = "the main points do not say how strong the evidence is as the section on it does"
TOTALS = "a headline of totals is not what the likely ranges below it tell"
RANGE = "the words of totals are not what the likely range beside them tells"
NOT_IN_TABLE = "a likely range of totals is not that of the table of ratios"
TITLE = "a chart's title is not what its numbers tell"
NO_KIND = "a chart's title is of no kind that is held to its numbers"
STAND_OUT = "it is not said rightly who stands out among ratios, and who beside equal chances"

Spoil = Callable[[BeautifulSoup], None]


def other(number: re.Match) -> str:
    return str(int(number[0].replace(",", "")) + 1)


def words(place: str, old: str, new) -> Spoil:
    """Change the first words that are found in the first element of a place that has them, and nothing else."""

    def spoil(page: BeautifulSoup) -> None:
        texts = [text for element in page.select(place) for text in element.find_all(string=True)]
        text = next(text for text in texts if re.search(old, text))
        text.replace_with(re.sub(old, new, text, count=1))

    return spoil


def no(place: str) -> Spoil:
    """Leave an element out."""
    return lambda page: page.select_one(place).extract()


def point(name: str) -> str:
    return f'span[data-cell="{name}"]'


FRONT = {
    "of how many organisations": (words(point("outside.shortlisting"), r"\d+(?= numbers)", other), OUTSIDE),
    "how many lie outside": (words(point("outside.shortlisting"), r"(?:\d+|none)(?= of)", "4"), OUTSIDE),
    "how many they are together": (words(point("together.shortlisting"), r"\d+(?= of those)", other), TOGETHER),
    "how many are expected together": (words(point("together.shortlisting"), r"(?<=give about )\d+", other), TOGETHER),
    "the range of the sum": (words(point("together.shortlisting"), r"(?<=usually about )\d+", other), TOGETHER),
    "what the sum tells": (words(point("together.shortlisting"), r"So .*", "So all is well."), TOGETHER),
    "the direction outside": (words(point("outside.shortlisting"), "fewer BME", "more BME"), OUTSIDE),
    "a name outside": (words(point("outside.shortlisting"), r"at \w+", "at Otherham"), OUTSIDE),
    "what chance alone puts there": (words(point("outside.shortlisting"), r"\d+(?= or fewer)", other), OUTSIDE),
    "no word of who lies outside": (no(point("outside.appointment")), OUTSIDE),
    "what is said of chance below a chart": (words("figure .note", r"\d+ or fewer of", "9 or fewer of"), CHANCE),
    "how many organisations": (words(point("organisations"), r"\d+(?= organisations)", other), COUNTED),
    "how many are shown": (words(point("organisations"), r"\d+(?= (?:is|are) shown)", other), COUNTED),
    "another way of counting them": (words(point("organisations"), "shown at", "fair at"), COUNTED),
    "how many are shown in part": (words(point("part"), r"\d+(?= (?:is|are) shown)", other), COUNTED),
    "of how many": (words(point("part"), r"(?<=Of the )\d+", other), COUNTED),
    "no word of those shown in part": (no(point("part")), COUNTED),
    "no count of organisations": (no(point("organisations")), NO_LIST),
    "how many examples": (words(point("examples"), r"\d+", other), COUNTED),
    "how many actions are late": (words(point("late"), r"^\d+", other), LATE),
    "of how many actions": (words(point("late"), r"(?<=of )\d+", other), LATE),
    "no word of late actions": (no(point("late")), LATE),
    "where actions are late": (words(point("late.where"), r"(?<=at: )\w+", "Otherham"), LATE),
    "of how many organisations the headline is": (words(point("headline.members"), r"\d+", other), MEMBERS),
    "no word of how many they are": (no(point("headline.members")), MEMBERS),
    "how many sent only totals": (words(point("totals"), r"^\d+", other), COUNTED),
    "nothing of one that sent no actions": (
        words(".organisations", "Sent no return of actions", "Sent actions"),
        PASSED_OVER,
    ),
    "how many sent no actions": (words(point("late.not-sent"), r"^\d+", other), LATE),
    "how many of one are late": (words(".organisations", r"\d+(?= of its)", other), LATE_OF_ONE),
    "of how many of its own": (words(".organisations", r"(?<=of its )\d+", other), LATE),
    "a late action less": (no(".actions tbody tr"), LATE_OF_ONE),
    "an action in the list of late ones that is not late": (words(".actions tbody td", "Late: ", ""), NOT_LATE),
    "the headline's number": (words(point("headline"), r"^\d+", other), HEADLINE),
    "the headline's whole": (words(point("headline"), r"(?<=of )[\d,]+", other), HEADLINE),
    "the headline's stage": (words(point("headline"), "appointments", "places on shortlists"), HEADLINE),
    "the headline's year": (words(point("headline"), r"20\d\d-", "2019-"), HEADLINE),
    "the headline's people": (words(point("headline"), "BME", "White"), HEADLINE),
    "no headline": (no(point("headline")), HEADLINE),
    "those behind the headline": (words(point("headline.of"), r"\d[\d,]*", other), HEADLINE),
    "the share of those who succeeded": (words(point("headline.of"), r"\d+(?=% \(likely)", other), HEADLINE),
    "the share of those who could": (words(point("headline.of"), r"\d+(?=%\. Their)", other), HEADLINE),
    "a limit of its range": (words(point("headline.of"), r"(?<=likely range )\d+", other), HEADLINE),
    "which share was larger": (words(point("headline.of"), r"smaller:|larger:|the same:", "other:"), HEADLINE),
    "the quarter's number": (words(point("quarter"), r"(?<=: )\d+", other), QUARTER),
    "the quarter's share": (words(point("quarter"), r"\d+(?=% \(likely)", other), QUARTER),
    "which quarter it is": (words(point("quarter"), r"20\d\d", other), QUARTER),
    "of how many organisations the quarter is": (words(point("quarter.members"), r"\d+", other), QUARTER),
    "no word of the quarter": (no(point("quarter")), QUARTER),
    "no sentence below its table": (no('p[data-cell="quarter.shortlisting"]'), QUARTER),
    "the strength": (words(point("partnership.strength"), "too few returns to tell", "strong evidence"), STRENGTH),
    "no strength": (no(point("partnership.strength")), STRENGTH),
    "the time of the evidence": (words(point("partnership.strength"), r"April \d+", "April 2019"), STRENGTH),
    "the strength of the section": (
        words('p[data-cell="partnership.evidence"]', "there are too few returns to tell", "there is moderate evidence"),
        EVIDENCE,
    ),
    "the headline of totals": (words("p.finding", "more likely to be short", "less likely to be short"), TOTALS),
    "the open part of it": (words("p.finding", "appointed leave", "shortlisted leave"), TOTALS),
    "the direction beside a range": (
        words(".organisations p", "more likely to succeed", "less likely to succeed"),
        RANGE,
    ),
    "a range that holds 1": (words(".organisations p", r"likely range 1\.\d+", "likely range 0.90"), RANGE),
    "the title of bands": (words("#figure-3 strong", r"in all \d|in both|in the one", "in all 9"), TITLE),
    "the finding of bands": (words("#figure-3 strong", "fits", "exceeds"), TITLE),
    "how many ratios are larger": (words("#figure-4 strong", r"\d+(?= of)", other), TITLE),
    "of how many ratios": (words("#figure-4 strong", r"(?<=of )\d+", other), TITLE),
    "the direction of ratios": (words("#figure-4 strong", "larger", "smaller"), TITLE),
    "the stage of ratios": (words("#figure-4 strong", "shortlisted", "appointed"), TITLE),
    "who stands out": (words("#figure-4 .note", r"(Only [^:]*: |The same )\w+", r"\g<1>Otherham"), STAND_OUT),
}
OF_ONE = {
    "how many of its actions are late": (words('p[data-cell="actions"]', r"^\d+", other), OWN_LATE),
    "of how many": (words('p[data-cell="actions"]', r"(?<=of )\d+", other), OWN_LATE),
    "no word of its actions": (no('p[data-cell="actions"]'), OWN_LATE),
    "White people's share": (words("#figure-2 strong", r"(?<=White )\d+", other), TITLE),
    "the group's share": (words("#figure-2 strong", r"(?<=BME )\d+", other), TITLE),
    "the order of the groups": (words("#figure-2 strong", "White", "Black"), TITLE),
}


def refused(html: str, spoil: Spoil) -> set[str]:
    """The reasons for which a page is refused once it is spoilt; before, there are none."""
    assert sound(html)
    page = BeautifulSoup(html, "html.parser")
    spoil(page)
    return {fault for rule in OF_WORDS for fault in rule(page)}


@cache
def sound(html: str) -> bool:
    return markup_faults(html, restricted=False) == []


@pytest.mark.parametrize("spoilt", FRONT)
def test_a_front_page_whose_words_are_not_its_tables_is_refused(quarter, spoilt):
    spoil, why = FRONT[spoilt]
    assert why in refused(quarter.page().read_text(encoding="utf-8"), spoil)


@pytest.mark.parametrize("spoilt", OF_ONE)
def test_an_organisations_page_whose_words_are_not_its_tables_is_refused(quarter, spoilt):
    spoil, why = OF_ONE[spoilt]
    assert why in refused(quarter.page("nonesuch-hospitals").read_text(encoding="utf-8"), spoil)


def test_the_page_on_returns_counts_who_knows_ethnicity_as_its_table_does(quarter):
    page = quarter.data_quality_page().read_text(encoding="utf-8")
    assert TITLE in refused(page, words("#figure-1 strong", r"\d+(?= of \d+ organisations)", other))


def test_evidence_that_was_not_released_so_is_refused_whatever_the_page_itself_agrees_on(quarter, monkeypatch):
    monkeypatch.chdir(quarter.folders.root)
    html, released = quarter.page().read_text(encoding="utf-8"), read_release(PERIOD).evidence_published
    assert evidence_faults(html, released, "") == []
    for name in ("words", "informative"):
        (key,) = [one for one in released if one.startswith("partnership/") and one.endswith(f"/{name}")]
        for figure in (None, "strong evidence" if name == "words" else released[key] + 1):
            assert evidence_faults(html, released | {key: figure}, "") != [], name


@pytest.mark.parametrize("figure", ["people", "low", "high", "informative"])
def test_a_sentence_of_equal_chances_that_was_not_released_so_is_refused(quarter, monkeypatch, figure):
    monkeypatch.chdir(quarter.folders.root)
    released = read_release(PERIOD).chances_published
    name = f"nonesuch-hospitals/2025-26/shortlisted/BME/{figure}"
    for page in (quarter.page(), quarter.page("nonesuch-hospitals")):
        html = page.read_text(encoding="utf-8")
        assert chances_faults(html, released) == []
        assert chances_faults(html, released | {name: released[name] + 1}) != []


def test_the_ratios_of_totals_are_those_of_the_pages_own_table(quarter):
    page = quarter.page("camelot-advice").read_text(encoding="utf-8")
    spoil = words('p[data-cell="arises"]', r"(\d\.\d\d times that of BME people, likely range) 1\.\d+", r"\1 1.9")
    assert NOT_IN_TABLE in refused(page, spoil)


def test_a_chart_of_a_kind_that_nothing_holds_is_refused(quarter):
    def spoil(page: BeautifulSoup) -> None:
        for cell in page.select("#data-for-figure-4 td"):
            cell["data-cell"] = "other"

    assert NO_KIND in refused(quarter.page().read_text(encoding="utf-8"), spoil)
