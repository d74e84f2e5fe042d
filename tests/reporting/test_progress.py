"""What the person who waits is told, where there is no terminal."""

from io import StringIO
from pathlib import Path

from rich.console import Console

from lt_analysis.reporting import progress
from lt_analysis.reporting.batch import Outcome, Verdict
from lt_analysis.reporting.page import Page
from lt_analysis.reporting.progress import watched


def test_each_plain_line_counts_what_became_of_pages_and_says_how_long_the_rest_will_take(monkeypatch):
    clock = iter([100, 103, 109])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    verdicts = {"a": Verdict.UNCHANGED, "b": Verdict.MADE, "c": Verdict.FAILED, "d": Verdict.MADE}
    pages = [Page(name, "board/x.ipynb", {}, Path(name), (Path(name),)) for name in verdicts]
    outcomes = [
        Outcome(page, verdict, ("it hung",) if verdict == Verdict.FAILED else (), 2.5 if verdict == Verdict.MADE else 0)
        for page, verdict in zip(pages, verdicts.values(), strict=True)
    ]
    said = StringIO()
    assert watched(iter(outcomes), 4, "Pages", Console(file=said, width=200)) == outcomes
    assert said.getvalue().splitlines() == [
        "Pages 1 of 4: a unchanged (0 made, 1 unchanged)",
        "Pages 2 of 4: b made, 2.5 s (1 made, 1 unchanged; about 6 s left)",
        "✗ c: its page was not made: it hung",
        "Pages 3 of 4: c failed (1 made, 1 failed, 1 unchanged; about 4 s left)",
        "Pages 4 of 4: d made, 2.5 s (2 made, 1 failed, 1 unchanged)",
    ]
