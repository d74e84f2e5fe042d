"""What people are compared by, one row a characteristic: its reference group, the groups set beside it, and the rest.

Public pages compare by ethnicity alone. By any other characteristic an organisation may compare its own people, for
its own eyes. The reference group's share is always divided by the other's, as indicator 2 of the Workforce Race
Equality Standard and metric 2 of the Workforce Disability Equality Standard have it: above 1, the reference group's
share is the larger.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lt_analysis.codebook.ethnicity import BME, COMPARED_WITH_WHITE, REFERENCE, UNKNOWN
from lt_analysis.codebook.naming import people_of
from lt_analysis.codebook.returns import NOT_KNOWN, UNKNOWN_CODES
from lt_analysis.codebook.words import called

OWN_CHOICE = "No standard says which two groups to compare: this is the audit's own choice."


@dataclass(frozen=True)
class Group:
    """Those who gave some answers: what heads their row, and what sentences call them.

    A group may be `part_of` another, which then holds its answers too.
    """

    name: str
    people: str
    answers: tuple[str, ...] = ()
    part_of: str = ""


@dataclass(frozen=True)
class Characteristic:
    """A characteristic of returns, and how its answers are compared.

    The first of `groups` is the one that is compared unless another is asked for. Answers that are `not_known` are in
    no comparison. Ethnicity lists no answers: `ethnicity.csv` has them. `source` is that of the convention.

    >>> SEX.reference.name, [group.name for group in SEX.groups], SEX.not_known
    ('Men', ['Women', 'Another sex'], ('not known', 'prefer not to say'))
    """

    key: str
    title: str
    reference: Group
    groups: tuple[Group, ...]
    not_known: tuple[str, ...]
    source: str

    @property
    def compared(self) -> tuple[str, ...]:
        """The names of the groups that are compared with the reference group, the main one first."""
        return tuple(group.name for group in self.groups)

    @property
    def answers(self) -> Iterator[tuple[str, str | None, str | None]]:
        """Each answer with the group of the main comparison that it stands in, and the narrower one; None of neither.

        >>> [row for row in SEX.answers if row[0] in ("female", "other", "not known")]
        [('female', 'Women', None), ('not known', 'Unknown', None), ('other', None, 'Another sex')]
        """
        main = self.groups[0]
        single = {answer: group.name for group in self.groups[1:] for answer in group.answers}
        side = {answer: group.name for group in (main, self.reference) for answer in group.answers}
        side |= dict.fromkeys(self.not_known, UNKNOWN)
        for answer in dict.fromkeys((*side, *single)):
            yield answer, side.get(answer), single.get(answer)

    def label(self, name: str) -> str:
        """Return what heads the row of a group: of ethnic groups, what pages call them.

        >>> SEX.label("Women"), ETHNICITY.label("Black")
        ('Women', 'Black')
        """
        return called(name)

    def people(self, name: str) -> str:
        """Return what sentences call a group's people.

        >>> AGE.people("45 and over"), ETHNICITY.people("Black")
        ('people aged 45 and over', 'Black people')
        """
        if self.key == ETHNICITY.key:
            return people_of(name)
        return next(group.people for group in (self.reference, *self.groups) if group.name == name)


def _parts(whole: Group, *parts: Group) -> tuple[Group, ...]:
    """Return a group of the answers of its parts, and then the parts."""
    answers = tuple(answer for part in parts for answer in part.answers)
    found = (Group(one.name, one.people, one.answers, part_of=whole.name) for one in parts)
    return Group(whole.name, whole.people, answers), *found


ETHNICITY = Characteristic(
    "ethnicity",
    "Ethnicity",
    Group(REFERENCE, f"{REFERENCE} people"),
    tuple(Group(name, f"{name} people", part_of="" if name == BME else BME) for name in COMPARED_WITH_WHITE),
    not_known=(UNKNOWN,),
    source="Workforce Race Equality Standard, indicator 2",
)
SEX = Characteristic(
    "sex",
    "Sex",
    Group("Men", "men", ("male",)),
    (Group("Women", "women", ("female",)), Group("Another sex", "people of another sex", ("other",))),
    UNKNOWN_CODES,
    "Gender pay gap reporting (Equality Act 2010 (Specific Duties and Public Authorities) Regulations 2017) sets women "
    "beside men. That recruitment is compared likewise is the audit's own choice.",
)
DISABILITY = Characteristic(
    "disability",
    "Disability",
    Group("Not disabled", "people who are not disabled", ("no",)),
    (
        Group("Disabled", "Disabled people", ("yes",)),
        Group("Self-described", "people who describe themselves", ("self-described",)),
    ),
    UNKNOWN_CODES,
    "Workforce Disability Equality Standard, metric 2",
)
AGE = Characteristic(
    "age_band",
    "Age",
    Group("Under 45", "people aged under 45", ("under 25", "25-34", "35-44")),
    _parts(
        Group("45 and over", "people aged 45 and over"),
        Group("45 to 54", "people aged 45 to 54", ("45-54",)),
        Group("55 to 64", "people aged 55 to 64", ("55-64",)),
        Group("65 and over", "people aged 65 and over", ("65 and over",)),
    ),
    (NOT_KNOWN,),
    OWN_CHOICE,
)
ORIENTATION = Characteristic(
    "sexual_orientation",
    "Sexual orientation",
    Group("Heterosexual", "heterosexual people", ("heterosexual",)),
    _parts(
        Group("Gay, lesbian, bisexual or other", "gay, lesbian and bisexual people, and others"),
        Group("Gay or lesbian", "gay and lesbian people", ("gay or lesbian",)),
        Group("Bisexual", "bisexual people", ("bisexual",)),
        Group("Another orientation", "people of another orientation", ("other",)),
    ),
    UNKNOWN_CODES,
    OWN_CHOICE,
)
RELIGION = Characteristic(
    "religion",
    "Religion",
    Group("Christian", "Christian people", ("christian",)),
    (
        *_parts(
            Group("Another religion", "people of another religion"),
            *(
                Group(name.title(), f"{name.title()} people", (name,))
                for name in ("buddhist", "hindu", "jewish", "muslim", "sikh")
            ),
            Group("A religion not listed", "people of a religion that is not listed", ("other",)),
        ),
        Group("No religion", "people of no religion", ("none",)),
    ),
    UNKNOWN_CODES,
    OWN_CHOICE,
)
ALSO = {  # words for a characteristic that an analyst may look for it by: each leads to the word that is asked for
    **{"gender": SEX.key, "age": AGE.key, "age group": AGE.key, "age_group": AGE.key},
    **{"race": ETHNICITY.key, "ethnic group": ETHNICITY.key, "disabled": DISABILITY.key},
    **{"orientation": ORIENTATION.key, "sexuality": ORIENTATION.key, "faith": RELIGION.key, "belief": RELIGION.key},
}
BY_KEY = {one.key: one for one in (ETHNICITY, SEX, DISABILITY, AGE, ORIENTATION, RELIGION)}
