"""How people and systems write what the audit has words for: the table `spellings.yml`."""

from functools import cache
from importlib.resources import files

import yaml


@cache
def spellings() -> dict:
    """Return the table: `ethnicity`, `codes` (of each column, each code's spellings) and `grades`.

    >>> spellings()["ethnicity"]["headings"]["Chinese"]
    ['chinese']
    """
    return yaml.safe_load((files("lt_analysis.codebook") / "spellings.yml").read_text(encoding="utf-8"))
