"""The smallest number of people that is published: the rule's own, or the stricter one that the partnership has set."""

from functools import cache
from importlib.resources import files

import yaml

from lt_analysis.codebook.mistakes import RawDataError

# Counts of 1 to 4 are not published: NHS Digital's rule for Hospital Episode Statistics before September
# 2018, and usual for named organisations since.
SMALLEST_NUMBER = 5
LARGEST_SETTING = 20  # beyond it hardly anything of an organisation would be left
FILE_NAME = "publishing.yml"


@cache
def smallest_number() -> int:
    """Return the smallest number of people that may be published; raises `RawDataError` where the setting is laxer."""
    return parse_publishing((files("lt_analysis.codebook") / FILE_NAME).read_text(encoding="utf-8-sig"))


def parse_publishing(text: str) -> int:
    """Read the setting."""
    remedy = f"Write smallest_number: {SMALLEST_NUMBER}, or a number up to {LARGEST_SETTING}"
    file = f"lt_analysis/codebook/{FILE_NAME}"
    try:
        setting = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        raise RawDataError("it cannot be read as YAML", remedy, file=file) from None
    if not isinstance(setting, dict) or setting.keys() != {"smallest_number"}:
        raise RawDataError("it should hold the setting smallest_number, and no other", remedy, file=file)
    number = setting["smallest_number"]
    if type(number) is not int or not SMALLEST_NUMBER <= number <= LARGEST_SETTING:
        lacks = f"smallest_number is no whole number from {SMALLEST_NUMBER} to {LARGEST_SETTING}"
        raise RawDataError(lacks, remedy, file=file)
    return number
