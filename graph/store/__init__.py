"""Where SPARQL runs: embedded or at an endpoint; questions, answers, publication."""
