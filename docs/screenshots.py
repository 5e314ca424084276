"""Take the README's pictures of the page again, beside this file: `python docs/screenshots.py`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from graph.page import html
from graph.pipeline import load

HERE = Path(__file__).parent
PICTURES = {"page-ar.png": "#lang=ar", "page-en.png": "#lang=en&select=souss-massa-authority"}


def main() -> None:
    """Build the page of the curated data, open it without a network, and take each picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "index.html"
        with file.open("wb") as stream:
            html.write(load(HERE.parent / "data", HERE.parent / "ontology"), stream)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), chromium_sandbox=False)
        for name, state in PICTURES.items():
            context = browser.new_context(
                viewport={"width": 1440, "height": 900}, offline=True, color_scheme="light", reduced_motion="reduce"
            )
            tab = context.new_page()
            tab.goto(f"{file.as_uri()}{state}")
            tab.wait_for_selector("body[data-drawn]")
            tab.wait_for_timeout(500)
            tab.screenshot(path=HERE / name)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
