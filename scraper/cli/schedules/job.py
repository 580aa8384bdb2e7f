"""What is to be scheduled, whatever schedules it."""

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
    options: tuple[str, ...] = ()  # further ones of `qarchive crawl`

    @property
    def name(self) -> str:
        """The name of the job's files, without ending."""
        return f"qarchive-{self.site}"

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
