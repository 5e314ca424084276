"""Where the checkout stands, for the tests that read its own data and ontology."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
DATA, ONTOLOGY = ROOT / "data", ROOT / "ontology"
