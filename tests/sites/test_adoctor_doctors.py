"""adoctor: what belongs to a doctor line, and where it ends."""

from html import unescape

import pytest

from tests.growth import growth
from tests.sites.test_adoctor_exam import EXPECTED, PARTS, read, whole


@pytest.mark.parametrize("break_", ["<br>", "</p><p>"])
def test_a_department_broken_over_lines(break_: str) -> None:
    reply = f"<p>Dr. Lin Moshan reply<br>Obstetrics and{break_}Gynecology</p><p>Rest it.</p>"
    question = read(reply=f"{reply}<p>Reply Date: 2020/10/27</p>")
    (found,) = question.replies
    assert (found.doctor, found.department) == ("Lin Moshan", "Obstetrics and Gynecology")
    assert found.text == "Rest it."


def test_a_department_broken_before_its_and() -> None:
    reply = "<p>Dr. Lin Moshan reply Obstetrics<br>and Gynecology</p><p>and rest it.</p>"
    (found,) = read(reply=f"{reply}<p>Reply Date: 2020/10/27</p>").replies
    assert (found.department, found.text) == ("Obstetrics and Gynecology", "and rest it.")


@pytest.mark.parametrize(
    "line",
    [
        "林明宇 主治醫師回覆 神經科", "林明宇住院醫師回覆：神經科", "林明宇 醫師回覆【神經科】",
        "林明宇 醫師回覆 / 神經科", "林明宇 醫師回覆｜神經科", "Dr. 林明宇 reply · [神經科]",
    ],
)  # fmt: skip
def test_ranks_and_signs_in_a_doctor_line(line: str) -> None:
    (found,) = read(reply=f"<p>{line}</p><p>Rest it.</p><p>Reply Date: 2020/10/27</p>").replies
    assert (found.doctor, found.department) == ("林明宇", "神經科")


@pytest.mark.parametrize(
    ("line", "department"),
    [
        ("<div>Dr. Lin Moshan reply</div><div>{}</div>", "Surgery"),
        ("<div>林明宇 醫師回覆</div><div>{}</div>", "復健"),
        ("<h4>Dr. Lin Moshan reply<br>{}</h4>", "Surgery"),
        ("<table><tr><td>Dr. Lin Moshan reply<td>{}</table>", "Surgery"),
        ("<p>Dr. Lin Moshan reply</p></div><div><p>{}</p>", "Neurology"),
    ],
)
@pytest.mark.parametrize("text", ["<p>Rest it.</p>", "<p>Dr.</p><p>Ou of the clinic</p>"])
def test_a_department_below_its_doctor(line: str, department: str, text: str) -> None:
    reply = f"<div>{line.format(department)}</div>{text}<p>Reply Date: 2020/10/27</p>"
    (found,) = read(reply=reply).replies
    assert (found.doctor, found.department) == (
        "Lin Moshan" if "D" in line else "林明宇",
        department,
    )
    assert found.text in ("Rest it.", "Dr.\nOu of the clinic")


@pytest.mark.parametrize(
    ("line", "department"),
    [
        ("<h4>Dr. Ou Pei reply</h4><p>Surgery</p>", "Surgery"),
        ("<p>Dr. Ou Pei reply</p><p>General Internal Medicine</p>", "General Internal Medicine"),
        ("<p>Dr. Ou Pei reply</p><div>Infectious Diseases</div>", "Infectious Diseases"),
        ("<p>Dr. Ou Pei reply</p><p>Chest Medicine</p>", "Chest Medicine"),
        ("<p>Dr. Ou Pei reply</p><p>Nutrition</p>", "Nutrition"),
        ("<p>Dr. Ou Pei reply</p><p>Ear and</p><p>Eye Surgery</p>", "Ear and Eye Surgery"),
        ("<p>Dr. Ou Pei reply</p><p>— Urology</p>", "Urology"),
        ("<p>Dr. Ou Pei reply ·</p><p>Covid Clinic</p>", "Covid Clinic"),
        ("<p>歐佩 醫師回覆：</p><p>骨科</p>", "骨科"),
        ("<p>歐佩 醫師回覆</p><p>不孕症中心</p>", "不孕症中心"),
    ],
)  # fmt: skip
def test_a_field_of_medicine_below_its_doctor(line: str, department: str) -> None:
    reply = f"{line}<p>Rest it.</p><p>Reply Date: 2020/10/27</p>"
    similar = PARTS["similar"].replace("<p>Dr. Ou Pei reply Dermatology</p>", line)
    question = read(reply=reply, similar=similar)
    assert line in similar
    assert (question.warnings, question.problems) == ((), ())
    assert [(found.department, found.text) for found in question.replies] == [
        (department, "Rest it.")
    ]
    assert department in [card.department for card in question.similar]


def test_a_department_below_that_another_doctor_line_has() -> None:
    similar = PARTS["similar"].replace("Dermatology", "Covid Clinic")
    reply = "<p>Dr. Ou Pei reply</p><p>Covid Clinic</p><p>Rest it.</p><p>Reply Date: 2020/10/27</p>"
    (found,) = read(reply=reply, similar=similar).replies
    assert (found.department, found.text) == ("Covid Clinic", "Rest it.")


def test_what_may_be_a_department_in_a_card_is_told() -> None:
    similar = PARTS["similar"].replace("reply Dermatology", "reply</p><p>Covid Clinic")
    assert read(similar=similar).warnings == ("unread-lines",)


@pytest.mark.parametrize("doctor", ["<h4>Dr. Lin Moshan reply</h4>", "<p>林明宇 醫師回覆</p>"])
@pytest.mark.parametrize(
    "first",
    [
        "Rest", "Sincerely,", "See Neurology.", "See Neurology", "- Rest", "Palpitation",
        "Etiology", "請儘快就醫。", "需要就醫", "建議您掛腎臟內科", "腹部",
    ],
)  # fmt: skip
@pytest.mark.parametrize("below", ["", "<p>Drink.</p>"])
def test_the_first_words_of_a_reply_are_no_department(doctor: str, first: str, below: str) -> None:
    question = read(reply=f"{doctor}<p>{first}</p>{below}<p>Reply Date: 2020/10/27</p>")
    (found,) = question.replies
    assert (found.department, found.text.partition("\n")[0]) == (None, first)
    assert [problem.code for problem in question.problems] == ["reply-department-missing"]


_BADGES = (
    "<button>Follow</button>", '<span class="badge">Verified</span>', "<time>4 years ago</time>",
    '<a class="btn" href="/book/1">Book</a>', '<span class="stars">4.9</span> <button>+</button>',
    '<i class="a">Online</i> <i class="a">Today</i>', '<b class="badge">最佳解答</b>',
)  # fmt: skip


@pytest.mark.parametrize("badge", _BADGES)
def test_a_badge_behind_a_department(badge: str) -> None:
    parts = {name: PARTS[name].replace("ology</p>", f"ology {badge}</p>", 1) for name in PARTS}
    tags = f"{PARTS['tags']}<p>Rash</p><p>(Dermatology)</p>"
    assert whole(read(**{**parts, "tags": tags}))[:9] == EXPECTED[:9]


@pytest.mark.parametrize(
    ("shown", "department", "warnings"),
    [
        ('Surgery <i class="badge">Online</i>', "Surgery", ("unread-lines",)),
        ("Surgery <button>Follow</button>", "Surgery", ()),
        ("Surgery <b>Care</b>", "Surgery Care", ()),
        ("Neurology<b> Eye</b>", "Neurology Eye", ()),
        ('Neurology<b class="w"> Online </b>', "Neurology", ()),
        ('Neurology <b class="w">and Pain</b>', "Neurology and Pain", ()),
        ('Neurology <b class="w">(Adults)</b>', "Neurology (Adults)", ()),
        ('Family <b class="w">Medicine</b>', "Family Medicine", ()),
        ("<i>Family</i> <i>Medicine</i>", "Family Medicine", ()),
        ('<i class="w">Family</i> <i class="w">Medicine</i>', "Family Medicine", ()),
        ('Family<i class="w"> Medicine</i>', "Family Medicine", ()),
        ('Obstetrics <i class="w">and Gynecology</i>', "Obstetrics and Gynecology", ()),
        ('Psychiatry <i class="w">(Adults)</i>', "Psychiatry (Adults)", ()),
        ('<a href="/1">Surgery</a> / <a href="/2">Urology</a>', "Surgery / Urology", ()),
    ],
)
def test_what_ends_a_doctor_line(shown: str, department: str, warnings: tuple[str, ...]) -> None:
    question = read(reply=PARTS["reply"].replace("Neurology", shown))
    assert [reply.department for reply in question.replies] == [department]
    assert (question.warnings, question.problems) == (warnings, ())


@pytest.mark.parametrize("hospital", [" <small>{}</small>", " <b>{}</b>", ", {}", " | {}"])
def test_a_hospital_behind_the_department_is_told(hospital: str) -> None:
    shown = f"Neurology{hospital.format('Hualien Medical Center')}"
    question = read(reply=PARTS["reply"].replace("Neurology", shown))
    assert (whole(question), question.warnings) == (EXPECTED, ("unread-lines",))
    question = read(reply=PARTS["reply"].replace("Neurology", "Surgery, Oncology"))
    assert (question.replies[0].department, question.warnings) == ("Surgery, Oncology", ())


@pytest.mark.parametrize("department", ["Covid-19 Clinic", "E.N.T.", "Obs. &amp; Gyn."])
def test_a_department_of_any_shape_that_the_title_names(department: str) -> None:
    parts = {name: PARTS[name].replace("Neurology", department) for name in PARTS}
    question = read(**{**parts, "tags": PARTS["tags"]})
    assert (question.title, question.department) == ("Clicking Knees", unescape(department))
    assert question.replies[0].department == question.department
    assert (question.warnings, question.problems) == ((), ())


@pytest.mark.parametrize("name", ["lin mei", "ten Broek", 'Lin "Bob" Mei', "林醫師 Lin Mei"])
def test_a_name_of_any_shape_before_a_department_that_the_title_names(name: str) -> None:
    (found,) = read(reply=PARTS["reply"].replace("Lin Moshan", name)).replies
    assert (found.doctor, found.department) == (name, "Neurology")


@pytest.mark.parametrize("rank", ["主任醫師", "住院醫師", "皮膚科醫師", "資深醫師", "中醫師"])
@pytest.mark.parametrize("line", ["{} 林梅 醫師回覆 骨科", "{}</p><p>林梅</p><p>醫師回覆 骨科"])
def test_a_rank_before_a_name(line: str, rank: str) -> None:
    shown = PARTS["reply"].replace("Dr. Lin Moshan reply Neurology", line.format(rank))
    question = read(reply=shown)
    assert [reply.doctor for reply in question.replies] == [f"{rank} 林梅"]
    assert whole(question)[3] == EXPECTED[3]


@pytest.mark.parametrize("name", ["林明宇 (Peter)", "林明宇（彼得·約翰）"])
def test_a_name_with_another_one_in_parentheses_on_a_line_of_its_own(name: str) -> None:
    line = f"<div>{name}</div><div>醫師回覆</div><div>神經科</div>"
    (found,) = read(reply=f"{line}<p>Rest it.</p><p>Reply Date: 2020/10/27</p>").replies
    assert (found.doctor, found.department, found.text) == (name, "神經科", "Rest it.")


@pytest.mark.parametrize("heading", ["醫師回覆", "醫師回覆 (1)", "1 Answer"])
@pytest.mark.parametrize("cell", ["<div>{}</div>", "<b>{}</b> "])
def test_a_heading_of_replies_is_no_part_of_the_name(heading: str, cell: str) -> None:
    line = "".join(map(cell.format, ("林明宇", "醫師回覆", "神經科")))
    reply = f"<h2>{heading}</h2><div>{line}</div><p>Rest it.</p><p>回覆日期：2020/10/27</p>"
    question = read(reply=reply)
    (found,) = question.replies
    assert (found.doctor, found.department, question.warnings) == ("林明宇", "神經科", ())


def test_name_and_long_department_in_one_cell() -> None:
    cell = "Lee Ming Chuan Tsung reply Physical Medicine and Rehabilitation"
    question = read(reply=f"<p>Dr.</p><p>{cell}</p><p>Rest.</p><p>Reply Date: 2020/10/27</p>")
    assert question.replies[0].doctor == "Lee Ming Chuan Tsung"


@pytest.mark.parametrize(
    "line", ["<i>A</i> Dr. 林明宇 reply 神經科", "<i>答</i>林明宇 醫師回覆 神經科"]
)
def test_a_letter_that_says_answer_is_no_part_of_the_name(line: str) -> None:
    (found,) = read(reply=f"<h4>{line}</h4><p>Rest it.</p><p>Reply Date: 2020/10/27</p>").replies
    assert (found.doctor, found.department) == ("林明宇", "神經科")


@pytest.mark.parametrize(
    "line",
    ["Dr. Ou Pei reply 24-Hour Emergency", "歐佩 醫師回覆 24小時急診", "Dr. ou pei reply Urology"],
)
def test_a_doctor_line_of_no_known_shape_is_told(line: str) -> None:
    similar = PARTS["similar"].replace("Dr. Ou Pei reply Dermatology", line)
    assert read(similar=similar).warnings == ("unread-lines",)


def test_doctor_lines_with_many_badges_cost_no_more_than_their_number() -> None:
    line = f"<p>Dr. Lin Moshan reply Neuro <i>{'<b class=x>F ' * 25}{'</b>' * 25}</i></p>"
    assert growth(lambda count: read(after=line * count), 100) < 3


def test_a_surname_that_is_a_word_of_notes_as_well() -> None:
    (found,) = read(reply=PARTS["reply"].replace("Dr. Lin Moshan reply", "尚未央 醫師回覆")).replies
    assert (found.doctor, found.text) == ("尚未央", "Rest it.")
