"""Standing arrangements of a place: look before publishing, slow mode, closing what is old."""
