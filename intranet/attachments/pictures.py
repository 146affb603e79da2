"""Pictures made anew: whatever came in beside the pixels (place and time of the camera, hidden bytes) stays behind."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps

from intranet.settings.product import ATTACHMENT_MAX_PIXELS, ATTACHMENT_SMALL_SIDE

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/png"}
"""What is read, and as what it is kept. Of a moving picture the first frame is kept."""
QUALITY = 88


class BadPicture(ValueError):
    """The file begins like a picture and is none that can be read."""


class TooManyPixels(BadPicture):
    """The picture is larger than what is decoded."""


@dataclass(frozen=True)
class Picture:
    """A picture made anew, and a smaller one for the text."""

    content: bytes
    content_type: str
    size: tuple[int, int]
    small: bytes
    small_size: tuple[int, int]


def made_anew(file: BinaryIO) -> Picture:
    """Decode and encode the picture in `file`. Raises `TooManyPixels` before decoding, `BadPicture` when it fails."""
    try:
        with Image.open(file, formats=list(FORMATS)) as opened:
            if opened.width * opened.height > ATTACHMENT_MAX_PIXELS:
                raise TooManyPixels
            kind = FORMATS[opened.format or ""]
            upright = ImageOps.exif_transpose(opened)
            pixels = upright.convert("RGBA" if _has_holes(upright) else "RGB")
    except BadPicture:
        raise
    except (OSError, ValueError, SyntaxError, KeyError, EOFError, Image.DecompressionBombError) as problem:
        raise BadPicture from problem
    if kind == "image/jpeg":
        pixels = pixels.convert("RGB")
    small = pixels.copy()
    small.thumbnail((ATTACHMENT_SMALL_SIDE, ATTACHMENT_SMALL_SIDE))
    return Picture(_encoded(pixels, kind), kind, pixels.size, _encoded(small, "image/webp"), small.size)


def _has_holes(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _encoded(image: Image.Image, kind: str) -> bytes:
    bare = Image.frombytes(image.mode, image.size, image.tobytes())  # pixels alone, no metadata to carry over
    out = io.BytesIO()
    bare.save(out, kind.partition("/")[2].upper(), quality=QUALITY)
    return out.getvalue()
