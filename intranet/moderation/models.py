"""All tables of moderation in one place; each stands in the package that owns it."""

from intranet.moderation.appeals.models import Appeal
from intranet.moderation.cases.models import Case, CaseNote, Decision, Flag, Recusal, Redaction, Unlisted
from intranet.moderation.locking.models import Lock
from intranet.moderation.penalties.models import Penalty
from intranet.moderation.standing.models import Closure, Held, HeldEdit, LookFirst, Standing

__all__ = [
    "Appeal",
    "Case",
    "CaseNote",
    "Closure",
    "Decision",
    "Flag",
    "Held",
    "HeldEdit",
    "Lock",
    "LookFirst",
    "Penalty",
    "Recusal",
    "Redaction",
    "Standing",
    "Unlisted",
]
