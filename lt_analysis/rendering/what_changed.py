"""What is new in a report, and how the partnership's newest quarter compares with the one before.

Counts come first, then the direction, then the likely range. A quarter has few people: where the range holds no change
at all, it is said that the counts do not show which, and of fewer than twenty people nothing is said but the counts.
"""

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.naming import people_of
from lt_analysis.codebook.periods import Quarter, parse_period
from lt_analysis.release.figures import PeopleTable, Release, ShareChange, StageChange, changes
from lt_analysis.rendering import html
from lt_analysis.rendering.actions import day
from lt_analysis.rendering.charts import SMALLEST_BASE
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.names import name_of
from lt_analysis.rendering.numbers import percentage, whole

OF_STAGE = {
    "applied": ("applicants", "were"),
    "shortlisted": ("places on shortlists", "went to"),
    "appointed": ("appointments", "went to"),
}
NO_QUARTER_BEFORE = "There are not yet two quarters of all organisations together that could be compared."
NOT_SHOWN_BEFORE = "The quarter before {} cannot be shown, so nothing is compared."
OTHER_MEMBERS = "The latest two quarters of all organisations together add up different organisations: {}."
MOST_NAMED = 3  # organisations; more are counted


def section(release: Release) -> Html:
    """Say what is new, and how the newest quarter compares with the one before."""
    return html.joined(html.paragraphs(new(release)), html.paragraphs(compared(release) | newly_late(release)))


def new(release: Release) -> dict[str, str]:
    """Say which figures are published here for the first time."""
    if not release.earlier:
        first = "This is the first report, so every figure in it is new."
    else:
        first = f"The report before was for {release.earlier[0].in_words}."
    return {"new.report": first, "new.organisations": _organisations(release), "new.partnership": _partnership(release)}


def _organisations(release: Release) -> str:
    now = str(release.quarter)
    own = [one for one in release.organisations if not one.source]
    years = [name_of(one) for one in own if one.first_published == now]
    together = [name_of(one) for one in own if any(table.first_published == now for table in one.together)]
    said = []
    if years:
        said.append(f"New: the year {release.quarter.latest_complete_year.in_words}, for {_some(years, len(own))}.")
    if together:
        said.append(f"New: several years added up, for {_some(together, len(own))}.")
    return " ".join(said) or "No single organisation has new figures. Theirs are for whole years."


def _some(names: list[str], everybody: int) -> str:
    return ", ".join(names) if len(names) <= MOST_NAMED else f"{len(names)} of {everybody} organisations"


def _partnership(release: Release) -> str:
    now = str(release.quarter)
    spans = [parse_period(one.span).in_words for one in release.partnership if one.first_published == now]
    if not spans:
        return "No figures of all organisations together are new."
    *first, last = spans
    return f"New: all organisations together, {', '.join(first)}{' and ' if first else ''}{last}."


def compared(release: Release) -> dict[str, str]:
    """Set the partnership's newest quarter beside the one before, stage by stage."""
    match release.quarters:
        case (*_, before, later) if Quarter.parse(later.span).previous != Quarter.parse(before.span):
            return {"change": NOT_SHOWN_BEFORE.format(_span(later))}
        case (*_, before, later) if before.members == later.members:
            lead = f"All organisations together, {_span(later)} beside {_span(before)}:"
            return {"change": lead} | {f"change.{one.stage}": sentence(one) for one in changes(before, later)}
        case (*_, _, _):
            return {"change": OTHER_MEMBERS.format(_others(before, later, release)) + " So they are not compared."}
        case _:
            return {"change": NO_QUARTER_BEFORE}


def _others(before: PeopleTable, later: PeopleTable, release: Release) -> str:
    """Name the organisations that one of two quarters adds up alone; one that has left goes by its folder."""
    names = {one.slug: name_of(one) for one in release.organisations}
    alone = {
        _span(one): [names.get(slug, slug) for slug in one.members if slug not in other.members]
        for one, other in ((before, later), (later, before))
    }
    return "; ".join(f"only {span} has {', '.join(some)}" for span, some in alone.items() if some)


def newly_late(release: Release) -> dict[str, str]:
    """Say how many late actions were not yet due at the end of the last report's quarter; nothing of the first."""
    late = [action for one in release.organisations for action in one.late_actions]
    if not late or not release.earlier:
        return {}
    then = release.earlier[0].last_day
    some = sum(action.due_on >= then for action in late)
    number = f"{some or 'None'} of the {len(late)} late actions {'was' if some <= 1 else 'were'}"
    return {"late.new": f"{number} due on or after {day(then)}, and so {'is' if some <= 1 else 'are'} newly late."}


def _span(table: PeopleTable) -> str:
    return parse_period(table.span).in_words


def sentence(one: StageChange) -> str:
    """Say how the group's share of a stage compares: counts, direction, likely range, what that tells."""
    of, went_to = OF_STAGE[one.stage]
    if one.hidden:
        return f"{of.capitalize()}: not compared, because a number is not shown."
    of_two = one.change
    counts = (
        f"{whole(of_two.some_later)} of {whole(of_two.all_later)} {of} {went_to} {people_of(BME)}; the quarter before, "
        f"it was {whole(of_two.some_before)} of {whole(of_two.all_before)}."
    )
    if min(of_two.all_before, of_two.all_later) < SMALLEST_BASE:
        return f"{counts} These are too few to compare."
    return f"{counts} {_direction(of_two)} {_told(of_two)}"


def _direction(of: ShareChange) -> str:
    before, later = (percentage(some / every) for some, every in _pairs(of))
    if before == later:
        return f"The share was {later} both times."
    return f"The share was {later}, {'higher' if of.change > 0 else 'lower'} than the {before} before."


def _pairs(of: ShareChange) -> tuple[tuple[int, int], tuple[int, int]]:
    return (of.some_before, of.all_before), (of.some_later, of.all_later)


def _told(of: ShareChange) -> str:
    low, high = of.confidence_interval()
    fits = f"Anything from {_points(low)} to {_points(high)} fits the counts"
    if low <= 0 <= high:
        return f"{fits}, so they do not show whether it rose or fell."
    return f"{fits}, so it {'rose' if low > 0 else 'fell'}, though they do not show why."


def _points(change: float) -> str:
    """Write a change of a share in percentage points, with its direction."""
    if not change:
        return "no change"
    points = round(abs(change) * 100)
    said = f"{points} points" if points > 1 else "1 point" if points else "less than 1 point"
    return f"{said} {'higher' if change > 0 else 'lower'}"
