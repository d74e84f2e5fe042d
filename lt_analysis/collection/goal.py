"""What the partnership has declared in `data/raw/partnership`: its goal, and which version of its pledge stands."""

from datetime import date
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.collection.finding import GOAL_FILE, OF_ALL, PLEDGE_FILE, organisation_names
from lt_analysis.collection.organisation import in_plain_words
from lt_analysis.collection.reading.settings import read_settings

SHORTEST, LONGEST = 10, 400  # letters
LATEST_VERSION = 999


class Goal(BaseModel):
    """What the partnership wants to have reached, by the end of which year, and how it would be known.

    `invented` says that it is no real partnership's.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    says: str = Field(min_length=SHORTEST, max_length=LONGEST)
    by: str
    known_by: str = Field(min_length=SHORTEST, max_length=LONGEST)
    invented: bool

    @field_validator("by")
    @classmethod
    def _by_a_financial_year(cls, by: str) -> str:
        try:
            return str(FinancialYear.parse(by))
        except RawDataError:
            raise ValueError("it is a financial year, as 2027-28") from None


class Pledge(BaseModel):
    """Which version of the pledge stands, since when, and on which day each organisation signed it, by its folder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int = Field(ge=1, le=LATEST_VERSION, strict=True)
    stands_since: date
    signed: dict[str, date] = {}


Declared = TypeVar("Declared", bound=BaseModel)


def read_goal(folders: Folders) -> Goal | None:
    """Read the declared goal; None where there is none. Raises `RawDataError` that names the setting at fault."""
    return _read(folders, GOAL_FILE, Goal)


def read_pledge(folders: Folders) -> Pledge | None:
    """Read which version of the pledge stands; None where that was not sent.

    Raises `RawDataError` that names the setting at fault, or where somebody signed who sends nothing here.
    """
    pledge = _read(folders, PLEDGE_FILE, Pledge)
    strangers = sorted(set(pledge.signed) - set(organisation_names(folders))) if pledge else []
    if strangers:
        raise RawDataError(
            f"{len(strangers)} of those that signed are no organisation here",
            "Write each as the name of its folder in data/raw",
            file=f"{OF_ALL}/{PLEDGE_FILE}",
        )
    return pledge


def _read(folders: Folders, name: str, model: type[Declared]) -> Declared | None:
    path, file = folders.raw / OF_ALL / name, f"{OF_ALL}/{name}"
    if path.is_symlink():
        raise RawDataError("it is a link, and links are not followed", "Put the file itself there", file=file)
    if not path.is_file():
        return None
    try:
        return model.model_validate(read_settings(path, file))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        setting = ".".join(map(str, first["loc"]))
        said = in_plain_words(first)
        remedy = f"The settings are: {', '.join(model.model_fields)}"
        raise RawDataError(f"setting {setting}: {said}" if setting else said, remedy, file=file) from None
