"""What analysts see beyond a page's figures: frozen results, each asked of the same exact evidence."""

from dataclasses import dataclass

from lt_analysis.codebook.measures import Measure
from lt_analysis.codebook.periods import Quarter
from lt_analysis.evidence.decomposition import Decomposition
from lt_analysis.evidence.four_fifths import ImpactRatio
from lt_analysis.evidence.interval import ConfidenceInterval
from lt_analysis.evidence.mantel_haenszel import Heterogeneity, OddsRatio, RiskRatio
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.evidence.several_groups import SeveralGroups
from lt_analysis.evidence.since_start import SinceStart
from lt_analysis.evidence.unknown_ethnicity import UnknownBounds
from lt_analysis.evidence.within_vacancy import WithinVacancies

FEWEST_POSTS_IN_A_BAND = 10  # that tell: below it a band's sums and limits mislead


@dataclass(frozen=True)
class Pooled:
    """One stage with all vacancies added up, which is not adjusted for which posts people applied to.

    `fisher` and `mid_p` are two-sided p values; `four_fifths` the lower group's, None where nobody succeeded.
    `without_declined` leaves out those who declined an offer; None where nobody can, or where it is not known.
    """

    measure: Measure
    likelihood: RelativeLikelihood
    koopman: ConfidenceInterval
    fisher: float
    mid_p: float
    four_fifths: ImpactRatio | None
    unknown: UnknownBounds
    without_declined: RelativeLikelihood | None = None


@dataclass(frozen=True, eq=False)
class Band:
    """One band: the group's successes beside the exact funnel limits, 99.8% and 95%, of equal chances."""

    name: str
    within: WithinVacancies
    limits: tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class StageAppendix:
    """One stage of the quarter, White and BME people compared within vacancies.

    `detectable` is the smallest odds ratio, White ÷ BME, that its one-time test finds 8 times in 10; `halving` how
    often it finds chances half as good. `trend_p` is of a change of the odds ratio along the bands. `worst` and
    `best` count the people of unknown ethnicity so that BME people do worst and best. `adjusted` holds each single
    group's p value, adjusted for the family.
    """

    measure: Measure
    likelihood: RelativeLikelihood
    within: WithinVacancies
    detectable: float | None
    halving: float
    risk_ratio: RiskRatio
    bands: tuple[Band, ...]
    odds_ratio: OddsRatio | None
    between_bands: Heterogeneity
    trend_p: float | None
    worst: WithinVacancies
    best: WithinVacancies
    several: SeveralGroups
    adjusted: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Said:
    """What was said at a look, at the time."""

    look: Quarter
    e_value: float
    strength: str


@dataclass(frozen=True, eq=False)
class Growing:
    """The evidence since the declared start: the comparison counted so far, every look, and what was said.

    `stands` is whether its e-value at the last look stands among those of all organisations, under e-BH.
    `variants` hold e-values under other choices than the protocol's, by name; `protocols` the fingerprints of
    the protocols under which something was said, in order.
    """

    likelihood: RelativeLikelihood
    within: WithinVacancies
    looks: tuple[SinceStart, ...]
    stands: bool
    said: tuple[Said, ...]
    detectable: float | None
    variants: tuple[tuple[str, float], ...]
    protocols: tuple[str, ...]


@dataclass(frozen=True)
class RowAccount:
    """Where the accepted applications of a quarter went; each is in one place, in this order."""

    accepted: int
    doctors: int
    below_band_8: int
    campaigns: int
    not_eligible: int
    unknown: int
    compared: int


@dataclass(frozen=True)
class WithStraddling:
    """A stage's pooled counts, and the same if posts whose pay begins below Band 8a and reaches it were counted too."""

    measure: Measure
    counted: RelativeLikelihood
    with_them: RelativeLikelihood


@dataclass(frozen=True, eq=False)
class Appendix:
    """All of it for one organisation's quarter. Where only totals were sent, only `pooled` and its decomposition.

    `straddling` is empty where no post's pay begins below Band 8a and reaches it.
    """

    pooled: tuple[Pooled, ...]
    decomposition: Decomposition
    stages: tuple[StageAppendix, ...] = ()
    growing: Growing | None = None
    account: RowAccount | None = None
    straddling: tuple[WithStraddling, ...] = ()
