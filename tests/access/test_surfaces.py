"""No way out of the house without a visibility rule."""

from __future__ import annotations

import json
from io import StringIO

from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.urls import path

from intranet.management import surfaces
from intranet.runtime.surfaces import surface


def test_every_surface_says_under_which_rule_it_is() -> None:
    assert [each.where for each in surfaces.all_surfaces() if not each.rule] == []


def test_an_address_without_a_rule_is_found() -> None:
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @surface("posts the reader may see", kind="feed")
    def ruled(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    bare.__module__ = "communities.threads.views"  # ours, so that no library's rule covers it
    found = surfaces._addresses([path("admin/bare/", bare), path("feed/", ruled, name="feed")])
    assert [(each.kind, each.where, each.rule) for each in found] == [
        ("page", "/admin/bare/", ""),
        ("feed", "/feed/", "posts the reader may see"),
    ]


def test_the_list_is_json_with_every_kind() -> None:
    out = StringIO()
    call_command("list_surfaces", json=True, stdout=out)
    rows = json.loads(out.getvalue())
    assert {row["kind"] for row in rows} >= {"page", "task", "socket message", "mail"}
    assert {"kind": "page", "where": "/healthz", "name": "healthz"}.items() <= next(
        row for row in rows if row["where"] == "/healthz"
    ).items()
