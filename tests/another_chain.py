"""A process of its own in which the codebook has one chain more, whose names mean nothing: from returns to a page.

Run as `python tests/another_chain.py PROJECT`. It puts the rows below into the codebook before anything else has read
it, takes in the returns of a project, releases its quarter, attacks what was released, and prints what is found: so no
room names a measure, or it would lack this one.
"""

import importlib.util
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "lt_analysis.codebook.measures"
ROWS = """
BLORPED = Stage(
    "blorped", "blorped", "staff who went blorping", "blorps", "went to", sent_as="promotion", meaning="went blorping."
)
OF_BLORPS = Chain("blorps", (STAFF, BLORPED), **FOLLOWED)
"""
MEASURE = """
BLORPING = Measure(
    "blorping", "Going blorping", STAFF, BLORPED, **AMONG_STAFF, share="% of staff blorped",
    indicator="metric 9", standard="Snark Standard",
)
"""


def with_another_chain(source: str) -> str:
    """Return the codebook's measures with the nonsense; raises `ValueError` where its tuples are written otherwise."""
    for rows, name, last in ((ROWS, "OF_EVENTS", "OF_BLORPS"), (MEASURE, "OF_STAFF", "BLORPING")):
        source, times = re.subn(rf"^({name} = \([^)]+)\)$", rf"{rows}\1, {last})", source, flags=re.MULTILINE)
        if times != 1:
            raise ValueError(f"the codebook has no one tuple {name}")
    return source


def run(project: Path) -> Mapping[str, object]:
    """Take in, release, attack and show; return what was released of the nonsense, and what the page says of it."""
    spec = importlib.util.find_spec(NAME)
    module = importlib.util.module_from_spec(spec)
    sys.modules[NAME] = module
    exec(compile(with_another_chain(Path(spec.origin).read_text(encoding="utf-8")), spec.origin, "exec"), vars(module))

    from bs4 import BeautifulSoup

    from lt_analysis.codebook.folders import Folders
    from lt_analysis.codebook.periods import Quarter
    from lt_analysis.commands.take_in import collect_to_release
    from lt_analysis.release import read_release
    from lt_analysis.rendering import blocks
    from lt_analysis.reporting.gate.keyed import keyed_faults
    from lt_analysis.verification import attack, publication_of

    collect_to_release(Folders(project), Quarter.parse("2025-26-Q4"))
    release = read_release("2025-26-Q4")
    html = "".join(
        part._repr_html_() for part in (blocks.headline(release, blocks.RETENTION), blocks.happened(release))
    )
    page = BeautifulSoup(html, "html.parser")
    members = release.staff[-1].members
    found = attack(publication_of(release.published, members))
    return {
        "numbers": {key: value for key, value in release.published.items() if "/blorped/" in key},
        "found": list(found.faults()),
        "faults": list(keyed_faults(page, release)),
        "said": page.get_text(" "),
    }


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]))))
