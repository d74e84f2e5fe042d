"""Releases that leak, each made by hand, with what can be worked out of it by hand and what one must know for it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lt_analysis.verification.meaning import Knowledge
from lt_analysis.verification.reading import read_page, read_sheet
from lt_analysis.verification.statements import Publication, Statement

K = Knowledge


def page(*tables: str) -> str:
    """Return a page with some tables."""
    return f"<!DOCTYPE html><html><body><h1>Recruitment</h1>{''.join(tables)}</body></html>"


def table(*rows: str, members: str = "") -> str:
    """Return a table of rows such as `a/2025-26/applied/White/8+ 1,234`, which adds up `members` if there are any."""
    adds_up = f' data-members="{members}"' if members else ""
    cells = (row.split(" ", 1) for row in rows)
    return f"<table{adds_up}>{''.join(_row(key, text) for key, text in cells)}</table>"


def _row(key: str, text: str) -> str:
    return f'<tr role="row"><th scope="row">{key}</th><td role="cell" class="n" data-key="{key}">{text}</td></tr>'


def ratio(keys: str, text: str) -> str:
    """Return a table of one figure that is worked out from the numbers under some keys."""
    return f'<table><tr><td role="cell" data-from="{keys}">{text}</td></tr></table>'


def published(*pages: tuple[str, str]) -> Publication:
    """Read pages, each with the name of its release."""
    found = [one for release, html in pages for one in read_page(release, "recruitment.html", html)]
    return Publication(
        tuple(one for one in found if isinstance(one, Statement)),
        tuple(one for one in found if not isinstance(one, Statement)),
    )


def with_sheet(publication: Publication, release: str, rows: Iterable[list]) -> Publication:
    """Add a spreadsheet to what is published."""
    return publication.then(Publication(tuple(read_sheet(release, "numbers.xlsx", list(rows)))))


@dataclass(frozen=True)
class Leak:
    """A release that leaks: what can be worked out, and every kind of knowledge without which it cannot."""

    name: str
    publication: Publication
    recovered: dict[str, int]
    needs: frozenset[Knowledge]
    betrayed: int = 0
    known: dict[str, int] = field(default_factory=dict)
    posts: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    at_least: dict[str, int] = field(default_factory=dict)


def one_page(*tables: str) -> Publication:
    """Return a release of one page."""
    return published(("2026-27-Q1", page(*tables)))


def posts(organisation: str, *bands: str) -> dict[tuple[str, str], frozenset[str]]:
    """Say of each quarter of 2025-26 which bands had posts, such as `8a 8b`."""
    return {(organisation, f"2025-26-Q{q}"): frozenset(some.split()) for q, some in enumerate(bands, 1)}


A, B, C, P = "a/2025-26", "b/2025-26", "c/2025-26", "partnership/2025-26"
AB, ABC = "a b", "a b c"
DAY = "2025-03-31"
DAY_A = f"a/{DAY}"
THREE_YEARS = "2023-24+2024-25+2025-26"

LEAKS = [
    Leak(
        "a complement in a row: 10 - 7",
        one_page(table(f"{A}/applied/White/8+ 7", f"{A}/applied/BME/8+ [c]", f"{A}/applied/known/8+ 10")),
        {f"{A}/applied/BME/8+": 3},
        frozenset({K.GROUPS}),
    ),
    Leak(  # as a programme's narrower groups beside its broad ones, in print in 2022: tests/release/test_publishing.py
        "a broad group beside its narrower ones, one of them printed as fewer than 5: 14 - 12 - 0",
        one_page(
            table(f"{P}/appointed/Black/8+ 14", members=ABC),
            table(f"{A}/appointed/Black/8+ 12", f"{B}/appointed/Black/8+ [c]", f"{C}/appointed/Black/8+ 0"),
        ),
        {f"{B}/appointed/Black/8+": 2},
        frozenset({K.ORGANISATIONS}),
    ),
    Leak(
        "the fifth of five groups: 30 - 8 - 6 - 9 - 5",
        one_page(
            table(
                *(f"{P}/applied/{group} {n}" for group, n in [("White/8a", 8), ("Mixed/8a", 6), ("Asian/8a", 9)]),
                *(f"{P}/applied/{group} {n}" for group, n in [("Black/8a", 5), ("Other/8a", "[c]"), ("known/8a", 30)]),
                members=AB,
            )
        ),
        {f"{P}/applied/Other/8a": 2},
        frozenset({K.GROUPS}),
    ),
    Leak(
        "the other bands: 1,011 - 1,009",
        one_page(table(f"{A}/applied/BME/8a-8b 1,009", f"{A}/applied/BME/8c+ [c]", f"{A}/applied/BME/8+ 1,011")),
        {f"{A}/applied/BME/8c+": 2},
        frozenset({K.BANDS}),
    ),
    Leak(
        "a margin over organisations: 20 - 9 - 8",
        one_page(
            table(f"{P}/applied/BME/8+ 20", members=ABC),
            table(f"{A}/applied/BME/8+ 9", f"{B}/applied/BME/8+ 8", f"{C}/applied/BME/8+ [c]"),
        ),
        {f"{C}/applied/BME/8+": 3},
        frozenset({K.ORGANISATIONS}),
    ),
    Leak(
        "a partnership's bands less the others' two bands together: 10 + 8 - 15",
        one_page(
            table(f"{P}/applied/BME/8a 10", f"{P}/applied/BME/8b 8", members=AB),
            table(f"{A}/applied/BME/8a-8b 15", f"{B}/applied/BME/8a-8b [c]"),
        ),
        {f"{B}/applied/BME/8a-8b": 3},
        frozenset({K.ORGANISATIONS, K.BANDS}),
    ),
    Leak(
        "a partnership's five groups less an organisation's two: 7 + 6 + 5 + 9 - 24",
        one_page(
            table(*(f"{P}/applied/{group}/8+ {n}" for group, n in [("Mixed", 7), ("Asian", 6)]), members=AB),
            table(*(f"{P}/applied/{group}/8+ {n}" for group, n in [("Black", 5), ("Other", 9)]), members=AB),
            table(f"{A}/applied/BME/8+ 24", f"{B}/applied/BME/8+ [c]"),
        ),
        {f"{B}/applied/BME/8+": 3},
        frozenset({K.ORGANISATIONS, K.GROUPS}),
    ),
    Leak(
        "a year less three quarters: 30 - 9 - 8 - 10",
        one_page(
            table(f"{P}/appointed/BME/8+ 30", members=AB),
            table(*(f"{P}-Q{q}/appointed/BME/8+ {n}" for q, n in enumerate([9, 8, 10, "[c]"], 1)), members=AB),
        ),
        {f"{P}-Q4/appointed/BME/8+": 3},
        frozenset({K.SPANS}),
    ),
    Leak(
        "a year of three organisations less one of them less three quarters of two: 30 - 6 - 9 - 8 - 5",
        one_page(
            table(f"{P}/appointed/BME/8+ 30", members=ABC),
            table(f"{C}/appointed/BME/8+ 6"),
            table(*(f"{P}-Q{q}/appointed/BME/8+ {n}" for q, n in enumerate([9, 8, 5, "[c]"], 1)), members=AB),
        ),
        {f"{P}-Q4/appointed/BME/8+": 2},
        frozenset({K.SPANS, K.ORGANISATIONS}),
    ),
    Leak(
        "quarters that add up two organisations, then three: 9 - (30 - 9 - 8 - 7) are the third's",
        one_page(
            table(f"{P}/applied/BME/8+ 30", members=AB),
            table(*(f"{P}-Q{q}/applied/BME/8+ {n}" for q, n in enumerate([9, 8, 7], 1)), members=AB),
            table(f"{P}-Q4/applied/BME/8+ 9", members=ABC),
            table(f"{C}-Q4/applied/BME/8+ [c]"),
        ),
        {f"{C}-Q4/applied/BME/8+": 3},
        frozenset({K.SPANS, K.ORGANISATIONS}),
    ),
    Leak(
        "nobody was shortlisted, so nobody was appointed",
        one_page(table(f"{A}/shortlisted/BME/8+ 0", f"{A}/appointed/BME/8+ [c]")),
        {f"{A}/appointed/BME/8+": 0},
        frozenset({K.STAGES, K.COUNTS}),
    ),
    Leak(
        "as many were appointed as applied, so all were shortlisted",
        one_page(table(*(f"{A}/{n}" for n in ["applied/BME/8+ 12", "shortlisted/BME/8+ [c]", "appointed/BME/8+ 12"]))),
        {f"{A}/shortlisted/BME/8+": 12},
        frozenset({K.STAGES, K.COUNTS}),
    ),
    Leak(
        "15 appointed are no more than 9 and 6 shortlisted, so they are 9 and 6",
        one_page(
            table(f"{A}/shortlisted/White/8+ 9", f"{A}/shortlisted/BME/8+ 6"),
            table(f"{A}/appointed/White/8+ [c]", f"{A}/appointed/BME/8+ [c]", f"{A}/appointed/known/8+ 15"),
        ),
        {f"{A}/appointed/White/8+": 9, f"{A}/appointed/BME/8+": 6},
        frozenset({K.STAGES, K.COUNTS, K.GROUPS}),
    ),
    Leak(
        "nobody applied anywhere, so nobody applied to one of them",
        one_page(table(f"{P}/applied/BME/8+ 0", members=AB), table(f"{A}/applied/BME/8+ [c]")),
        {f"{A}/applied/BME/8+": 0},
        frozenset({K.ORGANISATIONS, K.COUNTS}),
    ),
    Leak(
        "spans that overlap, in two releases: 23 - 20",
        published(
            ("2025-26-Q1", page(table("a/2023-24+2024-25/applied/BME/8c+ 20"))),
            ("2026-27-Q1", page(table(f"a/{THREE_YEARS}/applied/BME/8c+ 23", f"{A}/applied/BME/8c+ [c]"))),
        ),
        {f"{A}/applied/BME/8c+": 3},
        frozenset({K.SPANS, K.EARLIER}),
    ),
    Leak(
        "rolling spans: 20 - 17 is the middle year, 25 - 3 the last",
        published(
            ("2025-26-Q1", page(table("a/2023-24/applied/BME/8c+ 17", "a/2023-24+2024-25/applied/BME/8c+ 20"))),
            (
                "2026-27-Q1",
                page(table("a/2024-25+2025-26/applied/BME/8c+ 25", "a/2024-25/applied/BME/8c+ [c]"))
                + page(table(f"{A}/applied/BME/8c+ [c]")),
            ),
        ),
        {"a/2024-25/applied/BME/8c+": 3, f"{A}/applied/BME/8c+": 22},
        frozenset({K.SPANS, K.EARLIER}),
    ),
    Leak(
        "an organisation that joined: 23 - 20",
        published(
            ("2025-26-Q4", page(table(f"{P}/applied/BME/8+ 20", members=AB))),
            ("2026-27-Q1", page(table(f"{P}/applied/BME/8+ 23", members=ABC), table(f"{C}/applied/BME/8+ [c]"))),
        ),
        {f"{C}/applied/BME/8+": 3},
        frozenset({K.ORGANISATIONS, K.EARLIER}),
    ),
    Leak(
        "what is hidden now was shown before",
        published(
            ("2025-26-Q4", page(table(f"{A}/applied/BME/8c+ 4"))),
            ("2026-27-Q1", page(table(f"{A}/applied/BME/8c+ [c]"))),
        ),
        {f"{A}/applied/BME/8c+": 4},
        frozenset({K.EARLIER}),
    ),
    Leak(
        "no vacancy in a band is none for any group and stage",
        one_page(
            table(f"{A}/applied/known/8c+ no posts"),
            table(f"{A}/shortlisted/BME/8+ 6", f"{A}/shortlisted/BME/8a-8b [c]"),
        ),
        {f"{A}/shortlisted/BME/8a-8b": 6},
        frozenset({K.NO_POSTS, K.BANDS}),
    ),
    Leak(
        "no vacancy anywhere is none in any organisation: 9 - 0",
        one_page(
            table(f"{P}/applied/White/VSM no posts", f"{P}/applied/White/9 no posts", members=AB),
            table(f"{P}/applied/White/8c no posts", f"{P}/applied/White/8d no posts", members=AB),
            table(f"{A}/applied/BME/8+ 9", f"{A}/applied/BME/8a-8b [c]"),
        ),
        {f"{A}/applied/BME/8a-8b": 9},
        frozenset({K.NO_POSTS, K.BANDS, K.ORGANISATIONS, K.COUNTS}),
    ),
    # The gate's tests plant such a ratio too, in a whole page: it is another check, which shares no code with this one.
    Leak(
        "a ratio beside a hidden number",
        one_page(
            table(f"{A}/shortlisted/BME/8+ 40", f"{A}/appointed/BME/8+ [c]"),
            ratio(f"{A}/shortlisted/BME/8+ {A}/appointed/BME/8+", "0.05 (0.01 to 0.2)"),
        ),
        {},
        frozenset({K.DERIVED}),
        betrayed=1,
    ),
    Leak(
        "a ratio of a number that stands nowhere",
        one_page(table(f"{A}/shortlisted/BME/8+ 40"), ratio(f"{A}/shortlisted/BME/8+ {A}/appointed/BME/8+", "5%")),
        {},
        frozenset({K.DERIVED}),
        betrayed=1,
    ),
    Leak(
        "a spreadsheet that shows what the page hides",
        with_sheet(
            one_page(table(f"{A}/applied/BME/8c+ [c]")),
            "2026-27-Q1",
            [["Applicants"], [], ["organisation", "key", "value"], ["a", f"{A}/applied/BME/8c+", 2.0]],
        ),
        {f"{A}/applied/BME/8c+": 2},
        frozenset({K.SPREADSHEETS}),
    ),
    Leak(
        "what an organisation publishes elsewhere: 10 - 7",
        one_page(table(f"{A}/applied/BME/8+ [c]", f"{A}/applied/known/8+ 10")),
        {f"{A}/applied/BME/8+": 3},
        frozenset({K.GROUPS}),
        known={f"{A}/applied/White/8+": 7},
    ),
    Leak(
        "all posts of one organisation, and the senior ones of another, were in the first quarter: 9 - 6",
        one_page(
            table(f"{P}-Q1/applied/BME/8+ 9", members=AB),
            table(f"{B}/applied/BME/8+ 6", f"{A}/applied/BME/8c+ [c]", f"{A}/applied/BME/8+ 60"),
        ),
        {f"{A}/applied/BME/8c+": 3},
        frozenset({K.POSTS, K.SPANS, K.ORGANISATIONS, K.BANDS}),
        posts={**posts("a", "8d VSM", "8a 8b", "8a", "8b"), **posts("b", "8a VSM", "", "", "")},
    ),
    Leak(
        "only one organisation had posts in two quarters, and none in the others: 4 + 3",
        one_page(
            table(*(f"{P}-Q{q}/shortlisted/BME/8+ {n}" for q, n in enumerate([14, 4, 3, 12], 1)), members=ABC),
            table(f"{P}/shortlisted/BME/8+ 33", members=ABC),
            table(f"{C}/shortlisted/BME/8+ [c]"),
        ),
        {f"{C}/shortlisted/BME/8+": 7},
        frozenset({K.POSTS, K.SPANS, K.ORGANISATIONS, K.BANDS}),
        posts={
            **posts("a", "8a", "", "", "8a 8b 9"),
            **posts("b", "8a 8b", "", "", "8d"),
            **posts("c", "", "8a", "8a 8b", ""),
        },
    ),
    Leak(
        "no senior post was advertised in any quarter",
        one_page(table(f"{A}/applied/BME/8+ 9", f"{A}/applied/BME/8a-8b [c]")),
        {f"{A}/applied/BME/8a-8b": 9},
        frozenset({K.POSTS, K.SPANS, K.BANDS}),
        posts=posts("a", "8a", "8b", "", "8a 8b"),
    ),
    Leak(
        "everybody of the staff of both groups entered a process: 16 of 10 and 6",
        one_page(
            table(f"{DAY_A}/staff/White/all 10", f"{DAY_A}/staff/BME/all 6", f"{DAY_A}/disciplined/known/all 16"),
            table(f"{DAY_A}/disciplined/White/all [c]", f"{DAY_A}/disciplined/BME/all [c]"),
        ),
        {f"{DAY_A}/disciplined/White/all": 10, f"{DAY_A}/disciplined/BME/all": 6},
        frozenset({K.GROUPS, K.STAGES, K.COUNTS}),
    ),
    Leak(
        "the staff of all organisations who took part, less those of two: 50 - 30 - 16",
        one_page(
            table(f"partnership/{DAY}/trained/BME/all 50", members=ABC),
            table(f"{DAY_A}/trained/BME/all 30", f"b/{DAY}/trained/BME/all 16", f"c/{DAY}/trained/BME/all [c]"),
        ),
        {f"c/{DAY}/trained/BME/all": 4},
        frozenset({K.ORGANISATIONS}),
    ),
    Leak(
        "all staff less those of Bands 1 to 7: 9 - 6, where there were no doctors",
        one_page(
            table(
                f"{DAY_A}/disciplined/BME/all 9", f"{DAY_A}/disciplined/BME/1-7 6", f"{DAY_A}/disciplined/BME/8+ [c]"
            ),
            table(f"{DAY_A}/disciplined/BME/medical 0", f"{DAY_A}/disciplined/BME/no-band 0"),
        ),
        {f"{DAY_A}/disciplined/BME/8+": 3},
        frozenset({K.BANDS}),
    ),
    Leak(
        "who joined later and entered a process, from the organisation's statutory return: 9 - 7",
        one_page(table(f"{DAY_A}/staff/BME/all 90", f"{DAY_A}/disciplined/BME/all 7")),
        {f"{DAY_A}/disciplined.joined/BME/all": 2},
        frozenset({K.STATUTORY, K.STAGES}),
        known={f"{DAY_A}/disciplined.ever/BME/all": 9},
    ),
    Leak(
        "who works at Band 8c and above: all at Band 8 less those at 8a and 8b: 40 - 37",
        one_page(
            table(f"{DAY_A}/in-post/BME/8+ 40", f"{DAY_A}/in-post/BME/8a-8b 37", f"{DAY_A}/in-post/BME/8c+ [c]"),
        ),
        {f"{DAY_A}/in-post/BME/8c+": 3},
        frozenset({K.BANDS}),
    ),
    Leak(
        "nine work at Band 8c and above, and nine executives do: six White and three BME",
        one_page(
            table(f"{DAY_A}/in-post/BME/8+ 60", f"{DAY_A}/in-post/White/8+ 90", f"{DAY_A}/in-post/known/8c+ 9"),
            table(f"{DAY_A}/in-post/BME/8c+ [c]", f"{DAY_A}/in-post/White/8c+ [c]"),
        ),
        {f"{DAY_A}/in-post/BME/8c+": 3, f"{DAY_A}/in-post/White/8c+": 6},
        frozenset({K.BOARDS, K.GROUPS}),
        at_least={f"{DAY_A}/in-post/BME/8c+": 3, f"{DAY_A}/in-post/White/8c+": 6},
    ),
    Leak(
        "of twelve BME people at Band 8c and above in three organisations six are on the boards of two: 12 - 6 - 3 - 3",
        one_page(
            table(f"partnership/{DAY}/in-post/BME/8c+ 12", members="a b c"),
            table(f"c/{DAY}/in-post/BME/8c+ 6", f"{DAY_A}/in-post/BME/8c+ [c]", f"b/{DAY}/in-post/BME/8c+ [c]"),
        ),
        {f"{DAY_A}/in-post/BME/8c+": 3, f"b/{DAY}/in-post/BME/8c+": 3},
        frozenset({K.BOARDS, K.ORGANISATIONS}),
        at_least={f"{DAY_A}/in-post/BME/8c+": 3, f"b/{DAY}/in-post/BME/8c+": 3},
    ),
    Leak(
        "who works at Bands 1 to 5, where nobody is without a band: 60 - 56",
        one_page(
            table(f"{DAY_A}/in-post/White/1-7 60", f"{DAY_A}/in-post/White/6-7 56", f"{DAY_A}/in-post/White/1-5 [c]"),
            table(f"{DAY_A}/in-post/White/below-8a 0"),
        ),
        {f"{DAY_A}/in-post/White/1-5": 4},
        frozenset({K.BANDS}),
    ),
    Leak(
        "who works at Band 8c and above in all organisations, less the others: 30 - 17 - 11",
        one_page(
            table(f"partnership/{DAY}/in-post/BME/8c+ 30", members=ABC),
            table(f"{DAY_A}/in-post/BME/8c+ 17", f"b/{DAY}/in-post/BME/8c+ 11", f"c/{DAY}/in-post/BME/8c+ [c]"),
        ),
        {f"c/{DAY}/in-post/BME/8c+": 2},
        frozenset({K.ORGANISATIONS}),
    ),
    Leak(
        "other staff at Bands 8a and 8b: all at either, less the clinical: 21 + 12 - 30",
        one_page(
            table(f"partnership/{DAY}/in-post/BME/8a 21", f"partnership/{DAY}/in-post/BME/8b 12", members=ABC),
            table(
                f"partnership/{DAY}/in-post/BME/8a-8b.clinical 30",
                f"partnership/{DAY}/in-post/BME/8a-8b.non-clinical [c]",
                members=ABC,
            ),
        ),
        {f"partnership/{DAY}/in-post/BME/8a-8b.non-clinical": 3},
        frozenset({K.BANDS, K.DIVIDED}),
    ),
    Leak(
        "who works at Band 8c and above: clinical and other staff of all organisations, less the others: 19 + 11 - 28",
        one_page(
            table(
                f"partnership/{DAY}/in-post/BME/8c+.clinical 19",
                f"partnership/{DAY}/in-post/BME/8c+.non-clinical 11",
                members=ABC,
            ),
            table(f"{DAY_A}/in-post/BME/8c+ 17", f"b/{DAY}/in-post/BME/8c+ 11", f"c/{DAY}/in-post/BME/8c+ [c]"),
        ),
        {f"c/{DAY}/in-post/BME/8c+": 2},
        frozenset({K.ORGANISATIONS, K.BANDS, K.DIVIDED}),
    ),
    Leak(
        "who worked there on a day, shown a year before",
        published(
            ("2025-26-Q4", page(table(f"{DAY_A}/in-post/White/8c+ 4"))),
            ("2026-27-Q4", page(table(f"{DAY_A}/in-post/White/8c+ [c]"))),
        ),
        {f"{DAY_A}/in-post/White/8c+": 4},
        frozenset({K.EARLIER}),
    ),
]
