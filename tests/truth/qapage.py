"""The records that a perfect reader reads, made from the site's content, not its markup."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from scraper.items import Asker, Question, Reply
from scraper.sample.catalogue import Catalogue
from scraper.sample.qapage.content import content_of
from tests.truth.spaces import fold, fold_lines


@dataclass(frozen=True)
class ForumTruth:
    """Records of the questions that have not been taken down."""

    catalogue: Catalogue
    languages: tuple[str, ...] = ("en",)

    def record(self, index: int, _language: str, home: str) -> Question:
        """What a perfect reader reads from the page."""
        content = content_of(self.catalogue, index, self.catalogue.state(index))
        return Question(
            site=urlsplit(home).hostname or "",
            source_id=str(content.number),
            language="en",
            url=home.rstrip("/") + content.path,
            title=fold(content.title),
            text=fold_lines(content.lines),
            asker=Asker(name=fold(content.author)),
            asked_on=content.at.date(),
            replies=tuple(
                Reply(
                    doctor=fold(answer.author),
                    text=fold_lines(answer.lines),
                    replied_on=answer.at.date(),
                )
                for answer in content.answers
            ),
        )
