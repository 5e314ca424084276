"""What a notebook shows: a dataset, one of its entities, the page."""
