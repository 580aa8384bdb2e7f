"""Evidence on adoctor pages of which something is left out, or that word things otherwise."""

import pytest

from tests.sites.test_evidence import ARTICLE, article, places


def test_what_is_left_out_moves_no_evidence() -> None:
    aside = "<aside><p>Tired legs</p><p>Mr. Oak, 20~29 year old female.</p><p>Toes</p></aside>"
    html = (
        ARTICLE.replace("<h1>", f"{aside}<h1>")
        .replace("<div>Dr.", f"{aside}<div>Dr.")
        .replace("<h3>", "<p>New</p><h3>")
        .replace("[Read More] Cold toes", "» Read More Cold toes")
        .replace("reply <i>Neurology</i>", "reply <i>(Neurology)</i>")
        .replace("</body>", f"{aside}<div><p>News</p><a href='/news'>Read More</a></div></body>")
    )
    moved, told = article(html), article()
    assert moved.not_located == ()
    assert [(one.field, one.words) for one in moved.fields] == [
        (one.field, one.words) for one in told.fields
    ]
    assert places(moved, "similar[0].title") == [("|Cold toes", "/html/body/h3")]
    assert places(moved, "faq_tags[0].name") == [("|Toes", "/html/body/p[12]/a")]
    assert places(moved, "replies[0].department") == [
        ("Dr. Lin Mo reply (|Neurology", "/html/body/div[2]/i")
    ]


def test_an_age_in_years_and_months() -> None:
    html = ARTICLE.replace("20~29 year old", "2 years 3 months old")
    assert places(article(html), "asker.age_min") == [
        ("Mr. Oak, |2 years 3 months old", "/html/body/div[1]")
    ]


def test_a_raised_exponent_of_ten() -> None:
    html = ARTICLE.replace("is here", "has 10<sup>9</sup>/L").replace("socks", "10<sup>-3</sup>")
    found = article(html)
    assert found.not_located == ()
    assert places(found, "replies[0].text") == [("|Dr. Lin Mo has 10⁹/L.", "/html/body/p[6]")]
    assert places(found, "similar[0].reply_excerpt")[0][0] == "|Wear 10⁻³."


def test_a_year_of_the_republic_with_two_digits() -> None:
    found = article(ARTICLE.replace("Ask Date: 2020/10/26", "Ask Date: 98/10/26 14:05"))
    assert places(found, "asked_on")[0][0].endswith("Ask Date: |98/10/26")


def test_paragraphs_that_show_nothing() -> None:
    html = ARTICLE.replace("<h1>", "<p>&zwj;</p><p>\u2800</p><h1>")
    assert places(article(html), "title") == places(article(), "title")


@pytest.mark.parametrize(
    "words", ["\u200d\u2640\ufe0f tired", "\u0915\u094d\u200d", "<b>\u2764</b>&#xFE0F; here"]
)
def test_joiners_and_blank_signs_at_the_edges_of_a_line(words: str) -> None:
    found = article(ARTICLE.replace("Advertisement", words))
    assert found.not_located == ()
    assert places(found, "replies[0].text") == places(article(), "replies[0].text")


def test_a_day_that_an_attribute_alone_tells() -> None:
    time = '<time datetime="2020-10-26">4 years ago</time>'
    found = article(ARTICLE.replace("Ask Date: 2020/10/26", f"Ask Date: {time}"))
    (day,) = (one for one in found.fields if one.field == "asked_on")
    assert (day.words, day.xpath[-15:]) == (None, "/time/@datetime")


def test_a_line_with_a_button_at_its_end() -> None:
    found = article(ARTICLE.replace("</h1>", ' <a href="#top">¶</a></h1>'))
    assert [(one.field, one.words) for one in found.fields] == [
        (one.field, one.words) for one in article().fields
    ]


def test_an_asker_line_with_no_blank_before_it() -> None:
    asker = "Mr. Oak, 20~29 year old female. Ask Date: 2020/10/26"
    above, _, below = ARTICLE.partition("</p>\n<div><b>Mr. Oak</b>")
    found = article(f"{above}<i>{asker}</i></p>\n{below.partition('</div>')[2]}")
    assert found.not_located == ()
    assert places(found, "asker.name")[0][0].endswith("|Mr. Oak")


def test_a_letter_above_the_excerpt_of_a_card() -> None:
    card, _, below = ARTICLE.partition("Cold toes")
    title, _, below = below.partition("<p>")
    found = article(f"{card}Cold toes{title}<p>Q</p><p>{below}")
    assert found.not_located == ()
    assert places(found, "similar[0].question_excerpt")[0][0].startswith("|")


def test_tags_below_a_link_to_all_of_them() -> None:
    found = article(ARTICLE.replace("FAQ</h2>", "FAQ</h2><a href='/topics'>All topics</a>"))
    assert found.not_located == ()
    assert places(found, "faq_tags[0].name")[0][0].endswith("|Toes")
