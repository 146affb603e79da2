"""Documents under rules: a blog post or an article is judged when it goes out, by the same rules as any post."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from intranet.documents.judging import set_judge
from intranet.moderation.gate import Permit
from intranet.rules.applying import Ruling, judge


@set_judge
def judge_it(
    permit: Permit, columns: dict[str, Any], topics: Sequence[str], disclosures: Sequence[str] | None
) -> Ruling:
    """What the rules that hold now say of a document that goes out."""
    return judge(permit, columns, tags=topics, disclosures=disclosures, answerable=disclosures is not None)
