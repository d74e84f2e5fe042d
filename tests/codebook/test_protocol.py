import pytest
import yaml

from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.protocol import Protocol, declared_protocol

TEXT = """
declared: here
versions: [{version: 1, day: 2026-11-28, change: first}]
start: 2022-23
weight_of_start: 0.5
later_starts: 10
prior_sd: 0.5
lag_in_quarters: 2
primary: {stages: [shortlisting, appointment], group: BME}
family: one
coverage: 0.8
margin: [0.8, 1.25]
unknown_shares: [0.5, 1.0]
done_actions: {quarters_left_out: 4, false_discoveries: 0.1, power: 0.8}
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


def test_every_version_has_its_day_and_what_changed_and_the_last_one_holds():
    versions = declared_protocol().versions
    assert [version.version for version in versions] == list(range(1, len(versions) + 1))
    assert sorted(version.day for version in versions) == [version.day for version in versions]
    assert all(len(version.change) > 20 for version in versions)
