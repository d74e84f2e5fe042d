"""What a run tells the process that it starts as a part of itself."""

import subprocess
import sys

import pytest

from lt_analysis.reporting.turns import PART_OF, as_part

ASK = "from lt_analysis.reporting.turns import found_same; print(found_same())"
FOUND = {"LT_ANALYSIS_FOUND_SAME": "yes"}


def answered(environment: dict[str, str]) -> str:
    command = [sys.executable, "-c", ASK]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(("told", "believed"), [(FOUND, "True"), ({}, "None")])
def test_a_part_of_a_run_believes_what_the_run_found_of_kernels(told, believed):
    assert answered(as_part(told)) == believed


def test_what_another_process_found_of_kernels_is_not_believed():
    assert answered({**as_part(FOUND), PART_OF: "1"}) == "None"
