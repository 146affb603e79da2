"""Reads the files in `content/` into records. Nothing here knows Django."""

from __future__ import annotations

import re
import tomllib
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from intranet.demo.records import (
    BlogEntry,
    Community,
    Content,
    Deed,
    Person,
    Phrases,
    Policy,
    Reply,
    Thread,
    Unit,
)
from intranet.policies.starter.reading import read_starter

FOLDER = Path(__file__).with_name("content")
SPAN = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def span(text: str) -> timedelta:
    """`"1d2h30m"` as a timedelta. Raises ValueError for anything else."""
    match = SPAN.fullmatch(text)
    if not text or not match:
        raise ValueError(f"{text!r} is not a time such as 1d2h30m")
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def _people() -> dict[str, Person]:
    tables = _toml("people.toml")
    held = tables.pop("roles")
    profiles = _toml("profiles.toml")
    people = {}
    for unit, rows in tables.items():
        for username, row in rows.items():
            own = tuple(role for role, holders in held.items() if username in holders)
            profile = profiles.get(username, {})
            people[username] = Person(
                username=username,
                name=row["name"],
                he=row["he"],
                title=row["title"],
                title_he=row["title_he"],
                site=row["at"],
                lang=row["lang"],
                unit="" if unit == "guests" else unit,
                boss=row.get("boss", ""),
                roles=own if "guest" in own else ("employee", *own),
                about=profile.get("about", ""),
                ask=tuple(profile.get("ask", ())),
            )
    return people


def _reply(row: dict[str, Any]) -> Reply:
    return Reply(
        by=row["by"],
        after=span(row["after"]),
        body=row["body"].strip(),
        to=row.get("to"),
        accepted=row.get("accepted", ""),
        disclose=tuple(row.get("disclose", ())),
        key=row.get("key", ""),
    )


def _threads() -> dict[str, Thread]:
    threads = {}
    for path in sorted((FOLDER / "threads").glob("*.toml")):
        for row in _toml(f"threads/{path.name}")["thread"]:
            threads[row["id"]] = Thread(
                id=row["id"],
                community=path.stem,
                kind=row["kind"],
                ago=row["ago"],
                at=time.fromisoformat(row["at"]),
                by=row["by"],
                lang=row["lang"],
                title=row["title"],
                body=row["body"].strip(),
                tags=tuple(row.get("tags", ())),
                on_behalf=row.get("on_behalf", ""),
                replies=tuple(_reply(each) for each in row.get("reply", ())),
            )
    return threads


def _blogs() -> dict[str, BlogEntry]:
    entries = {}
    for path in sorted((FOLDER / "blogs").glob("*.md")):
        _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
        row = tomllib.loads(head)
        entries[path.stem] = BlogEntry(
            id=path.stem,
            blog=row["blog"],
            author=row["author"],
            lang=row["lang"],
            ago=row["ago"],
            at=time.fromisoformat(row["at"]),
            title=row["title"],
            tags=tuple(row["tags"]),
            on_behalf=row.get("on_behalf", ""),
            body=body.strip(),
        )
    return entries


def _policies() -> dict[str, Policy]:
    rows, starter = _toml("policies.toml"), read_starter()
    return {
        slug: Policy(
            starter=starter[slug],
            ago=row["age"],
            changed_en=row.get("changed_en", ""),
            changed_he=row.get("changed_he", ""),
            before=row.get("before", {}),
        )
        for slug, row in rows.items()
    }


def _deeds() -> tuple[Deed, ...]:
    tables = _toml("deeds.toml")
    return tuple(_deed(kind, row) for kind in ("flag", "lock", "thanks") for row in tables[kind])


def _deed(kind: str, row: dict[str, Any]) -> Deed:
    return Deed(
        kind=kind,
        on=row["on"],
        by=tuple(row["by"]) if isinstance(row["by"], list) else (row["by"],),
        after=span(row["after"]) if "after" in row else timedelta(),
        clause=row.get("clause", ""),
        note=row.get("note", row.get("text", "")),
        scope=row.get("scope", ""),
        days=row.get("days", 0),
        to=row.get("to", ""),
        ago=row.get("ago", 0),
    )


def _phrases() -> Phrases:
    tables = _toml("phrases.toml")
    return Phrases(
        **{kind: {lang: tuple(texts) for lang, texts in by.items()} for kind, by in tables.items()}
    )


def _communities() -> dict[str, Community]:
    lists = ("managers", "members", "also", "topics")
    communities = {}
    for slug, row in _toml("communities.toml").items():
        columns: dict[str, Any] = row | {name: tuple(row[name]) for name in lists}
        communities[slug] = Community(slug=slug, **columns)
    return communities


def load() -> Content:
    """Read all files. Raises KeyError, ValueError or TOMLDecodeError where one is not as described above."""
    policies = _policies()
    return Content(
        units={code: Unit(code=code, **row) for code, row in _toml("units.toml").items()},
        topics={slug: (english, hebrew) for slug, (english, hebrew) in _toml("topics.toml").items()},
        people=_people(),
        communities=_communities(),
        threads=_threads(),
        blogs=_blogs(),
        policies=policies,
        deeds=_deeds(),
        phrases=_phrases(),
        clause_names=frozenset(
            f"{slug}#{clause['anchor']}"
            for slug, policy in policies.items()
            for clause in policy.starter.clauses
        ),
    )
