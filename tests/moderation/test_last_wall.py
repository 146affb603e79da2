"""Raw SQL cannot write past a lock, and moderators' decisions can."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from intranet.moderation import actions, gate, locks
from intranet.posting import actions as posting
from tests.factories import threads as make

REPLY = """
    INSERT INTO intranet_post (public_id, kind, state, space_id, author_id, root_id, parent_id, number, title, source,
        html, text, lang, renderer, revision, client_digest, created, last_activity, reply_count, score, imported_score)
    SELECT 'late' || %(post)s, 'reply', 'published', space_id, %(person)s, coalesce(root_id, id), id, 99, '', 'Late', '',
        '', '', 0, 1, '', now(), now(), 0, 0, 0
    FROM intranet_post WHERE id = %(post)s"""
WRITES = {
    "reply": REPLY,
    "edit": "UPDATE intranet_post SET source = 'Late' WHERE id = %(post)s",
    "remove": "UPDATE intranet_post SET state = 'deleted' WHERE id = %(post)s",
    "score": "UPDATE intranet_post SET score = 99 WHERE id = %(post)s",
    "vote": "INSERT INTO intranet_reaction (post_id, person_id, kind, value, at)"
    " VALUES (%(post)s, %(person)s, 'vote', 1, now())",
    "unvote": "DELETE FROM intranet_reaction WHERE post_id = %(post)s",
    "revision": "INSERT INTO intranet_revision (post_id, number, title, source, editor_id, at)"
    " VALUES (%(post)s, 9, '', 'Late', %(person)s, now())",
    "count": "UPDATE intranet_post SET reply_count = reply_count + 1 WHERE id = %(post)s",
}
HELD = {
    "replies": {"reply"},
    "edits": {"edit", "remove", "revision"},
    "votes": {"score", "vote", "unvote"},
    "attachments": set(),
    "all": {"reply", "edit", "remove", "revision", "score", "vote", "unvote"},
}


@pytest.fixture
def reply(cast):
    made = make.reply(cast.alex, make.discussion(cast.noa, cast.open))
    posting.react(person=cast.owner, post=made, value=1)
    return made


def refused(sql: str, **facts: int) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, facts)
            transaction.set_rollback(True)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("where", ["post", "thread", "space"])
def test_the_tables_refuse_what_a_lock_holds(cast, clause, reply, where):
    target = {"post": {"post": reply}, "thread": {"post": reply.root}, "space": {"space": cast.open}}[where]
    for scope, stopped in HELD.items():
        locks.lock(actor=cast.moderator, clause=clause, scope=scope, **target)
        found = {name for name, sql in WRITES.items() if refused(sql, post=reply.pk, person=cast.hiba.pk)}
        assert found == stopped, scope
    locks.unlock(actor=cast.moderator, **target)
    assert not any(refused(sql, post=reply.pk, person=cast.hiba.pk) for sql in WRITES.values())


def test_a_silenced_person_is_refused_and_nobody_else(cast, clause, reply):
    locks.lock(actor=cast.moderator, space=cast.open, person=cast.hiba, clause=clause)
    for name in ("reply", "vote"):
        assert refused(WRITES[name], post=reply.pk, person=cast.hiba.pk)
        assert not refused(WRITES[name], post=reply.pk, person=cast.noa.pk)


def test_moderators_decide_past_a_lock_and_the_way_closes_behind_them(cast, clause, reply):
    locks.lock(actor=cast.moderator, post=reply, clause=clause)
    case = actions.flag(reporter=cast.hiba, post=reply, clause=clause).case
    actions.decide(actor=cast.moderator, case=case, outcome="hide", clause=clause)
    assert refused(WRITES["edit"], post=reply.pk, person=cast.hiba.pk)
    with transaction.atomic(), gate.past_locks():
        assert not refused(WRITES["edit"], post=reply.pk, person=cast.hiba.pk)
    assert refused(WRITES["edit"], post=reply.pk, person=cast.hiba.pk)


def test_a_lock_whose_end_has_passed_holds_nothing(cast, clause, reply):
    lock = locks.lock(actor=cast.moderator, post=reply, clause=clause)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE intranet_lock SET until = now() - interval '1 second' WHERE id = %s", [lock.pk]
        )
    assert not refused(WRITES["edit"], post=reply.pk, person=cast.hiba.pk)
