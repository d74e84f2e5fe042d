"""What totals tell, stage by stage: the words beside a likely range, and the headline, against the range itself."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.naming import people_of
from lt_analysis.reporting.gate.charted import LIMIT, NUMBER
from lt_analysis.reporting.gate.shares import reads_as_ratio

PEOPLE = re.escape(people_of(BME))
RATIO_AND_RANGE = re.compile(
    rf"White people's share ([\d.]+|under 0\.01) times that of {PEOPLE}, likely range ({LIMIT})(?: to ({LIMIT}))?"
)
ARISES = re.compile(
    r"At (shortlisting|appointment), (?:White people were (more|less) likely to succeed|"
    r"(the counts do not show who was more likely)|(there were too few people to say))(?: \(([^)]*)\))?\."
)
CLAIM = re.compile(
    r"White people (more|less) likely to be|(leave it open|do not show who was|too few people)|(cannot be shown)"
)
LIKELY = re.compile(r"Totals alone|likely to (?:be|succeed)")
AND_LIKELY = re.compile(r"(?:and|but) (more|less) likely to be ")
NAMES = {stage.done: stage.key for stage in STAGES}
OPEN = ""
COUNTS = {
    stage.key: re.compile(rf"{NUMBER} of {NUMBER} {stage.event} went to {PEOPLE}, who were {NUMBER} of {NUMBER} ")
    for stage in STAGES
}


def likely(page: BeautifulSoup) -> Iterator[str]:
    """Say where a headline or a sentence of totals is not what the likely ranges beside it tell."""
    for headline in [*page.select('p[data-cell="headline"]'), *page.select("p.finding")]:
        around = headline.parent
        text = " ".join(around.get_text(" ").split())
        sides = dict(_sides(text))
        if None in sides.values():
            yield "the words of totals are not what the likely range beside them tells"
        if _is_of_totals(headline) and _claims(headline.get_text()) != sides:
            yield "a headline of totals is not what the likely ranges below it tell"
        if not all(_is_ratio(text, stage, numbers) for stage, *_, numbers in ARISES.findall(text)):
            yield "a ratio of totals is not that of the counts beside it"
        if not _are_in_table(text, around, page):
            yield "a likely range of totals is not that of the table of ratios"


def _is_of_totals(headline: Tag) -> bool:
    about = headline.get("data-about") or headline.parent.get("data-about")
    return bool(LIKELY.search(headline.get_text())) and not about


def _sides(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield which side each stage's words say, as its range tells; None where the range tells another."""
    for stage, way, unclear, too_few, numbers in ARISES.findall(text):
        found = RATIO_AND_RANGE.fullmatch(numbers)
        if too_few:
            yield stage, None if numbers else OPEN
        elif not found:
            yield stage, None
        else:
            low, high = (float(limit.split()[-1]) for limit in (found[2], found[3] or found[2]))
            told = "more" if low > 1 else "less" if high < 1 else OPEN
            yield stage, told if told == (OPEN if unclear else way) else None


def _is_ratio(text: str, stage: str, numbers: str) -> bool:
    """Work out a ratio again from the sentence of the same stage's counts, which gives the group's and everybody's."""
    found, counts = RATIO_AND_RANGE.fullmatch(numbers), COUNTS[stage].search(text)
    if not found:
        return not numbers
    if not counts:
        return False
    done, all_done, of, everybody = (int(number.replace(",", "")) for number in counts.groups())
    return reads_as_ratio(found[1], [everybody - of, all_done - done], [of, done])


def _claims(headline: str) -> dict[str, str]:
    """Read what a headline says of each stage that it does not call hidden."""
    claimed: dict[str, str] = {}
    way = OPEN
    for clause in re.split(r";|, ", headline):
        claim, more = CLAIM.search(clause), AND_LIKELY.search(clause)
        named = [key for done, key in NAMES.items() if re.search(rf"\b{done}\b", clause)]
        if claim and claim[3]:
            continue
        way = more[1] if more else claim[1] or OPEN if claim else "nothing"
        claimed |= dict.fromkeys(named, way)
    return claimed


def _are_in_table(text: str, around: Tag, page: BeautifulSoup) -> bool:
    """Say whether the ratios of an organisation's page are those of its table; the front page has no such table."""
    if around.has_attr("data-cell"):
        return True
    for stage, *_, numbers in ARISES.findall(text):
        found = RATIO_AND_RANGE.fullmatch(numbers)
        cell = around.find_next(attrs={"data-cell": ".".join(("likelihood", stage, BME))})
        if found and (cell is None or cell.get_text() != f"{found[1]} ({numbers.partition(', likely range ')[2]})"):
            return False
    return True
