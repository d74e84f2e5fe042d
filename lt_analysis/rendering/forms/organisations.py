"""The forms of an organisation in a report: what was received of it, and what its year shows."""

from collections.abc import Callable, Mapping

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import APPOINTMENT, SHORTLISTING, STAGES
from lt_analysis.codebook.periods import QUARTERS_IN_A_YEAR, FinancialYear, Quarter
from lt_analysis.codebook.words import BAND_8_POSTS, TOO_FEW
from lt_analysis.release.figures import ITS_FOLDER, OrganisationFigures, Status
from lt_analysis.rendering.figure import name_of
from lt_analysis.rendering.forms.measures import PLACES
from lt_analysis.rendering.forms.phrases import NO_BREAK, NOT_SENT, day, listed, one_or_many, staff_year
from lt_analysis.rendering.group_shares import NOT_SHOWN
from lt_analysis.rendering.measure_figures import KnownShare, known_share, place, shown_stages
from lt_analysis.rendering.named import spans_in_words
from lt_analysis.rendering.numbers import part_of, whole
from lt_analysis.rendering.shown import Forms


def _both_places(figures: OrganisationFigures) -> str:
    return " ".join(place(figures.stage(measure)) for measure in STAGES)


def _headline(figures: OrganisationFigures) -> str:
    if figures.status != Status.COMPLETE:
        return str(figures.status)
    shown = shown_stages(figures)
    if not shown:
        return "nothing"
    if len(shown) < len(STAGES):
        return f"half {place(shown[0]) or 'totals'}"
    return f"beside {_both_places(figures)}" if all(stage.expected for stage in shown) else "totals"


def _compared(figures: OrganisationFigures) -> str:
    """Return how much of a year is set beside equal chances: totals, nothing, one stage or two."""
    shown = shown_stages(figures)
    if not shown:
        return "hidden"
    if not figures.adjusted_for_vacancies:
        return "totals"
    return str(sum(place(stage) in PLACES for stage in shown))


def _first_published(figures: OrganisationFigures) -> str:
    if not figures.first_published:
        return "never"
    if figures.source:
        return "elsewhere"
    return "here" if figures.first_published == str(figures.quarter) else "before"


def _kind_of_posts(figures: OrganisationFigures) -> str:
    if figures.posts != BAND_8_POSTS:
        return "other"
    return "applications" if figures.hidden or figures.adjusted_for_vacancies else "totals"


REFUSED_YEAR = "its year: applications and totals cannot be added up"


def _received(organisation: OrganisationFigures) -> str:
    return "the whole year" if len(organisation.received) == QUARTERS_IN_A_YEAR else _periods(organisation.received)


def _periods(periods: tuple[str, ...]) -> str:
    return ", ".join(period if period == ITS_FOLDER else period.replace("-", NO_BREAK) for period in periods) or "none"


def _share_or_why(organisation: OrganisationFigures, written: Callable[[KnownShare], str]) -> str:
    share = known_share(organisation)
    return "" if share.instead == NOT_SHOWN else share.instead or written(share)


def late_of_all(organisation: OrganisationFigures) -> str:
    """Write how many of an organisation's pledged actions are late, of how many that there are."""
    if not organisation.actions:
        return NOT_SENT
    return f"{whole(len(organisation.late_actions))} of {whole(len(organisation.actions))}"


FORMS: Mapping[type, Forms] = {
    OrganisationFigures: {
        "headline": _headline,
        "year": lambda organisation: organisation.span,
        "year_before": lambda organisation: FinancialYear(organisation.span.start - 1),
        "organisation_name": name_of,
        "own_name": lambda organisation: organisation.name,
        "compared": _compared,
        "too_few_people": lambda organisation: TOO_FEW,
        "first_done": lambda organisation: SHORTLISTING.done,
        "last_done": lambda organisation: APPOINTMENT.done,
        "shown_done": lambda organisation: shown_stages(organisation)[0].measure.done,
        "hidden_done": lambda organisation: next(
            figure.measure.done for figure in map(organisation.stage, STAGES) if figure.hidden
        ),
        "unusable": lambda organisation: ", ".join(period for period in organisation.refused if period != ITS_FOLDER),
        "not_received": lambda organisation: ", ".join(organisation.missing),
        "actions": lambda organisation: (
            ("elsewhere" if organisation.source else "unsent")
            if not organisation.actions
            else one_or_many(len(organisation.late_actions))
        ),
        "received": _received,
        "first_published": _first_published,
        "next_due": lambda organisation: (
            "never" if organisation.source else "quarter" if isinstance(organisation.span, Quarter) else "year"
        ),
        "kind_of_posts": _kind_of_posts,
        "senior_posts": lambda organisation: BAND_8_POSTS,
        "lacking": lambda organisation: _periods(organisation.missing),
        "not_used": lambda organisation: (
            REFUSED_YEAR
            if organisation.status == Status.REFUSED and not organisation.refused
            else _periods(organisation.refused)
        ),
        "all_applicants": lambda organisation: _share_or_why(organisation, lambda share: whole(share.applicants)),
        "known_share": lambda organisation: _share_or_why(
            organisation, lambda share: part_of(share.known, share.applicants)
        ),
        "staff_year_in_words": lambda organisation: staff_year(organisation),
        "late_of_all": lambda organisation: late_of_all(organisation),
        "own_late_number": lambda organisation: whole(len(organisation.late_actions)),
        "own_actions_number": lambda organisation: whole(len(organisation.actions)),
        "own_last_day": lambda organisation: day(organisation.quarter.last_day),
        "posts": lambda organisation: organisation.posts,
        "posts_capitalised": lambda organisation: organisation.posts.capitalize(),
        "source": lambda organisation: organisation.source or "",
        "which_posts": lambda organisation: "senior" if organisation.posts == BAND_8_POSTS else "other",
        "kind_of_span": lambda organisation: "year" if isinstance(organisation.span, FinancialYear) else "quarter",
        "report_quarter_in_words": lambda organisation: organisation.quarter.in_words,
        "first_published_in_words": lambda organisation: Quarter.parse(organisation.first_published).in_words,
        "next_span_in_words": lambda organisation: organisation.span.next.in_words,
        "single_groups": lambda organisation: listed([group for group in organisation.groups if group != BME]),
        "several_years": lambda organisation: ", and ".join(
            spans_in_words(table.span) for table in organisation.together
        ),
        "next_year_of_span": lambda organisation: FinancialYear(organisation.span.start + 1).in_words,
        "next_year_of_span_due": lambda organisation: FinancialYear(organisation.span.start + 1).quarters[-1].in_words,
    },
}
