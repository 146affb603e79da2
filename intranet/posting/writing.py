"""A form in which somebody writes: opened with what they left there, closed when it is stored, kept when refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, QueryDict

from intranet.access.verdict import Refused, Verdict
from intranet.attachments.actions import upload
from intranet.content.models import Draft, Post, Space
from intranet.moderation.checks import NOT_FOUND
from intranet.posting.drafts import discard_draft, draft_of, keep_draft
from intranet.posting.forms import SourceForm
from intranet.posting.reach import CONFIRM, must_be_confirmed
from intranet.posting.returning import kept_text, welcome_back
from intranet.posting.views import storable
from intranet.ui import drafts
from intranet.ui.numbers import number_in


@dataclass
class Composer:
    """A form, the draft behind it, and what to say above it."""

    key: str
    form: SourceForm
    version: int = 0
    verdict: Verdict | None = None
    notice: str = ""

    @property
    def refused(self) -> bool:
        """Whether the text came back; the verdict itself is false then."""
        return self.verdict is not None

    @property
    def reach(self) -> int:
        """How many people the writer is asked to confirm that they tell; 0 when nothing is asked."""
        return (
            self.verdict.detail["reach"] if self.verdict is not None and self.verdict.code == CONFIRM else 0
        )


def _texts(fields: Mapping[str, list[str]], form_class: type[SourceForm]) -> dict[str, Any]:
    """Posted fields as initial values of a form."""
    many = {name for name, field in form_class.base_fields.items() if hasattr(field, "choices")}
    return {name: values if name in many else values[-1] for name, values in fields.items() if values}


def opened(
    request: HttpRequest,
    form_class: type[SourceForm],
    key: str,
    *,
    initial: Mapping[str, Any] | None = None,
    draft: Draft | None = None,
) -> Composer:
    """The composer `key` with what its writer sent before signing in, else with their draft, else with `initial`."""
    draft = draft or draft_of(request.user, key)
    version = draft.version if draft else 0
    if returned := kept_text(request):
        form = form_class(initial={**(initial or {}), **_texts(returned, form_class)})
        return Composer(key, form, version, notice=welcome_back())
    return Composer(key, form_class(initial={**(initial or {}), **(draft.body if draft else {})}), version)


def with_files(
    request: HttpRequest, *, post: Post | None = None, space: Space | None = None
) -> tuple[QueryDict, Refused | None]:
    """The fields as they were sent for a text below `post`, or in `space`, and why a file was not taken, if one was not.

    Files that came with the form, as they do without scripts, are kept and named at the end of the text.
    """
    fields = request.POST.copy()
    refusal = None
    for file in request.FILES.getlist("files"):
        try:
            kept = upload(owner=request.user, file=file, name=file.name or "", post=post, space=space)
        except Refused as problem:
            refusal = problem
        else:
            fields["source"] = f"{fields.get('source', '').rstrip()}\n\n{kept.markdown}".lstrip()
    return fields, refusal


def received[F: SourceForm](
    request: HttpRequest, form_class: type[F], *, post: Post | None = None, space: Space | None = None
) -> F:
    """The form as it was sent, with its files; `check` raises when one was not taken."""
    fields, refusal = with_files(request, post=post, space=space)
    form = form_class(fields)
    form.file_refusal = refusal
    return form


def check(request: HttpRequest, form: SourceForm, space: Space) -> None:
    """What is asked of a form before its deed. Raises `Refused`: for a file that was not taken, and when a mention
    tells many people and the writer has not confirmed it."""
    if form.file_refusal:
        raise form.file_refusal
    must_be_confirmed(
        author=request.user,
        space=space,
        source=form.cleaned_data["source"],
        confirmed=number_in(request.POST.get("confirmed_reach", ""), digits=6),
    )


def refused(request: HttpRequest, form: SourceForm, key: str, refusal: Refused | None = None) -> Composer:
    """The composer as it was sent, its text kept as a draft. What may not be seen is answered as what is not there."""
    if refusal and refusal.verdict.code == NOT_FOUND:
        raise Http404
    body = {name: storable(text) for name, text in form.texts().items()}
    draft = keep_draft(person=request.user, key=key, body=body)
    return Composer(key, form, draft.version, refusal.verdict if refusal else None)


def stored(request: HttpRequest, key: str) -> None:
    """The text has arrived: its draft goes here, and the next page tells the device so."""
    discard_draft(person=request.user, key=key)
    drafts.done(request, key)
