"""The charts of the front page in the words that its notebook uses: one call, one shown answer."""

from collections.abc import Sequence
from dataclasses import replace

from lt_analysis.codebook.measures import STAGES
from lt_analysis.release.figures import Release
from lt_analysis.rendering import html
from lt_analysis.rendering.band_chart import band_chart
from lt_analysis.rendering.chances_chart import organisations_chart
from lt_analysis.rendering.charts import Chart
from lt_analysis.rendering.forest import forest
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.quarters_chart import quarters_chart

READ_THE_SAME = "It is read as the chart before it."


def beside_equal_chances(release: Release) -> Html:
    """Draw every organisation's numbers shortlisted and appointed beside what equal chances usually give."""
    return html.joined(*_explained_once([organisations_chart(release, stage) for stage in STAGES]))


def all_posts_added_up(release: Release) -> Html:
    """Draw every organisation's relative likelihoods at both stages, all posts added up, for whoever opens them."""
    return html.folded("Show the charts of all posts added up", *_explained_once([forest(release, s) for s in STAGES]))


def _explained_once(charts: Sequence[Chart | Html]) -> list[Chart | Html]:
    """Say how charts are read below the first of them alone."""
    first, *others = [place for place, one in enumerate(charts) if isinstance(one, Chart)] or [None]
    return [replace(one, reading=READ_THE_SAME) if place in others else one for place, one in enumerate(charts)]


def bands(release: Release) -> Chart | Html:
    """Draw the group's share of those appointed beside its share of applicants, band by band."""
    return band_chart(release)


def quarters(release: Release) -> Chart | Html:
    """Draw the group's share of those shortlisted and appointed over the published quarters."""
    return quarters_chart(release)
