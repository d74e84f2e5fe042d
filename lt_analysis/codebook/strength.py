"""The words for evidence that has grown since the declared start. They come from this table and from nowhere else.

Where chances are equal, an e-value ever reaches 1/a with probability at most a, however often one looks
(Ville 1939; Ramdas, Grünwald, Vovk and Shafer 2023, Statistical Science 38:576-601). The protocol declares two primary
comparisons, and either could mislead: so every limit is twice what one alone would need, and `one_in` is of the two
together (union bound).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Strength:
    """Words for e-values of `at_least` and more.

    Equal chances earn them, at one or the other primary comparison, at most 1 time in `one_in`, ever; None where the
    words claim no difference.
    """

    at_least: float
    words: str
    one_in: int | None = None


TOO_FEW_RETURNS = Strength(0, "too few returns to tell")
TOO_FEW_POSTS = Strength(0, "too few posts to tell")
VERY_STRONG = Strength(200, "very strong evidence", 100)
STRONG_EVIDENCE = Strength(40, "strong evidence", 20)
ABOUT_EQUAL = Strength(0, "about equal")
MODERATE = Strength(20, "moderate evidence", 10)
SOME = Strength(6, "some indication", 3)
UNCLEAR = Strength(0, "unclear whether chances differ")

STRONG = STRONG_EVIDENCE.at_least
OF_A_DIFFERENCE = (SOME, MODERATE, STRONG_EVIDENCE, VERY_STRONG)
STRENGTHS = (TOO_FEW_RETURNS, TOO_FEW_POSTS, UNCLEAR, ABOUT_EQUAL, *OF_A_DIFFERENCE)


def strength_of(
    e_value: float, could_be_strong: bool = True, enough_returns: bool = True, about_equal: bool = False
) -> Strength:
    """Return the words for an e-value: the first that hold, of too little to tell, strong, about equal, and the rest.

    `could_be_strong` is whether either extreme outcome would have been strong evidence; `enough_returns` whether the
    declared share of returns has been received; `about_equal` whether the whole likely range lies within the declared
    margin.

    >>> strength_of(40).words, strength_of(39.9).words
    ('strong evidence', 'moderate evidence')
    >>> strength_of(25, about_equal=True).words
    'about equal'
    """
    if not enough_returns:
        return TOO_FEW_RETURNS
    if not could_be_strong:
        return TOO_FEW_POSTS
    if about_equal and e_value < STRONG:
        return ABOUT_EQUAL
    earned = [strength for strength in OF_A_DIFFERENCE if e_value >= strength.at_least]
    return earned[-1] if earned else UNCLEAR
