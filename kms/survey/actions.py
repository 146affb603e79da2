"""Making a survey, agreeing to take part, answering, and taking the answers back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.people.models import OrgUnit, User
from intranet.settings import product
from kms.consent.readers import check_reader
from kms.network import sources
from kms.network.keeping import forget_packs, keep
from kms.network.models import Interaction
from kms.survey.models import Survey, Taking

KIND = "asks"
"""What an answer is as an interaction: this person asks that one."""


@transaction.atomic
def make(
    *,
    actor: User,
    topic: str,
    topic_he: str = "",
    opens: date,
    closes: date,
    units: Collection[OrgUnit] = (),
) -> Survey:
    """Make a survey. Raises Refused unless the actor is a knowledge manager."""
    check_reader(actor)
    made = Survey.objects.create(topic=topic, topic_he=topic_he, made_by=actor, opens=opens, closes=closes)
    made.units.set(units)
    return made


def _check(person: User, survey: Survey) -> None:
    """Raise Refused unless the survey is open and asks this person."""
    if not survey.is_open:
        raise Refused(refuse("closed", _("This survey is not open.")))
    if not Survey.objects.asking(person).filter(pk=survey.pk).exists():
        raise Refused(refuse("not_asked", _("This survey does not ask you.")))


@transaction.atomic
def agree(*, person: User, survey: Survey) -> Taking:
    """Agree to take part, before any name is asked for; safe to repeat. Raises Refused."""
    _check(person, survey)
    return Taking.objects.get_or_create(survey=survey, person=person)[0]


@transaction.atomic
def answer(*, person: User, survey: Survey, named: Collection[User]) -> Taking:
    """Make `named` the people whom this person turns to; a later answer replaces the earlier one.

    Each name becomes an interaction from the asker to the one asked. Raises Refused: closed, not agreed, too many.
    """
    _check(person, survey)
    taking = Taking.objects.select_for_update().filter(survey=survey, person=person).first()
    if taking is None:
        raise Refused(refuse("not_agreed", _("First agree to take part.")))
    if len(named) > product.SURVEY_NAMES:
        raise Refused(refuse("too_many", _("Choose those whom you really turn to; that is too many.")))
    now = timezone.now()
    _forget(person, survey)
    allowed = set(sources.counted().filter(pk__in=[one.pk for one in named]).values_list("pk", flat=True))
    keep(
        Interaction(
            source=person,
            target_id=one,
            kind=KIND,
            at=now,
            context_id=survey.origin,
            origin=survey.origin,
            row_key=Interaction.key_of(person.pk, one, KIND, survey.origin),
        )
        for one in sorted(allowed - {person.pk})
    )
    taking.answered_at = now
    taking.save(update_fields=["answered_at"])
    return taking


@transaction.atomic
def take_back(*, person: User, survey: Survey) -> None:
    """Remove everything one said in a survey, also that one agreed; safe to repeat."""
    _forget(person, survey)
    Taking.objects.filter(survey=survey, person=person).delete()


def _forget(person: User, survey: Survey) -> None:
    rows = Interaction.objects.filter(source=person, origin=survey.origin)
    forget_packs(rows.values_list("at", flat=True))
    rows.delete()
