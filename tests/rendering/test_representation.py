"""The page on who works at each band: what it says of released numbers and of hidden ones, and in which direction."""

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.release.figures import Goal
from lt_analysis.rendering import blocks, representation
from lt_analysis.rendering.figure import name_of
from lt_analysis.rendering.forms import say
from lt_analysis.rendering.staff_figures import Coming, Disparity, InPost
from lt_analysis.reporting.gate.drawn import drawn_faults
from lt_analysis.reporting.gate.keyed import keyed_faults
from lt_analysis.reporting.gate.static import static_faults
from tests.making import cells_of, people_table
from tests.rendering.releases import release

DAY, GROUPS = "2026-03-31", ("White", "BME", "known")
# White staff and BME staff: 240 of 400 are BME, which is 60%.
STAFF = {"1-5": (40, 80), "6-7": (50, 100), "1-7": (90, 180), "8a-8b": (40, 35), "8c+": (30, 25), "8+": (70, 60)}
STAFF |= {"all": (160, 240)}


def in_post(who="ashbourne", members=("ashbourne",), **numbers):
    """A table of the day, in which `numbers` are others than those above: by cut, None where hidden."""
    made = []
    for cut, both in (STAFF | {name.replace("_", "-"): number for name, number in numbers.items()}).items():
        if both == ():
            continue
        white, bme = both or (None, None)
        known = None if both is None else white + bme
        counts = {("in-post", "White"): white, ("in-post", "BME"): bme, ("in-post", "known"): known}
        made.append(people_table(counts, DAY, who, members, band=cut))
    return replace(made[0], numbers=tuple(number for one in made for number in one.numbers))


def answer(cut="8+", **numbers):
    return say(representation.ANSWER, InPost(in_post(**numbers), cut), "")


def test_the_answer_has_both_counts_both_shares_and_how_many_fewer_people_that_is():
    # 60% of 130 are 78: 18 more than the 60 that there are.
    assert answer() == (
        "On 31 March 2026, 60 of 130 staff at Band 8 and above whose ethnicity is known were BME (46%), compared with "
        "60% of all staff: 18 fewer than that share gives."
    )


@pytest.mark.parametrize(
    ("at_8", "said"), [((52, 78), "as many as that share gives"), ((40, 90), "12 more than that share gives")]
)
def test_as_many_and_more_are_said_as_they_are(at_8, said):
    assert said in answer(**{"8+": at_8})


@pytest.mark.parametrize(
    ("at_8", "appointed", "said"),
    [
        # Parity is 78 of 130; 80 appointed and 80 leave, of whom 37 are BME: 78 - 23 = 55 of 80, and 40 were.
        (
            (70, 60),
            (40, 80),
            "Say that in the next year as many people are appointed at Band 8 and above as in 2025-26, and as many "
            "leave as are appointed. For as large a share as of all staff, 55 of 80 appointed would have to be BME. In "
            "2025-26, 40 of 80 were. With the same chances, so many or more would be appointed less than once in 100 "
            "times.",
        ),
        (
            (70, 60),
            (20, 24),
            "it would not be enough even if all 24 appointed were BME. In 2025-26, 20 of 24 were.",
        ),
        ((10, 120), (20, 40), "as of all staff, whoever is appointed. In 2025-26, 20 of 40 appointed were BME."),
        ((70, 60), (3, 9), "is not worked out: there are too few people for a share."),
        (
            (70, 60),
            None,
            "How many of the next appointments would bring as large a share as of all staff is not worked out: some of "
            "the numbers are not shown, so that nobody can be identified.",
        ),
    ],
)
def test_what_the_next_appointments_would_have_to_be_is_said_of_released_numbers_alone(at_8, appointed, said):
    some, known = appointed or (None, None)
    others = None if appointed is None else known - some
    counts = {("appointed", "BME"): some, ("appointed", "White"): others, ("appointed", "known"): known}
    found = Coming(InPost(in_post(**{"8+": at_8}), "8+"), people_table(counts))
    assert str(say(representation.NEXT_APPOINTED, found, "")).endswith(said)


def appointed_in_a_year(who="ashbourne", members=("ashbourne",), span="2025-26"):
    counts = {("appointed", "BME"): 40, ("appointed", "White"): 40, ("appointed", "known"): 80}
    return people_table(counts, span, who, members)


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        # Of 60 BME staff a year in which 80 of 130 leave leaves 23.08, and a second one 8.88. Of x new ones a year
        # 1.385 x are there at the end: 69.12 are lacking of 78, so x is 49.92, and 100 of both years' 160 do.
        (
            "2027-28",
            "in each year until the end of 2027-28, which a goal was declared for, as many people are appointed",
        ),
        ("2027-28", "100 of 160 appointed would have to be BME. In 2025-26, 40 of 80 were."),
        (
            "2026-27",
            "in each year until the end of 2026-27, which a goal was declared for, as many people are appointed",
        ),
        ("2026-27", "55 of 80 appointed would have to be BME."),
        ("2025-26", "Say that in the next year as many people are appointed"),  # it has ended
        (None, "Say that in the next year as many people are appointed"),
    ],
)
def test_the_next_appointments_are_those_until_the_year_of_the_declared_goal(goal, said):
    by = FinancialYear.parse(goal) if goal else None
    found = Coming(InPost(in_post(), "8+"), appointed_in_a_year(), by)
    assert said in str(say(representation.NEXT_APPOINTED, found, ""))


@pytest.mark.parametrize("whose", ["partnership", "ashbourne"])
def test_the_goal_of_the_partnership_is_that_of_each_organisation_and_what_is_said_is_said_again(whose):
    made, by = with_staff(), FinancialYear(2027)
    first, *others = made.organisations
    first = replace(first, people=appointed_in_a_year(), goal_by=by)
    year = appointed_in_a_year("partnership", ("ashbourne", "beeches"))
    goal = Goal("The same chance for all.", "A year within its range.", by, invented=True)
    made = replace(made, organisations=(first, *others), partnership=(year,), goal=goal)
    page = BeautifulSoup(blocks.headline(made.of(whose), blocks.REPRESENTATION)._repr_html_(), "html.parser")
    assert "100 of 160 appointed would have to be BME" in cells_of(str(page))["in-post.next"]
    assert list(keyed_faults(page, made)) == []


@pytest.mark.parametrize(
    ("years", "why"),
    [
        ((), "no appointments of 2025-26 are published."),
        (("2024-25",), "no appointments of 2025-26 are published."),
        (("2025-26",), "the appointments of 2025-26 and these staff are not those of the same organisations."),
    ],
)
def test_why_nothing_of_the_next_appointments_is_worked_out_is_said_in_one_sentence(years, why):
    tables = tuple(appointed_in_a_year("partnership", ("ashbourne",), span) for span in years)
    made = replace(with_staff(), partnership=tables)
    page = BeautifulSoup(blocks.headline(made, blocks.REPRESENTATION)._repr_html_(), "html.parser")
    said = cells_of(str(page))["in-post.next"]
    assert said == (
        f"How many of the next appointments would bring as large a share as of all staff is not worked out: {why}"
    )
    assert list(keyed_faults(page, made)) == []


def test_hidden_numbers_say_nothing_and_few_have_no_share():
    assert answer(**{"8+": None}) == (
        "How many of the staff at Band 8 and above are BME is not shown, so that nobody can be identified."
    )
    assert answer(**{"8+": (9, 6)}).endswith("6 of 15 staff at Band 8 and above whose ethnicity is known were BME.")


def test_ratios_say_who_is_further_up_and_multiply():
    table = in_post()
    found = {which: Disparity(table, which).counts.ratio for which in representation.DISPARITY}
    # 50 for 40 by 100 for 80 is 1; 70 for 50 by 60 for 100 is 1.4 / 0.6; 70 for 40 by 60 for 80 is 1.75 / 0.75.
    assert found == pytest.approx({"lower-middle": 1.0, "middle-upper": 7 / 3, "lower-upper": 7 / 3})
    said = {which: say(one, Disparity(table, which), "") for which, one in representation.DISPARITY.items()}
    assert said["lower-middle"].startswith("Lower to middle bands: 1.00.") and "about as many" in said["lower-middle"]
    assert (
        said["lower-upper"].startswith("Lower to upper bands: 2.33.") and "White staff have more" in said["lower-upper"]
    )


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        ({"1-5": (), "6-7": ()}, "no bands"),
        ({"1-7": (95, 180)}, "no bands"),  # 5 of them have no band below 8a
        ({"6-7": None}, "hidden"),
        ({"1-5": (4, 80), "1-7": (54, 180)}, "few"),
    ],
)
def test_no_ratio_is_given_where_somebody_has_no_band_or_is_hidden(numbers, why):
    assert Disparity(in_post(**numbers), "lower-middle").instead == why


def test_of_the_partnership_it_is_said_for_whose_staff_there_is_no_ratio_as_far_as_that_is_published():
    def said(first, second, together):
        made = with_staff()
        names = ("ashbourne", "beeches")
        organisations = [
            replace(one, slug=slug, in_post=(in_post(slug, (slug,), **numbers),) if numbers is not None else ())
            for one, slug, numbers in zip(made.organisations, names, (first, second), strict=False)
        ]
        made = replace(made, organisations=tuple(organisations), in_post=(in_post("partnership", names, **together),))
        page = BeautifulSoup(blocks.disparity(made)._repr_html_(), "html.parser")
        assert list(keyed_faults(page, made)) == []
        first_name, second_name = map(name_of, made.organisations)
        text = cells_of(str(page))["disparity.none"]
        return text.replace(second_name, "SECOND").replace(first_name, "FIRST").partition(" only the pay")[0]

    by_pay, one_hidden = {"1-5": (), "6-7": ()}, {"1-5": None}
    assert said({}, by_pay, by_pay) == "No ratio is given: for some staff of SECOND"
    assert said(by_pay, by_pay, by_pay) == "No ratio is given: for some staff of FIRST and SECOND"
    assert said({}, by_pay, one_hidden) == "No ratio is given: for some staff of SECOND"
    assert said({}, {}, one_hidden) == representation.HIDDEN_RATIOS
    assert said({}, one_hidden, by_pay) == representation.NO_RATIOS.partition(" only the pay")[0]
    assert said({}, None, by_pay) == representation.NO_RATIOS.partition(" only the pay")[0]


def with_staff(**numbers):
    made, members = release(), ("ashbourne", "beeches")
    first, *others = made.organisations
    own = replace(first, in_post=(in_post(**numbers),))
    together = in_post("partnership", members, **numbers)
    return replace(made, in_post=(together,), organisations=(own, *others))


@pytest.mark.parametrize("whose", ["partnership", "ashbourne"])
def test_every_text_of_the_page_is_said_again_from_the_release(whose):
    made = with_staff(**{"8c+": None, "8a-8b": None})
    figures = made.of(whose)
    shown = "".join(
        part(figures, blocks.REPRESENTATION)._repr_html_()
        for part in (blocks.heading, blocks.headline, blocks.coverage, blocks.glossary)
    )
    shown += blocks.in_post(figures)._repr_html_() + blocks.disparity(figures)._repr_html_()
    page = BeautifulSoup(shown, "html.parser")
    assert len(page.find_all(attrs={"data-key": True})) >= 20
    assert list(keyed_faults(page, made)) == [] and list(drawn_faults(page)) == []
    assert list(keyed_faults(page, with_staff()))
    cells = cells_of(shown)
    assert cells[f"bands.{DAY}.beside.8+"] == "18 fewer" and cells[f"bands.{DAY}.beside.8c+"] == "[c]"


@pytest.mark.parametrize(
    ("doctors", "who"),
    [
        ({}, "Doctors and dentists, and staff whose band is not known,"),
        ({"medical": (10, 40), "all": (170, 280)}, "Staff whose band is not known"),
    ],
)
def test_whoever_is_among_all_staff_and_in_no_row_above_is_named_below_the_table(doctors, who):
    shown = representation.counts(in_post(**doctors))._repr_html_()
    assert f">{who} are counted only in the row for all staff.<" in shown
    # Of 450 staff 280 are BME: 31 of 50.
    assert cells_of(shown).get(f"bands.{DAY}.beside.medical") == ("9 more" if doctors else None)


# White staff and BME staff by kind of work: of all in clinical work 160 of 240 are BME, of the others 80 of 160.
WORK = {
    **{"1-5.clinical": (20, 60), "6-7.clinical": (30, 60), "8a-8b.clinical": (15, 22), "8c+.clinical": (15, 18)},
    **{"8+.clinical": (30, 40), "all.clinical": (80, 160), "1-7.non-clinical": (40, 60)},
    **{"8a-8b.non-clinical": (25, 13), "8c+.non-clinical": None, "8+.non-clinical": (40, 20)},
    "all.non-clinical": (80, 80),
}


def by_work(**numbers):
    """All organisations' staff by kind of work too, of which `numbers` are others than those above."""
    made = with_staff()
    return replace(made, in_post=(in_post("partnership", ("ashbourne", "beeches"), **WORK | numbers),))


def test_clinical_and_other_staff_are_set_beside_all_of_their_kind_and_only_of_all_organisations_together():
    made = by_work()
    shown = blocks.by_work(made)._repr_html_()
    page = BeautifulSoup(f"<body>{shown}</body>", "html.parser")
    assert [*keyed_faults(page, made), *static_faults(page)] == []
    cells = cells_of(shown)
    assert cells["work.all.clinical"] == (
        "Of all clinical staff on 31 March 2026 whose ethnicity is known, 160 of 240 were BME (67%)."
    )
    # Two thirds of 80 are 53, of 90 are 60, of 37 are 25 and of 33 are 22.
    assert [cells[f"work.{band}.clinical"] for band in ("1-5", "6-7", "8a-8b", "8c+")] == [
        "At Bands 1 to 5, 60 of 80 were BME (75%): 7 more than that share gives.",
        "At Bands 6 and 7, 60 of 90 were BME (67%): as many as that share gives.",
        "At Bands 8a and 8b, 22 of 37 were BME (59%): 3 fewer than that share gives.",
        "At Band 8c and above, 18 of 33 were BME (55%): 4 fewer than that share gives.",
    ]
    assert "work.8+.clinical" not in cells and "work.1-7.non-clinical" in cells
    assert cells["work.8c+.non-clinical"] == (
        "At Band 8c and above it is not shown how many were BME, so that nobody can be identified."
    )
    assert cells[f"work.{DAY}.beside.8+.non-clinical"] == "10 fewer"  # half of 60
    by_band = cells_of(blocks.in_post(made)._repr_html_())
    assert f"bands.{DAY}.beside.8+" in by_band and not any(".clinical" in name for name in by_band)
    assert not str(blocks.by_work(made.of("ashbourne")).html) and not str(blocks.by_work(with_staff()).html)


def test_where_all_of_a_kind_of_work_are_not_told_its_bands_are_set_beside_nothing():
    made = by_work(**{f"all.{work}": () for work in ("clinical", "non-clinical")})
    shown = blocks.by_work(made)._repr_html_()
    assert list(keyed_faults(BeautifulSoup(shown, "html.parser"), made)) == []
    cells = cells_of(shown)
    assert cells[f"work.{DAY}.beside.8+.clinical"] == "not given" and "work.8a-8b.clinical" not in cells


def test_where_staff_live_is_said_with_its_counts_and_only_of_all_organisations_together():
    where = {"all.in-the-boroughs": (60, 150), "all.elsewhere": (90, 50), "all": (160, 240)}
    where |= {"8+.in-the-boroughs": (20, 20), "8+.elsewhere": (40, 30)}
    parts = [
        people_table(
            {("at-home", group): number for group, number in zip(GROUPS, (*some, sum(some)), strict=True)},
            *(DAY, "partnership", ("ashbourne", "beeches"), cut),
        )
        for cut, some in where.items()
    ]
    table = replace(parts[0], numbers=tuple(number for one in parts for number in one.numbers))
    made = replace(with_staff(), divided=(table,))
    shown = blocks.where_staff_live(made)._repr_html_()
    assert list(keyed_faults(BeautifulSoup(shown, "html.parser"), made)) == []
    cells = cells_of(shown)
    assert cells["homes.all"] == (
        "Of all staff on 31 March 2026, 210 of 350 live in the six boroughs of South East London (60%)."
    )
    assert cells["homes.8+"].startswith("At Band 8 and above, 40 of 110 live in the six boroughs")
    assert [cells[f"homes.{DAY}.all.{group}.share"] for group in GROUPS] == ["40%", "75%", "60%"]
    assert not str(blocks.where_staff_live(made.of("ashbourne")).html)
    assert not str(blocks.where_staff_live(with_staff()).html)


@pytest.mark.parametrize(
    ("unknown", "said"),
    [
        (100, "Ethnicity is not known of 100 of all 500 staff (20%). They are in no share on this page."),
        (0, "The ethnicity of all 400 staff is known."),
    ],
)
def test_of_how_many_staff_ethnicity_is_not_known_is_said_with_the_count(unknown, said):
    made = with_staff()
    first, *others = made.organisations
    (table,) = first.in_post
    number = people_table({("in-post", "Unknown"): unknown}, DAY, band="all").numbers
    with_unknown = replace(first, in_post=(replace(table, numbers=(*table.numbers, *number)),))
    made = replace(made, organisations=(with_unknown, *others))
    covers = blocks.coverage(with_unknown, blocks.REPRESENTATION)._repr_html_()
    finer = blocks.in_post(made)._repr_html_()
    assert said in covers and "Not known" not in blocks.coverage(first, blocks.REPRESENTATION)._repr_html_()
    for shown in (covers, finer):
        assert list(keyed_faults(BeautifulSoup(shown, "html.parser"), made)) == []
    cells = cells_of(finer)
    assert cells["unknown.ashbourne.all"] == f"{400 + unknown}"


def test_a_ladder_has_the_finest_bands_that_are_told_the_highest_first():
    assert representation.rungs(in_post()) == ["8c+", "8a-8b", "6-7", "1-5"]
    assert representation.rungs(in_post(**{"1-5": ()})) == ["8c+", "8a-8b", "1-7"]


def test_where_nothing_is_published_the_page_says_so_and_nothing_else():
    assert representation.NOTHING_YET in blocks.headline(release(), blocks.REPRESENTATION)._repr_html_()
    assert not str(blocks.in_post(release()).html) and not str(blocks.disparity(release()).html)


def test_the_shares_of_residents_are_those_of_the_census_in_all_four_areas():
    """Of Lambeth's 317,650 residents 174,778 are White, of 1,791,374 in the six boroughs 1,078,212; and so on."""
    census = {"Lambeth": (317_650, 174_778), "South East London": (1_791_374, 1_078_212)}
    census |= {"London": (8_799_736, 4_731_172), "England": (56_490_065, 45_783_379)}
    shares = {area: f"{round(100 * (everybody - white) / everybody)}%" for area, (everybody, white) in census.items()}
    assert shares == {"Lambeth": "45%", "South East London": "40%", "London": "46%", "England": "19%"}
    made = with_staff()
    page = BeautifulSoup(blocks.headline(made, blocks.REPRESENTATION)._repr_html_(), "html.parser")
    assert cells_of(str(page))["in-post.residents"] == (
        "In the Census of 2021, 45% of the people of Lambeth, 40% of South East London, 46% of London and 19% of "
        "England were of Black, Asian, Mixed or other minority ethnic groups. These are residents of all ages. They "
        "are not the people who apply, nor those who could."
    )
    assert list(keyed_faults(page, made)) == []
    assert not re.search(r"\d", representation.RESIDENTS.words)
