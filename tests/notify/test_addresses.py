"""Addresses that no mail server would send to are told."""

import pytest

from pipelines.notify.dispatch import send
from tests.notify.conftest import Serve
from tests.notify.test_channels import EVENT


def test_a_refused_address_is_told(mail_server: Serve) -> None:
    with mail_server(refuses="bo@example.org") as post:
        environment = {
            "QARCHIVE_NOTIFY_SMTP": f"smtp://127.0.0.1:{post.port}",
            "QARCHIVE_NOTIFY_MAIL_TO": "ada@example.org, bo@example.org",
        }
        (failure,) = send(EVENT, environment).values()
    assert failure == "the server refused 1 of the addresses in QARCHIVE_NOTIFY_MAIL_TO"
    assert [envelope.rcpt_tos for envelope in post.letters] == [["ada@example.org"]]


@pytest.mark.parametrize(
    ("to", "well"),
    [
        ("root", True),
        ("root, 陳 <ada@example.org>", True),
        ("ada@example.org; bo@example.org", False),
        ("ada@example.org bo@example.org", False),
        ("陳@example.org", False),
        ("ada@例子.example", False),
        (",", False),
    ],
)
def test_what_is_no_list_of_addresses_is_told(mail_server: Serve, to: str, *, well: bool) -> None:
    with mail_server() as post:
        server = f"smtp://127.0.0.1:{post.port}"
        told = send(EVENT, {"QARCHIVE_NOTIFY_SMTP": server, "QARCHIVE_NOTIFY_MAIL_TO": to})
    assert (told["smtp"] is None, bool(post.letters)) == (well, well)
