"""An event as an e-mail, for the channels that send one."""

import platform
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from pipelines.notify.event import ChannelError, Event

TO = "QARCHIVE_NOTIFY_MAIL_TO"  # addresses with commas between them
FROM = "QARCHIVE_NOTIFY_MAIL_FROM"


def message(event: Event, environment: Mapping[str, str]) -> EmailMessage:
    """Raises ChannelError when an address cannot stand in a header."""
    host = platform.node() or "localhost"
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = event.subject
    try:
        mail["From"] = environment.get(FROM) or f"qarchive@{host}"
        mail["To"] = environment[TO]
    except ValueError as error:
        raise ChannelError(f"{TO} or {FROM} holds no addresses") from error
    mail["Date"] = format_datetime(event.at)
    mail["Message-ID"] = make_msgid(domain=host)
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no vacation notice in return
    mail.set_content(event.text)
    return mail
