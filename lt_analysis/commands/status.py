"""What `status` says: how far each quarter has come, what is late, and what waits for a person."""

from rich.table import Table

from lt_analysis.codebook.folders import Folders
from lt_analysis.commands.arguments import released
from lt_analysis.commands.console import out
from lt_analysis.release.overview import QuarterSoFar, quarters_so_far

NEXT = {
    "run": "Run it: lt-analysis run --period {quarter}",
    "report": "Make its pages: lt-analysis report --period {quarter}",
    "approve": "Texts that nobody has approved, {number} of its report: lt-analysis approve --period {quarter}",
}

WITH_A_LATER_ONE = (
    "A run takes in every quarter before it too. A quarter that was run with a later one needs a run of its own "
    "only for a report of its own."
)


def say_status(folders: Folders) -> None:
    """Print a table of the quarters, then what is late and what to do next, each with its command."""
    quarters = quarters_so_far(folders)
    if not quarters:
        out.print("Nothing has been received. To try the audit out: lt-analysis invent")
        return
    out.print(_table(quarters))
    if any(_run(one).startswith("with") for one in quarters):
        out.print(WITH_A_LATER_ONE)
    for line in (*_late(quarters), *_late_actions(quarters), *_next(quarters)):
        out.print(line, markup=False)


def _table(quarters: tuple[QuarterSoFar, ...]) -> Table:
    table = Table(title="Quarters", title_justify="left")
    for heading in ("Quarter", "Received", "Run", "Released", "Pages", "Texts awaiting"):
        table.add_column(heading, justify="left" if heading == "Quarter" else "right")
    for one in quarters:
        numbers = (len(one.received), one.pages, one.texts_awaiting)
        received, pages, awaiting = (str(number) if number else "none" for number in numbers)
        table.add_row(str(one.quarter), received, _run(one), "yes" if one.released else "no", pages, awaiting)
    return table


def _run(one: QuarterSoFar) -> str:
    """Say whether a quarter was run, or its returns were taken in with a later one."""
    if one.run:
        return "yes"
    return f"with {one.taken_in_with}" if one.taken_in_with else "no"


def _late(quarters: tuple[QuarterSoFar, ...]) -> list[str]:
    """Say who sent the quarter before and not one that is over: of the latest only, for others stand in its report."""
    latest = quarters[-1]
    if not latest.lacking:
        return []
    when = "late" if latest.is_over else f"not due before {latest.quarter.last_day:%-d %B %Y}"
    return [f"Returns of {latest.quarter} that lack ({when}): {', '.join(latest.lacking)}"]


def _late_actions(quarters: tuple[QuarterSoFar, ...]) -> list[str]:
    """Say how many pledged actions are late in the latest report, which names them."""
    if not any(one.released for one in quarters):
        return []
    release = released(None)
    late = [action for one in release.organisations for action in one.late_actions]
    every = sum(len(one.actions) for one in release.organisations)
    return [f"Pledged actions that are late in the report of {release.quarter}: {len(late)} of {every}"] if late else []


def _next(quarters: tuple[QuarterSoFar, ...]) -> list[str]:
    """Say what can be done now: of the latest quarter, and of every report whose texts wait."""
    latest = quarters[-1]
    steps = [NEXT["run"]] if not latest.run else [NEXT["report"]] if latest.released and not latest.pages else []
    waiting = (
        NEXT["approve"].format(quarter=one.quarter, number=one.texts_awaiting) for one in quarters if one.texts_awaiting
    )
    return [*(step.format(quarter=latest.quarter) for step in steps), *waiting]
