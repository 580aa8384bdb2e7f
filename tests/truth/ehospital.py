"""What a perfect reader reads, built from the content and not from the markup."""

from dataclasses import dataclass

from scraper.items import Asker, FaqTag, Question, Reply, Sex
from scraper.sample.catalogue import Catalogue
from scraper.sample.ehospital.content import Content, content
from scraper.sample.ehospital.spelling import raw_trail
from tests.truth.spaces import fold_lines


@dataclass(frozen=True)
class EhospitalTruth:
    """Records of living questions; `home` ends in /doctor/."""

    catalogue: Catalogue
    languages: tuple[str, ...] = ("zh-Hant",)

    def record(self, index: int, _language: str, home: str) -> Question:
        """What a perfect reader reads from the page."""
        said = content(self.catalogue, index, self.catalogue.state(index))
        return Question(
            site="taiwan-ehospital",
            source_id=str(said.number),
            language="zh-Hant",
            url=f"{home}All/ShowDetail.php?q_no={said.number}",
            title=said.title,
            department=said.department if said.doctor else None,  # the page names no other
            text=fold_lines(said.lines),
            asker=Asker(name=said.alias, sex=Sex(said.sex), age_min=said.age, age_max=said.age + 9),
            asked_on=said.asked_on,
            replies=_replies(said),
            faq_tags=_tags(said, home),
            mentions=tuple(str(number) for number in said.cited),
        )


def _replies(said: Content) -> tuple[Reply, ...]:
    if not said.doctor:
        return ()
    reply = Reply(
        doctor=said.doctor,
        department=said.department,
        hospital=said.hospital,
        text=fold_lines(said.reply),
        replied_on=said.replied_on,
    )
    return (reply,)


def _tags(said: Content, home: str) -> tuple[FaqTag, ...]:
    if not said.old_markup:  # the newer pages do not show them
        return ()
    name = said.topic.name[1]
    kind = f"q_type={raw_trail(name)}&UrlClass={raw_trail(said.department)}"
    url = f"{home}Often_question/type_detail.php?{kind}"
    return (FaqTag(name=name, department=said.department, url=url),)
