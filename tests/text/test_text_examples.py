"""The examples in the docstrings of `intranet.text` are true."""

import doctest
import importlib
import pkgutil

import pytest

import intranet.text

MODULES = [module.name for module in pkgutil.iter_modules(intranet.text.__path__, "intranet.text.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
