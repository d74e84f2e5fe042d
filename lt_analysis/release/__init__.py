"""What may be published, and the figures that pages are made of. For analysts `lt.release(...)` reads a release.

An organisation's exact figures have a module of their own, `release.exact`: a board page never opens it.
"""

import sys

from lt_analysis import Room
from lt_analysis.release.reading import read_release

__all__ = ["read_release"]
sys.modules[__name__] = Room(sys.modules[__name__])  # type: ignore[assignment]  # whatever stands there is imported
