"""Records made triples, what follows from them, their shapes and description, and the one network view."""
