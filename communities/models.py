"""Tables of communities, for Django's sake."""

from communities.charters.models import Charter
from communities.imports.models import ImportedRow
from communities.moving.models import Offer, Surgery, SurgeryThread
from communities.polls.models import Ballot, Choice, Poll, PollOption
from communities.questions.models import QuestionDetail

__all__ = [
    "Ballot",
    "Charter",
    "Choice",
    "ImportedRow",
    "Offer",
    "Poll",
    "PollOption",
    "QuestionDetail",
    "Surgery",
    "SurgeryThread",
]
