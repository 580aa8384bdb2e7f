"""What a run and each visit decided, as JSON for the WARC, and back.

The WARCs alone then tell everything: the database can be rebuilt from them, and archives merged.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from datetime import datetime
from http import HTTPStatus
from itertools import groupby
from typing import Any, NamedTuple

from pipelines.warcs.records import JSON
from pipelines.warcs.walk import Record
from scraper.items import Capture, Kind, Link, Outcome, Problem, Via, Visit
from scraper.record import moment, timestamp

RUN = "qarchive/run/1"
VISIT = "qarchive/visit/1"
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_LEAST = 3  # numbers in a row that are told by the first and the last


class Decision(NamedTuple):
    """A visit as its run settled it."""

    run: str  # the run's UUID
    visit: Visit
    robots: bool  # a response on the way to robots.txt, which is nobody's frontier
    first: bool  # its question was news: nothing was there that it could be held against


def decision_in(record: Record) -> dict[str, Any]:
    """What a record tells of a run or visit, as JSON; empty for a record that tells of neither."""
    if record.kind != "metadata" or record.headers.get("Content-Type") != JSON:
        return {}
    try:
        value = json.loads(record.content)
    except ValueError:
        return {}
    ours = isinstance(value, dict) and value.get("type") in {RUN, VISIT}
    return value if ours else {}


def run_to_json(row: dict[str, Any], links: Iterable[Link]) -> bytes:
    """A run: its row of the table `runs`, but for the id, and the links that it started from."""
    row = {name: value for name, value in row.items() if name != "id"}
    return _bytes({"type": RUN, "row": row, "links": list(_links(links))})


def run_from_json(value: dict[str, Any]) -> tuple[dict[str, Any], tuple[Link, ...]]:
    """The row and the links that `run_to_json` wrote."""
    return value["row"], tuple(_links_back(value["links"]))


def visit_to_json(run: str, visit: Visit, *, robots: bool = False, first: bool = False) -> bytes:
    """A visit, without its capture and without what was read from it.

    Of a 304 the head is here: its revisit record has none.
    """
    value: dict[str, Any] = {
        "type": VISIT,
        "run": run,
        "url": visit.url,
        "kind": visit.kind,
        "outcome": visit.outcome,
        "visited_at": visit.visited_at.isoformat(),
    }
    if robots:
        value["robots"] = True
    if first:
        value["first"] = True
    if visit.capture is not None and visit.capture.status == HTTPStatus.NOT_MODIFIED:
        value["not_modified"] = [
            [name.decode("latin-1"), told.decode("latin-1")] for name, told in visit.capture.headers
        ]
    if visit.links:
        value["links"] = list(_links(visit.links))
    if visit.problems:
        value["problems"] = [astuple(problem) for problem in visit.problems]
    for name in ("retry_at", "silent_until"):
        if (when := getattr(visit, name)) is not None:
            value[name] = timestamp(when)
    return _bytes(value)


def visit_from_json(value: dict[str, Any], capture: Capture | None) -> Decision:
    """The decision that `visit_to_json` wrote, with its capture if it had one."""
    visit = Visit(
        url=value["url"],
        kind=Kind(value["kind"]),
        outcome=Outcome(value["outcome"]),
        visited_at=datetime.fromisoformat(value["visited_at"]),
        capture=capture,
        links=tuple(_links_back(value.get("links", []))),
        problems=tuple(
            Problem(code=code, field=field, detail=detail)
            for code, field, detail in value.get("problems", [])
        ),
        retry_at=_moment(value.get("retry_at")),
        silent_until=_moment(value.get("silent_until")),
    )
    robots, first = value.get("robots", False), value.get("first", False)
    return Decision(value["run"], visit, robots=robots, first=first)


def _links(links: Iterable[Link]) -> Iterator[list[Any]]:
    """[url, kind, via, lastmod]; of numbers counted down [before, first, last, kind].

    A site that is counted up has hundreds of thousands of them, on each visit of its home page.
    """
    for _, group in groupby(enumerate(links), key=_series):
        row = [link for _, link in group]
        if len(row) < _LEAST:
            yield from ([link.url, link.kind, link.via, link.lastmod] for link in row)
            continue
        before, _, first = row[0].url.rpartition("=")
        yield [f"{before}=", int(first), int(row[-1].url.rpartition("=")[2]), row[0].kind]


def _series(place: tuple[int, Link]) -> tuple[object, ...]:
    """Equal for links that count down, or for none."""
    index, link = place
    if link.via is Via.RANGE:
        before, _, number = link.url.rpartition("=")
        if number.isascii() and number.isdigit() and number[0] != "0":
            return before, link.kind, index + int(number)
    return (index,)


def _links_back(rows: Iterable[list[Any]]) -> Iterator[Link]:
    for row in rows:
        if isinstance(row[1], int):
            before, first, last, kind = row
            for number in range(first, last - 1, -1):
                yield Link(url=f"{before}{number}", kind=Kind(kind), via=Via.RANGE)
        else:
            url, kind, via, lastmod = row
            yield Link(url=url, kind=Kind(kind), via=Via(via), lastmod=lastmod)


def _moment(text: str | None) -> datetime | None:
    return moment(text) if text else None


def _bytes(value: Any) -> bytes:
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")
