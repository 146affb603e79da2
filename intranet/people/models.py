"""People, the unit tree they belong to and the tokens their programs use."""

from __future__ import annotations

import hashlib
import secrets
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intranet.people.querysets import UserQuerySet
from intranet.people.roles import Role
from intranet.text.lines import clean_line, skeleton

USERNAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{1,39}$", _("Use 2 to 40 small Latin letters, digits, dots or dashes.")
)


class OrgUnit(models.Model):
    """One unit of the organisation; `path` is the whole way from the top, such as `R&D/Electronics`."""

    path = models.CharField(max_length=400, unique=True)
    name = models.CharField(max_length=120)
    name_he = models.CharField(max_length=120, blank=True)
    code = models.CharField(max_length=12, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    colour = models.PositiveSmallIntegerField(default=7, help_text=_("One of the eight categorical colours."))

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.label

    @property
    def slug(self) -> str:
        """The unit in an address and in a mention (`@u/rd-lab`), made from its path."""
        return slugify(self.path.replace("/", " "), allow_unicode=True)

    @property
    def label(self) -> str:
        """The unit's name in the reader's language."""
        return self.name_he if self.name_he and get_language() == "he" else self.name


class PeopleManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # built at run time
    """Django's user manager with the questions of `UserQuerySet`."""

    use_in_migrations = False


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Imported authors are inactive users that carry an attribution."""

    username = models.CharField(max_length=40, unique=True, validators=[USERNAME])
    username_skeleton = models.CharField(max_length=80, unique=True, editable=False)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120)
    name_he = models.CharField(max_length=120, blank=True)
    name_key = models.CharField(max_length=120, editable=False, db_index=True)
    title = models.CharField(max_length=120, blank=True)
    location = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, default="en")
    unit = models.ForeignKey(OrgUnit, models.SET_NULL, null=True, blank=True, related_name="people")
    manager = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="reports")
    directory_id = models.CharField(max_length=120, null=True, blank=True, unique=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list, blank=True)
    attribution = models.CharField(max_length=200, blank=True)
    attribution_url = models.URLField(blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    suspended_until = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    created = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email", "name"]

    objects = PeopleManager()

    class Meta:
        ordering = ["name_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=~models.Q(email=""), name="people_email_once"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def save(self, **kwargs) -> None:
        """Keep the derived columns true: a clean name, its sorting key and the look-alike skeleton."""
        self.name = clean_line(self.name) or self.username
        self.name_key = self.name.casefold()[:120]
        self.username_skeleton = skeleton(self.username)
        super().save(**kwargs)

    @property
    def display_name(self) -> str:
        """The name in the reader's language where the person has one in it."""
        return self.name_he if self.name_he and get_language() == "he" else self.name

    @property
    def is_invented_here(self) -> bool:
        """Whether this is a person of the demo where the demo is not allowed: its passwords and tokens are public."""
        return self.is_demo and not settings.DEMO_ALLOWED

    def check_password(self, raw_password: str) -> bool:
        """Whether the password fits. Those of the demo fit nothing where the demo is not allowed."""
        return not self.is_invented_here and super().check_password(raw_password)

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name.split(" ")[0]

    @property
    def initials(self) -> str:
        """Two letters for the avatar."""
        words = [word for word in self.display_name.split() if word[0].isalnum()] or [self.username]
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    @property
    def colour(self) -> int:
        """The categorical colour of the person's unit, 1 to 8."""
        return self.unit.colour if self.unit else 7

    @property
    def is_suspended(self) -> bool:
        return bool(self.suspended_until and self.suspended_until > timezone.now())

    @property
    def is_guest(self) -> bool:
        return Role.GUEST in self.roles

    def has_role(self, *roles: Role) -> bool:
        """Whether the person holds any of `roles`."""
        return any(role in self.roles for role in roles)

    @property
    def moderates_everywhere(self) -> bool:
        """Moderators and administrators act in every space that is not secret."""
        return self.has_role(Role.MODERATOR, Role.ADMIN)

    @property
    def administers(self) -> bool:
        """Administrators run every community that is not secret; a guest never does."""
        return self.has_role(Role.ADMIN) and not self.is_guest

    @property
    def reviews_communities(self) -> bool:
        """Knowledge managers decide about communities whose owners do not answer."""
        return self.has_role(Role.KM, Role.ADMIN) and not self.is_guest

    @property
    def keeps_policies(self) -> bool:
        """Whether the person writes policies or cites them, and so reads those for every audience."""
        return self.has_role(Role.POLICY_OWNER, Role.MODERATOR, Role.ADMIN)

    @cached_property
    def space_roles(self) -> dict[int, str]:
        """`{space id: role}` of the person's memberships; one query an instance."""
        return dict(self.memberships.values_list("space_id", "role"))

    @cached_property
    def leads(self) -> bool:
        """Whether anybody reports to the person; one query an instance."""
        return self.reports.filter(is_active=True).exists()


class ApiToken(models.Model):
    """A bearer token of the JSON API; only its hash is kept."""

    person = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created = models.DateTimeField(default=timezone.now, editable=False)
    revoked = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def hash(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()

    @classmethod
    def issue(cls, person: User, name: str, token: str | None = None) -> str:
        """Make a token for `person` and return its text, which is shown once and not kept."""
        token = token or f"ksh_{secrets.token_urlsafe(32)}"
        cls.objects.create(person=person, name=name, digest=cls.hash(token))
        return token

    @classmethod
    def person_of(cls, token: str) -> User | None:
        """The active person behind `token`, or None."""
        row = (
            cls.objects.select_related("person__unit")
            .filter(digest=cls.hash(token), revoked=None, person__is_active=True)
            .first()
        )
        return row.person if row and not row.person.is_invented_here else None
