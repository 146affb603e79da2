"""The template library `ui`.

Small things that a page shows many times are made here, in Python, because that is several times cheaper than a
template each: icons, avatars, names, badges, times. Everything larger is a template under `templates/ui/`, put
in place by `{% ui "name" … %}`, or by `{% uiblock "name" … %} … {% enduiblock %}` where it holds other markup.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.base import token_kwargs as read_kwargs
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from intranet.text.codes import left_to_right_runs
from intranet.ui import fields, times
from intranet.ui.badges import KINDS
from intranet.ui.frame import Place
from intranet.ui.kept import filled, kept

register = template.Library()
register.simple_tag(fields.control)
register.filter(fields.control_kind)
register.filter(fields.may_stay_empty)

CURRENT = SafeString(' aria-current="page"')
KEPT = ("csrf_token", "request", "frame", "user")


@cache
def _sprite() -> str:
    return static("img/sprite.svg")


@register.simple_tag
@cache
def icon(name: str, size: str = "") -> SafeString:
    """An icon of the sprite beside a word; `size` is `lg`, `flip` (turns in right-to-left pages) or both."""
    extra = "".join(f" i--{word}" for word in size.split())
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#{}"/></svg>', extra, _sprite(), name
    )


@register.simple_tag
def wordmark(language: str, height: int = 32) -> SafeString:
    """The name of the product with its mark; never stretched, mirrored or recoloured."""
    wide, side = (89, "xMaxYMid") if language == "he" else (119, "xMinYMid")
    return format_html(
        '<svg viewBox="0 0 {0} 32" width="{1}" height="{2}" preserveAspectRatio="{3} slice" aria-hidden="true">'
        '<use href="{4}#wordmark-{5}"></use></svg>',
        wide,
        round(wide * height / 32),
        height,
        side,
        _sprite(),
        "he" if language == "he" else "en",
    )


@register.simple_tag
def avatar(someone: Any, size: str = "") -> SafeString:
    """Initials in a ring of the unit's colour; `size` is `s`, `l` or nothing. The name stands beside it."""
    extra = f" av--{size}" if size else ""
    return format_html(
        '<span class="av{} o{}" aria-hidden="true">{}</span>', extra, someone.colour, someone.initials
    )


@register.simple_tag
def group(space: Any) -> SafeString:
    """The woven square of a community; its name stands beside it."""
    return format_html('<span class="av av--group o{}" aria-hidden="true"></span>', space.colour)


@register.simple_tag
def person(someone: Any) -> SafeString:
    """A person's name as a link to the profile."""
    return format_html('<a href="/people/{}/"><bdi>{}</bdi></a>', someone.username, someone.display_name)


@register.simple_tag
def byline(someone: Any, at: datetime | None = None) -> SafeString:
    """Who speaks, what they do, where, and when."""
    what = ", ".join(part for part in (someone.title, someone.unit and someone.unit.label) if part)
    return format_html(
        '<p class="who">{}{}{}</p>',
        person(someone),
        format_html("<span>{}</span>", what) if what else "",
        when(at) if at else "",
    )


@register.simple_tag
def badge(kind: str, text: str = "", icon_name: str = "") -> SafeString:
    """A state: one of `badges.KINDS`, with its own word and icon unless others are given."""
    look = KINDS[kind]
    return format_html(
        '<span class="badge{}">{}{}</span>',
        f" badge--{look.tone}" if look.tone else "",
        icon(icon_name or look.icon),
        text or look.word,
    )


@register.simple_tag
def topics(tags: Any) -> SafeString:
    """Tags as links to what carries them; `tags` are objects with `slug` and `label`."""
    links = format_html_join(
        "", '<a class="tag" href="/search/?tag={}"><bdi>{}</bdi></a>', ((tag.slug, tag.label) for tag in tags)
    )
    return format_html('<span class="row">{}</span>', links)


@register.simple_tag
def of(part: int, base: int) -> str:
    """A count with its base: `54 of 62`."""
    return gettext("%(part)s of %(base)s") % {"part": part, "base": base}


@register.simple_tag(takes_context=True)
def keep(context: Context, name: str, **values: Hashable) -> SafeString:
    """The template `name` with plain values and nothing else, kept as long as they are the same; see `kept`."""
    return filled(kept(name, **values), context.get("csrf_token"), context.get("request"))


@register.simple_tag(takes_context=True)
def here(context: Context) -> str:
    """The address of the current place: the community a page is about (`space`), or what its own address says."""
    frame, space = context["frame"], context.get("space")
    address = space.get_absolute_url() if space else ""
    return address if any(place.url == address for place in frame.communities) else frame.here


@register.simple_tag
def nav_link(place: Place, here: str) -> SafeString:
    """One line of a navigation; `here` is the address of the current place."""
    return format_html(
        '<a href="{}"{}>{}<bdi>{}</bdi>{}</a>',
        place.url,
        CURRENT if place.url == here else "",
        icon(place.icon) if place.icon else format_html('<span class="dot o{}"></span>', place.colour),
        place.label,
        format_html('<span class="nav__n{}">{}</span>', " nav__n--hot" if place.hot else "", place.count)
        if place.count
        else "",
    )


@register.filter
def when(moment: datetime | None) -> SafeString | str:
    """A moment as people say it, with the exact time for machines and on hover."""
    if not moment:
        return ""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"),
        times.full(moment),
        times.said(moment),
    )


@register.filter
def day(moment: datetime | date) -> str:
    """The day in full: `Sunday, 22 November`."""
    return times.said_day(moment)


@register.filter
def span(length: timedelta | None) -> str:
    """A length of time as people say it."""
    return times.said_span(length) if length is not None else ""


@register.filter
def bdi(text: Any) -> SafeString:
    """Text of unknown direction, isolated from the sentence around it."""
    return format_html("<bdi>{}</bdi>", text)


@register.filter
def coded(title: str) -> SafeString:
    """A title with `code` between backticks set as code, and part codes kept in one piece, left to right."""
    pieces = enumerate(re.split(r"`([^`]+)`", str(title)))
    return format_html_join(
        "",
        "{}",
        ((format_html("<code>{}</code>", text) if n % 2 else _whole_codes(text),) for n, text in pieces),
    )


def _whole_codes(text: str) -> SafeString:
    parts: list[str] = []
    done = 0
    for start, end in left_to_right_runs(text):
        parts += [format_html("{}", text[done:start]), ltr(text[start:end])]
        done = end
    return format_html_join("", "{}", ((part,) for part in [*parts, text[done:]]))


@register.filter
def ltr(text: Any) -> SafeString:
    """A part code, path, range or number with its unit: always left to right and never broken."""
    return format_html('<bdi class="nb" dir="ltr">{}</bdi>', text)


class ComponentNode(Node):
    """Renders `templates/ui/<name>.html` with its own variables only, and what is between the tags as `body`."""

    def __init__(
        self, named: FilterExpression, values: dict[str, FilterExpression], body: NodeList | None
    ) -> None:
        self.named = named
        self.values = values
        self.body = body

    def render(self, context: Context) -> SafeString:
        component = context.template.engine.get_template(f"ui/{self.named.resolve(context)}.html")
        values = {key: context[key] for key in KEPT if key in context}
        values |= {key: value.resolve(context) for key, value in self.values.items()}
        if self.body is not None:
            values["body"] = self.body.render(context)
        return component.render(context.new(values))


def _component(parser: Parser, token: Token, closing: str | None) -> ComponentNode:
    tag, *bits = token.split_contents()
    if not bits:
        raise template.TemplateSyntaxError(f"{tag} needs the name of a component")
    named = parser.compile_filter(bits.pop(0))
    values = read_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"{tag} takes name=value pairs, not {bits[0]!r}")
    body = None
    if closing:
        body = parser.parse((closing,))
        parser.delete_first_token()
    return ComponentNode(named, values, body)


@register.tag
def ui(parser: Parser, token: Token) -> ComponentNode:
    """`{% ui "vote" score=3 url=… %}`: a component of `templates/ui/` with these variables and no others."""
    return _component(parser, token, closing=None)


@register.tag
def uiblock(parser: Parser, token: Token) -> ComponentNode:
    """`{% uiblock "banner" kind="waiting" %} … {% enduiblock %}`: a component that holds other markup."""
    return _component(parser, token, closing="enduiblock")
