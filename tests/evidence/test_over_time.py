"""The table of evidence since the start, from draws in a real database."""

from datetime import timedelta
from itertools import product

import duckdb
import pytest

from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.over_time import (
    NUMBERS_OF_DRAWS,
    PARTNERSHIP_SCOPE,
    Others,
    SentShortlist,
    estimate_over_time,
    looks_until,
    unknown_holds,
)
from lt_analysis.evidence.since_start import Shortlist, since_start

PROTOCOL = declared_protocol()
FIRST = PROTOCOL.start.quarters[0]
NUMBERS = (*NUMBERS_OF_DRAWS, *(f"first_{name}" for name in NUMBERS_OF_DRAWS), "unread_pool", "unread_chosen")
QUARTERS = looks_until(Quarter.parse("2024-25-Q4"), PROTOCOL)


@pytest.fixture
def audit():
    """An open audit with an empty table of draws."""
    with duckdb.connect() as connection:
        text = ("organisation", "stage", "group_name", "basis", "campaign", "vacancy")
        columns = [f"{name} VARCHAR" for name in text] + [f"{name} BIGINT" for name in NUMBERS]
        connection.execute(f"CREATE TABLE draws ({', '.join(columns)}, closed_on DATE)")
        yield connection


def put(audit, organisation, quarter, draw, times=1, unread=(0, 0), **changes):
    row = {"stage": "appointment", "group_name": "BME", "basis": "vacancy", "campaign": "none"} | changes
    for place in range(times):
        audit.execute(
            f"INSERT INTO draws VALUES ({', '.join('?' * 21)})",
            [
                *(organisation, *row.values(), f"V{place}", *(*draw, *unread) * 2, *unread),
                quarter.first_day + timedelta(5),
            ],
        )


def look(audit, scope, quarter, stage="appointment"):
    asked = [scope, stage, str(quarter)]
    found = audit.execute("FROM since_start WHERE scope = ? AND stage = ? AND look = ?", asked)
    return dict(zip([column[0] for column in found.description], found.fetchone(), strict=True))


def test_the_partnership_gathers_the_shortlists_of_all_its_organisations(audit):
    for name in ("ashbourne", "beeches"):
        put(audit, name, FIRST, (4, 2, 1, 0), times=20)
    estimate_over_time(audit, QUARTERS[-1], dict.fromkeys(("ashbourne", "beeches"), QUARTERS), PROTOCOL)
    alone, together = (look(audit, scope, QUARTERS[-1]) for scope in ("ashbourne", PARTNERSHIP_SCOPE))
    assert (alone["shortlists"], together["shortlists"]) == (20, 40)
    assert together["e_value"] > alone["e_value"]
    assert together["strength"] == "very strong evidence"


def test_each_organisation_is_marked_where_it_stands_in_the_family_of_all(audit):
    # Of five organisations one has all its posts against it: its e-value must reach 5 / .025 to stand alone.
    names = ("ashbourne", "beeches", "cedars", "dell", "elms")
    put(audit, "ashbourne", FIRST, (4, 2, 1, 0), times=40)
    put(audit, "beeches", FIRST, (4, 2, 1, 0), times=9)
    estimate_over_time(audit, QUARTERS[-1], dict.fromkeys(names, QUARTERS), PROTOCOL)
    assert look(audit, "ashbourne", QUARTERS[-1])["e_value"] > 200 > look(audit, "beeches", QUARTERS[-1])["e_value"]
    assert [look(audit, name, QUARTERS[-1])["stands"] for name in names] == [True, False, False, False, False]
    assert look(audit, PARTNERSHIP_SCOPE, QUARTERS[-1])["stands"] is None


def test_campaigns_totals_other_groups_and_other_stages_are_not_in_it(audit):
    for other in ({"campaign": "bulk"}, {"basis": "totals"}, {"group_name": "Black"}, {"stage": "shortlisting"}):
        put(audit, "ashbourne", FIRST, (4, 2, 1, 0), times=5, **other)
    estimate_over_time(audit, QUARTERS[-1], {"ashbourne": QUARTERS}, PROTOCOL)
    assert look(audit, "ashbourne", QUARTERS[-1])["shortlists"] == 0
    assert look(audit, "ashbourne", QUARTERS[-1], "shortlisting")["shortlists"] == 5


def test_each_stage_has_evidence_of_its_own(audit):
    put(audit, "ashbourne", FIRST, (4, 2, 1, 0), times=40)
    put(audit, "ashbourne", FIRST, (20, 10, 4, 2), times=40, stage="shortlisting")
    estimate_over_time(audit, QUARTERS[-1], {"ashbourne": QUARTERS}, PROTOCOL)
    words = {
        stage: look(audit, "ashbourne", QUARTERS[-1], stage)["strength"] for stage in ("appointment", "shortlisting")
    }
    assert words == {"appointment": "very strong evidence", "shortlisting": "unclear whether chances differ"}
    assert audit.execute("SELECT stage FROM evidence_ledger WHERE scope = 'ashbourne' ORDER BY ALL").fetchall() == [
        ("appointment",),
        ("shortlisting",),
    ]


def test_returns_that_were_not_received_take_the_strength_word_away(audit):
    put(audit, "ashbourne", FIRST, (4, 2, 1, 0), times=40)
    # Counted are the shortlists of all quarters but the last two: 10, of which 8 or 7 were sent.
    for sent, words in ((QUARTERS[:8], "very strong evidence"), (QUARTERS[:7], "too few returns to tell")):
        estimate_over_time(audit, QUARTERS[-1], {"ashbourne": sent}, PROTOCOL)
        assert look(audit, "ashbourne", QUARTERS[-1])["strength"] == words


def test_an_organisation_that_sends_totals_only_counts_as_returns_that_are_missing(audit):
    put(audit, "ashbourne", FIRST, (4, 2, 1, 0), times=40)
    estimate_over_time(audit, QUARTERS[-1], {"ashbourne": QUARTERS, "camelot": []}, PROTOCOL)
    assert look(audit, PARTNERSHIP_SCOPE, QUARTERS[-1])["strength"] == "too few returns to tell"


def test_a_correction_changes_every_look_and_what_was_said_stays_beside_what_is_said_anew(audit):
    put(audit, "ashbourne", FIRST, (4, 2, 1, 0), times=40)
    before, after = QUARTERS[-2:]
    estimate_over_time(audit, before, {"ashbourne": QUARTERS}, PROTOCOL)
    own = "FROM evidence_ledger WHERE scope = 'ashbourne' AND stage = 'appointment'"
    said = audit.execute(f"SELECT e_value, strength {own}").fetchall()
    assert said == [(look(audit, "ashbourne", before)["e_value"], "very strong evidence")]
    audit.execute("UPDATE draws SET chosen_in_group = 1, first_chosen_in_group = 1 WHERE vacancy < 'V3'")
    for _ in ("once", "again, with nothing new to say"):
        estimate_over_time(audit, after, {"ashbourne": QUARTERS}, PROTOCOL)
    assert look(audit, "ashbourne", before)["e_value"] < 10
    in_order = f"SELECT look, e_value {own} ORDER BY look, number"
    in_the_end = (str(after), look(audit, "ashbourne", after)["e_value"])
    assert audit.execute(in_order).fetchall() == [(str(before), said[0][0]), in_the_end]
    estimate_over_time(audit, before, {"ashbourne": QUARTERS}, PROTOCOL)  # the look itself is run again
    anew = (str(before), look(audit, "ashbourne", before)["e_value"])
    assert audit.execute(in_order).fetchall() == [(str(before), said[0][0]), anew, in_the_end]


def test_before_the_declared_start_there_is_no_look(audit):
    put(audit, "ashbourne", FIRST, (4, 2, 1, 0))
    estimate_over_time(audit, FIRST.previous, {"ashbourne": QUARTERS}, PROTOCOL)
    assert audit.execute("SELECT count(*) FROM since_start").fetchone() == (0,)


def test_what_could_not_be_read_takes_the_weaker_evidence_of_both_ends(audit):
    put(audit, "ashbourne", FIRST, (4, 2, 1, 0), times=20)
    put(audit, "beeches", FIRST, (4, 2, 1, 0), times=20, unread=(1, 1))
    put(audit, "cedars", FIRST, (4, 2, 1, 0), times=20, unread=(1, 0))
    estimate_over_time(audit, QUARTERS[-1], dict.fromkeys(("ashbourne", "beeches", "cedars"), QUARTERS), PROTOCOL)
    known, chosen, not_chosen = (
        look(audit, slug, QUARTERS[-1])["e_value"] for slug in ("ashbourne", "beeches", "cedars")
    )
    # Had the unread person been of the group and chosen each time, half of those chosen were of it.
    assert known > 20 > 2 > chosen
    assert chosen < not_chosen <= known


def holds(draw, unknown, number=60):
    """Of how many of those who did not say the words do not hang, where each of so many posts is alike."""
    sent = [SentShortlist(Shortlist(FIRST, draw, draw), unknown=unknown, first_unknown=unknown)] * number
    (at_look,) = since_start([one.known for one in sent], [QUARTERS[-1]], [1.0], PROTOCOL)
    return unknown_holds(sent, at_look, PROTOCOL)


@pytest.mark.parametrize(
    ("unknown", "share"),
    [
        ((0, 0), 1.0),  # nobody
        ((1, 0), 1.0),  # not chosen, of whom the group had none: whichever they are, none of it was chosen
        ((1, 1), 0.5),  # chosen beside the one who was: were all of the group, it had half of those chosen
    ],
)
def test_of_how_many_who_did_not_say_their_ethnicity_the_words_do_not_hang(unknown, share):
    assert holds(Draw(4, 2, 1, 0), Others(*unknown)) == share


def test_where_no_assignment_of_a_few_changes_the_words_the_item_says_so_of_all():
    # Every way in which three people of unknown ethnicity, one of them chosen, could be of either group.
    draws = [Draw(4, 2, 1, 0)] * 40
    sent = [SentShortlist(Shortlist(FIRST, draw, draw)) for draw in draws]
    sent[:3] = [one._replace(unknown=who, first_unknown=who) for one, who in zip(sent, THREE, strict=False)]
    (at_look,) = since_start([one.known for one in sent], [QUARTERS[-1]], [1.0], PROTOCOL)
    words = set()
    for of_group in product((0, 1), repeat=3):
        with_them = [
            Draw(draw.pool + 1, draw.pool_in_group + own, draw.chosen + who.successful, own * who.successful)
            for draw, own, who in zip(draws, of_group, THREE, strict=False)
        ]
        known = [Shortlist(FIRST, draw, draw) for draw in (*with_them, *draws[3:])]
        (there,) = since_start(known, [QUARTERS[-1]], [1.0], PROTOCOL)
        words.add(there.strength.words)
    assert (unknown_holds(sent, at_look, PROTOCOL) == 1.0) == (words == {at_look.strength.words})


THREE = (Others(1, 1), Others(1, 0), Others(1, 0))
