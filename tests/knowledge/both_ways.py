"""Who runs the rules makes no difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import pipeline
from graph.knowledge import reason
from graph.knowledge.knowledge import Knowledge


def load(data: Path, ontology: Path) -> Knowledge:
    """Load a dataset, and hold what SPARQL inferred to what joins infer: each case here is one of both."""
    knowledge = pipeline.load(data, ontology)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reason, "MANY", 0)
        assert reason.infer(knowledge.asserted).inferences == knowledge.inferences
    return knowledge
