"""adoctor: what a page lets a person press is none of anybody's words."""

import re

import pytest

from tests.sites.test_adoctor_exam import ESSAY, EXPECTED, PARTS, WORDS, read, whole

CONTROLS = [
    "<button>🔊 Listen</button>",
    "<p><button>Listen</button> <button><b>Print</b></button>\n</p>",
    '<div role="button">Follow</div>',
    '<p><a href="javascript:void(0)">Report</a> | <a href="#top">Top</a></p>',
    (
        '<ul><li><a href="#q">Question</a><li><a href="#m">More Info</a>'
        '<li><a href="#s">Similar Q&amp;A</a><li><a href="#f">Related FAQ</a></ul>'
    ),
    (
        "<div role=tablist><div role=tab>More Info</div><div role=tab><span>Similar Q&amp;A</span>"
        "</div><md-tab>Details</md-tab><ul><li role=tab>Related FAQ</ul></div>"
    ),
    "<div><button aria-expanded=false aria-haspopup=true>Options</button></div>",
    '<p><a href="#">Save</a> <a href="#">Report</a><!-- --> <i>1,234 views</i></p>',
    (
        '<div><a href="#q">Consultation</a> <a href="#m">More Info</a>'
        ' <a href="#s">Similar Q&amp;A</a> <a href="#f">Related FAQ</a></div>'
    ),
]


@pytest.mark.parametrize("control", CONTROLS)
@pytest.mark.parametrize("part", ["share", "words", "essay"])
def test_controls_are_no_text(part: str, control: str) -> None:
    question = read(**{part: PARTS[part] + control})
    assert whole(question) == EXPECTED
    assert question.warnings == ()


@pytest.mark.parametrize("box", ["<header>{}</header>", "<div>{}</div>"])
@pytest.mark.parametrize("label", ["Similar Q&amp;A", "Related FAQ"])
def test_controls_below_a_menu_that_names_a_list(label: str, box: str) -> None:
    menu = box.format(f'<ul><li><a href="/s">{label}</a></ul>')
    reply = PARTS["reply"].replace("<p>Reply Date", "<button>Like</button><p>Reply Date")
    linked = {name: PARTS[name].replace(label, f"<a href=#s>{label}</a>") for name in PARTS}
    assert whole(read(before=menu, **(linked | {"reply": reply}))) == EXPECTED


@pytest.mark.parametrize("control", CONTROLS)
def test_controls_within_a_reply(control: str) -> None:
    reply = PARTS["reply"].replace("</p><p>Rest", f"</p>{control}<p>Rest")
    assert whole(read(reply=reply)) == EXPECTED


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("essay", "More Info", "<button>More Info</button>"),
        ("headline", "Knee", '<a href="#q">Knee</a>'),
        ("asker", "Ms. Wu,", '<a href="#wu">Ms. Wu,</a><br>'),
        ("reply", "reply Neurology", 'reply<br><a href="#n">Neurology</a>'),
        ("tags", "(Neurology)", "<button>(Neurology)</button>"),
        ("similar", "Why?", "<button>Why?</button>"),
    ],
)
def test_labels_names_and_lists_may_be_controls(part: str, old: str, new: str) -> None:
    assert whole(read(**{part: PARTS[part].replace(old, new)})) == EXPECTED


@pytest.mark.parametrize("words", ["<button>{}</button> {}", "<div role=button>{}<p>{}</p></div>"])
def test_words_beside_or_within_a_larger_control_stay(words: str) -> None:
    question = read(words=words.format(*WORDS))
    assert question.text in (" ".join(WORDS), "\n".join(WORDS))


def test_the_label_of_a_section_in_a_button_below_a_menu() -> None:
    essay = PARTS["essay"].replace("More Info", "<button>More Info</button>")
    menu = "<header><ul><li><a>More Info</a></ul></header>"
    assert whole(read(before=menu, essay=essay)) == EXPECTED


@pytest.mark.parametrize(
    "heading",
    [
        '<button class="v-expansion-panel-title" aria-expanded="true">Causes</button>',
        "<div role=button aria-expanded=false><span>Causes</span></div>",
        "<div role=tab aria-expanded=true><div role=button>Causes</div></div>",
        '<a href="#c1" data-toggle="collapse">Causes</a>',
        '<dt><button data-bs-toggle="collapse">Causes</button></dt>',
        "<button class=accordion>Causes</button>",
    ],
)
def test_a_button_that_folds_the_words_below_it_is_their_heading(heading: str) -> None:
    assert whole(read(headline=heading.replace("Causes", "Knee"))) == EXPECTED
    essay = PARTS["essay"] + heading.replace("Causes", "Its causes") + "<p>Posture.</p>"
    assert read(essay=essay).more_info == "\n".join((*ESSAY, "Its causes", "Posture."))


def test_what_ends_with_a_colon_is_a_heading() -> None:
    essay = PARTS["essay"] + "<button>Causes:</button><p>Posture.</p>"
    assert read(essay=essay).more_info == "\n".join((*ESSAY, "Causes:", "Posture."))


def test_a_button_that_folds_the_words_above_it_is_no_text() -> None:
    more = "<button aria-expanded=false>Show all</button>"
    assert whole(read(words=PARTS["words"] + more, essay=PARTS["essay"] + more)) == EXPECTED
    contents = f"<button aria-expanded=true>Contents</button>{CONTROLS[3]}"
    assert whole(read(share=PARTS["share"] + contents)) == EXPECTED


@pytest.mark.parametrize(
    "more",
    [
        "<button>Read More</button>",
        "<p><a href=#>[Read more]</a></p>",
        "<a href=javascript:f()>閱讀更多</a>",
        "<p><span onclick=f()>View full answer »</span></p>",
    ],
)
@pytest.mark.parametrize("part", ["words", "reply", "essay"])
def test_read_more_is_no_text(part: str, more: str) -> None:
    first, end, last = PARTS[part].rpartition("<p>")
    for markup in (f"{first}{more}{end}{last}", PARTS[part] + more):
        question = read(**{part: markup})
        assert (whole(question), question.warnings) == (EXPECTED, ())


OWN_URLS = [
    ("", "https://adoctor.tw/article/5"),
    ("", "https://www.adoctor.tw/article/5/"),
    ("", "/article/5"),
    ("<base href=/>", "article/5"),
]


@pytest.mark.parametrize(("head", "url"), OWN_URLS)
def test_a_link_within_the_page_may_be_written_with_its_url(head: str, url: str) -> None:
    tab = f'<ul><li><a data-toggle="tab" href="{url}#essay">More Info</a></ul>'
    essay = f"<div id=essay class=tab-pane>{PARTS['essay'].partition('</h3>')[2]}</div>"
    headline = PARTS["headline"].replace("Knee", f"Knee<a href={url}#knee>¶</a>")
    assert whole(read(head=head, headline=headline, essay=tab + essay)) == EXPECTED


@pytest.mark.parametrize("part", ["headline", "words", "reply", "essay"])
def test_a_permalink_holds_words(part: str) -> None:
    linked = re.sub(r"<(p|h\d)>([^<]*)</", r'<\1><a href="/article/5#it">\2</a></', PARTS[part])
    assert "#it" in linked
    assert whole(read(**{part: linked})) == EXPECTED


@pytest.mark.parametrize(
    "url", ["/article/5", "/article/6#top", "?t=6#top", "https://example.org/article/5#a"]
)
def test_a_link_to_a_page_is_none_within_the_page(url: str) -> None:
    assert "Knee Pain" in (read(words=f"{PARTS['words']}<a href={url}>Knee Pain</a>").text or "")


def test_a_link_within_the_page_in_the_midst_of_a_text() -> None:
    question = read(words='<p>I have<br><a href="#als">ALS</a><br>since May.</p>')
    assert question.text == "I have\nALS\nsince May."


@pytest.mark.parametrize("part", ["words", "reply", "essay"])
def test_a_line_of_links_within_the_page_is_text(part: str) -> None:
    names = ("Ibuprofen", "Paracetamol", "Aspirin", "Naproxen", "Diclofenac")
    line = ", ".join(f'<a href="#{name}">{name}</a>' for name in names)
    first, end, last = PARTS[part].rpartition("<p>")
    question = read(**{part: f"{first}<p>{line}</p>{end}{last}"})
    texts = (question.text, question.replies[0].text, question.more_info)
    assert any(", ".join(names) in (text or "") for text in texts)


def test_a_sentence_that_is_a_summary_above_a_doctor_is_text() -> None:
    fold = "<details open><summary>What I tell all: rest.</summary><p>Dr. Ou reply was wrong.</p>"
    reply = PARTS["reply"].replace("<p>Reply Date", f"{fold}</details><p>Reply Date")
    assert "What I tell all: rest." in read(reply=reply).replies[0].text


@pytest.mark.parametrize("below", ["Doctors recommend it.", "醫師會先詢問病史。"])
def test_a_summary_above_words_about_doctors_is_a_heading(below: str) -> None:
    fold = f"<details open><summary>Care at home</summary><p>{below}</p></details>"
    question = read(essay=PARTS["essay"] + fold)
    assert question.more_info == "\n".join((*ESSAY, "Care at home", below))


@pytest.mark.parametrize("missing", [["essay"], ["tags"], ["similar"], ["similar", "tags"]])
@pytest.mark.parametrize("above", ["words", "asker", "reply"])
def test_a_menu_of_sections_some_of_which_are_not_there(missing: list[str], above: str) -> None:
    labels = ("More Info", "Similar Q&amp;A", "Related FAQ")
    menu = f"<ul>{''.join(f'<li><a href=#a>{label}</a></li>' for label in labels)}</ul>"
    parts = dict.fromkeys(missing, "")
    assert read(**parts, **{above: PARTS[above] + menu}) == read(**parts)


@pytest.mark.parametrize("heading", ["<h{0}>{1}{2}</h{0}>", "<div><h{0}>{1}</h{0}>{2}</div>"])
@pytest.mark.parametrize("word", ["edit", "編輯"])
def test_the_edit_link_of_each_heading_is_nobodys_word(heading: str, word: str) -> None:
    link = f'<span><span>[</span><a href="/w?action=edit">{word}</a><span>]</span></span>'
    parts = {
        name: re.sub(
            r"<h([23])>(.*?)</h\1>", lambda found: heading.format(found[1], found[2], link), part
        )
        for name, part in PARTS.items()
    }
    question = read(**parts)
    assert (whole(question), question.warnings) == (EXPECTED, ())


def test_a_word_in_brackets_behind_another_link() -> None:
    question = read(words='<p>See <a href="/article/9">#9</a> [edit]</p><p>Why?</p>')
    assert (question.text, question.mentions) == ("See #9 [edit]\nWhy?", ("9",))


@pytest.mark.parametrize(
    "button",
    [
        "<button>Share</button>",
        '<a href="#">Share</a>',
        '<a href="https://facebook.com/sharer?u=x">Share</a>',
        '<a role="button">Share this answer</a>',
        '<a href="https://twitter.com/share?ref_src=x">Tweet</a>',
        '<a href="javascript:print()">Print</a> | <a href="mailto:?subject=x">Email</a>',
    ],
)
@pytest.mark.parametrize("part", ["words", "reply"])
def test_a_share_button_below_a_text_is_no_word(part: str, button: str) -> None:
    label = "<p>Reply Date" if part == "reply" else None
    text = PARTS[part].replace(label, button + label) if label else PARTS[part] + button
    question = read(**{part: text})
    assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize("button", ["<button>Read more</button>", '<a href="#">[Read More]</a>'])
def test_read_more_below_a_text_with_links_above_is_no_word(button: str) -> None:
    share = '<p>Share to: <a href="https://facebook.com/x">Facebook</a></p>'
    reply = PARTS["reply"].replace("Lin Moshan", '<a href="/doctor/1">Lin Moshan</a>')
    reply = reply.replace("<p>Reply Date", f"{button}<p>Reply Date")
    question = read(share=share, words=PARTS["words"] + button, reply=reply)
    assert (whole(question), question.warnings) == (EXPECTED, ())
