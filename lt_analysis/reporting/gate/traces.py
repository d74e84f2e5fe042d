"""What must never reach a published file: identifiers, paths, the user's name, and what ran the notebook."""

import base64
import getpass
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

from lt_analysis.reporting.gate.embedded import layers

IDENTIFIER = "CANARY-"  # how every identifier of invented data begins
SHORTEST_PACKED = 6  # letters: the packed form of a shorter word turns up in a picture by accident
SHORTEST_USER = 6  # letters: a shorter name is too likely to be a word of the page
PACKED = ", in a part that has to be decoded"
ANY_PATH = re.compile(r"(?<![\w+./-])(?:/(?:home|Users|root|tmp|private|var|opt|usr|mnt|srv)/|[A-Za-z]:\\{1,2})[\w.~-]")
MACHINERY = re.compile(
    r"papermill|injected-parameters|# Parameters\b|ipykernel|ipython-input|\.ipynb\b|site-packages|"
    r"Traceback \(most recent|\b[A-Z]\w*(?:Warning|Error):"
)
NOT_TEXT = "\ufffd"  # what stands for bytes that are no text


@dataclass(frozen=True)
class Machine:
    """What would give this machine away: paths on it, and the name of its user."""

    paths: tuple[str, ...]
    users: tuple[str, ...]

    @classmethod
    def here(cls, root: Path) -> Self:
        """Describe the machine that this process runs on, for the project at `root`."""
        folders = {str(path) for path in (root, root.resolve(), Path.home(), Path(tempfile.gettempdir()))}
        names = {os.environ.get(name, "") for name in ("LOGNAME", "USER", "USERNAME")} | {_login()}
        return cls(
            paths=tuple(sorted(folder for folder in folders if folder != Path(folder).anchor)),
            users=tuple(sorted(name for name in names if len(name) >= SHORTEST_USER)),
        )


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user without a name, as in some containers
        return ""


def traces(content: bytes, machine: Machine) -> list[str]:
    """Return the traces that a file holds, in its own text or packed into it; empty where it holds none.

    An identifier is looked for in base64 at all three places at which it can begin, in hexadecimal, compressed, and
    written with the escapes of addresses and of HTML.
    """
    faults: dict[str, None] = {}
    for number, layer in enumerate(layers(content)):
        for fault in _traces_in(layer, machine):
            if fault not in faults:
                faults[fault + (PACKED if number else "")] = None
    return list(faults)


def _traces_in(text: str, machine: Machine) -> Iterator[str]:
    if _form_of(IDENTIFIER).search(text):
        yield "there is an identifier from the returns"
    if any(_form_of(path).search(text) for path in machine.paths):
        yield "there is a path of this machine"
    if any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) for name in machine.users):
        yield "there is the name of this machine's user"
    if NOT_TEXT not in text:
        if ANY_PATH.search(text):
            yield "there is a path of a machine"
        if MACHINERY.search(text):
            yield "there is a word of what ran the notebook, or a warning"


@cache
def _form_of(word: str) -> re.Pattern:
    """Return what finds a word, whatever its capitals, and its packed forms, letter by letter."""
    plain = rf"(?i:{re.escape(word)})"
    if word != IDENTIFIER:
        plain = rf"(?<![\w.+]){plain}(?![\w-])"
    if len(word) < SHORTEST_PACKED:
        return re.compile(plain)
    packed = "|".join(re.escape(form) for form in base64_forms(word.encode()))
    return re.compile(rf"{plain}|(?i:{word.encode().hex()})|{packed}")


def base64_forms(word: bytes) -> tuple[str, ...]:
    """Return the letters of base64 that a word always gives, at each of the three places where it can begin."""
    forms = []
    for offset in range(3):
        letters = base64.b64encode(bytes(offset) + word).decode()
        first, after = -(-offset * 8 // 6), (offset + len(word)) * 8 // 6
        forms.append(letters[first:after])
    return tuple(forms)
