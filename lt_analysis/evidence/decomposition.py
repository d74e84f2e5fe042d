"""A gap from application to appointment, taken apart by stage: exact, because ratios of stages multiply.

Later stages are about those whom the earlier ones left. No share of the gap is given to a stage: such a
share is unstable, and means nothing where stages pull in opposite directions.
"""

from dataclasses import dataclass

from lt_analysis.evidence.relative_likelihood import RelativeLikelihood


@dataclass(frozen=True)
class Decomposition:
    """Each stage's relative likelihood, White ÷ group, and that of the whole; the stages' product is the whole."""

    stages: tuple[RelativeLikelihood, ...]
    whole: RelativeLikelihood


def decompose(stages: tuple[RelativeLikelihood, ...]) -> Decomposition:
    """Return the relative likelihood of the whole way beside those of its stages, which are given in order.

    Raises `ValueError` where a stage does not start with the people whom the one before it left.

    >>> shortlisting, appointment = RelativeLikelihood(300, 1000, 120, 600), RelativeLikelihood(75, 300, 20, 120)
    >>> shortlisting.ratio, appointment.ratio, decompose((shortlisting, appointment)).whole.ratio
    (1.5, 1.5, 2.25)
    """
    for before, after in zip(stages, stages[1:], strict=False):
        left = before.white_successful, before.group_successful
        if left != (after.white_people, after.group_people):
            raise ValueError("a stage must start with the people whom the one before it left")
    first, last = stages[0], stages[-1]
    whole = RelativeLikelihood(last.white_successful, first.white_people, last.group_successful, first.group_people)
    return Decomposition(stages, whole)
