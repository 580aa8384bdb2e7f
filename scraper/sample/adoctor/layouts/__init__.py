"""Eight markups of the same content; each file's `render` gives a page's body."""

from collections.abc import Callable

from scraper.sample.adoctor.layouts import (
    breaks,
    changed,
    hydrated,
    listed,
    plain,
    semantic,
    spans,
    table,
)
from scraper.sample.adoctor.view import View

LAYOUTS: dict[str, Callable[[View], str]] = {
    "semantic": semantic.render,
    "breaks": breaks.render,
    "table": table.render,
    "spans": spans.render,
    "listed": listed.render,
    "hydrated": hydrated.render,
    "plain": plain.render,
}
"""The markups that pages have side by side."""

CHANGED = "changed"
ALL_LAYOUTS = {**LAYOUTS, CHANGED: changed.render}
"""These and a redesign whose pages show no label."""
