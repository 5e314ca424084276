"""An evidence-backed knowledge graph: no triple without a source."""
