"""What the release hides, what an attacker finds out of it, and what both cost, beside "suppress below 5".

`python -m benchmarks.release` prints three tables:

- the ladder of twelve invented organisations, every quarter for five years, each release with the ledger of those
  before it, and all of them attacked together at the end, by a stranger who has kept all adverts and statutory returns
  and knows who sat on every board, and by each organisation, which knows its own numbers; and once more with a leak put
  in, which must be found;
- a stress table of twelve organisations with every margin, one year, five groups by six bands by three stages;
- what protection costs, in seconds on one core and in memory, for one organisation and up to a hundred.

`--tau` compares single tables with pytauargus, where that is installed (it is no dependency).
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import chdir
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from lt_analysis.codebook.ethnicity import BME, FIVE_GROUPS, REFERENCE
from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.measures import (
    CHAINS,
    CHAINS_OF_STAFF,
    EVERYBODY_SO_FAR,
    IN_POST,
    JOINED,
    OF_STOCK,
    RECRUITMENT,
)
from lt_analysis.codebook.pay import BAND_8_AND_ABOVE, UPPER_BANDS
from lt_analysis.codebook.periods import FinancialYear, Quarter, parse_span
from lt_analysis.codebook.publishing import smallest_number
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.release.certificate import Certificate
from lt_analysis.release.files import Ledger, Published
from lt_analysis.release.keys import ALL_BANDS, KNOWN, PARTNERSHIP, Atom, Cell, Key, table
from lt_analysis.release.ladder import Executives
from lt_analysis.release.people import People, people_of
from lt_analysis.release.primary_suppression import Hazard, hazards
from lt_analysis.release.protection import Standing, protect
from lt_analysis.release.quarter import decide_tables, rows_reached
from lt_analysis.release.system import System, linear_system
from lt_analysis.synthetic import invent
from lt_analysis.verification import Attack, Publication, attack, publication_of
from lt_analysis.verification.printed import PrintedBoard, at_least_of

LAST = Quarter.parse("2026-27-Q2")
YEAR = "2025-26"
UNSAFE = ("U", "M")  # what pytauargus calls primary and secondary cells
EXECUTIVES = 6  # on a board, at most
SIZES = (1, 12, 25, 50, 100)
EVERY_GROUP, EVERY_BAND = (*FIVE_GROUPS, KNOWN), (*BAND_8_AND_ABOVE, ALL_BANDS)


def publication(release: str, values: dict[Cell, int | None], no_posts: Iterable[Cell] = ()) -> Publication:
    """Publish numbers, as pages would."""
    found = Publication(())
    for members in dict.fromkeys(cell.members for cell in values):
        shown = {str(cell.key): value for cell, value in values.items() if cell.members == members}
        empty = [str(cell.key) for cell in no_posts if cell.members == members]
        found = found.then(publication_of(shown, members, release, empty))
    return found


def suppressed_below_five(values: dict[Cell, int]) -> dict[Cell, int | None]:
    """Hide counts of 1 to 4, and nothing else."""
    return {cell: None if 0 < value < smallest_number() else value for cell, value in values.items()}


def in_words(found: Attack, cells: int) -> str:
    """Say what an attack found, in the columns of the tables. Hidden is what a table says is hidden."""
    hidden = sum(not one.is_in_no_table for one in found.hidden)
    narrowed = {*found.recovered, *found.certainly_small, *found.narrowed}
    return f"{hidden:>7} {hidden / cells:>6.1%} {len(found.recovered):>10} {len(narrowed):>9}"


def beside(found: Attack) -> str:
    """Say what can be known of numbers that nothing hides, and what releases add nothing to."""
    asked = sum(one.is_in_no_table for one in found.hidden)
    many = sorted(one.range.least for one in found.followed)
    sizes = f" (of {many[0]} to {many[-1]} people)" if many else ""
    return (
        f"In no table, and hidden nowhere: of {asked} numbers of who joined after the day {len(many)} follow{sizes}.\n"
        f"Of {len(found.told_elsewhere)} small numbers statutory returns alone say as much as beside all releases."
    )


def leak(found: Attack, published: Publication, truth: dict[str, int]) -> Publication:
    """Return what is published and one hidden number more, from which a few people follow: White of both together."""
    shown = {one.key for one in published.statements if one.value is not None}
    hidden = {one.key for one in found.hidden}
    few = {key for key in hidden if 0 < truth[key] < smallest_number()}
    for key in map(Key.parse, sorted(hidden - few)):
        white, both = (str(key._replace(group=group)) for group in (REFERENCE, KNOWN))
        if key.who != PARTNERSHIP and key.group == BME and white in few and both in shown:
            return published.then(publication("a leak", {Cell(key, (key.who,)): truth[str(key)]}))
    raise LookupError("no hidden number gives away another")


def invented_people() -> People:
    """Take the invented organisations' returns in, and count them."""
    with tempfile.TemporaryDirectory() as root, chdir(root):
        (Path(root) / "notebooks" / "board").mkdir(parents=True)
        folders = Folders(Path(root))
        list(invent(folders, 12, 20, LAST, 1))
        collect_to_release(folders, LAST)
        with duckdb.connect(str(folders.database)) as connection:
            everybody = People.nobody()
            for chain in CHAINS:
                everybody = everybody.with_more(people_of(rows_reached(connection, chain), chain))
            return everybody


def quarters() -> Iterator[Quarter]:
    """Yield the quarters of five years."""
    quarter = Quarter.parse("2021-22-Q4")
    while quarter != LAST:
        quarter = quarter.next
        yield quarter


def complete(people: People, quarter: Quarter) -> dict[str, FinancialYear]:
    """Say which organisations had sent the whole of the latest year by a quarter."""
    year = quarter.latest_complete_year
    sent = {atom[:2] for atom in people.counts}
    names = {organisation for organisation, _ in sent}
    return {
        one: year
        for one in sorted(names)
        if (one, str(year)) in sent or all((one, str(quarter)) in sent for quarter in year.quarters)
    }


def five_years() -> None:
    """Print what each quarter's release hides, and what all of them together give away."""
    people = invented_people()
    ledger, published, plain, truth = Ledger(), Publication(()), Publication(()), {}
    print(f"{'release':<12} {'numbers':>7} {'hidden':>7} {'':>6} {'refused':>8} {'proof':>6} {'seconds':>8}")
    for quarter in quarters():
        started = time.perf_counter()
        before = people_until(people, quarter)
        tables = decide_tables(
            quarter, complete(before, quarter), before, People.nobody(), ledger, printed=boards_of(before)
        )
        seconds = time.perf_counter() - started
        values = {cell: value for one in tables.decided for cell, value in one.values.items()}
        no_posts = {cell for one in tables.decided for cell in one.no_posts}
        new = tuple(Published(cell, value, str(quarter)) for cell, value in values.items())
        ledger = Ledger(ledger.entries + new)
        hidden = sum(value is None for value in values.values())
        refused = [one for each in tables.decided for one in each.refused]
        proof = "holds" if not any(fault for one in tables.decided for fault in one.faults()) else "FAILS"
        print(
            f"{quarter!s:<12} {len(new):>7} {hidden:>7} {hidden / max(len(new), 1):>6.1%} "
            f"{len(refused):>8} {proof:>6} {seconds:>8.2f}",
            flush=True,
        )
        for one in refused:
            print(f"    {one}")
        true = {
            cell: true_value(before.of_chain(chain), cell)
            for chain, one in zip(CHAINS, tables.decided, strict=True)
            for cell in one.values
        }
        truth |= {str(cell.key): value for cell, value in true.items()}
        published = published.then(publication(str(quarter), values, no_posts))
        plain = plain.then(publication(str(quarter), suppressed_below_five(true), no_posts))
    statutory = {
        f"{slug}/{day}/{stage}{EVERYBODY_SO_FAR}/{group}/{chain.whole}": 0
        for chain in CHAINS_OF_STAFF
        if chain.statutory
        for slug, day in {atom[:2] for atom in people.of_chain(chain).counts}
        for stage in chain.later
        for group in (REFERENCE, BME)
    }
    numbers = len(truth)
    for key in statutory:
        cell = Cell(Key.parse(key), (key.split("/")[0],))
        joined = cell.of(stage=cell.key.stage.replace(EVERYBODY_SO_FAR, JOINED))
        statutory[key], truth[str(joined.key)] = true_value(people, cell), true_value(people, joined)
    posts = adverts(people)
    on_boards = at_least_of([PrintedBoard(*one) for one in boards_of(people)], published)
    print(f"\n{'five years':<24} {'numbers':>7} {'hidden':>7} {'':>6} {'recovered':>10} {'narrowed':>9} {'seconds':>8}")

    def attacked(name: str, one: Publication) -> Attack:
        started = time.perf_counter()
        found = attack(one, statutory, truth, posts=posts, at_least=on_boards)
        print(f"{name:<24} {numbers:>7} {in_words(found, numbers)} {time.perf_counter() - started:>8.1f}", flush=True)
        return found

    attacked("suppress below 5", plain)
    found = attacked("the release", published)
    attacked("the release, and a leak", leak(found, published, truth))
    print(beside(found))
    finer_numbers(people, published, truth, posts)
    insiders(people, published, truth, posts)


def boards_of(people: People) -> list[Executives]:
    """Print of each organisation's board, on each day of its staff, that up to six of its senior staff are executives.

    They are of both groups, as the staff at Band 8c and above are: so the board is known to the last member.
    """
    found = []
    for slug, day in sorted({atom[:2] for atom in people.of_chain(OF_STOCK).counts}):
        white, bme = (
            true_value(people, Cell(Key(slug, day, IN_POST.key, group, UPPER_BANDS), (slug,)))
            for group in (REFERENCE, BME)
        )
        if executives := min(EXECUTIVES, white + bme):
            found.append(Executives(slug, date.fromisoformat(day), executives, round(executives * bme / (white + bme))))
    return found


def adverts(people: People) -> dict[tuple[str, str], frozenset[str]]:
    """Say in which bands each organisation had posts, by quarter; of totals nobody knows in which bands."""
    found: dict[tuple[str, str], set[str]] = {}
    for atom in people.counts:
        if isinstance(parse_span(atom.period), Quarter):
            here = found.setdefault((atom.organisation, atom.period), set())
            here |= {atom.cut} - ({atom.cut} if atom in people.empty else set())
    return {where: frozenset(bands) for where, bands in found.items() if ALL_BANDS not in bands}


def finer_numbers(
    people: People, published: Publication, truth: dict[str, int], posts: dict[tuple[str, str], frozenset[str]]
) -> None:
    """Print what all releases give away of numbers that are in no table: each organisation's single groups and bands.

    Five years at once are too many unknowns for one attack, so each year's are asked in turn.
    """
    print(f"\n{'numbers in no table':<24} {'numbers':>7} {'1 to 4':>7} {'recovered':>10} {'narrowed':>9}")
    names = sorted({organisation for organisation, _ in posts})
    for year in sorted({str(Quarter.parse(quarter).year) for _, quarter in posts}):
        cells = [
            cell
            for name in names
            if all((name, str(quarter)) in posts for quarter in FinancialYear.parse(year).quarters)
            for cell in table(name, (name,), year, (*EVERY_GROUP, BME), EVERY_BAND, RECRUITMENT.keys)
            if str(cell.key) not in truth and any(atom not in people.empty for atom in atoms_of(people, cell))
        ]
        true = {str(cell.key): true_value(people, cell) for cell in cells}
        small = {key for key, value in true.items() if 0 < value < smallest_number()}
        found = attack(published.then(publication("no release", dict.fromkeys(cells))), truth=truth | true, posts=posts)
        recovered = small & {one.key for one in found.recovered}
        narrowed = small & {one.key for one in (*found.recovered, *found.certainly_small, *found.narrowed)}
        print(f"{year:<24} {len(true):>7} {len(small):>7} {len(recovered):>10} {len(narrowed):>9}", flush=True)


def atoms_of(people: People, cell: Cell) -> list[Atom]:
    """List the atoms that a number counts."""
    words = tuple(map(set, cell.words))
    return [atom for atom in people.counts if all(part in some for part, some in zip(atom, words, strict=True))]


def insiders(
    people: People, published: Publication, truth: dict[str, int], posts: dict[tuple[str, str], frozenset[str]]
) -> None:
    """Print what each organisation, which knows all its own numbers, can find out of the others' and of all."""
    print(f"\n{'an organisation':<30} {'hidden from it':>14} {'recovered':>10} {'of them 1 to 4':>14} {'narrowed':>9}")
    for name in sorted({organisation for organisation, _ in posts}):
        own = {key: value for key, value in truth.items() if key.startswith(f"{name}/")}
        years = {quarter[: len("2025-26")] for organisation, quarter in posts if organisation == name}
        cells = [
            *(
                cell
                for year in years
                for cell in table(name, (name,), year, (*EVERY_GROUP, BME), EVERY_BAND, RECRUITMENT.keys)
            ),
            *(
                cell
                for organisation, quarter in posts
                if organisation == name
                for cell in table(name, (name,), quarter, (REFERENCE, BME), (ALL_BANDS,), RECRUITMENT.keys)
            ),
        ]
        more = {cell: true_value(people, cell) for cell in cells if str(cell.key) not in own}
        found = attack(published.then(publication("its own", more)), known=own, truth=truth, posts=posts)
        narrowed = {*found.recovered, *found.certainly_small, *found.narrowed}
        small = [one for one in found.recovered if 0 < truth[one.key] < smallest_number()]
        print(
            f"{name:<30} {len(found.hidden):>14} {len(found.recovered):>10} {len(small):>14} {len(narrowed):>9}",
            flush=True,
        )


def people_until(people: People, quarter: Quarter) -> People:
    """Return the people of returns up to a quarter."""
    ended = {
        one for one in {atom[:2] for atom in people.counts} if one[1][:7] < str(quarter)[:7] or one[1] <= str(quarter)
    }
    return people.of(ended)


def true_value(people: People, cell: Cell) -> int:
    """Add up a number."""
    return sum(people.counts[atom] for atom in atoms_of(people, cell))


def stress(organisations: int, margins: bool = True, seed: int = 0) -> System:
    """Invent a year of organisations of very different sizes: every group and band, with all margins."""
    rng = np.random.default_rng(seed)
    names = [f"invented-{number:03d}" for number in range(organisations)]
    counts: dict[Atom, int] = {}
    empty = []
    for name, size in zip(names, rng.lognormal(0, 0.9, organisations), strict=True):
        for band, share in zip(BAND_8_AND_ABOVE, (0.42, 0.26, 0.15, 0.09, 0.05, 0.03), strict=True):
            reached = np.zeros((len(FIVE_GROUPS), len(RECRUITMENT.keys)), dtype=int)
            posts = rng.poisson(60 * size * share)
            for _ in range(posts):
                applicants = 2 + rng.poisson(18)
                listed = min(applicants, 3 + rng.poisson(2.5))
                who = rng.choice(len(FIVE_GROUPS), applicants, p=(0.45, 0.07, 0.13, 0.25, 0.10))
                for stage, some in enumerate((who[listed:], who[1:listed], who[:1])):
                    reached[:, stage] += np.bincount(some, minlength=len(FIVE_GROUPS))
            atoms = {
                Atom(name, YEAR, furthest, group, band): int(reached[row, column])
                for row, group in enumerate(FIVE_GROUPS)
                for column, furthest in enumerate(RECRUITMENT.keys)
            }
            counts |= atoms
            empty += [] if posts else list(atoms)
    cells = [cell for name in names for cell in table(name, (name,), YEAR, EVERY_GROUP, EVERY_BAND, RECRUITMENT.keys)]
    if margins:
        cells += table(PARTNERSHIP, names, YEAR, EVERY_GROUP, EVERY_BAND, RECRUITMENT.keys)
    return linear_system(counts, empty, cells)


def few_people(system: System) -> list[Hazard]:
    """List the hazards without the rules on whole groups and on those who did not go on: counts of 1 to 4 only."""
    rows = {tuple(system.atoms_in(row)) for row in range(len(system.cells))}
    found = [one for one in hazards(system) if 0 < system.counts[list(one.people)].sum() < smallest_number()]
    return [one for one in found if one.people in rows]


def stress_table() -> None:
    """Print what is hidden of the stress table under each rule, and what an attacker makes of it."""
    system = stress(12)
    truth = {str(cell.key): int(value) for cell, value in zip(system.cells, system.values, strict=True)}
    standing = Standing.nothing(system)
    small = (system.values > 0) & (system.values < smallest_number())
    print(f"\n{'stress table':<34} {'hidden':>7} {'':>6} {'recovered':>10} {'narrowed':>9} {'proof':>6} {'seconds':>8}")
    for name, dangers in (
        ("suppress below 5", None),
        ("counts of 1 to 4", few_people(system)),
        ("and whole groups, and the rest", hazards(system)),
    ):
        started, hidden, proof = time.perf_counter(), small, ""
        if dangers is not None:
            protected = protect(system, dangers, standing)
            hidden = protected.hidden
        seconds = time.perf_counter() - started
        if dangers is not None:
            proof = "FAILS" if any(Certificate(system, tuple(dangers), protected, standing).faults()) else "holds"
        values = {
            cell: None if secret else int(value)
            for cell, value, secret in zip(system.cells, system.values, hidden, strict=True)
        }
        found = attack(publication(YEAR, values, posts_of_nobody(system)), truth=truth)
        print(f"{name:<34} {in_words(found, len(truth))} {proof:>6} {seconds:>8.1f}", flush=True)


def posts_of_nobody(system: System) -> list[Cell]:
    """List the numbers that are of posts that there were not."""
    return [cell for row, cell in enumerate(system.cells) if system.empty[system.atoms_in(row)].all()]


def cost(organisations: int) -> None:
    """Be the process that protects so many organisations; print seconds and memory."""
    system = stress(organisations, margins=organisations > 1)
    standing, dangers = Standing.nothing(system), hazards(system)
    alone = stress(1, margins=False)
    protect(alone, [], Standing.nothing(alone))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    protected = protect(system, dangers, standing)
    seconds = time.perf_counter() - started
    found = {
        "organisations": organisations,
        "cells": len(system.cells),
        "hazards": len(dangers),
        "hidden": int(protected.hidden.sum()),
        "worlds": len(protected.worlds),
        "conflicts": len(protected.conflicts),
        "seconds": seconds,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "megabytes_before": before / 1024,
    }
    print(json.dumps(found))


def costs() -> None:
    """Print what protection costs, each size in a process of its own, on one core."""
    print(
        f"\n{'organisations':>13} {'numbers':>8} {'hazards':>8} {'hidden':>8} {'worlds':>7} {'conflicts':>9} "
        f"{'seconds':>8} {'MB':>6}"
    )
    for organisations in SIZES:
        command = [sys.executable, "-m", "benchmarks.release", "--cost", str(organisations)]
        said = subprocess.run(
            command, check=True, capture_output=True, text=True, env=os.environ | {"OMP_NUM_THREADS": "1"}
        )
        one = json.loads(said.stdout)
        print(
            f"{one['organisations']:>13} {one['cells']:>8,} {one['hazards']:>8,} {one['hidden'] / one['cells']:>8.1%} "
            f"{one['worlds']:>7,} {one['conflicts']:>9} {one['seconds']:>8.2f} {one['megabytes']:>6,.0f}",
            flush=True,
        )


def one_table(system: System, name: str, stage: str) -> System:
    """Take one organisation's people at one stage as a table by itself: groups by bands, with margins."""
    counts: dict[Atom, int] = {}
    for atom, number in zip(system.atoms, system.counts.tolist(), strict=True):
        if atom.organisation == name and atom.furthest in RECRUITMENT.furthest(stage):
            alone = atom._replace(furthest="appointed")
            counts[alone] = counts.get(alone, 0) + number
    return linear_system(counts, (), table(name, (name,), YEAR, EVERY_GROUP, EVERY_BAND, stages=("appointed",)))


def hidden_by_tau(system: System) -> np.ndarray:
    """Mark what pytauargus hides of a table: counts below five, protected by 30% of themselves, optimally."""
    from pytauargus import protect as tau

    people = [
        (atom.group, atom.cut)
        for atom, number in zip(system.atoms, system.counts.tolist(), strict=True)
        for _ in range(number)
    ]
    rows = pd.DataFrame(people, columns=["group", "band"]).assign(people=1.0)
    with tempfile.TemporaryDirectory() as folder, chdir(folder):  # its solver leaves files where it runs
        rule = {"safety_rules": f"FREQ({smallest_number()},30)", "suppress": "OPT(1)"}
        (found,) = tau(rows, ["group", "band"], response="people", workdir=folder, **rule).tables
        places = zip(found.dataframe()["group"], found.dataframe()["band"].str.strip(), strict=True)  # codes are padded
        status = dict(zip(places, found.dataframe()["status"], strict=True))
    names = {KNOWN: "Total", ALL_BANDS: "Total"}
    words = [
        (names.get(cell.key.group, cell.key.group), names.get(cell.key.cut, cell.key.cut)) for cell in system.cells
    ]
    return np.array([status.get(one) in UNSAFE for one in words])


def beside_tau() -> None:
    """Print what pytauargus and the release hide of single tables, and what an attacker makes of either."""
    system = stress(12)
    found: dict[str, Counter] = {"pytauargus": Counter(), "the release": Counter()}
    for name in dict.fromkeys(atom.organisation for atom in system.atoms):
        for stage in RECRUITMENT.keys:
            alone = one_table(system, name, stage)
            for method, counted in found.items():
                started = time.perf_counter()
                ours = method == "the release"
                hidden = (
                    protect(alone, few_people(alone), Standing.nothing(alone)).hidden if ours else hidden_by_tau(alone)
                )
                counted["seconds"] += time.perf_counter() - started
                values = zip(alone.cells, alone.values, hidden, strict=True)
                shown = {cell: None if secret else int(value) for cell, value, secret in values}
                truth = {str(cell.key): int(value) for cell, value in zip(alone.cells, alone.values, strict=True)}
                attacked = attack(publication(YEAR, shown), truth=truth)
                counted["numbers"] += len(shown)
                counted["hidden"] += len(attacked.hidden)
                counted["recovered"] += len(attacked.recovered)
                counted["narrowed"] += len({*attacked.recovered, *attacked.certainly_small, *attacked.narrowed})
    print(f"\n{'single tables':<14} {'numbers':>8} {'hidden':>7} {'recovered':>10} {'narrowed':>9} {'seconds':>8}")
    for method, one in found.items():
        print(
            f"{method:<14} {one['numbers']:>8} {one['hidden']:>7} {one['recovered']:>10} {one['narrowed']:>9} "
            f"{one['seconds']:>8.2f}"
        )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cost", type=int)
    parser.add_argument("--only", choices=("years", "stress", "costs"))
    parser.add_argument("--tau", action="store_true")
    asked = parser.parse_args()
    if asked.cost:
        cost(asked.cost)
        return
    if asked.tau:
        beside_tau()
        return
    for name, shown in (("years", five_years), ("stress", stress_table), ("costs", costs)):
        if asked.only in (None, name):
            shown()


if __name__ == "__main__":
    main()
