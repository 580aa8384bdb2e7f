"""adoctor: tags under `Related FAQ`, with what stands beside and below them."""

import pytest

from scraper.items import FaqTag
from tests.sites.test_adoctor_exam import PARTS, read

TAGS = (("Als", "Neurology"), ("Leg Weakness", "Orthopedics"), ("Ct Scan", "Neurology"))
EXPECTED = tuple(FaqTag(name=name, department=department) for name, department in TAGS)
LINES = "".join(f"<p>{name}</p><p>({department})</p>" for name, department in TAGS)


@pytest.mark.parametrize(
    "tag",
    [
        "<li>{}<br>({}) <span>12</span>",
        "<li>{}<br>({})<br>12",
        "<li>{}<br>({}) × 12",
        "<li>{}<br>({}) 12 questions",
        "<li>{}<br>({})<br>(1,200 answers)",
        "<li>{}<br>({})<br>12k views",
        "<li>{}<br>({}),",
        "<li>{}<br>({}) ›",
        "<li>{}<br>({}) <button>Follow</button>",
        "<li>{}<br>({})<div><button>Follow</button></div>",
        "<p>{}</p><p>({})</p><div>•</div>",
        "<li>{} ({}) 12",
        "<li>{} ({}) (12)",
        "<li>{} ({})<br>12",
    ],
)
def test_what_stands_beside_a_tag(tag: str) -> None:
    tags = "".join(tag.format(*words) for words in TAGS)
    assert read(tags=f"<h3>Related FAQ</h3><ul>{tags}</ul>").faq_tags == EXPECTED


@pytest.mark.parametrize(
    "tag",
    [
        "<a>{}</a> <b>12</b><div>({})</div>",
        "<a>{}</a> (3) ({})",
        "<a>{}</a> 3 ({})",
    ],
)
def test_a_count_between_a_name_and_its_department(tag: str) -> None:
    tags = "".join(f"<li>{tag.format(*words)}" for words in TAGS).replace("<a>", "<a href=/faq/x>")
    found = read(tags=f"<h3>Related FAQ</h3><ul>{tags}</ul>").faq_tags
    assert [(tag.name, tag.department) for tag in found] == list(TAGS)


@pytest.mark.parametrize("count", ["2 answers", "1,200 views", "12k", "3 則"])
def test_a_count_below_a_name_is_no_department(count: str) -> None:
    tags = f'<li><a href="/faq/1">Als</a><br>({count})</li>'
    found = read(tags=f"<h3>Related FAQ</h3><ul>{tags}</ul>").faq_tags
    assert [(tag.name, tag.department) for tag in found] == [("Als", None)]


@pytest.mark.parametrize("name", ["Vitamin B 12", "« Als »"])
def test_a_number_or_sign_within_a_name(name: str) -> None:
    tags = f'<p><a href="/faq/b">{name}</a> (Neurology)</p><p>Stage 3 (Urology)</p>'
    found = read(tags=f"<h3>Related FAQ</h3>{tags}").faq_tags
    assert [tag.name for tag in found] == [name, "Stage 3"]


@pytest.mark.parametrize(
    ("above", "tag"),
    [
        ("<p>Browse more questions by topic</p>", "<li>{}<div>({})</div></li>"),
        ("<p>These were asked often.</p>", '<a href="/faq/{0}">{0}</a> <div>({1})</div>'),
        ("<div>依主題瀏覽：</div>", "<li>{} ({})</li>"),
        ("", "<li><span>🦵</span><div>{}</div><div>({})</div></li>"),
        ("<p>Browse by topic</p>", "<li><span>1</span><div>{}</div><div>({})</div></li>"),
        ("<table><tr><th>Topic<th>Department", "<tr><td>{}<td>({})"),
        ("<table><caption>By topic<thead><tr><th>主題<th>科別<tbody>", "<tr><td>{}<td>({})"),
        ("<p>By topic</p><table><tr><th>#<th>Topic<th>Field", "<tr><td>1<td>{}<td>({})"),
        ("", "<div><button>{}</button></div><div>({})</div>"),
        ('<div><a href="/faq">View all</a></div>', '<div><a href="/faq/{0}">{0}</a> ({1})</div>'),
        ('<a href="/faq">查看全部</a>', "<p>{}</p><p>({})</p>"),
        ('<p><a href="/topics">All topics</a></p>', '<p><a href="/faq/{0}">{0}</a> ({1})</p>'),
        ("", '<p>#<a href="/faq/{0}">{0}</a> ({1})</p>'),
        ("", '<p><a href="/faq/{0}">＃{0}</a></p><p>（{1}）</p>'),
        ("", '<p>• <a href="/faq/{0}">{0}</a></p><p>({1})</p>'),
        ("", '<p><a href="/faq/{0}">{0}</a> |</p><p>({1})</p>'),
        ("", '<p><a href="/faq/{0}">{0} ›</a></p><p>({1})</p>'),
        ("", '<p><a href="/faq/{0}">{0} »</a> ({1})</p>'),
    ],
)
def test_what_stands_above_or_before_the_tags(above: str, tag: str) -> None:
    tags = "".join(tag.format(*words) for words in TAGS)
    question = read(tags=f"<h3>Related FAQ</h3>{above}{tags}")
    assert [(tag.name, tag.department) for tag in question.faq_tags] == list(TAGS)
    assert (question.problems, question.warnings) == ((), ())


def test_a_first_tag_that_is_named_by_a_number() -> None:
    first = '<p><a href="/faq/2019">2019</a></p><p>(Neurology)</p>'
    found = read(tags=f"<h3>Related FAQ</h3>{first}{LINES}").faq_tags
    assert [tag.name for tag in found] == ["2019", *(name for name, _ in TAGS)]


@pytest.mark.parametrize("first", ["<p>Sore Feet</p>", '<p><a href="/x">Sore Feet</a></p>'])
def test_a_first_tag_without_department_is_not_passed_over(first: str) -> None:
    question = read(tags=f"<h3>Related FAQ</h3>{first}{LINES}")
    assert [problem.code for problem in question.problems] == ["faq-tags-unreadable"]


@pytest.mark.parametrize(
    "box", ['<a href="/faq/{0}">{1}<br><small>({2})</small></a>', "<b>{1}<br><i>({2})</i></b>"]
)
def test_tags_side_by_side_with_departments_that_are_called_anything(box: str) -> None:
    words = (("Hpv", "Rehabilitation"), ("B12", "Nutrition"), ("Als", "Pharmacy"))
    tags = "".join(box.format(name.lower(), name, department) for name, department in words)
    question = read(tags=f"<h3>Related FAQ</h3><div>{tags}</div>")
    assert [(tag.name, tag.department) for tag in question.faq_tags] == list(words)


def test_a_department_of_any_shape_in_a_tags_own_link() -> None:
    tag = '<li><a href="/faq/als">Als<br>(Dept. of Neurology)</a></li>'
    question = read(tags=f"<h3>Related FAQ</h3><ul>{tag}</ul>")
    assert [(tag.name, tag.department) for tag in question.faq_tags] == [
        ("Als", "Dept. of Neurology")
    ]


@pytest.mark.parametrize("lines", ["<p>{}</p><p>({})</p>", "<li>{} <span>({})</span>"])
def test_words_of_a_name_may_stand_in_an_element_of_their_own(lines: str) -> None:
    shown = (("Als", "Neurology"), ("<b>Leg</b> Weakness", "Pharmacy"), ("Arm", "Pharmacy"))
    tags = "".join(lines.format(*words) for words in shown)
    question = read(tags=f"<h3>Related FAQ</h3><div>{tags}</div>")
    assert [tag.name for tag in question.faq_tags] == ["Als", "Leg Weakness", "Arm"]


def test_a_department_of_a_doctor_is_one_in_whatever_element() -> None:
    tags = LINES + "<div>Arm</div><div>(Pharmacy)</div>"
    similar = PARTS["similar"].replace("Dermatology", "Pharmacy")
    question = read(similar=similar, tags=f"<h3>Related FAQ</h3>{tags}")
    assert question.faq_tags == (*EXPECTED, FaqTag(name="Arm", department="Pharmacy"))


@pytest.mark.parametrize(
    "below",
    [
        "<div>客服電話<br>(02)2345-6789</div>",
        "<p>Tel</p><p>(02) 2345-6789</p>",
        "<div>台北市中正區忠孝東路一段1號<br>(捷運善導寺站)</div>",
        "<p>好醫生股份有限公司</p><p>（統編 12345678）</p>",
        "<p>ADoctor</p><p>(since 2010)</p>",
        "<div>English<br>(US)</div>",
    ],
)
def test_lines_of_a_footer_are_no_tags(below: str) -> None:
    assert read(tags=f"<h3>Related FAQ</h3>{LINES}{below}").faq_tags == EXPECTED


@pytest.mark.parametrize(
    ("below", "warnings"),
    [
        ('<p><a href="/zh/5">Chinese (Traditional)</a></p>', ()),
        ('<p><a href="/zh/5">Chinese</a></p><p>(Traditional)</p>', ()),
        ('<p><a href="/login">Log in (members)</a></p>', ()),
        ('<p><a href="/doctor/1">Wu Ann (Neurology)</a></p>', ("unread-lines",)),
        ('<p><a href="/article/6">Next: Sore Toe (Urology)</a></p>', ("unread-lines",)),
        ("<p>Service (Telephone)</p>", ("unread-lines",)),
        ("<div>Ann (Taipei)</div>", ()),
    ],
)
def test_below_tags_with_links_stands_what_is_none(below: str, warnings: tuple[str, ...]) -> None:
    question = read(after=below)
    assert question.faq_tags == read().faq_tags
    assert question.warnings == warnings


@pytest.mark.parametrize("href", ["/neurology/{}", "/{}", "/search?q={}", "/faq/{}", "/faq?id={}"])
def test_tags_that_lead_anywhere(href: str) -> None:
    hrefs = (href.format(number).replace("neurology", "d" * number) for number in (1, 2, 3))
    tags = "".join(
        f'<p><a href="{link}">{name}</a></p><p>({department})</p>'
        for link, (name, department) in zip(hrefs, TAGS, strict=True)
    )
    found = read(tags=f"<h3>Related FAQ</h3>{tags}").faq_tags
    assert [(tag.name, tag.department) for tag in found] == list(TAGS)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<a href=/faq/lw>Leg Weakness</a> ({0}) <a href=/faq/w>Weakness</a> ({0})", "lw w"),
        ("<a href=/faq/w>Weakness</a> ({0}) <a href=/faq/lw>Leg Weakness</a> ({0})", "w lw"),
        ("<a href=/faq/lw>Leg Weakness ({0})</a> <a href=/faq/w>Weakness ({0})</a>", "lw w"),
        ("Leg Weakness ({0}) <a href=/faq/w>Weakness</a> ({0})", "- w"),
        ("<a href=/faq/lw>Leg Weakness</a> ({0}) Weakness ({0})", "lw -"),
    ],
)
def test_tags_on_one_line_have_each_their_own_link(line: str, expected: str) -> None:
    question = read(tags=f"<h3>Related FAQ</h3><p>{line.format('Neurology')}</p>")
    urls = [(tag.url or "-").rpartition("/")[2] for tag in question.faq_tags]
    assert sorted(tag.name for tag in question.faq_tags) == ["Leg Weakness", "Weakness"]
    assert urls == expected.split()


@pytest.mark.parametrize("name", ["神經", "神經科", "泌尿"])
def test_a_tag_that_is_called_like_the_department_above(name: str) -> None:
    line = f"<a href=/faq/1>三天</a> (神經科), <a href=/faq/2>{name}</a> (泌尿科)"
    question = read(tags=f"<h3>Related FAQ</h3><p>{line}</p>")
    assert question.faq_tags == (
        FaqTag(name="三天", department="神經科", url="https://adoctor.tw/faq/1"),
        FaqTag(name=name, department="泌尿科", url="https://adoctor.tw/faq/2"),
    )


@pytest.mark.parametrize("break_", ["", "<br>"])
def test_the_name_of_a_tag_reaches_over_one_link_alone(break_: str) -> None:
    line = f"<a href=/faq/e>Ear Ringing</a> <a href=/faq/acne>Acne</a> {break_}(Dermatology)"
    question = read(tags=f"<h3>Related FAQ</h3><p>{line}</p>")
    assert question.faq_tags == (
        FaqTag(name="Ear Ringing", url="https://adoctor.tw/faq/e"),
        FaqTag(name="Acne", department="Dermatology", url="https://adoctor.tw/faq/acne"),
    )


@pytest.mark.parametrize(
    "department", ["COVID-19", "Pediatrics: Newborn", "Dr. Service", "65歲以上"]
)
def test_a_department_that_does_not_look_like_one(department: str) -> None:
    tags = (("Als", department), ("Leg", "Neurology"))
    linked = "".join(f"<div><a href=/faq/{n}>{n}</a><br>({d})</div>" for n, d in tags)
    found = read(tags=f"<h3>Related FAQ</h3>{linked}").faq_tags
    assert [(tag.name, tag.department) for tag in found] == list(tags)
    reply = PARTS["reply"].replace("Neurology", department)
    plain = "".join(f"<p>{n} ({d})</p>" for n, d in tags)
    found = read(reply=reply, tags=f"<h3>Related FAQ</h3>{plain}").faq_tags
    assert [(tag.name, tag.department) for tag in found] == list(tags)


def test_a_day_is_no_department() -> None:
    tags = "<h3>Related FAQ</h3><div><a href=/faq/als>Als</a><br>(2020/10/26)</div>"
    assert [tag.department for tag in read(tags=tags).faq_tags] == [None]
