"""The home page: what waits for me, and a feed that says why each item is there."""
