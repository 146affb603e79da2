"""The form of a rule. Each kind and each action has a field of its own; those that do not count step back by CSS."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.content.models import Space
from intranet.moderation.clauses import ClauseField
from intranet.moderation.kinds import Scope
from intranet.people.models import User
from intranet.policies.kinds import DisclosureKind
from intranet.rules.kinds import PERSONAL_LABELS, WITH_LIMIT, RuleAction, RuleKind
from intranet.rules.models import Rule
from intranet.ui.forms import ChipsInput, Form

LONGEST = 20_000
"""Characters of a list of words: about two thousand lines."""


class RuleForm(Form):
    """What a rule looks for, where, and what follows."""

    name = forms.CharField(label=_("Name"), max_length=80)
    name_he = forms.CharField(label=_("Name in Hebrew"), max_length=80, required=False)
    space = forms.ModelChoiceField(label=_("Where"), queryset=Space.objects.none(), required=False)
    kind = forms.ChoiceField(label=_("It looks for"), choices=RuleKind, initial=RuleKind.WORDS)
    words = forms.CharField(
        label=_("Words or phrases"),
        help_text=_("One a line. Hebrew prefixes and English endings are understood."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
    )
    pattern = forms.CharField(
        label=_("Pattern"),
        help_text=_("In RE2, which cannot run away. Capitals do not count."),
        required=False,
        widget=forms.TextInput({"dir": "ltr", "spellcheck": "false"}),
    )
    personal = forms.MultipleChoiceField(
        label=_("Which personal data"),
        help_text=_("None chosen: all of them. Check digits must agree."),
        choices=list(PERSONAL_LABELS.items()),
        required=False,
        widget=ChipsInput,
    )
    missing = forms.ChoiceField(
        label=_("Which disclosure is missing"), choices=DisclosureKind, required=False
    )
    limit = forms.IntegerField(
        label=_("Limit"),
        help_text=_("More links or posts an hour than this; fewer days here; more days of quiet."),
        min_value=0,
        max_value=10_000,
        required=False,
    )
    tag = forms.CharField(label=_("Only under the topic"), required=False, max_length=60)
    newer_than = forms.IntegerField(
        label=_("Only of people who came fewer days ago than"), min_value=0, max_value=10_000, required=False
    )
    action = forms.ChoiceField(label=_("What follows"), choices=RuleAction, initial=RuleAction.FLAG)
    topic = forms.CharField(label=_("Topic to add"), required=False, max_length=60)
    asks = forms.ChoiceField(label=_("Disclosure to ask for"), choices=DisclosureKind, required=False)
    scope = forms.ChoiceField(label=_("What to lock"), choices=Scope, initial=Scope.ALL, required=False)
    clause = ClauseField()
    text = forms.CharField(
        label=_("A text to try it on"),
        help_text=_("Is not kept."),
        required=False,
        max_length=4_000,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )

    def __init__(self, person: User, *args: Any, rule: Rule | None = None, **options: Any) -> None:
        if rule is not None:
            options["initial"] = _typed(rule)
        super().__init__(*args, **options)
        self.fields["clause"].offer(person)
        self.fields["clause"].help_text = _("Whoever meets the rule reads this clause.")
        places: Any = self.fields["space"]
        places.queryset = Space.objects.moderated_by(person)
        places.empty_label = _("Everywhere") if person.moderates_everywhere else _("Choose a place")
        places.required = not person.moderates_everywhere
        if rule is not None:
            del self.fields["space"]

    def facts(self) -> dict[str, Any]:
        """The fields of `Rule` that were typed, without the place."""
        said = self.cleaned_data
        kind, action = said["kind"], said["action"]
        what = {
            RuleKind.WORDS: said["words"],
            RuleKind.PATTERN: said["pattern"],
            RuleKind.PERSONAL: " ".join(said["personal"]),
            RuleKind.DISCLOSURE: said["missing"],
        }
        then = {
            RuleAction.TAG: said["topic"].strip().lstrip("#"),
            RuleAction.DISCLOSE: said["asks"],
            RuleAction.LOCK: said["scope"],
        }
        return {
            "name": said["name"],
            "name_he": said["name_he"],
            "kind": kind,
            "what": what.get(kind, ""),
            "limit": (said["limit"] or 0) if kind in WITH_LIMIT else 0,
            "tag": said["tag"].strip().lstrip("#"),
            "newer_than": said["newer_than"] or 0,
            "action": action,
            "then": then.get(action, ""),
            "clause": said["clause"],
        }


def _typed(rule: Rule) -> dict[str, Any]:
    """The fields of the form that say what `rule` says."""
    own: dict[str, dict[str, Any]] = {
        RuleKind.WORDS: {"words": rule.what},
        RuleKind.PATTERN: {"pattern": rule.what},
        RuleKind.PERSONAL: {"personal": rule.what.split()},
        RuleKind.DISCLOSURE: {"missing": rule.what},
    }
    follows: dict[str, dict[str, Any]] = {
        RuleAction.TAG: {"topic": rule.then},
        RuleAction.DISCLOSE: {"asks": rule.then},
        RuleAction.LOCK: {"scope": rule.then},
    }
    return {
        **{name: getattr(rule, name) for name in ("name", "name_he", "kind", "limit", "tag")},
        "newer_than": rule.newer_than or None,
        "action": rule.action,
        "clause": rule.clause.name,
        **own.get(RuleKind(rule.kind), {}),
        **follows.get(RuleAction(rule.action), {}),
    }
