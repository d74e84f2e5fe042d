"""What an organisation's own decisions say in the two years beside which the board reads a done action of its own."""

from contextlib import suppress

from lt_analysis.codebook.measures import OF_STAFF, STAGES, Measure
from lt_analysis.codebook.mistakes import AskedError
from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.evidence.comparison import Comparison
from lt_analysis.release.delivery import ActionYear
from lt_analysis.release.exact_draws import read_draws
from lt_analysis.release.files import LATEST
from lt_analysis.release.reading import read_release

OF_PAGES = {"recruitment": STAGES, "staff": OF_STAFF}  # which measures each of its own pages is about


def read_action_years(organisation: str, page: str, period: str = LATEST) -> tuple[ActionYear, ...]:
    """Return the two years of each of an organisation's done actions that named one of a page's measures (`OF_PAGES`).

    None of an organisation that no report has yet. What a report says of an action is read from the release, and the
    decisions from the organisation's exact figures: for its own eyes.
    """
    with suppress(AskedError):
        actions = read_release(period).organisation(organisation).delivery
        plans = ((one, one.evaluation.plan) for one in actions if one.evaluation)
        return tuple(
            ActionYear(action, plan.measure, year, _compared(organisation, plan.measure, year))
            for action, plan in plans
            if plan.measure in OF_PAGES[page]
            for year in (plan.before, plan.after)
        )
    return ()


def _compared(organisation: str, measure: Measure, year: FinancialYear) -> Comparison | None:
    with suppress(AskedError):
        return read_draws(organisation, str(year), measure.key).comparison()
    return None
