"""How two spellings are made comparable."""

import re
import unicodedata


def plain(text: str) -> str:
    """Return small letters and digits in single spaces, with `and` for an ampersand and slashes kept apart.

    A slash is kept because it may join what it stands between (`Mixed / Other`) where a dash divides it.
    """
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"[^a-z0-9/]+", " ", letters.replace("&", " and ").replace("/", " / ")).split())
