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
    "tag": "SELECT DISTINCT name FROM faq_tags ORDER BY 1 LIMIT 500",
}
_MOST = 1000  # counting all that "pain" finds would read the whole index
_FOUND = """
SELECT count(*) FROM (
  SELECT 1 FROM questions_fts WHERE questions_fts MATCH escape_fts(:q)
  AND (:language = '' OR EXISTS (
    SELECT 1 FROM questions WHERE key = questions_fts.rowid AND language = :language))
  LIMIT :most + 1)
"""
# No text need hold these.
_QUESTIONS = """
SELECT id, ifnull(title, id) AS title, gone_since FROM questions
WHERE id = :name OR url = :name
  OR id IN (SELECT id FROM questions WHERE instr(id, ':' || :name || ':'))
ORDER BY id LIMIT 10
"""
_NAMES = """
WITH known AS (
  SELECT 'department' AS kind, name, NULL AS department FROM departments
  UNION ALL SELECT DISTINCT 'tag', name, department FROM faq_tags
  UNION ALL SELECT 'doctor', name, NULL FROM doctors),
best AS (
  SELECT * FROM known WHERE instr(lower(name), lower(:name)) ORDER BY length(name), name LIMIT 10)
SELECT *, CASE kind
  WHEN 'department' THEN (SELECT count(*) FROM questions WHERE department = best.name)
  WHEN 'doctor' THEN (SELECT count(*) FROM replies WHERE doctor = best.name)
  ELSE (SELECT count(*) FROM questions_faq_tags WHERE tag_id IN (
    SELECT id FROM faq_tags WHERE name = best.name AND department IS best.department))
  END AS held
FROM best
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
        """Questions of that id, number (`#38` too) or URL, and names with that in them."""
        name = {"name": words.strip().removeprefix("#").partition("#")[0]}
        if not name["name"]:
            return {}
        queries = {"questions": _QUESTIONS, "names": _NAMES}
        return {of: (await database.execute(sql, name)).rows for of, sql in queries.items()}

    return {"choices": choices, "found": found, "named": named}
