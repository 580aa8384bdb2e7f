"""An event as an e-mail, for the channels that send one."""

import platform
from collections.abc import Mapping
from email.errors import InvalidHeaderDefect
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Any

from pipelines.notify.event import ChannelError, Event

TO = "QARCHIVE_NOTIFY_MAIL_TO"  # addresses with commas between them
FROM = "QARCHIVE_NOTIFY_MAIL_FROM"


def message(event: Event, environment: Mapping[str, str]) -> EmailMessage:
    """The event as an e-mail. Raises ChannelError for invalid addresses."""
    host = platform.node() or "localhost"
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = event.subject
    try:
        mail["From"] = environment.get(FROM) or f"qarchive@{host}"
        mail["To"] = environment[TO]
    except ValueError as error:
        raise ChannelError(f"{TO} or {FROM} holds no addresses") from error
    if not all(map(_is_valid, (mail["From"], mail["To"]))):
        raise ChannelError(f"{TO} or {FROM} is no list of ASCII addresses with commas between them")
    mail["Date"] = format_datetime(event.at)
    mail["Message-ID"] = make_msgid(domain=host)
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no vacation notice in return
    mail.set_content(event.text)
    return mail


def _is_valid(header: Any) -> bool:
    """Whether a header has only addresses that any mail server accepts."""
    wrong = sum(isinstance(defect, InvalidHeaderDefect) for defect in header.defects)
    local = sum(not one.domain for one in header.addresses)  # a user of this machine
    named = [one.username and one.addr_spec.isascii() for one in header.addresses]
    return bool(named) and all(named) and wrong == local
