"""Tables of communities, for Django's sake."""

from communities.charters.models import Charter
from communities.imports.models import ImportedRow
from communities.inviting.models import Invitation, InviteLink, UnitRule
from communities.joining.models import Arrival, JoinRequest
from communities.openings.models import Opening
from communities.pinning.models import Pin
from communities.promises.models import DutyPerson, DutySwap, OfficeHours
from communities.questions.models import GoodAnswer, QuestionDetail
from communities.reminding.models import Nudge
from communities.reviewing.models import Review
from communities.roles.models import Expertise
from communities.suggesting.models import NotForMe

__all__ = [
    "Arrival",
    "Charter",
    "DutyPerson",
    "DutySwap",
    "Expertise",
    "GoodAnswer",
    "ImportedRow",
    "Invitation",
    "InviteLink",
    "JoinRequest",
    "NotForMe",
    "Nudge",
    "OfficeHours",
    "Opening",
    "Pin",
    "QuestionDetail",
    "Review",
    "UnitRule",
]
