"""Every text of a page for the board: static, said of a figure that it names, or drawn as its table has it."""

from collections.abc import Iterable

from lt_analysis.release.figures import Release
from lt_analysis.reporting.gate.drawn import drawn_faults
from lt_analysis.reporting.gate.keyed import keyed_faults
from lt_analysis.reporting.gate.markup import parsed
from lt_analysis.reporting.gate.static import static_faults


def texts_faults(html: str, release: Release, known: Iterable[str] = ()) -> list[str]:
    """Return which texts of a page the release does not account for; `known` are its prose and the names of links."""
    page = parsed(html)
    faults = (*keyed_faults(page, release), *static_faults(page, known), *drawn_faults(page))
    return list(dict.fromkeys(faults))
