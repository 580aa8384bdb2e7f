"""Lines around headline and replies that are surely nobody's words: `Share`, `1 Answer`."""

import re
from collections.abc import Sequence

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
_REPLIES = r"(?:answers?|repl(?:y|ies)|(?:醫[師生])?回[覆復答])"
_COUNTED = re.compile(rf"(?:共有? ?)?(\d+) ?[則個篇位]?{_REPLIES}|{_REPLIES} ?[(:]? ?(\d+)\)?")
_CONTENTS = ("on this page", "in this article", "contents", "table of contents", "本頁內容", "目錄")
_QUESTIONS = ("question", "consultation", "問題", "提問", "諮詢", "諮詢內容", "問題內容")
_BADGES = frozenset((*_QUESTIONS, *_CONTENTS))
_NUMBER = re.compile(r"#?\d{1,6}")  # of likes, or of a reply
_EDGES = " .。!:：…"
_STATE = re.compile(r"answered|solved|resolved|已(?:回[覆復答]|解決)")
_OF_REPLIES = re.compile(  # where there are some
    r"(?:(?:show|view|see|read) )?(?:the )?(?:(?:doctor|expert|specialist)(?:['’]?s['’]?)? )?"
    rf"{_REPLIES}|(?:查看|顯示|專業|專家)*{_REPLIES}"
    r"|\d+ (?:people|users?) found (?:this|it) helpful|\d+ ?(?:個人|人|位)?覺得.{0,6}有(?:幫助|用)"
)
_WAITING = re.compile(
    r"no (?:answers?|repl(?:y|ies))(?: yet)?|.{1,60} will (?:answer|reply)(?: soon| shortly)?"
    r"|(?:a?waiting|pending)\b.{0,24}\b(?:answer|reply)"
    r"|(?:等待|等候|待|尚|暫|目前|仍|無|沒有|未).{0,8}回[覆復答]中?"
)


def is_badge(text: str) -> bool:
    """Whether a line says what is below, and no more: `Question:`, `On this page`."""
    return plain(text).strip(_EDGES) in _BADGES


def is_question_badge(text: str) -> bool:
    """Whether a line says that a question is below, as a short headline may too."""
    return plain(text).strip(_EDGES) in _QUESTIONS


def is_initial(text: str, name: str | None) -> bool:
    """Whether a line is a name's first letter, in place of a portrait."""
    return len(text) == 1 and any(word.startswith(text) for word in (name or "").split())


def is_furniture(lines: Sequence[Line], start: int, stop: int, replies: int) -> bool:
    """Whether lines start to stop - 1, among so many replies, are surely nobody's words."""
    return all(
        nobodys(line.text, replies)
        or _NUMBER.fullmatch(line.text) is not None
        or _is_in_form(line, lines[start - 1])
        for line in lines[start:stop]
    )


def nobodys(text: str, replies: int = 0) -> bool:
    """Whether a line is surely nobody's words, among so many replies."""
    if len(text) == 1 or len(text) > _LONGEST:  # an initial in place of a portrait
        return len(text) == 1
    if is_closing(text) or is_page_note(text) or is_counter(text):
        return True
    if is_share_label(text) or is_share_button(text):
        return True
    said = plain(text).strip(_EDGES)
    if counted := _COUNTED.fullmatch(said):
        return int(counted[1] or counted[2]) == replies
    if said in _BADGES or _NOTICE.match(said) or _STATE.fullmatch(said):
        return True
    return (_OF_REPLIES if replies else _WAITING).fullmatch(said) is not None


def _is_in_form(line: Line, above: Line) -> bool:
    form = next(line.first.iterancestors("form"), None)
    return form is not None and form not in holders(above.last)
