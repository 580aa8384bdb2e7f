"""adoctor: labels and people that share a visible line with other words."""

import pytest

from scraper.items import FaqTag
from scraper.reading.evidence import evidence_of
from scraper.reading.page import Page
from scraper.sites.adoctor import Adoctor
from tests.sites.test_adoctor_exam import EXPECTED, PARTS, read, whole

ASKER = PARTS["asker"].removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize("by", [f"<em>— {ASKER}</em>", f" <b>{ASKER}</b>", f"<i>{ASKER}</i>"])
def test_an_asker_line_behind_the_questions_last_sentence(by: str) -> None:
    question = read(asker="", words=f"<p>My knee clicks.</p><p>It does not hurt.{by}</p>")
    assert whole(question) == EXPECTED


@pytest.mark.parametrize("name", ["<b>St. Wu</b>", "<i>Oh no! Ms.</i> <b>Wu</b>"])
def test_a_name_with_a_full_stop_is_whole(name: str) -> None:
    asker = read(asker=f"<p>{name}, 20~29 year old. Ask Date: 2020/10/26</p>").asker
    assert asker is not None
    assert asker.name in {"St. Wu", "Oh no! Ms. Wu"}


@pytest.mark.parametrize("share", ["Share to: <span>Knee</span>", "<b>Share to</b>: Knee"])
def test_a_headline_behind_the_share_label(share: str) -> None:
    assert whole(read(share=f"<p>{share}</p>", headline="")) == EXPECTED


@pytest.mark.parametrize("line", ["<b>{}</b> {}", "<span><b>{}:</b></span> {}"])
def test_a_reply_behind_its_doctor_line(line: str) -> None:
    reply, similar = PARTS["reply"], PARTS["similar"]
    for doctor in ("Dr. Lin Moshan reply Neurology", "Dr. Ou Pei reply Dermatology"):
        for words in ("Rest it.", "Rest."):
            run_in = f"<p>{line.format(doctor, words)}</p>"
            reply = reply.replace(f"<p>{doctor}</p><p>{words}</p>", run_in)
            similar = similar.replace(f"<p>{doctor}</p><p>{words}</p>", run_in)
    assert PARTS["reply"] != reply
    question = read(reply=reply, similar=similar)
    assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize(
    "behind",
    [
        "<b>Surgery</b>", "<span>Verified</span>", "<i>Verified!</i>", "<small>M.D.</small>",
        "Medicine.",
    ],
)  # fmt: skip
def test_what_goes_on_with_a_doctor_line_is_no_reply(behind: str) -> None:
    reply = PARTS["reply"].replace("Neurology</p>", f"Internal</b> {behind}</p>")
    (found,) = read(reply=reply.replace("<p>Dr.", "<p><b>Dr.")).replies
    assert found.text == "Rest it."


@pytest.mark.parametrize("label", ["<b>Related FAQ:</b> ", "Related FAQ ", "<b>相關問題</b>："])
@pytest.mark.parametrize("between", [", ", " ", "、", "</p><p>"])
def test_tags_behind_their_label(label: str, between: str) -> None:
    tags = ('<a href="/faq/a">Als</a> (Neurology)', '<a href="/faq/b">Falls</a> (Urology)')
    question = read(tags=f"<p>{label}{between.join(tags)}</p>")
    assert question.more_info == read().more_info
    assert question.faq_tags == (
        FaqTag(name="Als", department="Neurology", url="https://adoctor.tw/faq/a"),
        FaqTag(name="Falls", department="Urology", url="https://adoctor.tw/faq/b"),
    )


def test_a_sentence_that_begins_like_the_label_of_tags() -> None:
    line = 'Related FAQ: <a href="/faq/a">Als</a> tells more.'
    question = read(essay=f"{PARTS['essay']}<p>{line}</p>")
    assert question.more_info == f"{read().more_info}\nRelated FAQ: Als tells more."


@pytest.mark.parametrize("title", ["<b>Other Knees</b>", '<a href="/article/9">Other Knees</a>:'])
def test_an_excerpt_behind_the_title_of_its_card_is_told(title: str) -> None:
    run_in = PARTS["similar"].replace("<h4>Other Knees</h4><p>", f"<p>{title} ")
    assert read(similar=run_in).warnings == ("unread-lines",)
    for sign in ("?", " #1"):
        signed = PARTS["similar"].replace("Knees</h4><p>Why?</p>", f"Knees{sign}</h4>")
        assert read(similar=signed).warnings == ()


def test_a_doctor_line_that_is_a_link_is_a_mention() -> None:
    doctor = '<a href="/article/120000">Dr. Ou Pei reply Surgery</a>'
    reply = PARTS["reply"].replace("Rest it.", f"{doctor} says that you should rest.")
    assert read(reply=reply).mentions == ("120000",)


def test_an_icon_before_an_asker_line_is_no_text() -> None:
    question = read(asker=f"<p><i>?</i> <span>{ASKER}</span></p>")
    assert question.text == read().text


def test_lines_that_are_parted_are_located() -> None:
    parts = PARTS | {
        "share": "<p>Share to: <span>Knee</span></p>",
        "headline": "",
        "words": f"<p>My knee clicks. <em>{ASKER}</em></p>",
        "asker": "",
        "reply": "<p><b>Dr. Lin Moshan reply Neurology</b> Rest it.</p>",
        "tags": '<p><b>Related FAQ</b> <a href="/faq/knee">Knee</a> (Neurology)</p>',
    }
    body = "".join(parts.values()).encode()
    page = Page(url="https://adoctor.tw/article/5", body=b'<html lang="en">' + body)
    found = evidence_of(page, Adoctor.read_question(page), Adoctor.locate)
    assert found.not_located == ()
