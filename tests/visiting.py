"""What a real browser makes of a page: visited once, and measured on a desktop, on tablets, on phones and on paper."""

import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pypdf
from axe_playwright_python.sync_playwright import Axe

PAPER = 673  # pixels, as all widths here: A4 less its margins
WIDEST, NARROWEST = 1100, 320  # a desktop, and a phone or a page that is zoomed four times
EVERY_WIDTH = (WIDEST, 768, 680, 390, NARROWEST)
# Every rule of WCAG 2.2 A and AA, the size of targets too, which axe leaves out unless it is asked.
EVERY_RULE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations", "incomplete"],  # to list what passed takes longer than to find what does not
}
OFTEN_ENOUGH = 3  # times more than there are places to stop at, a walk that goes round would show
OUT_OF_SIGHT = "thead, .skip"  # for screen readers, or until it has the focus

# Boxes of text and pictures, each with the words that it belongs to. What is out of sight on purpose has none.
BOXES = """
const shown = element => !element.closest(OUT) || getComputedStyle(element.closest(OUT)).position === 'static';
const scrolled = element => {
  for (let box = element; box; box = box.parentElement)
    if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX)) return true;
  return false;
};
const boxes = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const owner = node.parentElement;
  if (!node.data.trim() || !shown(owner) || !owner.checkVisibility({contentVisibilityAuto: true})) continue;
  const range = document.createRange();
  range.selectNodeContents(node);
  for (const box of range.getClientRects())
    if (box.width > 1) boxes.push({box, owner, said: node.data.trim().slice(0, 60)});
}
for (const image of document.images)
  boxes.push({box: image.getBoundingClientRect(), owner: image, said: image.alt.slice(0, 60)});
"""
MEASURES = {
    # Two boxes that cover more than a line's own leading of one another.
    "overlaps": """
const found = [];
boxes.sort((a, b) => a.box.top - b.box.top);
boxes.forEach((one, place) => {
  for (const other of boxes.slice(place + 1)) {
    if (other.box.top >= one.box.bottom - 2.5) break;
    const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
    if (across > 1 && one.owner !== other.owner) found.push([one.said, other.said]);
  }
});
return found;
""",
    "outside": """
return boxes.filter(({box, owner}) => (box.left < -0.5 || box.right > innerWidth + 0.5) && !scrolled(owner))
  .map(({said}) => said);
""",
    "wider than the column": """
const main = document.querySelector('main');
const edge = main.getBoundingClientRect().right - parseFloat(getComputedStyle(main).paddingRight);
return [...main.querySelectorAll('table, figure, dl, p')]
  .filter(one => one.getBoundingClientRect().right > edge + 1 && !scrolled(one))
  .map(one => one.textContent.trim().slice(0, 60));
""",
    "cut": """
return [...document.body.querySelectorAll('*')].filter(element => {
  const style = getComputedStyle(element);
  if (style.display === 'inline' || !shown(element) || element.closest('svg')) return false;
  const wide = element.scrollWidth > element.clientWidth + 1, high = element.scrollHeight > element.clientHeight + 1;
  const hides = axis => ['hidden', 'clip'].includes(style[axis]);
  const holdsText = element.matches('p, h1, h2, h3, h4, li, dd, dt, td, th, caption, figcaption, summary');
  return hides('overflowX') && wide || hides('overflowY') && high || holdsText && wide;
}).map(element => element.outerHTML.slice(0, 120));
""",
}
# A picture's own words have no boxes on its page, so each drawing is put into another page as a part of it.
DRAWINGS = """() => [...document.querySelectorAll('img, source')]
  .map(one => one.getAttribute('src') || one.getAttribute('srcset'))
  .filter(address => address.startsWith('data:image/svg+xml,'))
  .map(address => decodeURIComponent(address.slice(address.indexOf(',') + 1)))"""
WORDS_OF_DRAWINGS = """drawings => drawings.flatMap(drawing => {
  const host = document.body.appendChild(document.createElement('div'));
  host.attachShadow({mode: 'open'}).innerHTML = drawing;
  const svg = host.shadowRoot.querySelector('svg'), room = svg.getBoundingClientRect();
  const words = [...svg.querySelectorAll('text')]
    .map(one => ({box: one.getBoundingClientRect(), said: one.textContent}));
  const outside = words.filter(({box}) => box.left < room.left - 0.5 || box.right > room.right + 0.5
    || box.top < room.top - 0.5 || box.bottom > room.bottom + 0.5).map(({said}) => ['outside', said]);
  const covered = words.flatMap((one, place) => words.slice(place + 1).filter(other =>
    Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left) > 0.5
    && Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top) > 0.5)
    .map(other => ['overlaps', one.said, other.said]));
  return [...outside, ...covered];
})"""
# A target has 24 pixels each way, or a circle of 24 pixels around its middle meets no other target (WCAG 2.5.8).
TARGETS = """
const targets = [...document.querySelectorAll('a[href], summary, button, input')]
  .filter(one => !one.matches('.skip') && one.checkVisibility());
const middle = box => [box.left + box.width / 2, box.top + box.height / 2];
const boxes = targets.map(one => one.getBoundingClientRect());
const small = box => box.width < 24 || box.height < 24;
const meets = (box, other) => {
  const [x, y] = middle(box), [otherX, otherY] = middle(other);
  const across = Math.max(other.left - x, x - other.right, 0), down = Math.max(other.top - y, y - other.bottom, 0);
  return Math.hypot(across, down) < 12 || small(other) && Math.hypot(otherX - x, otherY - y) < 24;
};
return targets.filter((one, place) => small(boxes[place])
  && boxes.some((other, others) => others !== place && meets(boxes[place], other)))
  .map(one => one.outerHTML.slice(0, 120));
"""
STOPS = """
return [...document.querySelectorAll('*')].map((element, place) => [element, place]).filter(([element]) => {
  const style = getComputedStyle(element);
  const scrolls = ['overflowX', 'overflowY'].some(axis => ['auto', 'scroll'].includes(style[axis]))
    && (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight);
  return element.matches('a[href], summary, button, input, [tabindex="0"]') || scrolls && element !== document.body;
}).map(([, place]) => place);
"""
LISTEN = """
window.walked = [];
document.addEventListener('focusin', event => walked.push([...document.querySelectorAll('*')].indexOf(event.target)));
"""


@dataclass(frozen=True)
class Visit:
    """What was seen of a page: by width what was measured, what axe says, where the Tab key leads, and its print.

    `drawings` is how many drawings it has, and `words_of_drawings` which of their words overlap or lie outside.
    """

    url: str
    said: tuple[str, ...]
    asked: tuple[str, ...]
    pictures: int
    broken_images: int
    drawings: int
    words_of_drawings: list[list[str]]
    measured: dict[tuple[int, str], list]
    axe: dict[tuple[int, str], list]
    small_targets: list[str]
    stops: list[int]
    walked: list[int]
    headings: list[str]
    summary: list[str]
    pdf: bytes

    @cached_property
    def sheets(self) -> list[str]:
        """The text of every printed sheet, each white space one space."""
        return [" ".join(sheet.extract_text().split()) for sheet in self.printed.pages]

    @cached_property
    def printed(self) -> pypdf.PdfReader:
        """The print."""
        return pypdf.PdfReader(io.BytesIO(self.pdf))


def visit(
    browser, path: Path, widths: tuple[int, ...] = EVERY_WIDTH, axe_at: tuple[int, ...] = (WIDEST, NARROWEST)
) -> Visit:
    """Open a page, with all its details, and measure it; axe, which takes longest, looks at it at some widths."""
    page = browser.new_page(viewport={"width": WIDEST, "height": 900})
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    heard = tuple(said), tuple(url for url in asked if not url.startswith("data:"))
    measured, axe = {}, {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        measured |= _measured(page, width)
        if width in axe_at:
            found = Axe().run(page, options=EVERY_RULE).response
            for kind in ("violations", "incomplete"):
                axe[width, kind] = [(one["id"], one["nodes"][0]["html"][:200]) for one in found[kind]]
    small, drawings = _run(page, TARGETS), page.evaluate(DRAWINGS)
    page.set_viewport_size({"width": WIDEST, "height": 900})
    stops, walked = _walk(page)
    seen = Visit(
        url=page.url,
        said=heard[0],
        asked=heard[1],
        broken_images=page.evaluate("[...document.images].filter(image => !image.naturalWidth).length"),
        pictures=page.evaluate("document.images.length"),
        drawings=len(drawings),
        words_of_drawings=_words_of(browser, drawings),
        measured=measured | _on_paper(page),
        axe=axe,
        small_targets=small + _run(page, TARGETS),
        stops=stops,
        walked=walked,
        headings=_texts(page, "h1, h2, h3, h4"),
        summary=_texts(page, ".summary:first-of-type p, :nth-child(1 of .summary) p"),
        pdf=page.pdf(prefer_css_page_size=True, tagged=True, outline=True),
    )
    page.close()
    return seen


def _words_of(browser, drawings: list[str]) -> list[list[str]]:
    page = browser.new_page(viewport={"width": WIDEST, "height": 900})
    found = page.evaluate(WORDS_OF_DRAWINGS, drawings)
    page.close()
    return found


def _run(page, body: str):
    return page.evaluate(f"() => {{ const OUT = '{OUT_OF_SIGHT}'; {body} }}")


def _measured(page, width: int) -> dict:
    return {(width, name): _run(page, BOXES + body) for name, body in MEASURES.items()}


def _on_paper(page) -> dict:
    """Measure as it is printed: details that are closed are open there, but on the front page, whose paper is short."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = false)")
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.emulate_media(media="print")
    measured = _measured(page, PAPER)
    measured[PAPER, "closed"] = page.evaluate(
        """[...document.querySelectorAll('body:not(:has(.answers)) details > :not(summary, .download)')]
           .filter(one => !one.offsetHeight || !one.checkVisibility({contentVisibilityAuto: true}))
           .map(one => one.outerHTML.slice(0, 120))"""
    )
    page.emulate_media(media="null")
    return measured


def _walk(page) -> tuple[list[int], list[int]]:
    """Press Tab from the top to the end; return where one should stop, and where one did."""
    stops = _run(page, STOPS)
    page.evaluate("window.scrollTo(0, 0)")
    page.evaluate(f"() => {{ {LISTEN} }}")
    for _ in range(len(stops) + OFTEN_ENOUGH):
        page.keyboard.press("Tab")
    return stops, page.evaluate("walked")


def _texts(page, chosen: str) -> list[str]:
    texts = page.evaluate("chosen => [...document.querySelectorAll(chosen)].map(one => one.textContent)", chosen)
    return [" ".join(text.split()) for text in texts]
