"""The policies and blogs of the demo organisation, published through the same deeds that people use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from blogs import actions as blogging
from blogs.roots import open_blog
from intranet.content.models import Post
from intranet.content.public_ids import new_public_id
from intranet.demo import moments
from intranet.demo.crowd import Crowd
from intranet.demo.records import BlogEntry, Clause, Content, Policy
from intranet.people.models import OrgUnit, User
from intranet.policies import actions as policing
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
    for policy in content.policies.values():
        if policy.changed_en:
            _publish(policy, owners[policy.slug], now, ago=policy.ago, first=True)
            current[policy.slug] = _publish(policy, owners[policy.slug], now, ago=CHANGED, first=False)
        else:
            current[policy.slug] = _publish(policy, owners[policy.slug], now, ago=policy.ago, first=False)
    return current


def _publish(policy: Policy, owner: User, now: datetime, *, ago: float, first: bool) -> PolicyVersion:
    changed = not first
    return policing.publish_policy(
        owner=owner,
        slug=policy.slug,
        title=policy.title_en,
        title_he=policy.title_he,
        summary=policy.summary_en,
        summary_he=policy.summary_he,
        audience=policy.audience,
        aim=policy.aim,
        must_acknowledge=policy.must_acknowledge,
        what_changed=policy.changed_en if changed else "",
        what_changed_he=policy.changed_he if changed else "",
        review_date=(now + REVIEW).date(),
        clauses=[_clause(clause, first=first) for clause in policy.clauses],
        at=now - timedelta(days=ago),
    )


def _clause(clause: Clause, *, first: bool) -> dict[str, str]:
    return {
        "anchor": clause.anchor,
        "title_en": clause.title_en,
        "title_he": clause.title_he,
        "text_en": (first and clause.before_en) or clause.text_en,
        "text_he": (first and clause.before_he) or clause.text_he,
    }


def acknowledge_policies(
    versions: Mapping[str, PolicyVersion], people: Mapping[str, User], crowd: Crowd, now: datetime
) -> None:
    """Let most employees acknowledge the policies that ask for it, each some days after it came out."""
    employees = [person for person in people.values() if not person.is_guest]
    for version in versions.values():
        if not version.policy.must_acknowledge:
            continue
        for person in employees:
            if crowd.random.random() < ACKNOWLEDGING:
                at = moments.following(
                    version.published,
                    timedelta(days=crowd.random.expovariate(1 / 6)),
                    earlier=version.published,
                    now=now,
                )
                policing.acknowledge(person=person, version=version, at=at)


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
