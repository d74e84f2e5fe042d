"""Markup with autoescaping: an element is made of its parts, and whatever is no markup yet is escaped."""

from markupsafe import Markup, escape

from lt_analysis.rendering.shown import SAID_BY, Part, parts_of

VOID = ("br", "img", "source")  # elements that hold nothing, and have no end

Inside = str | Markup


def element(name: str, *content: Inside, **attributes: str | None) -> Markup:
    """Return an element of HTML.

    Names of attributes may have underscores for hyphens, and one after a word of Python's own (`class_`); one that is
    None is left out. What is said of a figure becomes an element of its own, which says of which; where it is all that
    the element holds, the element says so itself.

    >>> element("p", "5 < 7", class_="note")
    Markup('<p class="note">5 &lt; 7</p>')
    """
    named = [(word.rstrip("_").replace("_", "-"), value) for word, value in attributes.items() if value is not None]
    parts = parts_of(content[0]) if len(content) == 1 and not isinstance(content[0], Markup) else ()
    if len(parts) == 1 and parts[0].figure:
        named.append((SAID_BY, parts[0].said_by))
        content = (parts[0].text,)
    written = joined(*(Markup(' {}="{}"').format(word, value) for word, value in named))
    opening = Markup("<{}{}>").format(name, written)
    return opening if name in VOID else joined(opening, *map(inside, content), Markup("</{}>").format(name))


def inside(text: Inside) -> Markup:
    """Return a text as markup, each of its parts in an element of its own, so that each can be looked up by itself."""
    if isinstance(text, Markup):
        return text
    parts = parts_of(text)
    return joined(*(_part(part, alone=len(parts) == 1) for part in parts))


def joined(*parts: Markup, between: str = "") -> Markup:
    """Return pieces of markup, one after the other."""
    return Markup(between).join(parts)


def _part(part: Part, alone: bool) -> Markup:
    if part.figure:
        return Markup('<span {}="{}">{}</span>').format(SAID_BY, part.said_by, part.text)
    among_others = not alone and any(letter.isalpha() for letter in part.text)
    return Markup("<span>{}</span>").format(part.text) if among_others else escape(part.text)
