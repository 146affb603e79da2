"""Tables of communities, for Django's sake."""

from communities.charters.models import Charter
from communities.imports.models import ImportedRow
from communities.promises.models import DutyPerson, DutySwap, OfficeHours
from communities.questions.models import GoodAnswer, QuestionDetail
from communities.reminding.models import Nudge

__all__ = [
    "Charter",
    "DutyPerson",
    "DutySwap",
    "GoodAnswer",
    "ImportedRow",
    "Nudge",
    "OfficeHours",
    "QuestionDetail",
]
