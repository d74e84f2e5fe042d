"""A comparison that somebody asked for, as it shows itself: what was counted, beside what, and what could be missed.

It is of an organisation's own people, exact, and marked so. No page of the board has any of it.
"""

from lt_analysis.evidence.comparison import Change, Comparison, Share
from lt_analysis.release.figures import State
from lt_analysis.rendering import html
from lt_analysis.rendering.charts import GROUP_LOOK, WHITE_LOOK, Chart
from lt_analysis.rendering.evidence_charts import null_chart
from lt_analysis.rendering.html import RESTRICTED_MARK, Cell, Html, Table
from lt_analysis.rendering.lines import Line, Mark, Scale, drawings
from lt_analysis.rendering.numbers import (
    SMALLEST_BASE,
    about,
    interval,
    odds,
    percentage,
    percentage_points,
    probability,
    ratio,
    whole,
)

NOT_TOLD = "not given"
BESIDE = {
    "below": "It is below that range: fewer than equal chances usually give. Why is not shown.",
    "within": "It is within that range. That does not show that chances were equal.",
    "above": "It is above that range: more than equal chances usually give. Why is not shown.",
    "untold": "No possible number lies outside that range, so the counts can show nothing.",
}
ONLY_TOTALS = "Only totals were sent, so people cannot be compared with those who wanted the same post."
SEVERAL = "Several people may be taken at a time, so no range, no test and no margin of error are given."
MUCH_MISSED = "Not even an odds ratio of 1,000 would be found 8 times in 10: whatever there is could be missed."
MOVED = {
    "smaller": "It became smaller, by more than the margin of error of that change.",
    "larger": "It became larger, by more than the margin of error of that change.",
    "untold": "The margin of error of that change holds none at all, so the counts do not show whether it changed.",
}
HOW_TO_READ = "A line is the margin of error: the longer it is, the less the counts show."
ENDS = (0.1, 0.2, 0.5, 1.0)  # of a scale of shares


def comparison_shown(found: Comparison) -> Html:
    """Return a comparison of one span: its marks, what it says, its counts, its tests and its chart."""
    return html.joined(
        _marks(found),
        html.paragraphs(_said(found)),
        _counts(found),
        _tests(found),
        chances_of(found),
    )


def change_shown(found: Change) -> Html:
    """Return a comparison of two spans: what each holds, how the gap changed, and what change could be missed."""
    return html.joined(
        _marks(found.later),
        html.paragraphs(_said_of_both(found)),
        _counts(found.before, found.later),
        _changes(found),
        shares_of(found.before, found.later),
    )


def comparison_in_words(found: Comparison) -> str:
    """Return a comparison as lines of text, for where no page can be shown: what it says, and each of its tests."""
    return _in_words(found, _said(found), _tests(found))


def change_in_words(found: Change) -> str:
    """Return a comparison of two spans as lines of text."""
    return _in_words(found.later, _said_of_both(found), _changes(found))


def _in_words(found: Comparison, said: dict[str, str], tests: Table) -> str:
    about = f"{found.measure.title}, {_source(found)}, by {found.characteristic.title.casefold()}"
    answers = (f"{name}: {cell.text}" for name, (cell,) in tests.rows)
    return "\n".join([RESTRICTED_MARK, about, *said.values(), "", f"{tests.caption}:", *answers])


def chances_of(found: Comparison) -> Chart | Html:
    """Draw what equal chances would give within posts, and what happened."""
    return null_chart(found, _source(found)) if found.one_by_one else html.note(SEVERAL)


def shares_of(*found: Comparison) -> Chart | Html:
    """Draw each group's share in each comparison, with its margin of error; of fewer than 20 people there is none."""
    shares = [share for one in found for share in (one.reference_share, one.share)]
    if min(share.people for share in shares) < SMALLEST_BASE:
        return html.note(f"No chart: shares of fewer than {SMALLEST_BASE} people mislead. See the counts.")
    end = next(end for end in ENDS if max(share.confidence_interval().high for share in shares) <= end)
    last = found[-1]
    return Chart(
        finding=f"{_label(last)}: {_percent(last.share)}. {_reference(last)}: {_percent(last.reference_share)}.",
        measure=f"{last.measure.share}, everybody added up, with its margin of error (95%)",
        reading=HOW_TO_READ,
        source=_source(last),
        data=_counts(*found),
        seen="A line for each group and span, with a mark for its share and a bar for its margin of error.",
        **drawings([line for one in found for line in _lines(one)], Scale((0, end), {0: "0%", end: percentage(end)})),
    )


def _lines(found: Comparison) -> tuple[Line, Line]:
    sides = ((_reference(found), found.reference_share, WHITE_LOOK), (_label(found), found.share, GROUP_LOOK))
    return tuple(
        Line(
            f"{name}, {found.whose.span}",
            f"{percentage(share.share)} ({_of(share)})",
            Mark(share.share, share.confidence_interval() if found.one_by_one else None, look),
            begins=look == WHITE_LOOK,
        )
        for name, share, look in sides
    )


def _marks(found: Comparison) -> Html:
    return html.banners(html.marks(State.RESTRICTED, found.whose.invented))


def _source(found: Comparison) -> str:
    return f"{found.whose.name}, {found.whose.span}"


def _label(found: Comparison) -> str:
    return found.characteristic.label(found.group)


def _reference(found: Comparison) -> str:
    return found.characteristic.label(found.characteristic.reference.name)


def _of(share: Share) -> str:
    return f"{whole(share.successful)} of {whole(share.people)}"


def _percent(share: Share) -> str:
    return percentage(share.share) if share.people >= SMALLEST_BASE else NOT_TOLD


def _of_both(found: Comparison) -> str:
    done = found.measure.done
    return f"{_label(found)}: {_of(found.share)} {done}. {_reference(found)}: {_of(found.reference_share)} {done}."


def _said(found: Comparison) -> dict[str, str]:
    said = {"counts": _of_both(found)}
    if found.within is None:
        return said | {"beside": ONLY_TOTALS}
    expected = f"{about_number(found.expected)} {found.characteristic.people(found.group)}"
    where = f"within each {found.measure.within}" if found.measure.within else found.measure.where
    equal = f"Had chances been equal {where}, {expected} would have been expected"
    if not found.one_by_one:
        return said | {"beside": f"{equal}. {SEVERAL}"}
    low, high = found.chance_range
    beside = f"{equal}, and {whole(low)} to {whole(high)} is the usual range. {BESIDE[found.place]}"
    return said | {"beside": beside, "missed": _missed(found)}


def _said_of_both(found: Change) -> dict[str, str]:
    return {
        "before": f"{found.before.whose.span}: {_of_both(found.before)}",
        "later": f"{found.later.whose.span}: {_of_both(found.later)}",
        "moved": _moved(found),
    }


def about_number(number: float) -> str:
    """Write an expected number of people: `about 12`, and with one decimal where it is small."""
    return f"about {number:.1f}" if number < SMALLEST_BASE else f"about {whole(round(number))}"


def _missed(found: Comparison) -> str:
    if found.smallest_found is None:
        return MUCH_MISSED
    return (
        f"The test finds an odds ratio of {about(found.smallest_found)}, 8 times in 10. A smaller one is easily missed."
    )


def _moved(found: Change) -> str:
    """Say what became of the gap, of which a share may lie on either side."""
    interval = found.confidence_interval()
    place = "untold" if interval.holds(0) else "smaller" if found.change < 0 else "larger"
    gaps = [percentage_points(_gap(one)) for one in (found.before, found.later)]
    missed = f"A change of less than {percentage_points(found.smallest_found)} is easily missed."
    over = f"{_reference(found.later)} less {_label(found.later)}"
    return f"The gap, {over}, was {gaps[0]} and is {gaps[1]}. {MOVED[place]} {missed}"


def _counts(*found: Comparison) -> Table:
    last = found[-1]
    rows = tuple(
        (
            name if len(found) == 1 else f"{name}, {one.whose.span}",
            (
                Cell(f"people.{one.whose.span}.{name}", whole(share.people)),
                Cell(f"taken.{one.whose.span}.{name}", whole(share.successful)),
                Cell(f"share.{one.whose.span}.{name}", _percent(share)),
            ),
        )
        for one in found
        for name, share in ((_reference(one), one.reference_share), (_label(one), one.share))
    )
    columns = ("Group", last.measure.before.column.capitalize(), last.measure.done.capitalize(), last.measure.share)
    return Table(f"{last.measure.title}, {last.whose.name}, {last.whose.span}", columns, rows)


def _tests(found: Comparison) -> Table:
    over, within = f"{_reference(found)} ÷ {_label(found)}", found.measure.within or "posts"
    rows = {f"Relative likelihood, {over}, everybody added up": ratio(found.ratio)}
    if found.one_by_one:
        rows["Its margin of error"] = interval(*found.confidence_interval(), found.ratio)
    if found.p is not None:
        rows |= {
            "Exact p, twice the smaller tail": probability(found.p),
            f"Odds ratio within {within}, {over}": odds(found.odds_ratio) if found.odds_ratio else NOT_TOLD,
            "Its exact interval": interval(*found.odds_interval, found.odds_ratio),
            "Smallest odds ratio found 8 times in 10": about(found.smallest_found) if found.smallest_found else "none",
            "How often an odds ratio of 2 is found": percentage(found.halved_found),
        }
    return _answers("Tests, and what they could have found", rows)


def _changes(found: Change) -> Table:
    low, high = found.confidence_interval()
    within = found.later.measure.within or "posts"
    rows = {
        f"Gap before, {found.before.whose.span}": percentage_points(_gap(found.before)),
        f"Gap later, {found.later.whose.span}": percentage_points(_gap(found.later)),
        "Change of the gap": percentage_points(found.change),
        "Its margin of error": f"{percentage_points(low)} to {percentage_points(high)}",
        "p of no change, everybody added up": probability(found.gap.p),
        f"Exact p of one odds ratio within {within} in both": NOT_TOLD if found.p is None else probability(found.p),
        "Smallest change found 8 times in 10": percentage_points(found.smallest_found),
    }
    return _answers(
        f"The gap: {_reference(found.later)} less {_label(found.later)}, in percentage points",
        rows,
        note="" if found.later.one_by_one else SEVERAL,
    )


def _gap(found: Comparison) -> float:
    return found.reference_share.share - found.share.share


def _answers(caption: str, rows: dict[str, str], note: str = "") -> Table:
    cells = tuple((name, (Cell(f"asked.{number}", text),)) for number, (name, text) in enumerate(rows.items()))
    return Table(caption, ("Question", "Answer"), cells, note=note)
