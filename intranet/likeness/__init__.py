"""Likeness to what was decided before: learned from decisions, only ever suggesting that somebody looks."""
