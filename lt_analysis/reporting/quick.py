"""What makes a process that runs notebooks start quickly."""

import sys


def leave_out_slow_imports() -> None:
    """Keep `rfc3987_syntax` from being imported, which takes a second in every process that reads a notebook.

    JupyterLab brings it in, and jsonschema uses it only to check international web addresses, of which a
    notebook's format has none (jsonschema issue 1428). Call it before anything of Jupyter is imported.
    """
    sys.modules.setdefault("rfc3987_syntax", None)
