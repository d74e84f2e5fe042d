"""A page explains the words that it uses, and no others."""

import pytest
from bs4 import BeautifulSoup

from lt_analysis.reporting.glossary import keep_words_in_use, uses
from tests.reporting.gate.sound import sound_page

WORDS = {"Appointed": "offered the post.", "VSM": "very senior managers.", "[c]": "not shown.", "No posts": "none."}
LIST = "".join(f"<dt>{term}</dt><dd>{meaning}</dd>" for term, meaning in WORDS.items())


def page_with(said: str) -> BeautifulSoup:
    page = BeautifulSoup(sound_page(), "html.parser")
    page.main.clear()
    page.main.append(BeautifulSoup(f'<h1>A</h1>{said}<dl class="glossary">{LIST}</dl>', "html.parser"))
    page.footer.clear()
    page.footer.append(BeautifulSoup('<span class="of-ratios">Ratios.</span>', "html.parser"))
    keep_words_in_use(page)
    return page


def terms(page: BeautifulSoup) -> list[str]:
    return [term.get_text() for term in page.select("dl.glossary dt")]


def test_a_word_is_explained_where_a_sentence_a_cell_or_an_alternative_text_says_it():
    page = page_with('<p>12 were appointed.</p><table><tr><td>[c]</td></tr></table><img alt="A dot for VSM">')
    assert terms(page) == ["Appointed", "VSM", "[c]"]
    assert [meaning.get_text() for meaning in page.select("dd")] == [WORDS[term] for term in terms(page)]


def test_a_word_of_the_list_itself_or_of_a_list_of_links_is_no_use_of_it():
    assert terms(page_with('<nav aria-label="x"><a href="#main">No posts</a></nav><p>Nobody.</p>')) == []


def test_the_foot_speaks_of_relative_likelihoods_only_where_the_page_does():
    assert page_with("<p>No such thing.</p>").select_one(".of-ratios") is None
    assert page_with("<p>The relative likelihood is 1.</p>").select_one(".of-ratios").get_text() == "Ratios."


@pytest.mark.parametrize(
    ("said", "used"), [("the margin  of error", True), ("Unmargin of error", False), ("margin", False)]
)
def test_a_term_is_whole_and_stands_at_the_beginning_of_a_word(said, used):
    assert uses(" ".join(said.split()), "Margin of error") is used
