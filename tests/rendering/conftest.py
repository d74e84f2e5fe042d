"""What tests of a page's charts share."""

import pytest

from lt_analysis.rendering.charts import Chart
from lt_analysis.reporting.gate.drawn import drawn_faults
from lt_analysis.reporting.gate.markup import parsed

WORDS = "the words of a chart are not those of its table"


@pytest.fixture
def every_chart_agrees_with_its_table(monkeypatch):
    """Fail a test that makes a chart whose drawn words the gate does not find in the chart's table."""
    checked = Chart.__post_init__

    def check(chart: Chart) -> None:
        checked(chart)
        assert WORDS not in drawn_faults(parsed(f"{chart._repr_html_()}{chart.data._repr_html_()}"))

    monkeypatch.setattr(Chart, "__post_init__", check)
