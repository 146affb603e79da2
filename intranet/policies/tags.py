"""What templates of lower packages ask policies."""

from __future__ import annotations

from typing import Any

from django import template

from intranet.content.models import Post
from intranet.policies.disclosures.requirements import clause_for, missing_from

register = template.Library()


@register.inclusion_tag("policies/missing.html")
def missing_disclosures(post: Post) -> dict[str, Any]:
    """What rules ask `post` to disclose and it does not, each with the clause that a flag for it cites."""
    rows = [{"rule": rule, "clause": clause_for(rule.kind)} for rule in missing_from(post)]
    return {"rows": rows}
