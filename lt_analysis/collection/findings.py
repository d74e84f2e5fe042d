"""All that is wrong with what an organisation sent, as a spreadsheet for whoever sent it."""

from collections.abc import Iterable
from pathlib import Path

import xlsxwriter

from lt_analysis.codebook.folders import Folders, owner_only, whole_or_not_at_all
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.collection.collect import Collected

COLUMNS = {"File": 44, "Row": 8, "Column": 22, "What is wrong": 60, "How to mend it": 70}
NOTE = (
    "Each line is one thing to mend, or to know of. None of your cells is repeated, but words that 5 rows or more hold "
    "in place of a code. Send the file again."
)


def findings_path(folders: Folders, organisation: str) -> Path:
    """Return where an organisation's findings are kept."""
    return folders.processed / "findings" / organisation / "findings.xlsx"


def write_findings(folders: Folders, collected: Collected) -> Path | None:
    """Write an organisation's findings, or remove those of an earlier run where there is nothing wrong any more."""
    path = findings_path(folders, collected.slug)
    problems = [problem for receipt in collected.receipts for problem in receipt.problems]
    found = [*collected.refusals, *problems, *collected.warnings, *collected.remarks]
    if not found:
        path.unlink(missing_ok=True)
        return None
    for folder in (folders.processed, path.parent.parent, path.parent):
        owner_only(folder)
    with whole_or_not_at_all(path, mode=0o600) as unfinished:
        _write(unfinished, found)
    return path


def _write(path: Path, found: Iterable[RawDataError]) -> None:
    """Write one sheet with one table from its second row on: a heading row, no merged cells, no colours that mean."""
    # Text is written as text, so that nothing that looks like a formula can be one.
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Findings")
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_string(0, 0, NOTE)
        rows = [[one.file or "", one.row or "", one.column or "", one.reason, one.remedy] for one in found]
        sheet.add_table(
            1,
            0,
            len(rows) + 1,
            len(COLUMNS) - 1,
            {"name": "findings", "data": rows, "columns": [{"header": name, "format": wrapped} for name in COLUMNS]},
        )
        for place, width in enumerate(COLUMNS.values()):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(2, 0)
