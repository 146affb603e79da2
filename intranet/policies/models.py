"""Policies: a set of documents in clauses, published in versions that stay as they were."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page, PageManager

from intranet.access.verdict import Refused, refuse
from intranet.content.kinds import Joining, Posting, PostKind, SpaceKind
from intranet.content.models import Space
from intranet.documents.pages import DocumentPage, Outcome
from intranet.moderation.gate import Permit
from intranet.people.models import User
from intranet.policies.querysets import ClauseVersionQuerySet, PolicyQuerySet, PolicyVersionQuerySet
from intranet.policies.verbs import POLICY_CHANGED, POLICY_PUBLISHED
from intranet.text.errors import TextError
from intranet.text.plain import excerpt, plain
from intranet.text.render import RENDERER_VERSION, render

QUOTE = 240
"""Characters of a clause that a lock notice quotes: the rule itself, which stands in its first paragraph."""

ANCHOR = RegexValidator(r"^[a-z][a-z0-9-]{1,39}$", _("Use small Latin letters, digits or dashes."))


class Audience(TextChoices):
    """For whom a policy is written."""

    WRITERS = "writers", _("Employees who write")
    COMMUNITY = "community", _("Community users")
    MANAGERS = "managers", _("Managers")
    GUESTS = "guests", _("Guests")
    EVERYONE = "everyone", _("Everyone")


class Aim(TextChoices):
    """What a policy is for."""

    LOWER_RISK = "lower_risk", _("Lower the organisation's risk")
    PROTECT = "protect", _("Protect the writer")
    EXCEL = "excel", _("Help the writer excel")


def in_readers_language(english: str, hebrew: str) -> str:
    """The text in the reader's language, the other one where it is missing."""
    return (hebrew or english) if get_language() == "he" else (english or hebrew)


def policies_space() -> Space:
    """The space in which policies are read; made when it is first asked for."""
    space, _made = Space.objects.get_or_create(
        slug="policies",
        defaults={
            "kind": SpaceKind.POLICIES,
            "name": "Policies",
            "name_he": "מדיניות",
            "joining": Joining.INVITE,
            "posting": Posting.MANAGERS,
        },
    )
    return space


class PolicyIndexPage(Page):
    """The folder of all policies in the page tree."""

    subpage_types = ["intranet.PolicyPage"]
    max_count = 1


class PolicyPage(DocumentPage):
    """The writing room of one policy. Its published versions are `PolicyVersion`s, its social face is `post`."""

    post_kind = PostKind.POLICY
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
    review_date = models.DateField(null=True, blank=True)
    what_changed = models.TextField(blank=True)
    what_changed_he = models.TextField(blank=True)
    post = models.OneToOneField(
        "intranet.Post", models.PROTECT, null=True, blank=True, editable=False, related_name="policy_page"
    )

    objects = PageManager.from_queryset(PolicyQuerySet)()

    parent_page_types = ["intranet.PolicyIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("title_he")]),
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("summary_he")], heading=_("In short")),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("aim"), FieldPanel("review_date")]),
        FieldPanel("must_acknowledge"),
        InlinePanel("clauses", heading=_("Clauses"), label=_("Clause")),
        MultiFieldPanel(
            [FieldPanel("what_changed"), FieldPanel("what_changed_he")], heading=_("What changed")
        ),
    ]

    @property
    def room(self) -> Space:
        return policies_space()

    def writer(self, publisher: User) -> User:
        return self.owner or publisher

    def columns(self, publisher: User) -> dict[str, Any]:
        """The summaries make the post; its plain text holds every clause, so that search finds them."""
        clauses = list(self.clauses.all())
        if not clauses:
            raise Refused(refuse("no_clauses", _("A policy needs at least one clause.")))
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
        """Freeze the clauses as the next version, unless they say what the current one says."""
        words = [clause.facts() for clause in self.clauses.all()]
        latest = self.versions.first()
        if latest and [clause.facts() for clause in latest.clauses.all()] == words:
            return
        version = PolicyVersion.objects.create(
            policy_id=self.pk,
            number=latest.number + 1 if latest else 1,
            published=outcome.at,
            what_changed=self.what_changed if latest else "",
            what_changed_he=self.what_changed_he if latest else "",
        )
        for place, clause in enumerate(words, 1):
            ClauseVersion.objects.create(version=version, place=place, **clause)

    def get_absolute_url(self) -> str:
        return reverse("policies:policy", args=[self.slug])

    @property
    def label(self) -> str:
        return in_readers_language(self.title, self.title_he)

    @property
    def lead(self) -> str:
        return in_readers_language(self.summary, self.summary_he)


class ClauseText(models.Model):
    """What a clause says, in both languages, under an anchor that stays the same through all versions."""

    anchor = models.CharField(max_length=40, validators=[ANCHOR])
    title_en = models.CharField(max_length=200, blank=True)
    text_en = models.TextField(blank=True)
    title_he = models.CharField(max_length=200, blank=True)
    text_he = models.TextField(blank=True)

    class Meta:
        abstract = True

    def words(self) -> tuple[str, str, str, str]:
        """All that the clause says."""
        return self.title_en, self.text_en, self.title_he, self.text_he

    def facts(self) -> dict[str, str]:
        """The columns of the clause, to compare and to copy."""
        return {
            name: getattr(self, name) for name in ("anchor", "title_en", "text_en", "title_he", "text_he")
        }


class Clause(ClauseText, Orderable):
    """One clause as it is being written."""

    policy = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="clauses")

    panels = [
        FieldPanel("anchor"),
        FieldRowPanel([FieldPanel("title_en"), FieldPanel("title_he")]),
        FieldRowPanel([FieldPanel("text_en"), FieldPanel("text_he")]),
    ]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["policy", "anchor"], name="clause_anchor_once")]

    def __str__(self) -> str:
        return self.anchor


class PolicyVersion(models.Model):
    """A policy as it was published once. Never changed."""

    policy = models.ForeignKey(PolicyPage, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    published = models.DateTimeField(default=timezone.now)
    what_changed = models.TextField(blank=True)
    what_changed_he = models.TextField(blank=True)

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
    """One clause of one version: what locks, flags and decisions cite."""

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="clauses")
    place = models.PositiveIntegerField()
    html_en = models.TextField(blank=True, editable=False)
    html_he = models.TextField(blank=True, editable=False)

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
    def title(self) -> str:
        return in_readers_language(self.title_en, self.title_he)

    @property
    def text(self) -> str:
        return in_readers_language(self.text_en, self.text_he)

    @property
    def html(self) -> SafeString:
        """The text rendered; safe because `intranet.text` made it."""
        return mark_safe(in_readers_language(self.html_en, self.html_he))

    @property
    def quote(self) -> str:
        """The rule in one line: the first paragraph without its markup."""
        return excerpt(plain(self.text.strip().split("\n\n")[0]), QUOTE)

    def get_absolute_url(self) -> str:
        return reverse("policies:policy", args=[self.version.policy.slug]) + f"#{self.anchor}"


class Acknowledgement(models.Model):
    """One person has read one version."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="acknowledgements")
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="acknowledgements")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "version"], name="acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.version}"


class DisclosureKind(TextChoices):
    """What readers should know about a post."""

    ROLE = "role", _("Speaks from their role")
    INTEREST = "interest", _("Has an interest in this")
    ON_BEHALF = "on_behalf", _("On behalf of their unit")
    AI_ASSISTED = "ai_assisted", _("Written with AI help")
    OUTSIDE = "outside", _("From an outside source")


class Disclosure(models.Model):
    """One disclosure on one post, as data."""

    post = models.ForeignKey("intranet.Post", models.CASCADE, related_name="disclosures")
    kind = models.CharField(max_length=12, choices=DisclosureKind)
    text = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "kind"], name="disclosure_once")]

    def __str__(self) -> str:
        return self.get_kind_display()
