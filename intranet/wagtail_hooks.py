"""What Wagtail asks for as hooks: on the editors' desk a document goes out, moves and ends only as the gate allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from intranet.access.verdict import Refused
from intranet.documents.pages import DocumentPage
from intranet.moderation.locks import room_of


def _to_editor(page: Any) -> HttpResponse:
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_publish_page")
def publish_through_the_gate(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Publish here instead of in Wagtail's view, which could not show a refusal; the text is a draft by now."""
    if not isinstance(page.specific, DocumentPage):
        return None
    try:
        page.get_latest_revision().publish(user=request.user)
    except Refused as refused:
        messages.error(request, refused.verdict.message)
    else:
        messages.success(request, _("Published."))
    return _to_editor(page)


@hooks.register("before_unpublish_page")
def unpublish_through_the_gate(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Take a document back, or say why not."""
    if not isinstance(page.specific, DocumentPage) or request.method != "POST":
        return None
    try:
        page.specific.unpublish(user=request.user)
    except Refused as refused:
        messages.error(request, refused.verdict.message)
    return _to_editor(page)


@hooks.register("register_page_header_buttons")
def lock_under_a_policy(page: Any, user: Any, **_shown: Any) -> Iterator[Button]:
    """The way to a lock on this page and the pages under it, for those who may place one."""
    if user.moderates_everywhere and room_of(page):
        address = reverse("moderation:lock_page", args=[page.pk])
        yield Button(_("Lock under a policy"), address, icon_name="lock", priority=90)


def _stays(request: HttpRequest, page: Any) -> HttpResponse | None:
    specific = page.specific
    if isinstance(specific, DocumentPage) and not specific.post_id:
        return None
    if not isinstance(specific, DocumentPage) and not page.get_children().exists():
        return None
    messages.error(request, _("What was published stays in its place. It can be unpublished instead."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_delete_page")
def published_documents_stay(request: HttpRequest, page: Any) -> HttpResponse | None:
    """A document that has a post is cited, answered and logged: it is taken back, never deleted."""
    return _stays(request, page)


@hooks.register("before_move_page")
def documents_do_not_move(request: HttpRequest, page: Any, _destination: Any) -> HttpResponse | None:
    """A post belongs to its space for good."""
    return _stays(request, page)


@hooks.register("before_copy_page")
def copies_begin_as_drafts(request: HttpRequest, page: Any) -> HttpResponse | None:
    """A copy that were public at once would have passed no gate and have no post."""
    if not isinstance(page.specific, DocumentPage) or not {"publish_copies", "alias"} & request.POST.keys():
        return None
    messages.error(request, _("A copy begins as a draft. Publish it once it says what it should."))
    return redirect("wagtailadmin_pages:copy", page.pk)


@hooks.register("before_bulk_action")
def documents_one_at_a_time(
    request: HttpRequest, action_type: str, objects: list[Any], _action: Any
) -> HttpResponse | None:
    """Bulk actions cannot show one reason for each page, so they leave documents alone."""
    if not any(isinstance(getattr(each, "specific", None), DocumentPage) for each in objects):
        return None
    messages.error(request, _("Documents are published, moved and taken back one at a time."))
    return redirect("wagtailadmin_explore_root")


@hooks.register("construct_reports_menu")
def no_report_of_page_types(request: HttpRequest, items: list[Any]) -> None:
    """It names pages without asking who may see them, so its address is not there either (`intranet.urls`)."""
    items[:] = [item for item in items if item.name != "page-types-usage"]


@hooks.register("construct_main_menu")
def no_help_from_elsewhere(request: HttpRequest, items: list[Any]) -> None:
    """It leads to Wagtail's own pages, in English, about what an editor here does not meet."""
    items[:] = [item for item in items if item.name != "help"]


@hooks.register("insert_global_admin_css")
def our_colours() -> SafeString:
    """The desk looks like the rest of the house."""
    sheets = ((static(f"css/{name}.css"),) for name in ("tokens", "desk"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)
