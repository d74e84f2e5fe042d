"""A word is found in base64 wherever it begins and whatever surrounds it."""

import base64

from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.reporting.gate.embedded import layers
from lt_analysis.reporting.gate.traces import IDENTIFIER, base64_forms


@given(before=st.binary(max_size=40), after=st.binary(max_size=40))
def test_the_letters_of_base64_that_a_word_always_gives_are_there(before, after):
    packed = base64.b64encode(before + IDENTIFIER.encode() + after).decode()
    assert base64_forms(IDENTIFIER.encode())[len(before) % 3] in packed


@given(st.binary(max_size=200))
def test_whatever_a_file_holds_its_own_text_is_its_first_layer(content):
    assert layers(content)[0] == content.decode("utf-8", errors="replace")
