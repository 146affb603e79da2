"""What the gallery shows: an invented company, in both languages. Nobody here is real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language

from intranet.ui.forms import ChipsInput, EditorInput, Form, TitleInput


def t(english: str, hebrew: str) -> str:
    """The text in the language of the page; sample content is not interface and has no catalogue."""
    return hebrew if get_language() == "he" else english


@dataclass(frozen=True)
class Unit:
    label: str
    colour: int


@dataclass(frozen=True)
class Person:
    username: str
    display_name: str
    title: str
    unit: Unit

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.display_name.split()[:2])

    @property
    def colour(self) -> int:
        return self.unit.colour


@dataclass(frozen=True)
class Topic:
    slug: str
    label: str


def people() -> dict[str, Person]:
    """Four people of four units."""
    rows = [
        (
            "noa",
            ("Noa Tiltan", "נועה תלתן"),
            ("Mechanical engineer", "מהנדסת מכונות"),
            ("Mechanics", "מכונות"),
            1,
        ),
        (
            "alex",
            ("Alex Dromi", "אלכס דרומי"),
            ("Motor-drive lead", "ראש צוות הנעות"),
            ("Electronics", "אלקטרוניקה"),
            2,
        ),
        (
            "samer",
            ("Samer Nahlawi", "סאמר נחלאווי"),
            ("Reliability engineer", "מהנדס אמינות"),
            ("Quality", "איכות"),
            4,
        ),
        (
            "hiba",
            ("Hiba Zeituni", "היבא זייתוני"),
            ("Field service lead", "ראש צוות שירות"),
            ("Field service", "שירות שטח"),
            5,
        ),
    ]
    return {key: Person(key, t(*name), t(*title), Unit(t(*unit), n)) for key, name, title, unit, n in rows}


class SampleForm(Form):
    """One field of every kind, with hints; bound, it shows errors."""

    title = forms.CharField(label="Question", widget=TitleInput, required=True)
    part = forms.CharField(label="Part code", required=False)
    email = forms.EmailField(label="E-mail", required=False)
    place = forms.ChoiceField(label="Community", choices=[("a", "Actuators"), ("f", "Firmware")])
    source = forms.CharField(label="Details", widget=EditorInput(rows=4), required=False)
    follow = forms.BooleanField(label="Follow", required=False)
    scope = forms.MultipleChoiceField(
        label="Locked",
        choices=[("r", "Replies"), ("v", "Votes")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    tell = forms.MultipleChoiceField(
        choices=[("ai_assisted", ""), ("outside", "")], widget=ChipsInput, required=False
    )
    digest = forms.ChoiceField(
        label="Digest", choices=[("w", "Weekly"), ("d", "Daily")], widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = {
            "title": t("Question", "השאלה"),
            "part": t("Part code", "קוד חלק"),
            "email": t("E-mail", "דואר אלקטרוני"),
            "place": t("Community", "קהילה"),
            "source": t("Details", "פרטים"),
            "follow": t("Follow the answers", "לעקוב אחרי התשובות"),
            "scope": t("What is locked", "מה נעול"),
            "tell": t("Anything readers should know?", "משהו שהקוראים צריכים לדעת?"),
            "digest": t("Digest", "תקציר"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["part"].help_text = t("As printed on the drawing", "כפי שמודפס בשרטוט")
        self.fields["place"].choices = [("a", t("Actuators", "מפעילים")), ("f", t("Firmware", "קושחה"))]
        self.fields["scope"].choices = [("r", t("Replies", "תגובות")), ("v", t("Votes", "הצבעות"))]
        self.fields["tell"].choices = [
            ("ai_assisted", t("Written with AI help", "נכתב בעזרת בינה מלאכותית")),
            ("outside", t("From an outside source", "ממקור חיצוני")),
        ]
        self.fields["digest"].choices = [("w", t("Weekly", "שבועי")), ("d", t("Daily", "יומי"))]

    def clean_part(self) -> str:
        part = self.cleaned_data["part"]
        if part == "6204":
            raise forms.ValidationError(
                t("Add the suffix, for example 6204-2RS.", "יש להוסיף סיומת, למשל 6204-2RS.")
            )
        return part


def _moments(now: datetime) -> list[datetime]:
    return [
        now - timedelta(seconds=20),
        now - timedelta(minutes=12),
        now - timedelta(hours=5),
        now - timedelta(days=1),
        now - timedelta(days=3),
        now - timedelta(days=40),
        now - timedelta(days=500),
        now + timedelta(days=1),
    ]


def _options() -> list[dict[str, Any]]:
    return [
        {"label": t("Questions", "שאלות"), "url": "#questions", "current": True, "count": 17},
        {"label": t("Discussions", "דיונים"), "url": "#discussions", "count": 4},
        {"label": t("Ideas", "רעיונות"), "url": "#ideas", "count": 0},
    ]


def samples() -> dict[str, Any]:
    """The gallery's context."""
    cast = people()
    now = timezone.now()
    typed = {"title": t("Which grease for deep cold?", "איזה גריז לקור קיצוני?"), "place": "a"}
    return {
        "t": {
            "title": t(
                "Why does holding torque on AX-40 drift after the burn-in?",
                "למה מומנט ההחזקה ב־AX-40 נסחף אחרי ההרצה?",
            ),
            "text": t(
                "The current loop keeps the offset it learned while cold. Run the zero again above 45 °C.",
                "חוג הזרם שומר את ההיסט שלמד כשהמנוע קר. מאפסים שוב מעל 45°C.",
            ),
            "blog": t(
                "What forty returned gearboxes taught the night shift",
                "מה ארבעים תיבות הילוכים לימדו את משמרת הלילה",
            ),
            "clause": t(
                "“Prices that are still being negotiated stay in the Purchasing space until the contract is signed.”",
                "״מחירים שעדיין במשא ומתן נשארים במרחב של הרכש עד לחתימת החוזה.״",
            ),
            "policy": t("Working with suppliers", "עבודה עם ספקים"),
            "mixed": t(
                "חלון תחזוקה ב־MES ביום ג׳, בין 18:00 ל־20:30", "Offset jumps when rig B is near the oven"
            ),
        },
        "noa": cast["noa"],
        "people": list(cast.values()),
        "tags": [Topic("ax-40", "AX-40"), Topic("torque", t("torque", "מומנט"))],
        "colours": [Unit("", n) for n in range(1, 9)],
        "moments": _moments(now),
        "soon": now + timedelta(days=14),
        "spans": [timedelta(minutes=40), timedelta(hours=5, minutes=10), timedelta(days=3)],
        "empty_form": SampleForm(initial=typed, prefix="empty"),
        "wrong_form": SampleForm(
            {"wrong-part": "6204", "wrong-email": "no", "wrong-place": "a"}, prefix="wrong"
        ),
        "options": _options(),
        "crumbs": [(t("Actuators", "מפעילים"), "#top"), (t("Question", "שאלה"), "")],
        "pairs": [
            (t("Asked", "נשאלו"), t("Alex, Samer", "אלכס, סאמר")),
            (t("Promise", "ההבטחה"), t("Kept", "קוימה")),
        ],
        "verdict": {
            "code": "locked",
            "message": t("This post was locked while you were writing.", "הפוסט ננעל בזמן שכתבת."),
            "detail": {
                "url": "#lock",
                "policy": t("Working with suppliers", "עבודה עם ספקים"),
                "clause": "4.2",
            },
        },
    }
