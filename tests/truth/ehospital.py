"""The records that a perfect reader reads, made from the site's content, not its markup."""

from dataclasses import dataclass

from scraper.items import Asker, FaqTag, Question, Reply, Sex
from scraper.sample.catalogue import Catalogue
from scraper.sample.ehospital.content import Content, content_of
from scraper.sample.ehospital.spelling import raw_trail
from tests.truth.spaces import fold_lines


@dataclass(frozen=True)
class EhospitalTruth:
    """Records of the questions that have not been taken down; `home` ends in /doctor/."""

    catalogue: Catalogue
    languages: tuple[str, ...] = ("zh-Hant",)

    def record(self, index: int, _language: str, home: str) -> Question:
        """What a perfect reader reads from the page."""
        content = content_of(self.catalogue, index, self.catalogue.state(index))
        return Question(
            site="taiwan-ehospital",
            source_id=str(content.number),
            language="zh-Hant",
            url=f"{home}All/ShowDetail.php?q_no={content.number}",
            title=content.title,
            department=content.department if content.doctor else None,  # the page names no other
            text=fold_lines(content.lines),
            asker=Asker(
                name=content.alias,
                sex=Sex(content.sex),
                age_min=content.age,
                age_max=content.age + 9,
            ),
            asked_on=content.asked_on,
            replies=_replies(content),
            faq_tags=_tags(content, home),
            mentions=tuple(str(number) for number in content.cited),
        )


def _replies(content: Content) -> tuple[Reply, ...]:
    if not content.doctor:
        return ()
    reply = Reply(
        doctor=content.doctor,
        department=content.department,
        hospital=content.hospital,
        text=fold_lines(content.reply),
        replied_on=content.replied_on,
    )
    return (reply,)


def _tags(content: Content, home: str) -> tuple[FaqTag, ...]:
    if not content.old_markup:  # the newer pages do not show them
        return ()
    name = content.topic.name[1]
    kind = f"q_type={raw_trail(name)}&UrlClass={raw_trail(content.department)}"
    url = f"{home}Often_question/type_detail.php?{kind}"
    return (FaqTag(name=name, department=content.department, url=url),)
