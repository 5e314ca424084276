"""The dataset over HTTP: SPARQL 1.1 Protocol, linked data, downloads and pages; `graph.guard` bounds every query."""
