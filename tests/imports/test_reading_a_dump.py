"""A folder of XML files is read as records, and what is wrong with it is said with file and line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from communities.imports.stackexchange.reader import BrokenDump, Dump
from communities.imports.stackexchange.records import SitePost
from tests.factories.stackexchange import Size, write_dump, write_table

SMALL = Size(people=12, questions=5, answers=9, comments=20, votes=60)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_dump(tmp_path / "site", seed=3, size=SMALL)


def posts_file(folder: Path, *lines: str) -> Path:
    (folder / "Posts.xml").write_text("\n".join(['<?xml version="1.0"?>', *lines]), encoding="utf-8")
    return folder


def complaint(folder: Path) -> str:
    with pytest.raises(BrokenDump) as broken:
        list(Dump(folder).posts())
    return str(broken.value)


def test_every_row_is_met_once(folder):
    dump = Dump(folder)
    counts = [len(list(rows)) for rows in (dump.people(), dump.posts(), dump.comments(), dump.votes())]
    assert counts == [12, 14, 20, 60]
    assert dump.other_posts() == 1
    assert dump.unread() == {"Badges": 39, "Tags": 8}


def test_a_question_says_all_that_the_row_says(folder):
    write_table(
        folder,
        "Posts",
        [
            {
                "Id": 4,
                "PostTypeId": 1,
                "AcceptedAnswerId": 9,
                "CreationDate": "2018-03-12T18:36:42.873",
                "LastEditDate": "2018-03-13T06:00:00.000",
                "Score": -2,
                "Body": "<p>“שלום” & <code>a\nb</code></p>",
                "OwnerDisplayName": "user5",
                "Title": 'Is "H" unital?',
                "Tags": "<quantum-gate><q#>",
            }
        ],
    )
    assert list(Dump(folder).posts()) == [
        SitePost(
            id=4,
            kind="question",
            parent_id=None,
            accepted_id=9,
            created=datetime(2018, 3, 12, 18, 36, 42, 873000, tzinfo=UTC),
            edited=datetime(2018, 3, 13, 6, tzinfo=UTC),
            closed=None,
            score=-2,
            title='Is "H" unital?',
            body="<p>“שלום” & <code>a\nb</code></p>",
            tags=("quantum-gate", "q#"),
            owner_id=None,
            owner_name="user5",
            licence="CC BY-SA 3.0",
        )
    ]


def test_the_licence_on_the_row_wins_over_the_one_of_its_day(folder):
    row = {"Id": 1, "PostId": 2, "Score": 0, "Text": "x", "CreationDate": "2018-03-12T18:00:00.000"}
    write_table(folder, "Comments", [row, row | {"ContentLicense": "CC BY-SA 4.0"}])
    assert [comment.licence for comment in Dump(folder).comments()] == ["CC BY-SA 3.0", "CC BY-SA 4.0"]


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(BrokenDump, match=r"^There is no folder .*nowhere\.$"):
        Dump(tmp_path / "nowhere")


def test_files_that_are_not_there(folder):
    (folder / "Votes.xml").unlink()
    (folder / "Users.xml").unlink()
    with pytest.raises(BrokenDump, match=r"^The folder .*site has no Users\.xml, Votes\.xml\.$"):
        Dump(folder)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            ["<posts>", '<row Id="1" PostTypeId="1"', "<row/>"],
            "Posts.xml, line 4, column 1: not well-formed (invalid token).",
        ),
        (
            ["<posts>", '<row Id="1" Score="2&nope;"/>'],
            "Posts.xml, line 3, column 1: undefined entity.",
        ),
        (["<html>", "</html>"], "Posts.xml, line 2: expected <posts> and found <html>."),
        (["<posts>", '<row PostTypeId="1"/>', "</posts>"], "Posts.xml, line 3: the row has no Id."),
        (
            ["<posts>", '<row Id="2" PostTypeId="2" ParentId="one"/>', "</posts>"],
            "Posts.xml, line 3: ParentId is not a number: 'one'.",
        ),
        (
            ["<posts>", "", '<row Id="2" PostTypeId="1" CreationDate="yesterday"/>', "</posts>"],
            "Posts.xml, line 4: CreationDate is not a date: 'yesterday'.",
        ),
        (
            ['<!DOCTYPE posts [<!ENTITY lol "lol">]>', "<posts></posts>"],
            "Posts.xml, line 2: the file defines entities of its own, which is refused.",
        ),
    ],
)
def test_a_broken_file_is_one_sentence_with_file_and_line(folder, lines, sentence):
    assert complaint(posts_file(folder, *lines)) == sentence


def test_a_file_that_stops_in_the_middle(folder):
    whole = (folder / "Posts.xml").read_bytes()
    (folder / "Posts.xml").write_bytes(whole[: whole.rindex(b"<row") + 30])
    line = whole[: whole.rindex(b"<row")].count(b"\n") + 1
    assert complaint(folder).startswith(f"Posts.xml, line {line}, column ")


def test_an_empty_file(folder):
    (folder / "Posts.xml").write_bytes(b"")
    assert complaint(folder) == "Posts.xml, line 1, column 1: no element found."
