"""Asking: whom, in whose name, and how soon."""
