"""Whole documents of the sample forum."""

import html
import json
from collections.abc import Iterable

from scraper.sample.qapage.content import Content
from scraper.sample.qapage.structured import json_ld, visible

NOTICE = "Everything here is fictional, and none of it is medical advice."
_STYLE = """<style>
body{font:16px/1.6 Georgia,serif;max-width:820px;margin:0 auto;padding:0 20px;color:#2b2b33}
header a{margin-right:18px}.answer{border-top:1px solid #ccc;padding:14px 0 14px 60px}
.votes{float:left;margin-left:-50px;color:#999;font-size:1.3em}.by{color:#777}
aside{background:#f4f1ea;padding:10px 20px;margin-top:30px}footer{color:#888;margin:40px 0}
</style>
"""
_MENU = (("/", "Home"), ("/questions", "Questions"), ("/help/faq", "Help"),
         ("/conditions/heartburn", "Conditions"), ("/articles/how-to-ask", "How to ask"),
         ("/search", "Search"))  # fmt: skip


def _document(title: str, path: str, origin: str, head: str, body: str, *, scope: str = "") -> str:
    menu = "".join(f'<a href="{href}">{label}</a>' for href, label in _MENU)
    return (
        f'<!DOCTYPE html>\n<html lang="en"{scope}>\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(title)} - Lantern Forum</title>\n"
        f'<link rel="canonical" href="{origin}{path}">\n{head}{_STYLE}</head>\n<body>\n'
        f"<header><nav>{menu}</nav></header>\n{body}\n<footer><p>{NOTICE}</p></footer>\n"
        "</body>\n</html>\n"
    )


def question(content: Content, origin: str, template: int) -> str:
    """A question's page; `template` counts redecorations."""
    links = "".join(
        f'<li><a href="{href}">{html.escape(title)}</a></li>' for href, title in content.others
    )
    aside = f"<aside><h2>Linked</h2><ul>{links}</ul></aside>" if links else ""
    marked = "microdata" in content.markup or content.markup == "both"
    scope = ' itemscope itemtype="https://schema.org/QAPage"' if marked else ""
    body = f"<main>{visible(content)}</main>{aside}<!-- t{template} -->"
    return _document(
        content.title, content.path, origin, json_ld(content, origin), body, scope=scope
    )


def listing(rows: Iterable[tuple[str, str]], number: int, last: int, origin: str, path: str) -> str:
    """A page of the list, or the home page: path and title of each question."""
    items = "".join(f'<li><a href="{href}">{html.escape(title)}</a></li>\n' for href, title in rows)
    pager = "".join(
        f'<a rel="{rel}" href="/questions?page={at}">{label}</a> '
        for rel, label, at in (("prev", "Newer", number - 1), ("next", "Older", number + 1))
        if 1 <= at <= last
    )
    body = f"<main><h1>Questions</h1><ul>{items}</ul><p>{pager}</p></main>"
    return _document("Questions", path, origin, "", body)


_FAQ = {
    "@type": "Question",
    "name": "What does it cost?",
    "acceptedAnswer": {"@type": "Answer", "text": "Nothing."},
}
NOT_QUESTIONS: dict[str, tuple[str, dict[str, object]]] = {
    "/help/faq": ("Help", {"@type": "FAQPage", "mainEntity": [_FAQ]}),
    "/conditions/heartburn": (
        "Heartburn",
        {"@type": "MedicalWebPage", "about": {"@type": "MedicalCondition", "name": "Heartburn"}},
    ),
    "/articles/how-to-ask": ("How to ask", {"@type": "Article", "headline": "How to ask"}),
}
"""Title and schema.org data of pages from which no question may be read."""


def not_a_question(path: str, origin: str) -> str:
    """One of NOT_QUESTIONS."""
    title, data = NOT_QUESTIONS[path]
    text = json.dumps({"@context": "https://schema.org", **data})
    head = f'<script type="application/ld+json">{text}</script>\n'
    words = "What does it cost? Nothing. Who answers? Whoever likes to."
    return _document(title, path, origin, head, f"<main><h1>{title}</h1><p>{words}</p></main>")


def search(origin: str) -> str:
    """A page that robots.txt keeps crawlers from."""
    return _document("Search", "/search", origin, "", "<main><h1>Search</h1></main>")
