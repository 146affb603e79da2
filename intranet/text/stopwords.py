"""Words too frequent to search for."""

from __future__ import annotations

from typing import Final

HEBREW: Final = frozenset(
    """
    של את על עם אל מן כי אם או אבל אך גם רק לא כן אין יש אז כל כמו כדי לפי עד בין אצל תחת
    זה זו זאת אלה אלו הזה הזו הזאת האלה האלו הוא היא הם הן אני אנחנו אנו אתה אתם אתן
    שלי שלך שלו שלה שלנו שלכם שלהם לי לך לו לה לנו לכם להם בו בה בהם אותו אותה אותי אותם אותנו
    מה מי איך למה מתי איפה היכן האם מדוע כמה איזה איזו אילו
    היה היתה הייתה היו יהיה תהיה להיות עוד כבר מאד מאוד יותר פחות אחרי לפני כאשר כש מאשר אולי שוב שם פה כאן
    וגם ולא ואם ועל וזה וכל ויש ואין ואז והוא והיא שלא שזה שיש שאין שהוא שהיא שהם לכל בכל מכל הכל הכול כך ככה
    """.split()  # noqa: SIM905  a block of words reads better than a list of strings
)
ENGLISH: Final = frozenset(
    """
    a an and are as at be been being but by can could did do does doing for from had has have how i if in into is it
    its me my no not of off on or our out over she he her his him so some such than that the their them then there
    these they this those to too under up us was we were what when where which while who whom why will with would you
    your am any all also about after again because before between both each just more most only other own same should
    very here dont doesnt didnt isnt arent cant wont im ive
    """.split()  # noqa: SIM905
)
