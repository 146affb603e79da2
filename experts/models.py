"""Tables of this app, for Django's sake."""
