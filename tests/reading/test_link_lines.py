"""Which lines lead to other questions, and which a text announces."""

from scraper.reading.adoctor.line_kinds import is_question_link_line
from scraper.reading.page import Page

LINK = '<p><a href="/article/8">Sore Toes</a></p>'


def is_link(html: str, index: int) -> bool:
    page = Page(url="https://adoctor.tw/article/7", body=html.encode())
    return is_question_link_line(page.lines, index)


def test_a_link_that_the_line_above_announces_is_part_of_a_text() -> None:
    assert is_link(f"<p>Rest it.</p>{LINK}", 1)
    assert not is_link(f"<p>See also:</p>{LINK}", 1)


def test_the_last_line_of_a_page_announces_nothing_in_its_first() -> None:
    assert is_link(f"{LINK}<p>See also:</p>", 0)
