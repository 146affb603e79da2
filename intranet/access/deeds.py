"""What a person can want to do to content; the gate is asked in these words."""

from enum import StrEnum


class Deed(StrEnum):
    """One kind of write. `REPLY` covers answers and comments as well."""

    START = "start"
    REPLY = "reply"
    EDIT = "edit"
    REACT = "react"
    ATTACH = "attach"
    ACCEPT = "accept"
    FLAG = "flag"
    DECIDE = "decide"
    PUBLISH = "publish"
    JOIN = "join"
    MANAGE = "manage"
