"""Files of another kind than their names say, told by what they begin with: nobody is asked to mend their headings."""

import re
from pathlib import Path

from lt_analysis.codebook.mistakes import RawDataError

ZIP, PARQUET = rb"PK\x03\x04", rb"PAR1"
SIGNS = {
    ZIP: "it is a spreadsheet, or another zip file",
    PARQUET: "it is a Parquet file",
    rb"\xd0\xcf\x11\xe0": "it is an old .xls workbook, or one with a password",
    rb"\x1f\x8b": "it is a gzip file",
    rb"%PDF": "it is a PDF file",
    rb"(?i)(\xef\xbb\xbf)?\s*<(!doctype|html|table|\?xml)": "it is a web page, or XML",
    rb'(\xef\xbb\xbf)?\s*(\[\s*)?\{\s*"': "it is JSON",
    rb"\0{4}": "it begins with null bytes, as a file does that was not saved to its end",
}
REMEDY = "Send it unpacked, as CSV or as .xlsx without a password"


def refuse_another_kind(path: Path, file: str, own: bytes | None = None) -> None:
    """Refuse a file that begins as one of another kind does; `own` is the sign that it should have."""
    with path.open("rb") as content:
        start = content.read(1000)
    for sign, reason in SIGNS.items():
        if sign != own and re.match(sign, start):
            raise RawDataError(reason, REMEDY, file=file)
