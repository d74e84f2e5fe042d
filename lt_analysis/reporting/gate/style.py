"""What can be seen and hit: the contrast of every colour on what is behind it, and the size of what leads somewhere.

Contrast is that of the Web Content Accessibility Guidelines 2.2 (success criteria 1.4.3 and 1.4.11), and the size that
of 2.5.8. https://www.w3.org/TR/WCAG22/
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from bs4 import BeautifulSoup

from lt_analysis.reporting.gate.embedded import parts
from lt_analysis.reporting.gate.unseen import SVG

OF_TEXT, OF_MARKS = 4.5, 3.0
SMALLEST_TARGET = 24  # pixels
TARGETS = ("nav a", "summary")
IN_PIXELS = {"px": 1, "rem": 16}
GREY = 24  # of 255: how far the three parts of a colour may lie apart for it to carry no meaning
RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})(?![0-9a-z])")
LENGTH = re.compile(r"(\d*\.?\d+)(px|rem)")
VARIABLE = re.compile(r"var\((--[\w-]+)\)")
NAMES = {"black": "#000000", "white": "#ffffff"}
# What takes the colour of something else, which is looked at there, or of the reader's own choice.
NO_COLOUR = {
    *("", "none", "transparent", "inherit", "initial", "unset", "currentcolor"),
    *("canvas", "canvastext", "linktext", "buttontext", "graytext", "highlight", "highlighttext"),
    *("solid", "dotted", "dashed", "double", "auto"),  # of a line that takes the colour of its text
}
NO_WORD = re.compile(r"[\d.]+[a-z]*")  # a length
UNREADABLE = "there is a colour that the gate cannot read"
WHITE, BLACK = "#ffffff", "#000000"
ON_TEXT, ON_MARKS = {"text", "tspan"}, {"stroke", "fill"}


@dataclass(frozen=True)
class Rule:
    """One rule of a style sheet: what it is for, and what it says."""

    selectors: tuple[str, ...]
    said: dict[str, str]

    def colour(self, *names: str) -> str:
        """Return what the rule says of a colour, under the first of some names that it has; empty for none."""
        return next((self.said[name] for name in names if name in self.said), "")


def style(page: BeautifulSoup) -> Iterator[str]:
    """Yield what cannot be seen or hit on a page."""
    rules = rules_of(page.style.get_text() if page.style else "")
    yield from _sheet(rules)
    yield from _targets(page, rules)
    for part in parts(page, 0):
        if part.kind == SVG:
            yield from _drawing(part.content)


def rules_of(sheet: str) -> list[Rule]:
    """Return a style sheet's rules, those for paper too, with the colours that it names put in their places."""
    rules = []
    for selectors, body in RULE.findall(REMARK.sub("", sheet)):
        declarations = (declaration.partition(":") for declaration in body.split(";"))
        names = tuple(" ".join(selector.split()) for selector in selectors.split(","))
        rules.append(Rule(names, {name.strip().lower(): value.strip().lower() for name, _, value in declarations}))
    named = {name: value for rule in rules for name, value in rule.said.items() if name.startswith("--")}
    return [_with_colours(rule, named) for rule in rules]


def _with_colours(rule: Rule, named: dict[str, str]) -> Rule:
    declarations = {
        name: VARIABLE.sub(lambda match: named.get(match[1], match[0]), value) for name, value in rule.said.items()
    }
    return Rule(rule.selectors, declarations)


def _sheet(rules: list[Rule]) -> Iterator[str]:
    """Yield what is hard to see: text is held against its own ground, or every ground whose text has no own colour."""
    colours = [(_hex(rule.colour("color")), _hex(rule.colour("background", "background-color"))) for rule in rules]
    outlines = [_hex(rule.colour("outline", "outline-color")) for rule in rules]
    if None in {*outlines, *(colour for pair in colours for colour in pair)}:
        yield UNREADABLE
        return
    texts = {text for text, ground in colours if text and not ground} | {BLACK}
    grounds = {ground for text, ground in colours if ground and not text} | {WHITE}
    pairs = {pair for pair in colours if all(pair)} | {(text, ground) for text in texts for ground in grounds}
    if any(contrast(*pair) < OF_TEXT for pair in pairs):
        yield "a colour of the style sheet's text is hard to read on its ground"
    if any(outline and contrast(outline, WHITE) < OF_MARKS for outline in outlines):
        yield "an outline of the style sheet is hard to see"


def _hex(value: str) -> str | None:
    """Return the colour in a value: empty where there is none, None where it is one that cannot be read."""
    match = HEX.search(value)
    if match:
        return f"#{match[1]}" if len(match[1]) == 6 else "#" + "".join(letter * 2 for letter in match[1])
    words = value.removesuffix("!important").split() or [""]
    if words[-1] in NAMES:
        return NAMES[words[-1]]
    return "" if words[-1] in NO_COLOUR or NO_WORD.fullmatch(words[-1]) else None


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> list[float]:
    return [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]


def _targets(page: BeautifulSoup, rules: list[Rule]) -> Iterator[str]:
    heights = {name: rule.said["min-height"] for rule in rules if "min-height" in rule.said for name in rule.selectors}
    for name in TARGETS:
        match = LENGTH.fullmatch(heights.get(name, ""))
        if page.select(name) and (not match or float(match[1]) * IN_PIXELS[match[2]] < SMALLEST_TARGET):
            yield f"what leads somewhere is not said to be {SMALLEST_TARGET} pixels high"


def _drawing(content: bytes) -> Iterator[str]:
    """Yield which words and marks of a drawing are hard to see against white, which is behind every picture.

    Greys and the faintest tints are lines of a grid or bands behind marks, and carry no meaning of their own.
    """
    try:
        drawing = ElementTree.fromstring(content)
    except ElementTree.ParseError:
        return  # `pictures` says so
    texts, marks = _painted(drawing, _by_class(drawing), {"fill": BLACK, "stroke": ""}, False)
    if None in texts | marks:
        yield UNREADABLE
    if any(text and contrast(text, WHITE) < OF_TEXT for text in texts):
        yield "the words of a chart are hard to read"
    if any(mark and not _is_grey(mark) and contrast(mark, WHITE) < OF_MARKS for mark in marks):
        yield "a mark of a chart is hard to see"


def _is_grey(colour: str) -> bool:
    spread = max(_channels(colour)) - min(_channels(colour))
    return spread * 255 < GREY


def _by_class(drawing: ElementTree.Element) -> dict[str, dict[str, str]]:
    sheets = [element.text or "" for element in drawing.iter() if element.tag.endswith("}style")]
    return {name: rule.said for sheet in sheets for rule in rules_of(sheet) for name in rule.selectors}


def _painted(
    element: ElementTree.Element, sheet: dict[str, dict[str, str]], above: dict[str, str | None], in_text: bool
) -> tuple[set[str | None], set[str | None]]:
    """Return the colours of an element's words and of its marks, with those of all that it holds."""
    name = element.tag.rpartition("}")[2]
    in_text = in_text or name in ON_TEXT
    colours = above | {kind: _hex(value) for kind, value in _declared(element, name, sheet).items()}
    texts = {colours["fill"]} if in_text and (element.text or "").strip() else set()
    marks = (
        set() if in_text or name in ("svg", "g", "defs", "style", "clipPath") else {colours["fill"], colours["stroke"]}
    )
    for child in element:
        if child.tag.endswith("}clipPath"):
            continue  # it bounds what is drawn, and is not drawn itself
        inner_texts, inner_marks = _painted(child, sheet, colours, in_text)
        texts, marks = texts | inner_texts, marks | inner_marks
    return texts, marks


def _declared(element: ElementTree.Element, name: str, sheet: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return what an element says of its colours: by its attributes, its class, and its own style, the last first."""
    declarations = {kind: element.get(kind).lower() for kind in ON_MARKS if element.get(kind)}
    for selector in ("*", name, *(f".{css_class}" for css_class in element.get("class", "").split())):
        declarations |= sheet.get(selector, {})
    inline = (declaration.partition(":") for declaration in element.get("style", "").split(";"))
    declarations |= {kind.strip(): value.strip().lower() for kind, _, value in inline}
    return {kind: value for kind, value in declarations.items() if kind in ON_MARKS}
