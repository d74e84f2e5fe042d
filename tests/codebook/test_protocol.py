import pytest
import yaml

from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.protocol import Protocol, declared_protocol

TEXT = """
declared: here
start: 2022-23
weight_of_start: 0.5
later_starts: 10
prior_sd: 0.5
lag_in_quarters: 2
primary: {stage: appointment, group: BME}
family: one
coverage: 0.8
margin: [0.8, 1.25]
"""


def test_the_weights_of_all_starts_together_are_1():
    weights = declared_protocol().weights
    assert (len(weights), weights[0], weights[1]) == (11, 0.5, pytest.approx(0.05))
    assert sum(weights) == pytest.approx(1)
    assert Protocol.parse(TEXT.replace("later_starts: 10", "later_starts: 0")).weights == (1.0,)


def test_a_shortlist_is_counted_in_the_second_quarter_after_its_own():
    assert declared_protocol().last_counted(Quarter.parse("2026-27-Q1")) == Quarter.parse("2025-26-Q3")


def test_every_choice_changes_the_fingerprint():
    declared = yaml.safe_load(TEXT)
    found = {Protocol.parse(TEXT).fingerprint}
    for choice in declared:
        found.add(Protocol.parse(TEXT.replace(f"{choice}:", f"{choice}: # changed\n ")).fingerprint)
    assert len(found) == len(declared) + 1


@pytest.mark.parametrize("text", [TEXT + "fudge: 1\n", TEXT.replace("coverage: 0.8\n", "")])
def test_a_choice_too_many_or_too_few_is_refused(text):
    with pytest.raises(TypeError):
        Protocol.parse(text)
