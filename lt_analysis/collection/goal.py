"""The goal that the partnership has declared, from `data/raw/partnership/goal.yml`."""

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.collection.finding import GOAL_FILE, OF_ALL
from lt_analysis.collection.organisation import in_plain_words
from lt_analysis.collection.reading.settings import read_settings

SHORTEST, LONGEST = 10, 400  # letters


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


def read_goal(folders: Folders) -> Goal | None:
    """Read the declared goal; None where there is none. Raises `RawDataError` that names the setting at fault."""
    path, file = folders.raw / OF_ALL / GOAL_FILE, f"{OF_ALL}/{GOAL_FILE}"
    if path.is_symlink():
        raise RawDataError("it is a link, and links are not followed", "Put the file itself there", file=file)
    if not path.is_file():
        return None
    try:
        return Goal.model_validate(read_settings(path, file))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        setting = ".".join(map(str, first["loc"]))
        said = in_plain_words(first)
        remedy = f"The settings are: {', '.join(Goal.model_fields)}"
        raise RawDataError(f"setting {setting}: {said}" if setting else said, remedy, file=file) from None
