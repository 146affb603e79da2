"""Background work of articles."""

from __future__ import annotations

from django.tasks import task

from intranet.runtime.surfaces import surface
from kms.articles.keeping import call


@task()
@surface("shows nothing: tells those who keep an article, and who can read it, that its review is due")
def call_for_reviews() -> int:
    """Tell of reviews that are due; safe to run at any time and twice."""
    return call()
