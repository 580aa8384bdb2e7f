"""Full text for English and Chinese in one index.

SQLite's unicode61 takes a run of Chinese characters for one word. Indexed with a space between
them each is a word of its own, and a phrase query finds one, two or any number of them.
"""

import re
import sqlite3

# CJK ideographs with extensions and compatibility forms, kana, bopomofo.
_CJK = re.compile(
    "[\u3005\u3007\u3040-\u30ff\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003134f]"
)
_TERM = re.compile(r'"([^"]*)"|(\S+)')


class _Spaced(dict[int, str]):
    """For `str.translate`, which is six times as fast as a regular expression here."""

    def __missing__(self, ordinal: int) -> str:
        character = chr(ordinal)
        self[ordinal] = f" {character} " if _CJK.match(character) else character
        return self[ordinal]


_SPACED = _Spaced()


def spaced(text: str) -> str:
    """The text as it is indexed: a space around every CJK character."""
    return text if text.isascii() else text.translate(_SPACED)


def match_query(words: str) -> str:
    """An FTS5 query out of what a person typed: every word or "phrase" must occur.

    Nothing in `words` is taken as query syntax, so no input is an error; a query without any
    word gives an empty phrase, which matches nothing.
    """
    terms = [quoted or bare for quoted, bare in _TERM.findall(words)]
    phrases = [" ".join(spaced(term).replace('"', " ").split()) for term in terms]
    return " ".join(f'"{phrase}"' for phrase in phrases if phrase) or '""'


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
