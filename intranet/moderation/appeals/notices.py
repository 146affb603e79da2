"""What an author is told about a decision: what happened, what it means, what they can do now."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intranet.content.kinds import PostKind
from intranet.content.models import Post
from intranet.moderation.kinds import Outcome
from intranet.moderation.models import Appeal, Decision
from intranet.people.models import User


@dataclass(frozen=True)
class Meaning:
    """The head of a notice and what it means for the author, in words."""

    title: str | Promise
    text: str | Promise


MEANINGS = {
    Outcome.NO_ACTION: Meaning(
        _("Somebody asked us to look at your post"), _("We found nothing wrong with it. It stands as it is.")
    ),
    Outcome.ASK_TO_EDIT: Meaning(
        _("Can you change a part of your post?"),
        _("Edit it, and a moderator looks at it again. Nothing else happens meanwhile."),
    ),
    Outcome.ACCEPTED: Meaning(_("Your edit was accepted"), _("Thank you. The matter is closed.")),
    Outcome.LOCK: Meaning(
        _("Your post was locked"), _("It can still be read. What is locked and until when stands below.")
    ),
    Outcome.HIDE: Meaning(
        _("Your post was hidden"),
        _("You can still read it. Others see that something stood here, and not what."),
    ),
    Outcome.UNLIST: Meaning(
        _("Your post was taken off the lists"),
        _("Whoever has its address can read it. It no longer comes up in lists, feeds and search."),
    ),
    Outcome.REDACT: Meaning(
        _("Words were taken out of your post"),
        _("The rest stands. What you wrote at first is shown below, to you."),
    ),
    Outcome.MOVE: Meaning(
        _("Your post was moved"), _("It stands in another community now, with its answers.")
    ),
    Outcome.WARN: Meaning(
        _("A word about your post"), _("Nothing changes for you. Keep the clause below in mind.")
    ),
    Outcome.SILENCE: Meaning(
        _("Your right to write in this community is paused"),
        _("You can read everything as before, and write everywhere else."),
    ),
    Outcome.SUSPEND: Meaning(
        _("Your right to write is paused"), _("You can still read everything you could before.")
    ),
    Outcome.ESCALATE: Meaning(
        _("Your post is looked at"), _("The organisation's moderators decide about it. You will be told.")
    ),
    Outcome.REFUSE: Meaning(
        _("Your post was not published"), _("Its text is kept and you can read it. Others cannot.")
    ),
    Outcome.REFUSE_EDIT: Meaning(
        _("Your change was not published"),
        _("Your post stands as it was before. What you wanted it to say is kept below, for you."),
    ),
}


def meaning_of(decision: Decision) -> Meaning:
    """What `decision` means for the author."""
    return MEANINGS[Outcome(decision.outcome)]


_WHERE_EDITED = {PostKind.BLOG_POST: "blogs:edit", PostKind.ARTICLE: "articles:edit"}


def edit_address(post: Post) -> str:
    """Where the author of `post` edits it."""
    return reverse(_WHERE_EDITED.get(PostKind(post.kind), "communities:edit"), args=[post.public_id])


@dataclass
class Notice:
    """One decision as the author reads it."""

    decision: Decision
    appeal: Appeal | None

    @property
    def meaning(self) -> Meaning:
        return meaning_of(self.decision)

    @property
    def editable(self) -> bool:
        """Whether the next step is an edit by the author."""
        return self.decision.stands and self.decision.case.state == "awaiting"

    @property
    def edit_address(self) -> str:
        """Where the author edits the post."""
        return edit_address(self.decision.case.post)


def notices_for(person: User) -> list[Notice]:
    """What was decided about the posts of `person`, the latest first; two queries."""
    rows = list(Decision.objects.about(person).with_all().order_by("-at")[:100])
    appeals = {appeal.decision_id: appeal for appeal in Appeal.objects.filter(decision__in=rows)}
    return [Notice(row, appeals.get(row.pk)) for row in rows]
