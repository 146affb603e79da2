"""The pages on which policies are read."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from intranet.access.verdict import refuse
from intranet.content.models import Space
from intranet.moderation.answering import done, only_for
from intranet.people.models import User
from intranet.policies.citing.where import citations
from intranet.policies.hints import further_hints, hint_for
from intranet.policies.kinds import Aim, Audience
from intranet.policies.models import PolicyPage, PolicyVersion
from intranet.policies.reading import Reading, by_aim, read
from intranet.policies.roots import ROLES, ensure_policies, sync_editor
from intranet.policies.starter.loading import publish_starter
from intranet.runtime.surfaces import surface

VIEWS = ("clauses", "sides", "changes", "cited", "versions")


def _chips(asked: dict[str, str], name: str, choices: list[tuple[str, str]]) -> list[dict[str, object]]:
    """The filter `name` as links that keep the other one."""

    def address(value: str) -> str:
        return f"?{urlencode({key: each for key, each in {**asked, name: value}.items() if each})}"

    return [
        {"label": label, "url": address(value), "current": asked[name] == value}
        for value, label in [("", _("All")), *choices]
    ]


@surface("policies written for an audience of the reader")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All policies that concern me, by what they are for; filters by audience and aim."""
    asked = {"for": request.GET.get("for", ""), "aim": request.GET.get("aim", "")}
    asked = {
        "for": asked["for"] if asked["for"] in Audience.values else "",
        "aim": asked["aim"] if asked["aim"] in Aim.values else "",
    }
    seen = PolicyVersion.objects.current_for(request.user)
    audiences = set(seen.values_list("policy__audience", flat=True))
    context = {
        "groups": by_aim(request.user, asked["for"], asked["aim"]),
        "audiences": _chips(asked, "for", [each for each in Audience.choices if each[0] in audiences]),
        "aims": _chips(asked, "aim", Aim.choices),
        "may_write": request.user.has_role(*ROLES),
        "filtered": any(asked.values()),
    }
    return render(request, "policies/index.html", context)


def _number(text: str) -> int | None:
    if text and not (text.isascii() and text.isdecimal() and len(text) < 7):
        raise Http404
    return int(text) if text else None


def reading_of(reader: User, slug: str, version: str = "", against: str = "") -> Reading:
    """The policy as `reader` reads it, or 404; `version` and `against` are numbers as they stand in an address."""
    reading = read(reader, slug, _number(version), _number(against))
    if reading is None:
        raise Http404
    return reading


@surface("policies written for an audience of the reader")
@require_GET
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """One policy: clauses, languages side by side, what changed, where cited, versions; `?version=` as it was.

    `?view=changes&against=` compares the version with any other one.
    """
    reading = reading_of(request.user, slug, request.GET.get("version", ""), request.GET.get("against", ""))
    view = request.GET.get("view", "")
    view = view if view in VIEWS and (view != "changes" or reading.against) else "clauses"
    context = {
        "reading": reading,
        "view": view,
        "tabs": _tabs(reading, view),
        "may_write": request.user.has_role(*ROLES),
        "may_see_readers": request.user.has_role(*ROLES) or request.user.leads,
    }
    if view == "cited":
        found = citations(reading.policy, request.user)
        context["cited"] = [(each, found[each.anchor]) for each in reading.clauses if each.anchor in found]
    return render(request, f"policies/{view}.html", context)


def _tabs(reading: Reading, view: str) -> list[dict[str, object]]:
    at = "" if reading.current else f"version={reading.version.number}&"
    labels = {
        "clauses": _("Clauses"),
        "sides": _("Both languages"),
        "changes": _("What changed"),
        "cited": _("Where cited"),
        "versions": _("All versions"),
    }
    counts = {
        "sides": len(reading.behind) or "",
        "changes": len(reading.changes) or "",
        "versions": len(reading.versions),
    }
    return [
        {"label": label, "url": f"?{at}view={name}", "current": name == view, "count": counts.get(name, "")}
        for name, label in labels.items()
        if name != "changes" or len(reading.versions) > 1
    ]


@surface("policies written for an audience of the reader")
@require_GET
def post(request: HttpRequest, public_id: str) -> HttpResponse:
    """From the post of a policy to the policy."""
    page = get_object_or_404(PolicyPage.objects.visible_to(request.user), post__public_id=public_id)
    return redirect(page.get_absolute_url())


@surface("clauses of policies written for an audience of the reader")
@require_POST
def hint(request: HttpRequest) -> HttpResponse:
    """The clause that fits what is being written, as a fragment; empty when none does. The text is not kept."""
    slug = request.POST.get("community", "").replace("\0", "")
    space = Space.objects.entered_by(request.user).filter(slug=slug).first() if slug else None
    title, tags, source = (
        request.POST.get(name, "").replace("\0", "") for name in ("title", "tags", "source")
    )
    hint = hint_for(f"{title}\n{tags}\n{source}", space, request.user)
    further = further_hints(title, source, space, request.user)
    if hint and hint.clause in [each.clause for each in further]:
        hint = None
    return render(request, "policies/hint.html", {"hint": hint, "further": further})


for_owners = only_for(
    lambda person: person.has_role(*ROLES),
    refuse("not_policy_owner", gettext_lazy("Policies are written by policy owners.")),
)


@surface("policy owners; signs in to the editors' desk")
@require_GET
@for_owners
def desk(request: HttpRequest) -> HttpResponse:
    """To the editors' desk, for those who write policies."""
    folder = ensure_policies()
    sync_editor(request.user)
    return redirect("wagtailadmin_explore", folder.pk)


@surface("policy owners")
@require_POST
@for_owners
def starter(request: HttpRequest) -> HttpResponse:
    """Publish the policies that come with the product, those that are not here yet."""

    def publish() -> None:
        made = publish_starter(request.user)
        words = ngettext("%(n)s policy published.", "%(n)s policies published.", len(made))
        messages.success(request, words % {"n": len(made)})

    return done(request, publish, "policies:index")
