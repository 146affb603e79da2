"""What is left of a reply once quotations and signatures are gone."""

import pytest

from intranet.mailin.cutting import MARK, written_in

RLE, POP, LRE, RLM = "\u202b", "\u202c", "\u202a", "\u200f"

REPLIES = [
    ("Thanks\n\nOn Mon, Mar 2, 2026 at 10:22 AM Noa <noa@x.example> wrote:\n\n> hi", "Thanks"),
    ("Fine\n\nOn Mon, 2 Mar 2026 at 10:00, Somebody With A Long Name\n<s@x.example> wrote:\n> q", "Fine"),
    (f"תודה\n\n{RLE}בתאריך יום ג׳, 3 במרץ 2026 ב-10:22 מאת {LRE}Noa{POP}{RLM} <{LRE}noa@x.example{POP}>:{POP}\n> היי",
     "תודה"),
    ("תודה\nשורה שנייה\n\nבתאריך 3 במרץ 2026 בשעה 10:22, נועה <noa@x.example> כתב/ה:\n> x", "תודה\nשורה שנייה"),
    ("בסדר\n\nב-3 במרץ 2026, בשעה 10:22, נועה <noa@x.example> כתבה:\n\n> x", "בסדר"),
    ("Yes\n\n-----Original Message-----\nFrom: x", "Yes"),
    ("כן\n\n-----הודעה מקורית-----\nמאת: x", "כן"),
    ("Yes\n\nFrom: Noa\nSent: Monday\nTo: x\nSubject: y\n\nbody", "Yes"),
    ("כן\n\nמאת: נועה\nנשלח: יום ב\nאל: x\n\nbody", "כן"),
    ("Yes\n\n________________________________\nFrom: Noa", "Yes"),
    ("Yes\n-- \nNoa\nLead of the lab", "Yes"),
    ("כן\n\nנשלח מה-iPhone שלי", "כן"),
    ("Yes\n\nSent from my iPhone", "Yes"),
    (f"Above\n\nsomething unknown {MARK}\nquoted", "Above"),
    ("On Mon, 2 Mar 2026 Noa wrote:\n> Did you?\n> Yes?\n\nI did, below.\n-- \nA", "I did, below."),
    ("On Monday we changed the seal and I wrote:\nall is well", "On Monday we changed the seal and I wrote:\nall is well"),
    ("ביום שני החלפנו את האטם והוא כתב:\nעבד", "ביום שני החלפנו את האטם והוא כתב:\nעבד"),
    ("From: the field\nit works", "From: the field\nit works"),
    ("- one\n- two\n\n1. three", "- one\n- two\n\n1. three"),
    ("> only a quotation\n", ""),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("mail", "said"), REPLIES, ids=range(len(REPLIES)))
def test_only_what_was_written_is_left(mail, said) -> None:
    assert written_in(mail) == said
    assert written_in(mail.replace("\n", "\r\n")) == said


def test_a_long_text_is_cut_in_no_time() -> None:
    text = "On " + "a b 2026 " * 60
    assert written_in("\n".join([text] * 400)).startswith("On a b")
