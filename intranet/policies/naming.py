"""Clauses by the name that programs use: `policy-slug#anchor`. Policies by the name that their reader uses."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from intranet.content.kinds import PostKind
from intranet.content.models import Post
from intranet.policies.models import ClauseVersion, PolicyPage, PolicyVersion


def title_of(post: Post) -> str:
    """The title of a post; that of a policy, which has one in each language, in the language of its reader."""
    page = _page_of(post)
    return page.label if page else post.title


def text_of(post: Post) -> str:
    """The text of a post; of a policy what it says about itself, in the language of its reader."""
    page = _page_of(post)
    return page.lead if page else post.text


def _page_of(post: Post) -> PolicyPage | None:
    return getattr(post, "policy_page", None) if post.kind == PostKind.POLICY else None


def fetch_titles(posts: Iterable[Post | None]) -> None:
    """Let `title_of` and `text_of` cost nothing for each of `posts`: one query, none when there is no policy among them."""
    policies = [post for post in posts if post and post.kind == PostKind.POLICY]
    prefetch_related_objects(policies, "policy_page")


def clause_named(name: str) -> ClauseVersion | None:
    """The clause `policy-slug#anchor` of the current version of its policy; None when there is none."""
    slug, _hash, anchor = name.partition("#")
    current = PolicyVersion.objects.filter(policy__slug=slug).order_by("-number").first()
    if current is None:
        return None
    return (
        ClauseVersion.objects.select_related("version__policy").filter(version=current, anchor=anchor).first()
    )
