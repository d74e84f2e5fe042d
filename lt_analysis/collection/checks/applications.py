"""Applications: the band of each post, stages in their order, one row for each, one set of particulars a vacancy."""

from lt_analysis.codebook.pay import ALL_BANDS, MEDICAL
from lt_analysis.codebook.returns import STAGE_DATES, STAGE_NEEDS, STAGES_REACHED, VACANCY_COLUMNS
from lt_analysis.collection.checks.cells import Beside, Check, band, in_order, pay_check, repeated, straddles
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation

FIRST_STAGE = STAGE_DATES[0]
STAGE = in_order(STAGES_REACHED)


def derived(found: FoundReturn, organisation: Organisation) -> dict[str, str]:
    """Return what follows from a row's cells."""
    reached = " ".join(f"WHEN {stage}_on IS NOT NULL THEN '{stage}'::{STAGE}" for stage in reversed(STAGES_REACHED[1:]))
    stage = f"CASE {reached} ELSE '{STAGES_REACHED[0]}'::{STAGE} END"
    return pay(organisation) | {"stage": stage, "declined": "declined_on IS NOT NULL"}


def pay(organisation: Organisation) -> dict[str, str]:
    """Return what follows from a post's grade or salary."""
    columns = "salary_minimum", "salary_maximum", "advertised_on"
    return {
        "band": band(organisation, "salary_minimum", "advertised_on"),
        "straddles": straddles(organisation, *columns),
    }


def checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with an application beside its cells."""
    return [*post_checks(found, organisation), *_stage_checks()]


def post_checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with what an application says of its post."""
    return [
        pay_check(organisation, "salary_minimum", "advertised_on", (*ALL_BANDS, MEDICAL)),
        Check(
            "closed_on",
            f"closed_on NOT BETWEEN DATE '{found.period.first_day}' AND DATE '{found.period.last_day}'",
            f"the post did not close to applicants in {found.period}",
            "Move the row to the return of the quarter in which the post closed",
        ),
        Check(
            "advertised_on",
            "advertised_on > closed_on",
            "the post was advertised after it closed",
            "Correct one of the two dates",
        ),
        Check(
            "repost_of",
            "repost_of = vacancy",
            "the vacancy is said to be its own earlier advertisement",
            "Give the reference that the post had before, or leave the cell empty",
        ),
    ]


def _stage_checks() -> list[Check]:
    checks = []
    for stage, before in STAGE_NEEDS.items():
        name, earlier = (column.removesuffix("_on") for column in (stage, before))
        skipped = f"{stage} IS NOT NULL AND sent_{before} IS NULL"
        remedy = f"Add the date in {before}, or remove the one in {stage}"
        if before != FIRST_STAGE:  # which every row needs anyway
            checks.append(Check(stage, skipped, f"{name} without having been {earlier}", remedy))
        too_soon = f"{stage} < {before}"
        checks.append(Check(stage, too_soon, f"{name} before having been {earlier}", "Correct one of the two dates"))
    both = "declined_on IS NOT NULL AND started_on IS NOT NULL"
    return [*checks, Check("started_on", both, "both declined and started", "Remove one of the two dates")]


def beside_others(found: FoundReturn, organisation: Organisation) -> list[Beside]:
    """Return what may be wrong with an application beside the return's other rows."""
    return [
        repeated(
            "applicant",
            found.kind.key,
            "this applicant already stands in an earlier row for this vacancy",
            "Keep one row for each application, with every stage that it reached",
        ),
        Beside(
            "vacancy",
            _told_otherwise(),
            "its dates, grade, staff group, campaign or repost_of differ from the vacancy's other rows",
            "Give every application to a vacancy the same particulars",
        ),
    ]


def _told_otherwise() -> str:
    """Return a query of the rows whose vacancy has other particulars in most of its rows, or in its first of a tie.

    Fingerprints narrow ten million rows to the few vacancies that are told in two ways; the cells themselves decide.
    """
    columns = ", ".join(VACANCY_COLUMNS)
    return f"""
        WITH twice_told AS (
            SELECT vacancy FROM checked GROUP BY vacancy HAVING min(hash({columns})) <> max(hash({columns}))),
        told AS (SELECT row, vacancy, row({columns}) AS particulars FROM checked SEMI JOIN twice_told USING (vacancy))
        SELECT row
        FROM told JOIN (
            SELECT vacancy, arg_min(particulars, row(-times, first)) AS usual
            FROM (SELECT vacancy, particulars, count(*) AS times, min(row) AS first FROM told GROUP BY ALL)
            GROUP BY vacancy HAVING count(*) > 1) most USING (vacancy)
        WHERE particulars IS DISTINCT FROM usual"""
