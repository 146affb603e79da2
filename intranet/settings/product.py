"""Every number that is a decision about the product and not about a machine, with its reason."""

from typing import Final

# What people write
TITLE_MAX: Final = 200
"""Characters of a title: two lines on a wide screen."""

MAX_TAGS: Final = 5
"""Topics of one post: more would make every post appear under every topic."""

WRITES_PER_MINUTE: Final = 30
"""Posts, edits and votes of one person: far above what a hand can do, far below what a script would."""

# Questions
ANSWER_TARGET_HOURS: Final = 24
"""The promise of a community unless its charter says otherwise, in hours of the wall clock on working days."""

CLAIM_MINUTES: Final = 10
"""How long "I am writing an answer" keeps others from starting the same: an answer is written in it, a lunch is not."""

REMIND_AT: Final = 0.5
"""Share of the promised time after which those who were asked are reminded: half is left to answer in time."""

OWNER_AT: Final = 1.5
"""Share of the promised time after which a question that the duty holder did not settle goes to the owner."""

SETTLE_HOURS: Final = 48
"""Hours of working days after which the asker is reminded, to accept an answer or to say what is missing."""

HIT_RATE_DAYS: Final = 30
"""Days over which a community's kept promises are published: a month has enough questions to say something."""

# The network report
SNA_FLOOR: Final = 10
"""A unit with fewer people is never shown by itself: its people could be guessed."""

SNA_CELL_FLOOR: Final = 5
"""A count that stands for fewer distinct people than this is hidden."""

BROADCAST_AUDIENCE: Final = 5
"""A message to more people than this is an announcement and makes no tie."""

# Communities
JOIN_AGAIN_AFTER_DAYS: Final = 7
"""Days before somebody who was declined may ask again: time for a talk, too long for pestering."""

INVITATION_DAYS: Final = 30
"""Days an invitation by name waits for an answer: longer than a holiday."""

LINK_DAYS: Final = (1, 7, 30)
"""Lives of an invitation link from which one chooses, in days."""

LINK_MOST_USES: Final = 500
"""People who can come in by one link: the largest hall somebody invites from a stage."""

BULK_MOST_ROWS: Final = 2_000
"""Rows of one list of people to add: a large site of the organisation."""

REVIEW_REMIND_DAYS: Final = 7
"""Days after which an unanswered review of a charter is brought up again: the owner had one working week."""

REVIEW_ESCALATE_DAYS: Final = 21
"""Days after which it goes to the knowledge managers: longer than a holiday and the week after it."""

REVIEW_MONTHS: Final = 6
"""Months until the next review of a charter that was renewed without naming a date."""

PINS_AT_ONCE: Final = 4
"""Threads that stand first at once: more would push the questions below the first screen."""

PEOPLE_FLOOR: Final = 3
"""Colleagues of somebody's unit in a community before their number is told: of two the third knows who they are."""

NEWCOMER_DAYS: Final = 90
"""Days for which a member counts as a newcomer."""

HEALTH_DAYS: Final = 30
"""Days that the health of a community looks back on, and compares with as many before."""
