"""Tasks for the tests of the queue: what they did is counted in the shared cache."""

from django.core.cache import cache
from django.tasks import task


@task()
def count(word: str) -> None:
    """Count one run under `word`."""
    cache.add(word, 0, timeout=None)
    cache.incr(word)


@task()
def fail(word: str) -> None:
    """Break."""
    raise RuntimeError(word)


def runs(word: str) -> int:
    """How often `count` ran for `word`."""
    return cache.get(word, 0)
