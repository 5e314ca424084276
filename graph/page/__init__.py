"""The page: the whole knowledge as one HTML file that asks the network for nothing."""
