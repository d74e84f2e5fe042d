"""A drawing as matplotlib writes it, made small: what draws nothing is left out, and the font is named once."""

import re
import xml.etree.ElementTree as ElementTree

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
FONTS = "Arial,Liberation Sans,sans-serif"
REFERENCE = re.compile(r"#([\w-]+)")
TOO_FINE = re.compile(r"(\d+\.\d{2})\d+")
ROUND_COMMANDS = re.compile(r"\s*([A-Za-z])\s*")
OF_A_FONT = re.compile(r"font-family:[^;]*;?")
NOT_TURNED = re.compile(r"rotate\(-?0 [^)]*\)")
DRAWS_NOTHING = "fill:none"


def minified(svg: str) -> str:
    """Return a drawing without metadata, names to which nothing leads, invisible parts, and digits too small to see."""
    for prefix, namespace in (("", SVG), ("xlink", XLINK)):
        ElementTree.register_namespace(prefix, namespace)
    root = ElementTree.fromstring(svg)
    root.attrib.pop("version", None)
    _clean(root, set(REFERENCE.findall(svg)))
    root.find(f"{{{SVG}}}defs/{{{SVG}}}style").text = f"*{{stroke-linejoin:round}}text{{font-family:{FONTS}}}"
    return ElementTree.tostring(root, encoding="unicode")


def _clean(parent: ElementTree.Element, led_to: set[str]) -> None:
    """Clean all below an element; a group that says nothing of its parts gives way to them."""
    children = []
    for child in parent:
        _shorten(child, led_to)
        _clean(child, led_to)
        if _is(child, "g") and not child.attrib:
            children += child
        elif _draws(child):
            children.append(child)
    parent[:] = children
    if not _is(parent, "text") and not _is(parent, "tspan"):
        parent.text = (parent.text or "").strip() or None
    for child in children:
        child.tail = (child.tail or "").strip() or None


def _shorten(element: ElementTree.Element, led_to: set[str]) -> None:
    words = element.attrib
    if words.get("id") not in led_to:
        words.pop("id", None)
    if "style" in words:
        words["style"] = OF_A_FONT.sub("", re.sub(r"\s*([:;])\s*", r"\1", words["style"])).rstrip(";")
    if "d" in words:
        words["d"] = ROUND_COMMANDS.sub(r"\1", words["d"])
    if "transform" in words:
        words["transform"] = NOT_TURNED.sub("", words["transform"]).strip()
    for name in ("style", "transform"):
        if words.get(name) == "":
            del words[name]
    for name in words.keys() & {"d", "x", "y", "width", "height", "transform"}:
        words[name] = TOO_FINE.sub(r"\1", words[name])


def _draws(element: ElementTree.Element) -> bool:
    """Return whether an element is of use: it draws, or something leads to it."""
    if "id" in element.attrib:
        return True
    if _is(element, "path"):
        return element.get("style") != DRAWS_NOTHING
    if _is(element, "g") or _is(element, "defs"):
        return len(element) > 0
    return not (_is(element, "metadata") or _is(element, "clipPath"))


def _is(element: ElementTree.Element, name: str) -> bool:
    return element.tag == f"{{{SVG}}}{name}"
