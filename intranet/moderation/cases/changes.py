"""The outcome that refuses a change which waited, and how it is taken back."""

from __future__ import annotations

from typing import Any

from intranet.activity.log import record
from intranet.content.composing import compose
from intranet.moderation import gate
from intranet.moderation.models import Decision, HeldEdit
from intranet.moderation.verbs import EDIT_REFUSED
from intranet.people.models import User

KEPT = ("title", "source", "tags", "disclosures", "base_revision", "rule", "excerpt")


def refuse_change(permit: gate.Permit, decision: Decision, _means: Any) -> None:
    """Take the waiting change of the post away and keep it with `decision`, where its author reads it."""
    waits = HeldEdit.objects.select_related("editor").get(post=permit.post)
    html = compose(
        kind=permit.post.kind, title=waits.title, source=waits.source, author=waits.editor, space=permit.space
    ).columns["html"]
    decision.snapshot |= {"title": waits.title, "source": waits.source, "html": html}
    decision.effect["edit"] = {name: getattr(waits, name) for name in KEPT} | {
        "editor": waits.editor_id,
        "clause": waits.clause_id,
        "due": waits.due.isoformat(),
    }
    waits.delete()
    author = permit.post.author
    record(EDIT_REFUSED, permit.actor, about=author, post=permit.post, at=decision.at, ref=decision.pk)


def wait_again(permit: gate.Permit, decision: Decision) -> HeldEdit | None:
    """Let the change that `decision` refused wait again, unless another one does; None then, or without its editor."""
    kept = decision.effect.get("edit") or {}
    if not kept or HeldEdit.objects.filter(post=permit.post).exists():
        return None
    facts = {name: kept[name] for name in KEPT} | {"due": kept["due"], "clause_id": kept["clause"]}
    editor = User.objects.active().filter(pk=kept["editor"]).first()
    return HeldEdit.objects.create(post=permit.post, editor=editor, **facts) if editor else None
