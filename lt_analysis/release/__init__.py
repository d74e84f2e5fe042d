"""What may be published, and the figures that pages are made of.

An organisation's exact figures have a module of their own, `release.exact`: a board page never opens it.
"""

from lt_analysis.release.reading import read_release

__all__ = ["read_release"]
