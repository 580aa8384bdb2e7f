"""No rule for a line by itself bears on one that is taken as unmarked."""

from itertools import islice

import pytest

from scraper.reading.adoctor.cleaning.initials import without_initials
from scraper.reading.adoctor.cleaning.run_in_lines import without_run_in
from scraper.reading.adoctor.cleaning.texts import content_lines
from scraper.reading.adoctor.cleaning.unmarked import is_unmarked
from scraper.reading.adoctor.marks import Marks, find_marks
from scraper.reading.adoctor.words.headings import section_label
from scraper.reading.page import Page
from scraper.reading.visible.line import Line
from scraper.reading.visible.openers import unfolds
from tests.truth.sites import build


def lines_of(body: bytes) -> tuple[Line, ...]:
    return Page(url="https://adoctor.tw/article/5", body=body).lines


@pytest.mark.parametrize(
    "html",
    [
        "<p>More Info</p>",
        "<h2>Similar Q&amp;A (3)</h2>",
        "<p>Ask Date: 2020/10/26</p>",
        "<p>Mr. Oak, 20~29 year old female. Ask Date: 2020/10/26</p>",
        "<p>Dr. Lin Moshan reply Neurology</p>",
        "<p>江俊宜 醫師回覆 神經科</p>",
        "<p>[Read More] Cold Toes</p>",
        "<p>Date: 2020/10/26</p>",
        "<p>Q&amp;A</p>",
        "<p>)</p>",
        "<p>1,234 views</p>",
        "<p>Advertisement</p>",
        "<p>Show all 12 questions</p>",
        "<p>See <a href='/article/9'>this one</a>.</p>",
        "<p>Rest <b>it</b></p>",
    ],
)
def test_a_line_with_a_sign_is_marked(html: str) -> None:
    (line,) = lines_of(html.encode())
    assert not is_unmarked(line)


@pytest.mark.parametrize(
    "html", ["<p>Rest the thumb.</p>", "<h4>Causes</h4>", "<p>手麻了三天。</p>"]
)
def test_words_alone_are_unmarked(html: str) -> None:
    (line,) = lines_of(html.encode())
    assert is_unmarked(line)


def test_no_rule_bears_on_unmarked_lines() -> None:
    site = build("adoctor", questions=160)
    paths = [
        f"/{prefix}article/{n}"
        for n in islice(site.existing_ids(), 80)
        for prefix in ("", "zh-Hant/")
    ]
    lines = [line for path in paths for line in lines_of(site.respond(path, {}).body)]
    unmarked = [line for line in lines if is_unmarked(line)]
    assert len(unmarked) > len(lines) / 2
    for line in unmarked:
        assert without_initials(without_run_in([line])) == [line]
        assert find_marks([line]) == Marks()
        assert section_label(line) is None
        assert not unfolds(line.text)
        line.landmark = None
        assert content_lines([line]).lines == [line]
