"""Recognizes lines that pages end with, below the whole question: `Back to top`."""

import re
from functools import lru_cache

from scraper.reading.adoctor.words.labels import plain

_LONGEST = 96  # characters
# What stands below the last section of a page that has no <footer>.
_SURE = (
    r"(?:leave|post|write|add) (?:a|your) (?:comments?|repl(?:y|ies))\b"
    r"|(?:\d+ )?comments?(?: \(\d+\))?:?$"
    r"|(?:\d+|one) (?:thoughts?|responses?|comments?|repl(?:y|ies)) (?:on|to) [\"“]|\d+ responses?$"
    r"|copyright\b.*(?:\d{4}|all rights)|©|all rights reserved"
    r"|(?:proudly )?powered by [^\s,，]+(?: [^\s,，]+){0,2}$"
    r"|back to (?:top\b|(?:the )?list(?:\b|s$|ings?$))"
    r"|(?:we|this (?:web)?site) uses? cookies\b|was this (?:\w+ )?helpful\b|we value your privacy$"
    r"|(?:follow us|newsletter|popular questions|site ?map|download (?:our|the) app)$"
    r"|[這此本][個則篇]?(?:文|回答|回覆|文章|內容|頁)?(?:對[您你])?有幫助嗎"
    r"|發[表佈布](?:留言|評論|迴響)(?!後)|我要留言|(?:網友|讀者)?留言(?:板|區)?$|版權所有|[回返]到?(?:頂端|頁首|列表|上一頁)"
    r"|(?:[在對]?[「〈《].*[」〉》][中的上]?有? ?)?\d+ ?[則條個篇]?(?:留言|評論|回應|迴響)$"
    r"|返回(?:列表|上一頁)|本(?:網站|站|網頁)使用\s*cookie"
    r"|(?:追蹤我們|熱門問題|電子報|網站地圖|下載\s*app)$"
)
# The same, but a sentence of a text may begin so, or be headed so.
_LIKELY = (
    r"copyright\b|you may also like|subscribe to\b|latest questions\b|privacy policy"
    r"|terms of (?:use|service)|contact us\b|about us\b|(?:log|sign) in to\b|disclaimer(?::|$)"
    r"|need help\??$|隱私權?政策|聯絡我們|關於我們|登入後?(?:提問|發問|留言)|您可能也(?:喜歡|想看)"
    r"|訂閱電子報|最新問答|免責聲明(?::|$)|需要協助\??$"
)
_SURELY_CLOSING = re.compile(_SURE)
_CLOSING = re.compile(f"{_SURE}|{_LIKELY}")
# What stands below the last text, and sometimes above it.
_NOTE = re.compile(r"last updated\b|tags?:|最後更新|標籤:")


def may_be_closing(text: str) -> bool:
    """Whether a line is one that pages end with, after everything of the question."""
    return len(text) <= _LONGEST and _may_be_closing(text)


def is_closing(text: str) -> bool:
    """Whether a line is one that pages end with and no text of a question has."""
    return len(text) <= _LONGEST and _is_closing(text)


@lru_cache(maxsize=8192)
def _may_be_closing(text: str) -> bool:
    return _CLOSING.match(plain(text)) is not None


@lru_cache(maxsize=8192)
def _is_closing(text: str) -> bool:
    return _SURELY_CLOSING.match(plain(text)) is not None


def is_closing_line(text: str) -> bool:
    """Whether a line that is no sentence is one that pages end with."""
    return text[-1] not in ".!。！" and is_closing(text)


def is_page_note(text: str) -> bool:
    """Whether a line is a note on the page, as `Last updated`."""
    return len(text) <= _LONGEST and _NOTE.match(plain(text)) is not None
