"""What a release holds of the evidence since the declared start: items that are frozen as they are printed.

An item holds what a page prints and nothing that is nearer to the truth: no e-value, no point estimate, and limits
that are already rounded. A hidden one holds nothing, so it is the same whatever the truth is. Which items there are
is for `release.evidence_items` to decide.
"""

from dataclasses import dataclass, fields

from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.periods import FinancialYear, Quarter

PARTNERSHIP = "partnership"  # the scope of the item of all organisations together


@dataclass(frozen=True)
class Said:
    """What an item says: the strength in words, and the likely range of the odds ratio, White ÷ group.

    `low` and `high` are None where the words claim too little for a range or no single ratio fits; 0 and infinity
    where the range goes on beyond what pages print. `informative` shortlists could have gone either way; `detectable`
    is the smallest odds ratio that would have been strong evidence 8 times in 10, None where none would.
    """

    words: str
    low: float | None
    high: float | None
    informative: int
    detectable: float | None


@dataclass(frozen=True)
class EvidenceItem:
    """The evidence of an organisation or of the partnership at one look; `said` is None where it is hidden.

    Shortlists made from April of `start` to the end of the quarter `counted` are counted. Both are declared, so
    they stand in a hidden item too, and an item that was printed keeps the words of its own time.
    """

    scope: str
    look: Quarter
    start: FinancialYear
    counted: Quarter
    said: Said | None = None

    @property
    def hidden(self) -> bool:
        """Whether nothing of it may be shown."""
        return self.said is None

    @property
    def key(self) -> str:
        """Its name in the ledger."""
        return f"{self.scope}/{self.look}/evidence"

    @property
    def figures(self) -> dict[str, str | int | float | None]:
        """Each figure that it says by its name; all are None where it is hidden, and words where one is not given."""
        if self.said is None:
            return {f"{self.key}/{field.name}": None for field in fields(Said)}
        said = {f"{self.key}/{field.name}": getattr(self.said, field.name) for field in fields(Said)}
        return {name: NOT_GIVEN if figure is None else figure for name, figure in said.items()}
