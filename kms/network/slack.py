"""A Slack export, a folder or a zip: who replied to whom and who mentioned whom in public channels.

People are named by e-mail, else by user name. Private channels and direct messages are not opened. Of a text only the marks
of mentions are looked at, and nothing of it is kept.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from intranet.text.tables import BadTable
from kms.network.row import Row

MENTION: Final = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
LARGEST: Final = 50_000_000
"""Bytes of one file inside an export: a day of one channel is far smaller, a bomb is not."""


class _Export:
    """The JSON files of an export by their path in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.zip = None if path.is_dir() else _opened(path)

    def names(self) -> list[str]:
        if self.zip:
            return sorted(self.zip.namelist())
        return sorted(file.relative_to(self.path).as_posix() for file in self.path.rglob("*.json"))

    def read(self, name: str) -> Any:
        """One file. Raises BadTable."""
        try:
            if self.zip:
                if self.zip.getinfo(name).file_size > LARGEST:
                    raise BadTable(f"{self.path.name}: {name} is too large for a Slack export.")
                return json.loads(self.zip.read(name))
            return json.loads((self.path / name).read_text("utf-8"))
        except (KeyError, FileNotFoundError):
            raise BadTable(f"{self.path.name} has no {name}; it is not a Slack export.") from None
        except (ValueError, zipfile.BadZipFile):
            raise BadTable(f"{self.path.name}: {name} is not JSON.") from None


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError):
        raise BadTable(f"{path.name} is neither a folder nor a zip file.") from None


def slack_rows(path: Path) -> Iterator[Row]:
    """Replies and mentions of all public channels. Raises BadTable when it is no Slack export."""
    export = _Export(path)
    users = export.read("users.json")
    people = {one["id"]: one.get("profile", {}).get("email") or one.get("name", "") for one in users}
    channels = {one["name"] for one in export.read("channels.json")}
    for channel in sorted(channels):
        days = [name for name in export.names() if name.startswith(f"{channel}/") and name.endswith(".json")]
        yield from _channel(export, channel, days, people)


def _channel(export: _Export, channel: str, days: list[str], people: dict[str, str]) -> Iterator[Row]:
    """The rows of one channel; who began each thread is remembered over its days."""
    began: dict[str, str] = {}
    for day in days:
        for message in export.read(day):
            if (
                message.get("type") != "message"
                or message.get("subtype")
                or not {"user", "ts"} <= message.keys()
            ):
                continue
            began.setdefault(message["ts"], message["user"])
            yield from _deeds(message, channel, began, people)


def _deeds(message: dict, channel: str, began: dict[str, str], people: dict[str, str]) -> Iterator[Row]:
    writer, stamp = message["user"], message["ts"]
    at = datetime.fromtimestamp(float(stamp), UTC)
    context = f"{channel}/{stamp}"[:200]
    thread = message.get("thread_ts", stamp)
    starter = message.get("parent_user_id") or began.get(thread)
    found = [("reply", starter, 1)] if thread != stamp and starter else []
    mentioned = list(dict.fromkeys(MENTION.findall(message.get("text", ""))))
    found += [("mention", one, len(mentioned)) for one in mentioned]
    for kind, other, audience in found:
        if other != writer:
            yield Row(people.get(writer, writer), people.get(other, other), kind, at, context, audience)
