"""Which deeds are audited, in groups that one filters by, with a sentence for those that the log does not know."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DECISIONS, LOCKS, RIGHTS, RULES, POLICIES, PLACES, LOOKS, KEEPING = (
    "decisions",
    "locks",
    "rights",
    "rules",
    "policies",
    "places",
    "looks",
    "keeping",
)

GROUPS: dict[str, str | Promise] = {
    DECISIONS: _("Decisions and appeals"),
    LOCKS: _("Locks"),
    RIGHTS: _("Rights, roles and sign-in"),
    RULES: _("Rules and arrangements"),
    POLICIES: _("Policies"),
    PLACES: _("Places and threads"),
    LOOKS: _("Exports and looks at sealed things"),
    KEEPING: _("Holds, retention and erasure"),
}

OF_THE_LOG: dict[str, frozenset[str]] = {
    DECISIONS: frozenset(
        [
            "hidden",
            "restored",
            "hidden_meanwhile",
            "unlisted",
            "redacted",
            "asked_to_edit",
            "edit_accepted",
            "warned",
            "silenced",
            "suspended",
            "lifted",
            "moved_by_moderator",
            "held_back",
            "held_published",
            "held_refused",
            "edit_held",
            "edit_published",
            "edit_refused",
            "decided",
            "decision_undone",
            "case_handed_over",
            "appealed",
            "appeal_decided",
            "removed",
        ]
    ),
    LOCKS: frozenset(["locked", "unlocked", "closed_quiet", "opened_again"]),
    RIGHTS: frozenset(
        [
            "role_given",
            "named_expert",
            "not_named_expert",
            "added",
            "let_in",
            "not_let_in",
            "mandate_given",
            "mandate_ended",
        ]
    ),
    RULES: frozenset(["arranged", "rule_added", "rule_changed", "rule_switched"]),
    POLICIES: frozenset(["policy_published", "policy_changed", "policy_reviewed"]),
    PLACES: frozenset(
        [
            "opened",
            "space_archived",
            "space_reopened",
            "space_renewed",
            "space_merged",
            "charter_changed",
            "moved",
            "merged",
            "split",
            "converted",
            "put_back",
            "imported",
        ]
    ),
}
"""Verbs of the log whose events are copied into the audit trail, by group."""

ENTRIES: dict[str, tuple[str, str | Promise]] = {
    "rights_changed": (RIGHTS, _("The rights of a person changed")),
    "space_role_changed": (RIGHTS, _("A role in a place changed")),
    "signed_in": (RIGHTS, _("Somebody with rights over others signed in")),
    "sign_in_failed": (RIGHTS, _("A sign-in with the name of somebody with rights over others failed")),
    "exported": (LOOKS, _("A file was exported")),
    "report_seen": (LOOKS, _("A network report was looked at")),
    "likeness_on": (RULES, _("Suggestions from earlier decisions were switched on")),
    "likeness_off": (RULES, _("Suggestions from earlier decisions were switched off")),
    "hold_requested": (KEEPING, _("A legal hold was asked for")),
    "hold_declined": (KEEPING, _("A legal hold was declined")),
    "hold_approved": (KEEPING, _("A legal hold was placed")),
    "hold_release_asked": (KEEPING, _("The end of a legal hold was asked for")),
    "hold_kept": (KEEPING, _("A legal hold was kept")),
    "hold_released": (KEEPING, _("A legal hold ended")),
    "retention_run": (KEEPING, _("What was kept long enough was deleted")),
    "takeout_requested": (KEEPING, _("A copy of a person's data was asked for")),
    "takeout_fetched": (KEEPING, _("A copy of a person's data was fetched")),
    "erasure_requested": (KEEPING, _("The erasure of a person was asked for")),
    "erasure_declined": (KEEPING, _("The erasure of a person was declined")),
    "erased": (KEEPING, _("A person was erased")),
    "restored_backup": (KEEPING, _("A backup was put back")),
}
"""Deeds that leave an entry without an event, with their group and their sentence."""

SAID: dict[str, str | Promise] = {
    "appeal_decided": _("{actor} decided the appeal about {post}"),
    "asked_to_edit": _("{actor} asked {about} to edit {post}"),
    "case_handed_over": _("{actor} handed a case over to {about}"),
    "edit_accepted": _("{actor} accepted the edit of {post}"),
    "edit_held": _("A change of {post} waits for a moderator"),
    "edit_published": _("{actor} published the change of {post}"),
    "edit_refused": _("{actor} did not publish the change of {post}"),
    "lifted": _("{about} can write again"),
    "silenced": _("{actor} paused the right of {about} to write in {space}"),
    "suspended": _("{actor} paused the right of {about} to write"),
    "warned": _("{actor} wrote to {about} about {post}"),
    "role_given": _("{actor} changed the role of {about} in {space}"),
    "named_expert": _("{actor} named {about} an expert in {space}"),
    "not_named_expert": _("{actor} declined the offer of {about} to be an expert in {space}"),
    "added": _("{actor} added {about} to {space}"),
    "let_in": _("{actor} let {about} into {space}"),
    "not_let_in": _("{actor} declined the request of {about} to join {space}"),
    "mandate_given": _("{actor} gave {about} a mandate to speak"),
    "mandate_ended": _("{actor} ended the mandate of {about} to speak"),
}
"""Sentences for verbs whose own sentence speaks to the person concerned, who is not who reads the trail."""

FROM_LOG = frozenset().union(*OF_THE_LOG.values())
GROUP_OF = {verb: group for group, verbs in OF_THE_LOG.items() for verb in verbs} | {
    deed: group for deed, (group, _text) in ENTRIES.items()
}


def deeds_of(group: str) -> list[str]:
    """The deeds of a group, in a fixed order."""
    return sorted(deed for deed, its_group in GROUP_OF.items() if its_group == group)
