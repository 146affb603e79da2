"""Policies: a set of documents in clauses, published in versions that stay as they were."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable, Page

from intranet.content.kinds import Joining, Posting, PostKind, SpaceKind
from intranet.content.models import Space
from intranet.documents.pages import DocumentPage
from intranet.moderation.gate import Permit
from intranet.people.models import User
from intranet.policies.verbs import POLICY_CHANGED, POLICY_PUBLISHED

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

    title_he = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    summary_he = models.TextField(blank=True)
    audience = models.CharField(max_length=12, choices=Audience, default=Audience.EVERYONE)
    aim = models.CharField(max_length=12, choices=Aim, default=Aim.EXCEL)
    must_acknowledge = models.BooleanField(default=False)
    review_date = models.DateField(null=True, blank=True)
    what_changed = models.TextField(blank=True)
    what_changed_he = models.TextField(blank=True)

    parent_page_types = ["intranet.PolicyIndexPage"]
    subpage_types: list[str] = []

    post_kind = PostKind.POLICY
    published_verb = POLICY_PUBLISHED
    edited_verb = POLICY_CHANGED

    @property
    def label(self) -> str:
        return in_readers_language(self.title, self.title_he)

    @property
    def lead(self) -> str:
        return in_readers_language(self.summary, self.summary_he)

    def post_space(self) -> Space:
        return policies_space()

    def post_author(self) -> User:
        return self.owner

    def post_source(self) -> str:
        """Both languages one after the other, clause by clause."""
        clauses = list(self.clauses.all())
        english = [f"### {clause.title_en}\n\n{clause.text_en}" for clause in clauses if clause.text_en]
        hebrew = [f"### {clause.title_he}\n\n{clause.text_he}" for clause in clauses if clause.text_he]
        return "\n\n".join([self.summary, *english, self.summary_he, *hebrew])

    def after_publish(self, permit: Permit) -> None:
        """Freeze what was published as a version, unless it says what the last one says."""
        last = self.versions.first()
        now = [clause.facts() for clause in self.clauses.all()]
        if last and [clause.facts() for clause in last.clauses.all()] == now:
            return
        version = PolicyVersion.objects.create(
            policy=self,
            number=last.number + 1 if last else 1,
            published=self.last_published_at or timezone.now(),
            what_changed=self.what_changed,
            what_changed_he=self.what_changed_he,
        )
        ClauseVersion.objects.bulk_create(
            ClauseVersion(version=version, place=place, **facts) for place, facts in enumerate(now, start=1)
        )


class ClauseText(models.Model):
    """What a clause says, in both languages, under an anchor that stays the same through all versions."""

    anchor = models.CharField(max_length=40, validators=[ANCHOR])
    title_en = models.CharField(max_length=200, blank=True)
    text_en = models.TextField(blank=True)
    title_he = models.CharField(max_length=200, blank=True)
    text_he = models.TextField(blank=True)

    class Meta:
        abstract = True

    def facts(self) -> dict[str, str]:
        """The columns of the clause, to compare and to copy."""
        return {
            name: getattr(self, name) for name in ("anchor", "title_en", "text_en", "title_he", "text_he")
        }


class Clause(ClauseText, Orderable):
    """One clause as it is being written."""

    policy = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="clauses")

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

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["version", "anchor"], name="clause_version_once")]

    def __str__(self) -> str:
        return f"{self.version} · {self.title}"

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
