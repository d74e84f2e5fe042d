"""`import lt_analysis as lt`: counts are those of the exact pages and of a plain count, and all is marked."""

import pickle
import shutil
import subprocess
import sys
from inspect import signature
from pydoc import plain, render_doc

import duckdb
import pandas as pd
import pytest
from markupsafe import escape

import lt_analysis as lt
from lt_analysis.codebook.characteristics import BY_KEY
from lt_analysis.codebook.measures import APPOINTMENT, LEAVING, SHORTLISTING
from lt_analysis.codebook.mistakes import AskedError
from lt_analysis.codebook.pay import BAND_8_AND_ABOVE
from lt_analysis.codebook.returns import STAGES_REACHED
from lt_analysis.rendering.html import RESTRICTED_MARK
from tests.conftest import PERIOD
from tests.making import page_of

HOSPITALS, TOTALS = "nonesuch-hospitals", "camelot-advice"


@pytest.fixture(autouse=True)
def at_the_desk(counted_quarter, monkeypatch):
    monkeypatch.chdir(counted_quarter.root)


def test_to_import_it_imports_nothing_slow():
    slow = "{'pandas', 'duckdb', 'numpy', 'scipy', 'matplotlib', 'IPython'}"
    code = f"import sys, lt_analysis as lt; dir(lt); print(sorted({slow} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_a_name_that_is_near_none_is_answered_with_all_and_no_wrong_one():
    with pytest.raises(AttributeError, match="has no attribute 'chart'. Choose one of: invented, periods"):
        lt.chart  # noqa: B018


def test_what_a_caller_asks_for_is_a_period_in_every_name():
    asked = {
        name: [*signature(getattr(lt, name)).parameters] for name in lt.__all__ if name.isalpha() and name.islower()
    }
    assert {name for name, named in asked.items() if "period" in named} == {
        *("counts", "compare", "exact", "staff", "records", "release")
    }
    assert not any("span" in named for named in asked.values())


def test_every_name_is_offered_to_tab_and_has_an_example_and_a_signature():
    assert {*dir(lt)} == {*lt.__all__}
    from lt_analysis import desk

    for name in set(lt.__all__) - {"Comparison", "Change", "__version__"}:
        assert f"lt.{name}(" in getattr(lt, name).__doc__
        assert "return" in getattr(lt, name).__doc__.casefold()
        assert list(signature(getattr(lt, name)).parameters) == list(signature(getattr(desk, name)).parameters)


def test_rooms_of_the_same_name_are_rooms_and_can_be_called():
    from lt_analysis.counts import draws  # the room, before anything was asked

    assert draws is lt.counts.draws
    assert not lt.counts(HOSPITALS).empty
    assert pickle.loads(pickle.dumps(lt.counts)) is lt.counts
    assert lt.release().quarter == lt.release.reading.read_release().quarter


@pytest.mark.parametrize("name", ["counts", "release"])
def test_help_and_completion_of_a_room_are_those_of_its_function_and_not_of_its_parts(name):
    told = plain(render_doc(getattr(lt, name)))
    assert f"= lt.{name}(" in told
    assert ">>> import lt_analysis as lt\n" in told
    assert f"lt.{name}(" in told.partition(">>> ")[2]
    assert "PACKAGE CONTENTS" not in told
    assert all(part.startswith("__") for part in dir(getattr(lt, name)))


def test_a_name_that_it_has_not_is_answered_with_the_nearest():
    with pytest.raises(AttributeError, match="Did you mean 'compare'"):
        lt.compaer  # noqa: B018


@pytest.mark.parametrize("measure", [SHORTLISTING, APPOINTMENT])
@pytest.mark.parametrize("span", ["2025-26", PERIOD])
def test_counts_and_comparisons_are_those_of_the_exact_page(measure, span):
    exact = lt.exact(HOSPITALS)
    figures = exact.year if span == "2025-26" else exact.figures
    for group in figures.groups:
        page = figures.stage(measure, group)
        found = lt.compare(HOSPITALS, span, measure=measure.key, group=group)
        assert found.counts == page.likelihood
        assert (found.expected, found.p) == pytest.approx((page.exactly.expected, page.exactly.p))
        table = lt.counts(HOSPITALS, span, measure=measure.key)
        assert table.iloc[0, :2].tolist() == [page.likelihood.white_people, page.likelihood.white_successful]


@pytest.mark.parametrize("characteristic", BY_KEY.values(), ids=lambda one: one.key)
def test_counts_by_any_characteristic_are_those_of_a_plain_count_of_the_records(characteristic):
    """The records counted once more by pandas: a single post at Band 8 or above, and whoever came so far."""
    people = lt.records(HOSPITALS, PERIOD)
    people = people[people["band"].isin(BAND_8_AND_ABOVE) & (people["campaign"] == "none")]
    came = people["stage"].map(STAGES_REACHED.index)
    for measure, (before, after) in {"shortlisting": (1, 2), "appointment": (2, 4)}.items():
        table = lt.counts(HOSPITALS, PERIOD, measure=measure, characteristic=characteristic.key)
        whole = table[table["part_of"] == ""]
        assert whole.iloc[:, 0].sum() == (came >= before).sum()
        assert whole.iloc[:, 1].sum() == (came >= after).sum()
        for group in (characteristic.reference, *characteristic.groups):
            own = people[characteristic.key].isin(group.answers)
            if group.answers:  # ethnicity lists none
                plain = [(own & (came >= stage)).sum() for stage in (before, after)]
                assert table.loc[group.name].iloc[:2].tolist() == plain


def test_staff_by_any_characteristic_are_the_staff_by_ethnicity():
    by_ethnicity = lt.counts(HOSPITALS, "2025-26", measure="leaving")
    for characteristic in ("sex", "age_band"):
        table = lt.counts(HOSPITALS, "2025-26", measure="leaving", characteristic=characteristic)
        for column in ("staff", "left"):
            assert (
                table[table["part_of"] == ""][column].sum() == by_ethnicity[by_ethnicity["part_of"] == ""][column].sum()
            )


def test_staff_by_ethnicity_are_those_of_the_page_on_staff():
    page = lt.staff(HOSPITALS).of(LEAVING)
    table = lt.counts(HOSPITALS, measure="leaving")
    assert table.iloc[0, :2].tolist() == [page.white.people, page.white.reached]
    compared = lt.compare(HOSPITALS, measure="leaving")
    assert (compared.share.people, compared.share.successful) == (page.group.people, page.group.reached)
    assert (compared.expected, compared.chance_range) == (page.within.within.expected, page.within.chance_range)
    assert sum(one.added_up.chosen_in_group for one in page.services) == page.group.reached
    assert {one.quarter for one in page.services} == {f"2025-26-Q{number}" for number in (1, 2, 3, 4)}


@pytest.mark.parametrize("before", ["2026-27-Q2", "2025-26"])
def test_a_quarter_is_compared_with_an_earlier_quarter_and_with_nothing_else(before):
    with pytest.raises(AskedError, match=f"{before} is not like 2026-27-Q2 and before it"):
        lt.compare(HOSPITALS, "2026-27-Q2", before=before)


def test_every_table_of_people_says_that_it_is_restricted_and_what_it_is_of():
    for table in (lt.counts(HOSPITALS, PERIOD), lt.records(HOSPITALS, PERIOD)):
        assert table.attrs["restricted"] == RESTRICTED_MARK
        assert (table.attrs["organisation"], table.attrs["period"]) == (HOSPITALS, PERIOD)
    mark = escape(RESTRICTED_MARK)
    assert mark in lt.compare(HOSPITALS)._repr_html_()
    assert mark in lt.compare(HOSPITALS, before="2025-26-Q2")._repr_html_()
    told = str(lt.compare(HOSPITALS, "2025-26", characteristic="sex")).splitlines()
    assert told[0] == RESTRICTED_MARK and told[2].startswith("Women: ") and "Men: " in told[2]
    assert any(line.startswith("Exact p, twice the smaller tail: ") for line in told)
    assert "array" not in str(lt.compare(HOSPITALS, before="2025-26-Q2"))


def test_a_comparison_shows_its_counts_and_its_charts():
    found = lt.compare(HOSPITALS, "2025-26", measure="shortlisting", characteristic="sex")
    shown = found._repr_html_()
    of = f"Women: {found.share.successful:,} of {found.share.people:,} shortlisted."
    assert of in shown
    assert "Invented data" in shown
    assert found.chart().alt in shown
    assert f"Men: {found.reference_share.share:.0%}" in found.shares().alt


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"organisation": "nonsuch"}, "'nonsuch' is not an organisation of .* Did you mean 'nonesuch-hospitals'"),
        ({"period": "2026-27-q2"}, "'2026-27-q2' is not a period. Write it as 2026-27-Q2"),
        ({"period": "2031-32-Q1"}, "no posts that count in 2031-32-Q1. There are: 2024-25-Q4"),
        ({"period": "2026-27"}, "2026-27 is not whole: 2026-27-Q3, 2026-27-Q4 did not come"),
        ({"period": 2025}, "'2025' is not a period. Write it as 2026-27-Q2, or 2025-26 for a whole year"),
        ({"period": ["2025-26"]}, r"\['2025-26'\].* is not a period. Write it as"),
        ({"before": ("2025-26",)}, "is not a period. Write it as"),
        ({"period": None, "measure": "leaving"}, "'None' is not a whole year of staff. Choose one of: 2025-26"),
        ({"characteristic": ["sex"]}, "is not a characteristic. Did you mean 'sex'. Choose one of: ethnicity, sex"),
        ({"characteristic": 3}, "'3' is not a characteristic. Choose one of: ethnicity, sex"),
        ({"group": pd.Series(["BME"])}, "is not a group that is compared by ethnicity"),
        ({"organisation": None}, "'None' is not an organisation of"),
        ({"measure": "apointment"}, "Did you mean 'appointment'"),
        ({"characteristic": "gender"}, "'gender' is not a characteristic. Did you mean 'sex'"),
        ({"characteristic": "shoe size"}, "'shoe size' is not a characteristic. Choose one of: ethnicity, sex"),
        ({"span": "2025-26"}, "'span' is not a parameter of lt.compare. Did you mean 'period'. It takes: organisation"),
        ({"wavelength": 3}, "'wavelength' is not a parameter of lt.compare. It takes: organisation, period, before"),
        ({"characteristic": "age"}, "'age' is not a characteristic. Did you mean 'age_band'"),
        ({"characteristic": "sex", "group": "women"}, "Did you mean 'Women'"),
        ({"organisation": TOTALS, "characteristic": "sex"}, "sent only totals by ethnicity"),
        (
            {"organisation": "avalon-gp-federation", "measure": "leaving"},
            "no year of the staff of avalon-gp-federation",
        ),
    ],
)
def test_what_is_not_there_is_said_with_what_to_do(asked, said):
    with pytest.raises(AskedError, match=said):
        lt.compare(**{"organisation": HOSPITALS} | asked)


@pytest.mark.parametrize("name", ["counts", "compare", "exact", "staff", "records", "release"])
def test_a_parameter_that_a_name_has_not_is_answered_with_those_that_it_has(name):
    with pytest.raises(AskedError, match=f"'quarter' is not a parameter of lt.{name}. Did you mean 'period'"):
        getattr(lt, name)(quarter=PERIOD)


def test_releases_and_exact_quarters_show_in_two_lines_what_they_are_and_what_to_ask_next():
    released, exact, staff = lt.release(PERIOD), lt.exact(HOSPITALS, PERIOD), lt.staff(HOSPITALS, PERIOD)
    hidden = sum(people is None for people in released.published.values())
    of = f"{len(released.organisations)} organisations, {len(released.published):,} numbers, of which {hidden:,} are"
    assert repr(released).splitlines()[0] == f"<Public release of {PERIOD}: {of} hidden>"
    assert repr(exact).startswith(f"<Restricted exact figures of {exact.figures.name}: {PERIOD}, 1 organisation>")
    assert repr(staff).startswith(f"<Restricted exact figures of the staff of {staff.name}: {PERIOD}, 1 organisation>")
    for shown in (released, exact, staff):
        assert len(repr(shown).splitlines()) == 2
        asked = [word.strip(" .,").partition("(")[0] for word in repr(shown).split(" .")[1:]]
        assert all(hasattr(shown, word.split()[0].strip(",.;")) for word in asked)


def test_what_was_compared_twice_is_equal_and_what_differs_is_not():
    asked = {"organisation": HOSPITALS, "period": PERIOD}
    assert lt.compare(**asked) == lt.compare(**asked)
    assert hash(lt.compare(**asked)) == hash(lt.compare(**asked))
    assert lt.compare(**asked, before="2025-26-Q2") == lt.compare(**asked, before="2025-26-Q2")
    assert lt.compare(**asked) != lt.compare(**asked, characteristic="sex")
    assert lt.compare(HOSPITALS, "2025-26") != lt.compare(**asked)


def test_totals_are_counted_and_not_compared_within_posts():
    found = lt.compare(TOTALS, "2025-26", measure="shortlisting")
    assert (found.expected, found.p, found.chance_range) == (None, None, None)
    assert "Only totals were sent" in found._repr_html_()


def test_records_that_changed_since_they_were_counted_are_not_counted(counted_quarter, monkeypatch, tmp_path):
    path = counted_quarter.records / "applications" / HOSPITALS / f"{PERIOD}.parquet"
    others = tmp_path / "applications" / HOSPITALS / f"{PERIOD}.parquet"
    others.parent.mkdir(parents=True)
    pd.read_parquet(path).iloc[60:].to_parquet(others)
    monkeypatch.setattr(type(counted_quarter), "records", tmp_path)
    with pytest.raises(AskedError, match="have changed since they were counted. Run it again: lt-analysis run"):
        lt.counts(HOSPITALS, PERIOD, measure="shortlisting", characteristic="sex")


def returns_of(folders):
    """Every file that was sent."""
    return {path.relative_to(folders.raw): path.read_bytes() for path in folders.raw.rglob("*") if path.is_file()}


def test_where_nothing_was_run_an_invented_partnership_is_made_and_leads_to_a_finding(
    project, counted_quarter, thorough, monkeypatch, tmp_path
):
    """The notebook for a newcomer, from nothing, all cells at once: what it shows begins with what it made.

    `make test` invents it too, and has what the very same returns gave, for they were taken in for other tests.
    """

    def taken_in_before(folders, quarter):
        assert (str(quarter), returns_of(folders)) == (PERIOD, returns_of(counted_quarter))
        shutil.copytree(counted_quarter.processed, folders.processed)

    if not thorough:
        monkeypatch.setattr("lt_analysis.desk.collect_to_release", taken_in_before)
    monkeypatch.chdir(project.root)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    shown = page_of(project.notebooks / "analyst" / "start.ipynb")
    assert "so an invented partnership was made, and is asked about" in shown
    assert "Nonesuch Hospitals (invented)" in shown
    assert "is easily missed" in shown
    assert not project.processed.exists()
    assert not any(project.raw.iterdir())


@pytest.mark.parametrize("characteristic", BY_KEY)
def test_the_notebook_compares_by_any_characteristic(counted_quarter, characteristic):
    notebook = counted_quarter.notebooks / "analyst" / "compare.ipynb"
    shown = page_of(notebook, organisation=HOSPITALS, period="2025-26", characteristic=characteristic)
    title = BY_KEY[characteristic].groups[0].name
    assert f"{BY_KEY[characteristic].label(title)}:" in shown
    assert shown.count(str(escape(RESTRICTED_MARK))) == 2


def test_pandas_reads_every_table_that_the_audit_writes_as_it_was_written(counted_quarter):
    written = sorted(counted_quarter.processed.rglob("*.parquet"))
    assert len(written) > 30
    with duckdb.connect() as connection:
        for path in written:
            columns = [row[0] for row in connection.execute(f"DESCRIBE FROM '{path}'").fetchall()]
            rows = connection.execute(f"SELECT count(*) FROM '{path}'").fetchall()[0][0]
            table = pd.read_parquet(path)
            assert (list(table.columns), len(table)) == (columns, rows), path.name


def test_pandas_reads_the_spreadsheet_and_the_open_data_of_a_report(quarter):
    report = quarter.folders.reports / PERIOD
    sheets = pd.read_excel(next(report.glob("*.xlsx")), sheet_name=None, engine="calamine", header=None)
    assert len(sheets) > 3
    assert all(len(sheet) for sheet in sheets.values())
    numbers = pd.read_csv(report / "data" / "numbers.csv")
    assert numbers["key"].tolist() == pd.read_parquet(report / "data" / "numbers.parquet")["key"].tolist()
