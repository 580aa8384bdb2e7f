"""adoctor: cards told from whatever else ends in `Read More`, and where the tags begin."""

import pytest

from scraper.items import Question
from tests.growth import growth
from tests.sites.test_adoctor_exam import ESSAY, EXPECTED, PARTS, read, whole

CARD = PARTS["similar"].partition("</h3>")[2]


@pytest.mark.parametrize("more", ["Read More", "[Read More]", "閱讀更多"])
@pytest.mark.parametrize("aside", ["<aside>{}</aside>", "<div>{}</div>"])
def test_a_stray_read_more_is_no_card(more: str, aside: str) -> None:
    news = aside.format(f'<h3>News</h3><p>Flu season.</p><a href="/news/1">{more}</a>')
    assert whole(read(after=news)) == EXPECTED
    assert whole(read(similar=PARTS["similar"] + news)) == EXPECTED
    assert whole(read(tags="", similar=PARTS["similar"] + news))[:9] == EXPECTED[:9]


@pytest.mark.parametrize(
    "above",
    [
        "<span>New</span>",
        '<p><a href="https://ads.example/">Buy vitamins</a></p>',
        '<div><p>Try the app</p><a href="/app">Read More</a></div>',
    ],
)
def test_what_stands_above_a_cards_title_is_no_part_of_it(above: str) -> None:
    similar = PARTS["similar"].replace("<h4>", f"{above}<h4>")
    assert whole(read(similar=similar)) == EXPECTED


def test_a_card_that_lost_its_end_is_told() -> None:
    lost = "<h4>Cold Toes</h4><p>How?</p><p>Dr. Hsu Fen reply Urology</p><p>Socks.</p>"
    for cards in (lost + CARD, CARD + lost):
        question = read(similar=f"<h3>Similar Q&amp;A</h3>{cards}")
        assert whole(question) == EXPECTED
        assert question.warnings == ("unread-lines",)


def test_cards_of_one_doctor_that_were_blanked_stay_two() -> None:
    link = '<a href="about:blank">[removed]</a>'
    blanked = (
        f"<h4>{link}</h4><p>{link}</p><p>Dr. Hsu Fen reply Urology</p><p>{link}</p>"
        f"<p>[Read More] {link}</p>"
    )
    question = read(similar=f"<h3>Similar Q&amp;A</h3>{blanked}{blanked}{CARD}{CARD}")
    assert [card.title for card in question.similar] == [*["[removed]"] * 2, "Other Knees"]


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        ("[Read More]", "Other Knees"),
        ("Read More", "Other Knees"),
        ("[Read More] Other Kn...", "Other Knees"),
        ("[Read More] Other Knees →", "Other Knees"),
        ("» [Read More] Other Knees", "Other Knees"),
        ("Read More Other Knees", "Other Knees"),
        ("Read more: Other Knees", "Other Knees"),
        ("閱讀更多 Other Knees", "Other Knees"),
        ("[Read More]", "1. Other Knees"),
    ],
)
def test_a_card_of_other_wording(shown: str, title: str) -> None:
    similar = PARTS["similar"].replace("[Read More] Other Knees", shown)
    similar = similar.replace("<h4>Other Knees", f"<h4>{title}")
    question = read(similar=similar, after='<div><a href="/app">Read More</a></div>')
    (card,) = question.similar
    assert (card.title, card.question_excerpt, card.reply_excerpt) == (title, "Why?", "Rest.")
    assert [tag.name for tag in question.faq_tags] == ["Knee"]


@pytest.mark.parametrize(
    "shown",
    [
        "1. Other Knees",
        "Other Knees [Urology]",
        "【熱門】Other Knees",
        "#2: Other Knees (3)",
        "Other Knees <b class=badge>New</b>",
        "<b class=badge>Hot</b> Other Knees",
    ],
)
@pytest.mark.parametrize("above", ["", "<span>New</span>"])
def test_a_badge_is_no_part_of_a_title_that_is_repeated_bare(shown: str, above: str) -> None:
    similar = PARTS["similar"].replace("<h4>Other Knees", f"{above}<h4>{shown}")
    assert whole(read(similar=similar)) == EXPECTED


@pytest.mark.parametrize("title", ["1. Other Knees", "Knees (Other)", "[Urology] 2 Knees"])
def test_a_title_that_is_repeated_whole_stays_whole(title: str) -> None:
    (card,) = read(similar=PARTS["similar"].replace("Other Knees", title)).similar
    assert (card.title, card.question_excerpt) == (title, "Why?")


def test_words_about_reading_more_end_no_card() -> None:
    similar = PARTS["similar"].replace("Why?", "Read more of mine.</p><p>Read More</p><p>Why?")
    (card,) = read(similar=similar).similar
    assert card.question_excerpt == "Read more of mine.\nRead More\nWhy?"
    assert card.reply_excerpt == "Rest."


def test_a_card_may_be_titled_like_a_section() -> None:
    similar = PARTS["similar"].replace("Other Knees", "Related FAQ")
    question = read(similar=similar)
    assert [card.title for card in question.similar] == ["Related FAQ"]
    assert [tag.name for tag in question.faq_tags] == ["Knee"]


def test_the_label_of_the_tags_in_an_excerpt() -> None:
    similar = PARTS["similar"].replace("Why?", "Related FAQ</p><p>I walk (or run).")
    question = read(similar=similar)
    assert question.similar[0].question_excerpt == "Related FAQ\nI walk (or run)."
    assert [tag.name for tag in question.faq_tags] == ["Knee"]


@pytest.mark.parametrize("part", ["words", "reply"])
@pytest.mark.parametrize("similar", ["", PARTS["similar"]])
def test_the_label_of_the_tags_in_peoples_words(part: str, similar: str) -> None:
    quoted = "<p>Related FAQ</p><p>I walk (or run).</p>"
    own = quoted + PARTS["words"] if part == "words" else PARTS["reply"].replace(
        "<p>Rest it.</p>", f"<p>Rest it.</p>{quoted}"
    )  # fmt: skip
    question = read(**{part: own, "similar": similar})
    assert question.replies[0].replied_on is not None
    assert question.more_info == "\n".join(ESSAY)
    assert [tag.name for tag in question.faq_tags] == ["Knee"]


def test_labels_of_a_menu_below_the_tags() -> None:
    menu = "".join(f'<p><a href="/{x}">{x}</a></p>' for x in ("Similar Q&amp;A", "Related FAQ"))
    question = read(similar="", after=f"<div>{menu}</div>")
    assert question.more_info == "\n".join(ESSAY)
    assert [tag.name for tag in question.faq_tags] == ["Knee"]


def test_many_read_more_cost_no_more_than_their_number() -> None:
    def with_many(count: int) -> Question:
        more = "".join(f"<p>[Read More] Knee {number}</p>" for number in range(count))
        return read(similar=f"<h3>Similar Q&amp;A</h3>{more}", after="<p>Read More</p>")

    assert [tag.name for tag in with_many(200).faq_tags] == ["Knee"]
    assert growth(with_many, 100) < 3


LOST = "<h4>Cold Toes</h4><p>How?</p><h5>Dr. Hsu Fen reply Urology</h5><p>Socks.</p>"


@pytest.mark.parametrize("more", ["[Read More]", "[Read More] Other Kn..."])
def test_a_card_below_one_that_lost_its_end(more: str) -> None:
    card = CARD.replace("[Read More] Other Knees", more)
    question = read(similar=f"<h3>Similar Q&amp;A</h3>{LOST}{card}")
    assert whole(question) == EXPECTED
    assert question.warnings == ("unread-lines",)


def test_two_cards_that_nothing_parts_are_told() -> None:
    cards = LOST + CARD.replace("[Read More] Other Knees", "[Read More]")
    question = read(similar=f"<h3>Similar Q&amp;A</h3>{cards.replace('h4', 'p')}")
    assert question.warnings == ("unread-lines",)


def test_a_title_that_is_broken_in_the_heading_and_behind_read_more() -> None:
    broken = CARD.replace("Other Knees", "Other<br>Knees<br>at Night")
    card = CARD.replace("Other Knees", "Cold Toes").replace("/9", "/8")
    question = read(similar=f"<h3>Similar Q&amp;A</h3>{broken}{card}")
    assert [found.title for found in question.similar] == ["Other Knees at Night", "Cold Toes"]
    bare = broken.replace("[Read More] Other<br>Knees<br>at Night", "[Read More]")
    (found,) = read(similar=f"<h3>Similar Q&amp;A</h3>{bare}").similar
    assert (found.title, found.question_excerpt) == ("Other Knees at Night", "Why?")


@pytest.mark.parametrize(
    "link",
    [
        '<a class="stretched-link" href="/article/9" aria-label="Other Knees"></a>',
        '<a class="absolute inset-0" href="/article/9"><span class="sr-only">Open</span></a>',
        '<a href="/article/9"><img src="knee.jpg"></a>',
    ],
)
@pytest.mark.parametrize("more", ["[Read More] Other Knees", "[Read More]"])
def test_a_link_that_shows_no_words(link: str, more: str) -> None:
    words = CARD.replace('<a href="/article/9">[Read More] Other Knees</a>', more)
    for card in (f"<div>{link}{words}</div>", f"<div><div>{words}</div>{link}</div>"):
        other = card.replace("/9", "/8").replace("Other", "Cold")
        question = read(similar=f"<h3>Similar Q&amp;A</h3>{card}{other}")
        urls = [found.url for found in question.similar]
        assert urls == ["https://adoctor.tw/article/9", "https://adoctor.tw/article/8"]


def test_a_card_without_link_has_none() -> None:
    card = CARD.replace("<a ", "<i ").replace("</a>", "</i>")
    cited = card.replace("Why?", 'As in <a href="/article/7">#7</a>?')
    image = '<a href="/article/6"><img></a>'
    for similar in (f"<div>{cited}</div>", f"{card}<div>{image}</div>", f"<div>{card}{CARD}</div>"):
        question = read(similar=f"<h3>Similar Q&amp;A</h3>{similar}", after=image)
        assert question.similar[0].url is None


@pytest.mark.parametrize("href", ["#", "", "?", "#x", "/article/5"])
def test_no_question_is_similar_to_itself(href: str) -> None:
    (card,) = read(similar=PARTS["similar"].replace("/article/9", href)).similar
    assert (card.title, card.url) == ("Other Knees", None)
