"""Asker and doctor lines."""

# ruff: noqa: E501 (one case a line; Chinese counts double)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.items import Asker, Sex
from scraper.reading.adoctor.people.doctors import read_doctor
from scraper.reading.adoctor.people.people import read_asker, title_contradicts

F, M = Sex.FEMALE, Sex.MALE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Oak, 20~29 year old female.", ("Mr. Oak", F, 20, 29)),
        ("Mr. Chen, Jr., 20~29 year old male.", ("Mr. Chen, Jr.", M, 20, 29)),
        ("Ms. 20~29 year old, 30~39 year old female.", ("Ms. 20~29 year old", F, 30, 39)),
        ("Ms. Reply Date, 40-49 years old female", ("Ms. Reply Date", F, 40, 49)),
        ("female, Lin, 20~29 year old male.", ("female, Lin", M, 20, 29)),
        ("Chen, 25, female", ("Chen", F, 25, 25)),
        ("Mr. Wu 20 – 29 year-old male", ("Mr. Wu", M, 20, 29)),
        ("Ms. Lin, under 10 year old male.", ("Ms. Lin", M, None, 9)),
        ("Ms. Lin, 80 years and over female", ("Ms. Lin", F, 80, None)),
        ("Ms. Lin, 10 years old and under, female", ("Ms. Lin", F, None, 10)),
        ("Ms. Lin, 80+ year old female", ("Ms. Lin", F, 80, None)),
        ("Baby, 6 months old girl", ("Baby", F, 0, 0)),
        ("Baby, 6~18 months old girl", ("Baby", F, 0, 1)),
        ("👩\u200d⚕️ Amy, 20~29 year old female.", ("👩\u200d⚕️ Amy", F, 20, 29)),
        ("Baby, 40 days old girl", ("Baby", F, 0, 0)),
        ("Baby, 2 years 3 months old girl", ("Baby", F, 2, 2)),
        ("Baby, 3.5 year old boy", ("Baby", M, 3, 3)),
        ("Ann, 2 years, 20~29 year old male", ("Ann, 2 years", M, 20, 29)),
        ("Ms. Lin, >80 year old female", ("Ms. Lin", F, 80, None)),
        ("Ms. Lin, <10 year old female", ("Ms. Lin", F, None, 9)),
        ("20~29 year old female.", (None, F, 20, 29)),
        ("Mr. Chen, 20~29 year old other.", ("Mr. Chen", None, 20, 29)),
        ("Mr. Chen, other.", ("Mr. Chen", None, None, None)),
        ("Other, 20~29 year old", ("Other", None, 20, 29)),
        ("Mr. Chen, female.", ("Mr. Chen", F, None, None)),
        ("Mr. Chen, 20~29 year old.", ("Mr. Chen", None, 20, 29)),
        ("Mr. Chen, 20~29 year old unknown.", ("Mr. Chen", None, 20, 29)),
        ("Mr. Chen.", ("Mr. Chen", None, None, None)),
        ("— Mr. Chen, 20~29 year old male.", ("Mr. Chen", M, 20, 29)),
        ("~ 王○明，20~29歲男性", ("王○明", M, 20, 29)),
        ("~小花~，20~29歲女性", ("~小花~", F, 20, 29)),
        ("○○○，20~29歲女性。", ("○○○", F, 20, 29)),
        ("👤 ○小姐，20~29歲女性。", ("○小姐", F, 20, 29)),
        ("發問者：□□□，20~29歲女性。", ("□□□", F, 20, 29)),
        ("●陳先生，20~29歲男性。", ("陳先生", M, 20, 29)),
        ("□□ Mr. Chen, 20~29 year old male.", ("Mr. Chen", M, 20, 29)),
        ("○○ 小姐，20~29歲女性。", ("○○ 小姐", F, 20, 29)),
        ("陳先生，20~29歲女性。", ("陳先生", F, 20, 29)),
        ("陳先生，20～29 歲，女", ("陳先生", F, 20, 29)),
        ("林小姐，女性，30至39歲。", ("林小姐", F, 30, 39)),
        ("林小姐，20~29歲的女性。", ("林小姐", F, 20, 29)),
        ("20~29 歲之女性", (None, F, 20, 29)),
        ("林先生，年齡：20~29歲，男性", ("林先生", M, 20, 29)),
        ("年齡20~29歲，女性", (None, F, 20, 29)),
        ("王小弟，未滿10歲男性", ("王小弟", M, None, 9)),
        ("李媽媽，80歲以上，女性", ("李媽媽", F, 80, None)),
        ("林先生／男／(20~29)", ("林先生", M, 20, 29)),
        ("林先生 / 男 / 20~29歲 /", ("林先生", M, 20, 29)),
        ("王小弟，2歲3個月男性", ("王小弟", M, 2, 2)),
        ("王小弟，1歲半男性", ("王小弟", M, 1, 1)),
        ("李媽媽，≥80歲女性", ("李媽媽", F, 80, None)),
        ("林先生，20~29歲，其他", ("林先生", None, 20, 29)),
        ("王小弟，三歲男性", ("王小弟", M, 3, 3)),
        ("王小弟，三歲，男", ("王小弟", M, 3, 3)),
        ("王小弟，一歲半男性", ("王小弟", M, 1, 1)),
        ("王小弟，兩歲三個月男", ("王小弟", M, 2, 2)),
        ("陳先生，六十五歲男性", ("陳先生", M, 65, 65)),
        ("陳先生，廿五歲男性", ("陳先生", M, 25, 25)),
        ("陳先生，六五歲", ("陳先生", None, 65, 65)),
        ("李媽媽，一百零二歲，女", ("李媽媽", F, 102, 102)),
        ("林小姐，三十至三十九歲，女性", ("林小姐", F, 30, 39)),
        ("李媽媽，八十歲以上，女性", ("李媽媽", F, 80, None)),
        ("王小弟，未滿三歲男性", ("王小弟", M, None, 2)),
        ("王小弟，３歲多男", ("王小弟", M, 3, 3)),
        ("王小妹，8個月大，女", ("王小妹", F, 0, 0)),
        ("王小妹，八個月大，女", ("王小妹", F, 0, 0)),
        ("Baby, 6 to 12 months old girl", ("Baby", F, 0, 1)),
        ("Baby, 6-12 mos old boy", ("Baby", M, 0, 1)),
        ("林小姐，三十多歲女性", ("林小姐", F, None, None)),
        ("王小妹，新生兒，女", ("王小妹", F, None, None)),
        ("王小妹，出生15天，女", ("王小妹", F, None, None)),
        ("新生兒媽媽", ("新生兒媽媽", None, None, None)),
        ("Baby, newborn girl", ("Baby", F, None, None)),
        ("Mr. Chen, 20\u201129 year old male", ("Mr. Chen", M, 20, 29)),
        ("陳先生，20\u221229歲男性", ("陳先生", M, 20, 29)),
        ("陳先生，20˜29歲男性", ("陳先生", M, 20, 29)),
        ("陳先生 · 20~29歲 · 男性 ·", ("陳先生", M, 20, 29)),
        ("王小妹，6個月~1歲，女", ("王小妹", F, None, None)),
        ("Mr. Chen, thirty year old male", ("Mr. Chen", M, None, None)),
        ("Mr. Chen, about thirty years old or so", ("Mr. Chen", None, None, None)),
        ("Mr. Chen, 29~20 year old male", ("Mr. Chen", M, None, None)),
        ("十, 20~29 year old male", ("十", M, 20, 29)),
        ("阿三歲月，女", ("阿三歲月", F, None, None)),
        ("Baby, 1 1/2 year old girl", ("Baby", F, 1, 1)),
        ("Mr. Chen, aged 20~29, male", ("Mr. Chen", M, 20, 29)),
        ("Asked by Mr. Chen, 20~29 year old male.", ("Mr. Chen", M, 20, 29)),
        ("From: Mr. Chen, 20~29 year old male.", ("Mr. Chen", M, 20, 29)),
        ("發問者：陳先生，20~29歲男性", ("陳先生", M, 20, 29)),
        ("提問者 陳先生，20~29歲男性", ("陳先生", M, 20, 29)),
        ("提問者，20~29歲男性", ("提問者", M, 20, 29)),
        ("By the Sea, 20~29 year old male.", ("By the Sea", M, 20, 29)),
        ("By Mr. Chen, 20~29 year old male.", ("Mr. Chen", M, 20, 29)),
        ("姓名：陳先生，性別：男，年齡：20~29歲。", ("陳先生", M, 20, 29)),
        ("陳先生，年齡：20~29歲，性別：男", ("陳先生", M, 20, 29)),
        ("陳先生，性別：男", ("陳先生", M, None, None)),
        ("Mr. Chen, male, aged 20~29.", ("Mr. Chen", M, 20, 29)),
        ("Mr. Chen · Sex: male · Age: 20-29", ("Mr. Chen", M, 20, 29)),
        ("Mr. Chen · 20~29 year old male", ("Mr. Chen", M, 20, 29)),
        ("小明·, 20~29 year old male", ("小明·", M, 20, 29)),
    ],
)
def test_asker(text: str, expected: tuple[str | None, Sex | None, int | None, int | None]) -> None:
    name, sex, low, high = expected
    assert read_asker(text) == Asker(name=name, sex=sex, age_min=low, age_max=high)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " . ",
        "三十多歲",
        "x" * 200,
    ],
)
def test_no_asker(text: str) -> None:
    assert read_asker(text) is None


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z", "N")), min_size=1, max_size=20
).map(
    lambda name: name.strip(
        ".,;:|/，；：、／。 -~()（）．▶►▸▹●○•■□◆◇★☆✔→»❓❔✏✍⏰📅📆🗓👤👥👧👨👩🧑🙋🙍🕐🕒💬📝🩺\ufe0e\ufe0f"
    )
)


@given(NAMES.filter(bool), st.integers(0, 9), st.sampled_from(["female", "male"]))
def test_any_name_comes_back(name: str, decade: int, sex: str) -> None:
    low = 10 * decade
    asker = read_asker(f"{name}, {low}~{low + 9} year old {sex}.")
    assert asker == Asker(name=name, sex=Sex(sex), age_min=low, age_max=low + 9)


@given(st.text(max_size=130))
def test_no_description_makes_it_fail(text: str) -> None:
    asker = read_asker(text)
    assert asker is None or asker.name != ""


@pytest.mark.parametrize(
    ("name", "sex", "contradicts"),
    [
        ("Mr. Chen", F, True), ("Ms. Chen", M, True), ("Mr. Chen", M, False), ("陳先生", F, True),
        ("陳小姐", F, False), ("許小姐，住北區", M, True), ("許小姐的先生", M, False), ("Chen", F, False), ("Mr. Chen", None, False), (None, F, False),
    ],
)  # fmt: skip
def test_title_and_sex(name: str | None, sex: Sex | None, contradicts: bool) -> None:  # noqa: FBT001
    assert title_contradicts(Asker(name=name, sex=sex)) is contradicts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. Lin Moshan reply Neurology", ("Lin Moshan", "Neurology")),
        ("Dr.Lin Moshan replied Family Medicine", ("Lin Moshan", "Family Medicine")),
        ("Dr. Reply Lin reply Ear, Nose & Throat", ("Reply Lin", "Ear, Nose & Throat")),
        ("Dr. Lin, Jr. reply Obstetrics and Gynecology", ("Lin, Jr.", "Obstetrics and Gynecology")),
        ("Dr. Lin Moshan reply Internal Medicine 2", ("Lin Moshan", "Internal Medicine 2")),
        ("Dr. Lin Moshan reply (Neurology)", ("Lin Moshan", "Neurology")),
        ("Dr. Ou reply Oral and maxillofacial surgery", ("Ou", "Oral and maxillofacial surgery")),
        ("Dr. Lin Moshan reply", ("Lin Moshan", None)),
        ("Dr. Lin Moshan · reply · Neurology", ("Lin Moshan", "Neurology")),
        ("Dr. Lin Moshan, MD, reply Neurology", ("Lin Moshan, MD", "Neurology")),
        ("林明宇｜醫師回覆｜神經科", ("林明宇", "神經科")),
        ("林明宇 醫師回覆 神經科", ("林明宇", "神經科")),
        ("林明宇醫師回覆：神經內科", ("林明宇", "神經內科")),
        ("Dr. Lin Moshan reply Neurology. ✓", ("Lin Moshan", "Neurology")),
        ("👨\u200d⚕️ Dr. Lin Moshan reply Neurology", ("Lin Moshan", "Neurology")),
        ("林明宇 牙醫師回覆 牙科", ("林明宇", "牙科")),
        ("林明宇 營養師回覆 營養教室", ("林明宇", "營養教室")),
        ("林明宇 臨床心理師回覆：心理諮詢", ("林明宇", "心理諮詢")),
        ("王建中醫師回覆 中醫科", ("王建中", "中醫科")),
        ("林明宇 醫師回覆 內科 2", ("林明宇", "內科 2")),
        ("Dr. Lin, MD, Ph.D., FACS reply Urology", ("Lin, MD, Ph.D., FACS", "Urology")),
        ("Dr. Prof. Lin Moshan reply Neurology", ("Prof. Lin Moshan", "Neurology")),
        ("Dr. Assoc. Prof. Lin Moshan reply Neurology", ("Assoc. Prof. Lin Moshan", "Neurology")),
    ],
)
def test_doctor(text: str, expected: tuple[str, str | None]) -> None:
    assert read_doctor(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Dr.", "Dr. Lin", "reply Neurology", "> Dr. Lin reply Neurology", "Dr. Lin reply later.", "Dr. Wang reply that I should rest.", "Dr. A reply Hello",
        "Yesterday Dr. Lin reply Neurology", "Dr. Lin said so. Dr. Wu did not reply Neurology",
        "Dr. Wang did not answer, so I asked again and again, and he would reply Neurology",
        "王醫師回覆 說沒事。", "", "謝謝營養師回覆", "感謝藥師回覆 祝好", "等待藥師回覆 藥劑部",
    ],
)  # fmt: skip
def test_no_doctor(text: str) -> None:
    assert read_doctor(text) is None
