"""Where a site has the page of each thing, and how one page leads to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from graph.model.vocabulary import AZ
from graph.web import ontology
from graph.web.terms import ShownLabels

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

HOME = "index"


def things(knowledge: Knowledge) -> dict[str, str]:
    """Give the path of the page of each entity, source, claim and inference, within the folder of a language, by IRI.

    It is what the IRI has after the base, so that a redirect of the base is enough to let the IRIs answer.
    """
    facts, iris = knowledge.facts, knowledge.iris
    names = [*facts.entities, *(f"source/{each}" for each in facts.sources)]
    names += [iris.name(iris.claim(each)) for each in facts.claims]
    names += [f"inference/{each.id}" for each in knowledge.inferences]
    return {iris.entity(name).value: f"{name}_" if name == HOME else name for name in names}


def numbered(path: str, number: int) -> str:
    """Give the path of the further pages of a thing that one cannot hold; no id has a dot."""
    return f"{path}.html" if number == 1 else f"{path}.{number}.html"


class SiteLabels(ShownLabels):
    """Shows the terms of a page of a site in a language; `page` is its path in the folder of the language.

    `paths` are those of things, and `anchors` those of passages with their fragments, by IRI.
    """

    def __init__(
        self, languages: Iterable[str], base: str, paths: Mapping[str, str], anchors: Mapping[str, str]
    ) -> None:
        super().__init__(languages, base)
        self.paths, self.anchors = paths, anchors
        self.page = ""

    @property
    def up(self) -> str:
        """The way from the page to the folder of its language."""
        return "../" * self.page.count("/")

    def href(self, iri: str) -> str:
        """Give where an IRI leads: to a page of the site where it has one, else only if it is of the web elsewhere."""
        if iri in self.paths:
            return f"{self.up}{numbered(self.paths[iri], 1)}"
        if iri in self.anchors:
            return f"{self.up}{self.anchors[iri]}"
        if iri == self.base:
            return f"{self.up}{HOME}.html"
        if iri.startswith(AZ):
            return f"{self.up}../{ontology.NAME}#{self.languages[0]}-{iri.removeprefix(AZ)}"
        return "" if iri.startswith(self.base) else super().href(iri)
