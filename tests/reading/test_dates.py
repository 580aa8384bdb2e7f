"""Days in every form that the sites use, and what is no day."""

# ruff: noqa: E501 (one case a line; Chinese counts double)

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.reading.dates import read_date, read_taiwan_date

DAY = date(2020, 10, 26)


@pytest.mark.parametrize(
    "text",
    [
        "2020/10/26", "2020-10-26", "2020.10.26", "2020 / 10 / 26", "20201026", "2020/10/26.",
        "2020年10月26日", "2020 年 10 月 26 日", "民國109年10月26日", "中華民國 109 年 10 月 26 日",
        "109/10/26", "109-10-26", "109年10月26日", "２０２０／１０／２６", "2020/10/26 14:05",
        "2020-10-26T14:05:00+08:00", "2020年10月26日 下午 2:05", "2020/10/26 (Mon)", "2020/10/26（一）",
        "2020/10/26, 14:05", "2020/10/26 上午 8:00:05",
        "20201026T080000Z", "20201026T0800", "2020-10-26T08", "2020年10月26日(月) 08:00", "2020/10/26（一）下午 8:00",
        "26.10.2020, 08:00 Uhr", "26.10.2020 um 08:00 Uhr", "2020/10/26 at 8:00 pm",
        "2020-10-26 08:00:00 America/New_York",
        "10/26/2020 8:00 AM", "10/26/2020, 8:00:00 PM", "26/10/2020 08:00", "26.10.2020 23:30 UTC",
        "Mon, 10/26/2020", "Mon, 26 Oct 2020", "Oct 26, 2020 at 8:00 pm", "Oct 26 '20", "26-Oct-2020",
        "2020年10月26日10:00", "2020年10月26日下午2:05", "2020年10月26日 10時00分", "2020年10月26日10时00分05秒",
        "2020. 10. 26. 10:00", "2020/10/26 AM 10:00", "20201026100000", "2020-10-26T10.00.00Z", "2020-10-26T100000Z",
        "Oct-2020-26", "October 2020, 26 8:00 PM", "2020‑10‑26", "2020–10–26", "2020 – 10 – 26", "2020−10−26", "2020⁄10⁄26", "2020年10月26號", "2020年10月26号",
        "Oct 26, 2020", "26 October 2020", "October 26th, 2020", "10/26/2020", "26.10.2020",
    ],
)  # fmt: skip
def test_a_day(text: str) -> None:
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "unknown", "不明", "2020", "Oct 2020", "2020/10", "May 5", "2020/13/45", "2020/2/30",
        "20/10/26", "98/10/26", "98年10月26日", "4/5/2020", "1603670400", "2020/10-26", "2020/10–26", "99999999", "20~29 year old", "0/0/0",
        "4/5/2020 8:00 AM", "Mon, 4/5/2020", "4/5/2020 23:30 UTC", "10 Oct 11", "26 Oct 20", "2020-10-26-1234",
        "20201026T99", "20201026990000", "2020102610", "Jul-2020 1", "Jul/2020 1 10:00", "2020-10-26T2", "2020-10-26 1234", "4/5/2020 at 8:00 pm",
        "2020/10/26 and 2020/10/27", "soon, on 2020/10/26", "yesterday", "3 days ago", "12", "-",
    ],
)  # fmt: skip
def test_no_day(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2020-10-26Z", "2020-10-26+08:00", "2020-10-26-07:00", "{} 23:30:00 UTC", "{} 23:30:00 +0800",
        "{} 00:15:00 +09:00", "{} 23:30:00.123456-07", "{} 23:30 UTC+8", "{}T23:30:00Z",
        "{}T23:30:00-0500", "{} 23:30:00 PDT", "{} 00:15 JST", "Mon, 26 Oct 2020 23:30:00 GMT",
        "Mon, 26 Oct 2020 00:15:00 +0900", "Mon, 26 Oct 2020 23:30:00 -0500 (CDT)",
        "Mon Oct 26 23:30:00 UTC 2020", "Oct 26 2020 23:30 PDT", "Oct 26, 2020 at 11:30 PM EST",
        "Mon Oct 26 2020 20:00:00 GMT-0700 (Pacific Daylight Time)",
        "Mon Oct 26 2020 20:00:00 GMT+0200 (Central European Summer Time)",
        "Mon Oct 26 2020 00:15:00 GMT+0900 (日本標準時)",
    ],
)  # fmt: skip
def test_the_day_is_the_one_written_in_whatever_zone(text: str) -> None:
    assert read_date(text.format("2020-10-26")) == DAY


@pytest.mark.parametrize(
    "day", ["98年10月26日", "98/10/26", " 98-10-26 14:05", "９８/１０/２６", "98 年 10 月 26 日"]
)
def test_a_year_of_the_republic_with_two_digits(day: str) -> None:
    assert read_taiwan_date(day) == date(2009, 10, 26)


@pytest.mark.parametrize("day", ["20/10/26", "88/10/26", "98/26/10", "98", "10/26/98", "26.10.98"])
def test_no_year_with_two_digits(day: str) -> None:
    assert read_taiwan_date(day) is None


def test_a_day_and_month_that_are_the_same_number_are_clear() -> None:
    assert read_date("5/5/2020") == date(2020, 5, 5)


@given(st.dates(date(1912, 1, 1), date(2099, 12, 31)))
def test_every_day_in_every_form(day: date) -> None:
    year, month, number = day.year, day.month, day.day
    forms = [
        f"{year}/{month:02}/{number:02}",
        f"{year}-{month}-{number}",
        f"{year}年{month}月{number}日",
        f"民國{year - 1911}年{month}月{number}日",
        f"{year}{month:02}{number:02}",
    ]
    assert {read_date(form) for form in forms} == {day}


@given(st.text(max_size=40))
def test_any_text_gives_a_day_or_none(text: str) -> None:
    found = read_date(text)
    assert found is None or any(sign.isdigit() for sign in text)
