"""Writing on pages: what is stored, what is refused, and that no typed text is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from communities.joining import actions as joining
from communities.questions import actions as questions
from communities.questions.models import QuestionDetail
from intranet.content.kinds import Posting
from intranet.content.models import Draft, Post
from tests.factories import threads as make
from tests.factories.cast import PASSWORD

TYPED = "After forty minutes the zero moves by 0.06 N·m."


def ask(client: Client, slug: str = "open-talk", **more):
    sent = {
        "title": "Which limit applies?",
        "source": TYPED,
        "tags": "AX-40, torque",
        "client_token": "token-0001",
    }
    return client.post(f"/c/{slug}/ask/", sent | more)


def test_asking_leads_to_the_question(cast, sign_in):
    answer = ask(sign_in(cast.alex), disclosures=["ai_assisted"])
    post = Post.objects.get()
    assert answer.url == f"/t/{post.public_id}/"
    assert [tag.name for tag in post.tags.all()] == ["AX-40", "torque"]
    assert [row.kind for row in post.disclosures.all()] == ["ai_assisted"]
    assert QuestionDetail.objects.get(post=post).state == "unanswered"


def test_a_double_click_asks_once(cast, sign_in):
    alex = sign_in(cast.alex)
    assert ask(alex).url == ask(alex).url
    assert Post.objects.count() == 1


def test_starting_a_discussion(cast, sign_in):
    sent = {"kind": "idea", "title": "A second rig", "source": "…", "client_token": "token-0001"}
    sign_in(cast.alex).post("/c/open-talk/start/", sent)
    assert Post.objects.get().kind == "idea"


def refused(response, status: int, sentence: str, typed: str = TYPED) -> None:
    """The page says why and holds the text."""
    page = response.content.decode()
    assert response.status_code == status
    assert sentence in page
    assert typed in page


def test_a_text_that_is_too_long_comes_back(cast, sign_in):
    long = "x" * 20_001
    refused(ask(sign_in(cast.alex), source=long), 422, "up to 20,000 characters", long)
    assert Post.objects.count() == 0
    assert Draft.objects.get().body["source"] == long


def test_a_question_without_a_title_comes_back(cast, sign_in):
    refused(ask(sign_in(cast.alex), title=" "), 422, "Give it a title.")


def test_nul_is_refused_in_one_sentence(cast, sign_in):
    refused(ask(sign_in(cast.alex), source="a\x00b " + TYPED), 422, "Null characters are not allowed.")
    assert Post.objects.count() == 0


def test_an_empty_answer_is_refused(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    sent = {"source": "  ", "client_token": "token-0001"}
    response = sign_in(cast.alex).post(f"/p/{asked.public_id}/reply/", sent)
    refused(response, 422, "Write something first.", "")


def test_a_thread_locked_meanwhile_keeps_the_answer(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    make.lock(cast.moderator, asked)
    sent = {"source": TYPED, "client_token": "token-0001"}
    response = sign_in(cast.alex).post(f"/p/{asked.public_id}/reply/", sent)
    refused(response, 403, "This is locked under Working with suppliers, 2, version 1.")
    assert Draft.objects.get(person=cast.alex).body["source"] == TYPED


def test_an_archived_community_keeps_the_text(cast, sign_in):
    cast.open.archived_at = timezone.now()
    cast.open.save()
    refused(ask(sign_in(cast.alex)), 403, "This community is archived and can only be read.")


def test_a_stranger_to_the_community_keeps_the_text(cast, sign_in):
    refused(ask(sign_in(cast.outsider)), 403, "Join this community to write in it.")


def test_announce_only_keeps_the_text(cast, sign_in):
    cast.open.posting = Posting.MANAGERS
    cast.open.save()
    refused(ask(sign_in(cast.alex)), 403, "Only its owners and managers write here.")


def test_somebody_whose_right_is_paused_keeps_the_text(cast, sign_in):
    refused(ask(sign_in(cast.suspended)), 403, "Your right to write is paused.")


def test_too_fast_keeps_the_text(cast, sign_in):
    for n in range(30):
        make.question(cast.alex, cast.open, f"Question {n}")
    refused(ask(sign_in(cast.alex)), 429, "That is a lot in one minute.")


def test_another_text_under_the_same_form_number_keeps_the_text(cast, sign_in):
    alex = sign_in(cast.alex)
    ask(alex, source="The first text")
    refused(ask(alex), 409, "This form was already sent with another text.")


def test_a_text_sent_after_the_session_ended_comes_back_after_sign_in(cast):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.alex)
    page = browser.get("/c/open-talk/ask/").content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[-1].split('"')[0]
    del browser.cookies["sessionid"]
    sent = {"title": "Which limit?", "source": TYPED, "tags": "AX-40", "client_token": "token-0001"}
    away = browser.post("/c/open-talk/ask/", sent | {"writer": "alex", "csrfmiddlewaretoken": token})
    assert away.url == "/accounts/login/?next=/c/open-talk/ask/"
    assert Post.objects.count() == 0
    browser.force_login(cast.alex)
    back = browser.get("/c/open-talk/ask/").content.decode()
    assert TYPED in back and 'value="Which limit?"' in back and 'value="token-0001"' in back
    assert "You were signed out when you sent this." in back
    assert TYPED not in browser.get("/c/open-talk/ask/").content.decode()


def test_such_a_text_is_not_shown_to_the_next_person_at_this_browser(cast):
    browser = Client()
    sent = {"title": "T", "source": TYPED, "client_token": "token-0001", "writer": "alex"}
    browser.post("/c/open-talk/ask/", sent)
    browser.force_login(cast.hiba)
    assert TYPED not in browser.get("/c/open-talk/ask/").content.decode()


def test_signing_in_with_a_password_keeps_it_too(cast):
    browser = Client()
    sent = {"title": "T", "source": TYPED, "client_token": "token-0001", "writer": "alex"}
    away = browser.post("/c/open-talk/ask/", sent)
    entered = browser.post(away.url, {"login": "alex", "password": PASSWORD})
    assert entered.url == "/c/open-talk/ask/"
    assert TYPED in browser.get(entered.url).content.decode()


def test_an_edit_on_an_old_revision_shows_both_texts(cast, sign_in):
    asked = make.question(cast.alex, cast.open, source="One")
    alex = sign_in(cast.alex)
    first = {"title": asked.title, "source": "Two", "tags": "", "base_revision": "1"}
    alex.post(f"/p/{asked.public_id}/edit/", first)
    conflict = alex.post(f"/p/{asked.public_id}/edit/", first | {"source": "Three"})
    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert ">Two</textarea>" in page and "\nThree</textarea>" in page
    assert 'name="base_revision" value="2"' in page
    alex.post(f"/p/{asked.public_id}/edit/", first | {"source": "Three", "base_revision": "2"})
    asked.refresh_from_db()
    assert (asked.source, asked.revision, [r.source for r in asked.revisions.all()]) == (
        "Three",
        3,
        ["One", "Two"],
    )


def test_only_the_author_edits(cast, sign_in):
    asked = make.question(cast.alex, cast.open, source="One")
    sent = {"title": "T", "source": "Taken over", "tags": "", "base_revision": "1"}
    assert sign_in(cast.hiba).post(f"/p/{asked.public_id}/edit/", sent).status_code == 403
    asked.refresh_from_db()
    assert asked.source == "One"


def test_a_vote_with_and_without_a_script(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    alex, address = sign_in(cast.alex), f"/t/{asked.public_id}/deed/"
    assert alex.post(address, {"vote": f"{asked.public_id}:1"}).url == asked.get_absolute_url()
    said = alex.post(address, {"vote": f"{asked.public_id}:-1"}, headers={"X-Requested-With": "fetch"})
    assert said.json() == {"score": -1, "mine": -1}
    own = sign_in(cast.noa).post(
        address, {"vote": f"{asked.public_id}:1"}, headers={"X-Requested-With": "fetch"}
    )
    assert (own.status_code, own.json()["error"]["code"]) == (403, "own_post")
    for nonsense in ("", "x", f"{asked.public_id}:7", f"{asked.public_id}"):
        assert alex.post(address, {"vote": nonsense}).status_code == 404


def test_a_question_moves_from_unanswered_to_solved_and_back(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    noa = sign_in(cast.noa)

    def state() -> str:
        return QuestionDetail.objects.get(post=asked).state

    answered = make.answer(cast.hiba, asked)
    assert state() == "answered"
    noa.post(f"/t/{asked.public_id}/deed/", {"accept": f"{answered.public_id}:1"})
    assert state() == "solved"
    noa.post(f"/t/{asked.public_id}/deed/", {"accept": f"{answered.public_id}:0"})
    assert state() == "answered"
    questions.accept(actor=cast.noa, question=asked, answer=answered)
    sign_in(cast.hiba).post(f"/p/{answered.public_id}/remove/")
    detail = QuestionDetail.objects.get(post=asked)
    assert (detail.state, detail.accepted, detail.first_answer) == ("unanswered", None, None)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("noa", True),
        ("owner", True),
        ("moderator", True),
        ("alex", True),
        ("outsider", False),
        ("hiba", False),
    ],
    ids=["who asked", "the owner", "a moderator", "an expert", "a colleague", "who answered"],
)
def test_who_accepts(cast, sign_in, who, may):
    joining.add(actor=cast.owner, space=cast.open, person=cast.alex, role="expert")
    asked = make.question(cast.noa, cast.open)
    answered = make.answer(cast.hiba, asked)
    sent = sign_in(cast.people[who]).post(
        f"/t/{asked.public_id}/deed/", {"accept": f"{answered.public_id}:1"}
    )
    assert sent.status_code == (302 if may else 403)
    assert QuestionDetail.objects.get(post=asked).accepted_by == (cast.people[who] if may else None)


def test_nobody_but_the_asker_accepts_an_answer_of_their_own(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    own, by_owner = make.answer(cast.noa, asked), make.answer(cast.owner, asked)
    address = f"/t/{asked.public_id}/deed/"
    assert sign_in(cast.owner).post(address, {"accept": f"{by_owner.public_id}:1"}).status_code == 403
    assert sign_in(cast.noa).post(address, {"accept": f"{own.public_id}:1"}).status_code == 302


def test_an_answer_is_due_by_the_charter_of_the_community(cast):
    cast.open.charter.answer_within_hours = 4
    cast.open.charter.save()
    sunday_ten = timezone.now().replace(
        year=2026, month=11, day=22, hour=8, minute=0, second=0, microsecond=0
    )
    asked = make.question(cast.noa, cast.open, at=sunday_ten)
    assert QuestionDetail.objects.get(post=asked).due == sunday_ten + timedelta(hours=4)


def test_comments_hang_below_what_they_are_about(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    answered = make.answer(cast.hiba, asked)
    noa = sign_in(cast.noa)
    noa.post(f"/p/{answered.public_id}/reply/", {"source": "Which rig?", "client_token": "token-0001"})
    noted = Post.objects.get(source="Which rig?")
    noa.post(f"/p/{noted.public_id}/reply/", {"source": "And when?", "client_token": "token-0002"})
    noa.post(f"/p/{asked.public_id}/reply/?as=comment", {"source": "On B.", "client_token": "token-0003"})
    below = {post.source: (post.kind, post.parent) for post in Post.objects.filter(kind="comment")}
    assert below == {
        "Which rig?": ("comment", answered),
        "And when?": ("comment", answered),
        "On B.": ("comment", asked),
    }
