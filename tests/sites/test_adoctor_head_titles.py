"""adoctor: titles and departments that the `<title>` of a page tells."""

import pytest

from tests.sites.test_adoctor_exam import EXPECTED, read, whole

SITE_LINES = (
    "", '<div><a href="/">Home</a> <a href="/l">Log in</a></div>', "<div>aDoctor</div>",
    "<p>We use cookies. Accept</p>", "<p>Home &gt; Cardiology</p>",
)  # fmt: skip


@pytest.mark.parametrize("above", SITE_LINES)
@pytest.mark.parametrize("site", ["", " | aDoctor", " - aDoctor 問醫師"])
def test_a_title_that_the_head_alone_tells(above: str, site: str) -> None:
    head = f"<title>Clicking Knees - Neurology{site}</title>"
    assert whole(read(head=head, title=above)) == EXPECTED
    without = read(head="<title>Ask a doctor</title>", title=above)
    assert (without.title, without.headline, without.text) == (None, *EXPECTED[2:4])
    great = read(title="<div>Home › Ear</div>", headline="<h1>Knee</h1>")
    assert (great.title, great.headline) == (None, "Knee")
    unclear = read(head=head, title=f"{above}<p>Welcome</p>", share="", headline="<p>Knee</p>")
    assert [problem.code for problem in unclear.problems] == ["title-missing"]


def test_a_department_that_the_heads_title_alone_tells() -> None:
    head, title = "<title>Clicking Knees - Dermatology</title>", "<h1>Clicking Knees</h1>"
    question = read(head=head, title=title)
    assert (question.title, question.department) == ("Clicking Knees", "Dermatology")
    assert question.warnings == ()
    question = read(head=head, title="<h1>Knees</h1>")
    assert (question.department, question.warnings) == ("Neurology", ("title-without-department",))


@pytest.mark.parametrize("site", ["健康諮詢", "台北醫療中心", "Eye Clinic", "Family Medicine"])
def test_the_name_of_the_site_is_no_department(site: str) -> None:
    question = read(head=f"<title>Knees - {site}</title>", title="<h1>Knees</h1>")
    assert (question.department, question.warnings) == ("Neurology", ("title-without-department",))
    nameless = read(head=f"<title>aDoctor - {site}</title>", title="")
    assert [problem.code for problem in nameless.problems] == ["title-missing"]


@pytest.mark.parametrize(
    "title",
    [
        "About using eye drops", "關於我們家小孩的濕疹", "Need help?", "Log in to see?",
        "Home care / nursing", "Home / office",
    ],
)  # fmt: skip
def test_a_title_in_words_of_the_site(title: str) -> None:
    for shown in (title, f'<a href="?p=1">{title}</a>'):
        question = read(head=f"<title>{title} | aDoctor</title>", title=f"<div>{shown}</div>")
        assert (question.title, question.warnings) == (title, ("title-without-department",))


def test_a_headline_that_may_be_the_title_leaves_the_department_told() -> None:
    head = "<title>Clicking Knees - Neurology</title>"
    question = read(head=head, title="", headline="<h3>Clicking Knees</h3>")
    assert "title-without-department" in question.warnings
    question = read(head=head, title="<h2>Neurology</h2>", share="", headline="<p>Knee</p>")
    assert [problem.code for problem in question.problems] == ["title-missing"]


@pytest.mark.parametrize("head", ["{0} - Neurology | Knee Forum", "Knee Forum | {0}"])
@pytest.mark.parametrize(
    "above",
    [
        "<h1>Knee Forum</h1><div><a href=/d/3>Neurology</a></div>", "<h1>{0}</h1>",
        "<h1>Neurology</h1>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["Clicking Knees", "Knees - A Guide"])
def test_a_title_line_below_the_name_of_the_site_or_a_bar(head: str, above: str, name: str) -> None:
    title = f"{above}<h2>{{0}} - Neurology</h2><div>2020/10/25</div><p>A question</p>".format(name)
    question = read(head=f"<title>{head.format(name)}</title>", title=title)
    assert (question.title, question.department, question.headline) == (name, *EXPECTED[1:3])


@pytest.mark.parametrize(
    "title",
    [
        "<p><font><b>{}:<br>{} - Neurology</b></font></p>",
        "<div><div>{}:</div><div>{} - Neurology</div></div>", "<h1>{}:<br>{}</h1><p>Neurology</p>",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("first", "second", "whole"), [("Knees", "Why?", "Knees: Why?"), ("膝", "響", "膝:響")]
)
def test_a_broken_title_that_the_head_has_whole(
    title: str, first: str, second: str, whole: str
) -> None:
    question = read(head=f"<title>{whole} | Forum</title>", title=title.format(first, second))
    assert (question.title, question.department) == (whole, "Neurology")


@pytest.mark.parametrize("below", ["<div>Q&amp;A</div>", "<div>2020/10/25</div>"])
def test_a_line_of_another_kind_that_the_head_has_behind_the_title(below: str) -> None:
    words = f"Clicking Knees {below[5:-6]}"
    title = f"<h1>Clicking Knees</h1>{below}"
    assert read(head=f"<title>{words} - Neurology</title>", title=title).title == "Clicking Knees"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("", "<h1>Dermatology - Neurology</h1>"),
        ("Dermatology", "<h1>Dermatology</h1><h2>Neurology</h2>"),
        ("aDoctor | Dermatology - Neurology", "<h1>Dermatology - Neurology</h1>"),
    ],
)
def test_a_title_that_is_a_department_of_another_part(head: str, title: str) -> None:
    question = read(head=f"<title>{head}</title>", title=title)
    assert (question.title, *whole(question)[1:]) == ("Dermatology", *EXPECTED[1:])


def test_a_department_below_a_title_is_none_of_it() -> None:
    for title in ("<p>Knees</p><p>Neurology</p>", "<p>Knees</p><p>120 views</p>"):
        words = title.replace("</p><p>", " ").replace("<p>", "").replace("</p>", "")
        assert read(head=f"<title>{words}</title>", title=title).title == "Knees"


def test_a_title_line_below_a_bar_on_a_page_that_names_no_department_elsewhere() -> None:
    line = "Clicking Knees - Cardiology"
    title = f"<h1>Clicking Knees</h1><div>{line}</div><div>2020/10/25</div>"
    question = read(head=f"<title>{line}</title>", title=title, reply="", similar="", tags="")
    assert (question.title, question.department) == ("Clicking Knees", "Cardiology")


def test_a_line_of_another_question_or_of_the_site_above_the_title() -> None:
    for line in ("<h3><a href=/article/5>Numb Hands - Neurology</a></h3>", "Ask us - Neurology"):
        title = f"{line}<h1>Clicking Knees</h1><p>Neurology</p>"
        for head in ("Clicking Knees", "Knee Forum - Clicking Knees"):
            question = read(head=f"<title>{head}</title>", title=title)
            assert question.title == "Clicking Knees"
