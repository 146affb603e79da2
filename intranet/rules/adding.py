"""What an edit adds: rules that did not speak of the post as it is, or that speak of the lines that are new in it.

Without this a slip that is put right would bring every old finding up again; with the rule alone, what was found and
accepted once would cover whatever is added later.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from intranet.access.deeds import Deed
from intranet.moderation.gate import Permit
from intranet.rules.compiled import Compiled
from intranet.rules.facts import said_in
from intranet.rules.judging import Hit, Said
from intranet.rules.kinds import IN_THE_TEXT

REWRITING = frozenset({Deed.EDIT, Deed.PUBLISH})
"""Deeds that put a text in the place of another."""


def added_by(
    permit: Permit, hits: list[tuple[dict[str, Any], Hit]], said: Said, rules: Compiled, at: datetime
) -> list[tuple[dict[str, Any], Hit]]:
    """Those of `hits`, which `rules` find in `said`, that the post of `permit` does not bring with it."""
    if not hits:
        return hits
    post = permit.post
    columns: dict[str, object] = {"title": post.title, "text": post.text, "html": post.html}
    before = said_in(permit, columns, rules, tags=None, disclosures=None, at=at)
    spoke = {hit.rule for _rule, hit in rules.speaking(before, permit.space)}
    old = {*before.title.splitlines(), *before.text.splitlines()}
    new = [line for line in [said.title, *said.text.splitlines()] if line not in old]
    anew = {
        hit.rule: hit
        for rule, hit in rules.speaking(replace(said, title="", text="\n".join(new)), permit.space)
        if rule["kind"] in IN_THE_TEXT
    }
    return [
        (rule, anew.get(hit.rule, hit)) for rule, hit in hits if hit.rule not in spoke or hit.rule in anew
    ]
