"""What a picture must be: one that its reader's browser can draw, that says what it shows, and that does nothing."""

import re
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from bs4 import BeautifulSoup

from lt_analysis.reporting.gate.embedded import parts
from lt_analysis.reporting.gate.unseen import PNG, PNG_BEGINS, SVG

SHORTEST_ALTERNATIVE = 30
PLACEHOLDER = "No description has been provided"  # what nbconvert writes where there is none
ADDRESS = re.compile(r"data:image/(?:svg\+xml|png)(?:;charset=utf-8)?(?:;base64)?,[^\s\"<>]+")
SIZE = re.compile(r"(\d+(?:\.\d+)?)(?:pt|px)?")
DRAWING = "{http://www.w3.org/2000/svg}"  # without it a browser draws nothing
DOES_SOMETHING = {"script", "foreignObject", "iframe", "animate", "animateTransform", "animateMotion", "set"}
ELSEWHERE = re.compile(r"url\(\s*['\"]?(?!#)|@import")
UNDRAWN = "a picture cannot be drawn"


def pictures(page: BeautifulSoup) -> Iterator[str]:
    """Yield what is wrong with a page's pictures."""
    for image in page.find_all("img"):
        alternative = " ".join(image.get("alt", "").split())
        if len(alternative) < SHORTEST_ALTERNATIVE or alternative.startswith(PLACEHOLDER):
            yield "an image has no alternative text that says what it shows"
        if not image.get("src"):
            yield "an image has no picture"
    addresses = [image.get(name, "") for image in page.find_all(["img", "source"]) for name in ("src", "srcset")]
    if any(address.startswith("data:") and not ADDRESS.fullmatch(address) for address in addresses):
        yield "the address of a picture is malformed"
    for part in parts(page, 0):
        if part.kind == SVG:
            yield from _drawing(part.content)
        elif part.kind == PNG and not _is_drawn(part.content):
            yield UNDRAWN


def _drawing(content: bytes) -> Iterator[str]:
    try:
        drawing = ElementTree.fromstring(content)
    except ElementTree.ParseError:
        yield UNDRAWN
        return
    if drawing.tag != f"{DRAWING}svg":
        yield UNDRAWN
    if not all(_is_size(drawing.get(name, "")) for name in ("width", "height")):
        yield "a picture has no width or no height"
    if len({name for element in drawing.iter() if (name := element.get("id"))}) != _number_with_id(drawing):
        yield "two parts of a picture have the same id"
    for element in drawing.iter():
        yield from _element(element)


def _is_size(size: str) -> bool:
    match = SIZE.fullmatch(size)
    return bool(match) and float(match[1]) > 0


def _number_with_id(drawing: ElementTree.Element) -> int:
    return sum(bool(element.get("id")) for element in drawing.iter())


def _element(element: ElementTree.Element) -> Iterator[str]:
    attributes = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
    if element.tag.rpartition("}")[2] in DOES_SOMETHING or any(name.startswith("on") for name in attributes):
        yield "a picture does something, or holds a page of its own"
    values = [*attributes.values(), element.text or ""]
    if not attributes.get("href", "#").startswith("#") or any(map(ELSEWHERE.search, values)):
        yield "a picture leads, or loads, from outside itself"


def _is_drawn(png: bytes) -> bool:
    """Return whether a PNG file has a size, and points of which all can be unpacked."""
    size, position, packed = png[16:24], len(PNG_BEGINS), b""
    while position < len(png):
        length, name = int.from_bytes(png[position : position + 4]), png[position + 4 : position + 8]
        packed += png[position + 8 : position + 8 + length] if name == b"IDAT" else b""
        position += length + 12
    try:
        return bool(zlib.decompress(packed)) and int.from_bytes(size[:4]) > 0 and int.from_bytes(size[4:]) > 0
    except zlib.error:
        return False
