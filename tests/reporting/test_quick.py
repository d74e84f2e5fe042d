"""Why no kernel can be forked in an installation, in words that say what to do."""

import sys
from types import SimpleNamespace

import pytest

from lt_analysis.reporting import quick


@pytest.mark.parametrize(
    ("broken", "value", "why"),
    [
        ((sys, "platform"), "darwin", "kernels can be forked on Linux only"),
        ((quick, "find_spec"), lambda name: None, "lt_analysis/reporting/warm is not there; put it back"),
        ((quick, "find_spec"), lambda name: SimpleNamespace(origin=None), "lt_analysis/reporting/warm is not there"),
        ((quick, "entry_points"), lambda **_: (), "Jupyter does not know of forked kernels; install the project: pip"),
    ],
)
def test_where_no_kernel_can_be_forked_none_is_asked_for_and_that_says_why(monkeypatch, broken, value, why):
    monkeypatch.setattr(quick, "find_spec", lambda name: SimpleNamespace(origin="somewhere"))
    monkeypatch.setattr(quick, "entry_points", lambda **_: ("one",))
    monkeypatch.delenv(quick.PROVISIONER, raising=False)
    monkeypatch.setattr(*broken, value)
    quick.start_quickly()
    assert quick.PROVISIONER not in quick.os.environ
    assert quick.why_never_forked().startswith(why)
