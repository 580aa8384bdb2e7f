"""Parses robots.txt (RFC 9309): from a response's bytes to rules, without any I/O."""

import codecs
import re
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from protego import Protego
from scrapy.http import Response

from scraper.politeness.errors import DeniedError

AGENT = "qarchive"
_MAX_BYTES = 500 * 1024  # RFC 9309, 2.5: the least that must be parsed
MAX_DELAY = 3600.0  # seconds; a host that asks for more does not want to be crawled

_GROUP = re.compile(
    r"(\s*user(?:-|\s*)agent\s*[:\s]\s*)([a-z_-]+|\*(?=\s|#|$))", re.ASCII | re.IGNORECASE
)
# Other records must not interfere (2.2.4), but would end a list of user agents in Protego.
_OTHER = re.compile(
    r"\s*(?!user|dis|dia|allow|site|host|crawl|request|visit)[^#\s:][^#:]*:", re.IGNORECASE
)
_DELAY = re.compile(  # also one that says its unit, or has a decimal comma
    r"\A(\s*crawl-delay\s*:\s*\d*)[.,]?(\d*)\s*(?:s|sec|secs|seconds?)?\s*(?=#|$)", re.IGNORECASE
)
_LINE_END = re.compile(r"\r\n?|\n")
# What Python, and so Protego, takes for the end of a line: rules would come out of comments.
_NO_LINE_ENDS = str.maketrans(dict.fromkeys("\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))
_RULES, _NO_RULES = range(200, 300), range(400, 500)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF_16 = re.compile(rb"(?P<utf_16_le>(?:[^\0]\0){2})|(?P<utf_16_be>(?:\0[^\0]){2})")  # no BOM


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The rules of one host, valid until its robots.txt is read again."""

    rules: Protego | None = None  # None: everything is allowed, or the rules are unknown
    delay: float = 0.0  # seconds between requests, from Crawl-delay and Request-rate
    unreachable: str | None = None  # one line why the rules are unknown; then nothing is allowed
    cause: str | None = None  # with `unreachable`, the code of the failure, if there is no answer
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
    """The rules of a final response; redirects are to be followed before.

    2xx is parsed; 4xx other than 429 means no rules (2.3.1.3); all else, unreachable (2.3.1.4).
    """
    status = response.status
    if status in _RULES:
        return parse_robots(response.body)
    if status in _NO_RULES and status != HTTPStatus.TOO_MANY_REQUESTS:
        return Robots()
    return Robots(unreachable=f"robots.txt was answered with status {status}")


def parse_robots(body: bytes) -> Robots:
    """The rules of a robots.txt; any bytes will do, and lines that are no rules are skipped."""
    lines = _LINE_END.split(_text(body[:_MAX_BYTES]).translate(_NO_LINE_ENDS))
    if len(body) > _MAX_BYTES:
        lines.pop()  # it may be cut
    plain = (_DELAY.sub(r"\1.\2", _with_plain_name(x)) for x in lines if not _OTHER.match(x))
    rules = Protego.parse("\n".join(plain))
    return Robots(rules=rules, delay=_delay_of(rules))


def _text(body: bytes) -> str:
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, "replace")
    unmarked = _UTF_16.match(body)
    return body.decode((unmarked and unmarked.lastgroup) or "utf-8", "replace")


def _with_plain_name(line: str) -> str:
    """The line, its user agent cut to the part that Google's parser compares.

    >>> _with_plain_name("User-agent: qarchive/0.1 (+https://example.org)")
    'User-agent: qarchive'
    """
    group = _GROUP.match(line)
    if group is None:
        return line
    name = group[2].lower()
    if AGENT.startswith(name) and name != AGENT:  # Protego would take a prefix for our name
        return f"{group[1]}{group[2]}-other"
    return f"{group[1]}{group[2]}"


def _delay_of(rules: Protego) -> float:
    rate = rules.request_rate(AGENT)
    between = rate.seconds / rate.requests if rate else 0.0
    return max(rules.crawl_delay(AGENT) or 0.0, between)
