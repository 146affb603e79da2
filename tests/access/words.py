"""The words that are planted: a reader searches for `ASKED`, and `PLANTED`, which always stands beside it, must not come back."""

ASKED, PLANTED = "zirconide", "quillwort"
BOTH = f"{ASKED} {PLANTED}"
INTRODUCED = "sorrelwood"
"""Stands in an introduction, which knowledge managers know of and nobody else but the two."""
