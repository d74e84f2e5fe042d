"""The chart of evidence over time can be read on a phone however long the audit has run."""

import xml.etree.ElementTree as ElementTree

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.since_start import Shortlist
from lt_analysis.rendering.evidence_charts import evidence_chart
from lt_analysis.rendering.html import Cell, Table
from tests.rendering.test_charts import SVG
from tests.rendering.test_over_time import FIRST, growing_of

LOOKS = Table("Looks", ("Look", "E-value"), (("2022-23-Q1", (Cell("e.2022-23-Q1", "1.0"),)),))


def quarters(number):
    one = FIRST
    for _ in range(number):
        yield one
        one = one.next


@pytest.mark.parametrize("looks", [3, 7, 16, 40])
def test_the_names_of_quarters_do_not_run_into_each_other(looks):
    times = list(quarters(looks))
    shortlists = [Shortlist(time, draw, draw) for time in times for draw in [Draw(3, 1, 1, 0)] * 3]
    chart = evidence_chart(growing_of(shortlists, times), "Nonesuch", LOOKS)
    for drawing in (chart.narrow, chart.wide):
        names = [
            text for text in ElementTree.fromstring(drawing).iter(f"{SVG}text") if "-Q" in "".join(text.itertext())
        ]
        middles = sorted(float(name.get("x")) for name in names)
        width = TextPath((0, 0), "2026-27-Q2", size=11, prop=FontProperties(family="DejaVu Sans")).get_extents().width
        assert middles
        assert all(after - before > width for before, after in zip(middles, middles[1:], strict=False))
