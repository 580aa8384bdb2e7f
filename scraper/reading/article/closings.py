"""What pages end with, below everything of the question."""

import re

from scraper.reading.article.labels import plain

_LONGEST = 96  # characters
# What stands below the last section of a page that has no <footer>.
_CLOSING = re.compile(
    r"(?:(?:leave|post|write|add) (?:a|your) (?:comment|reply)|(?:\d+ )?comments?(?: \(\d+\))?:?$"
    r"|copyright\b|©"
    r"|you may also like|(?:we|this (?:web)?site) uses? cookies|subscribe to\b|latest questions\b"
    r"|all rights reserved|privacy policy|terms of (?:use|service)|back to (?:top|(?:the )?list)"
    r"|contact us|about us|(?:log|sign) in to\b|was this (?:\w+ )?helpful\b|disclaimer:"
    r"|(?:follow us|newsletter|popular questions|disclaimer|site ?map|need help\??)$"
    r"|we value your privacy$"
    r"|發表(?:留言|評論)|我要留言|留言(?:板|區)?$|版權所有|隱私權?政策|[回返]到?(?:頂端|頁首|列表|上一頁)"
    r"|返回(?:列表|上一頁)|聯絡我們|關於我們|登入後?(?:提問|發問|留言)|免責聲明:"
    r"|您可能也(?:喜歡|想看)|本網站使用\s*cookie|訂閱電子報|最新問答"
    r"|(?:追蹤我們|熱門問題|免責聲明|電子報|網站地圖|下載\s*app|需要協助\??)$)"
)


# What stands below the last text, and sometimes above it.
_NOTE = re.compile(r"last updated\b|tags?:|最後更新|標籤:")


def closing(text: str) -> bool:
    """Whether a line is one that pages end with, after everything of the question."""
    return len(text) <= _LONGEST and _CLOSING.match(plain(text)) is not None


def note(text: str) -> bool:
    """Whether a line at the end of a text tells of the page, as when it was written."""
    return len(text) <= _LONGEST and _NOTE.match(plain(text)) is not None
