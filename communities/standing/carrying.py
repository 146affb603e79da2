"""Those who follow a repeated question follow the original instead of being left with a dead end."""

from __future__ import annotations

from intranet.access import visibility
from intranet.content.models import Membership, Post
from intranet.notify.models import Follow, Level
from intranet.people.models import User


def carry(question: Post, original: Post) -> list[int]:
    """Make the asker and the followers of `question` follow `original`; the ids of the follows that are new.

    Left out are people who muted the question, who chose something for the original already, and who may not see it.
    """
    levels = dict(Follow.objects.filter(post=question).values_list("person", "level"))
    levels = {question.author_id: Level.FOLLOWING} | levels
    levels = {person: level for person, level in levels.items() if level != Level.MUTED}
    decided = set(Follow.objects.filter(post=original).values_list("person", flat=True))
    readers = _readers(set(levels) - decided - {original.author_id}, original)
    made = Follow.objects.bulk_create(
        Follow(person=person, post=original, level=levels[person.pk]) for person in readers
    )
    return [follow.pk for follow in made]


def _readers(ids: set[int], post: Post) -> list[User]:
    """Active people with those ids who see `post`; two queries."""
    people = User.objects.active().in_bulk(ids)
    roles = dict(
        Membership.objects.filter(person__in=people, space=post.space_id).values_list("person", "role")
    )
    for person in people.values():
        person.space_roles = {post.space_id: roles[person.pk]} if person.pk in roles else {}
    return [person for person in people.values() if visibility.sees_post(person, post)]


def take_back(follows: list[int]) -> None:
    """Undo `carry`."""
    Follow.objects.filter(pk__in=follows).delete()
