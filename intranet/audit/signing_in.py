"""Sign-ins of people who have rights over others leave an entry, and so do failed ones with their names."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models import Q
from django.dispatch import receiver

from intranet.audit import trail
from intranet.people.models import User
from intranet.people.roles import Role

TRUSTED = (Role.ADMIN, Role.MODERATOR, Role.KM, Role.POLICY_OWNER)


@receiver(user_logged_in, dispatch_uid="audit.signed_in")
def signed_in(user: User, **_: Any) -> None:
    """Write that somebody with rights over others signed in."""
    if user.is_staff or user.has_role(*TRUSTED):
        trail.write("signed_in", user, about=user, roles=list(user.roles))


@receiver(user_login_failed, dispatch_uid="audit.sign_in_failed")
def sign_in_failed(credentials: dict[str, Any], **_: Any) -> None:
    """Write that somebody tried to sign in as one who has rights over others."""
    said = str(credentials.get("username") or credentials.get("email") or credentials.get("login") or "")
    found = User.objects.filter(Q(username=said) | Q(email__iexact=said, email__gt="")).first()
    if found and (found.is_staff or found.has_role(*TRUSTED)):
        trail.write("sign_in_failed", about=found)
