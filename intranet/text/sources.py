"""What every source passes before anything reads it."""

from __future__ import annotations

import re
from typing import Final

from intranet.text.errors import BadText, TooLong
from intranet.text.lines import BIDI_CONTROLS

LIMIT: Final = 20_000
"""Characters of one text. Longer ones are refused before parsing: 20 KB of `![` cost 22 times as much as prose."""

_CANNOT_BE_STORED = re.compile("[\u0000\ud800-\udfff]")


def checked(source: str) -> str:
    """`source` ready to parse: not too long (`TooLong`), storable (`BadText`), without direction controls.

    Direction controls could turn around what stands after them, also inside code; each block gets its direction from
    its own letters instead.
    """
    if len(source) > LIMIT:
        raise TooLong(len(source), LIMIT)
    if bad := _CANNOT_BE_STORED.search(source):
        raise BadText(bad.start())
    return BIDI_CONTROLS.sub("", source)
