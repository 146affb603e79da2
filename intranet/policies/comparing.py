"""What changed between two versions of a policy, clause by clause and word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from intranet.policies.kinds import Side, other_side
from intranet.policies.models import ClauseVersion
from intranet.text.plain import plain


def word_changes(old: str, new: str) -> list[tuple[str, str]]:
    """The way from `old` to `new` as `("" | "del" | "ins", words)`; white space does not count.

    >>> word_changes("Prices are confidential.", "Prices are open.")
    [('', 'Prices are'), ('del', 'confidential.'), ('ins', 'open.')]
    """
    before, after = old.split(), new.split()
    steps: list[tuple[str, str]] = []
    for step, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step == "equal":
            steps.append(("", " ".join(before[a:b])))
            continue
        if a < b:
            steps.append(("del", " ".join(before[a:b])))
        if c < d:
            steps.append(("ins", " ".join(after[c:d])))
    return steps


def marked(steps: Iterable[tuple[str, str]]) -> SafeString:
    """Steps as HTML with `<del>` and `<ins>`."""
    parts = [
        format_html("<{0}>{1}</{0}>", SafeString(kind), words) if kind else escape(words)
        for kind, words in steps
    ]
    return SafeString(" ".join(parts))


@dataclass(frozen=True)
class Change:
    """One clause that is new, gone or different. `old` and `new` are None where there is none."""

    anchor: str
    old: ClauseVersion | None
    new: ClauseVersion | None

    @property
    def html(self) -> SafeString:
        """Both texts in one, in the reader's language, with what was taken out and put in."""
        side = Side.HEBREW if get_language() == Side.HEBREW else Side.ENGLISH
        return self.in_language(side) or self.in_language(other_side(side))

    def in_language(self, side: str) -> SafeString:
        """Title and text of one language with what was taken out and put in; empty when nothing of it changed."""
        old = self.old.side(side) if self.old else ("", "")
        new = self.new.side(side) if self.new else ("", "")
        if old == new:
            return SafeString("")
        title = format_html("<strong>{}</strong> ", marked(word_changes(old[0], new[0])))
        return (title if old[0] != new[0] else SafeString("")) + marked(
            word_changes(plain(old[1]), plain(new[1]))
        )

    @property
    def sides(self) -> list[tuple[str, SafeString]]:
        """`(language, changes)` of each language that changed, the reader's own first."""
        own = Side.HEBREW if get_language() == Side.HEBREW else Side.ENGLISH
        found = [(side, self.in_language(side)) for side in (own, other_side(own))]
        return [(side, html) for side, html in found if html]

    @property
    def title(self) -> str:
        return (self.new or self.old).title


def changes(old: Sequence[ClauseVersion], new: Sequence[ClauseVersion]) -> list[Change]:
    """The clauses that differ, in the order of `new`, the ones that are gone at the end. Anchors tell which is which."""
    before = {clause.anchor: clause for clause in old}
    found = [
        Change(clause.anchor, before.get(clause.anchor), clause)
        for clause in new
        if clause.anchor not in before or before[clause.anchor].words() != clause.words()
    ]
    kept = {clause.anchor for clause in new}
    return found + [Change(clause.anchor, clause, None) for clause in old if clause.anchor not in kept]
