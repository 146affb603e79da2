"""Everything that is held about a person: each column of each table that points to people, and what becomes of it.

Tables tell by themselves: rows that would go with the person (`on_delete=CASCADE`) are theirs and go when they are
erased; rows that may not be lost (`PROTECT`) are the history of others and stay, with a person without a name in them.
Where that is not the right answer it is said here, with the reason that people read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intranet.people.models import User

HISTORY = _("It belongs to the history of others, and names nobody any more.")
THREADS = _("So that threads stay readable, without a name.")
PROOF = _("So that decisions can be checked, without a name.")

STAYS: dict[str, str | Promise] = {
    "intranet.Reaction.person": _("So that the votes of others keep their meaning, without a name."),
    "intranet.Acknowledgement.person": PROOF,
    "communities.Ballot.person": _("So that the votes of others keep their meaning, without a name."),
    "communities.InviteLink.by": HISTORY,
    "communities.Invitation.by": HISTORY,
    "communities.Pin.by": HISTORY,
    "communities.UnitRule.by": HISTORY,
    "experts.Evidence.by": HISTORY,
    "communities.ImportedRow.person": HISTORY,
    "intranet.Post.author": THREADS,
    "intranet.Revision.editor": THREADS,
    "intranet.Attachment.owner": _("Files at posts that others read."),
    "intranet.Event.actor": PROOF,
    "intranet.Event.about": PROOF,
}
"""Columns whose rows stay although they would go, or that stay for a reason of their own."""

NOT_SHOWN = frozenset(
    {
        # Secrets of the account, and what others wrote or decided about the person in confidence.
        "mfa.Authenticator.user",
        "intranet.ApiToken.person",
        "intranet.Flag.reporter",
        "communities.Sealed.asker",
        "intranet.SearchEntry.person",
        "intranet.CaseNote.author",
        "intranet.Follow.whom",
        "admin.LogEntry.user",
        "intranet.LegalHold.person",
    }
)
"""Columns that a person's copy leaves out: secrets, other people's confidences, and what is only an index."""

LABELS: dict[str, str | Promise] = {
    "intranet.Post.author": _("Posts"),
    "intranet.Reaction.person": _("Votes and thanks"),
    "intranet.Event.actor": _("Lines of the log about what they did"),
    "intranet.Event.about": _("Lines of the log about what concerned them"),
    "intranet.Membership.person": _("Memberships"),
    "intranet.Draft.person": _("Drafts"),
    "intranet.Notification.recipient": _("Notices"),
    "intranet.Follow.person": _("What they follow"),
    "intranet.Bookmark.person": _("Bookmarks"),
    "intranet.ReadPosition.person": _("How far they read threads"),
    "intranet.Attachment.owner": _("Files"),
    "intranet.Revision.editor": _("Earlier versions of posts"),
    "intranet.Acknowledgement.person": _("Policies acknowledged"),
    "intranet.Penalty.person": _("Penalties"),
    "intranet.Appeal.appellant": _("Appeals"),
    "experts.Profile.person": _("Profile"),
    "experts.Evidence.person": _("Evidence of expertise"),
    "kms.Interaction.source": _("Imported ties from them"),
    "kms.Interaction.target": _("Imported ties to them"),
    "account.EmailAddress.user": _("E-mail addresses"),
    "socialaccount.SocialAccount.user": _("Company accounts"),
}
"""Names for people of what most have; the rest is counted together, and named by its table in `data.json`."""
OTHER = _("Other records")

HIDDEN_FIELDS = (
    "password",
    "digest",
    "client_token",
    "client_digest",
    "token",
    "secret",
    "private_note",
    "effect",
)


@dataclass(frozen=True)
class Holding:
    """One column that points to people."""

    model: type[models.Model]
    field: models.ForeignKey

    @property
    def name(self) -> str:
        """`app.Model.field`."""
        return f"{self.model._meta.label}.{self.field.name}"

    @property
    def stays(self) -> bool:
        """Whether its rows stay when the person is erased."""
        return self.name in STAYS or self.field.remote_field.on_delete is not models.CASCADE

    @property
    def why(self) -> str | Promise:
        """Why its rows stay."""
        return STAYS.get(self.name, HISTORY)

    @property
    def shown(self) -> bool:
        """Whether it is part of a person's copy: what is about them or by them, not what they decided about others."""
        return self.name not in NOT_SHOWN

    @property
    def label(self) -> str | Promise:
        """What its rows are, in the reader's language."""
        return LABELS.get(self.name, OTHER)

    def rows(self, person: User) -> QuerySet:
        return self.model._base_manager.filter(**{self.field.attname: person.pk})


def holdings() -> Iterator[Holding]:
    """Every column that points to people, by name."""
    found = [
        Holding(model, field)
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model is User and model is not User
    ]
    yield from sorted(found, key=lambda holding: holding.name)


def counted(counts: Iterable[tuple[Holding, int]]) -> list[tuple[str, int]]:
    """How many rows there are of what has one name for people, the most first."""
    sums: Counter[str] = Counter()
    for holding, count in counts:
        sums[str(holding.label)] += count
    return sums.most_common()
