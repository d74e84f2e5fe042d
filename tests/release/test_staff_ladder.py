"""Tables of staff: which are due, what everybody knows of them, and what must not follow from them."""

from itertools import product
from random import Random

import pytest

from lt_analysis.codebook.ethnicity import FIVE_GROUPS
from lt_analysis.codebook.measures import (
    CHAINS,
    CHAINS_OF_STAFF,
    EVERYBODY_SO_FAR,
    JOINED,
    OF_CAPABILITY,
    OF_DISCIPLINE,
    OF_LEAVING,
    OF_TRAINING,
    RECRUITMENT,
)
from lt_analysis.codebook.periods import FinancialYear, Quarter, StaffDay
from lt_analysis.release.files import Ledger, Published
from lt_analysis.release.keys import Cell, Key
from lt_analysis.release.ladder import given_numbers, staff_ladder
from lt_analysis.release.people import FROM_APPLICATIONS, People, Reached, people_of
from lt_analysis.release.primary_suppression import Hazard
from lt_analysis.release.publishing import decide
from lt_analysis.release.quarter import decide_tables
from lt_analysis.verification import attack, publication_of
from lt_analysis.verification.printed import PrintedFigure, counts_that_fit
from lt_analysis.verification.verdicts import SMALL, Attack, Hidden

DAY = StaffDay(FinancialYear(2025))
LATEST = Quarter.parse("2026-27-Q1")
SLUGS = ("ashbourne", "beeches", "camelot", "dunwich", "erewhon")
# Of each group and kind of band: staff of the day, of them to whom it happened, and those who joined later.
MANY = (60, 20, 6)
NEW_STAFF = {}  # of each organisation, group and kind of band: how many were new, and how many of these left


def staff(
    numbers=None, chains=CHAINS_OF_STAFF, slugs=SLUGS, groups=FIVE_GROUPS, cuts=("1-7", "8+"), new=NEW_STAFF
) -> People:
    """People of some organisations, as many of each group and cut unless `numbers`, or `new`, says otherwise."""
    numbers, everybody = numbers or {}, People.nobody()
    for chain in chains:
        rows = []
        for slug in slugs:
            for group in groups:
                for cut in cuts:
                    people, reached, joined = numbers.get((slug, chain.key, group, cut), MANY)
                    of_new = new.get((slug, group, cut), (min(people, 20), min(reached, 8))) if chain.of_new else ()
                    rows.append(Reached(slug, str(DAY), "", cut, group, (people, reached), (joined,), of_new))
        everybody = everybody.with_more(people_of(rows, chain))
    return everybody


def due(people: People, chain=OF_DISCIPLINE):
    return staff_ladder(DAY, people, Ledger(), chain)


def keys(cells, who: str) -> set[str]:
    return {"/".join(cell.key[2:]) for cell in cells if cell.key.who == who}


def decided(people: People, chain=OF_DISCIPLINE):
    own, wanted = people.of_chain(chain), due(people, chain)
    return decide(own, wanted.tables, wanted.reserved, Ledger(), given_numbers(DAY, own, chain))


def test_an_organisation_has_white_and_bme_staff_and_the_partnership_every_group_by_kind_of_band():
    cells = due(staff()).tables
    stages, two = ("staff", "disciplined"), ("White", "BME", "known")
    assert keys(cells, "ashbourne") == {f"{stage}/{group}/all" for stage in stages for group in two}
    every = (*FIVE_GROUPS, "BME", "known")
    assert keys(cells, "partnership") == {
        f"{stage}/{group}/{cut}" for stage in stages for group in every for cut in ("all", "1-7", "8+")
    }


def test_staff_of_whom_there_are_few_are_in_no_table():
    few = {("ashbourne", chain.key, group, "8+"): (0, 0, 0) for chain in CHAINS_OF_STAFF for group in FIVE_GROUPS}
    few |= {("ashbourne", chain.key, "White", "1-7"): (4, 1, 0) for chain in CHAINS_OF_STAFF}
    cells = due(staff(few, slugs=(*SLUGS, "foulness"))).tables
    assert not keys(cells, "ashbourne")
    assert {cell.members for cell in cells if cell.key.who == "partnership"} == {(*SLUGS[1:], "foulness")}


@pytest.mark.parametrize(("cut", "staff_of_other"), [("1-7", 0), ("8+", 4)])
def test_a_kind_of_band_stands_only_where_enough_organisations_have_enough_staff_in_every_one(cut, staff_of_other):
    few = {
        (slug, chain.key, group, cut): (staff_of_other if slug == "ashbourne" else 0, 0, 0)
        for slug in SLUGS
        for chain in CHAINS_OF_STAFF
        for group in FIVE_GROUPS
    }
    shown = {cell.key.cut for cell in due(staff(few)).tables if cell.key.who == "partnership"}
    assert shown == ({"all"} if staff_of_other else {"all", "8+"})


def test_where_few_organisations_have_doctors_band_8_and_above_stands_alone_beside_all_staff():
    none = {
        (slug, chain.key, group, "medical"): (0, 0, 0)
        for slug in SLUGS[2:]
        for chain in CHAINS_OF_STAFF
        for group in FIVE_GROUPS
    }
    people = staff(none, cuts=("1-7", "8+", "medical"))
    cells = [cell for cell in due(people).tables if cell.key.who == "partnership"]
    # Every group of all staff, and of Band 8 and above the two groups alone.
    assert {cell.key.cut for cell in cells} == {"all", "8+"}
    assert {cell.key.group for cell in cells if cell.key.cut == "8+"} == {"White", "BME", "known"}
    found = decided(people)
    assert list(found.faults()) == []
    values = {str(cell.key): value for cell, value in found.values.items()}
    assert values[f"partnership/{DAY}/disciplined/BME/8+"] is not None
    assert not attack(publication_of(values, SLUGS)).succeeded
    # Where doctors are all that Band 8 and above leaves, and few employ them, it stands neither.
    below = {
        (slug, chain.key, group, "1-7"): (0, 0, 0)
        for slug in SLUGS
        for chain in CHAINS_OF_STAFF
        for group in FIVE_GROUPS
    }
    cells = due(staff(none | below, cuts=("1-7", "8+", "medical"))).tables
    assert {cell.key.cut for cell in cells if cell.key.who == "partnership"} == {"all"}


def test_fewer_than_five_organisations_have_no_table_together():
    assert not keys(due(staff(slugs=SLUGS[:4])).tables, "partnership")


def test_a_chain_that_is_not_known_of_all_costs_the_fewest_tables_and_staff_are_the_same_throughout():
    def together(people):
        tables = {chain: due(people, chain).tables for chain in CHAINS_OF_STAFF}
        return {
            chain: {cell.members for cell in cells if cell.key.who == "partnership"} for chain, cells in tables.items()
        }

    others = tuple(chain for chain in CHAINS_OF_STAFF if chain != OF_DISCIPLINE)
    # One of six lacks a chain: to leave it out costs it every table, to leave the chain out costs all others one.
    six = (*SLUGS, "foulness")
    found = together(staff(slugs=six[1:]).with_more(staff(chains=others, slugs=six[:1])))
    assert found == dict.fromkeys(CHAINS_OF_STAFF, {six[1:]})
    # Where that would leave fewer than five, the chain has no table of the partnership, and others have all.
    found = together(staff(slugs=SLUGS[1:]).with_more(staff(chains=others, slugs=SLUGS[:1])))
    assert found == dict.fromkeys(others, {SLUGS}) | {OF_DISCIPLINE: set()}


def test_how_many_staff_there_are_is_the_same_in_every_world_and_a_few_who_entered_are_hidden():
    few = {("ashbourne", OF_DISCIPLINE.key, "White", "1-7"): (60, 3, 6)}
    few |= {("ashbourne", OF_DISCIPLINE.key, "White", "8+"): (60, 0, 6)}
    found = decided(staff(few))
    assert list(found.faults()) == []
    system = found.certificate.system
    assert len(found.certificate.protected.worlds)
    for world in found.certificate.protected.worlds:
        moved = system.sums @ world != 0
        assert not {system.cells[row].key.stage for row in moved.nonzero()[0]} & {"staff", "disciplined.ever"}
    values = {str(cell.key): value for cell, value in found.values.items()}
    assert values[f"ashbourne/{DAY}/disciplined/White/all"] is None
    assert values[f"ashbourne/{DAY}/staff/White/all"] == 120
    truth = {str(cell.key): system.values[system.place[str(cell.key)]] for cell in found.values}
    public = publication_of({key: value for key, value in values.items() if "partnership" not in key}, SLUGS)
    assert not attack(public, truth=truth).succeeded


def leaving(new):
    """What is decided of all who left and of new staff who did, and what it is in truth."""
    people = staff(chains=(OF_LEAVING,), new=new)
    found = decided(people, OF_LEAVING)
    assert list(found.faults()) == []
    system = found.certificate.system
    truth = {str(cell.key): int(system.values[system.place[str(cell.key)]]) for cell in found.values}
    return {str(cell.key): value for cell, value in found.values.items()}, truth


def test_of_new_staff_white_and_bme_people_are_told_and_no_kind_of_band():
    cells = due(staff(), OF_LEAVING).tables
    two = ("White", "BME", "known")
    assert {one for one in keys(cells, "partnership") if one.startswith("new")} == {
        f"{stage}/{group}/all" for stage in ("new", "new-left") for group in two
    }
    assert {one for one in keys(cells, "ashbourne") if one.startswith("left")} == {f"left/{group}/all" for group in two}
    values, truth = leaving({})
    assert values[f"ashbourne/{DAY}/new/White/all"] == 40 and values[f"ashbourne/{DAY}/new-left/White/all"] == 16
    assert values == truth


@pytest.mark.parametrize(
    ("white", "few"),
    [
        ((20, 2), "new-left"),  # few of new staff left
        ((3, 3), "new"),  # few were new at all
        ((20, 18), "new-left"),  # all new staff but few left
        ((40, 20), "new-left"),  # who left and was new is all who left but few: 38 of 40
    ],
)
def test_a_few_new_staff_who_left_or_stayed_or_others_who_left_are_hidden_and_not_found(white, few):
    first = {("ashbourne", "White", "1-7"): white, ("ashbourne", "White", "8+"): (0, 0)}
    if white[1] == 20:
        first[("ashbourne", "White", "8+")] = (20, 18)
    values, truth = leaving(first)
    assert values[f"ashbourne/{DAY}/{few}/White/all"] is None
    assert not attack(publication_of(values, SLUGS), truth=truth).succeeded


def test_that_who_of_new_staff_left_is_a_part_of_all_who_left_is_known_to_the_attacker():
    # 3 left of 120 White staff, so no more than 3 did of the 40 of them who were new.
    day = f"ashbourne/{DAY}"
    told = {f"{day}/staff/White/all": 120, f"{day}/new/White/all": 40, f"{day}/left/White/all": 3}
    found = attack(publication_of(told | {f"{day}/new-left/White/all": None}))
    (range_,) = (one.range for one in found.hidden)
    assert (range_.least, range_.greatest) == (0, 3)


def test_who_joined_later_does_not_follow_from_a_statutory_return():
    two = {("ashbourne", OF_DISCIPLINE.key, "Black", "1-7"): (60, 20, 2)}
    two |= {("ashbourne", OF_DISCIPLINE.key, group, "8+"): (60, 20, 0) for group in FIVE_GROUPS}
    two |= {("ashbourne", OF_DISCIPLINE.key, group, "1-7"): (60, 20, 0) for group in FIVE_GROUPS if group != "Black"}
    people = staff(two)
    found = decided(people)
    values = {str(cell.key): value for cell, value in found.values.items()}
    assert list(found.faults()) == []
    assert values[f"ashbourne/{DAY}/disciplined/BME/all"] is None  # 160 of the 162 that its return has
    ever = {f"ashbourne/{DAY}/disciplined.ever/BME/all": 162}
    own = {key: value for key, value in values.items() if key.startswith("ashbourne")}
    assert not attack(publication_of(own), ever, {f"ashbourne/{DAY}/disciplined.joined/BME/all": 2}).succeeded
    told = own | {f"ashbourne/{DAY}/disciplined/BME/all": 160}
    assert attack(publication_of(told), ever, {f"ashbourne/{DAY}/disciplined.joined/BME/all": 2}).recovered


# Printed elsewhere: 1.83, of 40 White and 30 BME staff at the year's end. By hand, 11/30 ÷ 8/40 and 22/30 ÷ 16/40 are
# 1.833, and no other pair of whole numbers is 1.825 to 1.835: it happened to 8 White and 11 BME staff, or to 16 and 22.
PAIRS = [(8, 11), (16, 22)]
# To 7 and 8 of the staff of the day. So of BME staff 3 joined later by the first pair, and 14 by the second: not few.
OF_THE_DAY = (7, 8)


@pytest.mark.parametrize("true", PAIRS)
def test_where_a_ratio_printed_elsewhere_allows_two_pairs_neither_tells_who_joined_later(true):
    end = f"ashbourne/{FinancialYear(2025).last_day}/in-post"
    printed = PrintedFigure("ashbourne", 3, "2025-26", "1.83", "")
    ever = {group: f"ashbourne/{DAY}/disciplined.ever/{group}/all" for group in ("White", "BME")}
    fitting = [*counts_that_fit(printed, {f"{end}/White/all": 40, f"{end}/BME/all": 30})]
    assert fitting == [dict(zip((ever["BME"], ever["White"]), pair[::-1], strict=True)) for pair in PAIRS]

    nobody = {("ashbourne", OF_DISCIPLINE.key, group, cut): (0, 0, 0) for group in FIVE_GROUPS for cut in ("1-7", "8+")}
    own = {
        ("ashbourne", OF_DISCIPLINE.key, group, "1-7"): (people, reached, everybody - reached)
        for group, people, reached, everybody in zip(("White", "Black"), (40, 30), OF_THE_DAY, true, strict=True)
    }
    found = decided(staff(nobody | own))
    assert list(found.faults()) == []
    values = {str(cell.key): value for cell, value in found.values.items() if cell.key.who == "ashbourne"}
    joined = {f"ashbourne/{DAY}/disciplined.joined/BME/all": true[1] - OF_THE_DAY[1]}
    alone = f"ashbourne/{DAY}/disciplined/BME/all"
    assert values[alone] == (None if true == PAIRS[0] else OF_THE_DAY[1])
    told = {pair: attack(publication_of(values), known, joined) for pair, known in zip(PAIRS, fitting, strict=True)}
    assert not small_found(told[true])
    # Where it is few who joined later, the page would have told of them by the very pair, and by the other of nobody.
    shown = publication_of(values | {alone: OF_THE_DAY[1], alone.replace("BME", "White"): OF_THE_DAY[0]})
    first, second = (small_found(attack(shown, known)) for known in fitting)
    assert {one.key: one.range.least for one in first} == {
        key.replace("ever", "joined"): pair - of_the_day
        for key, pair, of_the_day in zip(ever.values(), PAIRS[0], OF_THE_DAY, strict=True)
    }
    assert not second
    # So whoever reads what is published and tries both pairs finds few by neither, if few there are.
    assert true != PAIRS[0] or not any(map(small_found, told.values()))


def small_found(found: Attack) -> list[Hidden]:
    """What an attack found out of a few people: worked out, confined to a few, or narrowed."""
    return [*(one for one in found.recovered if one.range.least in SMALL), *found.certainly_small, *found.narrowed]


def test_only_of_what_statutory_returns_hold_is_everybody_so_far_taken_as_known():
    told = {chain: {cell.key.stage for cell in given_numbers(DAY, staff(), chain)} for chain in CHAINS_OF_STAFF}
    assert told[OF_DISCIPLINE] == {"staff", "disciplined.ever"}
    assert told[OF_CAPABILITY] == {"staff"}  # by disability, and not by ethnicity


def test_the_staff_of_a_day_change_nothing_of_what_is_published_of_posts():
    applications = people_of(
        (
            Reached(slug, str(quarter), FROM_APPLICATIONS, "8a", group, (30, 12, 6 if slug != "camelot" else 1))
            for slug in SLUGS
            for quarter in FinancialYear(2025).quarters
            for group in FIVE_GROUPS
        ),
        RECRUITMENT,
    )
    years = dict.fromkeys(SLUGS, FinancialYear(2025))
    alone = decide_tables(LATEST, years, applications, People.nobody(), Ledger())
    with_staff = decide_tables(LATEST, years, applications.with_more(staff()), People.nobody(), Ledger())
    assert alone.decided[0].values == with_staff.decided[0].values
    told = {chain.key for chain, one in zip(CHAINS, with_staff.decided, strict=True) if one.values}
    # The staff of the last day are not sent, nor is a survey.
    assert told == {chain.key for chain in CHAINS if not (chain.is_stock or chain.of_answers)}
    assert not any(one.values for one in alone.decided[1:])


def test_a_day_that_was_published_is_not_published_again():
    ledger = Ledger(Published(cell, 1, "2025-26-Q4") for cell in due(staff()).tables)
    assert not staff_ladder(DAY, staff(), ledger, OF_TRAINING).tables


def test_people_counted_before_stay_as_they_were():
    before, now = staff(), staff({("ashbourne", OF_DISCIPLINE.key, "White", "1-7"): (60, 59, 0)})
    assert now.replaced_by(before).counts == before.counts
    assert not now.counted_otherwise(before)


def attacked(values, people, chain, members=SLUGS):
    """What the attacker who has statutory returns finds, with who joined later in the truth."""
    returned = [cell for cell in given_numbers(DAY, people, chain) if cell.key.stage.endswith(EVERYBODY_SO_FAR)]
    known = {str(cell.key): people.number(cell) for cell in returned}
    joined = [cell.of(stage=cell.key.stage.replace(EVERYBODY_SO_FAR, JOINED)) for cell in returned]
    cells = (
        *joined,
        *(Cell(key, members if key.who == "partnership" else (key.who,)) for key in map(Key.parse, values)),
    )
    return attack(publication_of(values, members), known, {str(cell.key): people.number(cell) for cell in cells})


def few_of(slug, white, bme):
    """Of an organisation's staff only so many White and Black people entered a process, and nobody joined later."""
    nobody = {(slug, OF_DISCIPLINE.key, group, cut): (60, 0, 0) for group in FIVE_GROUPS for cut in ("1-7", "8+")}
    return nobody | {
        (slug, OF_DISCIPLINE.key, "White", "1-7"): (60, white, 0),
        (slug, OF_DISCIPLINE.key, "Black", "1-7"): (60, bme, 0),
    }


def test_of_few_whom_statutory_returns_tell_the_tables_tell_no_more():
    # Two organisations' returns say that 1 and 1, and 4 and 2, entered: all of them staff of the day.
    people = staff(few_of("ashbourne", 1, 1) | few_of("beeches", 4, 2), chains=(OF_DISCIPLINE,))
    found = decided(people)
    assert list(found.faults()) == [] and not found.refused
    values = {str(cell.key): value for cell, value in found.values.items()}
    ours = attacked(values, people, OF_DISCIPLINE)
    assert not ours.succeeded
    told = {one.key.partition("/")[2]: str(one.range) for one in ours.told_elsewhere if one.key.startswith("beeches")}
    assert told == {f"{DAY}/disciplined/White/all": "0 to 4", f"{DAY}/disciplined/BME/all": "0 to 2"}
    assert values[f"partnership/{DAY}/disciplined/White/all"] == 125
    # All less the others' is as many as both returns have: one number more would tell that nobody joined later.
    opened = attacked(values | {f"camelot/{DAY}/disciplined/known/all": 200}, people, OF_DISCIPLINE)
    assert {one.key for one in opened.recovered} >= {
        f"{slug}/{DAY}/disciplined/{group}/all" for slug in ("ashbourne", "beeches") for group in ("White", "BME")
    }


@pytest.mark.parametrize("chain", [OF_DISCIPLINE, OF_LEAVING], ids=lambda chain: chain.key)
@pytest.mark.parametrize("seed", range(4))
def test_of_events_of_nobody_few_or_nearly_all_the_tables_tell_nothing_that_returns_do_not(seed, chain):
    random, numbers, new = Random(seed), {}, {}
    for slug in SLUGS:
        kind = random.choice(["few", "some", "nearly all"])
        for group, cut in product(FIVE_GROUPS, ("1-7", "8+")):
            people = random.choice([12, 30, 60])
            entered = {
                "few": random.choice([0, 0, 0, 1, 2]),
                "some": random.choice([0, 1, 3, 6, 9]),
                "nearly all": people - random.choice([0, 0, 1, 2]),
            }[kind]
            numbers[slug, chain.key, group, cut] = (people, entered, random.choice([0, 0, 0, 1, 3]))
            new[slug, group, cut] = (min(entered, random.choice([0, 1, 3, 8])),) * 2
    people = staff(numbers, chains=(chain,), new=new)
    found = decided(people, chain)
    assert list(found.faults()) == [] and not found.refused
    values = {str(cell.key): value for cell, value in found.values.items()}
    assert None in values.values()
    assert not attacked(values, people, chain).succeeded


def test_what_is_known_from_elsewhere_is_worked_out_by_whole_numbers():
    people = staff(few_of("ashbourne", 3, 0), chains=(OF_DISCIPLINE,))
    proof = decided(people).certificate
    asked = {
        "disciplined/White": range(4),  # of the 3 of the return, nobody to all
        "disciplined/BME": range(1),  # nobody, as everybody knows
        "disciplined/known": range(4),
    }
    for name, possible in asked.items():
        row = proof.system.place[f"ashbourne/{DAY}/{name}/all"]
        hazard = Hazard(row, tuple(proof.system.atoms_in(row)))
        assert proof.standing.to_be_possible(proof.system, hazard) == possible
    row = proof.system.place[f"camelot/{DAY}/disciplined/White/all"]
    hazard = Hazard(row, tuple(proof.system.atoms_in(row)))
    assert proof.standing.to_be_possible(proof.system, hazard) == range(1, 6)
