"""A text becomes proposals, each with the characters that it comes from; a curator decides them."""
