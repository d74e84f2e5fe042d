"""Releases read back as figures: all that a board page ever sees."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import cached_property

from lt_analysis.codebook.bidirectional import isolated
from lt_analysis.codebook.commitments import COMMITMENTS, Commitment
from lt_analysis.codebook.ethnicity import BME, COMPARED_WITH_WHITE, UNKNOWN
from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.measures import CHAIN_OF, IN_POST, MEASURES, OF_STOCK, OF_SURVEY, STAGES, STOCKS, Measure
from lt_analysis.codebook.periods import FinancialYear, Quarter, StaffDay, SurveyYear, parse_period, parse_span
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.codebook.standards import SEATS
from lt_analysis.codebook.words import AWAITING, BAND_8_POSTS
from lt_analysis.collection.organisation import MOST_INDICATORS
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.release.appended import Corrections
from lt_analysis.release.approvals import (
    ACTION,
    GOAL,
    KNOWN_BY,
    NAME,
    OF_A_METRIC,
    OF_COMMITMENTS,
    OF_METRICS,
    OWNER_ROLE,
    Approvals,
)
from lt_analysis.release.delivery import Tracked, tracked
from lt_analysis.release.evaluation import evaluations
from lt_analysis.release.figures import (
    CHANCES,
    COULD_TELL,
    UNKNOWN_KIND,
    Action,
    Board,
    Expected,
    Goal,
    IndicatorPrinted,
    Number,
    OrganisationFigures,
    PeopleTable,
    Pledge,
    Release,
    State,
    Status,
    UnknownApplicants,
    is_of_stock,
    question_of,
    stage_of,
)
from lt_analysis.release.files import LATEST, Edition, Published, Standing, find_period, fingerprint_of, read_editions
from lt_analysis.release.items import EvidenceItem, Said
from lt_analysis.release.keys import PARTNERSHIP, SUM_OF_PERIODS, periods_of
from lt_analysis.release.ladder import organisation_table
from lt_analysis.release.leadership import mentoring_of, ratings_of
from lt_analysis.release.metric_tables import MetricDefinition, Metrics, Promise, remembered
from lt_analysis.release.people import FROM_APPLICATIONS

EVIDENCE = "evidence"  # the part of an item's key that says it is of the evidence since the declared start
PARTS_OF_EVIDENCE = tuple(field.name for field in fields(Said))
OTHER_POSTS = "other posts"  # of figures from elsewhere, until it is approved what they say of which posts
BY, INVENTED = "by", "invented"  # of a declared goal, beside its words
GOAL_TEXTS = (GOAL, KNOWN_BY)
KEY_OF_COMMITMENT, MADE_ON, DUE_ON = "key", "made_on", "due_on"  # of a commitment, beside its words
VERSION, SINCE, SIGNED = "version", "since", "signed"  # of the pledge
PARTS_OF_GOAL = (*GOAL_TEXTS, BY, INVENTED)
SAYS_NOTHING = ""  # where a table was never published


def read_release(period: str = LATEST) -> Release:
    """Read what the pages of a quarter (`2026-27-Q2`) may show, or of the latest that has been released.

    They show what its own release says first, and what those say that were made before it. Raises `ValueError` naming
    the quarters there are where the one asked for has not been released.
    """
    folders = Folders.here()
    quarter, folder = find_period(folders.releases, period)
    every = read_editions(folders)
    own = next(one for one in every if one.period == quarter)
    until = tuple(one for one in every if one.place <= own.place)
    known = _Known(own, until, Corrections.read(folders, every), Approvals.read(folders))
    goal = known.goal()
    organisations = (replace(known.organisation(one), goal_by=goal.by if goal else None) for one in own.organisations)
    organisations = sorted(organisations, key=lambda one: one.name.casefold())
    partnership, staff, in_post = known.partnership(), known.staff(PARTNERSHIP), known.in_post(PARTNERSHIP)
    others = (chain.keys[0] for chain in STOCKS if chain != OF_STOCK)
    divided = tuple(table for stage in others for table in known.in_post(PARTNERSHIP, stage))
    survey = known.survey(PARTNERSHIP)
    evidence = known.evidence(PARTNERSHIP)
    return Release(
        quarter=quarter,
        organisations=tuple(organisations),
        partnership=partnership,
        staff=staff,
        in_post=in_post,
        divided=divided,
        survey=survey,
        evidence=evidence,
        earlier=known.earlier(organisations, (*partnership, *staff, *in_post, *divided, *survey), evidence),
        sha256=fingerprint_of(folder),
        goal=goal,
        commitments=known.commitments(),
        mentoring=mentoring_of(known.own.items, PARTNERSHIP, quarter),
        ratings=ratings_of(known.items, PARTNERSHIP, quarter),
        pledge=known.pledge(),
        metrics=known.metrics(),
        anchors=known.anchors(),
    )


class _Known:
    """What a report may show: its own release, those that were made before it, and what came later about them."""

    def __init__(
        self, own: Edition, editions: tuple[Edition, ...], corrections: Corrections, approvals: Approvals
    ) -> None:
        self.own, self.editions, self.quarter = own, editions, own.period
        self.corrections, self.approvals = corrections, approvals
        self.tables: dict[tuple[str, str], list[Published]] = {}
        self.stocks: dict[tuple[str, str, str], list[Published]] = {}  # of one day a table a stage of stocks
        self.answers: dict[tuple[str, str, str], list[Published]] = {}  # of one survey a table a question
        self.items: dict[str, float | str | None] = {}
        self.said_in: dict[str, str] = {}  # of each look of a scope, the release whose item it is
        for edition in editions:
            for one in edition.numbers:
                key = one.cell.key
                if question := question_of(key):
                    self.answers.setdefault((key.who, key.span, question.key), []).append(one)
                    continue
                if is_of_stock(key):
                    self.stocks.setdefault((key.who, key.span, key.stage), []).append(one)
                    continue
                self.tables.setdefault((key.who, key.span), []).append(one)
            self.items |= edition.items
            self.said_in |= dict.fromkeys((key.rpartition("/")[0] for key in edition.items), str(edition.period))

    def table(self, who: str, span: str) -> PeopleTable | None:
        """Return a table as it was published; None where it never was."""
        return self._read(who, span, self.tables.get((who, span)))

    def _read(self, who: str, span: str, found: list[Published] | None) -> PeopleTable | None:
        if not found:
            return None
        numbers = tuple(Number(one.cell.key, one.value, one.no_posts) for one in found)
        members = found[0].cell.members
        expected = ((measure.key, self._expected(who, span, measure)) for measure in STAGES)
        return PeopleTable(
            who,
            span,
            members,
            found[0].release,
            numbers,
            corrected=self.corrections.touch(members, span),
            expected=tuple((stage, chance) for stage, chance in expected if chance),
        )

    def partnership(self) -> tuple[PeopleTable, ...]:
        """Return the partnership's tables of complete years, and of quarters before the report's own."""
        spans = [span for who, span in self.tables if who == PARTNERSHIP and self._is_over(span)]
        return tuple(self.table(PARTNERSHIP, span) for span in sorted(spans, key=_end))

    def _is_over(self, span: str) -> bool:
        if SUM_OF_PERIODS in span or isinstance(parse_span(span), StaffDay):
            return False
        of_year = not isinstance(parse_period(span), Quarter)
        return span <= str(self.quarter.latest_complete_year if of_year else self.quarter.previous)

    def staff(self, who: str) -> tuple[PeopleTable, ...]:
        """Return the tables of staff of each day whose year had ended by the end of the report's quarter."""
        spans = [span for whose, span in self.tables if whose == who and SUM_OF_PERIODS not in span]
        days = [day for day in map(parse_span, spans) if isinstance(day, StaffDay)]
        return tuple(self.table(who, str(day)) for day in sorted(days) if day.last_day <= self.quarter.last_day)

    def in_post(self, who: str, stage: str = IN_POST.key) -> tuple[PeopleTable, ...]:
        """Return the tables of who worked at each band on each day up to the end of the report's quarter.

        Of another stage they are of the same people, divided by something else.
        """
        days = sorted(StaffDay.parse(span) for *one, span, of in self.stocks if (*one, of) == (who, stage))
        days = [day for day in days if day.before <= self.quarter]
        return tuple(self._read(who, str(day), self.stocks[who, str(day), stage]) for day in days)

    def survey(self, who: str) -> tuple[PeopleTable, ...]:
        """Return the tables of each question of the surveys of years that had ended, the earliest first."""
        years = sorted({SurveyYear.parse(span) for whose, span, _ in self.answers if whose == who})
        found = (
            self._read(who, str(year), self.answers.get((who, str(year), question.key)))
            for year in years
            for question in OF_SURVEY
            if year.last_day <= self.quarter.last_day
        )
        return tuple(filter(None, found))

    def _board(self, slug: str) -> Board | None:
        """Return what the report's own release has of what an organisation has published of its board."""
        key = board_key(slug, self.quarter)
        if f"{key}/members" not in self.own.items:
            return None
        source, as_of = (self.own.items[f"{key}/{name}"] for name in ("source", "as_of"))
        numbers = {name: self.own.items.get(f"{key}/{name}") for parts in SEATS.values() for name in parts}
        seats = {name: round(number) for name, number in numbers.items() if number is not None}
        return Board(source=isolated(source), as_of=date.fromisoformat(as_of), **seats)

    def _indicators(self, slug: str) -> Iterator[IndicatorPrinted]:
        """Yield what the report's own release has of what an organisation has published of indicators."""
        for number in range(1, MOST_INDICATORS + 1):
            key = indicator_key(slug, self.quarter, number)
            if f"{key}/value" in self.own.items:
                names = ("indicator", "year", "value", "group", "source", "as_of")
                part = {name: self.own.items[f"{key}/{name}"] for name in names}
                yield IndicatorPrinted(
                    round(part["indicator"]),
                    FinancialYear.parse(part["year"]),
                    part["value"],
                    part["group"],
                    isolated(part["source"]),
                    date.fromisoformat(part["as_of"]),
                )

    def _few_answers(self, slug: str) -> tuple[str, ...]:
        year = SurveyYear(self.quarter.latest_complete_year)
        keys = {question.key: few_answers_key(f"{slug}/{year}/{question.key}") for question in OF_SURVEY}
        return tuple(question for question, key in keys.items() if key in self.items)

    def organisation(self, now: Standing) -> OrganisationFigures:
        """Return an organisation's figures of its year, and of years together as far as they were published."""
        known_in, about = self._who_it_is(now)
        people = self.table(now.organisation, now.span)
        posts, source = self._of_which_posts(now, people)
        status = Status.COMPLETE if people else Status(now.status)
        shown = people or _nothing(now)
        groups = [group for group in COMPARED_WITH_WHITE if group in shown.groups]
        stages = tuple(stage_of(shown, measure, group) for measure in STAGES for group in groups)
        return OrganisationFigures(
            slug=now.organisation,
            name=self._name(known_in, about),
            kind=about.kind,
            invented=about.invented,
            posts=posts,
            span=parse_period(now.span),
            quarter=self.quarter,
            status=status,
            missing=_listed(now.missing),
            refused=_listed(now.refused),
            posts_set_aside=now.posts_set_aside,
            source=source,
            first_published=people.first_published if people else None,
            adjusted_for_vacancies=about.basis == FROM_APPLICATIONS,
            state=State.HIDDEN if all(stage.hidden for stage in stages) else State.RELEASED,
            stages=stages,
            unknown=_unknown(shown),
            people=shown,
            together=self._together(now.organisation),
            staff=self.staff(now.organisation),
            in_post=self.in_post(now.organisation),
            survey=self.survey(now.organisation),
            few_answers=self._few_answers(now.organisation),
            board=self._board(now.organisation),
            indicators=tuple(self._indicators(now.organisation)),
            before=self._year_before(now),
            evidence=self.evidence(now.organisation),
            actions=self._actions(now.organisation),
            delivery=self.delivery[now.organisation],
            mentoring=mentoring_of(self.own.items, now.organisation, self.quarter),
            ratings=ratings_of(self.items, now.organisation, self.quarter),
        )

    def _year_before(self, now: Standing) -> PeopleTable | None:
        """Return the table of the year before an organisation's, where it was published."""
        span = parse_period(now.span)
        return self.table(now.organisation, str(FinancialYear(span.start - 1))) if not now.source else None

    def _who_it_is(self, now: Standing) -> tuple[str, Standing]:
        """Return an organisation as it was last known, where its settings cannot be read now, and in which release."""
        before = [
            (edition.label, one)
            for edition in self.editions
            for one in edition.organisations
            if one.organisation == now.organisation and one.kind != UNKNOWN_KIND
        ]
        own = self.own.label, now
        return own if now.kind != UNKNOWN_KIND else next(reversed(before), own)

    def _name(self, release: str, about: Standing) -> str:
        """Return an organisation's name once it is approved, and until then that of its folder."""
        approved = self.approvals.at(release, about.organisation, NAME, 0)
        return about.name or (isolated(approved) if approved else about.organisation)

    def _of_which_posts(self, now: Standing, people: PeopleTable | None) -> tuple[str, str | None]:
        """Return which posts a year's figures are of and, where others published them, their source.

        Figures that were printed keep theirs, whatever the settings say now.
        """
        said = now
        if people:
            first = next(one for one in self.editions if str(one.period) == people.first_published)
            said = next((one for one in first.organisations if one.organisation == now.organisation), now)
        elif now.status == Status.AWAITING:
            return OTHER_POSTS, AWAITING
        return said.posts or BAND_8_POSTS, said.source

    def _together(self, slug: str) -> tuple[PeopleTable, ...]:
        until = str(self.quarter.latest_complete_year)
        spans = [span for who, span in self.tables if who == slug and SUM_OF_PERIODS in span]
        spans = [span for span in spans if span.split(SUM_OF_PERIODS)[-1] <= until]
        return tuple(self.table(slug, span) for span in sorted(spans, key=_end))

    def _expected(self, who: str, span: str, measure: Measure) -> Expected | None:
        key = f"{who}/{span}/{measure.counts[1]}/{BME}"
        found = {part: self.items.get(f"{key}/{part}") for part in (*CHANCES, COULD_TELL)}
        if found[COULD_TELL] is None:
            return None
        whole = {part: None if found[part] is None else round(found[part]) for part in CHANCES}
        return Expected(could_tell=bool(found[COULD_TELL]), **whole)

    def evidence(self, scope: str) -> tuple[EvidenceItem, ...]:
        """Return the latest item of each stage of the evidence since the start; none where there is none yet."""
        looks: dict[str, list[Quarter]] = {}
        for key in self.said_in:
            whose, look, *stage = key.split("/")
            if whose == scope and stage[1:] == [EVIDENCE]:
                looks.setdefault(stage[0], []).append(Quarter.parse(look))
        # A later report may have been made before this one.
        until = {stage: [look for look in looks[stage] if look <= self.quarter] for stage in MEASURES if stage in looks}
        return tuple(evidence_item(scope, stage, max(some), self.items) for stage, some in until.items() if some)

    @cached_property
    def _until(self) -> tuple[Edition, ...]:
        """The releases until the report's own quarter, the earliest quarter first."""
        until = (one for one in self.editions if one.period <= self.quarter)
        return tuple(sorted(until, key=lambda one: one.period))

    @cached_property
    def delivery(self) -> dict[str, tuple[Tracked, ...]]:
        """Each organisation's actions as the releases until the report's own quarter remember them.

        What the numbers say of those that are done is asked of all at once.
        """
        slugs = [one.organisation for one in self.own.organisations]
        every = {slug: tracked(self._until, slug, self.approvals.at) for slug in slugs}
        rule = declared_protocol().done_actions
        plans = {one.key: one.plan(rule.quarters_left_out) for some in every.values() for one in some}
        asked = {key: plan for key, plan in plans.items() if plan}
        told = evaluations(asked, self._likelihood, slugs, self.quarter, rule)
        return {slug: tuple(replace(one, evaluation=told.get(one.key)) for one in some) for slug, some in every.items()}

    def _likelihood(self, slug: str, measure: Measure, year: FinancialYear) -> RelativeLikelihood | None:
        """Return an organisation's released numbers of a measure in a year; None unless all are shown.

        Figures that others published are of other posts, and are not set beside the audit's own.
        """
        span = str(year)
        standings = (one for edition in self.editions for one in edition.organisations)
        if any(one.source and (one.organisation, one.span) == (slug, span) for one in standings):
            return None
        table = self.table(slug, str(StaffDay(year)) if CHAIN_OF[measure.after.key].of_staff else span)
        return stage_of(table, measure).likelihood if table else None

    def _actions(self, slug: str) -> tuple[Action, ...]:
        """Return an organisation's pledged actions, those that are due first first."""
        own = (one for one in self.own.actions if one.organisation == slug)
        soonest = {one.number: one.soonest_due_on for one in self.delivery.get(slug, ())}
        actions = [
            Action(
                key=f"{slug}.{number}",
                text=one.action or self.approvals.at(self.own.label, slug, ACTION, number),
                owner_role=one.owner_role or self.approvals.at(self.own.label, slug, OWNER_ROLE, number),
                started_on=one.started_on,
                due_on=one.due_on,
                status=one.status,
                status_on=one.status_on,
                soonest_due_on=soonest.get(number),
            )
            for number, one in enumerate(own, start=1)
        ]
        return tuple(sorted(actions, key=lambda one: one.due_on))

    def goal(self) -> Goal | None:
        """Return the partnership's declared goal as it stood; None where it had declared none."""
        own = {part: self.own.items.get(f"{goal_key(self.quarter)}/{part}") for part in PARTS_OF_GOAL}
        if own[BY] is None:
            return None
        texts = {field: own[field] or self.approvals.at(self.own.label, PARTNERSHIP, field, 1) for field in GOAL_TEXTS}
        return Goal(texts[GOAL], texts[KNOWN_BY], FinancialYear.parse(own[BY]), bool(own[INVENTED]))

    def commitments(self) -> tuple[Commitment, ...]:
        """Return the partnership's commitments as the report has them: those of the codebook where it sent none."""
        return self._commitments_in(self.own)

    def _commitments_in(self, edition: Edition) -> tuple[Commitment, ...]:
        found = []
        while (name := commitment_key(edition.period, len(found) + 1)) and f"{name}/{MADE_ON}" in edition.items:
            found.append(self._commitment(edition, name, len(found) + 1))
        return tuple(found or COMMITMENTS.values())

    def _commitment(self, edition: Edition, name: str, number: int) -> Commitment:
        own = {part: edition.items[f"{name}/{part}"] for part in (KEY_OF_COMMITMENT, MADE_ON, DUE_ON, INVENTED)}
        text, source, test = (
            edition.items[f"{name}/{field}"] or self.approvals.at(edition.label, PARTNERSHIP, field, number)
            for field in OF_COMMITMENTS
        )
        due_on = own[DUE_ON] and date.fromisoformat(own[DUE_ON])
        made_on = date.fromisoformat(own[MADE_ON])
        return Commitment(own[KEY_OF_COMMITMENT], text, test, source, made_on, due_on, bool(own[INVENTED]))

    def pledge(self) -> Pledge | None:
        """Return which version of the pledge stood, and what changed since the last report that had another."""
        version = _version_in(self.own)
        if version is None:
            return None
        key = pledge_key(self.quarter)
        signed = sorted(name for name in self.own.items if name.startswith(f"{key}/{SIGNED}/"))
        pledge = Pledge(
            version=version,
            since=date.fromisoformat(self.own.items[f"{key}/{SINCE}"]),
            signed=tuple((name.rpartition("/")[2], date.fromisoformat(self.own.items[name])) for name in signed),
        )
        others = [one for one in self.editions if one.period < self.quarter and _version_in(one) not in (None, version)]
        return replace(pledge, **self._changed_since(max(others, key=lambda one: one.period))) if others else pledge

    def _changed_since(self, edition: Edition) -> dict[str, object]:
        """Return the version of another report, and which commitments are added, altered and gone since."""
        before, now = ({one.key: one for one in self._commitments_in(some)} for some in (edition, self.own))
        both = [(before[key], now[key]) for key in now if key in before]
        return {
            "before": _version_in(edition),
            "added": tuple(one.text for key, one in now.items() if key not in before),
            "altered": tuple(one.text for earlier, one in both if _is_altered(earlier, one)),
            "gone": tuple(one.text for key, one in before.items() if key not in now),
        }

    def metrics(self) -> Metrics:
        """Return the list of metrics as the report has it, and every table of quarters up to its own.

        What was not sent, or awaited approval, may be in a later release: the last that says something of it stands.
        """
        every = (one for edition in self.editions for one in edition.metrics)
        found = {one.key: one for one in every if one.quarter <= str(self.quarter)}
        tables = tuple(sorted(found.values(), key=lambda one: one.key))
        return Metrics(tuple(map(self._definition, self.own.definitions)), tables)

    def anchors(self) -> tuple[Promise, ...]:
        """Return the promises of anchor organisations, as the report and those of earlier quarters had them."""
        return remembered(edition.anchors for edition in self._until)

    def _definition(self, one: MetricDefinition) -> MetricDefinition:
        texts = {field.removeprefix(OF_A_METRIC): field for field in OF_METRICS}
        approved = {
            name: getattr(one, name) or self.approvals.at(self.own.label, PARTNERSHIP, field, one.number)
            for name, field in texts.items()
        }
        return replace(one, **approved)

    def earlier(
        self,
        organisations: Iterable[OrganisationFigures],
        partnership: Iterable[PeopleTable],
        evidence: Iterable[EvidenceItem],
    ) -> tuple[Quarter, ...]:
        """Return the quarters before, whose releases said first what this report shows again; the latest first."""
        tables = [*partnership, *(table for one in organisations for table in one.tables)]
        items = [*evidence, *(item for one in organisations for item in one.evidence)]
        said = {table.first_published for table in tables} | {self.said_in[item.key] for item in items}
        quarters = map(Quarter.parse, said - {SAYS_NOTHING})
        return tuple(sorted((one for one in quarters if one < self.quarter), reverse=True))


def _end(span: str) -> str:
    return periods_of(span)[-1]


def _nothing(now: Standing) -> PeopleTable:
    """Return the table of a year that is not published: all of its numbers are hidden, whatever they are."""
    cells = organisation_table(now.organisation, now.span, ())
    numbers = tuple(Number(cell.key, None) for cell in cells)
    return PeopleTable(now.organisation, now.span, (now.organisation,), SAYS_NOTHING, numbers)


def evidence_items(editions: Iterable[Edition]) -> tuple[EvidenceItem, ...]:
    """Return every item of the evidence that some releases said first."""
    items = {key: said for edition in editions for key, said in edition.items.items()}
    keys = dict.fromkeys(key.rpartition("/")[0] for key in items if f"/{EVIDENCE}/" in key)
    return tuple(evidence_item(scope, stage, Quarter.parse(look), items) for scope, look, stage, _ in map(_parts, keys))


def _parts(key: str) -> list[str]:
    return key.split("/")


def evidence_item(scope: str, stage: str, look: Quarter, items: Mapping[str, float | str | None]) -> EvidenceItem:
    """Read an item of the evidence back from a release's items."""
    key = f"{scope}/{look}/{stage}/{EVIDENCE}"
    part = {name: items[f"{key}/{name}"] for name in (*PARTS_OF_EVIDENCE, "start", "counted")}
    start, counted = FinancialYear.parse(part["start"]), Quarter.parse(part["counted"])
    if part["words"] is None:
        return EvidenceItem(scope, stage, look, start, counted)
    whole = {name: _whole(part[name]) for name in ("informative", "until_some", "until_large")}
    own = {name: part[name] for name in PARTS_OF_EVIDENCE} | whole
    return EvidenceItem(scope, stage, look, start, counted, Said(**own))


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)


def figures_of_evidence(item: EvidenceItem) -> dict[str, float | str | None]:
    """Write an item of the evidence as a release's items."""
    said = {name: None if item.said is None else getattr(item.said, name) for name in PARTS_OF_EVIDENCE}
    said |= {"start": str(item.start), "counted": str(item.counted)}
    return {f"{item.key}/{name}": part for name, part in said.items()}


def few_answers_key(question: str) -> str:
    """Return what it goes by among a release's items that too few answered a question of an organisation's survey."""
    return f"{question}/answers"


def board_key(slug: str, quarter: Quarter) -> str:
    """Return what the parts of what an organisation has published of its board go by among a release's items."""
    return f"{slug}/{quarter}/board"


def indicator_key(slug: str, quarter: Quarter, number: int) -> str:
    """Return what the parts of what an organisation has published of an indicator go by among a release's items."""
    return f"{slug}/{quarter}/indicator.{number}"


def goal_key(quarter: Quarter) -> str:
    """Return what the parts of a declared goal go by among a release's items."""
    return f"{PARTNERSHIP}/{quarter}/declared"


def _version_in(edition: Edition) -> int | None:
    """Return which version of the pledge stood in a report; None where that was not sent."""
    version = edition.items.get(f"{pledge_key(edition.period)}/{VERSION}")
    return None if version is None else round(version)


def _is_altered(before: Commitment, now: Commitment) -> bool:
    """Return whether a commitment was worded or dated anew; of words that await approval nothing is told."""
    texts = ((before.text, now.text), (before.test, now.test))
    return before.due_on != now.due_on or any(None not in pair and len({*pair}) > 1 for pair in texts)


def pledge_key(quarter: Quarter) -> str:
    """Return what the parts of the pledge's version go by among a release's items."""
    return f"{PARTNERSHIP}/{quarter}/pledge"


def commitment_key(quarter: Quarter, number: int) -> str:
    """Return what the parts of a commitment, by its number, go by among a release's items."""
    return f"{PARTNERSHIP}/{quarter}/commitments/{number}"


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(", ") if part)


def _unknown(people: PeopleTable) -> UnknownApplicants:
    found = [one.people for one in people.numbers if one.key.group == UNKNOWN]
    if not found or found[0] is None:
        return UnknownApplicants(State.HIDDEN)
    return UnknownApplicants(State.RELEASED, found[0])


def expected_of(row: dict) -> Expected | None:
    """Make the expected number from a row, in whole people; None where vacancies are not known."""
    if row["could_tell"] is None:
        return None
    people = None if row["expected"] is None else round(row["expected"])
    return Expected(bool(row["could_tell"]), people, row["low"], row["high"], row["informative"])


def likelihood_of(row: dict[str, int]) -> RelativeLikelihood:
    """Make the relative likelihood from a row's four counts."""
    return RelativeLikelihood(
        white_successful=row["white_successful"],
        white_people=row["white_people"],
        group_successful=row["group_successful"],
        group_people=row["group_people"],
    )
