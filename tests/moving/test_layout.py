"""Layouts hold together whatever is done to them, and an undo gives back what was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from communities.moving.layout import (
    Layout,
    Spot,
    arrange,
    converted,
    demoted,
    merged,
    moved,
    promoted,
    restored,
    split,
)

TALKS = ("discussion", "idea", "announcement")


@some.composite
def threads(draw, first: int = 1, kind: str | None = None, most: int = 12) -> Layout:
    """A thread as people make it: each post hangs on an earlier one."""
    kind = kind or draw(some.sampled_from(("question", *TALKS)))
    root = Spot(first, kind, 1, None, None, 0)
    below = []
    for number in range(1, draw(some.integers(0, most)) + 1):
        parent = draw(some.sampled_from([first, *(spot.post for spot in below)]))
        of_question = draw(some.sampled_from(("answer", "comment")))
        below.append(
            Spot(first + number, of_question if kind == "question" else "reply", 1, first, parent, number)
        )
    return arrange(root, below)


def holds_together(thread: Layout) -> None:
    root, posts = thread[0], {spot.post: spot for spot in thread}
    assert (root.root, root.parent, root.number) == (None, None, 0)
    assert [spot.number for spot in thread] == list(range(len(thread)))
    for spot in thread[1:]:
        assert (spot.root, spot.space) == (root.post, root.space)
        assert spot.parent in posts and spot.parent != spot.post
        if root.kind != "question":
            assert spot.kind == "reply"
        elif spot.kind == "answer":
            assert spot.parent == root.post
        else:
            assert spot.kind == "comment"
            assert spot.parent == root.post or posts[spot.parent].kind == "answer"


def all_of(*layouts: Layout) -> set[int]:
    return {spot.post for layout in layouts for spot in layout}


@given(threads(), some.sampled_from(("question", *TALKS)))
def test_converting_and_back(thread, kind):
    after = converted(thread, kind)
    holds_together(after)
    assert [spot.post for spot in after] == [spot.post for spot in thread]
    assert restored(thread, after) == [thread]


@given(threads())
def test_moving_and_back(thread):
    after = moved(thread, 2)
    holds_together(after)
    assert {spot.space for spot in after} == {2}
    assert restored(thread, after) == [thread]


@given(some.data(), some.booleans())
def test_merging_keeps_every_post_and_every_number_that_was_there(data, asks):
    kind = "question" if asks else "discussion"
    into, other = data.draw(threads(1, kind)), data.draw(threads(100, kind))
    after = merged(into, other)
    holds_together(after)
    assert [spot.post for spot in after] == [spot.post for spot in (*into, *other)]
    assert after[: len(into)] == into
    assert restored([*into, *other], after) == [into, other]


@given(some.data())
def test_splitting_leaves_no_gap_and_no_orphan(data):
    thread = data.draw(threads().filter(lambda each: len(each) > 1))
    tops = data.draw(some.sets(some.sampled_from([spot.post for spot in thread[1:]]), min_size=1))
    rest, new = split(thread, tops, data.draw(some.sampled_from(("question", "discussion"))))
    holds_together(rest)
    holds_together(new)
    assert all_of(rest, new) == all_of(thread) and not all_of(rest) & all_of(new)
    assert tops <= all_of(new) and new[0].post == min(tops)
    assert restored(thread, [*rest, *new]) == [thread]


@given(some.data())
def test_an_answer_becomes_a_comment_and_a_comment_an_answer(data):
    thread = data.draw(threads(kind="question"))
    answers = [spot.post for spot in thread if spot.kind == "answer"]
    comments = [spot.post for spot in thread if spot.kind == "comment"]
    if answers:
        answer = data.draw(some.sampled_from(answers))
        onto = data.draw(some.sampled_from([thread[0].post, *(each for each in answers if each != answer)]))
        after = demoted(thread, answer, onto)
        holds_together(after)
        assert {(spot.kind, spot.parent) for spot in after if spot.post == answer} == {("comment", onto)}
        assert restored(thread, after) == [thread]
    if comments:
        comment = data.draw(some.sampled_from(comments))
        after = promoted(thread, comment)
        holds_together(after)
        assert next(spot.kind for spot in after if spot.post == comment) == "answer"
        assert restored(thread, after) == [thread]


@given(some.data(), some.booleans())
def test_what_is_written_after_a_merge_stays_with_what_it_is_about(data, asks):
    kind = "question" if asks else "discussion"
    into, other = data.draw(threads(1, kind)), data.draw(threads(100, kind))
    now = merged(into, other)
    for post in range(1000, 1000 + data.draw(some.integers(1, 5))):
        parent = data.draw(some.sampled_from(now)).post
        meant = data.draw(some.sampled_from(("answer", "comment"))) if asks else "reply"
        now = arrange(now[0], [*now[1:], Spot(post, meant, 1, now[0].post, parent, len(now))])
    first, second = restored([*into, *other], now)
    holds_together(first)
    holds_together(second)
    assert all_of(first, second) == all_of(now)
    assert first[: len(into)] == into and second[: len(other)] == other
    for spot in now[len(into) + len(other) :]:
        home = first if spot.parent in all_of(first) else second
        assert spot.post in all_of(home)
