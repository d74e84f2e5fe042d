"""Every figure that a page can name, and how it is found by its name.

`figure_of` finds a figure of a release by its name, as a page carries it: `*` is the release itself, `ashbourne` an
organisation, `*/shortlisting` one decision in every organisation, `partnership/2025-26` a table of people, and
`ashbourne/2025-26/shortlisted/BME/8+` a number of people, by its key. Each subject has its figures and the patterns
of their names in a module: `measure_figures`, `staff_figures`, `standard_figures`, `delivery_figures`,
`metric_figures`.
"""

from lt_analysis.codebook.periods import FinancialYear, Quarter, StaffDay, parse_span
from lt_analysis.release.figures import PeopleTable, Release, is_of_stock, question_of
from lt_analysis.release.keys import SUM_OF_PERIODS, Key
from lt_analysis.rendering.delivery_figures import (
    AMONG_DELIVERY,
    DELIVERY_FIGURES,
    Delivered,
    Mentored,
    Pursued,
    Signed,
    Towards,
)
from lt_analysis.rendering.figure import by_pattern, first_of, found, table_of
from lt_analysis.rendering.measure_figures import MEASURE_FIGURES, Across, Counted, Decision
from lt_analysis.rendering.metric_figures import AMONG_METRICS, METRIC_FIGURES
from lt_analysis.rendering.staff_figures import STAFF_FIGURES, Coming
from lt_analysis.rendering.standard_figures import AMONG_STANDARDS, STANDARD_FIGURES, Measured


def span_of(figure: object) -> FinancialYear | Quarter | StaffDay | str:
    """Return of which year or quarter a figure is; of years added up, which."""
    match figure:
        case Across():
            return figure.release.quarter.latest_complete_year
        case Release():
            return figure.quarter
        case Pursued() | Delivered() | Mentored() | Signed():
            return figure.release.quarter
        case Towards():
            return figure.of.release.quarter
        case Decision():
            return figure.figures.span
        case Measured():
            return span_of(figure.behind)
        case Coming():
            return figure.ended
        case PeopleTable():
            return spans_in_words(figure.span) if SUM_OF_PERIODS in figure.span else parse_span(figure.span)
    return span_of(figure.table) if hasattr(figure, "table") else figure.span


def spans_in_words(span: str) -> str:
    """Return the years of a table in words: `2024-25 and 2025-26`."""
    *first, last = span.split(SUM_OF_PERIODS)
    return f"{', '.join(first)} and {last}" if first else last


def _number(release: Release, **parts: str) -> Counted:
    """Return a number of people by the parts of its key."""
    key = Key(**parts)
    question = question_of(key)
    table = question.key if question else key.stage if is_of_stock(key) else ""
    return Counted(table_of(release, key.who, key.span, table), key)


# What finds a figure by a pattern of its name: of the patterns that a name fits, the first.
FIGURES = by_pattern(
    {
        **METRIC_FIGURES,
        **DELIVERY_FIGURES,
        **STANDARD_FIGURES,
        **MEASURE_FIGURES,
        **STAFF_FIGURES,
        "*": lambda release: release,
        "<who>": lambda release, who: release.organisation(who),
        "*/<quarter>": lambda release, quarter: next((one for one in release.earlier if str(one) == quarter), None),
        "<who>/<span>": table_of,
        "<who>/<stage>/evidence": lambda release, who, stage: next(
            (item for item in release.of(who).evidence if item.stage == stage), None
        ),
        "<who>/<span>/<table>": table_of,
        "<who>/<span>/<stage>/<group>/<cut>": _number,
    }
)
# What finds figures among which one has the name.
AMONG = by_pattern({**AMONG_METRICS, **AMONG_STANDARDS, **AMONG_DELIVERY})


def figure_of(release: Release, name: str) -> object:
    """Return the figure that a page names. Raises `LookupError` or `ValueError` where the release has none such."""
    among = found(AMONG, release, name)
    return first_of([found(FIGURES, release, name)] if among is None else (one for one in among if one.name == name))
