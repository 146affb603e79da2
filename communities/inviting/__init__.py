"""Bringing people in: by name, by link, by a list, by their unit."""
