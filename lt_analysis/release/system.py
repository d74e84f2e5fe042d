"""All that is published, and all that could be worked out from it, as one system: numbers that are sums of atoms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from lt_analysis.release.keys import Atom, Cell, Words

# People who are counted twice: those of some words together are as many as those of the others.
Balance = tuple[tuple[Words, ...], tuple[Words, ...]]


@dataclass(frozen=True, eq=False)
class System:
    """Numbers that may be published, each the sum of the atoms in its row of `sums`.

    `counts` holds the true number of people of each atom. `empty` marks atoms that everybody knows to be nobody,
    because there was no such post. Each row of `balances` adds up to nobody, whatever the numbers are.
    """

    atoms: tuple[Atom, ...]
    counts: np.ndarray
    empty: np.ndarray
    cells: tuple[Cell, ...]
    sums: sparse.csr_array
    balances: sparse.csr_array

    @cached_property
    def values(self) -> np.ndarray:
        """The true value of each number."""
        return self.sums @ self.counts

    @cached_property
    def place(self) -> dict[str, int]:
        """The row of each number, by its key as text."""
        return {str(cell.key): row for row, cell in enumerate(self.cells)}

    def atoms_in(self, row: int) -> np.ndarray:
        """Return the places of the atoms that the number in a row counts."""
        return self.sums.indices[self.sums.indptr[row] : self.sums.indptr[row + 1]]

    def atoms_of(self, cell: Cell) -> np.ndarray:
        """Return the places of the atoms that a number counts, whether or not it is a number of this system."""
        return np.flatnonzero(self._picture.counted(cell.words))

    @cached_property
    def _picture(self) -> "_Picture":
        return _Picture(self.atoms)


class _Picture:
    """Which atoms have which word, each asked once."""

    def __init__(self, atoms: tuple[Atom, ...]) -> None:
        self.parts = tuple(np.array(part) for part in zip(*atoms, strict=True)) or (np.array([]),) * len(Atom._fields)
        self.seen: dict[tuple[int, tuple[str, ...]], np.ndarray] = {}

    def counted(self, words: Words) -> np.ndarray:
        """Mark the atoms that have one of the words in every part."""
        return np.logical_and.reduce([self._among(part, some) for part, some in enumerate(words)])

    def how_often(self, some: Iterable[Words]) -> np.ndarray:
        """Count for each atom how many of several words it has in every part."""
        return np.sum([self.counted(words) for words in some], axis=0, dtype=np.int64)

    def _among(self, part: int, words: tuple[str, ...]) -> np.ndarray:
        if (part, words) not in self.seen:
            self.seen[part, words] = np.isin(self.parts[part], words)
        return self.seen[part, words]


def linear_system(
    counts: Mapping[Atom, int],
    empty: Iterable[Atom],
    cells: Iterable[Cell],
    balances: Iterable[Balance] = (),
) -> System:
    """Write numbers as sums of atoms. A number that no atom makes up is left out."""
    atoms, empty = tuple(counts), set(empty)
    picture = _Picture(atoms)
    rows = [(cell, np.flatnonzero(picture.counted(cell.words))) for cell in dict.fromkeys(cells)]
    rows = [(cell, places) for cell, places in rows if len(places)]
    level = [picture.how_often(some) - picture.how_often(others) for some, others in balances]
    return System(
        atoms=atoms,
        counts=np.fromiter(counts.values(), dtype=np.int64, count=len(atoms)),
        empty=np.fromiter((atom in empty for atom in atoms), dtype=bool, count=len(atoms)),
        cells=tuple(cell for cell, _ in rows),
        sums=sums_of([places for _, places in rows], len(atoms)),
        balances=sparse.csr_array(np.array(level, dtype=np.int64).reshape(len(level), len(atoms))),
    )


def sums_of(people: Sequence[Sequence[int] | np.ndarray], atoms: int) -> sparse.csr_array:
    """Return the sums of some people, each given by the places of their atoms, of so many atoms in all."""
    ends = np.cumsum([0, *map(len, people)])
    columns = np.concatenate([np.zeros(0, dtype=np.int64), *people]).astype(np.int64)
    return sparse.csr_array((np.ones(len(columns), dtype=np.int64), columns, ends), shape=(len(people), atoms))
