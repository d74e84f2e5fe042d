"""The page on assurance: what is said of metrics, along deprivation, between groups, of networks, and of the place."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output

from lt_analysis.codebook.benchmarks import AREAS, UNVERIFIED, benchmarks
from lt_analysis.codebook.metrics import AXES
from lt_analysis.codebook.mistakes import AskedError
from lt_analysis.release.metric_tables import (
    NETWORK,
    ORGANISATION,
    PARTNERSHIP,
    MetricDefinition,
    MetricGroup,
    Metrics,
    MetricTable,
    Promise,
    TableState,
)
from lt_analysis.rendering import blocks, metrics, one_metric
from lt_analysis.rendering.html import LARGEST_PAGE, html_of
from lt_analysis.rendering.metric_figures import Promised
from lt_analysis.reporting.export import to_html
from lt_analysis.reporting.gate.drawn import drawn_faults
from lt_analysis.reporting.gate.keyed import keyed_faults
from lt_analysis.reporting.gate.static import static_texts
from tests.making import cells_of
from tests.rendering.releases import release
from tests.rendering.test_standards import with_standards

pytestmark = pytest.mark.usefixtures("every_chart_agrees_with_its_table")

QUARTERS = [f"20{year}-{year + 1}-Q{quarter}" for year, quarter in product(range(23, 27), range(1, 5))][2:14]
LATEST, FIFTHS = QUARTERS[-1], "deprivation fifth"
SMEARS = MetricDefinition(
    "smears", 1, "Are people screened in time?", "People who were screened", "Living Well", "Records of practices",
    "up", "share", None, 0.8, f"{FIFTHS}, ethnicity", False, False,
)  # fmt: skip
STEADY = [200, 205, 198, 203, 201, 196, 204, 199, 202, 200, 197]
RISING = {str(place): (200 + 30 * place, 400) for place in range(1, 6)}  # of each fifth, the most deprived first
ETHNIC = {"White": (56, 70), "Asian": (48, 80)}


def table(span=LATEST, groups=None, who=PARTNERSHIP, axis="", state=TableState.SHOWN, metric="smears", **about):
    whose = {PARTNERSHIP: PARTNERSHIP, "ashbourne": ORGANISATION}.get(who, NETWORK)
    shown = tuple(MetricGroup(name, *counts) for name, counts in groups.items()) if groups else ()
    own = {"members": ("G85001", "G85002"), "covered": 0.7} | about
    return MetricTable(metric, whose, who, span, axis, state if groups else about.pop("instead", state), shown, **own)


def series(*some, people=1000, **about):
    """A table of everybody for each of the latest quarters; a state in the place of a number."""
    spans = QUARTERS[-len(some) :]
    return [
        table(span, state=number, **about)
        if isinstance(number, TableState)
        else table(span, {"": (number, people)}, **about)
        for span, number in zip(spans, some, strict=True)
    ]


def of(*tables, definitions=(SMEARS,), made=None, **about):
    return replace(made or release(), metrics=Metrics(tuple(definitions), tuple(tables)), **about)


def whole(latest=200, **about):
    """A metric of a dozen quarters with its slope, its groups, and four networks, of which one is hidden."""
    networks = {"north": (50, 250), "south": (60, 250), "east": (10, 250)}
    return of(
        *series(*STEADY, latest, **about),
        table(axis=FIFTHS, groups=RISING | {"not known": (20, 50)}, **about),
        table(axis="ethnicity", groups=ETHNIC, **about),
        *(table(who=who, groups={"": counts}, **about) for who, counts in networks.items()),
        table(who="west", state=TableState.HIDDEN, **about),
        table(who="far", state=TableState.NOT_SENT, members=(), **about),
    )


PROMISES = tuple(
    Promise(
        "ashbourne", "apprenticeships", unit, date(2026, month, 30), promised, reached, words and AS_OF, words, state
    )
    for AS_OF in (date(2026, 9, 30),)
    for unit, month, promised, reached, words, state in (
        ("people", 6, 40, 30, "Anchor plan, page 4", TableState.SHOWN),
        ("people", 12, 40, 44, "Anchor plan, page 4", TableState.SHOWN),
        ("% of staff", 12, 40, 12, "Anchor plan, page 4", TableState.SHOWN),
        ("people", 6, 40, None, "Anchor plan, page 4", TableState.HIDDEN),
        ("people", 6, None, None, None, TableState.AWAITING),
    )
)
FIRST_DAY = date(2026, 3, 31)
MOVED = (
    replace(PROMISES[2], first_due=FIRST_DAY, first_promised=40),
    replace(PROMISES[0], first_due=PROMISES[0].due_on, first_promised=60),
    replace(PROMISES[0], first_due=FIRST_DAY, first_promised=60, sent=False),
    replace(PROMISES[1], first_due=PROMISES[1].due_on, first_promised=40, sent=False),
    replace(PROMISES[4], first_due=PROMISES[4].due_on, first_promised=60),
)
AWAITING = replace(SMEARS, question=None, definition=None, alliance=None, source=None)
YEARS = MetricDefinition(
    "years", 2, "How long do people live?", "Life expectancy at birth", "Living Well", "A profile",
    "up", "value", None, 82.0, FIFTHS, False, False,
)  # fmt: skip
LIVED = [
    MetricTable("years", ORGANISATION, "ashbourne", QUARTERS[-3], "", TableState.SHOWN,
                (MetricGroup("", value=80.6, lower=80.4, upper=80.8),), ("ashbourne",), None, "A profile, table 3"),
    MetricTable("years", ORGANISATION, "ashbourne", QUARTERS[-3], FIFTHS, TableState.SHOWN,
                tuple(MetricGroup(str(n), value=76.0 + n, lower=75.0 + n, upper=77.0 + n) for n in range(1, 6)),
                ("ashbourne",), None, "A profile, table 3"),
]  # fmt: skip
ADMITTED = replace(SMEARS, metric="admitted", good="down", unit="rate", per=1000, target=2.0, seasonal=True)
RATES = {"north": (40, 3000), "south": (9, 3000), "east": (8, 2000)}
RELEASES = {
    "nothing": release(),
    "whole": whole(),
    "beside the standard": replace(whole(), **{"organisations": with_standards().organisations}),
    "limits anew": of(
        *series(*STEADY, 200), definitions=(replace(SMEARS, anew=QUARTERS[5], rebase="Readings at home count too."),)
    ),
    "limits anew, and why awaits approval": of(
        *series(*STEADY, 200), definitions=(replace(SMEARS, anew=f"{QUARTERS[0]}, {QUARTERS[5]}"),)
    ),
    "hidden points": of(*series(*STEADY[:5], TableState.HIDDEN, *STEADY[5:10])),
    "hidden now": of(*series(*STEADY, TableState.HIDDEN)),
    "not sent": of(*series(*STEADY, TableState.NOT_SENT)),
    "listed, and nothing sent": of(),
    "awaiting": replace(whole(), metrics=replace(whole().metrics, definitions=(AWAITING,))),
    "a value": of(*LIVED, definitions=(YEARS,)),
    "a value that awaits approval": of(
        replace(LIVED[0], state=TableState.AWAITING, groups=(), source=None), definitions=(YEARS,)
    ),
    "a rate of one alone": of(
        *series(*[40] * 12, people=9000, who="ashbourne", metric="admitted", members=("ashbourne",), covered=None),
        table(
            axis=FIFTHS, groups={str(n): (30 - 4 * n, 4000) for n in range(1, 6)}, who="ashbourne", metric="admitted"
        ),
        *series(*[TableState.TOO_FEW] * 12, metric="admitted", members=("ashbourne",), covered=None),
        definitions=(ADMITTED,),
    ),
    "a rate of networks": of(
        *series(*[60] * 12, people=9000, metric="admitted"),
        *(table(who=who, groups={"": counts}, metric="admitted") for who, counts in RATES.items()),
        table(who="west", state=TableState.HIDDEN, metric="admitted"),
        definitions=(ADMITTED,),
    ),
    "a rate of organisations": of(
        *series(*[60] * 12, people=9000, metric="admitted", members=(*RATES,), covered=None),
        table(axis="ethnicity", groups=ETHNIC, metric="admitted"),
        *(
            replace(table(who=who, groups={"": counts}, metric="admitted"), whose=ORGANISATION)
            for who, counts in RATES.items()
        ),
        definitions=(ADMITTED,),
    ),
    "a name of its own": replace(
        whole(), metrics=replace(whole().metrics, definitions=(replace(SMEARS, name="NHS smears on time"),))
    ),
    "others in some quarters": of(
        *series(*STEADY[:6], members=("a", "b"))[:5], *series(200, members=("a", "b", "c")), definitions=(SMEARS,)
    ),
    "anchors alone": replace(release(), anchors=PROMISES),
    "promises that moved": replace(release(), anchors=MOVED),
}


SAID = {"data-said": True}


def page_of(made):
    about = blocks.ASSURANCE
    parts = (
        *(blocks.heading(made, about), blocks.headline(made, about), blocks.metrics(made), blocks.primary_care(made)),
        *(blocks.anchors(made), blocks.beside_place(made), blocks.coverage(made, about), blocks.glossary(made, about)),
    )
    return BeautifulSoup("".join(map(str, map(html_of, parts))), "html.parser")


@pytest.mark.parametrize("which", RELEASES)
def test_every_text_of_the_page_is_said_again_from_the_release_or_stands_as_it_is(which):
    made = RELEASES[which]
    page = page_of(made)
    assert list(keyed_faults(page, made)) == []
    assert list(drawn_faults(page)) == []
    loose = [text for text in page.select("p, dd, dt, td, th, h1, h2, h3, h4, summary") if not text.find_all(True)]
    unsaid = [one.get_text() for one in loose if one.find_parent(attrs=SAID) is None and not one.has_attr("data-said")]
    assert [text for text in unsaid if " ".join(text.split()) not in static_texts()] == []


def points_of(made):
    return cells_of(blocks.headline(made, blocks.ASSURANCE)._repr_html_())


@pytest.mark.parametrize(("good", "latest", "said"), [
    ("up", 300, "for the better: 1 (smears); for the worse: none"),
    ("down", 300, "for the better: none; for the worse: 1 (smears)"),
    ("up", 120, "for the better: none; for the worse: 1 (smears)"),
    ("up", 200, "for the better: none; for the worse: none"),
])  # fmt: skip
def test_a_change_beyond_the_usual_is_better_or_worse_by_which_way_is_good(good, latest, said):
    made = replace(whole(latest), metrics=replace(whole(latest).metrics, definitions=(replace(SMEARS, good=good),)))
    told = points_of(made)
    assert told["metrics.told"] == f"Of 1 metric, 1 can be told for {LATEST}."
    assert f"Changed beyond the usual, {said}. Of one alone can that be told." in told["metrics.changed"]


def test_the_page_and_the_front_page_count_the_metrics_whose_latest_value_meets_its_target():
    # Of 1,000 people 800 are at the target of 80%; 2 of 1,000 admitted are at that of 2, where down is good; and a life
    # expectancy of 80.6 years is short of 82.
    checks, untold = (replace(SMEARS, metric=key, number=number) for key, number in (("checks", 4), ("untold", 5)))
    aimless = replace(SMEARS, metric="aimless", number=6, target=None)
    definitions = [SMEARS, YEARS, replace(ADMITTED, number=3), checks, untold, aimless]
    rows = {"smears": 800, "admitted": 2, "checks": 799, "untold": TableState.HIDDEN, "aimless": 900}
    tables = [one for metric, number in rows.items() for one in series(number, metric=metric)]
    made = of(*tables, *LIVED, definitions=definitions)
    assert points_of(made)["metrics.met"] == "Target met at the latest: 2 of 4 metrics that can be held to one."
    short = cells_of(blocks.headline(made)._repr_html_())["assurance"]
    assert short.endswith(" Target met at the latest: 2 of 4.")
    assert "metrics.met" not in points_of(of(*series(900), definitions=[replace(SMEARS, target=None)]))
    said = page_of(made).get_text()
    assert "Of 1 quarter shown, the target of 80% was met in 1; the latest is 80%." in said
    assert "Of 1 quarter shown, the target of 80% was met in none; the latest rounds to it" in said
    assert "Of 1 value shown, the target of 82 was met in none; the latest is 80.6." in said


def test_the_widest_slope_says_whom_it_leaves_worse_off():
    # From 230 to 350 of 400, the most deprived first: worse for them where up is good.
    assert "The most deprived fare worse" in points_of(whole())["metrics.widest"]
    down = replace(SMEARS, good="down")
    made = replace(whole(), metrics=replace(whole().metrics, definitions=(down,)))
    assert "The most deprived fare better" in points_of(made)["metrics.widest"]
    flat = of(*series(200), table(axis=FIFTHS, groups=dict.fromkeys("12345", (100, 400))))
    assert points_of(flat)["metrics.widest"] == "Of 1 slope along deprivation none is clear of nought."


def test_a_rate_of_networks_has_a_funnel_with_the_number_expected_and_the_line_of_all_of_them():
    # 60 of 9,000 are 6.67 per 1,000: of 3,000 people 20 are expected, and of 2,000 people 13.3.
    page = page_of(RELEASES["a rate of networks"])
    in_funnel = [row for row in page.select("tbody tr") if row.find("td", attrs={"data-column": "Number expected"})]
    rows = {row.th.get_text(): [one.get_text() for one in row.find_all("td")] for row in in_funnel}
    assert rows["north"] == ["40 of 3,000 (13.3 per 1,000)", "20", "◆ above the outer limits"]
    assert rows["south"] == ["9 of 3,000 (3 per 1,000)", "20", "▲ below the inner limits"]
    assert rows["east"] == ["8 of 2,000 (4 per 1,000)", "13.3", "● within the limits"]
    said = page.get_text()
    assert "All of them together: 60 of 9,000 (6.67 per 1,000). Networks that cannot be shown: 1." in said
    assert f"People who were screened: per 1,000, {LATEST}" in said
    # Of 20 expected the inner limits are 11.25 and 29.7 events of 3,000 people: R's poisson.test puts the upper end of
    # 11 at 19.68 and of 12 at 20.96, and the lower end of 29 at 19.42 and of 30 at 20.24.
    limits = page_rows(one_metric.funnel_table(one_metric.find(RELEASES["a rate of networks"], "admitted")))
    assert "3.75 per 1,000 to 9.90 per 1,000" in limits[1].get_text()


@pytest.mark.parametrize(("which", "summary", "unlike"), [
    ("whole", "Show the gaps between groups, and networks", "Networks differ in who lives there."),
    ("a rate of networks", "Show networks beside each other", "Networks differ in who lives there."),
    ("a rate of organisations", "Show the gaps between groups, and organisations", "Organisations differ in whom they"),
])  # fmt: skip
def test_what_is_folded_is_called_by_what_is_in_it(which, summary, unlike):
    page = BeautifulSoup(blocks.metrics(RELEASES[which])._repr_html_(), "html.parser")
    assert [one.get_text() for one in page.select("summary") if "Show" in one.get_text()] == [summary]
    assert unlike in page.get_text()
    assert ("etworks" in page.get_text()) == ("network" in summary)
    alone = of(*series(200), table(axis="ethnicity", groups=ETHNIC))
    page = BeautifulSoup(blocks.metrics(alone)._repr_html_(), "html.parser")
    assert "Show the gaps between groups" in [one.get_text() for one in page.select("summary")]
    assert "differ in" not in page.get_text()


def test_it_is_said_how_many_of_those_who_ever_sent_a_metric_are_missing_and_when():
    def said(made):
        terms = BeautifulSoup(blocks.metrics(made)._repr_html_(), "html.parser").select("dt")
        return next(one.find_next("dd").get_text() for one in terms if one.get_text() == "Sent by")

    assert "every quarter" not in said(whole())
    changing = series(*STEADY[:4], members=("a", "b", "c"))
    changing[1] = replace(changing[1], members=("a", "b"))
    changing[2] = replace(changing[2], members=("c",))
    assert said(of(*changing)).endswith(
        "Not the same sent it in every quarter, so a change may be theirs. Missing, of 3 practices: 1 in "
        f"{QUARTERS[-3]}, 2 in {QUARTERS[-2]}."
    )
    # One that joined late is missing before.
    late = series(*STEADY[:6], members=("a", "b"), covered=None)
    late[-1] = replace(late[-1], members=("a", "b", "c"))
    assert said(of(*late)).endswith(f"Missing, of 3 organisations: 1 in each of 5 quarters since {QUARTERS[-6]}.")
    late[0] = replace(late[0], members=("a",))
    assert "Missing, of 3 organisations: 1 to 2 in each of 5 quarters since" in said(of(*late))


def test_a_metric_is_called_by_its_name_where_it_has_one_and_its_words_are_approved():
    told = points_of(RELEASES["a name of its own"])
    assert told["metrics.widest"].startswith("Widest along deprivation, as a ratio: NHS smears on time.")
    assert "NHS smears on time, by ethnicity" in page_of(RELEASES["a name of its own"]).get_text()
    awaiting = replace(whole(), metrics=replace(whole().metrics, definitions=(replace(AWAITING, name="NHS smears"),)))
    assert "ratio: metric 1." in points_of(awaiting)["metrics.widest"]


def test_groups_stand_beside_the_whole_of_which_they_are_a_part_and_have_no_slope():
    # 56 of 70 beside 104 of 150: Newcombe 1998, table II, of 56 of 70 beside 48 of 80, times 80 of 150;
    # and 0.8 divided by 0.6.
    page = page_of(whole())
    row = next(one for one in page.select("tr") if one.th.get_text() == "White" and one.find("td"))
    assert [cell.get_text() for cell in row.find_all("td")][:2] == ["56 of 70 (80%)", "10.7 (2.8 to 17.8)"]
    assert row.find_all("td")[2].get_text().startswith("1.33 (")
    by_ethnicity = replace(SMEARS, axes="ethnicity")
    made = replace(whole(), metrics=replace(whole().metrics, definitions=(by_ethnicity,)))
    assert "deprived end" not in str(html_of(blocks.metrics(made)))
    assert "It is not asked by deprivation." in page_of(made).get_text()


def test_what_is_hidden_and_what_was_not_sent_is_said_and_no_line_is_drawn_across_it():
    page = page_of(RELEASES["hidden points"])
    row = next(one for one in page.select("tr") if one.th and one.th.get_text() == QUARTERS[-6])
    assert row.find("td", attrs={"data-column": "Number"}).get_text() == "[c]"
    assert (
        "Line across" not in page.get_text()
        and "Not shown, so that nobody can be identified: 1 of 11" in page.get_text()
    )
    assert "Not told for the quarter: smears (not shown)." in page_of(RELEASES["hidden now"]).get_text()
    assert "Not told for the quarter: smears (not sent)." in page_of(RELEASES["not sent"]).get_text()
    text = page_of(whole()).get_text()
    assert "Not shown, so that nobody can be identified: west." in text and "Nothing was sent by: far." in text
    assert "Networks that cannot be shown: 1." in text


def test_limits_that_are_calculated_anew_say_from_when_and_why_and_not_from_before_the_first_quarter():
    text = page_of(RELEASES["limits anew"]).get_text()
    assert f"From {QUARTERS[5]} on, the line and its limits are calculated anew: Readings at home count too." in text
    assert "Limits take a dozen points; so far: 7." in text and "It shows the usual up and down" not in text
    text = page_of(RELEASES["limits anew, and why awaits approval"]).get_text()
    assert text.count("calculated anew; why is awaiting approval") == 1


def test_words_that_await_approval_are_not_there_and_the_numbers_are():
    text = page_of(RELEASES["awaiting"]).get_text()
    assert "Metric 1: its words are awaiting approval" in text
    assert not [
        words for words in (SMEARS.question, SMEARS.definition, SMEARS.alliance, SMEARS.source) if words in text
    ]
    assert "200" in text
    assert "how long" not in page_of(RELEASES["a value that awaits approval"]).get_text()


HOSTILE = "<script>alert(1)</script></td> {{ 7 * 7 }} {metric_goal} \u202eenil"


def test_hostile_words_of_a_definition_are_only_words():
    hostile = replace(SMEARS, question=HOSTILE, definition=HOSTILE, alliance=HOSTILE, source=HOSTILE)
    made = replace(whole(), metrics=replace(whole().metrics, definitions=(hostile,)))
    page = page_of(made)
    assert page.script is None and HOSTILE in page.get_text()
    assert list(keyed_faults(page, made)) == []


def test_a_value_has_no_slope_and_stands_as_it_was_published():
    page = page_of(RELEASES["a value"])
    assert "how many people live in each part was not published" in page.get_text()
    row = next(one for one in page.select("tr") if one.th.get_text() == "Fifth 1 (most deprived)")
    assert [cell.get_text() for cell in row.find_all("td")] == ["77", "76 to 78"]
    assert "smears" not in page.get_text() and f"last published for {QUARTERS[-3]}" in page.get_text()


def test_an_empty_partnership_has_true_sentences_and_no_page():
    nothing = release()
    assert not nothing.assured and RELEASES["anchors alone"].assured and RELEASES["listed, and nothing sent"].assured
    assert blocks.leads_to(nothing, blocks.ASSURANCE, []).html == ""
    assert points_of(nothing) == {"metrics.told": "No metric has been listed yet."}
    assert cells_of(blocks.headline(nothing)._repr_html_())["assurance"] == "No metric has been listed yet."


def test_promises_are_counted_by_what_is_told_of_them_and_a_document_that_awaits_approval_is_not_there():
    page = BeautifulSoup(blocks.anchors(RELEASES["anchors alone"])._repr_html_(), "html.parser")
    assert page.p.get_text() == (
        "Of 5 promises, reached: 1; past their day, not reached: 2; past their day, no figure since: 0; still to come: "
        "1; cannot be told: 1; no longer sent: 0."
    )
    *_, hidden, awaiting = [[cell.get_text() for cell in row.find_all("td")] for row in page.select("tbody tr")]
    assert hidden == ["40 people by 30 June 2026", "[c]", "■ past its day, not reached", "Anchor plan, page 4"]
    assert awaiting == [
        "awaiting approval by 30 June 2026", "awaiting approval", "– cannot be told", "awaiting approval"
    ]  # fmt: skip


def test_values_that_count_otherwise_stand_apart_each_with_how_it_differs_before_its_number():
    page = BeautifulSoup(blocks.beside_place(whole())._repr_html_(), "html.parser")
    table = page.find_all("table")[-1]
    headings, *rows = ([cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.find_all("tr"))
    assert headings == ["Of whom", "How they differ", "Year, and value", "Source, and of when"]
    survey = "The staff survey of all NHS trusts; here the organisations of which enough answered"
    assert [row[1:3] for row in rows if row[0] == "Indicator 7. England: BME"] == [
        [f"{survey}; people who did not know are left out", "2019: 69.9%, unverified"],
        [survey, "2022: 44.4%, unverified"],
    ]
    differs = {(one.indicator, one.area, f"{one.year}: {one.value:g}"): one.differs for one in benchmarks()}
    assert len({*differs.values()}) > 10
    for whom, how, values, _ in rows:
        number = int(whom.split()[1].rstrip(".")) if whom.startswith("Indicator") else None
        area = next(one for one in AREAS if f"{one}: " in whom)
        assert {differs[number, area, value.partition("%")[0].partition(",")[0]] for value in values.split("; ")} == {
            how
        }


BEFORE, AFTER, EARLY = date(2026, 6, 30), date(2026, 12, 30), date(2026, 6, 29)


@pytest.mark.parametrize(("about", "stands"), [
    # The report's quarter ends on 30 September 2026. What is hidden is a number of people of 1 to 4, or to 19 at most.
    ({"due_on": BEFORE, "as_of": BEFORE}, "passed"),
    ({"due_on": BEFORE, "as_of": EARLY}, "unheard"),
    ({"due_on": date(2026, 9, 30), "as_of": date(2026, 9, 30)}, "passed"),
    ({"due_on": date(2026, 10, 1), "as_of": BEFORE}, "to come"),
    ({"due_on": BEFORE, "as_of": EARLY, "reached": 40}, "reached"),
    ({"due_on": AFTER, "reached": 40}, "reached"),
    ({"due_on": BEFORE, "as_of": None, "reached": None, "state": TableState.NOT_SENT}, "unheard"),
    ({"due_on": AFTER, "as_of": None, "reached": None, "state": TableState.NOT_SENT}, "to come"),
    ({"due_on": AFTER, "reached": None, "state": TableState.HIDDEN}, "to come"),
    ({"due_on": BEFORE, "reached": None, "state": TableState.HIDDEN}, "passed"),
    ({"due_on": BEFORE, "as_of": EARLY, "reached": None, "state": TableState.HIDDEN}, "unheard"),
    ({"due_on": AFTER, "promised": 20, "reached": None, "state": TableState.HIDDEN}, "to come"),
    ({"due_on": AFTER, "promised": 19, "reached": None, "state": TableState.HIDDEN}, "untold"),
    ({"due_on": AFTER, "unit": "% of staff", "reached": None, "state": TableState.HIDDEN}, "untold"),
    ({"due_on": AFTER, "promised": None, "reached": None, "state": TableState.AWAITING}, "untold"),
    ({"due_on": BEFORE, "sent": False}, "gone"),
])  # fmt: skip
def test_how_a_promise_stands_hangs_on_its_day_on_that_of_its_figure_and_on_nothing_hidden(about, stands):
    made = replace(release(), anchors=(replace(PROMISES[0], **about),))
    assert Promised(made, 0).stands == stands
    assert list(keyed_faults(page_of(made), made)) == []
    words = blocks.anchors(made)._repr_html_()
    assert "past its day, no figure since</" in words if stands == "unheard" else "no figure since</" not in words


def test_a_promise_whose_day_or_number_moved_says_the_first_and_one_that_is_gone_stays():
    made = RELEASES["promises that moved"]
    page = BeautifulSoup(blocks.anchors(made)._repr_html_(), "html.parser")
    assert [one.get_text() for one in page.find_all("p")[:2]] == [
        "Of 5 promises, reached: 1; past their day, not reached: 1; past their day, no figure since: 0; still to come: "
        "1; cannot be told: 1; no longer sent: 1.",
        "Given another day or number than at first: 3.",
    ]
    rows = [[row.find_all("td")[place].get_text() for place in (0, 2)] for row in page.select("tbody tr")]
    assert rows == [
        ["40% of staff by 30 December 2026 (first due 31 March 2026)", "○ still to come"],
        ["40 people by 30 June 2026 (first promised 60 people)", "■ past its day, not reached"],
        ["40 people by 30 June 2026 (first promised 60 people; first due 31 March 2026)", "‖ no longer sent"],
        ["40 people by 30 December 2026", "● reached"],  # reached is reached, whether or not it is sent again
        ["awaiting approval by 30 June 2026", "– cannot be told"],
    ]
    assert "than at first" not in page_of(RELEASES["anchors alone"]).get_text()


def test_every_published_value_stands_once_with_its_source_and_how_definitions_differ_comes_first():
    page = BeautifulSoup(blocks.beside_place(whole())._repr_html_(), "html.parser")
    first, years = page.select("table")
    assert [one.get_text() for one in first.select("thead th")] == ["Measure", "How they differ", "Here", "Elsewhere"]
    said = [value for row in years.select("tbody tr") for value in row.find_all("td")[1].get_text().split("; ")]
    assert len(said) == len(benchmarks())
    assert sum(UNVERIFIED in one for one in said) == sum(not one.verified for one in benchmarks()) > 0
    sources = {row.find_all("td")[2].get_text().partition("; dated")[0] for row in years.select("tbody tr")}
    assert sources == {one.source if one.verified else f"{one.source}: {UNVERIFIED}" for one in benchmarks()}
    board = next(row for row in first.select("tbody tr") if row.th.get_text().startswith("Indicator 9"))
    assert "Nothing was found for Lambeth and South East London." in board.get_text()
    residents = first.select("tbody tr")[-1]
    assert all(area in residents.get_text() for area in AREAS) and "Nothing was found" not in residents.get_text()


def test_a_further_metric_is_a_row_of_the_list_and_its_tables():
    further = replace(SMEARS, metric="checks", number=2, question="Are people checked?", alliance="Another")
    made = of(*series(*STEADY, 200), *series(*STEADY, 300, metric="checks"), definitions=(SMEARS, further))
    page = page_of(made)
    assert [one.get_text() for one in page.select("h3")] == ["Living Well", "Another"]
    assert [one.get_text() for one in page.select("h4")] == [SMEARS.question, further.question]
    assert "Of 2 metrics, 2 can be told" in page.get_text() and "1 (checks)" in page.get_text()


def test_a_networks_row_says_of_which_metrics_it_is_shown_however_many_there_are():
    further = replace(SMEARS, metric="checks", number=2)
    both = [table(who="north", groups={"": (50, 250)}, metric=one) for one in ("smears", "checks")]
    hidden = [table(who="west", state=TableState.HIDDEN), table(who="west", groups={"": (50, 250)}, metric="checks")]
    made = of(*series(200), *series(200, metric="checks"), *both, *hidden, definitions=(SMEARS, further))
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in page_rows(blocks.primary_care(made))]
    assert rows[:2] == [["north", "2", "all", "–", "–"], ["west", "2", "checks", "smears", "–"]]
    assert rows[2:] == [["Smears", "G85001, G85002"], ["Checks", "G85001, G85002"]]


def test_of_many_metrics_as_much_is_drawn_as_a_page_has_room_for_and_of_each_the_same(monkeypatch):
    size = len(blocks.metrics(whole()).html.encode())
    rest = sum(len(part(whole()).html.encode()) for part in (blocks.primary_care, blocks.anchors, blocks.beside_place))
    found = []
    for room in (size, size - 1, size - 20_000, size - 30_000, 1):
        monkeypatch.setattr(metrics, "LARGEST_PAGE", room + rest + metrics.AROUND)
        page = BeautifulSoup(blocks.metrics(whole())._repr_html_(), "html.parser")
        drawn = "".join(one.get_text() for one in page.select("figcaption"))
        drawn = [words in drawn for words in ("quarter by quarter", "of deprivation", "of 3 networks")]
        found.append((drawn.count(True), len(page.select("table")) > 0, metrics.MANY in page.get_text()))
        assert drawn == sorted(drawn, reverse=True)  # funnels go before slopes, and slopes before lines
        assert "It shows the usual up and down" in page.get_text()
    assert found == [(3, True, False), (2, True, True), (1, True, True), (0, True, True), (0, False, True)]


def six_metrics():
    """Six metrics as the invented partnership has them: three of networks, one of one alone, a rate, and a value."""
    keys = ["metric-1", "metric-2", "metric-3", "alone", "admitted"]
    tables = [
        one
        for key in keys
        for one in (
            *series(*STEADY, 200, metric=key),
            table(axis=FIFTHS, groups=RISING | {"not known": (20, 50)}, metric=key),
            table(axis="ethnicity", groups=dict.fromkeys(AXES["ethnicity"].groups, (150, 300)), metric=key),
            *(
                table(who=f"network-{n}", groups={"": (40 + n, 210 + 7 * n)}, metric=key)
                for n in range(1, 10 if key != "alone" else 1)
            ),
        )
    ]
    definitions = [replace(SMEARS, metric=key, number=place) for place, key in enumerate(keys[:4], 1)]
    definitions += [replace(ADMITTED, number=5), replace(YEARS, number=6)]
    return of(*tables, *LIVED, definitions=definitions, anchors=PROMISES)


def test_the_finished_page_of_six_metrics_draws_every_slope_and_every_funnel():
    made, about = six_metrics(), blocks.ASSURANCE
    parts = (
        *(blocks.heading(made, about), blocks.headline(made, about), blocks.metrics(made), blocks.primary_care(made)),
        *(blocks.anchors(made), blocks.beside_place(made), blocks.coverage(made, about), blocks.glossary(made, about)),
    )
    cells = [new_output("execute_result", data={"text/html": part._repr_html_()}) for part in parts]
    page = to_html(new_notebook(cells=[new_code_cell("shown", outputs=[cell]) for cell in cells]))
    assert 400_000 < len(page.encode()) < LARGEST_PAGE
    found = [one.get_text() for one in BeautifulSoup(page, "html.parser").select("figcaption")]
    slopes, funnels = (
        [words in caption for caption in found].count(True) for words in ("by fifth of deprivation", "9 networks")
    )
    assert (slopes, funnels, len(found)) == (5, 4, 15)
    assert metrics.MANY not in page


def test_an_analyst_sees_each_rule_by_itself_the_funnels_limits_and_what_is_not_shown():
    found = one_metric.find(whole(300), "smears")
    rows = [[cell.get_text() for cell in row.find_all("td")] for row in page_rows(one_metric.rules_table(found))]
    assert rows[-1][2:] == ["met", "not met", "not met", "not met", "◆ beyond a limit, better"]
    assert all(row[2] == "not met" for row in rows[:-1])
    limits = {row.th.get_text(): row.get_text() for row in page_rows(one_metric.funnel_table(found))}
    # 0.3 +- 1.96 and 3.09 times the root of 0.3 x 0.7 / 250: 24% to 36%, and 21% to 39%.
    assert limits.keys() == {"north", "south", "east"} and "24% to 36%21% to 39%" in limits["north"]
    assert any(
        "west" in row.get_text() and "hidden" in row.get_text() for row in page_rows(one_metric.shown_table(found))
    )
    with pytest.raises(AskedError, match="'other' is no metric of 2026-27-Q2. Choose one of: smears"):
        one_metric.find(whole(), "other")


def page_rows(part):
    return BeautifulSoup(part._repr_html_(), "html.parser").select("tbody tr")
