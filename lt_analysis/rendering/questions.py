"""Neutral questions that the figures raise, from templates that the figures choose: they ask, and explain nothing."""

from collections.abc import Iterator

from lt_analysis.codebook.measures import STAGES
from lt_analysis.release.figures import Release
from lt_analysis.rendering import html
from lt_analysis.rendering.forms import say
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.measure_figures import Compared, leading
from lt_analysis.rendering.shown import Choice

MOST_QUESTIONS = 3
OF_STAGE = Choice(
    "question_of_stage",
    by="compared",
    cases={
        "fewer": "Which posts contributed most to the gap at {decision}?",
        "more": "Which posts contributed most to the difference at {decision}?",
    },
)
OF_EVENT = Choice(
    "question_of_event",
    by="happened",
    cases=dict.fromkeys(
        ("fewer", "more", "without a range, fewer", "without a range, more"),
        "In which kinds of work and pay bands are the {bme_staff} who {did}, and those who did not?",
    ),
)
OF_ACTIONS = Choice(
    "question_of_actions",
    by="late",
    cases={
        "unsent": "When will organisations say how the actions that they pledged stand?",
        "none": "Did the pledged actions that are done do what they were meant to?",
        "one": "What keeps the late action from being done, and who decides on it?",
        "many": "What keeps the {late_number} late actions from being done, and who decides on each?",
    },
)
OF_STAGE_WITHIN = Choice(
    "question_of_stage_within",
    by="compared",
    cases=dict.fromkeys(("fits", "untold", "totals"), "Do the organisations' own pages tell the same of {decision}?"),
)
OF_RETURNS = "What would each organisation need to send every return whole and in time?"


def questions(release: Release) -> Html:
    """Return the first three questions that there are: of stages and events outside their range before others."""
    asked = [question for question in _raised(release) if question][:MOST_QUESTIONS]
    return html.bullets(asked)


def _raised(release: Release) -> Iterator[str]:
    stages = [Compared(year, measure) for year in release.years[-1:] for measure in STAGES]
    events = [one for table in release.staff[-1:] for one in leading(table)]
    yield from (say(OF_STAGE, one, one.name) for one in stages)
    yield from [text for text in (say(OF_EVENT, one, one.name) for one in events) if text][:1]
    yield say(OF_ACTIONS, release, "*")
    yield from (say(OF_STAGE_WITHIN, one, one.name) for one in stages)
    yield OF_RETURNS
