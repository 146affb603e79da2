"""Answers that are written once and used again."""
