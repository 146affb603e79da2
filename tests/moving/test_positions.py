"""How far people have read goes along when posts change their threads."""

from communities.moving import actions
from intranet.notify.bookmarks import bookmark
from intranet.notify.models import Bookmark, ReadPosition
from intranet.notify.positions import read_up_to
from tests.factories import threads as make


def positions() -> dict[tuple[str, str], int]:
    rows = ReadPosition.objects.values_list("person__username", "thread__title", "number")
    return {(person, title): number for person, title, number in rows}


def test_a_merge_shows_nothing_unread_as_read_and_an_undo_brings_the_positions_back(cast):
    first = make.question(cast.noa, cast.open, "First", "First asks.")
    make.answer(cast.alex, first, "First answer.")
    second = make.question(cast.hiba, cast.open, "Second", "Second asks.")
    kept = make.answer(cast.alex, second, "Second answer.")
    bookmark(person=cast.km, post=kept)
    first.refresh_from_db()
    second.refresh_from_db()
    for person, here, there in ((cast.km, 1, 1), (cast.outsider, 1, 0)):
        read_up_to(person=person, thread=first, number=here)
        read_up_to(person=person, thread=second, number=there)
    before = positions()
    surgery = actions.merge(actor=cast.owner, thread=second, into=first)
    assert positions() == {("km", "First"): 3, ("outsider", "First"): 2}
    assert Bookmark.objects.get().post.thread == first
    actions.undo(actor=cast.owner, surgery=surgery)
    assert positions() == before


def test_a_split_lets_both_threads_begin_where_the_reader_was(cast):
    talk = make.discussion(cast.noa, cast.open, "Whole", "Start.")
    replies = [make.reply(cast.alex, talk, words) for words in ("One.", "Two.", "Three.", "Four.")]
    talk.refresh_from_db()
    read_up_to(person=cast.hiba, thread=talk, number=3)
    actions.split(actor=cast.owner, posts=[replies[1], replies[3]], title="Part", kind="discussion")
    assert positions() == {("hiba", "Whole"): 2, ("hiba", "Part"): 0}
