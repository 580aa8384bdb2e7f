"""Full text for English and Chinese in one index.

SQLite's tokenizer unicode61 takes a run of Chinese characters for one word. So they are indexed
with spaces between them, each as a word, and a phrase query finds any number of them in a row.
Full-width letters and digits, as Chinese texts have them, are indexed as ordinary ones.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

# CJK ideographs with extensions and compatibility forms, kana, bopomofo.
CJK_RANGES = (
    "\u3005\u3007\u3040-\u30ff\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003134f"
)
CJK = re.compile(f"[{CJK_RANGES}]")
# Words of Chinese are separated by these and no blank. 1,000 and 2,4-D are one word.
_SEPARATORS = "、。,;!?"
_TERM = re.compile(rf'((?<!\S)-)?(?:"([^"]*)"|((?:[^\s{_SEPARATORS}]|(?<=\d),(?=\d))+))')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟「」『』", '"'))
_PHRASE_END = re.compile('["\0]')  # these end a phrase of FTS5
_EDGES = re.compile(r"\A[\W_]+|[\W_]+\Z")
_LAST_WORD = re.compile(rf"(?:(?!{CJK.pattern})\w)*\Z")
# Characters of a query; the rest is ignored, since FTS5 takes seconds for thousands of words and
# checks no time limit meanwhile.
LONGEST = 200


class _Table(dict[int, str]):
    """A table for `str.translate`, here six times as fast as a regular expression."""

    def __init__(self, replacement: Callable[[str], str]) -> None:
        super().__init__()
        self._replacement = replacement

    def __missing__(self, ordinal: int) -> str:
        self[ordinal] = self._replacement(chr(ordinal))
        return self[ordinal]


def _of_usual_width(character: str) -> str:
    kind, _, ordinal = unicodedata.decomposition(character).partition(" ")
    return chr(int(ordinal, 16)) if kind in {"<wide>", "<narrow>"} else character


def _as_indexed(character: str) -> str:
    usual = _of_usual_width(character)
    return f" {usual} " if CJK.match(usual) else usual


_USUAL_WIDTH = _Table(_of_usual_width)
_SPACED = _Table(_as_indexed)


def of_usual_width(text: str) -> str:
    """The text, of the same length, without full-width and half-width forms."""
    return text if text.isascii() else text.translate(_USUAL_WIDTH)


def spaced(text: str) -> str:
    """The text as it is indexed: of usual width, with a space around every CJK character."""
    return text if text.isascii() else text.translate(_SPACED)


class SearchTerms(NamedTuple):
    """The words and phrases of a query, each once."""

    wanted: list[str]
    unwanted: list[str]


def search_terms(query: str) -> SearchTerms:
    """The terms of a query: words, "phrases", and those with a minus before them as unwanted.

    Terms are separated by blanks, commas and the ends of sentences. Phrases may stand in
    typographic or Chinese quotation marks too; other signs mean nothing.

    >>> search_terms('numb, -hand "at night"')
    SearchTerms(wanted=['numb', 'at night'], unwanted=['hand'])
    """
    if len(query) > LONGEST:
        query = _LAST_WORD.sub("", query[:LONGEST])
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _TERM.findall(of_usual_width(query).translate(_QUOTES)):
        term = _PHRASE_END.sub(" ", _EDGES.sub("", phrase or word))
        terms = unwanted if minus else wanted
        if term and term not in terms:
            terms.append(term)
    return SearchTerms(wanted, unwanted)


def match_query(query: str) -> str:
    """The FTS5 query for a person's query: all wanted terms, and no unwanted one.

    No input is taken for FTS5 syntax, so none is an error. Without a wanted term it is an empty
    phrase, which matches nothing.
    """
    wanted, unwanted = ([_phrase(term) for term in terms] for terms in search_terms(query))
    return " NOT ".join([" ".join(wanted), *unwanted]) if wanted else '""'


def _phrase(term: str) -> str:
    return f'"{" ".join(spaced(term).split())}"'


def prepare(db: sqlite3.Connection) -> None:
    """Create the temporary table of what is to be indexed with the next commit.

    FTS5 flushes its buffer whenever a savepoint opens, so that indexing visit by visit would cost
    several times as much; the rows of the table roll back with their visit.
    """
    db.execute("PRAGMA temp_store = MEMORY")
    db.execute(
        "CREATE TEMP TABLE fulltext_due(command TEXT, key INTEGER, title TEXT, question TEXT,"
        " reply TEXT)"
    )


def index_due(db: sqlite3.Connection) -> None:
    """Index what the visits of this transaction have put into the table, in their order."""
    db.execute(
        "INSERT INTO questions_fts(questions_fts, rowid, title, question, reply)"
        " SELECT command, key, title, question, reply FROM temp.fulltext_due ORDER BY rowid"
    )
    db.execute("DELETE FROM temp.fulltext_due")
