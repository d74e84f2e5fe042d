"""Everything that a file carries: its own text, and whatever is packed into it, several times over."""

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote_to_bytes

from bs4 import BeautifulSoup

from lt_analysis.reporting.gate.markup import parsed

DEEPEST = 4  # a page, an address in it, a compressed file in that, and what that file packs once more
LARGEST_OPENED = 5_000_000  # bytes: what is larger when opened is no part of a page
COMPRESSED = (b"\x1f\x8b", b"\x78")  # how gzip and zlib begin
EITHER_BY_ITS_HEADER = 47  # zlib's word for it
IN_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
IN_LINES = re.compile(rb"(?<=base64,)[A-Za-z0-9+/_=\s-]+")
IN_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}){7,}")
ADDRESS_IN_STYLE = re.compile(r"url\(\s*[\"']?(data:[^)\"']+)")


@dataclass(frozen=True)
class Part:
    """A file that stands in a page as a data address: its kind, as `image/svg+xml`, and its content, opened."""

    kind: str
    content: bytes

    @property
    def text(self) -> str:
        """Its content as text, whatever it is."""
        return self.content.decode("utf-8", errors="replace")


def layers(content: bytes) -> list[str]:
    """Return every text that a file carries: first its own, then each that is found on decoding or opening it."""
    texts: dict[bytes, str] = {}
    to_open = [(content, 0)]
    while to_open:
        layer, depth = to_open.pop(0)
        if layer in texts:
            continue
        texts[layer] = layer.decode("utf-8", errors="replace")
        if depth < DEEPEST:
            to_open += [(inner, depth + 1) for inner in _packed_in(layer) if inner]
    return list(texts.values())


def _packed_in(layer: bytes) -> Iterator[bytes]:
    opened = _opened(layer)
    if opened is not layer:
        yield opened
    if b"&" in layer:
        yield unescape(layer.decode("utf-8", errors="replace")).encode()
    if b"%" in layer:
        yield unquote_to_bytes(layer)
    for run in (*IN_BASE64.findall(layer), *IN_LINES.findall(layer)):
        yield _from_base64(run)
    for run in IN_HEX.findall(layer):
        yield bytes.fromhex(run.decode())


def _opened(content: bytes) -> bytes:
    """Return what a compressed file holds, as far as it can be opened; any other as it is."""
    if not content.startswith(COMPRESSED):
        return content
    try:
        return zlib.decompressobj(EITHER_BY_ITS_HEADER).decompress(content, LARGEST_OPENED)
    except zlib.error:
        return content


def _from_base64(run: bytes) -> bytes:
    letters = b"".join(run.split()).rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    try:
        return base64.b64decode(letters[: len(letters) - (len(letters) % 4 == 1)] + b"==")
    except binascii.Error:
        return b""


def parts(page: BeautifulSoup, depth: int = DEEPEST) -> list[Part]:
    """Return the files that stand in a page as data addresses, and those that stand in such a file in turn."""
    carried = [_part(address) for address in _addresses(page)]
    if depth:
        carried += [nested for part in tuple(carried) for nested in parts(parsed(part.text), depth - 1)]
    return carried


def _addresses(page: BeautifulSoup) -> Iterator[str]:
    for element in page.find_all(True):
        for name, value in element.attrs.items():
            attribute = " ".join(value) if isinstance(value, list) else value
            if name == "srcset":
                yield from re.findall(r"data:\S+", attribute)
            elif attribute.strip().lower().startswith("data:"):
                yield attribute.strip()
            else:
                yield from ADDRESS_IN_STYLE.findall(attribute)
        if element.name == "style":
            yield from ADDRESS_IN_STYLE.findall(element.get_text())


def _part(address: str) -> Part:
    head, _, body = address[len("data:") :].partition(",")
    kind, *settings = head.lower().split(";")
    content = unquote_to_bytes(body)
    return Part(kind, _opened(_from_base64(content) if "base64" in settings else content))
