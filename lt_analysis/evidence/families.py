"""False alarms shared out among the comparisons of a declared family."""

from collections.abc import Sequence

from scipy.stats import false_discovery_control


def stands_in_family(e_values: Sequence[float], rate: float = 0.05) -> tuple[bool, ...]:
    """Tell which e-values stand: of those called differences, at most `rate` are false alarms on average.

    The e-BH procedure (Wang and Ramdas 2022, JRSS B 84:822-852): the k largest stand for the greatest k whose
    k-th is at least K / (rate x k), K being the size of the family, however they depend on one another.
    """
    family = len(e_values)
    descending = sorted(e_values, reverse=True)
    standing = max((k for k in range(1, family + 1) if descending[k - 1] * rate * k >= family), default=0)
    return tuple(bool(standing) and e_value >= descending[standing - 1] for e_value in e_values)


def adjusted_p_values(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return Benjamini and Hochberg's adjusted p values (1995, JRSS B 57:289-300) of a declared family.

    Leave out beforehand comparisons that could never have been found (Tarone 1990, Biometrics 46:515-522).
    """
    return tuple(false_discovery_control(p_values).tolist()) if len(p_values) else ()
