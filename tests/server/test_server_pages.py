"""The pages, read as a reader without script would: language, direction, evidence; text of the data is never markup."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from graph.store import question

from .conftest import Served

HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

#: Of the query page: its words, and the editor.
OWN_SCRIPTS = [{"type": "application/json", "id": "data"}, {"src": "/query.js", "defer": None}]


class Page(HTMLParser):
    """The text of a page, its links (address, text) and its elements (name, attributes)."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "a":
            self.links.append((dict(attrs).get("href") or "", ""))

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.links and not self.links[-1][1]:
            self.links[-1] = (self.links[-1][0], data.strip())

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def page(served: Served, path: str, **headers: str) -> Page:
    reply = served.fetch(path, **({"accept": HTML} | headers))
    assert reply.type == "text/html", reply.text
    return Page(reply.text)


@pytest.mark.parametrize(
    ("path", "accepted", "language", "direction", "title"),
    [
        ("/valley/oasis", "", "ar", "rtl", "الواحة"),
        ("/valley/oasis", "fr-MA, en;q=0.5", "fr", "ltr", "L'oasis"),
        ("/valley/oasis", "en;q=0.5, ar;q=0.4", "en", "ltr", "Oasis"),
        ("/valley/oasis", "de", "ar", "rtl", "الواحة"),
        ("/valley/oasis?lang=en", "ar", "en", "ltr", "Oasis"),
        ("/valley/oasis?lang=xx", "fr", "fr", "ltr", "L'oasis"),
    ],
)
def test_the_page_speaks_the_reader_s_language(
    served: Served, path: str, accepted: str, language: str, direction: str, title: str
) -> None:
    found = page(served, path, accept_language=accepted)
    (root,) = found.attributes("html")
    assert (root["lang"], root["dir"]) == (language, direction)
    assert found.text.startswith(title)
    assert found.attributes("h1") == [{"lang": language, "dir": "auto"}]


def test_a_claim_shows_its_words_its_status_and_the_place_of_its_evidence(served: Served) -> None:
    found = page(served, "/valley/lab?lang=en")
    assert "The lab located in Oasis stated The Gazette 5–40" in found.text
    assert "The lab located in Grove" in found.text
    assert "planned The Gazette 50–90" in found.text
    assert ("/valley/source/gazette?lang=en#char=5,40", "The Gazette") in found.links
    assert ("/valley/claim/00000000000000aa?lang=en", "Details") in found.links
    assert ("/valley/oasis?lang=en", "Oasis") in found.links


def test_an_inference_shows_its_rule_and_what_it_rests_on(served: Served) -> None:
    found = page(served, "/valley/oasis?lang=en")
    assert "Inverse relation" in found.text
    assert ("/valley/claim/00000000000000aa?lang=en", "1") in found.links


def test_names_say_their_language_which_is_ours_and_which_is_another_spelling(served: Served) -> None:
    names = "Le labo Français The lab English · notre traduction المختبر العربية Laboratoire Français · autre graphie"
    assert names in page(served, "/valley/lab?lang=fr").text
    assert "The lab English · our translation" in page(served, "/valley/lab?lang=en").text


def test_text_of_the_data_is_never_markup_nor_script(served: Served) -> None:
    found = page(served, "/valley/grove?lang=en")
    assert 'Grove <b>&amp;</b> "co"' in found.text
    assert not found.attributes("b")
    assert not found.attributes("script")
    assert not [href for href, _ in found.links if not href.startswith(("/", "?", "http://", "https://"))]
    assert "javascript:alert(1)" in found.text


def test_a_number_is_shown_and_a_source_lists_its_claims(served: Served) -> None:
    assert "1,200" in page(served, "/valley/oasis?lang=en").text
    source = page(served, "/valley/source/gazette?lang=en")
    assert {href for href, text in source.links if text == "Details"} == {
        f"/valley/claim/00000000000000{end}?lang=en" for end in ("aa", "bb", "cc")
    }


def query(served: Served, text: str, language: str = "en") -> tuple[int, Page]:
    reply = served.fetch(f"/query?{urlencode({'query': text, 'lang': language})}")
    return reply.status, Page(reply.text)


def test_the_query_page_shows_a_table_with_links(served: Served) -> None:
    status, found = query(served, "SELECT ?city ?n { ?city az:population ?n }")
    assert (status, ("/valley/oasis?lang=en", "Oasis") in found.links) == (200, True)
    assert "city n Oasis 1200" in found.text


def test_the_query_page_shows_truth_graphs_and_emptiness(served: Served) -> None:
    assert "Answer Yes" in query(served, "ASK {}")[1].text
    assert (
        "az:population 1200" in query(served, "CONSTRUCT { ?c az:population ?n } WHERE { ?c az:population ?n }")[1].text
    )
    assert "No result." in query(served, "SELECT * { ?s a az:Nothing }")[1].text
    assert "لا نتيجة." in query(served, "SELECT * { ?s a az:Nothing }", "ar")[1].text


def test_the_query_page_tells_which_parts_of_a_query_are_broad(served: Served) -> None:
    text = "SELECT ?city { ?city az:population ?n OPTIONAL { :oasis rdfs:label|skos:altLabel ?name } }"
    reply = served.fetch(f"/query?{urlencode({'query': text, 'lang': 'fr', 'explain': '1'})}")
    shown = Page(reply.text).text
    assert "part subject predicate object matches ?city az:population ?n 1 OPTIONAL L'oasis" in shown
    assert "L'oasis rdfs:label|skos:altLabel ?name 3" in shown
    assert "Ce qui correspond à chaque partie" in shown
    assert "Ce qui correspond" not in query(served, text, "fr")[1].text
    broken = served.fetch(f"/query?{urlencode({'query': 'SELECT }', 'lang': 'en', 'explain': '1'})}")
    assert (broken.status, "line 1, column 8" in broken.text) == (400, True)


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("SELECT * {\n &&& }", 400, "line 2, column 2"),
        ("DROP ALL", 400, "update"),
        (
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p . ?q ?r ?s }",
            503,
            "6 s",
        ),
    ],
)
def test_the_query_page_shows_errors_in_place_and_keeps_the_text(
    served: Served, text: str, status: int, said: str
) -> None:
    answered, found = query(served, text)
    assert answered == status
    assert said in found.text
    assert " ".join(text.split()) in found.text
    assert [attributes["role"] for attributes in found.attributes("section")] == ["alert"]


def test_hostile_text_stays_text_on_the_query_page(served: Served) -> None:
    text = 'SELECT ("</textarea><script>alert(1)</script>" AS ?x) {}'
    status, found = query(served, text)
    assert (status, found.attributes("script")) == (200, OWN_SCRIPTS)
    assert len(found.attributes("textarea")) == 1


def test_every_documented_question_is_an_example_that_runs(served: Served) -> None:
    found = page(served, "/query?lang=fr")
    examples = [href for href, _ in found.links if href.startswith("/query?") and "query=" in href]
    assert len(examples) == len(question.names()) > 0
    assert question.load(question.names()[0]).titles["fr"].replace("\u00a0", " ") in found.text.replace("\u00a0", " ")
    for href in examples:
        assert served.fetch(href).status == 200, parse_qs(urlsplit(href).query)["query"][0]


def test_a_form_without_script_asks_by_get(served: Served) -> None:
    found = page(served, "/query")
    assert found.attributes("form") == [{"action": "/query", "method": "get"}]
    assert [attributes["name"] for attributes in found.attributes("textarea")] == ["query"]
    assert found.attributes("script") == OWN_SCRIPTS, "it does without as well"


def test_the_style_is_ours_and_there_are_no_other_requests(served: Served) -> None:
    found = page(served, "/valley/lab")
    fetched = [attributes["href"] for attributes in found.attributes("link") if attributes["rel"] == "stylesheet"]
    assert fetched == ["/style.css"]
    assert served.fetch("/style.css").type == "text/css"
    assert not found.attributes("img") + found.attributes("iframe")


@pytest.mark.parametrize(
    ("language", "nothing", "wrong", "lang"),
    [
        ("fr", "il n’y a rien à cette adresse", "ligne 1, colonne 8 : « } » n’est pas attendu ici", "fr"),
        (
            "ar",
            "لا شيء في هذا العنوان",
            "السطر \u20681\u2069، الموضع \u20688\u2069: \u2068لا يصح «\u2068}\u2069» في هذا الموضع",
            "ar",
        ),
        ("en", "there is nothing at this path", "line 1, column 8: “}” is not expected here", "en"),
    ],
)
def test_what_is_wrong_is_told_in_the_language_of_the_page_and_to_programs_in_english(
    served: Served, language: str, nothing: str, wrong: str, lang: str
) -> None:
    asked = {"accept": "text/html", "accept_language": language}
    missing = served.fetch("/no/such/path", **asked)
    assert (missing.status, nothing in missing.text) == (404, True)
    assert f'lang="{lang}" dir="auto">' in missing.text
    refused = served.fetch("/query?" + urlencode({"query": "SELECT }"}), **asked)
    assert (refused.status, wrong in refused.text) == (400, True)
    assert 'data-line="1">' in refused.text
    assert "\n  SELECT }\n" in refused.text.replace("\u2068", "").replace("\u2069", "")
    plain = served.fetch("/no/such/path", accept_language=language)
    assert plain.text == "there is nothing at this path\n"
    assert served.ask("SELECT }", accept_language=language).text.startswith("line 1, column 8: “}” is not expected")
