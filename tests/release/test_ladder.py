"""Which tables are published when."""

import pytest

from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.release.files import Ledger, Published
from lt_analysis.release.keys import PARTNERSHIP, table
from lt_analysis.release.ladder import ladder, organisation_table
from lt_analysis.release.people import FROM_APPLICATIONS, Reached, people_of

QUARTER = Quarter.parse("2026-27-Q2")
YEARS = ("2023-24", "2024-25", "2025-26")
SLUGS = ("ashbourne", "beeches", "camelot", "dunwich", "erewhon")
SAFE = (90, 40, 20)
EMPTY = Ledger()
SMALL, TINY = (90, 40, 2), (90, 40, 1)


def people(slugs=SLUGS, years=YEARS, bme=SAFE, bme_group="Black", band="8a"):
    spans = [*(f"{year}-Q1" for year in years), "2026-27-Q1", "2026-27-Q2"]
    return people_of(
        (
            Reached(slug, span, FROM_APPLICATIONS, band, group, (*numbers,))
            for slug in slugs
            for span in spans
            for group, numbers in (("White", SAFE), (bme_group, bme))
        ),
        RECRUITMENT,
    )


def made(people_, slugs=SLUGS, ledger=EMPTY):
    found = ladder(QUARTER, dict.fromkeys(slugs, FinancialYear(2025)), people_, ledger)
    tables = {(cell.key.who, cell.key.span) for cell in found.tables}
    return found, tables


def published(*spans, value=20, slug="ashbourne"):
    cells = [cell for span in spans for cell in organisation_table(slug, span, people().counts)]
    return Ledger(tuple(Published(cell, value, "2025-26-Q4") for cell in cells))


def test_a_quarter_publishes_years_of_each_and_of_all_and_the_quarter_before_and_reserves_its_own():
    found, tables = made(people())
    assert tables == {*((slug, "2025-26") for slug in SLUGS), (PARTNERSHIP, "2025-26"), (PARTNERSHIP, "2026-27-Q1")}
    assert {(cell.key.who, cell.key.span) for cell in found.reserved} == {(PARTNERSHIP, "2026-27-Q2")}


def test_each_table_has_the_groups_and_bands_that_its_people_are_many_enough_for():
    found, _ = made(people())
    words = {}
    for cell in found.tables:
        groups, bands = words.setdefault((cell.key.who, cell.key.span), (set(), set()))
        groups.add(cell.key.group)
        bands.add(cell.key.cut)
    two, five = {"White", "BME", "known"}, {"White", "BME", "known", "Mixed", "Asian", "Black", "Other"}
    assert words["ashbourne", "2025-26"] == ({*two, "Unknown"}, {"8a-8b", "8c+", "8+"})
    assert words[PARTNERSHIP, "2025-26"] == (five, {"8a", "8b", "8c", "8d", "9", "VSM", "8+"})
    assert words[PARTNERSHIP, "2026-27-Q1"] == (two, {"8+"})


def test_fewer_than_five_organisations_have_no_table_of_the_partnership():
    found, tables = made(people(SLUGS[:4]), SLUGS[:4])
    assert tables == {(slug, "2025-26") for slug in SLUGS[:4]}
    assert found.reserved == ()


@pytest.mark.parametrize("coarse", [{"bme_group": "BME"}, {"band": "8+"}])
def test_whoever_sent_no_single_groups_or_bands_is_no_member_of_the_partnerships_year(coarse):
    rows = people(SLUGS[:2]).counts | people(SLUGS[2:], **coarse).counts
    both = type(people())(rows, frozenset())
    _, tables = made(both)
    assert (PARTNERSHIP, "2025-26") not in tables
    assert {("camelot", "2025-26"), (PARTNERSHIP, "2026-27-Q1")} <= tables


def test_what_was_published_is_not_published_anew():
    _, tables = made(people(), ledger=published("2025-26"))
    assert ("ashbourne", "2025-26") not in tables
    assert ("beeches", "2025-26") in tables


@pytest.mark.parametrize(
    ("hid", "shown", "together"),
    [
        ((), (), set()),
        (("2025-26",), (), set()),  # of the year before nothing was published
        (("2025-26",), ("2024-25",), set()),
        (("2024-25",), ("2025-26",), set()),
        (("2024-25", "2025-26"), (), {"2024-25+2025-26"}),
        (("2023-24", "2024-25", "2023-24+2024-25", "2025-26"), (), {"2023-24+2024-25+2025-26"}),
        (("2023-24", "2024-25", "2025-26"), ("2023-24+2024-25",), set()),
        (("2023-24", "2024-25", "2023-24+2024-25"), ("2025-26",), set()),
    ],
)
def test_years_are_added_up_where_what_was_published_of_each_hid_much(hid, shown, together):
    entries = [Published(cell, None, "2025-26-Q4") for span in hid for cell in _main(span)]
    entries += [Published(cell, 20, "2025-26-Q4") for span in shown for cell in _main(span)]
    _, tables = made(people(), ledger=Ledger(tuple(entries)))
    assert {span for who, span in tables if "+" in span} == together


def test_that_years_are_added_up_says_nothing_of_the_people_in_them():
    entries = tuple(Published(cell, None, "2025-26-Q4") for span in YEARS[1:] for cell in _main(span))
    found = [made(people(bme=bme), ledger=Ledger(entries))[1] for bme in (SAFE, SMALL, TINY)]
    assert ("ashbourne", "2024-25+2025-26") in found[0]
    assert found[0] == found[1] == found[2]


def _main(span):
    return table("ashbourne", ("ashbourne",), span, ("White", "BME", "known"), ("8+",), RECRUITMENT.keys)


def test_who_had_no_post_in_the_year_has_no_table_of_it_and_is_no_member_of_the_partnerships():
    of_four = people(SLUGS[:4])
    _, tables = made(of_four)
    assert ("erewhon", "2025-26") not in tables
    assert (PARTNERSHIP, "2025-26") not in tables
