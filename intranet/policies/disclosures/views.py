"""The pages of those who give mandates and say what must be disclosed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from intranet.access import visibility
from intranet.content.models import Space
from intranet.moderation.answering import done, send
from intranet.people.models import OrgUnit, User
from intranet.policies.disclosures.forms import MandateForm, RequirementForm
from intranet.policies.disclosures.mandates import GIVERS, end, give, units_led_by
from intranet.policies.disclosures.models import Mandate, Requirement
from intranet.policies.views import for_owners
from intranet.runtime.surfaces import surface


def _units_of(giver: User) -> Any:
    return OrgUnit.objects.all() if giver.has_role(*GIVERS) else units_led_by(giver)


def _mandates_of(giver: User) -> Any:
    """The holding mandates that `giver` decides about, and those that `giver` holds."""
    rows = Mandate.objects.holding().select_related("person__unit", "unit", "leader", "given_by")
    if giver.has_role(*GIVERS):
        return rows
    return rows.filter(Q(unit__in=units_led_by(giver)) | Q(leader=giver) | Q(person=giver))


@surface("policy owners: all mandates; others: those they hold, or give as leaders")
@require_http_methods(["GET", "POST"])
def mandates(request: HttpRequest) -> HttpResponse:
    """Who may speak for a unit or a leader; leaders and policy owners give and end mandates here."""
    gives = request.user.has_role(*GIVERS) or request.user.leads
    form = MandateForm(_units_of(request.user), request.POST or None)
    words = _("They may speak for it from now on.")
    sent = send(request, form, partial(give, giver=request.user), "policies:mandates", said=words)
    context = {"form": form, "gives": gives, "mandates": _mandates_of(request.user)}
    return sent.answer or sent.page(request, "policies/mandates.html", context)


@surface("mandates that the reader gives or holds")
@require_POST
def end_mandate(request: HttpRequest, number: int) -> HttpResponse:
    """End a mandate."""
    mandate = get_object_or_404(_mandates_of(request.user), pk=number)
    words = _("The mandate has ended. What was written under it stays.")
    return done(request, partial(end, giver=request.user, mandate=mandate), "policies:mandates", said=words)


def _rules_of(person: User) -> Any:
    """The rules that hold anywhere, and in the places that `person` sees."""
    spaces = Space.objects.filter(visibility.spaces_seen_by(person))
    rows = Requirement.objects.filter(Q(space=None) | Q(space__in=spaces), ended_at=None)
    return rows.select_related("space", "tag", "made_by")


@surface("policy owners; rules of places that they see")
@require_http_methods(["GET", "POST"])
@for_owners
def requirements(request: HttpRequest) -> HttpResponse:
    """Which disclosures are asked for, and where."""
    form = RequirementForm(request.user, request.POST or None)
    deed = partial(Requirement.objects.create, made_by=request.user)
    words = _("From now on this disclosure is asked for.")
    sent = send(request, form, deed, "policies:requirements", said=words)
    context = {"form": form, "rules": _rules_of(request.user)}
    return sent.answer or sent.page(request, "policies/requirements.html", context)


@surface("policy owners; rules of places that they see")
@require_POST
@for_owners
def end_requirement(request: HttpRequest, number: int) -> HttpResponse:
    """Stop asking for a disclosure."""
    rule = get_object_or_404(_rules_of(request.user), pk=number)
    rule.ended_at = timezone.now()
    rule.save(update_fields=["ended_at"])
    messages.success(request, _("This disclosure is not asked for any more."))
    return redirect("policies:requirements")
