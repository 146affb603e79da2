"""Every text of the interface has its Hebrew, with the same blanks to fill in."""

import re
from collections.abc import Iterator
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.architecture.sources import ROOT, python_files, templates

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
BLANK = re.compile(r"%\(\w+\)s|\{\w*\}|%s|%d")


def messages() -> Iterator[tuple[str | tuple[str, str], str | None, str]]:
    """Each text to translate: (text or (singular, plural), context, file it is in)."""
    for path in [*python_files(), *templates()]:
        source = path.read_text()
        if path.suffix != ".py":
            # Python is picky about the indentation of what is not Python.
            source = "\n".join(line.strip() for line in templatize(source).splitlines())
        where = str(path.relative_to(ROOT))
        for _line, text, _comments, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
            texts = tuple(part for part in text if part) if isinstance(text, tuple) else text
            yield (texts, context, where)


def hebrew() -> Catalog:
    """What is translated."""
    with (ROOT / "locale" / "he" / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale="he")


def test_every_text_has_its_hebrew() -> None:
    catalogue = hebrew()
    missing = set()
    for text, context, where in messages():
        known = catalogue.get(text[0] if isinstance(text, tuple) else text, context)
        done = (
            known
            and not known.fuzzy
            and known.string
            and all(known.string if isinstance(text, tuple) else [known.string])
        )
        if not done:
            missing.add(f"{where}: {text}")
    assert sorted(missing) == []


def test_translations_have_the_blanks_of_their_texts() -> None:
    wrong = []
    for message in hebrew():
        if not message.id or message.fuzzy:
            continue
        plural = message.pluralizable
        pairs = zip(message.id, message.string, strict=True) if plural else [(message.id, message.string)]
        for place, (source, translation) in enumerate(pairs):
            needed, given = set(BLANK.findall(source)), set(BLANK.findall(translation))
            # A singular may do without its figure: "one answer".
            spared = 1 if plural and place == 0 else 0
            if translation and (not given <= needed or len(needed - given) > spared):
                wrong.append(f"{source!r} -> {translation!r}")
    assert wrong == []
