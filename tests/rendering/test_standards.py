"""The page on the race equality standard: what each of its nine rows says, which way round, and why one is empty."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.codebook.standards import INDICATORS, SEATS
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.release.figures import Board, Expected, IndicatorPrinted, Status
from lt_analysis.rendering import blocks
from lt_analysis.rendering.sentences import ALL_AT_ONCE
from lt_analysis.rendering.standard_figures import Standards
from lt_analysis.reporting.gate.keyed import keyed_faults
from lt_analysis.reporting.gate.static import static_faults
from tests.making import cells_of, people_table
from tests.rendering.releases import MEMBERS, release
from tests.rendering.test_representation import in_post

SPAN, DAY, SURVEY = "2025-26", "2025-03-31", "survey-2025-26"
NOBODY_ELSE = ("ashbourne",)


def two_groups(before: str, after: str, white: tuple, bme: tuple, span: str, who: str, members=NOBODY_ELSE, band="all"):
    """A table of one decision: of each group how many there were, and how many of them it took."""
    counts = {}
    for stage, place in ((before, 0), (after, 1)):
        both = white[place], bme[place]
        known = None if None in both else sum(both)
        counts |= dict(zip(((stage, group) for group in ("White", "BME", "known")), (*both, known), strict=True))
    return people_table(counts, span, who, members, band=band)


def together(*tables):
    """Tables of one span as the one that was published."""
    first = tables[0]
    return replace(first, numbers=tuple(dict.fromkeys(number for one in tables for number in one.numbers)))


def posts(white, bme, who="ashbourne", expected=None, members=NOBODY_ELSE):
    told = two_groups("shortlisted", "appointed", white, bme, SPAN, who, members, "8+")
    applied = two_groups(
        "applied", "shortlisted", (white[0] * 2, white[0]), (bme[0] * 2, bme[0]), SPAN, who, members, "8+"
    )
    return replace(together(applied, told), expected=(("appointment", expected),) if expected else ())


def staff(disciplined, trained, who="ashbourne", members=NOBODY_ELSE):
    return together(
        two_groups("staff", "disciplined", *disciplined, DAY, who, members),
        two_groups("staff", "trained", *trained, DAY, who, members),
    )


def answers(question, white, bme, who="ashbourne", members=NOBODY_ELSE):
    """A table of one question of the survey: of each group who answered, and who said yes."""
    counts = {}
    for stage, place in ((f"answered-{question}", 0), (question, 1)):
        counts |= {(stage, "White"): white[place], (stage, "BME"): bme[place]}
    return people_table(counts, SURVEY, who, members, band="no-band")


# Of 100 White people on shortlists 30 are appointed, and of 100 others 20: 1.5 times as often. Of 40 White staff 4, and
# of 60 others 12, enter a process: 0.1 and 0.2. Of 40 White staff 20 are trained, and of 60 others 20: 0.5 and 0.33.
POSTS = {"white": (100, 30), "bme": (100, 20), "expected": Expected(True, 25, 19, 31, 40)}
STAFF = {"disciplined": ((40, 4), (60, 12)), "trained": ((40, 20), (60, 20))}


def with_standards(kind="acute trust", **changes):
    """A release with all that rows 1 to 4 are made of, of one organisation and of all together."""
    made = release()
    first, *others = made.organisations
    own = {"people": posts(**POSTS), "staff": (staff(**STAFF),), "in_post": (in_post(),), "kind": kind} | changes
    every = {
        "partnership": (posts(**POSTS, who="partnership", members=MEMBERS),),
        "staff": (staff(**STAFF, who="partnership", members=MEMBERS),),
        "in_post": (in_post("partnership", ("ashbourne",)),),
    }
    return replace(made, organisations=(replace(first, **own), *others), **every)


def page_of(figures) -> str:
    about = blocks.STANDARDS
    parts = (blocks.heading(figures, about), blocks.headline(figures, about), blocks.indicators(figures))
    parts += (
        blocks.board(figures),
        blocks.as_published(figures),
        blocks.social_care(figures),
        blocks.indicator_by_band(figures),
        blocks.coverage(figures, about),
        blocks.differences(),
    )
    return "".join(part._repr_html_() for part in (*parts, blocks.glossary(figures, about)))


def row(number: int, figures) -> tuple[str, ...]:
    """The cells of an indicator: White people's, the group's, its ratio or gap, and what is beside it."""
    cells = cells_of(blocks.indicators(figures)._repr_html_())
    return tuple(cells[f"standards.{number}.{part}"] for part in ("white", "group", "figure", "beside"))


def asks(number: int, figures) -> str:
    return cells_of(blocks.indicators(figures)._repr_html_())[f"standards.{number}.asks"]


@pytest.mark.parametrize("whose", ["partnership", "ashbourne"])
@pytest.mark.parametrize(
    ("number", "white", "bme", "figure", "beside"),
    [
        # 60 of 130 are 46%, and of all staff 60% are: 14 points, and 18 people, fewer.
        (
            1,
            "70 of 130 (54%)",
            "60 of 130 (46%)",
            "14 points lower",
            "18 fewer than the share of all staff would be, 60%",
        ),
        (2, "30 of 100 (30%)", "20 of 100 (20%)", "1.50", "20, within the range, 19 to 31"),
        (3, "4 of 40 (10%)", "12 of 60 (20%)", "2.00", "12, within the range, 6 to 13"),
        (4, "20 of 40 (50%)", "20 of 60 (33%)", "1.50", "4 fewer than expected. No range: several at a time"),
    ],
)
def test_an_indicator_has_both_groups_counts_and_is_divided_as_the_standard_has_it(
    whose, number, white, bme, figure, beside
):
    found = row(number, with_standards().of(whose))
    assert (found[0], found[1], found[3]) == (white, bme, beside)
    assert found[2].startswith(figure)
    assert found[2] == figure if number == 4 else found[2].endswith(")")  # training has no margin of error


@pytest.mark.parametrize(("number", "side"), [(1, "Below 0"), (2, "Above 1"), (3, "Above 1"), (4, "Above 1")])
def test_every_row_says_where_both_fare_alike_and_on_which_side_white_people_fare_better(number, side):
    said = asks(number, with_standards())
    assert f"{side[-1]} means that both fare alike. {side}, White people fare better." in said
    assert ("Only posts at Band 8 and above" in said) == (number == 2)


def test_who_fares_better_follows_from_the_measure_and_not_from_which_share_is_larger():
    worse = with_standards()
    points = cells_of(blocks.headline(worse, blocks.STANDARDS)._repr_html_())
    assert points["standards.answer"] == "Of the nine indicators, 4 can be shown."
    assert points["standards.white"] == (
        "White people fare better by: senior posts, appointment, formal disciplinary process and training."
    )
    # 25 are expected to be appointed; 16 of 100 entered, of whom 60 in 100 are 9.6; 40 were trained, of whom 24.
    assert points["standards.widest"] == (
        "Of the first four indicators, BME people are furthest behind in senior posts (18 people), then in appointment "
        "(5 people)."
    )
    turned = {"disciplined": ((40, 8), (60, 6)), "trained": ((40, 20), (60, 30))}
    other = with_standards(staff=(staff(**turned),), in_post=(in_post(**{"8+": (40, 90)}),)).of("ashbourne")
    points = cells_of(blocks.headline(other, blocks.STANDARDS)._repr_html_())
    assert points["standards.white"] == "White people fare better by: appointment."
    assert points["standards.others"] == "BME people fare better by: senior posts and formal disciplinary process."
    assert points["standards.alike"] == "Both fare alike by: training."
    assert points["standards.widest"] == (
        "Of the first four indicators, BME people are furthest behind in appointment (5 people)."
    )


def test_hidden_counts_leave_a_row_of_signs_and_are_not_among_what_is_shown():
    hidden = {"disciplined": ((40, None), (60, None)), "trained": STAFF["trained"]}
    figures = with_standards(staff=(staff(**hidden),)).of("ashbourne")
    assert row(3, figures) == ("[c]",) * 4
    assert [one.indicator.number for one in Standards(figures).shown] == [1, 2, 4]


@pytest.mark.parametrize(
    ("disciplined", "white", "figure"),
    [
        (((0, 0), (60, 12)), "nobody", "not given"),
        (((40, 0), (60, 12)), "0 of 40 (0%)", "not given"),
        (((12, 6), (60, 12)), "6 of 12", "0.40"),
    ],
)
def test_no_ratio_is_given_of_nobody_and_no_share_of_few(disciplined, white, figure):
    (people, _), (others, _) = disciplined
    own = staff(disciplined, ((people, 0), (others, 9)))
    found = row(3, with_standards(staff=(own,)).of("ashbourne"))
    assert found[0] == white
    assert found[2].startswith(figure)


def test_where_it_happened_to_nobody_the_row_says_what_did_not_happen():
    own = staff(((40, 0), (60, 0)), ((40, 0), (60, 0)))
    figures = with_standards(staff=(own,)).of("ashbourne")
    assert row(3, figures)[3] == "nobody entered a formal disciplinary process"
    assert row(4, figures)[3] == "nobody took part in training beyond the mandatory"


def test_an_indicator_of_which_nothing_was_sent_keeps_its_row_and_says_so():
    nothing = with_standards(staff=(), in_post=(), status=Status.INCOMPLETE).of("ashbourne")
    assert row(1, nothing) == ("not given", "not given", "not sent, or of too few staff", "not given")
    assert row(2, nothing)[2] == "no complete year"
    assert row(3, nothing)[2] == row(1, nothing)[2]
    none = cells_of(blocks.headline(nothing, blocks.STANDARDS)._repr_html_())
    assert none["standards.answer"] == "Not one of the nine indicators can be shown yet."
    assert row(5, with_standards())[2] == "too few organisations can be shown"


def test_of_all_together_it_is_said_of_each_indicator_who_is_in_it_and_who_is_not():
    page = BeautifulSoup(blocks.coverage(with_standards(), blocks.STANDARDS)._repr_html_(), "html.parser")
    said = dict(zip(*([one.get_text() for one in page.find_all(tag)] for tag in ("dt", "dd")), strict=True))
    assert list(said) == ["Indicator 1", "Indicator 2", "Indicator 3, Indicator 4", "All nine"]
    assert said["Indicator 1"].startswith(
        "Staff of 31 March 2026. 1 of 2 organisations: Ashbourne (invented). Left out"
    )
    assert said["Indicator 2"].endswith("All 3 organisations: Ashbourne (invented), Beeches (invented), cedars.")


# 30 of 100 and 20 of 100 are 1.5 as the NHS divides, and 0.67 as social care does. 4 of 40 and 12 of 60 are 2 either
# way. 20 of 40 and 20 of 60 are 1.5, and 0.67.
@pytest.mark.parametrize(
    ("number", "metric", "side", "social_care", "nhs"),
    [
        (2, "Metric 2: Appointment", "Below", "0.67", "1.50"),
        (3, "Metric 3: Formal disciplinary process", "Above", "2.00", "2.00"),
        (4, "Metric 5: Training", "Below", "0.67", "1.50"),
    ],
)
def test_a_council_has_the_same_counts_as_its_own_standard_divides_them_and_as_the_nhs_does(
    number, metric, side, social_care, nhs
):
    council = with_standards("council").of("ashbourne")
    shown = blocks.social_care(council)._repr_html_()
    cells = cells_of(shown)
    found = [cells[f"social-care.{number}.{part}"] for part in ("white", "group", "figure", "nhs")]
    assert found[:2] == list(row(number, council)[:2])
    assert found[2].startswith(social_care) and found[3].startswith(nhs) and found[3] == row(number, council)[2]
    assert f"{side} 1, White people fare better." in cells[f"social-care.{number}.asks"]
    assert metric in shown


def test_the_margin_of_error_of_a_ratio_is_turned_round_with_it():
    cells = cells_of(blocks.social_care(with_standards("council").of("ashbourne"))._repr_html_())
    low, high = RelativeLikelihood(30, 100, 20, 100).confidence_interval()
    assert cells["social-care.2.figure"] == f"0.67 ({1 / high:.2f} to {1 / low:.1f})"
    assert cells["social-care.2.nhs"] == f"1.50 ({low:.2f} to {high:.1f})"


def test_only_a_council_has_the_social_care_standard():
    made = with_standards()
    assert not str(blocks.social_care(made).html) and not str(blocks.social_care(made.of("ashbourne")).html)


# Of 100 White staff who answered 20 said yes, and of 50 others 15, 5 or 10: 20%, and 30%, 10% or 20%. Wilson's limits
# are 0.1334 and 0.2888 of the 20%, and 0.1910 and 0.4375 of the 30%; so Newcombe's interval of their difference (his
# method 10) is from 0.1 - sqrt(0.1090^2 + 0.0888^2) = -0.0406 to 0.1 + sqrt(0.1375^2 + 0.0666^2) = 0.2528.
@pytest.mark.parametrize("whose", ["partnership", "ashbourne"])
@pytest.mark.parametrize(
    ("number", "question", "yes", "figure", "fares_better"),
    [
        (5, "public-harassment", 15, "10 points higher (4 points lower to 25 points higher)", "White"),
        (6, "staff-harassment", 5, "10 points lower (21 points lower to 3 points higher)", "others"),
        (7, "equal-opportunities", 15, "10 points higher (4 points lower to 25 points higher)", "others"),
        (7, "equal-opportunities", 5, "10 points lower (21 points lower to 3 points higher)", "White"),
        (8, "discrimination", 10, "no gap (12 points lower to 15 points higher)", "alike"),
    ],
)
def test_an_answer_of_the_survey_is_a_gap_in_points_and_is_set_beside_no_chance(
    whose, number, question, yes, figure, fares_better
):
    counts = {"white": (100, 20), "bme": (50, yes)}
    table = answers(question, **counts, who=whose, members=MEMBERS if whose == "partnership" else NOBODY_ELSE)
    made = with_standards(survey=(table,))
    made = replace(made, survey=(table,)) if whose == "partnership" else made
    figures = made.of(whose)
    assert row(number, figures) == (
        *("20 of 100 (20%)", f"{yes} of 50 ({yes * 2}%)", figure, "not compared: no decision"),
    )
    side = "Below" if number == 7 else "Above"
    assert f"0 means that both fare alike. {side} 0, White people fare better." in asks(number, figures)
    points = cells_of(blocks.headline(figures, blocks.STANDARDS)._repr_html_())
    said = {"White": "standards.white", "others": "standards.others", "alike": "standards.alike"}[fares_better]
    assert INDICATORS[number - 1].title.lower() in points[said]
    page = BeautifulSoup(f"<body>{page_of(figures)}</body>", "html.parser")
    assert (list(keyed_faults(page, made)), list(static_faults(page))) == ([], [])


def test_a_partner_that_sent_no_survey_and_one_of_too_few_answers_are_told_apart_and_hidden_and_few_are_not():
    none = with_standards().of("ashbourne")
    few = with_standards(few_answers=("discrimination",)).of("ashbourne")
    hidden = with_standards(survey=(answers("discrimination", (100, 20), (50, None)),)).of("ashbourne")
    assert row(8, none)[2] == "not sent"
    assert {row(8, one) for one in (few, hidden)} == {("not given", "not given", "too few answers", "not given")}
    assert row(5, few)[2] == "not sent"
    before = replace(answers("discrimination", (100, 20), (50, 15)), span="survey-2024-25")
    assert row(8, with_standards(survey=(before,)).of("ashbourne"))[2] == "not sent"


def test_a_council_has_what_it_answered_as_a_ratio_too():
    # 30% of 50 and 20% of 100 are 1.5: the social care standard divides the other group's share by White people's.
    council = with_standards("council", survey=(answers("public-harassment", (100, 20), (50, 15)),)).of("ashbourne")
    cells = cells_of(blocks.social_care(council)._repr_html_())
    assert cells["social-care.5.figure"].startswith("1.50 (") and cells["social-care.5.nhs"].startswith(
        "10 points higher"
    )
    assert "Above 1, White people fare better." in cells["social-care.5.asks"]
    assert cells["social-care.6.figure"] == "not sent" and "social-care.7.figure" not in cells


@pytest.mark.parametrize("whose", ["partnership", "ashbourne"])
def test_every_text_of_the_page_is_said_again_from_the_release_and_static_otherwise(whose):
    made = with_standards("council")
    page = BeautifulSoup(f"<body>{page_of(made.of(whose))}</body>", "html.parser")
    assert (list(keyed_faults(page, made)), list(static_faults(page))) == ([], [])
    fewer = with_standards(staff=(staff(((40, 5), (60, 12)), STAFF["trained"]),))
    assert bool(list(keyed_faults(page, fewer))) == (whose == "ashbourne")


def test_beside_counts_of_staff_it_is_said_once_that_all_are_compared_at_once():
    def said(**parts):
        return page_of(with_standards(**parts).of("ashbourne")).count(ALL_AT_ONCE)

    assert said() == 1
    assert said(staff=()) == 0
    assert said(staff=(staff(((40, None), (60, None)), ((40, None), (60, None))),)) == 0


def test_the_front_page_says_in_one_sentence_how_many_are_shown_and_the_two_to_look_at():
    made = with_standards()
    page = BeautifulSoup(blocks.headline(made)._repr_html_(), "html.parser")
    assert cells_of(str(page))["standards"] == (
        "Of the nine indicators of the race equality standard, 4 can be shown. Of the first four indicators, BME "
        "people are furthest behind in senior posts (18 people), then in appointment (5 people)."
    )
    assert list(keyed_faults(page, made)) == []
    none = replace(made, partnership=(), staff=(), in_post=(), evidence=())
    assert cells_of(blocks.headline(none)._repr_html_())["standards"] == (
        "Of the nine indicators of the race equality standard, 0 can be shown."
    )


def board(members, bme, source="Annual report, page 12"):
    return Board(members, bme, source, date(2026, 3, 31))


def printed(indicator, value, group=None, year=2025):
    where = "Equality report, page 9", date(2026, 7, 1)
    return IndicatorPrinted(indicator, FinancialYear(year), value, group, *where)


# Of BME staff 12 of 60 entered a process, and of White staff 4 of 40: 2.00. Of 30 BME staff 7 said yes: 23.3%.
@pytest.mark.parametrize(
    ("one", "ours", "beside"),
    [
        (printed(3, "2.00"), "2.00", "the same, to the decimals printed"),
        (printed(3, "2"), "2", "the same, to the decimals printed"),
        (printed(3, "1.83"), "2.00", "here 0.17 higher"),
        (printed(3, "2.4"), "2.0", "here 0.4 lower"),
        (printed(2, "1.5"), "1.5", "the same, to the decimals printed"),  # 30 of 100 by 20 of 100
        (printed(3, "2.00", year=2024), "not given", "no figure of that year here"),
        (printed(8, "23.3%", "BME"), "23.3%", "the same, to the decimals printed"),
        (printed(8, "25%", "BME"), "23%", "here 2 points lower"),
        (printed(8, "20.0%", "White"), "25.0%", "here 5.0 points higher"),
    ],
)
def test_what_was_printed_stands_beside_our_own_to_its_decimals_with_its_source_and_no_verdict(one, ours, beside):
    made = with_standards(indicators=(one,), survey=(answers("discrimination", (40, 10), (30, 7)),))
    figures = made.of("ashbourne")
    cells = cells_of(blocks.as_published(figures)._repr_html_())
    assert [cells[f"printed.0.{part}"] for part in ("value", "ours", "beside")] == [one.value, ours, beside]
    assert cells["printed.0.source"] == "Equality report, page 9, 1 July 2026"
    page = BeautifulSoup(f"<body>{page_of(figures)}</body>", "html.parser")
    assert (list(keyed_faults(page, made)), list(static_faults(page))) == ([], [])
    other = with_standards(indicators=(replace(one, value="9.99" if one.group is None else "99.9%"),))
    assert list(keyed_faults(page, other))


def test_beside_what_was_printed_a_hidden_figure_is_hidden():
    made = with_standards(indicators=(printed(3, "1.83"),), staff=(staff(((40, None), (60, None)), STAFF["trained"]),))
    cells = cells_of(blocks.as_published(made.of("ashbourne"))._repr_html_())
    assert [cells[f"printed.0.{part}"] for part in ("value", "ours", "beside")] == ["1.83", "[c]", "[c]"]
    assert not str(blocks.as_published(made).html)


# Of 14 members 3 are 21%, and of all staff 60% are BME (`test_representation`): 39 points fewer.
def test_of_a_board_only_what_the_organisation_has_published_is_printed_with_its_source_and_day():
    made = with_standards(board=board(14, 3))
    figures = made.of("ashbourne")
    assert row(9, figures) == ("not given", "3 of 14", "39 points lower", "not compared: no decision")
    assert (
        "White people fare better by: senior posts, appointment, formal disciplinary process, training and the board."
        in page_of(figures)
    )
    covers = blocks.coverage(figures, blocks.STANDARDS)._repr_html_()
    assert "Annual report, page 12, as of 31 March 2026" in covers
    page = BeautifulSoup(f"<body>{page_of(figures)}</body>", "html.parser")
    assert (list(keyed_faults(page, made)), list(static_faults(page))) == ([], [])
    assert list(keyed_faults(page, with_standards(board=board(14, 4))))


# Beside 60% of all staff: 2 of 11 voting members are 18%, 42 points lower; 4 of 6 executives 67%, 7 points higher.
def test_voting_and_executive_members_stand_beside_all_staff_where_they_were_published():
    given = {"voting_members": 11, "bme_voting_members": 2, "executives": 6, "bme_executives": 4}
    made = with_standards(board=replace(board(14, 5), **given))
    cells = cells_of(blocks.board(made.of("ashbourne"))._repr_html_())
    told = {name: (cells[f"board.{name}.group"], cells[f"board.{name}.gap"]) for name in SEATS}
    assert told == {
        "members": ("5 of 14", "24 points lower"),
        "voting": ("2 of 11", "42 points lower"),
        "executives": ("4 of 6", "7 points higher"),
    }
    page = BeautifulSoup(f"<body>{page_of(made.of('ashbourne'))}</body>", "html.parser")
    assert (list(keyed_faults(page, made)), list(static_faults(page))) == ([], [])
    assert list(keyed_faults(page, with_standards(board=replace(board(14, 5), **given | {"bme_executives": 3}))))


def test_of_voting_and_executive_members_that_were_not_published_nothing_is_said():
    cells = cells_of(blocks.board(with_standards(board=board(14, 3)).of("ashbourne"))._repr_html_())
    assert cells["board.members.group"] == "3 of 14"
    assert {cells[f"board.{kind}.{part}"] for kind in ("voting", "executives") for part in ("group", "gap")} == {
        "not given by the organisation"
    }
    none = blocks.board(with_standards().of("ashbourne"))._repr_html_()
    assert "has given nothing that it has published of its board" in none
    assert "No organisation has given anything" in blocks.board(with_standards())._repr_html_()


def test_where_no_board_was_given_or_no_staff_are_published_the_row_says_so():
    assert row(9, with_standards().of("ashbourne"))[2] == "not given by the organisation"
    assert row(9, with_standards())[2] == "not given by any organisation"
    without = with_standards(board=board(14, 3), in_post=()).of("ashbourne")
    assert row(9, without)[1:3] == ("3 of 14", "not given")


def test_seats_of_all_organisations_are_counted_together_and_no_gaps_are_averaged():
    made = with_standards(board=board(10, 5))
    first, second, *others = made.organisations
    fewer = in_post(who="beeches", members=("beeches",), **{"all": (160, 40), "8+": (70, 30)})
    second = replace(second, board=board(30, 3, "Web page of the board"), in_post=(fewer,))
    made = replace(made, organisations=(first, second, *others))
    # 8 of 40 seats are 20%; 280 of 600 staff are 47%: 27 points. The gaps are 10 points each, of 50% and of 10%.
    assert row(9, made)[1:3] == ("8 of 40 (20%)", "27 points lower")
    covers = blocks.coverage(made, blocks.STANDARDS)._repr_html_()
    assert "Beeches (invented): Web page of the board, as of 31 March 2026" in covers


# Printed elsewhere (kmpt.nhs.uk, WRES 2020, indicator 9): a board of 17% and a workforce of 21%; the difference, which
# the page does not print, is -4 points. Int J Med Educ 2021;12:94-100: 7 leaders of 81, of 60.2% of students.
@pytest.mark.parametrize(
    ("seats", "staff_of_all", "printed"),
    [((100, 17), (79, 21), "4 points lower"), ((81, 7), (398, 602), "52 points lower")],
)
def test_gaps_of_boards_that_others_have_printed_come_out(seats, staff_of_all, printed):
    own = in_post(**{"all": staff_of_all, "8+": (0, 0)})
    figures = with_standards(board=board(*seats), in_post=(own,)).of("ashbourne")
    assert row(9, figures)[2] == printed
