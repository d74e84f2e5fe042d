"""The board pack: pages of a report joined into one document, whose links lead within it, and printed as one PDF."""

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis.codebook.downloads import NO_PACK
from lt_analysis.codebook.folders import Folders, whole_or_not_at_all
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.subjects import RETURNS, SUBJECTS
from lt_analysis.codebook.words import PARTNERSHIP
from lt_analysis.rendering.html import LARGEST_PAGE
from lt_analysis.reporting.gate.pack import pdf_faults
from lt_analysis.reporting.gate.page import leaks, markup_faults, texts_faults
from lt_analysis.reporting.gate.traces import Machine
from lt_analysis.reporting.journal import Journal
from lt_analysis.reporting.page import Ledger, Page
from lt_analysis.reporting.printing import printed
from lt_analysis.reporting.styling import TEMPLATES, page_style, policy

NAMES_OTHERS = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details")
HEADING = re.compile("^h[1-6]$")
OF_FIGURE = re.compile(r"^((?:Figure|Data for figure|Show the numbers of figure) )(\d+)")
OF_PART = re.compile(r"p(\d+)-")
LOWEST_HEADING = 6
START_OF_PART = "part"
TITLES = {subject.file: subject.title for subject in (*SUBJECTS, RETURNS)}
APPENDIX = "Appendix: data for the figures"
SAYS_OF_PACK = re.compile(r'<p class="pack">.*?</p>', re.DOTALL)
PRINTED = '<a href="{name}">Board pack: the pages for paper (PDF, {size:,} KB)</a>.'


@dataclass(frozen=True)
class Part:
    """A page of the pack: its address among the report's pages, as `ashbourne/recruitment.html`, its HTML, and what
    the list of contents calls it.
    """

    address: str
    html: str
    name: str


def pack_path(folders: Folders, period: str) -> Path:
    """Say where a period's pack is."""
    return folders.reports / period / f"board-pack-{period}.pdf"


def make_pack(folders: Folders, period: str, pages: Sequence[Page], ledger: Ledger) -> list[str]:
    """Print pages that are in place as one PDF, the front page first; list what kept the pack from being put in place.

    Whatever goes wrong, no half pack and no older one is left.
    """
    destination = pack_path(folders, period)
    remove_pack(folders, period, pages[0])
    parts = _parts(folders, period, pages)
    html = joined(parts)
    machine = Machine.here(folders.root)
    found = markup_faults(html, restricted=False, largest=LARGEST_PAGE * len(pages))
    found += leaks(html, machine) + texts_faults(html, ledger.release, _texts_of(parts))
    if found:
        return found
    pdf = printed(html)
    found = pdf_faults(pdf, machine)
    if not found:
        with whole_or_not_at_all(destination, mode=0o644) as unfinished:
            unfinished.write_bytes(pdf)
        _say_of_pack(folders, pages[0], PRINTED.format(name=destination.name, size=max(1, round(len(pdf) / 1000))))
    return found


def remove_pack(folders: Folders, period: str, front: Page) -> None:
    """Remove the pack of a period, if there is one, and the front page's link to it before that."""
    _say_of_pack(folders, front, NO_PACK)
    pack_path(folders, period).unlink(missing_ok=True)


def _say_of_pack(folders: Folders, front: Page, words: str) -> None:
    """Have the front page, where it is in place, say whether there is a pack: it leads to none that is not there."""
    page = front.destination
    html = page.read_text(encoding="utf-8") if page.is_file() else ""
    said = SAYS_OF_PACK.sub(lambda _: f'<p class="pack">{words}</p>', html)
    if said != html:
        with whole_or_not_at_all(page, mode=0o644) as unfinished:
            unfinished.write_text(said, encoding="utf-8")
        Journal(folders).amend(page, html, said)


def _texts_of(parts: Sequence[Part]) -> set[str]:
    """Return the texts of pages, each of which was looked at when its page was made, and the names of the parts."""
    texts = (text for part in parts for text in BeautifulSoup(part.html, "html.parser").find_all(string=True))
    return {" ".join(text.split()) for text in texts} | {part.name for part in parts}


def _parts(folders: Folders, period: str, pages: Sequence[Page]) -> list[Part]:
    top = folders.reports / period
    addresses = [page.destination.relative_to(top).as_posix() for page in pages]
    missing = [address for address, page in zip(addresses, pages, strict=True) if not page.destination.is_file()]
    if missing:
        remedy = f"Make its pages first: lt-analysis report --period {period}"
        raise RawDataError(f"reports/{period} lacks {', '.join(missing)}", remedy)
    return [
        Part(address, page.destination.read_text(encoding="utf-8"), _name(page))
        for address, page in zip(addresses, pages, strict=True)
    ]


def _name(page: Page) -> str:
    """Return what the pack calls a page: whose it is, and its subject."""
    subject = TITLES.get(page.destination.name, "")
    return f"{page.title}: {subject.lower()}" if page.title else subject


def joined(parts: Sequence[Part]) -> str:
    """Join pages into one document: the first one's, with the others as its parts, each under a heading of its own.

    Names of places (`id`) are told apart by their part. A link to another page of the pack leads there; the words of
    any other link stay, without the link. Figures are numbered through. What pages explain in the same words is
    explained once, and the data of all figures stand at the end.
    """
    prefixes = {part.address: f"p{number}-" for number, part in enumerate(parts)}
    pages = [BeautifulSoup(part.html, "html.parser") for part in parts]
    for page, part in zip(pages, parts, strict=True):
        _keep_to_its_part(page, part.address, prefixes)
    _number_through(pages)
    front, *others = pages
    names = [part.name for part in parts[1:]]
    for number, page in enumerate(others, start=1):
        _lower_headings(page)
        front.main.append(_section(front, page, number))
    _explain_once(front)
    if _data_at_end(front, [front.h1.get_text(), *names]):
        names.append(APPENDIX)
    _list_contents(front, names)
    _head(front)
    return str(front)


def _keep_to_its_part(page: BeautifulSoup, address: str, prefixes: Mapping[str, str]) -> None:
    """Drop what paper has no use for, and make names and links those of the pack."""
    prefix = prefixes[address]
    for element in page.select("nav, .download, .back, .pack"):
        element.decompose()
    for element in page.find_all(True):
        if element.has_attr("id"):
            element["id"] = prefix + element["id"]
        for name in NAMES_OTHERS:
            if element.has_attr(name):
                said = element[name]
                names = said if isinstance(said, list) else said.split()
                element[name] = " ".join(prefix + one for one in names)
    for link in page.find_all("a", href=True):
        _lead_within(link, address, prefixes)
    for element in page.find_all("details"):
        element["open"] = ""


def _lead_within(link: Tag, address: str, prefixes: Mapping[str, str]) -> None:
    path, _, place = link["href"].partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(address), unquote(path))) if path else address
    if target not in prefixes:
        link.name = "span"  # of which the words, and whose they are, stay
        del link["href"]
        return
    kept = {"class": link["class"]} if link.has_attr("class") else {}  # by which paper leaves out the skip link
    link.attrs = kept | {"href": f"#{prefixes[target]}{place or START_OF_PART}"}


def _number_through(pages: Sequence[BeautifulSoup]) -> None:
    """Go on with the numbers of one page's figures where those of the page before end."""
    before = 0
    for page in pages:
        for element in page.select("figcaption, figure .note, .appendix h3, .appendix summary"):
            words = element.find(string=True)
            numbered = OF_FIGURE.sub(lambda found, more=before: f"{found[1]}{int(found[2]) + more}", words)
            words.replace_with(numbered)
        before += len(page.find_all("figure"))


def _lower_headings(page: BeautifulSoup) -> None:
    for heading in page.find_all(HEADING):
        heading.name = f"h{min(int(heading.name[1]) + 1, LOWEST_HEADING)}"


def _section(pack: BeautifulSoup, page: BeautifulSoup, number: int) -> Tag:
    section = pack.new_tag("section", id=f"p{number}-{START_OF_PART}", attrs={"class": "part"})
    section.extend(list(page.main.contents))
    return section


def _explain_once(pack: BeautifulSoup) -> None:
    """Put the words of all pages into the first list of them, and keep the first of the notes that say the same.

    A word that another page explains in another way stays there. A heading goes with the last that stood below it.
    """
    first, *others = pack.select("dl.glossary") or [None]
    for words in others:
        for term in words.find_all("dt"):
            _keep_once(first, term)
        if not words.dt:
            _leave_out(words)
    said: set[str] = set()
    for notes in pack.select("dl.coverage"):
        if notes.get_text() in said:
            _leave_out(notes)
        else:
            said.add(notes.get_text())


def _keep_once(first: Tag, term: Tag) -> None:
    meaning = term.find_next_sibling("dd")
    explained = {one.get_text(): one.find_next_sibling("dd").get_text() for one in first.find_all("dt")}
    if term.get_text() not in explained:
        first.extend([term.extract(), meaning.extract()])
    elif explained[term.get_text()] == meaning.get_text():
        meaning.decompose()
        term.decompose()


def _leave_out(some: Tag) -> None:
    heading = some.find_previous_sibling()
    if heading is not None and HEADING.match(heading.name):
        heading.decompose()
    some.decompose()


def _data_at_end(pack: BeautifulSoup, names: Sequence[str]) -> bool:
    """Move the data of all figures into a last part, under the name of the page that each is of; say whether any are.

    `names` are those of all pages, the front page first.
    """
    of_pages = pack.select("section.appendix")
    if not of_pages:
        return False
    end = len(names)
    appendix = pack.new_tag("section", id=f"p{end}-{START_OF_PART}", attrs={"class": "part appendix"})
    appendix.append(pack.new_tag("h2", string=APPENDIX))
    for data in of_pages:
        of = int(OF_PART.match(data.section["id"])[1])
        data.find(HEADING).decompose()
        for heading in data.find_all(HEADING):
            heading.name = "h4"
        appendix.append(pack.new_tag("h3", string=names[of]))
        appendix.extend(list(data.extract().contents))
    pack.main.append(appendix)
    return True


def _list_contents(pack: BeautifulSoup, names: Sequence[str]) -> None:
    """Put a list of the parts after the sheet that answers: the front page's last part that belongs to its answers."""
    contents = pack.new_tag("nav", attrs={"class": "parts", "aria-label": "In this pack"})
    title, entries = pack.new_tag("p", string="In this pack, after this report"), pack.new_tag("ol")
    for number, name in enumerate(names, start=1):
        entry, link = pack.new_tag("li"), pack.new_tag("a", href=f"#p{number}-{START_OF_PART}")
        link.string = name
        entry.append(link)
        entries.append(entry)
    contents.extend([title, entries])
    answered = pack.select_one("main > .pair")
    if names and answered:
        answered.insert_after(contents)
    elif names:
        pack.select_one("main h2, main h3").insert_before(contents)


def _head(pack: BeautifulSoup) -> None:
    """Give the document its title, its style sheet, and the policy that allows this style sheet and nothing else."""
    pack.h1["id"] = pack.h1.get("id") or f"p0-{START_OF_PART}"
    pack.title.string = f"{pack.h1.get_text()} – {PARTNERSHIP}"
    style = page_style(restricted=False) + (TEMPLATES / "template" / "pack.css").read_text(encoding="utf-8")
    pack.style.string = style
    pack.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"] = policy(style)
