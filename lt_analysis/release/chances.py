"""Which of what equal chances would give may be printed: expected numbers and ranges, of organisations and together.

They are worked out post by post, and stand beside released counts of the same people: at each stage and of a year, an
organisation's own, and those of the partnership from all posts of its members at once. Taken from the partnership's,
the organisations' own would leave what equal chances would give the others, and that hangs on who was before their
panels. So what is left must be of nobody, or of enough posts in enough organisations (`items.are_enough`): else the new
ones of the organisations with the fewest posts are hidden too, and where that is not enough the partnership's is not
printed. What any edition printed counts as printed for ever, replaced ones too.

All of this hangs on which counts are shown and on how many posts could have gone either way; never on who succeeded.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import product

from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.measures import MEASURES, Measure
from lt_analysis.codebook.publishing import smallest_number
from lt_analysis.evidence.estimate import Together
from lt_analysis.release.figures import CHANCES, COULD_TELL
from lt_analysis.release.items import are_enough
from lt_analysis.release.keys import ALL_BANDS, PARTNERSHIP, Key

# Of a row of the evidence: of whom, by group, are its four counts, and which of them.
COUNTS = {
    "white_people": (REFERENCE, 0),
    "white_successful": (REFERENCE, 1),
    "group_people": (BME, 0),
    "group_successful": (BME, 1),
}
# What is said of equal chances, by the column of the evidence that it stands in.
COLUMNS = {"expected": "people", "low": "low", "high": "high", "informative": "informative", COULD_TELL: COULD_TELL}

Items = Mapping[str, float | str | None]


def chances_of(
    table: tuple[str, str], measure: Measure, shown: Mapping, evidence: dict | None
) -> dict[str, float | None]:
    """Return what equal chances would give at a stage, in whole people, where its four counts are published.

    `table` is whose it is and of which year, `shown` its numbers by stage, group and cut, `evidence` the row that was
    estimated. Without enough posts that tell, only that they do not is said.
    """
    counts = [shown.get((stage, group, ALL_BANDS)) for group in (REFERENCE, BME) for stage in measure.counts]
    # Where a return was corrected after its quarter was published, they would not be about the same people.
    told = evidence is not None and counts == [evidence[count] for count in COUNTS]
    if not told or evidence[COULD_TELL] is None:
        return {}
    name = _name(*table, measure)
    if evidence["informative"] < smallest_number():
        return {f"{name}/{COULD_TELL}": 0}
    parts = {part: evidence[column] for column, part in COLUMNS.items()}
    return {f"{name}/{part}": None if value is None else round(value) for part, value in parts.items()}


def chances_together(
    together: Iterable[Together], span: str, shown: Collection[Key], own: Items, printed: Collection[str]
) -> dict[str, float | str | None]:
    """Return what equal chances would give the partnership in a year, and organisations' own that are hidden for it.

    `shown` are the numbers that are published with it, `own` the organisations' own items, of which some were `printed`
    by other editions (`chances_told`). It is printed beside its four counts and not without them.
    """
    items: dict[str, float | str | None] = {}
    for one in together:
        measure = MEASURES[one.stage]
        counts = {
            Key(PARTNERSHIP, span, stage, group, ALL_BANDS)
            for stage, group in product(measure.counts, (REFERENCE, BME))
        }
        names = {slug: _name(slug, span, measure) for slug in one.informative}
        may_hide = [
            slug for slug, name in names.items() if own.get(f"{name}/people") is not None and name not in printed
        ]
        told = {slug for slug, name in names.items() if name in chances_told(own) or name in printed}
        hidden = _hidden_for_the_others(one.informative, told, may_hide)
        if hidden is None or counts - set(shown):
            continue
        for slug in hidden:
            items |= {f"{names[slug]}/{part}": None for part in CHANCES} | {f"{names[slug]}/{COULD_TELL}": 1}
        parts = {"people": round(one.expected), "low": one.low, "high": one.high, COULD_TELL: 1}
        parts |= {"informative": sum(one.informative.values())}
        items |= {f"{_name(PARTNERSHIP, span, measure)}/{part}": value for part, value in parts.items()}
    return items


def chances_told(items: Items) -> frozenset[str]:
    """Return the names of stages of which some items tell what equal chances would give.

    That too few posts could have gone either way, beside counts, tells that nearly as well: so it counts.
    """
    told = set()
    for key, value in items.items():
        name, _, part = key.rpartition("/")
        if (part == "people" and value is not None) or (part == COULD_TELL and value == 0):
            told.add(name)
    return frozenset(told)


def chances_that_stand(items: Items) -> dict[str, float | str | None]:
    """Return what an edition said of equal chances for the partnership, and hid of organisations' own for it.

    An edition that replaces it says the same.
    """
    told = chances_told(items)
    partnerships = {name for name in told if name.startswith(f"{PARTNERSHIP}/")}
    hidden = {key.rpartition("/")[0] for key in items if key.endswith(f"/{COULD_TELL}")} - told
    return {key: value for key, value in items.items() if key.rpartition("/")[0] in partnerships | hidden}


def _name(who: str, span: str, measure: Measure) -> str:
    return f"{who}/{span}/{measure.counts[1]}/{BME}"


def _hidden_for_the_others(
    posts: Mapping[str, int], told: Collection[str], may_hide: Iterable[str]
) -> list[str] | None:
    """Return whose own are to be hidden so that what is left is of enough `posts`; None where no hiding helps.

    Of the organisations in `told` it is told what equal chances would give; of those in `may_hide` it need not be.
    Where too few posts could tell, hiding that is no cover, for then a count is nearly what is expected.
    """
    others = {slug: number for slug, number in posts.items() if slug not in told}
    fewest_first = sorted(may_hide, key=lambda slug: (posts[slug], slug))
    hidden: list[str] = []
    while any(others.values()) and not are_enough(others):
        if not fewest_first:
            return None
        hidden.append(fewest_first.pop(0))
        others[hidden[-1]] = posts[hidden[-1]]
    return hidden
