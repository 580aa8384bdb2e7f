"""Share bars below the one under the title: `Share to: Facebook LINE` at the end of a reply."""

from scraper.reading.article.labels import share, share_button
from scraper.reading.visible.lines import Line


def without_share_bars(lines: list[Line]) -> list[Line]:
    """The lines without bars of share links that follow another share label."""
    said = "\n".join([line.text for line in lines]).lower()
    if said.count("share") + said.count("分享") < 2:  # noqa: PLR2004 -- as on most pages
        return lines
    labels = [at for at, line in enumerate(lines) if share(line.text)]
    bars: set[int] = set()
    for label in labels[1:]:
        end = label + 1
        while end < len(lines) and lines[end].links and share_button(lines[end].text):
            end += 1
        text, links = lines[label][:2]
        if links[0][0] != text if links else end > label + 1:  # a label leads nowhere itself
            bars.update(range(label, end))
    return [line for at, line in enumerate(lines) if at not in bars] if bars else lines
