"""An organisation's done actions beside its own exact decisions, for its own eyes: the years before and after each."""

from collections.abc import Sequence

from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.words import called
from lt_analysis.evidence.comparison import Comparison
from lt_analysis.release.delivery import ActionYear
from lt_analysis.rendering import html
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.numbers import about, interval, probability, whole

NONE_NAMED = (
    "No report has a done action of yours that named one of these numbers from its first report on, and which way its "
    "gap is to move. So there is nothing to set beside it."
)
NOT_WHOLE, NOT_TOLD = "not taken in whole", "not given"
CAPTION = "Done actions, beside your own exact figures"


def table(years: Sequence[ActionYear]) -> Html | Table:
    """Return a row of each done action and year: who was taken of whom, and the odds ratio within posts or bands."""
    if not years:
        return html.note(NONE_NAMED)
    rows = tuple(
        (
            f"{one.action.last.reference or one.action.last.action}: {one.measure.title}, {one.year.in_words}",
            tuple(Cell(f"action-year.{place}.{name}", text) for name, text in _texts(one.compared).items()),
        )
        for place, one in enumerate(years)
    )
    over = f"{REFERENCE} ÷ {called(BME)}"
    columns = ("Action and year", REFERENCE, called(BME), f"Odds ratio, {over}", "Its exact interval", "Exact p")
    return Table(CAPTION, columns, rows, said=columns[1:])


def _texts(found: Comparison | None) -> dict[str, str]:
    if found is None:
        return dict.fromkeys(("white", "group", "odds", "interval", "p"), NOT_WHOLE)
    shares = {"white": found.reference_share, "group": found.share}
    counts = {name: f"{whole(one.successful)} of {whole(one.people)}" for name, one in shares.items()}
    if found.p is None:
        return counts | dict.fromkeys(("odds", "interval", "p"), NOT_TOLD)
    odds = about(found.odds_ratio) if found.odds_ratio else NOT_TOLD
    return counts | {"odds": odds, "interval": interval(*found.odds_interval), "p": probability(found.p)}
