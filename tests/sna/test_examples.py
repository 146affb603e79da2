"""The examples in the definitions of the network analysis hold."""

import doctest
import importlib
import pkgutil

import pytest

from kms import sna

MODULES = [one.name for one in pkgutil.walk_packages(sna.__path__, "kms.sna.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
