"""Share bars below the one under the title: `Share to: Facebook LINE` at the end of a reply."""

from collections.abc import Sequence

from scraper.reading.article.labels import share, share_button
from scraper.reading.visible.lines import Line


def without_share_bars(lines: Sequence[Line]) -> list[Line]:
    """The lines without bars of share links that follow another share label."""
    first = next((index + 1 for index, line in enumerate(lines) if share(line.text)), len(lines))
    kept = list(lines[:first])
    in_bar = False
    for index in range(first, len(lines)):
        line = lines[index]
        in_bar = _is_bar(line, lines[index + 1 : index + 2]) or (in_bar and _is_buttons(line))
        if not in_bar:
            kept.append(line)
    return kept


def _is_bar(line: Line, below: Sequence[Line]) -> bool:
    """Whether a line is a share label, which leads nowhere itself, beside or above buttons."""
    if line.links and line.links[0][0] != line.text:
        return share(line.text)
    return not line.links and any(map(_is_buttons, below)) and share(line.text)


def _is_buttons(line: Line) -> bool:
    return bool(line.links) and share_button(line.text)
