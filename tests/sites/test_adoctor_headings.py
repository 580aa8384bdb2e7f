"""adoctor: headings that are broken over lines, or hold more than a label's words."""

import pytest

from tests.sites.test_adoctor_exam import ESSAY, EXPECTED, PARTS, read, whole

BESIDE = [
    '<h2>{} <a href="/all">View all</a></h2>',
    '<h2><span>{}</span><span class="badge">AI</span></h2>',
    "<h2>{} <span>4</span></h2>",
    "<h2>4 {}</h2>",
    "<h2>「{}」</h2>",
    "<h2>ℹ️ {}</h2>",
    "<h2><i>i</i> {}</h2>",
    "<div>{} 4</div>",
]
LABELS = {"essay": "More Info", "similar": "Similar Q&amp;A", "tags": "Related FAQ"}


@pytest.mark.parametrize("part", LABELS)
@pytest.mark.parametrize("heading", BESIDE)
def test_what_stands_beside_a_label_in_its_heading(part: str, heading: str) -> None:
    label = LABELS[part]
    beside = PARTS[part].replace(f"<h3>{label}</h3>", heading.format(label))
    question = read(**{part: beside})
    assert whole(question) == EXPECTED
    assert question.warnings == ()
    assert whole(read(**{part: f"<aside>{beside}</aside>"})) == EXPECTED


@pytest.mark.parametrize("part", ["similar", "tags"])
def test_a_link_beside_the_label_of_a_list_in_no_heading(part: str) -> None:
    label = f'<div>{LABELS[part]} <a href="/all">View all</a></div>'
    assert whole(read(**{part: PARTS[part].replace(f"<h3>{LABELS[part]}</h3>", label)})) == EXPECTED


@pytest.mark.parametrize(
    "line",
    [
        "<h4>Similar questions come up often</h4>",
        "<h4>更多資訊 Similar Q&amp;A</h4>",
        "<h4>看更多資訊</h4>",
        "<h4>Where to find more information</h4>",
        '<p>Similar Q&amp;A: <a href="/article/3">Sore Throat</a></p>',
        '<p>More Info <a href="/clinic">here</a></p>',
    ],
)
def test_words_of_a_label_in_an_essay(line: str) -> None:
    question = read(essay=PARTS["essay"] + line, similar="", tags="")
    assert question.problems == ()
    assert question.more_info is not None
    assert question.more_info.startswith("\n".join(ESSAY) + "\n")


def test_the_language_of_labels_with_something_beside_them() -> None:
    similar = PARTS["similar"].replace("<h3>Similar Q&amp;A", "<h3>相似問答 <a>更多</a>")
    question = read(share="", essay="", similar=similar, tags="")
    assert question.warnings == ("language-contradicts-labels",)


def test_the_share_label_alone_tells_no_language() -> None:
    question = read(share="<p>分享：</p>", essay="", similar="", tags="")
    assert question.warnings == ()


@pytest.mark.parametrize(
    "heading",
    [
        "<h1>Clicking<br>Knees - Neurology</h1>",
        "<h1>Clicking<br>Knees<br>Neurology</h1>",
        "<h1>Clicking<br>Knees</h1><p>Neurology</p>",
        '<h1><span style="display:block">Clicking</span>Knees - Neurology</h1>',
        "<div role=heading><div>Clicking</div><div>Knees - Neurology</div></div>",
        "<h1>Clicking<br>Knees - Neurology<br><small>Asked by 12 people</small></h1>",
        "<h1>Clicking Knees - Neurology Share to:<br>Facebook</h1>",
    ],
)
def test_a_title_that_is_broken_within_its_heading(heading: str) -> None:
    assert whole(read(title=heading)) == EXPECTED


@pytest.mark.parametrize("behind", ["12 comments", "Share to:"])
def test_a_title_without_department_ends_above_what_is_none_of_it(behind: str) -> None:
    assert read(title=f"<h1>Clicking<br>Knees<br>{behind}</h1>").title == "Clicking Knees"


@pytest.mark.parametrize("tag", ["h1", "p"])
@pytest.mark.parametrize(
    "behind",
    [
        "<button>Save</button>", "<button>Save</button> <button>Print</button>",
        '<a href="#c">Comments</a>', "<small class=new>New</small>", "(12 views)", "#177001",
        "<time>2020/10/26</time>",
    ],
)  # fmt: skip
def test_what_stands_behind_the_department_of_a_title(behind: str, tag: str) -> None:
    menu = '<div><a href="/ask">Ask a question</a><br><a href="/department/2">Neurology</a></div>'
    title = f"<{tag}>Clicking Knees - Neurology {behind}</{tag}>"
    for share in ("", PARTS["share"]):
        assert whole(read(before=menu, title=title, share=share)) == EXPECTED


@pytest.mark.parametrize("rest", ["<b>{}</b>", "<b class=b>{}</b>"])
def test_a_department_within_a_title(rest: str) -> None:
    question = read(title=f"<h1>Knees - Neurology {rest.format('or Eyes - Surgery')}</h1>")
    assert (question.title, question.department) == ("Knees - Neurology or Eyes", "Surgery")
    question = read(title="<h1>Knees - Neurology <b>told me it is nothing</b></h1>")
    assert question.title == "Knees - Neurology told me it is nothing"


@pytest.mark.parametrize("href", ["", "./5", "/q/knees", "/article/5"])
def test_a_title_that_links_to_its_own_page(href: str) -> None:
    title = f'<div><a href="{href}">Clicking Knees</a></div><div>Neurology</div>'
    for share in ("", PARTS["share"]):
        assert whole(read(title=title, share=share)) == EXPECTED


@pytest.mark.parametrize(
    ("title", "department"),
    [
        ("Cough: What to Do - Internal Medicine - Chest", "Internal Medicine - Chest"),
        ("Cough: What to Do – Dentistry – Orthodontics", "Dentistry – Orthodontics"),
        ("Cough: What to Do－內科－胸腔", "內科－胸腔"),
        ("Cough: What to Do - Surgery - Hand - Lab", "Surgery - Hand - Lab"),
        ("Cough: What to Do - Team 5", "Team 5"),
        ("Cough: What to Do − Neurology", "Neurology"),
    ],
)
def test_a_department_of_any_shape_that_a_doctor_line_names(title: str, department: str) -> None:
    reply = PARTS["reply"].replace("Neurology", department)
    similar = PARTS["similar"].replace("Dermatology", "Hand - Lab")
    question = read(title=f"<h1>{title}</h1>", reply=reply, similar=similar)
    assert (question.title, question.department) == ("Cough: What to Do", department)
