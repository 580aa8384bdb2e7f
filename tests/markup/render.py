"""Random markups of a logical page: the same text in the same order, in any elements."""

# ruff: noqa: E501, PLR0911 (markup reads best on one line, and each form is a case)

import random
from collections.abc import Callable, Sequence

from tests.markup.pages import Answer, Card, LogicalPage, Tag, escaped, shown

Block = Callable[[str], str]  # inner markup -> markup that stands on lines of its own

_DECOYS = (
    "Ask Date: 1999/01/01", "Dr. Hidden Person reply Radiology", "Reply Date: 1999/01/01",
    "More Info", "Similar Q&amp;A", "[Read More] Nothing", "Related FAQ", "Share to:",
    "提問日期：1999/01/01", "相似問答",
)  # fmt: skip
_BLOCKS = (
    "p", "div", "section", "article", "li", "td", "dd", "blockquote", "h4", "figure", "fieldset",
    "x-line", "qa-block", "address", "details", "center", "DIV",
)  # fmt: skip
_INLINE = ("b", "span", "em", "font", "mark", "u", "small", "time", "data", "bdi", "SPAN", "label")


class Markup:
    """One random way to write pages."""

    def __init__(self, seed: int) -> None:
        rng = self.rng = random.Random(seed)
        self.line_style = rng.choice(("block", "block", "br", "li", "display", "pre", "rows", "dl"))
        self.wrapper = rng.choice(("div", "section", "article", "", "x-part", "table", "center"))
        self.label_style = rng.choice(("same", "inline", "colon", "blocks", "cells", "dl", "tight"))
        self.doctor_style = rng.choice(("same", "inline", "blocks", "linked", "cells"))
        self.card_style = rng.choice(("linked", "whole", "bracket", "title", "apart"))
        self.tag_style = rng.choice(("two", "one", "table", "list", "dl", "run", "nested"))
        self.noise = rng.random()
        self.deep = rng.choice((0, 0, 1, 5, 30))

    # --- small pieces
    def attributes(self) -> str:
        rng, found = self.rng, []
        if rng.random() < 0.4:
            found.append(
                f'class="{rng.choice(("row", "mt-4 text-lg", "css-1x2y", "label more-info", "hidden md:block"))}"'
            )
        if rng.random() < 0.1:
            found.append(f"data-label='{rng.choice(_DECOYS)}'")
        if rng.random() < 0.1:
            found.append(f'title="{rng.choice(_DECOYS)}"')
        if rng.random() < 0.05:
            found.append("id=x" + str(rng.randint(1, 999)))
        return "".join(" " + one for one in found)

    def space(self) -> str:
        return self.rng.choice(
            (
                " ",
                " ",
                " ",
                "\n   ",
                "&nbsp;",
                " \t ",
                "&#12288;",
                " <!-- Ask Date: 1999/01/01 --> ",
            )
        )

    def unseen(self) -> str:
        """Text that nobody sees, with labels in it."""
        decoy = self.rng.choice(_DECOYS)
        return self.rng.choice(
            (
                f"<!-- {decoy} -->",
                f"<script>var x = '{decoy}';</script>",
                f'<script type="application/json">{{"a": "{decoy}"}}</script>',
                f"<style>.a:after{{content:'{decoy}'}}</style>",
                f"<template><p>{decoy}</p></template>",
                f"<noscript><p>{decoy}</p></noscript>",
                f"<div hidden><p>{decoy}</p></div>",
                f'<div style="display: none"><div>{decoy}</div></div>',
                f'<p style="color:red;visibility:hidden">{decoy}</p>',
                f'<span aria-hidden="true">{decoy}</span>',
                f'<div class="sr-only">{decoy}</div>',
                f'<input type="hidden" value="{decoy}">',
                f'<img alt="{decoy}" src="/x.png">',
                f"<textarea>{decoy}</textarea>",
                f"<select><option>{decoy}</option></select>",
                f"<dialog><p>{decoy}</p></dialog>",
                f"<svg><title>{decoy}</title><text>{decoy}</text></svg>",
            )
        )

    def sometimes_unseen(self) -> str:
        return self.unseen() if self.rng.random() < 0.25 * self.noise else ""

    def text(self, text: str, *, plain: bool = False) -> str:
        """A line's own markup: entities, spaces, inline elements."""
        rng = self.rng
        words = text.split(" ")
        out = []
        for word in words:
            markup = word if plain else escaped(word)
            roll = rng.random()
            if roll < 0.06 and not plain:
                markup = f"<{(tag := rng.choice(_INLINE))}{self.attributes().replace('hidden md:block', 'x')}>{markup}</{tag}>"
            elif roll < 0.08 and not plain and len(word) > 3 and word.isascii() and word.isalpha():
                markup = f"{word[:2]}<wbr><i>{word[2:]}</i>"
            elif (
                roll < 0.10
                and not plain
                and len(word) > 2
                and "&" not in markup
                and "<" not in markup
            ):
                markup = (
                    f"{markup[:1]}&#8203;{markup[1:]}"
                    if rng.random() < 0.3
                    else f"&#{ord(markup[0])};{markup[1:]}"
                )
            out.append(markup)
        joined = out[0]
        for markup in out[1:]:
            joined += (self.space() if rng.random() < 0.15 else " ") + markup
        return joined

    def block(self, inner: str, tags: Sequence[str] = _BLOCKS) -> str:
        tag = self.rng.choice(tags)
        depth = self.rng.randint(0, self.deep) if self.rng.random() < 0.2 else 0
        inner = "<div>" * depth + inner + "</div>" * depth
        markup = f"<{tag}{self.attributes()}>{inner}</{tag}>"
        if tag == "li":
            markup = f"<ul>{markup}</ul>"
        elif tag == "td":
            markup = f"<table><tr>{markup}</tr></table>"
        elif tag == "dd":
            markup = f"<dl>{markup}</dl>"
        return self.sometimes_unseen() + markup + "\n" * self.rng.randint(0, 2)

    def lines(self, markups: Sequence[str]) -> str:
        """Several lines in this markup's way of writing lines."""
        rng, style = self.rng, self.line_style
        if style == "br":
            return "<div>" + rng.choice(("<br>", "<br/>\n", "<br><br>")).join(markups) + "</div>"
        if style == "li":
            return "<ul>" + "".join(f"<li{self.attributes()}>{m}" for m in markups) + "</ul>"
        if style == "display":
            return "".join(f'<span style="display:block">{m}</span>' for m in markups)
        if style == "pre":
            return "<pre>" + "\n".join(" ".join(m.split()) for m in markups) + "</pre>"
        if style == "rows":
            return "<table>" + "".join(f"<tr><td>{m}</td></tr>" for m in markups) + "</table>"
        if style == "dl":
            return "<dl>" + "".join(f"<dd>{m}</dd>" for m in markups) + "</dl>"
        return "".join(self.block(m) for m in markups)

    # --- the parts of the page
    def title(self, page: LogicalPage) -> str:
        rng, dept = self.rng, self.text(page.department)
        title = self.text(page.title)
        form = rng.randrange(4)
        if form == 0:
            return self.block(f"{title} - {dept}", ("h1", "h2", "div"))
        if form == 1:
            return f"<h1>{title} <small>- {dept}</small></h1>"
        if form == 2:
            return f"<header><h1>{title}<span> - </span><a href='/department/x'>{dept}</a></h1></header>"
        return self.block(f"<strong>{title}</strong> -{self.space()}{dept}", ("div", "p"))

    def share(self, page: LogicalPage) -> str:
        rng, words = self.rng, page.words
        form = rng.randrange(5)
        if form == 0:
            return self.block(words.share)
        links = [
            f'<a href="https://share.example/?u={n}">{b}</a>' for n, b in enumerate(words.buttons)
        ]
        if form == 1:
            return (
                self.block(words.share) + "<ul>" + "".join(f"<li>{a}</li>" for a in links) + "</ul>"
            )
        if form == 2:
            return self.block(f"{words.share} " + " ".join(links))
        if form == 3:
            return (
                f"<div><span>{words.share}</span>"
                + "".join(f"<button>{b}</button>" for b in words.buttons)
                + "</div>"
            )
        return f"<p>{words.share[:-1]}<b>{words.share[-1]}</b></p>"

    def asker(self, page: LogicalPage) -> str:
        label, who, day = page.words.ask_date, self.text(page.asker_line()), page.asked
        rng, style = self.rng, self.label_style
        if style == "inline":
            return self.block(f"<span>{who}</span> <b>{label}</b> <time>{day}</time>")
        if style == "colon":
            return self.block(f"{who} <b>{label[:-1]}</b><i>{label[-1]}</i> {day}")
        if style == "blocks":
            cut = rng.choice((True, False))
            parts = [label, day] if cut else [f"{label} {day}"]
            return "".join(self.block(p, ("div", "p", "li")) for p in (who, *parts))
        if style == "cells":
            return f"<table><tr><td>{who}</td><td>{label}</td><td>{day}</td></tr></table>"
        if style == "dl":
            return f"<dl><dt>{who} {label}</dt><dd>{day}</dd></dl>"
        if style == "tight":
            return self.block(f"{who}{label}{day}")
        return self.block(f"{who} {label} {day}")

    def labelled(self, label: str, day: str) -> str:
        style = self.label_style
        if style == "inline":
            return self.block(f"<b>{label}</b> <span>{day}</span>")
        if style == "colon":
            return self.block(f"<b>{label[:-1]}</b>{label[-1]} {day}")
        if style in ("blocks", "dl"):
            return f"<dl><dt>{label}</dt><dd>{day}</dd></dl>"
        if style == "cells":
            return f"<table><tr><th>{label}</th><td>{day}</td></tr></table>"
        return self.block(f"{label}{'' if style == 'tight' else ' '}{day}")

    def doctor(self, answer: Answer, page: LogicalPage) -> str:
        style, dept = self.doctor_style, self.text(answer.department)
        if page.words.language == "en":
            pieces = [f"Dr. {escaped(answer.doctor)}", "reply", dept]
        else:
            pieces = [answer.doctor, "醫師回覆", dept]
        if style == "inline":
            return self.block(" ".join(f"<span>{p}</span>" for p in pieces))
        if style == "blocks":
            return "".join(self.block(p, ("div", "p")) for p in pieces)
        if style == "linked":
            return self.block(f"{pieces[0]} {pieces[1]} <a href='/department/x'>{pieces[2]}</a>")
        if style == "cells":
            return f"<table><tr><td>{pieces[0]} {pieces[1]}</td><td>{pieces[2]}</td></tr></table>"
        return self.block(" ".join(pieces))

    def card(self, card: Card, page: LogicalPage) -> str:
        rng, url = self.rng, page.path(card.number)
        url = rng.choice((url, f"https://adoctor.tw{url}", url + "?utm_source=x", url + "#top"))
        title, more = self.text(card.title), page.words.read_more
        answer = Answer(
            doctor=card.doctor, department=card.department, lines=(), day=None, iso=None
        )
        body = [self.block(shown(card.question), ("p", "div", "blockquote"))]
        if card.answer:
            body += [self.doctor(answer, page), self.block(shown(card.answer), ("p", "div"))]
        head = self.block(title, ("h3", "h4", "div", "p", "dt"))
        style = self.card_style
        if style == "whole":
            return f'<a href="{url}">{head}{"".join(body)}<p>{more} {title}</p></a>'
        if style == "bracket":
            more = f'{more[0]}<a href="{url}">{more[1:-1]}</a>{more[-1]} {title}'
        elif style == "title":
            head = self.block(f'<a href="{url}">{title}</a>', ("h3", "div"))
            more = f"{more} {title}"
        elif style == "apart":
            more = f'<div>{more}</div><div><a href="{url}">{title}</a></div>'
        else:
            more = f'<a href="{url}">{more} {title}</a>'
        return f'<div class="card">{head}{"".join(body)}{self.block(more, ("p", "div"))}</div>'

    def tags(self, page: LogicalPage) -> str:
        style = self.tag_style
        opened, closed = ("(", ")") if page.words.language == "en" else ("（", "）")

        def pair(tag: Tag) -> tuple[str, str]:
            return (
                f'<a href="{page.tag_path(tag)}">{self.text(tag.name)}</a>',
                f"{opened}{self.text(tag.department)}{closed}",
            )

        pairs = [pair(tag) for tag in page.tags]
        if style == "one":
            return "".join(self.block(f"{a} {b}", ("p", "div")) for a, b in pairs)
        if style == "table":
            return (
                "<table>"
                + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in pairs)
                + "</table>"
            )
        if style == "list":
            return "<ul>" + "".join(f"<li>{a}<br>{b}</li>" for a, b in pairs) + "</ul>"
        if style == "dl":
            return "<dl>" + "".join(f"<dt>{a}<dd>{b}" for a, b in pairs) + "</dl>"
        if style == "run":
            return (
                "<p>" + " ".join(f"<span>{a} <small>{b}</small></span>" for a, b in pairs) + "</p>"
            )
        if style == "nested":
            return "".join(
                f'<a href="{page.tag_path(t)}"><div>{self.text(t.name)}</div><div>{opened}{self.text(t.department)}{closed}</div></a>'
                for t in page.tags
            )
        return "".join(self.block(a, ("p", "div")) + self.block(b, ("p", "div")) for a, b in pairs)

    def part(self, *markups: str) -> str:
        inner = self.sometimes_unseen() + "".join(markups) + self.sometimes_unseen()
        tag = self.wrapper
        if tag == "table":
            return f"<table><tbody><tr><td>{inner}</td></tr></tbody></table>"
        return f"<{tag}{self.attributes()}>{inner}</{tag}>" if tag else inner

    def heading(self, label: str) -> str:
        return self.block(
            escaped(label) + self.rng.choice(("", "", ":")), ("h2", "h3", "div", "p", "summary")
        )

    def body(self, page: LogicalPage) -> str:
        words, rng = page.words, self.rng
        parts = (
            [self.title(page), self.share(page)]
            if page.extras.get("share", True)
            else [self.title(page)]
        )
        headline = self.block(self.text(page.headline), ("h2", "div", "p"))
        question = self.lines([self.text(line) for line in page.question])
        parts.append(self.part(headline, question, self.asker(page)))
        for answer in page.answers:
            day = self.labelled(words.reply_date, answer.day) if answer.day else ""
            text = self.lines([self.text(line) for line in answer.lines])
            parts.append(self.part(self.doctor(answer, page), text, day))
        if page.essay:
            parts.append(
                self.part(
                    self.heading(words.more_info),
                    self.lines([self.text(line) for line in page.essay]),
                )
            )
        aside = rng.choice(("aside", "div"))
        if page.cards:
            parts.append(
                f"<{aside}>"
                + self.heading(words.similar)
                + "".join(self.card(c, page) for c in page.cards)
                + f"</{aside}>"
            )
        if page.tags:
            parts.append(
                f"<{aside}>" + self.heading(words.related) + self.tags(page) + f"</{aside}>"
            )
        if page.extras.get("clutter"):
            parts.insert(
                0, "<div>We use cookies. <button>Accept</button></div><p>Advertisement</p>"
            )
            parts.insert(2, "<p>1,234 views</p>")
            parts.append(
                "<h4>Leave a comment</h4><form><p>Your name</p><input name=n><p>Post (no e-mail)</p></form>"
            )
        return "".join(self.sometimes_unseen() + part for part in parts)

    def document(self, page: LogicalPage) -> str:
        """The whole page."""
        rng, words = self.rng, page.words
        menu = "".join(
            f"<li><a href='/m{n}'>{name}</a></li>"
            for n, name in enumerate(
                ("Home", words.more_info, escaped(words.similar), words.related, words.ask_date)
            )
        )
        nav = rng.choice(
            (
                f"<nav><ul>{menu}</ul></nav>",
                f"<div role='navigation'><ul>{menu}</ul></div>",
                f"<ul class=menu>{menu}</ul>",
                "",
            )
        )
        if page.extras.get("menu"):
            nav = rng.choice((f"<ul class=menu>{menu}</ul>", f"<div>{menu}</div>"))
        footer = rng.choice(
            (
                "",
                f"<footer><p>{words.more_info}</p><p>{words.related}</p><p>Made up (Nowhere)</p></footer>",
                "<div role=contentinfo>About us (Nowhere)</div>",
            )
        )
        head = f"<meta charset=utf-8><title>{escaped(page.title)} - {escaped(page.department)}{rng.choice(('', ' | A Doctor'))}</title>"
        lang = {
            "en": rng.choice(("en", "en-US", "EN")),
            "zh-Hant": rng.choice(("zh-Hant", "zh-TW", "zh-Hant-TW")),
        }[words.language]
        main = self.body(page)
        if rng.random() < 0.5:
            main = f"<main>{main}</main>"
        lang_attribute = f' lang="{lang}"' if rng.random() < 0.8 else ""
        return f"<!DOCTYPE html><html{lang_attribute}><head>{head}</head><body>{nav}{main}{footer}{self.sometimes_unseen()}</body></html>"
