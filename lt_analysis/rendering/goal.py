"""What the partnership has declared: its goal, how it would be known, and the earliest report that could show it."""

from lt_analysis.release.figures import Release
from lt_analysis.rendering import html
from lt_analysis.rendering.delivery_figures import Declared
from lt_analysis.rendering.forms import say
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.shown import Choice, Template

NONE_DECLARED = "The partnership has declared no goal yet."
SAYS = Choice(
    "goal",
    by="goal_invented",
    cases={"invented": "{goal_says} (Invented: nobody has declared it.)", "real": "{goal_says}"},
)
KNOWN_BY = Template("goal_known_by", "{goal_known_by}")
BY = Template(
    "goal_by",
    "By the end of {goal_year}. The first report that could show it is that for {goal_report}.",
)


def declared(release: Release) -> Html:
    """Return the declared goal, or that there is none."""
    if release.goal is None:
        return html.paragraphs({"goal": NONE_DECLARED})
    goal = Declared(release)
    terms = {"What it says": SAYS, "How we would know": KNOWN_BY, "By when": BY}
    return html.definitions({term: say(words, goal, goal.name) for term, words in terms.items()}, "goal")
