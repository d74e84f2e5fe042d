"""Chains and measures: rows that fit together, for a name that two chains shared would add up two kinds of people."""

from lt_analysis.codebook.measures import BEFORE, CHAINS, FURTHEST, MEASURES


def test_a_stage_is_of_one_chain_and_a_measure_of_two_stages_of_one():
    stages = [stage.key for chain in CHAINS for stage in chain.stages]
    assert len(stages) == len(set(stages)) == len(FURTHEST)
    for measure in MEASURES.values():
        before, after = measure.counts
        assert after in FURTHEST[before][1:]


def test_people_at_a_stage_were_at_the_one_before_it():
    assert len(BEFORE) == len(FURTHEST) - len(CHAINS)
    for after, before in BEFORE.items():
        assert FURTHEST[before] == (before, *FURTHEST[after])
