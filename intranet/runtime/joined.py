"""Style sheets and scripts that import others are served as one file.

While a developer works, `css/site.css` and `js/kesher.js` import their parts one by one. When files are collected, each
import is replaced by what it names, so a cold page asks for one sheet and one script. No bundler is needed: the parts
are plain files, and scripts use named imports and exports only.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

JOINED: Final = ("css/site.css", "js/kesher.js")

_CSS_IMPORT: Final = re.compile(r'^@import (?:url\()?"([^"]+)"\)?;\n?', re.MULTILINE)
_JS_IMPORT: Final = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n?', re.MULTILINE)
_JS_EXPORT: Final = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)

Read = Callable[[str], str]
"""The text of a file, by its name below the folder of static files."""


def join_css(name: str, read: Read) -> str:
    """The sheet `name` with each `@import "…";` replaced by the sheet it names. All must lie in one folder.

    >>> join_css("css/a.css", {"css/a.css": '@import "b.css";\\np {}', "css/b.css": "b {}\\n"}.__getitem__)
    'b {}\\np {}'
    """
    return _CSS_IMPORT.sub(lambda found: join_css(_beside(name, found[1]), read), read(name))


def join_js(name: str, read: Read) -> str:
    """The module `name` and all it imports as one module; each part keeps its names to itself.

    >>> files = {"a.js": 'import { b } from "./b.js";\\nb();\\n', "b.js": "export function b() {}\\n"}
    >>> print(join_js("a.js", files.__getitem__))
    const b_js = (() => {
    function b() {}
    return { b };
    })();
    const { b } = b_js;
    b();
    <BLANKLINE>
    """
    parts = [_as_value(part, read(part)) for part in _before(name, read, set())]
    return "\n".join([*parts, _with_values(name, read(name))])


def _beside(name: str, other: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), other))


def _before(name: str, read: Read, seen: set[str]) -> Iterator[str]:
    """What `name` imports, directly and not, each once and after what it imports itself."""
    for _names, other in _JS_IMPORT.findall(read(name)):
        part = _beside(name, other)
        if part not in seen:
            seen.add(part)
            yield from _before(part, read, seen)
            yield part


def _as_value(name: str, source: str) -> str:
    """A part as a value that holds what it exports."""
    exported = ", ".join(_JS_EXPORT.findall(source))
    body = _JS_EXPORT.sub("", _with_values(name, source)).rstrip("\n")
    return f"const {_value(name)} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();"


def _with_values(name: str, source: str) -> str:
    """The source with its imports taken from the values of the parts."""
    return _JS_IMPORT.sub(
        lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = {_value(_beside(name, found[2]))};\n",
        source,
    )


def _value(name: str) -> str:
    return re.sub(r"\W", "_", posixpath.basename(name))


class JoinedFiles:
    """Joins before the files get names that carry their content's hash."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            for name in JOINED:
                if name in paths:
                    join = join_css if name.endswith(".css") else join_js
                    text = join(name, lambda part: _read(paths, part))
                    self.delete(name)  # type: ignore[attr-defined]  # of the storage beside it
                    self._save(name, ContentFile(text.encode()))  # type: ignore[attr-defined]
                    paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)  # type: ignore[misc]


def _read(paths: dict[str, Any], name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        text: str = file.read().decode()
    return text


class JoinedStorage(JoinedFiles, ManifestStaticFilesStorage):  # type: ignore[misc]  # so is the base
    """For a first look: joined and named by content."""


class CompressedJoinedStorage(JoinedFiles, CompressedManifestStaticFilesStorage):
    """For production: compressed as well."""
