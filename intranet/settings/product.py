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

# The network report
SNA_FLOOR: Final = 10
"""A unit with fewer people is never shown by itself: its people could be guessed."""

SNA_CELL_FLOOR: Final = 5
"""A count that stands for fewer distinct people than this is hidden."""

BROADCAST_AUDIENCE: Final = 5
"""A message to more people than this is an announcement and makes no tie."""

# Moderation
REVIEW_HOURS: Final = 24
"""A case is decided within a day of its first flag."""

HIDDEN_REVIEW_HOURS: Final = 4
"""What flags have hidden is looked at within half a working day: its author waits for it."""

APPEAL_DAYS: Final = 14
"""An author can appeal for two weeks: a holiday does not cost them the right."""

APPEAL_REVIEW_HOURS: Final = 72
"""Another moderator decides an appeal within three days."""

UNDO_HOURS: Final = 24
"""A decision can be taken back for a day; after that the way is an appeal."""

FLAGS_PER_DAY: Final = 10
"""Reports of one person in a day; more come from a quarrel, not from reading."""

FLAGS_PER_DAY_UNRELIABLE: Final = 3
"""Reports in a day of somebody whose reports were mostly found to be about nothing."""

FLAG_PRIOR: Final = 2.0
"""Both parameters of the Beta prior of a flagger's accuracy: it takes about four decided flags to move it much."""

REQUEST_WEIGHT: Final = 2.0
"""A request of those who run the community weighs as much as the most accurate flagger's."""

HIDE_SCORE: Final = 4.0
"""Weighted flags at which a post is hidden until a moderator looks: four people of unknown accuracy."""

HIDE_PEOPLE: Final = 3
"""However accurate they are, two people never hide a post."""

SILENCE_LADDER: Final = (24, 72, 168, 720)
"""Hours of the first, second, third and every further silence of the same person."""

LADDER_MEMORY_DAYS: Final = 365
"""A silence that is older than a year no longer lifts the next one."""

LIKE_CASES_DAYS: Final = 365
"""Decisions of the last year are compared with each other."""

LIKE_CASES_MIN: Final = 3
"""A rate of fewer decisions than this is no rate and is shown as a count alone."""
