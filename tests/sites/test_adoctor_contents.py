"""adoctor: tables of contents are nobody's words."""

import re

import pytest

from tests.sites.test_adoctor_exam import EXPECTED, PARTS, read, whole


@pytest.mark.parametrize("title", ["<p>Table of Contents</p>", "<b>Inside:</b>", ""])
def test_a_table_of_contents_is_no_essay(title: str) -> None:
    heads = ("Causes", "What helps:")
    entries = "".join(f"<li><a href=#part-{n}>{head}</a></li>" for n, head in enumerate(heads))
    text = "".join(f"<h4>{head}</h4><p>It is known.</p>" for head in heads)
    toc = f"<div>{title}<ul>{entries}</ul></div>"
    top = "<p><a href=#top>Back to top</a></p>"
    question = read(essay=f"<h3>More Info</h3>{toc}{text}", after=top)
    assert question.more_info == "Causes\nIt is known.\nWhat helps:\nIt is known."
    assert question.warnings == ()


@pytest.mark.parametrize(
    "toc",
    [
        "<p>Table of Contents</p><nav><ul><li><a href=#a>Rest</a></ul></nav>",
        "<p>目錄</p><ul><li><a href=#a>Rest</a></ul>",
        "<b>Contents</b><a href=#>hide</a><ul><li><a href=#a><span>1.</span> Rest</a></ul>",
        "<p>Contents</p><button>hide</button><nav><a href=#a>Rest</a></nav>",
    ],
)
def test_the_title_and_the_only_entry_of_a_table_of_contents(toc: str) -> None:
    question = read(essay=f"<h3>More Info</h3>{toc}<h4 id=a>Rest</h4><p>It helps.</p>")
    assert (question.more_info, question.warnings) == ("Rest\nIt helps.", ())


@pytest.mark.parametrize("line", ["Contents:", "目錄", "In this article"])
@pytest.mark.parametrize("part", ["words", "reply", "essay"])
def test_a_line_like_the_title_of_a_table_of_contents(part: str, line: str) -> None:
    words = f"</p><p>{line}</p><p>Iron 50 mg</p><p>Zinc</p>"
    question = read(**{part: PARTS[part].replace("</p>", words, 2).replace(words, "</p>", 1)})
    texts = (question.text, question.replies[0].text, question.more_info)
    assert f"{line}\nIron 50 mg\nZinc" in "\n".join(filter(None, texts))


@pytest.mark.parametrize("head", ["<span>1.</span> Rest", "<b>10 tips</b> for legs"])
def test_the_entry_of_a_numbered_heading(head: str) -> None:
    toc = f"<div><b>Inside:</b><p><a href=#a>{head}</a></p><p><a href=#b>Walk</a></p></div>"
    question = read(essay=f"<h3>More Info</h3>{toc}<h4>{head}</h4><p>It helps.</p>")
    assert question.more_info == f"{re.sub('<.+?>', '', head)}\nIt helps."


@pytest.mark.parametrize("line", ["What now?", "Be well", "A sore knee heals by itself."])
def test_words_above_a_table_of_contents_are_no_title_of_it(line: str) -> None:
    entries = "".join(f"<li><a href=#p{n}>Part {n}</a></li>" for n in range(2))
    heads = "".join(f"<h4>Part {n}</h4>" for n in range(2))
    toc = f"<div><p>{line}</p><ul>{entries}</ul></div>"
    for part in ("words", "essay"):
        question = read(**{part: PARTS[part] + toc, "similar": heads + PARTS["similar"]})
        assert line in f"{question.text}\n{question.more_info}".splitlines()


def test_headings_that_link_to_themselves_are_no_table_of_contents() -> None:
    heads = [f"<h4><a href=#p{n}>Part {n}</a></h4><p>Pain.</p>" for n in range(2)]
    question = read(essay=PARTS["essay"] + "".join(heads) + "<p>Part 0</p><p>Part 1</p>")
    assert question.more_info == f"{EXPECTED[7]}\n" + "Part 0\nPain.\nPart 1\nPain.\nPart 0\nPart 1"


@pytest.mark.parametrize("title", ["<h4>On this page</h4>", "<p>本頁內容</p>"])
def test_a_table_of_contents_is_no_headline(title: str) -> None:
    names = {"essay": "More Info", "similar": "Similar Q&amp;A", "tags": "Related FAQ"}
    entries = "".join(f"<li><a href=#{name}>{label}</a></li>" for name, label in names.items())
    sections = {name: f"<div id={name}>{PARTS[name]}</div>" for name in names}
    share = f"{PARTS['share']}<div>{title}<ul>{entries}</ul></div>"
    question = read(share=share, **sections)
    assert (whole(question), question.warnings) == (EXPECTED, ())
