"""The rule of what may be published: the simplest that is safe.

An organisation's complete year, White and BME, at Band 8 and above, is published only when in each stage
all four numbers of the two-by-two (White and BME, successful and not) are `SMALLEST_NUMBER` or more; then
no published or derived number of people is smaller than that. Otherwise nothing of the organisation's year
is published. What equal chances would give is published only where at least as many vacancies could have gone
either way. No total over organisations is published, for a total less the published organisations would be
the hidden ones.

How many applicants' ethnicity is not known stands beside a published year only where they are `SMALLEST_NUMBER` or
more. They are in no other published number: the two-by-two is of other people, and equal chances leave them out, so
nothing that is shown gives a hidden number away. A 0 harms nobody by itself, but is hidden like 1 to 4: were it shown,
the symbol beside other years would say that somebody there withheld something, and that they are a handful. What is
hidden is then 0 to 4, and whether it is anybody stays unsaid. Nor are totals that have no row for unknown people read
as if everybody's ethnicity were known.

What was once published stands as printed: a later correction of a few people would otherwise show those
few people as the difference between two releases.
"""

from collections.abc import Iterable

from lt_analysis.evidence.relative_likelihood import RelativeLikelihood

# Counts of 1 to 4 are not published: NHS Digital's rule for Hospital Episode Statistics before September
# 2018, and usual for named organisations since.
SMALLEST_NUMBER = 5


def may_be_published(stages: Iterable[RelativeLikelihood]) -> bool:
    """Tell whether every number of every stage's two-by-two is large enough; False where there is no stage."""
    stages = list(stages)
    return bool(stages) and all(number >= SMALLEST_NUMBER for stage in stages for number in _two_by_two(stage))


def unknown_may_be_published(unknown: int) -> bool:
    """Tell whether the number of applicants of unknown ethnicity may stand beside a year that is published."""
    return unknown >= SMALLEST_NUMBER


def _two_by_two(stage: RelativeLikelihood) -> tuple[int, int, int, int]:
    return (
        stage.white_successful,
        stage.white_people - stage.white_successful,
        stage.group_successful,
        stage.group_people - stage.group_successful,
    )
