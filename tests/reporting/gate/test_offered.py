"""Each way in which a page could offer another file than its own table, planted, and caught."""

import pytest
from bs4 import BeautifulSoup

from lt_analysis.release.keys import Key
from lt_analysis.rendering.csv_links import KIND
from lt_analysis.rendering.html import Cell, Table
from lt_analysis.reporting.gate.downloads import offers_at_fault
from lt_analysis.reporting.gate.unseen import CANNOT_LOOK, unseen
from tests.reporting.gate import test_page
from tests.reporting.gate.sound import sound_notebook

OF = [Key("ashbourne", "2025-26", "applied", group, "8+") for group in ("White", "BME")]
ROWS = (("White", (Cell("a", "1,234", published=OF[0]),)), ("=BME", (Cell("b", None, published=OF[1]),)))
SOUND = Table("Counts, 2025-26", ("Group", "Applicants"), ROWS, note="Own.")._repr_html_()
NOT_THE_TABLE = "download 1: it does not hold the table above it and nothing else"
ALONE = "download 1: it does not stand alone below a table"
NAME = "download 1: it is not a file with a plain name that ends in .csv"
SAYS = "download 1: its link does not say what it is and how large"


def found(html, restricted=False):
    return list(offers_at_fault(BeautifulSoup(html, "html.parser"), restricted))


def test_a_table_with_its_own_numbers_below_it_has_no_fault():
    assert "1234" in SOUND
    assert found(SOUND) == []
    assert unseen(BeautifulSoup(SOUND, "html.parser")) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1234%0D", "1235%0D", NOT_THE_TABLE),
        ("[c]%0D%0A", "3%0D%0A", NOT_THE_TABLE),
        ("[c]%0D%0A", "[c]%0D%0ABlack,3%0D%0A", NOT_THE_TABLE),
        ("White,1234", "White,1234,3", NOT_THE_TABLE),
        ("[c]%0D%0A", "[c]%0D%0A#3", NOT_THE_TABLE),
        ("&#39;=BME", "=BME", NOT_THE_TABLE),
        ("Group,", "Group ,", NOT_THE_TABLE),
        ("%EF%BB%BF", "", NOT_THE_TABLE),
        ('<p class="download">', "<p>Before</p><p>", ALONE),
        ('<p class="download">', '<p class="download">3 people ', ALONE),
        ("<table", "<div", ALONE),
        ('download="ashbourne-counts-2025-26.csv"', 'download="/tmp/x.csv"', NAME),
        ('download="ashbourne-counts-2025-26.csv"', "", NAME),
        (">1 KB<", ">3 KB<", SAYS),
        ("data</span>: Counts, 2025-26", "data</span>: Counts, 2024-25", SAYS),
        ("data</span>: Counts, 2025-26", "data for figure 1</span>", SAYS),
    ],
)
def test_another_file_than_the_table_is_caught(old, new, said):
    assert old in SOUND
    assert said in found(SOUND.replace(old, new))


RATIO = Table(
    "Ratios, 2025-26", ("Group", "White ÷ BME"), (("White", (Cell("a", "1.32 (0.9 to 1.8)", worked_out_from=OF),)),)
)._repr_html_()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1.32,0.9", "1.33,0.9"),
        ("0.9,1.8", "0.8,1.8"),
        (",1.8%0D", ",%0D"),
        ("0.9,1.8", "0.9,3,1.8"),
        (",%20to", ",%20at"),
    ],
)
def test_another_value_or_limit_than_the_tables_is_caught(old, new):
    assert found(RATIO) == []
    assert old in RATIO
    assert NOT_THE_TABLE in found(RATIO.replace(old, new))


def test_the_files_of_a_page_are_told_apart_by_the_words_of_their_links():
    assert found(SOUND + SOUND) == ["two downloads have the same words"]


def test_the_file_of_a_figures_data_says_of_which_figure():
    shown = f'<figure class="chart" id="figure-2">x</figure><section id="data-for-figure-2">{SOUND}</section>'
    assert found(shown) == [SAYS]
    assert found(shown.replace("data</span>: Counts, 2025-26", "data for figure 2</span>")) == []
    assert found(shown.replace("data</span>: Counts, 2025-26", "data for figure 1</span>")) == [SAYS]


def test_a_table_that_stands_by_itself_is_not_called_a_figures_though_one_leads_to_it():
    led_to = SOUND.replace("<table", '<table id="counts"', 1)
    assert found(f'<figure class="chart" id="figure-2"><a href="#counts">x</a></figure>{led_to}') == []


def test_a_page_of_exact_figures_offers_no_file():
    assert found(SOUND, restricted=True) == ["a page of exact figures offers a file, which does not carry its mark"]


@pytest.mark.parametrize(
    "leak",
    [
        f'<img alt="x" src="{KIND},a%0Ab">',
        f'<area href="{KIND},a%0Ab">',
        '<a download="x.csv" href="data:text/csv;base64,YSxi">x</a>',
        f'<img alt="x" src="data:image/svg+xml,%3Csvg%3E%3Ca href=%27{KIND},a%0Ab%27/%3E%3C/svg%3E">',
    ],
)
def test_csv_anywhere_but_in_a_link_below_a_table_is_caught(leak):
    assert CANNOT_LOOK in unseen(BeautifulSoup(SOUND + leak, "html.parser"))


@pytest.mark.parametrize("kind", ["data:text/html,x", "data:text/csv;base64,YSxi", "DATA:text/csv;charset=utf-8,a"])
def test_no_other_address_is_let_through_as_a_link(kind):
    executed = sound_notebook()
    assert test_page.found(executed) == []
    executed.cells[-1].outputs[0].data["text/html"] += f'<p><a download="x.csv" href="{kind}">x</a></p>'
    assert test_page.found(executed) == ["a link leads outside the report"]
