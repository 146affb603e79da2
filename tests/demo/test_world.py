"""The demo world as a reader finds it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from intranet.content.models import Post
from intranet.demo import world

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_build() -> None:
    import time

    t = time.time()
    world.build(now=NOW, progress=False)
    print(Post.objects.count(), time.time() - t)
    assert Post.objects.filter(root=None).count() >= 77
