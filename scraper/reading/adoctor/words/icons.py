"""Strips icons that designers put before or behind words: `📅 Ask Date`, `🩺 Sore Eye`."""

import re

# Arrows, technical signs, shapes, dingbats, emoji. Not what stands for words, as ® ≥ ℃ ㎎ ♀, nor
# what masks the characters of a name: ○ □ △.
ICONS = (
    "\u2190-\u21ff\u2300-\u23ff\u2500-\u25a0\u25a2-\u25b2\u25b4-\u25ca\u25cc-\u25ee\u25f0-\u263f"
    "\u2641\u2643-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff\u200d\ufe0e\ufe0f"
)
_RUN = re.compile(rf"[{ICONS}\s]*")


def without_icons(text: str) -> str:
    """`text` without icons before its words and, after a blank, behind them; "" of nothing else."""
    if text.isascii() or (text[0].isalnum() and text[-1].isalnum()):
        return text
    return without_icons_behind(_RUN.sub("", text, count=1))


def without_icons_behind(text: str) -> str:
    """`text` without icons at its end that a blank parts from its words."""
    run = _RUN.match(text[::-1])
    bare = text[: len(text) - run.end()] if run else text
    return bare if text[len(bare) :].startswith(" ") else text
