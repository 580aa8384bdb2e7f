"""Pages of the sample adoctor, looked at with a plain eye: tags stripped, text in order."""

import re
from html.parser import HTMLParser

import pytest

from scraper.items import Question
from scraper.sample.adoctor.content import excerpt
from scraper.sample.adoctor.layouts import LAYOUTS
from tests.truth.sites import SampleSite, build

HEADERS = {"host": "127.0.0.1:8000"}
_CUT = re.compile(r"((&#?\w*|.)?\.\.\.)?", re.DOTALL)  # what may stand between: "&quo..."
_UNSEEN = {"script", "style", "template", "title", "svg"}


class _Eye(HTMLParser):
    """Collects visible text; hidden elements are those the sample site hides."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN or (self._depth and tag == "div") or ("hidden", "") in attrs:
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if self._depth and (tag in _UNSEEN or tag == "div"):
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if not self._depth:
            self.text += data


def _seen(body: bytes) -> str:
    eye = _Eye()
    eye.feed(body.decode())
    return _bare(eye.text)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _order(record: Question) -> list[str]:
    """What a reader of the page sees, one thing after the other."""
    english = record.language == "en"
    assert record.asker
    assert record.asked_on
    assert record.text
    day = f"{record.asked_on:%Y/%m/%d}"
    band = f"{record.asker.age_min}~{record.asker.age_max}"
    sex = record.asker.sex
    if english:
        asker = f"{record.asker.name}, {band} year old {sex}. Ask Date: {day}"
    else:
        chinese = {"female": "女性", "male": "男性"}[sex or ""]
        asker = f"{record.asker.name}，{band}歲{chinese}。 提問日期：{day}"
    title = f"{record.title} - {record.department}"
    parts = [title, "Share to:" if english else "分享：", record.headline or ""]
    parts += [record.text, asker]
    for reply in record.replies:
        line = f"Dr. {reply.doctor} reply {reply.department}"
        parts.append(line if english else f"{reply.doctor} 醫師回覆 {reply.department}")
        date = f"{reply.replied_on:%Y/%m/%d}"
        parts += [reply.text, f"Reply Date: {date}" if english else f"回覆日期：{date}"]
    if record.more_info:
        parts += ["More Info" if english else "更多資訊", record.more_info]
    if record.similar:
        parts.append("Similar Q&A" if english else "相似問答")
    for card in record.similar:
        parts += [card.title, card.question_excerpt or ""]
        if card.doctor:
            line = f"Dr. {card.doctor} reply {card.department}"
            parts.append(line if english else f"{card.doctor} 醫師回覆 {card.department}")
            parts.append(card.reply_excerpt or "")
        parts.append(f"{'[Read More]' if english else '[閱讀更多]'} {card.title}")
    if record.faq_tags:
        parts.append("Related FAQ" if english else "相關問題")
    parts += [f"{tag.name} ({tag.department})" for tag in record.faq_tags]
    return parts


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_shows_the_same_things_in_the_same_order(layout: str) -> None:
    site = build("adoctor", questions=16, seed=11, revision=4, layout=layout)
    for record in site.records("http://127.0.0.1:8000/"):
        path = record.url.removeprefix("http://127.0.0.1:8000")
        seen = _seen(site.respond(path, HEADERS).body)
        at = seen.index(_bare(record.title or "") + "-")
        for part in _order(record):
            found = seen.find(_bare(part), at)
            assert found >= 0, (path, part)
            assert _CUT.fullmatch(seen[at:found]), (path, part, seen[at:found])
            at = found + len(_bare(part))


def test_layouts_differ_and_the_number_decides() -> None:
    site = build("adoctor", questions=100, seed=2)
    number = next(site.existing_ids())
    bodies = {
        build("adoctor", questions=100, seed=2, layout=layout)
        .respond(f"/article/{number}", HEADERS)
        .body
        for layout in LAYOUTS
    }
    assert len(bodies) == len(LAYOUTS) >= 6
    mixed = {_kind(site.respond(f"/article/{one}", HEADERS).body) for one in site.existing_ids()}
    assert len(mixed) == len(LAYOUTS)


def _kind(body: bytes) -> str:
    marks = ["<dl", "<pre>", "css-6p", 'class="frame"', '<font size="5"', "col-8", "<article>"]
    return next(mark for mark in marks if mark.encode() in body.partition(b"<body>")[2])


def test_the_changed_layout_shows_no_label() -> None:
    site = build("adoctor", questions=30, layout="changed")
    for number in site.existing_ids():
        if site.oddities(number) & {"hostile"}:  # one asker speaks of labels
            continue
        seen = _seen(site.respond(f"/article/{number}", HEADERS).body)
        for label in ("AskDate", "ReplyDate", "SimilarQ&A", "[ReadMore]", "yearold"):
            assert label not in seen


def test_pages_weigh_about_twenty_kilobytes_and_hold_about_fourteen_links() -> None:
    site = build("adoctor", questions=200)
    sizes, links = [], []
    for number in site.existing_ids():
        body = site.respond(f"/article/{number}", HEADERS).body
        sizes.append(len(body))
        links.append(body.count(b"<a "))
    assert 19_000 < sum(sizes) / len(sizes) < 24_000
    assert min(sizes) > 12_000
    assert 12 < sum(links) / len(links) < 17


def test_head_names_language_canonical_and_alternates() -> None:
    body = build("adoctor").respond("/zh-Hant/article/177001", HEADERS).body.decode()
    assert '<html lang="zh-Hant">' in body
    assert '<link rel="canonical" href="http://127.0.0.1:8000/zh-Hant/article/177001">' in body
    for code, path in (("en", "/article/177001"), ("zh-Hant", "/zh-Hant/article/177001")):
        link = f'<link rel="alternate" hreflang="{code}" href="http://127.0.0.1:8000{path}">'
        assert link in body


@pytest.mark.parametrize(
    ("text", "markup", "whole"),
    [
        ("a" * 280, "a" * 280, "a" * 280),
        ("a" * 281, "a" * 280 + "...", "a" * 280),
        ("a" * 274 + '"', "a" * 274 + "&quot;", "a" * 274 + '"'),
        ("a" * 275 + '"', "a" * 275 + "&quot...", "a" * 275),
        ("a" * 276 + "'b", "a" * 276 + "&#03...", "a" * 276),
        ("a" * 275 + "& b", "a" * 275 + "&amp;...", "a" * 275 + "&"),
        ("a" * 270 + "<a href=x>", "a" * 270 + "&lt;a href...", "a" * 270 + "<a href"),
    ],
)
def test_excerpts_are_cut_at_280_escaped_characters(text: str, markup: str, whole: str) -> None:
    cut = excerpt(text)
    assert (cut.markup, cut.text, cut.complete) == (markup, whole, text == whole)


def test_oddities_come_at_their_rates_and_show_in_the_records() -> None:
    site = build("adoctor", questions=2000, seed=8)
    rates = {"contradicting-sex": 40, "unanswered": 60, "mention": 80, "no-similar": 60}
    found = {name: [n for n in site.existing_ids() if name in site.oddities(n)] for name in rates}
    for name, expected in rates.items():
        assert expected / 2 < len(found[name]) < expected * 2, name
    assert _record(site, found["contradicting-sex"][0]).warnings == ("asker-title-contradicts-sex",)
    assert _record(site, found["unanswered"][0]).replies == ()
    assert _record(site, found["no-similar"][0]).similar == ()
    ids = set(site.existing_ids())
    for number in found["mention"]:
        mentions = _record(site, number).mentions
        assert len(mentions) == 1
        assert int(mentions[0]) in ids - {number}


def _record(site: SampleSite, number: int) -> Question:
    record = site.truth(number)
    assert record
    return record


def test_hostile_words_are_text_on_the_page() -> None:
    site = build("adoctor", questions=2000, seed=8)
    hostile = [n for n in site.existing_ids() if "hostile" in site.oddities(n)]
    bodies = [site.respond(f"/article/{number}", HEADERS).body for number in hostile]
    assert any(b"&lt;script&gt;alert('qa')" in body for body in bodies)
    for body in bodies:
        assert b"<script>alert" not in body
        assert b"<img" not in body


def test_holes_and_numbers_beyond_the_last_are_not_found() -> None:
    site = build("adoctor", questions=50)
    ids = set(site.existing_ids())
    for number in range(177001, max(ids) + 20):
        expected = 200 if number in ids else 404
        assert site.respond(f"/article/{number}", HEADERS).status == expected
    for path in ("/article/0177001", "/article/x", "/department/none", "/faq/none", "/?page=2"):
        assert site.respond(path, HEADERS).status == 404, path


def test_a_department_list_pages_through_all_its_questions_newest_first() -> None:
    site = build("adoctor", questions=500)
    found: list[int] = []
    for page in (1, 2, 3):
        body = site.respond(f"/department/neurology?page={page}", HEADERS).body.decode()
        found += [int(number) for number in re.findall(r'href="/article/(\d+)"', body)]
    expected = [n for n in site.existing_ids() if _record(site, n).department == "Neurology"]
    assert found == sorted(expected, reverse=True)
    assert 20 < len(found) <= 60


def test_a_slash_at_the_end_is_a_redirect() -> None:
    answer = build("adoctor").respond("/article/177001/?a=b", HEADERS)
    assert (answer.status, answer.header("Location")) == (
        301,
        "http://127.0.0.1:8000/article/177001?a=b",
    )
