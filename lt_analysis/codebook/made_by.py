"""Which code makes a report: its version, and a fingerprint of its source that needs no git.

A version tells releases of the code apart, and the fingerprint any two states of it.
"""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

PACKAGE = "lt_analysis"
SOURCE = (".py", ".yml", ".csv", ".css", ".j2", ".json")  # whatever else lies there does not make pages


def code_version() -> str:
    """Return the name and version of the code.

    >>> code_version()  # doctest: +ELLIPSIS
    'lt_analysis ...'
    """
    return f"{PACKAGE} {version(PACKAGE)}"


@cache
def code_fingerprint() -> str:
    """Return the fingerprint of the code that is running: 64 hexadecimal digits.

    >>> len(code_fingerprint())
    64
    """
    return fingerprint_of(files(PACKAGE))


def fingerprint_of(folder: Traversable) -> str:
    """Return the SHA-256 of a folder's source: of each file's name, length and text, in the order of names.

    It is the same on every machine. Ends of lines do not count, for git may change them; nor do compiled files.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     fingerprint_of(Path(folder))[:8]  # of nothing
    'e3b0c442'
    """
    digest = sha256()
    for name, file in sorted(_source(folder)):
        text = file.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name} {len(text)}\n".encode() + text)
    return digest.hexdigest()


def _source(folder: Traversable, above: str = "") -> list[tuple[str, Traversable]]:
    sources = []
    for entry in folder.iterdir():
        name = f"{above}{entry.name}"
        if entry.is_dir():
            sources += _source(entry, f"{name}/")
        elif entry.name.endswith(SOURCE):
            sources.append((name, entry))
    return sources
