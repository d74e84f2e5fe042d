"""The solver: the cheapest way in which a few people could be more, or fewer, with all else that is known as it is.

A move says how many people each atom would have more or fewer. It costs what it would hide: each number that it
changes and that is to be published, by its weight. That is a linear programme, solved by HiGHS, which starts each
time from where the last one ended. Where the best move is not in whole people, an integer programme finds one that is.
"""

from collections.abc import Iterable

import highspy
import numpy as np
from scipy import sparse

FREE = 1e-4  # the cost of changing what is hidden already: above 0, so that a move is no larger than it need be
WHOLE = 1e-6
NEARLY_CHEAPEST, MOST_STEPS = 0.2, 500
SOLVED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit)


class Moves:
    """Moves of some of a system's atoms, one after another; what was hidden for one is free for the next.

    `rows` are sums of atoms, `counts` the atoms' true numbers, `columns` the places of those that may move, and
    `cost` what it costs to hide each row; infinite where it was published and must stay as it is. No row falls by more
    than `most_fall`.
    """

    def __init__(
        self,
        rows: sparse.csr_array,
        counts: np.ndarray,
        empty: np.ndarray,
        cost: np.ndarray,
        most_fall: np.ndarray,
        columns: np.ndarray,
    ) -> None:
        touched = np.flatnonzero(np.diff(rows[:, columns].indptr))
        self.columns, self.of_all = columns, len(counts)
        self.local = {row: place for place, row in enumerate(touched)}
        self.rows = rows[touched][:, columns]
        self.values = (rows[touched] @ counts).astype(float)
        self.number, self.atoms = self.rows.shape
        cost = cost[touched]
        self.most_rise = np.where(np.isinf(cost), 0.0, np.inf)
        self.most_fall = np.where(np.isinf(cost), 0.0, np.minimum(self.values, most_fall[touched]))
        self.lowest = np.where(empty[columns], 0.0, -counts[columns])
        self.highest = np.where(empty[columns], 0.0, np.inf)
        self.freed = cost <= FREE
        self.solver = _solver(self._model(np.where(np.isinf(cost), 0.0, cost)))

    def _model(self, cost: np.ndarray) -> highspy.HighsLp:
        """The columns are the atoms' changes, then how much each row rises, then how much it falls."""
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.atoms + 2 * self.number, self.number
        model.col_cost_ = np.concatenate([np.zeros(self.atoms), cost, cost])
        model.col_lower_ = np.concatenate([self.lowest, np.zeros(2 * self.number)])
        model.col_upper_ = np.concatenate([self.highest, self.most_rise, self.most_fall])
        model.row_lower_ = model.row_upper_ = np.zeros(self.number)
        unit = sparse.eye_array(self.number)
        matrix = sparse.hstack([self.rows, -unit, unit]).tocsc()
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
        model.a_matrix_.value_ = matrix.data
        return model

    def free(self, rows: Iterable[int]) -> None:
        """Let rows change at no cost, for they are hidden."""
        for row in rows:
            if row in self.local:
                self.freed[self.local[row]] = True
                rise, fall = self._sides(row)
                self.solver.changeColCost(rise, FREE)
                self.solver.changeColCost(fall, FREE)

    def _sides(self, row: int) -> tuple[int, int]:
        return self.atoms + self.local[row], self.atoms + self.number + self.local[row]

    def to(self, row: int, least: int, greatest: int) -> np.ndarray | None:
        """Return the cheapest move that brings a row between two values, by atom; None where there is none."""
        if row not in self.local:
            return None
        (rise, fall), place = self._sides(row), self.local[row]
        low, high = least - self.values[place], greatest - self.values[place]
        self.solver.changeColBounds(rise, max(low, 0), max(high, 0) if self.most_rise[place] else 0)
        self.solver.changeColBounds(fall, max(-high, 0), max(-low, 0) if self.most_fall[place] else 0)
        move = self._whole()
        self.solver.changeColBounds(rise, 0, self.most_rise[place])
        self.solver.changeColBounds(fall, 0, self.most_fall[place])
        if move is None:
            return None
        everywhere = np.zeros(self.of_all, dtype=np.int64)
        everywhere[self.columns] = move
        return everywhere

    def _whole(self) -> np.ndarray | None:
        move = _solved(self.solver)
        if move is not None and not _is_whole(move[: self.atoms]):
            move = self._in_whole_people(move)
        return None if move is None else np.rint(move[: self.atoms]).astype(np.int64)

    def _in_whole_people(self, move: np.ndarray) -> np.ndarray | None:
        """Find a move in whole people: among rows that the best one changes or that are hidden, else among all."""
        changes = move[self.atoms : self.atoms + self.number] + move[self.atoms + self.number :]
        still = np.flatnonzero((changes < WHOLE) & ~self.freed).astype(np.int32)
        sides = np.concatenate([self.atoms + still, self.atoms + self.number + still]).astype(np.int32)
        before = self.solver.getLp()
        lower, upper = np.array(before.col_lower_)[sides], np.array(before.col_upper_)[sides]
        places = np.arange(self.atoms, dtype=np.int32)
        self.solver.changeColsIntegrality(self.atoms, places, [highspy.HighsVarType.kInteger] * self.atoms)
        self.solver.changeColsBounds(len(sides), sides, np.zeros(len(sides)), np.zeros(len(sides)))
        found = _solved(self.solver)
        self.solver.changeColsBounds(len(sides), sides, lower, upper)
        if found is None:
            found = _solved(self.solver)
        self.solver.changeColsIntegrality(self.atoms, places, [highspy.HighsVarType.kContinuous] * self.atoms)
        return found


def _solved(solver: highspy.Highs) -> np.ndarray | None:
    solver.run()
    found = solver.getModelStatus() in SOLVED and np.isfinite(solver.getObjectiveValue())
    return np.array(solver.getSolution().col_value) if found else None


def _is_whole(move: np.ndarray) -> bool:
    return bool(np.abs(move - np.rint(move)).max(initial=0) < WHOLE)


class _Silent(highspy.Highs):
    """HiGHS that does not announce itself on the terminal, which it otherwise does before it can be told not to."""

    def enableCallbacks(self) -> None:  # noqa: N802 (its own name)
        """Take up work, silently."""
        self.silent()
        super().enableCallbacks()


def _solver(model: highspy.HighsLp) -> highspy.Highs:
    solver = _Silent()
    # Limits count steps and not seconds, so that the same returns give the same release on any machine.
    limits = {"mip_rel_gap": NEARLY_CHEAPEST, "mip_max_nodes": MOST_STEPS}
    for option, value in {"threads": 1, "presolve": "off", **limits}.items():
        solver.setOptionValue(option, value)
    solver.passModel(model)
    return solver
