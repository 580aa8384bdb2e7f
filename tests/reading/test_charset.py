"""HAZARDS "charset": whatever is declared, what is read is what was written, or it is counted."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.reading.charset import decode

TEXT = "我最近常常覺得頭暈，請問醫師該怎麼辦？謝謝您。"
BIG5 = TEXT.encode("big5hkscs")
UTF8 = TEXT.encode("utf-8")
UTF16 = TEXT.encode("utf-16-le")
# 碁裏粧恒嫺, then three signs for which Python's big5hkscs has another character or none
CP950 = b"\xf9\xd6\xf9\xd8\xf9\xdb\xf9\xda\xf9\xdc\xa1\xe3\xa1\x45\xa3\xe1"
EUROPEAN = "Où est le médecin de l’hôpital à Genève ? Là-bas, près du café."
KOREAN = "안녕하세요, 어제부터 무릎이 아픕니다. 병원에 가야 할까요? 답변 부탁드립니다."
SIMPLE = "您好，我最近经常头痛，已经三天了，想请问应该看哪一科？谢谢医生的回答。"
LATIN = EUROPEAN.encode("cp1252")


def html(charset: str) -> bytes:
    return f'<html><head><meta charset="{charset}"></head><body>'.encode()


# name: (body, content type, site default, expected text, encoding)
CASES: dict[str, tuple[bytes, str | None, str, str, str | None]] = {
    "none, Big5": (BIG5, "text/html", "big5hkscs", TEXT, "big5hkscs"),
    "none, UTF-8": (UTF8, "text/html", "big5hkscs", TEXT, "utf-8"),
    "UTF-8 labelled Big5": (UTF8, "a/b; charset=big5", "big5hkscs", TEXT, "utf-8"),
    "Big5 labelled UTF-8": (BIG5, "a/b; charset=utf-8", "utf-8", TEXT, "big5hkscs"),
    "Big5 labelled Latin-1": (BIG5, "a/b; charset=ISO-8859-1", "big5hkscs", TEXT, "big5hkscs"),
    "UTF-8 labelled Latin-1": (UTF8, "a/b; charset=ISO-8859-1", "utf-8", TEXT, "utf-8"),
    "Big5-HKSCS": ("疱喆堃峯".encode("big5hkscs"), None, "big5hkscs", "疱喆堃峯", "big5hkscs"),
    "cp950": (CP950, "a/b; charset=big5", "utf-8", "碁裏粧恒嫺～‧€", "big5hkscs"),
    "UTF-8 BOM": (b"\xef\xbb\xbf" + UTF8, "a/b; charset=big5", "big5hkscs", TEXT, "utf-8"),
    "UTF-16 BOM": (b"\xff\xfe" + UTF16, None, "big5hkscs", TEXT, "utf-16-le"),
    "mixed": (BIG5 + b"<p>" + UTF8, None, "big5hkscs", f"{TEXT}<p>{TEXT}", None),
    "short": ("頭暈".encode("big5"), None, "big5hkscs", "頭暈", "big5hkscs"),
    "none, EUC-KR": (KOREAN.encode("euc_kr"), None, "utf-8", KOREAN, "cp949"),
    "none, GB": (SIMPLE.encode("gb2312"), None, "utf-8", SIMPLE, "gb18030"),
    "Latin-1 by right": (LATIN, "a/b; charset=latin1", "utf-8", EUROPEAN, "cp1252"),
}


@pytest.mark.parametrize(
    ("body", "content_type", "default", "expected", "encoding"), CASES.values(), ids=CASES
)
def test_what_is_read_is_what_was_written(
    body: bytes, content_type: str | None, default: str, expected: str, encoding: str | None
) -> None:
    read = decode(body, content_type, default)

    assert read.text == expected
    assert read.replaced == 0
    assert encoding in (None, read.encoding)


@pytest.mark.parametrize("charset", ["big5", "utf-8", "gb2312", "nonsense"])
@pytest.mark.parametrize("codec", ["big5hkscs", "utf-8"])
def test_meta_is_no_oracle(charset: str, codec: str) -> None:
    body = html(charset) + TEXT.encode(codec)

    assert decode(body, None, "utf-8").text == body[: -len(TEXT.encode(codec))].decode() + TEXT


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("gb18030", "我最近常常觉得头晕，请问医生该怎么办？"),
        ("shift_jis", "最近めまいがします。どうすればよいですか。"),
        ("euc_kr", "요즘 어지러운데 어떻게 해야 하나요"),
        ("cp1251", "Здравствуйте, у меня кружится голова"),
        ("iso8859-7", "Γιατρέ, ζαλίζομαι συχνά τελευταία"),
    ],
)
def test_other_encodings_declared_by_right(codec: str, text: str) -> None:
    assert decode(text.encode(codec), f"text/html; charset={codec}", "utf-8").text == text


@pytest.mark.parametrize("content_type", [None, "text/html; charset=utf-8"])
def test_simplified_chinese_without_a_true_label(content_type: str | None) -> None:
    text = "我最近常常觉得头晕，请问医生该怎么办？"

    assert decode(text.encode("gbk"), content_type, "utf-8").text == text


SCRIPTS = {
    "Greek": "Γιατί είμαι κουρασμένος όλη μέρα; Πονάει το κεφάλι μου",
    "Armenian": "Ինչու եմ հոգնած ամբողջ օրը, երեք օր է գլուխս ցավում է",
    "Russian": "Почему я устаю весь день? У меня болит голова",
    "Hebrew": "למה אני עייף כל היום? הראש כואב לי כבר שלושה ימים",
    "Arabic": "لماذا أشعر بالتعب طوال اليوم؟ رأسي يؤلمني منذ ثلاثة أيام",
    "Hindi": "मैं पूरे दिन थका हुआ क्यों महसूस करता हूँ",
    "Thai": "ทำไมฉันเหนื่อยตลอดวัน ปวดหัวมาสามวันแล้ว",
    "Georgian": "რატომ ვარ დაღლილი მთელი დღე",
    "Korean": "왜 하루 종일 피곤할까요? 머리가 사흘째 아프고",
    "Japanese": "なぜ一日中疲れるのでしょうか。頭が三日間痛くて",
    "Polish": "Dlaczego jestem zmęczony cały dzień? Źle się czuję, żółć",
    "Vietnamese": "Tại sao tôi mệt mỏi cả ngày? Tôi bị đau đầu ba ngày",
    "English": "I’m tired “all day” – why? It’s odd… isn’t it?",
}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
@pytest.mark.parametrize("meta", ["", '<meta charset="iso-8859-1">', '<meta charset="gb2312">'])
@pytest.mark.parametrize("header", ["utf-8", "iso-8859-1", "windows-1251", "nonsense"])
def test_utf_8_shows_itself_whatever_is_declared(text: str, meta: str, header: str) -> None:
    said = f"text/html; charset={header}"
    body = f"{meta}<p>{text}</p>".encode()
    broken = body + b"<p>cut \xd0...</p>"

    for default in ("utf-8", "big5hkscs"):
        assert decode(body, said, default).text == f"{meta}<p>{text}</p>"
        assert decode(b"\xef\xbb\xbf" + body, said, default).text == f"{meta}<p>{text}</p>"
        assert decode(broken, said, default).text == f"{meta}<p>{text}</p><p>cut \ufffd...</p>"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (SCRIPTS["Thai"], "cp874"),
        (SCRIPTS["Greek"], "cp1253"),
        (SCRIPTS["Russian"], "koi8-r"),
        (SCRIPTS["Russian"], "cp1251"),
        (SCRIPTS["Hebrew"], "cp1255"),
        (SCRIPTS["Arabic"], "iso8859-6"),
    ],
)
def test_letters_of_an_alphabet_never_become_chinese(text: str, codec: str) -> None:
    body = f"<p>{text}</p>".encode(codec)
    name = {"cp874": "tis-620"}.get(codec, codec)

    assert decode(body, f"text/html; charset={name}", "utf-8").text == f"<p>{text}</p>"
    for said in (None, "text/html; charset=utf-8", "text/html; charset=iso-8859-1"):
        assert not re.search("[\u4e00-\u9fff]", decode(body, said, "utf-8").text)


@pytest.mark.parametrize("text", [SCRIPTS["Greek"], SCRIPTS["English"]])
def test_a_page_without_chinese_gets_none(text: str) -> None:
    body = f"<p>{text}</p><p>at 30\xb0C in the shade</p>".encode().replace(b"\xc2\xb0", b"\xb0")

    read = decode(body, "text/html; charset=utf-8", "utf-8")

    assert read.text == f"<p>{text}</p><p>at 30\ufffdC in the shade</p>"
    assert read.replaced == 1


def test_one_foreign_word_in_a_page() -> None:
    in_big5 = b"<h1>" + BIG5 + b"</h1>\n<p>" + "頭暈".encode() + b"</p>"
    in_utf8 = b"<h1>" + UTF8 + b"</h1>\n<p>" + "頭暈".encode("big5") + b"</p>"

    assert decode(in_big5, None, "big5hkscs").text == f"<h1>{TEXT}</h1>\n<p>頭暈</p>"
    assert decode(in_utf8, "text/html; charset=utf-8", "utf-8").text == (
        f"<h1>{TEXT}</h1>\n<p>頭暈</p>"
    )


def test_signs_of_utf_8_amid_big5() -> None:
    body = BIG5 + "“我’".encode() + "好".encode("big5") + "…".encode() + BIG5

    read = decode(body, None, "big5hkscs")

    assert read.text == f"{TEXT}“我’好…{TEXT}"
    assert read.replaced == 0


@pytest.mark.parametrize("default", ["big5hkscs", "utf-8"])
def test_what_has_no_meaning_is_counted(default: str) -> None:
    cut_utf8 = decode(UTF8[:-1], None, default)
    cut_big5 = decode(BIG5 + b"\xa5", None, default)

    assert cut_utf8.text == TEXT[:-1] + "\ufffd"
    assert cut_big5.text == TEXT + "\ufffd"
    assert (cut_utf8.replaced, cut_big5.replaced) == (1, 1)


def test_the_sites_own_replacement_characters_are_not_counted() -> None:
    read = decode(f"{TEXT}\ufffd\ufffd".encode(), "text/html; charset=utf-8", "utf-8")

    assert read.text.count("\ufffd") == 2
    assert read.replaced == 0


def test_a_page_that_changes_its_mind_all_the_time() -> None:
    pair = "<p>我的頭暈".encode() + "<p>我的頭暈".encode("big5")

    assert decode(pair * 2_000, None, "big5hkscs").text == "<p>我的頭暈" * 4_000


def test_ascii_and_nothing() -> None:
    assert decode(b"plain", None, "big5hkscs").text == "plain"
    assert decode(b"", None, "big5hkscs").text == ""
    assert decode("日".encode("iso2022_jp"), "text/html; charset=iso-2022-jp", "utf-8").text == "日"


def level_1() -> list[str]:
    pairs = (bytes([lead, trail]) for lead in range(0xA4, 0xC6) for trail in range(0xA1, 0xFF))
    return [pair.decode("big5") for pair in pairs]


@given(
    text=st.text(st.sampled_from(level_1()), min_size=8, max_size=60),
    codec=st.sampled_from(["utf-8", "big5"]),
    declared=st.sampled_from([None, "text/html; charset=utf-8", "text/html; charset=big5"]),
    default=st.sampled_from(["utf-8", "big5hkscs"]),
)
def test_any_text_under_any_label(
    text: str, codec: str, declared: str | None, default: str
) -> None:
    read = decode(text.encode(codec), declared, default)

    assert read.text == text
    assert read.replaced == 0


@given(
    st.binary(max_size=300), st.sampled_from([None, "text/html; charset=x", "a; charset=utf-16"])
)
def test_never_raises(body: bytes, content_type: str | None) -> None:
    read = decode(body, content_type, "big5hkscs")
    assert 0 <= read.replaced <= read.text.count("\ufffd")
    read.text.encode()
