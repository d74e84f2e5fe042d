"""What the audit is of, one row a subject, in the order in which the front page answers: a new one takes its slot."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """A subject, and its page of all organisations together, where it has one beside the front page.

    Its notebook, its file and what messages call the page are named for `key`. There is such a page where the report
    has something of `figures`, which names what it is made of.

    >>> [subject.title for subject in SUBJECTS if subject.figures]
    ['Representation', 'Delivery', 'Retention', 'Standards', 'Assurance']
    """

    key: str
    title: str
    figures: str = ""
    leads_to: str = ""  # what the front page calls the page, ...
    says: str = ""  # ... what that page says, ...
    cannot: str = ""  # ... and what is said instead where it could not be made
    own: str = ""  # what it calls the page of one organisation, beside the organisation's name; empty: there is none

    @property
    def file(self) -> str:
        """The file of its page."""
        return f"{self.key.replace(' ', '-')}.html"


RECRUITMENT = Subject("recruitment", "Recruitment")
REPRESENTATION = Subject(
    "representation",
    "Representation",
    figures="in_post",
    leads_to="Who works at each band",
    says="has every count, beside all staff.",
    cannot="The page on who works at each band could not be made this quarter.",
    own="who works at each band",
)
DELIVERY = Subject(
    "delivery",
    "Delivery",
    figures="delivered",
    leads_to="Delivery of pledged actions",
    says="says what became of each.",
    cannot="The page on pledged actions could not be made this quarter.",
    own="pledged actions",
)
RETENTION = Subject(
    "retention",
    "Retention",
    figures="staff",
    leads_to="What happened to staff in a year",
    says="has the counts of each group.",
    cannot="The page on staff could not be made this quarter.",
    own="what happened to staff",
)
STANDARDS = Subject(
    "standards",
    "Standards",
    figures="standards",
    leads_to="The nine indicators of the race equality standard",
    says="has them in one table, each beside equal chances where that can be told.",
    cannot="The page on the race equality standard could not be made this quarter.",
    own="race equality standard",
)
ASSURANCE = Subject(
    "assurance",
    "Assurance",
    figures="assured",
    leads_to="Metrics of inequality",
    says="has each over time, along deprivation and between groups, anchors' promises, and the place beside others.",
    cannot="The page on metrics of inequality could not be made this quarter.",
)
SUBJECTS = (RECRUITMENT, REPRESENTATION, DELIVERY, RETENTION, STANDARDS, ASSURANCE)
# Beside the subjects: what was sent at all. Its page is always made.
RETURNS = Subject(
    "data quality",
    "Data quality",
    leads_to="Data quality",
    says="says which returns were received, and of how many applicants ethnicity is known.",
    cannot="The page on data quality could not be made this quarter.",
)
WITH_PAGES = {subject.key: subject for subject in SUBJECTS if subject.figures}
