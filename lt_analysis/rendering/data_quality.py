"""The partnership's page on the returns of a quarter: what was received, and how completely ethnicity is known.

It repeats no number of a return's rows: only numbers that the release holds, and shares worked out from them.
Published examples from elsewhere are left out, for nobody in the partnership sends returns for them.
"""

from lt_analysis.codebook.words import DATA_QUALITY_LEAVES_OUT, GLOSSARY, HIDDEN_SYMBOL, NO_YEAR
from lt_analysis.release.figures import OrganisationFigures, Release
from lt_analysis.rendering import front_page, html, sentences
from lt_analysis.rendering.charts import Chart
from lt_analysis.rendering.figure import own
from lt_analysis.rendering.forms import form_of, named_in_full, say, say_form
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.measure_figures import KnownShare, applicants_of, shares
from lt_analysis.rendering.people import text
from lt_analysis.rendering.quality_charts import shares_chart
from lt_analysis.rendering.shown import Choice, Said, Template

OF_KNOWN = "ethnicity-known"  # the name of the table whose numbers the chart draws
NOBODY = "No organisation of the partnership has sent returns yet."
NO_CHART = "No chart: no organisation of the partnership has sent returns yet."
CHART = Template(
    "known_chart",
    "Ethnicity is known of at least {least_known} of applicants in {known_enough} of {known_shown} organisations "
    "shown.",
)
NOTHING_TO_SEND = "No organisation has anything to send, or to send again, that these figures need."
WORDS = ("Applicants", "Band 8 and above", HIDDEN_SYMBOL)
KNOWN_ETHNICITY = (
    "the return gives the ethnic group that the applicant stated. Not stated, not asked and not recorded are all "
    "unknown."
)


TITLE = Template("quality_title", "Data quality: report for {span_in_words}")
SENT_ALL = Template(
    "sent_all", "{complete_number} of {own_number} organisations sent all that the figures for the year need."
)
LACKING = {
    "missing": Template("lacks_year", "For the year, something has not been received from {missing_names}."),
    "refused": Template(
        "refused_year", "For the year, something could not be used of what was sent by {refused_names}."
    ),
    "missing.quarter": Template(
        "lacks_quarter", "For {span_in_words}, nothing has been received from {missing_quarter_names}."
    ),
    "refused.quarter": Template(
        "refused_of_quarter", "For {span_in_words}, nothing could be used of what was sent by {refused_quarter_names}."
    ),
}
KNOWN_OF = Choice(
    "known",
    by="shares_known",
    cases={
        "none": "Of no organisation can it be shown how completely ethnicity is known.",
        "some": (
            "{known_enough} of the {known_shown} organisations that can be shown know the ethnicity of at least "
            "{least_known} of those who applied."
        ),
    },
)
BELOW = Template("below", "Below {least_known}: {below_line_names}.")
MAY_BE_LEFT_OUT = (
    "The share is not shown where fewer than five are not known. So an organisation that knows nearly all may be left "
    "out here."
)
OF_EACH_YEAR = "Returns of each organisation's year"


def heading(release: Release) -> Html:
    """Return the page's heading, under its mark."""
    return html.heading(say(TITLE, release, "*"), front_page.marks(release), in_full=False)


def main_points(release: Release) -> Html:
    """Return who sent every return, who has to send something, and how completely ethnicity is known."""
    return html.paragraphs(points(release), "summary")


def points(release: Release) -> dict[str, str]:
    """Return the sentences of the main points, by the names of their cells. Only shares that are shown are counted."""
    if not own(release):
        return {"sent": NOBODY}
    templates = {"sent": SENT_ALL} | LACKING | {"known": KNOWN_OF}
    shown = any(not share.instead for share in shares(release))
    return {cell: say(template, release, "*") for cell, template in templates.items()} | (
        {"hidden": MAY_BE_LEFT_OUT, "below": say(BELOW, release, "*")} if shown else {}
    )


def returns_table(release: Release) -> Html | Table:
    """Return a table of what was received, what was not, and what could not be used, one row an organisation."""
    rows = tuple((named_in_full(organisation), _returns(organisation)) for organisation in own(release))
    if not rows:
        return html.paragraphs({"returns": NOBODY})
    columns = ("Organisation", "Year", "Received", "Not received", "Could not be used", "Posts set aside")
    return Table("Returns that the figures need, and returns for the quarter of this report", columns, rows)


def _returns(organisation: OrganisationFigures) -> tuple[Cell, ...]:
    forms = {"span": "unbroken_span", "received": "received", "missing": "lacking", "refused": "not_used"}
    cells = [
        Cell(f"{column}.{organisation.slug}", say_form(form, organisation, organisation.slug))
        for column, form in forms.items()
    ]
    return (*cells, Cell(f"aside.{organisation.slug}", organisation.posts_set_aside))


def what_to_send(release: Release) -> Html:
    """Return what each organisation that has something to send has to send."""
    notes = {
        f"returns.{organisation.slug}": (named_in_full(organisation), sentences.returns_note(organisation))
        for organisation in own(release)
    }
    lacking = {key: Said.join(": ", name_and_note) for key, name_and_note in notes.items() if name_and_note[1]}
    return html.paragraphs(lacking or {"returns": NOTHING_TO_SEND})


def known_chart(release: Release) -> Chart | Html:
    """Draw each organisation's share beside the line below which returns look odd; what is hidden is a gap."""
    table = known_table(release)
    if not isinstance(table, Table):
        return html.note(NO_CHART)
    return shares_chart(shares(release), OF_EACH_YEAR, table, say(CHART, release, "*"))


def known_table(release: Release) -> Html | Table:
    """Return a table of how many applicants' ethnicity is known in each organisation's year, where it was released."""
    organisations = own(release)
    shares_of = zip(organisations, shares(release), strict=True)
    rows = tuple((named_in_full(organisation), _known(organisation, share)) for organisation, share in shares_of)
    if not rows:
        return html.paragraphs({"known": NOBODY})
    columns = ("Organisation", "Applicants", "Ethnicity known", "Not known", "Share known")
    return Table(
        "Applicants at Band 8 and above whose ethnicity is known, each organisation's year",
        columns,
        rows,
        name=OF_KNOWN,
    )


def _known(organisation: OrganisationFigures, share: KnownShare) -> tuple[Cell, ...]:
    names = [f"{name}.{organisation.slug}" for name in ("applicants", "known", "unknown", "share")]
    if share.instead == NO_YEAR:
        return tuple(Cell(name, NO_YEAR) for name in names)
    known, unknown = applicants_of(organisation)
    keys = (known.key, unknown.key)
    return (
        Cell(names[0], worked_out_from=keys, **form_of("all_applicants", organisation, organisation.slug)),
        Cell(names[1], text(known), known.key),
        Cell(names[2], text(unknown), unknown.key),
        Cell(names[3], worked_out_from=keys, **form_of("known_share", organisation, organisation.slug)),
    )


def not_covered() -> Html:
    """Return a list of what the page does not cover."""
    return html.bullets(DATA_QUALITY_LEAVES_OUT)


def glossary() -> Html:
    """Return the words of this page and what each means."""
    return html.definitions({word: GLOSSARY[word] for word in WORDS} | {"Ethnicity known": KNOWN_ETHNICITY}, "glossary")
