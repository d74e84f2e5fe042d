"""What the sheets hold: every number that was released, once, and nothing that is not released."""

import re
from dataclasses import replace

import pytest

from lt_analysis.rendering import sheets
from lt_analysis.rendering.people import SHARE_COLUMNS
from lt_analysis.rendering.sheets import NOTES, Sheet, as_text
from tests.rendering.releases import ITEMS, SAID, ashbourne, release

ASHBOURNE = "Ashbourne (invented)"


def sheet(name: str, **about) -> Sheet:
    return next(one for one in sheets.sheets(release(**about)) if one.name == name)


LATE = ("under way", "late", "not given", "not given")  # the fixture remembers no action


def cells(one: Sheet) -> list[dict]:
    return [dict(zip(one.columns, row, strict=True)) for row in one.rows]


def test_every_released_number_stands_once_beside_its_key():
    rows = [row for one in sheets.sheets(release()) if "key" in one.columns for row in cells(one)]
    published = release().published
    assert len(rows) == len({row["key"] for row in rows}) == len(published)
    written = {None: {"[c]"}, 0: {0, "no posts"}}
    assert all(row["value"] in written.get(published[row["key"]], {published[row["key"]]}) for row in rows)
    assert {row["value"] for row in rows if row["key"].endswith("8c+")} == {"no posts"}


def test_a_row_says_in_words_what_its_key_says():
    rows = {row["key"]: row for row in cells(sheet("Organisations"))}
    row = rows["ashbourne/2025-26/shortlisted/BME/8+"]
    assert (row["Organisation"], row["Period"], row["Stage"]) == (ASHBOURNE, "2025-26", "Shortlisted")
    assert (row["Group"], row["Posts"], row["value"], row["Notes"]) == ("BME", "Band 8 and above", 48, "none")
    assert rows["cedars/2025-26/applied/BME/8+"]["Posts"] == "medical posts"
    assert rows["cedars/2025-26/applied/BME/8+"]["Notes"] == sheets.note("elsewhere")
    unknown = rows["ashbourne/2025-26/applied/Unknown/8+"]
    assert (unknown["value"], unknown["Notes"]) == ("[c]", "[note 1] [note 3]")
    assert {row["Posts"] for row in cells(sheet("Partnership years"))} == {"Band 8 and above", "Band 8a"}
    assert {row["Period"] for row in cells(sheet("Several years"))} == {"2024-25 and 2025-26"}


def test_a_relative_likelihood_is_white_peoples_share_over_the_other_groups_with_its_limits_and_keys():
    rows = {row["Step"]: row for row in cells(sheet("Relative likelihoods")) if row["Organisation"] == ASHBOURNE}
    # (720 / 1440) / (48 / 120), (12 / 720) / (12 / 48), (12 / 1440) / (12 / 120)
    assert [row["value"] for row in rows.values()] == [1.25, 0.07, 0.08]
    row = rows["From application to shortlist"]
    assert row["Groups compared"] == "White ÷ BME"
    assert row["low"] < row["value"] < row["high"]
    assert row["from"].split() == [
        f"ashbourne/2025-26/{stage}/{group}/8+" for stage in ("applied", "shortlisted") for group in ("White", "BME")
    ]


def test_a_hidden_count_hides_every_ratio_that_is_worked_out_from_it():
    rows = [row for row in cells(sheet("Relative likelihoods")) if row["Organisation"].startswith("Beeches")]
    told = [(row["value"], row["low"], row["high"], row["Notes"]) for row in rows]
    assert told[0][0] == 1.67  # (20 / 30) / (10 / 25)
    assert told[1:] == [("[c]", "[c]", "[c]", sheets.note("hidden"))] * 2


def test_where_nobody_succeeded_no_ratio_is_given():
    rows = [row for row in cells(sheet("Relative likelihoods")) if row["Organisation"] == "Cedars 2000"]
    assert {(row["value"], row["low"], row["high"]) for row in rows} == {("not given",) * 3}


def test_a_percentage_is_of_those_who_could_go_on_and_hidden_or_not_given_where_a_number_is():
    rows = {(row["Whose"], row["Group"], row["Percentage"]): row for row in cells(sheet("Percentages"))}
    shortlisted, appointed = SHARE_COLUMNS
    row = rows[ASHBOURNE, "BME", shortlisted]
    assert (row["value"], row["Notes"]) == (0.4, "none")  # 48 of 120
    assert row["from"] == "ashbourne/2025-26/applied/BME/8+ ashbourne/2025-26/shortlisted/BME/8+"
    hidden = rows["Beeches (invented)", "BME", appointed]
    assert (hidden["value"], hidden["Notes"]) == ("[c]", sheets.note("hidden"))
    few = rows["Cedars 2000", "BME", appointed]
    assert few["value"] == "not given"
    assert few["Notes"] == f"{sheets.note('no share')} {sheets.note('elsewhere')}"


def test_the_expected_number_and_its_usual_range_stand_beside_their_names():
    rows = {row["item"]: row for row in cells(sheet("Equal chances"))}
    told = {name.removeprefix("ashbourne/2025-26/"): row["value"] for name, row in rows.items() if "ashbourne" in name}
    given = {"people": 9, "low": 5, "high": 14, "informative": 30}
    assert told == {f"appointed/BME/{part}": value for part, value in given.items()} | {
        f"shortlisted/BME/{part}": "not given" for part in given
    }
    assert {row["value"] for name, row in rows.items() if name.startswith("beeches/2025-26/appointed")} == {"[c]"}
    assert not [name for name in rows if name.startswith("cedars")]  # of which only totals are known
    assert rows["ashbourne/2025-26/appointed/BME/low"]["Figure"] == "Range if chances were equal: from"
    ours = {name.removeprefix("partnership/2025-26/"): row for name, row in rows.items() if "partnership" in name}
    assert {row["Organisation"] for row in ours.values()} == {"All organisations together"}
    assert (ours["shortlisted/BME/people"]["value"], ours["appointed/BME/people"]["value"]) == (70, "[c]")


def test_pledged_actions_stand_in_their_own_words_and_withheld_ones_say_so():
    told, withheld = cells(sheet("Pledged actions"))
    assert list(told.values())[1:] == ["Panels of 3 people", "Head of recruitment", "31 May 2026", *LATE, "none"]
    assert (withheld["Action"], withheld["Late"], withheld["Notes"]) == (
        "withheld",
        "not late",
        sheets.note("withheld"),
    )


def test_an_item_of_evidence_is_whole_or_hidden_as_a_whole():
    rows = cells(sheet("Evidence"))
    ours = [row for row in rows if row["Whose"] == "All organisations together"]
    said = {"words": "unclear whether chances differ", "low": 0.8, "high": 1.3, "informative": 1052, "missed": 1.5}
    said |= {"until_some": 3, "until_large": 0, "unknown_holds": 0.0}  # no share is "less than 0.02"
    for stage in ("shortlisting", "appointment"):
        assert {row["item"].split("/")[-1]: row["value"] for row in ours if f"/{stage}/" in row["item"]} == said
    assert {row["Stage"] for row in ours} == {"From application to shortlist", "From shortlist to appointment"}
    assert {row["value"] for row in rows if row["Whose"] == "Beeches (invented)"} == {"[c]"}
    assert len(rows) == 2 * len(ours) == 4 * len(said)
    assert {(row["Posts from"], row["Posts to"]) for row in rows} == {
        ("April 2022", "March 2026"),
        ("April 2022", "September 2025"),
    }


def test_what_an_item_does_not_give_has_a_note_that_says_why():
    nothing = replace(SAID, low=None, high=None, missed=None, until_some=None, until_large=None)
    one = replace(release(), evidence=tuple(replace(item, said=nothing) for item in ITEMS))
    (evidence,) = (made for made in sheets.sheets(one) if made.name == "Evidence")
    notes = {row["item"].split("/")[-1]: row["Notes"] for row in cells(evidence) if row["value"] == "not given"}
    no_range, beyond = dict.fromkeys(("low", "high"), "no range"), ("missed", "until_some", "until_large")
    assert notes == {part: sheets.note(name) for part, name in (no_range | dict.fromkeys(beyond, "beyond")).items()}


def test_the_partnerships_numbers_say_whose_they_are():
    assert sheet("Who is added up").rows[:3] == (
        *(("2025-26", name) for name in (ASHBOURNE, "Beeches (invented)", "Cedars 2000")),
    )


def test_every_note_that_a_row_refers_to_is_explained_and_every_column_of_figures_is():
    made = sheets.sheets(release())
    explained = dict(made[0].rows)
    referred = {found for one in made[1:] for row in one.rows for found in re.findall(r"\[note \d+\]", str(row[-1]))}
    assert referred <= explained.keys()
    assert len(referred) == len(NOTES) - 2  # no item of this release lacks a figure
    assert {"Column value", "Column key", "Column from", "Column item", "[c]"} <= explained.keys()


def test_no_sheet_stands_without_rows():
    named = [one.name for one in sheets.sheets(release())]
    assert "Several years" in named
    without = sheets.sheets(sheets.Release(release().quarter, (ashbourne(),)))
    assert [one.name for one in without] == [
        *("Notes", "Organisations", "Percentages", "Equal chances", "Relative likelihoods", "Pledged actions"),
    ]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("[x](https://example.org)", "[x] (https://example.org)"),
        ("医院", "医院 (ashbourne)"),
        ("$$note$$", "$$note$$"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_name_is_text_whatever_it_looks_like(said, shown):
    assert as_text(said, "ashbourne") == shown
