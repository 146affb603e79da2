"""What leaves the house without an address: the background tasks and the mails, each made to do its work."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict
from datetime import timedelta

from django.core import mail
from django.test import Client, TestCase, override_settings
from django.utils import timezone
from django.utils.module_loading import import_string

from communities.merging.models import Merger, MergerState
from intranet.content.models import Post
from intranet.keeping import takeouts
from intranet.mailin.addresses import address_for
from intranet.mailin.receiving import receive
from intranet.management.surfaces import all_surfaces
from intranet.notify.letters import send_letters
from intranet.notify.models import Digest, Rhythm
from intranet.rules.judging import Rule
from intranet.rules.models import Trial
from kms.network.actions import ask_for_report, subscribe
from kms.network.computing import compute
from kms.network.models import Snapshot
from tests.access.walking import Unknown
from tests.access.words import PLANTED
from tests.factories.cast import Cast

ABOUT_SOMETHING: dict[str, Callable[[Cast], int | str]] = {}
"""Tasks that are about one row, with what makes it and gives its id."""


def _about(path: str) -> Callable[[Callable[[Cast], int | str]], Callable[[Cast], int | str]]:
    def keep(make: Callable[[Cast], int | str]) -> Callable[[Cast], int | str]:
        ABOUT_SOMETHING[path] = make
        return make

    return keep


@_about("communities.merging.tasks.carry")
def _merger(cast: Cast) -> str:
    """The secret community on its way into another one."""
    merger = Merger.objects.get(source=cast.secret)
    merger.state, merger.answered_by = MergerState.RUNNING, cast.alex
    merger.save()
    return merger.public_id


@_about("intranet.keeping.tasks.make_takeout")
def _takeout(cast: Cast) -> int:
    return takeouts.request_takeout(actor=cast.outsider, person=cast.outsider).pk


@_about("intranet.rules.tasks.count_trial")
def _trial(cast: Cast) -> int:
    return Trial.objects.create(by=cast.moderator, rule=asdict(Rule(1, "words", PLANTED))).pk


@_about("kms.introductions.tasks.draw_pairs")
def _computed(cast: Cast) -> int:
    report = Snapshot.objects.get(pk=_report(cast))
    compute(report)
    return report.pk


@_about("kms.network.tasks.compute_snapshot")
def _report(cast: Cast) -> int:
    end = timezone.now() - timedelta(
        days=90
    )  # what a report holds back has its own tests; here it is only a task
    terms = {"definition": "weighted", "level": "unit", "purpose": "gaps"}
    return ask_for_report(asked_by=cast.km, start=end - timedelta(days=90), end=end, **terms).pk


BY_THEMSELVES = (
    "communities.inviting.tasks.apply_unit_rules",
    "communities.reminding.tasks.remind",
    "communities.reviewing.tasks.review_charters",
    "intranet.activity.tasks.read_log",
    "intranet.attachments.tasks.sweep_orphans",
    "intranet.audit.tasks.export_head",
    "intranet.audit.tasks.seal",
    "intranet.keeping.tasks.clean_up",
    "intranet.likeness.tasks.learn_from_decisions",
    "intranet.likeness.tasks.suggest_cases",
    "intranet.moderation.standing.tasks.close_quiet_threads",
    "intranet.notify.tasks.remind_of_bookmarks",
    "intranet.notify.tasks.send_digests",
    "intranet.notify.tasks.send_letters",
    "intranet.policies.acknowledging.tasks.remind",
    "intranet.search.tasks.index_directory",
    "kms.articles.tasks.call_for_reviews",
    "kms.introductions.tasks.look_after_introductions",
    "kms.network.tasks.look_after_packs",
    "kms.network.tasks.send_monthly_reports",
)


def forget_a_password(cast: Cast) -> None:
    """Have a mail written about the account of an outsider."""
    Client().post("/accounts/password/reset/", {"email": cast.outsider.email})


def each_notice_by_itself(cast: Cast) -> None:
    """Send outsiders all that ever was told to them, each notice as a mail."""
    outsiders = (cast.outsider.pk, cast.former.pk, cast.guest.pk)
    Digest.objects.filter(person__in=outsiders).update(rhythm=Rhythm.DIRECT, told_until=0)
    send_letters()


def reply_by_mail(cast: Cast) -> None:
    """Let a former member reply to what they no longer see: the answer says why not."""
    with override_settings(REPLY_DOMAIN="mail.kesher.example"):
        hidden = Post.objects.filter(space=cast.secret).first()
        raw = (
            f"From: {cast.former.email}\r\nTo: {address_for(cast.former, hidden)}\r\n"
            "Message-ID: <1@phone.example>\r\n\r\nA word.\r\n"
        )
        with TestCase.captureOnCommitCallbacks(execute=True):
            receive(raw.encode())


MAILS: dict[str, Callable[[Cast], object]] = {
    "account/email/*": forget_a_password,
    "notify/mail/digest.txt": lambda cast: None,  # sent by its task to whoever has it sent
    "notify/mail/letter.txt": each_notice_by_itself,
    "mailin/refused.txt": reply_by_mail,
    "network/mail/monthly.txt": lambda cast: None,  # sent by its task to who subscribed
}


def _known(kind: str, names: Collection[str]) -> list[str]:
    """The surfaces of a kind in the order of `names`; raises `Unknown` for one that nobody says how to bring about."""
    found = [each.where for each in all_surfaces() if each.kind == kind]
    if strange := set(found) - set(names):
        raise Unknown(f"tests/access/outlets.py does not say how to bring about {sorted(strange)}")
    return [name for name in names if name in found]


def work(cast: Cast) -> str:
    """Run every task twice and have every mail written; gives back all that was sent and told to outsiders."""
    subscribe(person=cast.km, definition="weighted", level="unit", wanted=True)
    for person in (cast.outsider, cast.former, cast.guest):
        Digest.objects.create(person=person, rhythm=Rhythm.DAILY)
    said = []
    for path in _known("task", (*ABOUT_SOMETHING, *BY_THEMSELVES)):
        about = [ABOUT_SOMETHING[path](cast)] if path in ABOUT_SOMETHING else []
        task = import_string(path)
        said += [task.func(*about), task.func(*about)]
    for name in _known("mail", MAILS):
        MAILS[name](cast)
    members = set(cast.secret.memberships.values_list("person__email", flat=True))
    letters = [letter for letter in mail.outbox if not members.issuperset(letter.recipients())]
    tried = Trial.objects.filter(by=cast.moderator).values_list("count", "samples")
    assert list(tried) == [(0, [])], "a rule was tried on posts that who tried it does not see"
    return "\n".join([*map(str, said), *(str(letter.message()) for letter in letters)])
