"""A percentage worked out again from the released numbers that it says it comes from."""

from lt_analysis.reporting.gate.figures import Published

STAGES = ("applied", "shortlisted", "appointed")  # nested: each holds only people of the one before
STAGE = 2  # the place of the stage in a key: who/span/stage/group/band
UNDER = "under 0.1%"
SMALLEST_WRITTEN = 0.001


def reads_as_share(text: str, keys: list[str], published: Published) -> bool:
    """Say whether a percentage is the share of one stage's people who reached a later one.

    Only a percentage with the keys of the two stages is worked out again, and only where nothing is hidden; anything
    else is taken at its word, for the tests of its own figure hold it. It may be rounded or rounded down.
    """
    stages = _stages(keys)
    if not text.endswith("%") or stages is None:
        return True
    before, after = (published[key] for key in stages)
    if not before:
        return False
    if text == UNDER:
        return 0 < after / before < SMALLEST_WRITTEN
    places = len(text.rstrip("%").partition(".")[2])
    down = after * 100 * 10**places // before / 10**places
    return text in (f"{after / before:.{places}%}", f"{down:.{places}f}%")


def _stages(keys: list[str]) -> list[str] | None:
    """Return two keys in the order of their stages, where they differ in nothing else."""
    parts = [key.split("/") for key in keys]
    if len(keys) != 2 or any(len(part) != 5 or part[STAGE] not in STAGES for part in parts):
        return None
    one, other = ([*part[:STAGE], *part[STAGE + 1 :]] for part in parts)
    if one != other or keys[0] == keys[1]:
        return None
    return sorted(keys, key=lambda key: STAGES.index(key.split("/")[STAGE]))
