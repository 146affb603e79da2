"""Words that have a name in the other language: the shared vocabulary of topics is the dictionary."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Exists, OuterRef, Q

from intranet.content.models import Post, Tag
from intranet.people.models import User
from intranet.search.query import Forms, Query
from intranet.text.tokens import query_tokens


def with_translations(reader: User, query: Query) -> Query:
    """`query` with what its words are called in the other language.

    Only topics of posts that `reader` may see translate: a word of a secret community explains nothing to outsiders.
    """
    wanted = {forms[0] for forms in query.words}
    if not wanted:
        return query
    typed = query.text.split()
    named = Q(name_he__in=typed)
    for word in typed:
        named |= Q(name__iexact=word)
    in_use = Exists(Post.objects.visible_to(reader).filter(tags=OuterRef("pk")))
    found: dict[str, tuple[Forms, ...]] = {}
    for tag in Tag.objects.exclude(name_he="").filter(named).filter(in_use):
        for one, other in ((tag.name, tag.name_he), (tag.name_he, tag.name)):
            here, there = query_tokens(one), query_tokens(other)
            if len(here) == 1 and there and here[0][0] in wanted:
                found[here[0][0]] = tuple(map(tuple, there))
    return replace(query, also=found)
