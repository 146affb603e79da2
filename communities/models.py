"""Tables of communities, for Django's sake."""

from communities.charters.models import Charter
from communities.imports.models import ImportedRow
from communities.questions.models import QuestionDetail

__all__ = ["Charter", "ImportedRow", "QuestionDetail"]
