"""Where examples come from, and the next version of what was learned."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.db.models import Max

from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.likeness.bayes import NOTHING, Example, learn, measure
from intranet.likeness.models import Learned
from intranet.moderation.kinds import FlagSource, Outcome
from intranet.moderation.models import Case, Decision, Flag
from intranet.settings.product import LIKENESS_EXAMPLES, LIKENESS_MIN, LIKENESS_THRESHOLD

SAYS_NOTHING = frozenset({Outcome.ACCEPTED, Outcome.ESCALATE, Outcome.ASK_TO_EDIT})
"""Outcomes on the way to another one."""

ORDINARY = 4
"""Posts that nobody complained about, for each that was decided."""


def examples() -> list[Example]:
    """Decided posts as they were then, flags that were upheld, and ordinary posts; the latest of each.

    A decision that fell, or that did nothing, teaches that nothing was wrong.
    """
    decided = {case: (text, label) for case, text, label in _decided()}
    flagged = [row for row in _flagged() if row[0] not in decided]
    found = [Example(case, text, label) for case, (text, label) in decided.items()]
    found += [Example(case, text, label) for case, text, label in flagged]
    return found + _ordinary(ORDINARY * len(found))


def _decided() -> list[tuple[int, str, str]]:
    """`(case, text, clause)` of each decided case, by its last decision."""
    rows = Decision.objects.exclude(outcome__in=SAYS_NOTHING).filter(undone_at=None)
    rows = rows.select_related("clause__version__policy").order_by("-at")[:LIKENESS_EXAMPLES]
    found = []
    for row in reversed(rows):
        acted = row.outcome != Outcome.NO_ACTION and row.overturned_at is None
        text = f"{row.snapshot.get('title', '')}\n{row.snapshot.get('source', '')}"
        found.append((row.case_id, text, row.clause.name if acted else NOTHING))
    return found


def _flagged() -> list[tuple[int, str, str]]:
    """The same of people's flags after which something was done, where the decision itself is not among the latest."""
    rows = Flag.objects.filter(upheld=True).exclude(source=FlagSource.CLASSIFIER)
    rows = rows.select_related("case__post", "clause__version__policy").order_by("-at")[:LIKENESS_EXAMPLES]
    return [
        (row.case_id, f"{row.case.post.title}\n{row.case.post.text}", row.clause.name)
        for row in rows
        if row.case.post.state != PostState.DELETED
    ]


def _ordinary(wanted: int) -> list[Example]:
    rows = Post.objects.published().exclude(pk__in=Case.objects.values("post")).order_by("-pk")
    values = rows.values_list("pk", "title", "text")[: min(wanted, LIKENESS_EXAMPLES)]
    return [Example(pk, f"{title}\n{text}", NOTHING) for pk, title, text in values]


@transaction.atomic
def learn_anew() -> Learned | None:
    """Learn from all decisions until now as the next version; None when they teach what the last version knows.

    Counts of earlier versions go; what was measured of them stays.
    """
    last = Learned.objects.select_for_update().order_by("-number").first()
    taught = examples()
    counts = learn(taught).stored()
    if last and last.counts == counts:
        return None
    told = measure(taught, least=LIKENESS_MIN, threshold=LIKENESS_THRESHOLD)
    measured = {label: asdict(each) for label, each in told.items()}
    newest = Post.objects.aggregate(newest=Max("pk"))["newest"] or 0
    Learned.objects.update(counts={})
    return Learned.objects.create(
        number=last.number + 1 if last else 1,
        counts=counts,
        measured=measured,
        read_to=last.read_to if last else newest,
    )
