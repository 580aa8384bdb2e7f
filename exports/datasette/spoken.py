"""Words in a language other than the page's English, marked for voices and fonts (WCAG 3.1.2)."""

import re

from markupsafe import Markup

from pipelines.storing.fulltext import CJK

_TAG_OF_HAN = re.compile(rf"<(a|li|td)(?=(?: [^<>]*)?>[^<]*{CJK.pattern})")


def spoken(words: str, language: str = "en") -> str:
    """The words, marked as of that language, or of another if their script shows it."""
    is_han = bool(CJK.search(words))
    if is_han != language.startswith(("zh", "ja")):
        language = "zh-Hant" if is_han else "en"
    return (
        words if language == "en" else Markup('<span lang="{}">{}</span>').format(language, words)
    )


def han_in_tags(html: Markup) -> Markup:
    """Datasette's own links, list items and cells that begin in Chinese, marked so."""
    return Markup(_TAG_OF_HAN.sub(r'<\1 lang="zh-Hant"', str(html)))  # noqa: S704 -- it was before
