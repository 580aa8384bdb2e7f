"""Invented people, hospitals and small words. None of them exists."""

from dataclasses import dataclass
from random import Random

from scraper.sample.chance import Salt, dice, pick
from scraper.sample.topics import Pair

FAMILIES: tuple[Pair, ...] = (
    ("Lin", "林"), ("Chen", "陳"), ("Huang", "黃"), ("Chang", "張"), ("Wu", "吳"), ("Liu", "劉"),
    ("Tsai", "蔡"), ("Yang", "楊"), ("Hsu", "許"), ("Cheng", "鄭"), ("Hsieh", "謝"), ("Kuo", "郭"),
    ("Tseng", "曾"), ("Chiu", "邱"), ("Liao", "廖"), ("Lai", "賴"), ("Chou", "周"), ("Yeh", "葉"),
    ("Su", "蘇"), ("Chuang", "莊"),
)  # fmt: skip
GIVEN: tuple[Pair, ...] = (
    ("Qingfeng", "清峯"), ("Yuwen", "雨紋"), ("Zhezhou", "喆舟"), ("Kunshui", "堃水"),
    ("Sonyue", "松月"), ("Yunqiao", "雲橋"), ("Heyan", "河燕"), ("Lanxing", "藍星"),
    ("Tianquan", "田泉"), ("Mushan", "木山"), ("Baichuan", "白川"), ("Ruoshi", "若石"),
    ("Haiwen", "海雯"), ("Chuyue", "初月"), ("Dongli", "東籬"), ("Xingyuan", "杏園"),
)  # fmt: skip
HOSPITALS: tuple[Pair, ...] = (
    ("Cedar Valley Hospital", "雪松谷醫院"), ("Harbor Light Medical Center", "港明醫學中心"),
    ("Paper Crane Clinic", "紙鶴診所"), ("North Lantern Hospital", "北燈醫院"),
    ("Riverbend General Hospital", "河灣綜合醫院"), ("Bamboo Gate Hospital", "竹門醫院"),
    ("Salt Meadow Hospital", "鹽田原醫院"), ("Quiet Hill Hospital", "靜丘醫院"),
)  # fmt: skip
TITLES: dict[str, Pair] = {"male": ("Mr.", "先生"), "female": ("Ms.", "小姐")}
SPANS: tuple[Pair, ...] = (
    ("Three Days", "三天"), ("a Week", "一星期"), ("Two Weeks", "兩星期"), ("a Month", "一個月"),
    ("Three Months", "三個月"), ("Half a Year", "半年"), ("Two Years", "兩年"),
    ("Ten Days", "十天"),
)  # fmt: skip
MOMENTS: tuple[Pair, ...] = (
    ("at night", "晚上"), ("in the morning", "早上"), ("after meals", "飯後"),
    ("at work", "上班時"),
    ("after exercise", "運動後"), ("on cold days", "天冷時"), ("when I am tired", "疲倦時"),
    ("at weekends", "週末"), ("under stress", "壓力大時"), ("in summer", "夏天"),
)  # fmt: skip
MONTHS: tuple[Pair, ...] = (
    ("January", "一月"), ("March", "三月"), ("April", "四月"), ("June", "六月"),
    ("August", "八月"), ("October", "十月"), ("December", "十二月"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doctor:
    """An invented doctor."""

    family: Pair
    given: Pair
    hospital: Pair

    def name(self, lang: int) -> str:
        """The whole name: "Lin Qingfeng", "林清峯"."""
        return f"{self.family[lang]}{'' if lang else ' '}{self.given[lang]}"


def doctor(seed: int, department: int, place: int) -> Doctor:
    """One of a department's doctors."""
    rng = dice(seed, Salt.DOCTOR, department, place)
    return Doctor(pick(rng, FAMILIES), pick(rng, GIVEN), pick(rng, HOSPITALS))


def asker_name(family: Pair, title: str, lang: int) -> str:
    """Title and family name as shown: "Mr. Chen", "陳先生"."""
    return family[1] + TITLES[title][1] if lang else f"{TITLES[title][0]} {family[0]}"


def decade(rng: Random) -> int:
    """Draw the lower end of an age band: 0, 10, ... 80, mostly adults."""
    return pick(rng, (0, 10, 20, 20, 20, 30, 30, 30, 40, 40, 50, 60, 70, 80))
