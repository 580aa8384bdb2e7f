"""Words in a language other than the page's English, marked for voices and fonts (WCAG 3.1.2)."""

import re

from markupsafe import Markup

from pipelines.storing.fulltext import CJK

_KANA = re.compile(r"[\u3041-\u30ff]")
_LATIN = re.compile(r"[A-Za-z]+")
_TAG_OF_HAN = re.compile(rf"<(a|li|td)(?=(?: [^<>]*)?>([^<]*{CJK.pattern}[^<]*))")


def spoken(words: str, language: str = "und") -> str:
    """The words, marked as of their record's language: a guess where that is unknown.

    A name in an English or Chinese record may be wholly in the script of the other.
    """
    is_other = (
        not _LATIN.search(words)
        if language == "en"
        else language.startswith(("zh", "ja")) and not CJK.search(words)
    )
    if language == "und" or is_other:
        language = _guess(words)
    return (
        words if language == "en" else Markup('<span lang="{}">{}</span>').format(language, words)
    )


def han_in_tags(html: Markup) -> Markup:
    """Datasette's own links, list items and cells in Chinese or Japanese, marked so."""
    return Markup(_TAG_OF_HAN.sub(_marked, str(html)))  # noqa: S704 -- it was before


def _marked(tag: re.Match[str]) -> str:
    language = _guess(Markup(tag[2]).unescape())  # noqa: S704 -- it was before
    return tag[0] if language == "en" else f'{tag[0]} lang="{language}"'


def _guess(words: str) -> str:
    """The language by the script: English may cite a character, and Chinese say `MRI`."""
    if len(CJK.findall(words)) < max(1, len(_LATIN.findall(words))):
        return "en"
    return "ja" if _KANA.search(words) else "zh-Hant"
