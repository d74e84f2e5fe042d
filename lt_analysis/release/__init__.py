"""What may be published, and the figures that pages are made of."""

from lt_analysis.release.exact import read_exact
from lt_analysis.release.reading import read_release

__all__ = ["read_exact", "read_release"]
