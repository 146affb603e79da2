"""The desk of rules: which there are, what changed, and one rule with its test box."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intranet.content.models import Space
from intranet.moderation.answering import done, send
from intranet.moderation.desk import for_moderators, tabs
from intranet.rules import actions
from intranet.rules.forms import RuleForm
from intranet.rules.models import Rule, RuleSetVersion, Trial
from intranet.rules.starter import add_starter, missing
from intranet.rules.trying import samples, try_on_posts, try_text
from intranet.runtime.surfaces import surface

CHANGES = 12
"""Changes that the desk shows."""


@surface("rules for everywhere, and those of places that the reader moderates")
@require_GET
@for_moderators
def index(request: HttpRequest) -> HttpResponse:
    """The rules, those that are on first, and what changed lately."""
    rules = Rule.objects.visible_to(request.user).select_related("space", "clause__version__policy", "author")
    kept = set(Rule.objects.kept_by(request.user).values_list("pk", flat=True))
    changes = RuleSetVersion.objects.visible_to(request.user).select_related("by", "space")
    context = {
        "rules": rules.order_by("-on", "name", "pk"),
        "kept": kept,
        "changes": changes[:CHANGES],
        "starter": request.user.moderates_everywhere and missing(),
        "tabs": tabs(request, "rules"),
    }
    return render(request, "rules/index.html", context)


@surface("rules of places that the reader moderates; for everywhere, moderators of the organisation")
@require_http_methods(["GET", "POST"])
@for_moderators
def add(request: HttpRequest) -> HttpResponse:
    """A new rule: try it, then add it."""
    chosen = Space.objects.moderated_by(request.user).filter(slug=request.GET.get("community", "")).first()
    initial = {"space": chosen.pk} if chosen else None
    return _write(request, RuleForm(request.user, request.POST or None, initial=initial), None)


@surface("rules that the reader keeps")
@require_http_methods(["GET", "POST"])
@for_moderators
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One rule: try a change, then save it."""
    rows = Rule.objects.kept_by(request.user).select_related("space", "clause__version__policy")
    rule = get_object_or_404(rows, pk=pk)
    return _write(request, RuleForm(request.user, request.POST or None, rule=rule), rule)


def _write(request: HttpRequest, form: RuleForm, rule: Rule | None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "rule": rule, "tabs": tabs(request, "rules")}

    def write(**said: Any) -> HttpResponse:
        if request.POST.get("do") != "save":
            return render(request, "rules/rule.html", context | _tried(request, form, rule))
        if rule is None:
            deed, words = partial(actions.add, space=said["space"]), _("The rule holds from now on.")
        else:
            deed, words = (
                partial(actions.change, rule=rule),
                _("Changed. What was judged before stays as it was."),
            )
        deed(actor=request.user, **form.facts())
        messages.success(request, words)
        return redirect("rules:index")

    sent = send(request, form, write)
    return sent.answer or sent.page(request, "rules/rule.html", context)


def _tried(request: HttpRequest, form: RuleForm, rule: Rule | None) -> dict[str, Any]:
    """What the rule as typed says of the typed text and of the last month."""
    wanted = Rule(**form.facts())
    actions.check(wanted)
    space = rule.space if rule else form.cleaned_data["space"]
    trial = try_on_posts(person=request.user, rule=wanted.judged(), space=space)
    text = form.cleaned_data["text"]
    return {
        "trial": trial,
        "samples": samples(trial, request.user),
        "text": text,
        "found": try_text(wanted.judged(), text) if text else None,
    }


@surface("posts that the reader sees, of which a rule speaks that they tried")
@require_GET
@for_moderators
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a try that was counted in the background."""
    found = get_object_or_404(Trial, pk=pk, by=request.user)
    context = {"trial": found, "samples": samples(found, request.user), "tabs": tabs(request, "rules")}
    return render(request, "rules/trial.html", context)


@surface("rules that the reader keeps")
@require_POST
@for_moderators
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a rule be on or off: the wanted state is in `on`."""
    rule = get_object_or_404(Rule.objects.kept_by(request.user), pk=pk)
    on = request.POST.get("on") == "1"
    words = _("The rule is on.") if on else _("The rule is off. You can switch it on again.")
    deed = partial(actions.switch, actor=request.user, rule=rule, on=on)
    return done(request, deed, "rules:index", said=words)


@surface("moderators of the whole organisation")
@require_POST
@for_moderators
def starter(request: HttpRequest) -> HttpResponse:
    """Add the rules that come with the product, those that are not here yet."""
    words = _("Here they are. Try each, and change what does not fit.")
    return done(request, partial(add_starter, request.user), "rules:index", said=words)
