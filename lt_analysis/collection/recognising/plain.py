"""How two spellings are made comparable."""

import re
import unicodedata
from functools import lru_cache

SPELLINGS = 10_000  # that are remembered: the same few stand in every row


@lru_cache(maxsize=SPELLINGS)
def plain(text: str) -> str:
    """Return small letters and digits in single spaces, with `and` for an ampersand and slashes kept apart.

    A slash is kept because it may join what it stands between (`Mixed / Other`) where a dash divides it.
    """
    # Dashes and quotation marks beyond ASCII divide words as those within it do; accents are taken off their letters.
    divided = "".join(" " if unicodedata.category(one)[0] in "PZS" and not one.isascii() else one for one in text)
    letters = unicodedata.normalize("NFKD", divided).encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"[^a-z0-9/]+", " ", letters.replace("&", " and ").replace("/", " / ")).split())
