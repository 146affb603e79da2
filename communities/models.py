"""Tables of communities, for Django's sake."""

from communities.charters.models import Charter
from communities.questions.models import QuestionDetail

__all__ = ["Charter", "QuestionDetail"]
