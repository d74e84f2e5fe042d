"""Invented organisations: the same bytes, obviously invented, with truths that their data bears out."""

import csv
import hashlib
import shutil
from datetime import date

import duckdb
import numpy as np
import pytest
from scipy.stats import nchypergeom_fisher

from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.pay import BAND_8_AND_ABOVE
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.returns import ACTIONS, EVENTS, RETURNS, STAFF
from lt_analysis.codebook.standards import INDICATORS, SEATS
from lt_analysis.collection.asked import read_asked
from lt_analysis.collection.collect import collect_organisation
from lt_analysis.collection.finding import organisation_names
from lt_analysis.collection.organisation import read_organisation
from lt_analysis.collection.receipts import open_audit
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.evidence.gap_change import GapChange
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.release.delivery import Stands, tracked
from lt_analysis.release.exact_staff import read_staff
from lt_analysis.release.files import Edition, PledgedAction
from lt_analysis.rendering.numbers import ratio
from lt_analysis.synthetic import EXAMPLE, MODELS, invent, needs_inventing, organisations
from lt_analysis.synthetic.metrics import CHILDREN, MINDS, NEIGHBOURHOOD
from lt_analysis.synthetic.organisations import WITH_PERSONNEL_SYSTEMS
from lt_analysis.synthetic.printed import COUNTED_ONE_WHO_HAD_LEFT, TURNED_ROUND
from lt_analysis.synthetic.workforce import (
    CONSULTANT,
    EVENTS_A_YEAR,
    IN_ORDER,
    LEAVING,
    NEW_LEAVING,
    ODDS_RATIOS,
    Size,
    workforce,
)
from tests import making

UNTIL = Quarter.parse("2026-27-Q2")


def digest(folders):
    files = sorted(path for path in folders.raw.rglob("*") if path.is_file())
    return [(path.relative_to(folders.raw), hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(project):
    list(invent(project, 4, 2, UNTIL, seed=1))
    first = digest(project)
    list(invent(project, 4, 2, UNTIL, seed=1))
    assert digest(project) == first
    list(invent(project, 4, 2, UNTIL, seed=2))
    assert digest(project) != first


def test_the_twelve_are_of_the_kinds_of_the_partnership():
    kinds = [model.kind for model in MODELS]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        **{"acute trust": 2, "mental health trust": 1, "integrated care board": 1, "council": 1, "university": 1},
        **{"GP federation": 3, "voluntary organisation": 3},
    }


def test_more_than_twelve_are_numbered_and_all_say_that_they_are_invented(project):
    names = list(invent(project, 14, 1, UNTIL, seed=1))
    assert len(set(names)) == 14
    assert all(name.endswith("(invented)") for name in names)
    assert all(read_organisation(path.parent).invented for path in project.raw.glob("*/organisation.yml"))


def test_the_data_bear_out_the_truth_that_is_written_beside_them(project):
    # Summed over vacancies, the BME people who succeeded lie within 3.5 standard deviations of the mean of
    # Fisher's noncentral hypergeometric distribution with the odds ratio of truth.csv, and 5-10% are unknown.
    list(invent(project, 1, 12, UNTIL, seed=1))
    truth = {
        row["stage"]: float(row["odds_ratio"])
        for row in csv.DictReader((project.raw / "truth.csv").read_text().splitlines())
    }
    rows = f"read_csv('{project.raw}/nonesuch-hospitals/*/applications.csv', all_varchar = true)"
    stages = {"shortlisting": ("eligible_on", "shortlisted_on"), "appointment": ("shortlisted_on", "offered_on")}
    for stage, (pool, chosen) in stages.items():
        draws = duckdb.sql(
            f"""SELECT count(*), count(*) FILTER (bme), count({chosen}), count({chosen}) FILTER (bme)
                FROM (SELECT DISTINCT * , ethnicity NOT IN ('A', 'B', 'C') AS bme FROM {rows}
                      WHERE ethnicity NOT IN ('Z', '99') AND {pool} IS NOT NULL)
                GROUP BY vacancy HAVING count(*) FILTER (bme) NOT IN (0, count(*))"""
        ).fetchall()
        assert len(draws) > 300
        known = [nchypergeom_fisher(people, bme, number, truth[stage]) for people, bme, number, _ in draws]
        mean, variance = sum(one.mean() for one in known), sum(one.var() for one in known)
        observed = sum(successful for *_, successful in draws)
        assert abs(observed - mean) < 3.5 * variance**0.5
    ((unknown,),) = duckdb.sql(f"SELECT avg((ethnicity IN ('Z', '99'))::INT) FROM {rows}").fetchall()
    assert 0.04 < unknown < 0.11


def test_the_bme_share_differs_between_vacancies(project):
    list(invent(project, 1, 2, UNTIL, seed=1))
    ((spread,),) = duckdb.sql(
        f"""SELECT stddev(share) FROM (
                SELECT avg((ethnicity NOT IN ('A', 'B', 'C', 'Z', '99'))::INT) AS share
                FROM read_csv('{project.raw}/nonesuch-hospitals/*/applications.csv', all_varchar = true)
                GROUP BY vacancy)"""
    ).fetchall()
    assert spread > 0.12


def test_invented_data_are_not_written_beside_a_real_organisation(project):
    making.organisation(project, "kings", invented=False)
    assert not needs_inventing(project)
    with pytest.raises(RawDataError, match="data/raw holds kings, which is not invented"):
        list(invent(project, 1, 1, UNTIL, seed=1))


def test_half_invented_data_are_invented_again(project):
    assert needs_inventing(project)
    list(invent(project, 2, 1, UNTIL, seed=1))
    assert not needs_inventing(project)
    (project.raw / "truth.csv").unlink()
    assert needs_inventing(project)


def test_every_return_is_invented_staff_for_nine_quarters_and_none_looks_odd(project, thorough):
    list(invent(project, 12 if thorough else 4, 10, UNTIL, seed=1))
    sent = {path.stem for path in project.raw.glob("*/*/*.*")} - {"organisation"}
    assert sent == {kind.name for kind in RETURNS}
    for kind in ("staff", "events"):
        quarters = {path.parent.name for path in project.raw.glob(f"*/*/{kind}.csv")}
        assert (min(quarters), max(quarters), len(quarters)) == ("2024-25-Q2", "2026-27-Q2", 9)
    quarters = {path.parent.name for path in project.raw.glob("*/*/actions.csv")}
    assert (min(quarters), max(quarters), len(quarters)) == ("2024-25-Q1", str(UNTIL), 10)
    with open_audit(":memory:") as connection:
        for slug in organisation_names(project):
            found = collect_organisation(connection, project, slug, date.max, keep=False)
            assert not found.refusals
            assert not [warning for warning in found.warnings if warning.column == "started_on"]
            assert {problem.column for receipt in found.receipts for problem in receipt.problems} <= {"applicant"}


def test_what_happens_to_staff_bears_out_the_truth_that_is_written_beside_it(project):
    # Of the staff at the start of 2025-26, those of either group to whom it happened within the year: the BME people
    # among them lie within 3.5 standard deviations of Fisher's noncentral hypergeometric mean, all organisations
    # added up, and farther than that from the mean of equal chances.
    list(invent(project, 8, 7, UNTIL, seed=1))  # six of eight send staff, from the last day before the year on
    truth = {
        (row["organisation"], row["stage"]): float(row["odds_ratio"])
        for row in csv.DictReader((project.raw / "truth.csv").read_text().splitlines())
    }
    # Leavers of the year are left out of both: what had not happened to them yet never did.
    events, staff = (
        f"read_csv('{project.raw}/*/{periods}.csv', all_varchar = true, union_by_name = true)"
        for periods in ("202[56]-2[67]-Q?/events", "202[45]-2[56]-Q4/staff")
    )
    for event in EVENTS_A_YEAR.keys() & ODDS_RATIOS.keys():
        draws = duckdb.sql(
            f"""WITH there AS (
                    SELECT person, ethnicity NOT IN ('A', 'B', 'C') AS bme FROM {staff}
                    WHERE ethnicity <> 'Z' AND left_on IS NULL GROUP BY ALL HAVING count(*) = 2),
                happened AS (SELECT DISTINCT person FROM {events}
                    WHERE event = '{event}' AND happened_on BETWEEN '2025-04-01' AND '2026-03-31')
                SELECT split_part(person, '-P', 1)[8:], count(*), count(*) FILTER (bme), count(happened.person),
                       count(happened.person) FILTER (bme)
                FROM there LEFT JOIN happened USING (person) GROUP BY ALL"""
        ).fetchall()
        assert len(draws) == 6
        assert fits(draws, [truth[slug, event] for slug, *_ in draws])
        assert not fits(draws, [1.0] * 6)
    # Leaving is decided in each quarter anew, of all who are there, below Band 8 and above: of those who had joined in
    # the year before the financial year by odds of their own.
    draws = duckdb.sql(
        f"""SELECT split_part(person, '-P', 1)[8:], count(*), count(*) FILTER (bme), count(left_on),
                   count(left_on) FILTER (bme), is_new
            FROM (SELECT *, ethnicity NOT IN ('A', 'B', 'C') AS bme,
                         make_date(left(split_part(filename, '/', -2), 4)::INTEGER, 4, 1) AS begins,
                         started_on BETWEEN begins - INTERVAL 1 YEAR AND begins - 1 AS is_new,
                         {SENIOR} AS is_senior
                  FROM read_csv('{project.raw}/*/*/staff.csv', all_varchar = true, filename = true,
                                union_by_name = true, types = {{'started_on': 'DATE'}})
                  WHERE ethnicity <> 'Z')
            GROUP BY filename, 1, is_new, is_senior"""
    ).fetchall()
    for new, event in ((False, LEAVING), (True, NEW_LEAVING)):
        own = [one for *one, is_new in draws if is_new == new]
        assert len(own) == 6 * 7 * 2
        assert fits(own, [truth[slug, event] for slug, *_ in own])
    # Of the doctors of the latest quarter, who is a consultant: of 5 in 100 no return says it, whatever they are.
    doctors = duckdb.sql(
        f"""SELECT split_part(person, '-P', 1)[8:], count(*), count(*) FILTER (bme), count(*) FILTER (consultant),
                   count(*) FILTER (bme AND consultant)
            FROM (SELECT *, ethnicity NOT IN ('A', 'B', 'C') AS bme, medical_grade = '{CONSULTANT}' AS consultant
                  FROM read_csv('{project.raw}/*/{UNTIL}/staff.csv', all_varchar = true, union_by_name = true)
                  WHERE medical_grade IS NOT NULL AND ethnicity <> 'Z')
            GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    assert [slug for slug, *_ in doctors] == [slug for slug, what in sorted(truth) if what == CONSULTANT]
    assert fits(doctors, [truth[slug, CONSULTANT] for slug, *_ in doctors])


def test_an_organisation_has_about_as_many_staff_from_year_to_year_and_few_of_them_at_the_top(project):
    # On each 31 March, and at the end of the latest quarter, beside the first return: within 3% of it, and at Band 8
    # and above, of whom there are few hundred in some, within 8%.
    list(invent(project, 8, 10, UNTIL, seed=1))
    rows = duckdb.sql(
        f"""SELECT split_part(filename, '/', -3), split_part(filename, '/', -2), count(*),
                   count(*) FILTER ({SENIOR})
            FROM read_csv('{project.raw}/*/*/staff.csv', all_varchar = true, filename = true, union_by_name = true)
            WHERE left_on IS NULL GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    found = {(slug, period): counts for slug, period, *counts in rows}
    slugs = sorted({slug for slug, _ in found})
    assert slugs == sorted(model.slug for model in MODELS if model.kind in WITH_PERSONNEL_SYSTEMS)
    for slug in slugs:
        everybody, senior = found[slug, "2024-25-Q2"]
        for period in ("2024-25-Q4", "2025-26-Q4", str(UNTIL)):
            later, senior_later = found[slug, period]
            assert later == pytest.approx(everybody, rel=0.03)
            assert senior_later == pytest.approx(senior, rel=0.08)
    shares = {slug: round(senior / everybody, 2) for slug in slugs for everybody, senior in [found[slug, str(UNTIL)]]}
    assert all(0.08 <= shares[slug] <= 0.12 for slug in slugs if "hospitals" in slug or "mental-health" in slug)
    assert max(shares.values()) == shares["erewhon-care-board"] < 0.45


def test_a_board_has_a_few_executives_from_the_top_and_its_members_stay_until_they_leave():
    every = [UNTIL]
    while len(every) < 9:
        every.insert(0, every[0].previous)
    sizes = set()
    for seed in range(8):
        returns = workforce("o", Size(40, 640, 160), (), every, {}, np.random.default_rng(seed))
        boards = []
        for quarter in every:
            rows = {row["person"]: row for row in returns[quarter][STAFF]}
            board = {name: row for name, row in rows.items() if row["board"] != "no" and "left_on" not in row}
            assert all(row["grade"] in ("9", "VSM") for row in board.values())
            for before in boards[-1:]:
                gone = {name for name in before if "left_on" in rows[name]}
                assert before.keys() - board.keys() == gone
                same = before.keys() - gone
                assert all(board[name]["board_role"] == before[name]["board_role"] for name in same)
            boards.append(board)
        (seats,) = {len(board) for board in boards}
        (executives,) = {sum(row["board_role"] == "executive" for row in board.values()) for board in boards}
        assert 8 <= seats <= 15 and 4 <= executives <= 7
        assert {row["board"] for board in boards for row in board.values() if row["board_role"] != "executive"} == {
            "voting"
        }
        sizes.add((seats, executives))
    assert len(sizes) > 4


def printed_otherwise(folders):
    """Of an invented partnership, what was printed otherwise than own pages have it; and every board, as printed."""
    wrong, boards = {}, {}
    for slug in organisation_names(folders):
        settings = read_organisation(folders.raw / slug)
        if settings.kind not in WITH_PERSONNEL_SYSTEMS:
            assert not settings.board_published and not settings.indicators_published
            continue
        exact, board = read_staff(slug), settings.board_published
        assert (str(exact.day), str(exact.in_post_day), str(board.as_of)) == ("2025-03-31", "2026-03-31", "2026-03-31")
        boards[slug] = {kind: (getattr(board, every), getattr(board, some)) for kind, (every, some) in SEATS.items()}
        own = {one.which: (one.share.people, one.share.successful) for one in exact.seats}
        wrong |= {(slug, kind): (told, own[kind]) for kind, told in boards[slug].items() if told != own[kind]}
        for one in settings.indicators_published:
            measure = INDICATORS[one.indicator - 1].measure
            own = answered(folders, slug, measure, one.group) if one.group else ratio(exact.of(measure).statutory.ratio)
            assert str(one.year) == "2025-26"
            wrong |= {(slug, one.indicator): (one.value, own)} if one.value != own else {}
        told = [(one.indicator, one.group) for one in settings.indicators_published]
        assert told == [(3, None), (4, None), (5, REFERENCE), (5, BME)]
    return wrong, boards


def answered(folders, slug, measure, group):
    """The share of a group that said yes, as the return of the year's survey has it."""
    with (folders.raw / slug / "2025-26-Q4" / "survey.csv").open(encoding="utf-8", newline="") as lines:
        asked = (measure.after.sent_as, group)
        (row,) = [row for row in csv.DictReader(lines) if (row["question"], row["ethnicity"]) == asked]
    return f"{int(row['yes']) / int(row['respondents']):.1%}"


def has_its_two_errors(wrong) -> bool:
    """Tell whether one board has a member too many, and one ratio is upside down, and nothing else is wrong."""
    assert {slug for slug, _ in wrong} == {COUNTED_ONE_WHO_HAD_LEFT, TURNED_ROUND}
    printed, own = wrong.pop((COUNTED_ONE_WHO_HAD_LEFT, "members"))
    assert printed[0] == own[0] + 1 and printed[1] - own[1] in (0, 1)
    for kind in ("voting", "executives"):
        printed, own = wrong.pop((COUNTED_ONE_WHO_HAD_LEFT, kind), ((1,), (0,)))
        assert printed[0] == own[0] + 1
    ((place, (printed, own)),) = wrong.items()
    return place == (TURNED_ROUND, 4) and float(printed) < 0.9 < 1.1 < float(own) == pytest.approx(
        1 / float(printed), rel=0.01
    )


def test_what_is_printed_is_what_own_pages_have_but_for_one_board_and_one_ratio(counted_quarter, monkeypatch):
    monkeypatch.chdir(counted_quarter.root)
    wrong, boards = printed_otherwise(counted_quarter)
    assert has_its_two_errors(wrong)
    assert len({tuple(board.values()) for board in boards.values()}) == len(boards) == 2


@pytest.mark.thorough
def test_of_twelve_organisations_too_one_board_and_one_ratio_are_printed_otherwise_than_own_pages_have_them(project):
    list(invent(project, 12, 7, UNTIL, seed=1))
    collect_to_release(project, UNTIL)
    wrong, boards = printed_otherwise(project)
    assert has_its_two_errors(wrong)
    assert len({tuple(board.values()) for board in boards.values()}) == len(boards) == 6


def test_doctors_stand_beside_the_others_who_are_as_they_were_and_bme_ones_are_more_seldom_consultants():
    every = [UNTIL.previous, UNTIL]
    truths = dict.fromkeys(ODDS_RATIOS, 1.5)
    told, without = (
        workforce("o", Size(600, 6_400, 800), (), every, truths | of_doctors, np.random.default_rng(1))
        for of_doctors in ({CONSULTANT: 0.4}, {})
    )
    doctors = [row for row in told[UNTIL][STAFF] if row["grade"] == "medical"]
    assert 0.11 < len(doctors) / len(told[UNTIL][STAFF]) < 0.13
    references = {row["person"] for quarter in every for row in told[quarter][STAFF] if row["grade"] == "medical"}
    for quarter in every:
        for kind, rows in told[quarter].items():
            assert [row for row in rows if row.get("person") not in references] == without[quarter][kind]
    of_doctors = {row["event"] for row in told[UNTIL][EVENTS] if row["person"] in references}
    assert of_doctors == EVENTS_A_YEAR.keys() - {"promotion", "acting up"}
    known = [row for row in doctors if row["medical_grade"] and row["ethnicity"] != "Z"]
    bme, consultants = (
        {row["person"] for row in known if is_one(row)}
        for is_one in (lambda row: row["ethnicity"] not in "ABC", lambda row: row["medical_grade"] == CONSULTANT)
    )
    draws = [("o", *map(len, (known, bme, consultants, bme & consultants)))]
    assert fits(draws, [0.4]) and not fits(draws, [1.0])


SENIOR = f"coalesce(grade IN {BAND_8_AND_ABOVE}, salary::INT >= 66000 AND work <> 'medical')"


def fits(draws, ratios) -> bool:
    """Tell whether the BME people to whom it happened lie where these odds ratios put them, all draws added up."""
    known = [
        nchypergeom_fisher(people, group, happened, ratio)
        for (_, people, group, happened, _), ratio in zip(draws, ratios, strict=True)
    ]
    mean, variance = sum(one.mean() for one in known), sum(one.var() for one in known)
    return abs(sum(bme for *_, bme in draws) - mean) < 3.5 * variance**0.5


def test_one_organisation_sends_statuses_in_place_of_dates(project):
    list(invent(project, 9, 1, UNTIL, seed=1))
    path = project.raw / "brigadoon-gp-federation" / str(UNTIL) / "applications.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert "shortlisted_on" not in rows[0]
    assert {row["application_status"] for row in rows} >= {"applied", "interviewed", "started"}


def test_over_releases_nothing_is_invented_unless_afresh_which_moves_all_aside(project, called):
    making.year_of_returns(project)
    collect_to_release(project, Quarter.parse("2025-26-Q4"))
    (project.reports / "2025-26-Q4").mkdir(parents=True)
    (project.raw / EXAMPLE).mkdir()
    asked = ("invent", "--organisations", "1", "--quarters", "1")
    refused = called(project, *asked)
    assert refused.returncode == 1
    assert "something was released, and stands" in refused.stderr
    assert "with --afresh" in refused.stderr
    assert [path.name for path in sorted(project.raw.iterdir())] == ["ashbourne", EXAMPLE]
    assert called(project, *asked, "--afresh").returncode == 0
    assert sorted(path.name for path in project.raw.iterdir()) == [
        *(EXAMPLE, "nonesuch-hospitals", "partnership", "truth.csv")
    ]
    aside = project.root / "aside" / "1"
    assert (aside / "data" / "raw" / "ashbourne").is_dir()
    assert (aside / "data" / "processed" / "releases" / "2025-26-Q4").is_dir()
    assert (aside / "reports" / "2025-26-Q4").is_dir()
    assert not list(project.releases.glob("*"))


def pledged_by(model, quarters):
    """What an invented organisation pledged, as releases of some quarters remember it."""
    every = [UNTIL]
    while len(every) < 20:
        every.insert(0, every[0].previous)
    returns = workforce(model.slug, Size(model.posts, 60, 40), (), every, {}, np.random.default_rng(1))
    dates = ("started_on", "due_on", "status_on")
    rows = {quarter: returns.get(quarter, {}).get(ACTIONS, []) for quarter in quarters}
    assert all(isinstance(row[name], date) for some in rows.values() for row in some for name in dates if name in row)
    lacking = dict.fromkeys(dates)
    editions = [
        Edition(quarter, 1, (), {}, (), tuple(PledgedAction(**lacking | row, organisation=model.slug) for row in some))
        for quarter, some in rows.items()
    ]
    return tracked(editions, model.slug, lambda *place: None)


def test_every_state_of_an_action_occurs_among_those_that_are_invented_and_done_ones_name_a_number():
    quarters = [Quarter.parse(f"{year}-Q4") for year in ("2022-23", "2023-24", "2024-25")]
    # With a report of the quarter before, and without: then nothing that did not move is quiet only.
    every = [
        one
        for model in MODELS
        if model.kind in WITH_PERSONNEL_SYSTEMS
        for latest in ([UNTIL], [UNTIL.previous, UNTIL])
        for one in pledged_by(model, [*quarters, *latest])
    ]
    of_numbers = {Stands.SHOWS, Stands.NO_CHANGE}  # which hang on released numbers
    assert {state for one in every for state in one.states} == set(Stands) - of_numbers
    plans = [plan for one in every if (plan := one.plan(4))]
    assert {(plan.measure.key, str(plan.before), str(plan.after), plan.direction) for plan in plans} == {
        ("shortlisting", "2022-23", "2025-26", "down"),
        ("appointment", "2023-24", "2027-28", "down"),
    }


@pytest.mark.thorough
def test_one_large_gap_shrinks_after_its_action_and_another_does_not_though_that_would_have_been_seen(
    project,
):
    list(invent(project, 8, 20, UNTIL, seed=1))

    def years(slug):
        for year in ("2022-23", "2025-26"):
            ((*counts,),) = duckdb.sql(
                f"""SELECT count(shortlisted_on) FILTER (white), count(*) FILTER (white),
                               count(shortlisted_on) FILTER (NOT white), count(*) FILTER (NOT white)
                        FROM (SELECT DISTINCT *, ethnicity IN ('A', 'B', 'C') AS white
                              FROM read_csv('{project.raw}/{slug}/{year}-*/applications.csv', all_varchar = true)
                              WHERE eligible_on IS NOT NULL AND ethnicity NOT IN ('Z', '99') AND grade <> '7'
                                    AND campaign = 'none')"""
            ).fetchall()
            yield RelativeLikelihood(*counts)

    strictest = 0.1 / (6 * sum(1 / number for number in range(1, 7)))  # of six actions, however they depend
    changed, same = (GapChange(*years(slug)) for slug in ("neverland-hospitals", "nonesuch-hospitals"))
    assert changed.change < 0 and changed.p < strictest
    assert same.p > strictest and same.power(0.15, strictest) > 0.8


def test_metrics_are_invented_with_the_gradient_over_deprivation_that_is_written_beside_them(project):
    # The slope of log odds over ten tenths, added up over practices and quarters, by weighted least squares: within 3.5
    # standard errors of the log of the odds ratio between the first and the last.
    list(invent(project, 9, 6, UNTIL, seed=1))
    asked = read_asked(project)
    assert len({one.practice for one in asked.memberships}) == 40
    assert {one.alliance for one in asked.metrics} == {NEIGHBOURHOOD, MINDS, CHILDREN}
    truth = {
        row["stage"]: float(row["odds_ratio"])
        for row in csv.DictReader((project.raw / "truth.csv").read_text().splitlines())
        if row["organisation"] == "partnership"
    }
    rows = f"read_csv('{project.raw}/*/*/metrics.csv', all_varchar = true)"
    for metric, axis in (("blood-pressure", "deprivation tenth"), ("vaccines-by-five", "deprivation fifth")):
        found = duckdb.sql(
            f"""SELECT subgroup::INT, sum(numerator::INT), sum(denominator::INT) FROM {rows}
                WHERE metric = '{metric}' AND axis = '{axis}' AND subgroup <> 'not known' GROUP BY 1 ORDER BY 1"""
        ).fetchall()
        groups, some, every = np.array(found, dtype=float).T
        # The middle of each tenth or fifth, where the first tenth is 1 and the last 0.
        place = 1 - (groups - 1) / 9 if len(groups) == 10 else 1 - (2 * groups - 1.5) / 9
        weights = some * (every - some) / every
        (slope, _), covariance = np.polyfit(place, np.log(some / (every - some)), 1, w=np.sqrt(weights), cov="unscaled")
        assert abs(slope - np.log(truth[f"{metric} by deprivation"])) < 3.5 * covariance[0, 0] ** 0.5
        assert abs(slope) > 3.5 * covariance[0, 0] ** 0.5


def test_what_else_is_invented_hangs_on_no_metric(project, monkeypatch):
    list(invent(project, 3, 2, UNTIL, seed=1))
    with_metrics = dict(digest(project))
    shutil.rmtree(project.raw)
    monkeypatch.setattr(organisations, "write_metrics", lambda *told: None)
    list(invent(project, 3, 2, UNTIL, seed=1))
    without = dict(digest(project))
    assert {path.stem for path in with_metrics.keys() - without.keys()} == {"metrics", "anchors"}
    assert without.items() <= with_metrics.items()


def test_whoever_gains_a_promotion_has_the_next_grade_from_then_on_and_processes_have_their_ground():
    every = [UNTIL]
    while len(every) < 9:
        every.insert(0, every[0].previous)
    returns = workforce("nonesuch", Size(60, 640, 80), (), every, {}, np.random.default_rng(1))
    grade, moved, grounds = {}, 0, set()
    for quarter in every:
        for row in returns[quarter][EVENTS]:
            if row["event"] == "promotion":
                moved += 1
                before = grade.get(row["person"], row["from_grade"])
                assert before == row["from_grade"] != "VSM"
                assert IN_ORDER.index(row["to_grade"]) == IN_ORDER.index(before) + 1
                grade[row["person"]] = row["to_grade"]
            else:
                assert "to_grade" not in row
            assert ("ground" in row) == (row["event"] == "formal capability")
            grounds.add(row.get("ground"))
        for row in returns[quarter][STAFF]:
            assert grade.setdefault(row["person"], row["grade"]) == row["grade"]
            assert row["snapshot_on"] == quarter.last_day
            assert ("board_role" in row) == (row["board"] != "no")
    assert moved > 50 and grounds == {None, "ill health", "performance"}
