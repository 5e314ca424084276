"""Reading `dataset.toml`: what the dataset is called, who publishes it, in which languages, and what it must reach."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from graph.errors import said
from graph.facts.characters import character_fault, iri_fault, visible
from graph.facts.rows import ID, CuratedFile, decoded
from graph.model.datatypes import TAG
from graph.model.inputs import PICTURES
from graph.model.records import Info
from graph.model.suggestion import suggestion

_TEXTS = ("name", "base", "version", "licence", "publisher")
_OPTIONAL = ("attribution", "focus", "contact", "address", "card")
_KEYS = (*_TEXTS, *_OPTIONAL, "languages", "title", "description", "locale", "minimum")
#: What a picture may be called.
_CARD = re.compile(rf"[\w-]+({'|'.join(map(re.escape, PICTURES))})")
_MAIL = re.compile(r"[\w.+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
_COUNTS = ("entities", "claims", "sources")


def read(file: CuratedFile, classes: Mapping[str, object]) -> Info | None:
    """Read `file`, its problems noted; None when one of them is of what the tables rest on."""
    table = parsed(file, decoded(file))
    if table is None:
        return None
    _check(file, table, classes)
    if not _rests(table):
        return None
    return Info(
        **{key: table[key] for key in _TEXTS},
        languages=tuple(table["languages"]),
        title=table.get("title", {}),
        description=table.get("description", {}),
        attribution=table.get("attribution", ""),
        focus=table.get("focus", ""),
        contact=table.get("contact", ""),
        locale=table.get("locale", {}),
        minimum=table.get("minimum", {}),
        address=table.get("address", ""),
        card=table.get("card", ""),
    )


def _rests(table: dict[str, Any]) -> bool:
    """Tell whether what the tables and their triples rest on can be had, whatever else is wrong."""
    texts = all(isinstance(table.get(key), str) and table[key] for key in _TEXTS)
    tags = table.get("languages")
    listed = isinstance(tags, list) and tags and not any(map(language_fault, tags)) and len(set(tags)) == len(tags)
    groups = all(isinstance(table.get(key, {}), dict) for key in ("title", "description", "minimum"))
    values = [value for key in ("title", "description") for value in (table.get(key, {}) if groups else {}).values()]
    values += [table.get(key, "") for key in _OPTIONAL]
    if not (texts and listed and groups and all(isinstance(value, str) for value in values)):
        return False
    counts = all(type(count) is int for count in table.get("minimum", {}).values())
    return counts and not (name_fault(table["name"]) or base_faults(table["base"]) or iri_fault(table["licence"]))


def name_fault(name: str) -> str:
    """Say why a dataset cannot have this name; empty when it can."""
    if ID.fullmatch(name):
        return ""
    return said('name "{name}" may hold only a-z, 0-9 and "-": files are named after it', name=visible(name))


def base_faults(base: str) -> list[str]:
    """Say why the IRIs of a dataset cannot begin with this; empty when they can."""
    faults: list[str] = [said("{key}: {fault}", key="base", fault=fault)] if (fault := iri_fault(base)) else []
    if not base.endswith("/") or "#" in base or "?" in base:
        faults.append(said('base "{base}" must end with "/", and hold neither "#" nor "?"', base=visible(base)))
    return faults


def address_fault(address: str) -> str:
    """Say why the pages of a dataset cannot stand there; empty when they can."""
    if re.fullmatch(r"https?://[^\s/?#]+/([^\s?#]*/)?", address) and not iri_fault(address):
        return ""
    return said('address "{address}" must be like https://example.org/region/', address=visible(address))


def contact_fault(contact: str) -> str:
    """Say why errors cannot be reported to this; empty when it is an e-mail address, or nothing."""
    if not contact or _MAIL.fullmatch(contact):
        return ""
    return said('contact "{contact}" is no e-mail address', contact=visible(contact))


def language_fault(tag: object) -> str:
    """Say why this is no language of a dataset; empty when it is one."""
    if isinstance(tag, str) and TAG.fullmatch(tag):
        return ""
    return said('"{tag}" is not a language tag', tag=visible(str(tag)))


def parsed(file: CuratedFile, text: str | None) -> dict[str, Any] | None:
    """Read the TOML of `file`, None where its `text` could not be read; its problem is noted where it is none."""
    try:
        return None if text is None else tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        place = re.search(r"at line (\d+)", str(exc))
        file.stop(int(place[1]) if place else 0, said("not valid TOML: {reason}", reason=str(exc)))
        return None


def _check(file: CuratedFile, table: dict[str, Any], classes: Mapping[str, object]) -> None:
    _check_texts(file, table)
    name, base, licence = (table[key] if isinstance(table.get(key), str) else "" for key in ("name", "base", "licence"))
    faults = [name_fault(name)] if name else []
    faults += base_faults(base) if base else []
    faults += [said("{key}: {fault}", key="licence", fault=fault)] if licence and (fault := iri_fault(licence)) else []
    address, card = (table.get(key, "") if isinstance(table.get(key, ""), str) else "" for key in ("address", "card"))
    faults += [address_fault(address)] if address else []
    if card and not (_CARD.fullmatch(card) and (file.path.parent / card).is_file()):
        faults.append(
            said('card "{name}" must be a picture beside dataset.toml: PNG, JPEG or WebP', name=visible(card))
        )
    faults += [contact_fault(str(table.get("contact", "")))]
    for fault in filter(None, faults):
        file.add(0, fault)
    for key, value in table.items():
        texts = value.values() if isinstance(value, dict) else [value]
        if fault := character_fault("".join(map(str, texts))):
            file.add(0, said("{key}: {fault}", key=key, fault=fault))
    _check_languages(file, table)
    _check_locale(file, table.get("locale", {}))
    _check_minimum(file, table.get("minimum", {}), classes)


def _check_texts(file: CuratedFile, table: dict[str, Any]) -> None:
    check_keys(file, 0, table, _KEYS)
    for key in _TEXTS:
        if not isinstance(table.get(key), str) or not table[key]:
            file.add(0, said("{key} is missing: a text is expected", key=key))
    for key in _OPTIONAL:
        if not isinstance(table.get(key, ""), str):
            file.add(0, said("{key} must be a text", key=key))


def check_keys(file: CuratedFile, line: int, table: Mapping[str, Any], known: Sequence[str]) -> None:
    """Note what a table of TOML, which begins on `line`, has besides the `known` keys."""
    for key in table.keys() - set(known):
        file.add(line, said('unknown key "{key}"{hint}', key=visible(key), hint=suggestion(key, known)))


def _check_languages(file: CuratedFile, table: dict[str, Any]) -> None:
    languages = table.get("languages")
    if not isinstance(languages, list) or not languages or len(set(map(str, languages))) < len(languages):
        file.add(0, said('languages is missing: a list of different tags is expected, such as ["ar", "fr"]'))
        return
    for tag in languages:
        if fault := language_fault(tag):
            file.add(0, said("{key}: {fault}", key="languages", fault=fault))
    for key in ("title", "description"):
        texts = table.get(key)
        for tag in languages:
            if not isinstance(texts, dict) or not isinstance(texts.get(tag), str) or not texts[tag]:
                file.add(0, said("[{key}] has no text for the language {tag}", key=key, tag=visible(str(tag))))


def _check_locale(file: CuratedFile, locale: object) -> None:
    if not isinstance(locale, dict):
        file.add(0, said('[locale] must be a table of languages, each with its country, such as ar = "ar-MA"'))
        return
    for language, tag in locale.items():
        if not re.fullmatch(rf"{re.escape(language)}-[A-Z]{{2}}", str(tag)):
            tag = visible(language)
            file.add(0, said('locale.{tag} must be "{tag}-" and a country, such as "ar-MA"', tag=tag))


def _check_minimum(file: CuratedFile, minimum: object, classes: Mapping[str, object]) -> None:
    if not isinstance(minimum, dict):
        file.add(0, said("[minimum] must be a table of counts"))
        return
    known = [*_COUNTS, *classes]
    for key, count in minimum.items():
        if key not in known:
            hint = suggestion(key, known)
            file.add(0, said('unknown count "{key}" in [minimum]{hint}', key=visible(key), hint=hint))
        if type(count) is not int or count < 0:
            file.add(0, said("minimum.{key} must be a whole number", key=visible(key)))
