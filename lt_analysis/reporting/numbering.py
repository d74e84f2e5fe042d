"""The numbers of a page's figures: given in the order in which they stand, when the page is made."""

import re

FIGURE = re.compile(r'<figure class="chart">\s*<figcaption>\s*(.*?)</figure>', re.DOTALL)
DATA_TITLE = re.compile(r"(<summary>\s*)The numbers in this chart")


def number_figures(html: str) -> str:
    """Call a page's charts Figure 1, Figure 2 and so on, each with an id to link to, and name their numbers so too.

    A page's numbers hang on its own charts alone, so a page that is made again has the same.
    """
    numbers = iter(range(1, html.count("<figure") + 1))
    return FIGURE.sub(lambda found: _numbered(found[1], next(numbers)), html)


def _numbered(content: str, number: int) -> str:
    content = DATA_TITLE.sub(rf"\g<1>The numbers in figure {number}", content)
    return f'<figure class="chart" id="figure-{number}"><figcaption>Figure {number}. {content}</figure>'
