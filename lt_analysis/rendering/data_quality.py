"""The partnership's page on the returns of a quarter: what was received, and how completely ethnicity is known.

It repeats no number of a return's rows: only numbers that the release holds, and shares worked out from them.
Published examples from elsewhere are left out, for nobody in the partnership sends returns for them.
"""

from lt_analysis.codebook.ethnicity import LEAST_KNOWN, UNKNOWN
from lt_analysis.codebook.periods import QUARTERS_IN_A_YEAR
from lt_analysis.codebook.words import DATA_QUALITY_LEAVES_OUT, GLOSSARY, HIDDEN_SYMBOL, NO_POSTS, NO_YEAR
from lt_analysis.release.figures import ITS_FOLDER, Number, OrganisationFigures, Release, Status
from lt_analysis.release.keys import ALL_BANDS, KNOWN
from lt_analysis.rendering import html, sentences
from lt_analysis.rendering.charts import Chart
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.names import name_of
from lt_analysis.rendering.numbers import part_of, whole
from lt_analysis.rendering.over_time import NO_BREAK
from lt_analysis.rendering.people import text
from lt_analysis.rendering.quality_charts import KnownShare, shares_chart

OF_KNOWN = "ethnicity-known"  # the name of the table whose numbers the chart draws
NOBODY = "No organisation of the partnership has sent returns yet."
NOTHING_TO_SEND = "No organisation has anything to send, or to send again, that these figures need."
HIDDEN = "not shown"
WORDS = ("Applicants", "Band 8 and above", HIDDEN_SYMBOL)
KNOWN_ETHNICITY = (
    "the return gives the ethnic group that the applicant stated. Not stated, not asked and not recorded are all "
    "unknown."
)


def heading(release: Release) -> Html:
    """Head the page, under its mark."""
    marks = (html.PARTLY_INVENTED_MARK,) if any(one.invented for one in release.organisations) else ()
    return html.heading(f"Data quality: report for {release.quarter.in_words}", marks)


def main_points(release: Release) -> Html:
    """Say who sent every return, who has to send something, and how completely ethnicity is known."""
    return html.paragraphs(points(release), "summary")


def points(release: Release) -> dict[str, str]:
    """Say it, by the key of the figure that each sentence states. Only shares that are shown are counted."""
    own = _own(release)
    if not own:
        return {"sent": NOBODY}
    sent = sum(one.status == Status.COMPLETE for one in own)
    known = _known_in_words([share for share in shares(release) if not share.instead])
    return {
        "sent": f"{sent} of {len(own)} organisations sent all that the figures for the year need.",
        **_lacking(release),
        **known,
    }


def _lacking(release: Release) -> dict[str, str]:
    quarter = release.quarter.in_words
    said = {
        "missing": "For the year, something has not been received from",
        "refused": "For the year, something could not be used of what was sent by",
        "missing.quarter": f"For {quarter}, nothing has been received from",
        "refused.quarter": f"For {quarter}, nothing could be used of what was sent by",
    }
    return {what: _named(said[what], some) for what, some in release.lacking.items()}


def _own(release: Release) -> list[OrganisationFigures]:
    return [one for one in release.organisations if not one.source]


def _named(said: str, some: list[OrganisationFigures]) -> str:
    return f"{said} {', '.join(name_of(one) for one in some)}." if some else ""


def _known_in_words(shown: list[KnownShare]) -> dict[str, str]:
    if not shown:
        return {"known": "Of no organisation can it be shown how completely ethnicity is known."}
    below = [f"{one.name} ({part_of(one.known, one.applicants)})" for one in shown if not one.enough]
    return {
        "known": f"{len(shown) - len(below)} of the {len(shown)} organisations that can be shown know the ethnicity of "
        f"at least {LEAST_KNOWN:.0%} of those who applied.",
        "hidden": "The share is not shown where fewer than five are not known. So an organisation that knows nearly "
        "all may be left out here.",
        "below": f"Below {LEAST_KNOWN:.0%}: {', '.join(below)}." if below else "",
    }


def shares(release: Release) -> tuple[KnownShare, ...]:
    """Return each organisation's share of applicants whose ethnicity is known, or the words that stand in its place."""
    return tuple(map(_share, _own(release)))


def _share(one: OrganisationFigures) -> KnownShare:
    """Say why a share is not there only where that is no secret: what was received, and when it was published."""
    if one.status != Status.COMPLETE:
        return KnownShare(name_of(one), instead=NO_YEAR)
    known, unknown = _applicants(one)
    if known.hidden or unknown.hidden:
        return KnownShare(name_of(one), instead=HIDDEN)
    if not known.people + unknown.people:
        return KnownShare(name_of(one), instead=NO_POSTS)
    return KnownShare(name_of(one), known.people + unknown.people, known.people)


def _applicants(one: OrganisationFigures) -> tuple[Number, Number]:
    """Return how many of a year's applicants are of known ethnicity, and of unknown."""
    return tuple(one.people.number("applied", group, ALL_BANDS) for group in (KNOWN, UNKNOWN))


def returns_table(release: Release) -> Html | Table:
    """Set side by side, for each organisation, what was received, what was not, and what could not be used."""
    rows = tuple((name_of(one), _returns(one)) for one in _own(release))
    if not rows:
        return html.paragraphs({"returns": NOBODY})
    columns = ("Organisation", "Year", "Received", "Not received", "Could not be used", "Posts set aside")
    return Table("Returns that the figures need, and returns for the quarter of this report", columns, rows)


def _returns(one: OrganisationFigures) -> tuple[Cell, ...]:
    return (
        Cell(f"span.{one.slug}", _unbroken(str(one.span))),
        Cell(f"received.{one.slug}", _received(one)),
        Cell(f"missing.{one.slug}", _listed(one.missing)),
        Cell(f"refused.{one.slug}", _refused(one)),
        Cell(f"aside.{one.slug}", one.posts_set_aside),
    )


def _received(one: OrganisationFigures) -> str:
    return "the whole year" if len(one.received) == QUARTERS_IN_A_YEAR else _listed(one.received)


def _refused(one: OrganisationFigures) -> str:
    if one.status == Status.REFUSED and not one.refused:
        return "its year: applications and totals cannot be added up"
    return _listed(one.refused)


def _listed(parts: tuple[str, ...]) -> str:
    return ", ".join(part if part == ITS_FOLDER else _unbroken(part) for part in parts) or "none"


def _unbroken(period: str) -> str:
    return period.replace("-", NO_BREAK)


def what_to_send(release: Release) -> Html:
    """Say of each organisation that has something to send what it is."""
    said = {f"returns.{one.slug}": (name_of(one), sentences.returns_note(one)) for one in _own(release)}
    lacking = {key: f"{name}: {note}" for key, (name, note) in said.items() if note}
    return html.paragraphs(lacking or {"returns": NOTHING_TO_SEND})


def known_chart(release: Release) -> Chart | Html:
    """Draw each organisation's share beside the line below which returns look odd; what is hidden is a gap."""
    table = known_table(release)
    if not isinstance(table, Table):
        return Html(f'<p class="note">No chart: {NOBODY[0].lower()}{NOBODY[1:]}</p>')
    return shares_chart(shares(release), "Returns of each organisation's year", table)


def known_table(release: Release) -> Html | Table:
    """Say of how many applicants of each organisation's year ethnicity is known, where that was released."""
    own = _own(release)
    rows = tuple((share.name, _known(one, share)) for one, share in zip(own, shares(release), strict=True))
    if not rows:
        return html.paragraphs({"known": NOBODY})
    columns = ("Organisation", "Applicants", "Ethnicity known", "Not known", "Share known")
    return Table(
        "Applicants at Band 8 and above whose ethnicity is known, each organisation's year",
        columns,
        rows,
        name=OF_KNOWN,
    )


def _known(one: OrganisationFigures, share: KnownShare) -> tuple[Cell, ...]:
    names = [f"{name}.{one.slug}" for name in ("applicants", "known", "unknown", "share")]
    if share.instead == NO_YEAR:
        return tuple(Cell(name, NO_YEAR) for name in names)
    known, unknown = _applicants(one)
    both = (known.key, unknown.key)
    everybody, part = (None if share.instead == HIDDEN else share.instead,) * 2
    if not share.instead:
        everybody, part = whole(share.applicants), part_of(share.known, share.applicants)
    return (
        Cell(names[0], everybody, worked_out_from=both),
        Cell(names[1], text(known), known.key),
        Cell(names[2], text(unknown), unknown.key),
        Cell(names[3], part, worked_out_from=both),
    )


def not_covered() -> Html:
    """List what the page does not cover."""
    return html.bullets(DATA_QUALITY_LEAVES_OUT)


def glossary() -> Html:
    """Explain the words of this page."""
    return html.definitions({word: GLOSSARY[word] for word in WORDS} | {"Ethnicity known": KNOWN_ETHNICITY}, "glossary")
