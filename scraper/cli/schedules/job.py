"""The crawl that a scheduler is to start."""

import re
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from scraper.cli.schedules.at import At


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One site's crawl into one archive."""

    site: str
    archive: Path  # absolute
    program: tuple[str, ...]  # the first word absolute
    at: At
    zone: ZoneInfo | None  # None: the machine's own
    delay: int  # seconds; each start is delayed by a random part of them
    limit: int  # seconds after which the crawl is stopped
    host: str | None = None  # of a --base-url or --start-url
    options: tuple[str, ...] = ()  # further options of `qarchive crawl`

    @property
    def name(self) -> str:
        """The stem of the job's file names, different for each host."""
        host = re.sub(r"[^a-z0-9.]+", "-", self.host or "").strip("-")
        return f"qarchive-{self.site}-{host}" if host else f"qarchive-{self.site}"

    def marked(self, text: str) -> str:
        """A file's text with a second line that identifies the job."""
        first, rest = text.split("\n", 1)
        return f"{first}\n{self._mark}\n{rest}"

    def is_marked(self, text: str) -> bool:
        """Whether a file's text is of this job, at whatever hour."""
        return self._mark in text.splitlines()

    @property
    def _mark(self) -> str:
        urls = [word for word in self.options if word.startswith(("--base-url=", "--start-url="))]
        return " ".join(["# Job:", self.site, *urls, "into", str(self.archive)])

    @property
    def crawl(self) -> list[str]:
        archive = ["--archive", str(self.archive), "--no-progress"]
        return [*self.program, "crawl", self.site, *archive, *self.options]

    @property
    def notify(self) -> list[str]:
        """The words of `qarchive notify`; the crawl's exit status is to follow them."""
        archive = ["--archive", str(self.archive)]
        return [*self.program, "notify", *archive, "--ended", self.site, "--status"]
