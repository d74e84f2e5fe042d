"""A release made by hand that holds one of every kind: shown and hidden, no posts, several years, evidence."""

from dataclasses import replace
from datetime import date

from lt_analysis.codebook.measures import APPOINTMENT, RECRUITMENT, SHORTLISTING
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.release.figures import Action, Expected, OrganisationFigures, PeopleTable, Release, StageFigure, State
from lt_analysis.release.items import EvidenceItem, Said
from tests.making import people_table
from tests.rendering.test_sentences import figures

QUARTER = Quarter.parse("2026-27-Q2")
MEMBERS = ("ashbourne", "beeches", "cedars")
SAID = Said("unclear whether chances differ", 0.8, 1.3, 1052, 1.5, 3, 0, 0.0)
LATE = Action(
    *("ashbourne.1", "Panels of 3 people", "Head of recruitment", None, date(2026, 5, 31), "under way"),
    date(2026, 9, 30),
)
WITHHELD = replace(LATE, key="ashbourne.2", text=None, status="done")


def items(scope: str, look: str, counted: str, said: Said | None) -> tuple[EvidenceItem, ...]:
    """An item of the evidence since the declared start for each stage; `said` is None of hidden ones."""
    of_both = FinancialYear(2022), Quarter.parse(counted), said
    return tuple(
        EvidenceItem(scope, measure.key, Quarter.parse(look), *of_both) for measure in (SHORTLISTING, APPOINTMENT)
    )


ITEMS = items("partnership", str(QUARTER), "2025-26-Q4", SAID)


def counted(**groups: tuple[int | None, ...]) -> dict[tuple[str, str], int | None]:
    """Numbers of people by stage and group, from each group's three."""
    return {
        (stage, group): number
        for group, row in groups.items()
        for stage, number in zip(RECRUITMENT.keys, row, strict=True)
    }


def people(slug: str, numbers: dict[tuple[str, str], int | None], span: str = "2025-26") -> PeopleTable:
    """An organisation's table of Band 8 and above, and of Band 8c and above, of which there was no post."""
    one = people_table(numbers, span, slug, (slug,))
    empty = [replace(number, key=number.key._replace(cut="8c+"), people=0, no_posts=True) for number in one.numbers]
    return replace(one, numbers=(*one.numbers, *empty))


def ashbourne(**about) -> OrganisationFigures:
    """An organisation of which all but applicants of unknown ethnicity is shown."""
    numbers = counted(White=(1440, 720, 12), BME=(120, 48, 12), known=(1560, 768, 24)) | {("applied", "Unknown"): None}
    first, last = RelativeLikelihood(720, 1440, 48, 120), RelativeLikelihood(12, 720, 12, 48)
    expected = (Expected(could_tell=False), Expected(True, 9, 5, 14, 30))
    one = figures(first, last, **{"people": people("ashbourne", numbers), "actions": (LATE, WITHHELD)} | about)
    return replace(one, stages=_beside(one.stages, expected))


def _beside(stages: tuple[StageFigure, ...], expected: tuple[Expected, ...]) -> tuple[StageFigure, ...]:
    return tuple(replace(stage, expected=chance) for stage, chance in zip(stages, expected, strict=True))


def beeches() -> OrganisationFigures:
    """An organisation whose appointed BME people are hidden; its years are added up, and its evidence hidden too."""
    numbers = counted(White=(30, 20, None), BME=(25, 10, None), known=(55, 30, 8))
    first = StageFigure(SHORTLISTING, "BME", State.RELEASED, RelativeLikelihood(20, 30, 10, 25))
    stages = (first, StageFigure(APPOINTMENT, "BME", State.HIDDEN))
    together = (people_table(counted(White=(60, 41, 7), BME=(50, 19, None)), "2024-25+2025-26", "beeches"),)
    own = {
        "slug": "beeches",
        "name": "Beeches",
        "evidence": items("beeches", "2025-26-Q4", "2025-26-Q2", None),
        "together": together,
    }
    return figures(stages=stages, people=people("beeches", numbers), **own)


def cedars() -> OrganisationFigures:
    """A published example from elsewhere, of other posts, of which no ratio is given."""
    numbers = counted(White=(40, 20, 6), BME=(30, 0, 0))
    stages = (RelativeLikelihood(20, 40, 0, 30), RelativeLikelihood(6, 20, 0, 0))
    own = {"slug": "cedars", "name": "Cedars 2000", "source": "BMJ", "posts": "medical posts", "invented": False}
    return figures(*stages, people=people_table(numbers, "2025-26", "cedars"), **own)


def release(**about) -> Release:
    """The whole release; `about` says what is other of the first organisation."""
    numbers = counted(White=(1500, 760, 25), Black=(100, 40, None), BME=(175, 58, None), known=(1675, 818, 38))
    year = people_table(numbers, "2025-26", "partnership", MEMBERS)
    of_one_band = tuple(replace(number, key=number.key._replace(cut="8a")) for number in year.numbers)
    expected = (("shortlisting", Expected(True, 70, 60, 80, 40)),)
    year = replace(year, numbers=(*year.numbers, *of_one_band), expected=expected)
    quarter = people_table(counted(White=(300, 100, 9), BME=(90, 30, 8)), "2026-27-Q1", "partnership", MEMBERS)
    quarter = replace(quarter, corrected=True)
    return Release(QUARTER, (ashbourne(**about), beeches(), cedars()), (year, quarter), ITEMS)
