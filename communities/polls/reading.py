"""A poll as one reader gets it: the result is told to those who voted, and to all once it is closed."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count

from communities.polls.models import Choice, Poll, PollOption
from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.people.models import User

NAMED = 10
"""Voters named at one option of an open poll."""


@dataclass
class OptionView:
    """One option: how many chose it, the share of voters, whether the reader did, and who did in an open poll."""

    option: PollOption
    count: int
    percent: int
    mine: bool
    voters: list[User] = field(default_factory=list)

    @property
    def unnamed(self) -> int:
        """Voters who are counted but not named."""
        return self.count - len(self.voters)


@dataclass
class PollView:
    """A poll with what the reader may see of its result."""

    poll: Poll
    options: list[OptionView]
    people: int
    voted: bool
    may_vote: bool

    @property
    def shown(self) -> bool:
        """Whether the result is told."""
        return self.voted or not self.poll.is_open


def poll_of(thread: Post, reader: User) -> PollView | None:
    """The poll on `thread`, or None; at most four queries, whatever the number of votes."""
    poll = Poll.objects.filter(post=thread).annotate(people=Count("ballots")).first()
    if poll is None:
        return None
    mine = set(
        Choice.objects.filter(ballot__poll=poll, ballot__person=reader).values_list("option", flat=True)
    )
    options = [
        OptionView(option, option.votes, _percent(option.votes, poll.people), option.pk in mine)
        for option in poll.options.annotate(votes=Count("choices"))
    ]
    view = PollView(
        poll=poll,
        options=options,
        people=poll.people,
        voted=bool(mine),
        may_vote=poll.is_open
        and not reader.is_suspended
        and thread.state == PostState.PUBLISHED
        and not thread.space.archived_at,
    )
    if view.shown and not poll.secret:
        _name_voters(view, reader)
    return view


def _percent(votes: int, people: int) -> int:
    return round(100 * votes / people) if people else 0


def _name_voters(view: PollView, reader: User) -> None:
    """Put the first names at each option; people of whom the reader may not know are only counted."""
    rows = (
        Choice.objects.filter(ballot__poll=view.poll, ballot__person__in=User.objects.visible_to(reader))
        .select_related("ballot__person")
        .order_by("ballot__at")[: NAMED * 50]
    )
    by_option = {each.option.pk: each for each in view.options}
    for row in rows:
        at = by_option[row.option_id]
        if len(at.voters) < NAMED:
            at.voters.append(row.ballot.person)
