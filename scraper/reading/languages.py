"""The language that a page declares, as a record names it."""

import re
from functools import lru_cache

_TAG = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(?:-cmn)?(?:[-_](?P<script>[A-Za-z]{4}))?(?P<rest>(?:[-_][A-Za-z0-9]{1,8})*)"
    r"(?:\.[A-Za-z0-9-]{1,12})?",  # a locale's charset
    re.IGNORECASE,
)
_SCRIPTS = {f"zh-{place}": "Hant" for place in ("tw", "hk", "mo", "cht")} | {
    f"zh-{place}": "Hans" for place in ("cn", "sg", "chs")
}
# Codes of three letters, withdrawn ones and countries in place of BCP 47's own code.
_OTHER_CODES = dict(
    pair.split(":")
    for pair in """ara:ar chi:zh cmn:zh cn:zh deu:de eng:en fra:fr fre:fr ger:de hin:hi in:id ita:it
    iw:he ji:yi jp:ja jpn:ja kor:ko por:pt rus:ru spa:es zho:zh""".split()  # noqa: SIM905
)


@lru_cache(maxsize=256)
def language_of(declared: str) -> str | None:
    """Return the BCP 47 tag of a `lang`, as short as it can be; None when it is none.

    A country is left out: a theme adds it or not, and a record's id should not hang on that.

    >>> language_of("en_US"), language_of("zh-TW"), language_of("cmn-Hans-CN"), language_of("eng")
    ('en', 'zh-Hant', 'zh-Hans', 'en')
    >>> language_of("zh-TW-u-co-stroke")
    'zh-Hant'
    """
    tag = _TAG.fullmatch(declared.strip())
    if tag is None:
        return None
    language = tag["language"].lower()
    language = _OTHER_CODES.get(language, language)
    place = tag["rest"].lower().replace("_", "-").split("-")[1:2]
    script = tag["script"] or _SCRIPTS.get("-".join([language, *place]))
    return f"{language}-{script.title()}" if script else language
