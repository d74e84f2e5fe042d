"""Metrics: what the partnership's list asks, counted so that groups add up to everybody."""

from lt_analysis.codebook.metrics import VALUE, Asked
from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.codebook.returns import NOT_KNOWN, Column
from lt_analysis.collection.checks.cells import Beside, Check, Effect, among
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation

EVERYBODY = f"axis = '{NOT_KNOWN}'"  # a code that is not sent is not known
GROUP = "lower(trim(subgroup))"
OF_WHOM = "concat_ws('/', metric, practice)"
# The rows of which it can be read what they are of.
PLACED = "(FROM checked WHERE row NOT IN (SELECT row FROM problems WHERE column_name IN ('metric', 'practice')))"
# Of each metric and practice: the row of everybody, and the groups of each axis of which every number can be read.
WHOLES = f"SELECT {OF_WHOM} AS whom, any_value(numerator) AS some, any_value(denominator) AS all_of_them"
PARTS = (
    f"SELECT {OF_WHOM} AS whom, axis, sum(numerator) AS some, sum(denominator) AS all_of_them FROM {PLACED} "
    f"WHERE NOT ({EVERYBODY}) GROUP BY ALL HAVING count(*) = count(numerator) AND count(*) = count(denominator)"
)


def effect_of(column: Column) -> Effect:
    """Return what follows where a cell is wrong: a number that is not whole counts nobody."""
    return Effect.REJECTED


def checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with a metric's row beside its cells."""
    asked = found.asked or Asked()
    if isinstance(found.period, FinancialYear):
        remedy = "Put it in the folder of a quarter, as 2026-27-Q2"
        return [Check("metric", "true", "metrics are sent by quarter", remedy, Effect.REFUSED)]
    values = _among([one.key for one in asked.metrics if one.unit == VALUE], "metric")
    known = _among([one.key for one in asked.metrics], "metric")
    axes = [f"{one.key}/{axis}" for one in asked.metrics for axis in one.axes]
    groups = [
        f"{one.key}/{axis}/{group.lower()}" for one in asked.metrics for axis in one.axes for group in one.groups(axis)
    ]
    practices = [one.practice for one in asked.memberships]
    number = "Correct one of the two numbers"
    return [
        Check("metric", f"NOT ({known})", "the partnership's list has no such metric", "Use a key of its metrics.yml"),
        Check(
            "practice",
            f"practice IS NOT NULL AND NOT ({_among(practices, 'practice')})",
            "the partnership knows no such practice",
            "Use its NHS code, or have it added to the partnership's networks.csv",
        ),
        Check(
            "axis",
            f"{known} AND axis IS NOT NULL AND NOT ({EVERYBODY}) AND NOT ({_among(axes, _joined('metric', 'axis'))})",
            "the metric is not asked by this axis",
            "Use an axis that the partnership's metrics.yml names for it",
        ),
        Check(
            "subgroup",
            f"({EVERYBODY} AND subgroup IS NOT NULL) OR ({_among(axes, _joined('metric', 'axis'))} "
            f"AND NOT ({_among(groups, _joined('metric', 'axis', GROUP))}))",
            "it is no group of that axis",
            "Use a group that docs/returns.md names for the axis, and none for everybody",
        ),
        Check("denominator", "denominator = 0", "the denominator is 0", "Leave out a group of which there is nobody"),
        Check("numerator", "numerator > denominator", "the numerator is above the denominator", number),
        Check(
            "numerator",
            f"{known} AND NOT ({values}) AND (sent_numerator IS NULL OR sent_denominator IS NULL)",
            "a metric that is counted lacks its numerator or denominator",
            "Send both, and no percentage",
        ),
        Check(
            "value",
            f"{values} AND (sent_value IS NULL OR practice IS NOT NULL)",
            "a metric that is a value has none, or one of a practice",
            "Send the organisation's own, without a practice",
        ),
        Check(
            "lower",
            f"{values} AND sent_value IS NOT NULL AND (sent_lower IS NULL OR sent_upper IS NULL)",
            "the value has no interval",
            "Add its 95% interval in lower and upper",
        ),
        Check("upper", "value NOT BETWEEN lower AND upper", "the value lies outside its interval", number),
        Check(
            "taken_from",
            f"{values} AND sent_taken_from IS NULL",
            "it is not said where the value was published",
            "Name the publication, with its page or table",
        ),
    ]


def beside_others(found: FoundReturn, organisation: Organisation) -> list[Beside]:
    """Return what may be wrong with a metric's row beside the return's other rows."""
    return [
        Beside(
            "subgroup",
            _repeated(),
            "this group already stands in an earlier row",
            "Keep one row for each metric, practice, axis and group",
        ),
        Beside(
            "axis",
            f"""WITH wholes AS ({WHOLES} FROM {PLACED} WHERE {EVERYBODY} GROUP BY ALL), parts AS ({PARTS})
                SELECT row FROM (SELECT row, axis, {OF_WHOM} AS whom FROM checked) JOIN parts USING (whom, axis)
                JOIN wholes ON wholes.whom = parts.whom
                WHERE (parts.some, parts.all_of_them) <> (wholes.some, wholes.all_of_them)""",
            "the groups of this axis do not add up to everybody",
            "Add the people of whom it is not known, or correct the numbers; until then the axis is left out",
        ),
        Beside(
            "axis",
            f"""SELECT row FROM {PLACED} WHERE NOT ({EVERYBODY}) AND numerator IS NOT NULL
                AND {OF_WHOM} NOT IN (SELECT {OF_WHOM} FROM {PLACED} WHERE {EVERYBODY})""",
            "there is no row of everybody",
            "Add one without axis and group; until then none of them counts",
        ),
        Beside(
            "practice",
            f"""SELECT row FROM {PLACED} WHERE practice IS NULL
               AND metric IN (SELECT metric FROM {PLACED} WHERE practice IS NOT NULL)""",
            "the metric is sent both of practices and of the organisation itself",
            "Send it of either, so that nobody is counted twice",
        ),
    ]


def _repeated() -> str:
    return f"""SELECT row FROM (SELECT row, row_number() OVER (
                   PARTITION BY {OF_WHOM}, axis, coalesce({GROUP}, '') ORDER BY row) AS place FROM checked)
               WHERE place > 1"""


def _joined(*columns: str) -> str:
    return f"concat_ws('/', {', '.join(columns)})"


def _among(values: list[str], text: str) -> str:
    return among(values, text) if values else "false"
