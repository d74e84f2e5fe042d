"""A chart's title, worked out again from the numbers that it draws; `chances` holds those beside equal chances."""

import re
from collections.abc import Callable, Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis.codebook.ethnicity import BME, LEAST_KNOWN, REFERENCE
from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.naming import capitalised, people_of
from lt_analysis.codebook.words import HIDDEN_SYMBOL, called
from lt_analysis.reporting.gate.charted import (
    BESIDE,
    LIMIT,
    SMALLEST_BASE,
    WITHIN,
    Line,
    beside_chances,
    data_of,
    lines_of,
    placed,
    title_of,
)
from lt_analysis.reporting.gate.shares import Share, reads_as_share

RATIO = re.compile(rf"(?:[\d.]+|under 0\.01) \(({LIMIT})(?: to ({LIMIT}))?\)")
STAND_OUT = "stand out as in the chart of numbers beside equal chances"
NOT_THERE = "Stands out here and has no mark in that chart"
SHARES = re.compile(r"[\d.]+%|under 0\.1%")
NO_SHARE = {HIDDEN_SYMBOL: "not shown", "not given": f"under {SMALLEST_BASE} people", "no posts": "no posts"}


def titles(page: BeautifulSoup) -> Iterator[str]:
    """Say which charts have a title that their numbers do not give; one of no known kind is at fault too."""
    outside = {stage: _outside(lines) for stage, lines, _ in beside_chances(page)}
    for figure in page.select("figure:has(img)"):  # without a picture it is no chart, which `page` says
        data = data_of(figure, page)
        lines = lines_of(data)
        if any(BESIDE in line.cells for line in lines):
            continue
        kind = next((kind for opens, kind in KINDS.items() if _is_of(lines, opens)), None)
        if kind is None:
            yield "a chart's title is of no kind that is held to its numbers"
        elif not kind(title_of(figure), lines):
            yield "a chart's title is not what its numbers tell"
        if kind is _forest:
            yield from _beside(figure, lines, outside)


def _is_of(lines: list[Line], opens: str) -> bool:
    cells = [cell.get("data-cell", "") for line in lines for cell in line.cells.values()]
    return any(cell.startswith(opens) for cell in cells)


def _outside(lines: list[Line]) -> dict[str, bool]:
    """Return who is set beside equal chances, and whether they lie outside."""
    return {name: place != WITHIN for name, place in placed(lines)}


# Organisations' ratios, all posts added up.


def _forest(title: str, lines: list[Line]) -> bool:
    sides = [side for _, side in _sides(lines)]
    more, less, of, done = sides.count("larger"), sides.count("smaller"), len(sides), _stage_of(lines).done
    if more and less:
        said = f"All posts: White share {done} clearly larger in {more}, smaller in {less}, of {of} organisations."
    elif more or less:
        side = "larger" if more else "smaller"
        said = (
            f"Posts added up, White people's share {done} was clearly {side} in {more or less} of {of} organisations."
        )
    else:
        said = f"All posts added up, no organisation's share {done} was clearly larger for either group."
    return title == said


def _stage_of(lines: list[Line]):
    last = next(cell["data-cell"] for cell in lines[0].cells.values() if _is_ratio(cell))
    return next(stage for stage in STAGES if last.startswith(f"forest.{stage.key}."))


def _is_ratio(cell: Tag) -> bool:
    return any(cell.get("data-cell", "").startswith(f"forest.{stage.key}.") for stage in STAGES)


def _sides(lines: list[Line]) -> Iterator[tuple[str, str]]:
    """Yield each organisation of enough people, and whose share its range says was larger; empty where it holds 1."""
    before = _stage_of(lines).counts[0]
    for line in lines:
        found = RATIO.fullmatch(next(cell for cell in line.cells.values() if _is_ratio(cell)).get_text())
        if found and min(_bases(line, before)) >= SMALLEST_BASE:
            low, high = (float(limit.split()[-1]) for limit in (found[1], found[2] or found[1]))
            yield line.name, "larger" if low > 1 else "smaller" if high < 1 else ""


def _bases(line: Line, stage: str) -> list[int]:
    """Return how many people of each group the shares at a stage are of."""
    of = f"forest.{stage}."
    return [line.whole(column) or 0 for column, cell in line.cells.items() if cell["data-cell"].startswith(of)]


def _beside(figure: Tag, lines: list[Line], outside: dict[str, dict[str, bool]]) -> Iterator[str]:
    """Hold what is said below a chart of ratios of who stands out there, and who beside equal chances."""
    there = outside.get(_stage_of(lines).key, {})
    sides = {name: bool(side) for name, side in _sides(lines)}
    here = {name: stands_out for name, stands_out in sides.items() if name in there}
    alone = [name for name, stands_out in sides.items() if stands_out and name not in there]
    only = {
        "post by post": [name for name in here if there[name] and not here[name]],
        "with posts added up": [name for name in here if here[name] and not there[name]],
    }
    told = [f"Only {how}: {'; '.join(names)}." for how, names in only.items() if names]
    not_there = [f"{NOT_THERE}: {'; '.join(alone)}."] if alone else []
    note = figure.select_one(".note").get_text()
    said = re.search(rf"(The same|Not the same) organisations {STAND_OUT}[^.]*\. ?(.*?) ?Source: ", note)
    if not said or said.groups() != ("Not the same" if told else "The same", " ".join(told + not_there)):
        yield "it is not said rightly who stands out among ratios, and who beside equal chances"


# The group's part of those at a stage, by band and by quarter.


def _share_of(column: str) -> str:
    """Name the column that has the group's share of all at a stage."""
    return f"{column}: {called(BME)} share"


def _share(line: Line, column: str) -> Share | None:
    """Read both numbers of a stage from a row; None where no share of them is shown."""
    shown = SHARES.match(line.text(_share_of(column)))
    numbers = [line.whole(name) for name in line.cells if name.startswith(f"{column}: ") and name != _share_of(column)]
    return Share(*numbers) if shown and None not in numbers else None


def _bands(title: str, lines: list[Line]) -> bool:
    pairs = [(_share(line, "Applicants"), _share(line, "Appointed")) for line in lines]
    both = [(before.part, after.likely) for before, after in pairs if before and after]
    lower, higher = (sum(high < share for share, (_, high) in both), sum(low > share for share, (low, _) in both))
    people, of = people_of(BME), len(both)
    where = {1: "the one band", 2: "both bands"}.get(of, f"all {of} bands")
    if not both:
        said = f"{people}: the share of applicants is not shown in any band."
    elif lower and higher:
        said = f"{people}: share of appointments lower in {lower}, higher in {higher}, of {of} bands compared."
    elif lower or higher:
        way = "lower" if lower else "higher"
        said = f"{people}: {way} share of appointments than of applicants in {lower or higher} of {of} bands compared."
    else:
        said = f"{people}: share of appointments fits that of applicants in {where} compared."
    return title == capitalised(said)


def _quarters(title: str, lines: list[Line]) -> bool:
    line, said = lines[-1], []
    for stage in STAGES:
        text = line.text(_share_of(stage.done.capitalize()))
        share = SHARES.match(text)
        said.append(f"{share[0]} of those {stage.done}" if share else f"{stage.done} {NO_SHARE.get(text, text)}")
    quarter = line.name.replace("\N{NON-BREAKING HYPHEN}", "-")
    return title == f"{quarter}, {people_of(BME)}: {', '.join(said)}."


# One organisation's shares at both stages, and how many organisations know ethnicity.


def _stages(title: str, lines: list[Line]) -> bool:
    by_name = {line.name: line for line in lines}
    groups = {REFERENCE: by_name.get(REFERENCE), called(BME): by_name.get(capitalised(called(BME)))}
    return None not in groups.values() and title == " ".join(_one_stage(stage, title, groups) for stage in STAGES)


def _one_stage(stage, title: str, groups: dict[str, Line]) -> str:
    """Say a stage's two shares as the title does, where they read as those of the numbers."""
    before, after = (name.capitalize() for name in ("applicants" if stage is STAGES[0] else STAGES[0].done, stage.done))
    numbers = {name: (line.whole(after), line.whole(before)) for name, line in groups.items()}
    if any(None in pair for pair in numbers.values()):
        return f"{after}: not shown."
    said = re.search(rf"{after}: {', '.join(f'{re.escape(name)} ({SHARES.pattern})' for name in groups)}\.", title)
    good = said and all(map(reads_as_share, said.groups(), *zip(*numbers.values(), strict=True)))
    return said[0] if good else "nothing"


def _known(title: str, lines: list[Line]) -> bool:
    shown = [
        (line.whole("Ethnicity known"), line.whole("Applicants"))
        for line in lines
        if SHARES.match(line.text("Share known"))
    ]
    enough = sum(known >= LEAST_KNOWN * of for known, of in shown)
    of_all = f"{enough} of {len(shown)} organisations shown"
    return title == f"Ethnicity is known of at least {LEAST_KNOWN:.0%} of applicants in {of_all}."


# A kind of chart is told by how the names of its cells begin.
KINDS: dict[str, Callable[[str, list[Line]], bool]] = {
    "forest.": _forest,
    "bands.": _bands,
    "quarters.": _quarters,
    "share.": _known,
    "shortlisted.": _stages,
}
