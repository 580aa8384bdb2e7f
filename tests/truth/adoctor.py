"""The records that a perfect reader reads, made from the site's content, not its markup."""

from dataclasses import dataclass
from datetime import date, datetime

from scraper.items import Asker, FaqTag, Question, Reply, Sex, SimilarQuestion
from scraper.sample.adoctor.content import Card, Content, content_of
from scraper.sample.adoctor.labels import LANGUAGES, PREFIXES
from scraper.sample.catalogue import Catalogue
from tests.truth.spaces import fold, fold_lines


@dataclass(frozen=True)
class AdoctorTruth:
    """Records of the questions that have not been taken down."""

    catalogue: Catalogue
    languages: tuple[str, ...] = LANGUAGES

    def record(self, index: int, language: str, home: str) -> Question:
        """What a perfect reader reads from the page."""
        site = self.catalogue
        lang = self.languages.index(language)
        return _record(content_of(site, index, lang, site.state(index)), home)


def _record(content: Content, home: str) -> Question:
    """The record of one page; `home` is the site's start page, "http://127.0.0.1:80/"."""
    base = home.rstrip("/") + PREFIXES[content.lang]
    warnings = ("asker-title-contradicts-sex",) if content.title_sex != content.sex else ()
    return Question(
        site="adoctor",
        source_id=str(content.number),
        language=LANGUAGES[content.lang],
        url=f"{base}/article/{content.number}",
        title=fold(content.title),
        department=content.department,
        headline=fold(content.headline),
        text=fold_lines(content.lines),
        asker=Asker(
            name=content.name,
            sex=Sex(content.sex),
            age_min=content.age,
            age_max=content.age + 9,
        ),
        asked_on=_day(content.asked),
        replies=tuple(
            Reply(
                doctor=reply.doctor,
                department=reply.department,
                text=fold_lines(reply.lines),
                replied_on=_day(reply.day),
            )
            for reply in content.replies
        ),
        more_info=fold_lines(content.essay) or None,
        similar=tuple(_similar(card, base) for card in content.cards),
        faq_tags=tuple(
            FaqTag(name=name, department=area, url=f"{base}/faq/{slug}")
            for name, area, slug in content.tags
        ),
        mentions=tuple(str(number) for number in content.cited),
        warnings=warnings,
    )


def _similar(card: Card, base: str) -> SimilarQuestion:
    return SimilarQuestion(
        title=card.title,
        url=f"{base}/article/{card.number}",
        question_excerpt=fold(card.question.text),
        question_complete=card.question.complete,
        doctor=card.doctor,
        department=card.department if card.doctor else None,
        reply_excerpt=fold(card.reply.text) if card.reply else None,
        reply_complete=card.reply.complete if card.reply else False,
    )


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y/%m/%d").date()  # noqa: DTZ007 - a day has no zone
