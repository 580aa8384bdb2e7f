"""Converts what a run and each visit decided to JSON for the WARC, and back.

With it the database can be rebuilt from the WARCs alone, and archives can be merged.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from datetime import datetime
from http import HTTPStatus
from typing import Any

from pipelines.queue.numbers import stretch_of
from pipelines.queue.traps import FoundTrap
from pipelines.warcs.records import JSON
from pipelines.warcs.walk import Record
from scraper.items import Capture, Kind, Link, Outcome, Problem, Via, Visit
from scraper.record import moment, timestamp

RUN = "qarchive/run/1"
VISIT = "qarchive/visit/1"
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def decision_in(record: Record) -> dict[str, Any]:
    """The JSON in the metadata record of a run or visit; {} for any other record."""
    if record.kind != "metadata" or record.headers.get("Content-Type") != JSON:
        return {}
    try:
        value = json.loads(record.content)
    except ValueError:
        return {}
    if not isinstance(value, dict) or value.get("type") not in {RUN, VISIT}:
        return {}
    if value["type"] == RUN and "looked" in value["row"]:  # as archives of development call it
        value["row"]["revisited"] = value["row"].pop("looked")
    return value


def run_to_json(row: dict[str, Any], links: Iterable[Link]) -> bytes:
    """A run as JSON: its row of `runs`, but for the id, and the links that it started from."""
    row = {name: value for name, value in row.items() if name != "id"}
    return to_bytes({"type": RUN, "row": row, "links": list(_link_rows(links))})


def run_from_json(value: dict[str, Any]) -> tuple[dict[str, Any], tuple[Link, ...]]:
    """The row and the links that `run_to_json` wrote."""
    return value["row"], tuple(_links_from(value["links"]))


def visit_to_json(
    run: str, visit: Visit, *, robots: bool, first: bool, traps: Iterable[FoundTrap]
) -> bytes:
    """A visit as JSON, without its capture and its question.

    The HTTP headers of a 304 are included: its revisit record has none. `run` is the run's UUID;
    `robots`: the visit is of robots.txt, which has no row in `urls`, or a probe, which tells of the
    site; `first`: there was no record to compare its question with; `traps`: that it led into.
    """
    headers = None
    if visit.capture is not None and visit.capture.status == HTTPStatus.NOT_MODIFIED:
        headers = [(name.decode("latin-1"), text.decode("latin-1"))
                   for name, text in visit.capture.headers]  # fmt: skip
    value = {
        "type": VISIT,
        "run": run,
        "url": visit.url,
        "kind": visit.kind,
        "outcome": visit.outcome,
        "visited_at": visit.visited_at.isoformat(),
        "robots": robots or None,
        "first": first or None,
        "not_modified": headers,
        "links": list(_link_rows(visit.links)) or None,
        "problems": list(map(astuple, visit.problems)) or None,
        "traps": list(traps) or None,
        "retry_at": visit.retry_at and timestamp(visit.retry_at),
        "silent_until": visit.silent_until and timestamp(visit.silent_until),
    }
    return to_bytes({name: part for name, part in value.items() if part is not None})


def visit_from_json(value: dict[str, Any], capture: Capture | None) -> Visit:
    """The visit that `visit_to_json` wrote, with its capture if it had one."""
    return Visit(
        url=value["url"],
        kind=Kind(value["kind"]),
        outcome=Outcome(value["outcome"]),
        visited_at=moment(value["visited_at"]),
        capture=capture,
        links=tuple(_links_from(value.get("links", []))),
        problems=tuple(
            Problem(code=code, field=field, detail=detail)
            for code, field, detail in value.get("problems", [])
        ),
        retry_at=_moment(value.get("retry_at")),
        silent_until=_moment(value.get("silent_until")),
    )


def _link_rows(links: Iterable[Link]) -> Iterator[list[Any]]:
    """Yield [url, kind, via, lastmod] for a link; [prefix, highest, lowest, kind] for a range."""
    for link in links:
        if link.numbers == 1:
            yield [link.url, link.kind, link.via, link.lastmod]
        else:
            highest, lowest, prefix = stretch_of(link)
            yield [prefix, highest, lowest, link.kind]


def _links_from(rows: Iterable[list[Any]]) -> Iterator[Link]:
    for row in rows:
        if isinstance(row[1], int):
            prefix, highest, lowest, kind = row
            url, numbers = f"{prefix}{highest}", highest - lowest + 1
            yield Link(url=url, kind=Kind(kind), via=Via.RANGE, numbers=numbers)
        else:
            url, kind, via, lastmod = row
            yield Link(url=url, kind=Kind(kind), via=Via(via), lastmod=lastmod)


def _moment(text: str | None) -> datetime | None:
    return moment(text) if text else None


def to_bytes(value: dict[str, Any]) -> bytes:
    """The content of the metadata record with this JSON."""
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")
