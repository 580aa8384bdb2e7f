"""Bodies that are too big, too slow, cut or corrupt, met by real Scrapy over a real socket."""

import gzip
import hashlib
import random
import zlib
from collections.abc import Iterator

import pytest

from tests.faults import plays, table
from tests.faults.plays import page
from tests.faults.server import SAMPLE_PAGE, FaultServer
from tests.faults.table import FAULTS
from tests.politeness.crawling import Crawl, fetch

pytestmark = pytest.mark.dear

SHA256 = hashlib.sha256(SAMPLE_PAGE).hexdigest()
CODES = {
    **dict.fromkeys(["endless-no-length", "endless-chunks", "endless-length"], "body-too-big"),
    **dict.fromkeys(["bomb-gzip", "bomb-deflate", "bomb-twice"], "body-too-big"),
    **dict.fromkeys(["huge-header", "endless-headers", "endless-interim"], "headers-too-big"),
    **dict.fromkeys(["long-headers", "long-location"], "headers-too-big"),
    **dict.fromkeys(["wrong-crc", "wrong-gzip-length", "trailing-garbage"], "body-corrupt"),
    **dict.fromkeys(["no-gzip-at-all", "no-deflate-at-all"], "body-corrupt"),
    **dict.fromkeys(["unknown-encoding", "many-encodings"], "encoding-unknown"),
    **dict.fromkeys(["cut-length", "cut-length-empty", "cut-chunk"], "body-cut"),
    **dict.fromkeys(["cut-gzip-length", "cut-gzip-closed", "cut-deflate-closed"], "body-cut"),
    **dict.fromkeys(["hang", "slow-headers", "slow-drip", "hang-in-body"], "timeout"),
    **dict.fromkeys(["reset-at-once", "closed-at-once", "reset-in-headers"], "reset"),
    "closed-in-headers": "reset",
    "reset-in-body": "body-cut",
    **dict.fromkeys(["not-http", "bad-length", "two-lengths", "transfer-gzip"], "bad-response"),
}
NOT_VOUCHED_FOR = ("no-length", "no-encoding-no-length")


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        for name, fault in FAULTS.items():
            server.play(f"/{name}", fault.visits)
        yield server


@pytest.fixture(scope="module")
def played(server: FaultServer) -> Crawl:
    """All faults of the table in one crawl."""
    return fetch([server.url(f"/{name}") for name in FAULTS], [server.netloc], DOWNLOAD_TIMEOUT=10)


def test_every_url_ends_in_one_known_outcome(server: FaultServer, played: Crawl) -> None:
    assert len(FAULTS) >= 36
    assert {result["url"] for result in played.results} == {server.url(f"/{n}") for n in FAULTS}
    assert len(played.results) == len(FAULTS)
    assert "failed" not in played.codes


def test_memory_stays_bounded_through_bombs_and_endless_bodies(played: Crawl) -> None:
    assert played.peak_mib < 230


def test_memory_does_not_grow_with_the_number_of_bad_bodies() -> None:
    noise = random.Random(1).randbytes(7 << 20)
    broken = plays.wrong_crc(noise)
    with FaultServer(page=lambda _: noise) as server:
        bombs = [server.play(f"/bomb{n}", FAULTS["bomb-gzip"].visits) for n in range(14)]
        corrupt = page(lambda _: broken, encoding="gzip")
        wrong = [server.play(f"/crc{n}", [corrupt]) for n in range(16)]
        played = fetch(bombs + wrong, [server.netloc], DOWNLOAD_TIMEOUT=30)
    assert played.codes == ["body-corrupt", "body-too-big"]
    assert played.peak_mib < 230  # 250 MB


@pytest.mark.parametrize("name", table.SOUND)
def test_sound_pages_come_decoded(server: FaultServer, played: Crawl, name: str) -> None:
    result = played.of(server.url(f"/{name}"))
    assert result["sha256"] == SHA256
    assert result["text"]
    # Only a body without length, chunks and checksum leaves it open whether it was whole.
    assert result["flags"] == (["partial"] if name in NOT_VOUCHED_FOR else [])


def test_the_body_as_it_came_is_kept(server: FaultServer, played: Crawl) -> None:
    sent = plays.raw_deflate(SAMPLE_PAGE)
    kept = played.of(server.url("/deflate-raw"))["raw_sha256"]
    assert kept == hashlib.sha256(sent).hexdigest()


@pytest.mark.parametrize("name", CODES)
def test_a_bad_body_is_named(server: FaultServer, played: Crawl, name: str) -> None:
    assert played.of(server.url(f"/{name}"))["code"] == CODES[name]


@pytest.mark.parametrize("name", ["bomb-gzip", "wrong-crc", "unknown-encoding", "cut-gzip-closed"])
def test_a_bad_body_can_still_be_archived(server: FaultServer, played: Crawl, name: str) -> None:
    assert played.of(server.url(f"/{name}"))["raw_size"] > 0


@pytest.mark.parametrize(
    ("name", "status"),
    [("503-broken-gzip", 503), ("404-broken-gzip", 404), ("moved-301", 301), ("429-bare", 429)],
)
def test_the_status_of_an_error_counts_whatever_its_body(
    server: FaultServer, played: Crawl, name: str, status: int
) -> None:
    assert played.of(server.url(f"/{name}"))["status"] == status


def test_only_gzip_and_deflate_are_offered(server: FaultServer, played: Crawl) -> None:
    assert played.results
    assert {seen.headers["accept-encoding"] for seen in server.log} == {"gzip, deflate"}


def test_none_of_100_cut_bodies_passes_for_whole() -> None:
    shares = [n / 25 for n in range(25)]
    cuts = [
        *(page(keep=share) for share in shares),
        *(page(framing="chunked", keep=share) for share in shares),
        *(page(gzip.compress, encoding="gzip", framing="close", keep=share) for share in shares),
        *(page(zlib.compress, encoding="deflate", framing="close", keep=share) for share in shares),
        # The server's own end of the body, behind a cut that happened further back.
        *(
            page(lambda body, n=n: gzip.compress(body)[:-n], encoding="gzip", framing="chunked")  # type: ignore[misc]
            for n in range(1, 11)
        ),
    ]
    assert len(cuts) >= 100
    with FaultServer() as server:
        urls = [server.play(f"/{number}", [cut]) for number, cut in enumerate(cuts)]
        played = fetch(urls, [server.netloc], DOWNLOAD_TIMEOUT=10)
    assert len(played.results) == len(cuts)
    assert played.codes == ["body-cut"]


def test_a_cut_that_nobody_can_see_is_marked() -> None:
    with FaultServer() as server:
        shares = [n / 10 for n in range(1, 10)]
        urls = [server.play(f"/{share}", [page(framing="close", keep=share)]) for share in shares]
        played = fetch(urls, [server.netloc])
    assert [result["flags"] for result in played.results] == [["partial"]] * len(shares)


def test_a_body_without_length_that_ends_by_a_reset_is_cut() -> None:
    with FaultServer() as server:
        cut = plays.reset_after(plays.head(200, ()) + SAMPLE_PAGE[:5000])
        played = fetch([server.play("/cut", [cut])], [server.netloc])
    assert played.codes == ["body-cut"]


@pytest.mark.campaign
def test_the_table_holds_without_a_reactor_too(played: Crawl) -> None:
    """In-process tests use Scrapy's aiohttp handler, which is stricter about what is no HTTP."""
    stricter = {"bytes-after-length", "header-without-colon", "long-header"}
    stricter |= {name for name in table.SOUND if name.startswith(("headers-", "transfer-"))}
    unbounded = {"endless-headers", "endless-interim"}  # it reads them until the time-out
    unbounded |= {"long-headers", "long-location"}  # or takes them
    unbounded |= {"huge-header"}  # and takes this for no HTTP
    names = [name for name in FAULTS if name not in stricter | unbounded]
    with FaultServer() as server:
        urls = {name: server.play(f"/{name}", FAULTS[name].visits) for name in names}
        hosts = [server.netloc]  # whose bombs take time on a busy machine
        other = fetch(urls.values(), hosts, TWISTED_REACTOR_ENABLED=False, DOWNLOAD_TIMEOUT=8)
    for name in CODES.keys() - unbounded:
        code = other.of(urls[name])["code"]
        assert code == CODES[name] or {code, CODES[name]} == {"reset", "bad-response"}
    for name in table.SOUND.keys() - stricter:
        assert other.of(urls[name])["sha256"] == SHA256
    assert played.peak_mib < 230
    assert other.peak_mib < 230
