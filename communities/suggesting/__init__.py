"""Communities that one might want to join, with the reason."""
