"""Evidence for fields drawn from the sample sites, against what the sites themselves know.

The words must be the truth's, and what stands before and after them must be what the page shows
around that very field: a department in the doctor line is not that of the title.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from random import Random
from typing import Any

import pytest
from lxml import html

from scraper.cli.running import spider_class
from scraper.items import Question
from scraper.reading.evidence import Shown, evidence_of
from scraper.reading.page import Page
from scraper.record import to_record
from scraper.sample.adoctor.layouts import LAYOUTS
from tests.truth.sites import SampleSite, build

DRAWN = 120  # fields of each of nine sites: the three, adoctor in each of its layouts
SITES = [*(("adoctor", layout) for layout in LAYOUTS), ("taiwan-ehospital", None), ("qapage", None)]
SEXES = {"female": ("female", "女性", "女"), "male": ("male", "男性", "男")}
NOT_SAID = re.compile(r"schema|id|site|source_id|url|captured_at|warnings.*|.*_complete")


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The paths and values of a record's fields that a page says."""
    if isinstance(value, Mapping):
        for name, member in value.items():
            yield from leaves(member, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for number, member in enumerate(value):
            yield from leaves(member, f"{path}[{number}]")
    elif value is not None and not NOT_SAID.fullmatch(path):
        yield path, value


def bare(text: Any) -> str:
    return re.sub(r"\s+", "", str(text))


class Case:
    """One page of a sample site, what it says in truth, and the evidence for that."""

    def __init__(self, site: SampleSite, truth: Question) -> None:
        spider = spider_class(site.name)
        body = site.respond(truth.url.removeprefix("http://127.0.0.1")).body
        page = Page(url=truth.url, body=body, default_charset=spider.charset)
        self.site = site.name
        self.tree: Any = html.document_fromstring(page.decoded.text)
        self.record = to_record(truth, datetime(2026, 1, 1, tzinfo=UTC))
        self.fields = dict(leaves(self.record))
        self.shown: Shown = evidence_of(page, spider.read_question(page), spider.locate)
        self.band = f"{self.fields.get('asker.age_min')}~{self.fields.get('asker.age_max')}"
        self.zh = truth.language == "zh-Hant"

    def words(self, field: str) -> str | None:
        """What the page shows of a field; None for what stands in an attribute."""
        value, name = self.fields[field], field.rpartition(".")[2]
        of_tag = field.startswith("faq_tags") and name == "department"
        if name in ("url", "language") or (self.site == "taiwan-ehospital" and of_tag):
            return None
        if name == "sex":
            return SEXES[value][2 if self.site == "taiwan-ehospital" else self.zh]
        if name in ("age_min", "age_max"):
            return self.band
        if name in ("asked_on", "replied_on"):
            form = "%d %b %Y" if self.site == "qapage" else "%Y/%m/%d"
            return date.fromisoformat(value).strftime(form)
        return str(value)

    def around(self, field: str) -> tuple[str, str]:
        """What stands right before and right after a field, white space left out."""
        owner = field.rpartition(".")[0]
        told = {key: bare(self.fields.get(f"{owner}.{key}" if owner else key, "")) for key in KEYS}
        told["asker"] = bare(self.fields.get("asker.name", ""))
        told["headline"] = bare(self.fields.get("question.headline", ""))
        told["band"] = self.band
        table = {"adoctor": ADOCTOR, "qapage": FORUM}.get(self.site, EHOSPITAL)
        before, after = table.get(re.sub(r"\[\d+\]", "[]", field), ("", ""))
        told |= ZH if self.zh else EN
        return before.format_map(told), after.format_map(told)


KEYS = ("title", "name", "doctor", "department", "hospital", "text", "question_excerpt", "sex")
EN = {"ask": "AskDate:", "reply": "ReplyDate:", "more": "MoreInfo", "dr": "Dr.", "says": "reply"}
ZH = {"ask": "提問日期：", "reply": "回覆日期：", "more": "更多資訊", "dr": "", "says": "醫師回覆"}
ADOCTOR = {
    "title": ("", "-{department}"),
    "department": ("{title}-", ""),
    "question.text": ("{headline}", "{asker}"),
    "asker.name": ("", ""),
    "asked_on": ("{ask}", ""),
    "replies[].doctor": ("{dr}", "{says}{department}{text}"),
    "replies[].department": ("{dr}{doctor}{says}", "{text}"),
    "replies[].text": ("{doctor}{says}{department}", "{reply}"),
    "replies[].replied_on": ("{department}{text}{reply}", ""),
    "more_info": ("{more}", ""),
    "similar[].title": ("", "{question_excerpt}"),
    "similar[].question_excerpt": ("{title}", ""),
    "similar[].doctor": ("{dr}", "{says}{department}"),
    "similar[].department": ("{doctor}{says}", ""),
    "similar[].reply_excerpt": ("{says}{department}", ""),
    "faq_tags[].name": ("", "({department})"),
    "faq_tags[].department": ("{name}(", ")"),
}
EHOSPITAL = {
    "asker.name": ("", "／"),
    "asker.sex": ("{asker}／", "／({band})"),
    "asker.age_min": ("／(", ")"),
    "asked_on": ("{band}),", ""),
    "replies[].doctor": ("{department}／", ","),
    "replies[].department": ("", "／{doctor},"),
    "replies[].hospital": ("", "／{department}／{doctor}"),
    "replies[].replied_on": ("／{doctor},", ""),
}
FORUM = {
    "title": ("", "by{asker}"),
    "asker.name": ("by", ""),
    "asked_on": ("by{asker}", ""),
    "replies[].doctor": ("{text}by", ""),
    "replies[].replied_on": ("{text}by{doctor}", ""),
}


@cache
def cases(name: str, layout: str | None) -> list[Case]:
    site = build(name, questions=12, seed=42, revision=3, layout=layout)
    return [Case(site, truth) for truth in site.records()]


@pytest.mark.parametrize(("name", "layout"), SITES)
def test_the_words_of_drawn_fields_are_the_truths_and_in_their_place(
    name: str, layout: str | None
) -> None:
    everything = [(case, field) for case in cases(name, layout) for field in case.fields]
    drawn = Random(5).sample(everything, DRAWN)
    for case, field in drawn:
        (found,) = [one for one in case.shown.fields if one.field == field]
        where, text = (case.record["url"], field), case.shown.visible_text
        assert found.words == case.words(field), where
        if found.words is None:
            assert (found.start, found.end) == (None, None), where
            continue
        assert text[found.start : found.end] == found.words, where
        before, after = case.around(field)
        assert bare(text[: found.start]).endswith(before), (where, before)
        assert bare(text[found.end :]).startswith(after), (where, after)


@pytest.mark.parametrize(("name", "layout"), SITES)
def test_every_field_of_every_page_is_located(name: str, layout: str | None) -> None:
    for case in cases(name, layout):
        assert [one.field for one in case.shown.fields] == list(case.fields)
        assert case.shown.not_located == ()


@pytest.mark.parametrize(("name", "layout"), SITES)
def test_the_xpath_leads_to_the_words(name: str, layout: str | None) -> None:
    for case in cases(name, layout)[::6]:
        for found in case.shown.fields:
            (held,) = case.tree.xpath(found.xpath)
            where = (case.record["url"], found.field)
            if found.words is not None:
                assert bare(found.words) in bare(held.text_content()), where
            elif found.field.endswith(".url"):
                path = case.fields[found.field].removeprefix("http://127.0.0.1")
                assert held == path, where
