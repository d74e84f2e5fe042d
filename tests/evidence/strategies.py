"""Draws and tables made at random, for properties that hold of all of them."""

from hypothesis import strategies as st

from lt_analysis.evidence.draws import Draw


@st.composite
def draws(draw, most=9):
    """One possible draw of up to `most` people."""
    pool = draw(st.integers(0, most))
    in_group, chosen = draw(st.integers(0, pool)), draw(st.integers(0, pool))
    least, most_chosen = max(0, chosen - (pool - in_group)), min(in_group, chosen)
    return Draw(pool, in_group, chosen, draw(st.integers(least, most_chosen)))


def tables(most=60):
    """The successful and all people of two groups."""
    arm = st.integers(0, most).flatmap(lambda people: st.tuples(st.integers(0, people), st.just(people)))
    return st.tuples(arm, arm).map(lambda arms: (*arms[0], *arms[1]))


def swapped(draw: Draw) -> Draw:
    """The same draw with the groups' places taken by each other."""
    return Draw(draw.pool, draw.pool - draw.pool_in_group, draw.chosen, draw.chosen - draw.chosen_in_group)
