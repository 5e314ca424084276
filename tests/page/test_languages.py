"""A page speaks the languages of its dataset, the first one first; what another language lends says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from checkout import ONTOLOGY
from playwright.sync_api import expect
from translated import told_in

from graph.model import words
from graph.pipeline import load

VIEWS = ("network", "map", "table", "timeline", "spots", "questions")
DATASETS = {
    "fr": (["fr"], ["fr"]),
    "ar-zgh": (["ar", "zgh"], ["ar", "zgh"]),
    "es-fr-ar": (["es", "fr", "ar"], ["es", "fr", "ar"]),
    "de": (["de"], ["fr"]),
}
NETWORK = {"ar": "الشبكة", "fr": "Réseau", "es": "Red", "zgh": "ⴰⵥⵟⵟⴰ"}
NO_SCRIPT = {
    "ar": "تحتاج الصفحة التفاعلية إلى JavaScript. وهذه روابطها كلها:",
    "fr": "La page interactive a besoin de JavaScript. Voici tous ses liens\u00a0:",
    "es": "La página interactiva necesita JavaScript. Estos son todos sus vínculos:",
    "zgh": "ⵜⴰⵙⵏⴰ ⴰⴷ ⵜⵔⴰ JavaScript. ⵉⵙⵖⴰⵏ ⵏⵏⵙ ⵎⴰⵕⵕⴰ:",
}
#: A year of a source, as each language writes the date of one of its days.
DAY = {"ar": "1 يونيو 2031", "fr": "1 juin 2031", "es": "1 de junio de 2031", "zgh": "2031-06-01"}
#: What stands in the page, in texts and in attributes, with the language and direction that are declared there.
SAID = """() => {
  const found = [];
  const note = (text, element) => {
    const [spoken, led] = ["lang", "dir"].map((name) => element.closest(`[${name}]`).getAttribute(name));
    if (text.trim()) found.push([text, spoken, led]);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode())
    if (!texts.currentNode.parentElement.closest("script,noscript,#too-old"))
      note(texts.currentNode.data, texts.currentNode.parentElement);
  for (const element of document.body.querySelectorAll("*"))
    for (const name of ["title", "aria-label", "placeholder"])
      if (element.hasAttribute(name)) note(element.getAttribute(name), element);
  return found;
}"""


@pytest.fixture(scope="module", params=DATASETS)
def told(request, tmp_path_factory, paged) -> tuple[Path, list[str], list[str]]:
    """The page of the invented region in some languages, with these and those that the page speaks."""
    languages, spoken = DATASETS[request.param]
    data = told_in(languages, tmp_path_factory.mktemp("told") / "data")
    return paged(load(data, ONTOLOGY)), languages, spoken


def test_page_opens_in_the_first_language_and_offers_the_others_in_their_order(told, visit):
    file, _, spoken = told
    tab = visit(file, locale="en-GB")
    root = tab.locator("html")
    buttons = tab.locator(".langs button")
    if len(spoken) == 1:  # there is nothing to choose
        expect(tab.locator(".langs")).to_have_count(0)
    else:
        assert buttons.evaluate_all("all => all.map((each) => each.dataset.lang)") == spoken
        assert buttons.all_inner_texts() == [words.head(each)["name"] for each in spoken]
    for language in spoken:
        if language != spoken[0]:
            tab.locator(f".langs [data-lang={language}]").click()
        expect(root).to_have_attribute("lang", language)
        expect(root).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
        expect(tab.locator("[data-view=network]")).to_have_text(NETWORK[language])


def test_page_opens_in_the_reader_s_language_where_it_is_spoken(told, visit):
    file, _, spoken = told
    for language in spoken:
        expect(visit(file, locale=language).locator("html")).to_have_attribute("lang", language)


def pattern(text: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", ".*", re.escape(text)))


def test_no_word_of_the_interface_stands_in_another_script_in_silence(told, visit, violations):
    file, languages, spoken = told
    for language in spoken:
        lent = words.lent(language, "page", languages)
        shown = words.said(language, "page", languages)
        other = {tag: key_words(tag, shown, lent, language) for tag in ("ar", "fr", "zgh")}
        tab = visit(file, f"#lang={language}")
        for view in VIEWS:
            tab.locator(f"[data-view={view}]").click()
            for text, declared, direction in tab.evaluate(SAID):
                for tag, patterns in other.items():
                    if any(each.fullmatch(text.strip()) for each in patterns):
                        assert (declared, direction) == (tag, words.head(tag)["direction"]), text
        assert violations(tab) == []


def test_what_only_arabic_names_is_arabic(told, visit):
    """Kinds, statuses and questions, on a page in Amazigh."""
    file, languages, _ = told
    if "zgh" in languages:
        tab = visit(file, "#lang=zgh&view=questions")
        for place in ("[data-facet=kind]", "[data-facet=status][data-value=stated]", "#view-questions summary"):
            names = tab.locator(f"{place} bdi")
            assert names.count()
            assert set(names.evaluate_all("all => all.map((each) => each.lang)")) == {"ar"}


def key_words(tag: str, shown: dict[str, str], lent: dict[str, str], language: str) -> list[re.Pattern[str]]:
    """The sentences of `tag` that a page in `language` may show as lent, or must not show at all."""
    theirs = {key: text for key, text in words.said(tag, "page").items() if key in lent or shown[key] != text}
    return [] if tag == language else [pattern(text) for text in theirs.values() if len(text) > 12 and "{" not in text]


def test_dates_are_written_as_the_language_writes_them(told, visit):
    file, _, spoken = told
    for language in spoken:
        tab = visit(file, f"#lang={language}&select=source:bulletin")
        tab.locator("[data-view=timeline]").click()
        expect(tab.locator("#timeline")).to_contain_text(DAY[language])


def test_a_dataset_may_name_the_country_whose_months_it_counts_in(tmp_path, paged, visit):
    data = told_in(["ar"], tmp_path / "data")
    described = (data / "dataset.toml").read_text(encoding="utf-8") + '\n[locale]\nar = "ar-MA"\n'
    (data / "dataset.toml").write_text(described, encoding="utf-8")
    sources = (data / "sources.csv").read_text(encoding="utf-8").replace("2031-06-01", "2031-08-01")
    (data / "sources.csv").write_text(sources, encoding="utf-8", newline="\n")
    month = visit(paged(load(data, ONTOLOGY)), "#view=timeline").locator("#timeline")
    expect(month).to_contain_text("1 غشت 2031")


@pytest.mark.parametrize(("language", "written"), [("ar", "41\u202f250"), ("fr", "41\u202f250"), ("en", "41,250")])
def test_thousands_are_set_apart_as_the_language_does(valley, visit, language, written):
    record = visit(valley, f"#lang={language}&select=al-marsa").locator("#record-side")
    expect(record).to_contain_text(written)


def test_page_without_scripts_is_a_table_in_its_languages(told, visit, browser):
    file, languages, spoken = told
    context = browser.new_context(java_script_enabled=False, offline=True)
    tab = context.new_page()
    tab.goto(file.as_uri())
    said = tab.locator("noscript p")
    assert said.all_inner_texts() == [NO_SCRIPT[each] for each in spoken]
    assert said.evaluate_all("all => all.map((each) => [each.lang, each.dir])") == [
        [each, words.head(each)["direction"]] for each in spoken
    ]
    assert tab.locator("noscript th").first.inner_text() == " · ".join(
        words.said(each, "page")["from"] for each in spoken
    )
    first = tab.locator("noscript h1")
    if languages == ["de"]:
        assert first.locator("bdi").get_attribute("lang") == "de"
    assert tab.locator("noscript tbody tr, noscript table > tr").count() >= 20
    context.close()


def test_a_browser_that_is_too_old_is_told_so_in_each_language(browser, valley):
    context = browser.new_context(offline=True)
    context.add_init_script("delete window.DecompressionStream")
    tab = context.new_page()
    faults = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.goto(valley.as_uri())
    said = tab.locator("#too-old p")
    expect(said.first).to_be_visible()
    assert said.evaluate_all("all => all.map((each) => [each.lang, each.dir])") == [
        ["ar", "rtl"],
        ["fr", "ltr"],
        ["en", "ltr"],
    ]
    assert "Safari 16.4" in said.nth(2).inner_text()
    assert tab.locator("header").is_hidden()
    assert faults == []
    context.close()
