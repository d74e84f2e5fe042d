"""The charts of the front page in the words that its notebook uses: one call, one shown answer."""

from lt_analysis.codebook.measures import APPOINTMENT, SHORTLISTING
from lt_analysis.release.figures import Release
from lt_analysis.rendering.band_chart import band_chart
from lt_analysis.rendering.chances_chart import organisations_chart
from lt_analysis.rendering.charts import Chart
from lt_analysis.rendering.forest import forest
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.quarters_chart import quarters_chart


def shortlisting(release: Release) -> Chart | Html:
    """Draw every organisation's number shortlisted beside what equal chances usually give."""
    return organisations_chart(release, SHORTLISTING)


def appointment(release: Release) -> Chart | Html:
    """Draw every organisation's number appointed beside what equal chances usually give."""
    return organisations_chart(release, APPOINTMENT)


def shortlisting_ratios(release: Release) -> Chart | Html:
    """Draw every organisation's relative likelihood of being shortlisted, all posts added up."""
    return forest(release, SHORTLISTING)


def appointment_ratios(release: Release) -> Chart | Html:
    """Draw every organisation's relative likelihood of being appointed from a shortlist, all posts added up."""
    return forest(release, APPOINTMENT)


def bands(release: Release) -> Chart | Html:
    """Draw the group's share of those appointed beside its share of applicants, band by band."""
    return band_chart(release)


def quarters(release: Release) -> Chart | Html:
    """Draw the group's share of those shortlisted and appointed over the published quarters."""
    return quarters_chart(release)
