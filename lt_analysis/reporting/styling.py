"""The style sheet that stands in a page, and the policy by which a browser takes that one and loads nothing."""

import base64
import hashlib
from importlib.metadata import version
from importlib.resources import files

from lt_analysis.codebook.words import PARTNERSHIP

TEMPLATES = files("lt_analysis.reporting")


def page_style(restricted: bool) -> str:
    """Return the style sheet of a page; a restricted one says so on every sheet that it is printed on."""
    whose = "Restricted: not for publication" if restricted else PARTNERSHIP
    said = f"{whose}. Made by lt_analysis {version('lt_analysis')}"
    foot = f'@media print {{ @page {{ @bottom-left {{ content: "{said}"; }} }} }}\n'
    return (TEMPLATES / "template" / "page.css").read_text(encoding="utf-8") + foot


def policy(style: str) -> str:
    """Return the security policy of a page: it may show its own pictures and this style sheet, and load nothing."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'"
