"""The template library `introductions`: what the network report shows of what came after it."""

from django import template

from kms.introductions.reading import Adoption
from kms.introductions.reading import adoption as counts

register = template.Library()


@register.simple_tag
def adoption() -> Adoption:
    """What became of suggestions."""
    return counts()
