"""The policies and blogs of the demo organisation, published through the same deeds that people use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from blogs import actions as blogging
from blogs.roots import open_blog
from intranet.access import visibility
from intranet.content.models import Post
from intranet.content.public_ids import new_public_id
from intranet.demo import moments
from intranet.demo.crowd import Crowd
from intranet.demo.records import BlogEntry, Content, Policy
from intranet.people.models import OrgUnit, User
from intranet.policies import actions as policing
from intranet.policies.acknowledging.actions import acknowledge
from intranet.policies.audiences import people_of
from intranet.policies.models import PolicyVersion

OWNERS = {"managers-guide": "dganit", "protecting-the-writer": "dganit"}
OWNER = "ronit"
CHANGED = 40
"""Days ago that a policy in two versions got its second."""
REVIEW = timedelta(days=200)
ACKNOWLEDGING = 0.75
"""Share of the employees who have acknowledged a policy that asks for it."""


def owners_of(content: Content, people: Mapping[str, User]) -> dict[str, User]:
    """Who owns each policy of the demo, by its slug."""
    return {slug: people[OWNERS.get(slug, OWNER)] for slug in content.policies}


def publish_policies(
    content: Content, owners: Mapping[str, User], *, now: datetime
) -> dict[str, PolicyVersion]:
    """Publish every policy, those that changed twice; the current versions by slug."""
    current = {}
    for slug, policy in content.policies.items():
        if policy.changed_en:
            _publish(policy, owners[slug], now, ago=policy.ago, first=True)
            current[slug] = _publish(policy, owners[slug], now, ago=CHANGED, first=False)
        else:
            current[slug] = _publish(policy, owners[slug], now, ago=policy.ago, first=False)
    return current


def _publish(policy: Policy, owner: User, now: datetime, *, ago: float, first: bool) -> PolicyVersion:
    before = policy.before if first else {}
    return policing.publish_policy(
        owner=owner,
        slug=policy.starter.slug,
        title=policy.starter.title,
        what_changed="" if first else policy.changed_en,
        what_changed_he="" if first else policy.changed_he,
        review_date=(now + REVIEW).date(),
        clauses=[{**clause, **before.get(clause["anchor"], {})} for clause in policy.starter.clauses],
        questions=policy.starter.questions,
        at=now - timedelta(days=ago),
        **policy.starter.columns,
    )


def acknowledge_policies(
    versions: Mapping[str, PolicyVersion], people: Mapping[str, User], crowd: Crowd, now: datetime
) -> None:
    """Let most of its audience acknowledge each policy that asks for it, some days after it came out."""
    moderators = {username for username, person in people.items() if _decides(person)}
    for version in versions.values():
        if not version.policy.must_acknowledge:
            continue
        for person in people_of(version.policy.audience).filter(username__in=people).order_by("pk"):
            if person.username in moderators or crowd.random.random() < ACKNOWLEDGING:
                at = moments.following(
                    version.published,
                    timedelta(days=crowd.random.expovariate(1 / 6)),
                    earlier=version.published,
                    now=now,
                )
                acknowledge(person=person, version=version, at=at)


def _decides(person: User) -> bool:
    """Whether the person decides about others' posts somewhere, and so has read how."""
    return person.moderates_everywhere or not visibility.MODERATING_ROLES.isdisjoint(
        person.space_roles.values()
    )


def publish_blogs(
    content: Content,
    people: Mapping[str, User],
    units: Mapping[str, OrgUnit],
    *,
    now: datetime,
    step: Callable[[], object],
) -> list[Post]:
    """Publish every blog post, the oldest first."""
    posts = []
    for entry in sorted(content.blogs.values(), key=lambda each: (-each.ago, each.id)):
        posts.append(publish_entry(entry, people[entry.author], units.get(entry.on_behalf), now))
        step()
    return posts


def publish_entry(entry: BlogEntry, author: User, unit: OrgUnit | None, now: datetime) -> Post:
    """Publish one blog post in the blog of its author, opened when it is the first."""
    blog = open_blog(owner=author, name=entry.blog, name_he=entry.blog if entry.lang == "he" else "")
    text = blogging.EntryText(
        title=entry.title,
        source=entry.body,
        tags=entry.tags,
        disclosures=["on_behalf"] if unit else [],
        on_behalf_of=unit,
    )
    page = blogging.save_draft(author=author, blog=blog, key=new_public_id(), text=text, version=0)
    return blogging.publish(author=author, page=page, at=moments.opening(now, entry.ago, entry.at))
