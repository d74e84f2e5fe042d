"""Every notebook runs as it stands in a real JupyterLab, by Run All Cells, on this machine only."""

import os
import re
import signal
import socket
import subprocess
import time
from collections import deque
from contextlib import suppress
from threading import Thread

import nbformat
import papermill
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.conftest import HERE, PERIOD

NOTEBOOKS = sorted(str(path.relative_to(HERE)) for path in (HERE / "notebooks").glob("*/*.ipynb"))


@pytest.fixture(scope="module")
def lab(quarter):
    """The address of `make lab`, in the project where the quarter was run."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["make", "lab", f"PORT={port}", "LAB=--no-browser --expose-app-in-browser"]
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


# Run All Cells of the Run menu is this command; asked by name, it says when it has ended.
RUN_ALL_CELLS = """() => {
    window.codeCells = null;
    (async () => {
        const { context } = jupyterapp.shell.currentWidget;
        await context.ready;
        await context.sessionContext.ready;
        await jupyterapp.commands.execute('notebook:run-all-cells');
        window.codeCells = context.model.toJSON().cells.filter(cell => cell.cell_type === 'code');
    })();
}"""
RUN_SECONDS = 120


def code_cells_once_run(page) -> list[dict]:
    """Run all cells, answering whatever JupyterLab asks in the meantime, and return those of code."""
    page.evaluate(RUN_ALL_CELLS)
    until = time.monotonic() + RUN_SECONDS
    while time.monotonic() < until:
        if code := page.evaluate("window.codeCells"):
            return code
        with suppress(PlaywrightTimeout):  # an action, before which what is asked is answered
            page.locator("body").click(trial=True, timeout=500)
        time.sleep(0.1)
    pytest.fail(f"the cells had not run after {RUN_SECONDS} seconds")


@pytest.mark.parametrize(
    "notebook",
    [
        pytest.param(name, marks=() if name == "notebooks/board/recruitment.ipynb" else pytest.mark.thorough)
        for name in NOTEBOOKS
    ],
)
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
    code = code_cells_once_run(page)
    assert all(cell["execution_count"] for cell in code)
    outputs = [output for cell in code for output in cell["outputs"]]
    assert {output["output_type"] for output in outputs} == {"execute_result"}
    shown = ["".join(output["data"]["text/html"]) for output in outputs]
    asks_the_desk = notebook.endswith(("start.ipynb", "compare.ipynb"))  # its title is prose, and it is no page
    assert sum(html.count("<h1") for html in shown) == (not asks_the_desk)
    is_a_page = not asks_the_desk and not notebook.endswith("validation.ipynb")
    assert any('class="glossary"' in html for html in shown) == is_a_page
    page.close()


OF_THE_PAGE = "recruitment.ipynb"
SHOWN = """() => {
    const output = document.querySelector('.jp-Notebook .jp-OutputArea');
    const all = selector => [...output.querySelectorAll(selector)];
    return {
        pictures: all('img').map(image => [image.alt, image.naturalWidth > 0]),
        captions: all('caption').map(caption => caption.textContent),
        scopes: all('th').map(heading => heading.getAttribute('scope')),
        cells: all('td').map(cell => cell.textContent),
        paragraphs: all('p').map(paragraph => paragraph.textContent),
        handlers: all('[onclick]').length,
    };
}"""


@pytest.mark.thorough
def test_a_notebook_that_was_run_elsewhere_shows_the_same_pictures_tables_and_words(quarter, lab, browser):
    """JupyterLab cleans what it shows of a notebook that it does not trust; nothing of a page may be lost by that."""
    root = quarter.folders.root
    chosen = {"organisation": "nonesuch-hospitals", "period": PERIOD}
    run = papermill.execute_notebook(
        root / "notebooks" / "board" / OF_THE_PAGE, None, chosen, kernel_name="python3", cwd=root, progress_bar=False
    )
    outputs = [output for cell in run.cells for output in cell.get("outputs", [])]
    handler = new_output("execute_result", data={"text/html": '<p onclick="x()">cleaned</p>'}, execution_count=1)
    # In one cell, because those that are out of sight are not drawn.
    together = new_notebook(cells=[new_code_cell("x", outputs=[*outputs, handler])])
    nbformat.write(together, root / "notebooks" / "untrusted.ipynb")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(lab.replace("/lab?", "/lab/workspaces/untrusted/tree/notebooks/untrusted.ipynb?reset&"))
    page.wait_for_selector(".jp-OutputArea img", state="attached", timeout=60_000)
    page.wait_for_function("[...document.querySelectorAll('.jp-OutputArea img')].every(image => image.complete)")
    there = page.evaluate(SHOWN)
    page.close()
    (root / "notebooks" / "untrusted.ipynb").unlink()
    written = BeautifulSoup("".join(one.data["text/html"] for one in (*outputs, handler)), "html.parser")
    assert there == {
        "pictures": [[image["alt"], True] for image in written.find_all("img")],
        "captions": [caption.get_text() for caption in written.find_all("caption")],
        "scopes": [heading["scope"] for heading in written.find_all("th")],
        "cells": [cell.get_text() for cell in written.find_all("td")],
        "paragraphs": [paragraph.get_text() for paragraph in written.find_all("p")],
        "handlers": 0,
    }
    assert there["pictures"]
