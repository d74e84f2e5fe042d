"""Tables of people: every number under its key, what is hidden as a symbol, and what there was no post for in words."""

from dataclasses import replace

from bs4 import BeautifulSoup

from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.release.figures import Number
from lt_analysis.release.keys import Key
from lt_analysis.rendering import tables
from lt_analysis.rendering.named import spans_in_words
from tests.making import cells_of, people_table
from tests.rendering.test_sentences import figures

GROUPS = ("White", "BME", "known")
YEAR = people_table(
    {
        (stage, group): 300 - 100 * row + place
        for place, group in enumerate(GROUPS)
        for row, stage in enumerate(RECRUITMENT.keys)
    }
)


def banded(span="2025-26", **changes):
    """A year in two groups of bands; the numbers of Band 8c and above are changed as asked."""

    def at(band, **changes):
        return [replace(one, key=one.key._replace(cut=band, span=span), **changes) for one in YEAR.numbers]

    unknown = Number(Key("ashbourne", span, "applied", "Unknown", "8+"), 12)
    return replace(YEAR, span=span, numbers=(*at("8a-8b"), *at("8c+", **changes), *at("8+"), unknown))


def keys_of(table) -> list[str]:
    return [cell.get("data-key") for cell in BeautifulSoup(table._repr_html_(), "html.parser").find_all("td")]


def test_the_counts_stand_under_their_keys_with_the_total_below():
    table = tables.counts_table(figures(people=YEAR))
    assert cells_of(table._repr_html_()) == {
        f"{column}.{group}": str(YEAR.number(stage, group, "8+").people)
        for group in GROUPS
        for column, stage in zip(("applicants", "shortlisted", "appointed"), RECRUITMENT.keys, strict=True)
    }
    keys = [f"ashbourne/2025-26/{stage}/{group}/8+" for group in GROUPS for stage in RECRUITMENT.keys]
    assert keys_of(table) == keys
    assert "members" not in table._repr_html_()


def test_the_shares_stand_with_the_counts_that_they_are_of_in_a_table_of_their_own():
    table = tables.shares_table(figures(people=YEAR))
    assert table.caption == "Shares who went on at each stage, all posts added up, 2025-26"
    cells = cells_of(table._repr_html_())
    assert cells["shares.applicants.White"] == "300"
    # 200 of 300, and 100 of 200.
    assert (cells["2025-26.share-shortlisted.White"], cells["2025-26.share-appointed.White"]) == ("67%", "50%")
    assert len(cells) == 5 * len(GROUPS)
    assert not cells.keys() & cells_of(tables.counts_table(figures(people=YEAR))._repr_html_()).keys()


def test_a_likelihood_says_which_four_counts_it_comes_from():
    page = BeautifulSoup(tables.likelihood_table(figures(people=YEAR))._repr_html_(), "html.parser")
    stages = (("applied", "shortlisted"), ("shortlisted", "appointed"), ("applied", "appointed"))
    for cell, (of, done) in zip(page.find_all("td"), stages, strict=True):
        assert cell["data-from"].split() == [
            f"ashbourne/2025-26/{stage}/{group}/8+" for stage in (of, done) for group in ("White", "BME")
        ]


def test_a_hidden_number_is_the_symbol_and_one_without_posts_says_so():
    without = cells_of(tables.bands_table(figures(people=banded(people=0, no_posts=True)))._repr_html_())
    withheld = cells_of(tables.bands_table(figures(people=banded(people=None)))._repr_html_())
    both = cells_of(tables.bands_table(figures(people=banded(people=None, no_posts=True)))._repr_html_())
    assert {text for name, text in without.items() if name.endswith("8c+")} == {"no posts"}
    assert {text for name, text in withheld.items() if name.endswith("8c+")} == {"[c]"}
    assert both == withheld
    assert without["applicants.White.8a-8b"] == "300"


def test_where_no_bands_were_sent_it_is_said():
    said = cells_of(tables.bands_table(figures(people=YEAR))._repr_html_())
    assert said == {"bands": "What was sent does not tell single bands apart."}


def test_years_that_are_added_up_have_a_heading_a_reason_and_every_number():
    together = banded("2024-25+2025-26", people=None)
    shown = tables.several_years(figures(together=(together,)))
    page = BeautifulSoup(shown._repr_html_(), "html.parser")
    assert page.h3.get_text() == "Several years added up"
    assert page.caption.get_text() == "People at each stage, 2024-25 and 2025-26 added up"
    assert {*keys_of(shown)} - {None} == {str(one.key) for one in together.numbers}
    cells = cells_of(shown._repr_html_())
    assert cells["2024-25+2025-26.applicants.BME.8c+"] == "[c]"
    assert [cells[f"2024-25+2025-26.{name}.Unknown"] for name in ("applicants", "shortlisted")] == ["12", "not counted"]
    assert tables.several_years(figures())._repr_html_() == ""


def test_three_years_are_listed():
    assert spans_in_words("2023-24+2024-25+2025-26") == "2023-24, 2024-25 and 2025-26"
