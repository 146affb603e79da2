"""What a found entry shows: words with marks, where it is, how it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.policies.models import ClauseVersion
from intranet.policies.naming import fetch_titles, text_of, title_of
from intranet.search.clauses import best_clauses, words_of
from intranet.search.kinds import EntryType
from intranet.search.models import SearchEntry
from intranet.text.codes import left_to_right_runs
from intranet.text.marking import passage, places

EXCERPT: Final = 220

LOOKS: Final[dict[str, tuple[str, str | Promise]]] = {
    EntryType.QUESTION: ("circle-help", _("Question in {place}")),
    EntryType.ANSWER: ("messages-square", _("Answer in {place}")),
    EntryType.DISCUSSION: ("messages-square", _("Discussion in {place}")),
    EntryType.REPLY: ("messages-square", _("Reply in {place}")),
    EntryType.IDEA: ("lightbulb", _("Idea in {place}")),
    EntryType.ANNOUNCEMENT: ("bell", _("Announcement in {place}")),
    EntryType.ARTICLE: ("book-open", _("Article in {place}")),
    EntryType.BLOG_POST: ("pencil-line", _("Blog post in {place}")),
    EntryType.POLICY: ("scale", _("Policy")),
    EntryType.PERSON: ("user-round", _("Person")),
    EntryType.COMMUNITY: ("messages-square", _("Community")),
}
"""Icon and first line of each type."""

DOCUMENTS: Final = frozenset({EntryType.ARTICLE, EntryType.BLOG_POST, EntryType.POLICY})


@dataclass(frozen=True)
class Result:
    """One row of a page of results. `id` is public: of a post, a username or a slug."""

    type: str
    id: str
    title: str
    excerpt: str
    url: str
    why: SafeString
    icon: str
    title_marked: SafeString
    excerpt_marked: SafeString
    place: Space | None = None
    author: User | None = None
    person: User | None = None
    at: datetime | None = None
    lang: str = ""
    state: str = ""
    """Of the line at the edge: settled, waiting, doc or nothing."""
    badge: str = ""


def shown(entries: Iterable[SearchEntry], forms: Collection[str]) -> list[Result]:
    """`entries` as results, with the words that have one of `forms` marked.

    No queries beyond what came with them, and two for the clauses and the names of policies.
    """
    rows = list(entries)
    policies = [entry.post_id for entry in rows if entry.type == EntryType.POLICY and entry.post_id]
    fetch_titles(entry.post for entry in rows)
    clauses = best_clauses(policies, forms)
    return [_at_clause(_result(entry, forms), clauses.get(entry.post_id or 0), forms) for entry in rows]


def _at_clause(result: Result, clause: ClauseVersion | None, forms: Collection[str]) -> Result:
    """The result of a policy, pointed at the clause that holds the words."""
    if clause is None:
        return result
    excerpt, marks = passage(words_of(clause), forms, EXCERPT)
    return replace(
        result, excerpt=excerpt, excerpt_marked=marked(excerpt, marks), url=clause.get_absolute_url()
    )


def _result(entry: SearchEntry, forms: Collection[str]) -> Result:
    if entry.post:
        return _of_post(entry, entry.post, forms)
    if entry.person:
        return _of_person(entry.person, forms)
    if entry.space:
        return _of_space(entry.space, forms)
    raise ValueError("an entry of nothing")  # the table does not let such a row in


def _of_post(entry: SearchEntry, post: Post, forms: Collection[str]) -> Result:
    icon, why = LOOKS[entry.type]
    title = title_of(post.thread)
    excerpt, marks = passage(text_of(post), forms, EXCERPT)
    state, badge = _standing(entry, post)
    return Result(
        type=entry.type,
        id=post.public_id,
        title=title,
        excerpt=excerpt,
        url=post.get_absolute_url(),
        why=format_html(str(why), place=format_html("<bdi>{}</bdi>", post.space.label)),
        icon=icon,
        title_marked=marked(title, places(title, forms)),
        excerpt_marked=marked(excerpt, marks),
        place=post.space,
        author=post.author,
        at=post.created,
        lang=post.thread.lang if post.thread.lang in {"he", "en"} else "",
        state=state,
        badge=badge,
    )


def _standing(entry: SearchEntry, post: Post) -> tuple[str, str]:
    """The line at the edge and the badge; that of an article says whether it is still true."""
    if entry.type in DOCUMENTS:
        return "doc", getattr(getattr(post, "article_page", None), "badge", "")
    if entry.settled:
        return "settled", "answered"
    detail = getattr(post, "question_detail", None) if entry.type == EntryType.QUESTION else None
    if detail and detail.first_answer is None:
        return "waiting", "unanswered"
    return "", ""


def _of_person(person: User, forms: Collection[str]) -> Result:
    icon, why = LOOKS[EntryType.PERSON]
    about = " · ".join(part for part in (person.title, person.unit.label if person.unit else "") if part)
    name = person.display_name
    return Result(
        type=EntryType.PERSON,
        id=person.username,
        title=name,
        excerpt=about,
        url=f"/people/{person.username}/",
        why=conditional_escape(str(why)),
        icon=icon,
        title_marked=marked(name, places(name, forms)),
        excerpt_marked=marked(about, places(about, forms)),
        person=person,
    )


def _of_space(space: Space, forms: Collection[str]) -> Result:
    icon, why = LOOKS[EntryType.COMMUNITY]
    excerpt, marks = passage(space.purpose, forms, EXCERPT)
    return Result(
        type=EntryType.COMMUNITY,
        id=space.slug,
        title=space.label,
        excerpt=excerpt,
        url=space.get_absolute_url(),
        why=conditional_escape(str(why)),
        icon=icon,
        title_marked=marked(space.label, places(space.label, forms)),
        excerpt_marked=marked(excerpt, marks),
        place=space,
    )


def marked(text: str, spans: Iterable[tuple[int, int]]) -> SafeString:
    """`text` escaped, with every span in a `<mark>`, and part codes and measures kept left to right.

    >>> marked("a < 45 °C", [(0, 1)])
    '<mark>a</mark> &lt; <bdi dir="ltr">45 °C</bdi>'
    """
    pieces, last = [], 0
    for start, end in spans:
        pieces.append((_isolated(text[last:start]), _isolated(text[start:end])))
        last = end
    return format_html_join("", "{}<mark>{}</mark>", pieces) + _isolated(text[last:])


def _isolated(text: str) -> SafeString:
    pieces, last = [], 0
    for start, end in left_to_right_runs(text):
        pieces.append((text[last:start], text[start:end]))
        last = end
    return format_html_join("", '{}<bdi dir="ltr">{}</bdi>', pieces) + conditional_escape(text[last:])
