"""Which clause of a found policy holds what was searched."""

from __future__ import annotations

from collections.abc import Collection

from intranet.policies.models import ClauseVersion
from intranet.text.marking import places
from intranet.text.plain import plain


def best_clauses(policies: Collection[int], forms: Collection[str]) -> dict[int, ClauseVersion]:
    """For the posts of policies: the clause of the newest version with most words that have one of `forms`.

    One query, none when there are no policies. A policy whose words are found outside its clauses is left out.
    """
    if not policies or not forms:
        return {}
    rows = ClauseVersion.objects.filter(version__policy__post__in=policies).select_related("version__policy")
    newest: dict[int, int] = {}
    best: dict[int, tuple[int, ClauseVersion]] = {}
    for clause in rows.order_by("-version__number", "place"):
        post = clause.version.policy.post_id
        if newest.setdefault(post, clause.version_id) != clause.version_id:
            continue
        words = "\n".join((clause.title_en, clause.text_en, clause.title_he, clause.text_he))
        hits = len(places(words, forms))
        if hits > best.get(post, (0, None))[0]:
            best[post] = (hits, clause)
    return {post: clause for post, (_hits, clause) in best.items()}


def words_of(clause: ClauseVersion) -> str:
    """The clause in the reader's language on one line, with its number."""
    return f"{clause.number}. {clause.title}: {plain(clause.text)}"
