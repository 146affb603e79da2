"""Background work of the audit trail."""

from django.tasks import task

from intranet.audit import chain, heads
from intranet.runtime.surfaces import surface


@task()
@surface("shows nothing: digests only")
def seal() -> int:
    """Seal what was written since the last batch; how many entries. Safe to run twice."""
    return chain.seal()


@task()
@surface("a number and a digest, to a file in the data folder")
def export_head() -> int:
    """Seal, and write the head of the chain to the data folder; its number. Run twice it writes it twice."""
    chain.seal()
    head = heads.export()
    return head.number if head else 0
