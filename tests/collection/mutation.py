"""Files that were good once: bytes changed, put in, taken out or said twice, by a seed."""

import random
from collections.abc import Callable

MOST_CHANGES = 20


def _change(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] = chance.randrange(256)


def _put_in(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content))
    content[at:at] = chance.randbytes(chance.randrange(1, 9))


def _take_out(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content))
    del content[at : at + chance.randrange(1, 40)]


def _say_twice(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content))
    content[at:at] = content[at : at + chance.randrange(1, 200)]


CHANGES: tuple[Callable[[bytearray, random.Random], None], ...] = (_change, _put_in, _take_out, _say_twice)


def mutated(good: bytes, seed: int) -> bytes:
    """Return a file with a few changes, the same ones for a seed."""
    chance = random.Random(seed)
    content = bytearray(good)
    for _ in range(chance.choice([1, 2, 5, MOST_CHANGES])):
        if content:
            chance.choice(CHANGES)(content, chance)
    return bytes(content)
