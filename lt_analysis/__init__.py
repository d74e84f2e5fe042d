"""Audit of recruitment, representation and retention at NHS Band 8 and above for the Lambeth Together partnership.

`import lt_analysis as lt` gives an analyst a dozen names, each with an example (`lt.compare?` in JupyterLab):

- something to try it on, where nothing was run yet: `lt.invented()`;
- what there is: `lt.periods()`, `lt.organisations()`, `lt.measures()`, `lt.characteristics()`;
- exact figures, restricted: `lt.counts(...)`, `lt.compare(...)`, `lt.exact(...)`, `lt.staff(...)`, `lt.records(...)`;
- what is public: `lt.release(...)`.

Nothing is imported before it is asked for, so that the command line answers at once.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from inspect import Signature, signature
from types import ModuleType

from lt_analysis.codebook.mistakes import choose

__all__ = [  # noqa: PLE0604  made when they are asked for
    *("invented", "periods", "organisations", "measures", "characteristics"),
    *("counts", "compare", "exact", "staff", "records", "release"),
    *("Comparison", "Change"),
    "__version__",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        return version("lt_analysis")
    if name in __all__:
        return getattr(import_module("lt_analysis.desk"), name)
    raise AttributeError(f"module 'lt_analysis' has no attribute {name!r}. {choose(name, __all__)}")


def __dir__() -> list[str]:
    return sorted(__all__)


class Room:
    """A room of the package that an analyst calls by its own name: `lt.counts(...)`, of which `lt.counts` is a part.

    What is called is the function of that name in `lt_analysis.desk`, whose signature and words it has. It has all
    names of the room too, so that the room's parts are imported from it; it is no module, for `help` and completion
    would then tell an analyst of those parts in place of the function.
    """

    def __init__(self, room: ModuleType):
        self.__dict__ = room.__dict__

    def __call__(self, *asked: object, **named: object) -> object:
        """Ask the desk."""
        return self._function(*asked, **named)

    def __dir__(self) -> list[str]:
        return ["__call__", "__doc__", "__name__", "__signature__"]

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return import_module, (self.__dict__["__name__"],)

    def __repr__(self) -> str:
        return f"lt.{self._function.__name__}{signature(self._function)}"

    @property
    def _function(self) -> Callable[..., object]:
        name = self.__dict__["__name__"].rpartition(".")[2]
        function: Callable[..., object] = getattr(import_module("lt_analysis.desk"), name)
        return function

    @property
    def __doc__(self) -> str | None:  # type: ignore[override]
        """What the function's own documentation says."""
        return self._function.__doc__

    @property
    def __signature__(self) -> Signature:
        return signature(self._function)
