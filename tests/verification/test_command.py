"""`lt-analysis verify`, as a person calls it."""

import shutil

import duckdb
import pytest
from bs4 import BeautifulSoup

from tests.conftest import run_command
from tests.verification.leaks import page, ratio, table

PERIOD = "2026-27-Q2"
A = "a/2025-26/applied"
LEAKY = (f"{A}/White/8+ 1,007", f"{A}/BME/8+ [c]", f"{A}/known/8+ 1,010")


def put(project, period, html):
    path = project.reports / period / "a" / "recruitment.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, encoding="utf-8")


def test_what_can_be_worked_out_is_one_line_each_and_exits_1(project):
    put(project, PERIOD, page(table(*LEAKY), ratio(f"{A}/White/8+ {A}/BME/8+", "0.3")))
    said = run_command(project, "verify", "--period", PERIOD)
    assert said.returncode == 1
    assert said.stdout.splitlines()[:2] == [
        f"✗ {A}/BME/8+ is hidden and can be worked out: 3",
        f"✗ a/recruitment.html shows a figure worked out from numbers that are not all shown: {A}/White/8+ {A}/BME/8+",
    ]


def test_a_safe_release_is_a_table_and_exits_0(project, called):
    rows = (f"{A}/White/8+ [c]", f"{A}/BME/8+ [c]", f"{A}/known/8+ 1,010", f"{A}/BME/8a [c]")
    put(project, PERIOD, page(table(*rows)))
    said = called(project, "verify", "--period", PERIOD)
    assert (said.returncode, said.stderr.count("Traceback")) == (0, 0)
    assert "✗" not in said.stdout
    row = next(line for line in said.stdout.splitlines() if PERIOD in line)
    # Each of the three is 0 to 1,010.
    assert [cell.strip() for cell in row.strip("│").split("│")] == [PERIOD, *"1300", *["1,011"] * 2]


def test_another_report_earlier_or_later_gives_away_what_this_one_hides(project, called):
    put(project, "2025-26-Q4", page(table(f"{A}/White/8+ 1,007")))
    assert called(project, "verify", "--period", "2025-26-Q4").returncode == 0
    put(project, PERIOD, page(table(f"{A}/BME/8+ [c]", f"{A}/known/8+ 1,010")))
    assert f"{A}/BME/8+ is hidden" in called(project, "verify", "--period", PERIOD).stdout
    assert called(project, "verify", "--period", "2025-26-Q4").returncode == 1


def test_what_is_public_from_elsewhere_gives_away_more(project, called):
    put(project, PERIOD, page(table(*(row.replace("1,007", "[c]") for row in LEAKY))))
    assert called(project, "verify", "--period", PERIOD).returncode == 0
    said = called(project, "verify", "--period", PERIOD, "--known", f"{A}/White/8+=1007")
    assert said.stdout.splitlines()[0] == f"✗ {A}/BME/8+ is hidden and can be worked out: 3"


ALL_IN_ONE_QUARTER = (
    table("partnership/2025-26-Q1/applied/BME/8+ 9", members="a b"),
    table("b/2025-26/applied/BME/8+ 6", f"{A}/BME/8c+ [c]", f"{A}/BME/8+ 60"),
)
POSTS = "organisation,quarter,band\nb,2025-26-Q1,8a\na,2025-26-Q1,8c\n" + "".join(
    f"a,2025-26-Q{quarter},8a\n" for quarter in (2, 3, 4)
)


def posts(project, text):
    path = project.root / "posts.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_in_which_quarters_there_were_posts_gives_away_more(project, called):
    put(project, PERIOD, page(*ALL_IN_ONE_QUARTER))
    assert called(project, "verify", "--period", PERIOD).returncode == 0
    said = called(project, "verify", "--period", PERIOD, "--posts", posts(project, f"{POSTS}c,2025-26-Q1,8a\n"))
    assert said.returncode == 1
    assert said.stdout.splitlines()[0] == f"✗ {A}/BME/8c+ is hidden and can be worked out: 3"
    assert "! posts.csv says posts of c, of whom the pages have no number." in said.stderr
    assert " of b," not in said.stderr


def test_where_no_numbers_agree_with_the_posts_it_is_said_that_some_may_be_missing(project, called):
    put(project, PERIOD, page(*ALL_IN_ONE_QUARTER))
    # Then only b had posts in the first quarter, and 6 are not 9.
    fewer = posts(project, POSTS.replace("a,2025-26-Q1,8c", "a,2025-26-Q2,8c"))
    said = called(project, "verify", "--period", PERIOD, "--posts", fewer)
    assert said.returncode == 1
    assert "✗ no numbers of people agree with all that is published of a, b in 2025-26" in said.stdout
    assert "! It may be that posts.csv misses posts" in said.stderr


def test_a_file_of_posts_that_cannot_be_used_is_one_message(project, called):
    put(project, PERIOD, page(*ALL_IN_ONE_QUARTER))
    wrong = posts(project, POSTS.replace("b,2025-26-Q1,8a", "b,2025-26-Q1,8a-8b"))
    said = called(project, "verify", "--period", PERIOD, "--posts", wrong)
    assert said.returncode != 0
    assert said.stderr.splitlines()[-1] == (
        "lt-analysis: posts.csv, row 2, column band: '8a-8b' is no band. Choose from: 8a, 8b, 8c, 8d, 9, VSM"
    )
    assert "Traceback" not in said.stderr


def test_without_a_period_the_latest_report_is_attacked(project, called):
    put(project, "2026-27-Q1", page())
    put(project, PERIOD, page(table(*LEAKY)))
    said, asked = (called(project, "verify", *period) for period in ([], ["--period", PERIOD]))
    assert (said.returncode, said.stdout) == (asked.returncode, asked.stdout) == (1, said.stdout)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--period", "2031-32-Q1"], "there are no pages in reports/2031-32-Q1. Make its pages first"),
        (["--period", PERIOD, "--period", "2025-26-Q4"], "there are no pages in reports/2025-26-Q4"),
        (["--period", "2026-27-Q1"], "no number in reports/2026-27-Q1 says what it counts"),
        (["--period", "summer"], "'summer' is not a quarter"),
        (["--period", PERIOD, "--known", "7"], "'7' is not a number that is public. Write it as KEY=VALUE"),
        (["--period", PERIOD, "--known", "a/b=7"], "'a/b' is not the key of a number"),
    ],
)
def test_a_request_that_cannot_be_met_is_one_message(project, arguments, message, called):
    put(project, "2026-27-Q1", page())
    put(project, PERIOD, page(table(*LEAKY)))
    said = called(project, "verify", *arguments)
    assert said.returncode != 0
    assert message in said.stderr
    assert "Traceback" not in said.stderr


def test_an_earlier_period_that_could_not_be_attacked_is_named(project, called):
    put(project, "2026-27-Q1", page())
    put(project, PERIOD, page(table(*LEAKY)))
    assert "! reports/2026-27-Q1 was not attacked" in called(project, "verify", "--period", PERIOD).stderr


def test_the_pages_of_a_real_quarter_give_nothing_away_until_a_hidden_number_is_told(quarter, project, called):
    shutil.copytree(quarter.folders.reports, project.reports, dirs_exist_ok=True)
    said = called(project, "verify", "--period", PERIOD)
    assert (said.returncode, "✗" in said.stdout) == (0, False)
    hidden = next(
        element["data-key"]
        for path in sorted(project.reports.glob("*/*/recruitment.html"))
        for element in BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select("[data-key]")
        if element.get_text() == "[c]" and "/appointed/White/8+" in element["data-key"]
    )
    # Of White and BME people together the number is shown, so that one of them gives the other away.
    known = hidden.replace("/White/", "/known/")
    assert "[c]" not in shown(project, known)
    told = called(project, "verify", "--period", PERIOD, "--known", f"{hidden}={shown(project, known)}")
    assert told.returncode == 1
    assert f"{hidden.replace('/White/', '/BME/')} is hidden and can be worked out: 0" in told.stdout


def shown(project, key):
    pages = (path.read_text(encoding="utf-8") for path in project.reports.rglob("*.html"))
    cells = (BeautifulSoup(page, "html.parser").find(attrs={"data-key": key}) for page in pages)
    return next(cell.get_text() for cell in cells if cell)


def test_metrics_are_attacked_too_with_what_practices_publish_themselves(project, called):
    put(project, PERIOD, page(table(f"{A}/White/8+ 1,007")))
    data = project.reports / PERIOD / "data" / "metrics.csv"
    data.parent.mkdir()
    heading = "metric,whose,who,span,axis,group,numerator,denominator,value,lower,upper,state,members,covered,source"
    data.write_text(f"{heading}\nm,network,n,{PERIOD},,,60,120,,,,shown,G85001 G85002,,\n")
    assert called(project, "verify", "--period", PERIOD).returncode == 0
    path = project.records / "metrics" / "a" / f"{PERIOD}.parquet"
    path.parent.mkdir(parents=True)
    row = {"organisation": "a", "period": PERIOD, "metric": "m", "practice": "G85001", "published_elsewhere": "yes"}
    row |= {"axis": "not known", "numerator": 30, "denominator": 60}
    row |= dict.fromkeys(("subgroup", "taken_from", "value", "lower", "upper"))
    cells = ", ".join(f"{'NULL' if value is None else repr(value)} AS {name}" for name, value in row.items())
    duckdb.sql(f"COPY (SELECT {cells}) TO '{path}' (FORMAT parquet)")
    said = called(project, "verify", "--period", PERIOD)
    assert said.returncode == 1
    assert f"✗ m of {PERIOD}: a practice can be worked out: G85002 together" in said.stdout
