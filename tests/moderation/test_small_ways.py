"""Ways between pages: a comment under a blog post is edited, the badge counts, arrangements are a press away."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blogs.actions import EntryText, publish, save_draft
from blogs.roots import open_blog
from intranet.content.public_ids import new_public_id
from intranet.moderation import actions, locks
from intranet.moderation.appeals.actions import appeal
from intranet.moderation.frame import cases_desk
from intranet.moderation.standing import actions as standing
from intranet.posting import actions as posting
from intranet.posting.verbs import COMMENTED
from tests.factories import threads as make


@pytest.fixture
def comment(cast):
    """A comment of Hiba under a blog post of Noa."""
    text = EntryText(title="Forty gearboxes", source="The seals were fine.")
    draft = save_draft(
        author=cast.noa, blog=open_blog(owner=cast.noa), key=new_public_id(), text=text, version=0
    )
    entry = publish(author=cast.noa, page=draft)
    return posting.reply(
        author=cast.hiba, parent=entry, kind="comment", source="He broke it.", verb=COMMENTED
    ).post


def test_who_is_asked_to_edit_a_comment_under_a_blog_post_can(cast, clause, comment, sign_in) -> None:
    case = actions.flag(reporter=cast.alex, post=comment, clause=clause).case
    decision = actions.decide(
        actor=cast.moderator, case=case, outcome="ask_to_edit", clause=clause, note="Leave him out."
    )
    hiba = sign_in(cast.hiba)
    address = f"/p/{comment.public_id}/edit/"
    assert address in hiba.get(f"/moderation/decisions/{decision.pk}/").content.decode()
    assert address in hiba.get(comment.root.get_absolute_url()).content.decode()
    form = {"source": "It broke.", "base_revision": "1"}
    assert sign_in(cast.alex).post(address, form).status_code == 403
    assert hiba.post(address, form).headers["Location"] == comment.get_absolute_url()
    comment.refresh_from_db()
    assert comment.source == "It broke."
    actions.decide(actor=cast.moderator, case=case, outcome="accepted", clause=clause)


def test_the_badge_counts_cases_held_posts_changes_and_appeals_in_one_query(
    cast, clause, question, decide
) -> None:
    assert [place.count for place in cases_desk(cast.moderator)] == [1]
    decision = decide("hide")
    appeal(appellant=cast.noa, against=decision, text="Please look again.")
    standing.look_first(actor=cast.moderator, space=cast.open, person=cast.hiba, wanted=True)
    make.discussion(cast.hiba, cast.open)
    assert [place.count for place in cases_desk(cast.admin)] == [2]
    assert [place.count for place in cases_desk(cast.moderator)] == [1]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        cases_desk(cast.admin)
    assert len(asked) == 1


def test_a_community_leads_its_moderators_to_its_arrangements(cast, sign_in) -> None:
    address = f"/moderation/places/{cast.open.slug}/"
    assert address in sign_in(cast.owner).get(cast.open.get_absolute_url()).content.decode()
    assert address not in sign_in(cast.hiba).get(cast.open.get_absolute_url()).content.decode()


def test_a_lock_notice_says_when_the_text_changed_since(cast, clause, sign_in) -> None:
    cast.noa.language = "en"
    cast.noa.save(update_fields=["language"])
    post = make.discussion(cast.noa, cast.open)
    lock = locks.lock(actor=cast.moderator, post=post, clause=clause, scope="replies")
    address, words = f"/moderation/locks/{lock.pk}/", "The text was changed since"
    assert words not in sign_in(cast.noa).get(address).content.decode()
    posting.edit(editor=cast.noa, post=post, source="On Wednesday.", base_revision=1)
    assert words in sign_in(cast.noa).get(address).content.decode()


def test_queries_of_a_thread_do_not_grow_with_own_posts_that_wait(cast, sign_in) -> None:
    thread = make.discussion(cast.noa, cast.open)
    standing.look_first(actor=cast.moderator, space=cast.open, person=cast.hiba, wanted=True)
    hiba, counts = sign_in(cast.hiba), []
    for _number in range(3):
        make.reply(cast.hiba, thread)
        with CaptureQueriesContext(connection) as asked:
            assert "This waits for a moderator." in hiba.get(thread.get_absolute_url()).content.decode()
        counts.append(len(asked))
    assert counts[1] == counts[2]
