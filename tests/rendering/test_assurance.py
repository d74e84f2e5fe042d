"""Charts over time, along deprivation and of organisations: each says what its table says, and each mark has a word."""

import re
import xml.etree.ElementTree as ElementTree
from itertools import product

import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure

from lt_analysis.evidence.assurance import watch
from lt_analysis.evidence.funnel import Funnel
from lt_analysis.evidence.inequality import Quantile, Quantity, slope_index
from lt_analysis.evidence.process_control import Absent, Better, Observation, Of, Series
from lt_analysis.evidence.relative_likelihood import Share
from lt_analysis.release.keys import Key
from lt_analysis.rendering.assurance import slope_in_words, statement
from lt_analysis.rendering.charts import LONGEST_FINDING, Chart, words_in
from lt_analysis.rendering.control_chart import COLOURS, control_chart
from lt_analysis.rendering.funnel_chart import funnel_chart
from lt_analysis.rendering.html import Cell
from lt_analysis.rendering.numbers import significant
from lt_analysis.rendering.slope_chart import slope_chart
from lt_analysis.reporting.gate.drawn import drawn_faults
from lt_analysis.reporting.gate.static import static_faults
from tests.rendering.charted import crowded
from tests.rendering.test_charts import SVG, texts
from tests.rendering.test_room_for_words import LONG

pytestmark = pytest.mark.usefixtures("every_chart_agrees_with_its_table")

MEASURE, SOURCE = "Share of adults who had a health check, each quarter", "Invented returns"
PERIODS = [f"20{year}-{year + 1}-Q{quarter}" for year, quarter in product(range(21, 28), range(1, 5))]
GROUPS = ("BME", "known")
STEADY = [24, 22, 26, 30, 21, 25, 27, 23, 26, 24, 22, 28]


def shares(*some, people=80, **about):
    """A series of shares of so many people; None is hidden."""
    pairs = zip(PERIODS, some, strict=False)
    points = (
        Observation(period, None, None, Absent.HIDDEN) if number is None else Observation(period, number, people)
        for period, number in pairs
    )
    return Series(Of.SHARES, tuple(points), **about)


def values(*some, of=Of.VALUES):
    return Series(of, tuple(Observation(period, value) for period, value in zip(PERIODS, some, strict=False)))


def rates(*some, people=900):
    points = (Observation(period, number, people) for period, number in zip(PERIODS, some, strict=False))
    return Series(Of.RATES, tuple(points), per=1000)


RISING = [5, 6, 5, 6, 5.5, 6.5, 5, 7, 5, 6, 5, 6, 5.5, 6, 20, 6, 5, 5.4, 5.6, 5.8, 6.2, 6.9, 7.5, 8.1]
WATCHED = {
    "steady": watch(shares(*STEADY), Better.UP, target=0.25),
    "shift": watch(shares(*([18, 20] * 6), *([34, 36] * 4)), Better.UP, target=0.5),
    "worse": watch(values(*RISING), Better.DOWN, target=9),
    "earlier": watch(values(*RISING[:17]), Better.NEITHER),
    "below nought": watch(values(*(-one / 7 for one in RISING)), Better.UP),
    "rates": watch(rates(18, 21, 25, 17, 20, 22, 19, 24, 16, 21, 20, 23), Better.DOWN),
    "overdispersed": watch(shares(*([300, 420] * 7), people=1_000), Better.UP, target=0.4),
    "run chart": watch(shares(*STEADY[:10]), Better.UP, target=0.25),
    "small counts": watch(shares(*([1, 3, 2, 4] * 6), people=80), Better.DOWN),
    "ratios": watch(values(1.2, 1.4, 0.9, 1.1, 1.6, 1.3, 1.0, 1.5, 1.25, 1.35, 0.95, 1.15, of=Of.RATIOS), Better.DOWN),
    "few": watch(shares(*STEADY[:3]), Better.UP),
    "hidden": watch(shares(*STEADY[:5], None, *STEADY[5:8], None), Better.UP, target=0.3),
    "seasons": watch(shares(*STEADY, seasonal=True), Better.UP),
    "words of its own": watch(shares(*STEADY), Better.UP, worded=True),
    "nothing changes": watch(values(*[5] * 12), Better.UP, target=5),
    "anew": watch(shares(*STEADY, *(one + 30 for one in STEADY)), Better.UP, target=0.5, anew={PERIODS[12]: "Others"}),
    "anew, few since": watch(
        shares(*STEADY, *(one + 30 for one in STEADY[:5])), Better.UP, target=0.5, anew={PERIODS[12]: ""}
    ),
    "anew twice, rates": watch(
        rates(*[18, 21, 25, 17, 20, 22, 19, 24, 16, 21, 20, 23] * 2),
        Better.DOWN,
        anew={PERIODS[8]: "A", PERIODS[13]: "B"},
    ),
    "anew, with seasons": watch(shares(*STEADY, seasonal=True), Better.UP, anew={PERIODS[6]: "Others"}),
    "all of them": watch(shares(*[80] * 12), Better.UP),
    "nearly all": watch(shares(*([68, 74, 72] * 4)), Better.UP, target=0.8),
}


def chart_of(which, name="*/measure/checks", **about):
    return control_chart(WATCHED[which], name, MEASURE, SOURCE, **about)


@pytest.fixture
def drawn(monkeypatch) -> list[Figure]:
    """Every figure that is written, as it was when it was."""
    kept, write = [], Figure.savefig

    def keep(figure, *arguments, **settings):
        kept.append(figure)
        write(figure, *arguments, **settings)

    monkeypatch.setattr(Figure, "savefig", keep)
    return kept


@pytest.mark.parametrize("which", WATCHED)
def test_every_chart_says_what_its_table_says_and_has_room_for_its_words(which, drawn):
    chart = chart_of(which)
    assert isinstance(chart, Chart)
    assert len(drawn) == 2
    assert [said for figure in drawn for said in crowded(figure)] == []
    assert words_in(chart.finding) <= LONGEST_FINDING
    assert chart.alt.startswith(f"{chart.finding} {MEASURE}.")
    assert len(chart.data.rows) == sum(len(one.series.points) for one in WATCHED[which].segments)
    page = BeautifulSoup(f"<body>{chart.html}</body>", "html.parser")
    assert list(drawn_faults(page)) == []


def test_a_phone_has_the_same_chart_of_28_quarters(drawn):
    series = shares(*(20 + place % 5 for place in range(28)))
    assert isinstance(control_chart(watch(series, Better.UP, 0.3), "", MEASURE, SOURCE), Chart)
    assert [said for figure in drawn for said in crowded(figure)] == []


def marks_of(chart, colour):
    """How many marks of a colour a drawing has, those before its words too."""
    marks = ElementTree.fromstring(chart.wide).iter(f"{SVG}use")
    return sum(f"fill:{colour.lower()}" in (mark.get("style") or "") for mark in marks)


def test_each_marked_point_has_a_word_and_a_shape_in_its_row_and_a_word_in_the_drawing():
    chart = chart_of("worse")
    marked = [row[-2] for row in chart.rows()[1:]]
    assert marked[14] == "◆ beyond a limit, worse"
    assert marked[16:] == ["▲ trend, worse"] * 8
    assert set(marked[:14]) == {"● usual"}
    assert [one for one in texts(chart.wide) if "worse" in one] == ["beyond a limit, worse", "trend, worse"]
    # Nine points, the two words' own shapes, and the sign of the latest point.
    assert marks_of(chart, COLOURS["worse"]) == 9 + 2 + 1
    assert "Worse: unusually high" in texts(chart.wide)


def test_signs_stand_on_charts_with_limits_alone():
    assert {"Usual up and down", "Target met or missed by chance"} <= set(texts(chart_of("steady").wide))
    for which in ("run chart", "few", "hidden", "seasons", "words of its own", "small counts", "ratios"):
        chart = chart_of(which)
        assert not {"Usual up and down", "Target met or missed by chance"} & set(texts(chart.wide))
        assert not {"Limits", "Mark"} & set(chart.data.columns)


def test_the_numbers_of_the_rules_and_of_chance_are_printed():
    limits, runs = chart_of("steady").reading, chart_of("run chart").reading
    assert "2 of 3 lie near one, where 7 in a row rise or fall, or where 7 lie on one side" in limits
    assert re.search(r"While nothing changes, about \d+ in 100 such charts have a mark", limits)
    assert re.search(r"Of 10 points beside it \d at most lie in a row on one side \(6 is usual at most\)", runs)
    assert "(2 is usual at least). Chance alone breaks one of these rules in about 1 in 100 such charts" in runs
    assert "upper limit is cut off" in chart_of("nearly all").reading


def test_limits_that_are_calculated_anew_have_a_break_with_its_reason_in_words():
    chart = chart_of("anew")
    rows = {row[0]: row for row in chart.rows()[1:]}
    # 299 of 960, and 659 of 960: each segment has a line of its own.
    assert [rows[PERIODS[place]][4] for place in (0, 11, 12, 23)] == ["31%", "31%", "69%", "69%"]
    assert {row[-2] for row in rows.values()} == {"● usual"}
    assert "calculated anew" in texts(chart.wide) and "calculated anew" in texts(chart.narrow)
    said = f"From {PERIODS[12]} on, the line and its limits are calculated anew: Others. No rule crosses such a break"
    assert chart.reading.startswith(said)
    few = chart_of("anew, few since")
    assert (
        f"From {PERIODS[12]} on, the line and its limits are calculated anew; why is awaiting approval." in few.reading
    )
    assert not {"Usual up and down", "Better: unusually high"} & set(texts(few.wide))
    assert [row[-3:-1] for row in few.rows()[12:14]] == [["16% to 47%", "● usual"], ["no limits", "no rule"]]
    said = statement(WATCHED["anew, few since"], "*/measure/checks")
    assert "Limits take a dozen points; so far: 5." in said["missing"]
    assert chart_of("anew twice, rates").reading.count("calculated anew") == 2
    # The year before is none where others counted; then it is 27 of 80.
    assert [row[-1] for row in chart_of("anew, with seasons").rows()[7:12]] == ["none"] * 4 + ["34%"]


def test_hidden_periods_have_words_and_no_line_across():
    chart = chart_of("hidden")
    assert texts(chart.wide).count("not shown") == 2
    assert "Line across" not in chart.data.columns
    assert "a middle of the rest would be wrong" in chart.reading
    assert [row[1:4] for row in chart.rows()[6:7]] == [["[c]", "[c]", "[c]"]]
    assert chart.finding == f"{PERIODS[9]}: no figure can be shown."


def test_what_has_seasons_has_the_year_before_in_its_row():
    chart = chart_of("seasons")
    assert chart.data.columns[-1] == "The year before"
    assert [row[-1] for row in chart.rows()[4:7]] == ["none", "30%", "28%"]
    assert chart.finding == f"{PERIODS[11]}: 35%, higher than 29% in the year before."
    # Newcombe's method 10 of 23 of 80 and 28 of 80, and so no more than the counts say.
    assert "6 points higher (margin of error 8 points lower to 20 points higher)" in chart.reading


def test_shares_of_few_people_have_a_table_and_no_chart():
    shown = control_chart(watch(shares(3, 4, 5, people=19), Better.UP), "", MEASURE, SOURCE)
    assert not isinstance(shown, Chart)
    assert "mislead" in shown.html
    assert "3</td>" in shown.html


@pytest.mark.parametrize("which", ["steady", "shift", "hidden", "seasons"])
def test_every_text_of_a_chart_is_static_or_names_its_figure(which):
    counts = [
        tuple(
            Cell(f"{group}.{period}", "9", Key("partnership", period, "shortlisted", group, "8+")) for group in GROUPS
        )
        for period in PERIODS[: len(WATCHED[which].series.points)]
    ]
    page = BeautifulSoup(f"<body>{chart_of(which, counts=counts).html}</body>", "html.parser")
    assert page.find_all(attrs={"data-key": True})
    assert list(static_faults(page, known=(MEASURE, SOURCE, f"Source: {SOURCE}."))) == []


@pytest.mark.parametrize(
    ("which", "said"),
    [
        (
            "steady",
            {
                "shows": "It shows the usual up and down: as things are, values lie from 16% to 47%, around 31%.",
                "cannot": (
                    "It does not show that nothing changed, nor that things are well: what never changes may be bad."
                ),
                "met": "Of 12 quarters shown, the target of 25% was met in all; the latest is 35%.",
                "target": "The target of 25% is met or missed by chance, as things are.",
                "ask": "Ask what would make it sure that the target is met.",
            },
        ),
        (
            "hidden",
            {
                "shows": "It shows values, and nothing about change.",
                "cannot": "It cannot tell whether anything changed.",
                "met": "Of 8 quarters shown, the target of 30% was met in 5.",
                "target": "Whether the target of 30% is kept cannot be told without limits.",
                "missing": (
                    "Not shown, so that nobody can be identified: 2 of 10 periods. Limits take a dozen points; so far: "
                    "10."
                ),
                "ask": "Ask for longer periods, in which more people can be counted.",
            },
        ),
        (
            "worse",
            {
                "shows": "It shows a change for the worse that usual up and down rarely gives.",
                "cannot": "It cannot tell why, nor whether it will last.",
                "met": "Of 24 quarters shown, the target of 9 was met in 23; the latest is 8.10.",
                "target": "Whether the target of 9 is kept cannot be told while things change.",
                "ask": "Ask who is looking into it, and by when something will be done.",
            },
        ),
    ],
)
def test_a_statement_in_words(which, said):
    assert statement(WATCHED[which], "*/measure/checks") == said


@pytest.mark.parametrize(("better", "some", "said"), [
    # 80 of 100 are at the target, and so met whichever way is good; 797 of 1,000 are not, and read as 80%.
    (Better.UP, [(80, 100), (79, 100), (81, 100)], "was met in 2; the latest is 81%."),
    (Better.DOWN, [(80, 100), (79, 100), (81, 100)], "was met in 2; the latest is 81%."),
    (Better.UP, [(79, 100), (797, 1000)], "was met in none; the latest rounds to it, and does not meet it."),
    (Better.DOWN, [(79, 100), (797, 1000)], "was met in all; the latest is 80%."),
    (Better.UP, [(16, 20)], "was met in 1; the latest is 80%."),
    (Better.UP, [(90, 100), (9, 10)], "was met in all."),
    (Better.NEITHER, [(90, 100)], None),
])  # fmt: skip
def test_how_often_a_target_was_met_needs_no_limits_and_at_the_target_is_met(better, some, said):
    points = tuple(Observation(period, *counts) for period, counts in zip(PERIODS, some, strict=False))
    told = statement(watch(Series(Of.SHARES, points), better, target=0.8), "").get("met")
    shown = f"{len(some)} quarter{'s' if len(some) > 1 else ''} shown"
    assert told == (said and f"Of {shown}, the target of 80% {said}")


def test_how_often_a_target_was_met_is_said_while_things_change_and_across_every_break():
    said = statement(WATCHED["shift"], "")
    assert said["target"] == "Whether the target of 50% is kept cannot be told while things change."
    assert said["met"] == "Of 20 quarters shown, the target of 50% was met in none; the latest is 45%."
    # Of 80 people 40 are the target: no quarter of the first dozen has so many, and each of the second has.
    assert statement(WATCHED["anew"], "")["met"].startswith("Of 24 quarters shown, the target of 50% was met in 12;")
    assert "met" not in statement(WATCHED["seasons"], "")


@pytest.mark.parametrize("which", WATCHED)
def test_every_statement_has_what_it_shows_what_it_cannot_and_what_to_ask(which):
    said = statement(WATCHED[which], "")
    assert {"shows", "cannot", "ask"} <= set(said)
    assert not any("{" in one or "None" in one for one in said.values())


DONE = (160, 150, 148, 141, 130, 128, 122, 118, 101, 99)
TENTHS = {place: Quantile.of(Share(some, 400)) for place, some in enumerate(DONE, 1)}


def test_ten_dots_have_a_line_and_the_slope_in_words(drawn):
    index = slope_index(TENTHS, Quantity.SHARE)
    chart = slope_chart(index, "*/measure/slope", MEASURE, SOURCE)
    assert [said for figure in drawn for said in crowded(figure)] == []
    assert chart.finding == "Least deprived: 16.7 points lower than the most deprived."
    assert "goes 16.7 points lower (margin of error" in chart.telling
    assert "an approximation" in chart.telling
    assert [row[0] for row in chart.rows()[1:]][:2] == ["Tenth 1 (most deprived)", "Tenth 2"]
    assert chart.rows()[1][1:3] == ["400", "40%"]


def test_a_slope_that_may_be_none_claims_no_direction():
    level = slope_index({place: Quantile(100, 50 + place % 2, 45, 56) for place in range(1, 6)})
    assert slope_chart(level, "", MEASURE, SOURCE).finding.startswith("No slope can be told")
    assert "may go either way" in slope_in_words(level, "")
    bare = slope_index({place: Quantile(100, 50.0 + place) for place in range(1, 6)})
    assert slope_in_words(bare, "") == (
        "From the most to the least deprived end the line goes 5.00 higher. The least deprived end is 1.10 times the "
        "most deprived."
    )


FUNNEL = {"Cedars": Share(36, 120), LONG: Share(400, 900), "Beeches": Share(18, 60), "Elms": Share(60, 400)}


def test_a_funnel_is_in_alphabetical_order_and_names_who_is_beyond_the_outer_limits(drawn):
    chart = funnel_chart(Funnel(FUNNEL), "*/measure/funnel", MEASURE, SOURCE)
    assert [said for figure in drawn for said in crowded(figure)] == []
    assert [row[0] for row in chart.rows()[1:]] == [LONG, "Beeches", "Cedars", "Elms"]
    assert chart.finding == "2 of 4 organisations lie beyond the outer limits."
    assert chart.rows()[4][1:] == ["60 of 400 (15%)", "◆ below the outer limits"]
    assert "Elms: 60 of 400 (15%)" in texts(chart.wide)
    assert not any("Cedars" in one for one in texts(chart.wide))


def test_the_line_of_a_funnel_is_of_those_too_that_cannot_be_shown():
    shown = Funnel(FUNNEL, everybody=Share(520, 1_520), not_shown=2)
    keys = {"Elms": tuple(Key("elms", "2025-26", "shortlisted", group, "8+") for group in GROUPS)}
    chart = funnel_chart(shown, "*/measure/funnel", MEASURE, SOURCE, keys)
    assert "All of them together: 520 of 1,520 (34%). Organisations that cannot be shown: 2." in chart.reading
    assert 'data-said="funnel_part */measure/funnel/elms"' in chart.html
    with pytest.raises(ValueError, match="the share of all of them must be given"):
        Funnel(FUNNEL, not_shown=2)


ADMITTED = {LONG: Share(312, 48_000), "Beeches": Share(251, 34_000), "Cedars": Share(40, 26_500), "Elms": Share(0, 900)}


def test_a_funnel_of_rates_has_the_number_expected_beside_each(drawn):
    funnel = Funnel(ADMITTED, measured=Quantity.RATE, per=1000)
    chart = funnel_chart(funnel, "*/measure/funnel", MEASURE, SOURCE)
    assert [said for figure in drawn for said in crowded(figure)] == []
    assert chart.data.columns[1:] == ("Number, and rate", "Number expected", "Beside the limits")
    # 603 of 109,400 people: 5.512 per 1,000, and so 264.6, 187.4, 146.1 and 4.96 expected.
    assert [row[2] for row in chart.rows()[1:]] == ["265", "187", "146", "4.96"]
    assert chart.rows()[1][1:] == ["312 of 48,000 (6.50 per 1,000)", "265", "▲ above the inner limits"]
    assert [row[-1] for row in chart.rows()[2:]] == [
        *("◆ above the outer limits", "◆ below the outer limits", "▲ below the inner limits")
    ]
    assert "All of them together: 603 of 109,400 (5.51 per 1,000). The number expected is" in chart.reading
    assert {"0", "7.38", "Cedars: 40 of 26,500 (1.51 per 1,000)"} <= set(texts(chart.wide))
    page = BeautifulSoup(f"<body>{chart.html}</body>", "html.parser")
    assert list(drawn_faults(page)) == [] == list(static_faults(page, known=(MEASURE, SOURCE, f"Source: {SOURCE}.")))
    few = funnel_chart(Funnel(ADMITTED | {"Ferns": Share(5, 19)}, measured=Quantity.RATE), "", MEASURE, SOURCE)
    assert not isinstance(few, Chart) and "5 of 19<" in few.html


def test_a_funnel_of_two_or_of_few_people_is_a_table():
    for some in (dict(list(FUNNEL.items())[:2]), FUNNEL | {"Ferns": Share(5, 19)}):
        shown = funnel_chart(Funnel(some), "", MEASURE, SOURCE)
        assert not isinstance(shown, Chart)
        assert "No chart" in shown.html


def test_plain_values_have_three_figures():
    assert [significant(one) for one in (4.6123, 81.96, 1234.5, 20.0, -0.5, 0)] == [
        *("4.61", "82.0", "1,234", "20", "−0.500", "0")
    ]
