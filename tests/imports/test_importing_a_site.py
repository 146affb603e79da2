"""A dump becomes a community: once, whole or not at all, with nothing lost in silence."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from communities.imports.actions import import_site
from communities.imports.models import ImportedRow
from communities.imports.stackexchange.reader import Dump
from communities.imports.stackexchange.site import read_site
from communities.questions.models import QuestionDetail, QuestionState
from intranet.access.verdict import Refused
from intranet.activity.models import Event
from intranet.content.kinds import PostKind
from intranet.content.models import Membership, Post, Space
from intranet.moderation import locks
from intranet.moderation.kinds import Scope
from intranet.people.models import User
from tests.factories.cast import Cast, make_cast
from tests.factories.clauses import clause_version
from tests.factories.stackexchange import Size, write_dump, write_table

pytestmark = pytest.mark.django_db

SMALL = Size(people=30, questions=8, answers=14, comments=40, votes=120)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_dump(tmp_path / "site", seed=5, size=SMALL)


def post_row(number: int, **columns: object) -> dict[str, object]:
    """A question unless `ParentId` is given."""
    answer = "ParentId" in columns
    return {
        "Id": number,
        "PostTypeId": 2 if answer else 1,
        "CreationDate": f"2018-03-{number:02}T10:00:00.000",
        "Score": 0,
        "Body": f"<p>Body {number}</p>",
        "OwnerUserId": 1,
        "Title": None if answer else f"Question {number}?",
    } | columns


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """One solved question by Ada, answered by Bo (accepted) and by an account that is gone, with comments."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    people = [(1, "Ada"), (2, "Bo"), (3, "Silent")]
    write_table(
        folder,
        "Users",
        [
            {"Id": n, "DisplayName": name, "CreationDate": "2018-01-01T00:00:00.000", "AccountId": n + 900}
            for n, name in people
        ],
    )
    write_table(
        folder,
        "Posts",
        [
            post_row(1, AcceptedAnswerId=2, Score=7, Tags="<noise><q#>", Body="<p>Why <b>so</b>?</p>"),
            post_row(2, ParentId=1, OwnerUserId=2, Score=5, LastEditDate="2018-03-09T00:00:00.000"),
            post_row(3, ParentId=1, OwnerUserId=None, OwnerDisplayName="user77", Score=-1),
            post_row(4, ParentId=99),
            post_row(5, ClosedDate="2018-04-01T00:00:00.000", OwnerUserId=None),
        ],
    )
    comment = {"Score": 2, "UserId": 2}
    write_table(
        folder,
        "Comments",
        [
            comment
            | {
                "Id": 2,
                "PostId": 2,
                "Text": "@noa on the *answer*",
                "CreationDate": "2018-03-04T00:00:00.000",
            },
            comment
            | {"Id": 1, "PostId": 1, "Text": "on the question", "CreationDate": "2018-03-02T00:00:00.000"},
            comment | {"Id": 3, "PostId": 4, "Text": "lost", "CreationDate": "2018-03-02T00:00:00.000"},
        ],
    )
    write_table(
        folder,
        "Votes",
        [
            {"Id": n, "PostId": 2, "VoteTypeId": kind, "CreationDate": "2018-03-05T00:00:00.000"}
            for n, kind in enumerate((1, 2, 2, 3, 5, 16, 99))
        ],
    )
    return folder


def bring(cast: Cast, folder: Path, slug: str = "quantum", address: str = "https://quantum.example"):
    return import_site(actor=cast.admin, site=read_site(Dump(folder)), slug=slug, address=address)


def question() -> Post:
    return Post.objects.get(title="Question 1?")


def test_a_thread_keeps_its_words_dates_scores_and_places(cast, tiny):
    bring(cast, tiny)
    thread = question()
    below = Post.objects.replies_of(thread).values_list(
        "number", "kind", "text", "imported_score", "author__name"
    )
    assert (thread.source, thread.text, thread.imported_score, thread.author.name) == (
        "Why **so**?",
        "Why so?",
        7,
        "Ada",
    )
    assert thread.created == datetime(2018, 3, 1, 10, tzinfo=UTC)
    assert (thread.reply_count, thread.last_activity) == (4, datetime(2018, 3, 4, tzinfo=UTC))
    assert sorted(str(tag) for tag in thread.tags.all()) == ["noise", "q#"]
    assert list(below) == [
        (1, "comment", "on the question", 2, "Bo"),
        (2, "answer", "Body 2", 5, "Bo"),
        (3, "answer", "Body 3", -1, "user77"),
        (4, "comment", "@noa on the answer", 2, "Bo"),
    ]
    assert Post.objects.get(number=4).parent == Post.objects.get(number=2)
    assert Post.objects.get(number=2).edited == datetime(2018, 3, 9, tzinfo=UTC)


def test_questions_stand_where_their_answers_put_them(cast, tiny):
    bring(cast, tiny)
    solved = QuestionDetail.objects.get(post=question())
    assert (solved.state, solved.accepted.text, solved.accepted_by.name) == (
        QuestionState.SOLVED,
        "Body 2",
        "Ada",
    )
    assert solved.accepted_at == datetime(2018, 3, 5, tzinfo=UTC)
    assert solved.first_answer == datetime(2018, 3, 2, 10, tzinfo=UTC)
    assert QuestionDetail.objects.get(post__title="Question 5?").state == QuestionState.UNANSWERED


def test_authors_are_inactive_members_with_attribution(cast, tiny):
    bring(cast, tiny)
    bo = User.objects.get(name="Bo")
    assert (bo.username, bo.is_active, bo.has_usable_password()) == ("quantum-2", False, False)
    assert bo.attribution == "Wrote this on quantum.example; published there under CC BY-SA 3.0"
    assert bo.attribution_url == "https://quantum.example/users/2"
    assert bo.title == "quantum.example"
    assert Membership.objects.filter(space__slug="quantum", person=bo).exists()
    assert not User.objects.filter(name="Silent").exists()


def test_without_the_address_of_the_site_the_profile_is_the_one_on_the_network(cast, tiny):
    bring(cast, tiny, address="")
    assert User.objects.get(name="Bo").attribution_url == "https://stackexchange.com/users/902"


def test_the_report_says_what_was_carried_and_what_was_not(cast, tiny):
    assert str(bring(cast, tiny)) == "\n".join(
        [
            "Carried into Quantum:",
            "         2  questions",
            "         2  answers",
            "         2  comments",
            "         1  accepted answers",
            "         4  people, inactive and with attribution",
            "Carried in another form:",
            "         3  up and down votes, now a score without voters: the dump names none",
            "Not carried:",
            "         1  answers whose question is not in the dump",
            "         1  comments on what is not in the dump",
            "         1  times a question was closed",
            "         1  people who wrote nothing",
            "         1  votes of the kind favourite",
            "         1  votes of the kind approved edit",
            "         1  votes of the kind “99”",
        ]
    )


def test_the_same_dump_twice_changes_nothing(cast, folder):
    bring(cast, folder)
    tables = (Post, User, Event, QuestionDetail, ImportedRow, Membership)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    report = bring(cast, folder)
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before
    assert report.known == {"questions": 8, "answers": 14, "comments": 40}
    assert not +report.carried


def test_a_later_dump_adds_what_is_new_and_leaves_what_is_here(cast, tiny):
    bring(cast, tiny)
    thread = question()
    write_table(
        tiny, "Posts", [post_row(1, Body="<p>edited there</p>"), post_row(6, ParentId=1, Body="<p>late</p>")]
    )
    report = bring(cast, tiny)
    thread.refresh_from_db()
    late = Post.objects.get(text="late")
    assert (late.number, late.root, thread.reply_count, thread.text) == (5, thread, 5, "Why so?")
    assert +report.carried == {"answers": 1}
    assert QuestionDetail.objects.get(post=thread).accepted.text == "Body 2"


def test_two_communities_take_the_same_dump_apart(cast, tiny):
    bring(cast, tiny)
    bring(cast, tiny, slug="copy")
    assert Post.objects.filter(kind=PostKind.QUESTION, title="Question 1?").count() == 2
    assert sorted(User.objects.filter(name="Bo").values_list("username", flat=True)) == [
        "copy-2",
        "quantum-2",
    ]


def test_one_event_tells_of_each_post_and_of_each_acceptance(cast, tiny):
    bring(cast, tiny)
    rows = Event.objects.order_by("pk").values_list(
        "verb", "actor__username", "about__name", "post__text", "at__year"
    )
    accepted = [row for row in rows if row[0] == "accepted_elsewhere"]
    assert accepted == [("accepted_elsewhere", "quantum-1", "Bo", "Body 2", 2018)]
    assert len([row for row in rows if row[0] == "imported" and row[1] == "admin"]) == 6


def test_a_text_beyond_the_limit_goes_on_in_a_comment(cast, tiny):
    words = [f"<p>{letter * 9000}</p>" for letter in "abc"]
    write_table(tiny, "Posts", [post_row(1, Body="".join(words))])
    report = bring(cast, tiny)
    first, rest = question(), Post.objects.get(kind=PostKind.COMMENT, text__startswith="c")
    assert (first.source, rest.source) == (f"{'a' * 9000}\n\n{'b' * 9000}", "c" * 9000)
    assert (rest.parent, rest.author, rest.created) == (first, first.author, first.created)
    assert report.changed["long posts continued in a comment below"] == 1


def test_a_locked_community_refuses_and_keeps_nothing(cast, tiny, folder):
    bring(cast, tiny)
    space = Space.objects.get(slug="quantum")
    locks.lock(actor=cast.admin, space=space, clause=clause_version(), scope=Scope.REPLIES)
    before = (Post.objects.count(), User.objects.count())
    with pytest.raises(Refused, match=r"^This is locked under"):
        bring(cast, folder)
    assert (Post.objects.count(), User.objects.count()) == before


def test_a_locked_thread_refuses_the_whole_run_that_would_add_to_it(cast, tiny):
    bring(cast, tiny)
    locks.lock(actor=cast.admin, post=question(), clause=clause_version())
    bring(cast, tiny)
    write_table(tiny, "Posts", [post_row(1), post_row(6, ParentId=1), post_row(7, Title="Another?")])
    with pytest.raises(Refused, match=r"^Nothing was imported: “Question 1\?” is locked under"):
        bring(cast, tiny)
    assert not Post.objects.filter(title="Another?").exists()


def test_who_may_not_write_there_imports_nothing(cast, tiny):
    with pytest.raises(Refused):
        import_site(actor=cast.outsider, site=read_site(Dump(tiny)), slug="merger")
    with pytest.raises(Refused):
        import_site(actor=cast.suspended, site=read_site(Dump(tiny)), slug="brand-new")
    assert not Space.objects.filter(slug="brand-new").exists()
    assert not Post.objects.exists()


def command(folder: Path, *arguments: str) -> str:
    with pytest.raises(CommandError) as problem:
        call_command("import_stackexchange", str(folder), *arguments)
    return str(problem.value)


def test_the_command_prints_the_report(cast, tiny, capsys):
    call_command("import_stackexchange", str(tiny), "--community", "quantum")
    assert capsys.readouterr().out.startswith("Carried into Quantum:\n         2  questions\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--community", "Not A Slug"], "Use 2 to 59 small Latin letters, digits or dashes."),
        (["--community", "quantum", "--as", "nobody"], "There is no active person called “nobody”."),
        (["--community", "quantum", "--as", "inactive"], "There is no active person called “inactive”."),
    ],
)
def test_bad_arguments_are_one_sentence_and_change_nothing(cast, tiny, arguments, sentence):
    assert command(tiny, *arguments) == sentence
    assert not Post.objects.exists()


def test_without_an_administrator_nobody_can_be_blamed(tiny):
    sentence = "There is no administrator to import as; name somebody with --as USERNAME."
    assert command(tiny, "--community", "quantum") == sentence


def test_broken_xml_is_one_sentence_and_changes_nothing(cast, tiny):
    (tiny / "Comments.xml").write_text("<comments>\n<row Id='1'\n")
    assert command(tiny, "--community", "quantum").startswith("Comments.xml, line 2, column 1: ")
    assert not Space.objects.filter(slug="quantum").exists()
