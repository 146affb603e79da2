"""The head of the chain, written every day to a file outside of the database: whoever rewrites the whole chain, or cuts
off its end, does not match it. One JSON object a line: `{number, digest, entries, at}`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from intranet.audit.models import AuditBatch


@dataclass(frozen=True)
class Head:
    """The newest batch on one day: its number, its digest, its highest entry, and when it was written down."""

    number: int
    digest: str
    entry: int
    at: str


class BadHeads(Exception):
    """The file of heads cannot be read; the sentence says where."""


def file() -> Path:
    """Where the heads stand."""
    return Path(settings.AUDIT_ROOT, "heads.jsonl")


def export() -> Head | None:
    """Add the head of now to the file; None when nothing was sealed yet."""
    last = AuditBatch.objects.order_by("-number").first()
    if last is None:
        return None
    head = Head(last.number, last.digest, last.ids[-1], timezone.now().isoformat(timespec="seconds"))
    file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with file().open("a") as stream:
        stream.write(json.dumps(asdict(head)) + "\n")
    return head


def exported() -> list[Head]:
    """Every head that was written down, oldest first. Raises `BadHeads`."""
    if not file().exists():
        return []
    heads = []
    for number, line in enumerate(file().read_text().splitlines(), 1):
        try:
            heads.append(Head(**json.loads(line)))
        except (ValueError, TypeError) as problem:
            raise BadHeads(f"Line {number} of {file()} cannot be read.") from problem
    return heads


def set_aside() -> None:
    """Start a new file: after a backup was put back the chain ends earlier than it did. The old one stays beside it."""
    if file().exists():
        file().rename(file().with_name(f"heads-until-{timezone.now():%Y%m%d-%H%M%S}.jsonl"))
