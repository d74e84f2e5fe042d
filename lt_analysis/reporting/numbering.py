"""The numbers of a page's figures, given in the order in which they stand, and the appendix that holds their data."""

import re

FIGURE = re.compile(r'<figure class="chart">\s*<figcaption>\s*(.*?)</figure>', re.DOTALL)
DATA = re.compile(r"<details>\s*<summary>\s*The numbers in this chart</summary>(.*?)</details>", re.DOTALL)
CAPTION = re.compile(r"<caption(.*?)>(.*?)</caption>", re.DOTALL)
LEADS_TO_DATA = re.compile(r'The numbers in this chart(?=: <a href="#)')
SAID_OF_FILE = re.compile(r"(<span>Download the data)</span>: .*?( \(<span>CSV</span>)")
CALLED, DATA_OF, BACK = "Figure {}.", "Data for figure {}", "Back to figure {}"
SHOW, FILE_OF = "Show the numbers of figure {}", "Download the data for figure {}"
APPENDIX = "Data for the figures"
END = "</main>"


def number_figures(html: str) -> str:
    """Call a page's charts Figure 1, Figure 2 and so on, and move their data to an appendix that each leads to.

    A table that stands on the page by itself, and that a chart leads to, stays where it is and as it is. A page's
    numbers hang on its own charts alone, so a page that is made again has the same.
    """
    numbers = iter(range(1, html.count("<figure") + 1))
    appendix: list[str] = []
    html = FIGURE.sub(lambda found: _numbered(found[1], next(numbers), appendix), html)
    if not appendix:
        return html
    data = f'<section class="appendix"><h2>{APPENDIX}</h2>{"".join(appendix)}</section>'
    return html.replace(END, f"{data}\n{END}", 1)


def _numbered(content: str, number: int, appendix: list[str]) -> str:
    content = LEADS_TO_DATA.sub(DATA_OF.format(number), content)
    appendix += [_data(inside, number) for inside in DATA.findall(content)]
    content = DATA.sub(lambda found: _leading_to(found[1], number), content)
    return f'<figure class="chart" id="figure-{number}"><figcaption>{CALLED.format(number)} {content}</figure>'


def _leading_to(data: str, number: int) -> str:
    said_of, caption = CAPTION.search(data).groups()  # it goes on to say of which figure it is
    return f'<p class="note">{DATA_OF.format(number)}: <a href="#data-for-figure-{number}"{said_of}>{caption}</a>.</p>'


def _data(inside: str, number: int) -> str:
    back = f'<p class="back"><a href="#figure-{number}">{BACK.format(number)}</a></p>'
    heading = f"<h3>{DATA_OF.format(number)}</h3>"
    # A browser opens what is closed where it holds the place that a link leads to.
    place = f'<section id="data-for-figure-{number}">{_of_figure(inside, number)}{back}</section>'
    return f"{heading}<details><summary>{SHOW.format(number)}</summary>{place}</details>"


def _of_figure(table: str, number: int) -> str:
    return SAID_OF_FILE.sub(rf"<span>{FILE_OF.format(number)}</span>\g<2>", table)
