"""Chains and measures: rows that fit together, for a name that two chains shared would add up two kinds of people."""

from collections import Counter

from lt_analysis.codebook.measures import BEFORE, CHAINS, FURTHEST, MEASURES, OF_STAFF, PART_OF, SHARED


def test_only_a_first_stage_is_of_several_chains_and_no_word_for_the_furthest_is():
    stages = Counter(stage.key for chain in CHAINS for stage in chain.stages)
    assert {key for key, chains in stages.items() if chains > 1} == SHARED
    assert {chain.stages[0].key for chain in CHAINS} >= SHARED
    words = [word for chain in CHAINS for word in chain.furthest(chain.stages[0].key)]
    assert len(words) == len(set(words))


def test_a_measure_is_of_two_stages_of_one_chain():
    for measure in MEASURES.values():
        before, after = measure.counts
        assert set(FURTHEST[after]) < set(FURTHEST[before])


def test_people_at_a_stage_were_at_the_one_before_it():
    assert len(BEFORE) == sum(len(chain.keys) - 1 for chain in CHAINS)
    for after, others in PART_OF.items():
        assert all(set(FURTHEST[after]) < set(FURTHEST[other]) for other in others)


def test_who_left_of_new_staff_is_a_part_of_new_staff_and_of_all_who_left():
    assert PART_OF["new-left"] == ("new", "left") and PART_OF["left"] == PART_OF["new"] == ("staff",)
    assert set(FURTHEST["new"]) & set(FURTHEST["left"]) == set(FURTHEST["new-left"])


def test_what_staff_did_reads_after_who_of_one_person_and_of_many():
    for after in (measure.after for measure in OF_STAFF):
        assert after.people == f"staff who {after.did}"
        for words in (after.did, after.column):
            assert words.split()[0] not in {"was", "were", "is", "are", "has", "have"}
            assert words.split()[1:]  # a participle alone, such as "promoted", is not what somebody did
