"""The rule of visibility in its two shapes, a condition for lists and a boolean for one, for everybody and everything."""

from __future__ import annotations

import pytest

from intranet.access import visibility
from intranet.access.readers import Reader, kind_of
from intranet.content import guard
from intranet.content.kinds import PostState, SpaceKind
from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.policies.rooms import room_for
from intranet.runtime.prepared import Prepared
from tests.factories.cast import Cast, join, make_cast

STATES = list(PostState)


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, in spaces of every visibility, with a thread and a reply in every pair of states."""
    cast = make_cast()
    cast.spaces["blog"] = Space.objects.create(slug="noa-writes", name="Noa writes", kind=SpaceKind.BLOG)
    join(cast.spaces["blog"], cast.noa, role="owner")
    join(cast.spaces["secret"], cast.hiba, role="moderator")
    join(cast.spaces["request"], cast.km, role="manager")
    cast.noa.manager = cast.alex
    cast.noa.save()
    cast.spaces |= {
        room_for(audience).slug: room_for(audience) for audience in ("managers", "guests", "everyone")
    }
    for space in cast.spaces.values():
        for state in STATES:
            _thread(cast, space, state)
    return cast


def _thread(cast: Cast, space: Space, state: PostState) -> None:
    with guard.opened():
        root = Post.objects.create(
            kind="discussion", space=space, author=cast.noa, state=state, title=f"{space.slug} {state}"
        )
        for number, reply_state in enumerate(STATES, 1):
            Post.objects.create(
                kind="reply",
                space=space,
                author=cast.alex,
                root=root,
                parent=root,
                number=number,
                state=reply_state,
            )


def _fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        (visibility.spaces_seen_by, visibility.sees_space),
        (visibility.spaces_entered_by, visibility.enters_space),
        (visibility.spaces_moderated_by, visibility.moderates_space),
        (visibility.spaces_run_by, visibility.runs_space),
        (visibility.spaces_reviewed_by, visibility.reviews_space),
    ],
    ids=["knows of", "sees into", "moderates", "runs", "reviews"],
)
def test_spaces(cast, listed, asked):
    for person in map(_fresh, cast.people.values()):
        by_list = set(Space.objects.filter(listed(person)).values_list("slug", flat=True))
        one_by_one = {space.slug for space in Space.objects.all() if asked(person, space)}
        assert by_list == one_by_one, person.username


def test_posts(cast):
    posts = list(Post.objects.select_related("space", "root__space"))
    assert len(posts) == len(cast.spaces) * len(STATES) * (1 + len(STATES))
    for person in map(_fresh, cast.people.values()):
        by_list = set(Post.objects.visible_to(person).values_list("pk", flat=True))
        one_by_one = {post.pk for post in posts if visibility.sees_post(person, post)}
        assert by_list == one_by_one, person.username


def test_people(cast):
    for reader in map(_fresh, cast.people.values()):
        by_list = set(User.objects.visible_to(reader).values_list("username", flat=True))
        one_by_one = {
            person.username
            for person in map(_fresh, cast.people.values())
            if visibility.sees_person(reader, person)
        }
        assert by_list == one_by_one, reader.username


def test_what_the_rule_says(cast):
    """Who sees the published thread of each space: the rule in words, checked against the code."""
    seen = {
        name: {
            space.slug
            for space in cast.spaces.values()
            if Post.objects.visible_to(_fresh(person))
            .filter(space=space, root=None, state="published")
            .exists()
        }
        for name, person in cast.people.items()
    }
    open_to_all = {"open-talk", "partners", "noa-writes", "policies-everyone"}
    everywhere = open_to_all | {"by-request", "merger"}
    managers, guests = {"policies-managers"}, {"policies-guests"}
    assert seen == {
        "noa": everywhere,
        "alex": everywhere | managers,
        "owner": everywhere,
        "hiba": open_to_all | {"merger"},
        "outsider": open_to_all,
        "former": open_to_all,
        "moderator": open_to_all | {"by-request"} | managers | guests,
        "moderator2": open_to_all | {"by-request"} | managers | guests,
        "admin": open_to_all | {"by-request"} | managers | guests,
        "km": open_to_all | {"by-request"},
        "guest": {"partners", "policies-everyone"} | guests,
        "suspended": open_to_all,
        "inactive": set(),
    }


def test_a_prepared_query_gives_every_reader_their_own_posts(cast: Cast) -> None:
    prepared = Prepared(
        lambda guest, moderates, keeps, me: Post.objects.visible_to(
            Reader(me, guest, moderates, keeps)
        ).order_by("pk")
    )
    for reader in User.objects.active():
        seen = list(Post.objects.visible_to(reader).order_by("pk"))
        assert prepared.all(*kind_of(reader), me=reader.pk) == seen
        assert prepared.count(*kind_of(reader), me=reader.pk) == len(seen)
