"""Writes a made-up site dump with the file names, attributes and habits of a real one.

`write_dump(folder, seed=1)` is as large as a small site of 2018; the same arguments give the same bytes. Bodies
show what real ones do: code with a language, formulas, quotations, lists, tables, pictures, keys, old links.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import quoteattr

_TAGS = (
    "error-correction",
    "entanglement",
    "gate-synthesis",
    "q#",
    "annealing",
    "noise",
    "measurement",
    "teleportation",
)
_FIRST = datetime(2018, 3, 12, 18, 32, 7, 247000)
_SENTENCES = (
    "The circuit keeps its phase when the order of the two rotations is swapped.",
    "I measured only the second register and the first one collapsed as well.",
    "A depth of about 40 gates is where the signal is lost in my runs.",
    "The decoder fails on every chain that is longer than half the distance.",
    "Compare it with <em>amplitude damping</em>, which is not unital.",
    "In short: $\\langle\\psi|\\phi\\rangle$ is <strong>not</strong> what the counter shows.",
)
_BLOCKS = (
    '<pre class="lang-py prettyprint-override"><code>circuit.h(0)\ncircuit.cx(0, 1)  # &lt;pair&gt;\n</code></pre>',
    "<blockquote>\n  <p>No copy of an unknown state can be made.</p>\n</blockquote>",
    "<ol>\n<li>prepare $|0\\rangle^{\\otimes n}$</li>\n<li>apply <code>H</code></li>\n</ol>",
    "$$\\begin{pmatrix} 1 &amp; 0 \\\\ 0 &amp; e^{i\\theta_1} \\end{pmatrix}$$",
    '<p><img src="https://i.stack.imgur.com/q0.png" alt="enter image description here"></p>',
    '<p>See <a href="https://example.org/paper.pdf">the paper</a> and <a href="/q/7">this question</a>.</p>',
    "<table><thead><tr><th>gate</th><th>n</th></tr></thead><tbody><tr><td>H</td><td>2</td></tr></tbody></table>",
    "<p>Press <kbd>Shift</kbd>, then read T<sub>1</sub> and 10<sup>-3</sup>.</p>",
)
_OTHER_VOTES = (5, 5, 5, 6, 8, 9, 15, 16)


@dataclass(frozen=True)
class Size:
    """How many rows of each kind; the defaults are those of a small site in 2018."""

    people: int = 1000
    questions: int = 612
    answers: int = 1060
    comments: int = 3413
    votes: int = 12560


def write_dump(folder: Path, *, seed: int = 1, size: Size | None = None) -> Path:
    """Users, Posts, Comments, Votes, Badges and Tags `.xml` in `folder`, which is made; returns it."""
    writer = _Writer(random.Random(seed), size or Size())
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in writer.tables().items():
        write_table(folder, table, rows)
    return folder


def write_table(folder: Path, table: str, rows: Iterable[dict[str, object]]) -> Path:
    """One file of a dump; an attribute that is None is left out, as dumps do."""
    lines = [_row(row) for row in rows]
    root = table.lower()
    text = '<?xml version="1.0" encoding="utf-8"?>\n' + f"<{root}>\n" + "".join(lines) + f"</{root}>"
    path = folder / f"{table}.xml"
    path.write_text(text, encoding="utf-8-sig")
    return path


def _row(row: dict[str, object]) -> str:
    attributes = " ".join(
        f"{name}={quoteattr(str(value))}" for name, value in row.items() if value is not None
    )
    return f"  <row {attributes} />\n".replace("&#10;", "&#xA;")


class _Writer:
    def __init__(self, draw: random.Random, size: Size) -> None:
        self.draw = draw
        self.size = size
        self.questions = range(1, size.questions + 1)
        self.answers = range(size.questions + 1, size.questions + size.answers + 1)
        self.answered = {answer: self._early(self.questions) for answer in self.answers}
        self.accepted = self._accepted()

    def tables(self) -> dict[str, list[dict[str, object]]]:
        votes = self._votes()
        return {
            "Users": [self._person(number) for number in range(-1, self.size.people) if number],
            "Posts": self._posts(votes),
            "Comments": [self._comment(number) for number in range(1, self.size.comments + 1)],
            "Votes": votes,
            "Badges": [{"Id": n, "UserId": n, "Name": "Student", "Date": _stamp(n)} for n in range(1, 40)],
            "Tags": [{"Id": n, "TagName": name, "Count": n} for n, name in enumerate(_TAGS, 1)],
        }

    def _accepted(self) -> dict[int, int]:
        """question -> the answer its asker accepted; about two questions in five of those that have any."""
        first: dict[int, int] = {}
        for answer, question in self.answered.items():
            first.setdefault(question, answer)
        return {question: answer for question, answer in first.items() if self.draw.random() < 0.6}

    def _early(self, among: range) -> int:
        """A member of `among`, the early ones more often: few people and posts draw most of the activity."""
        return among[int(len(among) * self.draw.random() ** 2)]

    def _owner(self) -> int | None:
        return None if self.draw.random() < 0.02 else self._early(range(1, self.size.people))

    def _person(self, number: int) -> dict[str, object]:
        return {
            "Id": number,
            "Reputation": 101,
            "CreationDate": _stamp(0),
            "DisplayName": "Community" if number < 0 else f"Member {number}",
            "Location": self.draw.choice(("Haifa", "Kraków", None)),
            "AboutMe": "<p>I like circuits.</p>" if number % 3 == 0 else None,
            "AccountId": None if number < 0 else 90000 + number,
        }

    def _posts(self, votes: list[dict[str, object]]) -> list[dict[str, object]]:
        scores = dict.fromkeys([*self.questions, *self.answers], 0)
        for vote in votes:
            scores[vote["PostId"]] += {2: 1, 3: -1}.get(vote["VoteTypeId"], 0)
        wiki = {"Id": len(scores) + 1, "PostTypeId": 5, "CreationDate": _stamp(3), "Score": 0, "Body": ""}
        return [self._post(number, score) for number, score in scores.items()] + [wiki]

    def _post(self, number: int, score: int) -> dict[str, object]:
        owner = self._owner()
        question = number in self.questions
        return {
            "Id": number,
            "PostTypeId": 1 if question else 2,
            "ParentId": None if question else self.answered[number],
            "AcceptedAnswerId": self.accepted.get(number) if question else None,
            "CreationDate": _stamp(number),
            "Score": score,
            "Body": self._body(),
            "OwnerUserId": owner,
            "OwnerDisplayName": "user77" if owner is None else None,
            "LastEditDate": _stamp(number + 50) if number % 4 == 0 else None,
            "ClosedDate": _stamp(number + 90) if question and number % 37 == 0 else None,
            "Title": f"What keeps the phase in circuit {number}?" if question else None,
            "Tags": "".join(f"<{tag}>" for tag in self.draw.sample(_TAGS, k=2)) if question else None,
        }

    def _body(self) -> str:
        paragraphs = [
            f"<p>{' '.join(self.draw.sample(_SENTENCES, k=3))}</p>" for _ in range(self.draw.randint(1, 4))
        ]
        return "\n\n".join([*paragraphs, self.draw.choice(_BLOCKS)]) + "\n"

    def _comment(self, number: int) -> dict[str, object]:
        return {
            "Id": number,
            "PostId": self._early(range(1, self.size.questions + self.size.answers + 1)),
            "Score": self.draw.choice((0, 0, 0, 1, 2)),
            "Text": f"@Member7 is that `n > {number}` or $n_{{max}}$?",
            "CreationDate": _stamp(2000 + number),
            "UserId": self._owner(),
        }

    def _votes(self) -> list[dict[str, object]]:
        fixed = [(answer, 1) for answer in self.accepted.values()]
        posts = range(1, self.size.questions + self.size.answers + 1)
        drawn = [
            (self._early(posts), self.draw.choice((2,) * 27 + (3, 3, *_OTHER_VOTES)))
            for _ in range(max(0, self.size.votes - len(fixed)))
        ]
        return [
            {
                "Id": number,
                "PostId": post,
                "VoteTypeId": kind,
                "CreationDate": _stamp(post + 60)[:11] + "00:00:00.000",
            }
            for number, (post, kind) in enumerate(fixed + drawn, 1)
        ]


def _stamp(hours: int) -> str:
    return (_FIRST + timedelta(hours=hours)).isoformat(timespec="milliseconds")
