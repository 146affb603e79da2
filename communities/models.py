"""Tables of communities, for Django's sake."""

from communities.charters.models import Charter
from communities.imports.models import ImportedRow
from communities.moving.models import Offer, Surgery, SurgeryThread
from communities.polls.models import Ballot, Choice, Poll, PollOption
from communities.promises.models import DutyPerson, DutySwap, OfficeHours
from communities.questions.models import GoodAnswer, QuestionDetail
from communities.reminding.models import Nudge

__all__ = [
    "Ballot",
    "Charter",
    "Choice",
    "DutyPerson",
    "DutySwap",
    "GoodAnswer",
    "ImportedRow",
    "Nudge",
    "Offer",
    "OfficeHours",
    "Poll",
    "PollOption",
    "QuestionDetail",
    "Surgery",
    "SurgeryThread",
]
