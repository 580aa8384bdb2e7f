"""What the forms of the canned queries offer, and how many questions a search finds in all."""

from typing import Any

from datasette import hookimpl
from datasette.app import Datasette

_CHOICES = {
    "language": "SELECT DISTINCT language FROM questions ORDER BY 1",
    "doctor": """
        SELECT doctor FROM replies WHERE doctor IS NOT NULL
        GROUP BY doctor ORDER BY count(*) DESC, doctor LIMIT 500""",
    "department": "SELECT name FROM departments LIMIT 500",
}
_MOST = 1000  # counting all that "pain" finds would read the whole index
_FOUND = """
SELECT count(*) FROM (
  SELECT 1 FROM questions_fts WHERE questions_fts MATCH escape_fts(:q)
  AND (:language = '' OR EXISTS (
    SELECT 1 FROM questions WHERE key = questions_fts.rowid AND language = :language))
  LIMIT :most + 1)
"""


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Any]:
    """Two functions; only what a page calls is asked of the database."""
    database = datasette.databases["archive"]

    async def choices(parameter: str) -> list[str]:
        if parameter not in _CHOICES:
            return []
        return [row[0] for row in (await database.execute(_CHOICES[parameter])).rows]

    async def found(asked: dict[str, str]) -> str:
        """`158`, or `more than 1,000`."""
        result = await database.execute(_FOUND, asked | {"most": _MOST})
        count: int = result.single_value()
        return f"{count:,}" if count <= _MOST else f"more than {_MOST:,}"

    return {"choices": choices, "found": found}
