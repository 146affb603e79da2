"""Every number that is a decision about the product and not about a machine, with its reason."""

from typing import Final

# What people write
TITLE_MAX: Final = 200
"""Characters of a title: two lines on a wide screen."""

MAX_TAGS: Final = 5
"""Topics of one post: more would make every post appear under every topic."""

WRITES_PER_MINUTE: Final = 30
"""Posts, edits and votes of one person: far above what a hand can do, far below what a script would."""

REACH_WARNING: Final = 20
"""A mention of groups that tells more people than this is confirmed first: it takes an hour of the organisation's time."""

REACH_LIMIT: Final = 300
"""More people than this are told only by those who are trusted with it; for the others there are announcements."""

# Attachments
ATTACHMENT_MAX_BYTES: Final = 20 * 1024 * 1024
"""Bytes of one file: a long scanned manual fits, a video does not."""

ATTACHMENT_MAX_PIXELS: Final = 24_000_000
"""Pixels of one picture, asked before it is decoded: a 10 kB PNG can want 400 MB of memory."""

ATTACHMENT_SMALL_SIDE: Final = 1_280
"""Longest side of the picture shown in a text: twice the width of a post, for sharp screens."""

ATTACHMENTS_A_DAY: Final = 100
"""Files of one person in a day."""

ATTACHMENT_BYTES_A_DAY: Final = 300 * 1024 * 1024
"""Bytes of one person in a day: fifteen of the largest files."""

ATTACHMENT_ORPHAN_DAYS: Final = 7
"""Days for which a file waits for the text that it was meant for."""

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
