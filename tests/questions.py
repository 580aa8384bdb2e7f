"""Questions that tests write by hand, and how one is stored without a crawl. All are invented."""

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from pipelines.database import open_writer
from pipelines.storing.causes import Cause
from pipelines.storing.fulltext import index_due
from pipelines.storing.rows import Source, store_question
from scraper.items import Asker, FaqTag, Question, Reply, Sex, SimilarQuestion
from scraper.record import timestamp

CAPTURED = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

FULL = Question(
    site="adoctor",
    source_id="900",
    language="en",
    url="https://adoctor.tw/article/900",
    title="Stiff Thumbs After Knitting",
    department="Orthopedics",
    headline="Stiff thumbs",
    text="My thumbs are stiff.\nWhat helps?",
    asker=Asker(name="Mr. Elm, the elder", sex=Sex.FEMALE, age_min=30, age_max=39),
    asked_on=date(2021, 3, 4),
    replies=(
        Reply(doctor="Moss Qiaoyun", department="Orthopedics", hospital="Cedar Valley",
              text='Hello:\n"Rest", then stretch.', replied_on=date(2021, 3, 5)),
        Reply(text="=SUM(A1:A9)"),
    ),
    more_info="Thumbs:\n- are useful",
    similar=(SimilarQuestion(title="Sore wrists", url="https://adoctor.tw/article/20",
                             question_excerpt="Doctor, my", reply_excerpt="Hello: Rest.",
                             reply_complete=True),),
    faq_tags=(FaqTag(name="Thumb", department="Orthopedics", url="https://adoctor.tw/faq/thumb"),
              FaqTag(name="Thumb")),
    mentions=("20",),
    warnings=("asker-title-contradicts-sex",),
)  # fmt: skip
"""Every field has a value; texts hold the commas, quotes and formulas that break exports."""
SMALL = Question(
    site="adoctor", source_id="12", language="en", url="https://adoctor.tw/article/12",
    title="Dry eyes", text="My eyes are dry.\nWhat helps?",
)  # fmt: skip
CHINESE = Question(
    site="adoctor", source_id="900", language="zh-Hant",
    url="https://adoctor.tw/zh-Hant/article/900",
    title="織毛衣後頭痛", department="神經內科", text="醫師您好，\n頭痛三天。",
)  # fmt: skip


class Keep(Protocol):
    """Stores a question; returns whether it is new."""

    def __call__(
        self,
        question: Question,
        captured: datetime = CAPTURED,
        *,
        before: Question | None = None,
        sha256: str = "",
    ) -> bool:
        """Store it as if captured at that moment.

        `before` is what today's reader makes of the page's previous capture, `sha256` that of
        the page's bytes.
        """


def new_archive(folder: Path) -> sqlite3.Connection:
    """Create an archive database that holds one run."""
    connection = open_writer(folder)
    connection.execute(
        "INSERT INTO runs(site, host, revisit, started_at) VALUES ('adoctor', '', 'due', '')"
    )
    return connection


def keeper(connection: sqlite3.Connection) -> Keep:
    """Return a function that stores questions in this archive."""

    def keep(
        question: Question,
        captured: datetime = CAPTURED,
        *,
        before: Question | None = None,
        sha256: str = "",
    ) -> bool:
        connection.execute(
            "INSERT OR IGNORE INTO urls(url, site, host, kind, via, disclosed_in)"
            " VALUES (?, ?, ?, 'question', 'start', 1)",
            (question.url, question.site, urlsplit(question.url).netloc),
        )
        (url_id,) = connection.execute(
            "SELECT id FROM urls WHERE url=?", (question.url,)
        ).fetchone()
        connection.execute("INSERT OR IGNORE INTO warcs VALUES ('x.warc.gz', 0, '')")
        capture_id = connection.execute(
            "INSERT INTO captures(url_id, url, run_id, fetched_at, status, sha256, size,"
            " outcome, warc, offset, length)"
            " VALUES (?, ?, 1, ?, 200, ?, 0, 'fetched', 'x.warc.gz', 0, 0)",
            (url_id, question.url, timestamp(captured), sha256),
        ).lastrowid
        assert capture_id is not None
        source = Source(captured, capture_id, url_id, lambda _: before)
        is_new = Cause.NEW in store_question(connection, question, source)
        index_due(connection)
        return is_new

    return keep
