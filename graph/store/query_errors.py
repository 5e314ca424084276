"""What is wrong in the text of a query: where, and in words a person can use.

The engine names a place that may lie well after the mistake, and lists the tokens of its own grammar. Both are mended
here by asking the engine itself: a text is cut after each of its tokens, and the first cut that no continuation could
save ends in the token to show.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from pyoxigraph import RdfFormat, Store, parse

from graph.errors import QueryError, UpdateRefused, said
from graph.model.suggestion import suggestion

MAX_NESTING = 500
"""Brackets within brackets that a query may hold; at about 2,100 the engine's stack overflows and ends the process."""

_NO_KEYWORD = "servicX"
_PART = (
    r"""(?s)(?P<space>\s+|\#[^\r\n]*)|<[^<>"{}|^`\x00-\x20]*>|\"\"\".*?\"\"\"|'''.*?'''|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'"""
    r"""|[?$]\w+|[\w.-]*:[\w.:%\\-]*|@?\w[\w-]*|&&|\|\||!=|<=|>=|\^\^|."""
)
_UPDATE = (
    r"(?:\s|#[^\n]*\n|PREFIX\s+\S*\s*<[^>]*>|BASE\s*<[^>]*>)*"
    r"((?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD)\b|WITH\s*<)"
)
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_PAD = " " * 40
_PLACE = r"(?s)error at (\d+):(\d+): expected (?:one of )?(.*)"


def check(text: str, prefixes: Mapping[str, str]) -> None:
    """Refuse what must not reach the engine: a nesting that overflows its stack, and SERVICE, which it would call.

    Raises QueryError.
    """
    depth = deepest = 0
    if text.count("{") + text.count("(") + text.count("[") > MAX_NESTING:
        for character in text:
            depth += (character in "{([") - (character in "})]")
            deepest = max(deepest, depth)
    if deepest > MAX_NESTING:
        raise QueryError(
            said("the query nests {depth} brackets, and at most {most} are answered", depth=deepest, most=MAX_NESTING)
        )
    if "service" in text.lower():
        _refuse_service(text, prefixes)


def _refuse_service(text: str, prefixes: Mapping[str, str]) -> None:
    """Refuse the keyword SERVICE, but not the word in a string, a name or a comment.

    Only the engine can tell them apart, since whether `<` begins an IRI depends on the grammar. So it is given the text
    with another word of the same length, which is no keyword, in each place (and nothing to ask): it stays well-formed
    where none of them was the keyword.
    """
    without = re.sub("service", _NO_KEYWORD, text, flags=re.IGNORECASE)
    try:
        Store().query(without, prefixes=dict(prefixes))
    except SyntaxError as fault:
        start, token = _first_fault(without, prefixes)
        if not token.startswith(_NO_KEYWORD):
            raise explain(without, fault, prefixes) from fault
        raise _at(text, start, said("SERVICE is refused: a query here reaches no other service")) from fault
    except (RuntimeError, OSError):
        return


def explain(text: str, fault: SyntaxError, prefixes: Mapping[str, str]) -> QueryError:
    """Turn the engine's SyntaxError into the error to show: line and column, the line itself, a mark, the reason."""
    refuse_update(text)
    start, token = _first_fault(text, prefixes)
    reason = _reason(str(fault), token, prefixes)
    if start < 0:  # every part can be continued, yet the whole is refused: a rule of meaning, not of grammar
        start = len(text.rstrip())
        reason = _rule(str(fault)) or said("the query ends too early")
    return _at(text, start, reason)


def refuse_update(text: str) -> None:
    """Raise UpdateRefused if `text` begins as a SPARQL Update does."""
    if update := re.match(_UPDATE, text, re.IGNORECASE):
        raise _at(text, update.start(1), said("this is an update, and only queries are answered"), UpdateRefused)


def graphs_named(text: str, base: str, prefixes: Mapping[str, str]) -> list[str]:
    """Give the IRIs that FROM and FROM NAMED name in a query; none where its text cannot be read.

    >>> graphs_named("BASE <http://a.example/> ASK FROM <b> FROM NAMED x:c { ?s ?p ' FROM <d> ' }", "", {"x": "urn:"})
    ['http://a.example/b', 'urn:c']
    """
    if "from" not in text.lower():
        return []
    parts = tokens(text)
    words = [part.upper() for part in parts]
    head = next((place for place, word in enumerate(words) if word in _FORMS), 0)
    places = [
        place + 1 + (words[place + 1 : place + 2] == ["NAMED"]) for place, word in enumerate(words) if word == "FROM"
    ]
    declared = (f"PREFIX {name}: <{iri}>" for name, iri in prefixes.items())
    named = (f"{name} a {name} ." for place in places for name in parts[place : place + 1])
    turtle = "\n".join((*declared, *parts[:head], *named))
    try:
        return [triple.subject.value for triple in parse(turtle, format=RdfFormat.TURTLE, base_iri=base or None)]
    except SyntaxError:
        return []


def names_in(text: str, prefix: str) -> list[str]:
    """Give the local names that a query writes with `prefix`, unless it declares that itself; each once, in order.

    >>> names_in("SELECT ?x { ?x a az:Pol ; rdfs:label ' az:no ' } # az:neither", "az")
    ['Pol']
    """
    parts = tokens(text)
    own = any(word.upper() == "PREFIX" and name == f"{prefix}:" for word, name in pairwise(parts))
    found = (part.rstrip(".").partition(":") for part in parts if not own and part[0] not in "<\"'")
    return list(dict.fromkeys(local for before, colon, local in found if before == prefix and colon and local))


def tokens(text: str) -> list[str]:
    """Give the words and signs of a query, without the spaces and comments between them."""
    return [match[0] for match in re.finditer(_PART, text) if match["space"] is None]


def _at(text: str, start: int, reason: str, kind: type[QueryError] = QueryError) -> QueryError:
    before = text[:start]
    line = before.count("\n") + 1
    column = start - before.rfind("\n")
    shown = text.split("\n")[line - 1].rstrip("\r")
    lead = "".join("\t" if character == "\t" else " " for character in shown[: column - 1])
    place = said("line {line}, column {column}: {reason}", line=str(line), column=str(column), reason=reason)
    return kind(said("{fault}\n{excerpt}", fault=place, excerpt=f"  {shown}\n  {lead}^"), line, column)


def _reason(message: str, token: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, _ = token.partition(":")
    if "Prefix not found" in message and colon and token[0] not in "<\"'":
        known = said("; known without declaring: {names}", names=", ".join(sorted(filter(None, prefixes))))
        near = suggestion(f"{prefix}:", [f"{name}:" for name in prefixes if name], curly=True)
        return said("the prefix “{prefix}” is not declared{hint}", prefix=f"{prefix}:", hint=near or known)
    if "IRI parsing failed" in message and token[0] == "<":
        return said("{token} is not a whole IRI", token=token)
    return _rule(message) or said("“{token}” is not expected here", token=token)


def _rule(message: str) -> str:
    """Give the sentence in the engine's message, such as a variable used twice; most messages hold only its grammar."""
    place = re.match(_PLACE, message)
    words = place[3].split(", ")[0] if place else message
    return words if re.fullmatch(r"[A-Z][a-z]+ [A-Za-z ,?'()-]+|The SELECT .*", words) and "Prefix" not in words else ""


def _first_fault(text: str, prefixes: Mapping[str, str]) -> tuple[int, str]:
    """Give the offset and text of the first token that no continuation could follow; (-1, "") when there is none."""
    tokens = [match for match in re.finditer(_PART, text) if match["space"] is None]
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if _continues(text[: tokens[middle].end()], prefixes):
            low = middle + 1
        else:
            high = middle
    return (tokens[low].start(), tokens[low][0]) if low < len(tokens) else (-1, "")


def _continues(text: str, prefixes: Mapping[str, str]) -> bool:
    """Tell whether some ending would make `text` a query: the engine then stops only at the end of the padding."""
    padded = text + _PAD
    try:
        Store().query(padded, prefixes=dict(prefixes))
    except SyntaxError as fault:
        place = re.match(_PLACE, str(fault))
        end = (padded.count("\n") + 1, len(padded) - padded.rfind("\n"))
        return place is not None and (int(place[1]), int(place[2])) >= end
    except (RuntimeError, OSError):
        return True
    return True
