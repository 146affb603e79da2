"""The content of the demo organisation holds together."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from intranet.demo import content
from intranet.demo.consistency import check, mentions, post_at
from intranet.demo.records import Content

HEBREW = range(0x05D0, 0x05EB)


@pytest.fixture(scope="module")
def world() -> Content:
    return content.load()


def _hebrew(text: str) -> bool:
    return any(ord(letter) in HEBREW for letter in text)


def test_every_name_leads_somewhere(world: Content) -> None:
    assert list(check(world)) == []


def test_a_name_that_leads_nowhere_is_found(world: Content) -> None:
    drift = world.threads["ax40-drift"]
    broken = replace(
        world,
        threads={
            "x": replace(drift, community="nowhere", tags=("no-topic",), by="nobody", body="see @phantom")
        },
        deeds=(),
    )
    assert list(check(broken)) == [
        "thread ax40-drift: nowhere is not known",
        "thread ax40-drift: no-topic is not known",
        "thread ax40-drift: nobody is not known",
        "thread ax40-drift: phantom is not known",
        "thread ax40-drift: noa may not accept the answer of alex",
    ]


def test_a_reply_before_its_question_is_found(world: Content) -> None:
    drift = world.threads["ax40-drift"]
    late, early = drift.replies[1], drift.replies[0]
    broken = replace(world, threads={"x": replace(drift, replies=(late, early))}, deeds=())
    assert "thread ax40-drift: reply 2 is not later than the one before it" in list(check(broken))


def test_mentions_in_code_do_not_count() -> None:
    assert mentions("ask @noa, not `@alex`, nor mail@ewa") == {"noa"}


def test_spans_are_read_exactly() -> None:
    assert content.span("1d2h30m") == timedelta(days=1, hours=2, minutes=30)
    with pytest.raises(ValueError, match="is not a time"):
        content.span("soon")


def test_deeds_find_their_post_by_key(world: Content) -> None:
    thread, number = post_at(world, "m311-shunt#price-reply")
    assert thread.replies[number - 1].by == "yoav"


def test_the_organisation_has_its_size(world: Content) -> None:
    employees = [person for person in world.people.values() if "guest" not in person.roles]
    roles = Counter(role for person in world.people.values() for role in person.roles)
    leaves = {person.unit for person in employees}
    assert len(employees) == 120
    assert len(leaves) == 8
    assert {role: roles[role] for role in ("moderator", "km", "admin", "policy_owner", "guest")} == {
        "moderator": 3,
        "km": 2,
        "admin": 2,
        "policy_owner": 2,
        "guest": 3,
    }


def test_no_unit_is_too_small_for_the_network_report(world: Content) -> None:
    sizes = Counter(person.unit for person in world.people.values() if person.unit)
    assert min(sizes.values()) >= 10


def test_every_employee_but_one_has_a_boss(world: Content) -> None:
    assert [each.username for each in world.people.values() if each.unit and not each.boss] == ["hadas"]


def test_names_are_given_in_both_scripts(world: Content) -> None:
    for person in world.people.values():
        assert _hebrew(person.he), person.username
        assert not _hebrew(person.name), person.username


def test_threads_are_in_the_language_they_say(world: Content) -> None:
    for thread in world.threads.values():
        assert _hebrew(thread.title + thread.body) == (thread.lang == "he"), thread.id


def test_questions_stand_in_every_state(world: Content) -> None:
    questions = [thread for thread in world.threads.values() if thread.kind == "question"]
    accepted = [each for each in questions if any(reply.accepted for reply in each.replies)]
    answered = [
        each for each in questions if each not in accepted and any(r.to is None for r in each.replies)
    ]
    open_ones = [each for each in questions if all(reply.to is not None for reply in each.replies)]
    assert min(len(accepted), len(answered), len(open_ones)) >= 5
    assert {each.ago <= 1 for each in open_ones} == {True, False}


def test_policies_speak_both_languages_and_say_why(world: Content) -> None:
    assert len(world.policies) == 8
    for policy in world.policies.values():
        anchors = [clause["anchor"] for clause in policy.starter.clauses]
        assert len(anchors) == len(set(anchors)), policy.starter.slug
        for clause in policy.starter.clauses:
            assert "*Why:*" in clause["text_en"], clause["anchor"]
            assert "*למה:*" in clause["text_he"], clause["anchor"]


def test_guests_write_only_where_they_are_members(world: Content) -> None:
    guests = {name for name, person in world.people.items() if "guest" in person.roles}
    for thread in world.threads.values():
        writing = guests & {thread.by, *(reply.by for reply in thread.replies)}
        assert writing <= set(world.communities[thread.community].also), thread.id
