"""Small pieces that several layouts share."""

from collections.abc import Iterable

from scraper.sample.adoctor.view import Link, View


def each(tag: str, texts: Iterable[str]) -> str:
    """Every text in an element of its own, one to a source line."""
    return "".join(f"<{tag}>{text}</{tag}>\n" for text in texts)


def anchors(links: Iterable[Link], tag: str) -> str:
    """Every link in an element of its own."""
    return each(tag, (f'<a href="{href}">{label}</a>' for label, href in links))


def menu(view: View, between: str) -> str:
    """The menu, the department and the other language in one line."""
    links = [*view.menu, view.department_link, view.other]
    return between.join(f'<a href="{href}">{label}</a>' for label, href in links)


def essay(view: View, heading: str) -> str:
    """The essay with its items in real lists."""
    out: list[str] = []
    inside = False
    for kind, text in view.essay:
        if (kind == "li") != inside:
            out.append("</ul>\n" if inside else '<ul class="dashes">\n')
            inside = not inside
        tag = heading if kind == "h" else kind
        out.append(f"<{tag}>{text}</{tag}>\n")
    return "".join(out) + ("</ul>\n" if inside else "")
