"""What tests of files start from."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Attachments of a test lie in a folder of its own."""
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    return settings.ATTACHMENTS_ROOT


def picture(size=(40, 30), kind="PNG", **more) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return out.getvalue()


def sent(content: bytes, name: str = "rig.png") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, "application/x-whatever")
