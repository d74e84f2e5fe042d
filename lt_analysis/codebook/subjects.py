"""What the audit is of, one row a subject, in the order in which the front page answers: a new one takes its slot."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """A subject, and whether it is audited: of one that is not, the front page says so in its slot.

    >>> [subject.title for subject in SUBJECTS if subject.audited]
    ['Recruitment', 'Representation', 'Delivery', 'Retention']
    """

    key: str
    title: str
    audited: bool = False


RECRUITMENT = Subject("recruitment", "Recruitment", audited=True)
RETENTION = Subject("retention", "Retention", audited=True)
REPRESENTATION = Subject("representation", "Representation", audited=True)
STANDARDS = Subject("standards", "Standards")
DELIVERY = Subject("delivery", "Delivery", audited=True)
ASSURANCE = Subject("assurance", "Assurance")
SUBJECTS = (RECRUITMENT, REPRESENTATION, DELIVERY, RETENTION, STANDARDS, ASSURANCE)
