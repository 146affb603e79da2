"""The form of a policy on the editors' desk, where both languages stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel

if TYPE_CHECKING:
    from intranet.policies.models import ClauseVersion


def in_hebrew(field: str) -> FieldPanel:
    """What stands beside a field in English."""
    return FieldPanel(field, heading=_("The same in Hebrew"))


class BehindPanel(Panel):
    """Names the clauses of the version in force of which one language has not followed the other."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "policies/behind_panel.html"

        @cached_property
        def clauses(self) -> Sequence[ClauseVersion]:
            version = self.instance.versions.first() if self.instance.pk else None
            return version.clauses.exclude(lags="") if version else ()

        def is_shown(self) -> bool:
            return bool(self.clauses)


POLICY_PANELS = [
    FieldRowPanel([FieldPanel("title", heading=_("Title"), help_text=""), in_hebrew("title_he")]),
    MultiFieldPanel(
        [FieldPanel("summary", heading=_("Summary")), in_hebrew("summary_he")], heading=_("In short")
    ),
    FieldRowPanel(
        [
            FieldPanel("audience", heading=_("Audience")),
            FieldPanel("aim", heading=_("Aim")),
            FieldPanel("review_date", heading=_("Review again on")),
        ]
    ),
    FieldRowPanel(
        [
            FieldPanel("must_acknowledge"),
            FieldPanel("renew_months"),
            FieldPanel("owner", heading=_("Owner")),
        ]
    ),
    BehindPanel(),
    InlinePanel("clauses", heading=_("Clauses"), label=_("Clause")),
    InlinePanel("questions", heading=_("A short quiz"), label=_("Question")),
    MultiFieldPanel(
        [
            FieldPanel("what_changed", heading=_("For readers")),
            in_hebrew("what_changed_he"),
            FieldPanel("significant"),
        ],
        heading=_("What changed"),
    ),
]

CLAUSE_PANELS = [
    FieldPanel(
        "anchor",
        heading=_("Anchor"),
        help_text=_("Names the clause in addresses. It stays the same through all versions."),
    ),
    FieldPanel("hint_words"),
    FieldRowPanel([FieldPanel("title_en", heading=_("Title")), in_hebrew("title_he")]),
    FieldRowPanel([FieldPanel("text_en", heading=_("Text")), in_hebrew("text_he")]),
]
