"""A trail with a few sealed entries."""

from __future__ import annotations

from pathlib import Path

import pytest

from intranet.audit import chain, trail
from intranet.audit.models import AuditEntry
from tests.factories.cast import Cast, make_cast


@pytest.fixture(autouse=True)
def audit_root(settings, tmp_path) -> Path:
    settings.AUDIT_ROOT = tmp_path / "audit"
    return settings.AUDIT_ROOT


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def sealed(cast: Cast) -> list[int]:
    """The ids of three entries in two batches, oldest first; what making the cast left is sealed before."""
    chain.seal()
    for about in (cast.noa, cast.alex, cast.hiba):
        trail.write("takeout_requested", cast.admin, about=about, reason=about.username)
        if about == cast.alex:
            chain.seal()
    chain.seal()
    return list(AuditEntry.objects.order_by("-pk").values_list("pk", flat=True)[:3])[::-1]
