"""What is to be scheduled, whatever schedules it."""

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
    delay: int  # seconds; the start is put off by a random part of them
    limit: int  # seconds after which the crawl is stopped
    host: str | None = None  # where a copy, or a site of any kind, is crawled
    options: tuple[str, ...] = ()  # further ones of `qarchive crawl`

    @property
    def name(self) -> str:
        """The name of the job's files, without ending: no two hosts have the same."""
        host = re.sub(r"[^a-z0-9.]+", "-", self.host or "").strip("-")
        return f"qarchive-{self.site}-{host}" if host else f"qarchive-{self.site}"

    def marked(self, text: str) -> str:
        """The text of a file, its second line telling whose it is."""
        first, rest = text.split("\n", 1)
        return f"{first}\n{self._mark}\n{rest}"

    def is_marked(self, text: str) -> bool:
        """Whether a file's text is this job's, perhaps at another hour."""
        return self._mark in text.splitlines()

    @property
    def _mark(self) -> str:
        place = [word for word in self.options if word.startswith(("--base-url=", "--start-url="))]
        return " ".join(["# Job:", self.site, *place, "into", str(self.archive)])

    @property
    def crawl(self) -> list[str]:
        """The words of the crawl's command."""
        archive = ["--archive", str(self.archive), "--no-progress"]
        return [*self.program, "crawl", self.site, *archive, *self.options]

    @property
    def notify(self) -> list[str]:
        """The words of the notice's command, to be followed by the crawl's exit status."""
        archive = ["--archive", str(self.archive)]
        return [*self.program, "notify", *archive, "--ended", self.site, "--status"]
