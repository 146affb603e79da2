"""Looking first, slow mode and closing: what holds in a place until somebody changes it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.questions.models import QuestionDetail
from intranet.access.verdict import Refused
from intranet.activity import readers
from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.moderation.appeals.actions import appeal, decide_appeal
from intranet.moderation.models import Closure, Decision, Held
from intranet.moderation.standing import actions, held
from intranet.notify.models import Notification
from tests.factories import threads as make


def test_a_place_is_looked_at_first_and_a_post_comes_out_as_if_written_then(cast, clause, sign_in):
    asked = make.question(cast.noa, cast.open)
    actions.arrange(actor=cast.owner, space=cast.open, look_first=True)
    answer = make.answer(cast.hiba, asked, "Ask @alex.")
    readers.catch_up_all()
    assert answer.state == PostState.HELD
    assert QuestionDetail.objects.get(post=asked).state == "unanswered"
    waits = Notification.objects.filter(event__post=answer).values_list("recipient__username", "event__verb")
    assert list(waits) == [("hiba", "held_back")]
    assert Post.objects.visible_to(cast.alex).filter(pk=answer.pk).count() == 0
    assert "Waiting for a moderator" in sign_in(cast.hiba).get(asked.get_absolute_url()).content.decode()
    assert [row.post for row in held.waiting(cast.owner)] == [answer]
    assert list(held.waiting(cast.hiba)) == []
    pressed = sign_in(cast.owner).post(f"/moderation/held/{answer.public_id}/", {"do": "publish"})
    assert pressed.status_code == 302
    readers.catch_up_all()
    assert QuestionDetail.objects.get(post=asked).state == "answered"
    told = Notification.objects.filter(event__post=answer).values_list("recipient__username", "event__verb")
    assert set(told) == {
        ("noa", "answered"),
        ("alex", "mentioned"),
        ("hiba", "held_back"),
        ("hiba", "held_published"),
    }


def test_a_refused_post_keeps_its_text_and_its_author_can_appeal(cast, clause, sign_in):
    actions.look_first(actor=cast.owner, space=cast.open, person=cast.hiba, wanted=True)
    post = make.discussion(cast.hiba, cast.open, "Buy my bike")
    assert (post.state, make.discussion(cast.alex, cast.open).state) == ("held", "published")
    said = {"clause": "terms#kind-words", "note": "There is a board for that."}
    assert sign_in(cast.owner).post(f"/moderation/held/{post.public_id}/", said).status_code == 302
    decision = Decision.objects.get()
    page = sign_in(cast.hiba).get(decision.get_absolute_url()).content.decode()
    assert "There is a board for that." in page
    made = appeal(appellant=cast.hiba, against=decision, text="It is a work bike.")
    decide_appeal(actor=cast.moderator, appeal=made, overturned=True, note="So it is.")
    post.refresh_from_db()
    assert (post.state, Held.objects.count()) == (PostState.PUBLISHED, 0)


def test_a_held_post_is_published_once(cast, clause):
    actions.arrange(actor=cast.owner, space=cast.open, look_first=True)
    post = make.discussion(cast.hiba, cast.open)
    held.publish(actor=cast.owner, post=post)
    with pytest.raises(Refused) as refused:
        held.publish(actor=cast.moderator, post=post)
    assert refused.value.verdict.code == "not_held"


def test_two_presses_have_a_person_looked_at_first(cast, clause, sign_in):
    post = make.discussion(cast.hiba, cast.open)
    client = sign_in(cast.owner)
    page = client.get(f"/p/{post.public_id}/more/").content.decode()
    address = f"/moderation/places/open-talk/look-first/?wanted=1&post={post.public_id}"
    assert address.replace("&", "&amp;") in page
    assert client.post(address, {"person": "hiba"}).url == post.get_absolute_url()
    assert make.discussion(cast.hiba, cast.open, "Next").state == PostState.HELD
    assert sign_in(cast.alex).post(address, {"person": "hiba"}).status_code == 404


def test_slow_mode_makes_one_wait_and_keeps_the_text(cast, sign_in):
    actions.arrange(actor=cast.owner, space=cast.open, slow_seconds=600)
    root = make.discussion(cast.owner, cast.open)
    client = sign_in(cast.hiba)
    address = f"/p/{root.public_id}/reply/"
    assert client.post(address, {"source": "First", "client_token": "token-0001"}).status_code == 302
    second = client.post(address, {"source": "My second thought", "client_token": "token-0002"})
    assert (second.status_code, "My second thought" in second.content.decode()) == (429, True)
    make.reply(cast.owner, root, "Those who run it do not wait.")


@pytest.mark.parametrize("solved", [True, False])
def test_quiet_threads_are_closed_once_and_opened_for_good(cast, sign_in, solved):
    now = timezone.now()
    old = make.question(cast.noa, cast.open, "Old", at=now - timedelta(days=40))
    fresh = make.question(cast.noa, cast.open, "Fresh", at=now - timedelta(days=3))
    QuestionDetail.objects.update(state="solved" if solved else "unanswered")
    field = "close_solved_after_days" if solved else "close_after_days"
    actions.arrange(actor=cast.owner, space=cast.open, **{field: 30})
    assert (actions.close_quiet(now), actions.close_quiet(now)) == (1, 0)
    assert list(Closure.objects.values_list("post", flat=True)) == [old.pk]
    page = sign_in(cast.hiba).get(old.get_absolute_url()).content.decode()
    assert "so it was closed" in page
    with pytest.raises(Refused) as refused:
        make.answer(cast.hiba, old)
    assert refused.value.verdict.code == "closed"
    make.answer(cast.hiba, fresh)
    assert sign_in(cast.owner).post(f"/moderation/reopen/{old.public_id}/").status_code == 302
    assert actions.close_quiet(now) == 0
    make.answer(cast.hiba, old)
