"""Which HTTP status a page has that shows a refusal."""

from __future__ import annotations

from intranet.access.verdict import Verdict

MISTAKES = frozenset(
    {
        "empty",
        "no_title",
        "title_too_long",
        "too_long",
        "bad_addressee",
        "bad_community",
        "bad_text",
        "bad_value",
        "bad_kind",
        "bad_clause",
        "bad_disclosure",
        "bad_role",
        "bad_rule",
        "bad_member",
        "bad_link",
        "bad_date",
        "bad_end",
        "bad_merge",
        "bad_parent",
        "bad_opening",
        "no_reason",
        "no_topic",
        "empty_list",
        "long_list",
        "disclosure_missing",
        "no_mandate",
        "bad_options",
        "kinds_differ",
        "not_a_thread",
        "not_one_thread",
        "nothing_chosen",
        "past_until",
        "same_thread",
        "not_a_question",
        "not_an_answer",
        "no_note",
        "no_original",
        "bad_promise",
        "bad_turns",
        "no_version",
        "reach",
        "wrong_answers",
    }
)
"""Refusals that are about the text itself, not about a right."""

OVERTAKEN = frozenset(
    {
        "already_there",
        "answered",
        "claimed",
        "has_votes",
        "moving",
        "not_the_last",
        "offer_void",
        "old_version",
        "poll_closed",
        "token_reused",
        "too_late",
        "takes_two",
        "held_already",
    }
)
"""Refusals because something happened before: doing it again does not help."""


TOO_MUCH = frozenset({"too_fast", "slow_mode", "quota", "too_many_flags"})
"""Refusals that a little patience mends."""


def status_of(verdict: Verdict) -> int:
    """The HTTP status of a page that shows a refusal."""
    if verdict.code in MISTAKES:
        return 422
    if verdict.code.startswith(("file_", "picture_")):
        return 422
    if verdict.code in OVERTAKEN:
        return 409
    return 429 if verdict.code in TOO_MUCH else 403
