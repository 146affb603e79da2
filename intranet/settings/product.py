"""Every number that is a decision about the product and not about a machine, with its reason."""

from datetime import timedelta
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

# Threads that are moved, merged, split or converted
UNDO_HOURS: Final = timedelta(hours=24)
"""How long such a change can be taken back: a day, so that whoever comes back tomorrow can still object."""

SPLIT_CHOICES: Final = 100
"""Later posts that the page for splitting offers to take along."""

MERGE_CHOICES: Final = 8
"""Threads that the page for merging suggests."""

# Polls
POLL_OPTIONS: Final = 12
"""Options of one poll: what can be compared at a glance."""

# The network report
SNA_FLOOR: Final = 10
"""A unit with fewer people is never shown by itself: its people could be guessed."""

SNA_CELL_FLOOR: Final = 5
"""A count that stands for fewer distinct people than this is hidden."""

BROADCAST_AUDIENCE: Final = 5
"""A message to more people than this is an announcement and makes no tie."""
