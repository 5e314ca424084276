"""The static site: whole wherever it is put, light, in each language, and for machines as their standards say."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from programs import ROOT, run
from pyoxigraph import RdfFormat, parse, serialize
from rdflib import RDF, Graph, Namespace, URIRef

from graph.errors import OutputError
from graph.knowledge.knowledge import Knowledge
from graph.web import site as sites

from .conftest import ADDRESS

pytestmark = pytest.mark.processes

BASE = "https://example.org/emerald-valley/"
AZ = Namespace("https://w3id.org/azetta/ontology#")
SCHEMA = Namespace("https://schema.org/")
ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGES = ("ar", "fr", "en")
#: What of the context of schema.org these pages use, so that they are read without the network.
CONTEXT = {"@vocab": str(SCHEMA), **{name: {"@type": "@id"} for name in ("sameAs", "url", "license", "isBasedOn")}}


class Read(HTMLParser):
    """The fragments, addresses and JSON-LD of a page, what it says, and the attributes of its elements."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.data, self.text = "", ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.elements.append((tag, told))
        self.ids += [told["id"] or ""] if "id" in told else []
        self.hrefs += [told[name] or "" for name in ("href", "src") if name in told]

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1] == ("script", {"type": "application/ld+json"}) and data.strip():
            self.data = self.data or data
        else:
            self.text += f" {data}"

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [told for name, told in self.elements if name == tag and wanted.items() <= told.items()]


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Read]:
    return {path.relative_to(site).as_posix(): Read(path) for path in site.rglob("*.html")}


def linked_data(page: Read) -> Graph:
    data = json.loads(page.data)
    data["@context"] = [CONTEXT, data["@context"][1]]
    triples = serialize(
        (quad.triple for quad in parse(json.dumps(data), RdfFormat.JSON_LD)), format=RdfFormat.N_TRIPLES
    )
    return Graph().parse(data=triples, format="nt")


def test_each_thing_has_a_page_in_each_language_which_says_so(pages: dict[str, Read]) -> None:
    things = {name.partition("/")[2] for name in pages if name.startswith("ar/")}
    assert {"index.html", "barmij.html", "source/bulletin.html", "source/gazetteer.html"} < things
    assert sum(each.startswith("claim/") for each in things) == 18
    for language in LANGUAGES:
        assert {name.partition("/")[2] for name in pages if name.startswith(f"{language}/")} == things
        (root,) = pages[f"{language}/barmij.html"].all("html")
        assert root == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}


def test_every_link_of_the_site_leads_somewhere_in_it(site: Path, pages: dict[str, Read]) -> None:
    """From plain files, wherever they lie: every address is relative."""
    followed = 0
    for name, page in pages.items():
        for href in page.hrefs if name != "index.html" else ():
            parts = urlsplit(href)
            if parts.scheme:
                continue
            assert not href.startswith("/")
            target = (site / name).parent / unquote(parts.path) if parts.path else site / name
            assert target.resolve().is_relative_to(site), (name, href)
            assert target.is_file(), (name, href)
            found = target.resolve().relative_to(site).as_posix()
            if parts.fragment and found != "index.html":  # whose fragments are its state
                assert unquote(parts.fragment) in pages[found].ids, (name, href)
            followed += 1
    assert followed > 1000
    assert all(len(page.ids) == len(set(page.ids)) for page in pages.values())


def test_a_page_is_light_needs_no_script_and_is_named_to_the_web(site: Path, pages: dict[str, Read]) -> None:
    for name, page in pages.items():
        if name in {"index.html", "ontology.html"}:
            continue
        assert (site / name).stat().st_size < 60_000
        assert [told for told in page.all("script") if told != {"type": "application/ld+json"}] == []
        rest = name.partition("/")[2]
        places = {each["hreflang"]: each["href"] for each in page.all("link", rel="alternate") if "hreflang" in each}
        other = ADDRESS if rest == "index.html" else f"{ADDRESS}ar/{rest}"
        assert places == {tag: f"{ADDRESS}{tag}/{rest}" for tag in LANGUAGES} | {"x-default": other}
        assert page.all("link", rel="canonical") == [{"rel": "canonical", "href": ADDRESS + name}]
        assert page.all("meta", property="og:image") == [{"property": "og:image", "content": f"{ADDRESS}card.png"}]
    assert (site / "card.png").read_bytes() == b"\x89PNG"
    assert Read(site / "index.html").all("meta", property="og:url")[0]["content"] == ADDRESS


def test_the_interactive_page_is_known_by_the_place_of_the_site(pages: dict[str, Read]) -> None:
    page = pages["index.html"]
    assert page.all("link", rel="canonical", href=ADDRESS)
    places = {each["hreflang"]: each["href"] for each in page.all("link", rel="alternate")}
    assert places == {tag: f"{ADDRESS}{tag}/index.html" for tag in LANGUAGES} | {"x-default": ADDRESS}


def test_a_plan_is_never_given_as_done(pages: dict[str, Read]) -> None:
    (planned,) = [each for name, each in pages.items() if name.startswith("fr/claim/") and "prévu" in each.text]
    assert "Décrit, non tenu pour un fait." in planned.text
    assert "Caractères 219–242" in planned.text
    assert "à 76\u00a0% du texte" in planned.text  # 219 of 287
    assert "https://example.org/bulletin" in planned.hrefs
    assert "creativeWorkStatus" in planned.data
    assert "Décrit, non tenu" not in pages["fr/cafe-numerique.html"].text


def test_the_linked_data_of_a_page_says_what_the_graph_says(place: Path, pages: dict[str, Read]) -> None:
    """Read by others' parsers; what stands there follows from the dataset and the ontology's own alignments."""
    told = Graph().parse(place / "dist" / "emerald-valley.ttl")
    found = linked_data(pages["fr/al-marsa.html"])
    marsa = URIRef(f"{BASE}al-marsa")
    assert (marsa, RDF.type, SCHEMA.City) in found
    assert {str(each) for each in found.objects(marsa, SCHEMA.name)} == {"El Marsa"}
    assert {str(each) for each in found.objects(marsa, SCHEMA.alternateName)} == {
        "المرسى",
        "Al Marsa",
        "La Marsa",
        "Marsa",
    }
    assert set(found.objects(marsa, SCHEMA.containedInPlace)) == set(told.objects(marsa, AZ.containedIn))
    assert set(found.objects(marsa, SCHEMA.sameAs)) == set(told.objects(marsa, SCHEMA.sameAs))
    point = found.value(marsa, SCHEMA.geo)
    assert [found.value(point, each).toPython() for each in (SCHEMA.latitude, SCHEMA.longitude)] == [30.5, -9.25]
    assert URIRef(f"{BASE}source/bulletin") in set(found.objects(marsa, SCHEMA.subjectOf))
    incubator = linked_data(pages["en/cafe-incubator.html"])
    assert not list(incubator.objects(URIRef(f"{BASE}cafe-incubator"), SCHEMA.isPartOf))


def test_the_dataset_is_described_as_catalogues_ask(site: Path) -> None:
    for page in ("index.html", "en/index.html"):
        found = linked_data(Read(site / page))
        dataset = URIRef(BASE)
        assert (dataset, RDF.type, SCHEMA.Dataset) in found
        for term in (
            "name",
            "description",
            "license",
            "creator",
            "publisher",
            "version",
            "datePublished",
            "identifier",
        ):
            assert found.value(dataset, SCHEMA[term]), term
        files = {str(found.value(each, SCHEMA.contentUrl)) for each in found.objects(dataset, SCHEMA.distribution)}
        assert f"{ADDRESS}download/emerald-valley.ttl" in files
        assert all((site / each.removeprefix(ADDRESS)).is_file() for each in files)


def test_the_map_of_the_site_has_every_page_once(site: Path, pages: dict[str, Read]) -> None:
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    places = [each.findtext(f"{namespace}loc") or "" for each in root.iter(f"{namespace}url")]
    assert root.tag == f"{namespace}urlset"
    assert len(places) == len(set(places))
    assert {each.removeprefix(ADDRESS) or "index.html" for each in places} == set(pages)
    assert "2031-06-01" in {each.text for each in root.iter(f"{namespace}lastmod")}


@pytest.mark.parametrize(
    ("language", "title"), [("ar", "مصدر جديد: نشرة وادي الزمرد"), ("fr", "Nouvelle source\u00a0: ")]
)
def test_the_feed_tells_what_changed_dated_by_the_data(site: Path, language: str, title: str) -> None:
    feed = ElementTree.parse(site / language / "feed.xml").getroot()
    assert all(feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    entries = feed.findall(f"{ATOM}entry")
    assert any((each.findtext(f"{ATOM}title") or "").startswith(title) for each in entries)
    ids = [each.findtext(f"{ATOM}id") for each in entries]
    assert {f"{BASE}source/bulletin", f"{BASE}old-fair", f"{BASE}gone-fair"} <= set(ids)
    assert len(ids) == len(set(ids))
    dates = [each.findtext(f"{ATOM}updated") or "" for each in entries]
    assert dates == sorted(dates, reverse=True)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", each) for each in dates)
    for each in entries:
        link = each.find(f"{ATOM}link")
        assert link is not None
        assert (site / link.attrib["href"].removeprefix(ADDRESS)).is_file()


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_second_run_gives_the_same_bytes_and_keeps_what_is_not_ours(
    place: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digests(site)
    for name, value in {"LC_ALL": "C", "PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu"}.items():
        monkeypatch.setenv(name, value)
    (site / "CNAME").write_text("example.net\n", encoding="utf-8")
    done = run(place, "build", "--site", "site", "--base-url", ADDRESS)
    assert done.returncode == 0, done.stderr
    assert (site / "CNAME").read_text(encoding="utf-8") == "example.net\n"
    (site / "CNAME").unlink()
    assert digests(site) == before


def test_a_run_that_fails_leaves_site_and_build_as_they_were(place: Path, site: Path) -> None:
    before, built = digests(site), digests(place / "dist")
    (place / "other").mkdir(exist_ok=True)
    (place / "other" / "mine.txt").touch()
    refused = run(place, "build", "--site", "other")
    assert (refused.returncode, "not made by a build" in refused.stderr) == (1, True)
    for folder in ("dist", ".", "dist/site"):
        assert run(place, "build", "--site", folder).returncode == 2
    assert run(place, "build", "--site", "site", "--base-url", "example.net").returncode == 2
    assert run(place, "build", "--site", "site", "--text", "bulletin=texts/bulletin.txt").returncode == 1
    assert (digests(site), digests(place / "dist")) == (before, built)


def test_a_site_of_too_many_pages_is_refused_with_what_to_do_instead(
    emerald: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sites, "MOST", 100)
    with pytest.raises(OutputError, match=r"a site may have 100 pages, not 141: azetta serve"):
        sites.check(emerald)


def test_an_independent_checker_finds_nothing_wrong_in_the_html(site: Path, tmp_path: Path) -> None:
    checker = ROOT / "tests" / "page" / "node_modules" / ".bin" / "html-validate"
    claim = next((site / "fr" / "claim").iterdir())
    checked = [site / "ar" / "index.html", site / "ar" / "barmij.html", site / "en" / "source" / "bulletin.html", claim]
    config = ROOT / "tests" / "page" / "html-validate.json"
    command = [str(checker), "--config", str(config), *map(str, checked), str(site / "ontology.html")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path, env=os.environ, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
