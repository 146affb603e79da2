"""Tables of communities, for Django's sake."""

from communities.charters.models import Charter
from communities.imports.models import ImportedRow
from communities.inviting.models import Invitation, InviteLink, UnitRule
from communities.joining.models import Arrival, JoinRequest
from communities.openings.models import Opening
from communities.pinning.models import Pin
from communities.questions.models import QuestionDetail
from communities.reviewing.models import Review
from communities.roles.models import Expertise
from communities.suggesting.models import NotForMe

__all__ = [
    "Arrival",
    "Charter",
    "Expertise",
    "ImportedRow",
    "Invitation",
    "InviteLink",
    "JoinRequest",
    "NotForMe",
    "Opening",
    "Pin",
    "QuestionDetail",
    "Review",
    "UnitRule",
]
