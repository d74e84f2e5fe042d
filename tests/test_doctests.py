"""Examples in docstrings run, and in the rooms of the audit's words and arithmetic nothing public is without one."""

import doctest
import inspect
from importlib import import_module

import pytest

from tests.conftest import HERE
from tests.evidence import strategies

PACKAGE = HERE / "lt_analysis"


def modules_in(*folders):
    return [path for folder in folders for path in sorted(folder.rglob("*.py"))]


def imported(path):
    return import_module(".".join(path.relative_to(HERE).with_suffix("").parts))


def place_of(path):
    return str(path.relative_to(PACKAGE))


WITH_EXAMPLES = [path for path in modules_in(PACKAGE) if ">>> " in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=place_of)
def test_examples_give_what_they_say(path, monkeypatch, request):
    asks_the_audit = path.name == "desk.py"
    monkeypatch.chdir(request.getfixturevalue("counted_quarter").root if asks_the_audit else HERE)
    done = doctest.testmod(imported(path))
    assert done.failed == 0
    assert done.attempted == path.read_text(encoding="utf-8").count(">>> "), "an example is where nobody looks for it"


def public(namespace, module):
    """Yield the functions and classes that a module makes itself, or the methods of its class."""
    for name, thing in namespace.items():
        thing = getattr(thing, "__func__", thing)  # what a class method is made of
        if not name.startswith("_") and callable(thing) and getattr(thing, "__module__", "") == module.__name__:
            yield name, thing


def has_example(thing):
    return ">>> " in (thing.__doc__ or "")


def without_example(module):
    """Yield public functions, and methods that neither have an example nor are called in their class's."""
    for name, thing in public(vars(module), module):
        if inspect.isclass(thing):
            for method, function in public(vars(thing), module):
                if not has_example(function) and f".{method}(" not in thing.__doc__:
                    yield f"{name}.{method}"
        elif not has_example(thing):
            yield name


@pytest.mark.parametrize("path", modules_in(PACKAGE / "codebook", PACKAGE / "evidence"), ids=place_of)
def test_every_public_function_and_method_has_an_example(path):
    assert list(without_example(imported(path))) == []


def test_a_function_or_a_method_without_an_example_is_named():
    assert "swapped" in list(without_example(strategies))
