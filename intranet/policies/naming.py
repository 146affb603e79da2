"""Clauses by the name that programs use: `policy-slug#anchor`."""

from __future__ import annotations

from intranet.policies.models import ClauseVersion, PolicyVersion


def clause_named(name: str) -> ClauseVersion | None:
    """The clause `policy-slug#anchor` of the current version of its policy; None when there is none."""
    slug, _hash, anchor = name.partition("#")
    current = PolicyVersion.objects.filter(policy__slug=slug).order_by("-number").first()
    if current is None:
        return None
    return (
        ClauseVersion.objects.select_related("version__policy").filter(version=current, anchor=anchor).first()
    )
