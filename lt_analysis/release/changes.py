"""How the partnership's newest quarter compares with the one before: a figure made of published numbers alone."""

from dataclasses import dataclass

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.evidence.share_change import ShareChange
from lt_analysis.release.figures import PeopleTable
from lt_analysis.release.keys import ALL_BANDS, KNOWN, STAGES


@dataclass(frozen=True)
class StageChange:
    """The share of one group at a stage in two quarters; without it where one of its four counts is hidden."""

    stage: str
    change: ShareChange | None

    @property
    def hidden(self) -> bool:
        """Whether nothing of it may be shown."""
        return self.change is None


def changes(before: PeopleTable, later: PeopleTable) -> tuple[StageChange, ...]:
    """Return the change of the group's share at each stage at which there was anybody in both quarters.

    Raises `ValueError` where the two tables add up different organisations: then they are about different things.
    """
    if before.members != later.members:
        raise ValueError("the two quarters add up different organisations")
    found = []
    for stage in STAGES:
        counts = [table.number(stage, group, ALL_BANDS).people for table in (before, later) for group in (BME, KNOWN)]
        if None in counts:
            found.append(StageChange(stage, None))
        elif counts[1] and counts[3]:
            found.append(StageChange(stage, ShareChange(*counts)))
    return tuple(found)
