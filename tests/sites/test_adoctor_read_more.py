"""adoctor: cards whose `[Read More]` alone tells the title, or stands behind other words."""

import pytest

from tests.growth import growth
from tests.sites.test_adoctor_exam import EXPECTED, PARTS, WORDS, read, whole
from tests.sites.test_evidence import ARTICLE, article, places

LABEL = "<h3>Similar Q&amp;A</h3>"

BARE = "<div>{}<p>Dr. Ou Pei reply Dermatology</p><p>Rest.</p>{}</div>"


@pytest.mark.parametrize(
    ("asked", "more", "excerpt"),
    [
        ("<p>Why?</p>", "<p>{}</p>", "Why?"),
        ("<p>Why?</p><p>Since when?</p>", "{}", "Why?\nSince when?"),
        ("", "<p>{}</p>", None),
    ],
)
def test_a_title_that_stands_behind_read_more_alone(
    asked: str, more: str, excerpt: str | None
) -> None:
    link = '<a href="/article/9">[Read More] Other Knees →</a>'
    (card,) = read(similar=LABEL + BARE.format(asked, more.format(link))).similar
    found = (card.title, card.question_excerpt, card.reply_excerpt)
    assert found == ("Other Knees", excerpt, "Rest.")


@pytest.mark.parametrize("title", ["<p>Knees</p>", "<p>Of Other Knees</p>", "<h4>Cold Toes</h4>"])
def test_a_title_that_read_more_tells_otherwise(title: str) -> None:
    link = '<p><a href="/article/9">[Read More] Other Knees</a></p>'
    (card,) = read(similar=LABEL + BARE.format(f"{title}<p>Why?</p>", link)).similar
    assert (f">{card.title}<" in title, card.question_excerpt) == (True, "Why?")


@pytest.mark.parametrize(
    "more",
    [
        '<a href="/article/9">[Read More] Other Knees</a>',
        '<a href="/article/9">[Read More]</a> Other Knees',
        '<a href="/article/9">[Read More]</a>',
    ],
)
def test_read_more_behind_the_last_words(more: str) -> None:
    title = "<h4>Other Knees</h4><p>Why?</p>"
    card = BARE.format(title, "").replace("Rest.</p>", f"Rest. {more}</p>")
    other = card.replace("Other Knees", "Sore Toes").replace("/9", "/8")
    question = read(similar=LABEL + card + other)
    assert question.similar[:1] == whole(read())[8:9]
    assert [found.title for found in question.similar] == ["Other Knees", "Sore Toes"]
    assert (question.problems, question.warnings) == ((), ())


def test_where_they_stand() -> None:
    title = "<h3>Cold toes</h3>"
    html = ARTICLE.replace(title, "").replace("socks.</p><a", "socks. <a")
    found = article(html)
    assert found.not_located == ()
    assert places(found, "similar[0].title") == [
        ("Wear socks. [Read More] |Cold toes", "/html/body/p[10]/a")
    ]
    assert places(found, "similar[0].reply_excerpt") == [("|Wear socks.", "/html/body/p[10]")]


@pytest.mark.parametrize(
    "button",
    [
        "<button>Read more</button>", '<a href="#" role="button">Show less</a>',
        "<span tabindex=0>收合</span>", '<a href="#words">¶</a>',
    ],
)  # fmt: skip
def test_a_button_behind_the_last_words_of_a_text_is_none_of_it(button: str) -> None:
    words = f"<p>{WORDS[0]}</p><p>{WORDS[1]} {button}</p>"
    question = read(words=words, reply=PARTS["reply"].replace("Rest it.", f"Rest it. {button}"))
    assert (whole(question), question.warnings) == (EXPECTED, ())


def test_a_button_in_a_card_may_be_its_end() -> None:
    end = '<p>Rest. <a href="#" onclick="go(9)">[Read More] Other Knees</a></p>'
    assert len(read(similar=PARTS["similar"].partition("<p>Rest.")[0] + end).similar) == 1


@pytest.mark.parametrize("word", ["collapse", "more"])
def test_a_word_of_a_text_that_may_be_pressed_belongs_to_it(word: str) -> None:
    assert read(words=f"<p>A lung <a href=#l>{word}</a></p><p>Why?</p>").text == (
        f"A lung {word}\nWhy?"
    )
    assert read(words=f"<p>A lung… <a href=#l>{word}</a></p><p>Why?</p>").text == "A lung…\nWhy?"


def test_many_buttons_behind_lines_cost_no_more_than_their_number() -> None:
    line = "<p>It hurts. <button>Read more</button></p>"
    assert growth(lambda count: read(words=line * count), 200) < 3


@pytest.mark.parametrize("more", ["[Read More] {}", "<a href=/article/5>[Read More] {}</a>"])
@pytest.mark.parametrize("tag", ["p", "h4"])
def test_a_power_of_ten_in_a_title_and_where_it_is_repeated(tag: str, more: str) -> None:
    title = "WBC 10<sup>9</sup>/L"
    similar = f"<h3>Similar Q&amp;A</h3><{tag}>{title}</{tag}><p>Why?</p>"
    similar += f"<p>Dr. Ou Pei reply Urology</p><p>Rest.</p><p>{more.format(title)}</p>"
    (card,) = read(similar=similar).similar
    assert (card.question_excerpt, card.reply_excerpt) == ("Why?", "Rest.")
