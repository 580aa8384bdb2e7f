"""adoctor: links that share the page, and people's words about sharing."""

import re

import pytest

from tests.sites.test_adoctor_exam import EXPECTED, PARTS, WORDS, read, whole


@pytest.mark.parametrize(
    "bar",
    [
        "<div>Share to: <a href=//fb.com>Facebook</a> <a href=//line.me>LINE</a></div>",
        "<p>Share to:</p><ul><li><a href=//fb.com>Facebook</a><li><a href=//line.me>LINE</a></ul>",
    ],
)
def test_a_second_share_bar_is_no_text(bar: str) -> None:
    reply = PARTS["reply"].replace("<p>Reply Date", f"{bar}<p>Reply Date")
    assert whole(read(share=bar, reply=reply, essay=PARTS["essay"] + bar)) == EXPECTED


@pytest.mark.parametrize(
    "line",
    [
        "Share to:", "Share", "Facebook", "<a href=/article/9>Share</a>",
        "<a href=https://facebook.com/lin>Facebook</a>", "<a href=mailto:lin@x.tw>E-mail</a>",
        "<a href=https://api.whatsapp.com/send?phone=886>WhatsApp</a>",
    ],
)  # fmt: skip
def test_what_people_say_of_sharing_stays(line: str) -> None:
    words = PARTS["words"] + f"<p>{line}</p><p>It hurts.</p>"
    said = re.sub("<.*?>", "", line)
    assert read(words=words).text == "\n".join((*WORDS, said, "It hurts."))
