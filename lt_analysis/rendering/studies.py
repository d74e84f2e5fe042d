"""The validation study's page: its heading, and each study as a table of target and result."""

from collections.abc import Iterable

from lt_analysis.rendering import html
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.validation import Study


def heading() -> Html:
    """Return the page's heading, under the mark that nothing on it is about anybody."""
    return html.heading("What the methods do where the truth is known", (html.INVENTED_MARK,), in_full=False)


def studies_table(caption: str, studies: Iterable[Study]) -> Table:
    """Return a table of what each method gave beside what it should give."""
    rows = tuple(
        (
            study.question,
            (
                Cell(f"target.{study.question}", _target(study)),
                Cell(f"found.{study.question}", _found(study)),
                Cell(f"met.{study.question}", {True: "yes", False: "NO", None: "for comparison"}[study.met]),
            ),
        )
        for study in studies
    )
    return Table(
        caption,
        ("Method", "Target", "Found", "Met"),
        rows,
        note="After ± is one standard error, from the number of runs; three of them are allowed for. Where there is "
        "none, every outcome was counted.",
    )


def _target(study: Study) -> str:
    if study.at_least is not None and study.at_most is not None:
        return f"{_whole_or_tenths(study.at_least)} to {_whole_or_tenths(study.at_most)}"
    if study.at_most is not None:
        return f"at most {_whole_or_tenths(study.at_most)}"
    return "none" if study.at_least is None else f"at least {_whole_or_tenths(study.at_least)}"


def _whole_or_tenths(share: float) -> str:
    return f"{share:.1%}".replace(".0%", "%")


def _found(study: Study) -> str:
    return f"{study.found:.1%}" + (f" ± {study.standard_error:.1%}" if study.standard_error else "")
