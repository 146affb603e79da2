"""Tables of communities, for Django's sake."""

from communities.asking.models import Sealed, Unsealing, Wish
from communities.canned.models import Canned
from communities.charters.models import Charter
from communities.imports.models import ImportedRow
from communities.inviting.models import Invitation, InviteLink, UnitRule
from communities.joining.models import Arrival, JoinRequest
from communities.merging.models import Merger
from communities.moving.models import Offer, Surgery, SurgeryThread
from communities.openings.models import Opening
from communities.pinning.models import Pin
from communities.polls.models import Ballot, Choice, Poll, PollOption
from communities.promises.models import DutyPerson, DutySwap, OfficeHours
from communities.questions.models import GoodAnswer, QuestionDetail
from communities.reminding.models import Nudge
from communities.reviewing.models import Review
from communities.roles.models import Expertise
from communities.suggesting.models import NotForMe

__all__ = [
    "Arrival",
    "Ballot",
    "Canned",
    "Charter",
    "Choice",
    "DutyPerson",
    "DutySwap",
    "Expertise",
    "GoodAnswer",
    "ImportedRow",
    "Invitation",
    "InviteLink",
    "JoinRequest",
    "Merger",
    "NotForMe",
    "Nudge",
    "Offer",
    "OfficeHours",
    "Opening",
    "Pin",
    "Poll",
    "PollOption",
    "QuestionDetail",
    "Review",
    "Sealed",
    "Surgery",
    "SurgeryThread",
    "UnitRule",
    "Unsealing",
    "Wish",
]
