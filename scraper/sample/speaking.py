"""Fills sentence patterns with the words of one topic, in one language.

The same seed draws the same patterns in both languages, so that they are translations.
"""

from collections.abc import Callable, Sequence
from random import Random

from scraper.sample.asking import WORDS
from scraper.sample.chance import pick, several
from scraper.sample.people import MOMENTS, MONTHS, SPANS
from scraper.sample.topics import Department, Pair, Topic


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _slots(
    pairs: Sequence[Pair], **shapes: Callable[[str], str]
) -> tuple[list[dict[str, str]], ...]:
    """For each language, the values that each pair gives to the named slots."""
    return tuple(
        [{slot: shape(pair[lang]) for slot, shape in shapes.items()} for pair in pairs]
        for lang in (0, 1)
    )


_WHENS = _slots(MOMENTS, when=str, When=_capital, Then=str.title)
_WORDS = _slots(WORDS, word=str.lower, Word=str)
_OTHER_WORDS = _slots(WORDS, word2=str.lower, Word2=str)


class Speaker:
    """Writes sentences on one topic; `lang` is 0 for English, 1 for Chinese."""

    def __init__(self, rng: Random, topic: Topic, department: Department, lang: int) -> None:
        self.rng = rng
        self.lang = lang
        drawn = {"month": pick(rng, MONTHS), "long": pick(rng, SPANS)}
        for mark, phrases in (("s", topic.symptoms), ("c", topic.causes), ("h", topic.helps)):
            for place, phrase in enumerate(several(rng, phrases, len(phrases)), 1):
                drawn[f"{mark}{place}"] = phrase
        drawn["t1"] = pick(rng, topic.tests)
        self.words = {key: pair[lang] for key, pair in drawn.items()}
        for key in ("s1", "s2", "s3", "c1", "t1", "h1", "h2"):
            self.words[_capital(key)] = _capital(self.words[key])
        if not lang:
            self.words["Long"] = self.words["long"]
            self.words["long"] = self.words["long"].lower()
        self.words["Topic"] = topic.name[lang]
        self.words["topic"] = topic.name[lang].lower()
        self.words["Department"] = self.words["department"] = department.name[lang]

    def fill(self, pattern: Pair) -> str:
        """Fill a pattern's slots; times of day, numbers and WORDS are drawn anew each time."""
        words, rng, lang = self.words, self.rng, self.lang
        words["few"] = pick(rng, "23456789")
        words.update(pick(rng, _WHENS[lang]))
        words.update(pick(rng, _WORDS[lang]))
        words.update(pick(rng, _OTHER_WORDS[lang]))
        return pattern[lang].format_map(words)

    def sentence(self, patterns: Sequence[Pair]) -> str:
        """Draw one of the patterns and fill it."""
        return self.fill(pick(self.rng, patterns))

    def sentences(self, patterns: Sequence[Pair], low: int, high: int) -> list[str]:
        """Draw `low` to `high` different patterns and fill them."""
        count = low + int(self.rng.random() * (high - low + 1))
        return [self.fill(pattern) for pattern in several(self.rng, patterns, count)]
