"""What a perfect reader reads, built from the content and not from the markup."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from scraper.items import Asker, Question, Reply
from scraper.sample.catalogue import Catalogue
from scraper.sample.qapage.content import content
from tests.truth.spaces import fold, fold_lines


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
            title=fold(said.title),
            text=fold_lines(said.lines),
            asker=Asker(name=fold(said.author)),
            asked_on=said.at.date(),
            replies=tuple(
                Reply(
                    doctor=fold(answer.author),
                    text=fold_lines(answer.lines),
                    replied_on=answer.at.date(),
                )
                for answer in said.answers
            ),
        )
