"""The line that rules add beside a text while it is written. It informs; it never stops anybody."""

from __future__ import annotations

from collections.abc import Iterable

from intranet.content.models import Space
from intranet.people.models import User
from intranet.policies.hints import READ, Hint, add_hinter
from intranet.rules import compiled
from intranet.rules.applying import in_force
from intranet.rules.facts import LINK_TYPED
from intranet.rules.judging import Said
from intranet.rules.kinds import IN_THE_TEXT, RuleAction, RuleKind

MOST = 2
"""Lines at once: more would be read by nobody."""

SPEAKING = IN_THE_TEXT | {RuleKind.LINKS}
"""Kinds that can be told from the text alone."""


@add_hinter
def hints(title: str, text: str, space: Space | None, reader: User) -> Iterable[Hint]:
    """A hint for each clause whose rules want one and speak of what is being written, with what they found."""
    rules = compiled.current()
    if rules is None:
        return []
    said = Said(title=title, text=text[-READ:], links=len(LINK_TYPED.findall(text)))
    spoken: dict[int, list[str]] = {}
    for rule, hit in rules.speaking(said, space):
        if rule["action"] == RuleAction.HINT and rule["kind"] in SPEAKING:
            spoken.setdefault(rule["clause"], []).extend([hit.excerpt] if hit.excerpt else [])
    return [Hint(in_force(clause), words) for clause, words in list(spoken.items())[:MOST]]
