"""Rules of the demo organisation: the starter set, and one that a community made for itself and changed since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from communities.threads import actions as talks
from intranet.content.kinds import PostKind
from intranet.content.models import Post, Space
from intranet.demo.writing import Written
from intranet.moderation import actions as moderation
from intranet.moderation.kinds import Outcome
from intranet.moderation.models import Case
from intranet.people.models import User
from intranet.policies.naming import clause_named
from intranet.posting import actions as posting
from intranet.rules import actions
from intranet.rules.kinds import RuleAction, RuleKind
from intranet.rules.starter import add_starter

KEEPER, OWNER, PLACE = "tomer", "hiba", "field-service"
CLAUSE = "communities-terms#right-place"


def rule(people: Mapping[str, User], spaces: Mapping[str, Space], written: Written, *, now: datetime) -> None:
    """Add the rules and let four texts meet them. Only where the people, the place and its policies are."""
    clause = clause_named(CLAUSE)
    if clause is None or PLACE not in spaces or "ladder-install" not in written.threads:
        return
    add_starter(people[KEEPER])
    owner = people[OWNER]
    sales = actions.add(
        actor=owner,
        clause=clause,
        space=spaces[PLACE],
        name="Private sales",
        name_he="מכירה פרטית",
        kind=RuleKind.WORDS,
        what="for sale",
        action=RuleAction.FLAG,
    )
    actions.change(actor=owner, rule=sales, what="for sale\nלמכירה")
    thread = written.post("ladder-install", 0)
    write = talks.comment if thread.kind == PostKind.QUESTION else talks.reply

    def remark(by: str, source: str, days: float) -> Post:
        at = now - timedelta(days=days)
        made = write(author=people[by], parent=thread, source=source, at=at).post
        for case in Case.objects.filter(post=made):
            case.flags.update(at=at)
            Case.objects.filter(pk=case.pk).update(opened=at, due=at + (case.due - case.opened))
        return made

    spares = remark("moran", "The maker says that spare feet are for sale again, part AX-60-17.", 1.2)
    moderation.decide(
        actor=people[KEEPER],
        case=Case.objects.get(post=spares),
        outcome=Outcome.NO_ACTION,
        clause=clause,
        note="Spare parts from the maker are no private sale.",
        at=now - timedelta(days=1),
    )
    remark("shadi", "אגב, הסולם הישן שלנו למכירה אחרי הסבב הבא. מי שרוצה, שיכתוב לי.", 0.6)
    paid = "The deposit goes to IL62 0108 0000 0009 9999 999."
    posting.edit(
        editor=people["moran"],
        post=spares,
        source=f"{spares.source}\n\n{paid}",
        base_revision=spares.revision,
    )
    remark("arkadi", "לחשבונית של הפיגום: IL62 0108 0000 0009 9999 999, על שם הקבלן.", 0.2)
