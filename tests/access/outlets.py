"""What leaves the house without an address: the background tasks and the mails, each made to do its work."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta

from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string

from intranet.management.surfaces import all_surfaces
from intranet.runtime.tasks import drain
from kms.network.actions import ask_for_report, subscribe
from tests.access.walking import Unknown
from tests.factories.cast import Cast

NEEDS_A_REPORT = ("kms.network.tasks.compute_snapshot", "kms.introductions.tasks.draw_pairs")
BY_THEMSELVES = (
    "communities.inviting.tasks.apply_unit_rules",
    "communities.reminding.tasks.remind",
    "communities.reviewing.tasks.review_charters",
    "intranet.activity.tasks.read_log",
    "intranet.attachments.tasks.sweep_orphans",
    "intranet.moderation.standing.tasks.close_quiet_threads",
    "intranet.policies.acknowledging.tasks.remind",
    "intranet.search.tasks.index_directory",
    "kms.introductions.tasks.look_after_introductions",
    "kms.network.tasks.look_after_packs",
    "kms.network.tasks.send_monthly_reports",
)


def forget_a_password(cast: Cast) -> None:
    """Have a mail written about the account of an outsider."""
    Client().post("/accounts/password/reset/", {"email": cast.outsider.email})


MAILS: dict[str, Callable[[Cast], object]] = {
    "account/email/*": forget_a_password,
    "network/mail/monthly.txt": lambda cast: None,  # sent by its task to who subscribed
}


def _known(kind: str, names: Collection[str]) -> list[str]:
    """The surfaces of a kind in the order of `names`; raises `Unknown` for one that nobody says how to bring about."""
    found = [each.where for each in all_surfaces() if each.kind == kind]
    if strange := set(found) - set(names):
        raise Unknown(f"tests/access/outlets.py does not say how to bring about {sorted(strange)}")
    return [name for name in names if name in found]


def work(cast: Cast) -> str:
    """Run every task twice and have every mail written; gives back all that was said and sent to outsiders."""
    now = timezone.now()
    subscribe(person=cast.km, definition="weighted", level="unit", wanted=True)
    terms = {"definition": "weighted", "level": "unit", "purpose": "gaps"}
    report = ask_for_report(asked_by=cast.km, start=now - timedelta(days=90), end=now, **terms)
    for path in _known("task", (*NEEDS_A_REPORT, *BY_THEMSELVES)) * 2:
        import_string(path).func(*([report.pk] if path in NEEDS_A_REPORT else []))
    for name in _known("mail", MAILS):
        MAILS[name](cast)
    drain()
    members = set(cast.secret.memberships.values_list("person__email", flat=True))
    return "\n".join(
        str(letter.message()) for letter in mail.outbox if not members.issuperset(letter.recipients())
    )
