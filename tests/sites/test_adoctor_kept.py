"""adoctor: words of a person or of the essay that look like a page's furniture stay."""

import pytest

from tests.sites.test_adoctor_exam import ESSAY, PARTS, read

LABEL, LINES = PARTS["essay"].split("</h3>")


@pytest.mark.parametrize(
    ("box", "words"),
    [
        ("<div role=note>{}</div>", "Ice helps."),
        ("<div role=alert>{}</div>", "Go to a hospital if you cannot walk."),
        ("<div class=c><p>{}</p></div>", "Contact us early."),
        ('<div class=c><a href="/figure/1">{}</a></div>', "Ice helps."),
        ("<form><p>{}</p></form>", "Ice helps."),
    ],
)
def test_a_box_in_the_midst_of_the_essay(box: str, words: str) -> None:
    more = f"{box.format(words)}<div class=p><p>Rest helps.</p></div>"
    question = read(essay=f"{LABEL}</h3>{LINES}{more}")
    assert question.more_info == "\n".join((*ESSAY, words, "Rest helps."))


@pytest.mark.parametrize(
    "line",
    [
        "Leave a comment if it hurts again.",
        "Write a reply here when you have the result!",
        "返回列表看其他回答。",
    ],
)
def test_a_sentence_at_the_end_of_a_reply(line: str) -> None:
    reply = PARTS["reply"].replace("<p>Rest it.</p>", f"<p>Rest it.</p><p>{line}</p>")
    assert read(reply=reply).replies[0].text.endswith(line)


@pytest.mark.parametrize("line", ["See the other doctor first", "Read all labels before use"])
def test_words_that_can_be_pressed(line: str) -> None:
    question = read(words=f"{PARTS['words']}<p onclick=f()>{line}</p>")
    assert (question.text or "").endswith(line)


@pytest.mark.parametrize("line", ["Views: 2", "★★★ 3"])
def test_findings_and_scales(line: str) -> None:
    question = read(words=f"{PARTS['words']}<p>{line}</p>")
    assert (question.text or "").endswith(line)


@pytest.mark.parametrize("sign", list(")）】，、,.。;；"))
def test_a_sign_alone_on_a_line_of_a_text(sign: str) -> None:
    line = f"<p>{sign}</p>"
    question = read(
        words=f"{line}{PARTS['words']}<p>It (really?</p>{line}",
        reply=PARTS["reply"].replace("<p>Rest it.</p>", f"{line}<p>Rest it.</p>{line}"),
        essay=f"{LABEL}</h3>{line}{LINES}",
    )
    assert (question.headline, question.text) == (
        "Knee",
        f"{sign}\nMy knee clicks.\nIt does not hurt.\nIt (really?\n{sign}",
    )
    assert question.replies[0].text == f"{sign}\nRest it.\n{sign}"
    assert question.replies[0].department == "Neurology"
    assert question.more_info == "\n".join((sign, *ESSAY))
