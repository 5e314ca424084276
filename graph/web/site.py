"""A dataset as a static site: the page, a light page of each thing in each language, and what finds and follows them.

Everything leads to everything by relative addresses, so that any folder of any host will do; only what is meant for
other sites (canonical addresses, the sitemap, the feeds, pictures of links) names the address of the dataset.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import OutputError, said
from graph.model import citation
from graph.model.formats import DATA
from graph.model.preview import metas
from graph.model.words import said as words_of
from graph.model.words import spoken
from graph.web import feed, html, ontology
from graph.web.head import FEED, HOME, PAGE, STYLE, alternates
from graph.web.paths import things
from graph.web.sitepages import SitePages

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

#: How many pages a site may have.
MOST = 20_000


def check(knowledge: Knowledge) -> None:
    """Raise OutputError where the dataset cannot be a site."""
    pages = len(things(knowledge)) * len(spoken(knowledge.info.title))
    if pages > MOST:
        raise OutputError(
            said(
                "a site may have {most} pages, not {pages}: azetta serve makes them as they are asked for",
                pages=pages,
                most=MOST,
            )
        )
    if knowledge.texts:
        raise OutputError(said("a site is published, and with --text its page quotes whole sources: leave that out"))


def write(knowledge: Knowledge, data: Path, built: Path, folder: Path, progress: Callable[[str], object]) -> None:
    """Write the site of `knowledge` into the empty `folder`; `data` has its picture, and `built` is its build."""
    info = knowledge.info
    files = sorted(each.file.format(info.name) for each in knowledge.files if each in DATA)
    (folder / "download").mkdir()
    for name in files:
        shutil.copyfile(built / name, folder / "download" / name)
    _put(folder / PAGE, _linked((built / PAGE).read_text(encoding="utf-8"), knowledge))
    if info.card:
        shutil.copyfile(data / info.card, folder / info.card)
    (folder / STYLE).write_bytes(html.style())
    (folder / ".nojekyll").touch()  # GitHub would take each file for a page of its own kind
    pages = SitePages(knowledge, folder)
    pages.write(files, progress)
    _put(folder / ontology.NAME, _ontology(knowledge, pages))
    for language in pages.languages:
        _put(folder / language / FEED, _feed(knowledge, pages, language))
    places = [(info.place, ""), (info.place + ontology.NAME, "")]
    dates = _dates(knowledge)
    for language in pages.languages:
        places.append((f"{info.place}{language}/{HOME}", ""))
        places += [(f"{info.place}{language}/{path}.html", dates.get(iri, "")) for iri, path in pages.paths.items()]
    _put(folder / "sitemap.xml", html.render("sitemap.xml", pages.languages[0], info.title, places=places))


def _linked(page: str, knowledge: Knowledge) -> str:
    """Let the network's page name the list of things in each language, beside its own address."""
    info, mark = knowledge.info, '<link rel="canonical"'
    told = [
        f'<link rel="alternate" hreflang="{each["hreflang"]}" href="{escape(each["href"])}">\n'
        for each in alternates(info, spoken(info.title), HOME)
    ]
    return page.replace(mark, "".join((*told, mark)), 1)


def _ontology(knowledge: Knowledge, pages: SitePages) -> str:
    iris, paths, info = knowledge.iris, pages.paths, knowledge.info
    places = ontology.Places(
        lambda entity, language: f"{language}/{paths[iris.entity(entity).value]}.html",
        lambda claim, language: f"{language}/{paths[iris.claim(claim).value]}.html",
        "download/ontology.ttl",
    )
    address, language = info.place + ontology.NAME, pages.languages[0]
    links = [{"rel": "canonical", "href": address}]
    about = metas(info, language, address, words_of(language, "server")["ontology"])
    return ontology.render(knowledge, places, links=links, metas=about)


def _feed(knowledge: Knowledge, pages: SitePages, language: str) -> str:
    info = knowledge.info
    place = f"{info.place}{language}/"
    told = feed.entries(knowledge, language, lambda claim: pages.titles.get((language, claim), ""))
    return html.render(
        "feed.xml",
        language,
        info.title,
        self_url=place + FEED,
        home=place + HOME,
        author=info.publisher,
        licence=info.licence,
        updated=feed.moment(citation.issued(knowledge.facts) or "1970"),
        entries=[
            (each, f"{place}{pages.paths[each.about]}.html" if each.about in pages.paths else place + HOME)
            for each in told
        ],
    )


def _dates(knowledge: Knowledge) -> dict[str, str]:
    """Give when the newest source of a thing was issued, by the thing's IRI."""
    facts, iris = knowledge.facts, knowledge.iris
    found = {iris.source(each.id).value: each.issued for each in facts.sources.values()}
    for claim in facts.claims:
        date = facts.sources[claim.source].issued
        ends = (end for end in (claim.subject, claim.object) if end in facts.entities)
        for iri in (iris.claim(claim).value, *(iris.entity(end).value for end in ends)):
            found[iri] = max(found.get(iri, ""), date)
    return found


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
