"""The returns that organisations send: every column, what it may hold, and what it means."""

from dataclasses import dataclass, replace

from lt_analysis.codebook.commitments import ELEMENTS
from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.leadership import ANSWERS, RATERS, TRAITS
from lt_analysis.codebook.metrics import AXES

NOT_KNOWN = "not known"
# Whether somebody was interviewed or started work decides no figure; who has declined is known where it is sent.
OFTEN_ABSENT = ("staff_group", "home_borough", "interviewed_on", "declined_on", "started_on")
# Of actions, all that is asked besides how each stands: whoever sends none of it is followed by the words of actions.
OF_DELIVERY = (
    *("reference", "commitment", "element", "high_impact_action", "milestones_done", "milestones_all", "evidence"),
    *("measure", "direction", "target", "blocker", "needs", "offers", "adopted_from", "decided_by", "reply"),
)
# Of mentoring, what a programme may not write down, or has not come to yet.
OF_MENTORING = ("executives", "partner_group", "last_met_on", "ended_on", "actions_led")
# Of metrics, what only practices, or only values, need.
OF_SOME_METRICS = ("practice", "subgroup", "numerator", "denominator", "value", "lower", "upper", "taken_from")
# Of staff and events, what some staff systems do not keep.
OF_SOME_STAFF = ("board_role", "medical_grade", "snapshot_on", "ground", "from_grade", "to_grade")
SELDOM_SENT = ("salary_maximum", "repost_of", *OF_DELIVERY, *OF_MENTORING, *OF_SOME_METRICS, *OF_SOME_STAFF)
# Of doctors and dentists, as indicator 1 of the Workforce Race Equality Standard is understood to ask (unverified).
MEDICAL_GRADES = ("consultant", "non-consultant career grade", "trainee", "other")
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".ods", ".parquet")


@dataclass(frozen=True)
class Column:
    """One column of a return. `allowed` lists the codes of a code list; empty means any text.

    >>> Column("sex", "code", "as stated").when_empty, Column("applied_on", "date", "applied").when_empty
    ('not known', None)
    """

    name: str
    holds: str  # text, date, number, decimal, share, code, ethnicity or grade
    meaning: str
    required: bool = False
    allowed: tuple[str, ...] = ()

    @property
    def may_be_absent(self) -> bool:
        """Whether a return can do without the whole column: then its cells count as empty."""
        often = self.holds in ("code", "share") or self.name in OFTEN_ABSENT
        return not self.required and (often or self.is_seldom_sent)

    @property
    def when_empty(self) -> str | None:
        """What an empty cell of words counts as; None where it counts as nothing."""
        if self.required or self.holds not in ("code", "ethnicity"):
            return None
        return "99" if self.holds == "ethnicity" else NOT_KNOWN

    @property
    def is_seldom_sent(self) -> bool:
        """Whether it is nothing to remark on that the column is absent."""
        return self.name in SELDOM_SENT


@dataclass(frozen=True)
class Return:
    """One kind of return: its file name without suffix, its columns in order, and the key of its records.

    The `key` names the columns of records that tell one row from another.

    >>> STAGE_TOTALS.column_names
    ('grade', 'ethnicity', 'applied', 'shortlisted', 'offered')
    """

    name: str
    one_row_is: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(column.name for column in self.columns)


UNKNOWN_CODES = (NOT_KNOWN, "prefer not to say")

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

# How far an application came; each stage by way of the one before.
STAGES_REACHED = ("applied", "eligible", "shortlisted", "interviewed", "offered")

# What must be the same on every application to one vacancy: as sent, and in records.
POST_COLUMNS = (
    *("repost_of", "advertised_on", "closed_on", "grade", "salary_minimum", "salary_maximum", "staff_group"),
    "campaign",
)
VACANCY_COLUMNS = (
    *("repost_of", "advertised_on", "closed_on", "band", "salary_minimum", "salary_maximum", "staff_group"),
    "campaign",
)

CHARACTERISTICS = (
    Column("sex", "code", "as stated", allowed=("female", "male", "other", *UNKNOWN_CODES)),
    Column("disability", "code", "as stated", allowed=("yes", "no", "self-described", *UNKNOWN_CODES)),
    Column(
        "age_band",
        "code",
        "age at the time",
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
)

APPLICATIONS = Return(
    name="applications",
    one_row_is="one application to one vacancy",
    key=("vacancy", "applicant"),
    columns=(
        Column("vacancy", "text", "the vacancy's reference", required=True),
        Column("repost_of", "text", "where the post is advertised again: the reference that it had before"),
        Column("advertised_on", "date", "when the post was advertised", required=True),
        Column("closed_on", "date", "when it closed to applicants; within the return's quarter", required=True),
        Column("grade", "grade", "Agenda for Change band, or VSM (very senior manager)"),
        Column("salary_minimum", "number", "minimum of the advertised full-time range, where there is no band"),
        Column("salary_maximum", "number", "maximum of that range; ranges that reach Band 8a are told"),
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
        *CHARACTERISTICS,
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

# Where an applicant system keeps no dates of stages: how far each application came. Words that say only how it ended
# are known, so that they can be refused: those whom they name may have come any way.
HOW_IT_ENDED = ("withdrawn", "not appointed")
STAGE_OF_STATUS = {
    "not eligible": "applied",
    "applied": "eligible",
    "shortlisted": "shortlisted",
    "interviewed": "interviewed",
    "offered": "offered",
    "declined": "offered",
    "started": "offered",
}
STATUS = "application_status"
APPLICATIONS_BY_STATUS = replace(
    APPLICATIONS,
    columns=(
        *(column for column in APPLICATIONS.columns if column.name not in STAGE_NEEDS),
        Column(STATUS, "code", "how far it came", required=True, allowed=(*STAGE_OF_STATUS, *HOW_IT_ENDED)),
    ),
)

STAGE_TOTALS = Return(
    name="stage-totals",
    one_row_is="one ethnic group at one grade",
    key=("band", "ethnicity"),
    columns=(
        Column("grade", "grade", "a band, `8+` for Band 8 and above together, or `medical`", required=True),
        Column("ethnicity", "ethnicity", "ethnic category code, or a group by name", required=True),
        Column("applied", "number", "people who applied", required=True),
        Column("shortlisted", "number", "of them, people shortlisted", required=True),
        Column("offered", "number", "of them, people offered a post", required=True),
    ),
)

STAFF = Return(
    name="staff",
    one_row_is="one person's main post on the last day of the period, or on the day on which they left within it",
    key=("person",),
    columns=(
        Column("person", "text", "the person's reference, the same in every return; never a name", required=True),
        Column("grade", "grade", "Agenda for Change band, VSM, or `medical`"),
        Column("salary", "number", "full-time basic salary a year with London weighting, where there is no band"),
        Column("staff_group", "text", "for example nursing, administrative"),
        Column(
            "work", "code", "what kind of work it is", required=True, allowed=("clinical", "non-clinical", "medical")
        ),
        Column("full_time_equivalent", "share", "share of full time that is contracted, as 0.6; 0 for bank staff"),
        Column("started_on", "date", "joined the organisation", required=True),
        Column("left_on", "date", "left it, where that was within the period"),
        Column(
            "leaving_reason",
            "code",
            "why they left",
            allowed=("resigned", "retired", "end of contract", "dismissed", "redundancy", "transfer", "died", "other"),
        ),
        Column("ethnicity", "ethnicity", "ethnic category as stated"),
        *CHARACTERISTICS,
        Column("home_borough", "text", "borough or district where they live"),
        Column("board", "code", "whether they sit on the board", allowed=("no", "voting", "non-voting")),
        Column("board_role", "code", "of a member of the board: which kind", allowed=("executive", "non-executive")),
        Column(
            "medical_grade",
            "code",
            "of a doctor or dentist: which grade",
            allowed=MEDICAL_GRADES,
        ),
        Column(
            "snapshot_on", "date", "the day of which the staff are, where the return says it; the same in every row"
        ),
    ),
)

# Why staff went who did not choose to, and nobody chose them one by one: they are set apart from those who left.
LEAVING_SET_APART = ("end of contract", "redundancy", "transfer", "died")

PROMOTION, ACTING_UP, FORMAL_CAPABILITY = "promotion", "acting up", "formal capability"
ILL_HEALTH, PERFORMANCE = "ill health", "performance"
EVENTS = Return(
    name="events",
    one_row_is="one event in one person's working life within the period",
    key=("person", "event", "happened_on"),
    columns=(
        Column("person", "text", "the person's reference, as in the staff return; never a name", required=True),
        Column(
            "event",
            "code",
            "what happened",
            required=True,
            allowed=(PROMOTION, ACTING_UP, "formal disciplinary", FORMAL_CAPABILITY, "non-mandatory training"),
        ),
        Column("happened_on", "date", "when it happened, or when a formal process was entered", required=True),
        Column("ground", "code", "of a formal capability process: for what", allowed=(ILL_HEALTH, PERFORMANCE)),
        Column("from_grade", "grade", "of a promotion, or of acting up: the grade before"),
        Column("to_grade", "grade", "and the grade to which it led"),
    ),
)

SURVEY = Return(
    name="survey",
    one_row_is="one question as one group answered it",
    key=("question", "ethnicity"),
    columns=(
        Column(
            "question",
            "code",
            "Workforce Race Equality Standard 5 to 8, in order",
            required=True,
            allowed=("harassment by the public", "harassment by staff", "equal opportunities", "discrimination"),
        ),
        Column("ethnicity", "ethnicity", "the group: White, BME, or a narrower one", required=True),
        Column("respondents", "number", "people who answered the question", required=True),
        Column("yes", "number", "of them, people who said yes", required=True),
    ),
)

ACTIONS = Return(
    name="actions",
    one_row_is="one pledged action as it stands at the end of the period",
    key=("action",),
    columns=(
        Column("action", "text", "what was pledged, in a sentence that names nobody", required=True),
        Column("owner_role", "text", "the post that answers for it; never a name", required=True),
        Column("started_on", "date", "begun"),
        Column("due_on", "date", "to be done by", required=True),
        Column(
            "status", "code", "how it stands", required=True, allowed=("not started", "under way", "done", "stopped")
        ),
        Column("status_on", "date", "the day on which it stood so", required=True),
        Column("reference", "text", "the same in every return: letters, then digits, as PAN1; never a name"),
        Column("commitment", "text", "which of the partnership's commitments it serves, by its key"),
        Column("element", "code", "the element of the Cultural Web that it is to change", allowed=ELEMENTS),
        Column(
            "high_impact_action",
            "code",
            "which high impact action of the NHS improvement plan it is part of",
            allowed=("1", "2", "3", "4", "5", "6"),
        ),
        Column("milestones_done", "number", "how many of its milestones are met"),
        Column("milestones_all", "number", "how many milestones it has"),
        Column("evidence", "text", "a document or an address that shows what was done"),
        Column("measure", "text", "the number that is to move if it works"),
        Column("direction", "code", "which way that number is to move", allowed=("up", "down")),
        Column("target", "text", "how far it is to move"),
        Column(
            "blocker",
            "code",
            "what stands in its way",
            allowed=("money", "staff", "authority", "another body", "data", "priority"),
        ),
        Column("needs", "text", "what would start it, or start it again; names nobody"),
        Column("offers", "text", "what this organisation can share with others who do the same"),
        Column("adopted_from", "text", "whose action it takes up: that organisation's folder, and its reference there"),
        Column("decided_by", "text", "of a stopped action: the post or board that decided it, and when"),
        Column("reply", "text", "what the organisation says of how the report will call it; at most 200 letters"),
    ),
)

MENTORING = Return(
    name="mentoring",
    one_row_is="one pair of reciprocal mentoring, ended or not, as it stands at the end of the period",
    key=("pair",),
    columns=(
        Column("pair", "text", "its reference, the same in every return: letters, then digits, as M1", required=True),
        Column("executive_role", "text", "the post of the executive in it; never a name", required=True),
        Column("executives", "number", "how many executives the organisation has: the same in every row"),
        Column(
            "partner_group",
            "code",
            "the wide group of the other; it is never published",
            allowed=(REFERENCE, BME, NOT_KNOWN),
        ),
        Column("started_on", "date", "when the two first met", required=True),
        Column("last_met_on", "date", "when they last met"),
        Column("meetings", "number", "how often they have met", required=True),
        Column("ended_on", "date", "when the pair ended, if it did"),
        Column("actions_led", "text", "references of pledged actions that it led, divided by spaces"),
    ),
)

ANSWERED = tuple(f"answered_{number}" for number, _ in enumerate(ANSWERS, start=1))
TRAITS_RATED = Return(
    name="traits",
    one_row_is="one trait of leaders, as those rated it who were asked",
    key=("trait", "rater_kind"),
    columns=(
        Column("trait", "code", "which of the six traits", required=True, allowed=TRAITS),
        Column("rater_kind", "code", "leaders of themselves, or others of them", required=True, allowed=RATERS),
        Column("asked_on", "date", "the last day on which they could answer; within the quarter", required=True),
        *(
            Column(name, "number", f"how many answered {name[-1]}: {answer}", required=True)
            for name, answer in zip(ANSWERED, ANSWERS, strict=True)
        ),
    ),
)

METRICS = Return(
    name="metrics",
    one_row_is="one metric of the partnership's list, as it was in the period for one group of people",
    key=("metric", "practice", "axis", "subgroup"),
    columns=(
        Column("metric", "text", "which metric of the partnership's list it is, by its key", required=True),
        Column("practice", "text", "the practice's NHS code; empty where it is the organisation itself"),
        Column("axis", "code", "what divides the people into groups; empty for everybody", allowed=(*AXES,)),
        Column("subgroup", "text", "which group of that axis; 1 is the most deprived. Empty for everybody"),
        Column("numerator", "number", "people of whom it is so, or what happened to them"),
        Column("denominator", "number", "people of whom it could be so"),
        Column("value", "decimal", "only of a metric that is a value, and cannot be counted"),
        Column("lower", "decimal", "of a value: the lower end of its 95% interval"),
        Column("upper", "decimal", "of a value: the upper end of its 95% interval"),
        Column("taken_from", "text", "the publication or system that the numbers are from"),
        Column(
            "published_elsewhere",
            "code",
            "whether the practice, or the organisation, itself publishes that number elsewhere",
            allowed=("yes", "no"),
        ),
    ),
)

UNITS_OF_ANCHORS = ("people", "% of staff", "% of spending", "pounds", "organisations")
ANCHORS = Return(
    name="anchors",
    one_row_is="one promise of an anchor organisation, as it stands at the end of the period",
    key=("kind", "unit", "due_on"),
    columns=(
        Column(
            "kind",
            "code",
            "what was promised",
            required=True,
            allowed=("home-borough employment", "apprenticeships", "placements", "living wage", "local spend"),
        ),
        Column("promised", "number", "how much was promised", required=True),
        Column("unit", "code", "what that is a number of", required=True, allowed=UNITS_OF_ANCHORS),
        Column("due_on", "date", "by when", required=True),
        Column("reached", "number", "how much was reached"),
        Column("as_of", "date", "the day on which that was so"),
        Column("document", "text", "the public document in which both stand, with its page", required=True),
    ),
)

RECRUITMENT = (APPLICATIONS, STAGE_TOTALS)  # of which a period has one
RETURNS = (*RECRUITMENT, STAFF, EVENTS, SURVEY, ACTIONS, MENTORING, TRAITS_RATED, METRICS, ANCHORS)
COLUMNS = tuple(dict.fromkeys(column for kind in (*RETURNS, APPLICATIONS_BY_STATUS) for column in kind.columns))
