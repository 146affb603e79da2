"""What a person can want to do to content; the gate is asked in these words."""

from enum import StrEnum


class Deed(StrEnum):
    """One kind of write. `REPLY` covers answers and comments as well.

    `MANAGE` is what moderators of a place do, `RUN` what only its owners and managers do (members, charter), `REVIEW`
    what is decided about the place as a whole (renew, archive, reopen).
    `MOVE` takes a thread out of its space and `TAKE` takes it into another, `GIVE_BACK` returns
    it to where it came from, `MERGE` makes a community part of another one, its threads included; `RESHAPE` merges and splits threads, `CONVERT` changes what kind of post something is. `POLL` puts a poll on a thread, `BALLOT` votes in it.
    """

    START = "start"
    REPLY = "reply"
    EDIT = "edit"
    ATTACH = "attach"
    REACT = "react"
    ACCEPT = "accept"
    FLAG = "flag"
    DECIDE = "decide"
    PUBLISH = "publish"
    JOIN = "join"
    LEAVE = "leave"
    MANAGE = "manage"
    RUN = "run"
    REVIEW = "review"
    MOVE = "move"
    TAKE = "take"
    GIVE_BACK = "give_back"
    MERGE = "merge"
    RESHAPE = "reshape"
    CONVERT = "convert"
    POLL = "poll"
    BALLOT = "ballot"
