"""A secret community in which one word stands wherever a person can put a word.

Everything is done through the deeds people use. What is planted always holds two words: the walk asks for one of them,
and the other must not come back, so that an echo of the question is not taken for a leak.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile

from communities.charters.models import Charter
from communities.inviting import actions as inviting
from communities.inviting import links, rules
from communities.joining import actions as joining
from communities.merging import actions as merging
from communities.moving import actions as moving
from communities.offering import actions as offering
from communities.openings.actions import save_opening
from communities.pinning.actions import pin
from communities.polls import actions as polls
from communities.promises.actions import explain
from communities.questions import actions as questions
from communities.roles import actions as roles
from communities.standing import actions as standing
from experts.evidence.models import Evidence
from intranet.activity import readers
from intranet.attachments.actions import attach, upload
from intranet.content.kinds import Visibility
from intranet.content.models import Post, Space
from intranet.content.tagging import tags_named
from intranet.moderation import actions as moderation
from intranet.moderation import locks
from intranet.moderation.appeals.actions import appeal
from intranet.notify.following import follow
from intranet.notify.models import Notification
from intranet.policies.models import ClauseVersion
from intranet.posting import actions as posting
from intranet.posting.drafts import save_draft
from tests.access import beside
from tests.access.words import BOTH, INTRODUCED, PLANTED
from tests.factories import threads as make
from tests.factories.cast import Cast, join, space


@dataclass
class Hidden:
    """The secret community and what hangs on it, by what its address is made of."""

    space: Space
    posts: list[Post] = field(default_factory=list)
    things: dict[str, list[str]] = field(default_factory=dict)
    """Ids of what is no post, by the name the walk knows them under."""

    def shown(self) -> list[Post]:
        """One of each that addresses are made for: a question, its answer, a talk with a poll."""
        question, answer = self.posts[:2]
        talk = next(post for post in self.posts if post.title.startswith("Talk"))
        return [question, answer, talk]

    def telling(self, who: str) -> list[str]:
        """Strings that give the community away wherever `who` meets one without having brought it."""
        ids = [post.public_id for post in self.posts]
        words = (
            [PLANTED] if who == "km" else [PLANTED, INTRODUCED]
        )  # those who introduce know of introductions
        named = [*self.things["attachment"], *self.things["case"], *self.things["unsealing"]]
        return [*words, f"/{self.space.slug}/", *ids, *named]


def plant(cast: Cast, clause: ClauseVersion) -> Hidden:
    """Fill the secret community of the cast; `former` was a member, is removed, and has things to be told;
    `passer` was one, too, and did nothing."""
    place = _community(cast)
    hidden = Hidden(place)
    for each in (cast.former, cast.passer):
        joining.add(actor=cast.owner, space=place, person=each)
    for each in (cast.hiba, cast.moderator2):
        joining.add(actor=cast.owner, space=place, person=each)
        roles.give_role(actor=cast.owner, space=place, person=each, role="moderator")
    hidden.things |= _ways_in(cast, place)
    asked = _question(cast, hidden)
    _talks(cast, hidden)
    _moderated(cast, hidden, clause)
    follow(person=cast.former, level="watching", space=place)
    _what_former_did(cast, hidden, asked)
    hidden.things |= beside.plant_beside(cast, place, hidden.posts, clause)
    hidden.posts += beside.more_posts(cast, place)
    readers.catch_up_all()
    later = make.answer(cast.alex, asked, f"{BOTH} later @former")
    for each in (cast.former, cast.passer):
        joining.remove(actor=cast.owner, space=place, person=each)
    readers.catch_up_all()
    hidden.posts += [later]
    _number(hidden)
    for each in cast.people.values():
        each.__dict__.pop("space_roles", None)
    return hidden


def _community(cast: Cast) -> Space:
    place = cast.secret
    Space.objects.filter(pk=place.pk).update(name=BOTH, name_he=BOTH, purpose=BOTH)
    Charter.objects.filter(space=place).update(goal=BOTH, audience=BOTH, welcome=BOTH, success_signs=BOTH)
    Charter.objects.filter(space=place).update(anonymous_allowed=True)
    place.refresh_from_db()
    return place


def _ways_in(cast: Cast, place: Space) -> dict[str, list[str]]:
    invited = inviting.invite(actor=cast.owner, space=place, person=cast.suspended, note=BOTH)
    links.make_link(actor=cast.owner, space=place)
    rules.add_rule(actor=cast.owner, space=place, unit=cast.owner.unit)
    save_opening(actor=cast.owner, space=place, kind="question", name=BOTH, title=BOTH, body=BOTH)
    (tag,) = tags_named([BOTH])
    offer = roles.offer_expertise(person=cast.alex, space=place, tag=tag, sentence=BOTH)
    roles.decide_expertise(actor=cast.owner, offer=offer, accept=True)
    other = roles.offer_expertise(person=cast.noa, space=place, tag=tag, sentence=BOTH)
    roles.decide_expertise(actor=cast.owner, offer=other, accept=False, reason=BOTH)
    return {"invitation": [str(invited.pk)]}


def _question(cast: Cast, hidden: Hidden) -> Post:
    place = hidden.space
    asked = make.question(
        cast.noa, place, f"Question {BOTH}", f"{BOTH} @outsider @guest", tags=[BOTH, "seals"]
    )
    file = SimpleUploadedFile(f"{BOTH}.txt", BOTH.encode(), "text/plain")
    attachment = upload(owner=cast.alex, file=file, name=f"{BOTH}.txt", post=asked)
    source = f"{BOTH} [{BOTH}](/attachments/{attachment.public_id}/)"
    answered = make.answer(cast.alex, asked, source)
    attach(owner=cast.alex, source=source, post=answered)
    comment = make.comment(cast.noa, answered, BOTH)
    posting.edit(editor=cast.noa, post=asked, source=f"{BOTH} and more", base_revision=asked.revision)
    posting.react(person=cast.hiba, post=answered, value=1)
    questions.accept(actor=cast.noa, question=asked, answer=answered)
    unclear = make.question(cast.noa, place, f"Unclear {BOTH}", BOTH, tags=["seals"])
    standing.ask_back(actor=cast.alex, question=unclear, note=BOTH)
    explain(actor=cast.owner, question=unclear, reason=BOTH)
    again = make.question(cast.hiba, place, f"Again {BOTH}", BOTH, tags=["seals"])
    standing.repeat(actor=cast.hiba, question=again, original=asked)
    save_draft(person=cast.noa, key=f"reply:{asked.public_id}", body={"source": BOTH}, version=0)
    hidden.posts += [asked, answered, comment, unclear, again]
    hidden.things["attachment"] = [attachment.public_id]
    return asked


def _talks(cast: Cast, hidden: Hidden) -> None:
    place = hidden.space
    talk = make.discussion(cast.noa, place, f"Talk {BOTH}", BOTH, tags=["seals"])
    pin(actor=cast.owner, post=talk)
    polls.put(actor=cast.noa, thread=talk, question=BOTH, options=[f"{BOTH} one", f"{BOTH} two"])
    part = make.reply(cast.alex, talk, BOTH)
    surgery = moving.split(actor=cast.owner, posts=[part], title=f"Part {BOTH}", kind="discussion")
    offered = make.discussion(cast.noa, place, f"Offered {BOTH}", BOTH)
    offer = offering.offer(actor=cast.owner, thread=offered, target=cast.request, note=BOTH)
    offering.withdraw(actor=cast.owner, offered=offer)
    receiver = space("receiver", Visibility.SECRET, owner=cast.alex, name=f"Receiver {BOTH}")
    join(receiver, cast.owner)
    merger = merging.propose(actor=cast.owner, space=place, into=receiver, note=BOTH)
    hidden.posts += [talk, offered]
    hidden.things |= {
        "surgery": [surgery.public_id],
        "offer": [offer.public_id],
        "merger": [merger.public_id],
    }


def _moderated(cast: Cast, hidden: Hidden, clause: ClauseVersion) -> None:
    place = hidden.space
    talk = make.discussion(cast.alex, place, f"Flagged {BOTH}", BOTH)
    case = moderation.flag(reporter=cast.noa, post=talk, clause=clause, note=BOTH).case
    moderation.note(actor=cast.hiba, case=case, text=BOTH)
    decision = moderation.decide(actor=cast.hiba, case=case, outcome="lock", clause=clause, note=BOTH)
    held = locks.lock(actor=cast.owner, post=hidden.posts[0], clause=clause, scope="votes", note=BOTH)
    asked_again = appeal(appellant=cast.alex, against=decision, text=BOTH)
    hidden.posts.append(talk)
    hidden.things |= {
        "case": [case.public_id],
        "appeal": [asked_again.public_id],
        "decision": [str(decision.pk)],
        "lock": [str(held.pk)],
    }


def _what_former_did(cast: Cast, hidden: Hidden, asked: Post) -> None:
    mine = make.discussion(cast.former, hidden.space, f"Mine {BOTH}", BOTH)
    make.reply(cast.noa, mine, f"{BOTH} @former")
    hidden.posts += [mine, make.answer(cast.former, asked, BOTH)]


def _number(hidden: Hidden) -> None:
    """Give the walk the numbers of rows that have no public id; there must be some, or nothing was planted."""
    told = Notification.objects.filter(event__space=hidden.space).values_list("pk", flat=True)
    evidence = Evidence.objects.filter(post__space=hidden.space).values_list("pk", flat=True)
    hidden.things |= {"notification": [*map(str, told)], "evidence": [*map(str, evidence)]}
    assert all(hidden.things.values())
