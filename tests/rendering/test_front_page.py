from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from lt_analysis.codebook.made_by import code_fingerprint, code_version
from lt_analysis.codebook.periods import Quarter
from lt_analysis.release.figures import Release, Status
from lt_analysis.rendering import front_page
from lt_analysis.rendering.figure import name_of
from lt_analysis.rendering.strip_chart import NAME
from tests.making import cells_of, people_table
from tests.rendering.releases import ashbourne
from tests.rendering.test_sentences import beside, figures, hidden

SECOND = Quarter.parse("2026-27-Q2")


def test_the_front_page_counts_the_partnerships_organisations_and_its_examples_apart():
    release = Release(SECOND, (beside(49, 10), hidden(), figures(source="BMJ 2021", first_published="2026-27-Q2")))
    said = front_page.points(release)
    assert said["organisations"] == "Of 2 organisations, 1 is set beside a range, at one stage or both."
    assert said["few"] == "1 had too few people to show how many came through a stage."


def test_who_lacks_returns_of_the_year_and_who_lacks_the_quarters_alone_are_counted_apart():
    missing = hidden(status=Status.INCOMPLETE, missing=("2025-26-Q3", "2026-27-Q2"))
    refused = hidden(status=Status.REFUSED, refused=("2025-26-Q1",))
    late, spoilt = figures(missing=("2026-27-Q2",)), figures(refused=("2026-27-Q2",))
    said = front_page.points(Release(SECOND, (missing, refused, late, spoilt)))
    assert said["missing"] == "1 did not send every return of the year."
    assert said["refused"] == "1 sent something for the year that could not be used."
    assert said["missing.quarter"] == "2 sent no return for July to September 2026."
    assert said["refused.quarter"] == "1 sent a return for July to September 2026 that could not be used."


def test_the_last_quarter_of_a_year_is_a_part_of_it():
    last = Quarter.parse("2025-26-Q4")
    said = front_page.points(Release(last, (figures(quarter=last, missing=("2025-26-Q4",)),)))
    assert (said["missing"], said["missing.quarter"]) == ("1 did not send every return of the year.", "")


def test_each_organisation_leads_to_its_pages_and_its_numbers_are_folded():
    people = (ashbourne().people,)
    one = replace(ashbourne(), staff=people, in_post=people)
    other = replace(figures(), slug="beeches", name="Beeches")
    page = BeautifulSoup(front_page.organisations(Release(SECOND, (one, other)), [])._repr_html_(), "html.parser")
    assert {link["href"]: link.get_text() for link in page.select("li a")} == {
        "ashbourne/recruitment.html": name_of(one),
        "ashbourne/representation.html": "who works at each band",
        "ashbourne/retention.html": "what happened to staff",
        "ashbourne/standards.html": "race equality standard",
        "beeches/recruitment.html": name_of(other),
    }
    assert page.select_one("details > table")["id"] == NAME
    without = front_page.organisations(Release(SECOND, (one,)), ["ashbourne/retention"])._repr_html_()
    assert "retention.html" not in without and "recruitment.html" in without


def test_an_organisation_whose_page_could_not_be_made_is_named_without_a_link_or_a_figure():
    for one in (ashbourne(), figures(source="BMJ 2021")):
        listed = front_page.organisations(Release(SECOND, (one,)), ["ashbourne"])._repr_html_()
        assert "Its page could not be made this quarter" in listed
        assert "recruitment.html" not in listed


def test_the_page_on_returns_is_led_to_only_where_it_could_be_made():
    assert 'href="data-quality.html"' in front_page.leads_to(Release(SECOND, ()), "data quality", [])._repr_html_()
    without = front_page.leads_to(Release(SECOND, ()), "data quality", ["data quality"])._repr_html_()
    assert "href" not in without
    assert "could not be made this quarter" in without


def test_a_name_with_markup_in_it_arrives_as_text():
    listed = front_page.organisations(Release(SECOND, (figures(name="<script>x</script>"),)), [])._repr_html_()
    assert "<script>" not in listed


def test_totals_are_counted():
    totals = figures()
    assert not totals.adjusted_for_vacancies
    said = front_page.points(Release(SECOND, (totals, beside(49, 10), hidden())))["totals"]
    assert said == "1 sent only totals, which are not compared post by post."


def partnership_year(**changes):
    numbers = {"applied": (259, 759), "shortlisted": (79, 279), "appointed": (20, 60)} | changes
    numbers = {
        stage: (some, None if None in (some, known) else known - some, known)
        for stage, (some, known) in numbers.items()
    }
    groups = ("BME", "White", "known")
    told = {(stage, group): n for stage, row in numbers.items() for group, n in zip(groups, row, strict=True)}
    return people_table(told, "2025-26", "partnership", ("ashbourne", "beeches", "cedars"))


def summary_of(table):
    return cells_of(front_page.sums(Release(SECOND, (figures(),), (table,)))._repr_html_())


@pytest.mark.parametrize(
    ("counts", "ends"),
    [
        ({}, "28%. Their share of appointments was larger, 33%; 24% to 44% fits the counts."),
        ({"appointed": (8, 60)}, "28%. Their share of appointments was smaller, 13%; 6% to 23% fits the counts."),
        (
            {"shortlisted": (50, 100), "appointed": (30, 60)},
            "50%. Their share of appointments was the same, 50%; 42% to 58% fits the counts.",
        ),
        ({"appointed": (5, 19)}, "were 79 of 279 people on shortlists."),
    ],
)
def test_a_share_is_set_beside_that_of_the_people_of_whom_they_are_a_part_and_nothing_is_concluded(counts, ends):
    said = summary_of(partnership_year(**counts))
    assert said["headline.of"].endswith(ends)
    assert "one between posts" in said["headline.caution"]


def test_the_latest_quarter_is_a_main_point_with_its_shares_and_whose_it_is():
    said = summary_of(replace(partnership_year(), span="2026-27-Q1"))
    assert said["quarter"] == (
        "April to June 2026, the latest quarter: 20 of 60 appointments went to BME people, who were 79 of 279 people "
        "on shortlists, 28%. Their share of appointments was larger, 33%; 24% to 44% fits the counts."
    )
    assert said["quarter.members"].startswith("This adds up ")
    assert "headline" not in said


def test_where_appointments_are_hidden_shortlists_are_said_and_that_the_others_are_not_shown():
    found = [summary_of(partnership_year(appointed=row)) for row in ((None, 60), (None, None))]
    assert found[0] == found[1]
    assert found[0]["headline"] == "79 of 279 places on shortlists went to BME people in 2025-26."
    assert found[0]["headline.hidden"].startswith("How many appointments went to BME people is not shown")


def test_the_next_figures_of_the_partnerships_quarter_are_due_in_the_next_report_and_those_of_the_year_at_its_end():
    page = BeautifulSoup(front_page.coverage(Release(SECOND, ()))._repr_html_(), "html.parser")
    said = dict(zip(*([one.get_text() for one in page.find_all(tag)] for tag in ("dt", "dd")), strict=True))
    assert said["Next figures"] == (
        "A further quarter in the report for October to December 2026, a further year in that for January to March "
        "2027."
    )


def test_earlier_reports_are_those_that_the_release_says():
    release = Release(SECOND, (), earlier=(Quarter.parse("2026-27-Q1"), Quarter.parse("2025-26-Q4")))
    page = BeautifulSoup(front_page.earlier_reports(release)._repr_html_(), "html.parser")
    assert [(link["href"], link.get_text()) for link in page.find_all("a")] == [
        ("../2026-27-Q1/index.html", "April to June 2026"),
        ("../2025-26-Q4/index.html", "January to March 2026"),
    ]
    without = BeautifulSoup(front_page.earlier_reports(release, ["2025-26-Q4"])._repr_html_(), "html.parser")
    assert [link["href"] for link in without.find_all("a")] == ["../2026-27-Q1/index.html"]
    assert "January to March 2026 (without pages" in without.get_text()
    assert "the first report" in front_page.earlier_reports(Release(SECOND, ()))._repr_html_()


def test_the_release_file_and_the_code_are_named():
    page = BeautifulSoup(front_page.made_from(Release(SECOND, (), sha256="ab" * 32))._repr_html_(), "html.parser")
    said = dict(zip(*([one.get_text() for one in page.find_all(tag)] for tag in ("dt", "dd")), strict=True))
    assert said["Release"].startswith("2026-27-Q2, in the folder data")
    assert said["Its fingerprint (SHA-256)"] == "ab" * 32
    assert said["Code"] == code_version()
    assert said["Fingerprint of the code (SHA-256)"] == code_fingerprint()
