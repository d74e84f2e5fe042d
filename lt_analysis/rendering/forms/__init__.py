"""Figures to text: the only place where a number, a name or a day becomes words, and where words are chosen.

Each form takes a figure (`named`) and returns text, empty where there is nothing to say; a form that chooses returns
the name of a case. A module has the forms of one subject, by the kind of their figure; here they are joined, and said.
"""

from collections.abc import Mapping

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.naming import people_of
from lt_analysis.codebook.words import called
from lt_analysis.release.figures import OrganisationFigures
from lt_analysis.rendering.figure import named
from lt_analysis.rendering.forms import (
    delivery,
    evidence,
    leadership,
    measures,
    metrics,
    organisations,
    over_time,
    report,
    representation,
    staff,
    standards,
)
from lt_analysis.rendering.forms.phrases import NO_BREAK, day
from lt_analysis.rendering.measure_figures import FEWEST_FOR_A_RATIO
from lt_analysis.rendering.named import span_of
from lt_analysis.rendering.shown import TEMPLATE_SIGN, Forms, Part, Said, Sentence

SUBJECTS = (
    *(report, organisations, measures, evidence, staff, representation, standards),
    *(delivery, leadership, over_time, metrics),
)
OF_ANY: Forms = {
    "bme_people": lambda figure: people_of(BME),
    "bme_staff": lambda figure: people_of(BME, "staff"),
    "bme_label": lambda figure: called(BME),
    "fewest_for_a_ratio": lambda figure: str(FEWEST_FOR_A_RATIO),
    "span": lambda figure: span_of(figure),
    "span_in_words": lambda figure: span_of(figure).in_words,
    "last_day": lambda figure: day(span_of(figure).last_day),
    "in_words": lambda figure: figure.in_words,
    "unbroken_span": lambda figure: str(span_of(figure)).replace("-", NO_BREAK),
}
# The forms of each kind of figure; of whatever else has a name, there are those of any.
FORMS: Mapping[type, Forms] = {
    kind: {**OF_ANY, **own_forms} for subject in SUBJECTS for kind, own_forms in subject.FORMS.items()
}


def forms_of(figure: object) -> Forms:
    """Return the forms of a figure, by their names."""
    return FORMS.get(type(figure), OF_ANY)


def named_in_full(figures: OrganisationFigures) -> Said:
    """Return an organisation's name on a page of several, as text that knows whose it is."""
    return say_form("organisation_name", figures, named(figures))


def say(sentence: Sentence, figure: object, name: str) -> Said:
    """Return what a sentence says of a figure, which a page carries under its name; of an exact one, mere text."""
    return Said(Part(sentence.of(figure, forms_of(figure)), f"{TEMPLATE_SIGN}{sentence.name}", name))


def say_form(form: str, figure: object, name: str) -> Said:
    """Return what a form alone says of a figure."""
    return Said(Part(str(forms_of(figure)[form](figure)), form, name))


def form_of(form: str, figure: object, name: str) -> dict[str, str | None]:
    """Return the text of a cell that a form says of a figure, None where it is hidden, and what said it of which."""
    return {"text": str(forms_of(figure)[form](figure)) or None, "said_by": f"{form} {name}" if name else ""}
