"""Questions with everything in them that an export can get wrong. All of it is invented."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scraper.items import Asker, FaqTag, Question, Reply, Sex, SimilarQuestion
from tests.conftest import keeper, new_archive

ENGLISH = Question(
    site="adoctor",
    source_id="900",
    language="en",
    url="https://adoctor.tw/article/900",
    title="Stiff Thumbs After Knitting",
    department="Orthopedics",
    headline="Stiff thumbs",
    text="My thumbs are stiff.\nWhat helps?",
    asker=Asker(name="Mr. Elm, the elder", sex=Sex.FEMALE, age_min=30, age_max=39),
    asked_on=date(2021, 3, 4),
    replies=(
        Reply(doctor="Moss Qiaoyun", department="Orthopedics", hospital="Cedar Valley",
              text='Hello:\n"Rest", then stretch.', replied_on=date(2021, 3, 5)),
        Reply(text="=SUM(A1:A9)"),
    ),
    more_info="Thumbs:\n- are useful",
    similar=(SimilarQuestion(title="Sore wrists", url="https://adoctor.tw/article/20",
                             question_excerpt="Doctor, my", reply_excerpt="Hello: Rest.",
                             reply_complete=True),),
    faq_tags=(FaqTag(name="Thumb", department="Orthopedics", url="https://adoctor.tw/faq/thumb"),
              FaqTag(name="Thumb")),
    mentions=("20",),
    warnings=("asker-title-contradicts-sex",),
)  # fmt: skip
CHINESE = Question(
    site="adoctor",
    source_id="900",
    language="zh-Hant",
    url="https://adoctor.tw/zh-Hant/article/900",
    title="織毛衣後頭痛",
    department="神經內科",
    text="醫師您好，\n頭痛三天。",
)
EARLIER = replace(
    ENGLISH, source_id="20", url="https://adoctor.tw/article/20", title="Sore wrists",
    replies=(), similar=(), faq_tags=(), mentions=(), warnings=(), asker=None,
)  # fmt: skip
OTHER_SITE = replace(CHINESE, site="taiwan-ehospital", source_id="3", url="https://example.org/3")
QUESTIONS = (OTHER_SITE, ENGLISH, CHINESE, EARLIER)


@pytest.fixture
def english() -> Question:
    """A question with every field."""
    return ENGLISH


@pytest.fixture
def questions() -> list[Question]:
    """Four questions, not in the order in which exports give them."""
    return list(QUESTIONS)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of these questions, to read."""
    folder = tmp_path_factory.mktemp("held")
    with closing(new_archive(folder)) as connection:
        for question in QUESTIONS:
            keeper(connection)(question)
    return folder
