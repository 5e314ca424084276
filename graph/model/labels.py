"""What a thing is called: the one rule by which the page, the server and the command line choose among its labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class LabelResolver:
    """Chooses the label in the first of `languages`, the reader's and then the declared ones, that has one.

    `labels` holds those of things by IRI and language ("" for none).

    >>> LabelResolver(["fr", "ar", "en"]).chosen({"en": "Agadir", "ar": "أكادير"})
    ('أكادير', 'ar')
    """

    def __init__(self, languages: Iterable[str]) -> None:
        self.languages = tuple(dict.fromkeys(languages))
        self.labels: dict[str, dict[str, str]] = {}

    def add(self, iri: str, language: str, text: str) -> None:
        """Note a label of a thing; of several in one language, the first in order."""
        texts = self.labels.setdefault(iri, {})
        texts[language] = min(text, texts.get(language, text))

    def chosen(self, texts: Mapping[str, str]) -> tuple[str, str]:
        """Choose among texts by language, of which there is one at least: the text and its language.

        Where none is in a language of these, the first tag in order has it.
        """
        language = next(each for each in (*self.languages, *sorted(texts)) if each in texts)
        return texts[language], language

    def label(self, iri: str) -> tuple[str, str] | None:
        """Give the label of a thing and its language; None where none is known."""
        return self.chosen(self.labels[iri]) if iri in self.labels else None
