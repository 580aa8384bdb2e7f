"""The words that the site itself puts on its pages, by language."""

from dataclasses import dataclass
from datetime import date

LANGUAGES = ("en", "zh-Hant")
PREFIXES = ("", "/zh-Hant")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Labels and line patterns of one language."""

    share: str
    asker: str  # name, age and sex
    ask_date: str
    doctor: str
    reply_date: str
    more_info: str
    similar: str
    read_more: str
    related: str
    sex: dict[str, str]
    site: str
    menu: tuple[tuple[str, str], ...]  # label and path without the language's prefix
    worded_menu: tuple[tuple[str, str], ...]  # the same, in words that are labels elsewhere
    notice: str
    rendered: str
    other_language: str
    newest: str
    previous: str
    following: str

    def day(self, day: date) -> str:
        """2020/10/26."""
        return f"{day:%Y/%m/%d}"


ENGLISH = Labels(
    share="Share to:",
    asker="{name}, {low}~{high} year old {sex}.",
    ask_date="Ask Date: {day}",
    doctor="Dr. {doctor} reply {department}",
    reply_date="Reply Date: {day}",
    more_info="More Info",
    similar="Similar Q&A",
    read_more="[Read More]",
    related="Related FAQ",
    sex={"female": "female", "male": "male"},
    site="Paper Lantern Health",
    menu=(("Home", "/"), ("Topics", "/faq"), ("About us", "/about"), ("Search", "/search")),
    worded_menu=(
        ("Home", "/"),
        ("Related FAQ", "/faq"),
        ("More Info", "/about"),
        ("Search", "/search"),
    ),
    notice="All questions, persons and hospitals on this site are fictional. Nothing here is"
    " medical advice.",
    rendered="Template of {day}",
    other_language="中文版",
    newest="Newest questions",
    previous="Previous page",
    following="Next page",
)
CHINESE = Labels(
    share="分享：",
    asker="{name}，{low}~{high}歲{sex}。",
    ask_date="提問日期：{day}",
    doctor="{doctor} 醫師回覆 {department}",
    reply_date="回覆日期：{day}",
    more_info="更多資訊",
    similar="相似問答",
    read_more="[閱讀更多]",
    related="相關問題",
    sex={"female": "女性", "male": "男性"},
    site="紙燈籠健康網",
    menu=(("首頁", "/"), ("主題", "/faq"), ("關於我們", "/about"), ("搜尋", "/search")),
    worded_menu=(
        ("首頁", "/"),
        ("相關問題", "/faq"),
        ("更多資訊", "/about"),
        ("搜尋", "/search"),
    ),
    notice="本站所有問題、人物與醫院皆為虛構，內容不構成醫療建議。",
    rendered="版型日期 {day}",
    other_language="English",
    newest="最新問答",
    previous="上一頁",
    following="下一頁",
)
LABELS = (ENGLISH, CHINESE)
