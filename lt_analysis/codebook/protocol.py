"""What may not be chosen after looking at the figures, as `protocol.yml` declares it."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Self

import yaml

from lt_analysis.codebook.periods import FinancialYear, Quarter


@dataclass(frozen=True)
class Version:
    """A version of the protocol: the day from which it holds, and what changed and why."""

    version: int
    day: date
    change: str


@dataclass(frozen=True)
class DoneActions:
    """How it is asked whether an action that is done made a difference: quarters before its start, rate, and power."""

    quarters_left_out: int
    false_discoveries: float
    power: float


@dataclass(frozen=True)
class Protocol:
    """The declared choices; `fingerprint` changes when any of them, or a word about them, does.

    `prior_sd` is in log odds ratios; `weight_of_start` and `coverage` are shares; `margin` is White ÷ BME;
    `unknown_shares` are parts, from the smallest to all, of those who did not say their ethnicity.
    `versions` come in order, the one that holds last.
    """

    declared: str
    versions: tuple[Version, ...]
    start: FinancialYear
    weight_of_start: float
    later_starts: int
    prior_sd: float
    lag_in_quarters: int
    primary_stages: tuple[str, ...]
    primary_group: str
    family: str
    coverage: float
    margin: tuple[float, float]
    unknown_shares: tuple[float, ...]
    done_actions: DoneActions
    fingerprint: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the protocol that a text in YAML declares.

        Raises `TypeError` or `KeyError` where a choice is unknown or lacking, and `RawDataError` where the start is no
        financial year.

        >>> text = (files("lt_analysis.codebook") / "protocol.yml").read_text(encoding="utf-8")
        >>> Protocol.parse(text) == declared_protocol()
        True
        """
        declared = yaml.safe_load(text)
        primary = declared.pop("primary")
        return cls(
            **declared
            | {"start": FinancialYear.parse(declared["start"]), "margin": tuple(declared["margin"])}
            | {"done_actions": DoneActions(**declared["done_actions"])}
            | {"unknown_shares": tuple(declared["unknown_shares"])}
            | {"primary_stages": tuple(primary["stages"]), "primary_group": primary["group"]}
            | {"versions": tuple(Version(**version) for version in declared["versions"])},
            fingerprint=hashlib.sha256(text.encode()).hexdigest()[:12],
        )

    @property
    def starts(self) -> tuple[FinancialYear, ...]:
        """The declared start, and every later April from which evidence is weighed too."""
        return tuple(FinancialYear(self.start.start + later) for later in range(self.later_starts + 1))

    @property
    def weights(self) -> tuple[float, ...]:
        """The weight of each start; together 1."""
        if not self.later_starts:
            return (1.0,)
        each = (1 - self.weight_of_start) / self.later_starts
        return (self.weight_of_start, *[each] * self.later_starts)

    def last_counted(self, look: Quarter) -> Quarter:
        """Return the last quarter whose posts are counted at a look: the one `lag_in_quarters` before it.

        >>> from dataclasses import replace
        >>> str(replace(declared_protocol(), lag_in_quarters=2).last_counted(Quarter.parse("2026-27-Q2")))
        '2025-26-Q4'
        """
        quarter = look
        for _ in range(self.lag_in_quarters):
            quarter = quarter.previous
        return quarter

    def counts(self, made: Quarter, look: Quarter) -> bool:
        """Return whether a post that closed in a quarter is counted at a look.

        >>> declared_protocol().counts(made=Quarter.parse("2026-27-Q2"), look=Quarter.parse("2026-27-Q2"))
        False
        """
        return self.start <= made.year and made <= self.last_counted(look)


@cache
def declared_protocol() -> Protocol:
    """Return the protocol that the audit works by: what `protocol.yml` declares.

    >>> str(declared_protocol().start)
    '2022-23'
    """
    return Protocol.parse((files("lt_analysis.codebook") / "protocol.yml").read_text(encoding="utf-8"))
