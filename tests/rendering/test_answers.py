"""What the front page answers first: a line a subject, its dots, two years, questions and a goal."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.codebook.subjects import SUBJECTS
from lt_analysis.release.figures import Expected, Goal, Release
from lt_analysis.rendering import answers, blocks, goal, questions, two_years
from lt_analysis.rendering.dots_chart import dots_chart
from lt_analysis.rendering.sentences import BY_CHANCE
from lt_analysis.reporting.gate.keyed import keyed_faults
from tests.making import cells_of, people_table
from tests.rendering.charted import organisation
from tests.rendering.releases import QUARTER, release
from tests.rendering.test_front_page import partnership_year
from tests.rendering.test_retention import DAY, STAFF, TRAINED, with_staff

BEFORE = replace(partnership_year(shortlisted=(90, 279)), span="2024-25")
DECLARED = Goal("The same chance for all.", "A year within its range.", FinancialYear(2027), invented=True)
TOLD = (("shortlisting", Expected(True, 100, 90, 110, 120)), ("appointment", Expected(True, 17, 12, 22, 40)))


def of_year(**changes) -> Release:
    year = replace(partnership_year(), expected=TOLD)
    return replace(Release(QUARTER, (organisation("Ashbourne"),), (year,)), **changes)


def page_of(shown) -> BeautifulSoup:
    return BeautifulSoup(shown._repr_html_(), "html.parser")


def test_every_subject_has_its_line_in_the_codebooks_order_and_says_where_it_is_not_audited():
    page = page_of(blocks.headline(of_year()))
    titles = [subject.title for subject in SUBJECTS]
    assert [term.get_text() for term in page.find_all("dt")] == [*titles, answers.CHANGED]
    said = dict(zip(*([one.get_text() for one in page.find_all(tag)] for tag in ("dt", "dd")), strict=True))
    assert {title for title, text in said.items() if text == answers.NOT_AUDITED} == {
        subject.title for subject in SUBJECTS if subject.key not in answers.OF_SUBJECTS
    }


def test_a_stage_says_its_evidence_then_its_year_and_a_hidden_one_the_same_whatever_the_truth():
    said = cells_of(blocks.headline(release())._repr_html_())
    assert said["recruitment.shortlisting"] == (
        "Shortlisting: unclear whether chances differ since April 2022. In 2025-26, 58 of 175 BME applicants were "
        "shortlisted, about 12 fewer than equal chances give, below the range if chances were equal: 60 to 80."
    )
    hidden = [of_year(partnership=(partnership_year(appointed=(some, None)),)) for some in (3, None)]
    found = {cells_of(blocks.headline(one)._repr_html_())["recruitment.appointment"] for one in hidden}
    assert found == {answers.HIDDEN_STAGE}


def test_of_staff_what_lies_outside_its_range_has_a_line_and_the_rest_is_named():
    staffed = with_staff()
    page = page_of(blocks.headline(staffed))
    assert list(keyed_faults(page, staffed)) == []
    said = cells_of(str(page))
    assert said["retention.of"].startswith("Of ") and said["retention.of"].endswith(":")
    assert said["retention.within"] == (
        "Within the range if chances were equal: entering a formal disciplinary process."
    )
    assert "retention.disciplinary" not in said
    assert said["retention.training"] == "20 took part in training beyond the mandatory, about 4 fewer."


def test_what_does_not_lead_has_a_line_where_it_lies_outside_its_range_and_is_not_named_within():
    """Of 60 new staff, half of them BME, 18 left: `scipy.stats.hypergeom(60, 30, 18)` has 2.5% below 6 and above 12."""
    made = with_staff()
    for left, line in (
        (
            13,
            "13 of 30 who had joined in the year before left soon after joining, about 4 more, above "
            "the range if chances were equal: 6 to 12.",
        ),
        (
            5,
            "5 of 30 who had joined in the year before left soon after joining, about 4 fewer, below "
            "the range if chances were equal: 6 to 12.",
        ),
        (12, None),
        (6, None),
    ):
        new = {("new", "White"): 30, ("new", "BME"): 30, ("new", "known"): 60, ("new-left", "known"): 18}
        new |= {("new-left", "White"): 18 - left, ("new-left", "BME"): left}
        table = people_table(STAFF | TRAINED | new, DAY, "partnership", ("ashbourne", "beeches"), band="all")
        shown = replace(made, staff=(table,))
        page = page_of(blocks.headline(shown))
        assert list(keyed_faults(page, shown)) == []
        assert cells_of(str(page)).get("retention.leaving-soon") == line
        assert "new staff" not in page.get_text().casefold()


def test_the_front_page_says_once_that_all_staff_are_compared_at_once_and_only_where_any_are():
    at_once = "beside the same chance for all staff at once, whatever their band or work:"
    staffed = cells_of(blocks.headline(with_staff())._repr_html_())
    assert staffed["retention.of"] == f"Of 60 BME staff on 31 March 2025, by 31 March 2026, {at_once}"
    assert " ".join(staffed.values()).count(at_once) == 1
    counts = STAFF | {("trained", group): None for group in ("White", "BME", "known")}
    hidden = people_table(counts, DAY, "partnership", ("ashbourne",), band="all")
    for without in (release(), replace(with_staff(), staff=(hidden,))):
        assert at_once not in page_of(blocks.headline(without)).get_text()


def test_where_new_staff_alone_are_told_it_is_said_of_which_day_without_a_number_of_all_staff():
    told = {("new", "White"): 30, ("new", "BME"): 30, ("new", "known"): 60}
    told |= {("new-left", "White"): 5, ("new-left", "BME"): 13, ("new-left", "known"): 18}
    hidden = dict.fromkeys(STAFF) | {("trained", group): None for group in ("White", "BME", "known")}
    table = people_table(hidden | told, DAY, "partnership", ("ashbourne",), band="all")
    shown = replace(with_staff(), staff=(table,))
    page = page_of(blocks.headline(shown))
    assert list(keyed_faults(page, shown)) == []
    assert cells_of(str(page))["retention.of"].startswith("Of BME staff on 31 March 2025, by 31 March 2026, beside")


def test_the_dots_are_those_of_the_first_stage_that_is_shown_and_its_table_has_their_numbers():
    chart = dots_chart(of_year())
    assert chart.finding == "40 of 100 White and 31 of 100 BME applicants were shortlisted."
    assert chart.rows()[1:] == [["White", "500", "200", "40 of 100"], ["BME", "259", "79", "31 of 100"]]
    assert chart.alt.startswith(f"{chart.finding} {chart.measure}") and "table" in chart.alt
    last = dots_chart(of_year(partnership=(partnership_year(applied=(None, None)),)))
    assert "were appointed" in last.finding
    assert "No chart" in page_of(dots_chart(Release(QUARTER, ()))).get_text()


def test_two_years_stand_side_by_side_and_one_alone_says_so():
    both = of_year(partnership=(BEFORE, *of_year().partnership))
    table = page_of(two_years.two_years(both))
    assert list(keyed_faults(table, both)) == []
    assert [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")] == [
        ["BME people shortlisted", "90 of 259", "not worked out", "79 of 259", "90 to 110"],
        ["BME people appointed", "20 of 90", "not worked out", "20 of 79", "12 to 22"],
    ]


def test_what_changed_sets_the_gap_of_this_year_beside_that_of_the_year_before_and_says_what_keeps_them_apart():
    def changed(before=None):
        shown = of_year(partnership=(*filter(None, (before,)), *of_year().partnership))
        page = page_of(blocks.headline(shown))
        assert list(keyed_faults(page, shown)) == []
        assert page.find_all("dt")[-1].get_text() == "What changed"
        return [one.get_text() for one in page.find_all("dd")[-1].find_all("p")]

    compared = replace(BEFORE, expected=(("shortlisting", Expected(True, 95, 85, 105, 120)),))
    told = (
        "BME people shortlisted: about 21 fewer than equal chances give in 2025-26, about 5 fewer than equal chances "
        "gave in 2024-25."
    )
    assert changed(compared) == [told, two_years.BY_CHANCE]
    other = replace(compared, members=("ashbourne",))
    assert changed(other) == [told, f"{two_years.BY_CHANCE} {two_years.OTHERS}"]
    assert changed(BEFORE) == [two_years.NOT_BESIDE]
    assert changed() == [two_years.FIRST]


def test_what_a_range_is_stands_where_the_first_one_does_and_nowhere_else():
    both, of_staff_alone = with_staff(), with_staff(partnership=(), evidence=())
    for shown, place in ((both, 0), (of_staff_alone, 3)):
        page = page_of(blocks.headline(shown))
        assert page.get_text().count(BY_CHANCE) == 1
        assert BY_CHANCE in page.find_all("dd")[place].get_text()
    assert BY_CHANCE not in page_of(blocks.headline(Release(QUARTER, ()))).get_text()


@pytest.mark.parametrize(
    ("shortlisted", "first"),
    [
        (79, "Which posts contributed most to the gap at shortlisting?"),
        (111, "Which posts contributed most to the difference at shortlisting?"),
        (100, "When will organisations say how the actions that they pledged stand?"),
    ],
)
def test_questions_are_those_that_the_figures_raise_and_three_at_most(shortlisted, first):
    asking = of_year(partnership=(replace(partnership_year(shortlisted=(shortlisted, 300)), expected=TOLD),))
    page = page_of(questions.questions(asking))
    asked = [one.get_text() for one in page.find_all("li")]
    assert asked[0] == first and len(asked) == 3
    assert all(one.endswith("?") for one in asked)
    assert list(keyed_faults(page, asking)) == []


def test_a_declared_goal_says_how_it_would_be_known_and_by_which_report_and_that_it_is_invented():
    declared = of_year(goal=DECLARED)
    page = page_of(goal.declared(declared))
    assert list(keyed_faults(page, declared)) == []
    assert [one.get_text() for one in page.find_all("dd")] == [
        "The same chance for all. (Invented: nobody has declared it.)",
        "A year within its range.",
        "By the end of 2027-28. The first report that could show it is that for January to March 2028.",
    ]
    waiting = of_year(goal=replace(DECLARED, says=None, known_by=None, invented=False))
    assert [one.get_text() for one in page_of(goal.declared(waiting)).find_all("dd")][:2] == ["Awaiting approval."] * 2
    assert goal.NONE_DECLARED in page_of(goal.declared(of_year())).get_text()
