"""Reads the starter set. The texts stand beside this module, one file a policy; nothing here knows Django."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class StarterPolicy:
    """One policy of the set; `slug` names it, `columns` are those of `publish_policy`."""

    slug: str
    title: str
    columns: Mapping[str, Any]
    clauses: tuple[dict[str, str], ...]
    questions: tuple[dict[str, Any], ...]


def read_starter() -> dict[str, StarterPolicy]:
    """The set by slug. Raises KeyError or TOMLDecodeError for a file that is not as it should be."""
    rows = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))]
    return {row["slug"]: _policy(row) for row in rows}


def _policy(row: dict[str, Any]) -> StarterPolicy:
    english, hebrew = row["en"], row["he"]
    return StarterPolicy(
        slug=row["slug"],
        title=english["title"],
        columns={
            "title_he": hebrew["title"],
            "summary": english["summary"],
            "summary_he": hebrew["summary"],
            "audience": row["audience"],
            "aim": row["aim"],
            "must_acknowledge": row["must_acknowledge"],
            "renew_months": row.get("renew_months", 0),
        },
        clauses=tuple(_clause(each) for each in row["clause"]),
        questions=tuple(_question(each) for each in row.get("question", ())),
    )


def _clause(row: dict[str, Any]) -> dict[str, str]:
    english, hebrew = row["en"], row["he"]
    return {
        "anchor": row["anchor"],
        "hint_words": row.get("hint_words", ""),
        "title_en": english["title"],
        "text_en": english["text"].strip(),
        "title_he": hebrew["title"],
        "text_he": hebrew["text"].strip(),
    }


def _question(row: dict[str, Any]) -> dict[str, Any]:
    english, hebrew = row["en"], row["he"]
    return {
        "anchor": row["anchor"],
        "right": row["right"],
        "ask_en": english["ask"],
        "ask_he": hebrew["ask"],
        "answers_en": "\n".join(english["answers"]),
        "answers_he": "\n".join(hebrew["answers"]),
        "why_en": english["why"],
        "why_he": hebrew["why"],
    }
