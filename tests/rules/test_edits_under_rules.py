"""What rules do when a text is changed: what an edit adds is judged like a new post, and readers keep what they have."""

import pytest
from django.test import Client

from communities.verbs import REPLIED
from intranet.access.verdict import Refused
from intranet.activity import readers
from intranet.activity.models import Event
from intranet.content.kinds import PostKind, PostState
from intranet.content.models import Draft, Post
from intranet.moderation import locks
from intranet.moderation.appeals.actions import appeal, decide_appeal
from intranet.moderation.cases.deciding import undo
from intranet.moderation.models import Case, Decision, Flag, HeldEdit, Lock
from intranet.moderation.standing import actions as standing
from intranet.moderation.standing import edits
from intranet.people.models import ApiToken
from intranet.policies.disclosing import said_about
from intranet.posting import actions as posting
from intranet.rules.models import Judgement
from tests.factories import threads as make
from tests.factories.knowledge import answer, ask

SECRET = "זה קשור בסוד המסחרי שלנו"


def code_of(deed) -> str:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.verdict.code


@pytest.fixture
def visits():
    def make(person) -> Client:
        client = Client(headers={"Authorization": f"Bearer {ApiToken.issue(person, 'a program')}"})
        client.force_login(person)
        return client

    return make


@pytest.fixture
def waiting(cast, rule) -> Post:
    """A question of Noa whose change waits under a rule."""
    rule("hold")
    post = ask(cast.noa, cast.open, "Gear oil", source="Which oil?")
    posting.edit(editor=cast.noa, post=post, source=SECRET, base_revision=1)
    post.refresh_from_db()
    return post


def test_an_edit_that_a_rule_would_hold_waits_and_readers_keep_the_post(cast, waiting, clause) -> None:
    held = HeldEdit.objects.get(post=waiting)
    assert (waiting.source, waiting.revision, waiting.state) == ("Which oil?", 1, PostState.PUBLISHED)
    assert (held.source, held.clause, held.rule, held.excerpt) == (
        SECRET,
        clause,
        "Rule to hold",
        "בסוד המסחרי",
    )
    assert list(edits.waiting_edits(cast.moderator)) == [held]
    assert list(edits.waiting_edits(cast.hiba)) == []
    assert Case.objects.count() == 0


def test_a_moderator_publishes_the_change_in_the_name_of_its_author(cast, waiting) -> None:
    published = edits.publish_edit(actor=cast.moderator, post=waiting)
    assert (published.source, published.revision) == (SECRET, 2)
    assert published.revisions.get().editor == cast.noa
    assert (HeldEdit.objects.count(), Flag.objects.count()) == (0, 0)
    assert [len(each.hits) for each in Judgement.objects.filter(post=waiting, revision=2)] == [1]


def test_nobody_publishes_their_own_change_and_no_lock_is_slipped_past(cast, waiting, clause) -> None:
    assert code_of(lambda: edits.publish_edit(actor=cast.hiba, post=waiting)) == "not_moderator"
    locks.lock(actor=cast.moderator, post=waiting, clause=clause, scope="edits")
    assert code_of(lambda: edits.publish_edit(actor=cast.moderator, post=waiting)) == "locked"
    waiting.refresh_from_db()
    assert waiting.source == "Which oil?"


def test_a_change_that_was_overtaken_is_not_published(cast, waiting) -> None:
    posting.edit(editor=cast.moderator, post=waiting, source="Which gear oil?", base_revision=1)
    assert code_of(lambda: edits.publish_edit(actor=cast.moderator, post=waiting)) == "not_held"


def test_a_refused_change_is_told_with_its_clause_kept_and_can_be_appealed(cast, waiting, clause) -> None:
    said = {"clause": clause, "note": "Leave the process out."}
    decision = edits.refuse_edit(actor=cast.moderator, post=waiting, **said)
    assert (decision.outcome, decision.snapshot["source"], decision.case.state) == (
        "refuse_edit",
        SECRET,
        "decided",
    )
    assert Event.objects.filter(verb="edit_refused", about=cast.noa, data__ref=decision.pk).count() == 1
    assert HeldEdit.objects.count() == 0
    appealed = appeal(appellant=cast.noa, against=decision, text="It is in our catalogue.")
    decide_appeal(actor=cast.admin, appeal=appealed, overturned=True, note="So it is.")
    waiting.refresh_from_db()
    assert (waiting.source, waiting.revision) == (SECRET, 2)


def test_a_refusal_taken_back_lets_the_change_wait_again(cast, waiting, clause) -> None:
    decision = edits.refuse_edit(actor=cast.moderator, post=waiting, clause=clause, note="No.")
    undo(actor=cast.moderator, decision=decision)
    assert HeldEdit.objects.get().source == SECRET


def test_what_the_post_said_before_is_not_held_again_and_what_is_added_is(cast, rule) -> None:
    post = ask(cast.noa, cast.open, "Gear oil", source="A trade secret.")
    rule("hold")
    posting.edit(editor=cast.noa, post=post, source="A trade secret.\n\nSolved.", base_revision=1)
    assert HeldEdit.objects.count() == 0
    posting.edit(
        editor=cast.noa, post=post, source="A trade secret.\n\nAnother trade secret!", base_revision=2
    )
    assert HeldEdit.objects.count() == 1


def test_putting_the_text_right_takes_the_waiting_change_back(cast, waiting) -> None:
    posting.edit(editor=cast.noa, post=waiting, source="Which oil, please?", base_revision=1)
    waiting.refresh_from_db()
    assert (waiting.source, HeldEdit.objects.count()) == ("Which oil, please?", 0)


def test_where_a_place_is_looked_at_first_so_are_its_edits(cast) -> None:
    post = ask(cast.noa, cast.open, "Gear oil", source="Which oil?")
    standing.look_first(actor=cast.moderator, space=cast.open, person=cast.noa, wanted=True)
    posting.edit(editor=cast.noa, post=post, source="Buy my oil", base_revision=1)
    held = HeldEdit.objects.get()
    assert (held.source, held.clause, held.rule) == ("Buy my oil", None, "")


def test_an_edit_asks_for_the_disclosure_and_takes_it(cast, rule, visits) -> None:
    rule("disclose", then="interest")
    post = make.discussion(cast.noa, cast.open, "Gear oil")
    form = {"title": "Gear oil", "source": "A trade secret", "tags": "", "base_revision": "1"}
    noa = visits(cast.noa)
    answered = noa.post(f"/p/{post.public_id}/edit/", form)
    assert answered.status_code == 422
    assert "A trade secret" in answered.content.decode()
    assert Draft.objects.get(person=cast.noa, key=f"edit:{post.public_id}").body["source"] == "A trade secret"
    form |= {"disclosures": "interest", "disclosures-interest": "A cousin sells it"}
    assert noa.post(f"/p/{post.public_id}/edit/", form).status_code == 302
    assert said_about(post) == ["interest=A cousin sells it"]
    assert 'value="A cousin sells it"' in noa.get(f"/p/{post.public_id}/edit/").content.decode()


def test_disclosures_alone_can_be_changed(cast) -> None:
    post = ask(cast.noa, cast.open, "Gear oil", source="Which oil?")
    posting.edit(
        editor=cast.noa, post=post, source="Which oil?", base_revision=1, disclosures=["ai_assisted"]
    )
    assert said_about(post) == ["ai_assisted"]
    posting.edit(editor=cast.noa, post=post, source="Which oil?", base_revision=1, disclosures=[])
    assert said_about(post) == []


def test_a_program_is_answered_202_while_its_change_waits(cast, rule, visits) -> None:
    rule("hold")
    post = ask(cast.noa, cast.open, "Gear oil", source="Which oil?")
    body = {"source": SECRET, "base_revision": 1, "disclosures": ["!interest"]}
    address = f"/api/v1/posts/{post.public_id}"
    told = visits(cast.noa).patch(address, body, content_type="application/json")
    assert (told.status_code, told.json()["source"], told.json()["revision"]) == (202, "Which oil?", 1)
    edits.publish_edit(actor=cast.moderator, post=post)
    assert said_about(post) == ["!interest"]


def test_an_edit_locks_under_a_locking_rule(cast, rule) -> None:
    rule("lock", then="replies")
    post = ask(cast.noa, cast.open, "Gear oil", source="Which oil?")
    posting.edit(editor=cast.noa, post=post, source=SECRET, base_revision=1)
    assert Lock.objects.get(post=post).scope == "replies"


def test_the_author_reads_why_a_new_post_waits_and_until_when(cast, rule, clause, visits) -> None:
    rule("hold")
    question = ask(cast.owner, cast.open, "Gear oil")
    held = answer(cast.alex, question, SECRET)
    for address in (f"/moderation/waits/{held.public_id}/", f"/t/{question.public_id}/"):
        page = visits(cast.alex).get(address).content.decode()
        assert clause.version.policy.label in page
        assert "בסוד המסחרי" in page
        assert "Somebody publishes it by" in page
        page = visits(cast.hiba).get(address)
        assert "בסוד המסחרי" not in page.content.decode()
    assert visits(cast.hiba).get(f"/moderation/waits/{held.public_id}/").status_code == 404


def test_the_author_hears_of_it_and_is_led_to_the_reason(cast, rule, visits) -> None:
    rule("hold")
    held = ask(cast.alex, cast.open, "Gear oil", source=SECRET)
    readers.catch_up_all()
    inbox = visits(cast.alex).get("/inbox/").content.decode()
    assert "waits for a moderator" in inbox
    told = cast.alex.notifications.get()
    opened = visits(cast.alex).post(f"/inbox/{told.pk}/")
    assert opened.headers["Location"].startswith(f"/moderation/waits/{held.public_id}/")


def test_a_moderator_decides_about_a_change_on_its_page(cast, waiting, visits, clause) -> None:
    moderator = visits(cast.moderator)
    assert (
        f"/moderation/held/{waiting.public_id}/change/" in moderator.get("/moderation/held/").content.decode()
    )
    address = f"/moderation/held/{waiting.public_id}/change/"
    page = moderator.get(address).content.decode()
    assert "Which oil?" in page
    assert "בסוד המסחרי" in page
    assert visits(cast.hiba).get(address).status_code == 403
    assert moderator.post(address, {"clause": clause.name, "note": ""}).status_code == 422
    assert moderator.post(address, {"do": "publish"}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.source == SECRET


def test_a_comment_under_a_held_change_of_a_question_settles_nothing(cast, waiting) -> None:
    reply = posting.reply(
        author=cast.alex, parent=waiting, kind=PostKind.COMMENT, source="Which one?", verb=REPLIED
    )
    assert reply.post.state == PostState.PUBLISHED
    assert Decision.objects.count() == 0
