"""What the partnership asks of metrics: a further metric is a row, and each fault of the list has one message."""

from datetime import date

import pytest

from lt_analysis.codebook.metrics import Asked, Membership
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.collection.asked import COLUMNS, read_asked
from lt_analysis.collection.finding import misnamed_folders, organisation_names
from tests import making
from tests.making import A_METRIC, A_VALUE

ROW = {"practice": "G85001", "network": "north", "registered": "9000", "since": "2025-04-01"}


def test_a_list_is_read_in_its_order_and_there_need_be_none(project):
    assert read_asked(project) == Asked()
    making.asked(project)
    pressure, expectancy = read_asked(project).metrics
    assert (pressure.number, pressure.unit, pressure.target, pressure.seasonal) == (1, "share", 0.8, False)
    assert pressure.axes["sex"] == ("female", "male") and len(pressure.axes["deprivation tenth"]) == 10
    assert pressure.groups("White and BME") == ("White", "BME", "Unknown")
    assert (expectancy.number, expectancy.key) == (2, "life-expectancy")
    assert organisation_names(project) == [] and misnamed_folders(project) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"good": None}, "setting metrics.m.good: "),
        ({"axes": {"income": "all"}}, "setting metrics.m.axes: an axis is none of: deprivation tenth"),
        ({"axes": {"sex": ["male"]}}, "the groups of sex are `all`, or two or more of: female, male"),
        (
            {"axes": {"ethnicity": "all", "White and BME": "all"}},
            "ethnicity is asked, so White and BME follows from it: take that out",
        ),
        ({"unit": "rate"}, "setting metrics.m: a rate says `per` how many people it is"),
        ({"target": 80}, "the target of a share is between 0 and 1"),
        ({"owner": "x"}, "setting metrics.m.owner: the audit has no such setting"),
        ({"question": "Why?"}, "setting metrics.m.question: "),
        ({"rebase": {"2026-27-Q1": None}}, "setting metrics.m.rebase: say why, in 10 to 120 letters and without |"),
        ({"rebase": {"2026-27-Q1": "New | old"}}, "setting metrics.m.rebase: say why, in 10 to 120 letters"),
        ({"rebase": {"2026-27-Q5": "Readings at home count"}}, "setting metrics.m.rebase: limits are calculated anew "),
        ({"rebase": {"April": "Readings at home count"}}, "from a quarter, as 2026-27-Q2"),
        ({"name": "n" * 41}, "setting metrics.m.name: "),
    ],
)
def test_what_is_wrong_with_the_list_is_said_by_its_setting(project, changes, said):
    making.asked(project, m=A_METRIC | changes)
    with pytest.raises(RawDataError) as raised:
        read_asked(project)
    assert said in str(raised.value) and raised.value.file == "partnership/metrics.yml"


def test_a_metric_without_a_direction_is_refused_by_its_key(project):
    making.asked(project, m={name: value for name, value in A_VALUE.items() if name != "good"})
    with pytest.raises(RawDataError, match=r"setting metrics\.m\.good: it is missing"):
        read_asked(project)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([ROW | {"practice": "Dr Never"}], "row 2, column practice: it is no code of a practice"),
        ([ROW | {"network": "North 1"}], "row 2, column network: the network's name cannot be used"),
        ([ROW | {"network": "partnership"}], "row 2, column network: the network's name cannot be used"),
        ([ROW | {"registered": "9,000"}], "row 2, column registered: it is no number of registered people"),
        ([ROW | {"since": ""}], "row 2, column since: the cell is empty"),
        ([ROW | {"since": "April"}], "row 2, column since: it is not a date"),
        ([ROW, ROW], "row 3, column practice: this practice already stands in an earlier row"),
    ],
)
def test_what_is_wrong_with_networks_is_said_by_row_and_column_and_no_cell_is_quoted(project, rows, said):
    making.asked(project, *rows)
    with pytest.raises(RawDataError) as raised:
        read_asked(project)
    assert said in str(raised.value) and raised.value.file == "partnership/networks.csv" and raised.value.remedy
    assert "Never" not in str(raised.value)


def test_networks_are_frozen_for_a_financial_year_and_who_moved_within_it_is_known():
    rows = [("a", "north", 2025, 1), ("a", "south", 2026, 6), ("b", "south", 2026, 6), ("c", "north", 2026, 4)]
    asked = Asked(memberships=tuple(Membership(one, of, 9, date(year, month, 1)) for one, of, year, month in rows))
    networks = {text: asked.networks(Quarter.parse(text)) for text in ("2026-27-Q1", "2026-27-Q4", "2027-28-Q1")}
    named = {text: {one: row.network for one, row in found.items()} for text, found in networks.items()}
    assert named["2026-27-Q1"] == named["2026-27-Q4"] == {"a": "north", "b": "south", "c": "north"}
    assert named["2027-28-Q1"]["a"] == "south"
    assert asked.moved_within(FinancialYear(2026)) == ("a",)
    assert COLUMNS == ("practice", "network", "registered", "since")
