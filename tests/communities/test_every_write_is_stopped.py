"""Every way to write, under every scope of a lock, on the post, its thread, its place and the person who writes.

`WAYS` is the list of ways that a lock stops, `BESIDE` of those that it does not, each with the reason. An address that
takes something and stands in neither fails the first test.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

import pytest
from django.core import mail as mails
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import URLPattern, URLResolver, get_resolver

from blogs.actions import EntryText, publish, save_draft
from blogs.roots import open_blog
from communities.questions.models import QuestionDetail
from intranet.access.deeds import Deed
from intranet.api import routes
from intranet.content.models import Post, PostTag, Reaction, Revision
from intranet.content.public_ids import new_public_id
from intranet.mailin.addresses import address_for
from intranet.mailin.receiving import receive
from intranet.management.surfaces import APPS
from intranet.moderation import gate, locks
from intranet.moderation.kinds import STOPPED_BY, Scope
from intranet.moderation.models import Lock
from intranet.people.models import ApiToken, User
from tests.factories import threads as make

FORM = {"source": "Late", "client_token": "token-0001", "title": "Late", "tags": "", "base_revision": "1"}
JSON = "application/json"


@dataclass
class World:
    """A question of Noa with an answer of Alex, another one that waits, and a blog post of Noa."""

    cast: Any
    asked: Post
    answered: Post
    waiting: Post
    entry: Post


@dataclass(frozen=True)
class Way:
    """One way to write: its address or route, the deed, who does it, to what, and how."""

    surface: str
    deed: Deed
    who: str
    target: str
    act: Callable[[Client, World], HttpResponse]


def page(surface: str, deed: Deed, who: str, target: str, address: str, **said: str) -> Way:
    """A way by a form; `<asked>`, `<answered>`, `<waiting>`, `<entry>` stand for the ids of the world."""

    def act(client: Client, world: World) -> HttpResponse:
        return client.post(filled(address, world), {name: filled(text, world) for name, text in said.items()})

    return Way(surface, deed, who, target, act)


def program(route: str, deed: Deed, who: str, target: str, address: str, body: str) -> Way:
    """A way by the API."""

    def act(client: Client, world: World) -> HttpResponse:
        method = route.split(maxsplit=1)[0]
        where = f"/api/v1{filled(address, world)}"
        return client.generic(method, where, filled(body, world), content_type=JSON)

    return Way(route, deed, who, target, act)


def mail(who: str, target: str) -> Way:
    """A way by replying to a mail: what the refusal says comes back by mail as well."""

    def act(client: Client, world: World) -> HttpResponse:
        person, post = getattr(world.cast, who), getattr(world, target)
        message = EmailMessage()
        message["From"], message["To"] = person.email, address_for(person, post)
        message["Message-ID"] = f"<{new_public_id()}@phone.example>"
        message.set_content("Late")
        with TestCase.captureOnCommitCallbacks(execute=True):
            received = receive(message.as_bytes())
        status = {"posted": 302, "locked": 423}[received.outcome]
        return HttpResponse(mails.outbox.pop().body if status == 423 else b"", status=status)

    return Way("receive_mail", Deed.REPLY, who, target, act)


def filled(text: str, world: World) -> str:
    for name in ("asked", "answered", "waiting", "entry"):
        text = text.replace(f"<{name}>", getattr(world, name).public_id)
    return text


REPLIES, THREADS = "/threads/{slug:public_id}/replies", "/communities/{slug:slug}/threads"
WAYS = [
    page("communities:ask", Deed.START, "hiba", "space", "/c/open-talk/ask/", **FORM),
    page("communities:start", Deed.START, "hiba", "space", "/c/open-talk/start/", **FORM, kind="discussion"),
    page("communities:reply", Deed.REPLY, "hiba", "asked", "/p/<asked>/reply/", **FORM),
    page("communities:reply", Deed.REPLY, "hiba", "answered", "/p/<answered>/reply/", **FORM),
    page("communities:edit", Deed.EDIT, "alex", "answered", "/p/<answered>/edit/", **FORM),
    page("communities:withdraw", Deed.EDIT, "alex", "answered", "/p/<answered>/remove/"),
    page("communities:deed", Deed.REACT, "hiba", "answered", "/t/<asked>/deed/", vote="<answered>:1"),
    page("communities:deed", Deed.REACT, "hiba", "answered", "/t/<asked>/deed/", thank="<answered>:1"),
    page("communities:deed", Deed.ACCEPT, "noa", "answered", "/t/<asked>/deed/", accept="<answered>:1"),
    page("communities:urgent", Deed.EDIT, "noa", "waiting", "/t/<waiting>/urgent/", reason="Late"),
    page("blogs:post", Deed.REPLY, "hiba", "entry", "/blogs/p/<entry>/", source="Late", client_token="token-0001"),
    page("blogs:thank", Deed.REACT, "hiba", "entry", "/blogs/p/<entry>/thank/", value="1"),
    mail("hiba", "asked"),
    mail("hiba", "answered"),
    mail("hiba", "entry"),
    program(f"POST {THREADS}", Deed.START, "hiba", "space", "/communities/open-talk/threads",
            '{"kind": "discussion", "title": "Late", "source": "Late"}'),
    program(f"POST {REPLIES}", Deed.REPLY, "hiba", "asked", "/threads/<asked>/replies", '{"source": "Late"}'),
    program(f"POST {REPLIES}", Deed.REPLY, "hiba", "answered", "/threads/<asked>/replies",
            '{"source": "Late", "parent": "<answered>"}'),
    program("PATCH /posts/{slug:public_id}", Deed.EDIT, "alex", "answered", "/posts/<answered>",
            '{"source": "Late", "base_revision": 1}'),
    program("PUT /posts/{slug:public_id}/vote", Deed.REACT, "hiba", "answered", "/posts/<answered>/vote",
            '{"value": 1}'),
    program("PUT /posts/{slug:public_id}/thanks", Deed.REACT, "hiba", "answered", "/posts/<answered>/thanks",
            '{"thanked": true}'),
    program("DELETE /posts/{slug:public_id}", Deed.EDIT, "alex", "answered", "/posts/<answered>", ""),
    program("PUT /threads/{slug:public_id}/accepted", Deed.ACCEPT, "noa", "answered",
            "/threads/<asked>/accepted", '{"answer": "<answered>"}'),
    program("PUT /threads/{slug:public_id}/urgent", Deed.EDIT, "noa", "waiting", "/threads/<waiting>/urgent",
            '{"urgent": true, "reason": "Late"}'),
]  # fmt: skip

OWN = "one's own text or settings, seen by nobody else"
RUNS = "running a place or moderating: it decides about locks, it is not stopped by them"
READS = "it only looks something up"
ARRANGES = "stopped by the deeds of rearranging: tried in test_rearranging_is_stopped"
POLLS = "stopped by the deeds of polls: tried in test_rearranging_is_stopped"
MARKS = "asked of the gate as accepting is, which is tried above"
FILES = "a file belongs to nobody's post yet; giving it to one is tried in tests/attachments"
PEOPLE = "a talk between people or about ties, not content"
BESIDE = (
    {
        "posting:draft": OWN,
        "blogs:draft": OWN,
        "blogs:discard": OWN,
        "blogs:write": "a draft, until it is published; publishing is tried in tests/documents and tests/blogs",
        "blogs:edit": "tried in tests/blogs: the form carries the version of its draft",
        "communities:join": "membership, not content",
        "communities:leave": "membership, not content",
        "communities:members": RUNS,
        "communities:remove_member": RUNS,
        "communities:open": "a new place, which no lock can hold yet",
        "experts:edit": OWN,
        "experts:endorse": "evidence about a person, not content",
        "experts:evidence": OWN,
        "notify:see_all": OWN,
        "PUT /inbox/seen": OWN,
        "PUT /inbox/mail": OWN,
        "PUT /inbox/{int:pk}/seen": OWN,
        "PUT /drafts/{key}": OWN,
        "DELETE /drafts/{key}": OWN,
        "notify:set_level": OWN,
        "notify:read": OWN,
        "notify:rhythm": OWN,
        "notify:stop": OWN,
        "notify:bookmark": OWN,
        "notify:drop_bookmark": OWN,
        "PUT /threads/{slug:public_id}/follow": OWN,
        "PUT /communities/{slug:slug}/follow": OWN,
        "PUT /topics/{topic}/follow": OWN,
        "PUT /people/{username}/follow": OWN,
        "PUT /posts/{slug:public_id}/bookmark": OWN,
        "PUT /threads/{slug:public_id}/read": OWN,
        "network:ask": READS,
        "network:forum-ask": READS,
        "ui:language": OWN,
        "moderation:flag": "a report is possible about what is locked",
        "POST /posts/{slug:public_id}/flags": "a report is possible about what is locked",
        "PUT /posts/{slug:public_id}/lock": RUNS,
        "POST /moderation/cases/{slug:public_id}/decisions": RUNS,
        "PUT /communities/{slug:slug}/lock": RUNS,
        "POST /me/decisions/{int:pk}/appeal": "whoever is locked can appeal",
        "attachments:add": FILES,
        "POST /attachments": FILES,
        "posting:preview": READS,
        "posting:history": "an earlier text comes back as an edit, which is tried above",
        "policies:acknowledge": OWN,
        "policies:hint": READS,
        "PUT /policies/{slug:slug}/acknowledgement": OWN,
        "moderation:appeal_lock": "whoever is locked can appeal",
        "moderation:appeal_decision": "whoever is locked can appeal",
        "moderation:appeal": RUNS,
    }
    | dict.fromkeys(
        (
            "communities:promise_hours",
            "communities:promise_rota",
            "communities:promise_swap",
            "communities:promise_explain",
            "PUT /posts/{slug:public_id}/miss",
            "communities:offer",
            "PUT /offers/{slug:public_id}",
            "communities:pin",
            "PUT /threads/{slug:public_id}/pin",
            "policies:starter",
            "policies:settle",
            "policies:rights",
            "policies:mandates",
            "policies:end_mandate",
            "policies:requirements",
            "policies:end_requirement",
            "policies:reviewed",
        ),
        RUNS,
    )
    | dict.fromkeys(
        (
            "communities:state",
            "PUT /threads/{slug:public_id}/needs_info",
            "PUT /threads/{slug:public_id}/obsolete",
            "PUT /threads/{slug:public_id}/duplicate",
            "PUT /threads/{slug:public_id}/claim",
            "PUT /posts/{slug:public_id}/good",
            "PUT /posts/{slug:public_id}/helped",
        ),
        MARKS,
    )
    | dict.fromkeys(
        (
            "communities:split",
            "communities:convert",
            "communities:move",
            "communities:merge",
            "communities:undo",
            "PUT /threads/{slug:public_id}/community",
            "PUT /threads/{slug:public_id}/merged",
            "POST /threads/{slug:public_id}/parts",
            "PUT /posts/{slug:public_id}/kind",
            "DELETE /surgeries/{slug:public_id}",
        ),
        ARRANGES,
    )
    | dict.fromkeys(
        (
            "communities:poll",
            "communities:poll_vote",
            "communities:poll_close",
            "PUT /threads/{slug:public_id}/poll",
            "PUT /threads/{slug:public_id}/poll/ballot",
            "PUT /threads/{slug:public_id}/poll/closed",
        ),
        POLLS,
    )
    | dict.fromkeys(
        (
            "network:subscribe",
            "network:sources",
            "network:decide",
            "network:forum-count",
            "network:forum-decide",
            "introductions:find",
            "introductions:ask",
            "introductions:answer",
            "introductions:meet",
            "survey:desk",
            "survey:agree",
            "survey:answer",
            "survey:take_back",
            "mine:choice",
            "POST /network/reports",
            "PATCH /network/mine",
            "PUT /network/introductions/{int:pk}",
        ),
        PEOPLE,
    )
    | dict.fromkeys(
        (
            f"moderation:{name}"
            for name in (
                [
                    "case",
                    "claim",
                    "step",
                    "undo",
                    "lock",
                    "unlock",
                    "release",
                    "place",
                    "lock_place",
                    "look_first",
                    "lock_page",
                    "look",
                    "reopen",
                    "look_at_change",
                ]
            )
        ),
        RUNS,
    )
)


def takes_something(view: Callable) -> bool:
    """Whether a view accepts what changes something: by its declared methods, else by what its source reads."""
    methods, step = set(), view
    while step:
        for cell in getattr(step, "__closure__", None) or ():
            held = cell.cell_contents
            if isinstance(held, list | tuple) and held and all(str(each).isupper() for each in held):
                methods |= set(held)
        step = getattr(step, "__wrapped__", None)
    if methods:
        return bool(methods - {"GET", "HEAD", "OPTIONS"})
    source = inspect.getsource(inspect.unwrap(view))
    return "request.POST" in source or "request.body" in source


def addresses(patterns: list, names: tuple[str, ...] = ()) -> Iterator[str]:
    """Names of our own addresses that take something."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from addresses(pattern.url_patterns, inner)
        elif _ours(pattern) and takes_something(pattern.callback):
            yield ":".join((*names, pattern.name or pattern.callback.__name__))


def _ours(pattern: URLPattern) -> bool:
    return pattern.callback.__module__.split(".")[0] in APPS


MEMBERSHIP = "membership and the running of a place, not content"
MERGES = "a thread under a full lock stays behind: tried in tests/merging"
DOCUMENTS = "a document passes the gate as every document does: tried in tests/articles and tests/documents"
KEEPS = "two people decide what is kept, held or erased"
JUDGES = "rules say what is looked at; a text is stopped when it is written"
SEALED = "opening a sealed name takes two people and changes no content"
BESIDE |= {
    **dict.fromkeys(
        (
            "DELETE /communities/{slug:slug}/experts/{int:number}",
            "DELETE /communities/{slug:slug}/invitations/{int:number}",
            "DELETE /communities/{slug:slug}/links/{int:number}",
            "POST /communities/{slug:slug}/people",
            "DELETE /communities/{slug:slug}/members/{str:username}",
            "DELETE /communities/{slug:slug}/membership",
            "DELETE /communities/{slug:slug}/ready-answers/{int:number}",
            "DELETE /communities/{slug:slug}/templates/{int:number}",
            "DELETE /communities/{slug:slug}/units/{int:number}",
            "POST /communities",
            "POST /communities/{slug:slug}/experts",
            "POST /communities/{slug:slug}/invitations",
            "POST /communities/{slug:slug}/links",
            "PUT /communities/{slug:slug}/archived",
            "PUT /communities/{slug:slug}/charter",
            "PUT /communities/{slug:slug}/experts/{int:number}",
            "PUT /communities/{slug:slug}/review",
            "PUT /communities/{slug:slug}/units",
            "PUT /communities/{slug:slug}/members/{str:username}",
            "PUT /communities/{slug:slug}/membership",
            "PUT /communities/{slug:slug}/promise",
            "PUT /communities/{slug:slug}/ready-answers",
            "PUT /communities/{slug:slug}/templates",
            "PUT /communities/{slug:slug}/turns",
            "PUT /communities/{slug:slug}/turns/{week}",
            "PUT /communities/{slug:slug}/requests/{int:number}",
            "PUT /invitations/{int:number}",
            "communities:add_list",
            "communities:by_link",
            "communities:canned",
            "communities:decide_expert",
            "communities:edit_charter",
            "communities:experts",
            "communities:give_role",
            "communities:invitations",
            "communities:invite",
            "communities:links",
            "communities:merges",
            "communities:not_for_me",
            "communities:openings",
            "communities:pins",
            "communities:reopen",
            "communities:requests",
            "communities:review",
            "communities:rules",
            "communities:take_back_invitation",
            "communities:take_back_request",
        ),
        MEMBERSHIP,
    ),
    **dict.fromkeys(
        (
            "communities:propose",
            "communities:merger",
            "POST /communities/{slug:slug}/merger",
            "PUT /mergers/{slug:public_id}/answer",
            "PUT /mergers/{slug:public_id}/proposed",
            "PUT /mergers/{slug:public_id}/undone",
        ),
        MERGES,
    ),
    **dict.fromkeys(
        (
            "POST /articles/{slug:key}/remarks",
            "articles:remark",
            "POST /articles/{slug:key}/publish",
            "POST /articles/{slug:key}/verify",
            "POST /posts/{slug:public_id}/article",
            "PUT /articles/{slug:key}",
            "articles:edit",
            "articles:promote",
            "articles:verify",
        ),
        DOCUMENTS,
    ),
    **dict.fromkeys(
        (
            "keeping:ask_copy",
            "keeping:ask_erasure",
            "keeping:ask_my_copy",
            "keeping:ask_my_erasure",
            "keeping:holds",
            "keeping:settle_erasure",
            "keeping:settle_hold",
        ),
        KEEPS,
    ),
    **dict.fromkeys(
        (
            "POST /moderation/rules/try",
            "rules:add",
            "rules:edit",
            "rules:starter",
            "rules:switch",
            "likeness:switch",
        ),
        JUDGES,
    ),
    **dict.fromkeys(
        (
            "POST /openings/{slug:public_id}/look",
            "POST /threads/{slug:public_id}/openings",
            "PUT /openings/{slug:public_id}",
            "communities:sealed_ask",
            "communities:sealed_one",
        ),
        SEALED,
    ),
}


def test_every_way_to_write_is_tried_or_said_to_be_beside_locks():
    found = set(addresses(get_resolver().url_patterns))
    found |= {where for where, _function in routes() if not where.startswith("GET")}
    found |= {"receive_mail"}
    assert found - {way.surface for way in WAYS} - set(BESIDE) == set()


def test_every_deed_is_stopped_by_a_scope_or_said_not_to_be():
    beside = {Deed.FLAG, Deed.DECIDE, Deed.JOIN, Deed.LEAVE, Deed.MANAGE, Deed.RUN, Deed.REVIEW}
    assert set(Deed) - set(STOPPED_BY) == beside


@pytest.fixture
def world(cast, settings) -> World:
    settings.KESHER_RATE_LIMITS = False
    settings.REPLY_DOMAIN = "mail.kesher.example"
    User.objects.filter(pk=cast.hiba.pk).update(email="hiba@kesher.example")
    cast.hiba.refresh_from_db()
    asked = make.question(cast.noa, cast.open)
    blog = open_blog(owner=cast.noa)
    text = EntryText(title="Forty gearboxes", source="The seals were fine.")
    draft = save_draft(author=cast.noa, blog=blog, key=new_public_id(), text=text, version=0)
    answered, waiting = make.answer(cast.alex, asked), make.question(cast.noa, cast.open, "Is it urgent?")
    return World(cast, asked, answered, waiting, publish(author=cast.noa, page=draft))


def everything() -> tuple:
    """All that a late write could change."""
    posts = Post.objects.order_by("pk").values_list("source", "state", "score", "revision", "reply_count")
    accepted = Post.objects.filter(accepted_for__isnull=False).values_list("pk", flat=True)
    urgent = QuestionDetail.objects.order_by("pk").values_list("urgent_note", flat=True)
    counts = (Reaction.objects.count(), Revision.objects.count(), PostTag.objects.count())
    return list(posts), list(accepted), list(urgent), counts


def place(world: World, where: str, way: Way, writer: User, scope: str, clause: Any) -> bool:
    """Lock `where` for `way` with `scope`; whether that reaches what the way writes to."""
    alone = getattr(world, way.target) if way.target in ("entry", "waiting") else None
    target: dict[str, Any] = {"space": alone.space if alone else world.cast.open}
    if where == "person":
        target["person"] = writer
    elif where == "thread":
        target = {"post": alone or world.asked}
    elif where == "post":
        target = {"post": alone or world.answered}
    locks.lock(actor=world.cast.moderator, clause=clause, scope=scope, **target)
    if where == "post":
        return way.target in ("answered", "waiting", "entry")
    return where != "thread" or way.target != "space"


@pytest.mark.parametrize("where", ["post", "thread", "space", "person"])
def test_locks_stop_what_they_say_and_nothing_else(world, where):
    clause = make.clause()
    for way in WAYS:
        writer = getattr(world.cast, way.who)
        client = Client(headers={"Authorization": f"Bearer {ApiToken.issue(writer, 'a program')}"})
        client.force_login(writer)
        for scope in Scope.values:
            with transaction.atomic():
                reached = place(world, where, way, writer, scope, clause)
                before = everything()
                response = way.act(client, world)
                stopped = reached and scope in STOPPED_BY[way.deed]
                told = f"{way.surface} on {way.target} under {scope} on the {where}"
                assert (response.status_code >= 400) == stopped, (told, response.status_code)
                assert (everything() == before) == stopped, told
                if stopped and way.surface.split()[0].isupper():
                    check_reason(response, clause, scope)
                elif stopped:
                    assert clause.version.policy.label in response.content.decode(), told
                transaction.set_rollback(True)


def check_reason(response: HttpResponse, clause: Any, scope: str) -> None:
    """423 with the clause, as the contract of the API says."""
    said = response.json()
    facts = (said["policy"], said["clause"], said["version"], said["scope"], said["until"])
    assert response.status_code == 423
    assert facts == (clause.version.policy.slug, clause.name, 1, scope, None)
    assert said["reason"] == clause.quote


REARRANGING = (Deed.MOVE, Deed.RESHAPE, Deed.CONVERT, Deed.POLL, Deed.BALLOT, Deed.ATTACH, Deed.ACCEPT)


@pytest.mark.parametrize("scope", Scope.values)
def test_rearranging_is_stopped(world, scope):
    """The deeds whose forms are too many to send: the gate answers for each of them under each scope."""
    locks.lock(actor=world.cast.moderator, post=world.asked, clause=make.clause(), scope=scope)
    for deed in REARRANGING:
        actor = world.cast.owner if deed != Deed.BALLOT else world.cast.hiba
        asked = gate.Permit(actor, deed, world.asked.space, world.asked, world.asked)
        verdict = gate.verdict_on(asked)
        assert (verdict.code == "locked") == (scope in STOPPED_BY[deed]), (deed, verdict)


def test_a_lock_on_an_answer_leaves_the_rest_of_the_thread_open(cast):
    asked = make.question(cast.noa, cast.open)
    held, free = make.answer(cast.alex, asked), make.answer(cast.owner, asked)
    make.lock(cast.moderator, held)
    client = Client()
    client.force_login(cast.hiba)
    assert client.post(f"/p/{held.public_id}/reply/", FORM).status_code == 403
    assert client.post(f"/p/{free.public_id}/reply/", FORM).status_code == 302


def test_a_branch_is_locked_to_its_last_leaf_and_a_post_alone(cast):
    root = make.discussion(cast.noa, cast.open)
    first = make.reply(cast.alex, root)
    leaf = make.reply(cast.owner, make.reply(cast.hiba, first))
    lock = make.lock(cast.moderator, first)
    client = Client()
    client.force_login(cast.noa)
    address = f"/p/{leaf.public_id}/reply/"
    assert client.post(address, FORM).status_code == 403
    locks.lock(actor=cast.moderator, post=first, clause=lock.clause, reach="post")
    assert client.post(address, FORM).status_code == 302
    assert (
        client.post(f"/p/{first.public_id}/reply/", FORM | {"client_token": "token-0002"}).status_code == 403
    )


def test_a_page_of_the_editors_desk_is_locked_before_it_has_a_post(cast):
    blog = open_blog(owner=cast.noa)
    text = EntryText(title="Forty gearboxes", source="The seals were fine.")
    draft = save_draft(author=cast.noa, blog=blog, key=new_public_id(), text=text, version=0)
    locks.lock(actor=cast.moderator, page=blog.page_ptr, clause=make.clause())
    assert draft.get_lock() is not None
    with pytest.raises(Exception, match="locked under"):
        publish(author=cast.noa, page=draft)
    assert Post.objects.count() == 0
    locks.unlock(actor=cast.moderator, page=blog.page_ptr)
    publish(author=cast.noa, page=draft)
    assert Lock.objects.holding().count() == 0
