"""Each leak that no scan of one page can see, planted in a page's maker, and caught between two worlds."""

import matplotlib
import pytest
from matplotlib.figure import Figure

from lt_analysis.rendering.charts import STYLE, as_text
from lt_analysis.reporting.gate.noninterference import interfering

SMALLEST_NUMBER = 5
PAGE = "recruitment.html"
NAMES = {"ashbourne": (410, 60), "beeches": (205, 25), "camelot": (330, 41)}  # shortlisted, appointed, of White people
SHORTLISTED = {"ashbourne": 40, "beeches": 60, "camelot": 80}  # of BME people; those appointed follow
# Appointed BME people: two of the three numbers are hidden, and neither world's page may tell them from the other's.
WORLDS = ({"ashbourne": 1, "beeches": 4, "camelot": 22}, {"ashbourne": 4, "beeches": 2, "camelot": 22})


def released(counts):
    return {name: None if count < SMALLEST_NUMBER else count for name, count in counts.items()}


def published(counts):
    return tuple(released(counts).items())


def rows(counts):
    return "".join(f"<tr><th>{name}</th><td>{count or '[c]'}</td></tr>" for name, count in counts.items())


def chart(marks, limit):
    """A drawing of numbers that are shown, on an axis that ends at `limit`."""
    with matplotlib.rc_context(STYLE):
        figure = Figure()
        axes = figure.subplots()
        axes.scatter([place for place, mark in enumerate(marks) if mark], [mark for mark in marks if mark])
        axes.set(xlim=(0, len(marks)), ylim=(0, limit))
        axes.set_yticks([])
        return as_text(figure)


def verdict(name, appointed):
    shortlisted, white = NAMES[name]
    return "fewer" if appointed * shortlisted < SHORTLISTED[name] * white else "as many"


def sound(counts):
    """A page's pieces, all of them made from released counts."""
    shown = released(counts)
    shares = [count and f"{count / SHORTLISTED[name]:.1%}" for name, count in shown.items()]
    words = [verdict(name, count) if count else "too few people to say" for name, count in shown.items()]
    return {
        "rows": rows(shown),
        "caption": "Appointed",
        "shares": str(shares),
        "verdict": str(words),
        "footnote": "[c]: not shown",
        "chart": chart(shown.values(), limit=50),
        "alt": f"Dots for {sum(count is not None for count in shown.values())} organisations",
    }


LEAKS = {
    "axis limit": lambda raw: {"chart": chart(released(raw).values(), limit=50 + min(raw.values()))},
    "sort order": lambda raw: {"rows": rows({name: released(raw)[name] for name in sorted(raw, key=raw.get)})},
    "n in a caption": lambda raw: {"caption": f"Appointed (n = {sum(raw.values())})"},
    "percentage from raw": lambda raw: {"shares": f"{raw['ashbourne'] / SHORTLISTED['ashbourne']:.0%}"},
    "verdict from raw ratio": lambda raw: {"verdict": verdict("beeches", raw["beeches"] + 4)},
    "total in a footnote": lambda raw: {"footnote": f"All organisations: {sum(raw.values())}"},
    "SVG coordinate": lambda raw: {"chart": chart(raw.values(), limit=50)},
    "alternative text": lambda raw: {"alt": f"The lowest dot is at {min(raw.values())}"},
    "length of a hidden text": lambda raw: {"rows": rows(released(raw)) + " " * raw["ashbourne"]},
}


def page_of(pieces):
    return {PAGE: "\n".join(pieces.values()).encode()}


def test_a_page_made_from_released_counts_is_the_same_in_every_world():
    assert interfering(lambda counts: page_of(sound(counts)), WORLDS, published) == []


@pytest.mark.parametrize("leak", LEAKS)
def test_a_page_that_hangs_on_a_hidden_count_is_named(leak):
    assert interfering(lambda counts: page_of(sound(counts) | LEAKS[leak](counts)), WORLDS, published) == [PAGE]


def test_a_file_that_is_there_in_one_world_only_is_named():
    def make(counts):
        return page_of(sound(counts)) | ({"notes.html": b""} if counts["ashbourne"] == 4 else {})

    assert interfering(make, WORLDS, published) == ["notes.html"]


def test_worlds_that_could_show_nothing_are_refused():
    with pytest.raises(ValueError, match="two worlds whose counts differ"):
        interfering(lambda counts: {}, [WORLDS[0], dict(WORLDS[0])], published)
    with pytest.raises(ValueError, match="do not all publish the same"):
        interfering(lambda counts: {}, [WORLDS[0], WORLDS[0] | {"camelot": 23}], published)
