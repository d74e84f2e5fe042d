"""The picture of a page in the README, taken of the published example's page by Debian's Chromium."""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

from lt_analysis.codebook.folders import Folders

SIZE = {"width": 900, "height": 1240}


def main() -> None:
    """Photograph the example's page of the latest run into `docs/page.png`."""
    folders = Folders.here()
    latest = max(path for path in folders.reports.iterdir() if path.is_dir())
    page = latest / "london-acute-medical" / "recruitment.html"
    with sync_playwright() as playwright:
        quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=quiet)
        shown = browser.new_page(viewport=SIZE)
        shown.goto(page.as_uri())
        shown.screenshot(path=Path(__file__).with_name("page.png"))
        browser.close()


if __name__ == "__main__":
    main()
