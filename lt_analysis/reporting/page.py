"""One page: a notebook run for one set of parameters, exported, checked, and put in place in one move."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from lt_analysis.codebook.folders import Folders, owner_only, whole_or_not_at_all
from lt_analysis.codebook.parameters import refuse_unknown
from lt_analysis.reporting.export import to_html
from lt_analysis.reporting.gate.figures import Published
from lt_analysis.reporting.gate.leaks import leaks
from lt_analysis.reporting.gate.ledger import unaccounted
from lt_analysis.reporting.gate.page import faults
from lt_analysis.reporting.gate.reading_age import hard_to_read
from lt_analysis.reporting.gate.rows import Items
from lt_analysis.reporting.gate.traces import Machine

KERNEL = "python3"


@dataclass(frozen=True)
class Page:
    """What to run and where its page goes. `about` names the organisation; empty for the front page."""

    about: str
    notebook: Path
    parameters: dict[str, object]
    destination: Path
    restricted: bool = False
    back: str | None = None
    title: str | None = None

    @property
    def made_at(self) -> float:
        """When the page that is in place was last made."""
        return self.destination.stat().st_mtime


@dataclass(frozen=True)
class Ledger:
    """What pages for the board are held to: every number that was released, by its key, None where it is hidden.

    `named` are names that may hold digits of their own. `items` are the figures of the evidence, for a spreadsheet.
    `quoted` are the released words of organisations, by the one cell that may repeat each.
    """

    published: Published
    named: tuple[str, ...] = ()
    items: Items = field(default_factory=dict)
    quoted: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """A page that was tried, and what kept it from being put in place; nothing where it is there."""

    page: Page
    faults: tuple[str, ...]

    @property
    def in_place(self) -> bool:
        """Whether the page was put in place."""
        return not self.faults


def make_page(root: Path, page: Page, ledger: Ledger | None = None) -> Made:
    """Make one page from the project at `root`. Whatever goes wrong, no half page and no older page is left.

    A page for the board is held to the ledger, where there is one.
    """
    page.destination.unlink(missing_ok=True)
    try:
        refuse_unknown(list(page.parameters), list(papermill.inspect_notebook(page.notebook)))
        with tempfile.TemporaryDirectory(dir=Folders(root).unfinished) as folder:
            notebook = _run(root, page, Path(folder))
        html = to_html(notebook, page.back)
    except PapermillExecutionError as error:
        return Made(page, (_why(error),))
    except Exception as error:  # a kernel that dies takes its own page with it, and no other
        return Made(page, (f"its notebook could not be run to its end: {type(error).__name__}",))
    found = faults(notebook, html, page.restricted, page.title)
    if not page.restricted:
        found += leaks(html, Machine.here(root))
        own = (ledger.published, ledger.named, page.about, ledger.quoted) if ledger else None
        found += unaccounted(html, *own) if own else []
        found += hard_to_read(html, ledger.named if ledger else ())
    if not found:
        if page.restricted:
            owner_only(page.destination.parent)
        with whole_or_not_at_all(page.destination, mode=0o600 if page.restricted else 0o644) as unfinished:
            unfinished.write_text(html, encoding="utf-8")
    return Made(page, tuple(found))


def _run(root: Path, page: Page, folder: Path) -> nbformat.NotebookNode:
    # Kernels started side by side take one another's tcp ports (papermill issue 511), so each has its own ipc
    # address, in an owner-only folder whose path is short: the system allows a socket's path 107 characters.
    with tempfile.TemporaryDirectory(prefix="lt-") as sockets:
        return papermill.execute_notebook(
            page.notebook,
            folder / "executed.ipynb",
            parameters=page.parameters,
            kernel_name=KERNEL,
            cwd=root,
            progress_bar=False,
            config=Config({"KernelManager": {"transport": "ipc", "ip": f"{sockets}/kernel"}}),
            shutdown_kernel="immediate",
        )


def _why(error: PapermillExecutionError) -> str:
    """Say what stopped a notebook. Only the audit's own messages are repeated: others might quote a cell.

    Cells are numbered as in the notebook itself, without the one of parameters that papermill adds.
    """
    own = error.ename == "ValueError"
    return f"cell {error.cell_index} stopped: {error.evalue if own else error.ename}"
