"""What a page holds that its reader does not see, where a number could go unnoticed."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import CData, Comment, Declaration, ProcessingInstruction, Tag

from lt_analysis.reporting.gate.downloads import is_offer
from lt_analysis.reporting.gate.embedded import Part, parts
from lt_analysis.reporting.gate.markup import parsed

# What a table's cells and sentences say of their own figures.
OWN_DATA = {"data-column", "data-cell", "data-key", "data-from", "data-members", "data-said"}
SETTINGS = {"viewport", "color-scheme"}  # of the page; any other is about its author or what made it
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?<![-\w])(?:fill-)?opacity\s*:\s*0*\.?0*\s*(?:;|$)|"
    r"font-size\s*:\s*0",
    re.IGNORECASE,
)
HIDING_ATTRIBUTES = {
    "display": {"none"},
    "visibility": {"hidden", "collapse"},
    "opacity": {"0"},
    "fill-opacity": {"0"},
    "type": {"hidden"},
    "aria-hidden": {"true", ""},
}
DRAWING = {"xlink", "xmlns", "xml"}
SVG, PNG, CSV = "image/svg+xml", "image/png", "text/csv"
CANNOT_LOOK = "there is a file of a kind that the gate cannot look into"
PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
PNG_PIECES = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"pHYs"}


def unseen(page: BeautifulSoup) -> list[str]:
    """Return what a page, and each picture in it, holds out of sight; empty where it holds nothing so."""
    faults = [*_in_markup(page), *_of_the_page(page)]
    carried = parts(page)
    for part in carried:
        faults += _in_part(part)
    # The files that links offer are compared with their tables; one anywhere else is looked into by nobody.
    if sum(part.kind == CSV for part in carried) != sum(map(is_offer, page.find_all("a", href=True))):
        faults.append(CANNOT_LOOK)
    return list(dict.fromkeys(faults))


def _of_the_page(page: BeautifulSoup) -> Iterator[str]:
    if any(style.parent.name != "head" for style in page.find_all("style")):
        yield "there is a style sheet that is not the audit's own"
    if any(meta["name"] not in SETTINGS for meta in page.find_all("meta", attrs={"name": True})):
        yield "the page says who or what made it"


def _in_markup(markup: BeautifulSoup) -> Iterator[str]:
    if any(
        isinstance(text, Comment | CData | Declaration | ProcessingInstruction) for text in markup.find_all(string=True)
    ):
        yield "there is a comment"
    for element in markup.find_all(True):
        if element.name in ("script", "template", "noscript"):
            yield "there is a script, or data in the place of one"
        if element.name == "metadata" or any(map(_foreign, (element.name, *element.attrs))):
            yield "a picture says when, how or by whom it was made"
        if _hidden(element):
            yield "there is an element that is hidden"
        if any(name.startswith("data-") and name not in OWN_DATA for name in element.attrs):
            yield "an element carries data that is not a figure's own"


def _foreign(name: str) -> bool:
    """Return whether a name is of a vocabulary that says something about a picture and draws nothing."""
    return ":" in name and name.split(":")[0] not in DRAWING


def _hidden(element: Tag) -> bool:
    if "hidden" in element.attrs or HIDING.search(element.get("style", "")):
        return True
    return any(element.get(name) in values for name, values in HIDING_ATTRIBUTES.items())


def _in_part(part: Part) -> Iterator[str]:
    if part.kind == SVG:
        picture = parsed(part.text)
        yield from _in_markup(picture)
        if any(HIDING.search(style.get_text()) for style in picture.find_all("style")):
            yield "there is an element that is hidden"
    elif part.kind == CSV:
        return
    elif part.kind != PNG or not part.content.startswith(PNG_BEGINS):
        yield CANNOT_LOOK
    elif not set(_pieces(part.content)) <= PNG_PIECES:
        yield "a picture says when, how or by whom it was made"


def _pieces(png: bytes) -> Iterator[bytes]:
    """Yield the names of a PNG file's pieces, each of which says its own length; what follows the last is one too."""
    position, name = len(PNG_BEGINS), b""
    while position < len(png) and name != b"IEND":
        length, name = int.from_bytes(png[position : position + 4]), png[position + 4 : position + 8]
        yield name
        position += length + 12
    if position != len(png):
        yield b"after the last"
