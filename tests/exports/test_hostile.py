"""Text that wants to run finds nothing that runs it, in a real browser."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scraper.items import Asker, FaqTag, Question, Reply, SimilarQuestion
from tests.forked import Forked
from tests.programs import needs
from tests.questions import Keep

CHROMIUM = "/usr/bin/chromium"
pytestmark = [
    pytest.mark.chromium,
    pytest.mark.dear,
    needs(Path(CHROMIUM), "apt-get install chromium"),
]

PAYLOADS = (
    "<script>window.ran=1;alert(1)</script>",
    '"><img src=x onerror="window.ran=1;alert(2)">',
    "'\"></textarea></title></style><svg onload=alert(3)>",
    "javascript:window.ran=1;alert(4)",
    "{{ 7*7 }}{% raw %}${alert(5)}<%= 7*7 %>",
    "⟦<b onmouseover=alert(6)>⟧\u202egpj.exe\u2066",
    "--></script><script>alert(7)</script><!--",
    "data:text/html,<script>alert(8)</script>",
)
EVERYTHING = " ".join(PAYLOADS)


def hostile(number: int, payload: str) -> Question:
    """A question with the payload in every field that a page fills."""
    return Question(
        site="adoctor", source_id=str(number), language="en",
        url=f"https://adoctor.tw/article/{number}", title=payload, department=payload,
        headline=payload, text=f"hostile {payload}\n{payload}", asker=Asker(name=payload),
        replies=(Reply(doctor=payload, department=payload, hospital=payload, text=payload),),
        more_info=payload,
        similar=(SimilarQuestion(title=payload, url=payload, question_excerpt=payload,
                                 doctor=payload, department=payload, reply_excerpt=payload),),
        faq_tags=(FaqTag(name=payload, department=payload, url=payload),),
        mentions=(payload,), warnings=(payload, "asker-title-contradicts-sex"),
    )  # fmt: skip


@pytest.fixture
def base(tmp_path: Path, connection: sqlite3.Connection, keep: Keep) -> Iterator[str]:
    """The address of `qarchive serve` over hostile questions."""
    for number, payload in enumerate((*PAYLOADS, EVERYTHING), 1):
        keep(hostile(number, payload))
    keep(replace(hostile(50, PAYLOADS[3]), url=PAYLOADS[3]))
    keep(replace(hostile(90, "x"), replies=(Reply(doctor="W" * 3000, text="words " * 99),)))
    connection.execute(
        "INSERT INTO problems(run_id, url, found_at, code, detail) VALUES (1, ?, '', ?, ?)",
        (PAYLOADS[3], EVERYTHING, EVERYTHING),
    )
    with Forked("scraper.cli", "serve", "--port", "0", "--archive", tmp_path) as serving:
        yield serving.line().split()[0]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- slow, for one test

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def browser_page(browser: Any) -> Iterator[Any]:
    """A page of its own in it."""
    page = browser.new_page(viewport={"width": 1200, "height": 2000})
    page.set_default_timeout(20_000)
    yield page
    page.close()


def test_nothing_planted_runs(base: str, browser_page: Any) -> None:
    page, faults = browser_page, []

    def dismiss(dialog: Any) -> None:
        faults.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    rows = [f"archive/questions/adoctor~3A{number}~3Aen" for number in (1, 4, 9, 50)]
    tables = [f"archive/{name}" for name in (
        "questions", "questions?_col=title&_col=question_text&_col=url", "replies", "doctors",
        "departments", "similar_questions", "faq_tags", "questions_faq_tags", "problems", "urls",
        "search?q=hostile", "search?q=script", "by_doctor", "doctors_by_replies",
        "departments_by_year", "unanswered", "most_linked", "contradictions",
        "replies/adoctor~3A2~3Aen,1",
    )]  # fmt: skip
    asked = '"><script>window.ran=1</script><img src=x onerror=alert(1)>'
    reflected = [f"archive/{name}{asked}" for name in (
        "search?q=", "questions?_search=", "questions?title__contains=", "by_doctor?doctor=",
    )]  # fmt: skip
    for path in ["", "archive", *rows, *tables, *reflected]:
        assert page.goto(base + path).status == 200, path
        page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true })")
        assert page.evaluate("window.ran") is None, path
        links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.protocol)")
        assert set(links) <= {"http:", "https:"}, path
        planted = "body :is(img, svg[onload], b[onmouseover], td script, article script)"
        assert page.locator(planted).count() == 0, path
        assert "\u202e" not in page.inner_text("body"), path
    assert faults == []


def test_what_slips_into_a_page_is_stopped_by_the_policy(base: str, browser_page: Any) -> None:
    page = browser_page
    page.goto(base)
    inject = "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"ran=1\">')"
    with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
        page.evaluate(inject)
    assert page.evaluate("window.ran") is None


def test_datasettes_own_scripts_run(base: str, browser_page: Any) -> None:
    faults: list[str] = []
    page = browser_page
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(base + "archive/questions")
    page.locator("th svg.dropdown-menu-icon").first.click()
    page.locator(".dropdown-menu a.dropdown-sort-desc").wait_for(state="visible")
    page.goto(base + "archive")
    page.locator(".CodeMirror").wait_for(state="visible")
    assert faults == []


@pytest.mark.parametrize("width", [320, 375])
def test_nothing_is_cut_off_on_a_phone(base: str, browser: Any, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for path in ("", "archive/replies", "archive/similar_questions", "archive/problems",
                 "archive/questions", "archive/questions/adoctor~3A90~3Aen"):  # fmt: skip
        assert page.goto(base + path).status == 200, path
        rights = "all => Math.max(...all.map(each => each.getBoundingClientRect().right))"
        assert page.eval_on_selector_all("td, article, form, .facet-info li", rights) <= width, path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.close()


def test_a_phone_shows_questions_on_its_first_screens_and_dark_pages_in_the_dark(
    base: str, browser: Any
) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        page = browser.new_page(viewport={"width": 375, "height": 800}, color_scheme=scheme)
        page.goto(base + "archive/questions")
        first, later = (page.locator("td.col-title").nth(row).bounding_box() for row in (0, 4))
        assert first["y"] < 800
        assert later["y"] < 1600
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.close()
    light, dark = (sum(map(int, re.findall(r"\d+", ground))) for ground in grounds)
    assert dark < 200 < light - 400


def test_on_paper_a_dark_page_is_light_and_whole(base: str, browser: Any) -> None:
    page = browser.new_page(color_scheme="dark")
    page.emulate_media(media="print")
    page.goto(base + "archive/questions/adoctor~3A5~3Aen")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(map(int, re.findall(r"\d+", ground))) > 700
    assert page.locator("details.essay .text").is_visible()
    assert not page.locator("header nav, .proof").first.is_visible()
    page.close()


def test_a_list_of_nothing_has_no_empty_box_and_no_number_is_cut(
    base: str, browser_page: Any
) -> None:
    page = browser_page
    page.goto(base + "archive/questions?_search=nothing")
    assert not page.locator(".facet-results").is_visible()
    page.goto(base + "archive/questions")
    broken = "all => all.map(each => getComputedStyle(each).wordBreak)"
    assert set(page.eval_on_selector_all(".facet-info li", broken)) == {"normal"}


def test_a_person_finds_a_question(base: str, browser_page: Any) -> None:
    page = browser_page
    page.goto(base)
    page.fill("form.search input[type=search]", "hostile javascript")
    page.click("form.search input[type=submit]")
    page.locator("td.col-title a").first.click()
    page.locator("article.question .asked .text").wait_for()
    assert "/archive/questions/adoctor" in page.url
