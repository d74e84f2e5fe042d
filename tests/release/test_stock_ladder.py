"""Tables of who works at each band: which are due, what is hidden in them, and what must not follow from them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from random import Random

import pytest

from lt_analysis.codebook.ethnicity import FIVE_GROUPS
from lt_analysis.codebook.measures import BY_HOME, CHAINS, OF_HOMES, OF_STOCK
from lt_analysis.codebook.pay import KINDS_OF_WORK, divided
from lt_analysis.codebook.periods import FinancialYear, Quarter, StaffDay
from lt_analysis.release.files import Ledger, Published
from lt_analysis.release.keys import Cell, Key
from lt_analysis.release.ladder import Executives, known_of_boards, staff_ladder, stock_ladder
from lt_analysis.release.people import People, Reached, people_of
from lt_analysis.release.publishing import decide, decide_besides
from lt_analysis.release.quarter import decide_tables
from lt_analysis.verification import Publication, attack, publication_of
from lt_analysis.verification.printed import PrintedBoard, at_least_of
from tests.release.test_staff_ladder import staff

DAY = StaffDay(FinancialYear(2026))
QUARTER = Quarter.parse("2025-26-Q4")
SLUGS = ("ashbourne", "beeches", "camelot", "dunwich", "erewhon", "fawlty")
BANDS = ("1-5", "6-7", "8a", "8b", "8c", "9")
TWO = ("White", "BME")
BY_WORK = tuple(part for band in BANDS for part in divided(band, KINDS_OF_WORK))
UNBANDED = ("below-8a.clinical", "below-8a.non-clinical", *BY_WORK[4:])


def in_post(numbers=None, slugs=SLUGS, cuts=BANDS, many=12) -> People:
    """Staff of some organisations, as many of each group and cut unless `numbers` says otherwise."""
    numbers = numbers or {}
    rows = (
        Reached(slug, str(DAY), "", cut, group, (numbers.get((slug, group, cut), many),))
        for slug, group, cut in product(slugs, FIVE_GROUPS, cuts)
    )
    return people_of(rows, OF_STOCK)


def due(people: People) -> dict[str, dict[str, set[str]]]:
    """The cuts of each group, by whose table it is."""
    found: dict[str, dict[str, set[str]]] = {}
    tables = stock_ladder(DAY, people, Ledger(), OF_STOCK)
    for cell in (*tables.tables, *(tables.besides.tables if tables.besides else ())):
        found.setdefault(cell.key.who, {}).setdefault(cell.key.group, set()).add(cell.key.cut)
    return found


def decided(people: People, ledger: Ledger | None = None, boards: Sequence[Executives] = ()):
    years: dict[str, FinancialYear] = {}
    tables = decide_tables(QUARTER, years, people, People.nobody(), ledger or Ledger(), printed=boards)
    return tables.decided[CHAINS.index(OF_STOCK)]


def values_of(one) -> dict[str, int | None]:
    return {str(cell.key): value for cell, value in one.values.items()}


def truth_of(one) -> dict[str, int]:
    system = one.certificate.system
    return {str(cell.key): int(system.values[system.place[str(cell.key)]]) for cell in one.values}


def test_organisations_have_two_groups_by_band_and_nobody_is_told_finer_than_8c_and_above():
    found = due(in_post())
    own = {"1-5", "6-7", "1-7", "8a-8b", "8c+", "8+", "all"}
    assert found["ashbourne"] == dict.fromkeys(("White", "BME", "known"), own) | {"Unknown": {"all"}}
    together = {"1-5", "6-7", "1-7", "8a", "8b", "8c+", "8+", "all"}
    assert found["partnership"] == dict.fromkeys(("White", "BME", "known"), together) | (
        dict.fromkeys(FIVE_GROUPS[1:], {"1-7", "8+", "all"})
    )


def test_a_single_group_stands_only_where_each_has_many():
    few = {(slug, "Mixed", cut): 4 for slug in SLUGS for cut in ("8a", "8b", "8c", "9")}
    few |= {("ashbourne", "Mixed", "8a"): 1}  # 6 x 16 - 3 = 93 at Band 8 and above; 24 x 6 below
    assert due(in_post(few))["partnership"]["Mixed"] == {"1-7", "8+", "all"}
    few |= {(slug, "Mixed", cut): 2 for slug in SLUGS for cut in ("8a", "8b", "8c", "9")}  # 48
    assert due(in_post(few))["partnership"]["Black"] == {"1-7", "all"}


def test_staff_without_bands_are_told_together_below_band_8():
    found = due(in_post(cuts=("below-8a", "8a", "8b", "8c", "9")))
    assert found["ashbourne"]["White"] == {"1-7", "8a-8b", "8c+", "8+", "all"}


@pytest.mark.parametrize("doctors", [3, 12])
def test_doctors_of_few_are_in_no_table_nor_can_they_be_had_from_others(doctors):
    few = {("ashbourne", group, "medical"): doctors if group == "White" else 12 for group in FIVE_GROUPS}
    found = due(in_post(few, cuts=(*BANDS, "medical")))
    assert ("medical" in found["ashbourne"]["White"]) == (doctors == 12)
    # All staff less Bands 1 to 7 and Band 8 and above would be the doctors.
    assert ("1-7" in found["ashbourne"]["White"]) == (doctors == 12)
    # All organisations' doctors less the others' would be the three.
    assert ("medical" in found["partnership"]["White"]) == (doctors == 12)


def test_an_organisation_of_few_at_band_8_is_in_no_table_of_the_partnership():
    few = {("fawlty", group, cut): 0 for group in FIVE_GROUPS[1:] for cut in ("8b", "8c", "9")}
    few |= {("fawlty", group, "8a"): 1 for group in FIVE_GROUPS[1:]}
    cells = stock_ladder(DAY, in_post(few), Ledger(), OF_STOCK).tables
    assert {cell.members for cell in cells if cell.key.who == "partnership"} == {SLUGS[:5]}
    # All less Bands 1 to 7 would be the four.
    assert {cell.key.cut for cell in cells if cell.key.who == "fawlty"} == {"all"}


def test_a_few_at_the_top_are_hidden_and_cannot_be_worked_out():
    few = {("ashbourne", group, cut): 1 if group == "Asian" else 0 for group in FIVE_GROUPS[1:] for cut in ("8c", "9")}
    found = decided(in_post(few))
    values, truth = values_of(found), truth_of(found)
    assert list(found.faults()) == [] and not found.refused
    assert truth[f"ashbourne/{DAY}/in-post/BME/8c+"] == 2
    assert values[f"ashbourne/{DAY}/in-post/BME/8c+"] is None
    assert values[f"ashbourne/{DAY}/in-post/BME/8a-8b"] is None  # else the rest of Band 8 and above
    assert values[f"ashbourne/{DAY}/in-post/BME/8+"] == 98
    assert not attack(publication_of(values, SLUGS), truth=truth).succeeded
    told = values | {f"ashbourne/{DAY}/in-post/BME/8a-8b": 96}
    assert attack(publication_of(told, SLUGS), truth=truth).recovered


def test_the_attack_that_opened_a_printed_table_opens_none_of_ours():
    """Five cells of `<5` among thirteen that are told, with their total, and a coarser table of the same people.

    So a table of accepted offers was printed: the five add up to 11, and any total of broad groups opens one more.
    Here single bands of five organisations hold few, and totals by organisation, band and group stand beside them.
    """
    few = {(slug, group, "8c"): 0 for slug in SLUGS[:5] for group in FIVE_GROUPS}
    few |= {(slug, group, "9"): 0 for slug in SLUGS[:5] for group in FIVE_GROUPS}
    hidden = dict(zip(SLUGS[:5], (3, 1, 2, 4, 1), strict=True))  # 11 together
    few |= {(slug, "Black", "8c"): number for slug, number in hidden.items()}
    few |= {(slug, "White", "8c"): 14 for slug in SLUGS[:5]}
    found = decided(in_post(few))
    values, truth = values_of(found), truth_of(found)
    keys = {slug: f"{slug}/{DAY}/in-post/BME/8c+" for slug in hidden}
    assert {slug: truth[key] for slug, key in keys.items()} == hidden
    assert all(values[key] is None for key in keys.values()) and list(found.faults()) == []
    assert not attack(publication_of(values, SLUGS), truth=truth).succeeded
    # As it was printed: only what is below five is hidden.
    printed = {key: number if number >= 5 else None for key, number in truth.items()}
    opened = attack(publication_of(printed, SLUGS), truth=truth).recovered
    assert {one.key for one in opened} >= set(keys.values())


@pytest.mark.parametrize(("unknown", "printed"), [(0, True), (2, False), (7, True)])
def test_of_how_many_staff_ethnicity_is_not_known_is_printed_where_they_are_not_few(unknown, printed):
    rows = [Reached("ashbourne", str(DAY), "", "6-7", "Unknown", (unknown,))]
    rows += [Reached("ashbourne", str(DAY), "", cut, group, (12,)) for cut, group in product(BANDS, FIVE_GROUPS)]
    found = decided(people_of(rows, OF_STOCK))
    key = f"ashbourne/{DAY}/in-post/Unknown/all"
    assert values_of(found).get(key) == (unknown if printed else None)
    assert list(found.faults()) == []


def by_work(numbers=None, unbanded=()) -> People:
    """Staff by band and kind of work; of some organisations those below Band 8a without bands; no doctors."""
    banded = in_post(numbers, [slug for slug in SLUGS if slug not in unbanded], BY_WORK)
    return banded.with_more(in_post(numbers, unbanded, UNBANDED))


def apart(people: People) -> set[str]:
    """The cuts in which clinical and other staff are told apart: both, or the one that there is."""
    cuts = due(people)["partnership"]["BME"]
    return {cut.partition(".")[0] for cut in cuts if "." in cut}


ALL_APART = {"1-5", "6-7", "1-7", "8a-8b", "8c+", "8+", "all"}


def test_clinical_and_other_staff_are_apart_in_the_public_kinds_of_band_of_all_organisations_together_alone():
    found = due(by_work())
    every = {part for cut in ALL_APART for part in divided(cut, KINDS_OF_WORK)}
    assert {cut for cut in found["partnership"]["White"] if "." in cut} == every
    assert found["partnership"]["White"] == found["partnership"]["BME"] == found["partnership"]["known"]
    assert not any("." in cut for slug in SLUGS for cuts in found[slug].values() for cut in cuts)
    assert not any("." in cut for group in FIVE_GROUPS[1:] for cut in found["partnership"][group])


@pytest.mark.parametrize("has_clinical", [0, 1, 4, 6])
def test_bands_are_divided_only_where_no_part_is_of_few_people_or_few_organisations(has_clinical):
    """All staff at Band 8c and above less those in other work would be the few, and so would 8 and above less 8a-8b."""
    top = ("8c.clinical", "9.clinical")
    few = {(slug, group, cut): 0 for slug in SLUGS[has_clinical:] for group in FIVE_GROUPS for cut in top}
    assert apart(by_work(few)) == ALL_APART - (set() if has_clinical in (0, 6) else {"8a-8b", "8c+"})
    assert ("8c+.clinical" in due(by_work(few))["partnership"]["BME"]) == (has_clinical == 6)
    one = {(slug, group, cut): 0 for slug in SLUGS for group in FIVE_GROUPS[1:] for cut in top}
    one |= {(slug, "Black", "9.clinical"): 1 for slug in SLUGS[:4]}  # four people of four organisations
    assert apart(by_work(one)) == ALL_APART - {"8a-8b", "8c+"}


@pytest.mark.parametrize(
    ("unbanded", "lower", "whole"),
    [
        # All clinical staff less those with bands would be one organisation's.
        (1, {"1-5", "6-7"}, {"banded"}),
        # Four have Bands 1 to 7, and what one of them took its own from would be three others'.
        (2, {"1-7"}, {"all"}),
        (6, {"1-7"}, {"all"}),
    ],
)
def test_who_has_no_band_below_8a_is_told_by_kind_of_work_with_others_or_not_at_all(unbanded, lower, whole):
    found = apart(by_work(unbanded=SLUGS[:unbanded]))
    assert found == lower | whole | {"8a-8b", "8c+", "8+"}


def test_what_is_left_of_all_below_band_8_must_be_of_enough_organisations_too():
    """Bands 6 and 7 of five, one of which has nobody in Bands 1 to 5, stand beside all below Band 8 of the six."""
    at = {(SLUGS[1], group, f"1-5.{work}"): 0 for group in FIVE_GROUPS for work in KINDS_OF_WORK}
    assert apart(by_work(at, unbanded=SLUGS[:1])) >= {"6-7", "1-7", "all"}
    assert "1-5" not in apart(by_work(at, unbanded=SLUGS[:1]))


def test_a_few_without_a_band_do_not_follow_from_those_who_have_one():
    """All below Band 8 less Bands 1 to 5 and 6 and 7: 3 people of one organisation."""
    rows = [Reached("ashbourne", str(DAY), "", "below-8a", "Black", (3,))]
    rows += [Reached(slug, str(DAY), "", cut, group, (12,)) for slug, group, cut in product(SLUGS, FIVE_GROUPS, BANDS)]
    found = decided(people_of(rows, OF_STOCK))
    values, key = values_of(found), f"partnership/{DAY}/in-post/BME/"
    assert list(found.faults()) == [] and None in (values[f"{key}1-5"], values[f"{key}6-7"])
    without = f"{key}below-8a"
    assert not attack(publication_of(values | {without: None}, SLUGS), truth=truth_of(found) | {without: 3}).succeeded
    told = values | truth_of(found) | {without: None}
    assert [one.key for one in attack(publication_of(told, SLUGS), truth={without: 3}).recovered] == [without]


@pytest.mark.parametrize("seed", range(6))
def test_tables_by_band_and_by_kind_of_work_together_tell_nothing_of_a_few(seed):
    """Organisations of any size, some without bands; what stands in no table must not be found out either."""
    random, rows = Random(seed), []
    for slug in SLUGS:
        size = random.choice([1, 3, 8, 20])
        cuts = random.choice([BY_WORK, BY_WORK, UNBANDED, (*BY_WORK, *UNBANDED[:2], "medical")])
        for group, cut in product(FIVE_GROUPS, cuts):
            mean = size * (2 if group == "White" else 0.2 if cut[0] in "89" else 0.6)
            rows.append(Reached(slug, str(DAY), "", cut, group, (int(random.expovariate(1 / mean)),)))
    people = people_of(rows, OF_STOCK)
    found = decided(people)
    values, truth = values_of(found), truth_of(found)
    assert list(found.faults()) == [] and not any(0 < value < 5 for value in values.values() if value is not None)
    members = next((cell.members for cell in found.values if cell.key.who == "partnership"), ())
    assert not attack(publication_of(values, members), truth=truth).succeeded
    # By band nothing is hidden because of the numbers by kind of work.
    undivided = people_of([row._replace(cut=row.cut.partition(".")[0]) for row in added_up(rows)], OF_STOCK)
    alone = values_of(decided(undivided))
    assert {key: value for key, value in values.items() if "." not in key} == alone
    if members:
        more = {
            key: people.number(Cell(Key(*key.split("/")), members))
            for group, cut in product(TWO, ("below-8a", *UNBANDED[:2], *OF_STOCK.sums))
            if (key := f"partnership/{DAY}/in-post/{group}/{cut}") not in values
        }
        few = {key: number for key, number in more.items() if 0 < number < 5}
        assert not attack(publication_of(values | dict.fromkeys(few), members), truth=truth | few).succeeded


def test_where_numbers_by_kind_of_work_cannot_be_protected_those_by_band_stand_without_them():
    """Other staff at Band 8c and above were told before; all less these would be three clinical ones."""
    clinical, others = divided("8c+", KINDS_OF_WORK)
    few = {
        (slug, group, cut): 0 for slug in SLUGS for group in FIVE_GROUPS[1:] for cut in ("8c.clinical", "9.clinical")
    }
    people = by_work(few | {(slug, "Asian", "8c.clinical"): 1 for slug in SLUGS[:3]})
    told, new = (Cell(Key("partnership", str(DAY), "in-post", "BME", cut), SLUGS) for cut in (others, clinical))
    before = Ledger([Published(told, people.number(told), "2024-25-Q4")])
    tables = stock_ladder(DAY, people, Ledger(), OF_STOCK).tables
    first = decide(people, tables, (), Ledger(), tables)
    assert people.number(new) == 3 and decide_besides(first, people, [new], (), before) is first
    assert None in decide_besides(first, people, [new, told], (), Ledger()).values.values()


def added_up(rows: list[Reached]) -> list[Reached]:
    """The same rows, each band once."""
    numbers: dict[tuple[str, ...], int] = {}
    for row in rows:
        at = (row.organisation, row.cut.partition(".")[0], row.group)
        numbers[at] = numbers.get(at, 0) + row.reached[0]
    return [Reached(slug, str(DAY), "", cut, group, (number,)) for (slug, cut, group), number in numbers.items()]


def by_home(numbers=None, slugs=SLUGS) -> People:
    """Twelve of each group, kind of band and home, unless `numbers` says otherwise; doctors and others are nobody."""
    rows = (
        Reached(slug, str(DAY), "", cut, group, ((numbers or {}).get((slug, group, cut), 12),))
        for slug, group, cut in product(slugs, FIVE_GROUPS, (*OF_HOMES["1-7"], *OF_HOMES["8+"]))
    )
    return people_of(rows, BY_HOME)


def cuts_of_homes(people: People) -> set[str]:
    return {cell.key.cut for cell in stock_ladder(DAY, people, Ledger(), BY_HOME).tables}


def test_where_staff_live_is_told_of_all_and_of_band_8_and_above_and_of_boroughs_together():
    cells = stock_ladder(DAY, by_home(), Ledger(), BY_HOME).tables
    assert {cell.members for cell in cells} == {SLUGS} and {cell.key.who for cell in cells} == {"partnership"}
    every = {f"{kind}.{where}" for kind in ("all", "8+") for where in ("in-the-boroughs", "elsewhere")}
    assert cuts_of_homes(by_home()) == every
    (found,) = (cell for cell in cells if cell.key[2:] == ("at-home", "BME", "8+.in-the-boroughs"))
    assert by_home().number(found) == 6 * 4 * 2 * 12  # six organisations, four groups, Lambeth and the five others


@pytest.mark.parametrize(
    ("few", "told"),
    [
        # All less those in the boroughs and those elsewhere would be the two whose borough is not known.
        ("1-7.home-not-known", set()),
        # At Band 8 and above they would be the same; of all staff they are many.
        ("8+.home-not-known", {"all.in-the-boroughs", "all.elsewhere"}),
        # Whoever lives elsewhere, less those of them at Band 8 and above, would be two of the others.
        ("1-7.elsewhere", {"all.in-the-boroughs", "all.elsewhere"}),
    ],
)
def test_where_the_rest_would_be_few_nothing_tells_of_them(few, told):
    people = {(slug, group, few): 0 for slug in SLUGS for group in FIVE_GROUPS}
    people |= {(SLUGS[0], "Black", few): 2}
    if few == "1-7.home-not-known":
        people |= {(slug, group, "8+.home-not-known"): 0 for slug in SLUGS for group in FIVE_GROUPS}
    assert cuts_of_homes(by_home(people)) == told


def test_a_day_has_a_table_of_who_works_where_and_a_year_later_one_of_what_happened():
    people = in_post()
    first = Ledger(Published(cell, 1, "2025-26-Q4") for cell in stock_ladder(DAY, people, Ledger(), OF_STOCK).tables)
    assert not stock_ladder(DAY, people, first, OF_STOCK).tables
    later = next(chain for chain in CHAINS if chain.of_staff and not chain.is_stock)
    moved = staff(slugs=SLUGS)
    moved = People({atom._replace(period=str(DAY)): number for atom, number in moved.counts.items()}, frozenset())
    assert staff_ladder(DAY, people.with_more(moved), first, later).tables
    # What was counted of the day before stays, and what happened to its staff is new.
    both = moved.with_more(in_post(many=13)).replaced_by(people)
    assert both.of_chain(OF_STOCK).counts == people.counts
    assert both.of_chain(later).counts == moved.of_chain(later).counts


@pytest.mark.parametrize("seed", range(4))
def test_nothing_of_a_few_follows_from_tables_of_any_size(seed):
    """Organisations large and small, some without bands; also of kinds of band that stand in no table for being few."""
    random, rows = Random(seed), []
    for slug in SLUGS:
        size = random.choice([2, 4, 8, 16, 30])
        for group, cut in product(FIVE_GROUPS, random.choice([BANDS, ("below-8a", *BANDS[2:]), (*BANDS, "medical")])):
            mean = size * (2 if group == "White" else 0.25 if cut in ("8c", "9") else 0.6)
            rows.append(Reached(slug, str(DAY), "", cut, group, (int(random.expovariate(1 / mean)),)))
    people = people_of(rows, OF_STOCK)
    found = decided(people)
    values, truth = values_of(found), truth_of(found)
    assert list(found.faults()) == [] and not any(0 < value < 5 for value in values.values() if value is not None)
    members = next((cell.members for cell in found.values if cell.key.who == "partnership"), ())
    assert not attack(publication_of(values, members), truth=truth).succeeded
    unprinted = {
        f"{slug}/{DAY}/in-post/{group}/{cut}": people.number(Cell(Key(slug, str(DAY), "in-post", group, cut), (slug,)))
        for slug, group, cut in product(SLUGS, TWO, ("1-7", "8+", "medical", "no-band"))
    }
    few = {key: number for key, number in unprinted.items() if key not in values and 0 < number < 5}
    known = publication_of(values | dict.fromkeys(few), members)
    assert not attack(known, truth=truth | few).recovered


def of_few_at_the_top(seed: int) -> tuple[People, list[Executives]]:
    """Few at Band 8c and above everywhere, and a board of up to nine of them in every organisation that has any."""
    random = Random(seed)
    numbers = {
        (slug, group, cut): random.choice((0, 0, 1, 1, 2, 3, 5) if cut in ("8c", "9") else (0, 1, 2, 6, 9))
        for slug, group, cut in product(SLUGS, FIVE_GROUPS, BANDS)
    }
    boards = []
    for slug in SLUGS:
        white, bme = (
            sum(numbers[slug, group, cut] for group in groups for cut in ("8c", "9"))
            for groups in (FIVE_GROUPS[:1], FIVE_GROUPS[1:])
        )
        white, bme = random.randint(0, min(white, 5)), random.randint(0, min(bme, 4))
        boards += [Executives(slug, date(2026, 3, 31), white + bme, bme)]
    return in_post(numbers), boards


def known(boards: Sequence[Executives], said: Publication) -> dict[str, int]:
    """What the boards tell an attacker, by key."""
    return at_least_of([PrintedBoard(*one) for one in boards], said)


def found_out(one, boards: list[Executives]) -> list[str]:
    """What somebody finds out of who works at each band who knows the boards, or somebody who knows none."""
    members = next((cell.members for cell in one.values if cell.key.who == "partnership"), ())
    said = publication_of(values_of(one), members)
    return list(attack(said, truth=truth_of(one), at_least=known(boards, said)).faults())


def test_whoever_knows_the_boards_works_out_no_few_of_the_others_nor_does_whoever_knows_none():
    opened = []
    for seed in (2, 10, 199):
        people, boards = of_few_at_the_top(seed)
        one = decided(people, boards=boards)
        assert list(one.faults()) == [] and not one.refused
        assert found_out(one, boards) == []
        opened += found_out(decided(people), boards)
    # Where nothing is known of boards they open a hidden number, or a number that is shown.
    assert any("must be small" in fault for fault in opened) and any("known by name" in fault for fault in opened)


def test_a_board_that_does_not_quite_fit_those_who_are_counted_opens_nothing_either():
    """Some are counted elsewhere, or their group is not known: more or fewer are printed than are there."""
    for seed in (1, 4, 8):
        people, boards = of_few_at_the_top(seed)
        random = Random(seed)
        changed = [board._replace(bme=max(0, board.bme + random.choice((-1, 0, 1)))) for board in boards]
        printed = [board._replace(executives=max(board.bme, board.executives - seed % 2)) for board in changed]
        one = decided(people, boards=printed)
        assert list(one.faults()) == [] and found_out(one, printed) == []
        # Nor to somebody who cannot tell that it does not fit: all numbers are taken as they are printed.
        members = next((cell.members for cell in one.values if cell.key.who == "partnership"), ())
        said = publication_of(values_of(one), members)
        assert not attack(said, at_least=known(printed, said)).succeeded


def test_beside_nine_executives_of_both_groups_a_tenth_is_one_person():
    """Seven White and three BME people: of nine executives four are printed as BME, one of them counted elsewhere."""
    few = {("ashbourne", group, cut): 0 for group in FIVE_GROUPS for cut in ("8c", "9")}
    people = in_post(few | {("ashbourne", "White", "9"): 7, ("ashbourne", "Asian", "9"): 3})
    board = [Executives("ashbourne", date(2026, 3, 31), 9, 4)]
    both = f"ashbourne/{DAY}/in-post/known/8c+"
    assert values_of(decided(people))[both] == 10
    assert f"{both} is shown, and is 1 more than are known by name" in found_out(decided(people), board)
    one = decided(people, boards=board)
    assert values_of(one)[both] is None and list(one.faults()) == [] and found_out(one, board) == []


def test_beside_five_executives_a_sixth_is_one_person_and_is_hidden():
    few = {("ashbourne", group, cut): 0 for group in FIVE_GROUPS[1:] for cut in ("8c", "9")}
    people = in_post(few | {("ashbourne", "Asian", "9"): 6})
    key = f"ashbourne/{DAY}/in-post/BME/8c+"
    assert values_of(decided(people))[key] == 6
    board = [Executives("ashbourne", date(2026, 3, 31), 9, 5)]
    one = decided(people, boards=board)
    assert values_of(one)[key] is None and list(one.faults()) == []
    assert found_out(one, board) == []
    assert found_out(decided(people), board) == [f"{key} is shown, and is 1 more than are known by name"]
    # Where six are on the board, or more than are counted, it would tell that nobody else is there.
    for bme in (6, 7):
        assert values_of(decided(people, boards=[board[0]._replace(bme=bme)]))[key] is None
    # Of years ago it says nothing of those who are there now.
    assert values_of(decided(people, boards=[board[0]._replace(as_of=date(2024, 3, 31))]))[key] == 6


def test_a_proof_that_only_worlds_give_in_which_executives_are_missing_is_none():
    """A world with fewer at the top than the board has is believed by nobody who knows it."""
    people, boards = of_few_at_the_top(10)
    without = decided(people)
    knowing = replace(without.certificate.standing, at_least=known_of_boards(DAY, boards))
    faults = list(replace(without.certificate, standing=knowing).faults())
    assert faults and not list(without.faults())
    assert all("no world has" in fault for fault in faults)
