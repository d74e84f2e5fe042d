"""The page on returns: who sent what, whose ethnicity is known, and that what is hidden reads the same."""

import pytest
from bs4 import BeautifulSoup

from lt_analysis.release.figures import Release, Status
from lt_analysis.rendering import data_quality
from lt_analysis.rendering.charts import Chart
from tests.making import cells_of, people_table
from tests.rendering.test_charts import texts
from tests.rendering.test_front_page import SECOND
from tests.rendering.test_quality_charts import dots
from tests.rendering.test_sentences import figures, hidden


def applicants(known, unknown):
    return people_table({("applied", "known"): known, ("applied", "Unknown"): unknown})


def named(name, unknown, known=90, **about):
    """An organisation of 90 applicants of known ethnicity."""
    return figures(slug=name.lower(), name=name, people=applicants(known, unknown), **about)


def withheld(name, **about):
    return hidden(slug=name.lower(), name=name, people=applicants(None, None), **about)


def points(*organisations):
    return data_quality.points(Release(SECOND, organisations))


def cells(*organisations):
    release = Release(SECOND, organisations)
    parts = (data_quality.returns_table, data_quality.what_to_send, data_quality.known_table)
    return cells_of("".join(part(release)._repr_html_() for part in parts))


def test_who_sent_every_return_and_who_did_not_is_said_by_name():
    lacking = {"status": Status.INCOMPLETE, "missing": ("2025-26-Q3",)}
    refused = {"status": Status.REFUSED, "refused": ("2025-26-Q1",)}
    said = points(named("Ashbourne", 10), withheld("Beeches", **lacking), withheld("Cedars", **refused))
    assert said["sent"] == "1 of 3 organisations sent all that the figures for the year need."
    assert said["missing"] == "For the year, something has not been received from Beeches (invented)."
    assert said["refused"] == "For the year, something could not be used of what was sent by Cedars (invented)."
    assert said["missing.quarter"] == said["refused.quarter"] == ""


def test_what_is_lacking_of_the_quarter_alone_is_told_apart_from_the_year():
    late, spoilt = {"missing": ("2026-27-Q2",)}, {"refused": ("2026-27-Q2",)}
    said = points(named("Ashbourne", 10, **late), named("Beeches", 10, **spoilt))
    assert said["sent"] == "2 of 2 organisations sent all that the figures for the year need."
    assert (said["missing"], said["refused"]) == ("", "")
    quarter = "For July to September 2026, nothing"
    assert said["missing.quarter"] == f"{quarter} has been received from Ashbourne (invented)."
    assert said["refused.quarter"] == f"{quarter} could be used of what was sent by Beeches (invented)."


def test_returns_are_sorted_into_received_missing_and_not_usable():
    lacking = {"status": Status.REFUSED, "missing": ("2025-26-Q3", "2026-27-Q2"), "refused": ("2025-26-Q1",)}
    found = cells(named("Ashbourne", 10), withheld("Beeches", **lacking))
    assert found["received.ashbourne"] == "the whole year"
    assert found["received.beeches"] == "2025‑26‑Q2, 2025‑26‑Q4"
    assert found["missing.beeches"] == "2025‑26‑Q3, 2026‑27‑Q2"
    assert found["refused.beeches"] == "2025‑26‑Q1"
    assert found["returns.beeches"].startswith("Beeches (invented): What was sent for 2025-26-Q1 could not be used")


def test_nothing_counts_as_received_where_the_settings_cannot_be_read():
    found = cells(withheld("Beeches", kind="unknown", status=Status.REFUSED, refused=("its folder",)))
    assert (found["received.beeches"], found["refused.beeches"]) == ("none", "its folder")


def test_a_year_of_applications_and_totals_is_said_to_be_why_it_cannot_be_used():
    found = cells(withheld("Beeches", status=Status.REFUSED))
    assert found["refused.beeches"] == "its year: applications and totals cannot be added up"


@pytest.mark.parametrize(
    ("unknown", "share", "below"),
    [(10, "90%", ""), (11, "89%", "Below 90%: Ashbourne (invented) (89%).")],
)
def test_nine_in_ten_is_enough_and_less_is_named(unknown, share, below):
    said = points(named("Ashbourne", unknown))
    assert said["below"] == below
    assert said["known"].startswith(f"{0 if below else 1} of the 1 organisations that can be shown know the ethnicity")
    assert cells(named("Ashbourne", unknown))["share.ashbourne"] == share


@pytest.mark.parametrize(("known", "unknown"), [(90, None), (None, 10), (None, None)])
def test_a_number_is_hidden_by_itself_and_takes_the_whole_and_the_share_with_it(known, unknown):
    one = named("Ashbourne", unknown, known)
    found = cells(one)
    assert (found["known.ashbourne"], found["unknown.ashbourne"]) == (str(known or "[c]"), str(unknown or "[c]"))
    assert {found[f"{name}.ashbourne"] for name in ("applicants", "share")} == {"[c]"}
    assert points(one) == points(withheld("Ashbourne"))
    assert not isinstance(data_quality.known_chart(Release(SECOND, (one,))), Chart)


def test_every_number_says_where_it_was_released():
    page = data_quality.known_table(Release(SECOND, (named("Ashbourne", 10),)))._repr_html_()
    known, unknown = "ashbourne/2025-26/applied/known/8+", "ashbourne/2025-26/applied/Unknown/8+"
    found = [
        (cell.get("data-key"), cell.get("data-from")) for cell in BeautifulSoup(page, "html.parser").find_all("td")
    ]
    both = (None, f"{known} {unknown}")
    assert found == [both, (known, None), (unknown, None), both]


def test_no_share_of_nobody_is_worked_out():
    found = cells(named("Ashbourne", 0, known=0))
    assert (found["applicants.ashbourne"], found["share.ashbourne"]) == ("no posts", "no posts")


def test_a_hidden_number_has_words_in_the_chart_and_no_dot():
    release = Release(SECOND, (named("Ashbourne", 10), withheld("Beeches")))
    chart = data_quality.known_chart(release)
    assert "Beeches (invented): not shown" in texts(chart.wide)
    assert chart.rows()[2] == ["Beeches (invented)", "[c]", "[c]", "[c]", "[c]"]
    assert [dots(chart.wide), dots(chart.narrow)] == [1, 1]
    assert chart.finding == "Ethnicity is known of at least 90% of applicants in 1 of 1 organisations shown."
    assert not isinstance(data_quality.known_chart(Release(SECOND, (withheld("Beeches"),))), Chart)


def test_a_published_example_is_nobodys_return():
    example = named("Example", 10, source="BMJ 2021")
    assert points(example) == {"sent": data_quality.NOBODY}
    assert cells(example) == {"returns": data_quality.NOTHING_TO_SEND, "known": data_quality.NOBODY}


@pytest.mark.parametrize("posts", ["none", "under 5", "12"])
def test_how_many_posts_were_set_aside_is_said_as_it_was_released(posts):
    one = named("Ashbourne", 10, posts_set_aside=posts)
    assert cells(one)["aside.ashbourne"] == posts
    assert Release(SECOND, (one,)).quoted["aside.ashbourne"] == posts
