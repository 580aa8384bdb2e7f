"""The database's schema, as migrations. A released migration is never changed, only followed."""

import sqlite3

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("qarchive")
_COLUMNS = """
SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'
"""


def path_of(url: str) -> str:
    """The SQL for what stays of a URL when its site moves to another host or to https."""
    return f"substr({url}, instr(substr({url}, 9), '/') + 8)"


def is_page(url: str, seen_on: str) -> str:
    """The SQL for whether question `q` is the page at a URL that a question of its site named."""
    site = f"substr({seen_on}, 1, instr({seen_on}, ':') - 1)"
    return f"{path_of('q.url')} = {path_of(url)} AND q.site = {site}"


_FIRST = f"""
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,  -- runs are ordered by this, never by the clock
    uuid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),  -- its name in WARCs
    site TEXT NOT NULL,
    host TEXT NOT NULL,  -- with the port, if any
    home TEXT NOT NULL DEFAULT '',  -- URL of the site's start page
    revisit TEXT NOT NULL,  -- due, all or none
    started_at TEXT NOT NULL,  -- RFC 3339, UTC
    day REAL NOT NULL DEFAULT 0,  -- on the archive's own calendar: pipelines.queue.days
    ended_at TEXT,  -- NULL while it runs, and for ever when it was killed
    ended_why TEXT,  -- pipelines.reports.end_reason.EndReason
    taken INTEGER NOT NULL DEFAULT 0,  -- URLs settled by this run: the sum of the next seven
    fetched INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    gone INTEGER NOT NULL DEFAULT 0,
    denied INTEGER NOT NULL DEFAULT 0,
    moved INTEGER NOT NULL DEFAULT 0,
    later INTEGER NOT NULL DEFAULT 0,
    problem INTEGER NOT NULL DEFAULT 0,
    questions INTEGER NOT NULL DEFAULT 0,  -- sound reads of a question among the fetched
    revisited INTEGER NOT NULL DEFAULT 0,  -- known question pages: pipelines.queue.unread
    missing INTEGER NOT NULL DEFAULT 0,  -- of them, those that can't be read any more
    starts_missing INTEGER NOT NULL DEFAULT 0,  -- 1: none that can be read leads to a question
    starts_lost INTEGER NOT NULL DEFAULT 0,  -- start pages held before and lost of late
    lists_lost INTEGER NOT NULL DEFAULT 0,  -- of late, and the newest questions are on no other
    overdue INTEGER NOT NULL DEFAULT 0,  -- URLs that were put off for a day or more
    lost INTEGER NOT NULL DEFAULT 0,  -- handed out and never settled: a bug
    bytes INTEGER NOT NULL DEFAULT 0,  -- bodies as they came
    coverage TEXT,  -- JSON: how many of its question reads could have and had each field
    fell TEXT,  -- JSON list: fields that fell against the last good runs
    smallest_gap REAL,  -- seconds between two requests sent to the host, the shortest there was
    delay REAL,  -- seconds asked for between requests: ours, or robots.txt's if longer
    exit_status INTEGER  -- what the command answered; NULL while it runs, and when killed
) STRICT;

CREATE TABLE urls (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,  -- canonical
    site TEXT NOT NULL,
    host TEXT NOT NULL,  -- with the port, if any
    kind TEXT NOT NULL,  -- sitemap, list, faq or question
    state TEXT NOT NULL DEFAULT 'ready',
        -- ready, or what the last visit left: fetched unchanged gone denied moved later problem
    priority INTEGER NOT NULL DEFAULT 0,  -- higher goes first
    not_before TEXT,  -- with state later
    denied TEXT,  -- why it may not be asked for, if its last visit said so: a code of problems
    due_day REAL,  -- from when to visit again what was gone, moved, denied or a problem
    attempts INTEGER NOT NULL DEFAULT 0,  -- failures since the last success
    hops INTEGER NOT NULL DEFAULT 0,  -- redirects in a row that led here
    etag TEXT,
    last_modified TEXT,
    lastmod TEXT,  -- the sitemap's latest word, as written
    revisits INTEGER NOT NULL DEFAULT 0,  -- that could tell whether it had changed
    changes INTEGER NOT NULL DEFAULT 0,  -- found by them
    weighted_changes REAL NOT NULL DEFAULT 0,
        -- this and the next two are pipelines.revisit.ChangeHistory
    days_to_change REAL NOT NULL DEFAULT 0,
    days_unchanged REAL NOT NULL DEFAULT 0,
    seen_day REAL,  -- of the last visit that could be read
    whole_day REAL,  -- of the last such visit that was no 304
    history_bucket INTEGER,  -- as pipelines.revisit; NULL if the last visit could not be read
    gone_since TEXT,  -- it was found gone then, and has not been seen since
    missing_day REAL,  -- since then it was not to be had, for whatever reason
    via TEXT NOT NULL,  -- how it was first disclosed; start: the last run began there
    ways INTEGER NOT NULL DEFAULT 0,  -- all ways so far: bits, as pipelines.queue.ways.BITS
    disclosed_by INTEGER REFERENCES urls(id),
    disclosed_in INTEGER NOT NULL REFERENCES runs(id),
    visited_in INTEGER REFERENCES runs(id),  -- the last one; what is denied again is no visit
    visited_at TEXT,
    sha256 TEXT,  -- of the last whole body, as it came
    content_type TEXT,  -- of that body
    moved_to INTEGER REFERENCES urls(id)
) STRICT;
CREATE INDEX urls_ready ON urls(site, host, priority DESC, id) WHERE state = 'ready';
CREATE INDEX urls_later ON urls(site, host, not_before) WHERE state = 'later';
CREATE INDEX urls_due ON urls(site, host, due_day) WHERE due_day IS NOT NULL;
CREATE INDEX urls_history ON urls(site, host, kind, history_bucket, seen_day)
    WHERE history_bucket IS NOT NULL;
CREATE INDEX urls_start ON urls(site, host) WHERE via = 'start';
CREATE INDEX urls_moved ON urls(moved_to) WHERE moved_to IS NOT NULL;

CREATE TABLE lastmods (  -- how often lastmod has proved right; old visits weigh less
    site TEXT NOT NULL,
    host TEXT NOT NULL,  -- whose sitemaps they are: under qapage each is a site of its own
    right REAL NOT NULL,  -- newer, and the page had changed
    wrong REAL NOT NULL,  -- newer, and it had not
    missed REAL NOT NULL,  -- the page had changed, and lastmod had not
    PRIMARY KEY (site, host)
) STRICT, WITHOUT ROWID;

CREATE TABLE tallies (  -- urls by what they are, kept by triggers: counting scans
    site TEXT NOT NULL,
    host TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    ways INTEGER NOT NULL,
    held INTEGER NOT NULL,  -- read once or more
    urls INTEGER NOT NULL,
    PRIMARY KEY (site, host, kind, state, ways, held)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER urls_counted AFTER INSERT ON urls BEGIN
    INSERT INTO tallies VALUES (new.site, new.host, new.kind, new.state, new.ways,
        new.seen_day IS NOT NULL, 1)
    ON CONFLICT DO UPDATE SET urls = urls + 1;
END;
CREATE TRIGGER urls_recounted AFTER UPDATE OF state, kind, ways, seen_day ON urls
WHEN old.state <> new.state OR old.kind <> new.kind OR old.ways <> new.ways
    OR (old.seen_day IS NULL) <> (new.seen_day IS NULL) BEGIN
    UPDATE tallies SET urls = urls - 1
    WHERE site = old.site AND host = old.host AND kind = old.kind AND state = old.state
        AND ways = old.ways AND held = (old.seen_day IS NOT NULL);
    INSERT INTO tallies VALUES (new.site, new.host, new.kind, new.state, new.ways,
        new.seen_day IS NOT NULL, 1)
    ON CONFLICT DO UPDATE SET urls = urls + 1;
END;
CREATE TRIGGER urls_uncounted AFTER DELETE ON urls BEGIN
    UPDATE tallies SET urls = urls - 1
    WHERE site = old.site AND host = old.host AND kind = old.kind AND state = old.state
        AND ways = old.ways AND held = (old.seen_day IS NOT NULL);
END;

CREATE TABLE hosts (  -- what a host asked of us
    host TEXT PRIMARY KEY,
    not_before TEXT NOT NULL  -- no request before this moment
) STRICT, WITHOUT ROWID;

CREATE TABLE warcs (  -- how far each belongs to the archive; beyond it nothing was committed
    name TEXT PRIMARY KEY,  -- under warc/
    size INTEGER NOT NULL,  -- bytes
    sha256 TEXT NOT NULL  -- of these bytes
) STRICT, WITHOUT ROWID;

CREATE TABLE takedowns (  -- what this database was made without; forgotten.jsonl tells more
    tombstone TEXT PRIMARY KEY,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE captures (
    id INTEGER PRIMARY KEY,
    url_id INTEGER REFERENCES urls(id),  -- NULL: robots.txt, or a probe, which tells of the site
    url TEXT NOT NULL,
    run_id INTEGER NOT NULL REFERENCES runs(id),
    fetched_at TEXT NOT NULL,
    status INTEGER NOT NULL,
    content_type TEXT,
    content_encoding TEXT,
    etag TEXT,
    last_modified TEXT,
    sha256 TEXT NOT NULL,  -- of the body as it came
    size INTEGER NOT NULL,  -- bytes of the body as it came; 0 in a revisit record
    partial INTEGER NOT NULL DEFAULT 0,  -- nobody said whether the body was whole
    refers_to INTEGER REFERENCES captures(id),  -- a revisit record: the body is that capture's
    redacted_at TEXT,  -- when quotations of a forgotten page were blanked in it
    outcome TEXT NOT NULL,  -- what the visit made of it: fetched unchanged gone moved later problem
    warc TEXT NOT NULL REFERENCES warcs(name),
    offset INTEGER NOT NULL,  -- of the response or revisit record's gzip member
    length INTEGER NOT NULL
) STRICT;
CREATE INDEX captures_url_id ON captures(url_id, id);

CREATE TABLE departments (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE doctors (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE questions (
    key INTEGER PRIMARY KEY,  -- the full-text row; VACUUM would renumber an implicit one
    id TEXT NOT NULL UNIQUE,  -- site:source_id:language
    site TEXT NOT NULL,
    source_id TEXT NOT NULL,
    language TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT,
    department TEXT REFERENCES departments(name),
    question_headline TEXT,
    question_text TEXT,
    asker_name TEXT,
    asker_sex TEXT,
    asker_age_min INTEGER,
    asker_age_max INTEGER,
    asked_on TEXT,  -- ISO 8601 day
    reply_count INTEGER NOT NULL,
    more_info TEXT,  -- the site's own essay, not a doctor's words
    mentions TEXT NOT NULL,  -- JSON list of source ids
    warnings TEXT NOT NULL,  -- JSON list of codes
    captured_at TEXT NOT NULL,
    gone_since TEXT,  -- two visits or more found the page missing, the first of them then;
        -- or the page speaks another language since
    capture_id INTEGER NOT NULL REFERENCES captures(id),
    url_id INTEGER NOT NULL REFERENCES urls(id),
    digest TEXT NOT NULL  -- sha256 of the record without captured_at
) STRICT;
-- The first three hold all that the site's facets count: no text is read for a short column.
CREATE INDEX questions_site
    ON questions(site, id, language, department, asker_sex, reply_count, gone_since);
CREATE INDEX questions_department ON questions(department, asked_on, site, language, asker_sex);
CREATE INDEX questions_asker_sex ON questions(asker_sex, id, site, language, department);
CREATE INDEX questions_gone ON questions(id, site, language) WHERE gone_since IS NOT NULL;
CREATE INDEX questions_site_asked_on ON questions(site, asked_on);
CREATE INDEX questions_asked_on ON questions(asked_on);
CREATE INDEX questions_url ON questions(url);
CREATE INDEX questions_url_id ON questions(url_id);
CREATE INDEX questions_path ON questions({path_of("url")});
CREATE INDEX questions_reply_count ON questions(reply_count);
CREATE INDEX questions_warned ON questions(id) WHERE warnings <> '[]';

CREATE TABLE question_versions (  -- one row for each distinct state of a record
    id INTEGER PRIMARY KEY,
    question_id TEXT NOT NULL REFERENCES questions(id),
    digest TEXT NOT NULL,
    record TEXT,  -- JSON; NULL for the version that `questions` holds now
    cause TEXT NOT NULL,  -- of the change that led to it: pipelines.storing.causes.Cause
    recorded_at TEXT NOT NULL,  -- from when on the archive said so
    first_capture INTEGER NOT NULL REFERENCES captures(id),
    last_capture INTEGER NOT NULL REFERENCES captures(id)
) STRICT;
CREATE INDEX question_versions_question ON question_versions(question_id, id);
CREATE INDEX question_versions_former ON question_versions(id) WHERE record IS NOT NULL;

CREATE TABLE replies (
    question_id TEXT NOT NULL REFERENCES questions(id),
    position INTEGER NOT NULL,  -- from 1, the page's order
    doctor TEXT REFERENCES doctors(name),
    department TEXT REFERENCES departments(name),
    hospital TEXT,
    text TEXT NOT NULL,
    replied_on TEXT,
    PRIMARY KEY (question_id, position)
) STRICT;
CREATE INDEX replies_doctor ON replies(doctor);
CREATE INDEX replies_department ON replies(department);

CREATE TABLE similar_questions (
    question_id TEXT NOT NULL REFERENCES questions(id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    question_excerpt TEXT,
    question_complete INTEGER NOT NULL,
    doctor TEXT,
    department TEXT,
    reply_excerpt TEXT,
    reply_complete INTEGER NOT NULL,
    PRIMARY KEY (question_id, position)
) STRICT;
CREATE INDEX similar_questions_url ON similar_questions(url, question_id);

CREATE TABLE faq_tags (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL,
    name TEXT NOT NULL,
    department TEXT REFERENCES departments(name)
) STRICT;
CREATE UNIQUE INDEX faq_tags_key ON faq_tags(site, name, ifnull(department, ''));

CREATE TABLE questions_faq_tags (
    question_id TEXT NOT NULL REFERENCES questions(id),
    position INTEGER NOT NULL,
    tag_id INTEGER NOT NULL REFERENCES faq_tags(id),
    url TEXT,
    PRIMARY KEY (question_id, position)
) STRICT;
CREATE INDEX questions_faq_tags_tag ON questions_faq_tags(tag_id);

CREATE TABLE problems (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs(id),
    url_id INTEGER REFERENCES urls(id),
    url TEXT NOT NULL,
    capture_id INTEGER REFERENCES captures(id),
    found_at TEXT NOT NULL,
    code TEXT NOT NULL,
    field TEXT,
    detail TEXT NOT NULL,
    solved_in INTEGER REFERENCES runs(id)  -- the run whose visit of the URL superseded this
) STRICT;
CREATE INDEX problems_code ON problems(code);
CREATE INDEX problems_open ON problems(url_id) WHERE solved_in IS NULL;

CREATE VIEW sightings AS  -- what pages showed of other pages, now and in their earlier versions
SELECT s.url, s.title, s.question_excerpt, s.question_complete, s.doctor, s.department,
  s.reply_excerpt, s.reply_complete, s.question_id AS seen_on, v.first_capture, v.last_capture
FROM similar_questions s
JOIN question_versions v ON v.question_id = s.question_id AND v.record IS NULL
WHERE s.url IS NOT NULL
UNION ALL
SELECT c.value->>'$.url', c.value->>'$.title', c.value->>'$.question_excerpt',
  c.value->>'$.question_complete', c.value->>'$.doctor', c.value->>'$.department',
  c.value->>'$.reply_excerpt', c.value->>'$.reply_complete', v.question_id, v.first_capture,
  v.last_capture
FROM question_versions v, json_each(v.record, '$.similar') c
WHERE v.record IS NOT NULL AND c.value->>'$.url' IS NOT NULL;

CREATE VIEW moved_questions AS  -- URLs that lead to a question by redirects
WITH RECURSIVE led(url, target) AS (
  SELECT url, moved_to FROM urls WHERE moved_to IS NOT NULL AND missing_day IS NOT NULL
  UNION SELECT led.url, u.moved_to FROM led JOIN urls u ON u.id = led.target
  WHERE u.moved_to IS NOT NULL AND u.missing_day IS NOT NULL)
SELECT led.url, q.id FROM led JOIN questions q ON q.url_id = led.target;

CREATE VIEW stubs AS  -- pages known only from what others show of them now; no records
SELECT s.url, s.title, s.question_excerpt, s.question_complete, s.doctor, s.department,
  s.reply_excerpt, s.reply_complete, s.question_id AS seen_on, count(*) AS sightings,
  (SELECT fetched_at FROM captures WHERE id = (
    SELECT min(w.first_capture) FROM similar_questions o
    JOIN question_versions w ON w.question_id = o.question_id AND w.record IS NULL
    WHERE o.url = s.url)) AS first_seen,
  b.fetched_at AS last_seen, max(v.last_capture) AS last_capture
    -- SQLite takes the other columns from the row that has the maximum
FROM similar_questions s
JOIN question_versions v ON v.question_id = s.question_id AND v.record IS NULL
JOIN captures b ON b.id = v.last_capture
WHERE s.url IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM questions q WHERE {is_page("s.url", "s.question_id")})
  AND s.url NOT IN (SELECT url FROM moved_questions)
GROUP BY s.url;  -- in the order of an index: a page of the table reads no more than it shows

CREATE VIEW edits_seen_elsewhere AS  -- an excerpt that the page's text no longer begins with
  -- compared up to the first link, of which excerpts show the markup; a cut may go through "<a"
SELECT q.id, q.title, q.captured_at, s.question_excerpt, s.seen_on, c.fetched_at AS seen_at
FROM sightings s LEFT JOIN moved_questions m ON m.url = s.url
JOIN questions q ON {is_page("s.url", "s.seen_on")} OR q.id = m.id
JOIN captures c ON c.id = s.last_capture
WHERE s.question_excerpt IS NOT NULL AND q.question_text IS NOT NULL
  AND instr(replace(replace(q.question_text, char(10), ''), ' ', ''),
    replace(rtrim(substr(s.question_excerpt || '<a ', 1,
      instr(s.question_excerpt || '<a ', '<a ') - 1), '<a'), ' ', '')) <> 1;

CREATE VIRTUAL TABLE questions_fts USING fts5(
    title, question, reply, content='', tokenize='unicode61 remove_diacritics 2'
);
"""


@migrations()
def m001_first(db: Database) -> None:
    """Everything that version 0.1 keeps."""
    for statement in _statements(_FIRST):
        db.execute(statement)


def missing_columns(db: sqlite3.Connection) -> list[str]:
    """The columns of today's tables that an older qarchive's database lacks, as `runs.lost`."""
    with Database(memory=True, strict=True, execute_plugins=False) as today:
        migrations.apply(today)
        lacking = set(today.execute(_COLUMNS)).difference(db.execute(_COLUMNS))
    return sorted(map(".".join, lacking))


def _statements(script: str) -> list[str]:
    """Split SQL into statements, a trigger's body kept whole.

    `executescript` would commit, and a migration must be one transaction.
    """
    statements, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending.strip())
            pending = ""
    return [statement for statement in statements if statement]
