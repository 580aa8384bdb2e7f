"""Recognizes page furniture around headline and replies: `Share`, `1 Answer`, `Show replies`."""

import re
from collections.abc import Sequence
from functools import lru_cache

from scraper.reading.adoctor.words.closings import is_closing, is_page_note
from scraper.reading.adoctor.words.counters import is_counter
from scraper.reading.adoctor.words.labels import plain
from scraper.reading.adoctor.words.share import is_share_button, is_share_label
from scraper.reading.visible.line import Line, holders

_LONGEST = 160  # characters
_NOTICE = re.compile(
    r"(?:medical )?disclaimer\b|(?:medically )?reviewed by\b|(?:醫療|免責)聲明"
    r"|(?:醫療)?審[閱查](?::|者|醫師)"
)
REPLIES = r"(?:answers?|repl(?:y|ies)|(?:醫[師生])?回[覆復答])"
_REPLY_COUNT = re.compile(rf"(?:共有? ?)?(\d+) ?[則個篇位]?{REPLIES}|{REPLIES} ?[(:]? ?(\d+)\)?")
_CONTENTS = re.compile(
    r"(?:on this page|in this article|(?:table of )?contents|本頁內容|(?:文章|內容)?目錄)"
    r"(?:\W*(?:hide|show|toggle|隱藏|顯示)\W*)?"  # a button beside it
)
_QUESTIONS = ("question", "consultation", "問題", "提問", "諮詢", "諮詢內容", "問題內容")
_LONGEST_BADGE = 40  # characters
MOST_INITIALS = 2
_NO_WORDS = re.compile(r"#?\d{1,6}|[\W_]+")  # a number of likes, or of a reply; a rule of signs
_KINDS = (is_closing, is_page_note, is_counter, is_share_label, is_share_button)
_EDGES = " .。!:：…"
_STATE = re.compile(r"answered|solved|resolved|已(?:回[覆復答]|解決)")
_REPLIES_HEADING = re.compile(
    r"(?:(?:show|view|see|read) )?(?:the )?(?:(?:doctor|expert|specialist)(?:['’]?s['’]?)? )?"
    rf"{REPLIES}|(?:查看|顯示|專業|專家)*{REPLIES}|第 ?\d+ ?[則個篇位]{REPLIES}"
    r"|\d+ (?:people|users?) found (?:this|it) helpful|\d+ ?(?:個人|人|位)?覺得.{0,6}有(?:幫助|用)"
)
_WAITING = re.compile(
    r"no (?:answers?|repl(?:y|ies))(?: yet)?|.{1,60} will (?:answer|reply)(?: soon| shortly)?"
    r"|(?:a?waiting|pending)\b.{0,24}\b(?:answer|reply)"
    r"|(?:等待|等候|待|尚|暫|目前|仍|無|沒有|未).{0,8}回[覆復答]中?"
)
_LONGEST_NOTE = 60  # characters
_AWAITS_REPLY = re.compile(  # on a page without replies
    r"(?=.*(?:answer|repl(?:y|ie)))"
    r".*(?:\b(?:not?|yet|a?waiting|pending|soon|shortly|within)\b|unanswered)"
    r"|(?=.*回[覆復答]).*(?:[等尚待未無]|沒有|通知)"
)


def is_badge(text: str) -> bool:
    """Whether a line only names what stands below it: `Question:`, `On this page`."""
    return is_question_badge(text) or is_title_of_contents(text)


def is_question_badge(text: str) -> bool:
    """Whether a line is `Question` or the like, which may be a short headline as well."""
    return plain(text).strip(_EDGES) in _QUESTIONS


def is_state_or_kind(text: str) -> bool:
    """Whether a line is `Answered`, `Question` or the like."""
    return is_question_badge(text) or _STATE.fullmatch(plain(text).strip(_EDGES)) is not None


def is_title_of_contents(text: str) -> bool:
    """Whether a line is `On this page` or the like, which no text has."""
    return len(text) <= _LONGEST_BADGE and _titles_contents(text)


@lru_cache(maxsize=8192)
def _titles_contents(text: str) -> bool:
    return _CONTENTS.fullmatch(plain(text).strip(_EDGES)) is not None


def is_initial(text: str, name: str | None) -> bool:
    """Whether a line is one or two initials of a name, which stand in place of a portrait."""
    if len(text) > MOST_INITIALS or name is None:
        return False
    return text in ("".join(word[0] for word in name.split()) if text.isascii() else name)


def are_page_furniture(lines: Sequence[Line], start: int, stop: int, replies: int) -> bool:
    """Whether lines start to stop - 1 are page furniture, on a page with so many replies."""
    return all(
        is_page_furniture(line.text, replies)
        or _NO_WORDS.fullmatch(line.text) is not None
        or _is_in_form(line, lines[start - 1])
        or (not replies and _awaits_reply(line.text))
        for line in lines[start:stop]
    )


def is_page_furniture(text: str, replies: int = 0) -> bool:
    """Whether a line is neither asker's nor doctor's words, on a page with so many replies."""
    if len(text) == 1:  # an initial in place of a portrait
        return True
    if len(text) > _LONGEST:
        return False
    if any(is_kind(text) for is_kind in _KINDS):
        return True
    words = plain(text).strip(_EDGES)
    if reply_count := _REPLY_COUNT.fullmatch(words):
        return int(reply_count[1] or reply_count[2]) == replies
    if is_badge(text) or _NOTICE.match(words) or _STATE.fullmatch(words):
        return True
    return (_REPLIES_HEADING if replies else _WAITING).fullmatch(words) is not None


def _awaits_reply(text: str) -> bool:
    return len(text) <= _LONGEST_NOTE and _AWAITS_REPLY.match(plain(text)) is not None


def _is_in_form(line: Line, above: Line) -> bool:
    form = next(line.first.iterancestors("form"), None)
    return form is not None and form not in holders(above.last)
