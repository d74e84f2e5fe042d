"""How far a batch has come, for the person who waits: a bar on a terminal, plain lines anywhere else."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from lt_analysis.reporting.batch import Outcome, Verdict


def watched(outcomes: Iterator[Outcome], total: int, description: str, console: Console) -> list[Outcome]:
    """Collect what becomes of pages, saying each as it is known; of one that failed, why."""
    told = []
    with _bar(total, description, console) as advance:
        for outcome in outcomes:
            told.append(outcome)
            for fault in outcome.faults:
                console.print(f"✗ {_name(outcome)}: its page was not made: {fault}", markup=False)
            advance(told)
    return told


def counted(told: list[Outcome]) -> str:
    """Say how many pages were made, failed, and were left as they were."""
    counts = Counter(outcome.verdict for outcome in told)
    words = [f"{counts[Verdict.MADE]:,} made"]
    words += [f"{counts[Verdict.FAILED]:,} failed"] if counts[Verdict.FAILED] else []
    words += [f"{counts[Verdict.UNCHANGED]:,} unchanged"] if counts[Verdict.UNCHANGED] else []
    return ", ".join(words)


def _name(outcome: Outcome) -> str:
    return outcome.page.about or "front page"


@contextmanager
def _bar(total: int, description: str, console: Console) -> Iterator:
    if not console.is_terminal:
        started = time.monotonic()

        def left(told: list[Outcome]) -> str:
            """Say how long what is left will take, if it takes as long as what was made so far."""
            worked = sum(one.verdict != Verdict.UNCHANGED for one in told)
            if not worked or len(told) == total:
                return ""
            return f"; about {(time.monotonic() - started) / worked * (total - len(told)):,.0f} s left"

        def say(told: list[Outcome]) -> None:
            """Say in a line what became of the last page."""
            last = told[-1]
            took = f", {last.seconds:.1f} s" if last.seconds else ""
            said = f"{_name(last)} {last.verdict}{took} ({counted(told)}{left(told)})"
            console.print(f"{description} {len(told)} of {total}: {said}", markup=False)

        yield say
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[counts]}"))
    with Progress(*columns, TimeRemainingColumn(compact=True), console=console) as progress:
        task = progress.add_task(description, total=total, counts="")
        yield lambda told: progress.update(task, completed=len(told), counts=counted(told))
