"""What Scrapy is told of the stack while its TLS modules are imported."""

import inspect

import pytest
from scrapy.utils.deprecate import create_deprecated_class

from scraper.politeness import tls_import


class New:
    """A class that has been renamed."""


def test_a_deprecated_class_knows_its_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspect, "stack", tls_import.callers)
    assert create_deprecated_class("Old", New).__module__ == __name__
