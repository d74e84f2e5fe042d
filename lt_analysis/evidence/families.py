"""False alarms shared out among the comparisons of a declared family."""

from collections.abc import Sequence

FALSE_ALARMS = 0.05  # of all primary comparisons together


def stands_in_family(e_values: Sequence[float], rate: float = FALSE_ALARMS) -> tuple[bool, ...]:
    """Return which e-values stand: of those called differences, at most `rate` are false alarms on average.

    The e-BH procedure (Wang and Ramdas 2022, JRSS B 84:822-852): the k largest stand for the greatest k whose
    k-th is at least K / (rate x k), K being the size of the family, however they depend on one another.

    >>> stands_in_family((100, 50, 20, 5, 1))  # the second reaches 5 / (0.05 x 2), the third not 5 / (0.05 x 3)
    (True, True, False, False, False)
    """
    family = len(e_values)
    descending = sorted(e_values, reverse=True)
    standing = max((k for k in range(1, family + 1) if descending[k - 1] * rate * k >= family), default=0)
    return tuple(bool(standing) and e_value >= descending[standing - 1] for e_value in e_values)


def adjusted_p_values(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return Benjamini and Hochberg's adjusted p values (1995, JRSS B 57:289-300) of a declared family.

    Leave out beforehand comparisons that could never have been found (Tarone 1990, Biometrics 46:515-522).
    Raises `ValueError` where one is not from 0 to 1.

    >>> [round(p, 6) for p in adjusted_p_values((0.01, 0.04, 0.03))]  # 3 x 0.01; 3/2 x 0.03 is more than 3/3 x 0.04
    [0.03, 0.04, 0.04]
    """
    return _adjusted(p_values, "bh")


def adjusted_however_they_depend(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return Benjamini and Yekutieli's adjusted p values (2001, Annals of Statistics 29:1165-1188).

    Raises `ValueError` where one is not from 0 to 1.

    >>> [round(p, 6) for p in adjusted_however_they_depend((0.01, 0.04))]  # 1 + 1/2 times Benjamini and Hochberg's
    [0.03, 0.06]
    """
    return _adjusted(p_values, "by")


def _adjusted(p_values: Sequence[float], method: str) -> tuple[float, ...]:
    from scipy.stats import false_discovery_control  # a second, which whoever only reads a release need not spend

    return tuple(false_discovery_control(p_values, method=method).tolist()) if len(p_values) else ()


def strictest_level(family: int, rate: float) -> float:
    """Return the p value at which any one of a family is found by Benjamini and Yekutieli's procedure, by itself.

    >>> round(strictest_level(2, 0.1), 6)  # 0.1 / (2 x (1 + 1/2))
    0.033333
    """
    return rate / (family * sum(1 / number for number in range(1, family + 1)))
