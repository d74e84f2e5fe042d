"""The partnership's own figures on the front page: its latest year and quarter, and whose numbers they add up."""

from collections.abc import Sequence
from itertools import groupby

from lt_analysis.codebook.ethnicity import BME, FIVE_GROUPS, REFERENCE
from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.codebook.measures import STAGES as DECISIONS
from lt_analysis.release.figures import PeopleTable, Release
from lt_analysis.release.keys import KNOWN
from lt_analysis.rendering import html, people
from lt_analysis.rendering.forms import say, say_form
from lt_analysis.rendering.html import Html, Table
from lt_analysis.rendering.measure_figures import Among, Step
from lt_analysis.rendering.sentences import BESIDE_EQUAL
from lt_analysis.rendering.shown import Choice, Said, Template

NO_YEAR_TOGETHER = "No year of the partnership can be shown yet: too few organisations sent every return of it."
NO_QUARTER = "No quarter of the partnership can be shown yet: too few organisations sent it."
MOST_QUARTERS_BEFORE = 4  # back to the same quarter of last year
BME_ARE = Template("bme_are", "{bme_label}: {minorities} people together.")
SHARES_ARE = (
    "The shares are of applicants who were shortlisted, and of people on shortlists who were appointed; none is given "
    "of fewer than twenty people."
)
LEFT_OUT_OF_YEAR = "Left out are those that sent only totals, or not every return, of the year."
LEFT_OUT_OF_QUARTER = "What is left out sent no return of it, or had nobody in it."
NOT_ADJUSTED = "People apply for different posts, so a difference between these shares may be one between posts."


WENT_TO = Template("went_to", "{group_after} of {all_after} {event} went to {bme_people}")
HEADLINE = Template("partnership_headline", "{group_after} of {all_after} {event} went to {bme_people} in {span}.")
_THEY_WERE = "{group_before} of {all_before} {people}"
_SMALLER_OR_LARGER = {
    "same": "the same, {share_after}; {share_range} fits the counts.",
    "smaller": "smaller, {share_after}; {share_range} fits the counts.",
    "larger": "larger, {share_after}; {share_range} fits the counts.",
}
_WERE = {"few": f"{_THEY_WERE}."} | {
    case: f"{_THEY_WERE}, {{share_before}}. Their share of {{event}} was {comparison}"
    for case, comparison in _SMALLER_OR_LARGER.items()
}
THEY_WERE = Choice(
    "they_were", by="step", cases={case: f"{{bme_people}} were {words}" for case, words in _WERE.items()}
)
WHO_WERE = Choice("who_were", by="step", cases={case: f"who were {words}" for case, words in _WERE.items()})
_WERE_DONE = "In {span}, {successful} of {of_group} {bme_candidates} were {done}"
COMPARED = Choice(
    "compared",
    by="compared",
    cases={
        **{place: f"{_WERE_DONE}, {beside}" for place, beside in BESIDE_EQUAL.items()},
        "untold": f"{_WERE_DONE}; too few posts could have gone either way to say more.",
        "totals": f"{_WERE_DONE}.",
    },
)
LATEST = Template("latest_quarter", "{span_in_words}, the latest quarter: ")
NO_APPOINTMENTS = Template(
    "no_appointments", "How many appointments went to {bme_people} is not shown, so that nobody can be identified."
)
ADDS_UP = Template("adds_up", "This adds up {added_up}.")
WHOSE = Choice(
    "whose",
    by="left_out",
    cases={
        "none": "{added_up}: {members}.",
        "few of year": f"{{added_up}}: all but {{left_out_names}}. {LEFT_OUT_OF_YEAR}",
        "few of quarter": f"{{added_up}}: all but {{left_out_names}}. {LEFT_OUT_OF_QUARTER}",
        "many of year": f"{{added_up}}: {{members}}. {LEFT_OUT_OF_YEAR}",
        "many of quarter": f"{{added_up}}: {{members}}. {LEFT_OUT_OF_QUARTER}",
    },
)
THE_SAME = Template("the_same", "{span_in_words}: the same {members_number} organisations as in the year above.")
ADDED_UP = Choice(
    "year_added_up",
    by="everybody",
    cases={
        "all": "All organisations together, {span}",
        "some": "Organisations added up, {span}",
    },
)
SINGLE_GROUPS = Template("single_groups", "Single ethnic groups at each stage, {span}")
SHARES_OF_GROUPS = Template(
    "shares_of_groups", "Shares of each group who went on at each stage, all posts added up, {span}"
)
KNOWN_PEOPLE = Template("known_people", "Everybody of known ethnicity at each stage, {span}")
QUARTERS_BEFORE = Template("quarters_before", "Quarters before, {span}")


def headline(release: Release) -> dict[str, str]:
    """Return the last stage that is shown of the latest year in at most 15 words; empty where none is."""
    step = _last_shown(release.years)
    return {"headline": say(HEADLINE, step, step.name)} if step else {}


def behind_headline(release: Release) -> dict[str, str]:
    """Return who could have come to that stage, whether their share differed from it, and what that cannot tell."""
    step = _last_shown(release.years)
    if step is None:
        return {}
    hidden = "" if step.measure == DECISIONS[-1] else say(NO_APPOINTMENTS, release, "*")
    who, members = say(THEY_WERE, step, step.name).capitalised(), _adds_up(step.table, release)
    return {
        "headline.of": who,
        "headline.members": members,
        "headline.hidden": hidden,
        "headline.caution": NOT_ADJUSTED,
    }


def of_quarter(release: Release) -> dict[str, str]:
    """Return sentences on the last stage that is shown of the latest quarter; empty where none is."""
    step = _last_shown(release.quarters)
    if step is None:
        return {}
    lead = say(LATEST, step.table, step.table.name)
    return {"quarter": Said.join("", (lead, counts(step))), "quarter.members": _adds_up(step.table, release)}


def _last_shown(tables: Sequence[PeopleTable]) -> Step | None:
    steps = [Step(tables[-1], decision) for decision in DECISIONS] if tables else []
    return next((step for step in reversed(steps) if not step.hidden), None)


def counts(step: Step) -> str:
    """Return how many went to the group, who could have come to it, and what the shares tell; empty where hidden."""
    return Said.join(", ", (say(sentence, step, step.name) for sentence in (WENT_TO, WHO_WERE)))


def headline_table(release: Release) -> Html:
    """Return a table of the latest year in three rows; where there is no year, say so."""
    if not release.years:
        return html.paragraphs({"partnership.none": NO_YEAR_TOGETHER})
    latest = release.years[-1]
    among = Among(latest, release)
    caption = say(ADDED_UP, among, among.name)
    groups = [group for group in (REFERENCE, BME, KNOWN) if group in latest.groups]
    return html.joined(people.stages_table(latest, caption, groups, latest.span))


def year(release: Release) -> Html:
    """Return the latest year's single groups, and whose numbers it adds up; the headline table has their sums."""
    if not release.years:
        return html.paragraphs({"partnership": NO_YEAR_TOGETHER})
    latest = release.years[-1]
    single = [year_table(latest)] if {*FIVE_GROUPS} & {*latest.groups} - {REFERENCE} else []
    return html.joined(*single, _members(latest, release))


def year_table(latest: PeopleTable) -> Table:
    """Return a table of the five groups at each stage; the headline table has the sums."""
    note = say(BME_ARE, latest, latest.name).capitalised()
    caption = say(SINGLE_GROUPS, latest, latest.name)
    groups = [group for group in people.known(latest) if group in FIVE_GROUPS]
    return people.stages_table(latest, caption, groups, latest.span, note=note)


def shares(release: Release) -> Html:
    """Return the shares of each group who went on, of the latest year and of the latest quarter; nothing of neither."""
    latest = [*release.years[-1:], *release.quarters[-1:]]
    captions = [say(SHARES_OF_GROUPS, table, table.name) for table in latest]
    return html.joined(
        *(
            people.shares_table(table, caption, people.known(table), SHARES_ARE)
            for table, caption in zip(latest, captions, strict=True)
        )
    )


def bands(release: Release) -> Html:
    """Return the latest year of all organisations together, band by band: a table for each stage, folded."""
    if not release.years:
        return html.paragraphs({"partnership.bands": NO_YEAR_TOGETHER})
    tables = (people.each_band_table(release.years[-1], stage) for stage in RECRUITMENT.keys)
    return html.folded("Show every group at each stage, band by band", *tables)


def quarter(release: Release) -> Html:
    """Return the latest quarter of all organisations together, what it tells, who they are, and the quarters before."""
    if not release.quarters:
        return html.paragraphs({"partnership.quarter": NO_QUARTER})
    *earlier, latest = release.quarters
    caption = say(KNOWN_PEOPLE, latest, latest.name)
    table = people.stages_table(latest, caption, people.known(latest), latest.span)
    sentences = {f"quarter.{decision.key}": counts(Step(latest, decision)) for decision in DECISIONS}
    folded = [html.folded("Show the quarters before", *quarters_before(earlier))] if earlier else []
    return html.joined(table, html.paragraphs(sentences), _members(latest, release), *folded)


def quarters_before(quarters: list[PeopleTable]) -> list[Table]:
    """Return tables of quarters, the latest first: one for each stretch of the same organisations."""
    latest_first = quarters[::-1][:MOST_QUARTERS_BEFORE]
    return [_quarters(list(stretch)) for _, stretch in groupby(latest_first, key=lambda table: table.members)]


def _quarters(tables: list[PeopleTable]) -> Table:
    rows = tuple(
        (
            Said.join(": ", (_unbroken(table), people.name_of(group))),
            people.stage_cells(table, group, prefix=table.span),
        )
        for table in tables
        for group in people.known(table)
    )
    first, last = tables[-1], tables[0]
    spans = say(QUARTERS_BEFORE, first, first.name)
    if len(tables) > 1:
        spans = Said.join(" to ", (spans, say_form("span", last, last.name)))
    return Table(spans, ("Quarter and group", *people.STAGE_COLUMNS), rows, members=tables[0].members)


def _unbroken(table: PeopleTable) -> Said:
    return say_form("unbroken_span", table, table.name)


def _adds_up(table: PeopleTable, release: Release) -> str:
    """Return how many organisations a table adds up, of how many that there are or were."""
    among = Among(table, release)
    return say(ADDS_UP, among, among.name)


def _members(table: PeopleTable, release: Release) -> Html:
    """Return the names of the organisations that a table adds up, or of the few that it leaves out, and why it does.

    Those of a quarter are not named again where they are those of the latest year.
    """
    among = Among(table, release)
    of_year = release.years and table not in release.years and table.members == release.years[-1].members
    return html.paragraphs(
        {f"members.{table.span}": say(THE_SAME if of_year else WHOSE, among, among.name).capitalised()}
    )


def whose(release: Release) -> str:
    """Return whose numbers the latest year adds up, and whom it leaves out."""
    among = Among(release.years[-1], release)
    return say(WHOSE, among, among.name).capitalised()
