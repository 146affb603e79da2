"""What the figures say, in words, in Hebrew and English: only what is shown, and only as sure as it is."""

from typing import Any, Final

import numpy as np

from kms.sna.redundancy import pair_key

SILO_LEVEL: Final = 0.35
"""A unit is called a silo when the whole interval of its silo index lies above this level."""

FEW: Final = 5
"""People that a unit must have to be called a silo: three who sit together always keep to themselves."""

FALSE_DISCOVERIES: Final = 0.05
ENOUGH: Final = 5.0
"""Ties that must be expected of a pair before words are made of it: below, a ratio is noise."""

MOST: Final = 5
"""Gaps and bonds that are told in words; the rest is in the matrix."""

Finding = dict[str, Any]


def findings(report: dict[str, Any]) -> list[Finding]:
    """Sentences on a finished, already suppressed report: the whole, silos, gaps, bonds, fragile pairs, change."""
    if not report["meta"]["arcs"]:
        return [
            _finding("empty", [], "There are no ties in this window.", "אין קשרים בחלון הזמן הזה.", False)
        ]
    told = _whole(report) + _silos(report)
    told += _pairs(report, "gap") + _pairs(report, "bond")
    return told + _fragile(report) + _change(report)


def _finding(kind: str, groups: list[str], en: str, he: str, significant: bool) -> Finding:
    return {"kind": kind, "groups": groups, "text_he": he, "text_en": en, "significant": significant}


def _whole(report: dict[str, Any]) -> list[Finding]:
    ei = report["ei"]
    value, expected, p = ei["undirected"]["ei"], ei["expected"], ei["p"]
    if value is None or p is None:
        return []
    sure = p < 0.05
    en, he = ("about as often as", "בערך כמו ") if not sure else _more_or_less(value > expected)
    return [
        _finding(
            "ei",
            [],
            f"Ties cross groups {en} group sizes alone would give: "
            f"E-I {_signed(value)}, by chance {_signed(expected)}.",
            f"הקשרים חוצים קבוצות {he}מה שגודל הקבוצות לבדו היה נותן: "
            f"E-I {_signed(value)}, באקראי {_signed(expected)}.",
            sure,
        )
    ]


def _more_or_less(more: bool) -> tuple[str, str]:
    return ("more than", "יותר מ") if more else ("less than", "פחות מ")


def _silos(report: dict[str, Any]) -> list[Finding]:
    """Groups whose own ties are beyond chance and whose silo index is surely above the agreed level."""
    matrix, told = report["tie_matrix"], []
    for g, name in enumerate(matrix["order"]):
        seen, value = matrix["observed"][g][g], report["silo_index"][name]
        limits = report["intervals"]["silo_index"][name]
        if seen is None or value is None or limits is None or report["meta"]["groups"][name] < FEW:
            continue
        expected = matrix["expected_degree"][g][g]
        if matrix["q"][g][g] >= FALSE_DISCOVERIES or seen <= expected or limits[0] <= SILO_LEVEL:
            continue
        told.append(
            _finding(
                "silo",
                [name],
                f"{_isolate(name)} is closed: {seen} ties stay inside where {_round(expected)} are expected; "
                f"silo index {value:.2f} (95%: {limits[0]:.2f} to {limits[1]:.2f}).",
                f"{_isolate(name)} סגורה: {seen} קשרים נשארים בפנים, והצפוי הוא {_round(expected)}; "
                f"מדד הסתגרות {value:.2f} (95%: {limits[0]:.2f} עד {limits[1]:.2f}).",
                True,
            )
        )
    return told or [_no_silo(report)]


def _no_silo(report: dict[str, Any]) -> Finding:
    """No group is a silo; said so that it is true beside an organisation that leans inward as a whole."""
    ei = report["ei"]
    if ei["p"] is None or ei["p"] >= 0.05 or ei["undirected"]["ei"] > ei["expected"]:
        return _finding("no_silo", [], "No evidence of a silo.", "אין ראיה להסתגרות של קבוצה.", False)
    return _finding(
        "no_silo",
        [],
        "No evidence of a silo: on the whole people lean to their own group, "
        "but no single group is surely closed.",
        "אין ראיה להסתגרות של קבוצה: בסך הכול יש נטייה לקשרים בתוך הקבוצה, אבל אף קבוצה אינה סגורה בוודאות.",
        False,
    )


def _pairs(report: dict[str, Any], kind: str) -> list[Finding]:
    """Pairs of groups with surely fewer (gap) or more (bond) ties than expected, the most marked first."""
    sign = -1 if kind == "gap" else 1
    marked: list[tuple[float, str]] = []
    for key, pair in report["between"].items():
        ratio = float(np.log2((pair["ties"] + 0.5) / (pair["expected"] + 0.5)))
        if pair["expected"] >= ENOUGH and pair["q"] < FALSE_DISCOVERIES and sign * ratio > 0:
            marked.append((-sign * ratio, key))
    return [_pair(report, kind, key) for _, key in sorted(marked)[:MOST]]


def _pair(report: dict[str, Any], kind: str, key: str) -> Finding:
    """One pair in words."""
    order = report["tie_matrix"]["order"]
    names = next([g, h] for g in order for h in order if pair_key(g, h) == key and g != h)
    one, other = map(_isolate, names)
    ties, expected = report["between"][key]["ties"], _round(report["between"][key]["expected"])
    only = ("only ", "רק ") if kind == "gap" else ("", "")
    return _finding(
        kind,
        sorted(names),
        f"{one} and {other} have {only[0]}{_ties(ties)} where {expected} are expected.",
        f"בין {one} ובין {other} יש {only[1]}{_ties_he(ties)}, והצפוי הוא {expected}.",
        True,
    )


def _ties(count: int) -> str:
    return "1 tie" if count == 1 else f"{count} ties"


def _ties_he(count: int) -> str:
    return "קשר אחד" if count == 1 else f"{count} קשרים"


def _fragile(report: dict[str, Any]) -> list[Finding]:
    """How many of the tied pairs hang on one person; which ones is not told."""
    pairs = report["fragile_pairs"]
    if not pairs or not pairs["on_one_person"]:
        return []
    thin, tied = pairs["on_one_person"], pairs["tied"]
    return [
        _finding(
            "fragile",
            [],
            f"{thin} of the {tied} tied pairs of groups hang on one person.",
            f"{thin} מתוך {tied} זוגות הקבוצות הקשורים תלויים באדם אחד.",
            False,
        )
    ]


def _change(report: dict[str, Any]) -> list[Finding]:
    """What the comparison of two windows allows to say."""
    change = report.get("change", {}).get("ei", {})
    if change.get("lo") is None:
        return []
    before, after = _signed(change["before"]), _signed(change["after"])
    low, high = _signed(change["lo"]), _signed(change["hi"])
    if change["significant"]:
        way = ("outward", "החוצה") if change["difference"] > 0 else ("inward", "פנימה")
        en = f"Ties turned {way[0]}: E-I went from {before} to {after} (95% of the change: {low} to {high})."
        he = f"הקשרים פנו {way[1]}: E-I עבר מ־{before} ל־{after} (95% לשינוי: {low} עד {high})."
    else:
        en = f"No evidence of change: E-I was {before} and is {after} (95% of the change: {low} to {high})."
        he = f"אין ראיה לשינוי: E-I היה {before} ועכשיו {after} (95% לשינוי: {low} עד {high})."
    return [_finding("change", [], en, he, change["significant"])]


def _isolate(name: str) -> str:
    """The name kept apart from the direction of the sentence (U+2068 … U+2069)."""
    return f"\u2068{name}\u2069"


def _signed(value: float) -> str:
    """A signed number that keeps its sign on the left in both directions."""
    rounded = round(value, 2) + 0.0  # adding nothing turns -0.0 into 0.0
    return f"\u2066{rounded:+.2f}\u2069".replace("-", "−")


def _round(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"
