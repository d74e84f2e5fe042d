"""What is suggested in place of a word that is not known: what was meant, or nothing."""

import pytest

from lt_analysis.codebook.characteristics import ALSO, BY_KEY
from lt_analysis.codebook.mistakes import choose

ORGANISATIONS = ["ashbourne", "nonesuch-hospitals", "lilliput-council", "avalon-gp-federation"]


@pytest.mark.parametrize(
    ("asked", "known", "meant"),
    [
        ("nonsuch", ORGANISATIONS, "nonesuch-hospitals"),
        ("Ashburn", ORGANISATIONS, "ashbourne"),
        ("avalon", ORGANISATIONS, "avalon-gp-federation"),
        ("rnu", ["check", "run"], "run"),
        ("['sex']", list(BY_KEY), "sex"),
        ("ethnicty", list(BY_KEY), "ethnicity"),
        ("women", ["Women", "Another sex"], "Women"),
        ("2026-27-q2", ["2026-27-Q1", "2026-27-Q2"], "2026-27-Q2"),
    ],
)
def test_what_was_meant_is_suggested(asked, known, meant):
    assert choose(asked, known).startswith(f"Did you mean {meant!r}? ")


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("gender", list(BY_KEY)),
        ("chart", ["compare", "counts", "exact", "characteristics"]),
        ("hospital", ["lilliput-council", "ashbourne"]),
        ("", ["run", "check"]),
        ("2031-32-Q1", ["2026-27-Q1", "2026-27-Q2"]),
    ],
)
def test_what_was_not_meant_is_not_suggested(asked, known):
    assert choose(asked, known) == f"Choose one of: {', '.join(known)}"


def test_every_other_word_for_a_characteristic_leads_to_one():
    assert {*ALSO.values()} <= {*BY_KEY}
    assert not {*ALSO} & {*BY_KEY}
