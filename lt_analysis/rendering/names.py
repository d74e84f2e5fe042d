"""How a page of several organisations names each of them."""

from lt_analysis.release.figures import OrganisationFigures


def name_of(one: OrganisationFigures) -> str:
    """Name an organisation on a page of several, an invented one so that nobody takes it for real."""
    return one.name if not one.invented or "(invented)" in one.name else f"{one.name} (invented)"
