"""A page to be made by any executor: what is sent to a worker, and what the worker does with it.

Nothing of Jupyter is imported before the work begins, for a worker must first be told to start quickly.
"""

import threading
from dataclasses import dataclass
from pathlib import Path

from lt_analysis.reporting.material import Material, laid_out
from lt_analysis.reporting.page import Ledger, Limits, Made, Page
from lt_analysis.reporting.startup import start_quickly

# A process makes one page at a time, whatever threads it has: papermill, nbconvert and the folder that material is
# laid out in are each one of a process. The limits of a page do not run while it waits.
_one_page = threading.Lock()


@dataclass(frozen=True)
class Job:
    """A page, all that it is made from, and what it is held to.

    `within` is the folder to work in, on this machine; none for another, which makes one of its own.
    """

    page: Page
    material: Material
    ledger: Ledger | None
    limits: Limits
    within: Path | None
    ordinary: bool = False


def make(job: Job) -> Made:
    """Make a job's page, in any process or thread of any machine that has this package; return it, put in no place."""
    start_quickly()
    from lt_analysis.reporting.making import make_page

    with _one_page:
        return make_page(laid_out(job.material, job.within), job.page, job.ledger, job.limits, job.ordinary)
