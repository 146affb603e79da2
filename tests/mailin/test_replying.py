"""A reply by mail is a post like any other, or a sentence that says why not; nothing else gets in."""

from email.message import EmailMessage
from io import BytesIO, StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from communities.questions.models import QuestionDetail
from intranet.content.models import Draft, Membership, Post
from intranet.mailin import addresses
from intranet.mailin.addresses import address_for, claim_in
from intranet.mailin.models import ReceivedMail
from intranet.mailin.receiving import NotForUs, receive
from intranet.moderation.penalties.models import Penalty
from tests.factories import threads as make

QUOTED = "\n\nOn Mon, 2 Mar 2026 at 10:22, Noa <noa@kesher.example> wrote:\n> Which oil?\n"


@pytest.fixture
def asked(cast) -> Post:
    return make.question(cast.noa, cast.open)


@pytest.fixture
def delivered(django_capture_on_commit_callbacks):
    """`delivered(deed)` does it and lets its mails go out; what it returned."""

    def run(deed):
        with django_capture_on_commit_callbacks(execute=True):
            return deed()

    return run


def test_a_reply_answers_the_question_and_settles_it(cast, asked, reply) -> None:
    received = reply(cast.alex, asked, f"Use VG 220.{QUOTED}")
    assert (received.outcome, received.post.kind, received.post.source) == ("posted", "answer", "Use VG 220.")
    assert (received.post.author, received.post.root) == (cast.alex, asked)
    assert QuestionDetail.objects.get(post=asked).state == "answered"


def test_a_reply_to_an_answer_is_a_comment_and_in_a_talk_a_reply(cast, asked, reply) -> None:
    answered = make.answer(cast.alex, asked)
    comment = reply(cast.noa, answered, "תודה, זה עבד.").post
    assert (comment.kind, comment.parent) == ("comment", answered)
    talk = make.discussion(cast.noa, cast.open)
    said = reply(cast.alex, talk, "Agreed.").post
    assert (said.kind, said.parent) == ("reply", talk)


def test_the_same_message_posts_once(cast, asked, reply) -> None:
    outcomes = [reply(cast.alex, asked, "Once.", Message_ID="<same@x>").outcome for _ in range(3)]
    assert outcomes == ["posted", "again", "again"]
    assert Post.objects.filter(root=asked).count() == 1


def test_another_sender_posts_nothing_and_the_person_hears_of_it(cast, asked, reply, delivered) -> None:
    received = delivered(lambda: reply(cast.alex, asked, "Buy now", From="Somebody <other@x.example>"))
    assert (received.outcome, Post.objects.filter(root=asked).count()) == ("other_address", 0)
    (told,) = mail.outbox
    assert told.to == ["alex@kesher.example"]
    assert "Buy now" not in told.body
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"X_Auto_Response_Suppress": "All"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"List_Id": "<news.example>"},
        {"X_Autoreply": "yes"},
    ],
)
def test_what_a_machine_sends_is_dropped_and_not_answered(cast, asked, reply, delivered, headers) -> None:
    received = delivered(lambda: reply(cast.alex, asked, "I am away until Sunday.", **headers))
    assert (received.outcome, mail.outbox, ReceivedMail.objects.count()) == ("machine", [], 0)
    assert Post.objects.filter(root=asked).count() == 0


def test_a_lock_is_told_by_mail_with_its_clause_and_the_text_is_kept(cast, asked, reply, delivered) -> None:
    lock = make.lock(cast.moderator, asked)
    cast.alex.language = "he"
    cast.alex.save(update_fields=["language"])
    received = delivered(lambda: reply(cast.alex, asked, f"My answer.{QUOTED}"))
    assert (received.outcome, Post.objects.filter(root=asked).count()) == ("locked", 0)
    assert Draft.objects.get(person=cast.alex, key=f"reply:{asked.public_id}").body == {
        "source": "My answer."
    }
    (told,) = mail.outbox
    assert (told.to, told.extra_headers["Auto-Submitted"]) == (["alex@kesher.example"], "auto-replied")
    for words in (lock.clause.get_absolute_url(), "My answer.", asked.get_absolute_url()):
        assert words in told.body


def test_a_refused_text_waits_in_the_form_of_the_page(cast, asked, reply, client) -> None:
    lock = make.lock(cast.moderator, asked)
    reply(cast.alex, asked, "My answer.")
    from intranet.moderation import locks

    locks.release(actor=cast.moderator, lock=lock)
    client.force_login(cast.alex)
    assert "My answer." in client.get(asked.get_absolute_url()).content.decode()


def test_what_one_may_not_see_any_more_looks_like_what_is_not_there(cast, reply, delivered) -> None:
    hidden = make.question(cast.owner, cast.secret)
    Membership.objects.get_or_create(space=cast.secret, person=cast.alex)
    address = address_for(cast.alex, hidden)
    Membership.objects.filter(space=cast.secret, person=cast.alex).delete()
    received = delivered(lambda: reply(cast.alex, hidden, "Late.", To=address))
    assert (received.outcome, received.post) == ("not_found", None)
    (told,) = mail.outbox
    assert hidden.title not in told.body
    assert "Late." in told.body


def test_suspended_people_read_why_and_those_who_left_get_nothing(cast, asked, reply, delivered) -> None:
    from datetime import timedelta

    from django.utils import timezone

    cast.alex.suspended_until = timezone.now() + timedelta(days=1)
    cast.alex.save(update_fields=["suspended_until"])
    assert delivered(lambda: reply(cast.alex, asked, "Still here.")).outcome == "suspended"
    cast.alex.is_active = False
    cast.alex.save(update_fields=["is_active"])
    assert delivered(lambda: reply(cast.alex, asked, "Still here.")).outcome == "stranger"
    assert (len(mail.outbox), Penalty.objects.count(), Post.objects.filter(root=asked).count()) == (1, 0, 0)


def test_an_old_address_keeps_the_text(cast, asked, reply, monkeypatch) -> None:
    address = address_for(cast.alex, asked)
    today = addresses._today()
    monkeypatch.setattr(addresses, "_today", lambda: today + 31)
    assert reply(cast.alex, asked, "Late.", To=address).outcome == "expired"
    assert Draft.objects.get(person=cast.alex).body == {"source": "Late."}


def test_a_token_is_for_one_person_one_post_and_cannot_be_changed(cast, asked) -> None:
    address = address_for(cast.alex, asked)
    claim = claim_in(f"Kesher <{address.upper()}>, other@x.example")
    assert (claim.person, claim.post, claim.expired) == (cast.alex.pk, asked.pk, False)
    assert len(address.partition("@")[0]) <= 64
    for place in range(6, 42):
        other = "a" if address[place] != "a" else "b"
        assert claim_in(address[:place] + other + address[place + 1 :]) is None
    assert claim_in(address.replace("mail.kesher", "evil")) is None


def test_pages_and_attachments_of_a_mail_leave_only_words(cast, asked) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "alex@kesher.example", address_for(cast.alex, asked)
    message["Message-ID"] = "<html@x>"
    page = "<div>Line <b>one</b></div><div>שתיים</div><blockquote>old</blockquote><script>x()</script>"
    message.set_content(page, subtype="html")
    message.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="a.exe")
    assert receive(message.as_bytes()).post.source == "Line one\n\nשתיים"


def test_the_command_takes_a_message_and_tells_the_mail_server_what_is_not_ours(
    cast, asked, monkeypatch, settings
) -> None:
    def piped(raw: bytes, **options: str) -> str:
        said = StringIO()
        monkeypatch.setattr("sys.stdin", type("Pipe", (), {"buffer": BytesIO(raw)})())
        call_command("receive_mail", stdout=said, **options)
        return said.getvalue().strip()

    letter = b"From: alex@kesher.example\r\nMessage-ID: <1@x>\r\nTo: undisclosed\r\n\r\nBy pipe.\r\n"
    assert piped(letter, to=address_for(cast.alex, asked)).startswith("posted /t/")
    assert Post.objects.get(root=asked).source == "By pipe."
    for raw, options in ((letter, {}), (b"\xff\x00", {}), (b"x" * 10_000_001, {"to": "a@b"})):
        with pytest.raises(CommandError) as refused:
            piped(raw, **options)
        assert refused.value.returncode in (65, 67)
    settings.REPLY_DOMAIN = ""
    with pytest.raises(NotForUs):
        receive(letter)
