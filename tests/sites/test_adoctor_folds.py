"""adoctor: what a page hides and a person may bring into view, and what stays hidden."""

import pytest

from tests.sites.test_adoctor_exam import ESSAY, EXPECTED, PARTS, WORDS, read, whole
from tests.sites.test_evidence import ARTICLE, article, places

FOLDED = [
    "<p hidden>{0}</p><a href=#>Show more</a>",
    "<p hidden>{0}</p><p hidden>{1}</p><div><button>Read more ▼</button></div>",
    "<button aria-expanded=false>Read more</button><div hidden><p>{0}</p></div>",
    "<div id=rest class=hidden>{0}</div><a href=#rest>展開全文</a>",
    "<div id=rest hidden>{0}</div><p><a href=javascript:f()>顯示更多</a></p>",
    "<div hidden><p>{0}</p></div><button>Read more</button><button hidden>Read less</button>",
    "<details><summary>Continue reading</summary>{0}</details>",
    "<input type=checkbox id=t><label for=t>Show all</label><p>{0}</p>",
    "<div role=tabpanel hidden>{0}</div>",
]
REST = ("It began in May.", "It got worse in June.")


@pytest.mark.parametrize("part", ["words", "essay"])
@pytest.mark.parametrize("fold", FOLDED)
def test_the_rest_of_a_text(part: str, fold: str) -> None:
    question = read(**{part: PARTS[part] + fold.format(*REST)})
    rest = REST[: 2 if "{1}" in fold else 1]
    assert question.text == "\n".join((*WORDS, *rest) if part == "words" else WORDS)
    assert question.more_info == "\n".join((*ESSAY, *rest) if part == "essay" else ESSAY)
    assert (question.warnings, question.problems) == ((), ())


@pytest.mark.parametrize(
    "line",
    [
        "<p>It hurts<span>...</span><span id=more> at night.</span></p><button>Read more</button>",
        "<p>It hurts<span id=more> at night.</span> <a href=#>more</a></p>",
        "<p>It hurts <a>... more</a><span id=more>at night.</span></p>",
        "<p>It hurts...</p><a href=#>Read more</a><p id=more>It hurts at night.</p>",
        "<p>It hurts... <a href=#>Read more</a></p><p id=more>It hurts at night.</p>",
        "<p>It hurts…</p><p id=more>It hurts at night.</p><a href=#>Read more</a>",
        "<p>It hurts at night.</p><p id=more>It hurts at night.</p><a href=#>Read more</a>",
    ],
)
def test_what_a_fold_replaces(line: str) -> None:
    question = read(head="<style>#more{display:none}</style>", words=line)
    assert question.text == "It hurts at night."
    assert question.warnings == ()


def test_a_heading_above_a_fold_is_no_teaser() -> None:
    headline, words = "Why does my knee click at night?", "It does not hurt."
    fold = f"<button aria-controls=more>Read more</button><p id=more>{headline} {words}</p>"
    head = "<style>#more{display:none}</style>"
    question = read(head=head, headline=f"<h2>{headline}</h2>", words=fold)
    assert (question.headline, question.text) == (headline, f"{headline} {words}")


@pytest.mark.parametrize(
    ("button", "words", "rest"),
    [
        ("<h4><button {}>Causes</button></h4>", "Age.", ["Causes", "Age."]),
        ("<button {}>Show all</button>", "Age.", ["Age."]),
        ("<button {}>2 comments</button>", "Gas and posture.", []),
        ("<button {} aria-haspopup=true>Causes</button>", "Gas and posture.", []),
    ],
)
def test_a_button_that_names_what_it_opens(button: str, words: str, rest: list[str]) -> None:
    control = button.format("aria-controls=c aria-expanded=false")
    question = read(essay=f"{PARTS['essay']}{control}<div id=c hidden><p>{words}</p></div>")
    assert question.more_info == "\n".join((*ESSAY, *rest))
    assert question.warnings == ("section-hidden",) * words.endswith("posture.")


@pytest.mark.parametrize(
    "more",
    [
        "<button>More</button><ul hidden><li><a href=https://x.example/s>Elsewhere</a></ul>",
        "<button aria-expanded=false aria-controls=m>Share</button><p id=m hidden><a href=/s>X</a>",
    ],
)
def test_further_buttons_to_share_a_page(more: str) -> None:
    assert whole(read(share=PARTS["share"] + more)) == EXPECTED


def test_a_further_reply_that_is_folded() -> None:
    second = PARTS["reply"].replace("Lin Moshan", "Ou Pei")
    folded = f"<div hidden>{second}</div><button>Show 1 more reply</button>"
    found = read(reply=PARTS["reply"] + folded).replies
    assert [reply.doctor for reply in found] == ["Lin Moshan", "Ou Pei"]


CARD = PARTS["similar"].partition("</h3>")[2]
OTHER = CARD.replace("Other Knees", "Sore Toes").replace("/9", "/8")
FOLD = "<h3><button>{}</button></h3>"
CARDS_FOLD = f"{FOLD.format('Similar Q&amp;A')}<div id=c hidden>{CARD}</div>"
TAGS = '<li>{}<a href="/faq/knee">Knee</a> (Neurology)<li {}><a href="/faq/als">Als</a> (Neurology)'


@pytest.mark.parametrize(
    ("shown", "hidden"),
    [
        ('class="s on"', "class=s"),
        ("aria-hidden=false", "aria-hidden=true"),
        ("", "style=display:none"),
        ("", "style=visibility:hidden"),
    ],
)
def test_entries_out_of_view(shown: str, hidden: str) -> None:
    head = "<style>.s{display:none}.s.on{display:block}</style>"
    label = "<h3>Similar Q&amp;A</h3>"
    first = f"<div {shown}>{CARD}</div><div {hidden}>{OTHER}</div>"
    for slides in (first, f"<div {hidden}>{CARD}</div><div {shown}>{OTHER}</div>"):
        question = read(head=head, similar=label + slides)
        assert [card.title for card in question.similar] == ["Other Knees", "Sore Toes"]
        assert (question.warnings, question.problems) == ((), ())
    tags = TAGS.format("", hidden).replace("<li>", f"<li {shown}>")
    question = read(head=head, tags=f"<h3>Related FAQ</h3><ul>{tags}</ul>")
    assert [tag.name for tag in question.faq_tags] == ["Knee", "Als"]


def test_a_slide_out_of_view_without_reply() -> None:
    unanswered = OTHER.replace("<p>Dr. Ou Pei reply Dermatology</p><p>Rest.</p>", "<b>New</b>")
    slides = (
        f"<div class=swiper-slide>{CARD}</div><div class=swiper-slide hidden>{unanswered}</div>"
    )
    question = read(similar=f"<h3>Similar Q&amp;A</h3>{slides}")
    assert [card.title for card in question.similar] == ["Other Knees", "Sore Toes"]


def test_a_slide_without_the_heading_of_those_in_view_is_told() -> None:
    hidden = "<h3>Have a question?</h3><p>Ask our doctors.</p><a href=/ask>Ask now</a>"
    shown = "<p>Flu shots are here.</p><a href=/promo/2>Book</a>"
    slides = f"<div class=slide>{shown}</div><div class=slide hidden>{hidden}</div>"
    question = read(essay=PARTS["essay"] + slides)
    assert "Ask" not in (question.more_info or "")
    assert question.warnings == ("section-hidden",)


@pytest.mark.parametrize(
    "hidden",
    [
        f"<div style=display:none>{CARD}</div>",
        "<div hidden><h4>{{title}}</h4><p>Y?</p><p><a href=/{{n}}>[Read More] {{title}}</a></div>",
        "<div hidden><h4></h4><p></p><p><a href=#>[Read More]</a></p></div>",
        f"<div class=cloned aria-hidden=true>{OTHER}</div>",
        "<div hidden><a href=/trap>Do not follow</a></div>",
        f"<div hidden>{CARD.replace('Other', '__NAME__').replace('/9', '/__ID__')}</div>",
    ],
)
def test_copies_and_templates_are_no_entries(hidden: str) -> None:
    similar = f"<h3>Similar Q&amp;A</h3>{hidden}<div>{CARD}</div>{hidden}"
    question = read(similar=similar)
    assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>Ask Date: 1999/01/01</p>",
        "<button>Read more</button><div class='modal fade'><p>Sign in to read it all.</p></div>",
        "<a href=#>Read more<span class=sr-only> about knees that click.</span></a>",
        "<a href=#>Show more</a><form hidden><p>Write to us about it.</p><input></form>",
        "<p hidden>My knee clicks.</p><a href=#>Show more</a>",
        "<button>Show more</button><div lang=zh hidden>我的膝蓋會響，但是不會痛。</div>",
        "<span class=tooltiptext hidden>A kind of picture of the knee.</span>",
        "<div hidden><h3>Similar Q&amp;A</h3><div>No questions found.</div></div>",
    ],
)
def test_what_is_no_part_of_the_text(hidden: str) -> None:
    question = read(words=PARTS["words"] + hidden)
    assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize(
    "shown",
    [
        "<p>See <a href=/article/7>this one</a> of mine.</p><p hidden>{}</p>",
        "<div>See <a href=/article/7>this one</a> of mine.</div><div hidden>{}</div>",
        "<div role=tabpanel>Cold helps.</div><div role=tabpanel hidden>{}</div>",
    ],
)
def test_what_stands_beside_text_that_is_shown(shown: str) -> None:
    hidden = "Buy <a href=https://spam.example/>cheap pills</a> now, they are good."
    question = read(words=PARTS["words"] + shown.format(hidden))
    assert "pills" not in str(question.text)
    assert question.warnings == ("section-hidden",)


@pytest.mark.parametrize("slide", ["", "class=slick-slide role=tabpanel"])
def test_tabs_and_slides_of_one_make_up(slide: str) -> None:
    names = slide or "role=tabpanel"
    entries = f"<div {names}>{CARD}</div><div {names} hidden>{OTHER}</div>"
    question = read(similar=f"<h3>Similar Q&amp;A</h3>{entries}")
    titles = [card.title for card in question.similar]
    assert titles == ["Other Knees", "Sore Toes"][: 2 if slide else 1]


@pytest.mark.parametrize("part", ["words", "reply", "essay"])
def test_text_that_no_sign_brings_into_view_is_told(part: str) -> None:
    first, end, rest = PARTS[part].rpartition("<p>")
    question = read(**{part: f"{first}<div hidden>It began in May.</div>{end}{rest}"})
    assert (whole(question), question.warnings) == (EXPECTED, ("section-hidden",))


@pytest.mark.parametrize(
    ("box", "told"),
    [("<div>{}<p hidden>{}</p></div>", True), ("<div>{}</div><div hidden>{}</div>", False)],
)
def test_what_is_hidden_behind_the_last_line(box: str, *, told: bool) -> None:
    essay = box.format(PARTS["essay"], "It began in May.")
    assert read(essay=essay, similar="", tags="").warnings == ("section-hidden",) * told


@pytest.mark.parametrize(
    "parts",
    [
        {"essay": FOLD.format("More Info"), "similar": f"{CARDS_FOLD}<div hidden>Knees.</div>"},
        {"similar": f"{CARDS_FOLD}<button aria-controls=c>Related FAQ</button>"},
        {"similar": f"{FOLD.format('Similar Q&amp;A')}<div hidden>Knees.</div>"},
    ],
)
def test_what_may_not_be_the_section_of_the_label_above_it_is_told(parts: dict[str, str]) -> None:
    question = read(**parts)
    assert (question.similar, question.warnings) == ((), ("section-hidden",))


def test_what_a_label_folds_below_words_that_no_text_ends_with_is_told() -> None:
    label = FOLD.format("More Info")
    question = read(essay=f"<p>Dr. Lin is here.</p>{label}<div hidden>She likes fish.</div>")
    assert question.more_info is None
    assert "section-hidden" in question.warnings


def test_what_a_label_folds_above_its_section_is_none_of_it() -> None:
    folded = "<button>More Info</button></h3><div hidden>We use cookies.</div>"
    essay = PARTS["essay"].replace("More Info</h3>", folded)
    assert whole(read(essay=essay)) == EXPECTED


def test_where_they_stand() -> None:
    teaser = "<p>Wear…</p><p hidden>Wear socks. And shoes.</p><a href=#>Read more</a>"
    found = article(ARTICLE.replace("<p>Dr. Lin Mo is here.</p>", teaser))
    assert found.not_located == ()
    assert places(found, "replies[0].text") == [("|Wear socks. And shoes.", "/html/body/p[7]")]
