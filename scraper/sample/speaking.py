"""One voice: fills sentence patterns with the words of one topic, in one language.

The same seed draws the same patterns in both languages, so that they are translations.
"""

from collections.abc import Sequence
from random import Random

from scraper.sample.asking import WORDS
from scraper.sample.chance import pick
from scraper.sample.people import MOMENTS, MONTHS, SPANS
from scraper.sample.topics import Department, Pair, Topic


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class Speaker:
    """Sentences on one topic; `lang` is 0 for English, 1 for Chinese."""

    def __init__(self, rng: Random, topic: Topic, department: Department, lang: int) -> None:
        self.rng = rng
        self.lang = lang
        drawn = {"month": pick(rng, MONTHS), "long": pick(rng, SPANS)}
        for mark, phrases in (("s", topic.symptoms), ("c", topic.causes), ("h", topic.helps)):
            for place, phrase in enumerate(rng.sample(phrases, len(phrases)), 1):
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
        """One pattern with its slots filled; small words are drawn anew for each."""
        words, rng, lang = self.words, self.rng, self.lang
        when, first, second = pick(rng, MOMENTS), pick(rng, WORDS), pick(rng, WORDS)
        words["few"] = str(2 + int(rng.random() * 8))
        words["when"] = when[lang]
        words["When"] = _capital(when[lang])
        words["Then"] = when[lang].title()
        words["Word"], words["Word2"] = first[lang], second[lang]
        words["word"], words["word2"] = first[lang].lower(), second[lang].lower()
        return pattern[lang].format_map(words)

    def say(self, patterns: Sequence[Pair]) -> str:
        """One of the patterns, filled."""
        return self.fill(pick(self.rng, patterns))

    def tell(self, patterns: Sequence[Pair], low: int, high: int) -> list[str]:
        """From `low` to `high` different patterns, filled."""
        some = low + int(self.rng.random() * (high - low + 1))
        return [self.fill(pattern) for pattern in self.rng.sample(patterns, some)]
