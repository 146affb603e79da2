"""Pages of the frame itself."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from intranet.runtime.surfaces import surface
from intranet.ui.language import LANGUAGES
from intranet.ui.samples import samples


@surface("open to all: nothing but the reader's own choice is shown")
@login_not_required
@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    """Change the language and go back to the page; kept in a cookie, and with the account when signed in."""
    language = request.POST.get("language", "")
    if language in LANGUAGES and request.user.is_authenticated:
        request.user.language = language
        request.user.save(update_fields=["language"])
    return set_language(request)


@surface("signed in: places the reader may enter")
def more(request: HttpRequest) -> HttpResponse:
    """Every place in one list, for screens without a side navigation."""
    return render(request, "ui/more.html")


@surface("signed in: invented samples only")
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; `?dir=rtl` and `?dir=ltr` show it in a language of that direction."""
    language = {"rtl": "he", "ltr": "en"}.get(request.GET.get("dir", ""), translation.get_language())
    with translation.override(language):
        return render(request, "ui/gallery.html", samples())
