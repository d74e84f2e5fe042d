"""How many counts equal chances alone usually put outside their usual ranges, where several are looked at together."""

from math import comb

# A range holds every count of which the tail, with half of the count itself left out, is above one in 40. So a count
# outside it has a tail of at most two in 40, for half of any tail is at most the tail without half of its own end. Two
# tails make one in 10 at the most, whatever the numbers; about one in 20 is what it mostly is.
OUTSIDE_AT_MOST = 0.1
USUALLY = 0.95


def usually_at_most(counts: int) -> int:
    """Return how many of so many counts of different organisations lie outside at most, 19 times in 20 or more often.

    It is worked out from the number of counts and from what is true of every range, never from a number of people.
    """
    within, outside = 0.0, -1
    while within < USUALLY:
        outside += 1
        within += comb(counts, outside) * OUTSIDE_AT_MOST**outside * (1 - OUTSIDE_AT_MOST) ** (counts - outside)
    return outside


def in_words(counts: int, outside: int = 0) -> str:
    """Say it of so many counts, one at least, and whether those that lie `outside` are more than that."""
    if counts == 1:
        return "By chance alone, about 1 count in 20 lies outside."
    usually = usually_at_most(counts)
    said = f"By chance alone, usually {usually} or fewer of {counts} lie outside."
    return f"{said} {outside} {'is' if outside > usually else 'is no'} more than that." if outside else said
