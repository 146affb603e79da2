"""What one seldom does with a post, in a menu that is fetched when it is opened: twenty closed menus weigh more than a page."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from communities.pinning.models import Pin
from communities.questions.urgency import may_hurry
from communities.threads.cards import card_of
from communities.threads.rows import with_reader
from intranet.access import visibility
from intranet.content.kinds import THREAD_KINDS, PostKind
from intranet.content.models import Post
from intranet.moderation.locks import locks_of_thread
from intranet.notify.models import Bookmark
from intranet.runtime.surfaces import surface
from intranet.ui.asked import by_script


@surface("a post the reader may see")
@require_GET
def more(request: HttpRequest, public_id: str) -> HttpResponse:
    """The menu of a post: a piece of the page for a script, a page of its own without one."""
    seen = Post.objects.visible_to(request.user).select_related("space", "author", "root", "question_detail")
    kept = Bookmark.objects.filter(post=OuterRef("pk"), person=request.user)
    posts = with_reader(seen, request.user).annotate(bookmarked=Exists(kept))
    post = get_object_or_404(posts, public_id=public_id)
    thread = get_object_or_404(Post, pk=post.thread_id, kind__in=THREAD_KINDS)
    own = post.author_id == request.user.pk
    runs = visibility.moderates_space(request.user, post.space)
    movable = post.root_id is None or thread.kind == PostKind.QUESTION
    context = {
        "card": card_of(request.user, post, locks_of_thread(thread, request.user)),
        "post": post,
        "thread": thread,
        "space": post.space,
        "own": own,
        "pin": Pin.objects.holding(timezone.now()).filter(post=post, space=post.space).first(),
        "hurries": post.kind == PostKind.QUESTION and bool(may_hurry(request.user, post)),
        "runs": runs,
        "arranges": (runs or (own and movable)) and not request.user.is_suspended,
    }
    template = "menu" if by_script(request) else "more"
    return render(request, f"communities/{template}.html", context)
