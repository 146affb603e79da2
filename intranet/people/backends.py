"""Who is signed in, fetched with all that every page asks of them in one query."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from intranet.people.models import User
from intranet.runtime.prepared import Prepared


def _with_places(pk: int) -> QuerySet[User]:
    """The person with unit, space roles and whether they lead."""
    roles = User.memberships.rel.related_model.objects.filter(person=OuterRef("pk"))
    return (
        User.objects.select_related("unit")
        .annotate(
            role_rows=ArraySubquery(roles.values(row=JSONObject(space="space_id", role="role"))),
            has_reports=Exists(User.objects.filter(manager=OuterRef("pk"), is_active=True)),
        )
        .filter(pk=pk)
    )


_person = Prepared(_with_places)


class SignInBackend(AuthenticationBackend):
    """Signs people in by name or address, and brings back the one of a session with unit, space roles and whether they lead."""

    def get_user(self, user_id: Any) -> User | None:
        found = _person.first(pk=int(user_id))
        if found is None or not self.user_can_authenticate(found):
            return None
        found.space_roles = {row["space"]: row["role"] for row in found.role_rows}
        found.leads = found.has_reports
        return found
