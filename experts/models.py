"""Tables of this app, for Django's sake."""

from experts.evidence.models import Evidence
from experts.profiles.models import Profile

__all__ = ["Evidence", "Profile"]
