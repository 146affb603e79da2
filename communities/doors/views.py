"""Links that let people in: made, shown, taken back and used; lists of people; rules by unit."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from communities.charters.answering import Rows, done, keep_rows
from communities.charters.frame import find, frame_of, must_run, tabs_of
from communities.inviting import bulk, links, rules
from communities.inviting.forms import LinkForm, ListForm, RuleForm
from communities.inviting.models import InviteLink, UnitRule
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused
from intranet.content.models import Space
from intranet.runtime.surfaces import surface


def _context(request: HttpRequest, slug: str) -> tuple[Space, dict[str, Any]]:
    """A community that the reader runs, or 404 or 403."""
    space = find(request.user, slug)
    context = frame_of(request, space)
    must_run(context)
    return space, context | {"tabs": tabs_of(context, "members")}


@surface("links into a community the reader runs")
@require_http_methods(["GET", "POST"])
def link_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The links of a community; a new one, and an end to an old one."""
    space, context = _context(request, slug)
    page = Rows(
        to="communities:links",
        rows=InviteLink.objects.filter(space=space),
        ending="revoke",
        end=lambda link: links.revoke_link(actor=request.user, link=link),
        ended=_("The link opens nothing any more."),
        keep=partial(links.make_link, actor=request.user, space=space),
        kept=_("The link is ready. Copy it from the list."),
    )
    form = LinkForm(request.POST or None)
    came = keep_rows(request, slug, form, page)
    if came.answer:
        return came.answer
    rows = page.rows.select_related("space", "by")[:30]
    shown = [(link, request.build_absolute_uri(link.get_absolute_url())) for link in rows]
    context |= {"form": form, "rows": shown, "verdict": came.verdict}
    return render(request, "communities/links.html", context, status=came.status)


@surface("the community behind a link that somebody who runs it made; nothing when it ended")
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Come in by a link. One that ended says the same as one that never was."""
    link = links.opened_by(request.user, token)
    if link is None:
        return render(request, "communities/link_ended.html", {"verdict": links.ENDED}, status=404)
    if request.method == "POST":
        return done(
            request,
            lambda: links.use_link(person=request.user, token=token),
            "communities:community",
            link.space.slug,
        )
    return render(request, "communities/by_link.html", {"link": link, "space": link.space})


@surface("people the reader may know of; a community they run")
@require_http_methods(["GET", "POST"])
def add_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a list of people: first the report of what it would do, then the deed."""
    space, context = _context(request, slug)
    form = ListForm(request.POST or None, request.FILES or None)
    plan, verdict, status = None, None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            text = form.cleaned_data["rows"]
            try:
                if "add" in request.POST:
                    plan = bulk.add_all(actor=request.user, space=space, text=text)
                    messages.success(request, _added(len(plan.to_add)))
                    return redirect("communities:members", slug)
                plan = bulk.plan_of(actor=request.user, space=space, text=text)
                form, status = ListForm(initial={"rows": text}), 200
            except Refused as refusal:
                verdict, status = refusal.verdict, status_of(refusal.verdict)
    context |= {"form": form, "plan": plan, "verdict": verdict}
    return render(request, "communities/add_list.html", context, status=status)


def _added(n: int) -> str:
    return ngettext("%(n)d person was added.", "%(n)d people were added.", n) % {"n": n}


@surface("rules of a community the reader runs")
@require_http_methods(["GET", "POST"])
def rule_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Units whose people are members."""
    space, context = _context(request, slug)
    page = Rows(
        to="communities:rules",
        rows=UnitRule.objects.filter(space=space),
        ending="end",
        end=lambda rule: rules.end_rule(actor=request.user, rule=rule),
        ended=_("The rule has ended. Who came by it stays."),
        keep=partial(rules.add_rule, actor=request.user, space=space),
        kept=_("The rule holds from now on."),
    )
    form = RuleForm(request.POST or None)
    came = keep_rows(request, slug, form, page)
    if came.answer:
        return came.answer
    context |= {"form": form, "rows": page.rows.select_related("unit", "by"), "verdict": came.verdict}
    return render(request, "communities/rules.html", context, status=came.status)
