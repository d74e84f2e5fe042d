"""What pages say, as values: a form or a template said of a figure, which the gate says again from the release.

A figure is whatever of a release has a name: a number, a stage of an organisation's year, an organisation, the report
(`figure_of`). A `Template` is plain words with slots, and each slot is the name of a form: `{count} of {everybody}
{event}`. `FORMS` alone turns figures into text. Where words depend on a figure they are a `Choice`, a template for each
case; so words of direction, and whom a number is of, come from the figure just as the number does.

What is said (`Said`) is text that knows what it was said by, and of which figure. A page carries both, and the gate
says it again from the release alone. Text that was put together in any other way is only text, and no page may have it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

SLOT = re.compile(r"\{(\w+)\}")
TEMPLATE_SIGN = ":"  # before the name of a template, for a form may have the same
SAID_BY = "data-said"  # of an element: the name of what said it, and that of its figure
Forms = Mapping[str, Callable[[object], object]]


@dataclass(frozen=True)
class Template:
    """Words with slots for forms, under a name of its own."""

    name: str
    words: str

    def of(self, figure: object, forms: Forms) -> str:
        """Return what it says of a figure; empty where a slot has nothing to say: a clause hides as a whole."""
        parts = {slot: str(forms[slot](figure)) for slot in SLOT.findall(self.words)}
        return self.words.format_map(parts) if all(parts.values()) else ""

    @property
    def templates(self) -> tuple[Self, ...]:
        """Every template that it may say."""
        return (self,)


@dataclass(frozen=True)
class Choice:
    """Words for each case of a form, under a name of its own; a case that is not there says nothing."""

    name: str
    by: str
    cases: Mapping[str, str]

    def of(self, figure: object, forms: Forms) -> str:
        """Return what is said of a figure in its case."""
        words = self.cases.get(str(forms[self.by](figure)), "")
        return Template(self.name, words).of(figure, forms)

    @property
    def templates(self) -> tuple[Template, ...]:
        """Every template that it may say."""
        return tuple(Template(f"{self.name}.{case}", words) for case, words in self.cases.items())


Sentence = Template | Choice


class Part(NamedTuple):
    """Some text, the name of what said it, and that of its figure; without names it is static, or has no key."""

    text: str
    by: str = ""
    figure: str = ""

    @property
    def said_by(self) -> str:
        """What an element says of it."""
        return f"{self.by} {self.figure}"


class Said(str):
    """Text that knows its parts. Whatever is done to it as a text makes it only text again."""

    parts: tuple[Part, ...]

    def __new__(cls, *parts: Part) -> Self:
        """Join parts; those without text are left out."""
        parts = tuple(part for part in parts if part.text)
        text = super().__new__(cls, "".join(part.text for part in parts))
        text.parts = parts
        return text

    @classmethod
    def join(cls, between: str, texts: Iterable[str]) -> Self:
        """Join texts with static words between them; empty ones are left out."""
        parts: list[Part] = []
        for text in filter(None, texts):
            parts += [Part(between)] if parts else []
            parts += parts_of(text)
        return cls(*parts)

    def capitalised(self) -> Self:
        """Return it with a capital at its beginning, as every sentence has."""
        first, *others = self.parts or (Part(""),)
        return type(self)(first._replace(text=first.text[:1].upper() + first.text[1:]), *others)


def parts_of(text: str) -> tuple[Part, ...]:
    """Return the parts of what is said; of mere text, that text."""
    return text.parts if isinstance(text, Said) else (Part(text),)
