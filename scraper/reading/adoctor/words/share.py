"""Recognizes the share label under the title, its buttons, and share bars further down.

Share to: Facebook LINE
"""

import re

from scraper.reading.adoctor.line_kinds import is_link_line
from scraper.reading.adoctor.words.icons import without_icons
from scraper.reading.adoctor.words.labels import Label, label_of, pattern, plain
from scraper.reading.visible.line import Line

_LONGEST_SHARE = 96  # characters of a line of share buttons
_SHARE_WORDS = """
    facebook fb line twitter x threads whatsapp telegram wechat weibo plurk linkedin pinterest
    instagram reddit messenger kakaotalk viber skype tumblr email e-mail mail sms print copy link
    url copylink copyurl tweet like save bookmark more qr code qrcode post pin send messages share
    on via this page article to it bluesky mastodon signal clipboard views likes comments 好友
    複製連結 複製網址 複製 連結 列印 電子郵件 郵件 微信 微博 臉書 推特 收藏 轉寄 按讚
    瀏覽 次瀏覽 人次瀏覽 點閱 次點閱
"""
_SHARE_BUTTONS = frozenset(_SHARE_WORDS.split())  # of which a line of share buttons is made


def without_share_bars(lines: list[Line]) -> list[Line]:
    """The lines without share links of their own, and bars of them below another share label."""
    lines = [line for line in lines if not (line.links and _shares(line))]
    short = [line.text for line in lines if len(line.text) <= _LONGEST_SHARE]
    texts = "\n".join(short).encode().lower()  # lowering is quick for bytes
    if texts.count(b"share") + texts.count("分享".encode()) < 2:  # noqa: PLR2004 -- as on most pages
        return lines
    labels = [at for at, line in enumerate(lines) if is_share_label(line.text)]
    bars: set[int] = set()
    for label in labels[1:]:
        end = label + 1
        while end < len(lines) and lines[end].links and is_share_button(lines[end].text):
            end += 1
        text, links = lines[label].text, lines[label].links
        if links[0][0] != text or "://" in links[0][1] if links else end > label + 1:
            bars.update(range(label, end))
    return [line for at, line in enumerate(lines) if at not in bars] if bars else lines


def _shares(line: Line) -> bool:
    """Whether a line is links that share or print the page, and no label."""
    if not all(_SHARING.match(href) for _, href in line.links) or is_share_label(line.text):
        return False
    return is_share_button(line.text) and is_link_line(line)


def is_share_button(text: str) -> bool:
    """Whether a line names nothing but places to share a page in, and how often that was done."""
    words = _WORDS.findall(plain(text)) if len(text) <= _LONGEST_SHARE else []
    names = [word for word in words if _TIMES.fullmatch(word) is None]
    return bool(names) and _SHARE_BUTTONS.issuperset(names)


def is_share_label(text: str) -> bool:
    """Whether a line is the share label, its buttons perhaps on the same line."""
    if label_of(text) is Label.SHARE:
        return True
    if len(text) > _LONGEST_SHARE or not ("分享" in text or "share" in text.lower()):
        return False
    text = without_icons(text)
    label = _SHARE.match(text)
    return label is not None and is_share_button(text[label.end() :])


def without_share(text: str) -> tuple[str, bool]:
    """A title without the share label on its line, and whether it has one."""
    match = _SHARE_BEHIND.search(text) if text[-1] in _SHARE_ENDS else None
    return (text[: match.start()], True) if match else (text, False)


_WORDS = re.compile(r"[\w-]+")
_SHARING = re.compile(
    r"javascript:|mailto:\?|(?:https?:)?//[^?#]+/(?:sharer?|intent|pin/create)\b[^#]*[?&]",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\d{1,7}[k萬]?")
_SHARE = re.compile(rf"(?:{pattern(Label.SHARE)})\s*[:：]?", re.IGNORECASE)
_SHARE_BEHIND = re.compile(
    r"(?<=\S)\s+(?:share\s+(?:to|this|on)|分享[至到]?)\s*[:：]?$", re.IGNORECASE
)
_SHARE_ENDS = frozenset(":：oOsSnN享至到")
