"""A page taken apart once: no rule changes the tree that the next one is given."""

from bs4 import BeautifulSoup

from lt_analysis.reporting.gate.embedded import parts
from lt_analysis.reporting.gate.markup import parsed
from lt_analysis.reporting.gate.page import faults, leaks
from lt_analysis.reporting.gate.reading_age import hard_to_read
from tests.reporting.gate.sound import MACHINE, sound_notebook, sound_page, texts_of_sound


def test_no_rule_changes_a_page_or_a_drawing_that_others_look_at():
    html = sound_page()
    texts = [html, *(part.text for part in parts(parsed(html)))]
    before = [parsed(text) for text in texts]
    found = [faults(sound_notebook(), html, restricted=False), leaks(html, MACHINE), texts_of_sound(html)]
    assert [*found, list(hard_to_read(html))] == [[]] * 4
    assert len(texts) > 2
    for text, tree in zip(texts, before, strict=True):
        assert parsed(text) is tree
        assert str(tree) == str(BeautifulSoup(text, "html.parser"))
