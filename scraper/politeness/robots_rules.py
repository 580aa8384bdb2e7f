"""What a robots.txt says (RFC 9309): from the response's bytes to rules, without any I/O."""

import codecs
import re
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from protego import Protego
from scrapy.http import Response

from scraper.politeness.errors import DeniedError

AGENT = "qarchive"
MAX_BYTES = 500 * 1024  # RFC 9309, 2.5: the least that must be parsed
MAX_DELAY = 3600.0  # seconds; a host that asks for more does not want to be crawled

_GROUP = re.compile(
    r"(\s*user(?:-|\s*)agent\s*[:\s]\s*)([a-z_-]+|\*(?=\s|#|$))", re.ASCII | re.IGNORECASE
)
# Records that are no rules must not interfere (2.2.4): to Protego they would end a list of names.
_OTHER = re.compile(
    r"\s*(?!user|dis|dia|allow|site|host|crawl|request|visit)[^#\s:][^#:]*:", re.IGNORECASE
)
_RULES, _NO_RULES = range(200, 300), range(400, 500)
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """What holds for one host until its robots.txt is read again."""

    rules: Protego | None = None  # None: everything is allowed, or nothing is known
    delay: float = 0.0  # seconds between requests, from Crawl-delay and Request-rate
    unreachable: str | None = None  # one line why nothing is known; then nothing is allowed
    retry_at: datetime | None = None  # UTC; with `unreachable`, what Retry-After asked for
    denied: DeniedError | None = None  # the host itself is out of scope

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The URLs of its `Sitemap:` lines, as written."""
        return tuple(self.rules.sitemaps) if self.rules is not None else ()

    def allows(self, url: str) -> bool:
        """Whether the rules let qarchive fetch `url`."""
        return self.rules is None or self.rules.can_fetch(url, AGENT)


def read_robots(response: Response) -> Robots:
    """The rules of a final response: not for redirects, which are to be followed.

    2xx is parsed; 4xx means no rules (2.3.1.3), but 429 and everything else unreachable (2.3.1.4).
    """
    status = response.status
    if status in _RULES:
        return parse_robots(response.body)
    if status in _NO_RULES and status != HTTPStatus.TOO_MANY_REQUESTS:
        return Robots()
    return Robots(unreachable=f"robots.txt was answered with status {status}")


def parse_robots(body: bytes) -> Robots:
    """The rules of a robots.txt. Takes any bytes; what is no rule is passed over."""
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    lines = (line for line in _text(body).splitlines() if not _OTHER.match(line))
    rules = Protego.parse("\n".join(map(_named, lines)))
    return Robots(rules=rules, delay=_delay(rules))


def _text(body: bytes) -> str:
    for bom, encoding in BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, "replace")
    return body.decode("utf-8", "replace")


def _named(line: str) -> str:
    """The line, with the name of a group cut to what Google's parser takes for it.

    >>> _named("User-agent: qarchive/0.1 (+https://example.org)")
    'User-agent: qarchive'
    """
    found = _GROUP.match(line)
    if found is None:
        return line
    name = found[2].lower()
    other = AGENT.startswith(name) and name != AGENT  # to Protego the start of our name is ours
    return f"{found[1]}{found[2]}{'-other' * other}"


def _delay(rules: Protego) -> float:
    rate = rules.request_rate(AGENT)
    between = rate.seconds / rate.requests if rate else 0.0
    return max(rules.crawl_delay(AGENT) or 0.0, between)
