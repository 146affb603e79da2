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

REACH_WARNING: Final = 20
"""A mention of groups that tells more people than this is confirmed first: it takes an hour of the organisation's time."""

REACH_LIMIT: Final = 300
"""More people than this are told only by those who are trusted with it; for the others there are announcements."""

# Following
BOOKMARK_NOTE_MAX: Final = 240
"""Characters of a note on a bookmark: why I kept this, in a line or two."""

DIGEST_LINES: Final = 20
"""Threads in one mail; what is more is counted, and read in the inbox."""

LETTERS_AT_ONCE: Final = 50
"""Mails of their own in one go to one person; what is more waits for the next one, minutes later."""

MAIL_REPLY_DAYS: Final = 30
"""How long one can reply to a mail: an answer after a month belongs on the page, where one sees what came since."""

MAIL_MAX_BYTES: Final = 10_000_000
"""The largest message that is read. Attachments are left out, but phones send them along."""

DIGEST_DAY: Final = 6
"""Day of the weekly mail, Monday being 0: Sunday, when the working week begins."""

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

ANONYMOUS_A_DAY: Final = 3
"""Anonymous questions of one person in a day: nobody can be asked to stop, so the number does it."""

ASKED_OF_UNIT: Final = 3
"""People who are asked when a question is put to a unit: one may be away, ten would each leave it to the others."""

ASKED_EXPERTS: Final = 5
"""Experts of a community who are asked when a question is put to them."""

URGENT_A_MONTH: Final = 2
"""Questions that one person marks as urgent in a calendar month: what is scarce keeps its meaning."""

URGENT_SHARE: Final = 0.5
"""How much earlier the clock of an urgent question speaks; the promise itself stays what it is."""

CANNED_MOST: Final = 50
"""Ready answers of one community: more are not found again."""

ARTICLE_REVIEW_DAYS: Final = 180
"""Days after which somebody looks whether an article is still true, unless its owner chooses otherwise."""

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

ARTICLE_FALLBACK_DAYS: Final = 7
"""Days after which a review that its owner has not done goes to the fall-back owner."""

ARTICLE_MANAGERS_DAYS: Final = 21
"""Days after which it goes to the knowledge managers."""

MERGE_BATCH: Final = 20
"""Threads, or people, that one step of a merger of communities carries: writers wait for no longer than a second."""

MERGE_AT_ONCE: Final = 60
"""Threads and people up to which a merger is done before the page answers; a bigger one is left to the worker."""

PINS_AT_ONCE: Final = 4
"""Threads that stand first at once: more would push the questions below the first screen."""

PEOPLE_FLOOR: Final = 3
"""Colleagues of somebody's unit in a community before their number is told: of two the third knows who they are."""

NEWCOMER_DAYS: Final = 90
"""Days for which a member counts as a newcomer."""

HEALTH_DAYS: Final = 30
"""Days that the health of a community looks back on, and compares with as many before."""

# Moderation
REVIEW_HOURS: Final = 24
"""A case is decided within a day of its first flag."""

HIDDEN_REVIEW_HOURS: Final = 4
"""What flags have hidden is looked at within half a working day: its author waits for it."""

APPEAL_DAYS: Final = 14
"""An author can appeal for two weeks: a holiday does not cost them the right."""

APPEAL_REVIEW_HOURS: Final = 72
"""Another moderator decides an appeal within three days."""

DECISION_UNDO_HOURS: Final = 24
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

LIKENESS_MIN: Final = 20
"""Decided posts under a clause before anything is said to be like them: fewer are an anecdote."""

LIKENESS_THRESHOLD: Final = 0.8
"""How likely a likeness has to be before it is suggested. Naive Bayes is too sure of itself, so this is no probability."""

LIKENESS_EXAMPLES: Final = 4_000
"""The latest decisions, and as many flags and ordinary posts, that are learned from: seconds of work, a night's task."""

LIKENESS_AT_ONCE: Final = 500
"""New posts that are looked at in one go, every ten minutes."""

LIKE_CASES_DAYS: Final = 365
"""Decisions of the last year are compared with each other."""

LIKE_CASES_MIN: Final = 3
"""A rate of fewer decisions than this is no rate and is shown as a count alone."""
RULE_TRY_DAYS: Final = 30
"""Days back on which a rule is tried: long enough to meet every rhythm of work, short enough to count at once."""

RULE_TRY_SAMPLES: Final = 20
"""Posts that are shown for a tried rule: enough to see where it goes wrong, few enough to read them all."""

RULE_TRY_AT_ONCE: Final = 5_000
"""Posts that a rule is tried on while its author waits (two seconds); more are counted in the background."""

# Policies
CLAUSE_WORDS_MAX: Final = 120
"""Words of a clause in one language: what stands on one screen of a phone without scrolling."""

REMIND_AFTER_DAYS: Final = 7
"""Days after which whoever has not acknowledged a policy is reminded, and again as often after that."""

REMINDERS_MAX: Final = 3
"""Reminders of one version to one person: after that it is a talk between people."""

REVIEW_NOTICE_DAYS: Final = 14
"""Days before its review date on which a policy begins to wait for its owner."""

REVIEW_AGAIN_MONTHS: Final = 12
"""Months until the next review when the owner says that a policy is still right."""

SNA_HARD_FLOOR: Final = 5
"""Two people together may agree to name units down to this size; below, nobody can."""

SNA_PAIR_FLOOR: Final = 5
"""Totals about consent, surveys and introductions are told only when at least this many people stand behind them."""

SNA_FREEZE_DAYS: Final = 400
"""How long the ties behind a report are kept so that it can be computed again: a year and a month to ask why."""

SNA_DRAWN_PEOPLE: Final = 2_000
"""People in one drawing at most: more is a ball of wool."""

INTRODUCTION_DAYS: Final = 14
"""How long two people have to answer. Only then does an introduction show as not come about, whoever said what."""

INTRODUCTIONS_OPEN: Final = 3
"""Introductions that wait on one person at most: more is pestering."""

SURVEY_NAMES: Final = 20
"""Colleagues that one person can name in a survey: people recall fewer that they really turn to."""

SNA_HOLD_OUT: Final = True
"""Whether a draw keeps half of the eligible pairs back, so that one can see whether introducing works."""

# What is kept, and for how long
AUDIT_BATCH: Final = 500
"""Entries of the audit trail that are sealed together: one digest names the batch, the leaves in it the row."""

AUDIT_PAGE: Final = 50
"""Entries on one page of the audit trail."""

KEEP_NOTIFICATIONS: Final = timedelta(days=180)
"""Notices that were read, after half a year: the post itself is still there."""

KEEP_DRAFTS: Final = timedelta(days=365)
"""Drafts nobody touched for a year."""

KEEP_REVOKED_TOKENS: Final = timedelta(days=365)
"""Tokens of programs after they were revoked: long enough to find out what one was used for."""

KEEP_FAILED_JOBS: Final = timedelta(days=30)
"""Background work that failed for good: the administrator had a month to look at it."""

KEEP_TAKEOUTS: Final = timedelta(days=7)
"""Copies of a person's data: a file with everything about somebody does not lie about."""

KEEP_RECEIVED_MAILS: Final = timedelta(days=90)
"""Which messages came in by mail: three times as long as an address takes replies, so that none is posted twice."""

KEEP_ADMIN_LOG: Final = timedelta(days=730)
"""Lines of the desks of Django and Wagtail about who changed which row: what matters of them is in the audit trail."""

TAKEOUTS_A_DAY: Final = 3
"""Copies of one person's data in a day: each is hundreds of queries."""
