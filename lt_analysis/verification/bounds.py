"""The least and greatest value that each hidden figure can have, by linear and, where it matters, integer programs.

The linear program's limits are never narrower than the truth's, and numbers of people are whole: limits are rounded
inwards. Most of its solutions are in whole people anyway, and each shows, of every hidden figure, a value that is truly
possible. Only where what was seen possible and what the limits allow differ in what they say of a small number is the
integer program asked. Only limits are worked out: that each value between them is possible is not checked.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import ceil, floor, inf

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array

from lt_analysis.verification.equations import Block
from lt_analysis.verification.meaning import Figure

# HiGHS keeps to equations within 1e-7 each; sums of some hundreds of people come out well within this.
TOLERANCE = 1e-5
# Seconds for one integer program. After them, what has been proved so far stands: a limit that may be too wide, as the
# linear program's is.
PATIENCE = 60.0
# The last answer stays possible when only the question changes: this simplex starts from there.
PRIMAL_SIMPLEX = 4
SENSES = (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize)
STATUS = highspy.HighsModelStatus


class ContradictionError(Exception):
    """No numbers of people agree with all that is published."""


@dataclass(frozen=True)
class Range:
    """The least and greatest value that a figure can have; a limit is infinite where nothing limits it."""

    least: float
    greatest: float

    @property
    def values(self) -> float:
        """How many whole numbers there are from least to greatest."""
        return self.greatest - self.least + 1

    def less(self, number: int) -> "Range":
        """Return the range of what a figure is more than a number."""
        return Range(self.least - number, self.greatest - number)

    def __contains__(self, value: int) -> bool:
        return self.least <= value <= self.greatest

    def __str__(self) -> str:
        if self.least == self.greatest:
            return f"{self.least}"
        return f"{self.least} to {self.greatest}" if self.greatest < inf else f"{self.least} or more"


def ranges_of(block: Block, small: Collection[int], counts: bool = True) -> Iterator[tuple[Figure, Range]]:
    """Yield each hidden figure of a block with its range by the linear program, and again as whole people can have it.

    The integer program is asked only about a figure of which it is not certain which of the values `small`, and those
    beside them, are within its limits, or whether it has more values than one. Raises `ContradictionError` where no
    numbers of people are possible. Without `counts` the attacker does not know that none can be below 0.
    """
    seen = _Seen(block)
    linear, ranges = _Program(block, counts, seen), {}
    linear.require_possible()
    for figure, unknowns in block.hidden.items():
        ranges[figure] = _inwards(*(linear.limit(unknowns, sense) for sense in SENSES))
        yield figure, ranges[figure]
    whole = _Program(block, counts, seen, whole=True)
    for figure, range_ in ranges.items():
        yield figure, _in_whole_people(whole, seen, range_, figure, block.hidden[figure], small)


def is_possible(block: Block, counts: bool = True) -> bool:
    """Tell whether some numbers of people, whole or not, agree with all that is known."""
    try:
        _Program(block, counts, _Seen(block)).require_possible()
    except ContradictionError:
        return False
    return True


def _in_whole_people(
    whole: "_Program", seen: "_Seen", range_: Range, figure: Figure, unknowns: tuple[int, ...], small: Collection[int]
) -> Range:
    least, greatest = SENSES
    if _is_open(seen.range(figure), range_, small) and seen.range(figure).least > range_.least:
        range_ = _inwards(whole.limit(unknowns, least), range_.greatest)
    if _is_open(seen.range(figure), range_, small) and seen.range(figure).greatest < range_.greatest:
        range_ = _inwards(range_.least, whole.limit(unknowns, greatest))
    return range_


def _is_open(seen: Range, range_: Range, small: Collection[int]) -> bool:
    """Tell whether what was seen and what the limits allow differ in what they say of a small number."""
    if seen.least > seen.greatest:
        return True  # none was seen
    if seen.least <= min(small) and seen.greatest > max(small):
        return False
    beside = range(min(small) - 1, max(small) + 2)
    return (seen.values > 1) != (range_.values > 1) or any((value in seen) != (value in range_) for value in beside)


def _inwards(least: float, greatest: float) -> Range:
    """Round limits to whole people; between 2.4 and 2.6 there are none."""
    range_ = Range(
        least if least == -inf else ceil(least - TOLERANCE),
        greatest if greatest == inf else floor(greatest + TOLERANCE),
    )
    if range_.least > range_.greatest:
        raise ContradictionError
    return range_


class _Seen:
    """The least and greatest values of hidden figures among the solutions in whole people that came by.

    One solution says of every figure what is possible, so that few questions are left for the integer program.
    """

    def __init__(self, block: Block):
        self._places = {figure: place for place, figure in enumerate(block.hidden)}
        entries = [(place, unknown) for place, sums in enumerate(block.hidden.values()) for unknown in sums]
        self._sums = csr_array(
            (np.ones(len(entries)), tuple(zip(*entries, strict=True))), shape=(len(block.hidden), block.unknowns)
        )
        self._least, self._greatest = np.full(len(block.hidden), inf), np.full(len(block.hidden), -inf)

    def look(self, solution: np.ndarray) -> None:
        """Take a solution into account if it is in whole people.

        Rounded it is still a solution: whole numbers that miss a whole number by less than one do not miss it.
        """
        whole = solution.round()
        if (np.abs(solution - whole) < TOLERANCE).all():
            values = self._sums @ whole
            self._least, self._greatest = np.minimum(self._least, values), np.maximum(self._greatest, values)

    def range(self, figure: Figure) -> Range:
        """Return from what to what a figure went."""
        place = self._places[figure]
        return Range(self._least[place], self._greatest[place])


class _Silent(highspy.Highs):
    """HiGHS, told to be silent before the first thing that it does, at which it would print who it is."""

    def enableCallbacks(self) -> None:  # noqa: N802
        """Take up work, silently."""
        self.silent()
        super().enableCallbacks()


class _Program:
    """A block in HiGHS. Only the objective changes from one question to the next, so each starts from the last."""

    def __init__(self, block: Block, counts: bool, seen: _Seen, whole: bool = False):
        self._seen = seen
        self._solver = _Silent()
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("mip_rel_gap", 0.0)
        if whole:
            self._solver.setOptionValue("time_limit", PATIENCE)
        else:
            self._solver.setOptionValue("presolve", "off")
            self._solver.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)
        self._solver.passModel(_model(block, counts, whole))
        self._asked = np.array([], dtype=np.int32)

    def require_possible(self) -> None:
        """Raise `ContradictionError` where no numbers agree with the equations."""
        self._solver.run()
        if self._solver.getModelStatus() == STATUS.kInfeasible:
            raise ContradictionError

    def limit(self, unknowns: tuple[int, ...], sense: highspy.ObjSense) -> float:
        """Return the least or greatest sum of unknowns."""
        self._ask(unknowns)
        self._solver.changeObjectiveSense(sense)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status in (STATUS.kUnbounded, STATUS.kUnboundedOrInfeasible):
            return -inf if sense == SENSES[0] else inf
        if status == STATUS.kInfeasible:
            raise ContradictionError
        if status == STATUS.kTimeLimit:
            return self._solver.getInfo().mip_dual_bound
        if status != STATUS.kOptimal:
            raise RuntimeError(f"HiGHS ended with {self._solver.modelStatusToString(status)}")
        self._seen.look(np.asarray(self._solver.getSolution().col_value))
        return self._solver.getObjectiveValue()

    def _ask(self, unknowns: tuple[int, ...]) -> None:
        asked = np.array(unknowns, dtype=np.int32)
        self._solver.changeColsCost(len(self._asked), self._asked, np.zeros(len(self._asked)))
        self._solver.changeColsCost(len(asked), asked, np.ones(len(asked)))
        self._asked = asked


def _model(block: Block, counts: bool, whole: bool) -> highspy.HighsLp:
    matrix = _matrix(block)
    values = np.array(
        [*(one.value for one in block.equations), *(least for _, least in block.at_least.values())], dtype=float
    )
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = block.unknowns, len(values)
    model.col_cost_ = np.zeros(block.unknowns)
    least, greatest = np.full(block.unknowns, 0.0 if counts else -inf), np.full(block.unknowns, inf)
    nobody = sorted(block.nobody)
    least[nobody] = greatest[nobody] = 0
    model.col_lower_, model.col_upper_ = least, greatest
    model.row_lower_ = values
    model.row_upper_ = np.where(np.arange(len(values)) < len(block.equations), values, inf)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * block.unknowns
    return model


def _matrix(block: Block) -> csc_array:
    entries = [
        (row, column, sign)
        for row, one in enumerate(block.equations)
        for sign, columns in ((1.0, one.plus), (-1.0, one.minus))
        for column in columns
    ]
    above = len(block.equations)
    entries += [(row, column, 1.0) for row, (some, _) in enumerate(block.at_least.values(), above) for column in some]
    rows, columns, signs = zip(*entries, strict=True) if entries else ((), (), ())
    return csc_array((signs, (rows, columns)), shape=(above + len(block.at_least), block.unknowns))
