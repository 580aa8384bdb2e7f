"""Tombstones: what they recognise, what they hide, and that a damaged file stops everything."""

import hmac
import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from scraper import tombstones
from scraper.errors import TombstonesError
from scraper.forgetting import forgotten_on
from scraper.items import Asker, Question, Reply
from scraper.reading.redaction.units import pieces, units_of
from scraper.reading.sameness import is_distinctive, normal
from scraper.sites.adoctor import Adoctor
from scraper.sites.qapage import QAPageSpider
from scraper.tombstones import Tombstone, Tombstones

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
URL = "https://adoctor.tw/article/5"
LINE = "My left hand went numb at the piano"


def add_tombstone(folder: Path, url: str = URL, text: str = LINE) -> Tombstone:
    return tombstones.add(
        folder,
        site="adoctor",
        urls=[url],
        ids=[f"adoctor:{url.rpartition('/')[2]}:en"],
        texts=[text, "Thank you.", "手麻了好幾天"],
        reason="asked for by\nthe\u2028person\x85",
        at=AT,
    )


def test_no_file_is_no_tombstone(tmp_path: Path) -> None:
    held = tombstones.load(tmp_path / "none")
    assert not held
    covered = (held.covers_url(URL), held.covers_id("adoctor:5:en"), held.covers_text(LINE))
    assert covered == (False, False, False)
    assert not (tmp_path / "none").exists()


def test_what_a_tombstone_covers_is_recognised(tmp_path: Path) -> None:
    stone = add_tombstone(tmp_path)
    held = tombstones.load(tmp_path)
    assert held.entries == (stone,)
    assert (stone.at, stone.reason) == ("2026-11-22T09:00:00Z", "asked for by\nthe\u2028person\x85")
    assert held.covers_url(URL)
    assert held.covers_id("adoctor:5:en")
    assert held.covers_text("  My left hand\n went NUMB at the\u200b piano ")
    assert held.covers_text("\u201cMy left hand... went numb, at the piano!\u201d")
    assert held.covers_text("手麻了好幾天")
    assert not held.covers_url(f"{URL}5")
    assert not held.covers_id("adoctor:5:zh-Hant")
    assert not held.covers_text("Thank you.")  # stands on many pages
    assert not held.covers_text(URL)  # a URL is no text


@pytest.mark.parametrize(("forgotten", "now"), [("http", "https"), ("https", "http")])
def test_a_page_without_a_number_stays_forgotten_at_the_other_scheme(
    tmp_path: Path, forgotten: str, now: str
) -> None:
    add_tombstone(tmp_path, f"{forgotten}://pond.example/ask/why-green")
    held = forgotten_on(tombstones.load(tmp_path), QAPageSpider, f"{now}://pond.example/")
    assert held.covers(f"{now}://pond.example/ask/why-green")
    assert not held.covers(f"{now}://pond.example/ask/why-greener")


def test_a_copy_of_a_site_links_to_the_site_itself(tmp_path: Path) -> None:
    add_tombstone(tmp_path, "http://127.0.0.1:8000/article/5")
    held = forgotten_on(tombstones.load(tmp_path), Adoctor, "http://127.0.0.1:8000/")
    urls = ["http://127.0.0.1:8000/article/5", URL, f"{URL}5", "https://else.tw/article/5"]
    assert list(map(held.covers, urls)) == [True, True, False, False]


def test_hashes_are_hmac_sha256_by_the_key_in_the_file(tmp_path: Path) -> None:
    stone = add_tombstone(tmp_path)
    name, _, written = (tmp_path / "forgotten.key").read_text().strip().partition(" ")
    key = bytes.fromhex(written)
    assert stone.key == name
    assert stone.urls == (hmac.new(key, b"url\0" + URL.encode(), "sha256").hexdigest(),)
    text = hmac.new(key, b"text\0mylefthandwentnumbatthepiano", "sha256").hexdigest()
    assert text[:32] in stone.texts
    assert len(stone.texts) == 2


def test_a_stone_from_when_raised_digits_were_kept_covers_its_text(tmp_path: Path) -> None:
    with patch("scraper.tombstones.squeezed", lambda _: "mybmiis31kgm²with10⁹lplatelets"):
        add_tombstone(tmp_path)
    assert tombstones.load(tmp_path).covers_text("My BMI is 31 kg/m² with 10⁹/L platelets.")


def test_nothing_of_the_page_can_be_read_in_the_files(tmp_path: Path) -> None:
    add_tombstone(tmp_path)
    whole = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"piano" not in whole
    assert b"article" not in whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["forgotten.jsonl", "forgotten.key"]


def test_only_the_owner_may_read_the_key(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        add_tombstone(tmp_path)
    finally:
        os.umask(before)
    assert (tmp_path / "forgotten.key").stat().st_mode & 0o777 == 0o600


def test_later_ones_use_the_same_key_and_figures_are_noted(tmp_path: Path) -> None:
    first, second = add_tombstone(tmp_path), add_tombstone(tmp_path, "https://adoctor.tw/article/6")
    begun = tombstones.add(
        tmp_path, site="x", urls=[], ids=[], texts=[], reason="x", at=AT, unfinished=True
    )
    assert tombstones.load(tmp_path).finished.entries == (first, second)
    assert tombstones.load(tmp_path).unfinished.entries == (begun,)
    counted = tombstones.finish(tmp_path, second, removed=3, redacted=7, into=tmp_path)
    assert (counted.removed, counted.redacted) == (3, 7)
    held = tombstones.load(tmp_path)
    assert held.entries == (first, counted, replace(begun, unfinished=False))
    assert first.key == second.key
    assert len((tmp_path / "forgotten.key").read_text().splitlines()) == 1


def test_merging_keeps_every_key_with_its_tombstones(tmp_path: Path) -> None:
    a, b, c = tmp_path / "a", tmp_path / "b", tmp_path / "c"
    one, other = add_tombstone(a), add_tombstone(b, "https://adoctor.tw/article/6")
    assert one.key != other.key
    held = tombstones.merge([a, b, tmp_path / "none"], into=c)
    assert held.entries == (one, other)
    assert tombstones.merge([a], into=c).entries == (one, other)
    assert held.covers_url(URL)
    assert held.covers_url("https://adoctor.tw/article/6")
    add_tombstone(c, "https://adoctor.tw/article/7")
    assert tombstones.load(c).covers_url("https://adoctor.tw/article/7")
    assert (c / "forgotten.key").stat().st_mode & 0o777 == 0o600


def test_merging_archives_without_any_makes_no_file(tmp_path: Path) -> None:
    assert not tombstones.merge([tmp_path / "a"], into=tmp_path / "c")
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize(
    "damage",
    [
        b"{", b'{"key": "x"}', b"[]", b"null", b"\xff\xfe", b"\n",
        b'{"key":1,"site":"","at":"","reason":"","urls":[],"ids":[],"texts":[]}',
        b'{"key":"","site":"","at":"","reason":"","urls":"","ids":[],"texts":[],"removed":0,"redacted":0}',
        b'{"key":"","site":"","at":"","reason":"","urls":[],"ids":[],"texts":[],"more":1}',
    ],
)  # fmt: skip
def test_a_damaged_file_is_an_error_in_one_line(tmp_path: Path, damage: bytes) -> None:
    add_tombstone(tmp_path)
    with (tmp_path / "forgotten.jsonl").open("ab") as file:
        file.write(damage)
    before = (tmp_path / "forgotten.jsonl").read_bytes()
    with pytest.raises(TombstonesError, match=r"forgotten\.jsonl") as raised:
        tombstones.load(tmp_path)
    assert "\n" not in str(raised.value)
    with pytest.raises(TombstonesError):
        add_tombstone(tmp_path)
    assert (tmp_path / "forgotten.jsonl").read_bytes() == before


def test_an_emptied_file_is_an_error(tmp_path: Path) -> None:
    add_tombstone(tmp_path)
    (tmp_path / "forgotten.jsonl").write_bytes(b"")
    with pytest.raises(TombstonesError, match="empty"):
        tombstones.load(tmp_path)


def test_a_cut_line_is_an_error(tmp_path: Path) -> None:
    add_tombstone(tmp_path)
    whole = (tmp_path / "forgotten.jsonl").read_bytes()
    (tmp_path / "forgotten.jsonl").write_bytes(whole[:-40])
    with pytest.raises(TombstonesError):
        tombstones.load(tmp_path)


@pytest.mark.parametrize("key", [None, "", "00000000 00\n", "nonsense\n"])
def test_a_lost_or_damaged_key_is_an_error(tmp_path: Path, key: str | None) -> None:
    add_tombstone(tmp_path)
    if key is None:
        (tmp_path / "forgotten.key").unlink()
    else:
        (tmp_path / "forgotten.key").write_text(key)
    with pytest.raises(TombstonesError, match=r"forgotten\.key"):
        tombstones.load(tmp_path)


def test_a_list_of_them_tells_no_more_than_when_and_why(tmp_path: Path) -> None:
    add_tombstone(tmp_path)
    line = (tmp_path / "forgotten.jsonl").read_text()
    assert set(json.loads(line)) == {
        "key", "site", "at", "reason", "urls", "ids", "texts", "bodies", "removed",
        "redacted", "unfinished",
    }  # fmt: skip


def test_units_of_a_record() -> None:
    question = Question(
        site="adoctor",
        source_id="5",
        language="en",
        url=URL,
        title="Numb Hands",
        headline="My hand",
        text="One.\nTwo.",
        asker=Asker(name="Mr. Oak"),
        replies=(Reply(text="Rest."),),
        more_info="Essay.",
    )
    assert units_of(question) == (
        "Numb Hands", "My hand", "One.", "Two.", "Rest.", "Essay.", "One. Two.",
    )  # fmt: skip


def test_pieces_of_a_line() -> None:
    assert list(pieces("It hurts. Why? I know...")) == [
        "It hurts. Why? I know...", "It hurts.", "Why?", "I know...",
    ]  # fmt: skip
    assert " Cold Feet" in set(pieces("[Read More] Cold Feet - Neurology | Q&A"))
    assert list(pieces("a: b: c: d: e: f")) == ["a: b: c: d: e: f"]
    assert list(pieces("手麻。為什麼？")) == ["手麻。為什麼？", "手麻。", "為什麼？"]
    assert list(pieces("plain")) == ["plain"]


@pytest.mark.parametrize(
    ("text", "enough"),
    [("sixteen letters.", True), ("fifteen letters", False), ("手麻了好幾", False),
     ("手麻了好幾天", True), ("手a麻b了c好d幾e天", True),
     ("--------------------", False), ("~~~~~~~~ 1 - 2 ~~~~~~~~", False),
     ("————————————————————", False), ("手麻了好幾天——————————————", True)],
)  # fmt: skip
def test_long_enough(text: str, *, enough: bool) -> None:
    assert is_distinctive(text) is enough


def test_normal_text() -> None:
    assert normal(" A\u00a0 E\u200b\u0301\n") == "a é"


def test_an_archive_without_tombstones_is_false() -> None:
    assert not Tombstones()
