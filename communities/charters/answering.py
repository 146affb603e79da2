"""A page of a community with a list and a form: end a row, keep what the form says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from intranet.moderation.answering import Sent, done, send
from intranet.ui.forms import Form
from intranet.ui.numbers import number_in


@dataclass(frozen=True)
class Rows:
    """A page with a list and a form: `end` one of `rows` when `ending` names it, `keep` what the form says otherwise.

    Both lead back to the page called `to`; `ended` and `kept` are what is said then.
    """

    to: str
    rows: QuerySet[Any]
    ending: str
    end: Callable[[Any], object]
    ended: str
    keep: Callable[..., object]
    kept: str = ""


def keep_rows(request: HttpRequest, slug: str, form: Form, page: Rows) -> Sent:
    """Do what was sent to the `page` of the community called `slug`; a refused form comes back with its reason."""
    if page.ending in request.POST:
        row = get_object_or_404(page.rows, pk=number_in(request.POST[page.ending]))
        return Sent(done(request, lambda: page.end(row), page.to, slug, said=page.ended))
    return send(request, form, page.keep, page.to, slug, said=page.kept)
