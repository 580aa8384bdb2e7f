"""The sample adoctor: what stands at each URL."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qs

from scraper.sample.adoctor import layouts_modern, layouts_plain, listing
from scraper.sample.adoctor.content import content
from scraper.sample.adoctor.labels import LABELS, PREFIXES
from scraper.sample.adoctor.shell import page
from scraper.sample.adoctor.view import View, view
from scraper.sample.catalogue import Catalogue
from scraper.sample.chance import Salt, mix
from scraper.sample.history import State, moment
from scraper.sample.web import Resource, moved, text

FIRST_NUMBER = 177001
LAYOUTS: dict[str, Callable[[View], str]] = {
    "semantic": layouts_modern.semantic,
    "breaks": layouts_plain.breaks,
    "table": layouts_plain.table,
    "spans": layouts_modern.spans,
    "lists": layouts_modern.lists,
    "hydrated": layouts_modern.hydrated,
    "plain": layouts_plain.plain,
}
_CHANGED = layouts_modern.changed
_PATH = re.compile(r"(?P<zh>/zh-Hant)?/(?P<kind>[a-z-]*)(?:/(?P<name>[a-z0-9-]+))?(?P<slash>/?)")
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
    """Finds pages; `layout` is a name in LAYOUTS, "changed", or None for one by number."""

    catalogue: Catalogue
    layout: str | None = None

    def layout_of(self, index: int) -> str:
        """The name of a page's markup."""
        if self.layout:
            return self.layout
        return list(LAYOUTS)[mix(self.catalogue.seed, Salt.LAYOUT, index) % len(LAYOUTS)]

    def find(self, target: bytes, origin: str) -> Resource | None:
        """The resource at a path and query."""
        path, _, query = target.decode("latin-1").partition("?")
        if path == "/robots.txt":
            return text(lambda: _ROBOTS.format(origin=origin), "text/plain; charset=utf-8")
        if path.endswith(".xml"):
            return self._sitemap(path, origin)
        if path in {"/zh-Hant", "/zh-Hant/"}:
            return self._list("", None, query, 1, origin)
        match = _PATH.fullmatch(path)
        if match is None:
            return None
        kind, name, lang = match["kind"], match["name"], int(bool(match["zh"]))
        if match["slash"] and kind:
            return moved(f"{origin}{path.rstrip('/')}{'?' + query if query else ''}")
        if kind == "article" and name:
            return self._article(name, lang, origin)
        if kind in _NOTES:
            path = _NOTES[kind]
            return _html(partial(listing.note_page, lang, kind.title(), path, origin))
        if kind == "faq" and not name:
            return _html(partial(listing.topics_page, self.catalogue, lang, origin))
        return self._list(kind, name, query, lang, origin)

    def _article(self, name: str, lang: int, origin: str) -> Resource | None:
        index = self.catalogue.index(int(name)) if name.isdecimal() and name[0] != "0" else None
        if index is None:
            return None
        state = self.catalogue.state(index)
        if state.gone:
            return Resource(body=lambda: b"<h1>Not here any more</h1>", status=state.gone_status)
        layout = self.layout_of(index)
        return Resource(
            body=lambda: self._render(index, lang, state, origin).encode(),
            etag=f'W/"{layout}-{name}-{lang}-{state.version}-{state.template}"',
            modified=state.changed_at,
        )

    def _render(self, index: int, lang: int, state: State, origin: str) -> str:
        said = content(self.catalogue, index, lang, state)
        day = LABELS[lang].day(moment(1 + state.template).date())
        draw = mix(self.catalogue.seed, Salt.LAYOUT, index, 1)
        seen = view(said, worded=draw % 3 == 0, rendered=LABELS[lang].rendered.format(day=day))
        name = self.layout_of(index)
        body = _CHANGED(seen) if name == "changed" else LAYOUTS[name](seen)
        paths = (f"/article/{said.number}", f"/zh-Hant/article/{said.number}")
        return page(
            lang=lang, title=f"{said.title} - {said.department}", path=paths[lang],
            alternates=paths, origin=origin, body=body, note=f"template {state.template}",
        )  # fmt: skip

    def _list(
        self, kind: str, name: str | None, query: str, lang: int, origin: str
    ) -> Resource | None:
        site = self.catalogue
        if kind == "":
            size, heading, path = site.count, LABELS[lang].newest, "/"
            member: Callable[[int], int] = int
        elif kind == "department":
            department = next((one for one in site.departments if one.slug == name), None)
            if department is None:
                return None
            size, heading = site.size(department.number), department.name[lang]
            path, member = f"/department/{name}", partial(site.member, department.number)
        elif kind == "faq":
            topic = next((one for one in site.topics if one.slug == name), None)
            if topic is None:
                return None
            size, heading = len(site.on_topic(topic)), topic.name[lang]
            path, member = f"/faq/{name}", partial(site.topic_member, topic)
        else:
            return None
        number = parse_qs(query).get("page", ["1"])[0]
        last = 1 if kind == "" else listing.pages(size)
        if not number.isdecimal() or not 1 <= int(number[:9]) <= last:
            return None
        found = listing.Listing(
            heading=heading,
            path=path,
            indexes=[member(rank) for rank in listing.window(size, int(number))],
            number=int(number),
            last=last,
        )
        return _html(partial(listing.list_page, site, found, lang, origin))

    def _sitemap(self, path: str, origin: str) -> Resource | None:
        xml = "application/xml; charset=utf-8"
        if path == "/sitemap.xml":
            return text(partial(listing.sitemap_index, self.catalogue, origin), xml)
        match = re.fullmatch(r"/sitemap-([1-9]\d{0,6})\.xml", path)
        if match and (int(match[1]) - 1) * listing.PER_SITEMAP < self.catalogue.count:
            return text(partial(listing.sitemap, self.catalogue, int(match[1]), origin), xml)
        return None


def _html(body: Callable[[], str]) -> Resource:
    return text(body, "text/html; charset=utf-8")


assert PREFIXES == ("", "/zh-Hant")  # as in _PATH and _ROBOTS
