"""The JSON API, version 1: who may use it, how much, and what its errors look like. The rooms bring their routers."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from communities.asking.api import router as asking
from communities.charters.charter_api import router as communities
from communities.inviting.api import router as inviting
from communities.inviting.rules_api import router as unit_rules
from communities.joining.api import router as joining
from communities.merging.api import router as merging
from communities.moving.api import router as moving
from communities.openings.api import router as openings
from communities.pinning.api import router as pinning
from communities.polls.api import router as polls
from communities.promises.deciding_api import router as promises
from communities.queues.api import router as queues
from communities.reporting.api import router as reporting
from communities.roles.api import router as roles
from communities.standing.api import router as standing
from communities.threads.api import router as threads
from experts.api import router as experts
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused
from intranet.keeping.api import router as audit
from intranet.moderation.checks import LOCKED, NOT_FOUND
from intranet.notify.api import router as following
from intranet.notify.inbox_api import router as inbox
from intranet.people.models import ApiToken, User
from intranet.policies.api import router as policies
from intranet.posting.actions import EditConflict
from intranet.posting.api import READING
from intranet.posting.api import router as posts
from intranet.posting.draft_api import router as drafts
from intranet.posting.files.api import router as files
from intranet.posting.history.api import router as history
from intranet.posting.moderators.api import router as moderators
from intranet.rules.api import router as rules
from intranet.runtime.surfaces import surface
from intranet.search.api import router as search
from intranet.settings.product import ATTACHMENT_MAX_BYTES
from kms.api import router as network
from kms.articles.api import router as articles

LARGEST = 400_000
"""Bytes of one request: a post of the greatest length with every letter escaped, and its title."""
A_MINUTE = 600
"""Requests of one person in a minute."""
LARGEST_WITH_FILE = ATTACHMENT_MAX_BYTES + 100_000
"""Bytes of a request that brings a file."""
STATUS = {LOCKED: 423, "file_too_large": 413}
"""What programs tell apart beyond what pages do."""


A_PROBLEM = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
UNREADABLE = {400: "Not JSON", 413: "Too large"}
"""What a route answers to a body that it does not even read."""


class TooLarge(Exception):
    """More was sent than a post can hold."""


class TooMany(Exception):
    """More requests in a minute than anybody needs."""


class BearerToken(HttpBearer):
    """A person's token. Whoever is behind it reads errors in their own language."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        person = ApiToken.person_of(token)
        if person is None:
            return None
        request.user = person
        translation.activate(person.language)
        _stay_in_limits(request, person)
        return person


def _stay_in_limits(request: HttpRequest, person: User) -> None:
    length = request.headers.get("Content-Length") or "0"
    largest = LARGEST_WITH_FILE if request.path.endswith("/attachments") else LARGEST
    if not length.isdecimal() or int(length) > largest:
        raise TooLarge
    if not settings.KESHER_RATE_LIMITS:
        return
    # Counted by each process for itself: a limit on scripts gone wild is not worth queries in every request.
    counters, key = caches["fragments"], f"api:{person.pk}:{int(time.time() // 60)}"
    if not counters.add(key, 1, timeout=90) and counters.incr(key) > A_MINUTE:
        raise TooMany


class SelfDescribing(NinjaAPI):
    """The API, whose description says of each route that takes a body what any of them answers to an unreadable one."""

    def get_openapi_schema(self, **options: Any) -> Any:
        described = super().get_openapi_schema(**options)
        operations = [each for path in described["paths"].values() for each in path.values()]
        for answers in (each["responses"] for each in operations if "requestBody" in each):
            for status, words in UNREADABLE.items():
                answers.setdefault(status, {"description": words, "content": A_PROBLEM})
        return described


api = SelfDescribing(
    title="Kesher",
    version="1",
    description="Communities, threads and posts under the rights of the person behind the token.",
    auth=BearerToken(),
)
ROUTERS = (
    communities,
    roles,
    threads,
    joining,
    inviting,
    unit_rules,
    openings,
    reporting,
    standing,
    queues,
    promises,
    posts,
    drafts,
    moderators,
    rules,
    audit,
    search,
    experts,
    policies,
    network,
    files,
    history,
    moving,
    polls,
    pinning,
    merging,
    following,
    inbox,
    asking,
    articles,
)
for router in ROUTERS:
    api.add_router("", router)


class Place(Schema):
    """A space I am a member of."""

    slug: str
    name: str
    role: str


class Me(Schema):
    """The person behind the token."""

    username: str
    name: str
    language: str
    unit: str | None
    roles: list[str]
    communities: list[Place]


@api.get("/me", response={200: Me, **READING}, tags=["me"], summary="Who am I?")
@surface("the person behind the token")
def me(request: HttpRequest) -> dict[str, Any]:
    """Who I am, my roles and my communities."""
    person = request.user
    rows = person.memberships.filter(space__kind="community").select_related("space").order_by("space__name")
    return {
        "username": person.username,
        "name": person.display_name,
        "language": person.language,
        "unit": person.unit.path if person.unit else None,
        "roles": list(person.roles),
        "communities": [{"slug": row.space.slug, "name": row.space.label, "role": row.role} for row in rows],
    }


def _problem(request: HttpRequest, status: int, code: str, message: Any, **more: Any) -> HttpResponse:
    error = {"code": code, "message": str(message), **more}
    return api.create_response(request, {"error": error, **more}, status=status)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    verdict = refusal.verdict
    if verdict.code == NOT_FOUND:
        return _absent(request, Http404())
    facts = verdict.detail["lock"].facts() if verdict.code == LOCKED else {}
    return _problem(
        request, STATUS.get(verdict.code) or status_of(verdict), verdict.code, verdict.message, **facts
    )


@api.exception_handler(EditConflict)
def _stale(request: HttpRequest, conflict: EditConflict) -> HttpResponse:
    now = conflict.current
    words = _("This post was changed meanwhile. Read it again and send your text on top of that.")
    return _problem(request, 409, "stale", words, revision=now.revision, source=now.source)


@api.exception_handler(Http404)
def _absent(request: HttpRequest, _error: Http404) -> HttpResponse:
    return _problem(request, 404, NOT_FOUND, _("There is nothing here."))


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    answer = _problem(
        request, 401, "signed_out", _("Send the token of an active person: Authorization: Bearer …")
    )
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    places = {
        ".".join(str(part) for part in fault["loc"][2:]) or str(fault["loc"][-1]) for fault in error.errors
    }
    words = _("This does not fit: %(fields)s.") % {"fields": ", ".join(sorted(places))}
    return _problem(request, 422, "bad_request", words)


@api.exception_handler(HttpError)
def _bad(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _problem(request, error.status_code, "bad_request", _("The request cannot be read as JSON."))


@api.exception_handler(TooLarge)
@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, _error: Exception) -> HttpResponse:
    return _problem(request, 413, "too_long", _("This is longer than a post can be."))


@api.exception_handler(TooMany)
def _too_many(request: HttpRequest, _error: Exception) -> HttpResponse:
    answer = _problem(request, 429, "too_fast", _("That is a lot in one minute. Try again in a moment."))
    answer["Retry-After"] = "60"
    return answer


@surface("nothing: the answer is the same for every address")
@login_not_required
@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """What an address of the API that is none answers: the same as for what may not be seen."""
    return _absent(request, Http404())


def addresses() -> tuple[list[URLPattern | URLResolver], str, str]:
    """The addresses of the API, for `path(…)`. It asks for a token itself, and its description for nothing."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        login_not_required(pattern.callback)
    patterns.append(re_path(r"^[\s\S]*$", nothing))
    return patterns, app, namespace


def routes() -> list[tuple[str, Callable[..., Any]]]:
    """Method and path of every route, with the function behind it."""
    return [
        (f"{method} {where}", operation.view_func)
        for router in (api.default_router, *ROUTERS)
        for where, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    ]
