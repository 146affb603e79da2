"""The roles a person can hold across the whole organisation."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is trusted with everywhere; roles inside one space are `content.models.SpaceRole`."""

    EMPLOYEE = "employee", _("Employee")
    MODERATOR = "moderator", _("Moderator")
    KM = "km", _("Knowledge manager")
    POLICY_OWNER = "policy_owner", _("Policy owner")
    ADMIN = "admin", _("Administrator")
    GUEST = "guest", _("Guest")
