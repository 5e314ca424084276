r"""The header of a query file, in the convention of grlc (https://grlc.io): lines that begin with `#+` and hold YAML.

>>> read("#+ title:\n#+   en: Containment\nCONSTRUCT {}")
({'title': {'en': 'Containment'}}, 'CONSTRUCT {}\n')
"""

from __future__ import annotations

from typing import Any


def read(text: str) -> tuple[dict[str, Any], str]:
    """Give what the header of a query file says, and the query without it; ValueError where it is not YAML."""
    lines = text.splitlines()
    header = load_yaml("\n".join(line[3:] for line in lines if line.startswith("#+")))
    body = "\n".join(line for line in lines if not line.startswith("#+")).strip() + "\n"
    return header if isinstance(header, dict) else {}, body


def load_yaml(text: str) -> Any:
    """Read YAML, with libyaml where it is there: ten times faster, and a page reads every question."""
    import yaml

    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    except yaml.YAMLError as exc:
        raise ValueError(f"the header is not YAML: {' '.join(str(exc).split())}") from exc
