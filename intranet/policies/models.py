"""Policies: a set of documents in clauses, published in versions that stay as they were."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable, Page, PageManager

from intranet.access.verdict import Refused, refuse
from intranet.content.kinds import PostKind
from intranet.content.models import Space
from intranet.documents.pages import DocumentPage, Outcome
from intranet.moderation.gate import Permit
from intranet.people.models import User
from intranet.policies.freezing import freeze
from intranet.policies.kinds import Aim, Audience, Side, in_readers_language
from intranet.policies.panels import CLAUSE_PANELS, POLICY_PANELS
from intranet.policies.querysets import ClauseVersionQuerySet, PolicyQuerySet, PolicyVersionQuerySet
from intranet.policies.rooms import room_for
from intranet.policies.texts import ClauseText, check_clause
from intranet.policies.verbs import POLICY_CHANGED, POLICY_PUBLISHED
from intranet.text.errors import TextError
from intranet.text.plain import excerpt, plain
from intranet.text.render import RENDERER_VERSION, render

QUOTE = 240
"""Characters of a clause that a lock notice quotes: the rule itself, which stands in its first paragraph."""


class PolicyIndexPage(Page):
    """The folder of all policies in the page tree."""

    subpage_types = ["intranet.PolicyPage"]
    max_count = 1
    promote_panels: list[Any] = []

    class Meta:
        verbose_name = _("Policies")

    def get_admin_display_title(self) -> str:
        return str(_("Policies"))

    def get_url_parts(self, request: Any = None) -> tuple[None, str, str]:
        """Readers find it on our own pages; none of Wagtail's sites is asked."""
        return None, "", reverse("policies:index")


class PolicyPage(DocumentPage):
    """The writing room of one policy. Its published versions are `PolicyVersion`s, its social face is `post`."""

    post_kind = PostKind.POLICY
    judged = False
    published_verb = POLICY_PUBLISHED
    changed_verb = POLICY_CHANGED

    title_he = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    summary_he = models.TextField(blank=True)
    audience = models.CharField(max_length=12, choices=Audience, default=Audience.EVERYONE)
    aim = models.CharField(max_length=12, choices=Aim, default=Aim.EXCEL)
    must_acknowledge = models.BooleanField(
        _("readers acknowledge it"),
        default=False,
        help_text=_("Asks each reader to say that they have read it."),
    )
    renew_months = models.PositiveSmallIntegerField(
        _("renew every"),
        default=0,
        help_text=_("Months after which readers are asked again. 0: never."),
    )
    significant = models.BooleanField(
        _("this changes what is asked of readers"),
        default=True,
        help_text=_("Asks those who acknowledged it again, and says that the other language is behind."),
    )
    review_date = models.DateField(null=True, blank=True)
    what_changed = models.TextField(blank=True)
    what_changed_he = models.TextField(blank=True)
    post = models.OneToOneField(
        "intranet.Post", models.PROTECT, null=True, blank=True, editable=False, related_name="policy_page"
    )

    objects = PageManager.from_queryset(PolicyQuerySet)()

    class Meta:
        verbose_name = _("Policy")

    parent_page_types = ["intranet.PolicyIndexPage"]
    subpage_types: list[str] = []
    content_panels = POLICY_PANELS

    @property
    def room(self) -> Space:
        return room_for(self.audience)

    def writer(self, publisher: User) -> User:
        return self.owner or publisher

    def columns(self, publisher: User) -> dict[str, Any]:
        """The summaries make the post; its plain text holds every clause, so that search finds them."""
        clauses = list(self.clauses.all())
        if not clauses:
            raise Refused(refuse("no_clauses", _("A policy needs at least one clause.")))
        for clause in clauses:
            check_clause(clause)
        source = "\n\n".join(filter(None, (self.summary, self.summary_he)))
        parts = [self.title, self.title_he, source, *(part for clause in clauses for part in clause.words())]
        try:
            rendered = render(source)
            text = "\n".join(plain(part) for part in parts if part)
        except TextError:
            raise Refused(refuse("bad_text", _("A text here is too long or cannot be stored."))) from None
        return {
            "title": self.title[:200],
            "source": source,
            "html": rendered.html,
            "text": text,
            "lang": "en",
            "renderer": RENDERER_VERSION,
        }

    def came_out(self, permit: Permit, outcome: Outcome) -> None:
        """The post stands in the room of its audience, and what the clauses say now is frozen."""
        if outcome.post.space_id != self.room.pk:
            outcome.post.space = self.room
            outcome.post.save(update_fields=["space"])
        freeze(self, outcome.at)

    def get_absolute_url(self) -> str:
        return reverse("policies:policy", args=[self.slug])

    def get_admin_display_title(self) -> str:
        """What the editors' desk calls it: the title as it is being written, in the editor's language."""
        return in_readers_language(super().get_admin_display_title(), self.title_he)

    @property
    def reading_url(self) -> str:
        """Where one reads and acknowledges it."""
        return reverse("policies:read", args=[self.slug])

    @property
    def label(self) -> str:
        return in_readers_language(self.title, self.title_he)

    @property
    def lead(self) -> str:
        return in_readers_language(self.summary, self.summary_he)


class Clause(ClauseText, Orderable):
    """One clause as it is being written. `hint_words` are the words and topics on which a writer is shown it."""

    policy = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="clauses")
    hint_words = models.CharField(
        _("shown to a writer who uses"),
        max_length=400,
        blank=True,
        help_text=_("Words and topics in either language, with commas between them."),
    )

    panels = CLAUSE_PANELS

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["policy", "anchor"], name="clause_anchor_once")]

    def __str__(self) -> str:
        return self.anchor


class PolicyVersion(models.Model):
    """A policy as it was published once. Never changed.

    `asks_since` is the newest significant version up to this one: whoever acknowledged that one or a later one
    is not asked again.
    """

    policy = models.ForeignKey(PolicyPage, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    published = models.DateTimeField(default=timezone.now)
    what_changed = models.TextField(blank=True)
    what_changed_he = models.TextField(blank=True)
    significant = models.BooleanField(default=True)
    asks_since = models.PositiveIntegerField(default=1)

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["policy", "number"], name="policy_version_once")]

    def __str__(self) -> str:
        return f"{self.policy.label} v{self.number}"

    @property
    def changes(self) -> str:
        return in_readers_language(self.what_changed, self.what_changed_he)


class ClauseVersion(ClauseText):
    """One clause of one version: what locks, flags and decisions cite.

    `lags` is the language that has not followed a significant change of the other; `changed_in` the number of
    the first later version in which the clause reads otherwise or is gone. The words themselves never change.
    """

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="clauses")
    place = models.PositiveIntegerField()
    html_en = models.TextField(blank=True, editable=False)
    html_he = models.TextField(blank=True, editable=False)
    lags = models.CharField(max_length=2, choices=Side, blank=True, editable=False)
    changed_in = models.PositiveIntegerField(null=True, editable=False)

    objects = ClauseVersionQuerySet.as_manager()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["version", "anchor"], name="clause_version_once")]

    def __str__(self) -> str:
        return f"{self.version} · {self.title}"

    def save(self, **kwargs: Any) -> None:
        """Freeze the clause: its words are rendered once and it is never saved again."""
        if self.pk:
            raise TypeError("Clauses of a published version stay as they are.")
        self.html_en, self.html_he = render(self.text_en).html, render(self.text_he).html
        super().save(**kwargs)

    @property
    def number(self) -> str:
        """The clause as readers call it: its place in the document."""
        return str(self.place)

    @property
    def name(self) -> str:
        """The clause as programs call it: `policy-slug#anchor`."""
        return f"{self.version.policy.slug}#{self.anchor}"

    @property
    def html(self) -> SafeString:
        """The text rendered; safe because `intranet.text` made it."""
        return mark_safe(in_readers_language(self.html_en, self.html_he))

    @property
    def quote(self) -> str:
        """The rule in one line: the first paragraph without its markup."""
        return excerpt(plain(self.text.strip().split("\n\n")[0]), QUOTE)

    def get_absolute_url(self) -> str:
        address = reverse("policies:policy", args=[self.version.policy.slug])
        as_it_was = f"?version={self.version.number}" if self.changed_in else ""
        return f"{address}{as_it_was}#{self.anchor}"

    @property
    def since_url(self) -> str:
        """What changed in it since, beside what holds today."""
        address = reverse("policies:policy", args=[self.version.policy.slug])
        return f"{address}?view=changes&against={self.version.number}#c-{self.anchor}"


class Acknowledgement(models.Model):
    """One person has read one version."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="acknowledgements")
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="acknowledgements")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "version"], name="acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.version}"
