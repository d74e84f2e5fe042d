"""Text that runs from right to left, kept from turning the rest of its line around."""

import unicodedata

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
OPEN_ISOLATES = {"LRI", "RLI", "FSI"}
TURNS = {"R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "PDF", "PDI", *OPEN_ISOLATES}


def isolated(text: str) -> str:
    r"""Return a text that keeps its direction to itself wherever it is put; as it is where it has none of its own.

    It is put between the marks by which Unicode isolates a text (what `<bdi>` does in HTML), because names stand in
    pictures and in titles too, where there is no HTML. Marks of its own that would end this early are left out, and
    line ends, which would too, are spaces.

    >>> isolated("Ward 5"), isolated("\u05d0") == "\u2068\u05d0\u2069"
    ('Ward 5', True)
    """
    if not any(unicodedata.bidirectional(letter) in TURNS for letter in text):
        return text
    kept, still_open = "", 0
    for letter in " ".join(text.split()):
        direction = unicodedata.bidirectional(letter)
        if direction == "PDI" and not still_open:
            continue
        still_open += (direction in OPEN_ISOLATES) - (direction == "PDI")
        kept += letter
    return f"{FIRST_STRONG_ISOLATE}{kept}{POP_ISOLATE * (still_open + 1)}"
