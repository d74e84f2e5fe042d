"""What organisations have printed of themselves: which counts it allows, and what an attacker then knows."""

from lt_analysis.verification import attack, publication_of
from lt_analysis.verification.printed import PrintedFigure, counts_that_fit, known_of

ASKED, YES = (
    f"ashbourne/survey-2025-26/{stage}/BME/no-band" for stage in ("answered-discrimination", "discrimination")
)
STAFF = {f"ashbourne/2026-03-31/in-post/{group}/all": number for group, number in (("White", 40), ("BME", 30))}
EVER = {group: f"ashbourne/2025-03-31/disciplined.ever/{group}/all" for group in ("White", "BME")}


def percentage(value):
    return PrintedFigure("ashbourne", 8, "2025-26", value, "BME")


def ratio(value, indicator=3):
    return PrintedFigure("ashbourne", indicator, "2025-26", value, "")


def test_a_percentage_of_few_with_a_decimal_allows_one_count_and_a_whole_one_of_many_several():
    assert [*counts_that_fit(percentage("23.3%"), {ASKED: 30})] == [{YES: 7}]  # 6 are 20.0% and 8 are 26.7%
    assert [*counts_that_fit(percentage("23%"), {ASKED: 300})] == [{YES: some} for some in (68, 69, 70)]
    assert [*counts_that_fit(percentage("23.3%"), {})] == []  # of how many is not known


def test_a_ratio_allows_every_pair_of_counts_that_would_print_so():
    """By hand: of every pair of 1 to 40 White and 0 to 30 BME staff the ratio to two decimals."""
    pairs = [
        (white, bme)
        for white in range(1, 41)
        for bme in range(31)
        if abs((bme / 30) / (white / 40) - 2.67) <= 0.005 + 1e-12
    ]
    found = [(one[EVER["White"]], one[EVER["BME"]]) for one in counts_that_fit(ratio("2.67"), STAFF)]
    assert found == pairs and (2, 4) in pairs and len(pairs) > 1
    assert [*counts_that_fit(ratio("40.00"), STAFF)] == [{EVER["White"]: 1, EVER["BME"]: 30}]  # all of them for one
    # Indicator 4 divides the other way round: of White staff 4 of 40, of BME staff 2 of 30.
    training = [*counts_that_fit(ratio("1.50", 4), STAFF)]
    assert {key.replace("disciplined", "trained"): n for key, n in zip(EVER.values(), (4, 2), strict=True)} in training
    assert [*counts_that_fit(ratio("1.50", 2), STAFF)] == []  # of all posts, and not of those counted here


def test_where_one_count_fits_an_attacker_knows_it_and_it_is_no_secret_of_the_pages():
    publication = publication_of({ASKED: 30, YES: None})
    known = known_of([percentage("6.7%")], publication)
    assert known == {YES: 2}
    assert not attack(publication, known=known).succeeded
    assert known_of([ratio("2.67")], publication_of(STAFF)) == {}
    # What the pages show is what they show, whatever was printed elsewhere of other people.
    assert known_of([percentage("6.7%")], publication_of({ASKED: 30, YES: 9})) == {}
