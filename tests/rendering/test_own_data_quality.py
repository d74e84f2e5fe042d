"""An organisation's own page on its returns: what it says of what was sent, and of what was not."""

from lt_analysis.codebook.periods import Quarter
from lt_analysis.release.figures import DataQuality, FileReceipt, Finding, KnownEthnicity
from lt_analysis.rendering import own_data_quality
from tests.making import cells_of

SECOND = Quarter.parse("2026-27-Q2")
FILE = "ashbourne/2026-27-Q2/applications.csv"


def quality(**changes):
    known = {
        **{"slug": "ashbourne", "name": "Ashbourne", "invented": True, "quarter": SECOND, "missing": ()},
        **{"receipts": (FileReceipt(FILE, 1200, 1190, 9, 1),), "refused": (), "rejected": (), "odd": ()},
        "ethnicity": (KnownEthnicity(SECOND, 1000, 999),),
    }
    return DataQuality(**known | changes)


def shown(part, **changes):
    return cells_of(part(quality(**changes))._repr_html_())


def test_the_headline_says_what_is_wrong_in_a_sentence():
    refused = Finding(FILE, None, "the file is empty", "Send it again")
    right = FileReceipt(FILE, 3, 3, 0, 0)
    headlines = {
        "9 rows were rejected; everything else counts.": {},
        "1 row was rejected; everything else counts.": {"receipts": (FileReceipt(FILE, 3, 2, 1, 0),)},
        "Everything that was sent counts.": {"receipts": (right,)},
        "Something that was sent could not be used.": {"refused": (refused,), "receipts": (right,)},
        "Something that was sent could not be used, and 9 rows were rejected.": {"refused": (refused,)},
        "Nothing has been received.": {"receipts": ()},
    }
    for headline, changes in headlines.items():
        assert own_data_quality.points(quality(**changes))["headline"] == headline


def test_rows_are_added_up_and_a_share_just_short_of_all_is_not_all():
    said = own_data_quality.points(quality(missing=("2026-27-Q1",), odd=(Finding(FILE, "ethnicity", "odd", "ask"),)))
    assert said["rows"] == (
        "1,200 rows were received in files that could be used: 1,190 accepted, 9 rejected and 1 set aside."
    )
    assert said["missing"] == "Nothing has been received for 2026-27-Q1."
    assert said["odd"] == "Worth a look, though nothing was rejected for it: 1 thing."
    assert said["known"].endswith("999 of 1,000 applicants at Band 8 and above in July to September 2026 (99%).")


def test_of_a_quarter_that_was_not_sent_no_share_is_said():
    assert own_data_quality.points(quality(ethnicity=(KnownEthnicity(SECOND.previous, 10, 9),)))["known"] == ""


def test_a_finding_names_its_file_column_remedy_and_first_rows():
    wrong = Finding(FILE, "sex", "the audit has no such code", "Use one of: female, male", 7, (2, 3, 4, 5, 6))
    once = Finding(FILE, None, "the row has more cells", "Put quotation marks", 2, (8, 9))
    html = own_data_quality.rejected_table(quality(rejected=(wrong, once)))._repr_html_()
    found = cells_of(html)
    assert (found["rows.1"], found["first-rows.1"]) == ("7", "2, 3, 4, 5, 6 …")
    assert (found["reason.2"], found["first-rows.2"]) == ("the row has more cells", "8, 9")
    assert ">2026‑27‑Q2 applications.csv, column sex</th>" in html
    assert ">2026‑27‑Q2 applications.csv</th>" in html


def test_what_lies_in_no_periods_folder_is_named_by_its_place():
    refused = tuple(Finding(file, None, "x", "y") for file in ("ashbourne/organisation.yml", "ashbourne", ""))
    html = own_data_quality.refused_table(quality(refused=refused))._repr_html_()
    assert [name for name in ("organisation.yml", "its folder") if f">{name}</th>" in html] == [
        "organisation.yml",
        "its folder",
    ]


def test_columns_left_out_are_told_once_with_the_latest_file_that_had_them():
    old = FileReceipt("ashbourne/2026-27-Q1/applications.csv", 1, 1, 0, 0, ("shift",))
    new = FileReceipt(FILE, 1, 1, 0, 0, ("shift", "manager"))
    found = shown(own_data_quality.left_out_table, receipts=(new, old))
    assert (found["left-out.shift"], found["left-out.manager"]) == ("2", "1")
    assert found["left-out-last.shift"] == "2026‑27‑Q2 applications.csv"


def test_where_no_file_could_be_used_nothing_is_said_to_be_right():
    tables = (
        *(own_data_quality.files_table, own_data_quality.left_out_table),
        *(own_data_quality.rejected_table, own_data_quality.odd_table),
    )
    for table in tables:
        assert set(shown(table, receipts=()).values()) == {own_data_quality.NOTHING_READ}
    assert shown(own_data_quality.odd_table) == {"odd": "Nothing more is worth a look."}


def test_of_an_organisation_that_has_sent_nothing_it_is_said_why_there_is_no_chart():
    assert "No chart: " in own_data_quality.known_chart(quality(receipts=(), ethnicity=()))._repr_html_()


def test_rows_that_count_and_posts_that_do_not_are_told():
    said = own_data_quality.points(quality(receipts=(FileReceipt(FILE, 9, 7, 2, 0, unread=3, posts_aside=1),)))
    assert said["unread"] == "3 of the accepted rows hold something that could not be read, and counts as not known."
    assert said["aside"].startswith("1 post is set aside with all applications")
    counted = Finding(FILE, "sex", "the audit has no such code", "Use one of: female", 1, (2,), counts=True)
    lost = Finding(FILE, "vacancy", "the cell is empty", "Fill it in", 1, (3,))
    found = shown(own_data_quality.rejected_table, rejected=(lost, counted))
    assert (found["counts.1"], found["counts.2"]) == ("no", "yes")
