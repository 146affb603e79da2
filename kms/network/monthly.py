"""The report of each month: computed once, sent once to each who wants it, with what fell out of its interval."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kms.network.alerts import Fallen, fallen
from kms.network.computing import compute
from kms.network.forms import USUAL_MONTHS, ended_months, span
from kms.network.models import Delivery, Snapshot, Subscription
from kms.network.names import Names
from kms.network.present import Report
from kms.network.terms import Purpose


def send_all() -> int:
    """Compute and send what is due for the months that are over; how many mails. Safe to run again at any time."""
    sent = 0
    for subscription in Subscription.objects.select_related("person").order_by("pk"):
        if subscription.person.is_active and subscription.person.email:
            snapshot = _report_for(subscription)
            sent += snapshot.is_done and _deliver(subscription, snapshot)
    return sent


def _report_for(subscription: Subscription) -> Snapshot:
    """The scheduled report of the last three months, computed now unless it is there."""
    months = ended_months()
    terms = span(months[USUAL_MONTHS - 1], months[0], compared=True)
    before = terms.pop("against")
    snapshot, _made = Snapshot.objects.get_or_create(
        scheduled=True,
        definition=subscription.definition,
        level=subscription.level,
        **terms,
        defaults={
            "asked_by": subscription.person,
            "purpose": Purpose.GAPS,
            "against_start": before[0],
            "against_end": before[1],
        },
    )
    compute(snapshot)
    snapshot.refresh_from_db()
    return snapshot


def before(snapshot: Snapshot) -> Snapshot | None:
    """The last finished report of the same kind on an earlier period of the same length."""
    length = snapshot.end - snapshot.start
    rows = (
        Snapshot.objects.done().of_the_kind(snapshot).filter(floor=snapshot.floor, start__lt=snapshot.start)
    )
    near = rows.order_by("-start", "-pk")[:10]
    return next((one for one in near if abs((one.end - one.start - length).days) <= 4), None)


def alerts_of(snapshot: Snapshot) -> list[Fallen]:
    """What fell out of its interval since the report before; empty without one."""
    earlier = before(snapshot)
    return fallen(earlier.report, snapshot.report) if earlier else []


@transaction.atomic
def _deliver(subscription: Subscription, snapshot: Snapshot) -> bool:
    """Send one report to one person unless it was sent; whether it was sent now."""
    _row, fresh = Delivery.objects.get_or_create(subscription=subscription, snapshot=snapshot)
    if not fresh:
        return False
    with translation.override(subscription.person.language):
        subject, body = letter(snapshot)
        send_mail(subject, body, None, [subscription.person.email])
    return True


def letter(snapshot: Snapshot) -> tuple[str, str]:
    """Subject and text of the mail in the active language: findings of the suppressed report and a link, no figures else."""
    report = Report(snapshot)
    names = Names(report.order)
    context = {
        "snapshot": snapshot,
        "findings": [finding["plain"] for finding in report.findings],
        "alerts": [
            (names.label(one.groups[0]), names.label(one.groups[1]), one.seen, one.expected)
            for one in alerts_of(snapshot)
        ],
        "address": f"{settings.WAGTAILADMIN_BASE_URL}/km/network/{snapshot.pk}/",
    }
    subject = _("Network report: %(month)s") % {"month": _month(timezone.localdate(snapshot.last_day))}
    return subject, render_to_string("network/mail/monthly.txt", context)


def _month(day: date) -> str:
    return date_format(day, "F Y")
