"""The page in the frame that a notebook shows."""

from __future__ import annotations

from playwright.sync_api import expect

from graph.notebook.page import PageFrame


def test_page_in_a_notebook_walks_through_its_states_and_cannot_reach_it(visit, valley, tmp_path):
    """Its address is about:srcdoc, of which the browser takes no address of the page around it."""
    around = tmp_path / "notebook.html"
    frame = PageFrame(valley, 600)._repr_html_()
    around.write_text(f"<!doctype html><meta charset=utf-8><body data-ready>{frame}", encoding="utf-8")
    tab = visit(around)
    page = tab.frame_locator("iframe")
    page.locator("button[data-lang=ar]").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.locator("#record .links a", has_text="برمج").first.click()
    expect(page.locator("#record h2")).to_have_text("برمج")
    page.locator("[data-view=table]").click()
    expect(page.locator("#view-table")).to_be_visible()
    page.locator("html").evaluate("() => history.back()")
    expect(page.locator("#view-network")).to_be_visible()
    expect(page.locator("#record h2")).to_have_text("برمج")
    assert (
        page.locator("html").evaluate("() => { try { return parent.document.title } catch { return 'closed' } }")
        == "closed"
    )
    assert tab.url == around.as_uri()
