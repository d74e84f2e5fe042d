"""Records as the counts read them: files of any number of returns, stages, and codes that roll up."""

from pathlib import Path

from lt_analysis.codebook.characteristics import ETHNICITY, Characteristic
from lt_analysis.codebook.folders import in_sql
from lt_analysis.codebook.returns import STAGES_REACHED

# The national code that groups by its first character, or the group that was sent.
CODE = "CASE WHEN ethnicity IN (SELECT code FROM ethnicities) THEN ethnicity ELSE left(ethnicity, 1) END"


def code_of(characteristic: Characteristic) -> str:
    """Return in SQL the code that a record has of a characteristic, under which `sides` has its groups."""
    if characteristic == ETHNICITY:
        return CODE
    return f"coalesce({characteristic.key}::VARCHAR, {in_sql(characteristic.not_known[0])})"


def records_in(paths: list[Path]) -> str:
    """Return in SQL the records in some files; a column that only some of them have is empty in the others."""
    return f"read_parquet([{', '.join(in_sql(path) for path in paths)}], union_by_name = true)"


def came_to(stage: str) -> str:
    """Return in SQL whether an application came to a stage, or further."""
    later = STAGES_REACHED[STAGES_REACHED.index(stage) :]
    return f"(stage IN ({', '.join(map(in_sql, later))}))"
