"""Django's admin, for administrators: people, units, spaces, topics. What people wrote is read here, never written."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from intranet.activity.models import Event
from intranet.audit import trail
from intranet.content.models import Membership, Post, Space, Tag
from intranet.moderation.models import Case, Decision, Lock
from intranet.people.models import OrgUnit, User
from intranet.people.roles import Role


class ReadOnly(admin.ModelAdmin):
    """Rows to look at. Changing them is a deed that passes the gate, so it happens on the site."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _places(request: HttpRequest) -> QuerySet[Space]:
    """The spaces that the administrator sees into."""
    return Space.objects.entered_by(cast(User, request.user))


@admin.register(Post)
class PostAdmin(ReadOnly):
    """Posts of spaces that are not secret: an administrator is no member."""

    list_display = ["public_id", "kind", "state", "title", "author", "space", "created"]
    list_filter = ["kind", "state"]
    search_fields = ["public_id", "title"]
    list_select_related = ["author", "space"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        return super().get_queryset(request).visible_to(request.user)


@admin.register(Lock, Case, Decision)
class ModerationAdmin(ReadOnly):
    """What moderation did, where the administrator may see it."""

    list_display = ["__str__", "pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        seen = _places(request)
        rows = super().get_queryset(request)
        if self.model is Lock:
            return rows.filter(post__space__in=seen) | rows.filter(space__in=seen)
        path = "post__space__in" if self.model is Case else "case__post__space__in"
        return rows.filter(**{path: seen})


@admin.register(Event)
class EventAdmin(ReadOnly):
    """The log, where the administrator may see its place."""

    list_display = ["at", "verb", "actor", "about", "post"]
    list_filter = ["verb"]
    list_select_related = ["actor", "about", "post"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        seen = _places(request)
        rows = super().get_queryset(request)
        return rows.filter(space=None) | rows.filter(space__in=seen)


class PersonForm(UserChangeForm):
    """A person with roles as boxes to tick."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta(UserChangeForm.Meta):
        model = User


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People. Nobody is deleted: who leaves becomes inactive."""

    form = PersonForm
    list_display = ["username", "name", "unit", "is_active"]
    list_filter = ["is_active", "unit"]
    list_select_related = ["unit"]
    search_fields = ["username", "name", "name_he", "email"]
    ordering = ["name_key"]
    autocomplete_fields = ["unit", "manager"]
    filter_horizontal: list[str] = []
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "name_he", "email", "language"]}),
        (_("Work"), {"fields": ["title", "unit", "manager", "location"]}),
        (_("Rights"), {"fields": ["roles", "is_active", "is_staff", "suspended_until"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "name", "email", "usable_password", "password1", "password2"]})
    ]

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        with trail.acting(cast(User, request.user)):
            super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(OrgUnit)
class UnitAdmin(admin.ModelAdmin):
    """The unit tree."""

    list_display = ["path", "name", "name_he", "code"]
    search_fields = ["path", "name", "name_he", "code"]
    autocomplete_fields = ["parent"]


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    """Topics: their names in both languages."""

    list_display = ["name", "name_he", "slug"]
    search_fields = ["name", "name_he", "slug"]


class MembershipInline(admin.TabularInline):
    """Members of one space."""

    model = Membership
    extra = 0
    autocomplete_fields = ["person"]


@admin.register(Space)
class SpaceAdmin(admin.ModelAdmin):
    """Spaces that the administrator may see into. One is closed on the site, never deleted."""

    list_display = ["slug", "kind", "name", "visibility", "posting"]
    list_filter = ["kind", "visibility"]
    search_fields = ["slug", "name", "name_he"]
    inlines = [MembershipInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Space]:
        return super().get_queryset(request).entered_by(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
