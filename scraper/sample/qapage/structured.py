"""The question as JSON-LD and as microdata, with the quirks that real pages have."""

import html
import json
from typing import Any

from scraper.sample.qapage.content import Answer, Content


def json_ld(content: Content, origin: str) -> str:
    """The page's JSON-LD script, "" where its markup has none."""
    if content.markup in {"microdata", "quirky-microdata"}:
        return ""
    quirky = content.markup == "quirky-jsonld"
    page: dict[str, Any] = {
        "@type": "QAPage",
        "mainEntity": _question(content, origin, quirky=quirky),
    }
    if content.markup == "graph":
        site = {"@type": "WebSite", "name": "Lantern Forum", "url": f"{origin}/"}
        trail = {"@type": "BreadcrumbList", "itemListElement": []}
        data: dict[str, Any] = {"@context": "https://schema.org", "@graph": [site, trail, page]}
    else:
        data = {"@context": "http://schema.org/" if quirky else "https://schema.org", **page}
    # "</" would end the script
    text = json.dumps(data, ensure_ascii=quirky, indent=1).replace("</", "<\\/")
    return f'<script type="application/ld+json">\n{text}\n</script>\n'


def _question(content: Content, origin: str, *, quirky: bool) -> dict[str, Any]:
    listed = [_answer(content, answer, origin, quirky=quirky) for answer in content.answers]
    question: dict[str, Any] = {
        "@type": "Question",
        "name": _words(content.title, quirky=quirky),
        "text": _fragment(content.lines, quirky=quirky),
        "answerCount": len(listed),
        "upvoteCount": content.votes,
        "dateCreated": f"{content.at:%Y-%m-%d %H:%M:%S}" if quirky else content.at.isoformat(),
        "author": {"@type": "Person", "name": _words(content.author, quirky=quirky)},
    }
    if content.markup == "both":  # lists one of its answers; the page shows them all
        question["acceptedAnswer"] = listed[0] if listed else None
    elif content.accepted and listed:
        question["acceptedAnswer"] = listed[0]
        question["suggestedAnswer"] = listed[1:]
    else:
        question["suggestedAnswer"] = listed
        if quirky:
            question["acceptedAnswer"] = None
    return question


def _answer(content: Content, answer: Answer, origin: str, *, quirky: bool) -> dict[str, Any]:
    place = f"{content.path}#answer-{answer.number}"
    return {
        "@type": "Answer",
        "text": _fragment(answer.lines, quirky=quirky),
        "dateCreated": f"{answer.at:%Y-%m-%d %H:%M:%S}" if quirky else answer.at.isoformat(),
        "upvoteCount": answer.votes,
        "url": place if quirky else origin + place,
        "author": {"@type": "Person", "name": _words(answer.author, quirky=quirky)},
    }


def _words(text: str, *, quirky: bool) -> str:
    return html.escape(text) if quirky else text


def _fragment(lines: tuple[str, ...], *, quirky: bool) -> str:
    """A text as a fragment of HTML, which is what readers of schema.org's `text` expect."""
    return html.escape("\n".join(lines), quote=quirky)


def visible(content: Content) -> str:
    """The question as the page shows it, with microdata where its markup has any."""
    marked = content.markup in {"microdata", "both", "quirky-microdata"}
    quirky = content.markup == "quirky-microdata"
    schema = "http://schema.org/" if quirky else "https://schema.org/"

    def prop(name: str, kind: str = "") -> str:
        scope = f' itemscope itemtype="{schema}{kind}"' if kind else ""
        return f' itemprop="{name}"{scope}' if marked else ""

    outer = f' itemscope itemtype="{schema}Question"' if quirky else ""
    hidden = f"<span hidden{prop('answerCount')}>{len(content.answers)}</span>"
    question = (
        f"<div{prop('mainEntity', 'Question')}><div{outer}></div>"
        f"{_name(content, prop('name'))}"
        f"{_by(content.author, prop('author', 'Person'), prop('name'))}"
        f'<time datetime="{content.at.isoformat()}"{prop("dateCreated")}>'
        f"{content.at:%d %b %Y}</time>"
        f'<div class="votes"{prop("upvoteCount")}>{content.votes}</div>{hidden}'
        f'<div class="body"{prop("text")}>{_paragraphs(content.lines)}</div>'
        f"<h2>{len(content.answers)} answers</h2>"
    )
    for place, answer in enumerate(content.answers):
        role = "acceptedAnswer" if content.accepted and not place else "suggestedAnswer"
        question += (
            f'<div class="answer" id="answer-{answer.number}"{prop(role, "Answer")}>'
            f'<div class="votes"{prop("upvoteCount")}>{answer.votes}</div>'
            f'<div class="body"{prop("text")}>{_paragraphs(answer.lines)}</div>'
            f"{_by(answer.author, prop('author', 'Person'), prop('name'))}"
            f'<time datetime="{answer.at.isoformat()}"{prop("dateCreated")}>{answer.at:%d %b %Y}'
            f"</time></div>"
        )
    return question + "</div>"


def _name(content: Content, prop: str) -> str:
    title = html.escape(content.title)
    meta = f'<meta{prop} content="{title}">' if content.markup == "quirky-microdata" else ""
    return f'{meta}<h1{prop}><a href="{content.path}">{title}</a></h1>'


def _by(author: str, person: str, name: str) -> str:
    return f'<p class="by"{person}>by <span{name}>{html.escape(author)}</span></p>'


def _paragraphs(lines: tuple[str, ...]) -> str:
    return "\n".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines)
