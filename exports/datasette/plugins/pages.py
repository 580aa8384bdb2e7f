"""Tells the database whose rows a page lists, so that a sorted table's pages join."""

from datasette import hookimpl

from exports.datasette.site import LISTED


@hookimpl
def filters_from_request(table: str) -> None:
    """Called for a table's page alone, before its rows are asked for in the same task."""
    LISTED.set(table)
