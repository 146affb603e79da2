"""The quiz of a policy, and the rights that wait until a policy has been read."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from intranet.policies.kinds import Right, in_readers_language
from intranet.policies.models import PolicyPage
from intranet.policies.panels import in_hebrew


class Question(Orderable):
    """One question of the short quiz of a policy: answers a line each, and one line that explains the right one."""

    policy = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="questions")
    anchor = models.CharField(_("clause"), max_length=40, blank=True)
    ask_en = models.CharField(max_length=200)
    ask_he = models.CharField(max_length=200, blank=True)
    answers_en = models.TextField(help_text=_("One answer a line."))
    answers_he = models.TextField(blank=True, help_text=_("One answer a line, in the same order."))
    right = models.PositiveSmallIntegerField(
        _("number of the right answer"), default=1, validators=[MinValueValidator(1)]
    )
    why_en = models.CharField(max_length=240)
    why_he = models.CharField(max_length=240, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("ask_en", heading=_("Question")), in_hebrew("ask_he")]),
        FieldRowPanel([FieldPanel("answers_en", heading=_("Answers, one a line")), in_hebrew("answers_he")]),
        FieldRowPanel(
            [
                FieldPanel("right", heading=_("Number of the right answer")),
                FieldPanel("anchor", heading=_("Anchor of the clause it is about")),
            ]
        ),
        FieldRowPanel([FieldPanel("why_en", heading=_("Why, in one line")), in_hebrew("why_he")]),
    ]

    def __str__(self) -> str:
        return self.ask

    def clean(self) -> None:
        """The right answer is one of the answers, in both languages."""
        sides = [side.strip().splitlines() for side in (self.answers_en, self.answers_he) if side.strip()]
        if any(len(side) < max(2, self.right) for side in sides) or len({*map(len, sides)}) > 1:
            raise ValidationError(_("Give at least two answers, as many in both languages."))

    @property
    def ask(self) -> str:
        return in_readers_language(self.ask_en, self.ask_he)

    @property
    def answers(self) -> list[str]:
        """The answers in the reader's language, in their order."""
        lines = in_readers_language(self.answers_en, self.answers_he).strip().splitlines()
        return [line.strip() for line in lines]

    @property
    def why(self) -> str:
        return in_readers_language(self.why_en, self.why_he)


class RightNeed(models.Model):
    """A right that is used only by people who have acknowledged a policy."""

    right = models.CharField(max_length=16, choices=Right)
    policy = models.ForeignKey(PolicyPage, models.CASCADE, related_name="rights")

    class Meta:
        ordering = ["right", "policy"]
        constraints = [models.UniqueConstraint(fields=["right", "policy"], name="right_need_once")]

    def __str__(self) -> str:
        return f"{self.get_right_display()}: {self.policy.label}"
