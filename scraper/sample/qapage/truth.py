"""What a perfect reader reads, built from the content and not from the markup."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from scraper.items import Asker, Question, Reply
from scraper.sample.catalogue import Catalogue
from scraper.sample.qapage.content import content


@dataclass(frozen=True)
class ForumTruth:
    """Records of living questions."""

    catalogue: Catalogue
    languages: tuple[str, ...] = ("en",)

    def record(self, index: int, _language: str, home: str) -> Question:
        """What a perfect reader reads from the page."""
        said = content(self.catalogue, index, self.catalogue.state(index))
        return Question(
            site=urlsplit(home).hostname or "",
            source_id=str(said.number),
            language="en",
            url=home.rstrip("/") + said.path,
            title=_fold(said.title),
            text=_lines(said.lines),
            asker=Asker(name=_fold(said.author)),
            asked_on=said.at.date(),
            replies=tuple(
                Reply(
                    doctor=_fold(answer.author),
                    text=_lines(answer.lines),
                    replied_on=answer.at.date(),
                )
                for answer in said.answers
            ),
        )


def _fold(text: str) -> str:
    return " ".join(text.split())


def _lines(lines: tuple[str, ...]) -> str:
    return "\n".join(_fold(line) for line in lines)
