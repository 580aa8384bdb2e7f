"""Pages of a made-up pond forum with schema.org data, and how they read."""

import json
from typing import Any

from scraper.items import Question
from scraper.reading.page import Page
from scraper.sites.qapage import QAPageSpider

HOME = "http://pond.example/"
URL = HOME + "questions/77/green-water"
CARPS = {"@type": "Question", "name": "Why do carps jump?", "url": "/questions/8"}  # a teaser


def read(html: str, url: str = URL) -> Question:
    return QAPageSpider.read_question(Page(url=url, body=html.encode()))


def script(written: str) -> str:
    return f'<script type="application/ld+json">{written}</script>'


def json_ld(*documents: Any, html: str = "") -> str:
    written = (json.dumps(document).replace("</", r"<\/") for document in documents)
    scripts = (f'<script type="application/ld+json">{text}</script>' for text in written)
    return f'<html lang="en"><head>{"".join(scripts)}</head><body>{html}</body></html>'


def question(**properties: Any) -> dict[str, Any]:
    return {"@type": "Question", "name": "Green water?", "text": "It is green."} | properties


def answer(text: str, **properties: Any) -> dict[str, Any]:
    return {"@type": "Answer", "text": text} | properties


def qapage(**properties: Any) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "QAPage",
        "mainEntity": question(**properties),
    }


MICRODATA = """<div itemscope itemtype="http://schema.org/QAPage"><div itemprop="mainEntity"
 itemscope itemtype="http://schema.org/Question"><h1 itemprop="name">Green water?</h1>
 <p itemprop="text">It is green. Very green.</p><div itemprop="suggestedAnswer" itemscope
 itemtype="http://schema.org/Answer"><p itemprop="text">Shade.</p></div></div></div>"""

NAME = '<h1 itemprop="name">Green water?</h1>'
TEXT = '<p itemprop="text">It is green.</p>'


def page(*properties: str) -> Question:
    inner = "".join(properties)
    return read(
        '<body itemscope itemtype="http://schema.org/QAPage"><div itemprop="mainEntity" itemscope'
        f' itemtype="http://schema.org/Question">{inner}</div>'
    )


def answered(*properties: str) -> str:
    inner = "".join(properties)
    return (
        '<div itemprop="suggestedAnswer" itemscope itemtype="http://schema.org/Answer">'
        f'<p itemprop="text">Shade.</p>{inner}</div>'
    )
