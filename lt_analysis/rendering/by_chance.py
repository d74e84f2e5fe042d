"""How many counts equal chances alone usually put outside their usual ranges, where several are looked at together.

Each side of the ranges is counted by itself: chance takes neither, so some below are not made up for by none above.
"""

from math import comb

# A range holds every count of which the tail, with half of the count itself left out, is above one in 40. So a count
# below it has a tail of at most two in 40, for half of any tail is at most the tail without half of its own end; and so
# has one above it. That is the most, whatever the numbers; about one in 40 at either end is what it mostly is.
AT_ONE_END_AT_MOST = 0.05
USUALLY = 0.975  # at one end; at both ends at once then 19 times in 20 or more often


def usually_at_most(counts: int) -> int:
    """Return how many of so many counts of different organisations lie below their ranges at most, 39 times in 40.

    As many lie above. It is worked out from the number of counts and from what is true of every range, never from a
    number of people.
    """
    within, beyond = 0.0, -1
    while within < USUALLY:
        beyond += 1
        within += comb(counts, beyond) * AT_ONE_END_AT_MOST**beyond * (1 - AT_ONE_END_AT_MOST) ** (counts - beyond)
    return beyond
