"""Which of the tables that are due of each chain (`codebook/measures.py`) a quarter's release publishes.

The finer they are in people, the coarser in time and place. Besides, two of an organisation's years together where both
hid much, in the report after the second; three, where the two hid much too. The partnership's year adds up those
organisations that sent applications: so the sums and what equal chances would give of them, which is worked out post by
post, are of the same people.

A table of the partnership adds up as many organisations as the setting asks, five or more, so that what one of them
finds by taking away its own is of four others at least, where all have people there. The partnership's quarter is that
before the report's: decisions that come late are in it by then, and what is once published stands. The report's own
quarter is protected meanwhile.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations, product
from typing import NamedTuple

from lt_analysis.codebook.ethnicity import BME, REFERENCE, TWO_GROUPS, UNKNOWN
from lt_analysis.codebook.measures import (
    BANDED,
    CHAIN_OF,
    CHAINS_OF_POSTS,
    CHAINS_OF_STAFF,
    EVERYBODY_SO_FAR,
    IN_POST,
    JOINED,
    Chain,
    Due,
    When,
    Whose,
)
from lt_analysis.codebook.pay import (
    BAND_8_PLUS_TOTAL,
    BANDS_6_AND_7,
    BELOW_BAND_8_TOTAL,
    DIVIDED_AT,
    EVERYBODY,
    KINDS_OF_WORK,
    MEDICAL,
    PARTS_OF_CUTS,
    SENT_WHOLE,
    UP_TO_BAND_5,
    UPPER_BANDS,
    WITHOUT_BANDS,
    divided,
)
from lt_analysis.codebook.periods import FinancialYear, Quarter, StaffDay, SurveyYear
from lt_analysis.codebook.publishing import fewest_organisations, smallest_number
from lt_analysis.release.files import Ledger
from lt_analysis.release.keys import (
    ALL_BANDS,
    CUTS,
    GROUPS,
    KNOWN,
    PARTNERSHIP,
    SUM_OF_PERIODS,
    Atom,
    Cell,
    Key,
    periods_of,
    table,
)
from lt_analysis.release.people import People

# Of a single group of fewer staff, a number that is hidden says nearly as much as one that is shown.
FEWEST_OF_ONE_GROUP = 50
# Kinds of band in which staff are counted, the first to be left out first.
KINDS_OF_BAND = (MEDICAL, BELOW_BAND_8_TOTAL, BAND_8_PLUS_TOTAL)
# Benchmark reports of the NHS Staff Survey leave out groups of fewer than 11 who answered.
FEWEST_ANSWERS = 11
# A board of longer before or after says little of who works there on a day.
NEAR = timedelta(days=366)


def organisation_table(slug: str, span: str, atoms: Iterable[Atom]) -> Iterator[Cell]:
    """List an organisation's numbers of a year, or of several. Where no single bands were sent, it has none."""
    periods = set(periods_of(span))
    sent = {atom.cut for atom in atoms if atom.organisation == slug and atom.period in periods}
    for chain in CHAINS_OF_POSTS:
        for due, stages in chain.tables(Whose.EACH, When.YEAR):
            cuts = (chain.whole,) if chain.whole in sent else due.cuts
            yield from table(slug, (slug,), span, due.groups, cuts, stages)


def partnership_year(members: Iterable[str], year: FinancialYear, atoms: Iterable[Atom]) -> Iterator[Cell]:
    """List the partnership's numbers of a year, of those organisations that sent single groups and bands."""
    whole = [slug for slug in sorted(members) if _in_full(slug, year, atoms)]
    if len(whole) >= fewest_organisations():
        yield from _together(whole, str(year), When.YEAR)


def _in_full(slug: str, year: FinancialYear, atoms: Iterable[Atom]) -> bool:
    periods = set(periods_of(str(year)))
    own = [atom for atom in atoms if atom.organisation == slug and atom.period in periods]
    return bool(own) and not any(atom.group == BME or atom.cut == ALL_BANDS for atom in own)


def partnership_quarter(quarter: Quarter, atoms: Iterable[Atom]) -> Iterator[Cell]:
    """List the partnership's numbers of a quarter, of all that sent it and had anybody of known ethnicity in it."""
    members = sorted({atom.organisation for atom in atoms if atom.period == str(quarter)})
    if len(members) >= fewest_organisations():
        yield from _together(members, str(quarter), When.QUARTER)


def _together(members: Iterable[str], span: str, when: When) -> Iterator[Cell]:
    for chain in CHAINS_OF_POSTS:
        for due, stages in chain.tables(Whose.TOGETHER, when):
            yield from table(PARTNERSHIP, members, span, due.groups, due.cuts, stages)


@dataclass(frozen=True)
class Ladder:
    """What a quarter's release is to publish first, and what it keeps from being worked out until that is published.

    `besides` are further tables, and what these would tell, that may cost no number of the others.
    """

    tables: tuple[Cell, ...]
    reserved: tuple[Cell, ...]
    besides: "Ladder | None" = None


def ladder(
    quarter: Quarter,
    complete: Mapping[str, FinancialYear],
    people: People,
    ledger: Ledger,
    only_totals: Collection[str] = (),
) -> Ladder:
    """List the tables of a quarter that were not published before.

    `complete` names the organisations whose year is complete, and which year that is; of those in `only_totals` it is
    not known who wanted which post.
    """
    year = quarter.latest_complete_year
    # A year in which an organisation had no such post at all counts nobody, and has no table.
    sent = {atom[:2] for atom in people.counts}
    complete = {slug: own for slug, own in complete.items() if sent & {(slug, one) for one in periods_of(str(own))}}
    tables = [cell for slug, own in complete.items() for cell in organisation_table(slug, str(own), people.counts)]
    by_post = [slug for slug, own in complete.items() if own == year and slug not in only_totals]
    tables += partnership_year(by_post, year, people.counts)
    tables += partnership_quarter(quarter.previous, people.counts)
    tables += [cell for slug, own in complete.items() for cell in _several_years(slug, own, people, ledger)]
    new = tuple(cell for cell in tables if not ledger.holds(cell.key.who, cell.key.span))
    return Ladder(new, tuple(partnership_quarter(quarter, people.counts)))


def staff_ladder(day: StaffDay, people: People, ledger: Ledger, chain: Chain) -> Ladder:
    """List the tables of the staff of a day, and of what a chain says happened to them, not published before.

    How many staff there were decides which there are, and never what happened to them: no table says how many staff
    there were where these are few, nor can that be taken from others, for what happened to so few could not be kept
    from being worked out. The partnership's adds up the same organisations in every chain, so that its staff are the
    same people throughout: of those that have tables of their own, so many as leave most to be told. It has kinds of
    band, or single groups in them, only where enough organisations have enough staff in every one; else Band 8 and
    above alone, where that leaves enough in all others together, as of few organisations with doctors. Who joined later
    is in no table, and is kept from being worked out from statutory returns, which have them too.
    """
    staff = _Staff(day, people, CHAINS_OF_STAFF)
    slugs = [slug for slug in staff.chains if staff.enough((slug,), (chain.whole,), TWO_GROUPS)]
    tables = [
        cell
        for slug in slugs
        if chain in staff.chains[slug]
        for due, stages in chain.tables(Whose.EACH, When.DAY_BEFORE)
        for cell in table(slug, (slug,), str(day), due.groups, due.cuts, stages)
    ]
    whole, told = staff.together(slugs)
    if chain in told and len(whole) >= fewest_organisations():
        for due, stages in chain.tables(Whose.TOGETHER, When.DAY_BEFORE):
            cuts = tuple(cut for cut in due.cuts if staff.any(whole, cut))
            groups = next((some for some in (due.groups, TWO_GROUPS) if staff.enough(whole, cuts, some)), ())
            if not groups and BAND_8_PLUS_TOTAL in cuts and staff.divides(whole, cuts, BAND_8_PLUS_TOTAL):
                cuts, groups = (BAND_8_PLUS_TOTAL,), TWO_GROUPS
            tables += table(PARTNERSHIP, whole, str(day), groups, cuts, stages)
    new = tuple(cell for cell in tables if not ledger.holds_of(cell.key.who, cell.key.span, chain))
    joined = [
        cell.of(stage=f"{cell.key.stage}{JOINED}")
        for cell in new
        if cell.key.stage in chain.later and cell.key.group in TWO_GROUPS and cell.key.cut == chain.whole
    ]
    return Ladder(new, tuple(joined))


def stock_ladder(day: StaffDay, people: People, ledger: Ledger, chain: Chain) -> Ladder:
    """List the tables of who works at each band on a day, not published before.

    How many staff there are of each kind of band everybody is taken to know, so nothing keeps a few of them from being
    worked out: a kind of band of few White or few BME staff is in no table of its organisation, nor are its parts, nor
    further kinds, until those that are left out are not few together. The partnership's adds up the organisations
    whose own have Band 8 and above, and has single groups where each has many.
    """
    staff = _Staff(day, people, (chain,))
    if not any(due.whose == Whose.EACH for due in chain.due):
        return Ladder(tuple(_divided(day, staff, ledger, chain)), ())
    (of_each, stages), (unknown, _) = chain.tables(Whose.EACH, When.LAST_DAY)
    own = {
        slug: staff.cuts((slug,), staff.kinds_told(slug, chain.whole), of_each)
        for slug in staff.chains
        if staff.enough((slug,), (chain.whole,), TWO_GROUPS)
    }
    tables = [
        cell for slug, cuts in own.items() for cell in table(slug, (slug,), str(day), of_each.groups, cuts, stages)
    ]
    # Of how many staff ethnicity is not known everybody is taken to know too, and of few it is not printed.
    tables += [
        cell
        for slug in own
        if not 0 < staff.people(slug, UNKNOWN, chain.whole) < smallest_number()
        for cell in table(slug, (slug,), str(day), unknown.groups, unknown.cuts, stages)
    ]
    whole = {slug: cuts for slug, cuts in own.items() if BAND_8_PLUS_TOTAL in cuts}
    new = tuple(cell for cell in tables if not ledger.holds_of(cell.key.who, cell.key.span, chain))
    if len(whole) < fewest_organisations() or ledger.holds_of(PARTNERSHIP, str(day), chain):
        return Ladder(new, ())
    together = _in_post_together(day, staff, whole, chain)
    return replace(together, tables=(*new, *together.tables))


def _in_post_together(day: StaffDay, staff: "_Staff", whole: Mapping[str, Collection[str]], chain: Chain) -> Ladder:
    """Return the partnership's tables of who works at each band, with numbers in none that may follow from them.

    `whole` are the organisations that it adds up, with the cuts of their own tables. Who has no band below 8a follows
    from all below Band 8, less those who have one.
    """

    def told(cut: str) -> bool:
        """Tell whether what others' tables leave of a cut is nobody, or enough: not few people of some of them."""
        return staff.not_few([slug for slug, cuts in whole.items() if not _add_up_to(cut, cuts)], (cut,))

    def cells(groups: Iterable[str], cuts: Iterable[str]) -> tuple[Cell, ...]:
        """Return the partnership's numbers of some groups and cuts."""
        return tuple(table(PARTNERSHIP, whole, str(day), groups, cuts, stages))

    (two, stages), (single, _), (by_work, _) = chain.tables(Whose.TOGETHER, When.LAST_DAY)
    kinds = [kind for kind in KINDS_OF_BAND if staff.enough(whole, (kind,), TWO_GROUPS) and told(kind)]
    cuts = [cut for cut in staff.cuts(whole, kinds, two) if told(cut)]
    tables = cells(two.groups, cuts)
    if not any(group == BME for slug, group, _ in staff.numbers if slug in whole):
        every = [cut for cut in single.cuts if cut in cuts]
        every = [cut for cut in every if staff.enough(whole, (cut,), (REFERENCE, *single.groups))]
        tables += cells(single.groups, every)
    apart = _apart_by_work(staff, whole, [kind for kind in kinds if kind != MEDICAL], told)
    of_work = [cut for cut in by_work.cuts if cut.partition(DIVIDED_AT)[0] in apart]
    of_work = [cut for cut in of_work if staff.enough(whole, (cut,), TWO_GROUPS)]
    rest = [cut for cut in (*two.cuts, WITHOUT_BANDS) if cut not in cuts]
    rest_of_work = [cut for cut in (*by_work.cuts, *chain.divided[WITHOUT_BANDS]) if cut not in of_work]
    besides = Ladder(cells(two.groups, of_work), cells(two.groups, rest_of_work))
    return Ladder(tables, cells(two.groups, rest), besides)


def _apart_by_work(
    staff: "_Staff", members: Collection[str], kinds: Iterable[str], told: Callable[[str], bool]
) -> set[str]:
    """Return the cuts in which clinical and other staff are told apart: each with enough of both, or with nobody.

    So has what is left of a kind of band beside its parts, for it follows. Where only that has not, as of few
    organisations in which staff below Band 8a have no band, the parts stand and the kind does not.
    """

    def enough(cuts: Iterable[str]) -> bool:
        """Tell whether of some cuts together enough are in each kind of work, or nobody."""
        both = zip(*(divided(cut, KINDS_OF_WORK) for cut in cuts), strict=True)
        return all(staff.enough_or_nobody(members, one) for one in both)

    found: set[str] = set()
    for kind in kinds:
        parts = [part for part in PARTS_OF_CUTS[kind] if part != WITHOUT_BANDS]
        apart = [part for part in parts if told(part) and enough((part,))]
        rest = [part for part in PARTS_OF_CUTS[kind] if part not in apart]
        if apart == parts and not enough(rest):
            found |= {*apart}
        elif enough((kind,)):
            found |= {kind, *(apart if enough(rest) else ())}
    if found >= {BELOW_BAND_8_TOTAL, BAND_8_PLUS_TOTAL}:
        return found | {EVERYBODY}
    return found | {BANDED} if found >= {UP_TO_BAND_5, BANDS_6_AND_7, BAND_8_PLUS_TOTAL} else found


def _divided(day: StaffDay, staff: "_Staff", ledger: Ledger, chain: Chain) -> Iterator[Cell]:
    """Yield the numbers of a stock whose kinds of band are divided: those of enough staff in enough organisations.

    It adds up the organisations whose own tables of bands have Band 8 and above, as the partnership's of bands does.
    How many there are of a kind everybody is taken to know, so one part of it tells the rest: a kind is divided only
    where every part is of enough staff, or of nobody. Its parts tell how many of it there are, too: where some members'
    own tables leave it out, they must not be few.
    """
    kinds = {
        slug: staff.kinds_told(slug, chain.whole)
        for slug in staff.chains
        if staff.enough((slug,), (chain.whole,), TWO_GROUPS)
    }
    members = [slug for slug, own in kinds.items() if BAND_8_PLUS_TOTAL in own]

    def told(kind: str) -> bool:
        """Return whether a kind is divided: each part is of enough staff or of nobody, and what is left out not few."""
        others = [slug for slug in members if kind not in (chain.whole, *kinds[slug])]
        return staff.not_few(others, (kind,)) and all(
            staff.enough_or_nobody(members, (one,)) for one in chain.told_with[kind]
        )

    for due, stages in chain.tables(Whose.TOGETHER, When.LAST_DAY) if len(members) >= fewest_organisations() else ():
        kept = [cut for cut in due.cuts if DIVIDED_AT not in cut or told(cut.partition(DIVIDED_AT)[0])]
        cuts = [cut for cut in kept if staff.enough(members, (cut,), TWO_GROUPS)]
        if not ledger.holds_of(PARTNERSHIP, str(day), chain):
            yield from table(PARTNERSHIP, members, str(day), due.groups, cuts, stages)


def _add_up_to(cut: str, others: Collection[str]) -> bool:
    """Tell whether a cut is one of some others, or is made of such."""
    parts = {part for one in others if set(CUTS[one]) <= set(CUTS[cut]) for part in CUTS[one]}
    return parts == set(CUTS[cut]) or cut in others


def answers_ladder(year: SurveyYear, people: People, ledger: Ledger, chain: Chain) -> Ladder:
    """List the tables of a question of a year's survey that were not published before.

    Only how many answered decides whether an organisation has one. The partnership's adds up the organisations of which
    nothing is hidden, so that no hidden number is in any sum.
    """
    ((of_each, stages),) = chain.tables(Whose.EACH, When.SURVEY)
    ((together, _),) = chain.tables(Whose.TOGETHER, When.SURVEY)
    tables, told = [], []
    for slug, answered in answered_by(year, people, chain).items():
        if min(answered.values()) < max(FEWEST_ANSWERS, smallest_number()):
            continue
        own = list(table(slug, (slug,), str(year), of_each.groups, of_each.cuts, stages))
        tables += own
        yes = [people.number(cell) for cell in own if cell.key.stage == chain.keys[1]]
        left = [everybody - some for everybody, some in zip(answered.values(), yes, strict=True)]
        told += [slug] if min(*yes, *left) >= smallest_number() else []
    if len(told) >= fewest_organisations():
        tables += table(PARTNERSHIP, told, str(year), together.groups, together.cuts, stages)
    return Ladder(tuple(cell for cell in tables if not ledger.holds_of(cell.key.who, cell.key.span, chain)), ())


def answered_by(year: SurveyYear, people: People, chain: Chain) -> dict[str, dict[str, int]]:
    """Return how many of each group answered a question, by organisation that sent it."""
    slugs = sorted({atom.organisation for atom in people.of_chain(chain).counts if atom.period == str(year)})
    cells = {slug: table(slug, (slug,), str(year), (REFERENCE, BME), (chain.whole,), chain.keys[:1]) for slug in slugs}
    return {slug: {cell.key.group: people.number(cell) for cell in some} for slug, some in cells.items()}


def known_answers(year: SurveyYear, people: People, chain: Chain) -> Iterator[Cell]:
    """List what everybody is taken to know of a question: how many of each organisation and group answered it."""
    for slug in answered_by(year, people, chain):
        yield from table(slug, (slug,), str(year), (REFERENCE, BME), (chain.whole,), chain.keys[:1])


def known_in_post(day: StaffDay, people: People, due: Iterable[Cell], chain: Chain) -> Iterator[Cell]:
    """List what everybody is taken to know of who works at each band: as of those to whom something happened later.

    That is how many staff there are of each organisation, group and kind of band, and so all sums of these.
    """
    sent = dict.fromkeys((atom.organisation, atom.group) for atom in people.counts if atom.period == str(day))
    for slug, group in sent:
        yield from table(slug, (slug,), str(day), (group,), PARTS_OF_CUTS[chain.whole], chain.keys)
    yield from (cell for cell in due if cell.key.cut in (EVERYBODY, *PARTS_OF_CUTS[EVERYBODY]))


class Executives(NamedTuple):
    """How many executives sat on an organisation's board on a day, and how many of them were BME, as it has printed."""

    organisation: str
    as_of: date
    executives: int
    bme: int


def known_of_boards(day: StaffDay, printed: Iterable[Executives]) -> dict[Cell, int]:
    """Return how many people at Band 8c and above everybody knows by name: White, BME, and of both groups, executives.

    They are public persons. Whoever is not printed as BME is taken for White; and what was printed of the nearest day
    within a year, and last, for what it was on the day of the staff.

    >>> printed = [Executives("ashbourne", date(2026, 3, 1), 6, 2), Executives("ashbourne", date(2027, 3, 31), 6, 3)]
    >>> known = known_of_boards(StaffDay(FinancialYear(2026)), printed)
    >>> {cell.key.group: executives for cell, executives in known.items()}
    {'White': 4, 'BME': 2, 'known': 6}
    """
    on_the_day, nearest = date.fromisoformat(str(day)), {}
    for one in printed:
        days = abs(one.as_of - on_the_day)
        if days <= abs(nearest.get(one.organisation, one).as_of - on_the_day) and days <= NEAR:
            nearest[one.organisation] = one
    return {
        Cell(Key(slug, str(day), IN_POST.key, group, UPPER_BANDS), (slug,)): executives
        for slug, one in nearest.items()
        for group, executives in ((REFERENCE, one.executives - one.bme), (BME, one.bme), (KNOWN, one.executives))
    }


def given_numbers(day: StaffDay, people: People, chain: Chain) -> Iterator[Cell]:
    """List what everybody is taken to know of the staff of a day.

    That is how many there are of each organisation, group and cut; and, of what statutory returns hold, how many White
    and BME people, and of unknown ethnicity, came to a stage, whether they joined later or not.
    """
    sent = dict.fromkeys((atom.organisation, atom.group, atom.cut) for atom in people.counts if atom.period == str(day))
    yield from (Cell(Key(slug, str(day), chain.keys[0], group, cut), (slug,)) for slug, group, cut in sent)
    returned = chain.later if chain.statutory else ()
    for slug, stage in product(dict.fromkeys(slug for slug, _, _ in sent), returned):
        groups, ever = (REFERENCE, BME, UNKNOWN), f"{stage}{EVERYBODY_SO_FAR}"
        yield from table(slug, (slug,), str(day), groups, (chain.whole,), (ever,))


class _Staff:
    """The staff of a day, by organisation, group and cut, and which of some chains are known of each organisation."""

    def __init__(self, day: StaffDay, people: People, chains: Collection[Chain]) -> None:
        atoms = {
            atom: number
            for atom, number in people.counts.items()
            if atom.period == str(day) and CHAIN_OF[atom.furthest] in chains
        }
        known = {(atom.organisation, CHAIN_OF[atom.furthest]) for atom in atoms}
        self.chains = {
            slug: tuple(chain for chain in chains if (slug, chain) in known)
            for slug in sorted({slug for slug, _ in known})
        }
        self.numbers: Counter[tuple[str, str, str]] = Counter()
        for atom, number in atoms.items():
            chain = self.chains[atom.organisation][0]
            if atom.furthest in chain.furthest(chain.keys[0]):
                self.numbers[atom.organisation, atom.group, atom.cut] += number

    def together(self, slugs: Collection[str]) -> tuple[list[str], tuple[Chain, ...]]:
        """Return the organisations that the partnership adds up, and the chains that are known of every one of them.

        Of each chain that is left out the organisations of which it is not known can be added up: so many tables are
        told of so many organisations as can be, and where it is all one, more chains.
        """
        choices = [some for size in range(1, len(CHAINS_OF_STAFF) + 1) for some in combinations(CHAINS_OF_STAFF, size)]
        members = {some: [slug for slug in slugs if set(some) <= set(self.chains[slug])] for some in choices}
        enough = [some for some in choices if len(members[some]) >= fewest_organisations()]
        best = max(enough, key=lambda some: (len(some) * len(members[some]), len(some)), default=())
        return members.get(best, []), best

    def any(self, slugs: Collection[str], cut: str) -> bool:
        """Tell whether some organisations have staff in a cut, of whatever group."""
        return any(number for (slug, _, part), number in self.numbers.items() if slug in slugs and part in CUTS[cut])

    def kinds_told(self, slug: str, whole: str) -> tuple[str, ...]:
        """Return the kinds of band that an organisation's table has: of enough staff, and what is left out as well."""
        kinds = [kind for kind in KINDS_OF_BAND if self.enough((slug,), (kind,), TWO_GROUPS)]
        while kinds and not self.not_few((slug,), [one for one in PARTS_OF_CUTS[whole] if one not in kinds]):
            kinds = kinds[1:]
        return tuple(kinds)

    def cuts(self, slugs: Collection[str], kinds: Collection[str], due: Due) -> tuple[str, ...]:
        """Return the cuts of a table: kinds of band, their parts as far as they were sent, and everybody."""
        found = {EVERYBODY, *kinds}
        for kind in kinds:
            parts = {cut for cut in due.cuts if set(CUTS[cut]) < set(CUTS[kind])}
            if due.whose == Whose.TOGETHER:
                found |= {part for part in parts if self.enough(slugs, (part,), TWO_GROUPS)}
            elif not any(self.sent_whole(slugs, one) for one in (kind, *PARTS_OF_CUTS.get(kind, ()))):
                found |= parts
        return tuple(cut for cut in due.cuts if cut in found)

    def people(self, slug: str, group: str, cut: str) -> int:
        """Return how many staff of a group an organisation has in a cut."""
        return sum(self.numbers[slug, *one] for one in product(GROUPS[group], CUTS[cut]))

    def sent_whole(self, slugs: Collection[str], cut: str) -> bool:
        """Tell whether of some staff of a kind of band no band was sent."""
        whole = cut in (*SENT_WHOLE, WITHOUT_BANDS)
        return whole and any(
            number
            for (slug, _, part), number in self.numbers.items()
            if slug in slugs and part.partition(DIVIDED_AT)[0] == cut
        )

    def not_few(self, slugs: Collection[str], cuts: Collection[str]) -> bool:
        """Tell whether the White and BME staff of some cuts, all organisations together, are nobody or enough."""
        return not any(
            0 < sum(self.numbers[slug, *one] for slug in slugs for one in self._parts(group, cuts)) < smallest_number()
            for group in (REFERENCE, BME)
        )

    @staticmethod
    def _parts(group: str, cuts: Collection[str]) -> Iterator[tuple[str, str]]:
        return ((one, part) for one in GROUPS[group] for cut in cuts for part in CUTS[cut])

    def enough(self, slugs: Collection[str], cuts: Iterable[str], groups: Iterable[str]) -> bool:
        """Tell whether there are enough staff of each cut and group, and in enough of several organisations."""
        return all(self._enough(slugs, (cut,), group) for cut, group in product(cuts, groups))

    def enough_or_nobody(self, slugs: Collection[str], cuts: Collection[str]) -> bool:
        """Tell whether the staff of some cuts together are enough of both groups, or nobody."""
        nobody = not any(self.any(slugs, cut) for cut in cuts)
        return nobody or all(self._enough(slugs, cuts, group) for group in TWO_GROUPS)

    def divides(self, slugs: Collection[str], cuts: Collection[str], one: str) -> bool:
        """Tell whether there are enough staff of one cut, and of the others together."""
        others = [cut for cut in cuts if cut != one]
        return all(self._enough(slugs, some, group) for some in ((one,), others) for group in TWO_GROUPS)

    def _enough(self, slugs: Collection[str], cuts: Collection[str], group: str) -> bool:
        here = [sum(self.people(slug, group, cut) for cut in cuts) for slug in slugs]
        least = smallest_number() if group in TWO_GROUPS else FEWEST_OF_ONE_GROUP
        return sum(here) >= least and (len(here) < 2 or sum(map(bool, here)) >= fewest_organisations())


def _several_years(slug: str, year: FinancialYear, people: People, ledger: Ledger) -> list[Cell]:
    """List an organisation's numbers of two years, or three, where what was published of each of them hid much.

    Only what was published decides it: that there is such a table tells nobody anything. Three years are added up
    where two of them were, and that hid much too.
    """
    last, before = year, FinancialYear(year.start - 1)
    first = FinancialYear(year.start - 2)
    two, two_before = (SUM_OF_PERIODS.join(map(str, some)) for some in ((before, last), (first, before)))
    span = ""
    if ledger.holds(slug, two_before):
        if _hid_much(slug, two_before, ledger) and _hid_much(slug, str(last), ledger):
            span = SUM_OF_PERIODS.join(map(str, (first, before, last)))
    elif _hid_much(slug, str(before), ledger) and _hid_much(slug, str(last), ledger):
        span = two
    return list(organisation_table(slug, span, people.counts)) if span else []


def _hid_much(slug: str, span: str, ledger: Ledger) -> bool:
    """Tell whether a published table hid how many White or BME people reached a stage at Band 8 and above."""
    own = [entry for entry in ledger.entries if (entry.cell.key.who, entry.cell.key.span) == (slug, span)]
    return any(entry.value is None for entry in own if _is_main(entry.cell))


def _is_main(cell: Cell) -> bool:
    return cell.key.cut == ALL_BANDS and cell.key.group != UNKNOWN
