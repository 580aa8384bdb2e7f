"""Template functions: the choices of forms, the number of hits, and names like the query."""

import re
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette

from pipelines.storing.fulltext import search_terms

_DOCTORS_TITLE = re.compile(r"\A(?:dr|doctor)\b\.?|(?:醫師|醫生)\Z", re.IGNORECASE)
_CHOICES = {
    "language": "SELECT DISTINCT language FROM questions ORDER BY 1",
    "doctor": """
        SELECT doctor FROM replies WHERE doctor IS NOT NULL
        GROUP BY doctor ORDER BY count(*) DESC, doctor LIMIT 500""",
    "department": "SELECT name FROM departments LIMIT 500",
    "tag": "SELECT DISTINCT name FROM faq_tags ORDER BY 1 LIMIT 500",
}
COUNT_LIMIT = 1000  # to count all hits of "pain" would read the whole index
_FOUND = """
SELECT count(*) FROM (
  SELECT 1 FROM questions_fts WHERE questions_fts MATCH escape_fts(:q)
  AND (:language = '' OR EXISTS (
    SELECT 1 FROM questions WHERE key = questions_fts.rowid AND language = :language))
  LIMIT :most + 1)
"""
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
  SELECT * FROM known WHERE instr(lower(name), lower(:name)) OR instr(lower(name), lower(:words))
  ORDER BY length(name), name LIMIT 10)
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
    """Functions: a query is made only for what a page calls."""
    database = datasette.databases["archive"]

    async def choices(parameter: str) -> list[str]:
        if parameter not in _CHOICES:
            return []
        return [row[0] for row in (await database.execute(_CHOICES[parameter])).rows]

    async def found(parameters: dict[str, str]) -> str:
        """The number of hits: `158`, or `more than 1,000`."""
        result = await database.execute(_FOUND, parameters | {"most": COUNT_LIMIT})
        count: int = result.single_value()
        return f"{count:,}" if count <= COUNT_LIMIT else f"more than {COUNT_LIMIT:,}"

    async def named(words: str) -> dict[str, list[Any]]:
        """Questions with this id, number (also `#38`) or URL, and names that contain the words."""
        name = words.strip().removeprefix("#").partition("#")[0]
        if not name:
            return {}
        terms = _DOCTORS_TITLE.sub("", " ".join(search_terms(words).wanted)).strip()
        values = {"name": name, "words": terms or name}
        queries = {"questions": _QUESTIONS, "names": _NAMES}
        return {kind: (await database.execute(sql, values)).rows for kind, sql in queries.items()}

    return {"choices": choices, "found": found, "named": named}
