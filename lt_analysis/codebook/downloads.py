"""What may be downloaded with a quarter's report, and what it is called."""

# What messages, and the front page, call the spreadsheet of counts, relative likelihoods and evidence.
SPREADSHEET = "spreadsheet"
# What the front page says until the board pack is printed from it.
NO_PACK = "No board pack of this report is printed yet."
# Headings of its columns by which a number is found again in the release: its own key, the keys of those that it is
# worked out from, or the name of an item of evidence.
KEY, FROM, ITEM = "key", "from", "item"
VALUE, LOW, HIGH = "value", "low", "high"
# What stands in the place of a number that is not given for a reason that is no secret.
NOT_GIVEN = "not given"
# A text that begins so is taken for a formula by a spreadsheet, and stands behind a quotation mark in a CSV file.
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")


def spreadsheet_name(period: str) -> str:
    """Return the file name of the spreadsheet of a quarter.

    >>> spreadsheet_name("2026-27-Q2")
    'recruitment-2026-27-Q2.xlsx'
    """
    return f"recruitment-{period}.xlsx"
