"""All tables of the shared ground, for Django's sake. Nothing imports this module."""

from intranet.activity.models import Cursor, Event
from intranet.audit.models import AuditBatch, AuditEntry, LegalHold
from intranet.content.files import Attachment
from intranet.content.models import Draft, Membership, Post, PostTag, Reaction, Revision, Space, Tag
from intranet.keeping.models import Erasure, Takeout
from intranet.likeness.models import Learned, Likeness, LikenessSwitch
from intranet.mailin.models import ReceivedMail
from intranet.moderation.models import (
    Appeal,
    Case,
    CaseNote,
    Closure,
    Decision,
    Flag,
    Held,
    HeldEdit,
    Lock,
    LookFirst,
    Penalty,
    Recusal,
    Redaction,
    Standing,
    Unlisted,
)
from intranet.notify.models import Bookmark, Digest, Follow, Notification, ReadPosition
from intranet.people.models import ApiToken, OrgUnit, User
from intranet.policies.acknowledging.models import Question, RightNeed
from intranet.policies.citing.models import StaleCitation
from intranet.policies.disclosures.models import Disclosure, Mandate, Requirement
from intranet.policies.models import (
    Acknowledgement,
    Clause,
    ClauseVersion,
    PolicyIndexPage,
    PolicyPage,
    PolicyVersion,
)
from intranet.rules.models import Judgement, Rule, RuleSetVersion, Trial
from intranet.search.models import SearchEntry

__all__ = [
    "Acknowledgement",
    "ApiToken",
    "Appeal",
    "Attachment",
    "AuditBatch",
    "AuditEntry",
    "Bookmark",
    "Case",
    "CaseNote",
    "Clause",
    "ClauseVersion",
    "Closure",
    "Cursor",
    "Decision",
    "Digest",
    "Disclosure",
    "Draft",
    "Erasure",
    "Event",
    "Flag",
    "Follow",
    "Held",
    "HeldEdit",
    "Judgement",
    "Learned",
    "LegalHold",
    "Likeness",
    "LikenessSwitch",
    "Lock",
    "LookFirst",
    "Mandate",
    "Membership",
    "Notification",
    "OrgUnit",
    "Penalty",
    "PolicyIndexPage",
    "PolicyPage",
    "PolicyVersion",
    "Post",
    "PostTag",
    "Question",
    "Reaction",
    "ReadPosition",
    "ReceivedMail",
    "Recusal",
    "Redaction",
    "Requirement",
    "Revision",
    "RightNeed",
    "Rule",
    "RuleSetVersion",
    "SearchEntry",
    "Space",
    "StaleCitation",
    "Standing",
    "Tag",
    "Takeout",
    "Trial",
    "Unlisted",
    "User",
]
