"""Evidence on small pages, whose places are told by hand."""

import json
from collections.abc import Callable

import pytest

from scraper.reading.evidence import Shown, evidence_of
from scraper.reading.page import Page
from scraper.site import Site
from scraper.sites.adoctor import Adoctor
from scraper.sites.qapage import QAPageSpider
from scraper.sites.taiwan_ehospital import TaiwanEhospitalSpider

ARTICLE = """<html lang="en"><body>
<p>Tired legs</p>
<h1>Tired legs - Neurology</h1><p>Share to:</p>
<h2>Legs</h2>
<p>Since 2020/10/26 my legs are heavy.</p><p>Advertisement</p><p>See #123198 (Neurology).</p>
<div><b>Mr. Oak</b>, 20~29 year old female. Ask Date: 2020/10/26</div>
<div>Dr. Lin Mo reply <i>Neurology</i></div><p>Dr. Lin Mo is here.</p>
<p>Reply Date: 2020/10/26 (Mon)</p>
<h2>Similar Q&amp;A</h2>
<h3>Cold toes</h3><p>My toes ask &lt;why&gt; they are cold...</p>
<p>Dr. Wu reply Cardiology</p><p>Wear socks.</p><a href="/article/7">[Read More] Cold toes</a>
<h2>Related FAQ</h2><p><a href="/faq/toes">Toes</a> (Cardiology)</p><p>Legs (Neurology)</p>
</body></html>"""
UNIT = """<html><body><ul class="QAunit"><li class="subject">#5 膝蓋／骨科</li>
<li class="count">相關分類 ：膝蓋、骨科</li>
<li class="asker">發問者：媽媽,骨科／女／(20~29),2010/01/02</li>
<li class="ask">骨科好嗎<br>見 #123198</li>
<li class="doctor">答復者：雲海醫院／骨科／林骨科,2010/01/02</li>
<li class="ans">2010/01/02<br>休息</li>
</ul></body></html>"""
FORUM_DATA = {
    "@context": "https://schema.org", "@type": "QAPage", "mainEntity": {
        "@type": "Question", "name": "Green water?", "text": "It is **green**.",
        "author": {"@type": "Person", "name": "Fern"}, "dateCreated": "2020-04-18T04:08:49",
        "suggestedAnswer": [
            {"@type": "Answer", "text": "Wait.", "dateCreated": "2020-04-18",
             "author": {"@type": "Person", "name": "Kiki"}},
            {"@type": "Answer", "text": "Kiki knows.", "dateCreated": "2020-04-19",
             "author": {"@type": "Person", "name": "Kiki"}}]},
}  # fmt: skip
FORUM = """<html lang="en"><head><script type="application/ld+json">{data}</script></head><body>
<p>Green water? - Pond</p><h1>Green water?</h1>{question}
<div><p>Wait.</p>Kiki, <time datetime="2020-04-18">18 Apr 2020</time></div>
<div><p>Kiki knows.</p>Kiki, <time datetime="2020-04-19">two days ago</time></div></body></html>"""


def shown(spider: type[Site], url: str, html: str) -> Shown:
    page = Page(url=url, body=html.encode(spider.charset), default_charset=spider.charset)
    return evidence_of(page, spider.read_question(page), spider.locate)


def article(html: str = ARTICLE) -> Shown:
    return shown(Adoctor, "https://adoctor.tw/article/5", html)


def unit(html: str = UNIT) -> Shown:
    url = "https://sp1.hso.mohw.gov.tw/doctor/All/ShowDetail.php?q_no=5"
    return shown(TaiwanEhospitalSpider, url, html)


def forum(question: str) -> Shown:
    html = FORUM.format(data=json.dumps(FORUM_DATA), question=question)
    return shown(QAPageSpider, "http://pond.example/questions/77", html)


def places(of: Shown, field: str) -> list[tuple[str, str]]:
    """Words and XPath of a field, the words told with what stands before them on the line."""
    told = []
    for one in of.fields:
        if one.field == field and one.start is not None:
            begin = of.visible_text.rfind("\n", 0, one.start) + 1
            told.append((f"{of.visible_text[begin : one.start]}|{one.words}", one.xpath))
        elif one.field == field:
            told.append(("", one.xpath))
    return told


@pytest.mark.parametrize(
    ("field", "words", "xpath"),
    [
        ("title", "|Tired legs", "/html/body/h1"),
        ("department", "Tired legs - |Neurology", "/html/body/h1"),
        ("language", "", "/html/@lang"),
        ("question.headline", "|Legs", "/html/body/h2[1]"),
        ("asker.name", "|Mr. Oak", "/html/body/div[1]/b"),
        ("asker.sex", "Mr. Oak, 20~29 year old |female", "/html/body/div[1]"),
        ("asker.age_max", "Mr. Oak, |20~29", "/html/body/div[1]"),
        ("asked_on", "Mr. Oak, 20~29 year old female. Ask Date: |2020/10/26", "/html/body/div[1]"),
        ("replies[0].doctor", "Dr. |Lin Mo", "/html/body/div[2]"),
        ("replies[0].department", "Dr. Lin Mo reply |Neurology", "/html/body/div[2]/i"),
        ("replies[0].text", "|Dr. Lin Mo is here.", "/html/body/p[6]"),
        ("replies[0].replied_on", "Reply Date: |2020/10/26", "/html/body/p[7]"),
        ("similar[0].title", "|Cold toes", "/html/body/h3"),
        ("similar[0].question_excerpt", "|My toes ask <why> they are cold", "/html/body/p[8]"),
        ("similar[0].reply_excerpt", "|Wear socks.", "/html/body/p[10]"),
        ("similar[0].url", "", "/html/body/a/@href"),
        ("faq_tags[0].name", "|Toes", "/html/body/p[11]/a"),
        ("faq_tags[0].url", "", "/html/body/p[11]/a/@href"),
        ("faq_tags[1].department", "Legs (|Neurology", "/html/body/p[12]"),
        ("mentions[0]", "See #|123198", "/html/body/p[5]"),
    ],
)
def test_adoctor(field: str, words: str, xpath: str) -> None:
    assert places(article(), field) == [(words, xpath)]
    assert article().not_located == ()


def test_a_text_that_something_else_parts_has_a_place_for_each_piece() -> None:
    assert places(article(), "question.text") == [
        ("|Since 2020/10/26 my legs are heavy.", "/html/body/p[3]"),
        ("|See #123198 (Neurology).", "/html/body/p[5]"),
    ]


def test_lines_that_nobody_wrote_shift_no_place() -> None:
    for line in ("<b>&zwj;</b>", "<time datetime=2020>Now</time>"):
        html = ARTICLE.replace("</h2>", f"</h2>{line}", 1)
        before = {place.field: place.words for place in article().fields}
        assert {place.field: place.words for place in article(html).fields} == before


def test_an_asker_line_that_is_broken_into_elements() -> None:
    html = ARTICLE.replace(
        "<b>Mr. Oak</b>, 20~29 year old female. Ask Date: 2020/10/26",
        "<p>Mr.</p><p>Oak,</p><p>20~29 year old</p><p>female</p><p>Ask Date:</p><p>2020/10/26</p>",
    )
    found = {one.field: one for one in article(html).fields}
    assert found["asker.name"].words == "Mr.\nOak"
    assert found["asker.name"].xpath == "/html/body/div[1]"
    assert (found["asker.sex"].words, found["asked_on"].xpath) == (
        "female",
        "/html/body/div[1]/p[6]",
    )


def test_a_line_without_the_buttons_at_its_edges() -> None:
    button = "<button>Copy</button>"
    html = ARTICLE.replace("<b>Mr. Oak</b>, 20", f"{button} <b>Mr. Oak</b>, 20")
    html = html.replace("2020/10/26", f"2020/10/26 {button}")
    assert html.count(button) > 1
    found = {one.field: one.words for one in article(html).fields}
    assert (found["asker.name"], found["asked_on"]) == ("Mr. Oak", "2020/10/26")


@pytest.mark.parametrize(
    ("field", "words", "item"),
    [
        ("title", "#5 |膝蓋／骨科", "li[1]"),
        ("faq_tags[1].name", "相關分類 ：膝蓋、|骨科", "li[2]"),
        ("asker.name", "發問者：|媽媽,骨科", "li[3]"),
        ("asker.sex", "發問者：媽媽,骨科／|女", "li[3]"),
        ("asker.age_min", "發問者：媽媽,骨科／女／(|20~29", "li[3]"),
        ("asked_on", "發問者：媽媽,骨科／女／(20~29),|2010/01/02", "li[3]"),
        ("question.text", "|骨科好嗎\n見 #123198", "li[4]"),
        ("mentions[0]", "見 #|123198", "li[4]"),
        ("replies[0].hospital", "答復者：|雲海醫院", "li[5]"),
        ("replies[0].department", "答復者：雲海醫院／|骨科", "li[5]"),
        ("department", "答復者：雲海醫院／|骨科", "li[5]"),
        ("replies[0].doctor", "答復者：雲海醫院／骨科／|林骨科", "li[5]"),
        ("replies[0].replied_on", "答復者：雲海醫院／骨科／林骨科,|2010/01/02", "li[5]"),
        ("replies[0].text", "|2010/01/02\n休息", "li[6]"),
    ],
)
def test_taiwan_ehospital(field: str, words: str, item: str) -> None:
    assert places(unit(), field) == [(words, f"/html/body/ul/{item}")]


def test_a_value_that_the_page_does_not_show_is_not_located() -> None:
    assert unit().not_located == ("language",)  # the site's, no word of the page
    hidden = unit(UNIT.replace('"ask">', '"ask" aria-hidden="true">'))
    assert hidden.not_located == ("language", "question.text", "mentions[0]")


def test_a_title_that_no_line_shows_is_not_located() -> None:
    hidden = UNIT.replace("<ul", "<svg><ul").replace("</ul>", "</ul></svg>")
    assert "title" in unit(hidden).not_located


def test_numbers_cited_in_full_width() -> None:
    cited = ("#123198", "#１２３１９８")

    assert places(unit(UNIT.replace(*cited)), "mentions[0]")[0][0] == "見 #|１２３１９８"
    assert places(article(ARTICLE.replace(*cited)), "mentions[0]")[0][0] == "See #|１２３１９８"


def test_a_number_below_what_cites_it() -> None:
    over = article(ARTICLE.replace("See #123198", "See ID<br>123198"))
    assert places(over, "mentions[0]") == [("|123198", "/html/body/p[5]")]


def test_a_forum_shows_what_its_script_says() -> None:
    found = forum("<p>It is **green**.</p><p>Fern, <time>Apr 18, 2020</time></p>")
    assert found.not_located == ()
    assert places(found, "title") == [("|Green water?", "/html/body/h1")]
    assert places(found, "question.text") == [("|It is **green**.", "/html/body/p[2]")]
    assert places(found, "asker.name") == [("|Fern", "/html/body/p[3]")]
    assert places(found, "asked_on") == [("Fern, |Apr 18, 2020", "/html/body/p[3]/time")]
    assert places(found, "replies[0].doctor") == [("|Kiki", "/html/body/div[1]")]
    assert places(found, "replies[0].replied_on") == [
        ("Kiki, |18 Apr 2020", "/html/body/div[1]/time")
    ]
    assert places(found, "replies[1].text") == [("|Kiki knows.", "/html/body/div[2]/p")]
    assert places(found, "replies[1].doctor") == [("|Kiki", "/html/body/div[2]")]
    assert places(found, "replies[1].replied_on") == [("", "/html/body/div[2]/time/@datetime")]


def test_what_a_forum_does_not_show_as_said_is_the_scripts() -> None:
    found = forum("<p>It is <b>green</b>.</p><p>Fern</p>")
    script = [("", "/html/head/script")]
    assert places(found, "question.text") == script
    assert places(found, "asker.name") == script  # whose name that is nobody can tell any more
    assert places(found, "replies[0].doctor") == script
    assert places(found, "replies[0].text") == [("|Wait.", "/html/body/div[1]/p")]


def test_of_words_that_stand_twice_those_count_that_microdata_name() -> None:
    html = """<html itemscope itemtype="https://schema.org/QAPage"><body>
    <div itemprop="mainEntity" itemscope itemtype="https://schema.org/Question">
    <p>Green</p><p itemprop="name">Green</p><p>Red</p><p itemprop="text">Red</p>
    <p>seen by Fern</p>
    <p itemprop="author" itemscope>by <b itemprop="name">Fern</b></p>
    <time datetime="2020-04-18">18 Apr 2020</time>
    <time itemprop="dateCreated" datetime="2020-04-18">April 18, 2020</time></div></body></html>"""
    found = shown(QAPageSpider, "http://pond.example/questions/77", html)
    assert places(found, "title") == [("|Green", "/html/body/div/p[2]")]
    assert places(found, "question.text") == [("|Red", "/html/body/div/p[4]")]
    assert places(found, "asker.name") == [("by |Fern", "/html/body/div/p[6]/b")]
    assert [one.words for one in found.fields if one.field == "asked_on"] == ["April 18, 2020"]


@pytest.mark.parametrize("read", [article, unit, lambda: forum("<p>It is **green**.</p>")])
def test_offsets_are_those_of_the_visible_text(read: Callable[[], Shown]) -> None:
    of = read()
    assert {one.words for one in of.fields if one.words}
    for one in of.fields:
        if one.start is not None:
            assert of.visible_text[one.start : one.end] == one.words


def test_a_site_without_a_locator_shows_the_words_that_stand_once() -> None:
    page = Page(url="https://adoctor.tw/article/5", body=ARTICLE.encode())
    of = evidence_of(page, Adoctor.read_question(page), Site.locate)
    assert places(of, "replies[0].text") == [("|Dr. Lin Mo is here.", "/html/body/p[6]")]
    assert "department" in of.not_located
