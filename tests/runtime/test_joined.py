"""One style sheet and one script reach the browser, whatever they are written in."""

from pathlib import Path

import pytest
from django.core.management import call_command

from intranet.runtime.joined import JOINED, join_js


@pytest.fixture
def collected(settings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "intranet.runtime.joined.JoinedStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_collected_files_import_nothing(collected: Path) -> None:
    for name in JOINED:
        text = (collected / name).read_text()
        assert "import" not in {line.split(" ")[0].strip("@") for line in text.splitlines()}


def test_the_sheet_holds_its_parts_in_layer_order(collected: Path) -> None:
    text = (collected / "css/site.css").read_text()
    heads = [
        text.index(f"@layer {layer} {{") for layer in ("tokens", "base", "layout", "components", "charts")
    ]
    assert heads == sorted(heads)


def test_a_part_that_two_import_is_there_once_and_before_both() -> None:
    files = {
        "js/a.js": 'import { b } from "./b.js";\nimport { say } from "./say.js";\nb(say);\n',
        "js/b.js": 'import { say as tell } from "./say.js";\nexport const b = () => tell();\n',
        "js/say.js": "let said = 0;\nexport function say() { said += 1; }\n",
    }
    assert join_js("js/a.js", files.__getitem__) == (
        "const say_js = (() => {\nlet said = 0;\nfunction say() { said += 1; }\nreturn { say };\n})();\n"
        "const b_js = (() => {\nconst { say: tell } = say_js;\nconst b = () => tell();\nreturn { b };\n})();\n"
        "const { b } = b_js;\nconst { say } = say_js;\nb(say);\n"
    )
