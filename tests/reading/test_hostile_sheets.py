"""Style sheets that are written to hold up the reader."""

import pytest

from tests.reading.test_lines import texts


@pytest.mark.parametrize(
    "sheet",
    [
        ".q span{display:block}" * 9_000,
        "".join(f".a{n} b{{display:block}}" for n in range(9_000)),
        ".a .b .c{display:none}" * 9_000,
        "a{" * 90_000,
        "@media x{" * 20_000,
        "\"'" * 90_000,
        "/*" * 90_000,
        ".a:not(" * 30_000,
        ".a" * 90_000 + ".z{display:none}",
        "a," * 90_000 + "{display:none}",
        "url(" * 50_000,
        ":is(.a,.b)" * 9_000 + "{display:none}",
        ":is(.a,.b)" * 40 + "p:is(x){display:none}",
        "p:not(" + ":hover " * 40 + "!){display:none}",
        ":is(.a " * 40 + "p" + ")" * 40 + "{display:none}",
        "".join(":is(.a :is(.b :is(.q *) *) .a) .q .z{display:none}" for _ in range(300)),
        ".a,.b{& &,& & " * 20 + "{display:none}" + "}" * 20,
        "@supports " + "(a:b) and " * 19_000 + "(a:b){z{display:none",
        "@layer " + "a." * 90_000,
        "p{width:" + "(" * 90_000,
        "p{margin:" + "1 " * 90_000 + "}",
    ],
    ids=lambda sheet: sheet[:12],
)
def test_hostile_sheets_are_read_to_their_end(sheet: str) -> None:
    nested = "".join(f"<div class='a b q a{n}'>" for n in range(1_500))
    assert texts(f"<head><style>{sheet}</style></head><body>{nested}<p>x</p></body>") == ["x"]
