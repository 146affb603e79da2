"""Bringing entries in line with what they are of. Every function may be run at any time and twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import MD5, Coalesce, Concat

from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.search.kinds import TYPE_OF_POST, EntryType
from intranet.search.models import SearchEntry
from intranet.search.vectors import vector

TITLE, TOPICS, BODY, AROUND = "A", "B", "C", "D"
"""Parts of an entry. `AROUND` is the thread in which a reply stands: with it, words of the question and of the answer
find the answer together, but it is never enough by itself."""

BATCH: Final = 200
DIGEST: Final = "digest_now"
"""Name of the column that a query adds: what a person or community says now, in short."""

COLUMNS: Final = ["type", "title", "vector", "lang", "settled", "updated", "digest"]
SOLVED: Final = Q(question_detail__accepted__isnull=False) | Q(accepted_for__isnull=False)
"""A question with an accepted answer, or that answer. Named by relation, because questions live in a higher layer."""


def index_posts(ids: Collection[int]) -> None:
    """Bring the entries of these posts in line; a post that is not published has none."""
    posts = Post.objects.filter(pk__in=ids)
    published = posts.published().filter(kind__in=TYPE_OF_POST)
    SearchEntry.objects.filter(post__in=ids).exclude(post__in=published.values("pk")).delete()
    found = published.select_related("root").prefetch_related("tags", "root__tags")
    solved = set(posts.filter(SOLVED).values_list("pk", flat=True))
    _store("post", (_entry_of_post(post, post.pk in solved) for post in found))


def settle(threads: Collection[int]) -> None:
    """Bring the `settled` marks in these threads in line: an accepted answer changes its question and its rivals."""
    in_threads = Q(post__in=threads) | Q(post__root__in=threads)
    solved = Post.objects.filter(SOLVED).values("pk")
    entries = SearchEntry.objects.filter(in_threads)
    entries.filter(settled=False, post__in=solved).update(settled=True)
    entries.filter(settled=True).exclude(post__in=solved).update(settled=False)


def index_people() -> None:
    """Bring the entries of people in line: those who are active, and whose names, title or unit changed."""
    SearchEntry.objects.filter(person__is_active=False).delete()
    people = User.objects.active().select_related("unit")
    said = ("name", "name_he", "username", "title", "location", "unit__name", "unit__name_he")
    _store("person", map(_entry_of_person, _changed(people, *said)))


def index_spaces() -> None:
    """Bring the entries of communities in line: those whose name or purpose changed."""
    communities = Space.objects.communities()
    SearchEntry.objects.filter(space__isnull=False).exclude(space__in=communities.values("pk")).delete()
    _store("space", map(_entry_of_space, _changed(communities, "name", "name_he", "slug", "purpose")))


def _changed[Row: (User, Space)](rows: QuerySet[Row], *fields: str) -> QuerySet[Row]:
    """The `rows` whose fields say something else than their entry; the comparison is the database's work."""
    said = [
        part
        for field in fields
        for part in (Coalesce(F(field), Value(""), output_field=TextField()), Value("\n"))
    ]
    now = MD5(Concat(*said, output_field=TextField()))
    changed = Q(search_entry=None) | ~Q(search_entry__digest=F(DIGEST))
    return rows.annotate(**{DIGEST: now}).filter(changed)


def _entry_of_post(post: Post, solved: bool) -> SearchEntry:
    own = [(TITLE, post.title), (TOPICS, _topics(post)), (BODY, post.text)]
    around = [(AROUND, post.root.title), (AROUND, _topics(post.root))] if post.root else []
    return SearchEntry(
        post=post,
        type=TYPE_OF_POST[post.kind],
        title=post.title,
        vector=vector([*own, *around]),
        lang=post.lang,
        settled=solved,
        updated=post.edited or post.created,
    )


def _topics(post: Post) -> str:
    return " ".join(f"{tag.name} {tag.name_he}" for tag in post.tags.all())


def _entry_of_person(person: User) -> SearchEntry:
    unit = f"{person.unit.name} {person.unit.name_he}" if person.unit else ""
    names = f"{person.name} {person.name_he}".strip()
    return SearchEntry(
        person=person,
        type=EntryType.PERSON,
        title=names,
        vector=vector(
            [
                (TITLE, f"{names} {person.username}"),
                (TOPICS, person.title),
                (BODY, f"{unit} {person.location}"),
            ]
        ),
        updated=person.created,
        digest=getattr(person, DIGEST),
    )


def _entry_of_space(space: Space) -> SearchEntry:
    names = f"{space.name} {space.name_he}".strip()
    return SearchEntry(
        space=space,
        type=EntryType.COMMUNITY,
        title=names,
        vector=vector([(TITLE, f"{names} {space.slug}"), (BODY, space.purpose)]),
        lang=space.language,
        updated=space.created,
        digest=getattr(space, DIGEST),
    )


def _store(target: str, entries: Iterable[SearchEntry]) -> None:
    SearchEntry.objects.bulk_create(
        list(entries), batch_size=BATCH, update_conflicts=True, unique_fields=[target], update_fields=COLUMNS
    )
