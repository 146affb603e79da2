"""The forms of the network desk."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.content.models import Space
from intranet.settings import product
from intranet.ui.forms import Form
from kms.forums.models import Ground
from kms.forums.reading import written_between
from kms.network.actions import UNWEIGHED
from kms.network.terms import ORGANISATION, Broadcast, Definition, Level, Purpose
from kms.sna.records import HALF_LIVES

COMPARED = [("", _("Nothing")), ("before", _("The same number of months just before"))]
MONTHS_BACK = 24
USUAL_MONTHS = 3
LARGEST = 20_000_000
"""Bytes of a file that is sent by the page; larger ones are imported by the command."""


def month_before(month: date, count: int = 1) -> date:
    """The first day of the month `count` months earlier.

    >>> month_before(date(2026, 2, 1), 3), month_before(date(2026, 2, 1), -1)
    (datetime.date(2025, 11, 1), datetime.date(2026, 3, 1))
    """
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def ended_months() -> list[date]:
    """First days of the months that are over, the last one first."""
    this = timezone.localdate().replace(day=1)
    return [month_before(this, count) for count in range(1, MONTHS_BACK + 1)]


def _months() -> list[tuple[str, str]]:
    return _named(ended_months())


def _named(months: list[date]) -> list[tuple[str, str]]:
    return [(f"{month:%Y-%m}", date_format(month, "F Y")) for month in months]


KEPT = ("definition", "level", "half_life", "broadcast", "purpose", "floor", "reason")
"""Fields of the form that `ask_for_report` takes as they are."""


def _fading() -> list[tuple[str, str]]:
    fading = [(str(days), _("Half after %(days)s days") % {"days": days}) for days in HALF_LIVES]
    return [("", str(_("The same as new ones"))), *fading]


class ReportForm(Form):
    """Definition, grouping, period and purpose of a new report.

    A period is of whole months that are over: windows that could be moved by a day would show what happened on that day.
    """

    definition = forms.ChoiceField(label=_("A tie is"), choices=Definition)
    level = forms.ChoiceField(label=pgettext_lazy("network report", "Groups"), choices=ORGANISATION)
    half_life = forms.TypedChoiceField(
        label=_("What old deeds weigh"),
        choices=_fading,
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_(
            "Fading shows the network as it is at the end of the period. It needs ties of every deed."
        ),
    )
    broadcast = forms.ChoiceField(
        label=_("Messages to many"),
        choices=Broadcast,
        required=False,
        help_text=format_lazy(
            _(
                "To more than {limit} people. Left out, a round mail ties nobody; shared, to 20 people it is a twentieth of a deed"
                " for each; counted, it ties its writer to all of them."
            ),
            limit=product.BROADCAST_AUDIENCE,
        ),
    )
    first = forms.ChoiceField(label=_("First month"), choices=_months)
    last = forms.ChoiceField(label=_("Last month"), choices=_months)
    compared = forms.ChoiceField(label=_("Compared with"), choices=COMPARED, required=False)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose)
    floor = forms.TypedChoiceField(
        label=_("Smallest group that is named"),
        coerce=int,
        required=False,
        empty_value=product.SNA_FLOOR,
        choices=[(size, str(size)) for size in range(product.SNA_FLOOR, product.SNA_HARD_FLOOR - 1, -1)],
        help_text=_("Below 10, and for a kind of report that is new, a second person has to agree."),
    )
    reason = forms.CharField(
        label=_("Why, when a second person has to agree"), max_length=300, required=False
    )

    @classmethod
    def for_today(cls) -> ReportForm:
        """The form as first shown: the last three months that are over."""
        months = ended_months()
        return cls(
            initial={
                "first": f"{months[USUAL_MONTHS - 1]:%Y-%m}",
                "last": f"{months[0]:%Y-%m}",
                "compared": "before",
            }
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            raise forms.ValidationError(_("The last month is before the first."))
        cleaned["broadcast"] = cleaned.get("broadcast") or Broadcast.OUT
        if cleaned.get("half_life") and cleaned.get("definition") != Definition.WEIGHTED:
            self.add_error("half_life", UNWEIGHED)
        return cleaned

    def terms(self) -> dict[str, Any]:
        """The keywords of `ask_for_report` that a valid form stands for."""
        said = self.cleaned_data
        first, last = (date.fromisoformat(f"{said[name]}-01") for name in ("first", "last"))
        kept = {name: said[name] for name in KEPT if name in said}
        return kept | span(first, last, compared=bool(said["compared"]))


class ForumReportForm(ReportForm):
    """The same on the authors of an imported forum: they are grouped by topic, nothing is sent to many, and the months are
    those of the forum.
    """

    level = None
    broadcast = None

    def __init__(self, *args: Any, months: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, month in (("first", months[-1]), ("last", months[0])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices, field.initial = _named(months), f"{month:%Y-%m}"

    def terms(self) -> dict[str, Any]:
        return super().terms() | {"level": Level.TOPIC}


def months_of_forum(community: Space) -> list[date]:
    """First days of the months that are over in which authors of an imported forum wrote, or between them; the last one first."""
    wrote = written_between(community)
    if wrote is None:
        return []
    first, last = wrote
    start = timezone.localdate(first).replace(day=1)
    month = min(timezone.localdate(last).replace(day=1), month_before(timezone.localdate().replace(day=1)))
    found = []
    while month >= start:
        found.append(month)
        month = month_before(month)
    return found


class CountForm(Form):
    """The ground on which authors of an imported forum may be counted, and why."""

    ground = forms.ChoiceField(label=_("On what ground"), choices=Ground, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("What for"), max_length=300)


def span(first: date, last: date, *, compared: bool) -> dict[str, Any]:
    """`start`, `end` and `against` of whole months, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    start, end = _midnight(first), _midnight(month_before(last, -1))
    return {
        "start": start,
        "end": end,
        "against": (_midnight(month_before(first, count)), start) if compared else None,
    }


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class ImportForm(Form):
    """A file of interactions."""

    form = forms.ChoiceField(
        label=_("What the file is"),
        choices=[
            ("csv", _("Interactions: source, target, kind, at")),
            ("slack", _("Slack export, a zip")),
            ("teams", _("Teams or Viva: counts a day")),
            ("mail", _("Mail: counts a day")),
        ],
    )
    origin = forms.CharField(label=_("Name of the source"), max_length=80, help_text=_("Such as: mail 2026"))
    file = forms.FileField(label=_("File"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is too large for the page. Import it on the server."))
        return file
