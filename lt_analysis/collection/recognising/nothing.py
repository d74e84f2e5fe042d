"""The ways in which systems and people write that a cell is empty, and what stands in a cell without being a value."""

import re

# In small letters. What says that there is nothing is not the same as a word that the audit does not know.
EMPTY = (
    *("n/a", "na", "n.a.", "n.a", "none", "null", "nil", "nat", "nan", "<na>", "(null)", "(none)", "(blank)", "\\n"),
    *("-", "--", "---", "\u2013", "\u2014", ".", ".."),
)
# Of dates, by their value: the first days of databases and spreadsheets, and the last ones, which stand for never. A
# year below 100 was written with two figures, or is the first of all.
NEVER_DAYS = (
    "000[01]-01-01|0000-12-31|0053-01-01|0070-01-01|0079-06-06|0099-12-3[01]|1601-01-01|1752-12-31|1753-01-01|1899-12-3[01]"
    "|1900-01-01|1904-01-01|1969-12-31|1970-01-01|2079-06-06|2099-12-31|(2[1-9]|[3-9][0-9])[0-9]{2}-(12-31|01-01)"
)
# Of dates, in small letters without times, divided by dashes: nothing but noughts, and day nought of a spreadsheet. The
# last is the number that a spreadsheet has for the last day of all.
NO_DAY = (
    "[-0]*0[-0]*|0-days?(-0+)?|(00-)?12-00(-00)?-am|0?0-(0?[01]|jan|january)-(19)?00|0?[01]-0?0-(19)?00|1900-0?[01]-0?0"
    "|(jan|january)-0?0-(19)?00|2958465"
)
# What says in a stage's cell, beside digits or without, that it was not reached, or not yet: `Not shortlisted (12)`.
DENIED = (
    r"(?i)\b(no|not|never|none|nil|nobody|neither|nor|non|without|cannot|can't|n/?[aks]|dna|dns|tb[acd]|pending|awaiting"
    r"|await(s|ed)|on hold|reserve|fail(s|ed|ure)?|reject(s|ed|ion)?|withdr[aeo]w[a-z]*|cancel[a-z]*|exclu[a-z]*"
    r"|remov[a-z]*|den(y|ied)|declin[a-z]*|refus[a-z]*|regret[a-z]*|insufficient[a-z]*|inadequate[a-z]*|ineligible|inappropriate"
    r"|disqualif[a-z]*|dis(card|miss|count)[a-z]*|(de|un)selected|drop(ped)?|elimin[a-z]*|below|lapsed|expired|absent|void"
    r"|false|(sift|screen|turn|rul|weed)[a-z]* (out|down)|to be|[a-z]+n['\x{2019}]t|(did|was|has|were|is)nt)\b"
    r"|[\x{2717}\x{2718}\x{274c}\x{2715}\x{2716}]"
)
# What begins with `un` denies, but for these.
UNDENIED = r"(?i)\b(under|until|unto|unit|union|univ|uniq|unif|unan)[a-z]*"
TURNED_DOWN = r"(?i)\b(declin|refus|withdr|reject|turned down|regret)[a-z]*"  # which is what `declined_on` is about
# Digits alone: a date that lost its dividers, or a spreadsheet's number of a day of this half century.
DIGITS_ALONE = r"[^\pL\pN]*\d+([.,]\d+)?[^\pL\pN]*"
SERIAL_DAY = r"[45]\d{4}([.,]\d+)?"
# A spreadsheet's error (`#N/A`, `#DIV/0!`, `Err:502`), or a column too narrow (`####`).
NO_CELL = (
    "(?i)#(N/A|NA|REF|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|CONNECT|BUSY|UNKNOWN|EXTERNAL|PYTHON|ERROR"
    r"|GETTING_DATA)[!?]?|#+|Err:\d+"
)
# Of a reference that was a long number: 2.02607E+11, as spreadsheets and programs write it. `12E3` may be a reference.
SHORTENED = r"-?\d{1,3}(\s?[.,]\d+)?\s?([eE]\s?\+\s?\d+|[x\x{00d7}*]\s?10\s?\^?\s?\d+)|-?\d{1,3}[.,]\d+\s?[eE]\s?\d+"
# Of a reference: words and signs in its place, which say nothing about whose it is.
_NOBODY = (
    *("unknown", "not known", "n k", "withheld", "redacted", "anon", "anonymous", "anonymi[sz]ed", "pseudonymi[sz]ed"),
    *("hidden", "masked", "removed", "deleted", "erased", "suppressed", "confidential", "private", "sensitive", "gdpr"),
    *(
        "data protection",
        "missing",
        "blank",
        "empty",
        "undefined",
        "unidentified",
        "unnamed",
        "unspecified",
        "unavailable",
    ),
    *(
        "unassigned",
        "unallocated",
        "unrecorded",
        "nobody",
        "no one",
        "no (id|ref|reference|number|name|value|data|record)",
    ),
    *("none (given|provided|recorded)", "na", "tbc", "tba", "tbd", "to be (confirmed|advised|announced)", "pending"),
    "(not|never) (given|provided|supplied|stated|disclosed|recorded|available|applicable|specified|entered|held|set"
    "|shared|assigned|allocated|collected|released|for release)",
    "(the )?(applicant|candidate|person|individual|user|name)s?( (id|ref|reference|number|name|removed|withheld))?",
    *(
        "internal",
        "external",
        "various",
        "multiple",
        "other",
        "same",
        "ditto",
        "as above",
        "see above",
        "see (cv|trac)",
    ),
    *("x+", "z{3,}", "0+([.,]0+)?", "id", "ref", "default", "dummy", "placeholder", "sample", "example"),
)
NOBODY = rf"(?i)[\W_]*({'|'.join(_NOBODY).replace(' ', '[^a-z0-9]*')})[\W_]*|[^\pL\pN]+"
_NO_CELL = re.compile(NO_CELL)


def is_empty(text: str) -> bool:
    """Tell whether a cell says that it is empty."""
    return text.lower() in EMPTY


def is_no_value(text: str) -> bool:
    """Tell whether a cell is a spreadsheet's error, and no value."""
    return bool(_NO_CELL.fullmatch(text))
