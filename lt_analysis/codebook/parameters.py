"""The parameters of a notebook: an unknown one stops it before anything runs.

papermill only warns when it is given a parameter that a notebook does not have, and then runs the notebook
with its defaults: a right-looking report of the wrong organisation.
"""

import ast
from collections.abc import Sequence

from lt_analysis.codebook.mistakes import AskedError

INJECTED = "# Parameters"


def only_parameters(cells_run: Sequence[str], *known: str) -> None:
    """Refuse parameters that a notebook does not have.

    `cells_run` is IPython's `In`; papermill's own cell in it starts with `# Parameters`. Raises
    `ValueError` naming the unknown parameter and the known ones.
    """
    for source in cells_run:
        if source.startswith(INJECTED):
            refuse_unknown(_assigned(source), known)


def refuse_unknown(given: Sequence[str], known: Sequence[str]) -> None:
    """Raise `ValueError` where a given parameter's name is not a known one."""
    for name in given:
        if name not in known:
            raise AskedError(f"{name!r} is not a parameter of this notebook. It takes: {', '.join(known)}")


def _assigned(source: str) -> list[str]:
    statements = ast.parse(source).body
    return [
        target.id
        for statement in statements
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    ]
