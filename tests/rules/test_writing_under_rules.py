"""What a rule does when somebody writes: each action, where it holds, and which version judged."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from communities.verbs import ASKED
from intranet.access.verdict import Refused
from intranet.content.kinds import PostKind, PostState
from intranet.content.models import Post
from intranet.moderation.models import Case, Flag, Lock
from intranet.moderation.standing import held
from intranet.posting import actions as posting
from intranet.rules import actions
from intranet.rules.models import Judgement, RuleSetVersion
from tests.factories.knowledge import answer, ask

SECRET = "זה קשור בסוד המסחרי שלנו"


def flagged() -> list[tuple[str, str, str]]:
    return list(Flag.objects.values_list("rule", "note", "source"))


def test_a_flagging_rule_opens_a_case_with_what_it_found(cast, rule) -> None:
    rule("flag")
    ask(cast.noa, cast.open, "Plain words")
    post = ask(cast.noa, cast.open, "Gear oil", source=SECRET)
    assert [case.post for case in Case.objects.all()] == [post]
    assert flagged() == [("Rule to flag", "בסוד המסחרי", "rule")]
    assert post.state == PostState.PUBLISHED


def test_a_holding_rule_holds_a_reply_until_a_moderator_looks(cast, rule) -> None:
    rule("hold")
    question = ask(cast.noa, cast.open, "Gear oil")
    reply = answer(cast.alex, question, SECRET)
    assert reply.state == PostState.HELD
    assert not Post.objects.visible_to(cast.hiba).filter(pk=reply.pk).exists()
    assert [waits.post for waits in held.waiting(cast.moderator)] == [reply]
    assert answer(cast.owner, question, SECRET).state == PostState.PUBLISHED


def test_a_locking_rule_locks_under_its_clause_in_the_name_of_its_author(cast, rule, clause) -> None:
    rule("lock", then="replies")
    post = ask(cast.noa, cast.open, "Trade secrets")
    lock = Lock.objects.get(post=post)
    assert (lock.clause, lock.scope, lock.rule, lock.placed_by) == (
        clause,
        "replies",
        "Rule to lock",
        cast.moderator,
    )
    with pytest.raises(Refused) as refused:
        answer(cast.alex, post)
    assert refused.value.verdict.code == "locked"


def test_where_the_author_of_the_rule_decides_nothing_the_owner_answers_for_the_lock(cast, rule) -> None:
    rule("lock")
    post = ask(cast.noa, cast.secret, "Trade secrets")
    assert Lock.objects.get(post=post).placed_by == cast.owner


def test_a_rule_that_asks_for_a_disclosure_takes_either_answer(cast, rule) -> None:
    rule("disclose", then="interest")
    with pytest.raises(Refused) as refused:
        ask(cast.noa, cast.open, "Trade secret")
    assert refused.value.verdict.code == "disclosure_missing"
    assert Post.objects.count() == Post.objects.exclude(author=cast.noa).count()
    for said in ("interest=A cousin works there", "!interest"):
        written = posting.start(
            author=cast.noa,
            space=cast.open,
            kind=PostKind.QUESTION,
            title="Trade secret",
            verb=ASKED,
            disclosures=[said],
        )
        assert written.created


def test_a_tagging_rule_adds_its_topic_beside_those_of_the_author(cast, rule) -> None:
    rule("tag", then="Suppliers")
    post = ask(cast.noa, cast.open, "Trade secret", tags=["Oil"])
    assert sorted(post.tags.values_list("name", flat=True)) == ["Oil", "Suppliers"]


def test_a_rule_of_one_place_is_silent_in_another_and_one_that_is_off_everywhere(cast, clause, rule) -> None:
    facts = {"kind": "words", "what": "trade secret", "action": "flag", "clause": clause}
    actions.add(actor=cast.owner, space=cast.secret, name="Ours", **facts)
    off = rule("flag")
    actions.switch(actor=cast.moderator, rule=off, on=False)
    ask(cast.noa, cast.open, "Trade secret")
    assert flagged() == []
    ask(cast.noa, cast.secret, "Trade secret")
    assert flagged() == [("Ours", "Trade secret", "rule")]


def test_each_revision_keeps_the_version_that_judged_it(cast, rule) -> None:
    before = ask(cast.noa, cast.open, "Before there were rules")
    first = rule("flag")
    post = ask(cast.noa, cast.open, "Trade secret")
    actions.change(actor=cast.moderator, rule=first, what="heron")
    posting.edit(editor=cast.noa, post=post, source="The heron flew.", base_revision=1)
    said = [
        (each.revision, each.version.number, [hit["excerpt"] for hit in each.hits])
        for each in Judgement.objects.filter(post=post).select_related("version")
    ]
    assert said == [(1, 1, ["Trade secret"]), (2, 2, ["heron"])]
    assert not Judgement.objects.filter(post=before).exists()


def test_a_version_is_never_changed(rule) -> None:
    rule("flag")
    for deed in (RuleSetVersion.objects.all().delete, lambda: RuleSetVersion.objects.update(number=9)):
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            deed()
    assert RuleSetVersion.objects.count() == 1


def test_five_hundred_rules_ask_the_database_no_more_than_one(cast, rule) -> None:

    def queries() -> int:
        ask(cast.noa, cast.open, "Warm up")
        with CaptureQueriesContext(connection) as seen:
            ask(cast.noa, cast.open, "Plain words")
        return len(seen)

    rule("flag")
    one = queries()
    for number in range(4):
        rule("flag", name=f"Rule {number}", what=f"heron{number}")
    assert queries() == one
