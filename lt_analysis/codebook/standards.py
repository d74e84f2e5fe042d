"""The nine indicators of the Workforce Race Equality Standard, one row each, in its order."""

from dataclasses import dataclass

from lt_analysis.codebook.measures import (
    APPOINTMENT,
    DISCIPLINARY,
    DISCRIMINATION,
    EQUAL_OPPORTUNITIES,
    HARASSED_BY_STAFF,
    HARASSED_BY_THE_PUBLIC,
    OF_SURVEY,
    TRAINING,
    Measure,
)

ABOVE, BELOW = "Above", "Below"


@dataclass(frozen=True)
class Indicator:
    """An indicator: what it asks, and of which measure its figure is.

    Of no measure are the shares of posts and of seats: whoever holds one was not taken for it on a single day.
    """

    number: int
    title: str
    asks: str
    measure: Measure | None = None

    @property
    def name(self) -> str:
        """What its row is called: its number and its title.

        >>> INDICATORS[2].name
        '3. Formal disciplinary process'
        """
        return f"{self.number}. {self.title}"

    @property
    def equal(self) -> int:
        """The figure where both groups fare alike: a ratio is 1 then, and a gap 0."""
        return 0 if self.measure in (None, *OF_SURVEY) else 1

    @property
    def white_better(self) -> str:
        """On which side of that White people fare better, as the indicator is printed.

        >>> [one.white_better for one in INDICATORS]
        ['Below', 'Above', 'Above', 'Above', 'Above', 'Above', 'Below', 'Above', 'Below']
        """
        return side(self.measure, self.measure.white_first) if self.measure else BELOW


def side(measure: Measure, white_first: bool) -> str:
    """Return on which side of equal White people fare better, where their share is divided by the other's, or by it.

    >>> side(APPOINTMENT, white_first=True), side(APPOINTMENT, white_first=False)
    ('Above', 'Below')
    """
    return ABOVE if white_first == measure.good else BELOW


SENIOR_POSTS = Indicator(
    1,
    "Senior posts",
    "Do all groups have their share of the posts at Band 8 and above?",
)
BOARD = Indicator(
    9,
    "The board",
    "Do all groups have their share of the seats on the board?",
)
# Whose seats the standard sets beside the workforce, each with what settings call how many there are, and of the group.
SEATS = {
    "members": ("members", "bme_members"),
    "voting": ("voting_members", "bme_voting_members"),
    "executives": ("executives", "bme_executives"),
}
NO_BOARD, NO_BOARDS = "not given by the organisation", "not given by any organisation"
SEATS_IN_WORDS = {"members": "All members", "voting": "Voting members", "executives": "Executive members"}
INDICATORS = (
    SENIOR_POSTS,
    Indicator(
        2,
        "Appointment",
        "Is everybody on a shortlist as likely to be appointed? Only posts at Band 8 and above are counted here.",
        APPOINTMENT,
    ),
    Indicator(
        3,
        "Formal disciplinary process",
        "Are all staff as likely to enter a formal disciplinary process?",
        DISCIPLINARY,
    ),
    Indicator(
        4,
        "Training",
        "Are all staff as likely to take part in training beyond the mandatory?",
        TRAINING,
    ),
    Indicator(
        5,
        "Harassment by the public",
        "How many said in the survey that the public harassed, bullied or abused them in a year?",
        HARASSED_BY_THE_PUBLIC,
    ),
    Indicator(
        6,
        "Harassment by staff",
        "How many said in the survey that other staff harassed, bullied or abused them in a year?",
        HARASSED_BY_STAFF,
    ),
    Indicator(
        7,
        "Equal opportunities",
        "How many said in the survey that all have the same chances of promotion?",
        EQUAL_OPPORTUNITIES,
    ),
    Indicator(
        8,
        "Discrimination",
        "How many said in the survey that a manager or colleague discriminated against them in a year?",
        DISCRIMINATION,
    ),
    BOARD,
)
