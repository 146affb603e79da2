"""A measurement that was attached: the picture of it and the figures behind it, in a thread that everybody finds."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, timedelta

from PIL import Image, ImageDraw

from communities.threads import actions as talks
from intranet.attachments.actions import upload
from intranet.demo import moments
from intranet.demo.writing import Written
from intranet.people.models import User
from intranet.posting import actions as posting

THREAD, ANSWER, WHO = "ax40-drift", 3, "noa"
TORQUE = (40.0, 39.6, 38.9, 37.8, 36.6, 35.5, 34.6, 34.0)
"""Holding torque in Nm after each hour of the burn-in, before the zero was taken warm; afterwards it stays."""
WIDE, HIGH, EDGE = 960, 520, 60
PAPER, LINE, COLD, WARM = "#fbfaf7", "#c9c3b8", "#a3402f", "#2e5f8a"


def show_a_measurement(people: Mapping[str, User], written: Written, *, now: datetime) -> None:
    """Noa attaches what she measured to a comment on the answer, and corrects a figure in it a little later."""
    answer, author = written.post(THREAD, ANSWER), people[WHO]
    files = [
        upload(owner=author, post=answer, file=io.BytesIO(content), name=name)
        for name, content in (("ax40-burn-in.png", _chart()), ("ax40-burn-in.csv", _figures()))
    ]
    said = "Measured over night on `rig-B`, before and after the warm zero. Cold zero in red: {} Nm after 8 h.\n\n{}"
    shown = "\n\n".join(file.markdown for file in files)
    note = talks.comment(
        author=author,
        parent=answer,
        source=said.format("33", shown),
        at=moments.following(answer.created, timedelta(hours=20), earlier=answer.created, now=now),
    ).post
    posting.edit(editor=author, post=note, source=said.format("34", shown), base_revision=note.revision)


def _figures() -> bytes:
    rows = [f"{hour},{torque},{TORQUE[0] - 0.08 * hour:.2f}" for hour, torque in enumerate(TORQUE)]
    return "\n".join(("hour,cold_zero_nm,warm_zero_nm", *rows, "")).encode()


def _chart() -> bytes:
    """The same as a picture."""
    image = Image.new("RGB", (WIDE, HIGH), PAPER)
    draw = ImageDraw.Draw(image)
    for torque in range(32, 42, 2):
        draw.line([(EDGE, _height(torque)), (WIDE - 20, _height(torque))], fill=LINE)
        draw.text((14, _height(torque) - 8), f"{torque} Nm", fill="#3b3a36")
    for hour in range(len(TORQUE)):
        draw.text((_place(hour) - 6, HIGH - 40), f"{hour} h", fill="#3b3a36")
    warm = [TORQUE[0] - 0.08 * hour for hour in range(len(TORQUE))]
    for values, colour in ((TORQUE, COLD), (warm, WARM)):
        draw.line([(_place(hour), _height(value)) for hour, value in enumerate(values)], fill=colour, width=5)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _place(hour: int) -> float:
    return EDGE + 20 + hour * (WIDE - 2 * EDGE - 40) / (len(TORQUE) - 1)


def _height(torque: float) -> float:
    return HIGH - EDGE - (torque - 32) * (HIGH - 2 * EDGE) / 9
