"""What follows from the log after an import: search finds the posts, evidence knows the people, nobody is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from communities.imports.actions import import_site
from communities.imports.stackexchange.reader import Dump
from communities.imports.stackexchange.site import read_site
from experts.evidence.models import Evidence
from experts.finder.find import find
from intranet.activity import readers
from intranet.content.models import Post
from intranet.notify.following import follow
from intranet.notify.models import Level, Notification
from intranet.search.searching import search
from tests.factories.cast import Cast, make_cast
from tests.factories.stackexchange import Size, write_dump

pytestmark = pytest.mark.django_db

SIZE = Size(people=20, questions=6, answers=10, comments=12, votes=90)


@pytest.fixture
def cast(tmp_path: Path) -> Cast:
    """The cast, one of whom watches the community that a site is brought into."""
    made = make_cast()
    follow(person=made.hiba, level=Level.WATCHING, space=made.open)
    dump = Dump(write_dump(tmp_path / "site", seed=8, size=SIZE))
    import_site(actor=made.admin, site=read_site(dump), slug=made.open.slug)
    readers.catch_up_all()
    return made


def test_search_finds_what_was_imported(cast):
    title = Post.objects.threads().first().title
    assert search(cast.outsider, f'"{title}"').items[0].title == title
    assert search(cast.outsider, "circuit").counts["question"] == 6


def test_evidence_is_the_accepted_and_the_upvoted_answers(cast):
    accepted = Post.objects.filter(accepted_for__isnull=False)
    upvoted = Post.objects.filter(kind="answer", imported_score__gt=0)
    held = set(Evidence.objects.values_list("kind", "post"))
    self_accepted = {post.pk for post in accepted if post.author == post.thread.author}
    assert held == {("accepted", post.pk) for post in accepted if post.pk not in self_accepted} | {
        ("voted", post.pk) for post in upvoted
    }
    assert {line.at for line in Evidence.objects.filter(kind="voted")} == {post.created for post in upvoted}


def test_the_finder_ranks_people_of_the_old_site_by_what_they_wrote(cast):
    people = find(cast.outsider, "circuit phase")
    assert people
    assert {person.candidate.available for person in people} == {False}


def test_a_watcher_of_the_community_is_not_told_of_hundreds_of_old_posts(cast):
    assert not Notification.objects.exists()


def test_rebuilding_the_readers_changes_nothing(cast):
    before = sorted(Evidence.objects.values_list("person", "kind", "post", "at", "amount"))
    readers.rebuild(readers.reader_named("evidence"))
    assert sorted(Evidence.objects.values_list("person", "kind", "post", "at", "amount")) == before
