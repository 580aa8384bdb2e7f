"""The sample taiwan-ehospital: what stands at each URL."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scraper.sample.catalogue import Catalogue
from scraper.sample.ehospital import pages
from scraper.sample.ehospital.content import Content, content_of
from scraper.sample.ehospital.spelling import SPELLINGS, encode, query_values, spells
from scraper.sample.lists import last_page, page_number, page_ranks
from scraper.sample.topics import Department, Topic
from scraper.sample.web import Response, moved, resource, text

PER_FAQ_PAGE = 10
_ROBOTS = "User-agent: *\nDisallow: /doctor/admin/\n"


@dataclass(frozen=True)
class Ehospital:
    """Finds the page of a path and query."""

    catalogue: Catalogue

    def find(self, target: bytes, origin: str) -> Response | None:
        """The resource at a path and query."""
        path, _, query = target.decode("latin-1").partition("?")
        if path == "/robots.txt":
            return text(_ROBOTS, "text/plain")
        if path in {"/", "/doctor", "/doctor/"}:
            return moved(f"{origin}/doctor/Index1.php")
        makers: dict[str, Callable[[dict[str, bytes]], Response | None]] = {
            "Index1.php": self._home,
            "All/index.php": self._department,
            "All/history.php": self._history,
            "All/ShowDetail.php": self._question,
            "Often_question/index.php": self._types,
            "Often_question/type_detail.php": self._type_detail,
        }
        make = makers.get(path.removeprefix("/doctor/")) if path.startswith("/doctor/") else None
        return make(query_values(query)) if make else None

    def _home(self, _values: dict[str, bytes]) -> Response:
        departments = [
            (area.name[1], f"/doctor/All/index.php?d_class={SPELLINGS[0](area.name[1])}")
            for area in self.catalogue.departments
        ]
        top = self.catalogue.question_count - 1
        newest = self._living(range(top, max(top - 10, -1), -1))
        return _big5(pages.home(departments, newest))

    def _department(self, values: dict[str, bytes]) -> Response | None:
        department = self._department_named(values.get("d_class", b""))
        if department is None:
            return None
        spelling = SPELLINGS[department.number % len(SPELLINGS)]
        return _big5(pages.department(department.name[1], spelling(department.name[1])))

    def _history(self, values: dict[str, bytes]) -> Response | None:
        department = self._department_named(values.get("UrlClass", b""))
        if department is None:
            return None
        size = self.catalogue.department_size(department.number)
        number = page_number(values.get("PageNo", b"1").decode("latin-1"), last_page(size))
        if number is None:
            return None
        ranks = page_ranks(size, number)
        questions = self._living(
            [self.catalogue.department_member(department.number, rank) for rank in ranks]
        )
        return _big5(pages.history(department.name[1], questions, number, last_page(size)))

    def _question(self, values: dict[str, bytes]) -> Response:
        given = values.get("q_no", b"").decode("latin-1")
        index = self.catalogue.index(int(given)) if given.isdecimal() else None
        if index is None or not self.catalogue.is_living(index):
            return _big5(pages.missing(given))
        state = self.catalogue.state(index)
        return _big5(pages.question(content_of(self.catalogue, index, state), state.template))

    def _types(self, _values: dict[str, bytes]) -> Response:
        links = []
        for topic in self.catalogue.topics:
            spelling = SPELLINGS[topic.number % len(SPELLINGS)]
            area = self.catalogue.departments[topic.department].name[1]
            address = f"q_type={spelling(topic.name[1])}&amp;UrlClass={spelling(area)}"
            links.append((topic.name[1], address))
        return _big5(pages.types(links))

    def _type_detail(self, values: dict[str, bytes]) -> Response | None:
        topic = self._topic(values)
        if topic is None:
            return None
        size = self.catalogue.topic_size(topic)
        last = last_page(size, PER_FAQ_PAGE)
        number = page_number(values.get("PageNo", b"1").decode("latin-1"), last)
        if number is None:
            return None
        ranks = page_ranks(size, number, PER_FAQ_PAGE)
        questions = self._living([self.catalogue.topic_member(topic, rank) for rank in ranks])
        return _big5(pages.type_detail(topic.name[1], questions, number, last))

    def _living(self, indexes: Sequence[int]) -> list[Content]:
        """What the questions say that have not been taken down."""
        site = self.catalogue
        return [
            content_of(site, index, site.state(index)) for index in indexes if site.is_living(index)
        ]

    def _department_named(self, value: bytes) -> Department | None:
        return next(
            (area for area in self.catalogue.departments if spells(value, area.name[1])), None
        )

    def _topic(self, values: dict[str, bytes]) -> Topic | None:
        area = self._department_named(values.get("UrlClass", b""))
        named = values.get("q_type", b"")
        for topic in self.catalogue.topics:
            if spells(named, topic.name[1]) and (area is None or area.number == topic.department):
                return topic
        return None


def _big5(body: str) -> Response:
    """A page whose header names no charset."""
    return resource(body=encode(body), content_type="text/html")
