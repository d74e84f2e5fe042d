"""An organisation's done action beside its own decisions of two years: exact, and of its own recruitment alone."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from lt_analysis.codebook.periods import Quarter
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.release.exact_actions import read_action_years
from lt_analysis.rendering import own_actions
from tests import making
from tests.release.test_actions import pledged, send


def test_a_done_action_stands_beside_its_organisations_own_vacancies_of_the_year_before_and_the_year_after(project):
    # 24 vacancies a year of 6 White and 5 BME applicants, of whom 3 and 2 are shortlisted. The odds ratio at which
    # Fisher's noncentral hypergeometric distribution has the mean 3 (scipy.stats.nchypergeom_fisher) is 1.445.
    for year in ("2023-24", "2026-27"):
        making.year_of_returns(project, year=year)
    collect_to_release(project, Quarter.parse("2023-24-Q4"))
    first, last = Quarter.parse("2025-26-Q1"), Quarter.parse("2025-26-Q4")
    about = {"started_on": date(2025, 4, 1), "measure": "shortlisting", "direction": "down", "reference": "P1"}
    send(project, "ashbourne", pledged(status_on=first.last_day, **about), period=str(first))
    collect_to_release(project, first)
    assert read_action_years("ashbourne", "recruitment") == ()  # not done yet
    proved = about | {"status": "done", "status_on": last.last_day, "evidence": "Board paper"}
    send(project, "ashbourne", pledged(**proved), period=str(last))
    collect_to_release(project, last)
    collect_to_release(project, Quarter.parse("2026-27-Q4"))
    years = read_action_years("ashbourne", "recruitment")
    assert [(one.action.last.reference, str(one.year)) for one in years] == [("P1", "2023-24"), ("P1", "2026-27")]
    for one in years:
        assert (one.compared.reference_share.successful, one.compared.reference_share.people) == (72, 144)
        assert (one.compared.share.successful, one.compared.share.people) == (48, 120)
        assert one.compared.odds_ratio == pytest.approx(1.44546802, rel=1e-6)
    assert read_action_years("ashbourne", "staff") == ()
    assert read_action_years("beeches", "recruitment") == ()  # no report has it
    rows = BeautifulSoup(own_actions.table(years)._repr_html_(), "html.parser").select("tbody tr")
    assert [cell.get_text() for cell in rows[0].find_all(["th", "td"])][:3] == [
        *("P1: From application to shortlist, April 2023 to March 2024", "72 of 144", "48 of 120"),
    ]
    assert "So there is nothing to set beside it." in str(own_actions.table(()))
