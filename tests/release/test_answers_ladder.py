"""Answers to a survey: which tables are due, what is hidden of them, and what must not follow from them."""

import pytest

from lt_analysis.codebook.measures import CHAINS, CHAINS_OF_ANSWERS, ON_DISCRIMINATION, RECRUITMENT
from lt_analysis.codebook.periods import FinancialYear, Quarter, SurveyYear
from lt_analysis.release.files import Ledger, Published
from lt_analysis.release.ladder import answers_ladder
from lt_analysis.release.people import FROM_APPLICATIONS, People, Reached, people_of
from lt_analysis.release.quarter import decide_tables
from lt_analysis.verification import attack, publication_of

YEAR = SurveyYear(FinancialYear(2025))
LATEST = Quarter.parse("2026-27-Q2")
SLUGS = ("ashbourne", "beeches", "camelot", "dunwich", "erewhon")
MANY = (40, 12)  # who answered, and who said yes


def answers(numbers=None, slugs=SLUGS, chains=CHAINS_OF_ANSWERS) -> People:
    """Answers of some organisations, the same to each question unless `numbers` says otherwise, by folder and group."""
    numbers, everybody = numbers or {}, People.nobody()
    for chain in chains:
        rows = [
            Reached(slug, str(YEAR), "", chain.whole, group, numbers.get((slug, group), MANY))
            for slug in slugs
            for group in ("White", "BME")
        ]
        everybody = everybody.with_more(people_of(rows, chain))
    return everybody


def decided(people: People, ledger: Ledger | None = None, before: People | None = None):
    """What is decided of the question on discrimination, and what is said of too few answers."""
    tables = decide_tables(LATEST, {}, people, before or People.nobody(), ledger or Ledger())
    return tables.decided[CHAINS.index(ON_DISCRIMINATION)], tables.few_answers


def values(found) -> dict[str, int | None]:
    return {str(cell.key).removesuffix("/no-band"): value for cell, value in found.values.items()}


def test_an_organisation_has_both_groups_answers_and_the_partnership_their_sums():
    found, few = decided(answers())
    told = values(found)
    assert told[f"ashbourne/{YEAR}/answered-discrimination/BME"] == 40
    assert told[f"ashbourne/{YEAR}/discrimination/BME"] == 12
    assert told[f"partnership/{YEAR}/answered-discrimination/White"] == 200
    assert told[f"partnership/{YEAR}/discrimination/White"] == 60
    assert few == () and list(found.faults()) == []


@pytest.mark.parametrize(("answered", "told"), [(10, False), (11, True)])
def test_of_a_question_that_fewer_than_eleven_of_a_group_answered_nothing_is_given(answered, told):
    found, few = decided(answers({("ashbourne", "BME"): (answered, 5)}))
    assert any(key.startswith("ashbourne/") for key in values(found)) == told
    assert set(few) == (set() if told else {f"ashbourne/{YEAR}/{chain.key}" for chain in CHAINS_OF_ANSWERS})


@pytest.mark.parametrize("yes", [0, 1, 4, 36, 39, 40])
def test_few_who_said_yes_or_no_and_nobody_and_everybody_are_hidden_and_in_no_sum(yes):
    found, _ = decided(answers({("ashbourne", "BME"): (40, yes)}, (*SLUGS, "foulness")))
    told = values(found)
    assert told[f"ashbourne/{YEAR}/discrimination/BME"] is None
    assert told[f"ashbourne/{YEAR}/answered-discrimination/BME"] == 40
    assert told[f"partnership/{YEAR}/discrimination/BME"] == 60
    assert {cell.members for cell in found.values if cell.key.who == "partnership"} == {(*SLUGS[1:], "foulness")}
    assert list(found.faults()) == []


@pytest.mark.parametrize("yes", [5, 35])
def test_five_who_said_yes_or_no_are_shown(yes):
    assert values(decided(answers({("ashbourne", "BME"): (40, yes)}))[0])[f"ashbourne/{YEAR}/discrimination/BME"] == yes


@pytest.mark.parametrize("group", ["White", "BME"])
def test_fewer_than_five_organisations_that_have_shown_both_groups_have_no_sum(group):
    found, _ = decided(answers({("ashbourne", group): (40, 2)}))
    assert not [key for key in values(found) if key.startswith("partnership/")]
    assert decided(answers(slugs=SLUGS[:4]))[0].values.keys() < decided(answers())[0].values.keys()


def test_a_hidden_number_can_be_anything_whatever_the_sums_say():
    people = answers({("ashbourne", "BME"): (40, 3), ("beeches", "White"): (300, 300)}, (*SLUGS, "foulness", "gotham"))
    found, _ = decided(people)
    told = {str(cell.key): value for cell, value in found.values.items()}
    truth = {str(cell.key): people.number(cell) for cell in found.values}
    members = next(cell.members for cell in found.values if cell.key.who == "partnership")
    assert not attack(publication_of(told, members), truth=truth).succeeded
    # Had the sum all seven, less those that are shown would be the three.
    whole = {key: value for key, value in told.items() if "/BME/" in key}
    for stage in ("answered-discrimination", "discrimination"):
        cells = [cell for cell in found.values if cell.key.stage == stage and cell.key.group == "BME"]
        own = sum(people.number(cell) for cell in cells if cell.key.who != "partnership")
        whole[f"partnership/{YEAR}/{stage}/BME/no-band"] = own
    assert attack(publication_of(whole, (*SLUGS, "foulness", "gotham")), truth=truth).recovered


def test_a_survey_that_was_published_stands():
    first, _ = decided(answers())
    ledger = Ledger(Published(cell, value, "2025-26-Q4") for cell, value in first.values.items())
    again, few = decided(answers({("ashbourne", "BME"): (44, 20)}), ledger, answers())
    assert again.values == {} and few == ()
    late = answers({("ashbourne", "BME"): (44, 20)}, (*SLUGS, "foulness")).replaced_by(answers())
    assert {cell.key.who for cell in answers_ladder(YEAR, late, ledger, ON_DISCRIMINATION).tables} == {"foulness"}


def test_too_few_answers_are_said_though_the_year_before_had_a_table():
    before = SurveyYear(FinancialYear(2024))
    cells = [cell for cell in decided(answers())[0].values if cell.key.who == "ashbourne"]
    earlier = [cell._replace(key=cell.key._replace(span=str(before))) for cell in cells]
    ledger = Ledger(Published(cell, 40 if "answered" in cell.key.stage else 12, "2024-25-Q4") for cell in earlier)
    rows = [Reached("ashbourne", str(before), "", ON_DISCRIMINATION.whole, group, MANY) for group in ("White", "BME")]
    counted = people_of(rows, ON_DISCRIMINATION)
    few = decided(answers({("ashbourne", "BME"): (10, 5)}).with_more(counted), ledger, counted)[1]
    assert f"ashbourne/{YEAR}/discrimination" in few


def test_answers_of_a_year_change_nothing_of_what_is_published_of_its_posts():
    year = FinancialYear(2025)
    rows = [
        Reached(slug, str(quarter), FROM_APPLICATIONS, "8a", group, (30, 12, 6))
        for slug in SLUGS
        for quarter in year.quarters
        for group in ("White", "Black")
    ]
    posts = people_of(rows, RECRUITMENT)
    alone = decide_tables(LATEST, dict.fromkeys(SLUGS, year), posts, People.nobody(), Ledger())
    survey, _ = decided(answers())
    ledger = Ledger(Published(cell, value, "2025-26-Q4") for cell, value in survey.values.items())
    both = decide_tables(LATEST, dict.fromkeys(SLUGS, year), posts.with_more(answers()), answers(), ledger)
    assert alone.decided[0].values and alone.decided[0].values == both.decided[0].values
