"""Every notebook runs as it stands in a real JupyterLab, by Run All Cells, on this machine only."""

import json
import os
import re
import signal
import socket
import subprocess
from collections import deque
from threading import Thread

import pytest
from playwright.sync_api import TimeoutError

from tests.conftest import HERE

INDICATOR = ".jp-Notebook-ExecutionIndicator[data-status='{}']"
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
    address = next(found for found in addresses if found)[0]
    # What it says further on is read away, for it waits when nobody does.
    reader = Thread(target=lambda: deque(served.stderr, maxlen=0))
    reader.start()
    yield address
    os.killpg(served.pid, signal.SIGTERM)
    try:
        served.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(served.pid, signal.SIGKILL)
        served.wait()
    reader.join()
    served.stderr.close()


def run_all_cells(page, path):
    """Choose Run All Cells, and again where JupyterLab was not ready for it; return the code cells as saved.

    JupyterLab keeps only what is near the screen on its page, so what it shows is read from what it saves.
    """
    code = []
    for _ in range(8):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        try:
            page.wait_for_selector(INDICATOR.format("busy"), timeout=3_000)
        except TimeoutError:
            continue
        page.wait_for_selector(INDICATOR.format("idle"), timeout=60_000)
        for _ in range(10):
            page.keyboard.press("Control+s")
            page.wait_for_timeout(500)
            try:
                cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            except json.JSONDecodeError:  # it is being saved this moment
                continue
            code = [cell for cell in cells if cell["cell_type"] == "code"]
            if all(cell["execution_count"] for cell in code):
                return code
    pytest.fail(f"not every cell ran: {[cell['execution_count'] for cell in code]}")


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_run_all_cells_shows_the_page(quarter, lab, browser, notebook):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    # A cold start may ask something, at any moment, and something else as soon as that is answered.
    page.add_locator_handler(
        page.locator("dialog.jp-Dialog"),
        lambda asked: asked.last.locator(".jp-mod-accept").click(),
        no_wait_after=True,
    )
    workspace = notebook.replace("/", "-").removesuffix(".ipynb")
    page.goto(lab.replace("/lab?", f"/lab/workspaces/{workspace}/tree/{notebook}?reset&"))
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.wait_for_selector(INDICATOR.format("idle"), timeout=60_000)
    code = run_all_cells(page, quarter.folders.root / notebook)
    outputs = [output for cell in code for output in cell["outputs"]]
    assert {output["output_type"] for output in outputs} == {"execute_result"}
    shown = ["".join(output["data"]["text/html"]) for output in outputs]
    assert sum(html.count("<h1>") for html in shown) == 1
    assert ('class="glossary"' in shown[-1]) == (not notebook.endswith("validation.ipynb"))
    page.close()
