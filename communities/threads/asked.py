"""Which post a request about a thread is about."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from intranet.content.kinds import THREAD_KINDS
from intranet.content.models import Post
from intranet.people.models import User


def find_post(reader: User, public_id: str) -> Post:
    """A post of a community that `reader` sees, or 404."""
    posts = Post.objects.visible_to(reader).select_related("space", "author", "root", "parent__author")
    post = get_object_or_404(posts, public_id=public_id)
    if post.thread.kind not in THREAD_KINDS:
        raise Http404
    return post
