"""Evidence follows the log: what people did, dated, once, and the same however often it is read again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from blogs.verbs import PUBLISHED
from experts.evidence.actions import endorse, judge, take_back
from experts.evidence.models import Evidence
from intranet.access.verdict import Refused
from intranet.activity import readers
from intranet.content.kinds import PostKind, ReactionKind, SpaceKind
from intranet.content.models import Post, Tag
from intranet.posting.actions import edit, react, start
from tests.factories.cast import Cast, make_cast, space
from tests.factories.knowledge import accept, answer, ask, catch_up, solved, unaccept

DAY = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


def lines() -> list[tuple]:
    """What is held, newest first: kind, about whom, how many times."""
    catch_up()
    return list(Evidence.objects.values_list("kind", "person__username", "amount"))


def test_an_accepted_answer_is_a_line_about_who_wrote_it(cast):
    accepted = solved(cast.noa, cast.alex, cast.open, "Why does it drift?", at=DAY)
    assert lines() == [("accepted", "alex", 1)]
    line = Evidence.objects.get()
    assert (line.at, line.title, line.url) == (DAY, "Why does it drift?", accepted.get_absolute_url())


def test_a_plain_answer_is_no_evidence(cast):
    answer(cast.alex, ask(cast.noa, cast.open, "Why?"))
    assert lines() == []


def test_to_accept_ones_own_answer_shows_nothing(cast):
    own = answer(cast.noa, ask(cast.noa, cast.open, "Why?"))
    accept(own)
    assert lines() == []


def test_an_acceptance_taken_back_takes_the_line_with_it(cast):
    accepted = solved(cast.noa, cast.alex, cast.open, "Why?")
    assert lines() == [("accepted", "alex", 1)]
    unaccept(accepted)
    assert lines() == []


def test_votes_for_an_answer_are_counted_and_those_against_it_are_not(cast):
    made = answer(cast.alex, ask(cast.noa, cast.open, "Why?"))
    react(person=cast.noa, post=made, value=1)
    react(person=cast.hiba, post=made, value=1)
    react(person=cast.owner, post=made, value=-1)
    assert lines() == [("voted", "alex", 2)]
    react(person=cast.hiba, post=made, value=-1)
    assert lines() == [("voted", "alex", 1)]
    react(person=cast.noa, post=made, value=0)
    assert not Evidence.objects.counting().exists() or lines() == [("voted", "alex", 0)]


def test_votes_for_a_question_say_nothing_about_knowledge(cast):
    react(person=cast.hiba, post=ask(cast.noa, cast.open, "Why?"), value=1)
    assert lines() == []


def test_who_was_helped_too_is_counted(cast):
    made = answer(cast.alex, ask(cast.noa, cast.open, "Why?"))
    react(person=cast.noa, post=made, value=1, kind=ReactionKind.HELPED)
    assert lines() == [("helped", "alex", 1)]


def test_a_published_post_is_a_line_about_its_author(cast):
    blog = space("alex", owner=cast.alex, kind=SpaceKind.BLOG)
    cast.alex.__dict__.pop("space_roles", None)
    start(author=cast.alex, space=blog, kind=PostKind.BLOG_POST, title="Warm zero", verb=PUBLISHED)
    assert lines() == [("document", "alex", 1)]
    assert Evidence.objects.get().what == "Blog post:"


def test_an_endorsement_names_a_topic_and_says_it_once(cast):
    endorse(actor=cast.hiba, person=cast.alex, topic="Bearings", note="found it from a photo")
    endorse(actor=cast.hiba, person=cast.alex, topic="bearings", note="twice")
    assert lines() == [("endorsed", "alex", 1)]
    assert Evidence.objects.get().what == "Endorsed by <bdi>Hiba Zeituni</bdi> (“<bdi>twice</bdi>”) for"
    take_back(actor=cast.hiba, person=cast.alex, tag=Tag.objects.get())
    assert lines() == []


@pytest.mark.parametrize(
    ("actor", "person", "topic", "sentence"),
    [
        ("alex", "alex", "Bearings", "Others endorse you"),
        ("suspended", "alex", "Bearings", "Your right to write is paused"),
        ("guest", "hiba", "Bearings", "There is nothing here"),
        ("noa", "inactive", "Bearings", "There is nothing here"),
        ("noa", "alex", " ?! ", "Name the topic"),
    ],
)
def test_an_endorsement_that_is_refused_says_why_and_leaves_nothing(cast, actor, person, topic, sentence):
    with pytest.raises(Refused, match=f"^{sentence}"):
        endorse(actor=getattr(cast, actor), person=getattr(cast, person), topic=topic)
    assert lines() == []


def test_what_the_person_hides_or_contests_stops_counting_at_once_and_can_come_back(cast):
    solved(cast.noa, cast.alex, cast.open, "Why?")
    catch_up()
    line = Evidence.objects.get()
    for state, counting in (("hidden", False), ("shown", True), ("contested", False), ("shown", True)):
        judge(actor=cast.alex, line=line, state=state, note="that was somebody else")
        assert Evidence.objects.counting().exists() is counting
        assert Evidence.objects.get().state == ("" if state == "shown" else state)


def test_nobody_else_can_hide_a_line(cast):
    solved(cast.noa, cast.alex, cast.open, "Why?")
    catch_up()
    for other in (cast.noa, cast.km, cast.admin):
        with pytest.raises(Refused, match="Only the person it is about"):
            judge(actor=other, line=Evidence.objects.get(), state="hidden")
    assert Evidence.objects.get().state == ""


def test_an_edited_question_is_matched_by_its_new_words(cast):
    question = solved(cast.noa, cast.alex, cast.open, "Why does the bearing squeak?").thread
    catch_up()
    edit(editor=cast.noa, post=question, title="Why does the seal leak?", source="", base_revision=1)
    catch_up()
    words = set(Evidence.objects.get().words)
    assert {"seal", "leak"} <= words
    assert "bearing" not in words


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "accept",
                "unaccept",
                "up",
                "down",
                "none",
                "helped",
                "endorse",
                "take_back",
                "hide",
                "contest",
                "show",
                "edit",
            ]
        ),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    max_size=14,
)


class RebuiltEqualsIncremental(TestCase):
    """Whatever happens in whatever order, reading all of it again gives the same rows."""

    @settings(max_examples=15, deadline=None)
    @given(steps=STEPS, pauses=st.lists(st.booleans(), max_size=14))
    def test_rebuilt_equals_incremental(self, steps, pauses):
        play(steps, pauses)
        catch_up()
        incremental = held()
        readers.rebuild(readers.reader_named("evidence"))
        assert held() == incremental


def held() -> list[dict]:
    rows = Evidence.objects.order_by("person", "kind", "post", "tag", "by").values()
    return [{key: value for key, value in row.items() if key != "id"} for row in rows]


def play(steps: list[tuple[str, int, int]], pauses: list[bool]) -> None:
    """Do `steps` in a small world; the reader catches up in between wherever `pauses` says so."""
    cast = make_cast()
    people = [cast.alex, cast.hiba, cast.owner]
    answers = [answer(person, ask(cast.noa, cast.open, "Why?", tags=["seal"])) for person in people]
    for place, (what, who, which) in enumerate(steps):
        _step(cast, what, people[who], answers[which])
        if place < len(pauses) and pauses[place]:
            catch_up()


def _step(cast: Cast, what: str, person, made: Post) -> None:
    other = cast.noa if person == made.author else person
    match what:
        case "accept":
            accept(made)
        case "unaccept":
            unaccept(made)
        case "up" | "down" | "none":
            react(person=other, post=made, value={"up": 1, "down": -1, "none": 0}[what])
        case "helped":
            react(person=other, post=made, value=1, kind=ReactionKind.HELPED)
        case "endorse":
            endorse(actor=other, person=made.author, topic="Seals", note=person.username)
        case "take_back":
            for tag in Tag.objects.filter(name="Seals"):
                take_back(actor=other, person=made.author, tag=tag)
        case "hide" | "contest" | "show":
            catch_up()
            state = {"hide": "hidden", "contest": "contested", "show": "shown"}[what]
            for line in Evidence.objects.filter(person=made.author)[:1]:
                judge(actor=made.author, line=line, state=state, note="no")
        case "edit":
            post = Post.objects.get(pk=made.pk)
            edit(
                editor=made.author,
                post=post,
                source=f"Edited by {person.username}",
                base_revision=post.revision,
            )
