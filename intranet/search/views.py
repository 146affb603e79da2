"""The page of results, and the fragment of similar questions under a title that is being typed."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from intranet.content.models import Space, Tag
from intranet.policies.kinds import DisclosureKind
from intranet.runtime.surfaces import surface
from intranet.search.kinds import EntryType
from intranet.search.results import shown
from intranet.search.searching import SearchPage, communities_of, search
from intranet.search.similar import similar

KEPT = ("q", "type", "community", "tag", "disclosure")


@surface("posts, people and spaces the reader may see; counts of nothing else")
def results(request: HttpRequest) -> HttpResponse:
    """One search over everything, with filters by type and place as links."""
    asked = {key: request.GET.get(key, "").replace("\0", "") for key in KEPT}
    page = search(request.user, **asked, cursor=request.GET.get("cursor", ""))
    narrowed = {name: asked[name] for name in ("type", "tag", "disclosure")}
    places = communities_of(request.user, page, **narrowed) if page.total else []
    context = {
        "page": page,
        "asked": asked,
        "search_words": asked["q"],
        "tag": Tag.objects.filter(slug=asked["tag"]).first() if page.total and asked["tag"] else None,
        "results": shown(page.items, page.query.forms),
        "translations": _translations(page),
        "types": _types(asked, page),
        "disclosures": _disclosures(asked),
        "places": [
            {"space": space, "n": n, "url": _address(asked, community=space.slug)} for space, n in places
        ],
        "everywhere": _address(asked, community=""),
        "kept": _query_string(asked),
        "ask_address": f"/ask/?{urlencode({'title': asked['q']})}",
    }
    return render(request, "search/results.html", context)


@surface("posts the reader may see")
def similar_threads(request: HttpRequest) -> HttpResponse:
    """What may already answer the question with this title; an empty answer when nothing does."""
    title = request.GET.get("title", "").replace("\0", "")
    slug = request.GET.get("community", "").replace("\0", "")
    space = Space.objects.visible_to(request.user).filter(slug=slug).first() if slug else None
    found = shown(similar(request.user, title, space=space), ())
    return render(request, "search/similar.html", {"results": found})


def _types(asked: dict[str, str], page: SearchPage) -> list[dict[str, object]]:
    """The filter chips: everything, and each type of which there is something."""
    counts = {"": page.total} | {
        value: page.counts[value] for value in EntryType.values if value in page.counts
    }
    labels: dict[str, object] = {"": None, **dict(EntryType.choices)}
    return [
        {
            "label": labels[value],
            "url": _address(asked, type=value),
            "current": asked["type"] == value,
            "count": count,
        }
        for value, count in counts.items()
    ]


def _disclosures(asked: dict[str, str]) -> list[dict[str, object]]:
    """The kinds of disclosure to narrow by; pressing the chosen one again lets it go."""
    return [
        {
            "label": label,
            "url": _address(asked, disclosure="" if asked["disclosure"] == kind else kind),
            "current": asked["disclosure"] == kind,
        }
        for kind, label in DisclosureKind.choices
    ]


def _translations(page: SearchPage) -> list[tuple[str, str]]:
    """Pairs of words that were searched as one, to be said on the page."""
    return [(word, " ".join(forms[0] for forms in meaning)) for word, meaning in page.query.also.items()]


def _address(asked: dict[str, str], **changed: str) -> str:
    return f"?{_query_string(asked | changed)}"


def _query_string(asked: dict[str, str]) -> str:
    return urlencode({key: value for key, value in asked.items() if value})
