"""What `verify` attacks, and how it says what came of it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import track
from rich.table import Table

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.metrics import split
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.returns import METRICS
from lt_analysis.commands.console import err

if TYPE_CHECKING:
    from lt_analysis.release.metric_tables import OwnNumber
    from lt_analysis.verification import Attack, Posts, Publication
    from lt_analysis.verification.metrics import Found, Told


def publication_of(quarters: list[Quarter]) -> "Publication":
    """Read all that is published, for whoever attacks a report has read every other; the quarters must have pages."""
    from lt_analysis.verification.reading import published_files, read_publication

    files = published_files(Folders.here())
    remedy = "Make its pages first: lt-analysis run --period ..."
    for quarter in quarters:
        if str(quarter) not in {file.release for file in files}:
            raise RawDataError(f"there are no pages in reports/{quarter}", remedy)
    publication = read_publication(track(files, description="Reading pages", console=err))
    for release in dict.fromkeys(file.release for file in files):
        if release not in publication.releases:
            if release in map(str, quarters):
                raise RawDataError(f"no number in reports/{release} says what it counts (data-key)", remedy)
            err.print(f"! reports/{release} was not attacked: no number there says what it counts.", markup=False)
    return publication


def seen_before(publication: "Publication") -> dict[str, int]:
    """Return numbers that are hidden, and that an edition showed which was replaced: somebody may have seen it."""
    from lt_analysis.release.files import replaced_editions

    hidden = {one.key for one in publication.statements if one.value is None}
    told = [one for edition in replaced_editions(Folders.here()) for one in edition.numbers]
    return {str(one.cell.key): one.value for one in told if one.value is not None and str(one.cell.key) in hidden}


def what_cannot_be_attacked(folders: Folders, quarter: Quarter) -> str:
    """Read a new report with all others as an attacker would; say why it cannot be attacked, if it cannot."""
    from lt_analysis.verification.reading import files_to_attack, read_publication

    try:
        publication = read_publication(files_to_attack(folders, quarter))
    except RawDataError as error:
        return str(error)
    return "" if str(quarter) in publication.releases else f"no number in reports/{quarter} says what it counts"


def public_number(text: str) -> tuple[str, int]:
    """Read KEY=VALUE. Raises `RawDataError` where it is not that."""
    key, _, value = text.rpartition("=")
    if not key or not value.isdecimal():
        raise RawDataError(f"{text!r} is not a number that is public", "Write it as KEY=VALUE")
    return key, int(value)


def posts_of(path: Path, publication: "Publication") -> "Posts":
    """Read in which quarters bands had posts, and say of whom the pages know nothing."""
    from lt_analysis.verification import read_posts

    posts = read_posts(path)
    for organisation in sorted({organisation for organisation, _ in posts} - publication.organisations):
        err.print(f"! {path.name} says posts of {organisation}, of whom the pages have no number.", markup=False)
    return posts


def found_of_metrics(folders: Folders) -> "list[Found]":
    """Attack all metrics that were released, knowing what practices published themselves when each release was made."""
    from lt_analysis.release.certificate import ELSEWHERE, elsewhere_then
    from lt_analysis.verification.metrics import Known, attack_metrics

    told = metrics_told(folders)
    kept = any(folders.certificates.glob(f"{ELSEWHERE}*"))
    counts: dict[tuple[str, str, str, str], dict[str, tuple[int, int]]] = {}
    for one in elsewhere_then(folders) if kept else sent_as_public(folders, told):
        if parts := split(one.numerator, one.denominator):
            counts.setdefault(one[:4], {})[one.group] = parts
    return attack_metrics(told, [Known(*key, own) for key, own in counts.items()])


def sent_as_public(folders: Folders, told: "Iterable[Told]") -> "Iterator[OwnNumber]":
    """Yield what practices say now that they publish, of every edition: where nothing is kept, as near as can be."""
    from lt_analysis.counts.metrics import keep_metrics, metrics_sent
    from lt_analysis.release.in_memory import in_memory
    from lt_analysis.release.metric_tables import OwnNumber

    records = sorted((folders.records / METRICS.name).glob("*/*.parquet"))
    with in_memory() as connection:
        keep_metrics(connection, records, [])
        sent = [one for one in metrics_sent(connection) if one.public]
    for one in sent:
        if one.numerator is None or one.denominator is None:
            continue
        member = one.practice or one.organisation
        for span in {each.span for each in told if (each.metric, each.quarter) == (one.metric, one.period)}:
            yield OwnNumber(one.metric, span, member, one.axis, one.group, one.numerator, one.denominator)


def metrics_told(folders: Folders) -> "list[Told]":
    """Return the tables of metrics of all reports, and of releases that have no report, or were replaced."""
    from lt_analysis.release.files import read_editions, replaced_editions
    from lt_analysis.verification.metrics import Told, read_metrics

    found = {one[:5]: one for one in read_metrics(folders)}
    for one in (one for edition in (*read_editions(folders), *replaced_editions(folders)) for one in edition.metrics):
        counts = {each.group: parts for each in one.groups if (parts := split(each.numerator, each.denominator))}
        found.setdefault(one.key, Told(*one.key, frozenset(one.members), counts or None))
    return list(found.values())


def in_numbers(found: "Attack") -> Table:
    """Count, for each release, what was found out and how much is open."""
    table = Table("release", "shown", "hidden", "found out", "undecided", "fewest values", "middle")
    for release in found.publication.releases:
        one = found.summary(release)
        widths = ("-" if width is None else f"{width:,}" for width in (one.narrowest, one.middle))
        table.add_row(release, *(f"{n:,}" for n in (one.shown, one.hidden, one.found_out, one.undecided)), *widths)
    return table
