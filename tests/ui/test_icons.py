"""Every icon that a template, a verb or a badge names is in the sprite."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from intranet.activity.verbs import all_verbs
from intranet.ui.badges import KINDS

SPRITE = Path(settings.ROOT, "static/img/sprite.svg").read_text()
ICONS = set(re.findall(r'id="([^"]+)"', SPRITE))
NAMED = re.compile(r'(?:{% icon |\bicon=|icon_name=|why_icon=)"([^"]+)"')


@pytest.mark.parametrize(
    "name", sorted({verb.icon for verb in all_verbs()} | {kind.icon for kind in KINDS.values()})
)
def test_icon_of_a_verb_or_badge_is_drawn(name):
    assert name in ICONS


def test_icons_of_templates_are_drawn():
    templates = Path(settings.ROOT, "templates").rglob("*.html")
    named = {(name, path.name) for path in templates for name in NAMED.findall(path.read_text())}
    assert {pair for pair in named if pair[0] not in ICONS} == set()
