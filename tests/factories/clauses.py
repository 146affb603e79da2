"""One published clause of one policy, for locks and flags to cite."""

from __future__ import annotations

from wagtail.models import Page

from intranet.policies.models import ClauseVersion, PolicyPage, PolicyVersion


def clause_version(slug: str = "terms", anchor: str = "kind-words") -> ClauseVersion:
    """The first clause of the first version of a policy."""
    top = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    policy = top.add_child(instance=PolicyPage(title=slug.title(), slug=slug))
    version = PolicyVersion.objects.create(policy=policy, number=1)
    return ClauseVersion.objects.create(
        version=version, anchor=anchor, place=1, title_en="Kind words", text_en="Write as you would speak."
    )
