"""How much room words take in a chart, and the lines into which they are broken so that they fit."""

from functools import cache

from matplotlib.font_manager import FontProperties, findfont, get_font

FONT = "DejaVu Sans"
POINTS_AN_INCH = 72
PARTS_OF_A_PIXEL = 64  # in which FreeType measures


@cache
def inches(text: str, size: float, weight: str = "normal") -> float:
    """Return how wide a text is, in inches, at a size in points."""
    font = get_font(findfont(FontProperties(family=FONT, weight=weight)))
    font.set_size(size, POINTS_AN_INCH)
    font.set_text(text, 0)
    return font.get_width_height()[0] / PARTS_OF_A_PIXEL / POINTS_AN_INCH


def lines_of(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Break a text into lines no wider than `width` inches: between words where it can be, else within one."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if inches(longer, size, weight) <= width:
            lines[-1] = longer
            continue
        lines += [""] if lines[-1] else []
        for letter in word:
            if inches(lines[-1] + letter, size, weight) > width:
                lines.append("")
            lines[-1] += letter
    return lines
