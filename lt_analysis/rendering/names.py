"""How a page of several organisations names each of them."""

from lt_analysis.release.figures import OrganisationFigures


def name_of(organisation: OrganisationFigures) -> str:
    """Return an organisation's name on a page of several, an invented one's so that nobody takes it for real."""
    return (
        organisation.name
        if not organisation.invented or "(invented)" in organisation.name
        else f"{organisation.name} (invented)"
    )
