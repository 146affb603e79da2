"""Which words of a text a query finds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.text.tokens import LONGEST, query_tokens, terms, tokens


def finds(query, text):
    """Whether every word of `query` shares a form with `text`."""
    held = set(tokens(text))
    words = query_tokens(query)
    return bool(words) and all(held & set(forms) for forms in words)


HEBREW = """
קהילה הקהילות | קהילה בקהילת | קהילה שבקהילה | קהילות לקהילה | שאלה שאלות | שאלה השאלה | שאלה שאלתי | תשובה התשובות
תשובה תשובותיהם | מנוע המנועים | מנוע מהמנוע | מנועי כשהמנוע | מדיניות המדיניות | מדיניות במדיניות | קו בקו | קו הקווים
קו ובקו | שנה השנים | שנה שנות | בעיה הבעיות | איכות האיכויות | עלות עלויות | אפשרות האפשרויות | שירות השירותים
צוות הצוותים | צוות לצוותנו | תקלה התקלות | חיישן החיישנים | דוח הדוחות | דו״ח דוחות | לקוח ללקוחות | עובד העובדות
עובדים עובדי | שינוי השינויים | טכני טכניות | טכנית טכניים | נוהל הנהלים | כלי הכלים | איש לאנשים | היסט ההיסט
היסט היסטים | אישור אישורו | ערך שערכי | מסב המסבים | גלאי גלאים | בדיקה ולבדיקות | וועדה הועדה | ועדה הוועדות
כתבו כתבתי | מפעל שבמפעלים | מהנדס מהנדסות | חוזה לחוזים | ספק הספקים | ידע הידע | לוח בלוחות | הרצה בהרצות
נתון הנתונים | ציר לצירים | חום בחום | ליקוי הליקויים | מַפְעִיל המפעילים | מנכ״ל המנכ"ל | בין־לאומי בין-לאומי
בין-לאומי בינלאומי | בית ספר בבית־ספר
"""
HEBREW_PAIRS = [
    pair.strip().rsplit(" ", 1) for line in HEBREW.strip().splitlines() for pair in line.split("|")
]
HEBREW_APART = [
    ("שאלה", "אלה"),
    ("משוב", "שוב"),
    ("מדיניות", "מדינה"),
    ("הנעה", "נעה"),
    ("החזקה", "חזקה"),
    ("מחיר", "חיר"),
    ("בקר", "קר"),
    ("המתנה", "מתנה"),
    ("מים", "ים"),
    ("כניסה", "ניסה"),
    ("מפעיל", "פעיל"),
    ("למידה", "מידה"),
    ("שלם", "לם"),
]
ENGLISH = """
motor motors | policy policies | stop stopped | stop stopping | calibrate calibration | calibrated calibrates
install installed | control controlled | wire wiring | box boxes | class classes | case cases | cache caches
release released | apply applied | apply applying | connect connection | process processes | bearing bearings
drive driving | setting settings | torque torques | assembly assemblies | person people | write written | hold held
index indices | failure failures | test testing | map mapped | fix fixes | use uses | share sharing | decide decided
battery batteries | quick quickly | tie ties | tie tied | cancel cancelled | agree agreed | see seen | error errors
engineer engineer's | shouldn't shouldnt | Kraków krakow | MOTOR motor
"""
ENGLISH_APART = [
    ("string", "str"),
    ("status", "statu"),
    ("bring", "br"),
    ("business", "busy"),
    ("news", "new"),
]


def pairs(block):
    return [pair.strip().rsplit(" ", 1) for line in block.strip().splitlines() for pair in line.split("|")]


@pytest.mark.parametrize(("query", "text"), pairs(HEBREW) + pairs(ENGLISH))
def test_another_form_is_found_both_ways(query, text):
    assert finds(query, text)
    assert finds(text, query)


@pytest.mark.parametrize(("query", "text"), HEBREW_APART + ENGLISH_APART)
def test_another_word_is_not_found(query, text):
    assert not finds(query, text)


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("AX-40", "מומנט ב־AX-40 נסחף", True),
        ("ax40", "the AX-40 rig", True),
        ("AX-40", "the ax40 rig", True),
        ("AX-40", "מנוע ב-AX-40", True),
        ("AX-40", "AX-41 and 40", False),
        ("40", "AX-40", True),
        ("6204-2RS", "bearing 6204-2RS", True),
        ("6204", "bearing 6204-2RS", True),
        ("6204-2RS", "bearing 6204-2Z", False),
        ("mc7-2.14.1", "firmware mc7-2.14.1.", True),
        ("2.14.1", "firmware mc7-2.14.1.", True),
        ("mc7-2.14.1", "firmware mc7-2.14.2", False),
        ("limits.yaml", "see /srv/ax40/limits.yaml", True),
        ("limits.yaml", "see limits.yaml", True),
        ("limits", "see limits.yaml", True),
        ("burn-in", "after the burn in", True),
        ("burnin", "after the burn-in", True),
        ("example.org", "noa@example.org", True),
    ],
)
def test_codes_are_found_whole_and_in_parts(query, text, found):
    assert finds(query, text) is found


@pytest.mark.parametrize("query", ["של על את", "the of and", "ו", "", "!?", "ה־ ב־"])
def test_a_query_of_nothing_asks_for_nothing(query):
    assert query_tokens(query) == []


def test_forms_of_one_word_stay_together_and_in_order():
    assert terms("המנועים של AX-40 stopped") == [
        ("המנועימ", "המנוע", "מנועימ", "מנוע"),
        ("ax-40", "ax40", "ax", "40"),
        ("stopped", "stop"),
    ]


@settings(deadline=None)
@given(st.text())
def test_any_text_gives_usable_forms(text):
    for form in tokens(text):
        assert 0 < len(form) <= LONGEST
        assert not any(char.isspace() or char in "\0'\\" for char in form)


@settings(deadline=None)
@given(st.text(alphabet="אבהוילמנשתםן abcdeginsty-.4", max_size=40))
def test_every_text_finds_itself(text):
    assert finds(text, text) or query_tokens(text) == []
