"""Pages that lead on: home, department lists, FAQ tags."""

import html
from collections.abc import Sequence

from scraper.sample import article
from scraper.sample.adoctor.labels import LABELS, PREFIXES
from scraper.sample.adoctor.shell import page
from scraper.sample.catalogue import Catalogue


def list_page(
    site: Catalogue,
    lang: int,
    origin: str,
    heading: str,
    path: str,
    *,
    indexes: Sequence[int],
    number: int,
    last: int,
) -> str:
    """Page `number` of `last` of a list; questions among `indexes` that are gone leave no row.

    `path` is without the language's prefix and the page.
    """
    labels, prefix = LABELS[lang], PREFIXES[lang]
    rows = []
    for index in indexes:
        if not site.is_living(index):
            continue
        title = html.escape(article.question_text(site, index, lang).title, quote=False)
        href = f"{prefix}/article/{site.numbers.number(index)}"
        area = site.department(index).name[lang]
        day = labels.day(article.asked_on(site, index))
        rows.append(f'<li><a href="{href}">{title}</a> <small>{area} {day}</small></li>\n')
    pager = [
        f'<a rel="{rel}" href="{_at(prefix + path, at)}">{label}</a>'
        for rel, label, at in (
            ("prev", labels.previous, number - 1),
            ("next", labels.following, number + 1),
        )
        if 1 <= at <= last
    ]
    body = (
        f'{menu(lang)}<main><h1>{html.escape(heading)}</h1><ol class="list">\n'
        f'{"".join(rows)}</ol><p class="pager">{" ".join(pager)}</p>'
    )
    if path == "/":
        body += "<ul>" + "".join(
            f'<li><a href="{prefix}/department/{department.slug}">{department.name[lang]}</a></li>'
            for department in site.departments
        )
        body += "</ul>"
    paths = (_at(path, number), _at(PREFIXES[1] + path, number))
    return page(
        lang=lang, title=heading, path=paths[lang], alternates=paths, origin=origin,
        body=f"{body}</main>{footer(lang)}", note="list",
    )  # fmt: skip


def menu(lang: int) -> str:
    """The menu on pages that are no article."""
    links = "".join(
        f'<li><a href="{PREFIXES[lang]}{path}">{label}</a></li>'
        for label, path in LABELS[lang].menu
    )
    return f'<header class="bar"><nav><ul>{links}</ul></nav></header>'


def footer(lang: int) -> str:
    """The footer on pages that are no article; its account page is not for crawlers."""
    login = f'<a rel="nofollow" href="{PREFIXES[lang]}/account/login">@</a>'
    return f"<footer><p>{LABELS[lang].notice} {login}</p></footer>"


def topics_page(site: Catalogue, lang: int, origin: str) -> str:
    """All FAQ tags by department."""
    prefix = PREFIXES[lang]
    parts = []
    for department in site.departments:
        links = "".join(
            f'<li><a href="{prefix}/faq/{site.topics[number].slug}">'
            f"{site.topics[number].name[lang]}</a></li>"
            for number in department.topics
        )
        parts.append(f"<h2>{department.name[lang]}</h2><ul>{links}</ul>\n")
    title = {path: label for label, path in LABELS[lang].menu}["/faq"]
    return page(
        lang=lang, title=title, path=f"{prefix}/faq", alternates=("/faq", "/zh-Hant/faq"),
        origin=origin, note="topics",
        body=f"{menu(lang)}<main><h1>{title}</h1>{''.join(parts)}</main>{footer(lang)}",
    )  # fmt: skip


def note_page(lang: int, label: str, path: str, origin: str) -> str:
    """A page with nothing on it: about, search, login."""
    return page(
        lang=lang, title=label, path=PREFIXES[lang] + path, alternates=(path, f"/zh-Hant{path}"),
        origin=origin, note="note",
        body=f"{menu(lang)}<main><h1>{label}</h1><p>{LABELS[lang].notice}</p></main>{footer(lang)}",
    )  # fmt: skip


def _at(path: str, number: int) -> str:
    return path if number == 1 else f"{path}?page={number}"
