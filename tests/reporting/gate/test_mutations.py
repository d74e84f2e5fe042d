"""Every rule of the gate, broken by itself in a sound page: that rule complains, and no other.

The rules are read off the gate's own code, so that none can be added without a page that breaks it.
"""

import ast
import base64
import re
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

import pytest
from nbformat.v4 import new_code_cell, new_output

from lt_analysis.reporting.export import to_html
from lt_analysis.reporting.gate.page import faults, leaks
from tests.reporting.gate.sound import (
    CAPTION,
    HEADING,
    LINKS,
    MACHINE,
    TITLE,
    sound_notebook,
    sound_page,
    texts_of_sound,
)
from tests.reporting.gate.test_planted import (
    IDENTIFIERS,
    MACHINES,
    NUMBERS,
    SCRIPT,
    UNSEEN,
    add,
    drawing,
    in_picture,
    picture,
    png,
    put,
)

GATE = "lt_analysis.reporting.gate"
MODULES = ("page", "structure", "pictures", "style", "keyed", "static", "drawn", "unseen", "traces")
SVG = drawing('<circle r="3"/>')
UNDRAWN = "a picture cannot be drawn"
NO_ALTERNATIVE = "an image has no alternative text that says what it shows"
ACTIVE = "a picture does something, or holds a page of its own"
ELSEWHERE = "a picture leads, or loads, from outside itself"
CONTENTS = "the list of contents is not that of the page's headings"
NOWHERE = "a link or a name leads to no place of the page"
STYLE_SHEET = "the style sheet is not the one that the page's policy allows"
HARD_TO_READ = "a colour of the style sheet's text is hard to read on its ground"
SMALL_TARGET = "what leads somewhere is not said to be 24 pixels high"
UNREADABLE = "there is a colour that the gate cannot read"


def found(notebook, html):
    of_the_page = faults(notebook, html, False, "Ashbourne")
    return [*of_the_page, *leaks(html, MACHINE)]


ALT = "A picture that shows something to look at."


def shown(content: bytes, alt: str = ALT, kind: str = "image/svg+xml") -> str:
    """A picture with an alternative text, beside what the page shows; it is no figure."""
    return picture(content, kind).replace('alt=""', f'alt="{alt}"')


def sheet(rule: str):
    """A rule at the end of the page's own style sheet, which its policy allows."""

    def mutate(html: str) -> str:
        before, style, after = re.split(r"(?<=<style>)(.*?)(?=</style>)", html, maxsplit=1, flags=re.DOTALL)
        return allowed(f"{before}{style}{rule}{after}")

    return mutate


def replaced_in_sheet(old: str, new: str):
    return lambda html: allowed(put(old, new)(html))


def allowed(html: str) -> str:
    """The same page, with a policy that allows its style sheet."""
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    return re.sub(r"'sha256-[^']*'", f"'sha256-{digest}'", html)


def without(pattern: str):
    """The page without what a pattern finds first."""

    def mutate(html: str) -> str:
        changed = re.sub(pattern, "", html, count=1, flags=re.DOTALL)
        assert changed != html
        return changed

    return mutate


IN_THE_PAGE = {
    # page
    "a restricted mark": (add('<p class="mark restricted">x</p>'), ["a page for the board holds restricted figures"]),
    "a table without a caption": (
        without("<caption.*?</caption>"),
        ["a table has no caption", "download 1: its link does not say what it is and how large"],
    ),
    "an empty caption": (
        put(f">{CAPTION}<", "> <"),
        ["a table has no caption", "download 1: its link does not say what it is and how large"],
    ),
    "a heading without a scope": (put(' scope="row"', ""), ["a table's heading has no scope"]),
    "an empty table heading": (
        put('scope="col">Applicants', 'scope="col">'),
        ["a table's heading is empty", "download 1: it does not hold the table above it and nothing else"],
    ),
    "a script": (add("<script>1</script>"), ["there is a script, or a style on an element", SCRIPT]),
    "a style on an element": (add('<p style="color: red">x</p>'), ["there is a script, or a style on an element"]),
    "an event handler": (add('<p onclick="x()">x</p>'), ["an element has an event handler"]),
    "a form": (add('<form action="x">x</form>'), ["there is an element that loads or sends something"]),
    "an object": (add('<object data="x.svg">x</object>'), ["there is an element that loads or sends something"]),
    "a picture from elsewhere": (
        add(f'<img src="https://example.org/x.svg" alt="{ALT}">'),
        ["something is loaded from outside the page"],
    ),
    "a set of pictures from elsewhere": (
        add(f'<img srcset="https://example.org/x.svg" src="data:image/svg+xml,{quote(SVG)}" alt="{ALT}">'),
        ["something is loaded from outside the page"],
    ),
    "a link to elsewhere": (add('<a href="https://example.org">x</a>'), ["a link leads outside the report"]),
    "a link that runs": (add('<a href="javascript:x()">x</a>'), ["a link leads outside the report"]),
    "a link to elsewhere by the same way": (add('<a href="//example.org">x</a>'), ["a link leads outside the report"]),
    "a page that is too large": (add(f"<p>{'x ' * 250_000}</p>"), ["the page is larger than 500,000 bytes"]),
    "a figure that was lost": (
        without("<figure[^>]*>.*</figure>"),
        ["the page has 0 figures, and its notebook shows 1", "a link or a name leads to no place of the page"],
    ),
    "a table that was lost": (
        without('<table role="table">(?:(?!<table).)*Groups</th>.*?</table>'),
        ["the page has 5 tables, and its notebook shows 6", "download 5: it does not stand alone below a table"],
    ),
    # structure
    "no main heading": (without("<h1.*?</h1>"), ["there are 0 main headings, and there should be one"]),
    "two main headings": (add(f"{HEADING}x"), ["there are 2 main headings, and there should be one"]),
    "another organisation": (
        lambda html: html.replace(TITLE, f"{TITLE} Hospitals"),
        ["the main heading does not name the organisation that was asked for"],
    ),
    "a level that is skipped": (add("<h5>x</h5><p>x</p>"), ["a heading level is skipped"]),
    "another language": (put('lang="en-GB"', 'lang="en"'), ["the page does not say that it is in en-GB"]),
    "no language": (put(' lang="en-GB"', ""), ["the page does not say that it is in en-GB"]),
    "the name of a file as its title": (
        without("(?<=<title>)Recruitment to "),
        ["the page's title is not its main heading and the site's name"],
    ),
    "no policy": (
        without('<meta content="default-src[^>]*>'),
        ["the page's policy does not keep out what comes from elsewhere"],
    ),
    "a loose policy": (
        put("default-src 'none'", "default-src *"),
        ["the page's policy does not keep out what comes from elsewhere"],
    ),
    "a policy that allows any style": (
        put("style-src ", "style-src 'unsafe-inline' "),
        ["the page's policy does not keep out what comes from elsewhere"],
    ),
    "a style sheet that is not allowed": (put("<style>", "<style>p { margin: 0; }"), [STYLE_SHEET]),
    "two main parts": (put("</main>", "</main><main>x</main>"), ["there is not exactly one main part"]),
    "no header": (without("<header>.*?</header>"), ["there is not exactly one header"]),
    "no footer": (without("<footer>.*?</footer>"), ["there is not exactly one footer"]),
    "no skip link": (without('<a class="skip".*?</a>'), ["the first link does not skip to the main part"]),
    "a list of links without a name": (put(' aria-label="Report"', ""), ["a list of links has no name"]),
    "one id twice": (add('<p id="main">x</p>'), ["two elements have the same id"]),
    "a link to nowhere": (put('href="#the-shares"', 'href="#other"'), [NOWHERE]),
    "a name from nowhere": (put('aria-labelledby="on-this-page"', 'aria-labelledby="x"'), [NOWHERE]),
    "contents of another page": (put(">The shares</a>", ">The share</a>"), [CONTENTS]),
    "contents that leave one out": (without('<li><a href="#the-shares">.*?</li>'), [CONTENTS]),
    "no list of contents": (without('<nav [^>]*class="contents".*?</nav>'), ["there is no list of contents"]),
    "a heading alone": (put("</section>\n</main>", "</section><h3>x</h3></main>"), ["a heading has nothing below it"]),
    "a heading above another": (add("<h3>x</h3><h3>y</h3><p>x</p>"), ["a heading has nothing below it"]),
    # pictures
    "no alternative text": (add(shown(SVG, alt="")), [NO_ALTERNATIVE]),
    "a short alternative text": (add(shown(SVG, alt="A chart of recruitment")), [NO_ALTERNATIVE]),
    "nbconvert's alternative text": (
        add(shown(SVG, alt="No description has been provided for this image")),
        [NO_ALTERNATIVE],
    ),
    "spaces for an alternative text": (add(shown(SVG, alt=" " * 40)), [NO_ALTERNATIVE]),
    "an image without a picture": (add(f'<img alt="{ALT}">'), ["an image has no picture"]),
    "a broken address": (
        add(f'<img alt="{ALT}" src="data:image/svg+xml;base65,{quote(SVG)}">'),
        ["the address of a picture is malformed"],
    ),
    "a picture that is cut off": (add(shown(SVG[:-8])), [UNDRAWN]),
    "a picture of another kind of markup": (add(shown(SVG.replace(b"2000/svg", b"2001/svg"))), [UNDRAWN]),
    "points that cannot be unpacked": (
        add(shown(png().replace(b"IDAT", b"IDAT\xff"), kind="image/png")),
        [UNDRAWN, "a picture says when, how or by whom it was made"],
    ),
    "a picture of no size": (
        add(shown(SVG.replace(b'width="9"', b'width="0"'))),
        ["a picture has no width or no height"],
    ),
    "a picture without a height": (
        add(shown(SVG.replace(b' height="9"', b""))),
        ["a picture has no width or no height"],
    ),
    "one id twice in a picture": (
        add(shown(drawing('<circle id="a" r="3"/><circle id="a" r="4"/>'))),
        ["two parts of a picture have the same id"],
    ),
    "a picture with a script": (add(shown(drawing("<script>1</script>"))), [ACTIVE, SCRIPT]),
    "a picture with a page": (add(shown(drawing("<foreignObject>x</foreignObject>"))), [ACTIVE]),
    "a picture with a handler": (add(shown(drawing('<circle r="3" onload="x()"/>'))), [ACTIVE]),
    "a picture that loads": (
        add(shown(drawing('<image href="https://example.org/x.png"/>'))),
        [ELSEWHERE],
    ),
    "a picture that loads by its style": (
        add(shown(drawing('<circle r="3" style="fill: url(https://example.org/x.svg)"/>'))),
        [ELSEWHERE, UNREADABLE],
    ),
    "a picture that loads a style sheet": (add(shown(drawing("<style>@import 'x.css';</style>"))), [ELSEWHERE]),
    # style
    "pale words": (sheet("p { color: #909090; }"), [HARD_TO_READ]),
    "pale words by a name": (sheet(":root { --pale: #aaaaaa; } p { color: var(--pale); }"), [HARD_TO_READ]),
    "a dark ground": (sheet(".dark { background: #12436d; }"), [HARD_TO_READ]),
    "a ground of nearly the words' colour": (sheet(".x { color: #12436d; background: #2073bc; }"), [HARD_TO_READ]),
    "a faint outline": (
        sheet("a:focus { outline: 3px solid #ffeb3b; }"),
        ["an outline of the style sheet is hard to see"],
    ),
    "a colour of an unknown kind": (sheet("p { color: hsl(0 0% 80%); }"), [UNREADABLE]),
    "small links": (replaced_in_sheet("min-height: 24px", "min-height: 23px"), [SMALL_TARGET]),
    "links of any height": (replaced_in_sheet("min-height: 24px; ", ""), [SMALL_TARGET]),
    "pale words in a chart": (in_picture("<text ", "<text fill='#909090' "), ["the words of a chart are hard to read"]),
    "pale words by an attribute": (
        add(shown(drawing('<g fill="#909090"><text>x</text></g>'))),
        ["the words of a chart are hard to read"],
    ),
    "pale words by a class": (
        add(shown(drawing('<style>.a{fill:#909090}</style><text class="a">x</text>'))),
        ["the words of a chart are hard to read"],
    ),
    "a pale mark": (add(shown(drawing('<circle r="3" fill="#ffc48a"/>'))), ["a mark of a chart is hard to see"]),
    "a pale line": (
        add(shown(drawing('<path d="M0 0" style="fill: none; stroke: #ffc48a"/>'))),
        ["a mark of a chart is hard to see"],
    ),
}


def outputs(number: int, *new, instead: bool = False):
    """A notebook of which a cell shows something more, or something else, numbered as the gate numbers them."""

    def mutate(notebook):
        cell = notebook.cells[number - 1]
        cell.outputs = [*([] if instead else cell.outputs), *new]

    return mutate


def answer(html: str):
    return new_output("execute_result", data={"text/html": html})


def headings_only(notebook):
    notebook.cells = [cell for number, cell in enumerate(notebook.cells) if number < 2 or cell.cell_type == "markdown"]
    for cell in notebook.cells[2:]:
        cell.source = cell.source.partition("\n")[0]
    for output in notebook.cells[1].outputs:  # what the group's label means stands below the heading
        output.data["text/html"] = re.sub('<p class="in-full">.*?</p>', "", output.data["text/html"])


IN_THE_NOTEBOOK = {
    "an error": (
        outputs(3, new_output("error", ename="KeyError", evalue="x", traceback=["x"])),
        ["cell 3 ended in an error"],
    ),
    "a warning": (
        outputs(3, new_output("stream", name="stderr", text="x")),
        ["cell 3 printed text or a warning"],
    ),
    "a print": (
        outputs(3, new_output("stream", name="stdout", text="x")),
        ["cell 3 printed text or a warning"],
    ),
    "a bare figure": (
        outputs(8, new_output("display_data", data={"image/png": "x"})),
        ["cell 8 shows something that is not a part of a page"],
    ),
    "a cell that shows more than a page may have": (
        outputs(3, answer("x" * 500_000)),
        ["its cells show more than the 500,000 bytes that a page may have", "the page is larger than 500,000 bytes"],
    ),
    "a cell that was not run": (
        lambda notebook: notebook.cells.append(new_code_cell("pages.glossary()")),
        ["cell 10 shows nothing"],
    ),
    "no chart": (outputs(8, answer("<p>x</p>"), instead=True), ["cell 8 shows no chart, and does not say why"]),
    "an empty figure": (
        outputs(8, answer("<figure><figcaption>x</figcaption></figure>"), instead=True),
        ["cell 8 shows no chart, and does not say why"],
    ),
    "no table": (outputs(9, answer(""), instead=True), ["cell 9 shows no table, and does not say why"]),
    "a table of nothing": (
        outputs(9, answer("<table><caption>x</caption></table>"), instead=True),
        ["a table has no headings, or nothing below them"],
    ),
    "headings alone": (headings_only, ["the page is empty but for its headings"]),
}


@pytest.mark.parametrize("mutation", IN_THE_PAGE)
@pytest.mark.one_in(2)
def test_a_page_that_is_spoilt_in_one_way_breaks_one_rule(mutation):
    mutate, said = IN_THE_PAGE[mutation]
    assert [one for one in found(sound_notebook(), mutate(sound_page())) if one not in BESIDE_ITS_NOTEBOOK] == said


BESIDE_ITS_NOTEBOOK = {
    "the page lacks what its notebook says of a figure": without('<p data-cell="appointment.counts".*?</p>'),
    "the page says of a figure what its notebook does not": add('<p data-said=":headline beeches">x</p>'),
    "what the page shows is not what its notebook shows, in its order": without("<h1.*?</h1>"),
    "the page gives a word another meaning than its notebook does": add(
        '<dl class="glossary"><dt>Applicants</dt><dd>Nobody.</dd></dl>'
    ),
}


@pytest.mark.parametrize("said", BESIDE_ITS_NOTEBOOK)
def test_a_page_that_is_not_what_its_notebook_shows_is_caught(said):
    assert said in found(sound_notebook(), BESIDE_ITS_NOTEBOOK[said](sound_page()))


@pytest.mark.parametrize("mutation", IN_THE_NOTEBOOK)
def test_a_notebook_that_is_spoilt_in_one_way_breaks_one_rule(mutation):
    mutate, said = IN_THE_NOTEBOOK[mutation]
    notebook = sound_notebook()
    mutate(notebook)
    assert found(notebook, to_html(notebook, LINKS)) == said


def test_a_sound_page_breaks_none():
    assert found(sound_notebook(), sound_page()) == []


def test_words_may_stand_where_a_chart_or_a_table_cannot():
    notebook = sound_notebook()
    outputs(8, answer('<p class="note">No chart: the figures are not shown.</p>'), instead=True)(notebook)
    outputs(9, answer("<p>What was sent does not tell single bands apart.</p>"), instead=True)(notebook)
    assert found(notebook, to_html(notebook, LINKS)) == []


ABOUT_FIGURES = {
    "a figure has no caption": lambda html: re.sub("<figcaption>.*?</figcaption>", "", html, flags=re.DOTALL),
    "<hr> is no element of a page": add("<hr>"),
    "start is no attribute of a page": add('<ol start="9"></ol>'),
    "a text is off the screen": add('<p class="skip">The counts</p>'),
    "a chart is no drawing whose words can be read": lambda html: re.sub(
        r'src(set)?="data:image/svg\+xml,[^"]*"', r'src\1="data:image/png;base64,AAAA"', html
    ),
    "a figure has no table of its numbers": lambda html: re.sub('<a [^>]*href="#data-for-figure-1".*?</a>', "", html),
}


@pytest.mark.parametrize("said", ABOUT_FIGURES)
def test_a_figure_without_what_it_is_held_to_is_caught(said):
    assert said in texts_of_sound(ABOUT_FIGURES[said](sound_page()))


PLANTED = [
    *(one for _, said in (IN_THE_PAGE | IN_THE_NOTEBOOK).values() for one in said),
    *(said for leaks_of in (IDENTIFIERS, MACHINES, UNSEEN, NUMBERS) for _, said in leaks_of.values()),
    "a page of exact figures lacks the restricted mark",  # test_page.py
    *ABOUT_FIGURES,
    *BESIDE_ITS_NOTEBOOK,
]


def rules(module: str) -> list[str]:
    """Every text that a module of the gate can yield, as a pattern: whatever it works out may stand in its place."""
    code = import_module(f"{GATE}.{module}")
    tree = ast.parse(Path(code.__file__).read_text(encoding="utf-8"))
    yielded = [node.value for node in ast.walk(tree) if isinstance(node, ast.Yield)]
    names = vars(code)
    found = [names.get(one.id) if isinstance(one, ast.Name) else _pattern(one) for one in yielded]
    return sorted({one for one in found if isinstance(one, str)})


def _pattern(value: ast.expr) -> str | None:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return re.escape(value.value)
    if isinstance(value, ast.JoinedStr):
        return "".join(re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in value.values)
    return None


@pytest.mark.parametrize(("module", "rule"), [(module, rule) for module in MODULES for rule in rules(module)])
def test_no_rule_is_without_a_page_that_breaks_it(module, rule):
    assert any(re.fullmatch(rule, said.removesuffix(", in a part that has to be decoded")) for said in PLANTED) or any(
        re.fullmatch(f".*: {rule}", said) for said in PLANTED
    ), f"{module}: {rule}"


def test_the_rules_are_found_in_the_code():
    assert "there is a comment" in [rule.replace("\\", "") for rule in rules("unseen")]
    assert {module: bool(rules(module)) for module in MODULES} == dict.fromkeys(MODULES, True)
