"""The ways in which systems and people write that a cell is empty, and what stands in a cell without being a value."""

import re

# In small letters. What says that there is nothing is not the same as a word that the audit does not know.
EMPTY = (
    *("n/a", "na", "n.a.", "n.a", "none", "null", "nil", "nat", "nan", "<na>", "(null)", "(none)", "(blank)", "\\n"),
    *("-", "--", "---", "\u2013", "\u2014", ".", ".."),
)
# Of dates: day nought of a spreadsheet, the first days of databases, and their last ones, which stand for never.
NEVER = (
    "(0?0[-/]0?[01][-/](19)?00|1900-0?[01]-0?0|00[- ]jan[- ](19)?00|0000-00-00|00[/-]00[/-]0000"
    "|1899-12-3[01]|3[01]/12/1899|1900-01-01|0?1/0?1/1900|0001-01-01|0?1/0?1/0001"
    "|(9999|4712)-12-31|31/12/(9999|4712)|31-dec-(9999|4712))([t ]00:00(:00(\\.0+)?)?z?)?"
)
# A spreadsheet's error (`#N/A`, `#DIV/0!`, `Err:502`), or a column too narrow (`####`).
NO_CELL = (
    "(?i)#(N/A|NA|REF|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|CONNECT|BUSY|UNKNOWN|EXTERNAL|PYTHON|ERROR"
    r"|GETTING_DATA)[!?]?|#+|Err:\d+"
)
SHORTENED = r"\d([.,]\d+)?E\+\d+"  # of a reference that was a long number
_NO_CELL = re.compile(NO_CELL)


def is_empty(text: str) -> bool:
    """Tell whether a cell says that it is empty."""
    return text.lower() in EMPTY


def is_no_value(text: str) -> bool:
    """Tell whether a cell is a spreadsheet's error, and no value."""
    return bool(_NO_CELL.fullmatch(text))
