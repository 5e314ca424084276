"""What is called so: the ids that a name stands for where an id is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.facts.spelling import searched
from graph.model.suggestion import named, question


def namesakes(word: str, names: Mapping[str, Iterable[str]]) -> str:
    """Ask whether what is called so was meant, as the end of a message; `names` are those of each id.

    >>> namesakes("El Marsa", {"al-marsa": ["المرسى", "El Marsa"]})
    '; did you mean "al-marsa" (El Marsa)?'
    """
    form = searched(word)
    called = {id_: [name for name in known if form and searched(name) == form] for id_, known in names.items()}
    return question(named(id_, word if word in alike else alike[0]) for id_, alike in called.items() if alike)
