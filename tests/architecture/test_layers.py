"""A package that is not placed in the import contracts would be bound by none."""

import tomllib

import grimp

from tests.architecture.sources import APPS, ROOT, python_files

NO_LAYER = {
    "intranet.apps",
    "intranet.wagtail_hooks",
    "intranet.models",
    "intranet.settings",
    "intranet.migrations",
}
"""Loaded by Django by name; nothing imports them."""

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

ORDER = {"urls": 0, "views": 1, "api": 1, "forms": 2, "actions": 3, "models": 4, "verbs": 5}
"""Of the files of one package, from the top down."""

GRAPH = grimp.build_graph(*APPS)


def names(layers: list[str]) -> set[str]:
    return {name.strip(" ()") for layer in layers for name in layer.replace(":", "|").split("|")}


def test_every_package_has_its_layer() -> None:
    placed = names(CONTRACTS[0]["layers"])
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts[:2])
        for path in python_files()
        if path.relative_to(ROOT).parts[0] == "intranet" and path.relative_to(ROOT).parts[1] != "__init__.py"
    }
    assert modules - placed - NO_LAYER == set()
    assert {app for app in APPS if app != "intranet"} <= placed


def test_files_of_a_package_import_only_what_is_below_them() -> None:
    wrong = []
    for path in python_files():
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        package, _, name = module.rpartition(".")
        if name not in ORDER:
            continue
        for other in GRAPH.find_modules_directly_imported_by(module):
            other_package, _, other_name = other.rpartition(".")
            if other_package == package and ORDER.get(other_name, 99) < ORDER[name]:
                wrong.append(f"{module} imports {other}")
    assert wrong == []
