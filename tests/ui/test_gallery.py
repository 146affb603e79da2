"""The gallery shows every component there is."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.factories.cast import make_cast

FRAME_PARTS = {
    "bar", "dock", "foot", "gallery", "language_switch", "messages", "more", "my_menu", "new_posts",
    "side", "styles", "disclosures_input",
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("direction", "language"), [("ltr", "en"), ("rtl", "he")])
def test_gallery_is_shown_in_both_directions(client, direction, language):
    client.force_login(make_cast().alex)
    page = client.get("/ui/", {"dir": direction})
    assert f'<html lang="{language}" dir="{direction}">' in page.content.decode()


@pytest.mark.django_db
def test_gallery_uses_every_component(client):
    client.force_login(make_cast().alex)
    used = {
        Path(template.name).stem
        for template in client.get("/ui/").templates
        if template.name and template.name.startswith("ui/")
    }
    there = {path.stem for path in Path(settings.ROOT, "templates/ui").glob("*.html")}
    assert there - FRAME_PARTS - used == set()


@pytest.mark.django_db
def test_gallery_asks_strangers_to_sign_in(client):
    assert client.get("/ui/")["Location"] == "/accounts/login/?next=/ui/"
