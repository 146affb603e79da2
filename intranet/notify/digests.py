"""What was not seen, by mail, for those who want it. Visibility is asked when a mail is written, never when it waits."""

from __future__ import annotations

from datetime import date, datetime, time
from html import unescape

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import strip_tags
from django.utils.translation import ngettext

from intranet.notify.models import Digest, Notification, Rhythm
from intranet.notify.reading import Line, lines
from intranet.people.models import User
from intranet.policies.disclosures.showing import words_of
from intranet.settings.product import DIGEST_DAY, DIGEST_LINES

SALT = "kesher.digest"


def choose(*, person: User, rhythm: str) -> Digest:
    """Send `person` mails in this rhythm; what was told before the choice is not sent."""
    latest = (
        Notification.objects.filter(recipient=person).order_by("-event_id").values_list("event_id", flat=True)
    )
    kept, made = Digest.objects.get_or_create(
        person=person, defaults={"rhythm": Rhythm(rhythm), "told_until": latest.first() or 0}
    )
    if not made and kept.rhythm != rhythm:
        if kept.rhythm == Rhythm.NEVER:
            kept.told_until = latest.first() or 0
        kept.rhythm = Rhythm(rhythm)
        kept.save(update_fields=["rhythm", "told_until"])
    return kept


def token_for(person: User) -> str:
    """What the link at the end of a mail carries: who it is for, signed. It can stop mails and nothing else."""
    return signing.dumps(person.pk, salt=SALT)


def person_of(token: str) -> User | None:
    """Whose mails `token` may stop; None when it is none of ours."""
    try:
        return User.objects.filter(pk=signing.loads(token, salt=SALT)).first()
    except signing.BadSignature:
        return None


def send_all(today: date | None = None) -> int:
    """Send every mail that is due on `today`; how many went out. A second call on the same day sends none."""
    day = today or timezone.localdate()
    rhythms = [Rhythm.DAILY, Rhythm.WEEKLY] if day.weekday() == DIGEST_DAY else [Rhythm.DAILY]
    due = Digest.objects.filter(rhythm__in=rhythms, person__is_active=True).exclude(person__email="")
    return sum(_send(pk, day) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _send(pk: int, day: date) -> bool:
    """Send one person what is new and unseen, unless that was done on `day`; whether a mail went out."""
    rows = Digest.objects.select_for_update(no_key=True, of=("self",)).select_related("person")
    start = timezone.make_aware(datetime.combine(day, time.min))
    waiting = Q(sent_at=None) | Q(sent_at__lt=start)
    digest = rows.filter(waiting, pk=pk).exclude(rhythm=Rhythm.NEVER).first()
    if digest is None:
        return False
    person = digest.person
    fresh = Notification.objects.visible_to(person).unseen().filter(event_id__gt=digest.told_until)
    with translation.override(person.language):
        found = lines(fresh, person, size=DIGEST_LINES)
        sent = bool(found.items) and _deliver(person, found.items, more=bool(found.next))
    digest.sent_at = timezone.now() if sent else digest.sent_at
    if sent:
        digest.told_until = max(line.notification.event_id for line in found)
        digest.save(update_fields=["sent_at", "told_until"])
    return sent


def _disclosed(line: Line) -> list[str]:
    """What readers should know about the post that a line is about; nothing for a line about several."""
    post = line.notification.event.post
    return words_of(post) if post and max(line.unseen, line.total) == 1 else []


def _deliver(person: User, found: list[Line], *, more: bool) -> bool:
    """One mail: the sentences of the inbox with their addresses, and a link that stops the mails."""
    base = settings.WAGTAILADMIN_BASE_URL
    stop = f"{base}/inbox/mail/stop/{token_for(person)}/"
    context = {
        "name": person.get_short_name(),
        "lines": [
            (unescape(strip_tags(line.words)), f"{base}/inbox/{line.notification.pk}/", _disclosed(line))
            for line in found
        ],
        "more": more,
        "inbox": f"{base}/inbox/",
        "stop": stop,
    }
    n = len(found)
    subject = ngettext("{n} thing is new for you", "{n} things are new for you", n).format(n=n)
    mail = EmailMessage(
        subject,
        render_to_string("notify/mail/digest.txt", context),
        to=[person.email],
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    return bool(mail.send())
