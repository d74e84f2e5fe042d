"""Who an organisation is, from its `organisation.yml`."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from lt_analysis.codebook.bidirectional import isolated
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.pay import ALL_BANDS, BELOW_8A, MEDICAL
from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.codebook.returns import COLUMNS, EVENTS
from lt_analysis.codebook.standards import SEATS
from lt_analysis.collection.reading.settings import read_settings
from lt_analysis.collection.recognising.plain import plain
from lt_analysis.collection.recognising.values import recognised_columns

FILE_NAME = "organisation.yml"
RATIOS = (2, 3, 4)  # of the race equality standard's indicators, those that divide one share by another
MOST_INDICATORS = 60
Kind = Literal[
    "acute trust",
    "mental health trust",
    "community trust",
    "ambulance trust",
    "integrated care board",
    "council",
    "university",
    "GP federation",
    "voluntary organisation",
    "published figures",
    "other",
]
KINDS: tuple[str, ...] = get_args(Kind)


class AlreadyPublished(BaseModel):
    """Totals of one year that somebody has published: they pass the release as printed, with their source.

    Whatever else the organisation sends has to pass the rule as everybody's does.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    year: str
    source: str = Field(min_length=10, max_length=300)
    posts: str = Field(min_length=3, max_length=60)

    @field_validator("source", "posts")
    @classmethod
    def _their_direction_stays_within_them(cls, text: str) -> str:
        return isolated(text)

    @field_validator("year")
    @classmethod
    def _year_is_a_financial_year(cls, year: str) -> str:
        if not _is_a_year(year):
            raise ValueError("it is a financial year, as 2025-26")
        return year


class BoardPublished(BaseModel):
    """What an organisation has itself published of its board: how many members it had on a day, and how many were BME.

    Of those who vote, and of executives, the same where it has published that too. Board members are public persons.
    Nothing that is printed of them is ever taken from a return of staff.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    members: int = Field(ge=1, le=100)
    bme_members: int = Field(ge=0)
    voting_members: int | None = Field(default=None, ge=1, le=100)
    bme_voting_members: int | None = Field(default=None, ge=0)
    executives: int | None = Field(default=None, ge=1, le=100)
    bme_executives: int | None = Field(default=None, ge=0)
    source: str = Field(min_length=10, max_length=300)
    as_of: date

    @field_validator("source")
    @classmethod
    def _its_direction_stays_within_it(cls, text: str) -> str:
        return isolated(text)

    @model_validator(mode="after")
    def _some_are_at_most_all(self) -> "BoardPublished":
        if self.bme_members > self.members:
            raise ValueError("bme_members are among the members")
        for seats, of_group in SEATS.values():
            every, some = getattr(self, seats), getattr(self, of_group)
            if (every is None) != (some is None):
                raise ValueError(f"{seats} and {of_group} are given together, or neither is")
            if every is not None and not (some <= every and 0 <= every - some <= self.members - self.bme_members):
                raise ValueError(f"{of_group} are among the {seats}, and {seats} among the members")
            if every is not None and some > self.bme_members:
                raise ValueError(f"{of_group} are among the bme_members")
        return self


class IndicatorPublished(BaseModel):
    """What an organisation has itself published of an indicator of the race equality standard, as it was printed.

    Indicators 2 to 4 are ratios, and 5 to 8 the percentage of a `group` that said yes. The `value` is text, for 1.80
    says more than 1.8.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    indicator: int = Field(ge=2, le=8)
    year: str
    value: str = Field(pattern=r"^\d{1,3}(\.\d{1,3})?%?$")
    group: Literal["White", "BME"] | None = None
    source: str = Field(min_length=10, max_length=300)
    as_of: date

    @field_validator("year")
    @classmethod
    def _year_is_a_financial_year(cls, year: str) -> str:
        if not _is_a_year(year):
            raise ValueError("it is a financial year, as 2025-26")
        return year

    @field_validator("source")
    @classmethod
    def _its_direction_stays_within_it(cls, text: str) -> str:
        return isolated(text)

    @model_validator(mode="after")
    def _a_share_is_of_a_group_and_a_ratio_of_none(self) -> "IndicatorPublished":
        if self.indicator in RATIOS and (self.group or self.value.endswith("%")):
            raise ValueError("indicators 2 to 4 are ratios, as 1.83, and of no single group")
        if self.indicator not in RATIOS and not (self.group and self.value.endswith("%")):
            raise ValueError('indicators 5 to 8 are percentages, as "23.4%", and their group is White or BME')
        return self


class Organisation(BaseModel):
    """One organisation of the partnership. Unknown settings are errors.

    `equivalent_grades` says, for each pay year, which band each of this organisation's own grades is equal to, where
    it has no bands; a post whose grade is not there is placed by its salary. `headings` says which column this
    organisation's own headings stand for; `values` what its own words mean, for each column: a spelling, and the
    audit's word. `events` are the kinds of event of which its returns hold every one, so that of a kind which a year's
    returns do not name there was none. `campaigns` declares that it runs no international or bulk ones, so that a post
    of which nothing is said is part of none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=2, max_length=300)
    kind: Kind
    invented: bool
    grades: Literal["agenda for change", "salary", "totals only"]
    high_cost_area: Literal["inner", "outer", "fringe", "none"] = "none"
    already_published: AlreadyPublished | None = None
    board_published: BoardPublished | None = None
    indicators_published: tuple[IndicatorPublished, ...] = Field(default=(), max_length=MOST_INDICATORS)
    equivalent_grades: dict[str, dict[str, str]] = {}
    headings: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    events: tuple[str, ...] = ()
    campaigns: Literal["none"] | None = None

    @field_validator("name")
    @classmethod
    def _its_direction_stays_within_it(cls, name: str) -> str:
        return isolated(name)

    @field_validator("indicators_published")
    @classmethod
    def _each_is_said_once(cls, said: tuple[IndicatorPublished, ...]) -> tuple[IndicatorPublished, ...]:
        if len({(one.indicator, one.year, one.group) for one in said}) < len(said):
            raise ValueError("an indicator stands twice for one year and group")
        return said

    @model_validator(mode="after")
    def _only_real_figures_can_have_been_published(self) -> "Organisation":
        if self.invented and self.already_published:
            raise ValueError("invented data cannot be declared as already published")
        return self

    @model_validator(mode="after")
    def _only_salaries_need_equivalent_grades(self) -> "Organisation":
        if self.equivalent_grades and self.grades != "salary":
            raise ValueError("equivalent_grades are for an organisation of which `grades` is salary")
        return self

    @field_validator("equivalent_grades")
    @classmethod
    def _equivalent_grades_are_bands_of_pay_years(cls, years: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        bands = (*ALL_BANDS, BELOW_8A, MEDICAL)
        for year, grades in years.items():
            if not _is_a_year(year):
                raise ValueError("they are given by pay year, as 2026-27")
            _only_words_that_can_be_told_apart(grades, f"grade {{}} of {year}")
            for place, band in enumerate(grades.values(), start=1):
                if band not in bands:
                    raise ValueError(f"grade {place} of {year} is equal to no band; the bands are: {', '.join(bands)}")
        return years

    @field_validator("events")
    @classmethod
    def _events_are_kinds_that_returns_hold(cls, events: tuple[str, ...]) -> tuple[str, ...]:
        kinds = next(column.allowed for column in EVENTS.columns if column.name == "event")
        if unknown := [place for place, kind in enumerate(events, start=1) if kind not in kinds]:
            raise ValueError(f"kind {unknown[0]} is none of: {', '.join(kinds)}")
        return events

    @field_validator("headings")
    @classmethod
    def _headings_stand_for_columns(cls, headings: dict[str, str]) -> dict[str, str]:
        known = {column.name for column in COLUMNS}
        _only_words_that_can_be_told_apart(headings, "heading {}")
        for place, column in enumerate(headings.values(), start=1):
            if column not in known:
                raise ValueError(f"heading {place} stands for no column of any return; docs/returns.md lists them")
        return headings

    @field_validator("values")
    @classmethod
    def _values_mean_words_of_the_audit(cls, values: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        columns = recognised_columns()
        for column, told in values.items():
            if column not in columns:
                raise ValueError(f"no column {column} has words to recognise; these have: {', '.join(columns)}")
            _only_words_that_can_be_told_apart(told, f"{column}'s spelling {{}}")
            for place, means in enumerate(told.values(), start=1):
                if columns[column](means) != means:
                    raise ValueError(f"the meaning of {column}'s spelling {place} is no word of the audit")
        return values


def _is_a_year(text: str) -> bool:
    try:
        FinancialYear.parse(text)
    except RawDataError:
        return False
    return True


def _only_words_that_can_be_told_apart(words: Iterable[str], called: str) -> None:
    """Refuse a word that is compared as an earlier one is, or of which no letter or digit is left to compare."""
    before: dict[str, int] = {"": 0}
    for place, word in enumerate(words, start=1):
        earlier = before.setdefault(plain(word), place)
        if not earlier:
            raise ValueError(f"{called.format(place)} has no letter or digit that the audit can compare")
        if earlier != place:
            raise ValueError(f"{called.format(place)} is number {earlier} written otherwise")


def read_organisation(folder: Path) -> Organisation:
    """Read and validate `organisation.yml`; raises `RawDataError` that names the setting at fault."""
    path = folder / FILE_NAME
    file = f"{folder.name}/{FILE_NAME}"
    if path.is_symlink():
        raise RawDataError("it is a link, and links are not followed", "Put the file itself there", file=file)
    if not path.is_file():
        raise RawDataError(
            "there is no such file", f"Run `lt-analysis check {folder.name}`: it proposes one", file=file
        )
    try:
        return Organisation.model_validate(read_settings(path, file))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        setting = ".".join(str(part) for part in first["loc"])
        allowed = ", ".join(Organisation.model_fields)
        raise RawDataError(
            f"setting {setting}: {in_plain_words(first)}" if setting else in_plain_words(first),
            f"The settings are: {allowed}",
            file=file,
        ) from None


def in_plain_words(error: dict) -> str:
    """Return what pydantic found wrong with a setting, as a person would say it."""
    match error["type"]:
        case "extra_forbidden":
            return "the audit has no such setting"
        case "missing":
            return "it is missing"
        case "string_type" | "invalid_key":
            return "it is not text; put quotation marks around it"
        case "bool_parsing" | "bool_type":
            return "it is true or false"
        case "string_pattern_mismatch":
            return 'it is a number as it was printed, in quotation marks: "1.83", or "23.4%"'
        case "literal_error" if error["loc"] == ("campaigns",):
            return "it is none where there are no international or bulk campaigns, and otherwise left out"
        case "dict_type" | "model_type":
            return "it holds settings of its own, one a line"
        case "int_type" | "int_parsing" | "int_from_float":
            return "it is a whole number"
        case "date_type" | "date_parsing" | "date_from_datetime_parsing":
            return "it is a day, as 2026-03-31"
        case "tuple_type":
            return "it is a list, as [formal disciplinary, promotion]"
        case _:
            message = error["msg"].removeprefix("Value error, ")
            return message[0].lower() + message[1:]
