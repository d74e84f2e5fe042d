"""What totals tell, stage by stage: the words beside a likely range, and the headline, against the range itself."""

import re
from collections.abc import Iterator, Mapping

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.naming import people_of
from lt_analysis.reporting.gate.charted import LIMIT, NUMBER
from lt_analysis.reporting.gate.headlines import OPEN, TOO_FEW, WITHOUT_FIGURES, of_totals
from lt_analysis.reporting.gate.shares import reads_as_ratio

PEOPLE = re.escape(people_of(BME))
RATIO_AND_RANGE = re.compile(
    rf"White people's share ([\d.]+|under 0\.01) times that of {PEOPLE}, likely range ({LIMIT})(?: to ({LIMIT}))?"
)
ARISES = re.compile(
    r"At (shortlisting|appointment), (?:White people were (more|less) likely to succeed|"
    r"(the counts do not show who was more likely)|(there were too few people to say))(?: \(([^)]*)\))?\."
)
OVERALL = re.compile(
    r"The share of White applicants who were appointed was ([\d.]+|under 0\.01) times the share of (.*?)\. "
    r"Anywhere from about (.*) times fits the counts: (.*)\."
)
COUNTED = re.compile(rf"\d of [\d,]+ (?:{'|'.join(stage.event for stage in STAGES)}) went to ")
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
        if not _is_beside_chances(headline) and not _is_headline(headline.get_text(), sides, text):
            yield "a headline of totals is not what the likely ranges below it tell"
        if not all(_is_ratio(text, stage, numbers) for stage, *_, numbers in ARISES.findall(text)):
            yield "a ratio of totals is not that of the counts beside it"
        if not _are_in_table(text, around):
            yield "a likely range of totals is not that of the table of ratios"
    for said in page.select('p[data-cell^="overall."]'):
        if not _is_overall(said):
            yield "a ratio of both stages is not that of the table of ratios, or is said to tell what it does not"


def _is_overall(said: Tag) -> bool:
    """Say whether a sentence on both stages gives its table's ratio and range, and what the range tells."""
    group = said["data-cell"].partition(".")[2].replace("likelihood", BME)
    # A pack has many such tables. Main points stand before their page's own, single groups after it.
    look = said.find_next if group == BME else said.find_previous
    cell = look(attrs={"data-cell": f"likelihood.overall.{group}"})
    text = cell.get_text() if cell else ""
    if text == "not given":
        return said.get_text().startswith("No relative likelihood is given: ")
    found = OVERALL.fullmatch(said.get_text())
    if not found or found[2] != people_of(group, "applicants"):
        return False
    ratio, _, limits, verdict = found.groups()
    ends = [float(end.split()[-1]) for end in limits.split(" to ")]
    side = "more" if ends[0] > 1 else "less" if ends[-1] < 1 else ""
    told = f"White people were {side} likely to be appointed" if side else "the counts do not show who was more likely"
    return text == f"{ratio} ({limits})" and verdict == told


def _is_beside_chances(headline: Tag) -> bool:
    """Say whether a headline is held to numbers beside equal chances, by `chances`."""
    return bool(headline.get("data-about") or headline.parent.get("data-about"))


def _is_headline(said: str, sides: Mapping[str, str], text: str) -> bool:
    """Say whether a headline is that of totals; without any, it says that there are no figures, and nothing else."""
    if sides:
        return said == of_totals(sides)
    return said in WITHOUT_FIGURES and not COUNTED.search(text)


def _sides(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield which side each stage's words say, as its range tells; None where the range tells another."""
    for stage, way, unclear, too_few, numbers in ARISES.findall(text):
        found = RATIO_AND_RANGE.fullmatch(numbers)
        if too_few:
            yield stage, None if numbers else TOO_FEW
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


def _are_in_table(text: str, around: Tag) -> bool:
    """Say whether ratios are those of the page's own table: an organisation's, or that of all of them."""
    _, _, slug = around.get("data-cell", "").partition(".")
    for stage, *_, numbers in ARISES.findall(text):
        found = RATIO_AND_RANGE.fullmatch(numbers)
        name = ".".join(("forest", stage, slug) if slug else ("likelihood", stage, BME))
        cell = around.find_next(attrs={"data-cell": name})
        if cell is None and slug:
            continue  # where no organisation has a ratio that can be drawn, the front page has no table of them
        if found and (cell is None or cell.get_text() != f"{found[1]} ({numbers.partition(', likely range ')[2]})"):
            return False
    return True
