"""The page of a person, and what its owner and others do there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from experts.evidence.actions import endorse, judge, take_back
from experts.evidence.models import Evidence
from experts.profiles.actions import describe
from experts.profiles.forms import EndorseForm, ProfileForm
from experts.profiles.models import Profile
from experts.profiles.page import page_of
from intranet.access.verdict import Refused, refuse
from intranet.content.models import Tag
from intranet.people.models import User
from intranet.runtime.surfaces import surface


def _person(request: HttpRequest, username: str) -> User:
    people = User.objects.visible_to(request.user).select_related("unit", "manager")
    return get_object_or_404(people, username=username)


@surface("a person the reader may know, with evidence and posts the reader may see")
def profile(request: HttpRequest, username: str) -> HttpResponse:
    """Who somebody is, what to ask them about and what that rests on."""
    return _show(request, _person(request, username), EndorseForm())


def _show(request: HttpRequest, person: User, form: EndorseForm, status: int = 200) -> HttpResponse:
    page = page_of(person, request.user)
    return render(request, "experts/profile.html", {"page": page, "form": form}, status=status)


@surface("the reader's own profile")
def edit(request: HttpRequest, username: str) -> HttpResponse:
    """Say what to ask me about and how much I can take."""
    person = _person(request, username)
    if person != request.user:
        return _refused(request, Refused(refuse("not_yours", _("Only its owner edits a page."))))
    held = Profile.objects.filter(person=person).prefetch_related("ask_about", "wants_to_learn").first()
    form = ProfileForm(
        request.POST or None,
        instance=held or Profile(person=person),
        reader=person,
        initial=_topics(held) | {"cover": held.cover.username if held and held.cover else ""},
    )
    if request.method == "POST" and form.is_valid():
        describe(person=person, **form.cleaned_data)
        return redirect("experts:profile", username=person.username)
    return render(request, "experts/edit.html", {"person": person, "form": form})


def _topics(held: Profile | None) -> dict[str, str]:
    return {
        name: ", ".join(tag.name for tag in getattr(held, name).all()) if held else ""
        for name in ("ask_about", "wants_to_learn")
    }


@surface("a person the reader may know")
@require_POST
def endorsement(request: HttpRequest, username: str) -> HttpResponse:
    """Endorse somebody for a topic, or take it back (`take_back` holds the topic's slug)."""
    person = _person(request, username)
    if slug := request.POST.get("take_back", "").replace("\0", ""):
        take_back(actor=request.user, person=person, tag=get_object_or_404(Tag, slug=slug))
        return redirect("experts:profile", username=username)
    form = EndorseForm(request.POST)
    if not form.is_valid():
        return _show(request, person, form, status=422)
    try:
        endorse(actor=request.user, person=person, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused.verdict.message))
        return _show(request, person, form, status=403)
    return redirect("experts:profile", username=username)


@surface("a line about the reader, resting on a post the reader may see")
@require_POST
def evidence(request: HttpRequest, username: str, pk: int) -> HttpResponse:
    """Hide, contest or show again one line about myself."""
    lines = Evidence.objects.visible_to(request.user)
    line = get_object_or_404(lines.select_related("post"), pk=pk, person__username=username)
    try:
        judge(
            actor=request.user,
            line=line,
            state=request.POST.get("state", ""),
            note=request.POST.get("note", ""),
        )
    except Refused as refused:
        return _refused(request, refused)
    return redirect("experts:profile", username=username)


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return render(request, "403.html", {"verdict": refused.verdict}, status=403)
