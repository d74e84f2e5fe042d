"""Totals of which a grade lacks a group would say of the others what is not so."""

import pytest

from tests.collection.test_collect import only_receipt, send

TOTALS = ("grade", "ethnicity", "applied", "shortlisted", "offered")


def receipt_of(project, groups):
    """The receipt of totals: for each grade the groups that it has a row of."""
    rows = [
        dict(zip(TOTALS, (grade, group, 90, 20, 3), strict=True)) for grade, names in groups.items() for group in names
    ]
    send(project, rows, name="stage-totals.csv", columns=TOTALS, grades="totals only")
    return only_receipt(project)


@pytest.mark.parametrize(
    ("groups", "grade", "missing"),
    [
        ({"8a": ["White", "BME"], "8b": ["White"]}, "8b", "BME"),
        ({"8a": ["White", "BME"], "8b": ["White", "BME"], "8c": ["BME", "Unknown"]}, "8c", "White"),
        ({"8a": ["White", "Asian", "Mixed", "Black", "Other"], "8b": ["White", "Asian", "Mixed"]}, "8b", "Black"),
        ({"8a": ["White", "Asian", "Mixed"], "8b": ["White", "Asian", "Mixed", "Other"]}, "8a", "Other"),
        ({"8a": ["A", "B", "H", "N"], "8b": ["A", "B", "H"]}, "8b", "N"),
        ({"8a": ["A", "B", "H", "N"], "8b": ["A", "H", "N"]}, "8b", "B"),
        ({"8a": ["White", "Asian", "Black"], "8b": ["White", "H"]}, "8b", "Black"),
        ({"8a": ["White", "BME"], "medical": ["Unknown"]}, "medical", "White"),
        ({"8a": ["White", "BME"], "8b": ["White", "Asian"], "8c": ["White", "Asian", "Black"]}, "8b", "Black"),
    ],
)
def test_a_grade_without_a_group_refuses_the_totals(project, groups, grade, missing):
    refusal = only_of(receipt_of(project, groups))
    assert f"at {grade} there is no row of {missing} people" in str(refusal)
    assert f"Add a row of {missing} people at {grade}, with 0 where there was nobody" in refusal.remedy


def only_of(receipt):
    assert receipt.refusal
    return receipt.refusal


@pytest.mark.parametrize(
    "groups",
    [
        {"8a": ["White", "BME"], "8b": ["White", "BME", "Unknown"]},
        {"8a": ["White", "BME"], "8b": ["White", "Asian", "Black"]},
        {"8a": ["White", "Asian", "Black"], "8b": ["White", "H", "N"]},
        {"8a": ["White", "Asian"], "8b": ["A", "BME"]},
        {"8a": ["C", "H"], "8b": ["CP", "H"]},
    ],
)
def test_a_group_may_be_told_whole_or_in_parts(project, groups):
    assert receipt_of(project, groups).refusal is None


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        (["White", "Asian", "Mixed"], "no row is about Black and Other people"),
        (["White", "H", "N", "D"], "no row is about Other people"),
        (["White", "Asian", "Mixed", "Black", "Other"], ""),
        (["White", "BME"], ""),
    ],
)
def test_groups_that_no_grade_has_are_said(project, groups, said):
    remarks = " ".join(receipt_of(project, {"8a": groups}).read.remarks)
    assert ("no row is about" in remarks) == bool(said)
    assert said in remarks
