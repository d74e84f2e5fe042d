"""What the partnership asks of metrics: `data/raw/partnership/metrics.yml`, its list, and `networks.csv`."""

import re
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.metrics import AXES, DIVIDER, RATE, SHARE, Asked, Membership, Metric, forms_of
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.collection.commitments import day_in, table_of_the_partnership
from lt_analysis.collection.finding import (
    METRICS_FILE,
    NETWORKS_FILE,
    OF_ALL,
    ORGANISATION_NAME,
    RESERVED,
    organisation_names,
)
from lt_analysis.collection.goal import LONGEST, SHORTEST
from lt_analysis.collection.organisation import in_plain_words
from lt_analysis.collection.reading.settings import read_settings

LIST, NETWORKS = f"{OF_ALL}/{METRICS_FILE}", f"{OF_ALL}/{NETWORKS_FILE}"
COLUMNS = ("practice", "network", "registered", "since")
PRACTICE = re.compile(r"[A-Z]{1,2}[0-9]{4,6}")  # as the NHS codes practices: too short for a name
MOST_REGISTERED = 200_000
LONGEST_NAME = 40  # letters, of what sentences call a metric
LONGEST_REASON, MOST_REBASES = 120, 3  # letters, and times: all reasons together are approved as one text


class _Listed(BaseModel):
    """One metric as it is listed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str = Field(min_length=SHORTEST, max_length=LONGEST)
    definition: str = Field(min_length=SHORTEST, max_length=LONGEST)
    alliance: str = Field(min_length=3, max_length=80)
    good: Literal["up", "down"]
    unit: Literal["share", "rate", "value"]
    axes: dict[str, tuple[str, ...] | Literal["all"]]
    source: str = Field(min_length=SHORTEST, max_length=LONGEST)
    target: float | None = None
    per: int | None = Field(default=None, ge=1, le=1_000_000)
    seasonal: bool = False
    rebase: dict[str, str | None] = {}
    name: str = Field(default="", max_length=LONGEST_NAME)

    @field_validator("rebase")
    @classmethod
    def _quarters_that_there_are_each_with_why(cls, rebase: dict[str, str | None]) -> dict[str, str]:
        try:
            rebase = {str(Quarter.parse(quarter)): why for quarter, why in sorted(rebase.items())}
        except RawDataError:
            raise ValueError("limits are calculated anew from a quarter, as 2026-27-Q2") from None
        if not all(SHORTEST <= len(why or "") <= LONGEST_REASON and DIVIDER not in why for why in rebase.values()):
            raise ValueError(f"say why, in {SHORTEST} to {LONGEST_REASON} letters and without {DIVIDER.strip()}")
        if len(rebase) > MOST_REBASES:
            raise ValueError(f"there are at most {MOST_REBASES}")
        return rebase

    @field_validator("axes")
    @classmethod
    def _axes_and_groups_that_there_are(cls, axes: dict[str, tuple[str, ...] | str]) -> dict[str, tuple[str, ...]]:
        for axis, groups in axes.items():
            if axis not in AXES:
                raise ValueError(f"an axis is none of: {', '.join(AXES)}")
            known = tuple(group for group in AXES[axis].groups if group != AXES[axis].unstated)
            axes[axis] = known if groups == "all" else groups
            if len(set(axes[axis])) < 2 or not set(axes[axis]) <= set(known):  # noqa: PLR2004
                raise ValueError(f"the groups of {axis} are `all`, or two or more of: {', '.join(known)}")
            axes[axis] = tuple(group for group in known if group in axes[axis])
        for axis in axes:
            if coarser := [one for one in forms_of(axis)[1:] if one in axes]:
                raise ValueError(f"{axis} is asked, so {' and '.join(coarser)} follows from it: take that out")
        return axes

    @model_validator(mode="after")
    def _a_number_in_its_unit(self) -> "_Listed":
        if (self.unit == RATE) != (self.per is not None):
            raise ValueError("a rate says `per` how many people it is, and nothing else does")
        if self.unit == SHARE and self.target is not None and not 0 <= self.target <= 1:
            raise ValueError("the target of a share is between 0 and 1, as 0.8")
        return self


class _List(BaseModel):
    """The file: whether it is invented, and the metrics by their keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    invented: bool
    metrics: dict[str, _Listed]

    @field_validator("metrics")
    @classmethod
    def _keys_that_are_words(cls, metrics: dict[str, _Listed]) -> dict[str, _Listed]:
        if not metrics:
            raise ValueError("it lists no metric")
        if wrong := [place for place, key in enumerate(metrics, start=1) if not ORGANISATION_NAME.fullmatch(key)]:
            raise ValueError(f"the key of metric {wrong[0]} is not of small letters, digits and hyphens")
        return metrics


def read_asked(folders: Folders) -> Asked:
    """Return what the partnership asks of metrics; nothing where there is no list.

    Raises `RawDataError` that names the setting, or the row and the column, at fault.
    """
    path = folders.raw / OF_ALL / METRICS_FILE
    if path.is_symlink():
        raise RawDataError("it is a link, and links are not followed", "Put the file itself there", file=LIST)
    memberships = _memberships(folders.raw / OF_ALL / NETWORKS_FILE, organisation_names(folders))
    if not path.is_file():
        return Asked(memberships=memberships)
    try:
        listed = _List.model_validate(read_settings(path, LIST))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        setting, said = ".".join(map(str, first["loc"])), in_plain_words(first)
        remedy = f"The settings of a metric are: {', '.join(_Listed.model_fields)}"
        raise RawDataError(f"setting {setting}: {said}" if setting else said, remedy, file=LIST) from None
    metrics = (Metric(key, number, **dict(one)) for number, (key, one) in enumerate(listed.metrics.items(), start=1))
    return Asked(tuple(metrics), memberships, listed.invented)


def _memberships(path: Path, organisations: list[str]) -> tuple[Membership, ...]:
    rows = table_of_the_partnership(path, NETWORKS, COLUMNS)
    found: dict[tuple[str, str], Membership] = {}
    for number, cells in rows:
        one = _membership(number, cells)
        if found.setdefault((one.practice, str(one.since)), one) is not one:
            reason = "this practice already stands in an earlier row for this day"
            raise _at(number, "practice", reason, "Keep one row for each practice and day")
        if one.network in organisations:
            raise _at(number, "network", "an organisation has this name", "Give the network a name of its own")
    return tuple(found.values())


def _membership(number: int, cells: dict[str, str]) -> Membership:
    practice, network, registered, since = (cells[column] for column in COLUMNS)
    if not PRACTICE.fullmatch(practice):
        raise _at(number, "practice", "it is no code of a practice", "Write its NHS code, as G85001; never a name")
    if not ORGANISATION_NAME.fullmatch(network) or network in RESERVED:
        raise _at(number, "network", "the network's name cannot be used", "Use small letters, digits and hyphens")
    if not registered.isdecimal() or not 1 <= int(registered) <= MOST_REGISTERED:
        raise _at(number, "registered", "it is no number of registered people", "Write digits only, as 8412")
    day = day_in(NETWORKS, number, "since", since)
    if day is None:
        raise _at(number, "since", "the cell is empty", "Write the day since when it is in the network, as 2026-04-01")
    return Membership(practice, network, int(registered), day)


def _at(row: int, column: str, reason: str, remedy: str) -> RawDataError:
    return RawDataError(reason, remedy, file=NETWORKS, row=row, column=column)
