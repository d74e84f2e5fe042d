"""Whatever is published, few people cannot be told from more or fewer: proved by worlds, and tried by brute force."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.codebook.pay import LOWER_BANDS, UPPER_BANDS
from lt_analysis.release import protection
from lt_analysis.release.files import Ledger
from lt_analysis.release.keys import ALL_BANDS, KNOWN, PARTNERSHIP, table
from lt_analysis.release.people import FROM_APPLICATIONS, Reached, people_of
from lt_analysis.release.primary_suppression import hazards
from lt_analysis.release.protection import Standing
from lt_analysis.release.publishing import decide
from lt_analysis.release.system import linear_system
from lt_analysis.verification import Publication, attack, publication_of
from tests.release.enumeration import recovered
from tests.release.strategies import YEAR, YEAR_BEFORE, on_the_ledger, reader_of, returns

GROUPS = ("White", "BME", KNOWN)
BANDS = (LOWER_BANDS, UPPER_BANDS, ALL_BANDS)
FIVE = ("White", "Mixed", "Asian", "Black", "Other", "BME", KNOWN)
TRIED = settings(max_examples=12, derandomize=True)


def faults(decided):
    return list(decided.faults())


@TRIED
@given(rows=returns(("ashbourne",), most=2))
def test_of_one_organisations_year_no_reader_can_work_out_what_is_hidden(rows):
    people = people_of(rows, RECRUITMENT)
    decided = decide(people, table("ashbourne", ("ashbourne",), YEAR, GROUPS, BANDS, RECRUITMENT.keys), (), Ledger())
    assert (faults(decided), decided.refused) == ([], ())
    assert recovered(reader_of(people, decided.values.items())) == []


@TRIED
@given(data=st.data(), number=st.integers(2, 4))
def test_organisations_and_their_sum_are_protected_together(data, number):
    slugs = ("ashbourne", "beeches", "camelot", "dunwich")[:number]
    people = people_of(data.draw(returns(slugs, groups=("White", "Asian", "Black"))), RECRUITMENT)
    tables = [cell for slug in slugs for cell in table(slug, (slug,), YEAR, GROUPS, BANDS, RECRUITMENT.keys)]
    tables += table(PARTNERSHIP, slugs, YEAR, FIVE, ("8a", "8c", ALL_BANDS), RECRUITMENT.keys)
    decided = decide(people, tables, (), Ledger())
    assert (faults(decided), decided.refused) == ([], ())


@settings(TRIED, max_examples=4)
@given(rows=returns(("ashbourne",), (YEAR_BEFORE, YEAR), bands=(ALL_BANDS,), most=3), order=st.permutations(range(3)))
def test_years_and_their_sum_released_one_after_another_tell_no_more_than_each(rows, order):
    people, ledger = people_of(rows, RECRUITMENT), Ledger()
    spans = [(YEAR_BEFORE, YEAR, f"{YEAR_BEFORE}+{YEAR}")[place] for place in order]
    for span in spans:
        decided = decide(
            people, table("ashbourne", ("ashbourne",), span, GROUPS, (ALL_BANDS,), RECRUITMENT.keys), (), ledger
        )
        assert faults(decided) == []
        ledger = on_the_ledger(ledger, decided, span)
    said = [(entry.cell, entry.value) for entry in ledger.entries]
    assert recovered(reader_of(people, said)) == []


@settings(TRIED, max_examples=3)
@given(rows=returns(("ashbourne", "beeches"), ("2025-26-Q1", "2025-26-Q2"), bands=(ALL_BANDS,), most=2))
def test_a_quarter_that_was_reserved_is_kept_from_being_worked_out_until_it_is_released(rows):
    people, both = people_of(rows, RECRUITMENT), ("ashbourne", "beeches")
    first, second = (
        list(table(PARTNERSHIP, both, f"{YEAR}-{q}", GROUPS, (ALL_BANDS,), RECRUITMENT.keys)) for q in ("Q1", "Q2")
    )
    years = [cell for slug in both for cell in table(slug, (slug,), YEAR, GROUPS, (ALL_BANDS,), RECRUITMENT.keys)]
    before = decide(people, first, second, Ledger())
    after = decide(people, [*second, *years], (), on_the_ledger(Ledger(), before, f"{YEAR}-Q2"))
    assert (faults(before), before.refused) == ([], ())
    assert (faults(after), after.refused) == ([], ())
    said = [*before.values.items(), *after.values.items()]
    assert recovered(reader_of(people, said)) == []


@settings(TRIED, max_examples=40)
@given(rows=returns(("ashbourne",), bands=("8b",), most=40))
def test_of_a_year_of_larger_numbers_the_attacker_finds_nothing(rows):
    people = people_of(rows, RECRUITMENT)
    decided = decide(people, table("ashbourne", ("ashbourne",), YEAR, GROUPS, BANDS, RECRUITMENT.keys), (), Ledger())
    assert (faults(decided), decided.refused) == ([], ())
    assert attacked(decided) == []


def attacked(decided):
    """What a stranger finds out of what was decided, judged by the truth."""
    system = decided.certificate.system
    truth = {str(cell.key): int(system.counts[system.atoms_of(cell)].sum()) for cell in decided.values}
    found = Publication(())
    for members in dict.fromkeys(cell.members for cell in decided.values):
        shown = {str(cell.key): value for cell, value in decided.values.items() if cell.members == members}
        empty = [str(cell.key) for cell in decided.no_posts if cell.members == members]
        found = found.then(publication_of(shown, members, YEAR, empty))
    return list(attack(found, truth=truth).faults())


def test_a_number_that_follows_from_others_is_shown_or_is_not_known_however_large_it_is():
    # 4 of 24 BME people on shortlists were not appointed, so that the 20 who were are hidden: 28 less 8 would tell.
    rows = [
        Reached("ashbourne", YEAR, FROM_APPLICATIONS, "8b", "White", (41, 38, 8)),
        Reached("ashbourne", YEAR, FROM_APPLICATIONS, "8b", "BME", (27, 24, 20)),
    ]
    decided = decide(
        people_of(rows, RECRUITMENT),
        table("ashbourne", ("ashbourne",), YEAR, GROUPS, BANDS, RECRUITMENT.keys),
        (),
        Ledger(),
    )
    values = {str(cell.key): value for cell, value in decided.values.items()}
    assert values[f"ashbourne/{YEAR}/appointed/BME/8+"] is None
    assert None in (values[f"ashbourne/{YEAR}/appointed/White/8+"], values[f"ashbourne/{YEAR}/appointed/known/8+"])
    assert (faults(decided), attacked(decided)) == ([], [])


def test_a_hazard_that_was_not_asked_about_is_a_fault_whether_it_is_shown_or_hidden():
    rows = [
        Reached("ashbourne", YEAR, FROM_APPLICATIONS, ALL_BANDS, "White", (90, 40, 20)),
        Reached("ashbourne", YEAR, FROM_APPLICATIONS, ALL_BANDS, "BME", (80, 29, 3)),
    ]
    decided = decide(
        people_of(rows, RECRUITMENT),
        table("ashbourne", ("ashbourne",), YEAR, GROUPS, (ALL_BANDS,), RECRUITMENT.keys),
        (),
        Ledger(),
    )
    proof = decided.certificate
    (three,) = [one for one in proof.hazards if proof.system.values[one.cell] == 3]
    without = replace(proof, hazards=tuple(one for one in proof.hazards if one != three))
    assert "is not proved to be safe" in " ".join(replace(decided, certificate=without).faults())
    shown = replace(proof.protected, hidden=np.zeros_like(proof.protected.hidden))
    said = " ".join(replace(decided, certificate=replace(proof, protected=shown)).faults())
    assert f"ashbourne/{YEAR}/appointed/BME/8+ would be published, and says something of a few people" in said


def test_a_number_that_tells_of_people_another_number_counts_is_hidden_too():
    # Nobody of 9 BME people was appointed, so all appointed are White: both numbers say it.
    rows = [
        Reached("ashbourne", YEAR, FROM_APPLICATIONS, ALL_BANDS, "White", (90, 40, 20)),
        Reached("ashbourne", YEAR, FROM_APPLICATIONS, ALL_BANDS, "BME", (80, 9, 0)),
    ]
    decided = decide(
        people_of(rows, RECRUITMENT),
        table("ashbourne", ("ashbourne",), YEAR, GROUPS, (ALL_BANDS,), RECRUITMENT.keys),
        (),
        Ledger(),
    )
    shown = {str(cell.key).removeprefix(f"ashbourne/{YEAR}/"): value for cell, value in decided.values.items()}
    assert faults(decided) == []
    assert (shown["appointed/White/8+"], shown["appointed/BME/8+"]) == (None, None)


def hidden_of_the_partnership(decided):
    """What is hidden of the partnership at all bands together, without the year."""
    start, end = f"{PARTNERSHIP}/{YEAR}/", f"/{ALL_BANDS}"
    keys = [str(cell.key) for cell, value in decided.values.items() if value is None]
    return {key.removeprefix(start).removesuffix(end) for key in keys if key.startswith(start) and key.endswith(end)}


def test_what_a_board_came_for_is_not_hidden_where_other_numbers_can_be():
    # All 12 appointed at Ashbourne are BME people, and 3 at Beeches. Weighed by people it is cheapest to let the
    # partnership's White and BME people move with Ashbourne's; but Beeches can make up for them.
    rows = [
        Reached("ashbourne", YEAR, FROM_APPLICATIONS, "8a", "White", (60, 40, 0)),
        Reached("ashbourne", YEAR, FROM_APPLICATIONS, "8a", "BME", (60, 40, 12)),
        Reached("beeches", YEAR, FROM_APPLICATIONS, "8a", "White", (60, 40, 12)),
        Reached("beeches", YEAR, FROM_APPLICATIONS, "8a", "BME", (60, 40, 3)),
    ]
    both = ("ashbourne", "beeches")
    tables = [cell for slug in both for cell in table(slug, (slug,), YEAR, GROUPS, BANDS, stages=("appointed",))]
    tables += table(PARTNERSHIP, both, YEAR, GROUPS, ("8a", "8c", ALL_BANDS), stages=("appointed",))
    decided = decide(people_of(rows, RECRUITMENT), tables, (), Ledger())
    assert hidden_of_the_partnership(decided) == set()
    assert (faults(decided), decided.refused, attacked(decided)) == ([], (), [])


def test_what_a_board_came_for_is_hidden_where_a_few_people_have_no_world_otherwise():
    # With White people and all people shown, the 3 BME people appointed would be what is left.
    rows = [
        Reached(slug, YEAR, FROM_APPLICATIONS, "8a", group, (60, 40, appointed))
        for slug in ("ashbourne", "beeches")
        for group, appointed in (("White", 12), ("BME", 3 if slug == "beeches" else 0))
    ]
    decided = decide(
        people_of(rows, RECRUITMENT),
        table(PARTNERSHIP, ("ashbourne", "beeches"), YEAR, GROUPS, (ALL_BANDS,), RECRUITMENT.keys),
        (),
        Ledger(),
    )
    assert hidden_of_the_partnership(decided) == {"appointed/BME", "appointed/White"}
    assert (faults(decided), decided.refused, attacked(decided)) == ([], (), [])


class Asked:
    """A solver that finds no move, and notes what it was given and which rows it was asked for."""

    def __init__(self, rows, counts, empty, cost, most_fall, columns):
        self.cost, self.columns, self.rows = cost.tolist(), columns.tolist(), []
        self.noted.append(self)

    def to(self, row, least, greatest):
        self.rows += [row] if row not in self.rows else []


def asked(monkeypatch, rows):
    """What a search asks of its solvers, one after another, and the hazards: all by place, and no number of people."""
    noted = []
    monkeypatch.setattr(protection, "Moves", type("Asked", (Asked,), {"noted": noted}))
    people, slugs = people_of(rows, RECRUITMENT), sorted({row.organisation for row in rows})
    cells = [cell for slug in slugs for cell in table(slug, (slug,), YEAR, GROUPS, BANDS, RECRUITMENT.keys)]
    cells += table(PARTNERSHIP, slugs, YEAR, FIVE, ("8a", "8c", ALL_BANDS), RECRUITMENT.keys)
    system = linear_system(people.counts, people.empty, cells)
    found = hazards(system)
    protection.protect(system, found, Standing.nothing(system))
    return found, [(one.cost, one.columns, one.rows) for one in noted]


LARGE = st.tuples(*[st.integers(20, 400)] * 3).map(lambda some: (sum(some), some[0] + some[1], some[0]))


@settings(max_examples=25, derandomize=True, phases=(Phase.generate,))
@given(data=st.data())
def test_neither_cost_nor_order_hangs_on_how_many_people_there_are(data):
    # Five organisations, so that there are two parts of them; at two of them 1 to 4 Asian people are appointed.
    slugs = ("ashbourne", "beeches", "camelot", "dunwich", "ely")
    few = {("beeches", "8a"), ("ely", "8c")}
    places = [(slug, band, group) for slug in slugs for band in ("8a", "8c") for group in ("White", "Asian")]

    def rows():
        for slug, band, group in places:
            applied, shortlisted, appointed = data.draw(LARGE)
            if group == "Asian" and (slug, band) in few:
                appointed = data.draw(st.integers(1, 4))
            yield Reached(slug, YEAR, FROM_APPLICATIONS, band, group, (applied, shortlisted, appointed))

    with pytest.MonkeyPatch.context() as monkeypatch:
        (found, one), (others, other) = (asked(monkeypatch, list(rows())) for _ in range(2))
    assert found == others
    assert len({tuple(columns) for _, columns, _ in one}) > 2
    assert any(len(rows) > 1 for _, _, rows in one)
    assert one == other
