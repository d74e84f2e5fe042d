"""The parameters of a notebook: an unknown one stops it before anything runs.

papermill only warns when it is given a parameter that a notebook does not have, and then runs the notebook
with its defaults: a right-looking report of the wrong organisation.
"""

import ast
from collections.abc import Iterable, Mapping, Sequence
from math import isnan

from lt_analysis.codebook.mistakes import AskedError, choose

INJECTED = "# Parameters"


def only_parameters(cells_run: Sequence[str], *known: str) -> None:
    r"""Refuse parameters that a notebook does not have.

    `cells_run` is IPython's `In`; papermill's own cell in it starts with `# Parameters`. Raises `AskedError` naming
    the unknown parameter and the known ones.

    >>> only_parameters(["# Parameters\nsize = 3"], "organisation", "period")
    Traceback (most recent call last):
    lt_analysis.codebook.mistakes.AskedError: 'size' is not a parameter of this notebook. It takes: organisation, period
    """
    for source in cells_run:
        if source.startswith(INJECTED):
            refuse_unknown(_assigned(source), known)


def name_asked(asked: object, names: Iterable[str]) -> str:
    """Return the name that was asked for, of those there are, or as text where it is none of them.

    papermill makes a number of a name that looks like one: it asks for `007` as 7, and for `1e5` as 100000.0. Raises
    `AskedError` where several names read as one number.

    >>> name_asked(7, ["kings", "007"]), name_asked("kings", [])
    ('007', 'kings')
    """
    if not isinstance(asked, int | float):
        return str(asked)
    alike = [name for name in names if _is_number(name, asked)]
    if len(alike) > 1:
        remedy = "Ask with papermill's -r in place of -p, which takes text as it is"
        raise AskedError(f"{asked} may be any of: {', '.join(alike)}. {remedy}")
    return alike[0] if alike else str(asked)


def one_asked(
    asked: object,
    known: Iterable[str],
    wrong: str,
    *,
    how: str = "Choose one of",
    if_none: str | None = None,
    also: Mapping[str, str] | None = None,
) -> str:
    """Return the name that was asked for, of those that are known, as `name_asked` reads it.

    Raises `AskedError` of any other, which says what is `wrong` with it and which there are; `if_none` in their place
    where there are none. Words that are `also` in use for some of them lead there.

    >>> one_asked(7, ["kings", "007"], "is not an organisation")
    '007'
    >>> one_asked("nobody", ["kings", "007"], "is not an organisation")
    Traceback (most recent call last):
    lt_analysis.codebook.mistakes.AskedError: 'nobody' is not an organisation. Choose one of: kings, 007
    """
    known = list(known)
    name = name_asked(asked, known)
    if name in known:
        return name
    remedy = choose(name, known, how, also) if known or if_none is None else if_none
    raise AskedError(f"{name!r} {wrong}. {remedy}")


def _is_number(name: str, number: float) -> bool:
    """Return whether a name reads as a number; what is no number at all (`nan`) is none that is equal to itself."""
    for read in (int, float):
        try:
            value = read(name)
        except ValueError:
            continue
        return value == number or (isnan(value) and isnan(number))
    return False


def refuse_unknown(given: Sequence[str], known: Sequence[str]) -> None:
    """Refuse a parameter whose name is not a known one: raises `AskedError` naming it and those that are known.

    >>> refuse_unknown(["organisation"], known=["organisation", "period"])
    """
    for name in given:
        one_asked(name, known, "is not a parameter of this notebook", how="It takes")


def _assigned(source: str) -> list[str]:
    statements = ast.parse(source).body
    return [
        target.id
        for statement in statements
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    ]
