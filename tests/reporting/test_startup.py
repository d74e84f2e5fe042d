"""Why no kernel can be forked in an installation, in words that say what to do."""

import sys
from types import SimpleNamespace

import pytest

from lt_analysis.reporting import startup


@pytest.mark.parametrize(
    ("broken", "value", "why"),
    [
        ((sys, "platform"), "darwin", "kernels can be forked on Linux only"),
        ((startup, "find_spec"), lambda name: None, "lt_analysis/reporting/warm is not there; put it back"),
        ((startup, "find_spec"), lambda name: SimpleNamespace(origin=None), "lt_analysis/reporting/warm is not there"),
        (
            (startup, "entry_points"),
            lambda **_: (),
            "Jupyter does not know of forked kernels; install the project",
        ),
    ],
)
def test_where_no_kernel_can_be_forked_none_is_asked_for_and_that_says_why(monkeypatch, broken, value, why):
    monkeypatch.setattr(startup, "find_spec", lambda name: SimpleNamespace(origin="somewhere"))
    monkeypatch.setattr(startup, "entry_points", lambda **_: ("one",))
    monkeypatch.delenv(startup.PROVISIONER, raising=False)
    monkeypatch.setattr(*broken, value)
    startup.start_quickly()
    assert startup.PROVISIONER not in startup.os.environ
    assert startup.why_never_forked().startswith(why)
