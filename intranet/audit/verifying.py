"""Finding any change of the audit trail: a row that was changed, removed, put in, exchanged, or cut off with the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intranet.audit import chain, heads
from intranet.audit.models import AuditBatch, AuditEntry


@dataclass(frozen=True)
class Flaw:
    """Something that is not as it was sealed: in which batch, at which entry (None: the batch itself), and what."""

    batch: int
    entry: int | None
    what: str

    def __str__(self) -> str:
        place = f"batch {self.batch}" + (f", entry {self.entry}" if self.entry is not None else "")
        return f"{place}: {self.what}"


def flaws() -> Iterator[Flaw]:
    """Every flaw, in the order of the chain, then what the exported heads show. Memory for one batch at a time."""
    number, previous, last = 0, chain.GENESIS, 0
    for batch in AuditBatch.objects.order_by("number").iterator(chunk_size=20):
        number += 1
        if batch.number != number:
            yield Flaw(number, None, "the batch is missing")
            number = batch.number
        yield from _of_batch(batch, previous, last)
        previous, last = batch.digest, max([last, *batch.ids])
    yield from _of_heads(number)


def _of_batch(batch: AuditBatch, previous: str, last: int) -> Iterator[Flaw]:
    """Flaws of one batch that follows the digest `previous` and the entry `last`."""
    if len(batch.ids) != len(batch.leaves) or not batch.ids:
        yield Flaw(batch.number, None, "the batch itself was changed")
        return
    found = {entry.pk: entry for entry in AuditEntry.objects.filter(pk__gt=last, pk__lte=max(batch.ids))}
    sealed = dict(zip(batch.ids, batch.leaves, strict=True))
    for pk in sorted(found.keys() | sealed.keys()):
        if pk not in found:
            yield Flaw(batch.number, pk, "the entry was deleted")
        elif pk not in sealed:
            yield Flaw(batch.number, pk, "the entry was put in after the batch was sealed")
        elif chain.leaf(found[pk]) != sealed[pk]:
            yield Flaw(batch.number, pk, "the entry was changed")
    if batch.previous != previous:
        yield Flaw(batch.number, None, "the batch does not follow the one before it")
    said = chain.digest(batch.number, batch.previous, batch.sealed_at, batch.ids, batch.leaves)
    if batch.digest != said:
        yield Flaw(batch.number, None, "the batch itself was changed")


def _of_heads(newest: int) -> Iterator[Flaw]:
    """What the heads that were written down show; `newest` is the number of the last batch."""
    written = heads.exported()
    digests = dict(
        AuditBatch.objects.filter(number__in={head.number for head in written}).values_list(
            "number", "digest"
        )
    )
    for head in written:
        if head.number not in digests:
            cut = f"the chain ends at batch {newest}, and its head of {head.at} is gone"
            yield Flaw(head.number, head.entry, cut)
        elif digests[head.number] != head.digest:
            yield Flaw(head.number, None, f"the chain was rewritten: it had another head on {head.at}")
