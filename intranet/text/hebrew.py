"""Light stemming of Hebrew: which other forms of a word should find it.

No dictionary. A word is read in every way that its letters allow: particles taken off the front, plural, construct
and possessive endings off the back. All readings are kept beside the word itself, so nothing that was found before
stemming is lost; a wrong reading costs a weak extra match, never a missing one.
"""

from __future__ import annotations

import re
from typing import Final

from intranet.text.stopwords import HEBREW as STOP_WORDS

WORD: Final = re.compile("[א-ת]+")
_FINALS = str.maketrans("ךםןףץ", "כמנפצ")
_DOUBLED = re.compile("(?<=.)(וו|יי)(?=.)")

_PARTICLES = re.compile(
    """
    (?P<and>ו)?
    (?P<that>לכש|כש|מש|ש)?
    (?P<to>ה|מה|כה|[בכלמ])?
    """,
    re.VERBOSE,
)
_FUSED = re.compile("ו?[הבל]|ו?כ?שה")
"""Particles that may leave a word of two letters: הקו, בקו, לקו. Others would tear apart roots such as שלם."""

_ENDINGS = (
    ("ותיהמ", 2), ("ותיהנ", 2), ("ותיכמ", 2), ("ותינו", 2), ("ותיו", 2), ("ותיה", 2), ("ותי", 2),
    ("יהמ", 3), ("יהנ", 3), ("יכמ", 3), ("ינו", 3),
    ("ויות", 2), ("יות", 3), ("ות", 2), ("ימ", 2), ("ית", 3), ("יו", 3), ("יה", 3), ("נו", 3), ("תו", 3), ("תה", 3), ("תי", 3),
    ("ה", 3), ("ת", 3), ("י", 3), ("ו", 3),
)  # fmt: skip
"""Endings in normal letters, longest first, with the fewest letters that must stay before each."""

WHOLE: Final = frozenset(
    """
    שאלה תשובה מדיניות מדינה משוב משמרת מחלקה מחיר מחשב מנהל מנוע מסמך מספר מפעל מפעיל מקרה מקום מוצר מומחה מודול
    מערכת מפתח מפרט מבחן מהנדס מתח מתקן מחסן מכונה מכירה מבנה מידע מטרה מים משרד מכתב מסירה מנוי מסך משקל מדד
    בקר בקרה בדיקה בעיה בטיחות בנק בסיס בעלים ברגים בורג בלם
    לקוח לוח למידה לחץ ליבה לבן לחצן
    כלי כלים כתובת כנס כניסה כיול כבל כוח כרטיס כשל
    הגדרה הודעה הזמנה הנחיה הסבר העברה הפעלה הצעה הרשאה התקנה החלטה הדרכה היסט הסכם הערה הרצה החזקה הנעה המתנה
    שרת שעון שינוי שירות שער שיפור שלד שאיבה שמן שבב שחיקה שגיאה שטח שם שנה שלב שיטה שבוע שולחן שכר שנים
    ועד ועדה ותק וידאו וסת
    """.split()  # noqa: SIM905  a block of words reads better than a list of strings
)
"""Frequent words that begin like a particle and would leave another real word behind (משוב, שוב; שאלה, אלה; הנעה, נעה).
They keep their first letter."""

_IRREGULAR = {
    "כלימ": "כלי", "בתימ": "בית", "ערימ": "עיר", "אנשימ": "איש", "נשימ": "אישה", "שנימ": "שנה", "ימימ": "יומ",
    "מדיניות": "מדיניות", "איכויות": "איכות", "נהלימ": "נוהל",
}  # fmt: skip


def normal(word: str) -> str:
    """`word` in normal letters: no final forms, and a doubled vav or yod inside counts once (both spellings are in use).

    >>> normal("שינויים"), normal("קווים"), normal("צוות")
    ('שינוימ', 'קוימ', 'צות')
    """
    return _DOUBLED.sub(lambda pair: pair.group()[0], word.translate(_FINALS))


_STOP_WORDS = frozenset(normal(word) for word in STOP_WORDS)
_WHOLE = frozenset(normal(word) for word in WHOLE)


def is_stop_word(word: str) -> bool:
    """Whether `word`, in normal letters, is too frequent to search for."""
    return word in _STOP_WORDS


def readings(word: str) -> list[str]:
    """`word`, in normal letters, and every form it may be read as, itself first.

    >>> readings(normal("בקהילות"))
    ['בקהילות', 'בקהיל', 'קהילות', 'קהיל']
    >>> readings(normal("המנועים"))
    ['המנועימ', 'המנוע', 'מנועימ', 'מנוע']
    """
    found: dict[str, None] = {}
    for form in (word, *_without_particles(word)):
        found[form] = None
        if (stem := _without_ending(form)) != form:
            found[stem] = None
    return [form for form in found if form == word or form not in _STOP_WORDS]


def _without_particles(word: str) -> list[str]:
    """What stays when particles are taken off the front, shortest particle first; nothing for a word that is `WHOLE`."""
    rests: list[str] = []
    for cut in range(1, min(len(word) - 1, 6)):
        if _is_whole(word[cut - 1 :]):
            break
        front, rest = word[:cut], word[cut:]
        if len(rest) >= (2 if _FUSED.fullmatch(front) else 3) and _PARTICLES.fullmatch(front):
            rests.append(rest)
    return rests


def _is_whole(word: str) -> bool:
    return word in _WHOLE or _without_ending(word) in _WHOLE_STEMS


def _without_ending(word: str) -> str:
    """`word` without its plural, feminine, construct or possessive ending.

    A feminine plural of a two-letter root goes back to its singular: שנות becomes שנה.
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            stem = word[: -len(ending)]
            return f"{stem}ה" if len(stem) == 2 and ending in {"ות", "ויות"} else stem
    return word


_WHOLE_STEMS = frozenset(_without_ending(word) for word in _WHOLE)
