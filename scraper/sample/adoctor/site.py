"""The sample adoctor: what stands at each URL."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qs

from scraper.sample.adoctor import listing
from scraper.sample.adoctor.content import content_of
from scraper.sample.adoctor.labels import LABELS, PREFIXES
from scraper.sample.adoctor.layouts import ALL_LAYOUTS, LAYOUTS
from scraper.sample.adoctor.shell import page
from scraper.sample.adoctor.view import view
from scraper.sample.catalogue import Catalogue
from scraper.sample.chance import Salt, mix
from scraper.sample.history import State, moment
from scraper.sample.lists import last_page, page_number, page_ranks
from scraper.sample.sitemaps import sitemap_at
from scraper.sample.web import Response, moved, resource, text

_PATH = re.compile(
    r"(?P<zh>/zh-Hant(?![^/]))?(?:/(?P<kind>[a-z-]*)(?:/(?P<name>[a-z0-9-]+))?(?P<slash>/?))?"
)
_NOTES = {"about": "/about", "search": "/search", "account": "/account/login"}
_ROBOTS = """User-agent: *
Disallow: /search
Disallow: /zh-Hant/search
Disallow: /account/
Disallow: /zh-Hant/account/

Sitemap: {origin}/sitemap.xml
"""


@dataclass(frozen=True)
class Adoctor:
    """Finds the page of a path and query.

    `layout` is a name in ALL_LAYOUTS; None gives each question one of LAYOUTS.
    """

    catalogue: Catalogue
    layout: str | None = None

    def layout_of(self, index: int) -> str:
        """The name of a page's markup."""
        if self.layout:
            return self.layout
        return list(LAYOUTS)[mix(self.catalogue.seed, Salt.LAYOUT, index) % len(LAYOUTS)]

    def find(self, target: bytes, origin: str) -> Response | None:
        """The resource at a path and query."""
        path, _, query = target.decode("latin-1").partition("?")
        if path == "/robots.txt":
            return text(_ROBOTS.format(origin=origin), "text/plain; charset=utf-8")
        if path.endswith(".xml"):
            return sitemap_at(path, self.catalogue, origin, self._paths)
        match = _PATH.fullmatch(path)
        return self._page(match, query, origin) if match else None

    def _page(self, match: re.Match[str], query: str, origin: str) -> Response | None:
        kind, name, lang = match["kind"] or "", match["name"], int(bool(match["zh"]))
        if match["slash"] and kind:
            return moved(f"{origin}{match[0].rstrip('/')}{'?' + query if query else ''}")
        if kind == "article" and name:
            return self._article(name, lang, origin)
        if kind in _NOTES:
            path = _NOTES[kind]
            return text(listing.note_page(lang, kind.title(), path, origin))
        if kind == "faq" and not name:
            return text(listing.topics_page(self.catalogue, lang, origin))
        return self._list(kind, name, query, lang, origin)

    def _article(self, name: str, lang: int, origin: str) -> Response | None:
        index = self.catalogue.index(int(name)) if name.isdecimal() and name[0] != "0" else None
        if index is None:
            return None
        state = self.catalogue.state(index)
        if state.gone:
            return resource(body=b"<h1>Not here any more</h1>", status=state.gone_status)
        layout = self.layout_of(index)
        return resource(
            body=self._render(index, lang, state, origin).encode(),
            etag=f'W/"{layout}-{name}-{lang}-{state.version}-{state.template}"',
            modified=state.changed_at,
        )

    def _render(self, index: int, lang: int, state: State, origin: str) -> str:
        content = content_of(self.catalogue, index, lang, state)
        day = LABELS[lang].day(moment(1 + state.template).date())
        draw = mix(self.catalogue.seed, Salt.LAYOUT, index, 1)
        page_view = view(
            content, worded=draw % 3 == 0, rendered=LABELS[lang].rendered.format(day=day)
        )
        body = ALL_LAYOUTS[self.layout_of(index)].render(page_view)
        paths = (f"/article/{content.number}", f"/zh-Hant/article/{content.number}")
        return page(
            lang=lang, title=f"{content.title} - {content.department}", path=paths[lang],
            alternates=paths, origin=origin, body=body, note=f"template {state.template}",
        )  # fmt: skip

    def _list(
        self, kind: str, name: str | None, query: str, lang: int, origin: str
    ) -> Response | None:
        site = self.catalogue
        if kind == "":
            size, heading, path = site.question_count, LABELS[lang].newest, "/"
            member: Callable[[int], int] = int
        elif kind == "department":
            department = next((area for area in site.departments if area.slug == name), None)
            if department is None:
                return None
            size, heading = site.department_size(department.number), department.name[lang]
            path, member = f"/department/{name}", partial(site.department_member, department.number)
        elif kind == "faq":
            topic = next((tag for tag in site.topics if tag.slug == name), None)
            if topic is None:
                return None
            size, heading = site.topic_size(topic), topic.name[lang]
            path, member = f"/faq/{name}", partial(site.topic_member, topic)
        else:
            return None
        last = 1 if kind == "" else last_page(size)
        number = page_number(parse_qs(query).get("page", ["1"])[0], last)
        if number is None:
            return None
        indexes = [member(rank) for rank in page_ranks(size, number)]
        return text(
            listing.list_page(
                site, lang, origin, heading, path, indexes=indexes, number=number, last=last
            )
        )

    def _paths(self, index: int) -> tuple[str, ...]:
        number = self.catalogue.numbers.number(index)
        return tuple(f"{prefix}/article/{number}" for prefix in PREFIXES)


assert PREFIXES == ("", "/zh-Hant")  # as in _PATH and _ROBOTS
