"""An event as a sentence of the reader's language, with names isolated from the text around them."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from intranet.activity.models import Event
from intranet.activity.verbs import verb_named
from intranet.policies.naming import title_of as title_of_post

REASONS = {
    "about": _("It is about you"),
    "thread": _("You follow this thread or wrote in it"),
    "space": _("You watch this community"),
    "groups": _("A community or unit of yours is mentioned"),
    "person": _("You follow who wrote it"),
    "tag": _("You watch its topic"),
}


def title_of(event: Event) -> str:
    """What the event is about, as people call it: the title of the thread, the name of the space."""
    if event.post:
        return title_of_post(event.post.thread)
    return event.space.label if event.space else ""


def sentence(event: Event) -> SafeString:
    """`<bdi>Alex</bdi> answered <bdi>Why …</bdi>`: safe HTML, one line."""
    return format_html(
        str(verb_named(event.verb).text),
        actor=format_html("<bdi>{}</bdi>", event.actor.display_name),
        post=format_html('<bdi class="q">{}</bdi>', title_of(event)),
        space=format_html("<bdi>{}</bdi>", event.space.label if event.space else ""),
    )
