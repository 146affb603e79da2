"""Public ids: short, not guessable, not sequential."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 13


def new_public_id() -> str:
    """A random id of 13 characters without look-alikes, about 64 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
