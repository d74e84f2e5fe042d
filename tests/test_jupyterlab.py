"""Every notebook runs as it stands in a real JupyterLab, by Run All Cells, on this machine only."""

import os
import re
import signal
import socket
import subprocess

import pytest

from tests.conftest import HERE

NOTEBOOKS = sorted(str(path.relative_to(HERE)) for path in (HERE / "notebooks").glob("*/*.ipynb"))


@pytest.fixture(scope="module")
def lab(quarter):
    """The address of `make lab`, in the project where the quarter was run."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["make", "lab", f"PORT={port}", "LAB=--no-browser"]
    served = subprocess.Popen(
        command, cwd=quarter.folders.root, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    addresses = (re.search(rf"http://127\.0\.0\.1:{port}/lab\?token=\w+", line) for line in served.stderr)
    yield next(found for found in addresses if found)[0]
    os.killpg(served.pid, signal.SIGINT)
    os.killpg(served.pid, signal.SIGTERM)
    served.communicate(timeout=60)


def run_all_cells(page):
    """Choose Run All Cells, again where JupyterLab was not ready for it yet, until the first cell has its number."""
    first = page.locator(".jp-Notebook .jp-InputPrompt").first
    for _ in range(5):
        for dialog in page.locator("dialog.jp-Dialog button.jp-mod-accept").all():
            dialog.click()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        for _ in range(50):
            if first.inner_text().strip() not in ("[ ]:", ""):
                return
            page.wait_for_timeout(100)
    pytest.fail("JupyterLab did not run the notebook")


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_run_all_cells_shows_the_page(lab, browser, notebook):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    workspace = notebook.replace("/", "-").removesuffix(".ipynb")
    page.goto(lab.replace("/lab?", f"/lab/workspaces/{workspace}/tree/{notebook}?reset&"))
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", timeout=60_000)
    run_all_cells(page)
    # JupyterLab stops at the first error, so the last cell's answer means that all cells ran; it keeps only what
    # is near the screen, so the first cell's answer is looked for after going back up to it.
    page.wait_for_selector(".jp-RenderedHTMLCommon dl.glossary", state="attached", timeout=60_000)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Home")
    page.wait_for_selector(".jp-RenderedHTMLCommon h1", state="attached", timeout=30_000)
    page.close()
