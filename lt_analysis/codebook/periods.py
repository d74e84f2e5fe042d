"""Financial years and quarters, as the NHS counts them: 1 April to 31 March."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Self

from lt_analysis.codebook.mistakes import RawDataError

QUARTERS_IN_A_YEAR = 4
MONTHS_IN_A_QUARTER = 3


@dataclass(frozen=True, order=True)
class FinancialYear:
    """The year from 1 April of `start` to 31 March, written `2025-26`.

    >>> str(FinancialYear(2025)), FinancialYear(2025).in_words
    ('2025-26', 'April 2025 to March 2026')
    """

    start: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the year written `2025-26`. Raises `RawDataError` for anything else.

        >>> FinancialYear.parse("2025-26")
        FinancialYear(start=2025)
        """
        match = re.fullmatch(r"(20\d{2})-(\d{2})", text)
        if not match or (int(match[1]) + 1) % 100 != int(match[2]):
            raise RawDataError(f"{text!r} is not a financial year", "Write it as 2025-26")
        return cls(int(match[1]))

    def __str__(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02d}"

    @property
    def quarters(self) -> "tuple[Quarter, ...]":
        """Its four quarters, in order."""
        return tuple(Quarter(self, number) for number in range(1, QUARTERS_IN_A_YEAR + 1))

    @property
    def first_day(self) -> date:
        """1 April."""
        return date(self.start, 4, 1)

    @property
    def last_day(self) -> date:
        """31 March."""
        return date(self.start + 1, 3, 31)

    @property
    def in_words(self) -> str:
        """`April 2025 to March 2026`."""
        return f"April {self.start} to March {self.start + 1}"


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a financial year, written `2026-27-Q2` (July to September 2026); `number` is 1 to 4.

    >>> str(Quarter(FinancialYear(2026), 4)), str(Quarter(FinancialYear(2026), 4).next)
    ('2026-27-Q4', '2027-28-Q1')
    """

    year: FinancialYear
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the quarter written `2026-27-Q2`. Raises `RawDataError` for anything else.

        >>> Quarter.parse("2026-27-Q2").in_words
        'July to September 2026'
        """
        match = re.fullmatch(r"(\d{4}-\d{2})-Q([1-4])", text)
        if not match:
            raise RawDataError(f"{text!r} is not a quarter", "Write it as 2026-27-Q2 (July to September 2026)")
        return cls(FinancialYear.parse(match[1]), int(match[2]))

    @classmethod
    def containing(cls, day: date) -> Self:
        """Return the quarter that a day lies in.

        >>> str(Quarter.containing(date(2026, 3, 31)))
        '2025-26-Q4'
        """
        months = (day.month - 4) % 12
        return cls(FinancialYear(day.year - (day.month < 4)), months // MONTHS_IN_A_QUARTER + 1)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def first_day(self) -> date:
        """The quarter's first day."""
        months = 3 + (self.number - 1) * MONTHS_IN_A_QUARTER
        return date(self.year.start + months // 12, months % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        """The day before the next quarter starts."""
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        """The quarter after this one."""
        if self.number == QUARTERS_IN_A_YEAR:
            return Quarter(FinancialYear(self.year.start + 1), 1)
        return Quarter(self.year, self.number + 1)

    @property
    def previous(self) -> "Quarter":
        """The quarter before this one."""
        if self.number == 1:
            return Quarter(FinancialYear(self.year.start - 1), QUARTERS_IN_A_YEAR)
        return Quarter(self.year, self.number - 1)

    @property
    def latest_complete_year(self) -> FinancialYear:
        """The last financial year that had ended when this quarter ended."""
        return self.year if self.number == QUARTERS_IN_A_YEAR else FinancialYear(self.year.start - 1)

    @property
    def in_words(self) -> str:
        """`July to September 2026`."""
        return f"{self.first_day:%B} to {self.last_day:%B %Y}"


@dataclass(frozen=True, order=True)
class StaffDay:
    """The day whose staff are followed through the financial year after it, written `2025-03-31`.

    >>> str(StaffDay(FinancialYear(2025))), StaffDay.parse("2025-03-31").in_words
    ('2025-03-31', '31 March 2025')
    """

    year: FinancialYear

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the day written `2025-03-31`. Raises `RawDataError` for anything else.

        >>> StaffDay.parse("2025-03-31").year
        FinancialYear(start=2025)
        """
        match = re.fullmatch(r"(20\d{2})-03-31", text)
        if not match:
            raise RawDataError(f"{text!r} is not the day before a financial year", "Write it as 2025-03-31")
        return cls(FinancialYear(int(match[1])))

    def __str__(self) -> str:
        return f"{self.year.start}-03-31"

    @property
    def before(self) -> Quarter:
        """The quarter that it ends, whose return holds the staff of the day."""
        return Quarter(FinancialYear(self.year.start - 1), QUARTERS_IN_A_YEAR)

    @property
    def last_day(self) -> date:
        """The last day of the year through which its staff are followed."""
        return self.year.last_day

    @property
    def in_words(self) -> str:
        """`31 March 2025`."""
        return f"31 March {self.year.start}"


@dataclass(frozen=True, order=True)
class SurveyYear:
    """The answers to the staff survey that were sent within a financial year, written `survey-2025-26`.

    They are a span of their own, so that nothing takes them for the applications of that year.

    >>> str(SurveyYear(FinancialYear(2025))), SurveyYear.parse("survey-2025-26").in_words
    ('survey-2025-26', 'the survey of April 2025 to March 2026')
    """

    year: FinancialYear
    BEGINS: ClassVar[str] = "survey-"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the answers written `survey-2025-26`. Raises `RawDataError` for anything else.

        >>> SurveyYear.parse("survey-2025-26").year
        FinancialYear(start=2025)
        """
        if not text.startswith(cls.BEGINS):
            raise RawDataError(f"{text!r} is no year of a survey", "Write it as survey-2025-26")
        return cls(FinancialYear.parse(text.removeprefix(cls.BEGINS)))

    def __str__(self) -> str:
        return f"{self.BEGINS}{self.year}"

    @property
    def last_day(self) -> date:
        """The last day on which they can have been sent."""
        return self.year.last_day

    @property
    def in_words(self) -> str:
        """`the survey of April 2025 to March 2026`."""
        return f"the survey of {self.year.in_words}"


Span = FinancialYear | Quarter | StaffDay | SurveyYear


def parse_span(text: str) -> Span:
    """Return what a figure is of: a financial year, a quarter, the staff of a day, or a survey.

    Raises `RawDataError` where the text is none of them.

    >>> parse_span("2025-26"), parse_span("2025-03-31")
    (FinancialYear(start=2025), StaffDay(year=FinancialYear(start=2025)))
    """
    for kind in (StaffDay, SurveyYear):
        try:
            return kind.parse(text)
        except RawDataError:
            continue
    return parse_period(text)


def parse_period(text: str) -> FinancialYear | Quarter:
    """Return the period that a return's folder is named for: a quarter, or a financial year for yearly totals.

    Raises `RawDataError` where the name is neither.

    >>> parse_period("2025-26"), str(parse_period("2026-27-Q2"))
    (FinancialYear(start=2025), '2026-27-Q2')
    """
    for kind in (Quarter, FinancialYear):
        try:
            return kind.parse(text)
        except RawDataError:
            continue
    raise RawDataError(f"{text!r} is not a period", "Name the folder 2026-27-Q2, or 2025-26 for a whole year")
