"""The release of a quarter: decided after all that other releases said, and proved before it is written.

A release that was made stands: a quarter is released once. Nothing is written before the certificate proves that what
is hidden cannot be worked out, and the release is found to be the same in all of its worlds. A world has other people,
by which all that is published is the same. Held fixed are which tables there are and which of their numbers are hidden;
whatever else hung on a hidden number (the number, a word, a mark, an order) would show as a difference between worlds.
What is worked out from single shortlists (what equal chances would give, evidence since the declared start) stays as it
is, for worlds hold numbers of people and no shortlists: docs/publishing.md says what that leaves open.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import duckdb
import numpy as np

from lt_analysis.codebook.commitments import COMMITMENTS, Commitment
from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.measures import CHAINS, CHAINS_OF_POSTS, MEASURES, STAGES, Chain, Measure
from lt_analysis.codebook.metrics import Asked
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import FinancialYear, Quarter, StaffDay, SurveyYear
from lt_analysis.codebook.protocol import Protocol, declared_protocol
from lt_analysis.codebook.publishing import smallest_number
from lt_analysis.codebook.standards import SEATS
from lt_analysis.codebook.words import TOO_FEW_ANSWERS
from lt_analysis.collection.commitments import MOST, NOTHING_DECLARED, Declaration
from lt_analysis.collection.goal import Goal, Pledge
from lt_analysis.counts.metrics import metrics_sent
from lt_analysis.evidence.estimate import Together, estimate_together
from lt_analysis.release.approvals import (
    BOARD,
    INDICATOR,
    METRIC_VALUE,
    NAME,
    OF_A_METRIC,
    OF_ACTIONS,
    OF_COMMITMENTS,
    OF_METRICS,
    PRINTED_LATER,
    Approvals,
    Text,
    Texts,
    awaits,
    board_in_words,
    indicator_in_words,
    pledged_actions,
    readable,
    write_awaiting,
)
from lt_analysis.release.candidates import (
    Candidate,
    Year,
    executives_printed,
    in_words,
    year_of,
    years_elsewhere,
)
from lt_analysis.release.certificate import (
    MOST_NAMED,
    elsewhere_then,
    keep_certificate,
    people_counted,
    people_counted_in,
    recount_lost,
    settle_certificates,
    write_certificate,
    write_elsewhere,
)
from lt_analysis.release.chances import COUNTS, chances_of, chances_that_stand, chances_together, chances_told
from lt_analysis.release.figures import Status
from lt_analysis.release.files import (
    Edition,
    Ledger,
    PledgedAction,
    Published,
    Standing,
    label_of,
    lost_replaced,
    read_editions,
    replaced_editions,
    rows_of,
    written_release,
)
from lt_analysis.release.items import PARTNERSHIP as EVERYBODY
from lt_analysis.release.items import (
    EvidenceItem,
    Exact,
    exact_evidence,
    look_of_year,
    organisation_items,
    partnership_item,
)
from lt_analysis.release.keys import ALL_BANDS, PARTNERSHIP, Cell, Key
from lt_analysis.release.ladder import (
    Executives,
    answered_by,
    answers_ladder,
    given_numbers,
    known_answers,
    known_in_post,
    known_of_boards,
    ladder,
    staff_ladder,
    stock_ladder,
)
from lt_analysis.release.leadership import leadership_in_public
from lt_analysis.release.metric_tables import Anchor, MetricDefinition
from lt_analysis.release.metrics import (
    DueTables,
    PublishedMetrics,
    anchors_in_public,
    definitions_in_public,
    metrics_due,
    staff_published,
)
from lt_analysis.release.people import FROM_APPLICATIONS, People, Reached, people_of
from lt_analysis.release.publishing import Decided, Refused, decide, decide_besides
from lt_analysis.release.reading import (
    BY,
    DUE_ON,
    GOAL_TEXTS,
    INVENTED,
    KEY_OF_COMMITMENT,
    MADE_ON,
    SIGNED,
    SINCE,
    VERSION,
    board_key,
    commitment_key,
    evidence_items,
    few_answers_key,
    figures_of_evidence,
    goal_key,
    indicator_key,
    pledge_key,
)
from lt_analysis.release.replacement import replacement, with_replaced

Evidence = Mapping[tuple[str, str], dict]  # by stage and group


@dataclass(frozen=True)
class Made:
    """What came of making a release: the tables that could not be protected, and what was left out.

    `said` is what is worth knowing of metrics. `left_out` are returns, by organisation and period, whose people earlier
    reports counted in another form. Where it was to replace another and says the same, or was not wanted, it is not
    `written`.
    """

    refused: tuple[Refused, ...]
    left_out: tuple[tuple[str, str], ...]
    written: bool = True
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Basis:
    """All that a release is made of, but for what is decided of its tables.

    `before` are the releases made before it, `evidence` is what was estimated of each candidate's year, by
    organisation, and `items` are those of the evidence since the declared start, which hang on what is shown and not on
    its numbers. `number` is which edition of its quarter it makes, and texts that
    nobody has approved yet are `awaiting` that. `together` is what equal chances would give the partnership at each
    stage of its year, where its members sent what was counted of them; `printed` are the names of what other editions
    said of equal chances, replaced ones too; `stand` what the edition that this one replaces said of the
    partnership's; and `declared` what the partnership has declared, and what is published of boards and of leaders, as
    items. `few_answers` are the questions of a survey to which too few answers were sent for a table, by organisation,
    as far as no earlier release says so. `metrics` are those tables of metrics that it is the first to have.
    """

    quarter: Quarter
    candidates: tuple[Candidate, ...]
    before: tuple[Edition, ...]
    evidence: Mapping[str, Evidence]
    items: tuple[EvidenceItem, ...] = ()
    actions: tuple[PledgedAction, ...] = ()
    number: int = 1
    awaiting: tuple[Text, ...] = ()
    together: tuple[Together, ...] = ()
    printed: frozenset[str] = frozenset()
    stand: Mapping[str, float | str | None] = field(default_factory=dict)
    declared: Mapping[str, float | str | None] = field(default_factory=dict)
    few_answers: tuple[str, ...] = ()
    metrics: DueTables = DueTables()
    definitions: tuple[MetricDefinition, ...] = ()
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, eq=False)
class Tables:
    """What is decided of a quarter's tables, the people that they count, and the years that are complete.

    Each chain is `decided` apart, for no table crosses two: in the order of the codebook. `left_out` are returns whose
    people were counted before, in returns of another form. `few_answers` are the questions of a survey that were sent
    and have no table, as `ashbourne/survey-2025-26/discrimination`.
    """

    decided: tuple[Decided, ...]
    counted: People
    complete: Mapping[str, FinancialYear]
    left_out: tuple[tuple[str, str], ...]
    few_answers: tuple[str, ...] = ()


def release_quarter(
    connection: duckdb.DuckDBPyConnection,
    folders: Folders,
    quarter: Quarter,
    candidates: Iterable[Candidate],
    may_replace: Callable[[int], bool] | None = None,
    declaration: Declaration = NOTHING_DECLARED,
) -> Made:
    """Write a quarter's release and its certificate; `declaration` is what the partnership has declared.

    The quarter must not have been released, unless `may_replace` is given: it is asked, with how many numbers would
    move, before anything is written. Raises `RawDataError` where the release must not be replaced.
    """
    old = _newest(folders, quarter) if may_replace else None
    basis, tables = draft_release(connection, folders, quarter, candidates, old, declaration)
    edition, decided = edition_of(basis, tables.decided), tables.decided
    faults = [fault for one in decided for fault in one.faults()]
    for fault in (*faults, *interferences(basis, decided, edition)):
        raise RuntimeError(f"the release of {quarter} is not safe, and nothing was written: {fault}")
    if old and (edition == old or not may_replace(_numbers_moved(folders, old, edition, tables))):
        return Made((), (), written=False)
    if old:
        keep_certificate(folders, old)
    with written_release(folders, edition, instead=old is not None) as fingerprint:
        worlds = [world for one in decided for world in one.certificate.worlds()]
        write_certificate(folders, quarter, fingerprint, tables.counted, worlds)
        write_elsewhere(folders, quarter, fingerprint, basis.metrics.elsewhere)
        write_awaiting(folders, edition.label, basis.awaiting)
    settle_certificates(folders)
    refused = tuple(one for each in decided for one in each.refused)
    return Made(refused, tables.left_out, said=basis.metrics.said)


def _newest(folders: Folders, quarter: Quarter) -> Edition:
    """Return a quarter's release. Raises `RawDataError` where it is not the newest, or what it replaced is gone."""
    editions = read_editions(folders)
    if not editions:
        raise RawDataError("nothing was released yet", "Run it without --replace")
    if editions[-1].period != quarter:
        raise RawDataError(
            f"only the newest release can be replaced, which is of {editions[-1].period}", "What was published stands"
        )
    if lost := lost_replaced(folders):
        raise RawDataError(f"editions that were replaced are gone: {', '.join(lost)}", "Put them back first")
    return editions[-1]


def _numbers_moved(folders: Folders, old: Edition, new: Edition, tables: Tables) -> int:
    """Return how many numbers a replacement moves. Raises `RawDataError` where editions together would tell."""
    every = (old, *(one for one in replaced_editions(folders) if one.period == old.period))
    found = [replacement(one, new, people_counted_in(folders, one), tables.counted) for one in every]
    reasons = list(dict.fromkeys(reason for one in found for reason in one.reasons))
    if reasons:
        more = f" and {len(reasons) - MOST_NAMED} more" if len(reasons) > MOST_NAMED else ""
        raise RawDataError(
            f"the release of {old.period} cannot be replaced, for its editions together would tell of a few people: "
            f"{'; '.join(reasons[:MOST_NAMED])}{more}",
            "Leave it as it is: its report will say that something has since been corrected",
        )
    return found[0].moved


def recount(connection: duckdb.DuckDBPyConnection, folders: Folders, candidates: Iterable[Candidate]) -> list[str]:
    """Count the people of releases whose certificates are lost from the returns again; return their quarters."""
    editions = read_editions(folders)
    elsewhere = years_elsewhere(editions, Approvals.read(folders))
    return recount_lost(folders, editions, people_sent(connection, candidates, elsewhere))


def draft_release(
    connection: duckdb.DuckDBPyConnection,
    folders: Folders,
    quarter: Quarter,
    candidates: Iterable[Candidate],
    instead_of: Edition | None = None,
    declaration: Declaration = NOTHING_DECLARED,
) -> tuple[Basis, Tables]:
    """Decide what a quarter's release says first, after all that other releases said, but for one that it replaces."""
    # A folder of that name is refused (collection/finding.py), and would stand where all organisations do.
    own = [one for one in candidates if one.organisation != PARTNERSHIP]
    candidates = tuple(sorted(own, key=lambda one: one.organisation))
    before = tuple(one for one in read_editions(folders) if one != instead_of)
    replaced = (*replaced_editions(folders), *([instead_of] if instead_of else []))
    approvals = Approvals.read(folders)
    elsewhere = years_elsewhere((*before, *replaced), approvals)
    years = {
        one.organisation: one.span
        for one in candidates
        if _counts(one) and (one.organisation, str(one.span)) not in elsewhere
    }
    sent, counted = people_sent(connection, candidates, elsewhere), people_counted(folders, before)
    evidence = {one.organisation: _evidence_of(connection, one) for one in candidates}
    bases = {slug: {row["basis"] for row in rows.values()} for slug, rows in evidence.items()}
    only_totals = {slug for slug, own in bases.items() if own - {FROM_APPLICATIONS}}
    printed = executives_printed(candidates, (*replaced, *before))
    tables = decide_tables(quarter, years, sent, counted, Ledger.of(before), replaced, only_totals, printed)

    protocol = declared_protocol()
    exact = _exact_evidence_of_all(connection, quarter, tables.complete, protocol)
    number = instead_of.number + 1 if instead_of else 1
    texts = Texts(label_of(quarter, number), approvals)
    public, actions = _in_public(connection, candidates, evidence, texts, declaration)
    declared = _declared_in_public(declaration, quarter, texts) | _boards_in_public(candidates, quarter, texts)
    declared |= leadership_in_public(connection, [one.organisation for one in candidates], quarter)
    declared |= _indicators_in_public(candidates, quarter, texts)
    shown = {cell: value is not None for one in tables.decided for cell, value in one.values.items()}
    shown |= {entry.cell: not entry.hidden for entry in Ledger.of(before).entries}
    stands = evidence_items([instead_of] if instead_of else [])  # what was printed never moves
    items = (*stands, *_new_items(exact, shown, (*evidence_items(before), *stands), protocol))
    said = {key for edition in before for key in edition.items}
    tables_before = (table for edition in (*before, *replaced) for table in edition.metrics)
    known = PublishedMetrics(tables_before, elsewhere_then(folders))
    basis = Basis(
        quarter,
        public,
        before,
        evidence,
        items,
        actions,
        number,
        tuple(texts.awaiting),
        together=tuple(_together(connection, quarter.latest_complete_year, tables, candidates)),
        printed=frozenset(name for edition in (*before, *replaced) for name in chances_told(edition.items)),
        stand=chances_that_stand(instead_of.items) if instead_of else {},
        declared=declared,
        few_answers=tuple(key for key in tables.few_answers if few_answers_key(key) not in said),
        metrics=_metrics_in_public(connection, candidates, known, quarter, texts, declaration.asked),
        definitions=tuple(definitions_in_public(declaration.asked, texts)),
        anchors=_anchors_in_public(connection, candidates, texts, _published(before) | _decided(tables)),
    )
    # Whatever is left out is known now, and so is what the edition that this one replaces said first of metrics.
    stand = PublishedMetrics(instead_of.metrics).tables if instead_of else ()
    due = tuple(sorted((*stand, *basis.metrics.tables), key=lambda one: one.key))
    return replace(basis, awaiting=tuple(texts.awaiting), metrics=replace(basis.metrics, tables=due)), tables


def _metrics_in_public(
    connection: duckdb.DuckDBPyConnection,
    candidates: Iterable[Candidate],
    published: PublishedMetrics,
    quarter: Quarter,
    texts: Texts,
    asked: Asked,
) -> DueTables:
    """Return what is new of metrics; values that were published elsewhere await approval with their source."""
    invented = {one.organisation: one.invented for one in candidates}
    sent = [one for one in metrics_sent(connection) if one.organisation in invented]
    numbers: Counter[str] = Counter()

    def is_approved(organisation: str, written_out: str) -> bool:
        """Tell whether values may be printed, and if not, have them await approval."""
        numbers[organisation] += 1
        number = numbers[organisation]
        return texts.may_be_printed(organisation, METRIC_VALUE, number, written_out, invented[organisation])

    return metrics_due(sent, asked, quarter, published, smallest_number(), is_approved)


def _anchors_in_public(
    connection: duckdb.DuckDBPyConnection,
    candidates: Iterable[Candidate],
    texts: Texts,
    numbers: Mapping[Key, int | None],
) -> tuple[Anchor, ...]:
    """Return the promises of anchors, beside what is published of staff, in this release or before."""
    invented = {one.organisation: one.invented for one in candidates}
    return tuple(anchors_in_public(connection, invented, texts, smallest_number(), staff_published(numbers)))


def _published(editions: Iterable[Edition]) -> dict[Key, int | None]:
    return {one.cell.key: one.value for edition in editions for one in edition.own_numbers}


def _decided(tables: Tables) -> dict[Key, int | None]:
    return {cell.key: value for one in tables.decided for cell, value in one.values.items()}


def _declared_in_public(declaration: Declaration, quarter: Quarter, texts: Texts) -> dict[str, float | str | None]:
    """Return what the partnership has declared as items, without words that nobody has approved yet."""
    said = _goal_in_public(declaration.goal, quarter, texts)
    for number, one in enumerate(declaration.commitments, start=1):
        said |= _commitment_in_public(one, number, declaration.invented, quarter, texts)
    return said | _pledge_in_public(declaration.pledge, quarter)


def _pledge_in_public(pledge: Pledge | None, quarter: Quarter) -> dict[str, float | str | None]:
    """Return as items which version of the pledge stood at the end of a quarter, and who had signed it by then."""
    if pledge is None or pledge.stands_since > quarter.last_day:
        return {}
    key = pledge_key(quarter)
    signed = {slug: str(day) for slug, day in sorted(pledge.signed.items()) if day <= quarter.last_day}
    said = {f"{key}/{VERSION}": float(pledge.version), f"{key}/{SINCE}": str(pledge.stands_since)}
    return said | {f"{key}/{SIGNED}/{slug}": day for slug, day in signed.items()}


def _commitment_in_public(
    one: Commitment, number: int, invented: bool, quarter: Quarter, texts: Texts
) -> dict[str, float | str | None]:
    sent = dict(zip(OF_COMMITMENTS, (one.text, one.source, one.test), strict=True))
    said: dict[str, float | str | None] = {
        field: texts.approved(PARTNERSHIP, field, number, text or "", invented) for field, text in sent.items()
    }
    said |= {KEY_OF_COMMITMENT: one.key, MADE_ON: str(one.made_on), INVENTED: float(invented)}
    said |= {DUE_ON: one.due_on and str(one.due_on)}
    return {f"{commitment_key(quarter, number)}/{part}": words for part, words in said.items()}


def _goal_in_public(goal: Goal | None, quarter: Quarter, texts: Texts) -> dict[str, float | str | None]:
    """Return what the partnership has declared as items, without words that nobody has approved yet."""
    if goal is None:
        return {}
    said: dict[str, float | str | None] = {
        field: texts.approved(PARTNERSHIP, field, 1, sent, goal.invented)
        for field, sent in zip(GOAL_TEXTS, (goal.says, goal.known_by), strict=True)
    }
    said |= {BY: goal.by, INVENTED: float(goal.invented)}
    return {f"{goal_key(quarter)}/{part}": words for part, words in said.items()}


def _boards_in_public(candidates: Iterable[Candidate], quarter: Quarter, texts: Texts) -> dict[str, float | str | None]:
    """Return as items what organisations have published of their boards, as far as somebody has approved it."""
    found: dict[str, float | str | None] = {}
    for one in candidates:
        if one.board and texts.approved(one.organisation, BOARD, 1, board_in_words(one.board), one.invented):
            said = {
                **{
                    part: float(number)
                    for parts in SEATS.values()
                    for part in parts
                    if (number := getattr(one.board, part)) is not None
                },
                "source": readable(one.board.source),
                "as_of": str(one.board.as_of),
            }
            found |= {f"{board_key(one.organisation, quarter)}/{part}": value for part, value in said.items()}
    return found


def _indicators_in_public(
    candidates: Iterable[Candidate], quarter: Quarter, texts: Texts
) -> dict[str, float | str | None]:
    """Return as items what organisations have published of indicators, as far as somebody has approved it."""
    found: dict[str, float | str | None] = {}
    for organisation in candidates:
        for number, one in enumerate(organisation.indicators, start=1):
            words = indicator_in_words(one)
            if texts.approved(organisation.organisation, INDICATOR, number, words, organisation.invented):
                said = {"indicator": float(one.indicator), "year": one.year, "value": one.value, "group": one.group}
                said |= {"source": readable(one.source), "as_of": str(one.as_of)}
                key = indicator_key(organisation.organisation, quarter, number)
                found |= {f"{key}/{part}": value for part, value in said.items()}
    return found


def _together(
    connection: duckdb.DuckDBPyConnection, year: FinancialYear, tables: Tables, candidates: Iterable[Candidate]
) -> Iterator[Together]:
    """Yield what equal chances would give the partnership at each stage of a year that is published now.

    Only where what its members sent is what is counted of them: where a return was corrected after people of it were
    counted, the two would not be about the same people.
    """
    cells = (cell for one in tables.decided for cell in one.values)
    members = next((cell.members for cell in cells if cell.key[:2] == (PARTNERSHIP, str(year))), ())
    returns = {one.organisation: one.periods for one in candidates if one.organisation in members}
    for measure in STAGES if members else ():
        found = estimate_together(connection, returns, str(year), measure.key, BME)
        if found and all(_counted(tables.counted, slug, year, measure) == found.counts[slug] for slug in members):
            yield found


def _counted(people: People, organisation: str, year: FinancialYear, measure: Measure) -> tuple[int, ...]:
    """Return how many White people, and how many of the group, are counted before a decision and after it."""
    cells = (
        Cell(Key(organisation, str(year), stage, group, ALL_BANDS), (organisation,))
        for group in (REFERENCE, BME)
        for stage in measure.counts
    )
    return tuple(people.number(cell) for cell in cells)


def _in_public(
    connection: duckdb.DuckDBPyConnection,
    candidates: Iterable[Candidate],
    evidence: Mapping[str, Evidence],
    texts: Texts,
    declaration: Declaration,
) -> tuple[tuple[Candidate, ...], tuple[PledgedAction, ...]]:
    """Return candidates, and their actions, without what nobody has approved yet of what organisations wrote."""
    public = []
    for one in candidates:
        name = texts.name(one.organisation, one.name, one.invented)
        if one.published_source:
            written_out = in_words(one, published_elsewhere(one, evidence[one.organisation], texts.label))
            if not texts.figures_are_approved(one.organisation, one.span, written_out):
                one = replace(one, status=Status.AWAITING, published_source=None, posts=None)
        public.append(replace(one, name=name))
    invented = {one.organisation: one.invented for one in candidates}
    keys = [one.key for one in declaration.commitments] or COMMITMENTS
    return tuple(public), tuple(pledged_actions(connection, invented, texts, keys))


def await_again(
    connection: duckdb.DuckDBPyConnection,
    folders: Folders,
    quarter: Quarter,
    candidates: Iterable[Candidate],
    declaration: Declaration = NOTHING_DECLARED,
) -> None:
    """List again which texts a release left out, where that is lost: as far as returns still say what was left out."""
    (edition,) = (one for one in read_editions(folders) if one.period == quarter)
    if awaits(folders, edition.label):
        return
    candidates = tuple(candidates)
    texts = Texts(edition.label, Approvals.read(folders))
    evidence = {one.organisation: _evidence_of(connection, one) for one in candidates}
    _in_public(connection, candidates, evidence, texts, declaration)
    _declared_in_public(declaration, quarter, texts)
    _boards_in_public(candidates, quarter, texts)
    before = [one for one in read_editions(folders) if one.place < edition.place]
    _metrics_in_public(connection, candidates, before, quarter, texts, declaration.asked)
    tuple(definitions_in_public(declaration.asked, texts))
    _anchors_in_public(connection, candidates, texts, _published((*before, edition)))
    _indicators_in_public(candidates, quarter, texts)
    unnamed = {one.organisation for one in edition.organisations if one.name is None}
    places: Counter[str] = Counter()
    empty = {
        (PARTNERSHIP, 1, field) for field in GOAL_TEXTS if edition.items.get(f"{goal_key(quarter)}/{field}", "") is None
    }
    empty |= {
        (PARTNERSHIP, number, field)
        for number in range(1, MOST + 1)
        for field in OF_COMMITMENTS
        if edition.items.get(f"{commitment_key(quarter, number)}/{field}", "") is None
    }
    empty |= {
        (PARTNERSHIP, one.number, field)
        for one in edition.definitions
        for field in OF_METRICS
        if getattr(one, field.removeprefix(OF_A_METRIC)) is None
    }
    for action in edition.actions:
        places[action.organisation] += 1
        at = (action.organisation, places[action.organisation])
        empty |= {(*at, field) for field in OF_ACTIONS if getattr(action, field) is None}
    left_out = [
        one
        for one in texts.awaiting
        if (one.organisation in unnamed if one.field == NAME else (one.organisation, one.number, one.field) in empty)
        or one.field in PRINTED_LATER
    ]
    write_awaiting(folders, edition.label, left_out)


def decide_tables(
    quarter: Quarter,
    years: Mapping[str, FinancialYear],
    sent: People,
    counted_before: People,
    ledger: Ledger,
    replaced: Iterable[Edition] = (),
    only_totals: Collection[str] = (),
    printed: Iterable[Executives] = (),
) -> Tables:
    """Decide what a quarter is the first to publish of the people that were sent.

    `years` names the organisations whose latest year is complete. `counted_before` are the people behind what the
    ledger holds, who stay as they were counted; `replaced` are editions that may be known all the same. Of
    organisations in `only_totals` it is not known who wanted which post. Of some it is `printed` who sits on the board.
    """
    otherwise = sent.counted_otherwise(counted_before)
    people = sent.replaced_by(counted_before)
    complete = {slug: year for slug, year in years.items() if not _in_two_forms(slug, year, otherwise)}
    known = with_replaced(ledger, replaced, people)
    year, decided, wanted, few = quarter.latest_complete_year, [], [], []
    day, last_day = StaffDay(year), StaffDay(FinancialYear(year.start + 1))
    on_boards = known_of_boards(last_day, printed)
    for chain in CHAINS:
        own, published = people.of_chain(chain), known.of_chain(chain)
        if chain.is_stock:
            due = stock_ladder(last_day, own, ledger, chain)
            given = tuple(known_in_post(last_day, own, due.tables, chain)) if due.tables else ()
            found = decide(own, due.tables, due.reserved, published, given, on_boards)
            if due.besides and due.besides.tables:
                more, reserved = due.besides.tables, (*due.reserved, *due.besides.reserved)
                found = decide_besides(found, own, more, reserved, published, given, on_boards)
            decided.append(found)
        elif chain.of_answers:
            survey = SurveyYear(year)
            due = answers_ladder(survey, own, ledger, chain)
            given = known_answers(survey, own, chain) if due.tables else ()
            decided.append(decide(own, due.tables, due.reserved, published, given))
            asked = answered_by(survey, own, chain)
            told = {cell.key.who for cell in due.tables}
            told |= {slug for slug in asked if ledger.holds_of(slug, str(survey), chain)}
            few += [f"{slug}/{survey}/{chain.key}" for slug in asked if slug not in told]
        elif chain.of_staff:
            due = staff_ladder(day, people, ledger, chain)
            given = given_numbers(day, own, chain) if due.tables else ()
            decided.append(decide(own, due.tables, due.reserved, published, given))
        else:
            due = ladder(quarter, complete, own, ledger, only_totals)
            decided.append(decide(own, due.tables, due.reserved, published))
        wanted += due.tables
    counted = people.of({one for cell in wanted for one in cell.returns})
    return Tables(tuple(decided), counted, complete, tuple(sorted(otherwise)), tuple(few))


def _in_two_forms(organisation: str, year: FinancialYear, otherwise: set[tuple[str, str]]) -> bool:
    """Tell whether an organisation's year was counted before in returns of another form than those that it has now."""
    return any((organisation, str(part)) in otherwise for part in (year, *year.quarters))


def _counts(candidate: Candidate) -> bool:
    return candidate.status == Status.COMPLETE and candidate.published_source is None


def people_sent(
    connection: duckdb.DuckDBPyConnection, candidates: Iterable[Candidate], elsewhere: Collection[Year]
) -> People:
    """Count the people of this audit's posts, and its staff; figures ever published elsewhere are about others."""
    now = {one.organisation for one in candidates if one.published_source}
    sent = People.nobody()
    for chain in CHAINS:
        own = rows_reached(connection, chain)
        if chain in CHAINS_OF_POSTS:
            own = [
                row
                for row in own
                if row.organisation not in now and year_of(row.organisation, row.period) not in elsewhere
            ]
            # Where a return of the whole year was sent too, it is the one that counts: quarters are not added to it.
            whole = {(row.organisation, row.period) for row in own}
            own = [row for row in own if year_of(row.organisation, row.period) not in whole - {row[:2]}]
        sent = sent.with_more(people_of(own, chain))
    return sent


def rows_reached(connection: duckdb.DuckDBPyConnection, chain: Chain) -> list[Reached]:
    """Read how many people of each return, or of the staff of a day, reached each stage of a chain."""
    if chain.is_stock:
        columns = "organisation, day, '', cut, group_name, people"
        found = connection.execute(f"SELECT {columns} FROM staff_in_post WHERE chain = ?", [chain.key])
        return [Reached(*row[:5], tuple(row[5:])) for row in found.fetchall()]
    if chain.of_staff:
        columns = "organisation, day, '', cut, group_name, [people, reached], [joined]"
        columns += ", [new_people, new_reached]" if chain.of_new else ""
        found = connection.execute(f"SELECT {columns} FROM staff_reached WHERE chain = ?", [chain.key])
        return [Reached(*row[:5], *map(tuple, row[5:])) for row in found.fetchall()]
    if chain.of_answers:
        columns = f"organisation, '{SurveyYear.BEGINS}' || year, '', '{chain.whole}', group_name, [respondents, yes]"
        found = connection.execute(f"SELECT {columns} FROM answers WHERE chain = ?", [chain.key])
        return [Reached(*row[:5], tuple(row[5])) for row in found.fetchall()]
    stages = ", ".join(chain.keys)
    found = connection.execute(f"SELECT organisation, period, basis, band, group_name, {stages} FROM stages")
    return [Reached(*row[:5], tuple(row[5:])) for row in found.fetchall()]


def _evidence_of(connection: duckdb.DuckDBPyConnection, candidate: Candidate) -> Evidence:
    """Read what was estimated of a candidate's year."""
    found = connection.execute(
        "FROM evidence WHERE organisation = ? AND span = ? AND campaign = 'none'",
        [candidate.organisation, str(candidate.span)],
    )
    return {(row["stage"], row["group_name"]): row for row in rows_of(found)}


def _exact_evidence_of_all(
    connection: duckdb.DuckDBPyConnection, quarter: Quarter, complete: Mapping[str, FinancialYear], protocol: Protocol
) -> tuple[Exact, ...]:
    """Read the exact evidence that a quarter's items are made of: each complete year's, and the partnership's last.

    Of both primary stages.
    """
    scopes = connection.execute("SELECT DISTINCT scope FROM since_start ORDER BY scope").fetchall()
    organisations = [scope for (scope,) in scopes if " " not in scope]
    exacts = [
        exact_evidence(connection, scope, stage, members, look, protocol)
        for stage in protocol.primary_stages
        for scope, members, look in (
            *((slug, [slug], look_of_year(year)) for slug, year in complete.items()),
            (EVERYBODY, organisations, quarter),
        )
    ]
    return tuple(exact for exact in exacts if exact)


def edition_of(basis: Basis, decided: Sequence[Decided]) -> Edition:
    """Make the release: what it is the first to say, and how organisations and their actions stand."""
    release, ledger = str(basis.quarter), Ledger.of(basis.before)
    # How many staff there were is the first stage of several chains, and is said once.
    values = {cell: (value, cell in one.no_posts) for one in decided for cell, value in one.values.items()}
    numbers = [Published(cell, value, release, no_posts) for cell, (value, no_posts) in values.items()]
    said = {(one.cell.key.who, one.cell.key.span) for one in numbers}
    items: dict[str, float | str | None] = {}
    for candidate in basis.candidates:
        evidence = basis.evidence[candidate.organisation]
        table = (candidate.organisation, str(candidate.span))
        if candidate.published_source and not ledger.holds(*table):
            numbers += published_elsewhere(candidate, evidence, release)
            said.add(table)
        if table in said:
            shown = {one.cell.key[2:]: one.value for one in numbers if (one.cell.key.who, one.cell.key.span) == table}
            for measure in STAGES:
                items |= chances_of(table, measure, shown, evidence.get((measure.key, BME)))
    shown = {one.cell.key for one in numbers if one.value is not None}
    span = str(basis.quarter.latest_complete_year)
    items |= basis.stand or chances_together(basis.together, span, shown, items, basis.printed)
    for item in basis.items:
        items |= figures_of_evidence(item)
    items |= basis.declared | {few_answers_key(key): TOO_FEW_ANSWERS for key in basis.few_answers}
    return Edition(
        period=basis.quarter,
        number=basis.number,
        place=max((one.place for one in basis.before), default=0) + 1,
        numbers=tuple(numbers),
        items=items,
        organisations=tuple(_standing(one, basis.evidence[one.organisation]) for one in basis.candidates),
        actions=basis.actions,
        metrics=basis.metrics.tables,
        definitions=basis.definitions,
        anchors=basis.anchors,
    )


def published_elsewhere(candidate: Candidate, evidence: Evidence, release: str) -> Iterator[Published]:
    """Yield counts that were published elsewhere, each group's, as they were printed."""
    seen: dict[Key, Published] = {}
    for (stage, group), row in evidence.items():
        for count, (who, which) in COUNTS.items():
            who = REFERENCE if who == REFERENCE else group
            key = Key(candidate.organisation, str(candidate.span), MEASURES[stage].counts[which], who, ALL_BANDS)
            seen[key] = Published(Cell(key, (candidate.organisation,)), row[count], release)
    yield from seen.values()


def _new_items(
    exact: Iterable[Exact], shown: Mapping[Cell, bool], before: Sequence[EvidenceItem], protocol: Protocol
) -> Iterator[EvidenceItem]:
    """Yield the items of the evidence since the start that were not said `before`.

    Of the numbers of people it is told which are `shown` and no more, so that no item can hang on a hidden one.
    """
    exact, items = tuple(exact), []
    for stage in protocol.primary_stages:
        own = [one for one in exact if one.stage == stage and one.scope != EVERYBODY]
        items += organisation_items(own, _years_shown(shown), before, protocol)
    items += [partnership_item(one, before, protocol) for one in exact if one.scope == EVERYBODY]
    yield from (item for item in items if item not in before)


def _years_shown(shown: Mapping[Cell, bool]) -> dict[str, dict[FinancialYear, bool]]:
    """Tell of each organisation of which years every number is shown."""
    years: dict[str, dict[FinancialYear, bool]] = {}
    for cell, is_shown in shown.items():
        if cell.key.who != PARTNERSHIP and cell.is_of_one_year:
            own = years.setdefault(cell.key.who, {})
            year = FinancialYear.parse(cell.key.span)
            own[year] = own.get(year, True) and is_shown
    return years


def _standing(candidate: Candidate, evidence: Evidence) -> Standing:
    return Standing(
        organisation=candidate.organisation,
        name=candidate.name,
        kind=candidate.kind,
        invented=candidate.invented,
        posts=candidate.posts,
        span=str(candidate.span),
        status=candidate.status.value,
        missing=", ".join(candidate.missing),
        refused=", ".join(candidate.refused),
        posts_set_aside=_how_many(candidate.posts_set_aside),
        source=candidate.published_source,
        basis=next((row["basis"] for row in evidence.values()), FROM_APPLICATIONS),
    )


def _how_many(posts: int) -> str:
    """Return a number of posts as everybody may read it: of few, in which somebody could be told, that they are few."""
    return "none" if not posts else f"under {smallest_number()}" if posts < smallest_number() else f"{posts:,}"


def interferences(basis: Basis, decided: Sequence[Decided], edition: Edition) -> Iterator[str]:
    """Yield what is other in some world than in a release, in words that say nothing of it."""
    for place, one in enumerate(decided):
        for which, world in enumerate(one.certificate.protected.worlds, start=1):
            there = edition_in_world(basis, decided, place, world)
            if there != edition:
                yield f"something that is published is another in world {which}"


def edition_in_world(basis: Basis, decided: Sequence[Decided], place: int, world: np.ndarray) -> Edition:
    """Make a release from the people of a world of the chain in a place, the same numbers being hidden."""
    one = decided[place]
    evidence = {slug: _evidence_in(world, one, slug, some) for slug, some in basis.evidence.items()}
    there = (*decided[:place], one.in_world(world), *decided[place + 1 :])
    return edition_of(replace(basis, evidence=evidence), there)


def _evidence_in(world: np.ndarray, decided: Decided, organisation: str, evidence: Evidence) -> Evidence:
    """Return an organisation's year with the counts of a world beside it."""
    return {
        (stage, group): row | _counts_in(world, decided, organisation, MEASURES[stage].counts, row)
        for (stage, group), row in evidence.items()
    }


def _counts_in(
    world: np.ndarray, decided: Decided, organisation: str, stages: tuple[str, str], row: Mapping[str, object]
) -> dict[str, object]:
    system = decided.certificate.system
    found = {}
    for count, (group, which) in COUNTS.items():
        group = row["group_name"] if count.startswith("group") else group
        cell = Cell(Key(organisation, row["span"], stages[which], group, ALL_BANDS), (organisation,))
        found[count] = row[count] + int(world[system.atoms_of(cell)].sum())
    return found
