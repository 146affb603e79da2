"""Deeds around polls: put one on a thread, vote, close it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.polls.models import Ballot, Choice, Poll, PollOption
from communities.verbs import POLL_CLOSED, POLLED, TOOK_PART
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.kinds import THREAD_KINDS
from intranet.content.models import Post
from intranet.moderation import gate
from intranet.people.models import User
from intranet.settings.product import POLL_OPTIONS
from intranet.text.lines import clean_line

QUESTION_MAX, OPTION_MAX = 200, 160
"""Characters of the columns."""


def clean_options(options: Sequence[str]) -> list[str]:
    """The options one by one, cleaned, each once; refused when there are fewer than two or too many."""
    texts = list(dict.fromkeys(text for option in options if (text := clean_line(option)[:OPTION_MAX])))
    if not 2 <= len(texts) <= POLL_OPTIONS:
        sentence = _("A poll needs 2 to %(most)s different options.") % {"most": POLL_OPTIONS}
        raise Refused(refuse("bad_options", sentence))
    return texts


def put(
    *,
    actor: User,
    thread: Post,
    question: str,
    options: Sequence[str],
    many: bool = False,
    secret: bool = False,
    closes: datetime | None = None,
    at: datetime | None = None,
) -> Poll:
    """Put a poll on `thread`, or replace it while nobody has voted. Its author and moderators may. Raises `Refused`."""
    texts = clean_options(options)
    asked = clean_line(question)[:QUESTION_MAX]
    if not asked:
        raise Refused(refuse("no_title", _("Say what the poll asks.")))
    if closes and closes <= timezone.now() and at is None:
        raise Refused(
            refuse("past_until", _("The poll would close in the past. Choose a later time or none."))
        )
    with gate.permit(actor, Deed.POLL, post=thread) as permit:
        if permit.post.root_id or permit.post.kind not in THREAD_KINDS:
            raise Refused(refuse("not_a_thread", _("That is no thread of a community.")))
        if Ballot.objects.filter(poll__post=permit.post).exists():
            raise Refused(refuse("has_votes", _("People have voted already, so the poll stays as it is.")))
        moment = at or timezone.now()
        terms = {"question": asked, "many": many, "secret": secret, "closes": closes, "closed": None}
        poll, made = Poll.objects.update_or_create(
            post=permit.post, defaults=terms, create_defaults={**terms, "created": moment}
        )
        poll.options.all().delete()
        PollOption.objects.bulk_create(
            PollOption(poll=poll, place=place, text=text) for place, text in enumerate(texts, start=1)
        )
        if made:
            record(POLLED, permit.actor, post=permit.post, at=moment)
        return poll


def vote(*, person: User, poll: Poll, options: Sequence[int], at: datetime | None = None) -> Ballot | None:
    """Make `options` (ids) what `person` chose; none takes the vote back. Safe to repeat. Raises `Refused`."""
    wanted = set(options)
    with gate.permit(person, Deed.BALLOT, post=poll.post) as permit:
        fresh = Poll.objects.get(pk=poll.pk)
        _check_ballot(fresh, wanted)
        moment = at or timezone.now()
        if not wanted:
            Ballot.objects.filter(poll=fresh, person=permit.actor).delete()
            return None
        ballot, made = Ballot.objects.get_or_create(poll=fresh, person=permit.actor, defaults={"at": moment})
        ballot.choices.exclude(option__in=wanted).delete()
        kept = set(ballot.choices.values_list("option", flat=True))
        Choice.objects.bulk_create(
            Choice(ballot=ballot, option_id=option, alone=not fresh.many) for option in sorted(wanted - kept)
        )
        if made:
            record(TOOK_PART, permit.actor, post=permit.post, at=moment)
        return ballot


def _check_ballot(poll: Poll, wanted: set[int]) -> None:
    if not poll.is_open:
        raise Refused(refuse("poll_closed", _("This poll is closed. Its result is shown.")))
    if poll.options.filter(pk__in=wanted).count() != len(wanted):
        raise Refused(refuse("bad_value", _("Choose among the options of this poll.")))
    if not poll.many and len(wanted) > 1:
        raise Refused(refuse("bad_value", _("Choose one option only.")))


def close(*, actor: User, poll: Poll, closed: bool = True) -> Poll:
    """Make the poll closed now, or open again. Its author and moderators may. Raises `Refused`; safe to repeat."""
    with gate.permit(actor, Deed.POLL, post=poll.post) as permit:
        fresh = Poll.objects.get(pk=poll.pk)
        if fresh.is_open is not closed:
            return fresh
        now = timezone.now()
        fresh.closed = now if closed else None
        if not closed and fresh.closes and fresh.closes <= now:
            fresh.closes = None
        fresh.save(update_fields=["closed", "closes"])
        if closed:
            record(POLL_CLOSED, permit.actor, post=permit.post)
        return fresh


def remove(*, actor: User, thread: Post) -> None:
    """Take the poll off `thread` while nobody has voted. Raises `Refused`; safe to repeat."""
    with gate.permit(actor, Deed.POLL, post=thread) as permit:
        if Ballot.objects.filter(poll__post=permit.post).exists():
            raise Refused(refuse("has_votes", _("People have voted already, so the poll stays as it is.")))
        Poll.objects.filter(post=permit.post).delete()
