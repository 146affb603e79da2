"""Rules among what cites clauses: named to those who meet them on the moderators' desk, so that nobody learns to evade them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.access import visibility
from intranet.moderation.queue import moderates_something
from intranet.people.models import User
from intranet.policies.citing.kinds import MOST, About, Asked, Citation, Kind, look_again, register
from intranet.policies.models import PolicyPage
from intranet.rules.models import Rule


@register
class RuleCites(Kind):
    """Rules that are on."""

    name = "rule"
    label = gettext_lazy("A rule")
    along = ("space", "author")
    again = look_again(
        "rule_clause_changed",
        gettext_lazy("The clause that a rule of yours cites has changed. Look at it again"),
        "rules:edit",
    )

    def binding(self) -> QuerySet[Rule]:
        return Rule.objects.filter(on=True)

    def cited(self, policy: PolicyPage, reader: User) -> Iterator[Citation]:
        if not moderates_something(reader):
            return
        rows = Rule.objects.visible_to(reader).filter(clause__version__policy=policy)
        for rule in rows.select_related("clause__version").order_by("-made_at")[:MOST]:
            yield Citation(
                kind=self.name,
                anchor=rule.clause.anchor,
                what=_("Rule: %(action)s") % {"action": rule.get_action_display()},
                icon="sliders-horizontal",
                about=rule.label,
                url=rule.get_absolute_url(),
                version=rule.clause.version.number,
                at=rule.made_at,
                stands=rule.on,
            )

    def about(self, reader: User, row: Rule) -> About | None:
        place = row.space
        seen = visibility.moderates_space(reader, place) if place else moderates_something(reader)
        return About(row.label, row.get_absolute_url()) if seen else None

    def asked(self, row: Rule) -> Asked:
        return Asked(row.author, row.pk, space=row.space)
