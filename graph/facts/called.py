"""What a curator means by a word: an id, or a name in any spelling."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from graph.errors import QueryError, said
from graph.facts.spelling import searched
from graph.model.ontology import Class, Concept, Property
from graph.model.own import written
from graph.model.records import Entity
from graph.model.suggestion import named, nearest, question

_MOST = 12


def meant(none: str, word: str, known: Mapping[str, Iterable[str]]) -> str:
    """Give the id that is `word`, or that alone is called so; `known` holds the names of each id.

    QueryError lists those that are called alike, or what is called nearly so; `none` says that there is no such thing.
    """
    if word in known:
        return word
    exact = [id_ for id_, names in known.items() if word in names]
    folded: dict[str, list[str]] = {}
    for id_, names in known.items():
        for form in {searched(name) for name in (id_, *names)}:
            folded.setdefault(form, []).append(id_)
    found = exact or folded.get(searched(word), [])
    if len(found) == 1:
        return found[0]
    if found:
        message = said('"{word}" is the name of {listed}: give the id of one', word=word, listed=_listed(found, known))
        raise QueryError(message)
    near = [_shown(id_, known) for form in nearest(searched(word), folded, 3) for id_ in folded[form]]
    few = not near and len(known) <= _MOST
    listed = said("; it is one of {listed}", listed=", ".join(known)) if few else ""
    hint = question(dict.fromkeys(near)) or listed
    raise QueryError(said('{none} is called "{word}"{hint}', none=none, word=word, hint=hint))


def entities(known: Mapping[str, Entity]) -> dict[str, tuple[str, ...]]:
    """Give the names of each entity, by id."""
    return {id_: entity.names() for id_, entity in known.items()}


def alone(word: str, known: Mapping[str, Iterable[str]]) -> str:
    """Give the id that is `word` or that alone is called so; empty where there is none."""
    try:
        return meant("", word, known)
    except QueryError:
        return ""


def terms(
    known: Mapping[str, Property] | Mapping[str, Class], languages: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Give the labels of each property or class, by the name that the tables use; those in `languages` come first."""
    return {
        written(name): tuple(dict.fromkeys((*filter(None, map(term.labels.get, languages)), *term.labels.values())))
        for name, term in known.items()
    }


def concepts(known: Mapping[str, Concept]) -> dict[str, tuple[str, ...]]:
    """Give what each concept is called, by the name that claims use (`az:Completed`)."""
    return {name: (name.removeprefix("az:"), *concept.names) for name, concept in known.items()}


def _listed(ids: Iterable[str], known: Mapping[str, Iterable[str]]) -> str:
    first, *others = (_shown(id_, known) for id_ in ids)
    for other in others:
        first = said("{one} and {other}", one=first, other=other)
    return first


def _shown(id_: str, known: Mapping[str, Iterable[str]]) -> str:
    return named(id_, next(iter(known[id_]), id_))
