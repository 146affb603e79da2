"""Who belongs where, and who looks after it: a rule, requests, an invitation, experts, pins, templates, a due review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from communities.charters.models import Charter
from communities.inviting import actions as inviting
from communities.inviting import rules
from communities.joining import requests
from communities.openings.actions import save_opening
from communities.pinning.actions import pin
from communities.reviewing.calendar import look_at_charters
from communities.roles import actions as roles
from intranet.content.kinds import Joining
from intranet.content.models import Space
from intranet.content.tagging import tags_named
from intranet.demo.writing import Written
from intranet.people.models import OrgUnit, User

WELCOME = {
    "actuators": "טוב שבאת. שאלה על AX-40 או AX-60? פשוט לשאול, גם אם לא ברור למי. מי שיודע מקבל את השאלה מיד.",
    "firmware": "Good that you are here. Say which controller and which release you work with, then ask away.",
}
EXPERTS = (
    ("actuators", "noa", "torque", "אני מודדת מומנט בכל ערכת AX שיוצאת מהמעבדה."),
    ("actuators", "alex", "seals", "I drew the seal of AX-40 and saw every one that came back."),
    ("firmware", "piotr", "can-bus", "I wrote the CAN stack of the mc7 and its tests."),
)
OFFERS = (("actuators", "hiba", "grease", "ארבע שנים של גירוז בשטח, כולל בקור עמוק."),)
ASKING = (
    ("suppliers", "noa", "אני בודקת דוגמאות של שני ספקים, ורוצה לדעת מה כבר סוכם איתם."),
    ("suppliers", "ehud", "We choose the next encoder, and I would like to read what purchasing knows."),
)
TEMPLATES = (
    (
        "actuators",
        "question",
        "Fault in the field",
        "תקלה בשטח",
        "",
        "## מה ראיתי\n\n## מאיזה דגם ומאיזו סדרה\n\n## מה כבר ניסינו\n",
    ),
    (
        "firmware",
        "question",
        "Odd behaviour",
        "התנהגות משונה",
        "",
        "## What happens\n\n## Controller and release\n\n## How to make it happen again\n",
    ),
    ("firmware", "idea", "For the next release", "לגרסה הבאה", "Next release: ", "## What\n\n## Who gains\n"),
)
PARTS = (("line-3", "failures"),)
"""(part, whole)"""
RULE = ("newcomers", "People and admin")


def settle_in(
    people: Mapping[str, User], spaces: Mapping[str, Space], written: Written, *, now: datetime
) -> None:
    """Make the communities lived in: what their owners set up, and what waits for them."""
    _write_charters(spaces)
    for slug, username, topic, sentence in EXPERTS:
        offer = roles.offer_expertise(
            person=people[username], space=spaces[slug], tag=tags_named([topic])[0], sentence=sentence
        )
        roles.decide_expertise(actor=_owner(spaces[slug]), offer=offer, accept=True)
    for slug, username, topic, sentence in OFFERS:
        roles.offer_expertise(
            person=people[username], space=spaces[slug], tag=tags_named([topic])[0], sentence=sentence
        )
    for slug, kind, name, name_he, title, body in TEMPLATES:
        save_opening(
            actor=_owner(spaces[slug]),
            space=spaces[slug],
            kind=kind,
            name=name,
            name_he=name_he,
            title=title,
            body=body,
        )
    _open_doors(people, spaces)
    _pin_one_each(spaces, written, now)
    Charter.objects.filter(space=spaces["actuators"]).update(review_date=now.date() - timedelta(days=2))
    look_at_charters(now)


def _owner(space: Space) -> User:
    return space.charter.owner


def _write_charters(spaces: Mapping[str, Space]) -> None:
    for slug, text in WELCOME.items():
        Charter.objects.filter(space=spaces[slug]).update(welcome=text)
    for part, whole in PARTS:
        Charter.objects.filter(space=spaces[part]).update(parent=spaces[whole])


def _open_doors(people: Mapping[str, User], spaces: Mapping[str, Space]) -> None:
    for slug, username, why in ASKING:
        if spaces[slug].joining == Joining.REQUEST and spaces[slug].pk not in people[username].space_roles:
            requests.ask_to_join(person=people[username], space=spaces[slug], why=why)
    guest_room = spaces["line-3"]
    for username in ("noa", "ofer"):
        if guest_room.pk not in people[username].space_roles:
            inviting.invite(actor=_owner(guest_room), space=guest_room, person=people[username])
    slug, unit = RULE
    found = OrgUnit.objects.filter(name=unit).first()
    if found:
        rules.add_rule(actor=_owner(spaces[slug]), space=spaces[slug], unit=found)


def _pin_one_each(spaces: Mapping[str, Space], written: Written, now: datetime) -> None:
    """The thread most talked about in each of three communities stands first for two weeks."""
    for slug in ("actuators", "firmware", "field-service"):
        threads = [posts[0] for posts in written.threads.values() if posts[0].space_id == spaces[slug].pk]
        top = max(threads, key=lambda post: (post.reply_count, post.pk), default=None)
        if top:
            pin(actor=_owner(spaces[slug]), post=top, until=now + timedelta(days=14))
