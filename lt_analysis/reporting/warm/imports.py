"""What a project's notebooks import from other people's packages, found by reading and never by importing."""

import ast
import re
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import nbformat

OWN_PACKAGE = __name__.partition(".")[0]
OWN_FOLDER = Path(__file__).resolve().parents[2]
FIRST_FUNCTION = re.compile(r"^(?:(?:async )?def|class|@)\b", re.MULTILINE)


@cache
def third_party_imports(notebooks: Path) -> tuple[str, ...]:
    """Return the import statements by which notebooks, and this project's modules for them, reach other packages.

    In order of the alphabet. Only statements at the top of a module count, before its first function, and only packages
    that are installed: anything else may be edited while a fork server runs. A notebook that cannot be read has none.
    """
    waiting = [statement for path in sorted(notebooks.rglob("*.ipynb")) for statement in _of_notebook(path)]
    read, found, met = set(), set(), set()
    while waiting:
        statement = waiting.pop()
        written = ast.unparse(statement)
        if written in met:
            continue
        met.add(written)
        top = _module(statement).partition(".")[0]
        if top == OWN_PACKAGE:
            for path in set(_own_files(statement)) - read:
                read.add(path)
                waiting += _imports(path.read_text(encoding="utf-8"))
        elif _is_installed(top):
            found.add(written)
    return tuple(sorted(found))


def _is_installed(package: str) -> bool:
    if package in ("", "__main__") or package in sys.stdlib_module_names:
        return False
    try:
        found = find_spec(package)
    except (ImportError, ValueError):
        return False
    places = (*(found.submodule_search_locations or ()), found.origin or "") if found else ()
    installed = [sysconfig.get_path(name) for name in ("purelib", "platlib")]
    return any(Path(place).is_relative_to(folder) for place in places for folder in installed)


def _of_notebook(path: Path) -> Iterator[ast.Import | ast.ImportFrom]:
    try:
        sources = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    except Exception:  # of a file that is no notebook nbformat raises whatever Python does
        return
    for source in sources:
        yield from _imports(source)


def _imports(source: str) -> Iterator[ast.Import | ast.ImportFrom]:
    for statement in _before_functions(source):
        if isinstance(statement, ast.Import):
            yield from (ast.Import([name]) for name in statement.names)
        elif isinstance(statement, ast.ImportFrom) and not statement.level:
            yield statement


def _before_functions(source: str) -> list[ast.stmt]:
    """Take apart what stands before the first function, which is little; all of it, where a text holds that word."""
    first = FIRST_FUNCTION.search(source)
    for part in (source[: first.start()] if first else source, source):
        with suppress(SyntaxError, ValueError, RecursionError):
            return ast.parse(part).body
    return []  # a cell of IPython's own commands


def _module(statement: ast.Import | ast.ImportFrom) -> str:
    return (statement.module or "") if isinstance(statement, ast.ImportFrom) else statement.names[0].name


def _own_files(statement: ast.Import | ast.ImportFrom) -> Iterator[Path]:
    """Name every file that the statement makes Python run, those of the packages on the way included."""
    parts = _module(statement).split(".")[1:]
    names = [name.name for name in statement.names] if isinstance(statement, ast.ImportFrom) else []
    packages = [OWN_FOLDER.joinpath(*parts[:depth]) for depth in range(len(parts) + 1)]
    modules = [packages[-1].with_suffix(".py"), *((packages[-1] / name).with_suffix(".py") for name in names)]
    inits = [folder / "__init__.py" for folder in (*packages, *(packages[-1] / name for name in names))]
    yield from (path for path in (*modules, *inits) if path.is_file())
