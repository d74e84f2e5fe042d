"""The words for strength of evidence. They come from this table and from nowhere else.

Where chances are equal, an e-value ever reaches 1/a with probability at most a, however often one looks
(Ville 1939; Ramdas, Grünwald, Vovk and Shafer 2023, Statistical Science 38:576-601).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Strength:
    """Words for e-values of `at_least` and more; equal chances earn them at most 1 time in `one_in`, ever."""

    at_least: float
    words: str
    one_in: int | None


STRENGTHS = (
    Strength(0, "little or no evidence of a difference", None),
    Strength(3, "some indication; not yet evidence", 3),
    Strength(10, "moderate evidence", 10),
    Strength(20, "strong evidence", 20),
    Strength(100, "very strong evidence", 100),
)
STRONG = STRENGTHS[3].at_least
TOO_FEW_POSTS = Strength(0, "too few posts to tell", None)
TOO_FEW_RETURNS = Strength(0, "too few returns to tell", None)


def strength_of(e_value: float, could_be_strong: bool, enough_returns: bool) -> Strength:
    """Return the words for an e-value.

    `could_be_strong` is whether either extreme outcome would have been strong evidence; `enough_returns`
    whether the declared share of returns has been received.

    >>> strength_of(20, could_be_strong=True, enough_returns=True).words
    'strong evidence'
    """
    if not enough_returns:
        return TOO_FEW_RETURNS
    if not could_be_strong:
        return TOO_FEW_POSTS
    earned = (strength for strength in STRENGTHS if e_value >= strength.at_least)
    return max(earned, key=lambda strength: strength.at_least)
