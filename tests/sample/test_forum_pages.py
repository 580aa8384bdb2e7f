"""Pages of the sample forum: what their structured data says, read with the standard library."""

import html
import json
import re
from typing import Any

import pytest

from scraper.sample.qapage.content import MARKUPS
from scraper.sample.qapage.pages import NOT_QUESTIONS
from tests.truth.sites import SampleSite, build

HOME = "http://127.0.0.1:8000/"
HEADERS = {"host": "127.0.0.1:8000"}


@pytest.fixture(scope="module")
def site() -> SampleSite:
    return build("qapage", questions=200, seed=7)


def _json_ld(body: str) -> Any:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body, re.DOTALL)
    assert len(found) <= 1
    return json.loads(found[0]) if found else None


def _entity(data: Any) -> dict[str, Any]:
    page = data["@graph"][2] if "@graph" in data else data
    assert page["@type"] == "QAPage"
    entity: dict[str, Any] = page["mainEntity"]
    return entity


def _answers(entity: dict[str, Any]) -> list[dict[str, Any]]:
    accepted = entity.get("acceptedAnswer")
    return [*([accepted] if accepted else []), *entity.get("suggestedAnswer", [])]


def _plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", text)).strip()


def test_structured_data_says_what_the_truth_says(site: SampleSite) -> None:
    seen = {"jsonld": 0, "microdata": 0, "fewer": 0, "null": 0, "graph": 0, "space": 0}
    for record in site.records(HOME):
        body = site.respond(record.url.removeprefix(HOME[:-1]), HEADERS).body.decode()
        data = _json_ld(body)
        texts = [reply.text for reply in record.replies]
        if data:
            entity = _entity(data)
            found = [html.unescape(answer["text"]) for answer in _answers(entity)]
            seen["fewer"] += len(found) < len(texts)
            seen["null"] += entity.get("acceptedAnswer", 0) is None
            seen["graph"] += "@graph" in data
            seen["space"] += " " in entity["dateCreated"]
            seen["jsonld"] += 1
            assert html.unescape(entity["name"]) == record.title
            assert html.unescape(entity["text"]) == record.text
            assert found == texts[: len(found)]
        if "itemprop" in body:
            seen["microdata"] += 1
            parts = re.findall(r'class="body" itemprop="text">(.*?)</div>', body, re.DOTALL)
            assert [_plain(part) for part in parts] == [record.text, *texts]
        elif data:
            assert len(_answers(_entity(data))) == len(texts)
    assert min(seen.values()) > 5, seen


def test_all_markups_occur(site: SampleSite) -> None:
    bodies = [
        site.respond(record.url.removeprefix(HOME[:-1]), HEADERS).body
        for record in site.records(HOME)
    ]
    kinds = {
        (b"ld+json" in body, b"@graph" in body, b"itemprop" in body, b"http://schema.org" in body)
        for body in bodies
    }
    assert len(kinds) == len(MARKUPS)


def test_pages_that_are_no_questions_say_what_they_are(site: SampleSite) -> None:
    kinds = [_json_ld(site.respond(path, HEADERS).body.decode())["@type"] for path in NOT_QUESTIONS]
    assert kinds == ["FAQPage", "MedicalWebPage", "Article"]


def test_a_number_without_its_words_is_a_redirect_to_the_whole_address(site: SampleSite) -> None:
    record = next(site.records(HOME))
    for path in (f"/questions/{record.source_id}", f"/questions/{record.source_id}/other-words"):
        answer = site.respond(path, HEADERS)
        assert (answer.status, answer.header("Location")) == (301, record.url)


def test_the_list_pages_through_all_questions(site: SampleSite) -> None:
    found: list[int] = []
    for page in range(1, 11):
        body = site.respond(f"/questions?page={page}", HEADERS).body.decode()
        found += [int(number) for number in re.findall(r'<li><a href="/questions/(\d+)/', body)]
    assert found == list(site.existing_ids())[::-1]
    assert site.respond("/questions?page=11", HEADERS).status == 404
