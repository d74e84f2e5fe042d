"""How numbers are written for people: never infinity, nan or a misleading precision.

One rule for all pages, which `HOW_PRECISE` says to readers. A share is a whole percentage, and below 5% it has one
decimal; one of people whose ethnicity is known is rounded down, so that less than all is never 100% and less than the
line of 90% never reads as it. A ratio has two decimals, as in the race equality standard. The limits of a range have
two significant figures, for it is not known more finely, and two decimals where they would else be alike or leave the
ratio outside. Counts are whole and never rounded.
"""

import math
from decimal import Decimal

DECIMALS = 2  # of a ratio
MORE_THAN = 10
LESS_THAN = 0.02
HOW_PRECISE = (
    "Counts are exact. Shares are whole percentages, and below 5% they have one decimal. Ratios have two decimals. The "
    "limits of a range are rounded to two figures, as in 0.80 to 1.3, or to more where they would else meet 1, or be "
    "alike, or leave the ratio outside."
)
SMALLEST_BASE = 20  # below this many people a percentage says more than the count does


def whole(number: int) -> str:
    """Write a count with its thousands apart: `15,853`."""
    return f"{number:,}"


def ratio(number: float | None) -> str:
    """Write a relative likelihood to two decimals, as the race equality standard does."""
    if number is not None and 0 < number < 0.005:
        return "under 0.01"
    return "not given" if not number else f"{number:.{DECIMALS}f}"


def about(number: float) -> str:
    """Write a limit to two significant figures; above 10 as `more than 10`, below 0.02 as `less than 0.02`."""
    if number > MORE_THAN:
        return f"more than {MORE_THAN}"
    if number < LESS_THAN:
        return f"less than {LESS_THAN}"
    rounded = float(f"{number:.1e}")
    if rounded == 1 and number != 1:  # which side of 1 a limit lies on must be seen
        texts = (f"{number:.{places}f}" for places in range(2, 7))
        return next((text for text in texts if float(text) != 1), "1")
    return f"{rounded:.{max(0, 1 - math.floor(math.log10(rounded)))}f}"


def odds(number: float) -> str:
    """Write an odds ratio as `ratio` does, and as `about` does where it lies beyond what a limit says in figures."""
    return ratio(number) if LESS_THAN <= number <= MORE_THAN else about(number)


def limits(low: float, high: float) -> str:
    """Write a margin of error whose limits were rounded before, with the figures that they have, and two at least."""
    return f"{limit(low)} to {limit(high)}"


def limit(number: float) -> str:
    """Write a limit that was rounded before: `1.004`, `0.80`, `more than 10`."""
    if number > MORE_THAN:
        return f"more than {MORE_THAN}"
    if number < LESS_THAN:
        return f"less than {LESS_THAN}"
    least = max(0, 1 - math.floor(math.log10(number)))
    own = max(0, -Decimal(repr(float(number))).normalize().as_tuple().exponent)
    return f"{number:.{max(least, own)}f}"


def interval(low: float, high: float, estimate: float | None = None) -> str:
    """Write a margin of error: `0.80 to more than 10`; of an `estimate` that `ratio` writes, so that it holds that too.

    Both limits have two decimals where their two figures would be alike, or would leave the estimate outside.
    """
    if low > MORE_THAN:
        return f"more than {MORE_THAN}"
    if high < LESS_THAN:
        return f"less than {LESS_THAN}"
    texts = about(low), about(high)
    alike = texts[0] == texts[1] and len(texts[0].partition(".")[2]) < DECIMALS
    if alike or (estimate and not _holds(texts, ratio(estimate))):
        low_text, high_text = (
            f"{number:.{DECIMALS}f}" if _is_number(text) else text
            for number, text in zip((low, high), texts, strict=True)
        )
        return f"{low_text} to {high_text}"
    return " to ".join(texts)


def _holds(limits_written: tuple[str, str], estimate: str) -> bool:
    """Return whether written limits hold a written estimate; one in words sets no limit on its side."""
    low, high = limits_written
    if not _is_number(estimate):
        return True
    return not (_is_number(low) and float(low) > float(estimate)) and not (
        _is_number(high) and float(high) < float(estimate)
    )


def _is_number(text: str) -> bool:
    return text[:1].isdecimal()


def percentage(share: float) -> str:
    """Write a share as a whole percentage; a small one to one decimal, so that it is never `0%`."""
    if 0 < share < 0.0005:
        return "under 0.1%"
    return f"{share:.0%}" if share >= 0.05 or share == 0 else f"{share:.1%}"


def significant(number: float) -> str:
    """Write a plain value to three figures, or all of its whole part: `4.61`, `82.0`, `1,230`; a whole number whole."""
    sign = "\N{MINUS SIGN}" if number < 0 else ""
    size = abs(number)
    places = 0 if size == int(size) else max(0, 2 - math.floor(math.log10(size)))
    return f"{sign}{size:,.{places}f}"


def percentage_points(share: float) -> str:
    """Write a difference of shares in percentage points: `20.0 points`, or with a minus where it is below 0."""
    sign = "\N{MINUS SIGN}" if round(share * 100, 1) < 0 else ""
    return f"{sign}{abs(share) * 100:.1f} points"


def part_of(part: int, everybody: int) -> str:
    """Write a part as `percentage` does, but rounded down: less than all is never `100%`."""
    if 0 < part * 1000 < everybody:
        return "under 0.1%"
    whole_share = part * 100 // everybody
    return f"{whole_share}%" if whole_share >= 5 or not part else f"{part * 1000 // everybody / 10:.1f}%"


def probability(number: float) -> str:
    """Write a p value to three decimals; a smaller one as `under 0.001`."""
    return "under 0.001" if number < 0.0005 else f"{number:.3f}"


def evidence(number: float) -> str:
    """Write an e-value to two significant figures, rounded down so that none reaches a word that it has not earned."""
    if number >= 1_000:
        return "over 1,000"
    if number < 0.001:
        return "under 0.001"
    places = 1 - math.floor(math.log10(number))
    return f"{math.floor(number * 10**places + 1e-9) / 10**places:.{max(0, places)}f}"


def kilobytes(size: int) -> str:
    """Write the size of a file, of which `size` is the bytes: `14 KB`."""
    return f"{max(1, round(size / 1000)):,} KB"
