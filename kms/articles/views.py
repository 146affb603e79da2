"""Articles: the list, one of them, its writing room, and making one of an answer."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from intranet.access import visibility
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused
from intranet.content.models import Post
from intranet.documents.waiting import change_waits
from intranet.moderation.checks import NOT_FOUND
from intranet.people.models import User
from intranet.posting.writing import Composer, check, opened, received, refused, stored
from intranet.runtime.surfaces import surface
from intranet.ui.paging import page as paged
from kms.articles import actions, remarks
from kms.articles.forms import ArticleForm, RemarkForm
from kms.articles.models import ArticlePage
from kms.articles.reading import asked_about, origin_of, published_for, remarks_on, seen_by


def find(reader: User, key: str) -> ArticlePage:
    """A published article that `reader` may read, or a draft they may change; else 404."""
    return get_object_or_404(seen_by(reader), key=key)


@surface("articles the reader may see, and drafts they write or keep")
def index(request: HttpRequest) -> HttpResponse:
    """All articles, newest first, or those past their review or doubted (`?show=stale`); my drafts above them."""
    rows = published_for(request.user)
    stale = request.GET.get("show") == "stale"
    if stale:
        rows = rows.filter(Q(review_due__lt=timezone.now()) | Q(open_doubts__gt=0))
    drafts = ArticlePage.objects.open_to(request.user).filter(post=None).with_people().order_by("-pk")
    context = {
        "rows": paged(rows, request.GET.get("cursor", ""), by="first_published_at"),
        "drafts": [] if stale else drafts[:20],
        "stale": stale,
    }
    return render(request, "articles/index.html", context)


@surface("an article the reader may see, or a draft they write or keep")
def article(request: HttpRequest, key: str) -> HttpResponse:
    """One article as it was published; a draft as it is."""
    return _show(request, find(request.user, key))


def _show(
    request: HttpRequest, page: ArticlePage, composer: Composer | None = None, status: int = 200
) -> HttpResponse:
    shown = page.post if page.post and page.live else None
    context = {
        "page": page,
        "post": shown,
        "space": page.space,
        "html": shown.html if shown else actions.latest(page).columns(request.user)["html"],
        "origin": origin_of(page, request.user),
        "may_change": page.may_change(request.user),
        "runs": visibility.moderates_space(request.user, page.space),
        "remarks": remarks_on(page, request.user) if shown else [],
        "asked": asked_about(page, request.user) if shown else [],
        "composer": composer or (opened(request, RemarkForm, f"remark:{page.key}") if shown else None),
    }
    return render(request, "articles/article.html", context, status=status)


@surface("an article the reader may see, through the gate")
@require_http_methods(["GET", "POST"])
def remark(request: HttpRequest, key: str) -> HttpResponse:
    """Comment below an article, or say that something in it is no longer true."""
    page = find(request.user, key)
    if request.method == "GET":
        return _show(request, page)
    name, form = f"remark:{key}", received(request, RemarkForm, post=page.post)
    if not form.is_valid():
        return _show(request, page, refused(request, form, name), 422)
    said = {name: form.cleaned_data[name] for name in ("source", "doubts", "disclosures", "client_token")}
    try:
        check(request, form, page.space)
        written = remarks.remark(author=request.user, page=page, **said)
    except Refused as refusal:
        return _show(request, page, refused(request, form, name, refusal), status_of(refusal.verdict))
    stored(request, name)
    return redirect(written.post.get_absolute_url())


@surface("an article the reader writes, keeps or moderates, through the gate")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The writing room: `do=save` keeps the draft, `do=publish` publishes it as well."""
    page = get_object_or_404(ArticlePage.objects.open_to(request.user).with_people(), key=key)
    form, verdict, status = ArticleForm(page, request.POST or None), None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                saved = actions.save(actor=request.user, page=page, text=form.text())
                if request.POST.get("do") == "publish":
                    actions.publish(actor=request.user, page=saved)
                messages.success(request, _("Saved."))
                return redirect("articles:article", key)
            except Refused as refusal:
                if change_waits(refusal):
                    messages.success(request, str(refusal.verdict.message))
                    return redirect("articles:article", key)
                verdict, status = refusal.verdict, status_of(refusal.verdict)
    context = {"page": page, "space": page.space, "form": form, "verdict": verdict}
    return render(request, "articles/edit.html", context, status=status)


@surface("an accepted answer the reader may see, through the gate")
@require_http_methods(["GET", "POST"])
def promote(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make an article of an accepted answer: said first, done on the press."""
    posts = Post.objects.visible_to(request.user).select_related("root", "space", "author")
    answer = get_object_or_404(posts.exclude(root=None), public_id=public_id)
    if found := ArticlePage.objects.open_to(request.user).filter(answer=answer).first():
        return redirect("articles:article", found.key)
    if request.method == "GET":
        return render(request, "articles/promote.html", {"answer": answer, "space": answer.space})
    return _deed(request, lambda: actions.promote(actor=request.user, answer=answer), "articles:edit")


@surface("an article the reader keeps, through the gate")
@require_POST
def verify(request: HttpRequest, key: str) -> HttpResponse:
    """Say that it is still true."""
    page = find(request.user, key)
    return _deed(request, lambda: actions.verify(actor=request.user, page=page), "articles:article")


def _deed(request: HttpRequest, deed, to: str) -> HttpResponse:
    """Do `deed` and go to the page `to` of its article; a refusal gives its reason, or 404."""
    try:
        return redirect(to, deed().key)
    except Refused as refusal:
        if refusal.verdict.code == NOT_FOUND:
            raise Http404 from None
        return render(request, "403.html", {"verdict": refusal.verdict}, status=status_of(refusal.verdict))
