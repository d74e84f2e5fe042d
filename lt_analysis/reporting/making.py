"""One page made: a notebook run for one set of parameters, exported and checked, wherever that is done."""

import math
import os
import signal
import time
import traceback

import nbformat
import papermill
from nbclient.exceptions import DeadKernelError
from papermill.exceptions import PapermillExecutionError

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.mistakes import AskedError, of_a_full_disk
from lt_analysis.codebook.parameters import refuse_unknown
from lt_analysis.reporting.export import to_html
from lt_analysis.reporting.gate.page import faults, leaks, output_faults, texts_faults
from lt_analysis.reporting.gate.reading_age import hard_to_read
from lt_analysis.reporting.gate.static import prose_of
from lt_analysis.reporting.gate.traces import Machine
from lt_analysis.reporting.kernel import MOST_SAID, OneKernel, one_kernel
from lt_analysis.reporting.material import versions
from lt_analysis.reporting.page import FULL_DISK, Ledger, Limits, Made, Page
from lt_analysis.reporting.startup import PROVISIONER, why_never_forked

KERNEL = "python3"
NO_NOTEBOOK = "its notebook is not there, or cannot be read as one; put it back"
OUT_OF_MEMORY = ("MemoryError", "OutOfMemoryException")  # Python's word for it, and DuckDB's


def make_page(project: Folders, page: Page, ledger: Ledger | None, limits: Limits, ordinary: bool = False) -> Made:
    """Make one page in a folder laid out as the project is. A page for the board is held to the ledger, if given.

    Whatever goes wrong is a fault of this page, and of no other. `ordinary` kernels start by themselves.
    """
    started = time.monotonic()
    with one_kernel(limits, ordinary) as kernel:
        html, found, trace = "", [], ""
        try:
            executed = _run(project, page, kernel)
            found = [_too_long(limits)] if kernel.out_of_time else output_faults(executed)
            if not found:
                html = to_html(executed, page.links)
                found = _faults(executed, html, page, ledger, project)
        except PapermillExecutionError as error:
            found, trace = [_why(error, limits)], str(error)
        except Exception as error:  # a kernel that dies takes its own page with it, and no other
            found, trace = [_why_not_to_its_end(error, kernel)], "".join(traceback.format_exception(error))
        why = "" if ordinary else kernel.why_ordinary or _why_never_asked()
        return Made(html, tuple(found), kernel.kind, time.monotonic() - started, trace, versions(), why)


def _why_never_asked() -> str:
    """Say why kernels are not even asked to be forked, unless somebody has chosen so."""
    return "" if PROVISIONER in os.environ else why_never_forked()


def _faults(
    executed: nbformat.NotebookNode, html: str, page: Page, ledger: Ledger | None, project: Folders
) -> list[str]:
    found = faults(executed, html, page.restricted, page.title)
    if not page.restricted:
        found += leaks(html, Machine.here(project.root))
        if ledger:
            found += texts_faults(html, ledger.release, prose_of(executed) | set(page.links))
        found += hard_to_read(html, ledger.named if ledger else ())
    return found


def _run(project: Folders, page: Page, kernel: OneKernel) -> nbformat.NotebookNode:
    notebook = project.notebooks / page.notebook
    refuse_unknown(list(page.parameters), list(papermill.inspect_notebook(notebook)))
    return papermill.execute_notebook(
        notebook,
        None,
        parameters=page.parameters,
        kernel_name=KERNEL,
        cwd=project.root,
        progress_bar=False,
        kernel_manager_class=kernel.kernel_manager_class,
        shutdown_kernel="immediate",
        iopub_timeout=math.ceil(kernel.limits.seconds),  # four seconds are few on a busy machine
    )


def _why(error: PapermillExecutionError, limits: Limits) -> str:
    """Say what stopped a notebook. Only the audit's own messages are repeated: others might quote a cell.

    Cells are numbered as in the notebook itself, without the one of parameters that papermill adds.
    """
    own = error.ename == AskedError.__name__
    said = f"cell {error.cell_index} stopped: {error.evalue if own else error.ename}"
    return f"{said}; {_allowed(limits)}" if error.ename in OUT_OF_MEMORY else said


def _allowed(limits: Limits) -> str:
    return f"it may use {limits.gigabytes:g} gigabytes of memory, and --page-gigabytes allows it more"


def _too_long(limits: Limits) -> str:
    return f"it took longer than {limits.seconds:g} seconds and was ended; --page-seconds allows it more"


def _why_not_to_its_end(error: Exception, kernel: OneKernel) -> str:
    limits = kernel.limits
    if kernel.out_of_time:
        return _too_long(limits)
    if kernel.said_too_much:
        return f"it printed more than {MOST_SAID // 1_000_000} megabytes and was ended; have it print less"
    if isinstance(error, DeadKernelError):
        return _why_it_died(kernel.code, limits)
    if isinstance(error, AskedError):
        return str(error)
    if isinstance(error, FileNotFoundError) and str(error.filename).endswith(".ipynb"):
        return NO_NOTEBOOK
    return FULL_DISK if of_a_full_disk(error) else f"its notebook could not be run to its end: {type(error).__name__}"


def _why_it_died(code: int | None, limits: Limits) -> str:
    """Say what a kernel's end looks like: some packages crash where they are given no more memory."""
    if code is None:
        return "its kernel was lost; run it again"
    if code >= 0:
        return f"its kernel ended by itself, with exit code {code}; have no cell end it"
    if code == -signal.SIGKILL:
        return "its kernel was killed, as it is where the machine has no memory left; run it again, or with --jobs 1"
    return f"its kernel crashed ({signal.strsignal(-code)}); {_allowed(limits)}"
