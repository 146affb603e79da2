"""What a person can want to do to content; the gate is asked in these words."""

from enum import StrEnum


class Deed(StrEnum):
    """One kind of write. `REPLY` covers answers and comments as well.

    `MANAGE` is what moderators of a place do, `RUN` what only its owners and managers do (members, charter), `REVIEW`
    what is decided about the place as a whole (renew, archive, reopen).
    """

    START = "start"
    REPLY = "reply"
    EDIT = "edit"
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
