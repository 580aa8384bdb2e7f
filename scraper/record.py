"""The public record: a Question as JSON, and the JSON Schema of it.

The names are what `qarchive extract`, every export and Datasette share.
"""

import types
import typing
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from scraper.items import Asker, FaqTag, Question, Reply, SimilarQuestion

SCHEMA = "qarchive/1"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DESCRIPTION = "One question in one language; docs/record.md describes the fields."

_NESTED = ("headline", "text")  # stand under "question" in the record
_JSON_TYPES = {str: "string", int: "integer", bool: "boolean"}
_MOMENT = {"type": "string", "format": "date-time"}
_PATTERNS = {"schema": {"const": SCHEMA}, "captured_at": _MOMENT}
_EXPORTED = {"gone_since": {"anyOf": [_MOMENT, {"type": "null"}]}}  # a page cannot say it of itself


@lru_cache(maxsize=64)
def timestamp(moment: datetime) -> str:
    """RFC 3339 in UTC, to the second: 2026-11-22T09:00:00Z."""
    return f"{moment.astimezone(UTC).isoformat()[:19]}Z"


def moment(text: str) -> datetime:
    """The UTC moment of a timestamp; the inverse of `timestamp`."""
    return datetime.fromisoformat(text)


def day(value: date | None) -> str | None:
    """ISO 8601 day or None."""
    return value.isoformat() if value else None


def _plain(value: Any) -> dict[str, Any]:
    """A flat dataclass as a dict; `dataclasses.asdict` copies deeply, which costs tenfold."""
    return {name: getattr(value, name) for name in value.__slots__}


def to_record(question: Question, captured_at: datetime) -> dict[str, Any]:
    """The record as published; it has `problems` only if something could not be read."""
    record: dict[str, Any] = {
        "schema": SCHEMA,
        "id": question.id,
        "site": question.site,
        "source_id": question.source_id,
        "language": question.language,
        "url": question.url,
        "title": question.title,
        "department": question.department,
        "question": {"headline": question.headline, "text": question.text},
        "asker": _plain(question.asker) if question.asker else None,
        "asked_on": day(question.asked_on),
        "replies": [_plain(reply) | {"replied_on": day(reply.replied_on)}
                    for reply in question.replies],
        "more_info": question.more_info,
        "similar": [_plain(card) for card in question.similar],
        "faq_tags": [_plain(tag) for tag in question.faq_tags],
        "mentions": list(question.mentions),
        "warnings": list(question.warnings),
        "captured_at": timestamp(captured_at),
    }  # fmt: skip
    if question.problems:
        record["problems"] = [_plain(problem) for problem in question.problems]
    return record


def from_record(record: dict[str, Any]) -> Question:
    """The Question of a record, without `problems`; the inverse of `to_record`."""
    asker = record["asker"]
    return Question(
        site=record["site"],
        source_id=record["source_id"],
        language=record["language"],
        url=record["url"],
        title=record["title"],
        department=record["department"],
        headline=record["question"]["headline"],
        text=record["question"]["text"],
        asker=Asker(**asker) if asker else None,
        asked_on=_from_day(record["asked_on"]),
        replies=tuple(
            Reply(**reply | {"replied_on": _from_day(reply["replied_on"])})
            for reply in record["replies"]
        ),
        more_info=record["more_info"],
        similar=tuple(SimilarQuestion(**card) for card in record["similar"]),
        faq_tags=tuple(FaqTag(**tag) for tag in record["faq_tags"]),
        mentions=tuple(record["mentions"]),
        warnings=tuple(record["warnings"]),
    )


def _from_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def record_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a record, generated from the dataclasses."""
    hints = typing.get_type_hints(Question)
    names = [field.name for field in fields(Question) if field.name not in (*_NESTED, "problems")]
    properties = {name: _schema_of(hints[name]) for name in names}
    properties["question"] = _object({name: _schema_of(hints[name]) for name in _NESTED})
    properties |= {"id": {"type": "string"}} | _PATTERNS
    required = sorted(properties)
    properties |= {"problems": _schema_of(hints["problems"])} | _EXPORTED
    head = {"$schema": _DRAFT, "title": SCHEMA, "description": _DESCRIPTION}
    return head | _object(properties) | {"required": required}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(sorted(properties.items())),
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _schema_of(hint: Any) -> dict[str, Any]:
    """Schema of one annotation: scalars, X | None, tuple[X, ...] and dataclasses."""
    args = typing.get_args(hint)
    if isinstance(hint, types.UnionType):
        (inner,) = [arg for arg in args if arg is not type(None)]
        return {"anyOf": [_schema_of(inner), {"type": "null"}]}
    if typing.get_origin(hint) is tuple:
        return {"type": "array", "items": _schema_of(args[0])}
    if is_dataclass(hint):
        return _object({k: _schema_of(v) for k, v in typing.get_type_hints(hint).items()})
    if hint is date:
        return {"type": "string", "format": "date"}
    if issubclass(hint, StrEnum):
        return {"enum": [member.value for member in hint]}
    return {"type": _JSON_TYPES[hint]}
