"""A stage counts as reached where its cell shows a day, and not where it says that it was not reached."""

import pytest

from tests import making
from tests.collection.test_collect import kept, only_receipt, send

QUARTER = making.parse_period("2026-27-Q2")
PEOPLE = [("C", 3), ("C", 1), ("H", 3), ("H", 1)]


def rows(cell, number=12):
    """Twelve posts; of the first, the last person's cell says something of being shortlisted."""
    found = [row for name in range(number) for row in making.vacancy(QUARTER, f"V{name}", PEOPLE)]
    found[3] |= {"shortlisted_on": cell}
    return found


@pytest.mark.parametrize(
    "cell",
    [
        *("Not shortlisted (score 12)", "No - scored 3/10", "Not shortlisted 02/08/2026", "Never, 3", "None of 4"),
        *("unsuccessful 12/8", "Un-appointable: 3", "Rejected 12/08/2026", "Withdrew 3 Aug", "withdrawn 3 Aug"),
        *(
            "Failed 3 of 5",
            "wasn't shortlisted 3",
            "didn\u2019t meet 2 criteria",
            "Ineligible (2)",
            "DNA 12/08",
            "N/A 12",
        ),
        *("sifted out 12/8", "TBC 12 August", "awaiting panel 3", "\u2717 12", "cancelled 12/08", "insufficient: 3"),
        *("9999", "1", "12", "(7)", "12%", "0.5", "1782864000", "99999"),
    ],
)
@pytest.mark.parametrize("sifted", [False, True])
@pytest.mark.one_in(5)
def test_a_word_of_denial_or_a_mere_number_shows_nothing(project, monkeypatch, cell, sifted):
    monkeypatch.setattr("lt_analysis.collection.large_files.LARGE", 0 if sifted else 1 << 30)
    send(project, rows(cell))
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.rejected, receipt.posts_aside) == (44, 4, 1)
    (problem,) = receipt.problems
    assert (problem.row, problem.column) == (5, "shortlisted_on")
    assert "leave the cell empty where the stage was not reached" in problem.remedy


@pytest.mark.parametrize("cell", ["Not shortlisted (score 12)", "9999", "Rejected 12/08"])
def test_where_everybody_who_was_not_shortlisted_has_one_nothing_counts(project, cell):
    everybody = [row | {"shortlisted_on": row["shortlisted_on"] or cell} for row in rows("")]
    send(project, everybody)
    assert only_receipt(project).refusal


@pytest.mark.parametrize(
    "cell",
    [
        *("31/31/2026", "in week 31", "12 Octember", "46210", "46210.5", "20260731", "31072026", "09:30", "31/07/26"),
        *("Unit 12", "under review 12/8", "University, 3 August", "until 12 August", "Notts 12 July", "w/c 12 Aug"),
    ],
)
def test_a_cell_with_digits_beside_other_things_shows_that_it_was_reached(project, cell):
    send(project, rows(cell))
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.unread, receipt.posts_aside) == (48, 1, 0)
    assert kept(project)["stage"][3] == "shortlisted"


def test_a_denial_beside_a_later_stage_denies_nothing(project):
    sent = rows("")
    sent[0] |= {"shortlisted_on": "not 3"}
    send(project, sent)
    assert (only_receipt(project).accepted, kept(project)["stage"][0]) == (48, "interviewed")


@pytest.mark.parametrize(
    ("cell", "posts_aside"), [("Declined 02/08", 0), ("refused, 3 Aug", 0), ("Not declined 02/08", 1), ("no 3", 1)]
)
def test_a_word_of_declining_shows_that_an_offer_was_declined(project, cell, posts_aside):
    sent = rows("")
    sent[0] |= {"declined_on": cell}
    send(project, sent)
    assert only_receipt(project).posts_aside == posts_aside
    assert posts_aside or kept(project)["stage"][0] == "offered"
