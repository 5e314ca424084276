"""Firefox and WebKit show and do the same: what they differ in, each from one file and without a network."""

from __future__ import annotations

import json
import shutil

import pytest

from page.conftest import TEXTS
from page.drivers import ENTER, ESCAPE, Firefox, WebKit

pytestmark = pytest.mark.browser
BROWSERS = {"firefox": (Firefox, "firefox-esr"), "webkit": (WebKit, "WebKitWebDriver")}
LISTEN = """(() => {
  window.complaints = [];
  for (const kind of ["error", "warn"]) console[kind] = (...said) => complaints.push(said.join(" "));
  for (const kind of ["error", "unhandledrejection", "securitypolicyviolation"])
    addEventListener(kind, (event) => complaints.push(`${kind}: ${event.message ?? event.reason ?? event.blockedURI}`));
  return true;
})()"""
TITLE = "document.querySelector('#record h2').textContent"
LEFT = "document.querySelector('{}').getBoundingClientRect().x"
# How wide an Arabic word is with its letters joined, and with what keeps them apart between them.
JOINED = """(() => {
  const measure = (text) => {
    const span = document.querySelector("#record h2").appendChild(document.createElement("span"));
    span.textContent = text;
    const { width } = span.getBoundingClientRect();
    span.remove();
    return width;
  };
  return [measure("المنارة"), measure([..."المنارة"].join("\u200c"))];
})()"""
PAINTED = """(() => {
  const canvas = document.querySelector("#canvas canvas");
  return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean);
})()"""


@pytest.fixture(params=BROWSERS)
def driven(request, tmp_path):
    made, program = BROWSERS[request.param]
    assert shutil.which(program), f"the tests of the page need {program}: .ci/run installs it"
    browser = made(tmp_path)
    yield browser
    browser.close()


def test_the_page_is_the_same_in_another_browser(driven, valley):
    driven.go(f"{valley.as_uri()}#lang=ar")
    driven.until("document.body.dataset.ready")
    driven.js(LISTEN)
    assert driven.js("document.documentElement.dir") == "rtl"
    assert driven.js(LEFT.format("#record-side")) < driven.js(LEFT.format("#legend"))
    joined, apart = driven.js(JOINED)
    assert joined < 0.95 * apart
    assert driven.until(PAINTED)

    driven.type("/")
    driven.type("manara")
    driven.until("document.querySelectorAll('#results [role=option]').length === 1")
    driven.type(ENTER)
    assert driven.until(f"{TITLE}.includes('المنارة') && {TITLE}") == "مؤسسة المنارة"
    driven.click("#record .links summary")
    assert "الحروف من" in driven.until("document.querySelector('#record .evidence')?.textContent")
    driven.click("[data-facet=kind][data-value=Programme]")
    driven.until("document.querySelector('#counts').textContent.includes('1')")
    driven.click("#chips .chip")

    driven.click("button[data-lang=fr]")
    driven.until(f"{TITLE} === 'Fondation Manara'")
    assert driven.js(LEFT.format("#record-side")) > driven.js(LEFT.format("#legend"))
    driven.js("document.querySelector('#canvas').focus()")
    driven.type("\ue013")  # arrow up
    assert driven.until("document.querySelector('#live').textContent").startswith("Fondation Manara, organisation")
    driven.type(ESCAPE)
    driven.until(f"{TITLE}.includes('Émeraude')")
    driven.js("history.back()")
    driven.until(f"{TITLE} === 'Fondation Manara'")

    driven.click("[data-view=texts]")
    text = (TEXTS / "bulletin.txt").read_bytes().decode()
    driven.js(f"document.querySelector('.copy textarea').value = {json.dumps(text)}")
    driven.click(".copy button")
    driven.until("document.querySelector('.copy.exact') !== null")
    for view in ("map", "table", "timeline", "spots", "questions"):
        driven.click(f"[data-view={view}]")
        driven.until(f"document.querySelector('#view-{view}').textContent.length > 20")
    assert driven.js("complaints") == []
    assert driven.js("performance.getEntriesByType('resource').map(({ name }) => name)") == []
