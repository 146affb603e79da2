"""Forms of acknowledging."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.policies.kinds import Right
from intranet.policies.models import PolicyPage
from intranet.ui.forms import Form


class RightForm(Form):
    """A right, and the policy that it waits for."""

    right = forms.ChoiceField(label=_("Before somebody may"), choices=Right)
    policy = forms.ModelChoiceField(
        label=_("they have read"), queryset=PolicyPage.objects.none(), empty_label=None
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["policy"].queryset = PolicyPage.objects.live().order_by("title")
        self.fields["policy"].label_from_instance = lambda policy: policy.label
