"""Topics: finding or making the tags that a person typed."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.text import slugify

from intranet.content.models import Post, PostTag, Tag
from intranet.settings.product import MAX_TAGS
from intranet.text.lines import clean_line


def tag_slug(name: str) -> str:
    """What makes two spellings of a topic the same one; "" when `name` has no letter or digit."""
    return slugify(clean_line(name)[:60], allow_unicode=True)


def tags_named(names: Iterable[str], *, limit: int | None = MAX_TAGS) -> list[Tag]:
    """The tags called `names` in their order, made where they are new; blanks and what exceeds `limit` left out."""
    wanted = {slug: clean_line(name)[:60] for name in names if (slug := tag_slug(name))}
    wanted = dict(list(wanted.items())[:limit])
    Tag.objects.bulk_create(
        [Tag(slug=slug, name=name) for slug, name in wanted.items()], ignore_conflicts=True
    )
    found = {tag.slug: tag for tag in Tag.objects.filter(slug__in=wanted)}
    return [found[slug] for slug in wanted]


def set_tags(post: Post, names: Iterable[str]) -> None:
    """Make `names` the topics of `post`."""
    tags = tags_named(names)
    PostTag.objects.filter(post=post).exclude(tag__in=tags).delete()
    PostTag.objects.bulk_create([PostTag(post=post, tag=tag) for tag in tags], ignore_conflicts=True)
