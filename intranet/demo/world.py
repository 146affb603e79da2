"""Builds the demo organisation, in one transaction: it is there as a whole or not at all.

The same seed and the same moment give the same world, down to the public ids.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from tqdm import tqdm

from intranet.access import visibility
from intranet.activity import readers
from intranet.content.models import Membership, Post, Space
from intranet.content.public_ids import repeatable
from intranet.demo import (
    arranging,
    asking,
    attaching,
    belonging,
    deeds,
    documents,
    following,
    founding,
    introducing,
    keeping,
    kept_true,
    knowing,
    likening,
    moderating,
    network,
    places,
    policing,
    promises,
    ruling,
    writing,
)
from intranet.demo import content as files
from intranet.demo.credentials import SHOWN
from intranet.demo.crowd import Crowd
from intranet.demo.liveliness import Liveliness
from intranet.demo.records import Content
from intranet.notify.models import Notification
from intranet.people.models import User

SEED = 1957
FOUNDED = timedelta(days=182)
READ_UNTIL = timedelta(days=4)
"""Notifications that are older count as read, so that nobody starts with hundreds."""


def build(
    seed: int = SEED, *, content: Content | None = None, now: datetime | None = None, progress: bool = True
) -> dict[str, User]:
    """Build the world of `content` (all of the files, unless given) as it stands at `now`; the people by username.

    The database must hold no people yet; uniqueness makes a second build fail and change nothing.
    """
    content = content or files.load()
    moment = (now or timezone.now()).replace(second=0, microsecond=0)
    steps = 2 * len(content.threads) + len(content.blogs) + 4
    with (
        _without_chatter("wagtail"),
        transaction.atomic(),
        repeatable(seed),
        translation.override("en"),
        tqdm(total=steps, desc="Demo organisation", unit="", disable=not progress) as bar,
    ):
        people = _build(content, seed, moment, bar)
        _read_log(moment)
        introducing.introduce_people(people, network.ask_for_reports(people, moment), seed, moment)
        keeping.keep(people)
        bar.update()
    return people


@contextmanager
def _without_chatter(name: str) -> Iterator[None]:
    """Keep a library from reporting every page it makes between the steps of the progress bar."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)


def _build(content: Content, seed: int, now: datetime, bar: tqdm) -> dict[str, User]:
    since = now - FOUNDED
    units = founding.found_units(content)
    founding.name_topics(content)
    people = founding.hire(content, units, since)
    spaces = places.open_communities(content, people, now=now, since=since)
    promises.set_hours(content, people, spaces)
    policies = documents.publish_policies(content, documents.owners_of(content, people), now=now)
    policing.give_mandates(content, people, units)
    bar.update()
    written = writing.write_threads(content, people, spaces, now=now, step=bar.update)
    blogs = documents.publish_blogs(content, people, units, now=now, step=bar.update)
    crowd = Crowd({name: person.unit for name, person in content.people.items()}, seed)
    rooms = [*spaces.values(), *{post.space for post in blogs}]
    lively = Liveliness(content, people, insiders(people, rooms), crowd, now)
    for thread in content.threads:
        lively.around(written.threads[thread])
        bar.update()
    for post in blogs:
        lively.around_document(post)
    bar.update()
    attaching.show_a_measurement(people, written, now=now)
    deeds.do(content, people, policies, written, now=now)
    moderating.do(people, spaces.get("field-service"), policies, written, now=now)
    ruling.rule(people, spaces, written, now=now)
    promises.stir(people, written, now=now)
    belonging.settle_in(people, spaces, written, now=now)
    arranging.arrange(people, spaces, written, now=now)
    following.choose_what_to_hear(people, spaces, written, now=now)
    asking.show_asking(people, spaces, now=now)
    kept_true.show_kept_true(people, spaces, now=now)
    documents.acknowledge_policies(policies, people, crowd, now)
    policing.ask_for_more(content, people, now)
    likening.liken(people, spaces, now=now)
    knowing.describe_people(content, people, now)
    knowing.endorse_people(content, people, crowd, now)
    network.import_chat(people, crowd, now)
    bar.update()
    return people


def insiders(people: Mapping[str, User], spaces: Iterable[Space]) -> dict[int, list[str]]:
    """Usernames of those who see into each space, by the id of the space."""
    roles: dict[int, dict[int, str]] = {person.pk: {} for person in people.values()}
    for member, space, role in Membership.objects.values_list("person_id", "space_id", "role"):
        roles[member][space] = role
    for person in people.values():
        person.space_roles = roles[person.pk]
    return {
        space.pk: [name for name, person in people.items() if visibility.enters_space(person, space)]
        for space in spaces
    }


def _read_log(now: datetime) -> None:
    """Let the readers of the log catch up, and count old news as read."""
    readers.catch_up_all()
    old = Notification.objects.filter(created__lt=now - READ_UNTIL)
    old.update(seen_at=F("created") + timedelta(hours=3))


def is_empty() -> bool:
    """Whether nobody is in the database yet and nothing was written."""
    return not User.objects.exists() and not Post.objects.exists()


def people_to_show() -> list[User]:
    """People of the demo whom one may sign in as, in the order in which they are offered; empty without a demo."""
    people = {person.username: person for person in User.objects.filter(username__in=SHOWN, is_demo=True)}
    return [people[username] for username in SHOWN if username in people]
