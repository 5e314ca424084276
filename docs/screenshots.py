"""Take pictures of the page again, the README's and the card that links show: `python docs/screenshots.py`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from graph.page import html
from graph.pipeline import load

HERE = Path(__file__).parent
PICTURES = {"page-ar.png": "#lang=ar", "page-en.png": "#lang=en&select=souss-massa-authority"}
CARD, SIZE = HERE.parent / "data" / "card.png", {"width": 1200, "height": 630}
BARE = """
  #skip, #skip-view, header > :not(.brand), #tour, aside, .stage-head, #tools, footer { display: none !important }
  header { justify-content: center; border: 0; background: none !important; padding-block: 1.2rem 0 }
  h1 { font-size: 2.6rem !important; white-space: nowrap }
  .logo { width: 3rem; height: 3rem }
  main { grid-template: 1fr / 1fr !important; grid-template-areas: "stage" !important }
"""


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
        _card(browser, file)
        browser.close()


def _card(browser: Browser, file: Path) -> None:
    """Take the title and the network alone, in the first language of the dataset."""
    tab = browser.new_page(viewport=SIZE, offline=True, color_scheme="light", reduced_motion="reduce", bypass_csp=True)
    tab.goto(f"{file.as_uri()}#lang=ar")
    tab.wait_for_selector("body[data-drawn]")
    tab.add_style_tag(content=BARE)
    tab.evaluate("dispatchEvent(new Event('resize'))")
    tab.wait_for_timeout(1000)
    tab.screenshot(path=CARD)


if __name__ == "__main__":
    main()
