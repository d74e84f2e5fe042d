"""The returns that organisations send: every column, what it may hold, and what it means."""

from dataclasses import dataclass

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".ods", ".parquet")


@dataclass(frozen=True)
class Column:
    """One column of a return. `allowed` lists the codes of a code list; empty means any text."""

    name: str
    holds: str  # text, date, number, code, ethnicity or grade
    meaning: str
    required: bool = False
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Return:
    """One kind of return: its file name without suffix, and its columns in order."""

    name: str
    one_row_is: str
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(column.name for column in self.columns)


UNKNOWN_CODES = ("not known", "prefer not to say")

STAGE_DATES = (
    "applied_on",
    "eligible_on",
    "shortlisted_on",
    "interviewed_on",
    "offered_on",
    "declined_on",
    "started_on",
)

# A stage can be reached only by way of this one.
STAGE_NEEDS = {
    "eligible_on": "applied_on",
    "shortlisted_on": "eligible_on",
    "interviewed_on": "shortlisted_on",
    "offered_on": "interviewed_on",
    "declined_on": "offered_on",
    "started_on": "offered_on",
}

# What must be the same on every application to one vacancy.
VACANCY_COLUMNS = ("advertised_on", "closed_on", "band", "salary_minimum", "staff_group", "campaign")

APPLICATIONS = Return(
    name="applications",
    one_row_is="one application to one vacancy",
    columns=(
        Column("vacancy", "text", "the vacancy's reference", required=True),
        Column("advertised_on", "date", "when the post was advertised", required=True),
        Column("closed_on", "date", "when it closed to applicants; within the return's quarter", required=True),
        Column("grade", "grade", "Agenda for Change band, or VSM (very senior manager)"),
        Column("salary_minimum", "number", "minimum of the advertised full-time range, where there is no band"),
        Column("staff_group", "text", "for example nursing, administrative"),
        Column("applicant", "text", "the applicant's reference; never a name", required=True),
        Column("source", "code", "where the applicant comes from", allowed=("internal", "external")),
        Column(
            "campaign",
            "code",
            "whether the vacancy is part of a campaign; these are shown apart",
            required=True,
            allowed=("none", "international", "bulk"),
        ),
        Column("ethnicity", "ethnicity", "NHS ethnic category code as the applicant stated it"),
        Column("sex", "code", "as stated", allowed=("female", "male", *UNKNOWN_CODES)),
        Column("disability", "code", "as stated", allowed=("yes", "no", *UNKNOWN_CODES)),
        Column(
            "age_band",
            "code",
            "age at application",
            allowed=("under 25", "25-34", "35-44", "45-54", "55-64", "65 and over", "not known"),
        ),
        Column(
            "sexual_orientation",
            "code",
            "as stated",
            allowed=("heterosexual", "gay or lesbian", "bisexual", "other", *UNKNOWN_CODES),
        ),
        Column(
            "religion",
            "code",
            "as stated",
            allowed=(
                *("none", "buddhist", "christian", "hindu", "jewish", "muslim", "sikh", "other"),
                *UNKNOWN_CODES,
            ),
        ),
        Column("home_borough", "text", "borough or district where the applicant lives"),
        Column("applied_on", "date", "applied", required=True),
        Column("eligible_on", "date", "found to meet the essential requirements"),
        Column("shortlisted_on", "date", "shortlisted for interview"),
        Column("interviewed_on", "date", "interviewed"),
        Column("offered_on", "date", "offered the post; this is what the audit calls appointed"),
        Column("declined_on", "date", "declined the offer"),
        Column("started_on", "date", "started work"),
    ),
)

STAGE_TOTALS = Return(
    name="stage-totals",
    one_row_is="one ethnic group at one grade",
    columns=(
        Column("grade", "grade", "a band, `8+` for Band 8 and above together, or `medical`", required=True),
        Column("ethnicity", "ethnicity", "ethnic category code, or a group by name", required=True),
        Column("applied", "number", "people who applied", required=True),
        Column("shortlisted", "number", "of them, people shortlisted", required=True),
        Column("offered", "number", "of them, people offered a post", required=True),
    ),
)

RETURNS = (APPLICATIONS, STAGE_TOTALS)
