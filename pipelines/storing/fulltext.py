"""Full text for English and Chinese in one index.

SQLite's unicode61 takes a run of Chinese characters for one word. Indexed with a space between
them each is a word of its own, and a phrase query finds one, two or any number of them. Letters
and digits of full width, as Chinese texts have them, are the ordinary ones.
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
_TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_ENDS_IT = re.compile('["\0]')  # a phrase of FTS5
_EDGES = re.compile(r"\A[\W_]+|[\W_]+\Z")
_LAST_WORD = re.compile(rf"(?:(?!{CJK.pattern})\w)*\Z")
# Characters of a query that are read: FTS5 takes seconds for thousands of words and looks at no
# time limit meanwhile.
LONGEST = 200


class _Table(dict[int, str]):
    """For `str.translate`, which is six times as fast as a regular expression here."""

    def __init__(self, becomes: Callable[[str], str]) -> None:
        super().__init__()
        self._becomes = becomes

    def __missing__(self, ordinal: int) -> str:
        self[ordinal] = self._becomes(chr(ordinal))
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


class Asked(NamedTuple):
    """The words and phrases of a query, each once."""

    wanted: list[str]
    unwanted: list[str]


def asked(words: str) -> Asked:
    """What a person typed, as it is understood: words, "phrases", and what has a minus before it.

    Other signs mean nothing.
    """
    read = words if len(words) <= LONGEST else _LAST_WORD.sub("", words[:LONGEST])
    found: dict[str, list[str]] = {"": [], "-": []}
    for minus, quoted, bare in _TERM.findall(of_usual_width(read)):
        term = _ENDS_IT.sub(" ", _EDGES.sub("", quoted or bare))
        if term and term not in found[minus]:
            found[minus].append(term)
    return Asked(found[""], found["-"])


def match_query(words: str) -> str:
    """An FTS5 query out of what a person typed: all that is wanted, nothing that is not.

    No input is query syntax, so none is an error; one that wants nothing gives an empty phrase,
    which matches nothing.
    """
    wanted, unwanted = ([_phrase(term) for term in terms] for terms in asked(words))
    return " NOT ".join([" ".join(wanted), *unwanted]) if wanted else '""'


def _phrase(term: str) -> str:
    return f'"{" ".join(spaced(term).split())}"'


def prepare(db: sqlite3.Connection) -> None:
    """Make room for what is to be indexed with the next commit.

    FTS5 writes what it has gathered whenever a savepoint opens, so that indexing visit by visit
    would cost several times as much; rows of a temporary table roll back with their visit.
    """
    db.execute("PRAGMA temp_store = MEMORY")
    db.execute(
        "CREATE TEMP TABLE fulltext_due(command TEXT, key INTEGER, title TEXT, question TEXT,"
        " reply TEXT)"
    )


def index_due(db: sqlite3.Connection) -> None:
    """Index what the transaction's visits have left to be indexed, in their order."""
    db.execute(
        "INSERT INTO questions_fts(questions_fts, rowid, title, question, reply)"
        " SELECT command, key, title, question, reply FROM temp.fulltext_due ORDER BY rowid"
    )
    db.execute("DELETE FROM temp.fulltext_due")
