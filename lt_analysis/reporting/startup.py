"""What makes a process that runs notebooks start quickly, and its kernels too."""

import os
import sys
from importlib.metadata import entry_points
from importlib.util import find_spec

PROVISIONER = "JUPYTER_DEFAULT_PROVISIONER_NAME"  # jupyter_client's own setting
WARM, BY_ITSELF = "lt-analysis-warm", "local-provisioner"


def start_quickly() -> None:
    """Keep a slow import out, and have kernels forked unless somebody has chosen otherwise.

    `rfc3987_syntax` takes a second in every process that reads a notebook. JupyterLab brings it in, and
    jsonschema uses it only to check international web addresses, of which a notebook's format has none
    (jsonschema issue 1428). Call this before anything of Jupyter is imported.
    """
    sys.modules.setdefault("rfc3987_syntax", None)
    if not why_never_forked():
        os.environ.setdefault(PROVISIONER, WARM)


def why_never_forked() -> str:
    """Return why no kernel can be forked in this installation, and what to do about it; empty where they can."""
    if sys.platform != "linux":
        return "kernels can be forked on Linux only"
    there = find_spec("lt_analysis.reporting.warm")
    if not there or not there.origin:  # a folder of compiled files alone has none
        return "lt_analysis/reporting/warm is not there; put it back"
    if not entry_points(group="jupyter_client.kernel_provisioners", name=WARM):
        return "Jupyter does not know of forked kernels; install the project: pip install --no-deps -e ."
    return ""
