"""Locks: what they hold, until when, and what people see of them."""
