"""The partnership's tables: whose numbers they add up, their keys, and nothing where there is nothing."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from lt_analysis.codebook.measures import RECRUITMENT, SHORTLISTING
from lt_analysis.codebook.measures import STAGES as STAGES_OF_DECISIONS
from lt_analysis.release.figures import Expected, Release, Status
from lt_analysis.rendering import blocks, partnership
from lt_analysis.rendering.forms import say
from lt_analysis.rendering.measure_figures import Compared, Step
from tests.making import cells_of, people_table
from tests.rendering.releases import SAID, items
from tests.rendering.test_front_page import SECOND
from tests.rendering.test_sentences import figures

MEMBERS = ("ashbourne", "beeches", "cedars")
NUMBERS = {"White": (500, 200, 40), "Mixed": (20, 9, 0), "Asian": (100, 30, 6), "Black": (120, 40, None)}
NUMBERS |= {"Other": (19, 0, 0), "BME": (259, 79, None), "known": (759, 279, 60)}
COUNTED = {
    (stage, group): number
    for group, row in NUMBERS.items()
    for stage, number in zip(RECRUITMENT.keys, row, strict=True)
}
ITEMS = items("partnership", str(SECOND), "2025-26-Q4", None)


def of_partnership(span, members=MEMBERS, numbers=COUNTED, band="8+"):
    return people_table(numbers, span, "partnership", members, band)


YEAR = of_partnership("2025-26")
QUARTER = of_partnership(
    "2026-27-Q1", numbers={(s, g): COUNTED[s, g] for s, g in COUNTED if g in ("White", "BME", "known")}
)


def release(*tables, **about):
    names = (figures(slug=slug, name=slug.title(), invented=False) for slug in MEMBERS)
    return Release(SECOND, tuple(names), tables, **about)


def page_of(shown) -> BeautifulSoup:
    return BeautifulSoup(shown._repr_html_(), "html.parser")


def test_the_year_says_its_keys_its_members_and_their_names():
    sums, shown = partnership.headline_table(release(YEAR)), partnership.year(release(YEAR))
    page = page_of(shown)
    assert page.table["data-members"] == page_of(sums).table["data-members"] == "ashbourne beeches cedars"
    keys = [{cell["data-key"] for cell in page_of(one).select("[data-key]")} for one in (sums, shown)]
    assert keys[0] | keys[1] == {str(one.key) for one in YEAR.numbers}
    assert {key.split("/")[3] for key in keys[0] & keys[1]} == {"White"}  # beside which each other row is read
    said = cells_of(shown._repr_html_())["members.2025-26"]
    assert said == "All 3 organisations: Ashbourne, Beeches, Cedars."


def test_a_total_says_of_how_many_organisations_it_is_and_why_it_leaves_some_out():
    of_all = replace(
        release(YEAR, QUARTER), organisations=(*release().organisations, figures(slug="dene", name="Dene"))
    )
    sums, shown = (page_of(part(of_all)) for part in (partnership.headline_table, partnership.year))
    assert sums.caption.get_text() == "Organisations added up, 2025-26"
    assert cells_of(str(shown))["members.2025-26"] == (
        "3 of 4 organisations: all but Dene (invented). Left out are those that sent only totals, or not every "
        "return, of the year."
    )
    assert partnership.behind_headline(of_all)["headline.members"] == "This adds up 3 of 4 organisations."


def test_a_share_is_worked_out_from_what_is_shown_only_and_not_of_a_few():
    page = page_of(partnership.shares(release(YEAR)))
    assert [table.caption.get_text() for table in page.find_all("table")] == [
        "Shares of each group who went on at each stage, all posts added up, 2025-26"
    ]
    cells = cells_of(str(page))
    shares = {
        group: [cells[f"2025-26.share-{done}.{group}"] for done in list(RECRUITMENT.keys)[1:]] for group in NUMBERS
    }
    assert shares["White"] == ["40%", "20%"]
    assert shares["Black"] == ["33%", "[c]"]
    assert shares["Mixed"] == ["45%", "not given"]
    assert shares["Other"] == ["not given", "not given"]


def test_counts_of_a_hidden_stage_are_not_said():
    shortlisting, appointment = STAGES_OF_DECISIONS
    said = partnership.counts(Step(YEAR, shortlisting))
    assert said == (
        "79 of 279 places on shortlists went to BME people, who were 259 of 759 applicants, 34%. Their share of places "
        "on shortlists was smaller, 28%; 24% to 33% fits the counts."
    )
    assert partnership.counts(Step(YEAR, appointment)) == ""
    whole = of_partnership("2025-26", numbers=COUNTED | {("appointed", "BME"): 20})
    begins = "{} appointments went to BME people, who were {} people on shortlists"
    assert partnership.counts(Step(whole, appointment)).startswith(f"{begins.format('20 of 60', '79 of 279')}, 28%. ")
    few = of_partnership("2025-26", numbers=COUNTED | {("appointed", "BME"): 4, ("appointed", "known"): 19})
    assert partnership.counts(Step(few, appointment)) == f"{begins.format('4 of 19', '79 of 279')}."


def test_shares_of_all_posts_added_up_stand_in_no_table_of_counts():
    of_both = release(YEAR, of_partnership("2026-27-Q1"))
    counts = (partnership.headline_table, partnership.year, partnership.quarter)
    assert not [name for part in counts for name in cells_of(part(of_both)._repr_html_()) if "share-" in name]
    assert partnership.shares(release())._repr_html_() == ""


def test_the_latest_quarter_has_its_shares_in_a_table_and_in_words_and_what_is_hidden_has_neither():
    quarter = of_partnership("2026-27-Q1")
    parts = (partnership.quarter, partnership.shares)
    cells = cells_of("".join(part(release(quarter))._repr_html_() for part in parts))
    assert cells["2026-27-Q1.share-shortlisted.White"] == "40%"
    assert cells["2026-27-Q1.share-appointed.BME"] == "[c]"
    assert cells["quarter.shortlisting"] == partnership.counts(Step(quarter, STAGES_OF_DECISIONS[0]))
    assert "quarter.appointment" not in cells


def test_each_stage_has_a_table_of_its_bands():
    banded = [replace(one, key=one.key._replace(cut=band)) for band in ("8a", "VSM") for one in YEAR.numbers]
    page = page_of(partnership.bands(release(replace(YEAR, numbers=(*banded, *YEAR.numbers)))))
    assert [table.caption.get_text() for table in page.find_all("table")] == [
        f"{stage}, band by band, 2025-26" for stage in ("Applicants", "Shortlisted", "Appointed")
    ]
    assert {cell["data-key"] for cell in page.select("td")} == {str(one.key) for one in banded}
    assert [heading.get_text() for heading in page.table.select("thead th")] == ["Group", "Band 8a", "VSM"]


def test_quarters_before_stand_in_a_table_for_each_stretch_of_the_same_organisations():
    spans = ("2025-26-Q2", "2025-26-Q3", "2025-26-Q4")
    before = [replace(QUARTER, span=span, members=MEMBERS[: 2 if span.endswith("Q2") else 3]) for span in spans]
    page = page_of(partnership.quarter(release(*before, QUARTER)))
    assert [(table.caption.get_text(), table["data-members"]) for table in page.find_all("table")] == [
        ("Everybody of known ethnicity at each stage, 2026-27-Q1", "ashbourne beeches cedars"),
        ("Quarters before, 2025-26-Q3 to 2025-26-Q4", "ashbourne beeches cedars"),
        ("Quarters before, 2025-26-Q2", "ashbourne beeches"),
    ]


def test_an_organisation_that_has_left_is_named_by_its_folder():
    left = of_partnership("2025-26", members=(*MEMBERS, "dunmow-hospice"))
    cells = cells_of(partnership.year(release(left))._repr_html_())
    assert cells["members.2025-26"].endswith("4 organisations: Ashbourne, Beeches, Cedars, dunmow-hospice.")


def test_without_a_total_there_is_no_table_and_it_is_said_what_it_takes():
    for part in (partnership.year, partnership.quarter, partnership.bands):
        page = page_of(part(release()))
        assert page.table is None
        assert "too few organisations sent" in page.get_text()


EXPECTED = Expected(True, people=80, low=70, high=90, informative=120)


def compared(number, expected=EXPECTED):
    """What is said of a year in which so many of the group were shortlisted."""
    year = of_partnership("2025-26", numbers=COUNTED | {("shortlisted", "BME"): number})
    told = () if expected is None else (("shortlisting", expected),)
    one = Compared(replace(year, expected=told), SHORTLISTING)
    return say(partnership.COMPARED, one, one.name)


@pytest.mark.parametrize(
    ("number", "gap", "place"),
    [
        (69, "about 11 fewer than", "below"),
        (70, "about 10 fewer than", "within"),
        (80, "about as many as", "within"),
        (90, "about 10 more than", "within"),
        (91, "about 11 more than", "above"),
    ],
)
def test_a_year_of_the_partnership_says_one_size_in_people_and_where_its_number_lies(number, gap, place):
    assert compared(number) == (
        f"In 2025-26, {number} of 259 BME applicants were shortlisted, {gap} equal chances give, {place} the "
        "range if chances were equal: 70 to 90."
    )


@pytest.mark.parametrize(
    ("expected", "ends"),
    [(Expected(False), "; too few posts could have gone either way to say more."), (None, ".")],
)
def test_without_a_range_the_number_stands_alone(expected, ends):
    assert compared(79, expected) == f"In 2025-26, 79 of 259 BME applicants were shortlisted{ends}"


def test_a_hidden_number_or_range_says_nothing_whatever_the_truth():
    assert compared(79, Expected(True)) == compared(20, Expected(True)) == compared(None) == compared(None, None) == ""


def test_evidence_has_a_heading_of_its_own_and_nothing_stands_where_there_is_none():
    page = page_of(blocks.evidence(release(evidence=ITEMS)))
    assert page.h3.get_text() == "All posts since April 2022"
    assert [(one["data-cell"], one.get_text()) for one in page.find_all("p")] == [
        (f"partnership.evidence.{stage}", "Not shown, so that nobody can be identified.")
        for stage in ("shortlisting", "appointment")
    ]
    assert blocks.evidence(release())._repr_html_() == ""
    own = page_of(blocks.evidence(figures(evidence=items("ashbourne", "2025-26-Q4", "2025-26-Q2", SAID))))
    assert own.h2.get_text() == "All posts since April 2022"
    assert [one["data-cell"] for one in own.find_all("p")] == ["evidence.shortlisting", "evidence.appointment"]


def test_hidden_evidence_is_put_down_to_totals_only_where_a_year_of_totals_was_sent():
    hidden, shown = (items("ashbourne", "2025-26-Q4", "2025-26-Q2", said) for said in (None, SAID))
    chance = {"adjusted_for_vacancies": True}
    said = "Only totals were sent for the year, and they do not tell one post from another."
    assert page_of(blocks.evidence(figures(evidence=hidden))).p.get_text() == said
    for about in (chance, {"status": Status.INCOMPLETE}):
        assert blocks.evidence(figures(evidence=hidden, **about)).html == ""
    for evidence in (shown, (hidden[0], shown[1])):
        for about in (chance, {}):
            told = page_of(blocks.evidence(figures(evidence=evidence, **about))).get_text()
            assert "1,052 could have gone either way in who was appointed" in told
            assert said not in told
