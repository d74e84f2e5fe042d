"""What is published of few: the rule's own settings, or the stricter ones that the partnership has set."""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from lt_analysis.codebook.mistakes import RawDataError

FILE_NAME = "publishing.yml"


class Setting(NamedTuple):
    """A setting: the rule's own number, which can be raised to `most` and never lowered."""

    least: int
    most: int


SETTINGS = {
    # Counts of 1 to 4 are not published: NHS Digital's rule for Hospital Episode Statistics before September
    # 2018, and usual for named organisations since. Beyond 20 hardly anything of an organisation would be left.
    "smallest_number": Setting(5, 20),
    # Members of a table of the partnership: one that takes its own numbers away is left with those of four others.
    "fewest_organisations": Setting(5, 20),
}


def smallest_number() -> int:
    """Return the smallest number of people that may be published; raises `RawDataError` where the setting is laxer.

    >>> smallest_number() >= 5
    True
    """
    return _settings()["smallest_number"]


def fewest_organisations() -> int:
    """Return of how many organisations a table of the partnership is at least.

    Raises `RawDataError` where the setting is laxer than the rule.

    >>> fewest_organisations() >= 5
    True
    """
    return _settings()["fewest_organisations"]


@cache
def _settings() -> dict[str, int]:
    return parse_publishing((files("lt_analysis.codebook") / FILE_NAME).read_text(encoding="utf-8-sig"))


def parse_publishing(text: str) -> dict[str, int]:
    """Return the settings that a text in YAML holds.

    Raises `RawDataError` where one is missing or unknown, laxer than the rule, too large, or no whole number.

    >>> parse_publishing("{smallest_number: 7, fewest_organisations: 5}")
    {'smallest_number': 7, 'fewest_organisations': 5}
    """
    file = f"lt_analysis/codebook/{FILE_NAME}"
    remedy = "Write " + " and ".join(
        f"{name}: {setting.least}, or a number up to {setting.most}" for name, setting in SETTINGS.items()
    )
    try:
        settings = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        raise RawDataError("it cannot be read as YAML", remedy, file=file) from None
    if not isinstance(settings, dict) or settings.keys() != SETTINGS.keys():
        raise RawDataError(f"it should hold the settings {' and '.join(SETTINGS)}, and no other", remedy, file=file)
    for name, (least, most) in SETTINGS.items():
        if type(settings[name]) is not int or not least <= settings[name] <= most:
            raise RawDataError(f"{name} is no whole number from {least} to {most}", remedy, file=file)
    return settings
