"""Skeletons that a thread can start from."""
