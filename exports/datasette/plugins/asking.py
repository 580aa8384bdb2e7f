"""What the forms of the canned queries offer, and what else is known where a search ends."""

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
# No text holds these, so no full text finds them.
_NAMED = """
SELECT id, ifnull(title, id) AS title FROM questions
WHERE id = :name OR url = :name
  OR id IN (SELECT id FROM questions WHERE instr(id, ':' || :name || ':'))
ORDER BY id LIMIT 10
"""
_DOCTORS = """
SELECT name, (SELECT count(*) FROM replies WHERE doctor = name) AS replies FROM doctors
WHERE instr(lower(name), lower(:name)) ORDER BY name LIMIT 10
"""


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Any]:
    """Functions; only what a page calls is asked of the database."""
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

    async def named(words: str) -> dict[str, list[Any]]:
        """Questions of that id, number (`#38` too) or URL, and doctors with that in their names."""
        name = {"name": words.strip().removeprefix("#").partition("#")[0]}
        if not name["name"]:
            return {}
        queries = {"questions": _NAMED, "doctors": _DOCTORS}
        return {of: (await database.execute(sql, name)).rows for of, sql in queries.items()}

    return {"choices": choices, "found": found, "named": named}
